//! Commands that are worth typing now: each puts itself into the field. They are no list: a witness's list items are documents and
//! activations.

use super::Shell;
use crate::locale::Language;
use crate::locale::page::{Terminal as Words, put_into_field, suggested as sentence};
use crate::shell::Suggestion;
use crate::view::prelude::*;

pub fn suggested(shell: Shell, language: Language) -> Option<View> {
    let item = |Suggestion { line, why }: &Suggestion| {
        let typed = line.clone();
        let choose = move |_| {
            shell.forget();
            shell.put_whole(&typed);
            if let Some(field) = shell.field.get_untracked() {
                // An element that is shown takes the focus.
                let _ = field.focus();
            }
        };
        view! {
            <p>
                <button class="shell-suggestion" type="button" aria-label=put_into_field(language, line) on:click=choose>
                    <code>{line.clone()}</code>
                </button>
                <span class="note">{sentence(language, *why)}</span>
            </p>
        }
    };
    shell.suggested.with(|suggested| {
        (!suggested.is_empty()).then(|| {
            view! {
                <div class="shell-suggested" role="group" aria-label=language.say(Words::Suggested)>
                    <h4>{language.say(Words::Suggested)}</h4>
                    {suggested.iter().map(item).collect_view()}
                </div>
            }
        })
    })
}

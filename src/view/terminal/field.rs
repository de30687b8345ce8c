//! The prompt: the field, the buttons beside it, and what is said of the line in it.

use super::entries::Shown;
use super::{Remark, Shell, giving, keys, pasting};
use crate::locale::Language;
use crate::locale::page::{Header, Terminal as Words};
use crate::view::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// More candidates are not listed.
const CANDIDATES_SHOWN: usize = 40;

pub fn field(shell: Shell, language: Language, shown: &Shown, is_held: bool) -> View {
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        giving::run(shell);
    };
    let running = shown.running;
    let stop = running.map(|id| {
        view! { <button type="button" on:click=move |_| giving::interrupt(shell, id)>{language.say(Words::Stop)}</button> }
    });
    // Typing is held while an answer could answer an open question.
    let remark = if is_held { Some(Remark::Says(Words::Held)) } else { shell.remark.get() };
    let remark = remark.map(|remark| remark.text(language)).unwrap_or_default();
    view! {
        <form class="shell-prompt" class:is-waiting=running.is_some() novalidate on:submit=submit>
            <label for="shell-field">{language.say(Words::Command)}</label>
            <span class="shell-field">
                <span aria-hidden="true">"$"</span>
                <input
                    id="shell-field"
                    node_ref=shell.field
                    type="text"
                    autocomplete="off"
                    autocapitalize="off"
                    autocorrect="off"
                    spellcheck="false"
                    enterkeyhint="go"
                    aria-describedby="shell-remark shell-keys"
                    readonly=is_held
                    on:keydown=move |event| keys::in_field(shell, &event)
                    on:input=move |_| shell.forget()
                    on:paste=move |event| pasting::paste(shell, &event)
                    on:blur=move |_| shell.leaves.set_value(false)
                />
            </span>
            <p class="shell-remark" id="shell-remark">{remark}</p>
            {candidates(shell, language)}
            <p class="hint" id="shell-keys">{language.say(Words::Keys)}</p>
            <div class="shell-buttons">
                <button type="submit" class="button-primary" aria-disabled=is_held.then_some("true")>{language.say(Words::Run)}</button>
                {stop}
                <button type="button" on:click=move |_| copy(shell)>{language.say(Words::Copy)}</button>
                <button type="button" on:click=move |_| giving::clear(shell, String::new())>{language.say(Words::Clear)}</button>
            </div>
        </form>
    }
}

/// How the word at the cursor can go on: each puts itself in its place.
fn candidates(shell: Shell, language: Language) -> Option<View> {
    let candidates = shell.candidates.get();
    let button = |candidate: &String| {
        let word = candidate.clone();
        let choose = move |_| keys::choose(shell, &word);
        view! { <button class="small-button" type="button" on:click=choose>{candidate.clone()}</button> }
    };
    let more = candidates.len().saturating_sub(CANDIDATES_SHOWN);
    (!candidates.is_empty()).then(|| {
        view! {
            <div class="shell-candidates" role="group" aria-label=language.say(Words::Candidates)>
                <p>{candidates.iter().take(CANDIDATES_SHOWN).map(button).collect_view()}</p>
                {(more > 0).then(|| ["+ ", &more.to_string()].concat())}
            </div>
        }
    })
}

/// Copies the screen as plain text.
fn copy(shell: Shell) {
    let language = shell.controls.page.language.get_untracked();
    let is_covered = shell.controls.covered.get_untracked().answers();
    let text = shell.shown.with_untracked(|shown| super::text::plain(&shown.entries, language, is_covered));
    spawn_local(async move {
        // Without a secure origin there is no clipboard at all.
        let is_copied = window().is_secure_context() && JsFuture::from(window().navigator().clipboard().write_text(&text)).await.is_ok();
        shell.announce(if is_copied { Header::Copied } else { Header::CopyFailed });
    });
}

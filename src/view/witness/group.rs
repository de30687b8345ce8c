//! A labelled group within a witness, and what groups are made of.

use crate::locale::Language;
use crate::locale::page::Witness;
use crate::view::prelude::*;

/// A group under its heading, which may have a count behind it.
pub fn group(id: String, title: &'static str, count: Option<View>, inside: View) -> View {
    view! {
        <div class="witness-group" role="group" aria-labelledby=id.clone()>
            <h3 id=id>{title}{count.map(|count| view! { <span class="count">{count}</span> })}</h3>
            {inside}
        </div>
    }
}

pub fn hint(text: impl IntoView) -> View {
    in_hint(text.into_view())
}

fn in_hint(text: View) -> View {
    view! { <p class="hint">{text}</p> }
}

/// The value of `aria-pressed` and `aria-expanded`.
pub const fn yes_or_no(is: bool) -> &'static str {
    if is { "true" } else { "false" }
}

/// The button behind which health records hide. It opens nothing where there are none.
pub fn health_toggle(language: Language, count: u32, open: RwSignal<bool>) -> Option<View> {
    let is_open = open.get();
    let text =
        if is_open { language.say(Witness::HideHealthRecords).to_owned() } else { crate::locale::page::health_records(language, count) };
    (count != 0).then(|| {
        view! {
            <button
                class="quiet-button"
                type="button"
                aria-expanded=yes_or_no(is_open)
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {text}
            </button>
        }
    })
}

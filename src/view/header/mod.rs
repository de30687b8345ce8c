//! The head of the page: what it is, the switch, and how the page looks.

mod appearance;
mod store_switch;

use super::controls::{Controls, Dialog};
use crate::locale::page::{Header as Words, Shortcut};
use crate::view::prelude::*;
use appearance::{LanguageChoice, ThemeChoice, dress_document};
use leptos::ev;
use store_switch::StoreSwitch;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

#[component]
pub fn Header(controls: Controls) -> impl IntoView {
    let page = controls.page;
    let say = move |word: Words| page.language.get().say(word);
    dress_document(page);
    // On a narrow screen all but the name and the switch is folded behind this button.
    let unfolded = RwSignal::new(false);
    let opener = move |dialog: Dialog, word: Words| {
        view! {
            <button type="button" class="button-plain" aria-haspopup="dialog" on:click=move |_| controls.dialog.set(Some(dialog))>
                {move || say(word)}
            </button>
        }
    };
    // The address stays what it is: it is the link to this instant.
    let skip = move |event: ev::MouseEvent| {
        event.prevent_default();
        let lesson = document().get_element_by_id("lesson").and_then(|lesson| lesson.dyn_into::<HtmlElement>().ok());
        if let Some(lesson) = lesson {
            // Where it cannot be focused the next press of Tab goes on from the link.
            let _ = lesson.focus();
        }
    };
    view! {
        <header class="head">
            <a class="skip-link" href="#lesson" on:click=skip>{move || say(Words::SkipToLesson)}</a>
            <div class="head-name">
                <p class="wordmark">{move || say(Words::Name)}</p>
                <p class="tagline">{move || say(Words::Tagline)}</p>
            </div>
            <StoreSwitch controls/>
            <button type="button" class="head-more" aria-expanded=move || unfolded.get().to_string() aria-controls="head-settings"
                on:click=move |_| unfolded.update(|is| *is = !*is)>
                {move || say(Words::More)}
            </button>
            <div class="head-settings" id="head-settings" class:is-open=move || unfolded.get()>
                {opener(Dialog::Simplifications, Words::Simplifications)}
                {opener(Dialog::Glossary, Words::Glossary)}
                <LanguageChoice page/>
                <ThemeChoice page/>
                <button type="button" class="button-icon head-help" aria-haspopup="dialog"
                    aria-label=move || page.language.get().say(Shortcut::Title) title=move || page.language.get().say(Shortcut::Title)
                    on:click=move |_| controls.dialog.set(Some(Dialog::Shortcuts))>
                    "?"
                </button>
            </div>
        </header>
    }
}

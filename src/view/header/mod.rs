//! The head of the page: what it is, the switch, and how the page looks.

mod appearance;
mod store_switch;

use super::controls::{Controls, Dialog};
use crate::locale::Language;
use crate::locale::page::{Header as Words, Shortcut};
use crate::view::prelude::*;
use appearance::{dress_document, language_choice, theme_choice};
use store_switch::store_switch;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

#[component]
pub fn Header(controls: Controls) -> impl IntoView {
    let page = controls.page;
    dress_document(page);
    // On a narrow screen all but the name and the switch is folded behind a button.
    let unfolded = RwSignal::new(false);
    move || head(controls, page.language.get(), unfolded)
}

fn head(controls: Controls, language: Language, unfolded: RwSignal<bool>) -> View {
    let page = controls.page;
    let open = move |dialog: Dialog| move |_: ev::MouseEvent| controls.dialog.set(Some(dialog));
    let opener = |dialog: Dialog, word: Words| {
        view! { <button type="button" class="button-plain" aria-haspopup="dialog" on:click=open(dialog)>{language.say(word)}</button> }
    };
    let (is_unfolded, shortcuts) = (unfolded.get(), language.say(Shortcut::Title));
    view! {
        <header class="head">
            <a class="skip-link" href="#lesson" on:click=skip>{language.say(Words::SkipToLesson)}</a>
            <div class="head-name">
                <p class="wordmark">{language.say(Words::Name)}</p>
                <p class="tagline">{language.say(Words::Tagline)}</p>
            </div>
            {store_switch(controls, language)}
            <button type="button" class="head-more" aria-expanded=if is_unfolded { "true" } else { "false" } aria-controls="head-settings"
                on:click=move |_| unfolded.update(|is| *is = !*is)>
                {language.say(Words::More)}
            </button>
            <div class="head-settings" id="head-settings" class:is-open=is_unfolded>
                {opener(Dialog::Simplifications, Words::Simplifications)}
                {opener(Dialog::Glossary, Words::Glossary)}
                {language_choice(page, language)}
                {theme_choice(page, language)}
                <button type="button" class="button-icon head-help" aria-haspopup="dialog" aria-label=shortcuts title=shortcuts
                    on:click=open(Dialog::Shortcuts)>
                    "?"
                </button>
            </div>
        </header>
    }
}

/// The address stays what it is: it is the link to this instant.
fn skip(event: ev::MouseEvent) {
    event.prevent_default();
    let lesson = document().get_element_by_id("lesson").and_then(|lesson| lesson.dyn_into::<HtmlElement>().ok());
    if let Some(lesson) = lesson {
        // Where it cannot be focused the next press of Tab goes on from the link.
        let _ = lesson.focus();
    }
}

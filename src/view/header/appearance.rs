//! Language and theme: chosen here, remembered, and told to the document.

use crate::locale::Language;
use crate::locale::page::Header as Words;
use crate::view::memory;
use crate::view::page::{Page, Theme};
use crate::view::parts::{Choice, RadioGroup};
use crate::view::prelude::*;

/// Keeps the document's title, language and theme in step with the page.
pub fn dress_document(page: Page) {
    Effect::new(move || {
        let language = page.language.get();
        document().set_title(language.say(Words::DocumentTitle));
        if let Some(root) = document().document_element() {
            // Setting a plain attribute of the root element does not fail.
            let _ = root.set_attribute("lang", language.html_lang());
        }
    });
    Effect::new(move || {
        let theme = page.theme.get();
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-theme", theme.code());
        }
    });
}

#[component]
pub fn LanguageChoice(page: Page) -> impl IntoView {
    let choice = |language: Language| {
        let choose = move || {
            page.language.set(language);
            memory::keep_language(language);
        };
        Choice::new(language.code(), move || language.name().to_owned(), move || page.language.get() == language, choose)
    };
    let name = Signal::derive(move || page.language.get().say(Words::Language));
    view! { <RadioGroup name input="language" choices=Language::ALL.map(choice).into()/> }
}

#[component]
pub fn ThemeChoice(page: Page) -> impl IntoView {
    let choice = |(theme, word): (Theme, Words)| {
        let choose = move || {
            page.theme.set(theme);
            memory::keep_theme(theme);
        };
        Choice::new(theme.code(), move || page.language.get().say(word).to_owned(), move || page.theme.get() == theme, choose)
    };
    let name = Signal::derive(move || page.language.get().say(Words::Theme));
    let themes = [(Theme::Light, Words::Light), (Theme::Dark, Words::Dark), (Theme::System, Words::System)];
    view! { <RadioGroup name input="theme" choices=themes.map(choice).into()/> }
}

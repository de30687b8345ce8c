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
        let (language, theme) = (page.language.get(), page.theme.get());
        document().set_title(language.say(Words::DocumentTitle));
        if let Some(root) = document().document_element() {
            // Setting a plain attribute of the root element does not fail.
            let _ = root.set_attribute("lang", language.html_lang());
            let _ = root.set_attribute("data-theme", theme.code());
        }
    });
}

pub fn language_choice(page: Page, language: Language) -> View {
    let choice = |one: Language| {
        let choose = move || {
            page.language.set(one);
            memory::keep_language(one);
        };
        Choice { code: one.code(), label: one.name().to_owned(), hint: None, is_checked: one == language, choose: Box::new(choose) }
    };
    RadioGroup { name: language.say(Words::Language), input: "language", class: "choices" }.view(Language::ALL.map(choice).into())
}

pub fn theme_choice(page: Page, language: Language) -> View {
    let theme = page.theme.get();
    let choice = |(one, word): (Theme, Words)| {
        let choose = move || {
            page.theme.set(one);
            memory::keep_theme(one);
        };
        Choice { code: one.code(), label: language.say(word).to_owned(), hint: None, is_checked: one == theme, choose: Box::new(choose) }
    };
    let themes = [(Theme::Light, Words::Light), (Theme::Dark, Words::Dark), (Theme::System, Words::System)];
    RadioGroup { name: language.say(Words::Theme), input: "theme", class: "choices" }.view(themes.map(choice).into())
}

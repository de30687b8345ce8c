//! A button that copies a text.

use super::page::Page;
use crate::locale::Language;
use crate::locale::page::Header;
use crate::view::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_futures::spawn_local;

/// A button that copies an id.
pub fn copy_id(page: Page, language: Language, id: &str) -> View {
    let name = format!("{} {id}", language.say(Header::CopyId));
    let id = id.to_owned();
    copy_button(page, language, name, Box::new(move || id.clone()))
}

/// `name` is the button's whole accessible name; `text` is made when it is pressed.
pub fn copy_button(page: Page, language: Language, name: String, text: Box<dyn Fn() -> String>) -> View {
    let copy = move |_: ev::MouseEvent| {
        let text = text();
        spawn_local(async move {
            // Without a secure origin there is no clipboard at all, which the promise cannot say: `clipboard()` itself would be undefined.
            let is_copied =
                window().is_secure_context() && JsFuture::from(window().navigator().clipboard().write_text(&text)).await.is_ok();
            let said = if is_copied { Header::Copied } else { Header::CopyFailed };
            page.announce(page.language.get_untracked().say(said).to_owned());
        });
    };
    view! {
        <button class="copy" type="button" aria-label=name title=language.say(Header::Copy) on:click=copy>
            <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
                <path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3"></path>
            </svg>
        </button>
    }
}

use super::page::page;
use crate::locale::Word;

/// A fixed text in the page's language, drawn again when the language changes. Call it in a component's body.
pub fn say(word: impl Word + Send + Sync) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    let language = page().language;
    move || leptos::prelude::Get::get(&language).say(word)
}

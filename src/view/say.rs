use super::page::page;
use crate::locale::Word;

/// A fixed text in the page's language, drawn again when the language changes. Call it in a component's body.
pub fn say(word: impl Word) -> impl Fn() -> &'static str + Copy + 'static {
    let language = page().language;
    move || language.get().say(word)
}

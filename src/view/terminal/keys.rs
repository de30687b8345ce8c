//! Keys at the prompt.

use super::{Shell, giving};
use crate::locale::page::Terminal as Words;
use crate::shell::{Completion, complete};
use crate::view::controls::NAMESPACE;
use crate::view::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// Ctrl-C and Ctrl-L, wherever in the terminal the focus is.
pub fn anywhere(shell: Shell, event: &ev::KeyboardEvent) {
    if !event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing() {
        return;
    }
    match event.key().as_str() {
        // With something selected it copies.
        "c" | "C" if !event.shift_key() && !is_anything_selected(shell) => {
            if let Some(command) = shell.shown.with_untracked(|shown| shown.running) {
                event.prevent_default();
                giving::interrupt(shell, command);
            }
        }
        "l" | "L" if !event.shift_key() => {
            event.prevent_default();
            giving::clear(shell, String::new());
        }
        _ => {}
    }
}

fn is_anything_selected(shell: Shell) -> bool {
    let field = shell.field.get_untracked();
    let selected = field.and_then(|field| Some(field.selection_start().ok()?? != field.selection_end().ok()??));
    let outside = js_sys::Reflect::get(&window(), &JsValue::from_str("getSelection"));
    let outside = outside.ok().and_then(|get| get.dyn_into::<js_sys::Function>().ok()?.call0(&window()).ok());
    let text = outside.map(|selection| js_sys::Object::from(selection).to_string());
    selected == Some(true) || text.is_some_and(|text| text.length() > 0)
}

/// Keys that mean something in the field alone.
pub fn in_field(shell: Shell, event: &ev::KeyboardEvent) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key() || event.is_composing() {
        return;
    }
    let leaves = shell.leaves.get_value();
    shell.leaves.set_value(event.key() == "Escape");
    let recalled = match event.key().as_str() {
        "ArrowUp" => shell.history.update_value(|history| history.earlier(&shell.line()).map(str::to_owned)),
        "ArrowDown" => shell.history.update_value(|history| history.later().map(str::to_owned)),
        // An empty field is left as any other is.
        "Tab" if !leaves && !shell.line().is_empty() => {
            event.prevent_default();
            return complete_word(shell);
        }
        "Escape" => return shell.forget(),
        _ => return,
    };
    event.prevent_default();
    if let Some(line) = recalled {
        shell.forget();
        shell.put_whole(&line);
    }
}

/// The line with the cursor's place in it, in bytes.
fn line_and_cursor(shell: Shell) -> (String, usize) {
    let line = shell.line();
    let units = shell.field.get_untracked().and_then(|field| field.selection_end().ok()?).unwrap_or(u32::MAX);
    let cursor = bytes_of(&line, units);
    (line, cursor)
}

/// Where in a text so many UTF-16 units end.
fn bytes_of(text: &str, units: u32) -> usize {
    let mut left = usize::try_from(units).unwrap_or(usize::MAX);
    let end = text.char_indices().find(|(_, character)| {
        let is_end = left == 0;
        left = left.saturating_sub(character.len_utf16());
        is_end
    });
    end.map_or(text.len(), |(at, _)| at)
}

/// What Tab comes to.
#[derive(Debug, PartialEq, Eq)]
struct Completed {
    /// What stands in the word's place from now on.
    word: String,
    /// It is a whole word, which another can follow.
    is_whole: bool,
}

/// One candidate takes the word's place; several go on together as far as they are alike. None where nothing changes.
fn completed(found: &Completion, cursor: usize) -> Option<Completed> {
    let typed = cursor.saturating_sub(found.from);
    match found.candidates.as_slice() {
        [] => None,
        [only] => Some(Completed { word: only.clone(), is_whole: true }),
        [first, others @ ..] => {
            let alike = others.iter().fold(first.as_str(), |alike, other| common_start(alike, other));
            (alike.len() > typed).then(|| Completed { word: alike.to_owned(), is_whole: false })
        }
    }
}

fn complete_word(shell: Shell) {
    let (line, cursor) = line_and_cursor(shell);
    let found = shell.controls.page.with_world_untracked(|world| complete(world, NAMESPACE, &line, cursor));
    shell.forget();
    if let Some(Completed { word, is_whole }) = completed(&found, cursor) {
        replace(shell, &line, found.from..cursor, &word, is_whole);
    }
    match found.candidates.len() {
        0 => shell.say(Words::NothingCompletes),
        1 => {}
        _ => {
            shell.controls.page.announce(found.candidates.join(", "));
            shell.candidates.set(found.candidates);
        }
    }
}

/// A candidate was chosen from the list.
pub fn choose(shell: Shell, word: &str) {
    let (line, cursor) = line_and_cursor(shell);
    let found = shell.controls.page.with_world_untracked(|world| complete(world, NAMESPACE, &line, cursor));
    if found.candidates.iter().any(|candidate| candidate == word) {
        replace(shell, &line, found.from..cursor, word, true);
    }
    shell.forget();
    if let Some(field) = shell.field.get_untracked() {
        // An element that is shown takes the focus.
        let _ = field.focus();
    }
}

fn common_start<'a>(one: &'a str, other: &str) -> &'a str {
    let alike = one.char_indices().zip(other.chars()).find(|((_, one), other)| one != other).map(|((at, _), _)| at);
    one.get(..alike.unwrap_or(one.len().min(other.len()))).unwrap_or_default()
}

/// Puts a word in the place of a part of the line; one that is whole with a space behind it.
fn replace(shell: Shell, line: &str, place: std::ops::Range<usize>, word: &str, is_whole: bool) {
    let (Some(before), Some(after)) = (line.get(..place.start), line.get(place.end..)) else { return };
    let space = if is_whole && !after.starts_with(' ') { " " } else { "" };
    let typed = [before, word, space].concat();
    let cursor = u32::try_from(typed.encode_utf16().count()).unwrap_or(u32::MAX);
    shell.put(&[typed.as_str(), after].concat(), cursor);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_the_field_are_places_in_the_line() {
        for (units, bytes) in [(0, 0), (1, 1), (2, 4), (4, 8), (5, 9), (99, 9)] {
            assert_eq!(bytes_of("a命😀b", units), bytes, "{units}");
        }
    }

    #[test]
    fn one_candidate_completes_and_several_go_on_together() {
        let found = |candidates: &[&str]| Completion { from: 4, candidates: candidates.iter().map(|it| (*it).to_owned()).collect() };
        let completed = |candidates: &[&str], cursor| completed(&found(candidates), cursor).map(|it| (it.word, it.is_whole));
        assert_eq!(completed(&[], 6), None);
        assert_eq!(completed(&["activation"], 6), Some(("activation".to_owned(), true)));
        assert_eq!(completed(&["action", "activation"], 6), Some(("acti".to_owned(), false)));
        assert_eq!(completed(&["action", "activation"], 8), None);
    }

    #[test]
    fn candidates_go_on_as_far_as_they_are_alike() {
        assert_eq!(common_start("activation", "action"), "acti");
        assert_eq!(common_start("命令", "命运"), "命");
        assert_eq!(common_start("list", "list"), "list");
        assert_eq!(common_start("li", "list"), "li");
    }
}

//! Keyboard shortcuts: single keys that act wherever nothing else has a use for them.

use super::controls::{Controls, Dialog};
use crate::cluster::place::StoreKind;
use crate::player::PlayerCommand;
use crate::view::prelude::*;
use wasm_bindgen::JsCast;

/// What a key stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shortcut {
    Transport(PlayerCommand),
    SwitchStore,
    Invoke,
    List,
    Get,
    Undo,
    Help,
    CloseTop,
}

fn shortcut_of(key: &str, shift: bool) -> Option<Shortcut> {
    Some(match (key, shift) {
        (" ", false) => Shortcut::Transport(PlayerCommand::Toggle),
        ("ArrowLeft", false) => Shortcut::Transport(PlayerCommand::StepBack),
        ("ArrowRight", false) => Shortcut::Transport(PlayerCommand::StepForward),
        ("ArrowLeft", true) => Shortcut::Transport(PlayerCommand::PreviousBeat),
        ("ArrowRight", true) => Shortcut::Transport(PlayerCommand::NextBeat),
        ("s", false) => Shortcut::SwitchStore,
        ("i", false) => Shortcut::Invoke,
        ("l", false) => Shortcut::List,
        ("g", false) => Shortcut::Get,
        ("u", false) => Shortcut::Undo,
        // Shift is how most keyboards write it.
        ("?", _) => Shortcut::Help,
        ("Escape", _) => Shortcut::CloseTop,
        _ => return None,
    })
}

/// Where keys belong to what has the focus: fields, and the parts of dialogs.
const TYPING: &str = "input, textarea, select, dialog, [contenteditable]:not([contenteditable='false'])";
/// What the space bar presses.
const PRESSED_BY_SPACE: &str = "button, a, summary, [role='button'], [role='tab'], [role='option'], [role='checkbox'], [role='switch']";
/// What the arrow keys move within.
const MOVED_BY_ARROWS: &str =
    "[role='tablist'], [role='listbox'], [role='grid'], [role='tree'], [role='menu'], [role='radiogroup'], [role='toolbar']";

/// Whether the key has another meaning where it was pressed.
fn is_taken(event: &ev::KeyboardEvent) -> bool {
    if event.default_prevented() || event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing() {
        return true;
    }
    let Some(target) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else { return false };
    // A selector of ours that a browser cannot read would match nothing.
    let within = |selectors: &str| target.closest(selectors).ok().flatten().is_some();
    within(TYPING)
        || match event.key().as_str() {
            " " => within(PRESSED_BY_SPACE),
            "ArrowLeft" | "ArrowRight" => within(MOVED_BY_ARROWS),
            _ => false,
        }
}

/// Listens for as long as the current owner lives.
pub fn listen(controls: Controls) {
    let handle = window_event_listener(ev::keydown, move |event| {
        if !controls.shortcuts_on.get_untracked() || controls.dialog.get_untracked().is_some() || is_taken(&event) {
            return;
        }
        if let Some(shortcut) = shortcut_of(&event.key(), event.shift_key()) {
            event.prevent_default();
            // A key that is held down steps on and on, but sends one command.
            if !event.repeat() || matches!(shortcut, Shortcut::Transport(command) if command != PlayerCommand::Toggle) {
                carry_out(controls, shortcut);
            }
        }
    });
    on_cleanup(move || handle.remove());
}

fn carry_out(controls: Controls, shortcut: Shortcut) {
    match shortcut {
        Shortcut::Transport(command) => controls.act(command),
        Shortcut::SwitchStore if controls.covered.get_untracked().switch => {}
        Shortcut::SwitchStore => match untrack(|| controls.page.store()) {
            Some(StoreKind::CouchDb) => controls.switch_to(StoreKind::Elasticsearch),
            Some(StoreKind::Elasticsearch) => controls.switch_to(StoreKind::CouchDb),
            // Which of the two is meant cannot be known.
            Some(StoreKind::Noop) | None => {}
        },
        Shortcut::Invoke => controls.open(Dialog::Invoke),
        Shortcut::List => controls.list(),
        Shortcut::Get => controls.get(),
        Shortcut::Undo => controls.undo(),
        Shortcut::Help => controls.dialog.set(Some(Dialog::Shortcuts)),
        Shortcut::CloseTop => controls.page.notices.update(|notices| {
            notices.pop();
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::page::Shortcut as Words;

    #[test]
    fn every_key_of_the_list_does_something() {
        for (keys, words) in Words::KEYS {
            for printed in keys {
                let (shift, key) = printed.strip_prefix("Shift+").map_or((false, *printed), |key| (true, key));
                let key = match key {
                    "Space" => " ",
                    "←" => "ArrowLeft",
                    "→" => "ArrowRight",
                    "Esc" => "Escape",
                    letter => letter,
                };
                assert!(shortcut_of(key, shift).is_some(), "{printed}: {words:?}");
            }
        }
    }
}

//! The one place that touches the browser's storage: the visitor's language, theme, whether shortcuts are on, and the lines that were typed.
//!
//! A browser that refuses storage loses nothing but the memory.

use super::page::Theme;
use crate::locale::Language;
use leptos_dom::helpers::window;

const LANGUAGE: &str = "whiskscope-language";
const THEME: &str = "whiskscope-theme";
const SHORTCUTS: &str = "whiskscope-shortcuts";
const COMMANDS: &str = "whiskscope-commands";

/// No more of them are read, whoever wrote them.
const COMMANDS_BYTES_MAX: usize = 200_000;

fn read(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

fn write(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // A full or forbidden storage is no reason to trouble the visitor.
        let _ = storage.set_item(key, value);
    }
}

pub fn language() -> Option<Language> {
    Language::from_code(&read(LANGUAGE)?)
}

pub fn keep_language(language: Language) {
    write(LANGUAGE, language.code());
}

pub fn theme() -> Theme {
    match read(THEME).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

pub fn keep_theme(theme: Theme) {
    write(THEME, theme.code());
}

pub fn shortcuts_on() -> bool {
    read(SHORTCUTS).as_deref() != Some("off")
}

pub fn keep_shortcuts(on: bool) {
    write(SHORTCUTS, if on { "on" } else { "off" });
}

/// The lines that were typed, the oldest first.
pub fn commands() -> Vec<String> {
    let kept = read(COMMANDS).filter(|kept| kept.len() <= COMMANDS_BYTES_MAX).unwrap_or_default();
    kept.lines().map(str::to_owned).collect()
}

/// No line has a line feed in it.
pub fn keep_commands(lines: &[String]) {
    write(COMMANDS, &lines.join("\n"));
}

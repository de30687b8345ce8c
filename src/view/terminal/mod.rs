//! The terminal: what clients have typed so far with what came of it, and a prompt.
//!
//! What is on the screen follows from the run and the instant alone ([`entries`]); the rest of its state is the prompt's.

mod entries;
mod field;
mod giving;
mod help;
mod keys;
mod log;
mod pasting;
mod suggested;
mod text;

use crate::locale::page::{Terminal as Words, line_too_long, lines_pasted};
use crate::locale::{self, Language};
use crate::player::History;
use crate::shell::{LINE_BYTES_MAX, Suggestion, suggestions};
use crate::view::controls::{Controls, NAMESPACE};
use crate::view::dom::Key;
use crate::view::memory;
use crate::view::prelude::*;
use entries::{Ended, Shown, read};

/// What stands under the prompt about the line in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Remark {
    Says(Words),
    TooLong { bytes: usize },
    Pasted { lines: usize },
}

impl Remark {
    fn text(self, language: Language) -> String {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        match self {
            Self::Says(word) => language.say(word).to_owned(),
            Self::TooLong { bytes } => line_too_long(language, number(bytes), number(LINE_BYTES_MAX)),
            Self::Pasted { lines } => lines_pasted(language, number(lines)),
        }
    }
}

/// What the terminal's parts share. A copy is a handle.
#[derive(Clone, Copy)]
pub struct Shell {
    controls: Controls,
    field: NodeRef<web_sys::HtmlInputElement>,
    log: NodeRef<web_sys::Element>,
    shown: Memo<Shown>,
    suggested: Memo<Vec<Suggestion>>,
    history: StoredValue<History>,
    remark: RwSignal<Option<Remark>>,
    /// How the word at the cursor can go on, where that is more than one way.
    candidates: RwSignal<Vec<String>>,
    /// The outputs that are unfolded.
    unfolded: RwSignal<Vec<Key>>,
    /// Escape was pressed: the next Tab leaves the field.
    leaves: StoredValue<bool>,
    /// The visitor has not scrolled up: the newest line stays in view.
    follows: StoredValue<bool>,
}

impl Shell {
    /// Call it within the owner of what the terminal is drawn in.
    pub fn new(controls: Controls) -> Self {
        let page = controls.page;
        let ended = StoredValue::new(Ended::default());
        let shown = Memo::new(move || {
            page.with_world(|world| {
                let tape = page.tape_version_untracked();
                page.with_session_untracked(|session| ended.update_value(|ended| read(world, session.asides(), ended, tape)))
            })
        });
        let shell = Self {
            controls,
            field: NodeRef::new(),
            log: NodeRef::new(),
            shown,
            suggested: Memo::new(move || page.with_world(|world| suggestions(world, NAMESPACE))),
            history: StoredValue::new(History::new(memory::commands())),
            remark: RwSignal::new(None),
            candidates: RwSignal::new(Vec::new()),
            unfolded: RwSignal::new(Vec::new()),
            leaves: StoredValue::new(false),
            follows: StoredValue::new(true),
        };
        log::keep_newest_in_view(shell);
        shell
    }

    /// The terminal with what it shows now.
    pub fn view(self, language: Language) -> View {
        let covered = self.controls.covered.get();
        let is_held = covered.answers();
        view! {
            <section class="witness shell" aria-label=language.say(Words::Region) on:keydown=move |event| keys::anywhere(self, &event)>
                <h3>{language.say(Words::Region)}<span class="count">{language.say(Words::Utc)}</span></h3>
                {self.shown.with(|shown| log::log(self, language, shown, covered))}
                {self.shown.with(|shown| field::field(self, language, shown, is_held))}
                {(!is_held).then(|| suggested::suggested(self, language))}
            </section>
        }
    }

    /// Says something about the line under the prompt, and in the status line.
    fn remark(self, remark: Remark) {
        self.remark.set(Some(remark));
        self.controls.page.announce(remark.text(self.controls.page.language.get_untracked()));
    }

    fn say(self, word: Words) {
        self.remark(Remark::Says(word));
    }

    fn announce(self, word: impl locale::Word) {
        self.controls.page.announce(self.controls.page.language.get_untracked().say(word).to_owned());
    }

    /// What is typed.
    fn line(self) -> String {
        self.field.get_untracked().map(|field| field.value()).unwrap_or_default()
    }

    /// Puts a line into the field, the cursor behind `cursor` UTF-16 units of it.
    fn put(self, line: &str, cursor: u32) {
        if let Some(field) = self.field.get_untracked() {
            field.set_value(line);
            // Of a field of text it does not fail.
            let _ = field.set_selection_range(cursor, cursor);
        }
    }

    fn put_whole(self, line: &str) {
        self.put(line, u32::try_from(line.encode_utf16().count()).unwrap_or(u32::MAX));
    }

    /// What was said of another line.
    fn forget(self) {
        if self.remark.with_untracked(Option::is_some) {
            self.remark.set(None);
        }
        if self.candidates.with_untracked(|candidates| !candidates.is_empty()) {
            self.candidates.set(Vec::new());
        }
    }
}

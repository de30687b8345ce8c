//! The lesson that is open, as signals, and what its buttons do.

use super::count;
use crate::cluster::place::StoreKind;
use crate::lesson::{Lesson, Look};
use crate::locale::page::{LessonPanel as Words, beat_place};
use crate::player::{Course, Covered, PlayerCommand};
use crate::view::frame::reduced_motion;
use crate::view::page::Page;
use crate::view::prelude::*;
use std::rc::Rc;

/// What the lesson's regions share. A copy is a handle.
#[derive(Clone, Copy)]
pub struct LessonState {
    page: Page,
    course: StoredValue<Course>,
    version: RwSignal<u64>,
    /// The first ten seconds: the question alone, everything else folded.
    pub folded: RwSignal<bool>,
    /// `Check answer` was pressed with nothing chosen.
    pub choose_first: RwSignal<bool>,
}

impl LessonState {
    pub fn new(page: Page, course: Course, folded: bool) -> Self {
        let state = Self {
            page,
            course: StoredValue::new(course),
            version: RwSignal::new(0),
            folded: RwSignal::new(folded),
            choose_first: RwSignal::new(false),
        };
        state.hold();
        // In another store's world the lesson's moments are others.
        let mut was = None;
        Effect::new(move || {
            let store = page.store();
            if was.replace(store).is_some_and(|was| was != store) {
                state.retime(store);
            }
        });
        // Playing and seeking lead from beat to beat.
        Effect::new(move || {
            let now = page.now.get();
            let changed = state.course.update_value(|course| course.follow(now));
            if changed {
                state.changed();
            }
        });
        state
    }

    /// Reads the course; what reads it is drawn again when it changes.
    pub fn with<T>(&self, read: impl FnOnce(&Course) -> T) -> T {
        self.version.track();
        self.course.with_value(read)
    }

    pub fn with_untracked<T>(&self, read: impl FnOnce(&Course) -> T) -> T {
        self.course.with_value(read)
    }

    pub fn covered(&self) -> Covered {
        self.with(Course::covered)
    }

    /// What the beat brings out. In a run of the visitor's own it may be somewhere else.
    pub fn looks(&self) -> Vec<Look> {
        let on_path = self.page.is_on_path();
        self.with(|course| course.beat().filter(|_| on_path).map(|beat| beat.look.clone()).unwrap_or_default())
    }

    /// Puts another lesson in the place of this one.
    pub fn open(&self, course: Course) {
        self.course.set_value(course);
        self.choose_first.set(false);
        self.hold();
        self.changed();
    }

    pub fn choose(&self, option: usize) {
        self.course.update_value(|course| course.choose(option));
        self.choose_first.set(false);
        self.changed();
    }

    /// Answers with what is chosen. Without a choice it says so.
    pub fn check_answer(&self) {
        if self.with_untracked(Course::chosen).is_none() {
            self.choose_first.set(true);
            self.page.announce(self.page.language.get_untracked().say(Words::ChooseFirst).to_owned());
            return;
        }
        self.settle();
        if let Some((_, until)) = self.with_untracked(Course::reveal) {
            self.page.act(PlayerCommand::Seek(until));
        }
        self.announce_answer();
    }

    /// Skips the question, or shows what answers it: plays to where it can be seen.
    pub fn show_me(&self) {
        self.settle();
        let Some((from, until)) = self.with_untracked(Course::reveal) else { return };
        if reduced_motion() {
            self.page.act(PlayerCommand::Seek(until));
        } else {
            self.page.act(PlayerCommand::Seek(from));
            self.page.act(PlayerCommand::PlayTo(until));
        }
        self.announce_answer();
    }

    pub fn go_by(&self, beats: isize) {
        let wanted = self.with_untracked(Course::beat_place).checked_add_signed(beats);
        let at = wanted.and_then(|beat| self.course.update_value(|course| course.go_to(beat)));
        if let Some(at) = at {
            self.changed();
            self.hold();
            self.page.act(PlayerCommand::Seek(at));
            self.announce_beat();
        }
    }

    /// Says which beat we are at.
    pub fn announce_beat(&self) {
        let language = self.page.language.get_untracked();
        let text = self.with_untracked(|course| {
            let title = self.title_of(course, language);
            beat_place(language, count(course.beat_place() + 1), count(course.beats()), &title)
        });
        self.page.announce(text);
    }

    /// The title of the beat, or of the lesson where the beat has none.
    fn title_of(&self, course: &Course, language: crate::locale::Language) -> String {
        let store = self.page.store();
        let title = course.beat().and_then(|beat| course.lesson().telling(beat, store).title.as_ref());
        title.unwrap_or(&course.lesson().title).text(language).to_owned()
    }

    fn announce_answer(&self) {
        let language = self.page.language.get_untracked();
        let (answer, chosen) = self.with_untracked(|course| (course.answer(), course.chosen()));
        let verdict = match chosen {
            Some(_) if chosen == answer => language.say(Words::Correct),
            Some(_) => language.say(Words::Incorrect),
            None => "",
        };
        let because = self.with_untracked(|course| {
            let option = course.question()?.options.get(answer?)?;
            option.because.as_ref().map(|because| because.text(language).to_owned())
        });
        self.page.announce(format!("{verdict} {}", because.unwrap_or_default()));
    }

    fn settle(&self) {
        self.course.update_value(Course::settle);
        // Regions are put together anew when it changes.
        if self.folded.get_untracked() {
            self.folded.set(false);
        }
        self.choose_first.set(false);
        self.hold();
        self.changed();
    }

    /// Tells the player what is still open, and where the beats are.
    fn hold(&self) {
        let (hold, beats) = self.with_untracked(|course| (course.hold(), course.beat_instants()));
        // A run that left the lesson's path is the visitor's own: nothing holds it.
        let on_path = self.page.with_session_untracked(crate::player::Session::is_on_path);
        self.page.update_player(|player| {
            player.set_hold(hold.filter(|_| on_path));
            player.set_beats(if on_path { beats } else { Vec::new() });
            player.set_cuts(reduced_motion());
        });
    }

    /// The visitor left the path or came back to it.
    pub fn path_changed(&self) {
        self.hold();
        self.changed();
    }

    fn retime(&self, store: Option<StoreKind>) {
        let lesson: Rc<Lesson> = self.with_untracked(|course| Rc::clone(course.lesson()));
        let timetable = lesson.timetable(&lesson.run(store));
        self.course.update_value(|course| course.retime(timetable));
        self.hold();
        self.changed();
    }

    /// Draws again what shows the course.
    pub fn changed(&self) {
        self.version.update(|version| *version += 1);
    }
}

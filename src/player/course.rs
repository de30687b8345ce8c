//! A visitor's way through a lesson: the beat we are at, what was predicted, what is still covered.

use super::Covered;
use crate::lesson::{Beat, Lesson, Question, Timetable};
use crate::time::Instant;
use std::rc::Rc;

/// A lesson and how far a visitor is in it.
#[derive(Clone, Debug)]
pub struct Course {
    lesson: Rc<Lesson>,
    timetable: Timetable,
    beat: usize,
    /// The option chosen at each beat with a question.
    chosen: Vec<(usize, usize)>,
    /// Beats whose question was answered or skipped.
    settled: Vec<usize>,
}

impl Course {
    /// At the lesson's first beat, or where a link leads: past a reveal its question counts as settled.
    pub fn new(lesson: Rc<Lesson>, timetable: Timetable, opened_at: Option<Instant>) -> Self {
        let mut course = Self { lesson, timetable, beat: 0, chosen: Vec::new(), settled: Vec::new() };
        if let Some(instant) = opened_at {
            let shown = |show: Option<(Instant, Instant)>| show.is_some_and(|(_, until)| until <= instant);
            course.settled =
                course.timetable.beats.iter().enumerate().filter(|(_, times)| shown(times.show)).map(|(beat, _)| beat).collect();
            course.follow(instant);
        }
        course
    }

    pub fn lesson(&self) -> &Rc<Lesson> {
        &self.lesson
    }

    /// Where the page opens.
    pub fn opening(&self) -> Instant {
        self.timetable.beats.first().map_or(Instant::START, |times| times.at)
    }

    pub fn beat_place(&self) -> usize {
        self.beat
    }

    pub fn beats(&self) -> usize {
        self.lesson.beats.len()
    }

    pub fn beat(&self) -> Option<&Beat> {
        self.lesson.beats.get(self.beat)
    }

    pub fn beat_instants(&self) -> Vec<Instant> {
        self.timetable.beat_instants()
    }

    /// The question of the beat we are at, open or settled.
    pub fn question(&self) -> Option<&Question> {
        self.beat()?.question.as_ref()
    }

    pub fn is_open(&self) -> bool {
        self.question().is_some() && !self.settled.contains(&self.beat)
    }

    pub fn chosen(&self) -> Option<usize> {
        self.chosen.iter().find(|(beat, _)| *beat == self.beat).map(|(_, option)| *option)
    }

    pub fn choose(&mut self, option: usize) {
        if self.question().is_some_and(|question| option < question.options.len()) && self.is_open() {
            self.chosen.retain(|(beat, _)| *beat != self.beat);
            self.chosen.push((self.beat, option));
        }
    }

    /// The question of this beat is answered, or skipped.
    pub fn settle(&mut self) {
        self.settled.push(self.beat);
    }

    /// Nothing has been answered or skipped yet, and we are where the page opens.
    pub fn is_untouched(&self) -> bool {
        self.settled.is_empty() && self.beat == 0 && self.is_open()
    }

    /// From where to where *Show me* plays.
    pub fn reveal(&self) -> Option<(Instant, Instant)> {
        self.timetable.beats.get(self.beat)?.show
    }

    /// The option that holds in the lesson's own run, whatever run the visitor is in.
    pub fn answer(&self) -> Option<usize> {
        self.timetable.beats.get(self.beat)?.answer
    }

    /// What nothing may pass: the first beat whose question is still open.
    pub fn hold(&self) -> Option<Instant> {
        let beats = self.lesson.beats.iter().enumerate().zip(&self.timetable.beats);
        let mut open = beats.filter(|((place, beat), _)| beat.question.is_some() && !self.settled.contains(place));
        open.next().map(|(_, times)| times.at)
    }

    /// As near to an instant as an open question lets anyone come.
    pub fn reachable(&self, instant: Instant) -> Instant {
        self.hold().map_or(instant, |hold| instant.min(hold))
    }

    /// What stands under “Predict first” now.
    pub fn covered(&self) -> Covered {
        let open = self.question().filter(|_| self.is_open());
        open.map_or_else(Covered::default, |question| Covered::by(&question.covers))
    }

    /// Goes to a beat. Returns its instant; `None` where there is none, or where an open question is in the way.
    pub fn go_to(&mut self, beat: usize) -> Option<Instant> {
        let at = self.timetable.beats.get(beat)?.at;
        if beat > self.beat && self.is_open() {
            return None;
        }
        self.beat = beat;
        Some(at)
    }

    /// The run moved to an instant: the beat follows it, unless its question is open. Returns whether the beat changed.
    pub fn follow(&mut self, instant: Instant) -> bool {
        if self.is_open() {
            return false;
        }
        let Some(here) = self.timetable.beats.get(self.beat).map(|times| times.at) else { return false };
        // Several beats can share an instant: among them only the visitor goes on.
        let reached = self.timetable.beats.iter().rposition(|times| times.at <= instant).unwrap_or(0);
        let reached_at = self.timetable.beats.get(reached).map_or(here, |times| times.at);
        if reached_at == here || reached == self.beat {
            return false;
        }
        let first_there = self.timetable.beats.iter().position(|times| times.at == reached_at).unwrap_or(reached);
        self.beat = first_there;
        true
    }

    /// The same course in another store's world, where its moments may be others.
    pub fn retime(&mut self, timetable: Timetable) {
        self.timetable = timetable;
    }
}

//! Lines of text and rows of shapes below one another in a box. What does not fit is left out: the accessible name has it all.

use super::fit;
use super::mark::Mark;
use crate::scene::{Rect, path};

/// From one line of text to the next.
pub const LINE: f32 = 15.0;

pub struct Column {
    pub x: f32,
    pub width: f32,
    /// Where the next thing begins.
    y: f32,
    bottom: f32,
    pub marks: Vec<Mark>,
}

impl Column {
    /// A column that fills a box.
    pub fn new(place: Rect) -> Self {
        Self { x: place.x, width: place.width, y: place.y, bottom: place.bottom(), marks: Vec::new() }
    }

    /// Goes on in another box.
    pub fn move_to(&mut self, place: Rect) {
        *self = Self { marks: std::mem::take(&mut self.marks), ..Self::new(place) };
    }

    /// The height that is left.
    pub fn room(&self) -> f32 {
        self.bottom - self.y
    }

    pub fn skip(&mut self, height: f32) {
        self.y += height;
    }

    /// Takes a strip of this height, if it is still there. Returns its top.
    pub fn take(&mut self, height: f32) -> Option<f32> {
        if self.room() < height - 0.01 {
            return None;
        }
        self.y += height;
        Some(self.y - height)
    }

    /// A title of 14 units.
    pub fn title(&mut self, text: &str) {
        if let Some(top) = self.take(19.0) {
            self.marks.push(Mark::text(self.x, top + 14.0, "t-title", text));
        }
    }

    /// A text in as many lines as it takes.
    pub fn text(&mut self, class: &'static str, text: &str) {
        self.lines(class, text, false);
    }

    /// A name as the system writes it.
    pub fn mono(&mut self, class: &'static str, text: &str) {
        self.lines(class, text, true);
    }

    fn lines(&mut self, class: &'static str, text: &str, is_mono: bool) {
        let lines = fit::wrap(text, self.width, is_mono);
        // Half of a text says something else than the whole.
        if self.room() < LINE * lines.len() as f32 - 0.01 {
            return;
        }
        for line in lines {
            if let Some(top) = self.take(LINE) {
                self.marks.push(Mark::text(self.x, top + 12.0, class, line));
            }
        }
    }

    /// Two texts on one line, the second one at the right.
    pub fn pair(&mut self, class: &'static str, text: &str, class_right: &'static str, right: &str) {
        if let Some(top) = self.take(LINE + 1.0) {
            self.marks.push(Mark::text(self.x, top + 12.0, class, text));
            self.marks.push(Mark::text(self.x + self.width, top + 12.0, class_right, right));
        }
    }

    /// A fine line across.
    pub fn rule(&mut self) {
        if let Some(top) = self.take(9.0) {
            self.marks.push(Mark::shape("rule", path("M# #h#", &[self.x, top + 4.5, self.width])));
        }
    }
}

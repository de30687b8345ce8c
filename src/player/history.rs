//! The prompt's memory: every line that was typed, whatever became of the run that it was typed in.

/// The oldest go first.
pub const LINES_KEPT: usize = 100;

/// Lines, the oldest first, and the one that the prompt shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    lines: Vec<String>,
    /// The line that is recalled; none while what is typed is new.
    place: Option<usize>,
    /// What was typed before the first was recalled.
    draft: String,
}

impl History {
    pub fn new(lines: impl IntoIterator<Item = String>) -> Self {
        let mut history = Self::default();
        lines.into_iter().for_each(|line| history.add(&line));
        history
    }

    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// A line was given. The same twice in a row is kept once.
    pub fn add(&mut self, line: &str) {
        self.place = None;
        self.draft.clear();
        if line.trim().is_empty() || self.lines.last().is_some_and(|last| last == line) {
            return;
        }
        self.lines.push(line.to_owned());
        if self.lines.len() > LINES_KEPT {
            self.lines.remove(0);
        }
    }

    /// The line before, where `typed` stands now. `None` at the oldest.
    pub fn earlier(&mut self, typed: &str) -> Option<&str> {
        let place = self.place.unwrap_or(self.lines.len()).checked_sub(1)?;
        if self.place.is_none() {
            typed.clone_into(&mut self.draft);
        }
        self.place = Some(place);
        self.lines.get(place).map(String::as_str)
    }

    /// The line after; after the newest, what was typed before any was recalled. `None` where none is recalled.
    pub fn later(&mut self) -> Option<&str> {
        let place = self.place? + 1;
        self.place = (place < self.lines.len()).then_some(place);
        Some(self.lines.get(place).map_or(self.draft.as_str(), String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history() -> History {
        History::new(["one", "two", "two", " ", "three"].map(str::to_owned))
    }

    #[test]
    fn lines_come_back_from_the_newest_to_the_oldest_and_the_draft_at_the_end() {
        let mut history = history();
        assert_eq!(history.lines(), ["one", "two", "three"]);
        assert_eq!(history.later(), None);
        assert_eq!(history.earlier("half"), Some("three"));
        assert_eq!(history.earlier("three"), Some("two"));
        assert_eq!(history.later(), Some("three"));
        assert_eq!(history.later(), Some("half"));
        assert_eq!(history.later(), None);
        for expected in [Some("three"), Some("two"), Some("one"), None, None] {
            assert_eq!(history.earlier("again"), expected);
        }
    }

    #[test]
    fn a_line_that_is_given_begins_at_the_newest_again() {
        let mut history = history();
        history.earlier("");
        history.earlier("three");
        history.add("two");
        assert_eq!(history.earlier(""), Some("two"));
        assert_eq!(history.earlier("two"), Some("three"));
    }

    #[test]
    fn the_oldest_go_first() {
        let history = History::new((0..LINES_KEPT + 5).map(|number| number.to_string()));
        assert_eq!(history.lines().len(), LINES_KEPT);
        assert_eq!(history.lines().first().map(String::as_str), Some("5"));
    }
}

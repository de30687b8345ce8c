//! A line that was read: which command, its flags and its arguments.

use super::pairs::Pairs;
use super::table::{Command, Flag};
use crate::shell::go;

/// What a typed line says, apart from what is in the cluster.
pub(crate) struct Line {
    /// The namespace of whoever typed it.
    pub user: String,
    pub command: &'static Command,
    /// The command's words: `activation list`.
    pub path: String,
    /// What is no flag.
    pub arguments: Vec<String>,
    /// `-p`, `-P`, `-a`, `-A`, `-F`, `-T`, which may stand anywhere.
    pub pairs: Pairs,
    pub(super) given: Vec<(&'static Flag, String)>,
}

impl Line {
    /// The value of a flag as text, if it was given. The last one counts.
    pub fn text(&self, long: &str) -> Option<&str> {
        self.given.iter().rfind(|(flag, _)| flag.long == long).map(|(_, value)| value.as_str())
    }

    /// All values of a flag that may be given more than once.
    pub fn all(&self, long: &str) -> impl Iterator<Item = &str> {
        self.given.iter().filter(move |(flag, _)| flag.long == long).map(|(_, value)| value.as_str())
    }

    /// Whether a switch is on.
    pub fn has(&self, long: &str) -> bool {
        self.text(long).and_then(go::boolean).unwrap_or(false)
    }

    /// The value of a number, or its default.
    pub fn number(&self, long: &str) -> i64 {
        let default = || self.command.flags.iter().find(|flag| flag.long == long).map_or("", |flag| flag.default);
        // A value that was read is a number.
        go::integer(self.text(long).unwrap_or_else(default)).unwrap_or(0)
    }

    pub fn was_given(&self, long: &str) -> bool {
        self.text(long).is_some()
    }

    /// The argument of this place, from 0.
    pub fn argument(&self, place: usize) -> Option<&str> {
        self.arguments.get(place).map(String::as_str)
    }

    pub fn is_verbose(&self) -> bool {
        self.has("verbose") || self.has("debug")
    }
}

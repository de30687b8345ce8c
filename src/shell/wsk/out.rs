//! What a command prints, piece by piece.

use crate::cluster::{Exchange, World};
use crate::shell::{Chunk, Printed};

/// The screen as far as a command has come, and its exit code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Out {
    pub chunks: Vec<Chunk>,
    pub exit_code: u8,
}

/// What a command prints an answer from.
pub(crate) struct Shown<'a> {
    pub world: &'a World,
    pub line: &'a super::Line,
    /// The answers so far, in the order of sending, up to the one to print.
    pub answers: &'a [&'a Exchange],
    /// The one to print: the last of them.
    pub exchange: &'a Exchange,
}

impl Out {
    /// To standard output.
    pub fn out(&mut self, text: impl Into<String>) {
        self.push(text.into(), false);
    }

    /// To the error stream.
    pub fn err(&mut self, text: impl Into<String>) {
        self.push(text.into(), true);
    }

    /// `error: TEXT`, and the exit code of a status.
    pub fn error(&mut self, status: u16, text: &str) {
        self.printed(Printed::error(status, text));
    }

    /// The same with the line about the usage.
    pub fn usage_error(&mut self, status: u16, text: &str) {
        self.printed(Printed { exit_code: Printed::error(status, "").exit_code, ..Printed::usage_error(0, text) });
    }

    /// All of what was printed elsewhere.
    pub fn printed(&mut self, printed: Printed) {
        self.push(printed.stdout, false);
        self.push(printed.stderr, true);
        self.exit_code = printed.exit_code;
    }

    fn push(&mut self, text: String, is_error: bool) {
        if !text.is_empty() {
            self.chunks.push(Chunk { text, is_error });
        }
    }
}

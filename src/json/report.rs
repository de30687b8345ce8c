//! What is wrong with a text.

use super::Path;
use std::cell::OnceCell;

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// In the words of whoever refused it, such as the parser.
    #[error("{0}")]
    Said(String),
    #[error("unknown field; known are {known}")]
    UnknownField { known: &'static str },
    #[error("this field is missing")]
    Missing,
    #[error("it is {found}, but must be {wanted}")]
    Kind { found: String, wanted: &'static str },
    #[error("“{found}” is none of {known}")]
    NoneOf { found: String, known: &'static str },
    #[error("{what} is {value}, but must be from {min} to {max}")]
    OutOfRange { what: &'static str, value: u64, min: u64, max: u64 },
    /// A text that would be right elsewhere, and what there is to say about it.
    #[error("“{found}” {but}")]
    Found { found: String, but: &'static str },
    #[error("give exactly one of {0}")]
    ExactlyOne(&'static str),
    #[error("it is at {at} ms, before {earlier} ms, the one before it")]
    NotInOrder { at: u64, earlier: u64 },
}

/// A value's path, empty for the whole, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub path: String,
    pub reason: Reason,
}

/// The first thing that is wrong with what is being read, if anything is.
#[derive(Debug, Default)]
pub struct Report {
    first: OnceCell<Wrong>,
}

impl Report {
    #[cold]
    #[inline(never)]
    pub fn refuse(&self, path: &Path<'_>, reason: Reason) {
        self.first.get_or_init(|| Wrong { path: path.written(), reason });
    }

    /// What was read, unless something in it was wrong.
    ///
    /// # Errors
    /// The first thing that was refused.
    pub fn end<T>(self, read: T) -> Result<T, Wrong> {
        self.first.into_inner().map_or(Ok(read), Err)
    }
}

/// As much of a text as an error can show.
pub fn short(text: &str) -> &str {
    const CHARACTERS_MAX: usize = 80;
    text.char_indices().nth(CHARACTERS_MAX).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

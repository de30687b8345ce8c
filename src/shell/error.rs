//! Why a line is not understood: what, where and why.

use crate::activation::InvalidActivationId;
use std::fmt;

/// A line that the terminal does not take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShellError {
    /// Which word of the line it is about, counted from 1; `None` if it is the line as a whole.
    pub word: Option<usize>,
    /// In a box, so that a result is small wherever it is handed on.
    pub problem: Box<Problem>,
}

/// What is wrong with a line. Each text says why and, where it can, what would do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    #[error("the line is empty")]
    Empty,
    #[error("the line is {bytes} bytes long, but may have at most {max}")]
    TooLong { bytes: usize, max: usize },
    #[error("the line has a control character (U+{:04X}) as its character {place}", u32::from(*character))]
    ControlCharacter { character: char, place: usize },
    #[error("a quotation mark is opened and not closed, or the line ends with a backslash")]
    Unbalanced,
    #[error("“{found}” is not wsk, the one program that this terminal has")]
    NotWsk { found: String },
    #[error("“{found}” is not a command here; try: {known}")]
    UnknownCommand { found: String, known: &'static str },
    #[error("the command ends too soon; try: {known}")]
    CommandMissing { known: &'static str },
    #[error("{flag} is not a flag of “{}{command}” here; it has: {known}", wsk_of(command))]
    UnknownFlag { flag: String, command: &'static str, known: &'static str },
    #[error("“{found}” is not a URL such as http://localhost:5984/_all_dbs: {why}")]
    BadUrl { found: String, why: &'static str },
    #[error("“{found}” is a file, and there are none here: give the data itself")]
    NoFiles { found: String },
    #[error("“{found}” is not a header such as “Content-Type: application/json”")]
    BadHeader { found: String },
    #[error("this is no HTTP request: {why}")]
    BadRequest { why: String },
    #[error("{flag} takes no value")]
    FlagWithValue { flag: String },
    #[error("{flag} needs a value")]
    ValueMissing { flag: &'static str },
    #[error("{flag} is “{value}”, but must be a whole number from {min} to {max}")]
    BadNumber { flag: &'static str, value: String, min: u32, max: u32 },
    #[error("“{found}” is one argument too many for “{}{command}”", wsk_of(command))]
    TooMany { found: String, command: &'static str },
    #[error("“{}{command}” needs {what}", wsk_of(command))]
    ArgumentMissing { command: &'static str, what: &'static str },
    #[error("“{found}” is given beside --last, which already names a record")]
    LastAndId { found: String },
    #[error("“{found}” is not a name such as hello, pack/hello or /guest/pack/hello")]
    BadName { found: String },
    #[error("“{found}”: {why}")]
    InvalidId { found: String, why: InvalidActivationId },
    #[error("“{label}” is not the label of an earlier break, and not all")]
    UnknownFault { label: String },
    #[error("“{found}” is not one of: {known}")]
    NotOneOf { found: String, known: &'static str },
    #[error("{{{label}}} is not the label of an earlier command that makes one activation")]
    UnknownLabel { label: String },
}

/// What stands before a command: nothing before a word of this terminal's own.
fn wsk_of(command: &str) -> &'static str {
    let groups = ["action ", "activation ", "trigger "];
    if groups.iter().any(|group| command.starts_with(group)) { "wsk " } else { "" }
}

impl ShellError {
    #[cold]
    #[inline(never)]
    pub(super) fn line(problem: Problem) -> Self {
        Self { word: None, problem: Box::new(problem) }
    }

    /// `place` counts from 0.
    #[cold]
    #[inline(never)]
    pub(super) fn word(place: usize, problem: Problem) -> Self {
        Self { word: Some(place + 1), problem: Box::new(problem) }
    }
}

impl fmt::Display for ShellError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.word {
            Some(word) => write!(out, "word {word}: {}", self.problem),
            None => self.problem.fmt(out),
        }
    }
}

impl std::error::Error for ShellError {}

/// A word as an error shows it: never longer than a line.
pub(super) fn shown(word: &str) -> String {
    const LENGTH_MAX: usize = 60;
    if word.chars().count() <= LENGTH_MAX {
        return word.to_owned();
    }
    word.chars().take(LENGTH_MAX).chain(std::iter::once('…')).collect()
}

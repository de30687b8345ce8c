use crate::cluster::Refused;
use crate::shell::ShellError;

/// Why a lesson file is refused: for the first thing that is wrong, the file, the field and the reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {field}: {reason}")]
pub struct LessonError {
    pub file: String,
    /// The path of the field, such as `beats[2].text.zh`; `the file` for the file as a whole.
    pub field: String,
    pub reason: Reason,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// Not JSON, or no configuration, in the parser's words.
    #[error("{0}")]
    Json(String),
    #[error("unknown field; known are {known}")]
    UnknownField { known: String },
    #[error("this field is missing")]
    Missing,
    #[error("it is {found}, but must be {wanted}")]
    Kind { found: String, wanted: &'static str },
    #[error("“{found}” is none of {known}")]
    NoneOf { found: String, known: String },
    #[error("only invocations come in bursts")]
    OnlyInvocations,
    #[error("{what} is {value}, but must be from {min} to {max}")]
    OutOfRange { what: &'static str, value: u64, min: u64, max: u64 },
    #[error("it is empty; both languages are needed")]
    EmptyText,
    #[error("“{found}” is not {wanted}")]
    NotA { found: String, wanted: &'static str },
    #[error("“{0}” is not the label of a command")]
    UnknownLabel(String),
    #[error("“{0}” is the label of a command that makes no activation")]
    MakesNothing(String),
    #[error("“{0}” is there twice")]
    Twice(String),
    #[error("“{0}” is no row of the evidence table")]
    UnknownEvidence(String),
    #[error("it is at {at} ms, before {earlier} ms, the one before it")]
    NotInOrder { at: u64, earlier: u64 },
    #[error("give exactly one of {0}")]
    ExactlyOne(String),
    #[error("{0}")]
    Refused(#[from] Refused),
    #[error("{0}")]
    Shell(#[from] ShellError),
}

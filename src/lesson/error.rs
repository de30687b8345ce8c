use crate::json::Reason;

/// Why a lesson file is refused: for the first thing that is wrong, the file, the field and the reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {field}: {reason}")]
pub struct LessonError {
    pub file: String,
    /// The path of the field, such as `beats[2].text.zh`; `the file` for the file as a whole.
    pub field: String,
    pub reason: Reason,
}

//! The lesson panel: one idea a beat, a question before the reveal, the evidence under it.

mod explanation;
mod look;
mod panel;
mod question;
mod state;

pub use explanation::evidence_links;
pub use look::LookedAt;
pub use panel::{LESSONS, LessonPanel};
pub use state::LessonState;

/// A count for a sentence.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

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

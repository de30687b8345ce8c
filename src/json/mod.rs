//! JSON taken apart and put together by hand.
//!
//! A derived reader for each type weighs several kilobytes in the page, and a macro for each object hardly less; these functions are
//! compiled once. Reading does not stop half-way either: what cannot be read is noted in the [`Report`] and read as something harmless
//! (an empty text, zero, no items), so that a reader is one straight line. Only the first thing that was noted counts, and as long as
//! anything was, [`Report::end`] gives nothing else out.

mod object;
mod parse;
mod part;
mod path;
mod report;

pub use object::Object;
pub use parse::parse;
pub use part::{Number, Part};
pub use path::Path;
pub use report::{Reason, Report, Wrong, short};

//! JSON taken apart by hand: every value with its path, and what is wrong first.
//!
//! A derived reader for each type weighs several kilobytes in the page; these functions are compiled once. Nothing here stops half-way
//! either: what cannot be read is noted in the [`Report`] and read as something harmless (an empty text, zero, no items), so that a reader
//! is one straight line. Only the first thing that was noted counts, and as long as anything was, [`Report::end`] gives nothing else out.

mod json;
mod part;
mod path;
mod place;
mod report;

pub use json::parse;
pub use part::{Number, Part};
pub use path::Path;
pub use report::{Reason, Report, Wrong, short};

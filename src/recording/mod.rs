//! A run you can seek: commands in, steps out, checkpoints in between.
//!
//! A [`Run`] is a value; everything else is derived from it. Steps are re-derived from the nearest checkpoint, never all kept.

mod digest;
mod pace;
mod run;
mod tape;

pub use digest::{digest, digest_of};
pub use pace::{Pace, PaceMap, READING_US};
pub use run::{HORIZON_DEFAULT, HORIZON_MAX, MODEL_VERSION, Run};
pub use tape::{Mark, Tape};

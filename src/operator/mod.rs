//! What an operator comes for: why a record is not there, and what of that shows from outside.
//!
//! [`why`] answers from the recording and knows everything. An operator of a real cluster has only answers and logs: [`signature`] is what
//! those show, and reasons whose signatures are equal cannot be told apart by them.

mod alike;
pub mod log;
mod past;
mod proof;
mod reason;
pub mod signature;
pub mod why;

pub use alike::{ALIKE, Look};
pub use reason::{Obstacle, Reason};
pub use signature::{Shows, Signature, signature};
pub use why::{Because, Finding, Why, Witness, why};

//! What the inspector shows of one thing: the life of a record, its written forms line by line, the keys that a process has read.
//!
//! Codes and values; the page says them in a language and draws them.

pub mod exchange;
pub mod form;
pub mod json;
pub mod keys;
pub mod life;
pub mod listing;

//! The terminal: `wsk` as a person types it, and what the real tool would print.

mod curl;
mod error;
mod faults;
mod files;
mod flags;
mod go;
mod operate;
mod parse;
mod print;
mod terminal;
mod wsk;

pub use error::{Problem, ShellError};
pub use files::{FILES, File};
pub use parse::{LINE_BYTES_MAX, parse};
pub use print::{Printed, failure, print, table};
pub use terminal::{Chunk, Completion, Screen, Suggestion, Typed, Why, complete, screen, suggestions, typed, written};

//! The terminal: `wsk` as a person types it, and what the real tool would print.

mod complete;
mod curl;
mod error;
mod faults;
mod files;
mod flags;
mod go;
mod jq;
mod operate;
mod parse;
mod print;
mod sent;
mod suggest;
mod terminal;
mod written;
mod wsk;

pub use complete::{Completion, complete};
pub use error::{Problem, ShellError};
pub use files::{FILES, File};
pub use parse::{LINE_BYTES_MAX, parse};
pub use print::{Printed, failure, print, table};
pub use sent::request;
pub use suggest::{Suggestion, Why, suggestions};
pub use terminal::{Chunk, Screen, Typed, screen, typed};
pub use written::{curl, written};

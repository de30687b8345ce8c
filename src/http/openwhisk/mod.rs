//! OpenWhisk's API `/api/v1`, with the types of the `http` crate.
//!
//! [`read`] routes a raw request to an act of the run, or refuses it at once; [`request`] is what `wsk` sends for an act; [`answer`] is the
//! whole HTTP answer to an exchange.

mod answered;
mod auth;
mod body;
mod content;
mod entities;
mod query;
mod read;
mod refusal;
mod sent;

pub use answered::answer;
pub use auth::{authorization, basic, key_of};
pub use entities::{entity, row};
pub use query::path_text;
pub use read::{BUILD, BUILD_NUMBER, Routed, read};
pub use refusal::{Refusal, refused_transaction};
pub use sent::{Sent, request};

//! Requests that the API refuses by itself, before anything of the cluster is asked.
//!
//! The texts are those of OpenWhisk, and of the HTTP library under it (Pekko HTTP's default rejections), which it wraps in `{error, code}`
//! (`http/BasicHttpService.scala:193-202`).

use super::super::answer::failed;
use super::answered::{finish, head};
use crate::chance::name_of;

/// The transaction id of the request of this number among those that are refused while they are read, which the cluster never hears of:
/// as random to look at as all others.
pub fn refused_transaction(number: u64) -> String {
    let half = |what: &str| name_of(format!("refused {what} {number}").as_bytes());
    format!("{:016x}{:016x}", half("high"), half("low"))
}

/// A request that is refused: the status and the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub status: u16,
    pub error: String,
    /// The methods that would do, for 405.
    pub allowed: &'static str,
    /// It asks for authentication.
    pub challenge: bool,
}

impl Refusal {
    pub(super) fn new(status: u16, error: impl Into<String>) -> Self {
        Self { status, error: error.into(), allowed: "", challenge: false }
    }

    /// 401.
    pub(super) fn challenge(error: &str) -> Self {
        Self { challenge: true, ..Self::new(401, error) }
    }

    /// 404: no such path.
    pub(super) fn no_path() -> Self {
        Self::new(404, "The requested resource could not be found.")
    }

    /// 405.
    pub(super) fn method(allowed: &'static str) -> Self {
        Self { allowed, ..Self::new(405, format!("HTTP method not allowed, supported methods: {allowed}")) }
    }

    /// 400: a parameter of the query.
    pub(super) fn parameter(name: &str, why: &str) -> Self {
        Self::new(400, format!("The query parameter '{name}' was malformed:\n{why}"))
    }

    /// 400: the body.
    pub(super) fn content(why: &str) -> Self {
        Self::new(400, format!("The request content was malformed:\n{why}"))
    }

    /// The answer, with the transaction id that its request was given.
    pub fn response(&self, transaction: &str) -> ::http::Response<Vec<u8>> {
        let mut builder = head(self.status, transaction, self.challenge || self.status != 401);
        if self.challenge {
            builder = builder.header("WWW-Authenticate", "Basic realm=\"OpenWhisk secure realm\",charset=UTF-8");
        }
        if !self.allowed.is_empty() {
            builder = builder.header("Allow", self.allowed);
        }
        let body = failed(&self.error, transaction).to_string();
        finish(builder.header("Content-Type", "application/json"), body.into_bytes())
    }
}

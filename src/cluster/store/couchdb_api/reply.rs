//! Answers and errors, with the headers that CouchDB 2.3.1 sends.

use super::text::Fields;
use ::http::header::{ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderName, HeaderValue, LOCATION, SERVER};
use ::http::{Response, StatusCode};
use std::borrow::Cow;

/// What the container image of CouchDB 2.3.1 calls itself (`src/couch/src/couch_httpd.erl:1017-1019`); the release of Erlang is that image's.
const SERVER_NAME: HeaderValue = HeaderValue::from_static("CouchDB/2.3.1 (Erlang OTP/19)");

/// How long reading the body took, in milliseconds. The model takes no time for it (`src/chttpd/src/chttpd.erl:1063-1069`).
const BODY_TIME: HeaderName = HeaderName::from_static("x-couchdb-body-time");

/// An answer. `X-Couch-Request-ID`, which is random, and `Date` are left out.
#[derive(Debug)]
pub struct Reply {
    status: u16,
    body: String,
    headers: Vec<(HeaderName, String)>,
    /// Sent piece by piece, without a length.
    is_streamed: bool,
}

impl Reply {
    pub fn new(status: u16, body: String) -> Self {
        Self { status, body, headers: Vec::new(), is_streamed: false }
    }

    pub fn ok(body: String) -> Self {
        Self::new(200, body)
    }

    /// An answer that is headers alone.
    pub fn empty(status: u16) -> Self {
        Self::new(status, String::new())
    }

    /// `{"ok":true}`
    pub fn done(status: u16) -> Self {
        Self::new(status, Fields::default().flag("ok", true).end())
    }

    /// Rows are sent as they are found.
    pub fn streamed(body: String) -> Self {
        Self { is_streamed: true, ..Self::ok(body) }
    }

    fn with(mut self, name: HeaderName, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    pub fn etag(self, etag: String) -> Self {
        self.with(ETAG, etag)
    }

    pub fn location(self, location: String) -> Self {
        self.with(LOCATION, location)
    }

    /// The answer over HTTP: a body ends with a line feed. For `HEAD` it is left out.
    pub fn finish(self, is_head: bool) -> Response<Vec<u8>> {
        let mut response = Response::new(Vec::new());
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.insert(SERVER, SERVER_NAME);
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.append(name, value);
            }
        }
        if !self.is_streamed {
            headers.insert(BODY_TIME, HeaderValue::from_static("0"));
        }
        if self.body.is_empty() {
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
            return response;
        }
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("must-revalidate"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let body = format!("{}\n", self.body).into_bytes();
        if !self.is_streamed {
            headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        }
        if !is_head {
            *response.body_mut() = body;
        }
        response
    }
}

/// An error, in CouchDB's shape (`src/chttpd/src/chttpd.erl:850-958,1016-1040`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub status: u16,
    pub error: &'static str,
    pub reason: Cow<'static, str>,
    allow: Option<&'static str>,
}

impl Problem {
    pub fn new(status: u16, error: &'static str, reason: impl Into<Cow<'static, str>>) -> Self {
        Self { status, error, reason: reason.into(), allow: None }
    }

    pub fn bad_request(reason: impl Into<Cow<'static, str>>) -> Self {
        Self::new(400, "bad_request", reason)
    }

    pub fn query(reason: impl Into<Cow<'static, str>>) -> Self {
        Self::new(400, "query_parse_error", reason)
    }

    pub fn invalid_json() -> Self {
        Self::bad_request("invalid UTF-8 JSON")
    }

    pub fn missing() -> Self {
        Self::new(404, "not_found", "missing")
    }

    pub fn deleted() -> Self {
        Self::new(404, "not_found", "deleted")
    }

    pub fn no_database() -> Self {
        Self::new(404, "not_found", "Database does not exist.")
    }

    pub fn conflict() -> Self {
        Self::new(409, "conflict", "Document update conflict.")
    }

    pub fn illegal_id(reason: &'static str) -> Self {
        Self::new(400, "illegal_docid", reason)
    }

    pub fn unauthorized(reason: &'static str) -> Self {
        Self::new(401, "unauthorized", reason)
    }

    pub fn method_not_allowed(methods: &'static str) -> Self {
        Self { allow: Some(methods), ..Self::new(405, "method_not_allowed", format!("Only {methods} allowed")) }
    }

    /// What CouchDB does and the model does not: CouchDB's own error for what it lacks, with words that say who lacks it.
    pub fn not_simulated(what: &str) -> Self {
        Self::new(501, "not_implemented", format!("WhiskScope does not simulate {what}."))
    }

    /// `{"error":…,"reason":…}`
    pub fn body(&self) -> Fields {
        Fields::default().text("error", self.error).text("reason", &self.reason)
    }

    pub fn reply(&self) -> Reply {
        let reply = Reply::new(self.status, self.body().end());
        match self.allow {
            Some(methods) => reply.with(ALLOW, methods.to_owned()),
            None => reply,
        }
    }
}

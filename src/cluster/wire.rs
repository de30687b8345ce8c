//! HTTP messages as values of a run.

use super::checks::Checks;
use crate::json::Path;
use ::http::{Request, Response};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// What a client sends to a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WireRequest {
    pub method: String,
    /// The path with its query.
    pub target: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body: String,
}

/// What it is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WireResponse {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Rc<[u8]>,
}

/// The longest of each: bytes of a method, a target, a header's name and value, and a body.
pub const METHOD_BYTES_MAX: u64 = 32;
pub const TARGET_BYTES_MAX: u64 = 8_192;
pub const HEADERS_MAX: u64 = 64;
pub const HEADER_BYTES_MAX: u64 = 8_192;
pub const BODY_BYTES_MAX: u64 = 1_048_576;
/// The bodies of all such requests of a run together.
pub const BODIES_BYTES_MAX: u64 = 16_777_216;

/// Why a message is no value of a run, or the other way round.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    #[error("the value of the header {0} is no text of visible ASCII characters")]
    Header(String),
    #[error("the body is no UTF-8 text")]
    Body,
    #[error("the target “{0}” is no path that begins with a slash")]
    Target(String),
    #[error("it is no HTTP request: {0}")]
    Request(String),
}

impl WireRequest {
    pub(super) fn check(&self, at: &Path<'_>, checks: &mut Checks) {
        let at = at.field("request");
        checks.length(&at, "method", self.method.len(), 1, METHOD_BYTES_MAX);
        checks.length(&at, "target", self.target.len(), 1, TARGET_BYTES_MAX);
        checks.length(&at, "headers", self.headers.len(), 0, HEADERS_MAX);
        for (name, value) in &self.headers {
            checks.length(&at, "header name", name.len(), 1, HEADER_BYTES_MAX);
            checks.length(&at, "header value", value.len(), 0, HEADER_BYTES_MAX);
        }
        checks.length(&at, "body", self.body.len(), 0, BODY_BYTES_MAX);
        if let Err(error) = self.to_http() {
            checks.refuse(super::Refused::Malformed { name: at.written(), problem: error.to_string() });
        }
    }

    /// # Errors
    /// What keeps it from being an HTTP request.
    pub fn to_http(&self) -> Result<Request<Vec<u8>>, WireError> {
        if !self.target.starts_with('/') {
            return Err(WireError::Target(crate::json::short(&self.target).to_owned()));
        }
        let mut builder = Request::builder().method(self.method.as_str()).uri(self.target.as_str());
        for (name, value) in &self.headers {
            builder = builder.header(name, value);
        }
        builder.body(self.body.clone().into_bytes()).map_err(|error| WireError::Request(error.to_string()))
    }

    /// # Errors
    /// What a run cannot hold of it.
    pub fn of_http(request: &Request<Vec<u8>>) -> Result<Self, WireError> {
        let headers = request.headers().iter().map(|(name, value)| match value.to_str() {
            Ok(value) => Ok((name.as_str().to_owned(), value.to_owned())),
            Err(_) => Err(WireError::Header(name.as_str().to_owned())),
        });
        Ok(Self {
            method: request.method().as_str().to_owned(),
            target: request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            headers: headers.collect::<Result<_, _>>()?,
            body: String::from_utf8(request.body().clone()).map_err(|_| WireError::Body)?,
        })
    }
}

impl WireResponse {
    pub(crate) fn of_http(response: &Response<Vec<u8>>) -> Self {
        let text = |value: &::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        Self {
            status: response.status().as_u16(),
            headers: response.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect(),
            body: response.body().as_slice().into(),
        }
    }

    /// The message itself. What it was made from was one, so the plain answer in its place never comes up.
    pub fn to_http(&self) -> Response<Vec<u8>> {
        let mut builder = Response::builder().status(self.status);
        for (name, value) in &self.headers {
            builder = builder.header(name, value);
        }
        builder.body(self.body.to_vec()).unwrap_or_default()
    }
}

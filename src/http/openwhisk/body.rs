//! The body of a request as JSON.

use super::refusal::Refusal;
use ::http::Request;
use ::http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

/// The object in the body, or none where there is no body: arguments of an invocation or a fire (`RestAPIs.scala:90-105`).
pub(super) fn arguments(request: &Request<Vec<u8>>) -> Result<Option<Map<String, Value>>, Refusal> {
    if request.body().is_empty() {
        return Ok(None);
    }
    object(request).map(Some)
}

/// The object in the body, which must be there.
pub(super) fn needed(request: &Request<Vec<u8>>) -> Result<Map<String, Value>, Refusal> {
    if request.body().is_empty() {
        return Err(Refusal::new(400, "Request entity expected but not supplied"));
    }
    object(request)
}

fn object(request: &Request<Vec<u8>>) -> Result<Map<String, Value>, Refusal> {
    let given = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = given.split(';').next().unwrap_or_default().trim();
    if !media.eq_ignore_ascii_case("application/json") {
        let named = if media.is_empty() { String::new() } else { format!(" [{given}]") };
        return Err(Refusal::new(415, format!("The request's Content-Type{named} is not supported. Expected:\napplication/json")));
    }
    // The words of the real parser name the place in its own way; these are serde_json's.
    match serde_json::from_slice(request.body()) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(Refusal::content("JSON object expected")),
        Err(error) => Err(Refusal::content(&error.to_string())),
    }
}

//! A request taken apart: the path's parts, the parameters, the body.

use super::failure::{Exception, Failure};
use super::locate::Body;
use crate::order;
use ::http::StatusCode;
use ::http::header::{ACCEPT, CONTENT_TYPE};
use serde_json::Value;

/// A request as the handlers read it.
#[derive(Debug)]
pub struct Call<'a> {
    pub method: &'a str,
    /// Path and query as they came.
    pub uri: String,
    pub path: &'a str,
    pub segments: Vec<String>,
    parameters: Vec<(String, String)>,
    pub body: &'a [u8],
    content_type: Option<&'a str>,
    pub accept: Option<&'a str>,
    malformed: Option<Exception>,
}

/// What every handler understands (`RestRequest.java`, `AbstractRestChannel.java`).
const COMMON: &[&str] = &["pretty", "human", "error_trace", "format", "filter_path"];

impl<'a> Call<'a> {
    pub fn new(request: &'a ::http::Request<Vec<u8>>) -> Self {
        let uri = request.uri();
        let path = uri.path();
        let mut malformed = None;
        let mut parameters = Vec::new();
        for pair in uri.query().unwrap_or("").split(['&', ';']).filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            match decode(name).and_then(|name| Ok((name, decode(value)?))) {
                Ok(pair) => parameters.push(pair),
                Err(why) => {
                    let reason = format!("java.lang.IllegalArgumentException: {why}");
                    let outer = Exception::new(StatusCode::BAD_REQUEST, "bad_parameter_exception", reason);
                    malformed = malformed.or(Some(outer.caused_by(Exception::illegal_argument(why))));
                }
            }
        }
        let header = |name| request.headers().get(name).map(|value| value.to_str().unwrap_or(""));
        let (content_type, accept) = (header(CONTENT_TYPE), header(ACCEPT));
        if let Some(kind) = content_type.filter(|kind| !is_media_type(kind)) {
            let why = format!("invalid Content-Type header [{kind}]");
            let reason = format!("java.lang.IllegalArgumentException: {why}");
            let outer = Exception::new(StatusCode::BAD_REQUEST, "content_type_header_exception", reason);
            malformed = Some(outer.caused_by(Exception::illegal_argument(why)));
        }
        let mut segments = Vec::new();
        for part in path.split('/').filter(|part| !part.is_empty()) {
            match decode(part) {
                Ok(segment) => segments.push(segment),
                Err(why) => malformed = malformed.or(Some(Exception::illegal_argument(why))),
            }
        }
        let uri = uri.path_and_query().map_or_else(|| path.to_owned(), ToString::to_string);
        Self { method: request.method().as_str(), uri, path, segments, parameters, body: request.body(), content_type, accept, malformed }
    }

    /// Refuses what is no request to begin with: percent signs that stand for nothing, a type of the body that is none
    /// (`Netty4HttpRequestHandler.java`, `RestRequest.java`).
    pub fn check(&self) -> Result<(), Failure> {
        self.malformed.clone().map_or(Ok(()), |exception| Err(exception.into()))
    }

    /// The last value of a parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether a parameter is there at all, or true: `v`, `v=true`, but not `v=false` (`Booleans.java`).
    pub fn flag(&self, name: &str, default: bool) -> Result<bool, Exception> {
        match self.parameter(name) {
            None => Ok(default),
            Some("" | "true") => Ok(true),
            Some("false") => Ok(false),
            Some(other) => {
                let reason = format!("Failed to parse value [{other}] as only [true] or [false] are allowed.");
                Err(Exception::illegal_argument(reason))
            }
        }
    }

    /// A whole number of 32 bits (`RestRequest.paramAsInt`).
    pub fn number(&self, name: &str) -> Result<Option<i64>, Exception> {
        let Some(text) = self.parameter(name) else { return Ok(None) };
        let parsed = text.parse::<i32>().map_err(|_| {
            let reason = format!("Failed to parse int parameter [{name}] with value [{text}]");
            let cause = Exception::new(StatusCode::BAD_REQUEST, "number_format_exception", format!("For input string: \"{text}\""));
            Exception::illegal_argument(reason).caused_by(cause)
        })?;
        Ok(Some(parsed.into()))
    }

    pub fn pretty(&self) -> bool {
        matches!(self.parameter("pretty"), Some("" | "true"))
    }

    /// Refuses parameters that no handler would understand (`BaseRestHandler.java`, `unrecognized`), and says of real ones that they are
    /// not simulated.
    pub fn check_parameters(&self, known: &[&str], not_simulated: &[&str]) -> Result<(), Exception> {
        if let Some((name, _)) = self.parameters.iter().find(|(name, _)| not_simulated.contains(&name.as_str())) {
            return Err(Exception::not_simulated(&format!("the parameter [{name}]")));
        }
        let is_known = |name: &str| known.contains(&name) || COMMON.contains(&name);
        let mut unknown: Vec<&str> = self.parameters.iter().map(|(name, _)| name.as_str()).filter(|name| !is_known(name)).collect();
        order::sort_by_text(&mut unknown, |name| name);
        unknown.dedup();
        if unknown.is_empty() {
            return Ok(());
        }
        let named: Vec<String> = unknown.iter().map(|name| format!("[{name}]{}", suggestion(name, known))).collect();
        let plural = if unknown.len() > 1 { "s" } else { "" };
        let reason = format!("request [{}] contains unrecognized parameter{plural}: {}", self.path, named.join(", "));
        Err(Exception::illegal_argument(reason))
    }

    /// Refuses a body whose type is not said, or not JSON (`RestController.java`, `dispatchRequest`). Elasticsearch reads YAML, CBOR and
    /// Smile too; this one does not.
    pub fn check_content_type(&self) -> Result<(), Failure> {
        if self.body.is_empty() {
            return Ok(());
        }
        let text = match self.content_type {
            None => "Content-Type header is missing".to_owned(),
            Some(kind) => match kind.split(';').next().unwrap_or("").trim().to_ascii_lowercase().as_str() {
                "application/json" | "application/x-ndjson" => return Ok(()),
                kind @ ("application/yaml" | "application/cbor" | "application/smile") => {
                    return Err(Exception::not_simulated(&format!("bodies of the type {kind}")).into());
                }
                _ => format!("Content-Type header [{kind}] is not supported"),
            },
        };
        Err(Failure::Simple { status: StatusCode::NOT_ACCEPTABLE, text, allow: Vec::new() })
    }

    pub fn refuse_body(&self) -> Result<(), Exception> {
        if self.body.is_empty() {
            return Ok(());
        }
        Err(Exception::illegal_argument(format!("request [{} {}] does not support having a body", self.method, self.path)))
    }

    /// The body as JSON; none if there is none.
    ///
    /// What is no JSON is answered with 500 here, as 6.7 does: it maps Jackson's exception to no status of its own (seen with 6.6.1 in
    /// inception-project/inception#1064). The reason is in serde_json's words, not in Jackson's.
    pub fn json(&self) -> Result<Option<Body<'a>>, Exception> {
        if self.body.is_empty() {
            return Ok(None);
        }
        let text = std::str::from_utf8(self.body).map_err(|_| not_json("Invalid UTF-8"))?;
        let value: Value = serde_json::from_str(text).map_err(|error| not_json(&error.to_string()))?;
        Ok(Some(Body { text, value }))
    }
}

fn not_json(reason: &str) -> Exception {
    let kind = if reason.starts_with("EOF") { "json_e_o_f_exception" } else { "json_parse_exception" };
    Exception::new(StatusCode::INTERNAL_SERVER_ERROR, kind, reason)
}

/// The known parameters that are most alike, if any is alike enough: more than half of the letters stay as they are.
fn suggestion(name: &str, known: &[&str]) -> String {
    let mut near: Vec<(usize, &str)> = Vec::new();
    for candidate in known.iter().chain(COMMON) {
        let length = name.chars().count().max(candidate.chars().count());
        let distance = distance(name, candidate);
        if distance * 2 < length {
            near.push((distance * 1_000 / length, candidate));
        }
    }
    order::sort_by_text(&mut near, |(_, name)| name);
    order::sort_by_key(&mut near, |(distance, _)| (*distance as u64, 0));
    near.dedup();
    let names: Vec<&str> = near.iter().map(|(_, candidate)| *candidate).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => format!(" -> did you mean [{one}]?"),
        many => format!(" -> did you mean any of [{}]?", many.join(", ")),
    }
}

/// How many letters have to be changed, added or taken away.
fn distance(one: &str, other: &str) -> usize {
    // Names of parameters are short; a text of megabytes is like none of them.
    if one.len() > 64 {
        return usize::MAX / 2_000;
    }
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in one.chars().enumerate() {
        let mut next = vec![line + 1];
        for ((found, beside), above) in other.iter().zip(&row).zip(row.iter().skip(1)) {
            let changed = beside + usize::from(*found != letter);
            let left = next.last().copied().unwrap_or(0);
            next.push(changed.min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

/// Whether a type has two parts of letters that may stand there.
fn is_media_type(kind: &str) -> bool {
    let is_token =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
    kind.split(';').next().unwrap_or("").trim_end().split_once('/').is_some_and(|(whole, part)| is_token(whole) && is_token(part))
}

/// Undoes percent-encoding (`RestUtils.java`): `%%` is a percent sign, and a plus sign a space, up to 6.x in paths too.
///
/// # Errors
/// The words of 6.7 for what stands for nothing.
fn decode(text: &str) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match (first, after) {
            (b'+', _) => bytes.push(b' '),
            (b'%', []) => return Err(format!("unterminated escape sequence at end of string: {text}")),
            (b'%', [b'%', beyond @ ..]) => {
                bytes.push(b'%');
                rest = beyond;
            }
            (b'%', [_]) => return Err(format!("partial escape sequence at end of string: {text}")),
            (b'%', [high, low, beyond @ ..]) => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
                let (Some(tens), Some(ones)) = (digit(high), digit(low)) else {
                    let (high, low, at) = (char::from(*high), char::from(*low), text.len() - after.len() - 1);
                    return Err(format!("invalid escape sequence `%{high}{low}' at index {at} of: {text}"));
                };
                bytes.push(tens * 16 + ones);
                rest = beyond;
            }
            (other, _) => bytes.push(*other),
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

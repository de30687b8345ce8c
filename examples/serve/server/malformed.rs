//! What is no HTTP request, or none that the system in front takes, answered as its own HTTP library answers.
//!
//! Read in the sources, not seen: Pekko HTTP (`HttpRequestParser.scala`, `HttpMessageParser.scala`) under OpenWhisk, which answers by the
//! summary of what is wrong as plain text; mochiweb (`mochiweb_http.erl`) under CouchDB, which has a bare 400 for all of it; Netty's decoder
//! under Elasticsearch 6.7, whose exception is the error (`Netty4HttpRequestHandler.java`, `RestController.dispatchBadRequest`).

use super::{Api, errors};
use hyper::Response;
use hyper::header::HOST;
use hyper::http::request::Parts;

/// The methods that Pekko HTTP knows.
const METHODS: [&str; 9] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT"];
/// The longest target of Pekko HTTP, the longest first line of Elasticsearch, and of CouchDB, in bytes.
const TARGET_MAX: usize = 2_048;
const LINE_MAX: usize = 4_096;
const PACKET_MAX: usize = 8_192;

/// The longest value of a header, and the most headers, of Pekko HTTP. A run's requests to stores have no more either.
const VALUE_MAX: usize = 8_192;
const HEADERS_MAX: usize = 64;

/// What hyper has taken, and the system's own library would not.
pub fn head(api: Api, head: &Parts) -> Option<Response<Vec<u8>>> {
    let (method, target) = (head.method.as_str(), head.uri.to_string().len());
    if head.headers.values().any(|value| value.len() > VALUE_MAX) {
        return Some(refused(api, 431, &[]));
    }
    if head.headers.len() > HEADERS_MAX {
        return Some(too_many_headers(api));
    }
    match api {
        Api::OpenWhisk if !METHODS.contains(&method) => Some(plain(unknown_method(method.len()), UNKNOWN_METHOD)),
        Api::OpenWhisk if target > TARGET_MAX => Some(target_too_long(api)),
        _ if head.uri.scheme().is_none() && head.uri.path_and_query().is_none() => Some(match api {
            Api::OpenWhisk => plain(400, "Illegal request-target"),
            Api::CouchDb => bare(),
            Api::Elasticsearch => exception(400, "illegal_argument_exception", "the request cannot be read"),
        }),
        Api::CouchDb if method.len() + target > PACKET_MAX => Some(bare()),
        Api::OpenWhisk if head.version == hyper::Version::HTTP_11 && !head.headers.contains_key(HOST) => {
            Some(plain(400, "Request is missing required `Host` header"))
        }
        Api::Elasticsearch if method.len() + target + " HTTP/1.1 ".len() > LINE_MAX => Some(target_too_long(api)),
        _ => None,
    }
}

/// What hyper refuses with `status`; `heard` is what has come since the last answer, as far as it was kept.
pub fn refused(api: Api, status: u16, heard: &[u8]) -> Response<Vec<u8>> {
    match (api, status) {
        (Api::CouchDb, _) => bare(),
        (_, 414) => target_too_long(api),
        (Api::OpenWhisk, 431) if heard.iter().filter(|byte| **byte == b'\n').count() > HEADERS_MAX => too_many_headers(api),
        (Api::OpenWhisk, 431) => plain(431, "HTTP header value exceeds the configured limit of 8192 characters"),
        (Api::OpenWhisk, _) => pekko(wrong_part(&String::from_utf8_lossy(heard))),
        (Api::Elasticsearch, 431) => exception(400, "too_long_frame_exception", "HTTP header is larger than 8192 bytes."),
        (Api::Elasticsearch, _) => netty(wrong_part(&String::from_utf8_lossy(heard))),
    }
}

/// What is behind the requests that are well: clients may send the next before they have an answer.
fn wrong_part(heard: &str) -> &str {
    let Some((head, rest)) = heard.split_once("\r\n\r\n") else { return heard };
    let (line, headers) = head.split_once('\n').unwrap_or((head, ""));
    let is_well = matches!(line.trim_end().rsplit(' ').next(), Some("HTTP/1.1" | "HTTP/1.0"))
        && content_length(headers).is_none()
        && illegal_name(headers).is_none();
    let length = lengths(headers).find_map(|length| length.parse().ok()).unwrap_or(0);
    match rest.get(length..) {
        Some(next) if is_well && !next.is_empty() => wrong_part(next),
        _ => heard,
    }
}

const UNKNOWN_METHOD: &str = "Unsupported HTTP method";

/// A method is a word of up to 16 letters.
const fn unknown_method(length: usize) -> u16 {
    if length < 16 { 501 } else { 400 }
}

fn target_too_long(api: Api) -> Response<Vec<u8>> {
    match api {
        Api::OpenWhisk => plain(414, &format!("URI length exceeds the configured limit of {TARGET_MAX} characters")),
        Api::CouchDb => bare(),
        Api::Elasticsearch => exception(400, "too_long_frame_exception", &format!("An HTTP line is larger than {LINE_MAX} bytes.")),
    }
}

fn too_many_headers(api: Api) -> Response<Vec<u8>> {
    match api {
        Api::OpenWhisk => plain(400, &format!("HTTP message contains more than the configured limit of {HEADERS_MAX} headers")),
        Api::CouchDb => errors::unreadable(api, &format!("WhiskScope takes {HEADERS_MAX} headers"), ""),
        Api::Elasticsearch => exception(
            400,
            "whiskscope_not_simulated",
            &format!("WhiskScope does not simulate requests with more than {HEADERS_MAX} headers."),
        ),
    }
}

fn pekko(heard: &str) -> Response<Vec<u8>> {
    let (line, headers) = heard.split_once('\n').unwrap_or((heard, ""));
    let method = line.split([' ', '\r']).next().unwrap_or_default();
    if !METHODS.contains(&method) {
        let is_tls = heard.starts_with('\u{16}');
        return plain(if is_tls { 400 } else { unknown_method(method.len()) }, UNKNOWN_METHOD);
    }
    let version = line.split(' ').nth(2).unwrap_or_default();
    if !matches!(version.trim_end(), "HTTP/1.1" | "HTTP/1.0") {
        return plain(505, "");
    }
    match content_length(headers) {
        Some(_) => plain(400, "Illegal `Content-Length` header value"),
        None => match illegal_name(headers) {
            Some((letter, _)) => plain(400, &format!("Illegal character '{}' in header name", letter.escape_default())),
            // The real one goes on with the place and what it expected there.
            None => plain(400, "Illegal request-target"),
        },
    }
}

fn netty(heard: &str) -> Response<Vec<u8>> {
    let (line, headers) = heard.split_once('\n').unwrap_or((heard, ""));
    let words: Vec<&str> = line.trim().splitn(3, [' ', '\t']).collect();
    if let [_, _, version] = words[..]
        && !matches!(version, "HTTP/1.1" | "HTTP/1.0")
    {
        return exception(400, "illegal_argument_exception", &format!("invalid version format: {}", version.trim().to_uppercase()));
    }
    if let Some(length) = content_length(headers) {
        return exception(400, "number_format_exception", &format!("For input string: \"{length}\""));
    }
    match illegal_name(headers) {
        Some((_, name)) => {
            exception(400, "illegal_argument_exception", &format!("the header name [{name}] has a letter that none may have"))
        }
        None => exception(400, "illegal_argument_exception", "the request cannot be read"),
    }
}

fn lengths(headers: &str) -> impl Iterator<Item = &str> {
    let lines = headers.lines().take_while(|line| !line.is_empty()).filter_map(|line| line.split_once(':'));
    lines.filter(|(name, _)| name.eq_ignore_ascii_case("content-length")).map(|(_, value)| value.trim())
}

/// The length that is none.
fn content_length(headers: &str) -> Option<&str> {
    lengths(headers).find(|length| length.parse::<u64>().is_err())
}

/// The first letter that may not be in a header's name, and the name.
fn illegal_name(headers: &str) -> Option<(char, &str)> {
    let names = headers.lines().take_while(|line| !line.is_empty()).map(|line| line.split(':').next().unwrap_or_default());
    let is_token = |letter: char| letter.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(letter);
    names.filter_map(|name| name.chars().find(|letter| !is_token(*letter)).map(|letter| (letter, name))).next()
}

fn plain(status: u16, text: &str) -> Response<Vec<u8>> {
    let response = Response::builder().status(status).header("Content-Type", "text/plain; charset=UTF-8");
    response.body(text.as_bytes().to_vec()).unwrap_or_default()
}

fn bare() -> Response<Vec<u8>> {
    let response = Response::builder().status(400).header("Content-Length", "0").header("Connection", "close");
    response.body(Vec::new()).unwrap_or_default()
}

/// An exception as Elasticsearch tells it.
pub fn exception(status: u16, kind: &str, reason: &str) -> Response<Vec<u8>> {
    let (kind, reason) = (serde_json::Value::from(kind), serde_json::Value::from(reason));
    let fields = format!("\"type\":{kind},\"reason\":{reason}");
    let body = format!("{{\"error\":{{\"root_cause\":[{{{fields}}}],{fields}}},\"status\":{status}}}");
    let response = Response::builder().status(status).header("content-type", "application/json; charset=UTF-8");
    response.body(body.into_bytes()).unwrap_or_default()
}

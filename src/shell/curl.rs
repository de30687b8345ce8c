//! `curl`, for the stores' own interfaces:
//! `curl [-s] [-i] [-X METHOD] [-u user:password] [-H header]... [-d DATA] URL`.

use super::error::{Problem, ShellError, shown};
use super::flags::{Arguments, Flag, Syntax};
use super::print::Printed;
use crate::cluster::place::StoreKind;
use crate::cluster::{Act, CurlOutput, Exchange, Failure, WireRequest, WireResponse, World};

const fn flag(long: &'static str, short: char, takes_value: bool) -> Flag {
    Flag { long, short, takes_value }
}

static CURL: Syntax = Syntax {
    command: "curl",
    flags: &[
        flag("--silent", 's', false),
        flag("--include", 'i', false),
        flag("--head", 'I', false),
        flag("--request", 'X', true),
        flag("--user", 'u', true),
        flag("--header", 'H', true),
        flag("--data", 'd', true),
    ],
    known: "-s, -i, -I, -X METHOD, -u user:password, -H header, -d DATA",
};

/// Reads a line that begins with `curl`; `None` if it begins with something else.
pub(super) fn parse(words: &[String]) -> Option<Result<Act, ShellError>> {
    (words.first()? == "curl").then(|| read(words))
}

/// Apart, because opening the page reads a lesson's lines and hardly ever comes here (`SHRINK` in `xtask/src/wasm_opt.rs`).
#[inline(never)]
fn read(words: &[String]) -> Result<Act, ShellError> {
    let arguments = Arguments::read(&CURL, words, 1)?;
    let what = "the URL of a store, such as http://localhost:5984/_all_dbs";
    let missing = || ShellError::line(Problem::ArgumentMissing { command: CURL.command, what });
    let (place, url) = arguments.only(&CURL)?.ok_or_else(missing)?;
    let (store, authority, target) = address(url).map_err(|why| ShellError::word(place, Problem::BadUrl { found: shown(url), why }))?;
    let values = |long: &'static str| arguments.given.iter().filter(move |given| given.flag.long == long);
    let last = |long| values(long).next_back().and_then(|given| given.value);
    let mut headers: Vec<(String, String)> = vec![("Host".to_owned(), authority.to_owned())];
    if let Some(user) = last("--user") {
        headers.push(("Authorization".to_owned(), format!("Basic {}", base64(user.as_bytes()))));
    }
    headers.push(("User-Agent".to_owned(), "curl/7.88.1".to_owned()));
    headers.push(("Accept".to_owned(), "*/*".to_owned()));
    // Several are joined, as the tool does.
    let data: Vec<&str> = values("--data").filter_map(|given| given.value).collect();
    if !data.is_empty() {
        headers.push(("Content-Type".to_owned(), "application/x-www-form-urlencoded".to_owned()));
    }
    for given in values("--header") {
        let text = given.value.unwrap_or_default();
        let bad = || ShellError::word(given.place, Problem::BadHeader { found: shown(text) });
        let (name, value) = text.split_once(':').ok_or_else(bad)?;
        let value = value.trim();
        headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        // A header without a value is one that is not sent.
        if !value.is_empty() {
            headers.push((name.to_owned(), value.to_owned()));
        }
    }
    let head = arguments.has("--head");
    let usual = if head { "HEAD" } else { "GET" };
    let method = last("--request").unwrap_or(if data.is_empty() { usual } else { "POST" }).to_owned();
    let output = CurlOutput { head: head || arguments.has("--include"), silent: arguments.has("--silent") };
    let request = WireRequest { method, target, headers, body: data.join("&") };
    if let Err(error) = request.to_http() {
        return Err(ShellError::line(Problem::BadRequest { why: error.to_string() }));
    }
    Ok(Act::Ask { store, request, output })
}

/// The store, the authority and the target of a URL.
fn address(url: &str) -> Result<(StoreKind, &str, String), &'static str> {
    let rest = url.strip_prefix("http://").unwrap_or(url);
    if rest.contains("://") {
        return Err("the stores speak http alone");
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, target) = rest.split_at(end);
    if authority.contains('@') {
        return Err("a user is given with -u");
    }
    let (host, port) = authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
    let store = match (host, port) {
        ("localhost" | "127.0.0.1" | "couchdb", Some("5984")) => StoreKind::CouchDb,
        ("localhost" | "127.0.0.1" | "elasticsearch", Some("9200")) => StoreKind::Elasticsearch,
        ("localhost" | "127.0.0.1" | "couchdb" | "elasticsearch", _) => {
            return Err("CouchDB has the port 5984, Elasticsearch the port 9200");
        }
        _ => return Err("the hosts here are localhost, couchdb and elasticsearch"),
    };
    let target = target.split('#').next().unwrap_or_default();
    Ok((store, authority, if target.starts_with('/') { target.to_owned() } else { format!("/{target}") }))
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |n: usize| u32::from(chunk.get(n).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for n in 0..4_u32 {
            let digit = (bits >> (18 - 6 * n) & 63) as usize;
            let is_there = n as usize <= chunk.len();
            text.push(if is_there { char::from(DIGITS.get(digit).copied().unwrap_or(b'=')) } else { '=' });
        }
    }
    text
}

fn output(world: &World, exchange: &Exchange) -> CurlOutput {
    match world.act_of(exchange) {
        Some(Act::Ask { output, .. }) => *output,
        _ => CurlOutput::default(),
    }
}

/// The body, and with `-i` the head before it.
pub(super) fn printed(world: &World, exchange: &Exchange, response: &WireResponse) -> Printed {
    let mut stdout = String::new();
    if output(world, exchange).head {
        let status = ::http::StatusCode::from_u16(response.status).ok();
        let reason = status.and_then(|status| status.canonical_reason()).unwrap_or_default();
        stdout.push_str(&format!("HTTP/1.1 {} {reason}\n", response.status));
        for (name, value) in &response.headers {
            stdout.push_str(&format!("{name}: {value}\n"));
        }
        stdout.push('\n');
    }
    stdout.push_str(&String::from_utf8_lossy(&response.body));
    Printed { stdout, ..Printed::default() }
}

/// Without an answer, the tool's own codes and words. An answer of something in between is an answer.
pub(super) fn failed(world: &World, exchange: &Exchange, failure: Failure) -> Printed {
    let (exit_code, text) = match failure {
        Failure::ConnectionRefused => (7, "Failed to connect: Connection refused"),
        Failure::TimedOut => (28, "Operation timed out"),
        Failure::Gateway { status } if status != 0 => {
            let body = crate::http::answer(world, exchange).map(|answer| WireResponse::of_http(&answer));
            return body.map(|body| printed(world, exchange, &body)).unwrap_or_default();
        }
        _ => (52, "Empty reply from server"),
    };
    let stderr = if output(world, exchange).silent { String::new() } else { format!("curl: ({exit_code}) {text}\n") };
    Printed { stderr, exit_code, ..Printed::default() }
}

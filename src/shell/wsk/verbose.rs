//! `-v`: the requests and the answers themselves (client-go `whisk/client.go:467-539`).

use super::failure::API_HOST;
use super::request::USER_AGENT;
use super::{Line, Out};
use crate::cluster::{Exchange, Request, World};
use crate::http;
use crate::shell::go;
use crate::time::Calendar;
use ::http::HeaderMap;
use std::collections::BTreeMap;

const POLL: &str = "activation poll";
/// The longest body that is shown whole, in bytes.
const BODY_BYTES_SHOWN: usize = 1_000;

/// A request, as it leaves.
pub(super) fn sent(world: &World, line: &Line, exchange: &Exchange, out: &mut Out) {
    let Some(request) = crate::shell::request(world, exchange) else { return };
    let mut headers = canonical(request.headers());
    headers.insert("User-Agent".to_owned(), USER_AGENT.to_owned());
    let body = String::from_utf8_lossy(request.body()).into_owned();
    if line.path == POLL && !matches!(exchange.request, Request::List { limit: 1, .. }) {
        let since = world.list_more(exchange).since_ms.unwrap_or(0);
        let at = Calendar::from_epoch_millis(since / 1_000 * 1_000).date_time();
        let is_first = world
            .exchanges_of(exchange.command)
            .take_while(|other| other.sent < exchange.sent)
            .all(|other| matches!(other.request, Request::List { limit: 1, .. }));
        if is_first {
            out.out(format!("Polling starts from {at} +0000 UTC\n"));
        }
        out.out(format!("Polling for activations since {at} +0000 UTC\n"));
    }
    let mut text = format!("REQUEST:\n[{}]\t{API_HOST}{}\nReq Headers\n", request.method(), request.uri());
    text.push_str(&shown(&headers));
    if !body.is_empty() {
        // The tool's own JSON ends with a line feed.
        text.push_str(&format!("Req Body\n{}\n", cut(body + "\n")));
    }
    out.out(text);
}

/// An answer, as it comes.
pub(super) fn received(world: &World, exchange: &Exchange, out: &mut Out) {
    let Some(answer) = http::answer(world, exchange) else { return };
    let body = String::from_utf8_lossy(answer.body()).into_owned();
    let mut headers = canonical(answer.headers());
    headers.insert("Content-Length".to_owned(), answer.body().len().to_string());
    if let Some(at) = exchange.answered {
        headers.insert("Date".to_owned(), Calendar::from_epoch_millis(world.setup().configuration.epoch_ms.millis_at(at)).http());
    }
    out.out(format!(
        "RESPONSE:Got response with code {}\nResp Headers\n{}Response body size is {} bytes\n",
        answer.status().as_u16(),
        shown(&headers),
        body.len()
    ));
    let text = cut(body);
    let (note, text) = text.strip_prefix(NOTE).map_or(("", text.as_str()), |text| (NOTE, text));
    out.out(format!("{note}Response body received:\n{text}\n"));
}

const NOTE: &str = "Body exceeds 1000 bytes and will be truncated\n";

/// A body, with a note before it if it is cut.
fn cut(body: String) -> String {
    if body.len() <= BODY_BYTES_SHOWN {
        return body;
    }
    let mut end = BODY_BYTES_SHOWN;
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    format!("{NOTE}{}", body.get(..end).unwrap_or_default())
}

/// Headers in order of their names, each word of which begins with a capital.
fn canonical(headers: &HeaderMap) -> BTreeMap<String, String> {
    let named = |name: &str| {
        let words: Vec<String> =
            name.split('-').map(|word| word.get(..1).unwrap_or_default().to_uppercase() + word.get(1..).unwrap_or_default()).collect();
        words.join("-")
    };
    let text = |value: &::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers.iter().map(|(name, value)| (named(name.as_str()), text(value))).collect()
}

fn shown(headers: &BTreeMap<String, String>) -> String {
    let rows: Vec<String> = headers.iter().map(|(name, value)| format!("  \"{name}\": [\n    {}\n  ]", go::quoted(value))).collect();
    format!("{{\n{}\n}}\n", rows.join(",\n"))
}

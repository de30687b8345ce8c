//! What an answer that is an error says.

use crate::cluster::{Answer, Exchange, Failure, World};
use crate::http;

/// The status of an answer that is an error, and the tool's words for it behind its own `Unable to …: `; `None` of any other answer.
///
/// The words are the server's, with the code (client-go `whisk/client.go:531-577`). What is no controller's answer has no code.
pub(crate) fn failure(world: &World, exchange: &Exchange) -> Option<(u16, String)> {
    let coded = |text: &str| format!("{text} (code {})", world.transaction_id(exchange));
    match exchange.answer.as_ref()? {
        Answer::Refused { status, text } => Some((*status, coded(text))),
        Answer::AtOnce { status } => Some((*status, coded(&http::refusal(world, exchange)))),
        Answer::Failed { failure: Failure::ConnectionRefused | Failure::Gateway { status: 0 }, .. } => {
            Some((0, unanswered(world, exchange, "dial tcp 127.0.0.1:3233: connect: connection refused")))
        }
        Answer::Failed { failure: Failure::ConnectionBroken, .. } => Some((0, unanswered(world, exchange, "EOF"))),
        Answer::Failed { status, failure: Failure::Gateway { .. } | Failure::TimedOut } => {
            Some((*status, format!("The connection failed, or timed out. (HTTP status code {status})")))
        }
        Answer::Failed { status, failure } => Some((*status, coded(&http::error_text(exchange, *failure)))),
        _ => None,
    }
}

/// A request without an answer, in Go's words: `Get "URL": why`.
fn unanswered(world: &World, exchange: &Exchange, why: &str) -> String {
    let Some(request) = crate::shell::request(world, exchange) else { return why.to_owned() };
    let method = match request.method().as_str() {
        "POST" => "Post",
        "PUT" => "Put",
        "DELETE" => "Delete",
        _ => "Get",
    };
    format!("{method} \"{API_HOST}{}\": {why}", request.uri())
}

/// Where the tool's properties say that the API is.
pub(crate) const API_HOST: &str = "http://127.0.0.1:3233";

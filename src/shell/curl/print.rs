//! What `curl` prints.

use super::super::print::Printed;
use crate::cluster::{Act, Answer, CurlOutput, Exchange, Failure, WireResponse, World};
use crate::http;
use ::http::{Request, StatusCode};

/// How an exchange's answer is printed; `None` if it is not `curl` that has asked.
pub fn output(world: &World, exchange: &Exchange) -> Option<CurlOutput> {
    match &world.setup().commands.get(exchange.command as usize)?.act {
        Act::Raw(raw) => Some(raw.output),
        _ => match world.act_of(exchange)? {
            Act::Ask { output, .. } => Some(*output),
            _ => None,
        },
    }
}

/// The answer of OpenWhisk's API to a request as it stood.
pub fn raw(world: &World, exchange: &Exchange) -> Printed {
    match (&exchange.answer, http::answer(world, exchange)) {
        (_, Some(answer)) => printed(world, exchange, &WireResponse::of_http(&answer)),
        (Some(Answer::Failed { failure, .. }), None) => failed(world, exchange, *failure),
        (_, None) => Printed::default(),
    }
}

/// The body, with `-i` the head before it, with `-v` both heads beside it.
pub fn printed(world: &World, exchange: &Exchange, response: &WireResponse) -> Printed {
    let output = output(world, exchange).unwrap_or_default();
    let request = http::request(world, exchange);
    let is_head = request.as_ref().is_some_and(|request| request.method() == ::http::Method::HEAD);
    let mut printed = Printed::default();
    if let (true, Some(request)) = (output.verbose, &request) {
        heads(request, response, &mut printed.stderr);
    }
    if output.head {
        let status = StatusCode::from_u16(response.status).ok();
        let reason = status.and_then(|status| status.canonical_reason()).unwrap_or_default();
        printed.stdout.push_str(&format!("HTTP/1.1 {} {reason}\n", response.status));
        for (name, value) in &response.headers {
            printed.stdout.push_str(&format!("{name}: {value}\n"));
        }
        printed.stdout.push('\n');
    }
    if !is_head {
        printed.stdout.push_str(&String::from_utf8_lossy(&response.body));
    }
    printed
}

/// The two heads as `-v` shows them, without what it says of sockets.
fn heads(request: &Request<Vec<u8>>, response: &WireResponse, to: &mut String) {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    to.push_str(&format!("> {} {path} HTTP/1.1\n", request.method()));
    for (name, value) in request.headers() {
        to.push_str(&format!("> {name}: {}\n", String::from_utf8_lossy(value.as_bytes())));
    }
    if !request.body().is_empty() {
        to.push_str(&format!("> content-length: {}\n", request.body().len()));
    }
    let reason = StatusCode::from_u16(response.status).ok().and_then(|status| status.canonical_reason()).unwrap_or_default();
    to.push_str(&format!("> \n< HTTP/1.1 {} {reason}\n", response.status));
    for (name, value) in &response.headers {
        to.push_str(&format!("< {name}: {value}\n"));
    }
    to.push_str("< \n");
}

/// Without an answer, the tool's own codes and words. An answer of something in between is an answer.
pub fn failed(world: &World, exchange: &Exchange, failure: Failure) -> Printed {
    let (exit_code, text) = match failure {
        Failure::ConnectionRefused | Failure::Gateway { status: 0 } => (7, "Failed to connect: Connection refused"),
        Failure::TimedOut => (28, "Operation timed out"),
        Failure::Gateway { .. } => {
            let body = http::answer(world, exchange).map(|answer| WireResponse::of_http(&answer));
            return body.map(|body| printed(world, exchange, &body)).unwrap_or_default();
        }
        _ => (52, "Empty reply from server"),
    };
    let is_silent = output(world, exchange).unwrap_or_default().silent;
    let stderr = if is_silent { String::new() } else { format!("curl: ({exit_code}) {text}\n") };
    Printed { stderr, exit_code, ..Printed::default() }
}

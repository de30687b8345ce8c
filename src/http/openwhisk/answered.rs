//! The whole HTTP answer to an exchange: status, headers and the bytes of the body.

use crate::cluster::{Answer, Exchange, Failure, World};
use ::http::Response;
use ::http::response::Builder;

/// What the controller sends for `exchange`, from the moment it is sent; `None` before that, and where nothing is sent: a connection that
/// fails has no answer.
///
/// Headers: the transaction id (`http/BasicHttpService.scala:79`), the activation's id where one was made
/// (`core/controller/Entities.scala:63-69`), and those for other origins (`http/CorsSettings.scala:31-58`).
pub fn answer(world: &World, exchange: &Exchange) -> Option<Response<Vec<u8>>> {
    let plain = super::super::response(world, exchange)?;
    let answer = exchange.answer.as_ref()?;
    if let Answer::Failed {
        failure: Failure::Gateway { status: 0 } | Failure::ConnectionRefused | Failure::ConnectionBroken | Failure::TimedOut,
        ..
    } = answer
    {
        return None;
    }
    let transaction = world.transaction_id(exchange);
    if let Answer::Failed { failure: Failure::Gateway { status }, .. } = answer {
        // Not the controller's: a page of whatever stands in between.
        let body = format!("<html><body><h1>{status}</h1></body></html>");
        return Some(finish(Response::builder().status(*status).header("Content-Type", "text/html"), body.into_bytes()));
    }
    if let Answer::Refused { status: 401, text } = answer {
        return Some(super::Refusal::challenge(text).response(&transaction));
    }
    let mut builder = head(plain.status, &transaction, true);
    let id = match answer {
        Answer::Accepted(id) => Some(*id),
        Answer::Completed(record) => Some(record.id),
        _ => None,
    };
    if let Some(id) = id {
        builder = builder.header("x-openwhisk-activation-id", id.to_string());
    }
    Some(match answer {
        Answer::NothingFired => finish(builder, Vec::new()),
        // A status alone: its standard text is the body (`Rules.scala:165`).
        Answer::Done => finish(builder.header("Content-Type", "text/plain; charset=UTF-8"), b"OK".to_vec()),
        _ => finish(builder.header("Content-Type", "application/json"), plain.body.to_string().into_bytes()),
    })
}

/// Status and the headers that every answer of the API has.
pub(super) fn head(status: u16, transaction: &str, cross_origin: bool) -> Builder {
    let builder = Response::builder().status(status).header("X-Request-ID", transaction);
    if !cross_origin {
        return builder;
    }
    builder
        .header("Access-Control-Allow-Origin", "*")
        .header("Access-Control-Allow-Headers", "Authorization, Origin, X-Requested-With, Content-Type, Accept, User-Agent")
        .header("Access-Control-Allow-Methods", "GET, DELETE, POST, PUT, HEAD")
}

/// The answer itself. Every value above is a legal one, so the plain answer in its place never comes up.
pub(super) fn finish(builder: Builder, body: Vec<u8>) -> Response<Vec<u8>> {
    builder.body(body).unwrap_or_default()
}

//! From a controller's typed answer to the HTTP answer that a client reads.

use crate::activation::{rest, rest_summary, result_json};
use crate::cluster::step::RequestKind;
use crate::cluster::{Answer, Exchange, Failure, Request, World};
use crate::json::Object;
use serde_json::Value;

/// An HTTP answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    pub status: u16,
    pub body: Value,
}

/// What the controller's answer to `exchange` is over HTTP, from the moment it is sent; `None` before that.
///
/// A blocking invocation is answered with the record in its REST form, which has no logs yet: they are collected later. With `result=true` it is
/// the result alone (`core/controller/Actions.scala:293-316`). A read is a list of summaries, a record, `{result, success, status, size}`
/// or `{logs}` (`core/controller/Activations.scala:152-236`), an error `{error, code}` (`http/ErrorResponse.scala:299-306`).
pub fn response(world: &World, exchange: &Exchange) -> Option<Response> {
    let catalogue = &world.setup().catalogue;
    let answer = exchange.answer.as_ref()?;
    let body = match answer {
        Answer::Accepted(id) => {
            let mut accepted = Object::default();
            accepted.text("activationId", &id.to_string());
            accepted.value()
        }
        Answer::Completed(record) if exchange.kind == RequestKind::InvokeResult => result_json(record, catalogue),
        Answer::Completed(record) => match result_json(record, catalogue) {
            // An array is always returned bare (`Actions.scala:294-296`).
            Value::Array(elements) => Value::Array(elements),
            _ => rest(record, catalogue),
        },
        Answer::Rows(rows) => rows.iter().map(|row| rest_summary(&row.record, row.duration_ms, catalogue)).collect(),
        Answer::Record(record) => match exchange.kind {
            RequestKind::Result => part(rest(record, catalogue), "response"),
            RequestKind::Logs => {
                let mut logs = Object::default();
                logs.put("logs", record.log_lines(catalogue).into());
                logs.value()
            }
            _ => rest(record, catalogue),
        },
        Answer::MadeUp { start_ms } => {
            let record = made_up(world, exchange, *start_ms);
            match exchange.kind {
                RequestKind::Result => part(record, "response"),
                RequestKind::Logs => {
                    let mut logs = Object::default();
                    logs.put("logs", Vec::<Value>::new().into());
                    logs.value()
                }
                _ => record,
            }
        }
        Answer::Failed { failure, .. } => {
            let mut failed = Object::default();
            failed.text("error", &error_text(exchange, *failure));
            failed.text("code", &world.transaction_id(exchange));
            failed.value()
        }
    };
    Some(Response { status: answer.status(), body })
}

/// What the Noop store has for any id (`core/database/memory/NoopActivationStore.scala:38-54`): a success of nothing, over as it begins.
///
/// Its id is the whole key that it was asked for (`core/controller/Activations.scala:194-197`). The subject is drawn anew in each process
/// (`core/entity/Subject.scala:65-67`).
fn made_up(world: &World, exchange: &Exchange, start_ms: u64) -> Value {
    let catalogue = &world.setup().catalogue;
    let id = match exchange.request {
        Request::Read { id } => Some(id),
        _ => exchange.activation.and_then(|ix| world.activation(ix)).map(|activation| activation.id),
    };
    let id = id.map_or_else(String::new, |id| id.to_string());
    let mut response = Object::default();
    response.flag("success", true);
    response.text("status", "success");
    let mut record = Object::default();
    record.text("namespace", "testnamespace");
    record.text("name", "activation");
    record.text("version", "0.0.1");
    record.text("subject", &world.made_up_subject(exchange.controller));
    record.text("activationId", &format!("{}/{id}", catalogue.namespace(exchange.namespace)));
    record.number("start", start_ms);
    record.number("end", start_ms);
    record.number("duration", 0);
    record.put("response", response.value());
    record.put("logs", Vec::<Value>::new().into());
    record.put("annotations", Vec::<Value>::new().into());
    record.flag("publish", false);
    record.value()
}

/// One field of an object.
fn part(mut object: Value, field: &str) -> Value {
    object.get_mut(field).map_or(Value::Null, Value::take)
}

/// The controller's own words (`http/ErrorResponse.scala:63,67-73,287-297`). Where OpenWhisk gives none, its HTTP library's text for the
/// status stands in.
pub fn error_text(exchange: &Exchange, failure: Failure) -> String {
    match failure {
        Failure::NotFound => "The requested resource does not exist.".to_owned(),
        Failure::TooManyRequests { count, allowed } => {
            format!("Too many requests in the last minute (count: {count}, allowed: {allowed}).")
        }
        Failure::TooManyConcurrent { count, allowed } => {
            format!("Too many concurrent requests in flight (count: {count}, allowed: {allowed}).")
        }
        Failure::NoInvokers => "The server is currently unavailable (because it is overloaded or down for maintenance).".to_owned(),
        Failure::StoreFailed | Failure::NoResult => "There was an internal server error.".to_owned(),
        // Go's texts where there is no answer; the URL before them is left out.
        Failure::ConnectionRefused => "dial tcp: connect: connection refused".to_owned(),
        Failure::ConnectionBroken => "EOF".to_owned(),
        Failure::LogsNotAvailable => {
            let id = if let Request::Read { id } = exchange.request { id.to_string() } else { String::new() };
            format!("Activation logs not available for activation {id}")
        }
    }
}

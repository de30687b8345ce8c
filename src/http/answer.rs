//! From a controller's typed answer to the HTTP answer that a client reads.

use super::openwhisk::{entity, row};
use crate::activation::{Action, rest, rest_summary, result_json};
use crate::cluster::step::RequestKind;
use crate::cluster::{Act, Answer, Exchange, Failure, ListForm, Request, Target, World};
use crate::json::Object;
use serde_json::Value;

/// An HTTP answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    pub status: u16,
    pub body: Value,
}

/// The whole HTTP answer to any exchange of a client's, from the moment it is sent; `None` before that, and where there is none.
pub fn answer(world: &World, exchange: &Exchange) -> Option<::http::Response<Vec<u8>>> {
    match exchange.answer.as_ref()? {
        Answer::Http(response) => Some(response.to_http()),
        Answer::AtOnce { .. } => {
            let routed = super::openwhisk::read(&request(world, exchange)?, world.catalogue());
            routed.response(&world.transaction_id(exchange))
        }
        _ => super::openwhisk::answer(world, exchange),
    }
}

/// The API's own words for a request that it refuses by itself.
pub fn refusal(world: &World, exchange: &Exchange) -> String {
    match request(world, exchange).map(|request| super::openwhisk::read(&request, world.catalogue())) {
        Some(super::openwhisk::Routed::Refused(refusal)) => refusal.error,
        _ => String::new(),
    }
}

/// The whole HTTP request that an exchange of a client's began with, as its tool sends it. Nothing for what a controller asks of itself.
pub fn request(world: &World, exchange: &Exchange) -> Option<::http::Request<Vec<u8>>> {
    let act = world.act_of(exchange).filter(|_| exchange.inner.is_none())?;
    if let Some(Act::Raw(raw)) = world.setup().commands.get(exchange.command as usize).map(|command| &command.act) {
        return raw.request.to_http().ok();
    }
    // The first half of `--last` is a list; here is the second.
    let read = match (act, exchange.request) {
        (Act::Get(Target::Last), Request::Read { id }) => Some(Act::Get(Target::Id(id))),
        (Act::Result(Target::Last), Request::Read { id }) => Some(Act::Result(Target::Id(id))),
        (Act::Logs(Target::Last), Request::Read { id }) => Some(Act::Logs(Target::Id(id))),
        _ => None,
    };
    match read.as_ref().unwrap_or(act) {
        Act::Ask { request, .. } => request.to_http().ok(),
        act => {
            let user = world.catalogue().namespace(exchange.namespace);
            super::openwhisk::request(user, act, &|command, member| world.id_made_by(command.0, member))
        }
    }
}

/// What the controller's answer to `exchange` is over HTTP, from the moment it is sent; `None` before that.
///
/// A blocking invocation is answered with the record in its REST form, which has no logs yet: they are collected later. With `result=true` it is
/// the result alone (`core/controller/Actions.scala:293-316`). A read is a list of summaries, a record, `{result, success, status, size}`
/// or `{logs}` (`core/controller/Activations.scala:152-236`), an error `{error, code}` (`http/ErrorResponse.scala:299-306`).
pub fn response(world: &World, exchange: &Exchange) -> Option<Response> {
    let library = world.library();
    let answer = exchange.answer.as_ref()?;
    let body = match answer {
        Answer::Accepted(id) => {
            let mut accepted = Object::default();
            accepted.text("activationId", &id.to_string());
            accepted.value()
        }
        Answer::Completed(record) if exchange.kind == RequestKind::InvokeResult => result_json(record, library),
        Answer::Completed(record) => match result_json(record, library) {
            // An array is always returned bare (`Actions.scala:294-296`).
            Value::Array(elements) => Value::Array(elements),
            _ => rest(record, library),
        },
        Answer::Rows(rows) if asks_for_docs(world, exchange) => rows.iter().map(|row| rest(&row.record, library)).collect(),
        Answer::Rows(rows) => rows.iter().map(|row| rest_summary(&row.record, row.duration_ms, library)).collect(),
        Answer::Record(record) => match exchange.kind {
            RequestKind::Result => part(rest(record, library), "response"),
            RequestKind::Logs => {
                let mut logs = Object::default();
                logs.put("logs", record.log_lines(library).into());
                logs.value()
            }
            _ => rest(record, library),
        },
        Answer::Deleted(action) => library.catalogue.action(*action).map_or(Value::Null, deleted),
        // Its words follow from the request ([`answer`]).
        Answer::NothingFired | Answer::Done | Answer::AtOnce { .. } => Value::Null,
        Answer::ByHand(document) => match exchange.kind {
            RequestKind::Result => part(document.as_ref().clone(), "response"),
            RequestKind::Logs => {
                let mut logs = Object::default();
                logs.put("logs", part(document.as_ref().clone(), "logs"));
                logs.value()
            }
            _ => document.as_ref().clone(),
        },
        Answer::Http(response) => serde_json::from_slice(&response.body).unwrap_or(Value::Null),
        Answer::Namespaces => vec![Value::from(library.catalogue.namespace(exchange.namespace))].into(),
        Answer::Entity(shown) => entity(shown),
        Answer::Entities(sheets) => sheets.iter().map(|sheet| row(sheet)).collect(),
        Answer::Count { of, number } => {
            let mut count = Object::default();
            count.number(of, *number);
            count.value()
        }
        Answer::Refused { text, .. } => failed(text, &world.transaction_id(exchange)),
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
        Answer::Failed { failure, .. } => failed(&error_text(exchange, *failure), &world.transaction_id(exchange)),
    };
    Some(Response { status: answer.status(), body })
}

fn asks_for_docs(world: &World, exchange: &Exchange) -> bool {
    world.list_more(exchange).form == ListForm::Docs
}

/// The body of an error (`http/ErrorResponse.scala:299-306`).
pub(super) fn failed(error: &str, transaction: &str) -> Value {
    let mut failed = Object::default();
    failed.text("error", error);
    failed.text("code", transaction);
    failed.value()
}

/// What the Noop store has for any id (`core/database/memory/NoopActivationStore.scala:38-54`): a success of nothing, over as it begins.
///
/// Its id is the whole key that it was asked for (`core/controller/Activations.scala:194-197`). The subject is drawn anew in each process
/// (`core/entity/Subject.scala:65-67`).
fn made_up(world: &World, exchange: &Exchange, start_ms: u64) -> Value {
    let catalogue = world.catalogue();
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

/// A deleted action as the answer shows it (`WhiskAction.scala`), without its code, parameters and annotations.
fn deleted(action: &Action) -> Value {
    let mut entity = Object::default();
    entity.text("namespace", &action.path().rsplit_once('/').map_or(action.namespace.clone(), |(path, _)| path.to_owned()));
    entity.text("name", &action.name);
    entity.text("version", &action.version);
    entity.flag("publish", false);
    let mut exec = Object::default();
    exec.text("kind", &action.kind);
    entity.put("exec", exec.value());
    entity.value()
}

/// The controller's own words for a failure.
pub fn error_text(exchange: &Exchange, failure: Failure) -> String {
    match (failure, exchange.request) {
        (Failure::LogsNotAvailable, Request::Read { id }) => format!("Activation logs not available for activation {id}"),
        _ => failure.text(),
    }
}

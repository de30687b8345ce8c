//! The three written forms of one record, to the field.

use super::{Action, Body, Catalogue, Library, Origin, Record, SEQUENCE_KIND, Status, UNKNOWN_KIND, truncated_response};
use crate::chance::name_of;
use crate::json::Object;
use crate::time::Calendar;
use serde_json::Value;

/// The largest result, and the length a larger one is cut to, in bytes (`application.conf:436-465`).
pub const RESULT_BYTES_MAX: u64 = 1_048_576;

/// The response's `result`, as the record holds it.
///
/// A result over [`RESULT_BYTES_MAX`] became an application error whose text embeds the cut result (`ActivationResult.scala:246-247`).
pub fn result_json(record: &Record, library: Library<'_>) -> Value {
    match record.origin {
        Origin::Run => run_result(record, library.catalogue),
        // The texts of `http/ErrorResponse.scala:253-255,264`.
        Origin::ActionGone => error("Action could not be found or may have been deleted."),
        Origin::ActionUnread => error("Action could not be fetched."),
        Origin::ContainerFailed => error("Failed to provision resources to run the action."),
        Origin::Sequence { .. } => match answering(record, library) {
            Answering::Run(run) => run_result(run, library.catalogue),
            Answering::Other(other) => result_json(other, library),
            Answering::Failed(text) => error(&text),
            Answering::Nothing => Value::Null,
        },
        // The payload of the fire, which is empty here.
        Origin::Trigger => Object::default().value(),
    }
}

/// Whose response a sequence has.
enum Answering<'a> {
    Run(&'a Record),
    Other(&'a Record),
    Failed(String),
    Nothing,
}

/// The record within the sequence, and the sequences in it, that gave it its response. No deeper than sequences can stand in each other.
fn answering<'a>(record: &Record, library: Library<'a>) -> Answering<'a> {
    let mut end = library.sequence_end(record);
    for _ in 0..DEPTH_MAX {
        let Some(found) = end else { break };
        if let Some(failure) = found.failure {
            return Answering::Failed(failure.text());
        }
        let Some(last) = &found.last else { break };
        match last.origin {
            Origin::Run => return Answering::Run(last),
            Origin::Sequence { .. } => end = library.sequence_end(last),
            _ => return Answering::Other(last),
        }
    }
    Answering::Nothing
}

/// How deep sequences can stand in one another: a cycle of them is refused, and there are no more actions than this.
const DEPTH_MAX: usize = 64;

/// Whether the result is an object with a field `error`, which ends a sequence early (`SequenceActions.scala:464-493`).
pub fn has_error_field(record: &Record, library: Library<'_>) -> bool {
    match record.origin {
        // What is too long to write out is rows, or became an error.
        Origin::Run if !record.timed_out => match library.catalogue.action(record.action).map(|action| &action.behaviour.result) {
            Some(Body::Rows { bytes }) => rows_length(row_count(u64::from(*bytes))) > RESULT_BYTES_MAX,
            Some(Body::Json(value)) => value.get("error").is_some(),
            None => false,
        },
        _ => result_json(record, library).get("error").is_some(),
    }
}

/// The result of a run.
fn run_result(record: &Record, catalogue: &Catalogue) -> Value {
    let Some(action) = catalogue.action(record.action) else { return Value::Null };
    if record.timed_out {
        return error(&format!("The action exceeded its time limits of {} milliseconds.", action.limits.timeout_ms));
    }
    match &action.behaviour.result {
        Body::Json(value) => value.clone(),
        Body::Rows { bytes } => {
            let rows = row_count(u64::from(*bytes));
            let length = rows_length(rows);
            if length > RESULT_BYTES_MAX {
                let text = rows_text(rows);
                let kept = text.get(..RESULT_BYTES_MAX as usize).unwrap_or(&text);
                return error(&truncated_response(kept, length, RESULT_BYTES_MAX));
            }
            let mut result = Object::default();
            result.put("rows", (1..=rows).map(row).collect());
            result.value()
        }
    }
}

fn error(text: &str) -> Value {
    let mut result = Object::default();
    result.text("error", text);
    result.value()
}

/// `response.size`: the length in bytes of what the container answered (`ActivationResult.scala:207`); none for a timeout, and where no
/// container answered.
fn response_size(record: &Record, library: Library<'_>) -> Option<u64> {
    let run = match record.origin {
        Origin::Run => record,
        Origin::Sequence { .. } => match answering(record, library) {
            Answering::Run(run) => run,
            _ => return None,
        },
        _ => return None,
    };
    if run.timed_out {
        return None;
    }
    match &library.catalogue.action(run.action)?.behaviour.result {
        Body::Json(value) => Some(value.to_string().len() as u64),
        Body::Rows { bytes } => Some(rows_length(row_count(u64::from(*bytes)))),
    }
}

const ROWS_OPEN: &str = "{\"rows\":[";
const ROWS_CLOSE: &str = "]}";
/// `"row 000001",`
const ROW_LENGTH: u64 = 13;

/// How many rows it takes to reach `bytes` bytes: one at least.
const fn row_count(bytes: u64) -> u64 {
    let around = (ROWS_OPEN.len() + ROWS_CLOSE.len() - 1) as u64;
    let rows = bytes.saturating_sub(around).div_ceil(ROW_LENGTH);
    if rows == 0 { 1 } else { rows }
}

const fn rows_length(rows: u64) -> u64 {
    (ROWS_OPEN.len() + ROWS_CLOSE.len() - 1) as u64 + rows * ROW_LENGTH
}

fn row(number: u64) -> String {
    format!("row {number:06}")
}

/// `{"rows":["row 000001", …]}`.
fn rows_text(rows: u64) -> String {
    let mut text = String::with_capacity(rows_length(rows) as usize);
    text.push_str(ROWS_OPEN);
    for number in 1..=rows {
        if number > 1 {
            text.push(',');
        }
        text.push('"');
        text.push_str(&row(number));
        text.push('"');
    }
    text.push_str(ROWS_CLOSE);
    text
}

/// How many bytes longer the text gets when its quotes are escaped, if only the first `kept` bytes of the rows are in it.
const fn escapes_in_rows(kept: u64) -> u64 {
    let cells = kept.saturating_sub(ROWS_OPEN.len() as u64);
    // Two quotes around the key, two around each row: the first and the twelfth of its thirteen bytes.
    let (whole, part) = (cells / ROW_LENGTH, cells % ROW_LENGTH);
    2 + 2 * whole + if part > 0 { 1 } else { 0 } + if part > 11 { 1 } else { 0 }
}

/// The annotations in the order in which the writer adds them (`ContainerProxy.scala:1072-1078`, `InvokerReactive.scala:289-292`,
/// `SequenceActions.scala:290-296`). A trigger has none.
fn annotations(record: &Record, library: Library<'_>) -> Vec<(&'static str, Value)> {
    let Some(action) = library.catalogue.action(record.action) else { return Vec::new() };
    let path = ("path", record.path(library.catalogue).into());
    let kind = |kind: &str| ("kind", kind.into());
    let caused_by = library.cause(record).map(|_| ("causedBy", SEQUENCE_KIND.into()));
    let wait = ("waitTime", record.wait_ms.into());
    let binding = record.binding.and_then(|binding| library.catalogue.binding(binding));
    let binding = binding.map(|binding| ("binding", binding.path().into()));
    let mut list = Vec::new();
    match record.origin {
        Origin::Trigger => {}
        Origin::ActionGone | Origin::ActionUnread => {
            list.extend([path, kind(UNKNOWN_KIND)]);
            list.extend(caused_by);
        }
        Origin::Run | Origin::ContainerFailed => {
            let limits = limits(action, action.limits.memory_mb);
            list.extend([limits, path, kind(&action.kind), ("timeout", record.timed_out.into())]);
            list.extend(caused_by);
            list.extend(record.init_ms.map(|init_ms| ("initTime", init_ms.into())));
            list.push(wait);
            list.extend(binding);
        }
        Origin::Sequence { topmost } => {
            list.extend([("topmost", topmost.into()), path, kind(SEQUENCE_KIND)]);
            list.extend(caused_by);
            list.push(wait);
            list.extend(binding);
            list.extend(library.sequence_end(record).and_then(|end| end.memory_mb).map(|memory_mb| limits(action, memory_mb)));
        }
    }
    list
}

fn limits(action: &Action, memory_mb: u32) -> (&'static str, Value) {
    let mut limits = Object::default();
    limits.number("concurrency", 1);
    limits.number("logs", action.limits.logs_mb.into());
    limits.number("memory", memory_mb.into());
    limits.number("timeout", action.limits.timeout_ms.into());
    ("limits", limits.value())
}

fn annotation_array(record: &Record, library: Library<'_>) -> Value {
    let entry = |(key, value)| {
        let mut entry = Object::default();
        entry.text("key", key);
        entry.put("value", value);
        entry.value()
    };
    annotations(record, library).into_iter().map(entry).collect()
}

fn names<'a>(record: &Record, catalogue: &'a Catalogue) -> (&'a str, &'a str, &'a str) {
    let action = catalogue.action(record.action);
    (
        catalogue.namespace(record.namespace),
        action.map_or("", |action| action.name.as_str()),
        action.map_or("", |action| action.version.as_str()),
    )
}

/// The response but for its status, which the forms write in their own ways.
fn response(record: &Record, library: Library<'_>, result: Value) -> Object {
    let mut response = Object::default();
    response.put("result", result);
    if let Some(size) = response_size(record, library) {
        response.number("size", size);
    }
    response
}

/// The record as the REST interface and `wsk activation get` give it (`WhiskActivation.scala:100-110`, `ActivationResult.scala:35-42`):
/// the numeric status gives way to `success` and `status`, and a trigger has neither end nor duration.
pub fn rest(record: &Record, library: Library<'_>) -> Value {
    let mut response = response(record, library, result_json(record, library));
    response.flag("success", record.status == Status::Success);
    response.text("status", record.status.text());
    let mut answer = base(record, library, annotation_array(record, library));
    answer.put("response", response.value());
    if record.end_ms != 0 {
        answer.number("end", record.end_ms);
        answer.number("duration", record.duration_ms.into());
    }
    answer.value()
}

/// One row of `GET …/activations` without `docs` (facts of `WhiskActivation.scala:78-96` and of the CouchDB view's map function).
///
/// `duration_ms` is given because the two stores find it differently.
pub fn rest_summary(record: &Record, duration_ms: u64, library: Library<'_>) -> Value {
    let mut summary = essentials(record, library, annotation_array(record, library));
    if record.end_ms != 0 {
        summary.number("end", record.end_ms);
        summary.number("duration", duration_ms);
        summary.number("statusCode", record.status.code().into());
    }
    summary.value()
}

/// The fields that every form and a row of a list have.
fn essentials(record: &Record, library: Library<'_>, annotations: Value) -> Object {
    let (namespace, name, version) = names(record, library.catalogue);
    let mut fields = Object::default();
    fields.text("namespace", namespace);
    fields.text("name", name);
    fields.text("version", version);
    fields.text("activationId", &record.id.to_string());
    fields.number("start", record.start_ms);
    // An inner sequence has its cause too; a topmost one has none.
    if let Some(cause) = library.cause(record) {
        fields.text("cause", &cause.to_string());
    }
    fields.put("annotations", annotations);
    fields.flag("publish", false);
    fields
}

/// The fields that all forms share.
fn base(record: &Record, library: Library<'_>, annotations: Value) -> Object {
    let mut fields = essentials(record, library, annotations);
    fields.text("subject", library.catalogue.namespace(record.namespace));
    fields.put("logs", record.log_lines(library).into());
    fields
}

fn stored(record: &Record, library: Library<'_>, annotations: Value, result: Value) -> Object {
    let mut response = response(record, library, result);
    response.number("statusCode", record.status.code().into());
    let mut document = base(record, library, annotations);
    // A trigger's end is there, as 0; its duration is not (`Triggers.scala:150-159`).
    document.number("end", record.end_ms);
    if record.origin != Origin::Trigger {
        document.number("duration", record.duration_ms.into());
    }
    document.put("response", response.value());
    document.text("entityType", "activation");
    document.number("updated", record.updated_ms);
    document
}

/// The record as a CouchDB document (`WhiskEntity.scala:66-78`, `WhiskStore.scala:72-81`): the 13 fields, `_id`, `_rev`, `entityType`
/// and `updated`.
pub fn couchdb_document(record: &Record, library: Library<'_>) -> Value {
    let mut document = stored(record, library, annotation_array(record, library), result_json(record, library));
    document.text("_id", &record.key(library.catalogue));
    document.text("_rev", &couchdb_revision(record));
    document.value()
}

/// The revision of a document written once. CouchDB takes an MD5 of the content; the model takes its own hash of it.
pub fn couchdb_revision(record: &Record) -> String {
    let text = format!("{}{}{}", record.id, record.updated_ms, record.end_ms);
    format!("1-{:016x}{:016x}", name_of(text.as_bytes()), name_of(format!("rev{text}").as_bytes()))
}

/// The record as the `_source` of an Elasticsearch document (`ElasticSearchActivationStore.scala:88-119`): four differences from CouchDB's.
pub fn elasticsearch_source(record: &Record, library: Library<'_>) -> Value {
    let mut object = Object::default();
    for (key, value) in annotations(record, library) {
        object.put(key, value);
    }
    let result = result_json(record, library).to_string();
    let mut source = stored(record, library, object.value(), result.into());
    source.text("path", &record.searched_path(library.catalogue));
    source.text("@timestamp", &Calendar::from_epoch_millis(record.start_ms).iso());
    source.value()
}

/// About how long the result ack of an action's runs is, in bytes (`core/connector/Message.scala:173-190`): the result as JSON text, and
/// what stands around it, for which this allows a kilobyte. Only a result near the limit makes the difference.
pub fn result_message_bytes(action: &Action) -> u64 {
    const AROUND: u64 = 1_024;
    match &action.behaviour.result {
        Body::Json(value) => value.to_string().len() as u64 + AROUND,
        Body::Rows { bytes } => {
            let length = rows_length(row_count(u64::from(*bytes)));
            if length <= RESULT_BYTES_MAX {
                return length + AROUND;
            }
            let words = truncated_response("", length, RESULT_BYTES_MAX).len() as u64;
            RESULT_BYTES_MAX + escapes_in_rows(RESULT_BYTES_MAX) + words + AROUND
        }
    }
}

#[cfg(test)]
mod tests;

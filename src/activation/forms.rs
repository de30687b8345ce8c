//! The three written forms of one record, to the field.

use super::{Action, Body, Catalogue, Record, Status, truncated_response};
use crate::chance::name_of;
use crate::json::Object;
use crate::time::Calendar;
use serde_json::Value;

/// The largest result, and the length a larger one is cut to, in bytes (`application.conf:436-465`).
pub const RESULT_BYTES_MAX: u64 = 1_048_576;

/// The response's `result`, as the record holds it.
///
/// A result over [`RESULT_BYTES_MAX`] became an application error whose text embeds the cut result (`ActivationResult.scala:246-247`).
pub fn result_json(record: &Record, catalogue: &Catalogue) -> Value {
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

/// `response.size`: the length in bytes of what the container answered (`ActivationResult.scala:207`); none for a timeout.
fn response_size(record: &Record, catalogue: &Catalogue) -> Option<u64> {
    if record.timed_out {
        return None;
    }
    match &catalogue.action(record.action)?.behaviour.result {
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

/// The annotations in the order in which the invoker adds them (`ContainerProxy.scala:1072-1078`).
fn annotations(record: &Record, catalogue: &Catalogue) -> Vec<(&'static str, Value)> {
    let Some(action) = catalogue.action(record.action) else { return Vec::new() };
    let mut limits = Object::default();
    limits.number("concurrency", 1);
    limits.number("logs", action.limits.logs_mb.into());
    limits.number("memory", action.limits.memory_mb.into());
    limits.number("timeout", action.limits.timeout_ms.into());
    let mut list = vec![
        ("limits", limits.value()),
        ("path", record.path(catalogue).into()),
        ("kind", action.kind.as_str().into()),
        ("timeout", record.timed_out.into()),
    ];
    if let Some(init_ms) = record.init_ms {
        list.push(("initTime", init_ms.into()));
    }
    list.push(("waitTime", record.wait_ms.into()));
    list
}

fn annotation_array(record: &Record, catalogue: &Catalogue) -> Value {
    let entry = |(key, value)| {
        let mut entry = Object::default();
        entry.text("key", key);
        entry.put("value", value);
        entry.value()
    };
    annotations(record, catalogue).into_iter().map(entry).collect()
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
fn response(record: &Record, catalogue: &Catalogue, result: Value) -> Object {
    let mut response = Object::default();
    response.put("result", result);
    if let Some(size) = response_size(record, catalogue) {
        response.number("size", size);
    }
    response
}

/// The record as the REST interface and `wsk activation get` give it (`WhiskActivation.scala:100-110`, `ActivationResult.scala:35-42`):
/// the numeric status gives way to `success` and `status`.
pub fn rest(record: &Record, catalogue: &Catalogue) -> Value {
    let mut response = response(record, catalogue, result_json(record, catalogue));
    response.flag("success", record.status == Status::Success);
    response.text("status", record.status.text());
    let mut answer = base(record, catalogue, annotation_array(record, catalogue));
    answer.put("response", response.value());
    answer.number("duration", record.duration_ms.into());
    answer.value()
}

/// One row of `GET …/activations` without `docs` (facts of `WhiskActivation.scala:78-96` and of the CouchDB view's map function).
///
/// `duration_ms` is given because the two stores find it differently.
pub fn rest_summary(record: &Record, duration_ms: u64, catalogue: &Catalogue) -> Value {
    let mut summary = essentials(record, catalogue, annotation_array(record, catalogue));
    summary.number("duration", duration_ms);
    summary.number("statusCode", record.status.code().into());
    summary.value()
}

/// The fields that a row of a list has too.
fn essentials(record: &Record, catalogue: &Catalogue, annotations: Value) -> Object {
    let (namespace, name, version) = names(record, catalogue);
    let mut fields = Object::default();
    fields.text("namespace", namespace);
    fields.text("name", name);
    fields.text("version", version);
    fields.text("activationId", &record.id.to_string());
    fields.number("start", record.start_ms);
    fields.number("end", record.end_ms);
    fields.put("annotations", annotations);
    fields.flag("publish", false);
    fields
}

/// The fields that all forms share.
fn base(record: &Record, catalogue: &Catalogue, annotations: Value) -> Object {
    let mut fields = essentials(record, catalogue, annotations);
    fields.text("subject", catalogue.namespace(record.namespace));
    fields.put("logs", record.log_lines(catalogue).into());
    fields
}

fn stored(record: &Record, catalogue: &Catalogue, annotations: Value, result: Value) -> Object {
    let mut response = response(record, catalogue, result);
    response.number("statusCode", record.status.code().into());
    let mut document = base(record, catalogue, annotations);
    document.number("duration", record.duration_ms.into());
    document.put("response", response.value());
    document.text("entityType", "activation");
    document.number("updated", record.updated_ms);
    document
}

/// The record as a CouchDB document (`WhiskEntity.scala:66-78`, `WhiskStore.scala:72-81`): the 13 fields, `_id`, `_rev`, `entityType`
/// and `updated`.
pub fn couchdb_document(record: &Record, catalogue: &Catalogue) -> Value {
    let mut document = stored(record, catalogue, annotation_array(record, catalogue), result_json(record, catalogue));
    document.text("_id", &record.key(catalogue));
    document.text("_rev", &couchdb_revision(record));
    document.value()
}

/// The revision of a document written once. CouchDB takes an MD5 of the content; the model takes its own hash of it.
pub fn couchdb_revision(record: &Record) -> String {
    let text = format!("{}{}{}", record.id, record.updated_ms, record.end_ms);
    format!("1-{:016x}{:016x}", name_of(text.as_bytes()), name_of(format!("rev{text}").as_bytes()))
}

/// The record as the `_source` of an Elasticsearch document (`ElasticSearchActivationStore.scala:88-119`): four differences from CouchDB's.
pub fn elasticsearch_source(record: &Record, catalogue: &Catalogue) -> Value {
    let mut object = Object::default();
    for (key, value) in annotations(record, catalogue) {
        object.put(key, value);
    }
    let result = result_json(record, catalogue).to_string();
    let mut source = stored(record, catalogue, object.value(), result.into());
    source.text("path", &record.path(catalogue));
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

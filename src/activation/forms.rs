//! The three written forms of one record, to the field.

use super::{Action, Body, Catalogue, Record, Status, truncated_response};
use crate::chance::name_of;
use crate::time::Calendar;
use serde_json::{Map, Value};

/// The largest result, and the length a larger one is cut to, in bytes (`application.conf:436-465`).
pub const RESULT_BYTES_MAX: u64 = 1_048_576;

/// The response's `result`, as the record holds it.
///
/// A result over [`RESULT_BYTES_MAX`] became an application error whose text embeds the cut result (`ActivationResult.scala:246-247`).
pub fn result_json(record: &Record, catalogue: &Catalogue) -> Value {
    if record.timed_out {
        let limit = catalogue.action(record.action).map_or(0, |action| action.limits.timeout_ms);
        return error(format!("The action exceeded its time limits of {limit} milliseconds."));
    }
    let Some(action) = catalogue.action(record.action) else { return Value::Null };
    match &action.behaviour.result {
        Body::Json(value) => value.clone(),
        Body::Rows { bytes } => {
            let rows = row_count(u64::from(*bytes));
            let length = rows_length(rows);
            if length > RESULT_BYTES_MAX {
                let text = rows_text(rows);
                let kept = text.get(..RESULT_BYTES_MAX as usize).unwrap_or(&text);
                error(truncated_response(kept, length, RESULT_BYTES_MAX))
            } else {
                object(vec![("rows", Value::Array((1..=rows).map(|row| Value::String(row_text(row))).collect()))])
            }
        }
    }
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

fn row_text(row: u64) -> String {
    format!("row {row:06}")
}

/// `{"rows":["row 000001", …]}`.
fn rows_text(rows: u64) -> String {
    let mut text = String::with_capacity(rows_length(rows) as usize);
    text.push_str(ROWS_OPEN);
    for row in 1..=rows {
        if row > 1 {
            text.push(',');
        }
        text.extend(["\"", &row_text(row), "\""]);
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

type Fields = Map<String, Value>;

fn error(text: String) -> Value {
    object(vec![("error", Value::String(text))])
}

/// A JSON object. `json!` would be built anew for each kind of value.
pub fn object(fields: Vec<(&'static str, Value)>) -> Value {
    Value::Object(map(fields))
}

fn map(fields: Vec<(&'static str, Value)>) -> Fields {
    let mut map = Map::new();
    add(&mut map, fields);
    map
}

fn add(object: &mut Fields, fields: Vec<(&'static str, Value)>) {
    for (key, value) in fields {
        object.insert(key.to_owned(), value);
    }
}

/// The annotations in the order in which the invoker adds them (`ContainerProxy.scala:1072-1078`).
fn annotations(record: &Record, catalogue: &Catalogue) -> Vec<(&'static str, Value)> {
    let Some(action) = catalogue.action(record.action) else { return Vec::new() };
    let limits = object(vec![
        ("concurrency", Value::from(1)),
        ("logs", Value::from(action.limits.logs_mb)),
        ("memory", Value::from(action.limits.memory_mb)),
        ("timeout", Value::from(action.limits.timeout_ms)),
    ]);
    let mut list = vec![
        ("limits", limits),
        ("path", Value::from(record.path(catalogue))),
        ("kind", Value::from(action.kind.as_str())),
        ("timeout", Value::from(record.timed_out)),
    ];
    if let Some(init_ms) = record.init_ms {
        list.push(("initTime", Value::from(init_ms)));
    }
    list.push(("waitTime", Value::from(record.wait_ms)));
    list
}

fn annotation_array(record: &Record, catalogue: &Catalogue) -> Value {
    let pair = |(key, value)| object(vec![("key", Value::from(key)), ("value", value)]);
    Value::Array(annotations(record, catalogue).into_iter().map(pair).collect())
}

fn names<'a>(record: &Record, catalogue: &'a Catalogue) -> (&'a str, &'a str, &'a str) {
    let action = catalogue.action(record.action);
    (
        catalogue.namespace(record.namespace),
        action.map_or("", |action| action.name.as_str()),
        action.map_or("", |action| action.version.as_str()),
    )
}

fn response(record: &Record, catalogue: &Catalogue, result: Value) -> Fields {
    let mut fields = vec![("statusCode", Value::from(record.status.code())), ("result", result)];
    fields.extend(response_size(record, catalogue).map(|size| ("size", Value::from(size))));
    map(fields)
}

/// The record as the REST interface and `wsk activation get` give it (`WhiskActivation.scala:100-110`, `ActivationResult.scala:35-42`):
/// the numeric status gives way to `success` and `status`.
pub fn rest(record: &Record, catalogue: &Catalogue) -> Value {
    let mut answer = base(record, catalogue, annotation_array(record, catalogue));
    let mut response = response(record, catalogue, result_json(record, catalogue));
    response.remove("statusCode");
    add(&mut response, vec![("success", Value::from(record.status == Status::Success)), ("status", Value::from(record.status.text()))]);
    add(&mut answer, vec![("response", Value::Object(response)), ("duration", Value::from(record.duration_ms))]);
    Value::Object(answer)
}

/// One row of `GET …/activations` without `docs` (facts of `WhiskActivation.scala:78-96` and of the CouchDB view's map function).
///
/// `duration_ms` is given because the two stores find it differently.
pub fn rest_summary(record: &Record, duration_ms: u64, catalogue: &Catalogue) -> Value {
    let (namespace, name, version) = names(record, catalogue);
    object(vec![
        ("namespace", Value::from(namespace)),
        ("name", Value::from(name)),
        ("version", Value::from(version)),
        ("publish", Value::from(false)),
        ("annotations", annotation_array(record, catalogue)),
        ("activationId", Value::from(record.id.to_string())),
        ("start", Value::from(record.start_ms)),
        ("end", Value::from(record.end_ms)),
        ("duration", Value::from(duration_ms)),
        ("statusCode", Value::from(record.status.code())),
    ])
}

/// The fields that all forms share.
fn base(record: &Record, catalogue: &Catalogue, annotations: Value) -> Fields {
    let (namespace, name, version) = names(record, catalogue);
    map(vec![
        ("namespace", Value::from(namespace)),
        ("name", Value::from(name)),
        ("version", Value::from(version)),
        ("subject", Value::from(namespace)),
        ("activationId", Value::from(record.id.to_string())),
        ("start", Value::from(record.start_ms)),
        ("end", Value::from(record.end_ms)),
        ("logs", Value::Array(record.log_lines(catalogue).into_iter().map(Value::String).collect())),
        ("annotations", annotations),
        ("publish", Value::from(false)),
    ])
}

fn stored(record: &Record, catalogue: &Catalogue, annotations: Value, result: Value) -> Fields {
    let mut document = base(record, catalogue, annotations);
    let own = vec![
        ("duration", Value::from(record.duration_ms)),
        ("response", Value::Object(response(record, catalogue, result))),
        ("entityType", Value::from("activation")),
        ("updated", Value::from(record.updated_ms)),
    ];
    add(&mut document, own);
    document
}

/// The record as a CouchDB document (`WhiskEntity.scala:66-78`, `WhiskStore.scala:72-81`): the 13 fields, `_id`, `_rev`, `entityType`
/// and `updated`.
pub fn couchdb_document(record: &Record, catalogue: &Catalogue) -> Value {
    let mut document = stored(record, catalogue, annotation_array(record, catalogue), result_json(record, catalogue));
    add(&mut document, vec![("_id", Value::from(record.key(catalogue))), ("_rev", Value::from(couchdb_revision(record)))]);
    Value::Object(document)
}

/// The revision of a document written once. CouchDB takes an MD5 of the content; the model takes its own hash of it.
pub fn couchdb_revision(record: &Record) -> String {
    let text = format!("{}{}{}", record.id, record.updated_ms, record.end_ms);
    format!("1-{:016x}{:016x}", name_of(text.as_bytes()), name_of(format!("rev{text}").as_bytes()))
}

/// The record as the `_source` of an Elasticsearch document (`ElasticSearchActivationStore.scala:88-119`): four differences from CouchDB's.
pub fn elasticsearch_source(record: &Record, catalogue: &Catalogue) -> Value {
    let annotations = object(annotations(record, catalogue));
    let mut source = stored(record, catalogue, annotations, Value::String(result_json(record, catalogue).to_string()));
    let timestamp = Calendar::from_epoch_millis(record.start_ms).iso();
    add(&mut source, vec![("path", Value::from(record.path(catalogue))), ("@timestamp", Value::from(timestamp))]);
    Value::Object(source)
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

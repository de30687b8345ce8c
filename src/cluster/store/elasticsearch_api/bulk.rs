//! `_bulk`: many writes in one request, each with its own outcome (`action/bulk/BulkRequest.java`). OpenWhisk's writers send it.

use super::Server;
use super::failure::{Exception, Failure};
use super::json::Json;
use super::request::Call;
use super::writes::{Done, Write, refreshes, source};
use ::http::StatusCode;
use serde_json::{Map, Value};

pub const PARAMETERS: &[&str] = &["refresh", "timeout", "wait_for_active_shards", "type"];
pub const NOT_SIMULATED: &[&str] = &["routing", "pipeline", "fields", "_source", "_source_includes", "_source_excludes"];

/// What a line of metadata may say besides (`BulkRequest.java`).
const KNOWN: [&str; 4] = ["_index", "_type", "_id", "version"];
const KNOWN_AND_NOT_SIMULATED: [&str; 14] = [
    "_version",
    "routing",
    "_routing",
    "parent",
    "_parent",
    "pipeline",
    "op_type",
    "version_type",
    "_version_type",
    "retry_on_conflict",
    "_retry_on_conflict",
    "if_seq_no",
    "if_primary_term",
    "_source",
];

/// An action as it was read, before any is done: a bulk that cannot be read does nothing.
struct Action<'a> {
    verb: &'static str,
    index: String,
    kind: String,
    id: Option<String>,
    version: Option<u64>,
    source: &'a [u8],
}

impl Server<'_> {
    pub fn bulk(&mut self, call: &Call<'_>, index: Option<&str>, kind: Option<&str>) -> Result<Json, Failure> {
        let forced = refreshes(call)?;
        if call.body.is_empty() {
            return Err(Exception::new(StatusCode::BAD_REQUEST, "parse_exception", "request body is required").into());
        }
        let kind = kind.or_else(|| call.parameter("type")).unwrap_or("_doc");
        let actions = read(call.body, index, kind)?;
        let mut items = Vec::new();
        let mut errors = false;
        let mut touched: Vec<String> = Vec::new();
        for action in actions {
            let done = self.act(&action);
            errors |= done.is_err();
            items.push(Json::object([(action.verb, action.json(&done, forced))]));
            if done.is_ok() && !touched.contains(&action.index) {
                touched.push(action.index);
            }
        }
        if forced {
            touched.iter().for_each(|index| self.store.refresh_index(index, self.now, self.effects));
        }
        Ok(Json::object([("took", 1_u64.into()), ("errors", errors.into()), ("items", items.into())]))
    }

    fn act(&mut self, action: &Action<'_>) -> Result<Done, Exception> {
        let Action { verb, index, kind, id, version, .. } = action;
        match (*verb, id) {
            ("delete", Some(id)) => self.delete_one(index, kind, id, *version),
            ("update", _) => Err(Exception::not_simulated("[update] of a bulk")),
            _ => {
                let write = Write { index, kind, id: id.as_deref(), creates: *verb == "create", version: *version };
                self.write_one(&write, source(action.source)?)
            }
        }
    }
}

impl Action<'_> {
    fn json(&self, done: &Result<Done, Exception>, forced: bool) -> Json {
        match done {
            Ok(done) => {
                let mut json = done.json(&self.index, forced);
                json.put("status", u64::from(done.status.as_u16()));
                json
            }
            Err(exception) => Json::object([
                ("_index", self.index.as_str().into()),
                ("_type", self.kind.as_str().into()),
                ("_id", self.id.as_deref().map_or(Json::Null, Json::from)),
                ("status", u64::from(exception.status.as_u16()).into()),
                ("error", exception.json()),
            ]),
        }
    }
}

/// Reads all actions: a line of metadata each, and the source on the next one unless it deletes.
fn read<'a>(body: &'a [u8], index: Option<&str>, kind: &str) -> Result<Vec<Action<'a>>, Exception> {
    if body.last() != Some(&b'\n') {
        return Err(Exception::illegal_argument("The bulk request must be terminated by a newline [\\n]"));
    }
    let mut actions = Vec::new();
    let mut missing: Vec<&str> = Vec::new();
    let mut lines = body.split(|byte| *byte == b'\n').zip(1_u64..);
    while let Some((line, number)) = lines.next() {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let value: Value = serde_json::from_slice(line).map_err(|error| {
            // As of any body that is no JSON: see `Call::json`.
            Exception::new(StatusCode::INTERNAL_SERVER_ERROR, "json_parse_exception", error.to_string())
        })?;
        let mut action = read_line(&value, number, index, kind)?;
        if action.verb != "delete" {
            let Some((source, _)) = lines.next() else {
                return Err(Exception::illegal_argument("The bulk request must be terminated by a newline [\\n]"));
            };
            action.source = source;
        }
        if action.index.is_empty() {
            missing.push("index is missing");
        }
        if action.verb == "delete" && action.id.is_none() {
            missing.push("id is missing");
        }
        actions.push(action);
    }
    if actions.is_empty() {
        missing.push("no requests added");
    }
    if !missing.is_empty() {
        let listed: String = missing.iter().zip(1_u64..).map(|(what, number)| format!(" {number}: {what};")).collect();
        return Err(Exception::new(StatusCode::BAD_REQUEST, "action_request_validation_exception", format!("Validation Failed:{listed}")));
    }
    Ok(actions)
}

fn read_line(value: &Value, line: u64, index: Option<&str>, kind: &str) -> Result<Action<'static>, Exception> {
    let malformed = |wanted: &str, found: &str| {
        Exception::illegal_argument(format!("Malformed action/metadata line [{line}], expected {wanted} but found [{found}]"))
    };
    let Value::Object(object) = value else { return Err(malformed("START_OBJECT", token(value))) };
    let Some((verb, fields)) = object.iter().next() else { return Err(malformed("FIELD_NAME", "END_OBJECT")) };
    let Value::Object(fields) = fields else { return Err(malformed("START_OBJECT", token(fields))) };
    let verb = match verb.as_str() {
        "index" => "index",
        "create" => "create",
        "delete" => "delete",
        "update" => "update",
        other => return Err(malformed("field [create], [delete], [index] or [update]", other)),
    };
    if let Some(name) = fields.keys().find(|name| !KNOWN.contains(&name.as_str())) {
        if KNOWN_AND_NOT_SIMULATED.contains(&name.as_str()) {
            return Err(Exception::not_simulated(&format!("[{name}] of a bulk")));
        }
        return Err(Exception::illegal_argument(format!("Action/metadata line [{line}] contains an unknown parameter [{name}]")));
    }
    let text = |fields: &Map<String, Value>, name: &str| match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(_) | Value::Object(_)) => {
            let reason =
                format!("Malformed action/metadata line [{line}], expected a simple value for field [{name}] but found [START_ARRAY]");
            Err(Exception::illegal_argument(reason))
        }
        Some(value) => Ok(Some(super::query::as_text(value))),
    };
    Ok(Action {
        verb,
        index: text(fields, "_index")?.or_else(|| index.map(str::to_owned)).unwrap_or_default(),
        kind: text(fields, "_type")?.unwrap_or_else(|| kind.to_owned()),
        id: text(fields, "_id")?,
        version: fields.get("version").and_then(Value::as_u64),
        source: &[],
    })
}

const fn token(value: &Value) -> &'static str {
    match value {
        Value::Null => "VALUE_NULL",
        Value::Bool(_) => "VALUE_BOOLEAN",
        Value::Number(_) => "VALUE_NUMBER",
        Value::String(_) => "VALUE_STRING",
        Value::Array(_) => "START_ARRAY",
        Value::Object(_) => "START_OBJECT",
    }
}

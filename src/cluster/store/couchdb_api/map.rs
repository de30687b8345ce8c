//! What the map functions of the activations database emit for a document.
//!
//! They follow `ansible/files/{whisks_design_document_for_activations_db_v2.1.0, whisks_design_document_for_activations_db_filters_v2.1.1,
//! activations_design_document_for_activations_db, logCleanup_design_document_for_activations_db}.json` of OpenWhisk: also where a document
//! is none of OpenWhisk's, and what JavaScript does with it decides. Where that would throw an error, nothing is emitted.

use super::text::Fields;
use crate::cluster::step::DesignDocument;
use serde_json::Value;

/// The key of the row that `view` has for a document, and its value as JSON text; none if it has none.
pub fn emit(view: DesignDocument, document: &Value) -> Option<(Value, String)> {
    // `undefined` is what is not there. A null is there.
    document.get("activationId")?;
    match view {
        DesignDocument::Whisks => Some((pair(document.get("namespace"), document.get("start")), summary(document)?)),
        DesignDocument::WhisksFilters => {
            let value = summary(document)?;
            let path = format!("{}/{}", script_text(document.get("namespace")), path_filter(document)?);
            Some((pair(Some(&path.into()), document.get("start")), value))
        }
        DesignDocument::Activations => {
            let value = pair(document.get("_id"), document.get("_rev"));
            Some((document.get("start").cloned().unwrap_or(Value::Null), value.to_string()))
        }
        DesignDocument::LogCleanup => {
            let has_logs = match document.get("logs")? {
                Value::Array(lines) => !lines.is_empty(),
                Value::String(text) => !text.is_empty(),
                _ => false,
            };
            let kind = annotation(document, "kind", Take::First)?;
            let is_emitted = has_logs && kind.is_none_or(|kind| kind.as_str() != Some("sequence"));
            let row = || (document.get("start").cloned().unwrap_or(Value::Null), document.get("_id").unwrap_or(&Value::Null).to_string());
            is_emitted.then(row)
        }
    }
}

/// A list of two, where what is undefined becomes null.
fn pair(first: Option<&Value>, second: Option<&Value>) -> Value {
    [first, second].map(|item| item.cloned().unwrap_or(Value::Null)).into_iter().collect()
}

/// The value of a row that a list is made of. The end is left out where it is 0, as a trigger's is, and then the duration and the status
/// too. The duration is the end less the start, whatever the record says.
fn summary(document: &Value) -> Option<String> {
    let field = |name: &str| document.get(name);
    let end = field("end").filter(|end| end.as_u64() != Some(0));
    let status = match field("response") {
        // The status of null is an error.
        Some(Value::Null) if end.is_some() => return None,
        Some(response) if end.is_some() => response.get("statusCode"),
        _ => None,
    };
    let duration = end.map(|end| difference(end, field("start")));
    let plain = ["namespace", "name", "version", "publish", "annotations", "activationId", "start"];
    let fields = plain.iter().fold(Fields::default(), |fields, name| fields.optional(name, field(name)));
    let fields = fields.optional("end", end).optional("duration", duration.as_ref());
    Some(fields.optional("cause", field("cause")).optional("statusCode", status).end())
}

/// `end - start` as JavaScript has it for whole numbers; null, which stands for no number, for all else.
fn difference(end: &Value, start: Option<&Value>) -> Value {
    let whole = |value: &Value| value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
    let difference = whole(end).zip(start.and_then(whole)).and_then(|(end, start)| i64::try_from(end - start).ok());
    difference.map_or(Value::Null, Value::from)
}

/// The name with the package of the binding, or else of the path if that has three parts. None where an error ends the function.
fn path_filter(document: &Value) -> Option<String> {
    let name = script_text(document.get("name"));
    let path = annotation(document, "path", Take::Last)?;
    let binding = annotation(document, "binding", Take::Last)?;
    if let Some(binding) = binding.filter(|value| is_truthy(value)) {
        // What is no text cannot be split, and the name stays.
        let Value::String(binding) = binding else { return Some(name) };
        let package = binding.split('/').nth(1).unwrap_or("undefined");
        return Some(format!("{package}/{name}"));
    }
    let Some(Value::String(path)) = path.filter(|value| is_truthy(value)) else { return Some(name) };
    match path.split('/').collect::<Vec<_>>()[..] {
        [_, package, _] => Some(format!("{package}/{name}")),
        _ => Some(name),
    }
}

/// Which of several annotations with one key counts.
enum Take {
    First,
    Last,
}

/// The value of an annotation: none if there is none. `None` outside where looking for it is an error.
#[allow(clippy::option_option, reason = "no answer and the answer that there is none are two things")]
fn annotation<'a>(document: &'a Value, key: &str, take: Take) -> Option<Option<&'a Value>> {
    let list = match document.get("annotations")? {
        Value::Null => return None,
        Value::Array(list) => list,
        // Without a length there is nothing to go through.
        _ => return Some(None),
    };
    let mut found = None;
    for annotation in list {
        if annotation.is_null() {
            return None;
        }
        if annotation.get("key").and_then(Value::as_str) == Some(key) {
            found = Some(annotation.get("value").unwrap_or(&Value::Null));
            if matches!(take, Take::First) {
                break;
            }
        }
    }
    Some(found)
}

fn is_truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(flag) => *flag,
        Value::Number(number) => number.as_i64() != Some(0),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

/// A value as it becomes part of a text.
fn script_text(value: Option<&Value>) -> String {
    match value {
        None => "undefined".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Object(_)) => "[object Object]".to_owned(),
        Some(Value::Array(items)) => {
            let texts: Vec<String> =
                items.iter().map(|item| if item.is_null() { String::new() } else { script_text(Some(item)) }).collect();
            texts.join(",")
        }
        Some(plain) => plain.to_string(),
    }
}

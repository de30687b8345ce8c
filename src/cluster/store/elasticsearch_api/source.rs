//! Which part of a document's `_source` an answer has.

use super::analysis::wildcard;
use super::failure::Exception;
use super::json::Json;
use super::query::Place;
use super::request::Call;
use serde_json::{Map, Value};

/// What of the source is wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    pub fetch: bool,
    includes: Vec<String>,
    excludes: Vec<String>,
}

impl Default for Source {
    fn default() -> Self {
        Self { fetch: true, includes: Vec::new(), excludes: Vec::new() }
    }
}

impl Source {
    /// What the parameters say (`FetchSourceContext.parseFromRestRequest`); none if they say nothing. The forms without `s` are deprecated
    /// in 6.7.
    pub fn read(call: &Call<'_>) -> Option<Self> {
        let list = |names: [&str; 2]| {
            let text = names.into_iter().find_map(|name| call.parameter(name));
            text.map(|text| text.split(',').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<String>>())
        };
        let includes = list(["_source_includes", "_source_include"]);
        let excludes = list(["_source_excludes", "_source_exclude"]);
        let mut source = Self::default();
        let whole = call.parameter("_source");
        match whole {
            Some("false") => source.fetch = false,
            Some("true" | "") | None => {}
            Some(list) => source.includes = list.split(',').map(str::to_owned).collect(),
        }
        let is_said = whole.is_some() || includes.is_some() || excludes.is_some();
        if let Some(includes) = includes {
            source.includes = includes;
        }
        source.excludes = excludes.unwrap_or_default();
        is_said.then_some(source)
    }

    /// What `_source` of a body says (`FetchSourceContext.fromXContent`).
    pub fn of_body(place: &Place<'_>) -> Result<Self, Exception> {
        let texts = |place: &Place<'_>| {
            let texts = place.items().into_iter().map(|item| match item.value {
                Value::String(text) => Ok(text.clone()),
                _ => Err(item.error("Unknown key for a VALUE in [_source].")),
            });
            texts.collect::<Result<Vec<String>, Exception>>()
        };
        let mut source = Self::default();
        match place.value {
            Value::Bool(fetch) => source.fetch = *fetch,
            Value::String(_) | Value::Array(_) => source.includes = texts(place)?,
            Value::Object(_) => {
                for (name, part) in place.fields() {
                    match name {
                        "includes" | "include" => source.includes = texts(&part)?,
                        "excludes" | "exclude" => source.excludes = texts(&part)?,
                        other => return Err(part.error(format!("Unknown key for a START_ARRAY in [{other}]."))),
                    }
                }
            }
            _ => return Err(place.error("Expected one of [VALUE_BOOLEAN, START_OBJECT] but found [VALUE_NUMBER]")),
        }
        Ok(source)
    }

    pub fn of(&self, source: &Value) -> Json {
        match source {
            Value::Object(fields) if !(self.includes.is_empty() && self.excludes.is_empty()) => {
                (&Value::Object(self.part(fields, "", self.includes.is_empty()))).into()
            }
            whole => whole.into(),
        }
    }

    /// What is left of an object. `inherited`: all of it is wanted, but for what is excluded.
    fn part(&self, fields: &Map<String, Value>, before: &str, inherited: bool) -> Map<String, Value> {
        let mut part = Map::new();
        for (name, value) in fields {
            let path = format!("{before}{name}");
            if self.excludes.iter().any(|pattern| wildcard(pattern, &path)) {
                continue;
            }
            let is_wanted = inherited || self.includes.iter().any(|pattern| wildcard(pattern, &path));
            if let Some(value) = self.value(value, &path, is_wanted) {
                part.insert(name.clone(), value);
            }
        }
        part
    }

    fn value(&self, value: &Value, path: &str, is_wanted: bool) -> Option<Value> {
        match value {
            Value::Object(fields) => {
                let part = self.part(fields, &format!("{path}."), is_wanted);
                (is_wanted || !part.is_empty()).then_some(Value::Object(part))
            }
            Value::Array(items) => {
                let part: Vec<Value> = items.iter().filter_map(|item| self.value(item, path, is_wanted)).collect();
                (is_wanted || !part.is_empty()).then_some(Value::Array(part))
            }
            leaf => is_wanted.then(|| leaf.clone()),
        }
    }
}

//! Answers as JSON: fields in the order in which Elasticsearch writes them, compact or as `pretty` has it.

use serde_json::{Number, Value};

/// A JSON value whose fields keep their order.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Null,
    Flag(bool),
    Number(Number),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub fn object<const N: usize>(fields: [(&str, Self); N]) -> Self {
        Self::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// `1.0` and `0.0`, which are only ever written and never computed with.
    pub fn decimal(number: f64) -> Self {
        Number::from_f64(number).map_or(Self::Null, Self::Number)
    }

    /// Adds a field to an object.
    pub fn put(&mut self, name: &str, value: impl Into<Self>) {
        if let Self::Object(fields) = self {
            fields.push((name.to_owned(), value.into()));
        }
    }

    /// As text; `pretty` as Jackson's printer is set up (`JsonXContentGenerator.java`, `usePrettyPrint`): two spaces, a space on both
    /// sides of the colon, each item on its own line, and a line feed at the end.
    pub fn write(&self, pretty: bool) -> String {
        let mut out = String::new();
        self.print(&mut out, pretty, 0);
        if pretty {
            out.push('\n');
        }
        out
    }

    fn print(&self, out: &mut String, pretty: bool, depth: usize) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Self::Number(number) => out.push_str(&number.to_string()),
            Self::Text(text) => quote(text, out),
            Self::List(items) if items.is_empty() => out.push_str(if pretty { "[ ]" } else { "[]" }),
            Self::Object(fields) if fields.is_empty() => out.push_str(if pretty { "{ }" } else { "{}" }),
            Self::List(items) => {
                out.push('[');
                for (place, item) in items.iter().enumerate() {
                    Self::next(out, pretty, place > 0, depth + 1);
                    item.print(out, pretty, depth + 1);
                }
                Self::next(out, pretty, false, depth);
                out.push(']');
            }
            Self::Object(fields) => {
                out.push('{');
                for (place, (name, value)) in fields.iter().enumerate() {
                    Self::next(out, pretty, place > 0, depth + 1);
                    quote(name, out);
                    out.push_str(if pretty { " : " } else { ":" });
                    value.print(out, pretty, depth + 1);
                }
                Self::next(out, pretty, false, depth);
                out.push('}');
            }
        }
    }

    fn next(out: &mut String, pretty: bool, comma: bool, depth: usize) {
        if comma {
            out.push(',');
        }
        if pretty {
            out.push('\n');
            out.push_str(&"  ".repeat(depth));
        }
    }
}

/// A text in quotes, as serde_json escapes it.
fn quote(text: &str, out: &mut String) {
    out.push_str(&Value::from(text).to_string());
}

impl From<&Value> for Json {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Flag(*flag),
            Value::Number(number) => Self::Number(number.clone()),
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Object(fields) => Self::Object(fields.iter().map(|(name, value)| (name.clone(), value.into())).collect()),
        }
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Json {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<u64> for Json {
    fn from(number: u64) -> Self {
        Self::Number(number.into())
    }
}

impl From<i64> for Json {
    fn from(number: i64) -> Self {
        Self::Number(number.into())
    }
}

impl From<Vec<Json>> for Json {
    fn from(items: Vec<Json>) -> Self {
        Self::List(items)
    }
}

/// A count as JSON.
pub fn count(number: usize) -> Json {
    (number as u64).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pretty_is_jacksons() {
        let inner = Json::object([
            ("empty", Json::List(Vec::new())),
            ("none", Json::object([])),
            ("list", vec![1_u64.into(), "a\"".into()].into()),
        ]);
        let json = Json::object([("took", 1_u64.into()), ("inner", inner)]);
        assert_eq!(json.write(false), r#"{"took":1,"inner":{"empty":[],"none":{},"list":[1,"a\""]}}"#);
        let pretty = "{\n  \"took\" : 1,\n  \"inner\" : {\n    \"empty\" : [ ],\n    \"none\" : { },\n    \"list\" : [\n      1,\n      \"a\\\"\"\n    ]\n  }\n}\n";
        assert_eq!(json.write(true), pretty);
        assert_eq!(Json::decimal(1.0).write(false), "1.0");
    }
}

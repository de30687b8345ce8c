//! A JSON text as a value.

use super::{Path, Reason, Report};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// The value of a text. What is no JSON is refused with its path, its line and its column, and read as null.
///
/// A name that is twice in one object is refused too: JSON leaves open what that means, and most parsers settle it in silence.
pub fn parse(text: &str, report: &Report) -> Value {
    let whole = Place { path: Path::WHOLE, report };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = whole.deserialize(&mut deserializer).and_then(|value| deserializer.end().map(|()| value));
    value.unwrap_or_else(|error| {
        whole.refuse(&error);
        Value::Null
    })
}

/// Reads a value at a place. It notes the first error where it happens, since whoever hears of it later knows only a part of its path. A
/// crate that tracks paths makes the page 24 KB larger after gzip.
#[derive(Clone, Copy)]
struct Place<'a> {
    path: Path<'a>,
    report: &'a Report,
}

impl Place<'_> {
    fn refuse(&self, error: &dyn fmt::Display) {
        self.report.refuse(&self.path, Reason::Said(error.to_string()));
    }
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        Ok(Number::from_f64(number).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        loop {
            let place = Place { path: self.path.item(items.len()), ..self };
            match list.next_element_seed(place).inspect_err(|error| place.refuse(error))? {
                Some(item) => items.push(item),
                None => return Ok(Value::Array(items)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        // What is wrong between two fields is told of the one before it.
        let mut name = String::new();
        loop {
            let place = Place { path: self.path.field(&name), ..self };
            let Some(next) = object.next_key::<String>().inspect_err(|error| place.refuse(error))? else {
                return Ok(Value::Object(fields));
            };
            name = next;
            let place = Place { path: self.path.field(&name), ..self };
            if fields.contains_key(&name) {
                place.refuse(&"this field is there twice");
            }
            let value = object.next_value_seed(place).inspect_err(|error| place.refuse(error))?;
            fields.insert(name.clone(), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Wrong;

    fn refusal(text: &str) -> Option<String> {
        let report = Report::default();
        let value = parse(text, &report);
        report.end(value).err().map(|Wrong { path, reason }| format!("{path}: {reason}"))
    }

    #[test]
    fn what_is_json_is_read_as_others_read_it() {
        let text = r#"{ "a": [1, -2, 2.5, 1e3, 18446744073709551616], "b\"\u00e9": { "c": null }, "d": [true, false], "e": "", "f": {} }"#;
        assert_eq!(refusal(text), None);
        assert_eq!(parse(text, &Report::default()), serde_json::from_str::<Value>(text).unwrap());
    }

    #[test]
    fn what_is_not_is_refused_with_its_path() {
        let check = |text: &str, said: &str| {
            let refusal = refusal(text).unwrap();
            assert!(refusal.starts_with(said), "{refusal}\ndoes not begin with: {said}");
        };
        check("", ": EOF while parsing a value at line 1 column 0");
        check("[1] 2", ": trailing characters at line 1 column 5");
        check("{ \"a\": [1, { \"b\": tru } ] }", "a[1].b: expected ident at line 1");
        check("{ \"a\": [1, { \"b\": [2 3] } ] }", "a[1].b[1]: expected `,` or `]` at line 1");
        check("{ \"a\": 1,\n \"b\" 2 }", "b: expected `:` at line 2");
        check("{ \"a\": 1,", "a: EOF while parsing");
        check("{ \"a\": { \"b\": 1, \"c\": 2, \"b\": 3 } ", "a.b: this field is there twice");
        check(&"[".repeat(1_000), "[0][0][0]");
        check(&"{\"a\":".repeat(1_000), "a.a.a");
    }
}

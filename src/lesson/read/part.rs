//! A value of the file together with its path, and the few ways to take one apart.
//!
//! A derived reader for each type of the file weighs twice as much in the page as everything else that reads lessons. These functions are
//! compiled once, and every error knows its path.

use super::super::error::Reason;
use super::short;
use serde_json::{Map, Value};

/// A field's path and what is wrong with it.
#[derive(Debug)]
pub(super) struct Wrong(pub Box<(String, Reason)>);

pub(super) fn wrong<T>(path: impl Into<String>, reason: impl Into<Reason>) -> Result<T, Wrong> {
    Err(Wrong(Box::new((path.into(), reason.into()))))
}

/// A value somewhere in the file.
#[derive(Clone, Debug)]
pub(super) struct Part<'a> {
    pub value: &'a Value,
    /// Empty for the file as a whole.
    pub path: String,
}

/// An object whose fields are all known ones.
pub(super) struct Fields<'a> {
    object: &'a Map<String, Value>,
    path: String,
}

impl<'a> Part<'a> {
    pub fn refuse<T>(&self, reason: impl Into<Reason>) -> Result<T, Wrong> {
        wrong(if self.path.is_empty() { "the file" } else { &self.path }, reason)
    }

    fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        }
    }

    /// Refuses it for being of the wrong kind.
    pub fn not_a<T>(&self, wanted: &'static str) -> Result<T, Wrong> {
        let found = match self.value {
            Value::Number(number) => number.to_string(),
            _ => self.kind().to_owned(),
        };
        self.refuse(Reason::Kind { found, wanted })
    }

    /// An object with some of these fields and no others.
    pub fn fields(&self, known: &'static [&'static str]) -> Result<Fields<'a>, Wrong> {
        let Value::Object(object) = self.value else { return self.not_a("an object") };
        match object.keys().find(|name| !known.contains(&name.as_str())) {
            Some(name) => wrong(under(&self.path, name), Reason::UnknownField { known: known.join(", ") }),
            None => Ok(Fields { object, path: self.path.clone() }),
        }
    }

    /// An object with one field, whose name says what the value is.
    pub fn tagged(&self, known: &'static [&'static str]) -> Result<(&'static str, Part<'a>), Wrong> {
        let Value::Object(object) = self.value else { return self.not_a("an object with one field") };
        let mut fields = object.iter();
        match (fields.next(), fields.next()) {
            (Some((name, value)), None) => {
                let path = under(&self.path, name);
                match known.iter().find(|known| **known == name.as_str()) {
                    Some(name) => Ok((name, Part { value, path })),
                    None => wrong(path, Reason::UnknownField { known: known.join(", ") }),
                }
            }
            _ => self.refuse(Reason::ExactlyOne(known.join(", "))),
        }
    }

    pub fn text(&self) -> Result<&'a str, Wrong> {
        if let Value::String(text) = self.value { Ok(text) } else { self.not_a("a text") }
    }

    pub fn flag(&self) -> Result<bool, Wrong> {
        if let Value::Bool(flag) = self.value { Ok(*flag) } else { self.not_a("true or false") }
    }

    pub fn number(&self) -> Result<u64, Wrong> {
        self.value.as_u64().map_or_else(|| self.not_a("a whole number from 0 up"), Ok)
    }

    /// A number in a range. `what` says what it counts or measures.
    pub fn number_in(&self, what: &'static str, min: u64, max: u64) -> Result<u64, Wrong> {
        let number = self.number()?;
        self.within(what, number, min, max)?;
        Ok(number)
    }

    pub fn within(&self, what: &'static str, value: u64, min: u64, max: u64) -> Result<(), Wrong> {
        if (min..=max).contains(&value) { Ok(()) } else { self.refuse(Reason::OutOfRange { what, value, min, max }) }
    }

    /// The items of a list of `min` to `max`.
    pub fn items(&self, min: usize, max: usize) -> Result<impl Iterator<Item = Part<'a>> + use<'a>, Wrong> {
        let Value::Array(items) = self.value else { return self.not_a("a list") };
        self.within("their number", items.len() as u64, min as u64, max as u64)?;
        let path = self.path.clone();
        Ok(items.iter().enumerate().map(move |(place, value)| Part { value, path: format!("{path}[{place}]") }))
    }

    /// One of some names.
    pub fn one_of<T: Copy>(&self, known: &[(&'static str, T)]) -> Result<T, Wrong> {
        let name = self.text()?;
        match known.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => Ok(*value),
            None => {
                let known = known.iter().map(|(known, _)| *known).collect::<Vec<_>>().join(", ");
                self.refuse(Reason::NoneOf { found: short(name), known })
            }
        }
    }
}

impl<'a> Fields<'a> {
    /// A field that may be left out, or null.
    pub fn get(&self, name: &'static str) -> Option<Part<'a>> {
        let value = self.object.get(name).filter(|value| !value.is_null())?;
        Some(Part { value, path: under(&self.path, name) })
    }

    pub fn need(&self, name: &'static str) -> Result<Part<'a>, Wrong> {
        self.get(name).map_or_else(|| wrong(under(&self.path, name), Reason::Missing), Ok)
    }

    /// Reads a field that may be left out.
    pub fn maybe<T>(&self, name: &'static str, read: impl FnOnce(&Part<'a>) -> Result<T, Wrong>) -> Result<Option<T>, Wrong> {
        match self.get(name) {
            Some(part) => read(&part).map(Some),
            None => Ok(None),
        }
    }

    pub fn path(&self) -> &str {
        &self.path
    }
}

fn under(path: &str, name: &str) -> String {
    let name = short(name);
    if path.is_empty() { name } else { format!("{path}.{name}") }
}

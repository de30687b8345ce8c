use super::{Path, Reason, Report, short};
use serde_json::Value;

/// What a field that is missing is read as.
static NULL: Value = Value::Null;

/// A number that is kept somewhere: its name and its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    pub name: &'static str,
    pub min: u64,
    pub max: u64,
}

/// A value somewhere in what is read.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    pub value: &'a Value,
    pub path: Path<'a>,
    report: &'a Report,
}

impl<'a> Part<'a> {
    pub const fn whole(value: &'a Value, report: &'a Report) -> Self {
        Self { value, path: Path::WHOLE, report }
    }

    pub fn refuse(&self, reason: Reason) {
        self.report.refuse(&self.path, reason);
    }

    /// Refuses what it says, and says why.
    pub fn refuse_text(&self, found: &str, but: &'static str) {
        self.refuse(Reason::Found { found: short(found).to_owned(), but });
    }

    /// Refuses it for being of the wrong kind.
    pub fn not_a(&self, wanted: &'static str) {
        let found = match self.value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(number) => &number.to_string(),
            Value::String(_) => "a text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        self.refuse(Reason::Kind { found: found.to_owned(), wanted });
    }

    /// Refuses it unless it is an object with some of these fields, a list divided by commas, and no others.
    pub fn fields(&self, known: &'static str) {
        let Value::Object(object) = self.value else { return self.not_a("an object") };
        if let Some(name) = object.keys().find(|name| place_in(known, name).is_none()) {
            self.report.refuse(&self.path.field(name), Reason::UnknownField { known });
        }
    }

    /// An object with one of these fields alone, whose name says what its value is.
    pub fn tagged(&self, known: &'static str) -> Option<(&str, Part<'_>)> {
        let Value::Object(object) = self.value else {
            self.not_a("an object with one field");
            return None;
        };
        let mut fields = object.iter();
        let (Some((name, value)), None) = (fields.next(), fields.next()) else {
            self.refuse(Reason::ExactlyOne(known));
            return None;
        };
        self.fields(known);
        Some((name, Part { value, path: self.path.field(name), report: self.report }))
    }

    /// A field that may be left out, or null.
    pub fn get(&'a self, name: &'static str) -> Option<Self> {
        let value = self.value.get(name).filter(|value| !value.is_null())?;
        Some(Self { value, path: self.path.field(name), report: self.report })
    }

    pub fn need(&'a self, name: &'static str) -> Self {
        self.get(name).unwrap_or_else(|| {
            let path = self.path.field(name);
            self.report.refuse(&path, Reason::Missing);
            Self { value: &NULL, path, report: self.report }
        })
    }

    pub fn text(&self) -> &'a str {
        if let Value::String(text) = self.value {
            return text;
        }
        self.not_a("a text");
        ""
    }

    pub fn flag(&self) -> bool {
        if let Value::Bool(flag) = self.value {
            return *flag;
        }
        self.not_a("true or false");
        false
    }

    pub fn number(&self) -> u64 {
        self.value.as_u64().unwrap_or_else(|| {
            self.not_a("a whole number from 0 up");
            0
        })
    }

    /// A number in a range, or its least. `what` says what it counts or measures.
    pub fn number_in(&self, what: &'static str, min: u64, max: u64) -> u64 {
        let number = self.number();
        if self.within(what, number, min, max) { number } else { min }
    }

    /// Whether `value` is in a range; it is refused if not.
    pub fn within(&self, what: &'static str, value: u64, min: u64, max: u64) -> bool {
        let fits = (min..=max).contains(&value);
        if !fits {
            self.refuse(Reason::OutOfRange { what, value, min, max });
        }
        fits
    }

    /// Reads those fields that are numbers of a table into the places of their values. One that is left out keeps its value.
    pub fn numbers(&self, table: &[Number], values: &mut [u64]) {
        for (number, value) in table.iter().zip(values) {
            if let Some(part) = self.get(number.name) {
                *value = part.number_in(number.name, number.min, number.max);
            }
        }
    }

    /// The same where none may be left out.
    pub fn need_numbers(&self, table: &[Number], values: &mut [u64]) {
        for number in table {
            self.need(number.name);
        }
        self.numbers(table, values);
    }

    /// Reads the items of a list of `min` to `max`.
    pub fn list<T>(&self, min: u64, max: u64, mut read: impl FnMut(&Part<'_>) -> T) -> Vec<T> {
        let mut list = Vec::new();
        self.each(min, max, &mut |part| list.push(read(part)));
        list
    }

    /// Hands over each item of a list of `min` to `max`. There is one such loop in the page, not one for each type that lists hold.
    pub fn each(&self, min: u64, max: u64, hand: &mut dyn FnMut(&Part<'_>)) {
        for (place, value) in self.items(min, max).iter().enumerate() {
            hand(&Part { value, path: self.path.item(place), report: self.report });
        }
    }

    fn items(&self, min: u64, max: u64) -> &'a [Value] {
        match self.value {
            Value::Array(items) if self.within("their number", items.len() as u64, min, max) => return items,
            Value::Array(_) => {}
            _ => self.not_a("a list"),
        }
        &[]
    }

    /// One of some names, a list divided by commas: what stands at its place in `values`.
    pub fn one_of<T: Copy>(&self, known: &'static str, values: &[T]) -> Option<T> {
        values.get(self.choice(known)?).copied()
    }

    fn choice(&self, known: &'static str) -> Option<usize> {
        let name = self.text();
        let place = place_in(known, name);
        if place.is_none() {
            self.refuse(Reason::NoneOf { found: short(name).to_owned(), known });
        }
        place
    }
}

fn place_in(known: &str, name: &str) -> Option<usize> {
    known.split(',').position(|known| known.trim_start() == name)
}

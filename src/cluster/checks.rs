//! Checks of a run's values, one after another.

use super::refused::{NameFault, Refused};
use crate::json::{Number, Path, short};

/// All checks run, and the first refusal counts, so that none needs a way out of its own.
#[derive(Debug, Default)]
pub struct Checks {
    first: Option<Refused>,
}

impl Checks {
    #[cold]
    #[inline(never)]
    pub fn refuse(&mut self, refused: Refused) {
        self.first.get_or_insert(refused);
    }

    /// A number, which is the field `name` of `at`.
    pub fn range(&mut self, at: &Path<'_>, name: &str, value: u64, min: u64, max: u64) {
        if !(min..=max).contains(&value) {
            self.refuse(Refused::OutOfRange { name: at.field(name).written(), value, min, max });
        }
    }

    /// The values of a table's numbers, which are fields of `at`.
    pub fn numbers(&mut self, at: &Path<'_>, table: &[Number], values: &[u64]) {
        for (number, value) in table.iter().zip(values) {
            self.range(at, number.name, *value, number.min, number.max);
        }
    }

    pub fn length(&mut self, at: &Path<'_>, name: &str, length: usize, min: u64, max: u64) {
        self.range(&at.field(name), "length", length as u64, min, max);
    }

    /// A text of `min` to `max` characters.
    pub fn text(&mut self, at: &Path<'_>, name: &str, text: &str, min: u64, max: u64) {
        self.length(at, name, text.chars().count(), min, max);
    }

    pub fn bad_name(&mut self, at: &Path<'_>, value: &str, fault: NameFault) {
        self.refuse(Refused::BadName { name: at.written(), value: short(value).to_owned(), fault });
    }

    /// A name that refers to nothing.
    pub fn unknown(&mut self, at: &Path<'_>, name: &str, value: &str) {
        self.refuse(Refused::Unknown { name: at.field(name).written(), value: value.to_owned() });
    }

    /// # Errors
    /// The first refusal.
    pub fn end(self) -> Result<(), Refused> {
        self.first.map_or(Ok(()), Err)
    }
}

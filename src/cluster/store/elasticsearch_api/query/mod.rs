//! Queries: what a body or a `q=` asks for, and whether a document is that.
//!
//! **Scores are simplified.** Elasticsearch ranks hits by BM25. Here a hit has the score 1.0, or 0.0 if nothing but filters found it, and
//! hits of equal scores come in order of their index and of writing. OpenWhisk's own searches ask for an order, or for one document.

mod bind;
mod parse;
mod range;
mod string;

pub use bind::{Bound, Ground};
pub use parse::{Place, conjunction, query};
pub use range::Number;
pub use string::{Options, query_string};

use serde_json::Value;

/// What is asked for, before it meets the mapping of an index.
#[derive(Clone, Debug, PartialEq)]
pub enum Query {
    All,
    Nothing,
    Term {
        field: String,
        value: Value,
    },
    Terms {
        field: String,
        values: Vec<Value>,
    },
    Match {
        field: String,
        text: Value,
        and: bool,
        minimum: Option<Minimum>,
    },
    Phrase {
        field: String,
        text: Value,
    },
    /// A word with `*` and `?`.
    Pattern {
        field: String,
        pattern: String,
    },
    Range {
        field: String,
        range: Range,
    },
    Exists {
        field: String,
    },
    Ids(Vec<String>),
    /// What finds without making a score.
    Constant(Box<Query>),
    Bool {
        must: Vec<Query>,
        filter: Vec<Query>,
        should: Vec<Query>,
        must_not: Vec<Query>,
        minimum: Option<Minimum>,
    },
}

/// In place of a field: all of them (`index.query.default_field`). What a field cannot be asked is left out, as `lenient` has it.
pub const EVERY_FIELD: &str = "*";

/// How far a value may go. Each end is a value and whether it belongs to the range.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Range {
    pub low: Option<(Value, bool)>,
    pub high: Option<(Value, bool)>,
}

/// `minimum_should_match`: a number, or a share in percent; below zero what may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Minimum {
    Count(i64),
    Percent(i64),
}

impl Minimum {
    pub fn read(text: &str) -> Option<Self> {
        match text.trim().strip_suffix('%') {
            Some(percent) => percent.parse().ok().filter(|percent| (-100..=100).contains(percent)).map(Self::Percent),
            None => text.trim().parse().ok().map(Self::Count),
        }
    }

    /// How many of so many have to match (`Queries.calculateMinShouldMatch`).
    pub fn of(self, clauses: usize) -> usize {
        let all = i64::try_from(clauses).unwrap_or(i64::MAX);
        let wanted = match self {
            Self::Count(count) if count < 0 => all.saturating_add(count),
            Self::Count(count) => count,
            Self::Percent(percent) if percent < 0 => all + all.saturating_mul(percent) / 100,
            Self::Percent(percent) => all.saturating_mul(percent) / 100,
        };
        usize::try_from(wanted).unwrap_or(0)
    }
}

/// A value as the text that a field of texts would hold.
pub fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

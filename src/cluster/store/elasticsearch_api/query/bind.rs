//! A query that has met the mapping of an index: what each field is decides what it is asked.

use super::range::{Ends, Number, dates, lies_between};
use super::string::CLAUSES_MAX;
use super::{EVERY_FIELD, Minimum, Query, Range, as_text};
use crate::cluster::store::elasticsearch_api::analysis::{lower, wildcard, words};
use crate::cluster::store::elasticsearch_api::dates::value as date_value;
use crate::cluster::store::elasticsearch_api::documents::Doc;
use crate::cluster::store::elasticsearch_api::failure::Exception;
use crate::cluster::store::elasticsearch_api::mapping::{IGNORE_ABOVE, Kind, Mapping};
use ::http::StatusCode;
use serde_json::Value;

/// What a query meets: the fields of an index, and the time in milliseconds since 1970.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    pub mapping: &'a Mapping,
    pub now: i64,
}

/// Something that a document is or is not.
#[derive(Debug)]
pub enum Bound {
    All,
    Nothing,
    /// So many of these words are in a text.
    Words {
        field: String,
        words: Vec<String>,
        need: usize,
    },
    /// These words follow one another in a text.
    Phrase {
        field: String,
        words: Vec<String>,
    },
    /// One of these is the value of a keyword.
    Exact {
        field: String,
        texts: Vec<String>,
    },
    /// A word of a text, or a keyword, is like a pattern.
    Pattern {
        field: String,
        pattern: String,
        kind: Kind,
    },
    Numbers {
        field: String,
        ends: Ends<Number>,
        kind: Kind,
    },
    Dates {
        field: String,
        first: i64,
        last: i64,
    },
    /// A word of a text, or a keyword, is between two.
    Texts {
        field: String,
        ends: Ends<String>,
        kind: Kind,
    },
    Flag {
        field: String,
        flag: bool,
    },
    Exists {
        field: String,
    },
    Ids(Vec<String>),
    Index(Vec<String>),
    Type(Vec<String>),
    Any(Vec<Bound>),
    Constant(Box<Bound>),
    Bool {
        must: Vec<Bound>,
        filter: Vec<Bound>,
        should: Vec<Bound>,
        must_not: Vec<Bound>,
        need: usize,
    },
}

impl Query {
    /// Meets the fields of an index. The error is what the field's type says of the value.
    pub fn bind(&self, ground: Ground<'_>) -> Result<Bound, Exception> {
        Ok(match self {
            Self::All => Bound::All,
            Self::Nothing => Bound::Nothing,
            Self::Term { field, value } => equal(field, std::slice::from_ref(value), ground)?,
            Self::Terms { field, values } => equal(field, values, ground)?,
            Self::Exists { field } if matches!(field.as_str(), "_id" | "_index" | "_type") => Bound::All,
            Self::Exists { field } if ground.mapping.knows(field) => Bound::Exists { field: field.clone() },
            Self::Exists { .. } => Bound::Nothing,
            Self::Ids(ids) => Bound::Ids(ids.clone()),
            Self::Constant(inner) => Bound::Constant(Box::new(inner.bind(ground)?)),
            Self::Match { field, .. } | Self::Phrase { field, .. } | Self::Pattern { field, .. } | Self::Range { field, .. } => {
                if field == EVERY_FIELD {
                    let fields = ground.mapping.fields();
                    return Ok(Bound::Any(fields.iter().filter_map(|(field, kind)| self.on(field, *kind, ground).ok()).collect()));
                }
                match ground.mapping.kind(field) {
                    Some(kind) => self.on(field, kind, ground)?,
                    None => self.on_metadata(field),
                }
            }
            Self::Bool { must, filter, should, must_not, minimum } => {
                let all = |list: &[Self]| list.iter().map(|query| query.bind(ground)).collect::<Result<Vec<Bound>, Exception>>();
                let alone = must.is_empty() && filter.is_empty() && !should.is_empty();
                let need = minimum.map_or(usize::from(alone), |minimum| minimum.of(should.len()).max(usize::from(alone)));
                Bound::Bool { must: all(must)?, filter: all(filter)?, should: all(should)?, must_not: all(must_not)?, need }
            }
        })
    }

    /// What is asked of one field of a known type.
    fn on(&self, field: &str, kind: Kind, ground: Ground<'_>) -> Result<Bound, Exception> {
        let field = named(field, kind);
        match self {
            Self::Match { text, and, minimum, .. } if kind == Kind::Text => {
                let mut words = words(&as_text(text));
                words.dedup();
                if words.len() > CLAUSES_MAX {
                    let reason = format!("maxClauseCount is set to {CLAUSES_MAX}");
                    return Err(Exception::new(StatusCode::INTERNAL_SERVER_ERROR, "too_many_clauses", reason));
                }
                let need = match (and, minimum) {
                    (true, _) => words.len(),
                    (false, None) => 1,
                    (false, Some(minimum)) => Minimum::of(*minimum, words.len()).max(1),
                };
                // A text without words finds nothing (`zero_terms_query`).
                Ok(if words.is_empty() { Bound::Nothing } else { Bound::Words { field, words, need } })
            }
            Self::Phrase { text, .. } if kind == Kind::Text => {
                let words = words(&as_text(text));
                Ok(if words.is_empty() { Bound::Nothing } else { Bound::Phrase { field, words } })
            }
            Self::Match { text, .. } | Self::Phrase { text, .. } => values(field, kind, std::slice::from_ref(text), ground),
            Self::Pattern { pattern, .. } => match kind {
                Kind::Text => Ok(Bound::Pattern { field, pattern: lower(pattern), kind }),
                Kind::Keyword => Ok(Bound::Pattern { field, pattern: pattern.clone(), kind }),
                _ => {
                    let reason = format!(
                        "Can only use wildcard queries on keyword and text fields - not on [{field}] which is of type [{}]",
                        kind.name()
                    );
                    Err(Exception::query_shard("", "", reason))
                }
            },
            Self::Range { range, .. } => between(field, kind, range, ground),
            _ => Ok(Bound::Nothing),
        }
    }

    /// What is asked of a field that the mapping does not have: that of the documents themselves, or none.
    fn on_metadata(&self, field: &str) -> Bound {
        match self {
            Self::Match { text, .. } | Self::Phrase { text, .. } => metadata(field, std::slice::from_ref(text)).unwrap_or(Bound::Nothing),
            _ => Bound::Nothing,
        }
    }
}

/// The field of the source that a keyword is made from.
fn named(field: &str, kind: Kind) -> String {
    let text = if kind == Kind::Keyword { field.strip_suffix(".keyword") } else { None };
    text.unwrap_or(field).to_owned()
}

fn metadata(field: &str, values: &[Value]) -> Option<Bound> {
    let texts = || values.iter().map(as_text).collect();
    match field {
        "_id" => Some(Bound::Ids(texts())),
        "_index" => Some(Bound::Index(texts())),
        "_type" => Some(Bound::Type(texts())),
        _ => None,
    }
}

fn equal(field: &str, wanted: &[Value], ground: Ground<'_>) -> Result<Bound, Exception> {
    if let Some(bound) = metadata(field, wanted) {
        return Ok(bound);
    }
    let Some(kind) = ground.mapping.kind(field) else { return Ok(Bound::Nothing) };
    values(named(field, kind), kind, wanted, ground)
}

/// The field has one of these values: exactly, without analysis.
fn values(field: String, kind: Kind, wanted: &[Value], ground: Ground<'_>) -> Result<Bound, Exception> {
    match kind {
        Kind::Text => Ok(Bound::Words { field, words: wanted.iter().map(as_text).collect(), need: 1 }),
        Kind::Keyword => Ok(Bound::Exact { field, texts: wanted.iter().map(as_text).collect() }),
        Kind::Boolean => {
            let flags = wanted.iter().map(|value| Ok(Bound::Flag { field: field.clone(), flag: flag(value)? }));
            Ok(Bound::Any(flags.collect::<Result<_, Exception>>()?))
        }
        Kind::Long | Kind::Float | Kind::Date | Kind::SlashedDate => {
            let ends = wanted.iter().map(|value| {
                let end = Some((value.clone(), true));
                let range = Range { low: end.clone(), high: end };
                // A whole number has nothing behind its point.
                let never = kind == Kind::Long && Number::read(value).is_some_and(Number::has_fraction);
                if never { Ok(Bound::Nothing) } else { between(field.clone(), kind, &range, ground) }
            });
            Ok(Bound::Any(ends.collect::<Result<_, Exception>>()?))
        }
    }
}

fn flag(value: &Value) -> Result<bool, Exception> {
    match value {
        Value::Bool(flag) => Ok(*flag),
        other => match as_text(other).as_str() {
            "true" => Ok(true),
            "false" | "" => Ok(false),
            text => Err(Exception::illegal_argument(format!("Can't parse boolean value [{text}], expected [true] or [false]"))),
        },
    }
}

fn between(field: String, kind: Kind, range: &Range, ground: Ground<'_>) -> Result<Bound, Exception> {
    let ends = |read: &dyn Fn(&Value) -> Result<Number, Exception>| -> Result<Ends<Number>, Exception> {
        let end = |end: &Option<(Value, bool)>| end.as_ref().map(|(value, inclusive)| Ok((read(value)?, *inclusive))).transpose();
        Ok((end(&range.low)?, end(&range.high)?))
    };
    let text = |end: &Option<(Value, bool)>| end.as_ref().map(|(value, inclusive)| (as_text(value), *inclusive));
    match kind {
        Kind::Text | Kind::Keyword => Ok(Bound::Texts { field, ends: (text(&range.low), text(&range.high)), kind }),
        Kind::Long | Kind::Float => {
            let read = |value: &Value| {
                let bad = || format!("For input string: \"{}\"", as_text(value));
                Number::read(value).ok_or_else(|| Exception::new(StatusCode::BAD_REQUEST, "number_format_exception", bad()))
            };
            Ok(Bound::Numbers { field, ends: ends(&read)?, kind })
        }
        Kind::Date | Kind::SlashedDate => match dates(range, ground.now) {
            Ok((first, last)) => Ok(Bound::Dates { field, first, last }),
            Err(text) => {
                let reason = format!("failed to parse date field [{text}] with format [strict_date_optional_time||epoch_millis]");
                Err(Exception::new(StatusCode::BAD_REQUEST, "parse_exception", reason))
            }
        },
        Kind::Boolean => Err(Exception::not_simulated("ranges of booleans")),
    }
}

/// The text of a keyword, if it is short enough to have one.
fn keyword(value: &Value) -> Option<String> {
    Some(as_text(value)).filter(|text| text.encode_utf16().count() <= IGNORE_ABOVE)
}

impl Bound {
    pub fn matches(&self, doc: &Doc<'_>) -> bool {
        match self {
            Self::All => true,
            Self::Nothing => false,
            Self::Words { field, words: wanted, need } => {
                let found: Vec<String> = doc.values(field).into_iter().flat_map(|value| words(&as_text(value))).collect();
                wanted.iter().filter(|word| found.contains(*word)).count() >= *need
            }
            // Words of two values of a list do not follow one another (`position_increment_gap`).
            Self::Phrase { field, words: wanted } => doc.values(field).into_iter().any(|value| {
                let found = words(&as_text(value));
                found.windows(wanted.len()).any(|window| window == wanted)
            }),
            Self::Exact { field, texts } => doc.values(field).into_iter().filter_map(keyword).any(|text| texts.contains(&text)),
            Self::Pattern { field, pattern, kind } => tokens(doc, field, *kind).iter().any(|text| wildcard(pattern, text)),
            Self::Texts { field, ends, kind } => tokens(doc, field, *kind).iter().any(|text| lies_between(ends, |end| text.cmp(end))),
            Self::Numbers { field, ends, kind } => doc.values(field).into_iter().filter_map(Number::read).any(|number| {
                let number = if *kind == Kind::Long { number.whole() } else { number };
                lies_between(ends, |end| number.compare(*end))
            }),
            Self::Dates { field, first, last } => {
                let dates = doc.values(field).into_iter().filter_map(|value| date_value(&as_text(value)));
                dates.map(|date| date.first).any(|at| (*first..=*last).contains(&at))
            }
            Self::Flag { field, flag: wanted } => doc.values(field).into_iter().any(|value| flag(value).ok() == Some(*wanted)),
            Self::Exists { field } => !doc.values(field.strip_suffix(".keyword").unwrap_or(field)).is_empty(),
            Self::Ids(ids) => ids.contains(&doc.id),
            Self::Index(names) => names.iter().any(|name| name == doc.index),
            Self::Type(names) => names.iter().any(|name| name == doc.kind),
            Self::Any(list) => list.iter().any(|bound| bound.matches(doc)),
            Self::Constant(inner) => inner.matches(doc),
            Self::Bool { must, filter, should, must_not, need } => {
                must.iter().chain(filter).all(|bound| bound.matches(doc))
                    && !must_not.iter().any(|bound| bound.matches(doc))
                    && (*need == 0 || should.iter().filter(|bound| bound.matches(doc)).count() >= *need)
            }
        }
    }

    /// Whether something besides filters has found a document that matches: it has the score 1.0 then, else 0.0.
    pub fn scores(&self, doc: &Doc<'_>) -> bool {
        match self {
            Self::Bool { must, filter, should, must_not, .. } => {
                // One without any clause is a `match_all`.
                let is_empty = must.is_empty() && filter.is_empty() && should.is_empty() && must_not.is_empty();
                is_empty || must.iter().any(|bound| bound.scores(doc)) || should.iter().any(|bound| bound.matches(doc) && bound.scores(doc))
            }
            _ => true,
        }
    }
}

fn tokens(doc: &Doc<'_>, field: &str, kind: Kind) -> Vec<String> {
    let values = doc.values(field).into_iter();
    match kind {
        Kind::Keyword => values.filter_map(keyword).collect(),
        _ => values.flat_map(|value| words(&as_text(value))).collect(),
    }
}

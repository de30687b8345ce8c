//! The order of hits.

use super::dates;
use super::documents::Doc;
use super::failure::Exception;
use super::json::Json;
use super::mapping::{IGNORE_ABOVE, Kind, Mapping};
use super::query::{Number, Place, as_text};
use serde_json::Value;
use std::cmp::Ordering;

/// One thing that hits are ordered by.
#[derive(Clone, Debug, PartialEq)]
pub struct SortKey {
    field: String,
    descending: bool,
    missing_first: bool,
    /// What to take it for where no document has it.
    unmapped: bool,
    /// The greatest of several values, where not the least.
    mode_max: Option<bool>,
}

/// What a hit is ordered by, as the answer tells it.
#[derive(Clone, Debug)]
pub enum SortValue {
    Number(Number),
    Text(String),
    /// A number's place of one that is missing is told as the least or the greatest there is.
    Missing(Option<Kind>),
}

impl SortKey {
    fn new(field: &str, descending: Option<bool>) -> Self {
        let descending = descending.unwrap_or(field == "_score");
        Self { field: field.to_owned(), descending, missing_first: false, unmapped: false, mode_max: None }
    }

    pub fn is_score(&self) -> bool {
        self.field == "_score"
    }

    /// `sort=start:desc,_score` (`RestSearchAction.java`).
    pub fn of_parameter(text: &str) -> Result<Vec<Self>, Exception> {
        let keys = text.split(',').filter(|key| !key.is_empty()).map(|key| match key.rsplit_once(':') {
            None => Ok(Self::new(key, None)),
            Some((field, order)) => match order.to_ascii_lowercase().as_str() {
                "asc" => Ok(Self::new(field, Some(false))),
                "desc" => Ok(Self::new(field, Some(true))),
                _ => Err(bad_order(order)),
            },
        });
        keys.collect()
    }

    /// `sort` of a body: a field, an object of fields, or a list of either (`SortBuilder.java`).
    pub fn of_body(place: &Place<'_>) -> Result<Vec<Self>, Exception> {
        let mut keys = Vec::new();
        for item in place.items() {
            match item.value {
                Value::String(field) => keys.push(Self::new(field, None)),
                Value::Object(_) => {
                    for (field, options) in item.fields() {
                        keys.push(Self::of_field(field, &options)?);
                    }
                }
                _ => {
                    return Err(Exception::illegal_argument(
                        "malformed sort format, within the sort array, an object, or an actual string are allowed",
                    ));
                }
            }
        }
        Ok(keys)
    }

    fn of_field(field: &str, place: &Place<'_>) -> Result<Self, Exception> {
        if matches!(field, "_geo_distance" | "_script") {
            return Err(Exception::not_simulated(&format!("sorting by [{field}]")));
        }
        let order = |value: &Value| match as_text(value).to_ascii_lowercase().as_str() {
            "asc" => Ok(false),
            "desc" => Ok(true),
            _ => Err(bad_order(&as_text(value))),
        };
        if let Value::String(_) = place.value {
            return Ok(Self::new(field, Some(order(place.value)?)));
        }
        let mut key = Self::new(field, None);
        for (name, part) in place.fields() {
            match (name, part.value) {
                ("order", value) => key.descending = order(value)?,
                ("missing", Value::String(text)) if text == "_last" => {}
                ("missing", Value::String(text)) if text == "_first" => key.missing_first = true,
                ("unmapped_type", Value::String(_)) => key.unmapped = true,
                ("mode", Value::String(mode)) if mode == "max" => key.mode_max = Some(true),
                ("mode", Value::String(mode)) if mode == "min" => key.mode_max = Some(false),
                ("missing" | "mode" | "nested" | "nested_path" | "nested_filter", _) => {
                    return Err(Exception::not_simulated(&format!("this [{name}] of a sort")));
                }
                (other, _) => return Err(part.error(format!("[field_sort] unknown field [{other}], parser not found"))),
            }
        }
        Ok(key)
    }

    /// Whether an index can be ordered by it, and as what.
    fn kind(&self, mapping: &Mapping, index: &str, uuid: &str) -> Result<Option<Kind>, Exception> {
        match mapping.kind(&self.field) {
            Some(Kind::Text) => Err(Exception::illegal_argument(format!(
                "Fielddata is disabled on text fields by default. Set fielddata=true on [{}] in order to load fielddata in memory by uninverting \
                 the inverted index. Note that this can however use significant memory. Alternatively use a keyword field instead.",
                self.field
            ))),
            Some(kind) => Ok(Some(kind)),
            None if self.unmapped => Ok(None),
            None => Err(Exception::query_shard(index, uuid, format!("No mapping found for [{}] in order to sort on", self.field))),
        }
    }

    fn value(&self, doc: &Doc<'_>, kind: Kind) -> SortValue {
        let field = if kind == Kind::Keyword { self.field.strip_suffix(".keyword").unwrap_or(&self.field) } else { &self.field };
        let greatest = self.mode_max.unwrap_or(self.descending);
        let values = doc.values(field).into_iter().filter_map(|value| match kind {
            Kind::Keyword | Kind::Text => {
                let text = as_text(value);
                (text.encode_utf16().count() <= IGNORE_ABOVE).then_some(SortValue::Text(text))
            }
            Kind::Boolean => Some(SortValue::Number(Number::Whole(i128::from(as_text(value) == "true")))),
            Kind::Date | Kind::SlashedDate => {
                dates::value(&as_text(value)).map(|moment| SortValue::Number(Number::Whole(moment.first.into())))
            }
            Kind::Long => Number::read(value).map(|number| SortValue::Number(number.whole())),
            Kind::Float => Number::read(value).map(SortValue::Number),
        });
        let best = values.reduce(|best, value| {
            let is_better = best.compare_present(&value) == if greatest { Ordering::Less } else { Ordering::Greater };
            if is_better { value } else { best }
        });
        best.unwrap_or(SortValue::Missing(Some(kind)))
    }
}

fn bad_order(order: &str) -> Exception {
    let reason = format!("No enum constant org.elasticsearch.search.sort.SortOrder.{}", order.to_ascii_uppercase());
    Exception::illegal_argument(reason)
}

/// How an index is ordered: what each key is there.
pub fn kinds(keys: &[SortKey], mapping: &Mapping, index: &str, uuid: &str) -> Result<Vec<Option<Kind>>, Exception> {
    let kinds = keys.iter().map(|key| match key.field.as_str() {
        "_score" | "_doc" | "_id" => Ok(None),
        _ => key.kind(mapping, index, uuid),
    });
    kinds.collect()
}

/// What a hit is ordered by. `place` is its place in its index.
pub fn values(keys: &[SortKey], kinds: &[Option<Kind>], doc: &Doc<'_>, scores: bool, place: usize) -> Vec<SortValue> {
    let values = keys.iter().zip(kinds).map(|(key, kind)| match (key.field.as_str(), kind) {
        ("_score", _) => SortValue::Number(Number::Real(if scores { 1.0 } else { 0.0 })),
        ("_doc", _) => SortValue::Number(Number::Whole(place as i128)),
        ("_id", _) => SortValue::Text(doc.id.clone()),
        (_, Some(kind)) => key.value(doc, *kind),
        (_, None) => SortValue::Missing(None),
    });
    values.collect()
}

pub fn compare(keys: &[SortKey], one: &[SortValue], other: &[SortValue]) -> Ordering {
    for ((key, one), other) in keys.iter().zip(one).zip(other) {
        let order = match (one, other) {
            (SortValue::Missing(_), SortValue::Missing(_)) => Ordering::Equal,
            (SortValue::Missing(_), _) => {
                if key.missing_first {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
            (_, SortValue::Missing(_)) => {
                if key.missing_first {
                    Ordering::Greater
                } else {
                    Ordering::Less
                }
            }
            _ if key.descending => other.compare_present(one),
            _ => one.compare_present(other),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    Ordering::Equal
}

impl SortValue {
    /// The order of two values. A field that is a number in one index and a text in another has no order; numbers come first here.
    fn compare_present(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => one.compare(*other),
            (Self::Text(one), Self::Text(other)) => one.cmp(other),
            (Self::Number(_), _) => Ordering::Less,
            (_, Self::Number(_)) => Ordering::Greater,
            _ => Ordering::Equal,
        }
    }

    pub fn json(&self, key: &SortKey) -> Json {
        match self {
            Self::Number(Number::Whole(whole)) => i64::try_from(*whole).unwrap_or(i64::MAX).into(),
            Self::Number(Number::Real(real)) => Json::decimal(*real),
            Self::Text(text) => text.as_str().into(),
            Self::Missing(Some(Kind::Long | Kind::Date | Kind::SlashedDate | Kind::Boolean)) => {
                if key.descending == key.missing_first {
                    i64::MAX.into()
                } else {
                    i64::MIN.into()
                }
            }
            Self::Missing(Some(Kind::Float)) => if key.descending == key.missing_first { "Infinity" } else { "-Infinity" }.into(),
            Self::Missing(_) => Json::Null,
        }
    }
}

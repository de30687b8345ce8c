//! The query of a body (`AbstractQueryBuilder.parseInnerQueryBuilder` and the builders' `fromXContent`).

use super::string::{Options, query_string};
use super::{Minimum, Query, Range};
use crate::cluster::store::elasticsearch_api::failure::Exception;
use crate::cluster::store::elasticsearch_api::locate::{Step, locate};
use serde_json::{Map, Value};

/// A value in a body, for errors to say where it is.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    pub text: &'a str,
    pub value: &'a Value,
    steps: Vec<Step<'a>>,
}

impl<'a> Place<'a> {
    pub const fn whole(text: &'a str, value: &'a Value) -> Self {
        Self { text, value, steps: Vec::new() }
    }

    pub fn error(&self, reason: impl Into<String>) -> Exception {
        Exception::parsing(reason, locate(self.text, &self.steps))
    }

    fn step(&self, step: Step<'a>, value: &'a Value) -> Self {
        let mut steps = self.steps.clone();
        steps.push(step);
        Self { text: self.text, value, steps }
    }

    /// The fields of an object, or nothing for anything else.
    pub fn fields(&self) -> Vec<(&'a str, Self)> {
        let fields = self.value.as_object().into_iter().flatten();
        fields.map(|(name, value)| (name.as_str(), self.step(Step::Field(name), value))).collect()
    }

    /// The items of a list, or the value itself.
    pub fn items(&self) -> Vec<Self> {
        match self.value {
            Value::Array(items) => items.iter().enumerate().map(|(place, value)| self.step(Step::Item(place), value)).collect(),
            _ => vec![self.clone()],
        }
    }
}

/// What 6.7 knows as a query and is not simulated.
const NOT_SIMULATED: &[&str] = &[
    "boosting",
    "common",
    "dis_max",
    "function_score",
    "fuzzy",
    "geo_bounding_box",
    "geo_distance",
    "geo_polygon",
    "geo_shape",
    "has_child",
    "has_parent",
    "match_phrase_prefix",
    "more_like_this",
    "multi_match",
    "nested",
    "parent_id",
    "percolate",
    "regexp",
    "script",
    "simple_query_string",
    "span_containing",
    "span_first",
    "span_multi",
    "span_near",
    "span_not",
    "span_or",
    "span_term",
    "span_within",
    "terms_set",
    "type",
    "wrapper",
    "field_masking_span",
];

/// Reads a query.
pub fn query(place: &Place<'_>) -> Result<Query, Exception> {
    let Value::Object(object) = place.value else {
        return Err(place.error("[_na] query malformed, must start with start_object"));
    };
    let Some((name, inner)) = place.fields().into_iter().next() else {
        return Err(Exception::illegal_argument("query malformed, empty clause found"));
    };
    if NOT_SIMULATED.contains(&name) {
        return Err(Exception::not_simulated(&format!("the query [{name}]")));
    }
    let Value::Object(fields) = inner.value else {
        return Err(inner.error(format!("[{name}] query malformed, no start_object after query name")));
    };
    let read = match name {
        "match_all" => plain(&inner, name, Query::All),
        "match_none" => plain(&inner, name, Query::Nothing),
        "term" => term(&inner, name),
        "terms" => terms(&inner),
        "match" => matching(&inner, name),
        "match_phrase" => matching(&inner, name),
        "prefix" | "wildcard" => pattern(&inner, name),
        "range" => range(&inner),
        "exists" => exists(&inner, fields),
        "ids" => ids(&inner),
        "bool" => boolean(&inner),
        "constant_score" => constant(&inner, fields),
        "query_string" => string(&inner),
        _ => Err(inner.error(format!("no [query] registered for [{name}]"))),
    }?;
    if object.len() > 1 {
        return Err(inner.error(format!("[{name}] malformed query, expected [END_OBJECT] but found [FIELD_NAME]")));
    }
    Ok(read)
}

fn plain(place: &Place<'_>, name: &str, query: Query) -> Result<Query, Exception> {
    match place.fields().iter().find(|(field, _)| !matches!(*field, "boost" | "_name")) {
        Some((field, value)) => Err(value.error(format!("[{place}] unknown field [{field}], parser not found", place = name))),
        None => Ok(query),
    }
}

/// The one field that a query of this kind asks about.
fn single<'a>(place: &Place<'a>, name: &str) -> Result<(&'a str, Place<'a>), Exception> {
    let mut fields = place.fields().into_iter().filter(|(field, _)| !matches!(*field, "boost" | "_name"));
    match (fields.next(), fields.next()) {
        (Some(found), None) => Ok(found),
        (Some((one, _)), Some((other, at))) => {
            Err(at.error(format!("[{name}] query doesn't support multiple fields, found [{one}] and [{other}]")))
        }
        _ => Err(Exception::illegal_argument("field name is null or empty")),
    }
}

fn unsupported(place: &Place<'_>, name: &str, option: &str, known: &[&str]) -> Exception {
    if known.contains(&option) {
        return Exception::not_simulated(&format!("[{option}] of the query [{name}]"));
    }
    place.error(format!("[{name}] query does not support [{option}]"))
}

fn term(place: &Place<'_>, name: &str) -> Result<Query, Exception> {
    let (field, inner) = single(place, name)?;
    let mut value = inner.value;
    if inner.value.is_object() {
        value = &Value::Null;
        for (option, part) in inner.fields() {
            match option {
                "value" => value = part.value,
                "boost" | "_name" => {}
                other => return Err(unsupported(&part, name, other, &[])),
            }
        }
    }
    match value {
        Value::Null => Err(Exception::illegal_argument("value cannot be null")),
        Value::Array(_) => Err(inner.error(format!("[{name}] query does not support array of values"))),
        Value::Object(_) => Err(inner.error(format!("[{name}] unknown token [START_OBJECT] after [{field}]"))),
        value => Ok(Query::Term { field: field.to_owned(), value: value.clone() }),
    }
}

fn terms(place: &Place<'_>) -> Result<Query, Exception> {
    let (field, inner) = single(place, "terms")?;
    match inner.value {
        Value::Array(values) if values.contains(&Value::Null) => Err(inner.error("No value specified for terms query")),
        Value::Array(values) => Ok(Query::Terms { field: field.to_owned(), values: values.clone() }),
        Value::Object(_) => Err(Exception::not_simulated("the lookup of terms in another document")),
        _ => Err(inner.error("[terms] query does not support [".to_owned() + field + "]")),
    }
}

fn matching(place: &Place<'_>, name: &str) -> Result<Query, Exception> {
    let (field, inner) = single(place, name)?;
    let (mut text, mut and, mut minimum) = (inner.value, false, None);
    if inner.value.is_object() {
        text = &Value::Null;
        for (option, part) in inner.fields() {
            match (option, part.value) {
                ("query", value) => text = value,
                ("boost" | "_name" | "lenient" | "auto_generate_synonyms_phrase_query", _) => {}
                ("operator", Value::String(operator)) if name == "match" => and = conjunction(operator)?,
                ("minimum_should_match", value) if name == "match" => minimum = read_minimum(value)?,
                ("slop", value) if value.as_u64() == Some(0) => {}
                (other, _) => {
                    let known =
                        ["slop", "analyzer", "zero_terms_query", "fuzziness", "prefix_length", "max_expansions", "cutoff_frequency"];
                    return Err(unsupported(&part, name, other, &known));
                }
            }
        }
    }
    match text {
        Value::Null => Err(Exception::illegal_argument(format!("[{name}] requires query value"))),
        Value::Array(_) | Value::Object(_) => Err(inner.error(format!("[{name}] unknown token [START_ARRAY] after [query]"))),
        text if name == "match" => Ok(Query::Match { field: field.to_owned(), text: text.clone(), and, minimum }),
        text => Ok(Query::Phrase { field: field.to_owned(), text: text.clone() }),
    }
}

/// `operator` and `default_operator` (`Operator.java`).
pub fn conjunction(text: &str) -> Result<bool, Exception> {
    match text.to_ascii_uppercase().as_str() {
        "AND" => Ok(true),
        "OR" => Ok(false),
        _ => {
            let reason = format!("No enum constant org.elasticsearch.index.query.Operator.{}", text.to_ascii_uppercase());
            Err(Exception::illegal_argument(reason))
        }
    }
}

fn read_minimum(value: &Value) -> Result<Option<Minimum>, Exception> {
    match value {
        Value::Number(_) | Value::String(_) => {
            let text = super::as_text(value);
            let read = Minimum::read(&text).ok_or_else(|| Exception::not_simulated(&format!("[minimum_should_match] of [{text}]")));
            read.map(Some)
        }
        _ => Err(Exception::illegal_argument("[minimum_should_match] is neither a number nor a text")),
    }
}

fn pattern(place: &Place<'_>, name: &str) -> Result<Query, Exception> {
    let (field, inner) = single(place, name)?;
    let mut value = inner.value;
    for (option, part) in inner.fields() {
        match option {
            "value" | "wildcard" | "prefix" => value = part.value,
            "boost" | "_name" => {}
            other => return Err(unsupported(&part, name, other, &["rewrite"])),
        }
    }
    let Value::String(text) = value else { return Err(Exception::illegal_argument("value cannot be null")) };
    // A prefix has no wildcards of its own, but its letters may look like some.
    if name == "prefix" && text.contains(['*', '?']) {
        return Err(Exception::not_simulated("a prefix with * or ? in it"));
    }
    let pattern = if name == "prefix" { format!("{text}*") } else { text.clone() };
    Ok(Query::Pattern { field: field.to_owned(), pattern })
}

fn range(place: &Place<'_>) -> Result<Query, Exception> {
    let (field, inner) = single(place, "range")?;
    if !inner.value.is_object() {
        return Err(inner.error("[range] query malformed, no start_object after query name"));
    }
    let mut range = Range::default();
    let end = |value: &Value, inclusive| (!value.is_null()).then(|| (value.clone(), inclusive));
    for (option, part) in inner.fields() {
        if part.value.is_array() || part.value.is_object() {
            return Err(part.error(format!("[range] query does not support [{option}]")));
        }
        match option {
            "gte" => range.low = end(part.value, true),
            "gt" => range.low = end(part.value, false),
            "lte" => range.high = end(part.value, true),
            "lt" => range.high = end(part.value, false),
            "from" => range.low = end(part.value, true),
            "to" => range.high = end(part.value, true),
            "boost" | "_name" | "include_lower" | "include_upper" => {}
            other => return Err(unsupported(&part, "range", other, &["format", "time_zone", "relation"])),
        }
    }
    let excludes = |name: &str| inner.value.get(name).and_then(Value::as_bool) == Some(false);
    if let Some((_, inclusive)) = range.low.as_mut().filter(|_| excludes("include_lower")) {
        *inclusive = false;
    }
    if let Some((_, inclusive)) = range.high.as_mut().filter(|_| excludes("include_upper")) {
        *inclusive = false;
    }
    Ok(Query::Range { field: field.to_owned(), range })
}

fn exists(place: &Place<'_>, fields: &Map<String, Value>) -> Result<Query, Exception> {
    match fields.get("field") {
        Some(Value::String(field)) => Ok(Query::Exists { field: field.clone() }),
        _ => Err(place.error("[exists] must be provided with a [field]")),
    }
}

fn ids(place: &Place<'_>) -> Result<Query, Exception> {
    let mut ids = Vec::new();
    for (option, part) in place.fields() {
        match option {
            "values" => ids.extend(part.items().iter().map(|item| super::as_text(item.value))),
            "type" | "boost" | "_name" => {}
            other => return Err(part.error(format!("[ids] unknown field [{other}], parser not found"))),
        }
    }
    Ok(Query::Ids(ids))
}

fn constant(place: &Place<'_>, fields: &Map<String, Value>) -> Result<Query, Exception> {
    let inner = place.fields().into_iter().find(|(name, _)| *name == "filter");
    match inner {
        Some((_, inner)) if fields.keys().all(|name| matches!(name.as_str(), "filter" | "boost" | "_name")) => {
            Ok(Query::Constant(Box::new(query(&inner)?)))
        }
        _ => Err(place.error("[constant_score] requires a 'filter' element")),
    }
}

fn boolean(place: &Place<'_>) -> Result<Query, Exception> {
    let (mut must, mut filter, mut should, mut must_not) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut minimum = None;
    for (option, part) in place.fields() {
        let clauses = match option {
            "must" => &mut must,
            "filter" => &mut filter,
            "should" => &mut should,
            "must_not" | "mustNot" => &mut must_not,
            "minimum_should_match" => {
                minimum = read_minimum(part.value)?;
                continue;
            }
            "boost" | "_name" | "adjust_pure_negative" => continue,
            other => return Err(part.error(format!("[bool] query does not support [{other}]"))),
        };
        for item in part.items() {
            clauses.push(query(&item)?);
        }
    }
    Ok(Query::Bool { must, filter, should, must_not, minimum })
}

fn string(place: &Place<'_>) -> Result<Query, Exception> {
    let (mut text, mut options) = (None, Options::default());
    for (option, part) in place.fields() {
        match (option, part.value) {
            ("query", Value::String(query)) => text = Some(query.clone()),
            ("default_field", Value::String(field)) => options.field = field.clone(),
            ("fields", Value::Array(fields)) => match fields.as_slice() {
                [Value::String(field)] if !field.contains('^') => options.field = field.clone(),
                _ => return Err(Exception::not_simulated("a query_string over several fields")),
            },
            ("default_operator", Value::String(operator)) => options.and = conjunction(operator)?,
            ("boost" | "_name" | "lenient" | "analyze_wildcard", _) => {}
            (other, _) => return Err(part.error(format!("[query_string] query does not support [{other}]"))),
        }
    }
    match text {
        Some(text) => query_string(&text, &options).map_err(|why| place.error(format!("Failed to parse query [{text}]: {why}"))),
        None => Err(place.error("[query_string] must be provided with a [query]")),
    }
}

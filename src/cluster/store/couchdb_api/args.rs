//! The parameters of `_all_docs` and of views, read and checked as CouchDB does
//! (`src/couch_mrview/src/couch_mrview_http.erl:464-628`, `couch_mrview_util.erl:479-617` of 2.3.1).

use super::asked::Asked;
use super::reply::Problem;
use serde_json::Value;

/// What a query wants.
#[derive(Clone, Debug, PartialEq)]
pub struct Args {
    pub keys: Option<Vec<Value>>,
    pub start: Option<Value>,
    pub end: Option<Value>,
    pub start_id: Option<String>,
    pub end_id: Option<String>,
    pub is_end_included: bool,
    pub descending: bool,
    pub skip: u64,
    pub limit: u64,
    pub reduce: Option<bool>,
    pub group: Grouping,
    pub include_docs: bool,
    pub with_sequence: bool,
    pub update: Update,
}

/// How far rows are taken together by a reduction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// By this many first items of their keys. 0 takes all rows together.
    Level(u64),
    /// By whole keys.
    Exact,
}

/// What a query has to do with the update of its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Update {
    /// It waits for it.
    First,
    /// It neither waits nor causes one: `stale=ok`.
    No,
    /// It is answered from the index as it is, and causes one: `stale=update_after`.
    After,
}

/// What is asked: rows as they are, or of a view that has a reduction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Map,
    Reduce,
}

impl Args {
    /// Reads the parameters. `keys` are those of the body or of a parameter that was read before.
    pub fn read(asked: &Asked<'_>, keys: Option<Vec<Value>>, kind: Kind) -> Result<Self, Problem> {
        let mut args = Self {
            keys,
            start: None,
            end: None,
            start_id: None,
            end_id: None,
            is_end_included: true,
            descending: false,
            skip: 0,
            limit: 0x1000_0000,
            reduce: None,
            group: Grouping::Level(0),
            include_docs: false,
            with_sequence: false,
            update: Update::First,
        };
        let (mut group, mut level, mut other_keys) = (None, None, None);
        for (name, value) in asked.parameters() {
            match name.as_str() {
                "reduce" => args.reduce = Some(boolean(value)?),
                "key" => {
                    let key = json(value)?;
                    (args.start, args.end) = (Some(key.clone()), Some(key));
                }
                "keys" => other_keys = Some(json(value)?),
                "startkey" | "start_key" => args.start = Some(json(value)?),
                "endkey" | "end_key" => args.end = Some(json(value)?),
                "startkey_docid" | "start_key_doc_id" => args.start_id = Some(value.clone()),
                "endkey_docid" | "end_key_doc_id" => args.end_id = Some(value.clone()),
                "limit" => args.limit = count(value)?,
                "skip" => args.skip = count(value)?,
                "stale" => {
                    args.update = match value.as_str() {
                        "ok" => Update::No,
                        "update_after" => Update::After,
                        _ => return Err(Problem::query("Invalid value for `stale`.")),
                    }
                }
                "stable" if value != "true" && value != "false" => return Err(Problem::query("Invalid value for `stable`.")),
                "update" => {
                    args.update = match value.as_str() {
                        "true" => Update::First,
                        "false" => Update::No,
                        "lazy" => Update::After,
                        _ => return Err(Problem::query("Invalid value for `update`.")),
                    }
                }
                "descending" => args.descending = boolean(value)?,
                "group" => group = Some(boolean(value)?),
                "group_level" => level = Some(count(value)?),
                "inclusive_end" => args.is_end_included = boolean(value)?,
                "include_docs" => args.include_docs = boolean(value)?,
                "update_seq" => args.with_sequence = boolean(value)?,
                "attachments" | "att_encoding_info" | "conflicts" | "sorted" => {
                    boolean(value)?;
                }
                _ => {}
            }
        }
        if let Some(keys) = other_keys {
            let Value::Array(keys) = keys else { return Err(Problem::query("`keys` must be an array of strings.")) };
            args.keys = Some(keys);
        }
        args.group = match (group, level) {
            (Some(false), Some(level)) if level > 0 => {
                return Err(Problem::query("Can't specify group=false and group_level>0 at the same time"));
            }
            (Some(true), None) => Grouping::Exact,
            (_, level) => Grouping::Level(level.unwrap_or(0)),
        };
        args.check(kind)?;
        Ok(args)
    }

    /// In CouchDB's order. A view with a reduction is asked for its rows alone by `reduce=false`.
    fn check(&self, kind: Kind) -> Result<(), Problem> {
        let kind = if self.reduce == Some(false) { Kind::Map } else { kind };
        if kind == Kind::Map && self.reduce == Some(true) {
            return Err(Problem::query("Reduce is invalid for map-only views."));
        }
        if kind == Kind::Reduce && self.group != Grouping::Exact && self.keys.is_some() {
            return Err(Problem::query("Multi-key fetchs for reduce views must use `group=true`"));
        }
        if self.keys.as_ref().is_some_and(|keys| !keys.is_empty()) && (self.start.is_some() || self.end.is_some()) {
            return Err(Problem::query("`keys` is incompatible with `key`, `start_key` and `end_key`"));
        }
        if kind == Kind::Map && self.group != Grouping::Level(0) {
            return Err(Problem::query("Invalid use of grouping on a map view."));
        }
        if kind == Kind::Reduce && self.include_docs {
            return Err(Problem::query("`include_docs` is invalid for reduce"));
        }
        Ok(())
    }
}

/// The JSON of a parameter.
pub fn json(text: &str) -> Result<Value, Problem> {
    serde_json::from_str(text).map_err(|_| Problem::invalid_json())
}

fn boolean(text: &str) -> Result<bool, Problem> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(Problem::query(format!("Invalid boolean parameter: {}", erlang(text)))),
    }
}

fn count(text: &str) -> Result<u64, Problem> {
    let number: i64 = text.parse().map_err(|_| Problem::query(format!("Invalid value for integer: {}", erlang(text))))?;
    u64::try_from(number).map_err(|_| Problem::query(format!("Invalid value for positive integer: {}", erlang(text))))
}

/// A text as Erlang prints it.
fn erlang(text: &str) -> String {
    if text.is_empty() {
        return "[]".to_owned();
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

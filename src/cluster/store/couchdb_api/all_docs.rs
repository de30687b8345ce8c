//! `_all_docs`: the documents of a database by id, in order of bytes (`src/fabric/src/fabric_view_all_docs.erl`).

use super::args::{Args, Kind, json};
use super::asked::Asked;
use super::contents::Found;
use super::database::opaque;
use super::reply::{Problem, Reply};
use super::text::Fields;
use super::{Answered, Context, CouchDb, Database};
use serde_json::Value;
use std::cmp::Ordering;

/// Which of a database's documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    All,
    /// `_design_docs`.
    Design,
}

/// The keys that a request names, in its parameters or in its body.
fn keys(asked: &Asked<'_>) -> Result<Option<Vec<Value>>, Problem> {
    let (keys, place) = match asked.method.as_str() {
        "GET" => (asked.parameter("keys").map(json).transpose()?, "parameter"),
        "POST" => {
            asked.must_be_json()?;
            (asked.json_object()?.remove("keys"), "body member")
        }
        _ => return Err(Problem::method_not_allowed("GET,HEAD,POST")),
    };
    match keys {
        None => Ok(None),
        Some(Value::Array(keys)) => Ok(Some(keys)),
        Some(_) => Err(Problem::bad_request(format!("`keys` {place} must be an array."))),
    }
}

impl CouchDb {
    pub(super) fn all_docs_request(&self, context: Context<'_>, asked: &Asked<'_>, database: Database, which: Which) -> Answered {
        let args = Args::read(asked, keys(asked)?, Kind::Map)?;
        let mut entries = self.entries(context, database);
        if which == Which::Design {
            entries.retain(|entry| entry.id.starts_with("_design/"));
        }
        let total = entries.len() as u64;
        let row = |entry: &super::contents::Entry<'_>| {
            let revision = Fields::default().text("rev", &self.revision(database, entry).to_string()).end();
            let row = Fields::default().text("id", &entry.id).text("key", &entry.id).json("value", &revision);
            if args.include_docs { row.value("doc", &self.document(context, database, entry)) } else { row }.end()
        };
        let meta = Fields::default().number("total_rows", total);
        let Some(keys) = &args.keys else {
            let (offset, shown) = window(entries, &args, |entry| &entry.id);
            let meta = meta.number("offset", offset);
            let meta = if args.with_sequence { meta.text("update_seq", &opaque(self.sequence_of(database, total))) } else { meta };
            return Ok(rows(meta, shown.iter().map(row)).into());
        };
        let mut keys: Vec<&Value> = keys.iter().collect();
        if args.descending {
            keys.reverse();
        }
        let keys = keys.into_iter().skip(size(args.skip)).take(size(args.limit));
        let named = keys.map(|key| {
            let found = key.as_str().map_or(Found::Missing, |id| self.find(context, database, id));
            match found {
                Found::Here(entry) => row(&entry),
                Found::Deleted(revision) => {
                    let value = Fields::default().text("rev", &revision.to_string()).flag("deleted", true).end();
                    let row = Fields::default().value("id", key).value("key", key).json("value", &value);
                    if args.include_docs { row.json("doc", "null") } else { row }.end()
                }
                Found::Missing => Fields::default().value("key", key).text("error", "not_found").end(),
            }
        });
        let meta = meta.json("offset", "null");
        let meta = if args.with_sequence { meta.json("update_seq", "null") } else { meta };
        Ok(rows(meta, named).into())
    }

    fn sequence_of(&self, database: Database, documents: u64) -> u64 {
        if database == Self::ACTIVATIONS { self.update_sequence() } else { documents }
    }
}

/// A number of things as a size.
pub(super) fn size(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Rows behind what there is to say of them, each on a line of its own (`src/couch_mrview/src/couch_mrview_http.erl:337-462`).
pub(super) fn rows(meta: Fields, rows: impl Iterator<Item = String>) -> Reply {
    let rows: Vec<String> = rows.collect();
    Reply::streamed(meta.json("rows", &format!("[\r\n{}\r\n]", rows.join(",\r\n"))).end())
}

/// An id and a key that is no text, which comes before every text.
fn compare(id: &str, key: &Value) -> Ordering {
    key.as_str().map_or(Ordering::Greater, |key| id.cmp(key))
}

/// The part of a list in order of ids that a query wants, and how many come before it.
pub(super) fn window<T>(mut items: Vec<T>, args: &Args, id: impl Fn(&T) -> &str) -> (u64, Vec<T>) {
    let total = items.len();
    let (before_start, behind_end) = if args.descending {
        items.reverse();
        (Ordering::Greater, Ordering::Less)
    } else {
        (Ordering::Less, Ordering::Greater)
    };
    let waits = |item: &&T| args.start.as_ref().is_some_and(|start| compare(id(item), start) == before_start);
    let goes_on = |item: &T| match args.end.as_ref().map(|end| compare(id(item), end)) {
        None => true,
        Some(Ordering::Equal) => args.is_end_included,
        Some(order) => order != behind_end,
    };
    let offset = items.iter().take_while(waits).count();
    let shown = items.into_iter().skip(offset).take_while(goes_on).skip(size(args.skip)).take(size(args.limit)).collect();
    (offset.saturating_add(size(args.skip)).min(total) as u64, shown)
}

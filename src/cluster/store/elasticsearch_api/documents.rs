//! The documents of an index, records and others alike, as gets and searches see them.

use crate::activation::{Library, Record, elasticsearch_source};
use crate::cluster::store::by_hand::{Key, Standing, Written};
use crate::cluster::store::elasticsearch::View;
use crate::cluster::store::{Document, Index};
use crate::order;
use serde_json::{Map, Value};
use std::cell::OnceCell;

/// A document with what answers tell of it.
#[derive(Debug)]
pub struct Doc<'a> {
    pub index: &'a str,
    pub kind: &'a str,
    pub id: String,
    pub version: u64,
    pub sequence: u64,
    body: Stored<'a>,
}

/// Where its source comes from. That of a record is made when somebody asks for it.
#[derive(Debug)]
enum Stored<'a> {
    Record(&'a Record, Library<'a>, OnceCell<Value>),
    Written(&'a Value),
}

impl<'a> Doc<'a> {
    fn of_record(index: &'a str, kind: &'a str, document: &'a Document, library: Library<'a>) -> Self {
        let id = document.record.key(library.catalogue);
        let body = Stored::Record(&document.record, library, OnceCell::new());
        Self { index, kind, id, version: 1, sequence: document.sequence - 1, body }
    }

    fn of_written(index: &'a str, kind: &'a str, id: String, written: &'a Written) -> Self {
        Self { index, kind, id, version: written.version, sequence: written.sequence, body: Stored::Written(&written.source) }
    }

    pub fn source(&self) -> &Value {
        match &self.body {
            Stored::Record(record, library, made) => made.get_or_init(|| elasticsearch_source(record, *library)),
            Stored::Written(source) => source,
        }
    }

    /// The values of a field, of all the objects and lists on the way to it.
    pub fn values(&self, field: &str) -> Vec<&Value> {
        let mut found = Vec::new();
        if let Value::Object(source) = self.source() {
            gather(source, field, &mut found);
        }
        found
    }
}

/// A field's name may be divided into names of objects at any of its dots.
fn gather<'v>(object: &'v Map<String, Value>, field: &str, found: &mut Vec<&'v Value>) {
    if let Some(value) = object.get(field) {
        flatten(value, found);
    }
    for (at, _) in field.match_indices('.') {
        let (Some(head), Some(rest)) = (field.get(..at), field.get(at + 1..)) else { continue };
        if let Some(value) = object.get(head) {
            within(value, rest, found);
        }
    }
}

fn within<'v>(value: &'v Value, field: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(object) => gather(object, field, found),
        Value::Array(items) => items.iter().for_each(|item| within(item, field, found)),
        _ => {}
    }
}

fn flatten<'v>(value: &'v Value, found: &mut Vec<&'v Value>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| flatten(item, found)),
        Value::Null => {}
        other => found.push(other),
    }
}

/// What searches of an index see, in the order in which hits of the same score come: records in order of writing, then what was written
/// by hand.
pub fn searchable<'a>(name: &'a str, view: View<'a>, library: Library<'a>) -> Vec<Doc<'a>> {
    let kind = view.kind().unwrap_or("_doc");
    let records = view.records().into_iter().flat_map(Index::searchable_documents);
    let mut docs: Vec<Doc<'a>> = records.map(|document| Doc::of_record(name, kind, document, library)).collect();
    let mut written: Vec<Doc<'a>> = Vec::new();
    for (key, entry) in &view.by_hand().documents {
        if let Standing::Written(document) = &entry.searchable {
            written.push(Doc::of_written(name, kind, key.text(library.catalogue), document));
        }
    }
    order::sort_by_key(&mut written, |doc| (doc.sequence, 0));
    docs.extend(written);
    docs
}

/// How many documents searches of an index see.
pub fn count(view: View<'_>) -> usize {
    let written = view.by_hand().documents.values().filter(|entry| matches!(entry.searchable, Standing::Written(_))).count();
    view.records().map_or(0, Index::searchable_count) + written
}

/// The document under a key: as it is now if `real_time`, else as searches see it.
pub fn one<'a>(name: &'a str, view: View<'a>, key: &Key, real_time: bool, library: Library<'a>) -> Option<Doc<'a>> {
    let kind = view.kind().unwrap_or("_doc");
    let standing = view.by_hand().documents.get(key).map(|entry| if real_time { &entry.current } else { &entry.searchable });
    match standing {
        Some(Standing::Written(document)) => Some(Doc::of_written(name, kind, key.text(library.catalogue), document)),
        Some(Standing::Gone { .. }) => None,
        Some(Standing::Record) | None => {
            let (index, Key::Record(namespace, id)) = (view.records()?, key) else { return None };
            let document = index.documents().get(*namespace, *id)?;
            let is_seen = real_time || index.is_searchable(document);
            is_seen.then(|| Doc::of_record(name, kind, document, library))
        }
    }
}

//! What clients write to CouchDB by hand, in order of writing, beside what OpenWhisk writes.

use super::couchdb_api::map;
use super::views::Row;
use crate::chunked::Chunked;
use crate::cluster::step::DesignDocument;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

/// A revision: how often the document has been written, and a hash of what was written. CouchDB's is an MD5 of the content; the model takes
/// its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Revision {
    pub generation: u64,
    pub hash: Rc<str>,
}

impl Revision {
    /// The revision in a text such as `2-9a…`, if it is one (`src/couch/src/couch_doc.erl:164-191` of CouchDB 2.3.1).
    pub fn parse(text: &str) -> Option<Self> {
        let (generation, hash) = text.split_once('-')?;
        let is_md5 = hash.len() == 32;
        if is_md5 && !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let hash = if is_md5 { hash.to_ascii_lowercase() } else { hash.to_owned() };
        Some(Self { generation: generation.parse().ok()?, hash: hash.into() })
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}-{}", self.generation, self.hash)
    }
}

/// One write by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Edit {
    pub id: Rc<str>,
    /// The update sequence of the database after it.
    pub sequence: u64,
    pub revision: Revision,
    /// The document as JSON text, without `_id` and `_rev`; none if it was deleted.
    pub content: Option<Rc<str>>,
}

impl Edit {
    /// The document with its id and revision; none if it was deleted.
    pub fn document(&self) -> Option<Value> {
        let mut document: Value = serde_json::from_str(self.content.as_ref()?).ok()?;
        let fields = document.as_object_mut()?;
        fields.insert("_id".to_owned(), self.id.as_ref().into());
        fields.insert("_rev".to_owned(), self.revision.to_string().into());
        Some(document)
    }
}

/// All that has been written by hand.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Edits {
    history: Chunked<Edit>,
    /// How many of them stand alone: the others are counted with OpenWhisk's own writes, because they wrote its record anew.
    alone: u64,
    /// The place of the last one of each document. It follows from the history.
    #[serde(skip)]
    latest: Rc<BTreeMap<Rc<str>, usize>>,
}

impl Edits {
    pub fn is_empty(&self) -> bool {
        self.history.is_empty()
    }

    pub fn len(&self) -> u64 {
        self.history.len() as u64
    }

    pub fn alone(&self) -> u64 {
        self.alone
    }

    pub fn push(&mut self, edit: Edit, is_alone: bool) {
        let id = Rc::clone(&edit.id);
        let place = self.history.push(edit);
        Rc::make_mut(&mut self.latest).insert(id, place);
        self.alone += u64::from(is_alone);
    }

    /// The last write of a document.
    pub fn latest(&self, id: &str) -> Option<&Edit> {
        self.history.get(*self.latest.get(id)?)
    }

    /// The last write of a document up to a sequence.
    pub fn as_of(&self, id: &str, sequence: u64) -> Option<&Edit> {
        let latest = self.latest(id)?;
        if latest.sequence <= sequence {
            return Some(latest);
        }
        self.history.iter().rev().find(|edit| edit.sequence <= sequence && *edit.id == *id)
    }

    /// Whether the last write of the document left it there.
    pub fn has_document(&self, id: &str) -> bool {
        self.latest(id).is_some_and(|edit| edit.content.is_some())
    }

    /// The last write of every document, in order of the bytes of their ids.
    pub fn all_latest(&self) -> impl Iterator<Item = &Edit> {
        self.latest.values().filter_map(|place| self.history.get(*place))
    }

    /// Those that left a document.
    pub fn documents(&self) -> impl Iterator<Item = &Edit> {
        self.all_latest().filter(|edit| edit.content.is_some())
    }

    /// From number `from` to before number `to`, in order of writing.
    pub fn between(&self, from: u64, to: u64) -> impl Iterator<Item = &Edit> {
        let count = usize::try_from(to.saturating_sub(from)).unwrap_or(usize::MAX);
        self.history.iter_from(usize::try_from(from).unwrap_or(usize::MAX).min(self.history.len())).take(count)
    }
}

/// What one index holds of the documents that were written by hand.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Indexed {
    /// How many of the writes it reflects, and how many of these stand alone.
    pub built_to: u64,
    pub alone: u64,
    /// The same after the update under way.
    pub updating_to: u64,
    pub updating_alone: u64,
    rows: Rc<BTreeMap<Rc<str>, Emitted>>,
}

/// What the map function made of one document, as it was when the index was updated.
#[derive(Clone, Debug, Serialize)]
pub struct Emitted {
    /// Its key and its value as JSON text; none if nothing was emitted.
    pub row: Option<(Rc<str>, Rc<str>)>,
    /// OpenWhisk's own record has a row in the index, in whose place this one stands.
    covers: bool,
}

impl Indexed {
    pub fn is_untouched(&self) -> bool {
        self.built_to == 0 && self.updating_to == 0
    }

    pub fn emitted(&self) -> usize {
        self.rows.values().filter(|emitted| emitted.row.is_some()).count()
    }

    pub fn covered(&self) -> usize {
        self.rows.values().filter(|emitted| emitted.covers).count()
    }

    pub fn rows(&self) -> &BTreeMap<Rc<str>, Emitted> {
        &self.rows
    }

    /// The update under way comes to nothing.
    pub fn stop(&mut self) {
        (self.updating_to, self.updating_alone) = (self.built_to, self.alone);
    }

    /// The update under way is done. `covered` is the row of OpenWhisk's own record with this id, if there is one.
    pub fn update(&mut self, view: DesignDocument, edits: &Edits, covered: impl Fn(&str) -> Option<Row>) {
        if self.built_to == self.updating_to {
            return;
        }
        let rows = Rc::make_mut(&mut self.rows);
        for edit in edits.between(self.built_to, self.updating_to) {
            match edit.document() {
                None => rows.remove(&edit.id),
                Some(document) => {
                    let row = map::emit(view, &document).map(|(key, value)| (key.to_string().into(), value.into()));
                    rows.insert(Rc::clone(&edit.id), Emitted { row, covers: covered(&edit.id).is_some() })
                }
            };
        }
        (self.built_to, self.alone) = (self.updating_to, self.updating_alone);
    }
}

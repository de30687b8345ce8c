//! Records in a store, by key and in order of writing.

use crate::activation::{ActivationId, NamespaceId, Record};
use crate::chunked::Chunked;
use serde::Serialize;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::rc::Rc;

/// A stored record with the number of its write, from 1: CouchDB's update sequence, Elasticsearch's sequence number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Document {
    pub record: Record,
    pub sequence: u64,
    /// The number of the activation in its run, for steps to refer to: no part of the document.
    pub activation: u32,
}

/// Documents under the key `namespace/activationId`.
///
/// Each namespace's key index is split by the first byte of the id, which is random. So each part is small, and a copy of the whole shares
/// every part that has not changed since.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    written: Chunked<Document>,
    keys: BTreeMap<NamespaceId, Vec<Rc<Keys>>>,
    /// Places whose document was deleted or written anew, with the sequence of the write that did it. CouchDB's clients do so; OpenWhisk
    /// never does.
    superseded: BTreeMap<u32, u64>,
}

/// The place in order of writing of each key.
type Keys = BTreeMap<ActivationId, u32>;

const PARTS: usize = 256;

fn part_of(id: ActivationId) -> usize {
    (id.0 >> 120) as usize
}

impl Documents {
    pub fn len(&self) -> usize {
        self.written.len() - self.superseded.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many have been written, those among them that are no longer there.
    pub fn written(&self) -> usize {
        self.written.len()
    }

    pub fn get(&self, namespace: NamespaceId, id: ActivationId) -> Option<&Document> {
        let place = *self.keys.get(&namespace)?.get(part_of(id))?.get(&id)?;
        self.written.get(place as usize)
    }

    /// Adds a record that is not there yet. Returns `false`, and changes nothing, if its key is taken.
    pub fn insert(&mut self, record: Record, activation: u32, sequence: u64) -> bool {
        let parts = self.keys.entry(record.namespace).or_insert_with(|| vec![Rc::default(); PARTS]);
        let (Some(keys), Ok(number)) = (parts.get_mut(part_of(record.id)), u32::try_from(self.written.len())) else { return false };
        match Rc::make_mut(keys).entry(record.id) {
            Entry::Occupied(_) => false,
            Entry::Vacant(vacant) => {
                vacant.insert(number);
                self.written.push(Document { record, sequence, activation });
                true
            }
        }
    }

    /// Writes a record anew that is there. It keeps its place.
    pub fn replace(&mut self, record: Record) {
        let place = self.keys.get(&record.namespace).and_then(|parts| parts.get(part_of(record.id))?.get(&record.id).copied());
        if let Some(document) = place.and_then(|place| self.written.get_mut(place as usize)) {
            document.record = record;
        }
    }

    /// Takes a document away in the write with this sequence. A reader of an earlier sequence still finds it.
    pub fn remove(&mut self, namespace: NamespaceId, id: ActivationId, sequence: u64) -> Option<Document> {
        let keys = self.keys.get_mut(&namespace)?.get_mut(part_of(id))?;
        let place = Rc::make_mut(keys).remove(&id)?;
        self.superseded.insert(place, sequence);
        self.written.get(place as usize).copied()
    }

    /// The document of this key as it was at `sequence`, there or not.
    pub fn as_of(&self, namespace: NamespaceId, id: ActivationId, sequence: u64) -> Option<&Document> {
        let current = self.get(namespace, id).filter(|document| document.sequence <= sequence);
        if current.is_some() || self.superseded.is_empty() {
            return current;
        }
        self.gone(namespace, id).find(|(document, until)| document.sequence <= sequence && sequence < *until).map(|(document, _)| document)
    }

    /// The newest document that ever had this key.
    pub fn newest(&self, namespace: NamespaceId, id: ActivationId) -> Option<&Document> {
        self.get(namespace, id).or_else(|| self.gone(namespace, id).map(|(document, _)| document).next())
    }

    /// The documents of this key that are no longer there, each with the sequence that ended it, the last one first.
    fn gone(&self, namespace: NamespaceId, id: ActivationId) -> impl Iterator<Item = (&Document, u64)> {
        let gone = self.superseded.iter().rev().filter_map(|(place, until)| Some((self.written.get(*place as usize)?, *until)));
        gone.filter(move |(document, _)| document.record.namespace == namespace && document.record.id == id)
    }

    /// In order of writing, from place `start` on.
    pub fn written_from(&self, start: usize) -> impl Iterator<Item = &Document> {
        self.written.iter_from(start)
    }

    /// The same, without those that were no longer there at `sequence`.
    pub fn in_force_from(&self, start: usize, sequence: u64) -> impl Iterator<Item = &Document> {
        let numbered = self.written.iter_from(start).zip(u32::try_from(start).unwrap_or(u32::MAX)..);
        numbered.filter(move |(_, place)| self.superseded.get(place).is_none_or(|until| *until > sequence)).map(|(document, _)| document)
    }

    /// The documents of one namespace in order of their keys, as bytes.
    pub fn by_key(&self, namespace: NamespaceId) -> impl Iterator<Item = &Document> {
        let parts = self.keys.get(&namespace).into_iter().flatten();
        parts.flat_map(|keys| keys.values()).filter_map(|place| self.written.get(*place as usize))
    }
}

impl Serialize for Documents {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The key index follows from the documents.
        if self.superseded.is_empty() {
            self.written.serialize(serializer)
        } else {
            (&self.written, &self.superseded).serialize(serializer)
        }
    }
}

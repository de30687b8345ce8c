//! What clients of Elasticsearch's own API do to its state. OpenWhisk does none of it.

use super::{Elasticsearch, Index};
use crate::activation::{ActivationId, Catalogue, NamespaceId, Record};
use crate::cluster::place::StoreKind;
use crate::cluster::step::StepKind;
use crate::cluster::store::by_hand::{ByHand, Entry, Interval, Key, Other, Standing, Written};
use crate::cluster::store::{Document, Effects};
use crate::time::{Instant, Span};
use serde_json::Value;
use std::rc::Rc;

/// How many different sets of fields an index remembers for its mapping. Beyond that, new fields are not in it; the real limit is 1000
/// fields an index.
const SHAPES_MAX: usize = 1_000;

/// The type of OpenWhisk's documents (`ElasticSearchActivationStore.scala:76`).
const OPENWHISK_TYPE: &str = "_doc";

/// An index as a client sees it, whoever made it.
#[derive(Clone, Copy, Debug)]
pub enum View<'a> {
    /// A namespace's.
    Records(&'a Index),
    Other(&'a Other),
}

impl<'a> View<'a> {
    pub fn by_hand(self) -> &'a ByHand {
        match self {
            Self::Records(index) => &index.by_hand,
            Self::Other(other) => &other.by_hand,
        }
    }

    /// The records below what was written by hand.
    pub fn records(self) -> Option<&'a Index> {
        match self {
            Self::Records(index) => Some(index),
            Self::Other(_) => None,
        }
    }

    /// The type of its documents, if it ever had one.
    pub fn kind(self) -> Option<&'a str> {
        match self {
            Self::Records(index) if index.documents.is_empty() && index.by_hand.shapes.is_empty() => None,
            Self::Records(_) => Some(OPENWHISK_TYPE),
            Self::Other(other) => other.kind.as_deref(),
        }
    }

    pub fn created(self) -> Instant {
        match self {
            Self::Records(index) => index.created,
            Self::Other(other) => other.created,
        }
    }

    /// What stands under a key for one who asks by id.
    pub fn current(self, key: &Key) -> Standing {
        self.by_hand().documents.get(key).map_or(Standing::Record, |entry| entry.current.clone())
    }
}

/// What a write has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriteOutcome {
    /// It made a document where none was; a deletion: it found one.
    pub changed_being: bool,
    pub version: u64,
    pub sequence: u64,
}

/// A document is there that must not be, or has another version than was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub current_version: u64,
}

impl Index {
    /// OpenWhisk writes a record: whatever somebody put over it gives way. Returns whether they had deleted it.
    pub(super) fn written_again(&mut self, record: &Record) -> bool {
        if self.by_hand.documents.is_empty() {
            return false;
        }
        let Some(entry) = self.by_hand.documents.get_mut(&Key::Record(record.namespace, record.id)) else { return false };
        let before = std::mem::replace(&mut entry.current, Standing::Record);
        matches!(before, Standing::Gone { .. })
    }

    /// The index is deleted, and every record in it.
    pub(super) fn deleted(&self, effects: &mut Effects) {
        let step = StepKind::RecordDeleted { store: StoreKind::Elasticsearch };
        let held = self.documents.written_from(0).filter(|document| self.is_current(document));
        effects.steps.extend(held.map(|document| (Some(document.activation), step)));
    }

    fn held(&self, namespace: NamespaceId, id: ActivationId) -> Option<&Document> {
        self.documents.get(namespace, id)
    }
}

impl Elasticsearch {
    /// Does what was due by now in the indexes whose refreshes are no events.
    pub fn catch_up(&mut self, now: Instant) {
        let interval = self.refresh_interval;
        self.others.values_mut().for_each(|other| other.catch_up(now, interval));
    }

    pub fn default_interval(&self) -> Span {
        self.refresh_interval
    }

    /// The names of the indexes that exist, in their order.
    pub fn index_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.indexes().map(|(name, _)| name).collect();
        names.extend(self.others.keys().map(String::as_str));
        crate::order::sort_by_text(&mut names, |name| name);
        names
    }

    fn place_named(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known == name)
    }

    /// Whether OpenWhisk writes to an index of this name, or will.
    pub fn is_a_namespaces(&self, name: &str) -> bool {
        self.place_named(name).is_some()
    }

    pub fn view(&self, name: &str) -> Option<View<'_>> {
        if let Some(place) = self.place_named(name) {
            return self.indexes.get(place)?.as_ref().map(View::Records);
        }
        self.others.get(name).map(View::Other)
    }

    /// Makes an index that is not there. The name of a namespace's index makes that one.
    pub fn create_index(&mut self, name: &str, now: Instant, effects: &mut Effects) {
        let Some(place) = self.place_named(name) else {
            let other = Other::new(now, self.refresh_interval);
            self.others.entry(name.to_owned()).or_insert(other);
            return;
        };
        let namespace = self.index_of.iter().position(|of| usize::from(*of) == place).and_then(|place| u16::try_from(place).ok());
        let (Some(slot), Some(namespace)) = (self.indexes.get_mut(place), namespace) else { return };
        if slot.is_none() {
            *slot = Some(Index::create(NamespaceId(namespace), now, self.refresh_interval, effects));
        }
    }

    pub fn delete_index(&mut self, name: &str, effects: &mut Effects) {
        match self.place_named(name) {
            Some(place) => {
                if let Some(index) = self.indexes.get_mut(place).and_then(Option::take) {
                    index.deleted(effects);
                }
            }
            None => {
                self.others.remove(name);
            }
        }
    }

    fn records_mut(&mut self, name: &str) -> Option<&mut Index> {
        let place = self.place_named(name)?;
        self.indexes.get_mut(place)?.as_mut()
    }

    fn by_hand_mut(&mut self, name: &str) -> Option<&mut ByHand> {
        match self.place_named(name) {
            Some(_) => self.records_mut(name).map(|index| &mut index.by_hand),
            None => self.others.get_mut(name).map(|other| &mut other.by_hand),
        }
    }

    /// Searches of the index see all that it holds from now on. Its clock is not touched.
    pub fn refresh_index(&mut self, name: &str, now: Instant, effects: &mut Effects) {
        if let Some(index) = self.records_mut(name) {
            // A refresh that changes nothing is told of by the clock alone.
            if index.buffered_count() + index.by_hand.pending() > 0 {
                index.refresh(now, effects);
            }
        } else if let Some(other) = self.others.get_mut(name) {
            other.by_hand.refresh(now, |_| false);
        }
    }

    /// Sets `index.refresh_interval`, or takes what was set away. The clock starts anew if that changes it (`IndexService.updateMetaData`).
    pub fn set_interval(&mut self, name: &str, interval: Option<Interval>, now: Instant, effects: &mut Effects) {
        let default = self.refresh_interval;
        if let Some(index) = self.records_mut(name) {
            let before = index.every(default);
            index.by_hand.interval = interval;
            if index.every(default) != before {
                index.wind(now, default, effects);
            }
        } else if let Some(other) = self.others.get_mut(name) {
            let before = other.every(default);
            other.by_hand.interval = interval;
            let every = other.every(default);
            if every != before {
                other.next_refresh = every.map_or(Instant::NEVER, |every| now + every);
            }
        }
    }

    /// The version of the document under a key: none if there is none.
    pub fn version(&self, name: &str, key: &Key) -> Option<u64> {
        let view = self.view(name)?;
        match view.current(key) {
            Standing::Written(written) => Some(written.version),
            Standing::Gone { .. } => None,
            Standing::Record => match (view, key) {
                // A record is written once; that a writer tries again is the same write.
                (View::Records(index), Key::Record(namespace, id)) => index.held(*namespace, *id).map(|_| 1),
                _ => None,
            },
        }
    }

    /// Writes a document into an index that exists. `version` is the current one it insists on; 0 stands for none.
    pub fn put(
        &mut self,
        name: &str,
        key: Key,
        source: Value,
        version: Option<u64>,
        effects: &mut Effects,
    ) -> Option<Result<WriteOutcome, Conflict>> {
        let current = self.version(name, &key);
        if version.is_some_and(|version| version != current.unwrap_or(0)) {
            return Some(Err(Conflict { current_version: current.unwrap_or(0) }));
        }
        let next = current.or_else(|| self.remembered(name, &key)).unwrap_or(0) + 1;
        let sequence = self.next_sequence(name);
        self.note_shape(name, &source);
        let written = Standing::Written(Rc::new(Written { source, version: next, sequence }));
        self.stand(name, key, written, StepKind::RecordOverwritten { store: StoreKind::Elasticsearch }, effects)?;
        Some(Ok(WriteOutcome { changed_being: current.is_none(), version: next, sequence }))
    }

    /// Deletes a document, or notes that there was none: that is a write too, with a version.
    pub fn delete(&mut self, name: &str, key: Key, now: Instant, effects: &mut Effects) -> Option<WriteOutcome> {
        let current = self.version(name, &key);
        let version = current.or_else(|| self.remembered(name, &key)).unwrap_or(0) + 1;
        let sequence = self.next_sequence(name);
        let gone = Standing::Gone { version, at: now };
        self.stand(name, key, gone, StepKind::RecordDeleted { store: StoreKind::Elasticsearch }, effects)?;
        Some(WriteOutcome { changed_being: current.is_some(), version, sequence })
    }

    fn remembered(&self, name: &str, key: &Key) -> Option<u64> {
        match self.view(name)?.current(key) {
            Standing::Gone { version, .. } => Some(version),
            _ => None,
        }
    }

    /// One sequence an index; the real one counts in each shard.
    fn next_sequence(&mut self, name: &str) -> u64 {
        let records = self.view(name).and_then(View::records).map_or(0, |index| index.documents.len() as u64);
        let Some(by_hand) = self.by_hand_mut(name) else { return 0 };
        by_hand.writes += 1;
        records + by_hand.writes - 1
    }

    /// Puts something over a key. If a record is there, `step` tells of it.
    fn stand(&mut self, name: &str, key: Key, standing: Standing, step: StepKind, effects: &mut Effects) -> Option<()> {
        if let (Some(View::Records(index)), Key::Record(namespace, id)) = (self.view(name), &key)
            && let Some(document) = index.record(*namespace, *id)
        {
            effects.steps.push((Some(document.activation), step));
        }
        let record = self.view(name).and_then(View::records).is_some_and(|index| match &key {
            Key::Record(namespace, id) => index.held(*namespace, *id).is_some(),
            Key::Text(_) => false,
        });
        let nothing = if record { Standing::Record } else { Standing::Gone { version: 0, at: Instant::START } };
        let entry = self.by_hand_mut(name)?.documents.entry(key);
        entry.or_insert_with(|| Entry { searchable: nothing, current: Standing::Record }).current = standing;
        Some(())
    }

    /// Remembers which fields a document had: the mapping keeps them for ever.
    fn note_shape(&mut self, name: &str, source: &Value) {
        let Some(by_hand) = self.by_hand_mut(name) else { return };
        let known = by_hand.shapes.iter().any(|shape| same_shape(shape, source));
        if !known && by_hand.shapes.len() < SHAPES_MAX {
            by_hand.shapes.push(Rc::new(source.clone()));
        }
    }

    /// The type of an index that belongs to no namespace is that of its first document.
    pub fn set_kind(&mut self, name: &str, kind: &str) {
        if let Some(other) = self.others.get_mut(name) {
            other.kind.get_or_insert_with(|| kind.to_owned());
        }
    }

    /// The key of a document in an index: other indexes hold no records.
    pub fn key(&self, name: &str, id: &str, catalogue: &Catalogue) -> Key {
        match self.place_named(name) {
            Some(_) => Key::of(id, catalogue),
            None => Key::Text(id.to_owned()),
        }
    }
}

/// Whether two documents give the same mapping: the same fields with values of the same kinds. Texts differ by whether they are dates, so
/// they are compared as they are unless neither begins with a digit.
fn same_shape(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|((a, x), (b, y))| a == b && same_shape(x, y))
        }
        (Value::Array(one), Value::Array(other)) => one.len() == other.len() && one.iter().zip(other).all(|(x, y)| same_shape(x, y)),
        (Value::String(one), Value::String(other)) => {
            let may_be_date = |text: &str| text.starts_with(|letter: char| letter.is_ascii_digit());
            one == other || !(may_be_date(one) || may_be_date(other))
        }
        (Value::Number(one), Value::Number(other)) => one.is_f64() == other.is_f64(),
        (Value::Bool(_), Value::Bool(_)) | (Value::Null, Value::Null) => true,
        _ => false,
    }
}

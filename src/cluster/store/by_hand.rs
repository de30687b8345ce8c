//! What clients have put into Elasticsearch, changed or deleted by its own API, beside the records that OpenWhisk writes.
//!
//! Records stay where they are; an entry here stands over the record of the same id. As long as nobody uses the API there is none, and
//! nothing of this is part of a world's written form.

use crate::activation::{ActivationId, Catalogue, NamespaceId};
use crate::time::{Instant, Span};
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

/// The id of a document: that of a record, or any other text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    Record(NamespaceId, ActivationId),
    Text(String),
}

impl Key {
    /// `namespace/activationId` of a namespace that there is is a record's.
    pub fn of(id: &str, catalogue: &Catalogue) -> Self {
        let parts = id.split_once('/').and_then(|(namespace, id)| Some((catalogue.namespace_named(namespace)?, id.parse().ok()?)));
        parts.map_or_else(|| Self::Text(id.to_owned()), |(namespace, id)| Self::Record(namespace, id))
    }

    pub fn text(&self, catalogue: &Catalogue) -> String {
        match self {
            Self::Record(namespace, id) => format!("{}/{id}", catalogue.namespace(*namespace)),
            Self::Text(id) => id.clone(),
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record(namespace, id) => write!(out, "{}/{id}", namespace.0),
            Self::Text(id) => write!(out, ":{id}"),
        }
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A document that somebody wrote.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Written {
    pub source: Value,
    pub version: u64,
    pub sequence: u64,
}

/// What stands under an id.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Standing {
    /// The record of this id, if OpenWhisk has written one.
    Record,
    Written(Rc<Written>),
    /// Deleted, by a write of this version.
    Gone {
        version: u64,
        at: Instant,
    },
}

/// What stands under an id for searches, and what for those who ask for it by its id.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    pub searchable: Standing,
    pub current: Standing,
}

/// How often an index is refreshed by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Interval {
    /// As it was set: `5s`.
    pub text: String,
    /// None: never.
    pub every: Option<Span>,
}

/// The part of an index that is not OpenWhisk's.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ByHand {
    pub documents: BTreeMap<Key, Entry>,
    /// The sources of all that was ever written, one for each set of fields: mappings are made from them, and outlive documents.
    pub shapes: Vec<Rc<Value>>,
    pub interval: Option<Interval>,
    /// How many writes there were.
    pub writes: u64,
}

impl ByHand {
    /// How long a deleted document is remembered, for its version to go on (`index.gc_deletes`).
    const GC_DELETES: Span = Span::from_secs(60);

    pub fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.shapes.is_empty() && self.interval.is_none() && self.writes == 0
    }

    pub fn entry(&self, namespace: NamespaceId, id: ActivationId) -> Option<&Entry> {
        if self.documents.is_empty() {
            return None;
        }
        self.documents.get(&Key::Record(namespace, id))
    }

    /// How many changes searches do not see yet.
    pub fn pending(&self) -> usize {
        self.documents.values().filter(|entry| entry.searchable != entry.current).count()
    }

    /// Searches see all that there is. `keeps` says whether there is a record below a key, which its deletion has to hide for good.
    pub fn refresh(&mut self, now: Instant, keeps: impl Fn(&Key) -> bool) {
        for entry in self.documents.values_mut() {
            entry.searchable = entry.current.clone();
        }
        self.documents.retain(|key, entry| match &entry.current {
            Standing::Record => false,
            Standing::Written(_) => true,
            Standing::Gone { at, .. } => keeps(key) || now < *at + Self::GC_DELETES,
        });
    }
}

/// An index that belongs to no namespace.
///
/// Its refreshes are no events of the run: how far it is refreshed is found out when somebody asks.
#[derive(Clone, Debug, Serialize)]
pub struct Other {
    pub by_hand: ByHand,
    /// The type of its documents, from its first one on: an index has one (6.0).
    pub kind: Option<String>,
    pub created: Instant,
    pub next_refresh: Instant,
}

impl Other {
    pub fn new(now: Instant, interval: Span) -> Self {
        Self { by_hand: ByHand::default(), kind: None, created: now, next_refresh: now + interval }
    }

    pub fn every(&self, default: Span) -> Option<Span> {
        self.by_hand.interval.as_ref().map_or(Some(default), |interval| interval.every)
    }

    /// Does the refreshes that were due up to `now`.
    pub fn catch_up(&mut self, now: Instant, default: Span) {
        if self.next_refresh > now {
            return;
        }
        self.by_hand.refresh(now, |_| false);
        let Some(every) = self.every(default).filter(|every| *every > Span::ZERO) else {
            self.next_refresh = Instant::NEVER;
            return;
        };
        let passed = now.since(self.next_refresh).micros() / every.micros() + 1;
        self.next_refresh += every.times(passed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refreshes_that_nobody_saw_are_made_up_for() {
        let every = Span::from_secs(1);
        let mut other = Other::new(Instant::from_millis(500), every);
        let written = Standing::Written(Rc::new(Written { source: Value::Null, version: 1, sequence: 0 }));
        let entry = Entry { searchable: Standing::Gone { version: 0, at: Instant::START }, current: written };
        other.by_hand.documents.insert(Key::Text("1".to_owned()), entry);
        other.catch_up(Instant::from_millis(1_499), every);
        assert_eq!((other.by_hand.pending(), other.next_refresh), (1, Instant::from_millis(1_500)));
        other.catch_up(Instant::from_millis(4_500), every);
        assert_eq!((other.by_hand.pending(), other.next_refresh), (0, Instant::from_millis(5_500)));
    }
}

//! The activation stores: one trait, two implementations that keep records and one that does not, one batcher in front of the two.
//!
//! Nothing outside this room and the configuration names a store in order to decide what happens.

mod asked;
mod batcher;
mod by_hand;
mod couchdb;
pub mod couchdb_api;
mod databases;
mod documents;
mod edits;
mod elasticsearch;
pub mod elasticsearch_api;
mod noop;
mod views;

pub use asked::{Context, Served};
pub use batcher::{Batcher, Write, Writes};
pub use couchdb::{AllDocsRow, CouchDb};
pub use databases::Database;
pub use documents::{Document, Documents};
pub use edits::{Edit, Revision};
pub use elasticsearch::{Elasticsearch, Index};
pub use noop::Noop;
pub use views::ViewState;

use super::configuration::Configuration;
use super::place::StoreKind;
use super::step::{DesignDocument, QueryOutcome, StepKind};
use crate::activation::{ActivationId, Catalogue, NamespaceId, Record};
use crate::chance::{Chance, Identity};
use crate::time::{Instant, Span};
use serde::Serialize;
use serde_json::Value;

/// Which of a namespace's records a list wants, newest start first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ListQuery {
    pub namespace: NamespaceId,
    /// Only runs of the action with this name, as the client gave it.
    pub name: Option<NameFilter>,
    pub skip: u32,
    /// 0 to 200 after the controller's own rule that 0 means 200.
    pub limit: u32,
    /// Only records that start in this range of time.
    pub range: StartRange,
}

/// The starts that a list asks for, in ms of the epoch, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct StartRange {
    pub since_ms: u64,
    pub upto_ms: u64,
}

impl StartRange {
    pub const ALL: Self = Self { since_ms: 0, upto_ms: u64::MAX };

    pub fn new(since_ms: Option<u64>, upto_ms: Option<u64>) -> Self {
        Self { since_ms: since_ms.unwrap_or(0), upto_ms: upto_ms.unwrap_or(u64::MAX) }
    }

    /// Whether some start can be in it.
    pub const fn is_possible(self) -> bool {
        self.since_ms <= self.upto_ms
    }

    pub const fn has(self, start_ms: u64) -> bool {
        self.since_ms <= start_ms && start_ms <= self.upto_ms
    }
}

/// A name filter: the number of a text among those that the run's commands use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct NameFilter(pub u16);

/// One row of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub record: Record,
    /// CouchDB's view computes it from start and end; from Elasticsearch it is the stored one (facts of `WhiskActivation.scala:78-96`).
    pub duration_ms: u64,
}

/// Why a store cannot answer a read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct IndexMissing;

/// Whether a read returns a record now, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    Visible,
    /// The store does not hold it.
    Absent,
    /// The store holds it, but its index has not been refreshed since.
    NotRefreshed,
    /// The store holds it, but the view that answers has not been updated since.
    StaleView,
    /// It would be listed, but more than the limit of records are newer.
    BeyondLimit,
}

/// A store's own timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum StoreTimer {
    Refresh(NamespaceId),
    ViewUpdate(DesignDocument),
}

impl StoreTimer {
    pub(super) const fn store(self) -> StoreKind {
        match self {
            Self::Refresh(_) => StoreKind::Elasticsearch,
            Self::ViewUpdate(_) => StoreKind::CouchDb,
        }
    }
}

/// What a store does besides answering: steps to report and timers to set.
#[derive(Clone, Debug, Default)]
pub struct Effects {
    pub steps: Vec<(Option<u32>, StepKind)>,
    pub timers: Vec<(StoreTimer, Instant)>,
}

/// The texts and settings that stores share.
pub struct Setting<'a> {
    pub configuration: &'a Configuration,
    pub catalogue: &'a Catalogue,
    pub chance: Chance,
    /// The texts that [`NameFilter`] numbers: the names of all actions first, then what else commands filter by.
    pub names: &'a [String],
}

/// An activation store as a process reaches it over HTTP.
///
/// Reads take `&self`: looking disturbs nothing. What a query causes (CouchDB's view update) is asked for apart, by `queried`.
pub trait ActivationStore {
    /// How long a bulk write of these records takes inside the store. A model parameter.
    fn write_time(&self, setting: &Setting<'_>, identity: Identity, records: &[Write]) -> Span;

    /// How long a read takes inside the store. A model parameter.
    fn read_time(&self, setting: &Setting<'_>, identity: Identity) -> Span;

    /// How long a process waits for an answer of this store.
    fn timeout(&self, setting: &Setting<'_>) -> Span;

    /// The HTTP status that it refuses every write with, if what it would write to is not there.
    fn rejects_writes(&self) -> Option<u16> {
        None
    }

    /// It stops: what it was about to do by itself is not done.
    fn stopped(&mut self) {}

    /// It starts again, with all that was written.
    fn recovered(&mut self, _setting: &Setting<'_>, _now: Instant, _effects: &mut Effects) {}

    /// A timer of this store's is due while it is down.
    fn missed_timer(&mut self, _timer: StoreTimer, _now: Instant, _effects: &mut Effects) {}

    /// What activation records are in is deleted, and they with it: a step for each.
    fn drop_data(&mut self, effects: &mut Effects);

    /// Writes the records. The first of an id stays or gives way as the store has it; each outcome is a step.
    fn write(&mut self, setting: &Setting<'_>, records: &[Write], now: Instant, effects: &mut Effects);

    /// The record that a get by id returns, if it returns one.
    fn get(&self, namespace: NamespaceId, id: ActivationId) -> Result<Option<Record>, IndexMissing>;

    /// What a client wrote, by the store's own interface, under the key of a record that is not there, as a get by id returns it: in the
    /// form of OpenWhisk's interface, or nothing if it is no activation. Lists do not show it.
    fn by_hand(&self, _catalogue: &Catalogue, _namespace: NamespaceId, _id: ActivationId) -> Option<Option<Value>> {
        None
    }

    /// The rows that a list returns, and how many records of the list it holds without returning them.
    fn list(&self, setting: &Setting<'_>, query: ListQuery) -> Result<(Vec<Summary>, u32), IndexMissing>;

    /// How many records a count returns: those of the list past `skip`, whatever the limit.
    fn count(&self, setting: &Setting<'_>, query: ListQuery) -> Result<u64, IndexMissing>;

    /// What a list or a count causes after it is answered.
    fn queried(&mut self, setting: &Setting<'_>, query: ListQuery, identity: Identity, now: Instant, effects: &mut Effects);

    /// A timer of this store's is due.
    fn timer(&mut self, setting: &Setting<'_>, timer: StoreTimer, now: Instant, effects: &mut Effects);

    /// Whether a get returns the record now.
    fn get_visibility(&self, namespace: NamespaceId, id: ActivationId) -> Visibility;

    /// Whether a list of the namespace with the default limit returns the record now.
    fn list_visibility(&self, setting: &Setting<'_>, namespace: NamespaceId, id: ActivationId, limit: u32) -> Visibility {
        let query = ListQuery { namespace, name: None, skip: 0, limit, range: StartRange::ALL };
        match self.list(setting, query) {
            Ok((rows, _)) if rows.iter().any(|row| row.record.id == id) => Visibility::Visible,
            _ => match self.list_gap(namespace, id) {
                Visibility::Visible => Visibility::BeyondLimit,
                gap => gap,
            },
        }
    }

    /// Why a list that does not have the record lacks it.
    fn list_gap(&self, namespace: NamespaceId, id: ActivationId) -> Visibility;

    /// How many records it holds, returned or not.
    fn holds(&self) -> u64;
}

/// Both stores: a cluster has them both, whichever its processes are bound to. And the one that is none.
#[derive(Clone, Debug, Serialize)]
pub struct Stores {
    pub couchdb: CouchDb,
    pub elasticsearch: Elasticsearch,
    #[serde(skip)]
    noop: Noop,
}

impl Stores {
    pub fn new(configuration: &Configuration, catalogue: &Catalogue) -> Self {
        Self { couchdb: CouchDb::new(), elasticsearch: Elasticsearch::new(configuration, catalogue), noop: Noop }
    }

    pub fn of(&self, kind: StoreKind) -> &dyn ActivationStore {
        match kind {
            StoreKind::CouchDb => &self.couchdb,
            StoreKind::Elasticsearch => &self.elasticsearch,
            StoreKind::Noop => &self.noop,
        }
    }

    pub fn of_mut(&mut self, kind: StoreKind) -> &mut dyn ActivationStore {
        match kind {
            StoreKind::CouchDb => &mut self.couchdb,
            StoreKind::Elasticsearch => &mut self.elasticsearch,
            StoreKind::Noop => &mut self.noop,
        }
    }
}

/// The outcome of a list as a step tells it.
pub fn list_outcome(answer: &Result<(Vec<Summary>, u32), IndexMissing>) -> QueryOutcome {
    match answer {
        Ok((rows, unseen)) => QueryOutcome::Rows { rows: u32::try_from(rows.len()).unwrap_or(u32::MAX), unseen: *unseen },
        Err(IndexMissing) => QueryOutcome::IndexMissing,
    }
}

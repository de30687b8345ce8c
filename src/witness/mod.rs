//! What each of the three witnesses shows at an instant, read from the stores as they are.
//!
//! Looking disturbs nothing. No witness is filtered from the list of all activations: the CLI's is the answer that a client has in its
//! hands, what it would see now comes from the store that its controller is bound to, and each raw witness reads its own store alone.

pub mod cli;
pub mod couchdb;
pub mod elasticsearch;
#[cfg(test)]
mod tests;
mod verdict;

pub use verdict::{Verdict, verdict};

use crate::activation::{Catalogue, NamespaceId, Record};
use crate::cluster::place::ActivationIx;
use crate::cluster::store::Setting;
use crate::cluster::{Activation, World};

/// Rows that one part of a long list has. Two lists a witness make at most 200 rows.
pub const ROWS_MAX: usize = 100;

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows<R> {
    pub rows: Vec<R>,
    /// How many rows come before these.
    pub first: usize,
    /// How many there are in all.
    pub total: usize,
}

impl<R> Default for Rows<R> {
    fn default() -> Self {
        Self { rows: Vec::new(), first: 0, total: 0 }
    }
}

impl<R> Rows<R> {
    /// The part from `first` on of a list with `total` rows. Past the end it is the last part that has any.
    fn part(first: usize, total: usize, list: impl Iterator<Item = R>) -> Self {
        let last_part = total.saturating_sub(1) / ROWS_MAX * ROWS_MAX;
        let first = first.min(last_part);
        Self { rows: list.skip(first).take(ROWS_MAX).collect(), first, total }
    }

    /// Where the part before this one begins, if there is one.
    pub fn before(&self) -> Option<usize> {
        (self.first > 0).then(|| self.first.saturating_sub(ROWS_MAX))
    }

    /// Where the part after this one begins, if there is one.
    pub fn after(&self) -> Option<usize> {
        let next = self.first + self.rows.len();
        (next < self.total).then_some(next)
    }
}

/// A document in a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRow {
    /// `namespace/activationId`, the id of a record in either store, or the id of a design document.
    pub key: String,
    /// The activation that a record is of.
    pub activation: Option<ActivationIx>,
    /// The action's own name; empty for a design document.
    pub action: String,
    pub is_health_record: bool,
    pub state: DocumentState,
}

/// What reads make of a document that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentState {
    /// No record but code for an index, which the deployment put there.
    Design,
    /// In the index of CouchDB's view that lists read.
    InView,
    NotInView,
    /// Elasticsearch returns it to searches.
    Searchable,
    /// Elasticsearch holds it until its next refresh.
    Buffered,
}

impl DocumentRow {
    fn new(record: &Record, activation: u32, state: DocumentState, catalogue: &Catalogue) -> Self {
        Self {
            key: record.key(catalogue),
            activation: Some(ActivationIx(activation)),
            action: catalogue.action(record.action).map_or_else(String::new, |action| action.name.clone()),
            is_health_record: health_namespace(catalogue) == Some(record.namespace),
            state,
        }
    }

    /// A document that a client wrote, and that is no record.
    fn by_hand(id: &str, is_indexed: bool) -> Self {
        let state = if is_indexed { DocumentState::InView } else { DocumentState::NotInView };
        Self { state, ..Self::design(id) }
    }

    fn design(id: &str) -> Self {
        Self { key: id.to_owned(), activation: None, action: String::new(), is_health_record: false, state: DocumentState::Design }
    }
}

/// The namespace of the page's client.
pub const USER: &str = "guest";

/// Where the records of health tests are.
fn health_namespace(catalogue: &Catalogue) -> Option<NamespaceId> {
    catalogue.namespace_named("whisk.system")
}

fn user(world: &World) -> NamespaceId {
    world.catalogue().namespace_named(USER).unwrap_or(NamespaceId(0))
}

/// The user's own activations, in order of the controllers' making: health tests are not among them.
fn user_activations(world: &World) -> impl DoubleEndedIterator<Item = (ActivationIx, &Activation)> + Clone {
    let namespace = user(world);
    let numbers = (0..count(world.activation_count())).map(ActivationIx);
    let known = numbers.filter_map(|ix| world.activation(ix).map(|activation| (ix, activation)));
    known.filter(move |(_, activation)| !activation.health_test && activation.namespace == namespace)
}

/// The texts and settings that a store reads with.
fn setting(world: &World) -> Setting<'_> {
    world.setting()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

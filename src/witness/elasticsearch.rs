//! What Elasticsearch holds: for each index what a search returns, and what waits for the next refresh.

use super::{DocumentRow, DocumentState, Rows, count, health_namespace, user};
use crate::cluster::World;
use crate::cluster::store::{Document, Index};
use crate::time::Instant;

/// An index that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexSummary {
    pub name: String,
    /// It holds health records alone.
    pub is_health: bool,
    pub searchable: u32,
    pub buffered: u32,
    pub next_refresh: Instant,
}

/// The documents of an index that searches return, or those that they do not return yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Searchable,
    Buffered,
}

/// The name that the user's index has, whether it exists or not.
pub fn user_index(world: &World) -> String {
    world.stores().elasticsearch.index_name(user(world)).to_owned()
}

/// The indexes that exist, by name.
pub fn indexes(world: &World) -> Vec<IndexSummary> {
    let elasticsearch = &world.stores().elasticsearch;
    let health = health_namespace(world.catalogue()).map(|namespace| elasticsearch.index_name(namespace));
    let summary = |(name, index): (&str, &Index)| IndexSummary {
        name: name.to_owned(),
        is_health: Some(name) == health,
        searchable: count(index.searchable_count()),
        buffered: count(index.buffered_count()),
        next_refresh: index.next_refresh(),
    };
    elasticsearch.indexes().map(summary).collect()
}

/// The documents of one part of the index with this name, from number `first` on, in order of writing: a search that does not ask for
/// an order gets equal scores, and so the order of the documents in the index.
pub fn documents(world: &World, name: &str, part: Part, first: usize) -> Rows<DocumentRow> {
    let mut indexes = world.stores().elasticsearch.indexes();
    let Some((_, index)) = indexes.find(|(known, _)| *known == name) else { return Rows::default() };
    let searchable = index.searchable_count();
    let row = |document: &Document, state| DocumentRow::new(&document.record, document.activation, state, world.catalogue());
    match part {
        Part::Searchable => {
            let documents = index.searchable_documents();
            Rows::part(first, searchable, documents.map(|document| row(document, DocumentState::Searchable)))
        }
        Part::Buffered => {
            let documents = index.buffered_documents();
            Rows::part(first, index.buffered_count(), documents.map(|document| row(document, DocumentState::Buffered)))
        }
    }
}

/// How many of the user's records searches return, and how many more are there.
pub(super) fn user_records(world: &World) -> (u32, u32) {
    let namespace = user(world);
    let Some(index) = world.stores().elasticsearch.index(namespace) else { return (0, 0) };
    // An index may be shared by namespaces that differ in case alone.
    let buffered = index.buffered().filter(|record| record.namespace == namespace).count();
    let searchable = index.searchable().filter(|record| record.namespace == namespace).count();
    (count(searchable), count(buffered))
}

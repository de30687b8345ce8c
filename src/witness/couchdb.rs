//! What CouchDB holds: `_all_docs` of the activations database, and the view that lists read.

use super::{DocumentRow, DocumentState, Rows, count, health_namespace, user};
use crate::cluster::World;
use crate::cluster::step::DesignDocument;
use crate::cluster::store::{AllDocsRow, CouchDb, Document, ViewState};

/// The database in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub design_documents: &'static [&'static str],
    /// Records of users.
    pub records: u32,
    pub health_records: u32,
    /// The path of the view that `wsk activation list` reads.
    pub view_path: String,
    /// The update sequence that its index is built to, and the database's own.
    pub built_to: u64,
    pub newest: u64,
    pub is_updating: bool,
    /// Writes, those of health records among them, that its index does not have.
    pub behind: u32,
}

fn list_view(couchdb: &CouchDb) -> Option<&ViewState> {
    couchdb.views().iter().find(|view| view.view == DesignDocument::Whisks)
}

fn health_records(world: &World) -> usize {
    let namespace = health_namespace(world.catalogue());
    namespace.map_or(0, |namespace| world.stores().couchdb.documents().by_key(namespace).count())
}

pub fn summary(world: &World) -> Summary {
    let couchdb = &world.stores().couchdb;
    let health = health_records(world);
    let view = list_view(couchdb);
    Summary {
        design_documents: CouchDb::ACTIVATIONS.design_documents,
        records: count(couchdb.documents().len() - health),
        health_records: count(health),
        view_path: view.map(ViewState::path).unwrap_or_default(),
        built_to: view.map_or(0, ViewState::sequence),
        newest: couchdb.update_sequence(),
        is_updating: view.is_some_and(ViewState::is_updating),
        behind: view.map_or(0, |view| u32::try_from(couchdb.behind(view)).unwrap_or(u32::MAX)),
    }
}

/// The rows of `GET /whisk_local_activations/_all_docs` from number `first` on, in its order: by id, design documents and records alike.
pub fn returned(world: &World, with_health: bool, first: usize) -> Rows<DocumentRow> {
    let couchdb = &world.stores().couchdb;
    let catalogue = world.catalogue();
    let hidden = if with_health { None } else { health_namespace(catalogue) };
    let records = couchdb.documents().len() + couchdb.by_hand(catalogue).count() - if with_health { 0 } else { health_records(world) };
    let built_to = list_view(couchdb).map_or(0, ViewState::sequence);
    let listed = couchdb.all_docs(catalogue).filter_map(|row| match row {
        AllDocsRow::Design(id) => Some(DocumentRow::design(id)),
        AllDocsRow::ByHand(edit) => Some(DocumentRow::by_hand(&edit.id, edit.sequence <= built_to)),
        AllDocsRow::Record(document) => (Some(document.record.namespace) != hidden).then(|| self::row(world, document, built_to)),
    });
    Rows::part(first, CouchDb::ACTIVATIONS.design_documents.len() + records, listed)
}

/// How many of the user's records there are.
pub(super) fn user_records(world: &World) -> u32 {
    count(world.stores().couchdb.documents().by_key(user(world)).count())
}

fn row(world: &World, document: &Document, built_to: u64) -> DocumentRow {
    let state = if document.sequence <= built_to { DocumentState::InView } else { DocumentState::NotInView };
    DocumentRow::new(&document.record, document.activation, state, world.catalogue())
}

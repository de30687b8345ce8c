//! What the databases hold: ids, revisions, documents.

use super::entities;
use super::server::digits;
use super::{Context, CouchDb, Database, design};
use crate::activation::{couchdb_document, couchdb_revision};
use crate::cluster::store::{AllDocsRow, Document, Edit, Revision};
use serde_json::Value;

/// A document that is there.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    pub id: String,
    content: Content<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Content<'a> {
    Design,
    Entity,
    Record(&'a Document),
    ByHand(&'a Edit),
}

/// What there is under an id.
#[derive(Clone, Debug)]
pub(super) enum Found<'a> {
    Here(Entry<'a>),
    /// It was there. This is the revision of its deletion.
    Deleted(Revision),
    Missing,
}

impl CouchDb {
    /// All documents of a database, in order of the bytes of their ids.
    pub(super) fn entries<'a>(&'a self, context: Context<'a>, database: Database) -> Vec<Entry<'a>> {
        let catalogue = context.library.catalogue;
        if database != Self::ACTIVATIONS {
            let entry = |id: String| {
                let content = if id.starts_with("_design/") { Content::Design } else { Content::Entity };
                Entry { id, content }
            };
            return database.documents(catalogue).into_iter().map(entry).collect();
        }
        let rows = self.all_docs(catalogue).map(|row| match row {
            AllDocsRow::Design(id) => Entry { id: id.to_owned(), content: Content::Design },
            AllDocsRow::Record(document) => Entry { id: document.record.key(catalogue), content: Content::Record(document) },
            AllDocsRow::ByHand(edit) => Entry { id: edit.id.to_string(), content: Content::ByHand(edit) },
        });
        rows.collect()
    }

    pub(super) fn find<'a>(&'a self, context: Context<'a>, database: Database, id: &str) -> Found<'a> {
        let here = |content| Found::Here(Entry { id: id.to_owned(), content });
        if database.design_documents.contains(&id) {
            return here(Content::Design);
        }
        let catalogue = context.library.catalogue;
        if database != Self::ACTIVATIONS {
            let is_there = database.entities(catalogue).iter().any(|entity| entity == id);
            return if is_there { here(Content::Entity) } else { Found::Missing };
        }
        if let Some(document) = self.record_at(catalogue, id) {
            return here(Content::Record(document));
        }
        match self.edits.latest(id) {
            Some(edit) if edit.content.is_some() => here(Content::ByHand(edit)),
            Some(edit) => Found::Deleted(edit.revision.clone()),
            None => Found::Missing,
        }
    }

    /// Documents that were deleted.
    pub(super) fn deleted(&self, context: Context<'_>) -> u64 {
        let gone = self.edits.all_latest().filter(|edit| edit.content.is_none());
        gone.filter(|edit| self.record_at(context.library.catalogue, &edit.id).is_none()).count() as u64
    }

    pub(super) fn revision(&self, database: Database, entry: &Entry<'_>) -> Revision {
        match entry.content {
            Content::Design | Content::Entity => {
                Revision { generation: 1, hash: digits(&format!("{} {}", database.name, entry.id)).into() }
            }
            Content::Record(document) => self.record_revision(document, &entry.id),
            Content::ByHand(edit) => edit.revision.clone(),
        }
    }

    /// A record's first revision is its own. Written again where it had been deleted, it carries that on.
    fn record_revision(&self, document: &Document, id: &str) -> Revision {
        let edit = self.edits.as_of(id, document.sequence);
        let own = || Revision::parse(&couchdb_revision(&document.record)).unwrap_or(Revision { generation: 1, hash: "".into() });
        match edit {
            Some(edit) if edit.sequence == document.sequence => edit.revision.clone(),
            Some(edit) => Revision { generation: edit.revision.generation + 1, ..own() },
            None => own(),
        }
    }

    pub(super) fn document(&self, context: Context<'_>, database: Database, entry: &Entry<'_>) -> Value {
        let mut document = match entry.content {
            Content::Design => design::document(database, &entry.id),
            Content::Entity => entities::document(context, database, &entry.id),
            Content::Record(document) => return self.record_document(context, document),
            Content::ByHand(edit) => return edit.document().unwrap_or(Value::Null),
        };
        if let Some(fields) = document.as_object_mut() {
            fields.insert("_id".to_owned(), entry.id.as_str().into());
            fields.insert("_rev".to_owned(), self.revision(database, entry).to_string().into());
        }
        document
    }

    /// A record of OpenWhisk's as it is stored: its own form, unless a client has replaced it.
    pub(super) fn record_document(&self, context: Context<'_>, document: &Document) -> Value {
        let id = document.record.key(context.library.catalogue);
        let edit = self.edits.as_of(&id, document.sequence).filter(|edit| edit.sequence == document.sequence);
        if let Some(replaced) = edit.and_then(Edit::document) {
            return replaced;
        }
        let mut form = couchdb_document(&document.record, context.library);
        if let Some(fields) = form.as_object_mut() {
            fields.insert("_rev".to_owned(), self.record_revision(document, &id).to_string().into());
        }
        form
    }
}

//! A record in its three written forms, and whether there is such a document.

use crate::activation::{Record, couchdb_document, elasticsearch_source, rest};
use crate::cluster::World;
use crate::cluster::place::{ActivationIx, StoreKind};
use serde_json::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As the API and `wsk activation get` return it.
    Rest,
    /// As this store keeps it.
    Document(StoreKind),
}

/// Whether a form is there to be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A process has made the record; no store has it.
    Made,
    /// Another store has the record, or the API does not return it now: this is how it would look.
    Elsewhere,
    /// It is just so: the store holds it, or the API returns it.
    Held,
}

/// The record to write, and where it stands. `None` until the run has ended: there is no record before.
pub fn standing(world: &World, ix: ActivationIx, form: Form) -> Option<(Standing, Record)> {
    let activation = world.activation(ix)?;
    let (namespace, id) = (activation.namespace, activation.id);
    let held_by = |store| match store {
        StoreKind::CouchDb => world.stores().couchdb.documents().get(namespace, id),
        StoreKind::Elasticsearch => world.stores().elasticsearch.index(namespace)?.record(namespace, id),
        StoreKind::Noop => None,
    };
    let here = match form {
        Form::Document(store) => held_by(store).map(|document| document.record),
        Form::Rest => {
            let controller = world.controllers().iter().find(|controller| controller.id == activation.controller)?;
            world.stores().of(controller.store).get(namespace, id).ok().flatten()
        }
    };
    let elsewhere = || StoreKind::ALL.into_iter().find_map(held_by).map(|document| (Standing::Elsewhere, document.record));
    let made = || activation.record.map(|record| (Standing::Made, record));
    here.map(|record| (Standing::Held, record)).or_else(elsewhere).or_else(made)
}

/// The form itself.
pub fn write(world: &World, record: &Record, form: Form) -> Value {
    let library = world.library();
    match form {
        Form::Rest => rest(record, library),
        Form::Document(StoreKind::CouchDb) => couchdb_document(record, library),
        Form::Document(StoreKind::Elasticsearch) => elasticsearch_source(record, library),
        Form::Document(StoreKind::Noop) => Value::Null,
    }
}

/// The fields that this form has alone, or writes in a way of its own.
pub const fn own_fields(form: Form) -> &'static [&'static str] {
    match form {
        Form::Rest => &["status", "success"],
        Form::Document(StoreKind::CouchDb) => &["_id", "_rev"],
        Form::Document(StoreKind::Noop) => &[],
        Form::Document(StoreKind::Elasticsearch) => &["annotations", "result", "path", "@timestamp"],
    }
}

//! Lines of whoever writes a record: the gate before it (`DB/ActivationStore.scala:67-92`) and the two stores' clients
//! (`DB/CouchDbRestStore.scala:80-182`, `DB/ArtifactActivationStore.scala:38-55`,
//! `DB/elasticsearch/ElasticSearchActivationStore.scala:88-191`).

use super::{Level, Said, Trace};
use crate::activation::{ActivationId, response_size};
use crate::cluster::place::{Process, StoreKind};
use crate::cluster::step::{Step, StepKind};
use crate::cluster::store::CouchDb;
use crate::cluster::{Activation, LinkFailure, World};

const DATABASE: &str = CouchDb::ACTIVATIONS.name;
const COUCHDB: &str = "CouchDbRestStore";
const ARTIFACTS: &str = "ArtifactActivationStore";
const ELASTICSEARCH: &str = "ElasticSearchActivationStore";

/// The class of an exception and its text, where a write is not answered: `http/PoolingRestClient.scala:107`, Pekko's, and the Elasticsearch
/// client's, which wraps that of its HTTP library.
const fn thrown(store: StoreKind, cause: LinkFailure) -> (&'static str, &'static str) {
    match (store, cause) {
        (StoreKind::Elasticsearch, LinkFailure::TimedOut) => ("JavaClientExceptionWrapper", "java.net.SocketTimeoutException"),
        (StoreKind::Elasticsearch, _) => ("JavaClientExceptionWrapper", "java.net.ConnectException: Connection refused"),
        (_, LinkFailure::QueueFull) => ("Exception", "Request queue is full."),
        (_, LinkFailure::TimedOut) => ("TcpIdleTimeoutException", "TCP idle-timeout on connection to […] expired"),
        _ => ("StreamTcpException", REFUSED),
    }
}

/// What Pekko says of a connection that is refused.
pub(super) const REFUSED: &str = "Tcp command [Connect(…)] failed because of java.net.ConnectException: Connection refused";

/// The class that writes to a store, and what it calls the place that it writes to.
const fn client(store: StoreKind) -> (&'static str, &'static str) {
    match store {
        StoreKind::CouchDb => (COUCHDB, DATABASE),
        StoreKind::Elasticsearch => (ELASTICSEARCH, "activations"),
        StoreKind::Noop => ("NoopActivationStore", ""),
    }
}

pub(super) fn say(world: &World, step: &Step, activation: Option<&Activation>, said: &mut Vec<Said>) {
    let mut line = |process, level, trace, class, text| said.push(Said { process, level, trace, class, text });
    match step.kind {
        StepKind::BatchSent { writer, store, records, .. } => {
            let (class, place) = client(store);
            return line(writer, Level::Info, Trace::SavingBatch, class, format!("'{place}' saving {records} documents"));
        }
        StepKind::BatchFailed { writer, store, cause, tries_left, .. } => {
            let (level, trace, text) = batch_failed(store, cause, tries_left);
            return line(writer, level, trace, client(store).0, text);
        }
        _ => {}
    }
    let Some(activation) = activation else { return };
    let (id, key) = (activation.id, key(world, activation));
    match step.kind {
        // The class is that of the store that is bound (`DB/ActivationStore.scala:83-90`).
        StepKind::RecordSkipped { writer, logged: true, .. } => {
            let class = if activation.store == StoreKind::CouchDb { ARTIFACTS } else { client(activation.store).0 };
            if let Some(text) = skipped(world, activation) {
                line(writer, Level::Info, Trace::NotStoring, class, text);
            }
        }
        StepKind::RecordQueued { writer, store, .. } => {
            let text = match store {
                StoreKind::CouchDb => format!("[PUT] '{DATABASE}' saving document: 'id: {key}, rev: null'"),
                _ => format!("[PUT] 'activations' document: '{key}'"),
            };
            line(writer, Level::Info, Trace::Saving, client(store).0, text);
        }
        // Only CouchDB's side names the record: Elasticsearch's has the line of the batch alone.
        StepKind::RecordGivenUp { writer, store: StoreKind::CouchDb, cause, .. } => {
            let why = match cause {
                LinkFailure::Status(status) => ["Unexpected http response code: ", &StoreKind::CouchDb.status_text(status)].concat(),
                _ => {
                    let (exception, why) = thrown(StoreKind::CouchDb, cause);
                    let text = format!("[PUT] '{DATABASE}' internal error, failure: '{why}' [{exception}]");
                    // Not the batcher's line of the same text, but the record's own (`DB/StoreUtils.scala:36-50`).
                    line(writer, Level::Error, Trace::NotRecorded, "StoreUtils", text);
                    why.to_owned()
                }
            };
            line(writer, Level::Error, Trace::NotRecorded, ARTIFACTS, not_recorded(id, &why));
        }
        StepKind::RecordConflicted { heard: true, .. } => {
            line(writer_of(activation), Level::Error, Trace::NotRecorded, ARTIFACTS, not_recorded(id, "conflict on 'put'"));
        }
        StepKind::RecordRefused { store: StoreKind::CouchDb, heard: true, .. } => {
            line(writer_of(activation), Level::Error, Trace::NotRecorded, ARTIFACTS, not_recorded(id, "error on 'put'"));
        }
        // One item's status in the answer of a bulk write: that of a queue which takes no more stands for any.
        StepKind::RecordRefused { heard: true, .. } => {
            let writer = writer_of(activation);
            let batch = "'activations' failed to put documents, http status: '429'".to_owned();
            line(writer, Level::Error, Trace::BatchFailed, ELASTICSEARCH, batch);
            let text = format!(
                "[PUT] 'activations' failed to put document: '{key}'; Unexpected error: es_rejected_execution_exception:rejected execution of \
                 …, code: 429 on 'bulk_put'."
            );
            line(writer, Level::Error, Trace::NotRecorded, ELASTICSEARCH, text);
        }
        _ => {}
    }
}

fn batch_failed(store: StoreKind, cause: LinkFailure, tries_left: u8) -> (Level, Trace, String) {
    let place = client(store).1;
    match (tries_left, cause, store) {
        (1.., _, StoreKind::CouchDb) => (Level::Warn, Trace::BatchRetried, "failed to store an activation to CouchDB".to_owned()),
        (1.., ..) => (Level::Warn, Trace::BatchRetried, "store activation to ElasticSearch failed".to_owned()),
        (0, LinkFailure::Status(status), _) => {
            let status = store.status_text(status);
            (Level::Error, Trace::BatchFailed, ["'", place, "' failed to put documents, http status: '", &status, "'"].concat())
        }
        (0, ..) => {
            let (exception, why) = thrown(store, cause);
            // A stack trace follows it, and with Elasticsearch the exception's class before that.
            let exception = if store == StoreKind::CouchDb { String::new() } else { format!(" [{exception}]") };
            (Level::Error, Trace::BatchFailed, ["[PUT] '", place, "' internal error, failure: '", why, "'", &exception].concat())
        }
    }
}

fn skipped(world: &World, activation: &Activation) -> Option<String> {
    let catalogue = world.catalogue();
    let size = activation.record.as_ref().and_then(|record| response_size(record, world.library())).unwrap_or(0);
    Some(format!(
        "Explicitly NOT storing activation {} for action {} from namespace {} with response_size={size}B",
        activation.id,
        catalogue.action(activation.action)?.name,
        catalogue.namespace(activation.namespace)
    ))
}

/// The line by which a record's own loss can be found.
fn not_recorded(id: ActivationId, why: &str) -> String {
    format!("failed to record activation {id} with error {why}")
}

/// Who writes an activation's record: the controller for what it runs itself, else the invoker.
fn writer_of(activation: &Activation) -> Process {
    if activation.record.is_some_and(|record| record.origin.is_controllers()) {
        Process::Controller(activation.controller)
    } else {
        Process::Invoker(activation.invoker)
    }
}

/// `namespace/activationId`.
fn key(world: &World, activation: &Activation) -> String {
    format!("{}/{}", world.catalogue().namespace(activation.namespace), activation.id)
}

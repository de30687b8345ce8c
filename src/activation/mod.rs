//! The activation record: its id, its fields, and its three written forms.
//!
//! This room knows nothing of the cluster: what a record says and how each store and the REST interface write it down.

mod catalogue;
mod forms;
mod id;
mod record;
mod response;

pub use catalogue::{Action, ActionId, Behaviour, Body, Catalogue, Limits, LogLine, Namespace, NamespaceId, Outcome, SpanRange, Stream};
pub use forms::{
    RESULT_BYTES_MAX, couchdb_document, couchdb_revision, elasticsearch_source, rest, rest_summary, result_json, result_message_bytes,
};
pub use id::{ActivationId, InvalidActivationId};
pub use record::{Logs, Record};
pub use response::{Status, truncated_response};

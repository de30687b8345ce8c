//! The activation record: its id, its fields, and its three written forms.
//!
//! This room knows nothing of the cluster: what a record says and how each store and the REST interface write it down.

mod appendix;
mod catalogue;
mod forms;
mod id;
mod kinds;
mod read;
mod record;
mod response;

pub use appendix::{Appendix, AppendixIx, Library, Particulars, RuleFailure, RuleResult, SequenceEnd, SequenceFailure};
pub use catalogue::{Catalogue, split_reference};
pub use forms::{
    RESULT_BYTES_MAX, couchdb_document, couchdb_revision, elasticsearch_source, has_error_field, response_size, rest, rest_summary,
    result_json, result_message_bytes,
};
pub use id::{ActivationId, InvalidActivationId};
pub use kinds::{
    Action, ActionId, Behaviour, BindingId, Body, Limits, LogLine, Namespace, NamespaceId, Outcome, PackageBinding, Rule, SEQUENCE_KIND,
    SpanRange, Stream, Trigger, UNKNOWN_KIND,
};
pub use read::{rest_of_document, rest_of_source};
pub use record::{Logs, Origin, Record};
pub use response::{Status, truncated_response};

//! Writes: which are refused, and what they leave behind (`src/couch/src/couch_db.erl:920-1010`).

use super::contents::Found;
use super::reply::Problem;
use super::server::digits;
use super::{Context, CouchDb};
use crate::activation::{Logs, Record, Status};
use crate::cluster::place::StoreKind;
use crate::cluster::step::StepKind;
use crate::cluster::store::{Document, Edit, Effects, Revision};
use serde_json::{Map, Value};

/// A document that a client writes, taken apart (`src/couch/src/couch_doc.erl:247-326`).
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Draft {
    pub id: Option<String>,
    pub revision: Option<Revision>,
    pub is_deleted: bool,
    fields: Map<String, Value>,
}

/// The revision in a text.
pub(super) fn parse_revision(text: &str) -> Result<Revision, Problem> {
    Revision::parse(text).ok_or_else(|| Problem::bad_request("Invalid rev format"))
}

impl Draft {
    pub fn deletion(revision: Option<Revision>) -> Self {
        Self { id: None, revision, is_deleted: true, fields: Map::new() }
    }

    /// # Errors
    /// What is no object, has an id that may not be, or a special field that nobody knows.
    pub fn read(document: Value) -> Result<Self, Problem> {
        let Value::Object(all) = document else { return Err(Problem::bad_request("Document must be a JSON object")) };
        let mut draft = Self { id: None, revision: None, is_deleted: false, fields: Map::new() };
        for (name, value) in all {
            match (name.as_str(), value) {
                ("_id", Value::String(id)) => {
                    check_id(&id)?;
                    draft.id = Some(id);
                }
                ("_id", _) => return Err(Problem::illegal_id("Document id must be a string")),
                ("_rev", Value::String(revision)) => draft.revision = Some(parse_revision(&revision)?),
                ("_rev", _) => return Err(Problem::bad_request("Invalid rev format")),
                ("_deleted", Value::Bool(flag)) => draft.is_deleted = flag,
                ("_attachments", Value::Object(none)) if none.is_empty() => {}
                ("_attachments", _) => return Err(Problem::not_simulated("attachments")),
                ("_revisions", _) => return Err(Problem::not_simulated("documents with the history of their revisions")),
                ("_revs_info" | "_local_seq" | "_conflicts" | "_deleted_conflicts", _) => {}
                (name, value) if is_kept(name) => {
                    draft.fields.insert(name.to_owned(), value);
                }
                (name, _) => return Err(Problem::new(400, "doc_validation", format!("Bad special document member: {name}"))),
            }
        }
        Ok(draft)
    }
}

/// Fields without a line before them, and those that the replicator writes.
fn is_kept(name: &str) -> bool {
    let replicators =
        ["_replication_state", "_replication_state_time", "_replication_state_reason", "_replication_id", "_replication_stats"];
    !name.starts_with('_') || replicators.contains(&name)
}

/// (`src/couch/src/couch_doc.erl:201-245`)
pub(super) fn check_id(id: &str) -> Result<(), Problem> {
    match id {
        "" => Err(Problem::illegal_id("Document id must not be empty")),
        "_design/" => Err(Problem::illegal_id("Illegal document id `_design/`")),
        "_local/" => Err(Problem::illegal_id("Illegal document id `_local/`")),
        _ if id.starts_with("_design/") || id.starts_with("_local/") => Ok(()),
        _ if id.starts_with('_') => Err(Problem::illegal_id("Only reserved document ids may start with underscore.")),
        _ => Ok(()),
    }
}

impl CouchDb {
    /// Writes a document of the activations database, and gives its new revision.
    ///
    /// What is there gives way only to a write that names its revision; what was deleted, or never was, to one that names none.
    pub(super) fn write_by_hand(
        &mut self,
        context: Context<'_>,
        id: &str,
        draft: Draft,
        effects: &mut Effects,
    ) -> Result<Revision, Problem> {
        let before = match self.find(context, Self::ACTIVATIONS, id) {
            Found::Here(entry) => {
                let current = self.revision(Self::ACTIVATIONS, &entry);
                if draft.revision.as_ref() != Some(&current) {
                    return Err(Problem::conflict());
                }
                Some(current)
            }
            Found::Deleted(current) if draft.revision.is_none() || draft.revision.as_ref() == Some(&current) => Some(current),
            Found::Missing if draft.revision.is_none() => None,
            Found::Deleted(_) | Found::Missing => return Err(Problem::conflict()),
        };
        let content = Value::Object(draft.fields).to_string();
        let earlier = before.as_ref().map(ToString::to_string).unwrap_or_default();
        let revision = Revision {
            generation: before.map_or(0, |before| before.generation) + 1,
            hash: digits(&format!("{id} {earlier} {} {content}", draft.is_deleted)).into(),
        };
        let sequence = self.update_sequence() + 1;
        let is_alone = self.write_record(context, id, (!draft.is_deleted).then_some(content.as_str()), sequence, effects);
        let content = (!draft.is_deleted).then(|| content.into());
        self.edits.push(Edit { id: id.into(), sequence, revision: revision.clone(), content }, is_alone);
        Ok(revision)
    }

    /// What the write leaves of OpenWhisk's own record of this id, if there ever was one. Returns whether it wrote none.
    fn write_record(&mut self, context: Context<'_>, id: &str, content: Option<&str>, sequence: u64, effects: &mut Effects) -> bool {
        let Some((namespace, activation)) = Self::record_key(context.library.catalogue, id) else { return true };
        let Some(own) = self.documents.newest(namespace, activation).copied() else { return true };
        let gone = self.documents.remove(namespace, activation, sequence);
        let replaced = content.and_then(|content| serde_json::from_str(content).ok());
        let Some(record) = replaced.and_then(|document| replaced_record(&own, &document, context)) else {
            if let (Some(document), None) = (gone, content) {
                effects.steps.push((Some(document.activation), StepKind::RecordDeleted { store: StoreKind::CouchDb }));
            }
            return true;
        };
        !self.documents.insert(record, own.activation, sequence)
    }
}

/// OpenWhisk's record as its controller reads what a client wrote in its place, if it can read that as the same activation
/// (`core/entity/WhiskActivation.scala:182`).
///
/// The model's records take their names, result and annotations from elsewhere. So of these the controller goes on to read the old ones, and of
/// logs it sees only that they were emptied, which is what `tools/db/deleteLogsFromActivations.py` does.
fn replaced_record(own: &Document, document: &Value, context: Context<'_>) -> Option<Record> {
    let record = own.record;
    let text = |name: &str| document.get(name).and_then(Value::as_str);
    let is_same = text("namespace") == Some(context.library.catalogue.namespace(record.namespace))
        && text("activationId") == Some(record.id.to_string().as_str())
        && text("name").is_some()
        && text("subject").is_some()
        && document.get("annotations").is_some_and(Value::is_array);
    let logs = document.get("logs")?.as_array()?;
    let status = match document.get("response")?.get("statusCode")?.as_u64()? {
        0 => Status::Success,
        1 => Status::ApplicationError,
        2 => Status::DeveloperError,
        3 => Status::WhiskInternalError,
        _ => return None,
    };
    let duration = document.get("duration").and_then(Value::as_u64).and_then(|duration| u32::try_from(duration).ok());
    let replaced = Record {
        start_ms: document.get("start")?.as_u64()?,
        end_ms: document.get("end")?.as_u64()?,
        duration_ms: duration.unwrap_or(record.duration_ms),
        status,
        logs: if logs.is_empty() { Logs::None } else { record.logs },
        updated_ms: document.get("updated").and_then(Value::as_u64).unwrap_or(record.updated_ms),
        ..record
    };
    is_same.then_some(replaced)
}

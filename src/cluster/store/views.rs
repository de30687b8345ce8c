//! The indexes of CouchDB's views: rows, and how far each is built.

use super::edits::{Edits, Indexed};
use super::{CouchDb, Documents, Setting};
use crate::activation::{ActivationId, Catalogue, Logs, NamespaceId, Origin, Record};
use crate::cluster::step::DesignDocument;
use serde::Serialize;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::rc::Rc;

/// The row of a view: its key, the document it comes from, in the view's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Row {
    pub namespace: NamespaceId,
    /// The number of the action's name for the filter view; 0 for the others.
    name: u16,
    start_ms: u64,
    pub id: ActivationId,
}

impl Row {
    /// The rows of a namespace, or of one name there, that begin in that time.
    pub fn range(namespace: NamespaceId, name: u16, starts_ms: RangeInclusive<u64>) -> RangeInclusive<Self> {
        let low = Self { namespace, name, start_ms: *starts_ms.start(), id: ActivationId(0) };
        low..=Self { start_ms: *starts_ms.end(), id: ActivationId(u128::MAX), ..low }
    }

    /// The number of the name that the filter view puts into its key.
    fn filter_name(setting: &Setting<'_>, record: &Record) -> Option<u16> {
        let filter_name = record.filter_name(setting.catalogue);
        let place = setting.names.iter().position(|name| *name == filter_name)?;
        u16::try_from(place).ok()
    }

    /// Whether the log clean-up would empty its logs: there are some, and they are not the ids of a sequence's components
    /// (`ansible/files/logCleanup_design_document_for_activations_db.json`). A trigger's are its rules, of which it has one at least.
    fn has_logs_to_clean(catalogue: &Catalogue, record: &Record) -> bool {
        match record.origin {
            Origin::Trigger => true,
            Origin::Sequence { .. } => false,
            _ => match record.logs {
                Logs::None => false,
                Logs::Failed => true,
                Logs::Collected => catalogue.action(record.action).is_some_and(|action| !action.behaviour.log.is_empty()),
            },
        }
    }

    /// What the map function of `view` emits for a record; `None` if nothing, or nothing that any query of the run could ask for.
    pub fn of(setting: &Setting<'_>, view: DesignDocument, record: &Record) -> Option<Self> {
        let name = match view {
            DesignDocument::WhisksFilters => Self::filter_name(setting, record)?,
            DesignDocument::LogCleanup if !Self::has_logs_to_clean(setting.catalogue, record) => return None,
            _ => 0,
        };
        Some(Self { namespace: record.namespace, name, start_ms: record.start_ms, id: record.id })
    }
}

/// The index of one design document: its own rows, built to its own update sequence.
#[derive(Clone, Debug, Serialize)]
pub struct ViewState {
    pub view: DesignDocument,
    pub(super) rows: Rc<BTreeSet<Row>>,
    /// How many of the database's records the rows reflect.
    built_to: usize,
    /// An update under way, and how many records it will reflect.
    updating_to: Option<usize>,
    /// The same of what clients have written by hand.
    #[serde(skip_serializing_if = "Indexed::is_untouched")]
    pub(super) by_hand: Indexed,
}

impl ViewState {
    pub fn new(view: DesignDocument) -> Self {
        Self { view, rows: Rc::default(), built_to: 0, updating_to: None, by_hand: Indexed::default() }
    }

    pub(super) const fn view_name(view: DesignDocument) -> &'static str {
        match view {
            DesignDocument::Activations => "byDate",
            DesignDocument::LogCleanup => "byDateWithLogs",
            DesignDocument::WhisksFilters | DesignDocument::Whisks => "activations",
        }
    }

    /// `_design/<ddoc>/_view/<view>`, as in a URL under the database.
    pub fn path(&self) -> String {
        format!("_design/{}/_view/{}", Self::document_name(self.view), Self::view_name(self.view))
    }

    pub(super) const fn document_name(view: DesignDocument) -> &'static str {
        match view {
            DesignDocument::Activations => "activations",
            DesignDocument::LogCleanup => "logCleanup",
            DesignDocument::WhisksFilters => "whisks-filters.v2.1.1",
            DesignDocument::Whisks => "whisks.v2.1.0",
        }
    }

    pub fn rows(&self) -> usize {
        (self.rows.len() + self.by_hand.emitted()).saturating_sub(self.by_hand.covered())
    }

    /// The update sequence that the index is built to, of the model's count.
    pub fn sequence(&self) -> u64 {
        if self.built() == 0 { 0 } else { CouchDb::FIRST_SEQUENCE + self.built() }
    }

    /// How many writes the index reflects.
    pub(super) fn built(&self) -> u64 {
        self.built_to as u64 + self.by_hand.alone
    }

    /// How many of OpenWhisk's own writes it reflects.
    pub(super) fn built_to(&self) -> usize {
        self.built_to
    }

    /// An update begins: it will reflect so many of OpenWhisk's writes and of clients', so many of which stand alone.
    pub(super) fn begin_update(&mut self, newest: usize, edits: u64, alone: u64) {
        self.updating_to = Some(newest);
        (self.by_hand.updating_to, self.by_hand.updating_alone) = (edits, alone);
    }

    /// The update under way comes to nothing.
    pub(super) fn stop_update(&mut self) {
        self.updating_to = None;
        self.by_hand.stop();
    }

    /// The update under way is done. Returns how many writes it took in; none if there was no update.
    pub(super) fn finish_update(&mut self, setting: &Setting<'_>, documents: &Documents, edits: &Edits) -> Option<u64> {
        let target = self.updating_to.take()?;
        let (view, catalogue, before) = (self.view, setting.catalogue, self.built());
        let built = target as u64 + self.by_hand.updating_alone;
        let sequence = CouchDb::FIRST_SEQUENCE + built;
        let rows = Rc::make_mut(&mut self.rows);
        let edited = edits.between(self.by_hand.built_to, self.by_hand.updating_to);
        for (namespace, id) in edited.filter_map(|edit| CouchDb::record_key(catalogue, &edit.id)) {
            rows.retain(|row| (row.namespace, row.id) != (namespace, id));
        }
        for document in documents.in_force_from(self.built_to, sequence).take_while(|document| document.sequence <= sequence) {
            rows.extend(Row::of(setting, view, &document.record));
        }
        self.by_hand.update(view, edits, |id| {
            let (namespace, id) = CouchDb::record_key(catalogue, id)?;
            Row::of(setting, view, &documents.as_of(namespace, id, sequence)?.record)
        });
        self.built_to = target;
        Some(built.saturating_sub(before))
    }

    pub fn is_updating(&self) -> bool {
        self.updating_to.is_some()
    }
}

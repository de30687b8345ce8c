//! CouchDB as OpenWhisk's activation store: documents at once, views one query behind.

use super::edits::{Edit, Edits, Indexed};
use super::{
    ActivationStore, Database, Document, Documents, Effects, IndexMissing, ListQuery, Setting, StoreTimer, Summary, Visibility, Write,
};
use crate::activation::{ActivationId, Catalogue, Logs, NamespaceId, Origin, Record};
use crate::chance::{Identity, Purpose};
use crate::cluster::place::StoreKind;
use crate::cluster::step::{DesignDocument, StepKind};
use crate::time::{Instant, Span};
use serde::Serialize;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::rc::Rc;

impl CouchDb {
    /// The three databases of a local deployment. Only the last holds activation records.
    pub const DATABASES: [Database; 3] = [Database::SUBJECTS, Database::WHISKS, Self::ACTIVATIONS];

    pub const ACTIVATIONS: Database = Database::ACTIVATIONS;

    /// The model's update sequence starts after the design documents: they are writes too.
    const FIRST_SEQUENCE: u64 = Self::ACTIVATIONS.design_documents.len() as u64;
}

/// A row of `_all_docs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AllDocsRow<'a> {
    /// A design document, by its id.
    Design(&'static str),
    Record(&'a Document),
    /// What a client has written that is no record of OpenWhisk's.
    ByHand(&'a Edit),
}

/// The row of a view: its key, the document it comes from, in the view's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Row {
    pub(super) namespace: NamespaceId,
    /// The number of the action's name for the filter view; 0 for the others.
    name: u16,
    start_ms: u64,
    pub(super) id: ActivationId,
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
        let built = self.built_to as u64 + self.by_hand.alone;
        if built == 0 { 0 } else { CouchDb::FIRST_SEQUENCE + built }
    }

    /// The sequence that the update under way will have built it to.
    fn target_sequence(&self, target: usize) -> u64 {
        CouchDb::FIRST_SEQUENCE + target as u64 + self.by_hand.updating_alone
    }

    pub fn is_updating(&self) -> bool {
        self.updating_to.is_some()
    }
}

/// The activations database and its indexes.
#[derive(Clone, Debug, Serialize)]
pub struct CouchDb {
    pub(super) documents: Documents,
    views: [ViewState; 4],
    /// Somebody has deleted the activations database.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_missing: bool,
    /// What clients have written, replaced and deleted by hand.
    #[serde(skip_serializing_if = "Edits::is_empty")]
    pub(super) edits: Edits,
}

impl CouchDb {
    pub fn new() -> Self {
        let view = |view| ViewState { view, rows: Rc::default(), built_to: 0, updating_to: None, by_hand: Indexed::default() };
        Self {
            documents: Documents::default(),
            is_missing: false,
            edits: Edits::default(),
            views: [
                view(DesignDocument::Activations),
                view(DesignDocument::LogCleanup),
                view(DesignDocument::WhisksFilters),
                view(DesignDocument::Whisks),
            ],
        }
    }

    /// The sequence of the newest write to the activations database.
    pub fn update_sequence(&self) -> u64 {
        Self::FIRST_SEQUENCE + self.documents.written() as u64 + self.edits.alone()
    }

    /// How many writes the index of this view does not reflect yet.
    pub fn behind(&self, view: &ViewState) -> u64 {
        let built = view.built_to as u64 + view.by_hand.alone;
        (self.update_sequence() - Self::FIRST_SEQUENCE).saturating_sub(built)
    }

    pub fn views(&self) -> &[ViewState] {
        &self.views
    }

    pub fn documents(&self) -> &Documents {
        &self.documents
    }

    /// Whether somebody has deleted the activations database.
    pub fn is_missing(&self) -> bool {
        self.is_missing
    }

    /// The rows of `_all_docs` of the activations database, in order of the bytes of their ids. `_` sorts after digits and capitals, so
    /// records of a namespace such as `Team` come before the design documents.
    pub fn all_docs<'a>(&'a self, catalogue: &'a Catalogue) -> impl Iterator<Item = AllDocsRow<'a>> {
        let mut namespaces: Vec<(String, NamespaceId)> = catalogue.namespaces().map(|(id, name)| (format!("{name}/"), id)).collect();
        crate::order::sort_by_text(&mut namespaces, |(name, _)| name);
        let records = namespaces.into_iter().flat_map(|(_, id)| self.documents.by_key(id));
        let mut records = self.with_edits(catalogue, records).peekable();
        let designs = if self.is_missing { &[][..] } else { Self::ACTIVATIONS.design_documents };
        let mut designs = designs.iter().copied().peekable();
        std::iter::from_fn(move || {
            let design_comes_next = match (designs.peek(), records.peek()) {
                (Some(design), Some((key, _))) => **design < **key,
                (design, _) => design.is_some(),
            };
            if design_comes_next { designs.next().map(AllDocsRow::Design) } else { records.next().map(|(_, row)| row) }
        })
    }

    /// What clients have written that is no record of OpenWhisk's, in order of the bytes of the ids.
    pub fn by_hand<'a>(&'a self, catalogue: &'a Catalogue) -> impl Iterator<Item = &'a Edit> {
        self.edits.documents().filter(move |edit| self.record_at(catalogue, &edit.id).is_none())
    }

    /// Records in order of their keys, and in their places what clients have written besides.
    fn with_edits<'a>(
        &'a self,
        catalogue: &'a Catalogue,
        records: impl Iterator<Item = &'a Document>,
    ) -> impl Iterator<Item = (String, AllDocsRow<'a>)> {
        let mut records = records.map(|document| (document.record.key(catalogue), AllDocsRow::Record(document))).peekable();
        let mut by_hand = self.by_hand(catalogue).map(|edit| (edit.id.to_string(), AllDocsRow::ByHand(edit))).peekable();
        std::iter::from_fn(move || match (by_hand.peek(), records.peek()) {
            (Some((edit, _)), Some((record, _))) if edit > record => records.next(),
            (Some(_), _) => by_hand.next(),
            (None, _) => records.next(),
        })
    }

    /// Which view answers a list: with a name filter the filter view, else the plain one (`core/entity/WhiskStore.scala:167-231`).
    const fn view_for(query: &ListQuery) -> DesignDocument {
        if query.name.is_some() { DesignDocument::WhisksFilters } else { DesignDocument::Whisks }
    }

    /// The keys of a view that a query asks for: all starts of its namespace, or of one name there.
    fn keys(query: &ListQuery) -> RangeInclusive<Row> {
        let (namespace, name) = (query.namespace, query.name.map_or(0, |name| name.0));
        let low = Row { namespace, name, start_ms: 0, id: ActivationId(0) };
        low..=Row { start_ms: u64::MAX, id: ActivationId(u128::MAX), ..low }
    }

    pub(super) fn view(&self, wanted: DesignDocument) -> Option<&ViewState> {
        self.views.iter().find(|view| view.view == wanted)
    }

    fn view_mut(&mut self, wanted: DesignDocument) -> Option<&mut ViewState> {
        self.views.iter_mut().find(|view| view.view == wanted)
    }

    /// Brings an index up to date, unless it is or somebody already does.
    pub(super) fn start_update(
        &mut self,
        setting: &Setting<'_>,
        wanted: DesignDocument,
        identity: Identity,
        now: Instant,
        effects: &mut Effects,
    ) {
        let newest = self.documents.written();
        let (edits, alone) = (self.edits.len(), self.edits.alone());
        let Some(view) = self.view(wanted) else { return };
        let behind = u32::try_from(self.behind(view)).unwrap_or(u32::MAX);
        if view.updating_to.is_some() || behind == 0 {
            return;
        }
        let Some(view) = self.view_mut(wanted) else { return };
        view.updating_to = Some(newest);
        (view.by_hand.updating_to, view.by_hand.updating_alone) = (edits, alone);
        effects.steps.push((None, StepKind::ViewUpdateStarted { view: wanted, behind }));
        let range = setting.configuration.model.couchdb_view_update;
        let took = setting.chance.span(identity, Purpose::ViewUpdate, range.min(), range.max());
        effects.timers.push((StoreTimer::ViewUpdate(wanted), now + took));
    }

    /// The namespace and the activation that the id of a document names, if it has the form of a record's.
    pub(super) fn record_key(catalogue: &Catalogue, id: &str) -> Option<(NamespaceId, ActivationId)> {
        let (namespace, id) = id.split_once('/')?;
        Some((catalogue.namespace_named(namespace)?, id.parse().ok()?))
    }

    pub(super) fn record_at(&self, catalogue: &Catalogue, id: &str) -> Option<&Document> {
        let (namespace, id) = Self::record_key(catalogue, id)?;
        self.documents.get(namespace, id)
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
    fn row(setting: &Setting<'_>, view: DesignDocument, record: &Record) -> Option<Row> {
        let name = match view {
            DesignDocument::WhisksFilters => Self::filter_name(setting, record)?,
            DesignDocument::LogCleanup if !Self::has_logs_to_clean(setting.catalogue, record) => return None,
            _ => 0,
        };
        Some(Row { namespace: record.namespace, name, start_ms: record.start_ms, id: record.id })
    }
}

impl Default for CouchDb {
    fn default() -> Self {
        Self::new()
    }
}

impl ActivationStore for CouchDb {
    fn write_time(&self, setting: &Setting<'_>, identity: Identity, _: &[Write]) -> Span {
        let range = setting.configuration.model.couchdb_write;
        setting.chance.span(identity, Purpose::WriteService, range.min(), range.max())
    }

    fn read_time(&self, setting: &Setting<'_>, identity: Identity) -> Span {
        let range = setting.configuration.model.couchdb_read;
        setting.chance.span(identity, Purpose::QueryService, range.min(), range.max())
    }

    /// `POST /whisk_local_activations/_bulk_docs`: a new key gets revision 1, a taken one is refused as `conflict`
    /// (`CouchDbRestStore.scala:100-103,155-164`).
    fn write(&mut self, setting: &Setting<'_>, records: &[Write], _: Instant, effects: &mut Effects) {
        for (record, activation) in records {
            let sequence = self.update_sequence() + 1;
            let is_free = self.edits.is_empty() || !self.edits.has_document(&record.key(setting.catalogue));
            let step = if is_free && self.documents.insert(*record, *activation, sequence) {
                StepKind::RecordStored { store: StoreKind::CouchDb }
            } else {
                StepKind::RecordConflicted { store: StoreKind::CouchDb }
            };
            effects.steps.push((Some(*activation), step));
        }
    }

    /// A read by primary key: consistent with the write at once.
    fn get(&self, namespace: NamespaceId, id: ActivationId) -> Result<Option<Record>, IndexMissing> {
        if self.is_missing {
            return Err(IndexMissing);
        }
        Ok(self.documents.get(namespace, id).map(|document| document.record))
    }

    /// The view as it is: `stale=update_after` (`core/database/ArtifactActivationStore.scala:73-127`).
    fn list(&self, setting: &Setting<'_>, query: ListQuery) -> Result<(Vec<Summary>, u32), IndexMissing> {
        let wanted = Self::view_for(&query);
        let Some(view) = self.view(wanted).filter(|_| !self.is_missing) else { return Err(IndexMissing) };
        let keys = Self::keys(&query);
        let rows = view.rows.range(keys.clone()).rev().skip(query.skip as usize).take(query.limit as usize);
        let rows = rows
            .filter_map(|row| self.documents.as_of(row.namespace, row.id, view.sequence()))
            .map(|document| Summary { record: document.record, duration_ms: document.record.end_less_start_ms() })
            .collect();
        let unseen = self.documents.in_force_from(view.built_to, self.update_sequence());
        let unseen = unseen.filter_map(|document| Self::row(setting, wanted, &document.record));
        let unseen = u32::try_from(unseen.filter(|row| keys.contains(row)).count()).unwrap_or(u32::MAX);
        Ok((rows, unseen))
    }

    /// The same view, reduced to the number of its rows, as stale as a list is (`CouchDbRestStore.scala:329-361`).
    fn count(&self, _: &Setting<'_>, query: ListQuery) -> Result<u64, IndexMissing> {
        let view = self.view(Self::view_for(&query)).filter(|_| !self.is_missing).ok_or(IndexMissing)?;
        let rows = view.rows.range(Self::keys(&query)).count() as u64;
        Ok(rows.saturating_sub(query.skip.into()))
    }

    /// The answer was stale on purpose; the index is brought up to date after it. A second query does not start a second update.
    fn queried(&mut self, setting: &Setting<'_>, query: ListQuery, identity: Identity, now: Instant, effects: &mut Effects) {
        self.start_update(setting, Self::view_for(&query), identity, now, effects);
    }

    fn timer(&mut self, setting: &Setting<'_>, timer: StoreTimer, _: Instant, effects: &mut Effects) {
        let StoreTimer::ViewUpdate(wanted) = timer else { return };
        let Some(view) = self.views.iter_mut().find(|view| view.view == wanted) else { return };
        let Some(target) = view.updating_to.take() else { return };
        let (before, sequence) = (view.sequence(), view.target_sequence(target));
        let rows = Rc::make_mut(&mut view.rows);
        let edits = self.edits.between(view.by_hand.built_to, view.by_hand.updating_to);
        let catalogue = setting.catalogue;
        for (namespace, id) in edits.filter_map(|edit| Self::record_key(catalogue, &edit.id)) {
            rows.retain(|row| (row.namespace, row.id) != (namespace, id));
        }
        for document in self.documents.in_force_from(view.built_to, sequence).take_while(|document| document.sequence <= sequence) {
            rows.extend(Self::row(setting, wanted, &document.record));
        }
        view.by_hand.update(wanted, &self.edits, |id| {
            let (namespace, id) = Self::record_key(catalogue, id)?;
            let document = self.documents.as_of(namespace, id, sequence)?;
            Self::row(setting, wanted, &document.record)
        });
        view.built_to = target;
        let records = sequence.saturating_sub(before.max(Self::FIRST_SEQUENCE));
        effects.steps.push((None, StepKind::ViewUpdated { view: wanted, records: u32::try_from(records).unwrap_or(u32::MAX) }));
    }

    fn timeout(&self, setting: &Setting<'_>) -> Span {
        Span::from_millis(setting.configuration.couchdb_timeout_ms.into())
    }

    /// Without its database every request is answered 404.
    fn rejects_writes(&self) -> Option<u16> {
        self.is_missing.then_some(404)
    }

    /// A view's update ends with the process that makes it. The next query starts another.
    fn stopped(&mut self) {
        for view in &mut self.views {
            view.updating_to = None;
            view.by_hand.stop();
        }
    }

    /// `DELETE /whisk_local_activations`, design documents and all. Nothing makes it anew.
    fn drop_data(&mut self, effects: &mut Effects) {
        let gone = std::mem::take(self);
        let step = StepKind::RecordDeleted { store: StoreKind::CouchDb };
        effects.steps.extend(gone.documents.in_force_from(0, u64::MAX).map(|document| (Some(document.activation), step)));
        self.is_missing = true;
    }

    fn get_visibility(&self, namespace: NamespaceId, id: ActivationId) -> Visibility {
        if self.documents.get(namespace, id).is_some() { Visibility::Visible } else { Visibility::Absent }
    }

    fn list_gap(&self, namespace: NamespaceId, id: ActivationId) -> Visibility {
        let Some(document) = self.documents.get(namespace, id) else { return Visibility::Absent };
        let built_to = self.view(DesignDocument::Whisks).map_or(0, ViewState::sequence);
        if document.sequence > built_to { Visibility::StaleView } else { Visibility::BeyondLimit }
    }

    fn holds(&self) -> u64 {
        self.documents.len() as u64
    }
}

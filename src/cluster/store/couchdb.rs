//! CouchDB as OpenWhisk's activation store: documents at once, views one query behind.

use super::edits::{Edit, Edits};
use super::views::Row;
use super::{
    ActivationStore, Database, Document, Documents, Effects, IndexMissing, ListQuery, Setting, StoreTimer, Summary, ViewState, Visibility,
    Write,
};
use crate::activation::{ActivationId, Catalogue, NamespaceId, Record, rest_of_document};
use crate::chance::{Identity, Purpose};
use crate::cluster::place::StoreKind;
use crate::cluster::step::{DesignDocument, StepKind};
use crate::time::{Instant, Span};
use serde::Serialize;
use serde_json::Value;
use std::ops::RangeInclusive;

impl CouchDb {
    /// The three databases of a local deployment. Only the last holds activation records.
    pub const DATABASES: [Database; 3] = [Database::SUBJECTS, Database::WHISKS, Self::ACTIVATIONS];

    pub const ACTIVATIONS: Database = Database::ACTIVATIONS;

    /// The model's update sequence starts after the design documents: they are writes too.
    pub(super) const FIRST_SEQUENCE: u64 = Self::ACTIVATIONS.design_documents.len() as u64;
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
        Self {
            documents: Documents::default(),
            is_missing: false,
            edits: Edits::default(),
            views: [
                ViewState::new(DesignDocument::Activations),
                ViewState::new(DesignDocument::LogCleanup),
                ViewState::new(DesignDocument::WhisksFilters),
                ViewState::new(DesignDocument::Whisks),
            ],
        }
    }

    /// The sequence of the newest write to the activations database.
    pub fn update_sequence(&self) -> u64 {
        Self::FIRST_SEQUENCE + self.documents.written() as u64 + self.edits.alone()
    }

    /// How many writes the index of this view does not reflect yet.
    pub fn behind(&self, view: &ViewState) -> u64 {
        (self.update_sequence() - Self::FIRST_SEQUENCE).saturating_sub(view.built())
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

    /// The keys of a view that a query asks for: those starts of its namespace, or of one name there.
    fn keys(query: &ListQuery) -> RangeInclusive<Row> {
        let (namespace, name) = (query.namespace, query.name.map_or(0, |name| name.0));
        Row::range(namespace, name, query.range.since_ms..=query.range.upto_ms)
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
        if view.is_updating() || behind == 0 {
            return;
        }
        let Some(view) = self.view_mut(wanted) else { return };
        view.begin_update(newest, edits, alone);
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
                StepKind::RecordConflicted { store: StoreKind::CouchDb, heard: true }
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

    fn by_hand(&self, catalogue: &Catalogue, namespace: NamespaceId, id: ActivationId) -> Option<Option<Value>> {
        if self.edits.is_empty() {
            return None;
        }
        let document = self.edits.latest(&format!("{}/{id}", catalogue.namespace(namespace)))?.document()?;
        Some(rest_of_document(&document))
    }

    /// The view as it is: `stale=update_after` (`core/database/ArtifactActivationStore.scala:73-127`).
    fn list(&self, setting: &Setting<'_>, query: ListQuery) -> Result<(Vec<Summary>, u32), IndexMissing> {
        let wanted = Self::view_for(&query);
        let Some(view) = self.view(wanted).filter(|_| !self.is_missing) else { return Err(IndexMissing) };
        let keys = Self::keys(&query);
        // CouchDB refuses keys in the wrong order (`query_parse_error`), and the controller answers 500 then too.
        if !query.range.is_possible() {
            return Err(IndexMissing);
        }
        let rows = view.rows.range(keys.clone()).rev().skip(query.skip as usize).take(query.limit as usize);
        let rows = rows
            .filter_map(|row| self.documents.as_of(row.namespace, row.id, view.sequence()))
            .map(|document| Summary { record: document.record, duration_ms: document.record.end_less_start_ms() })
            .collect();
        let unseen = self.documents.in_force_from(view.built_to(), self.update_sequence());
        let unseen = unseen.filter_map(|document| Row::of(setting, wanted, &document.record));
        let unseen = u32::try_from(unseen.filter(|row| keys.contains(row)).count()).unwrap_or(u32::MAX);
        Ok((rows, unseen))
    }

    /// The same view, reduced to the number of its rows, as stale as a list is (`CouchDbRestStore.scala:329-361`).
    fn count(&self, _: &Setting<'_>, query: ListQuery) -> Result<u64, IndexMissing> {
        let view = self.view(Self::view_for(&query)).filter(|_| !self.is_missing && query.range.is_possible()).ok_or(IndexMissing)?;
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
        let Some(records) = view.finish_update(setting, &self.documents, &self.edits) else { return };
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
        self.views.iter_mut().for_each(ViewState::stop_update);
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

//! Elasticsearch as OpenWhisk's activation store: one index a namespace, seen only through searches.

mod operations;

pub use operations::{View, WriteOutcome};

use super::by_hand::{ByHand, Entry, Other, Standing};
use super::elasticsearch_api::words;
use super::{ActivationStore, Document, Documents, Effects, IndexMissing, ListQuery, Setting, StoreTimer, Summary, Visibility, Write};
use crate::activation::{ActivationId, Catalogue, NamespaceId, Record, rest_of_source};
use crate::chance::{Identity, Purpose};
use crate::cluster::configuration::Configuration;
use crate::cluster::place::StoreKind;
use crate::cluster::step::StepKind;
use crate::time::{Instant, Span};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// An index that exists: the first write to it made it.
#[derive(Clone, Debug, Serialize)]
pub struct Index {
    documents: Documents,
    /// How many documents, in order of writing, searches return.
    searchable: usize,
    next_refresh: Instant,
    /// A namespace whose records go here, to name the index by.
    namespace: NamespaceId,
    /// It follows from the run, and nothing but an answer of the API tells it.
    #[serde(skip)]
    created: Instant,
    /// What clients of the API have written, changed or deleted. OpenWhisk's gets by id see it; its lists do not see what was written, but
    /// miss what was deleted.
    #[serde(skip_serializing_if = "ByHand::is_empty")]
    pub(super) by_hand: ByHand,
}

impl Index {
    /// An index is made, and its clock starts.
    fn create(namespace: NamespaceId, now: Instant, interval: Span, effects: &mut Effects) -> Self {
        let next_refresh = now + interval;
        effects.steps.push((None, StepKind::IndexCreated { namespace }));
        effects.timers.push((StoreTimer::Refresh(namespace), next_refresh));
        Self { documents: Documents::default(), searchable: 0, next_refresh, namespace, created: now, by_hand: ByHand::default() }
    }

    /// All records that were written to it, in order of writing: the searchable ones first. Those that somebody deleted or wrote over by
    /// the API are among them.
    pub fn documents(&self) -> &Documents {
        &self.documents
    }

    /// The record that it holds under a key, searchable or not.
    pub fn record(&self, namespace: NamespaceId, id: ActivationId) -> Option<&Document> {
        self.documents.get(namespace, id).filter(|document| self.is_current(document))
    }

    fn entry(&self, document: &Document) -> Option<&Entry> {
        self.by_hand.entry(document.record.namespace, document.record.id)
    }

    fn is_current(&self, document: &Document) -> bool {
        self.entry(document).is_none_or(|entry| entry.current == Standing::Record)
    }

    pub(super) fn is_searchable(&self, document: &Document) -> bool {
        document.sequence <= self.searchable as u64 && self.entry(document).is_none_or(|entry| entry.searchable == Standing::Record)
    }

    /// The documents of the records that searches return, in order of writing.
    pub fn searchable_documents(&self) -> impl Iterator<Item = &Document> {
        self.documents.written_from(0).take(self.searchable).filter(|document| self.is_searchable(document))
    }

    /// The documents of the records that it holds, but does not return before the next refresh.
    pub fn buffered_documents(&self) -> impl Iterator<Item = &Document> {
        self.documents.written_from(self.first_buffered()).filter(|document| self.is_current(document) && !self.is_searchable(document))
    }

    /// A record that was deleted, and written again since, waits at its old place.
    fn first_buffered(&self) -> usize {
        if self.by_hand.documents.is_empty() { self.searchable } else { 0 }
    }

    pub fn searchable(&self) -> impl Iterator<Item = &Record> {
        self.searchable_documents().map(|document| &document.record)
    }

    /// What it holds but does not return before the next refresh.
    pub fn buffered(&self) -> impl Iterator<Item = &Record> {
        self.buffered_documents().map(|document| &document.record)
    }

    pub fn searchable_count(&self) -> usize {
        if self.by_hand.documents.is_empty() { self.searchable } else { self.searchable().count() }
    }

    pub fn buffered_count(&self) -> usize {
        if self.by_hand.documents.is_empty() { self.documents.len() - self.searchable } else { self.buffered().count() }
    }

    pub fn next_refresh(&self) -> Instant {
        self.next_refresh
    }

    /// How often it is refreshed by itself; none for never.
    fn every(&self, default: Span) -> Option<Span> {
        self.by_hand.interval.as_ref().map_or(Some(default), |interval| interval.every)
    }

    /// Sets the clock for the refresh after one at `now`.
    fn wind(&mut self, now: Instant, default: Span, effects: &mut Effects) {
        self.next_refresh = self.every(default).map_or(Instant::NEVER, |every| now + every);
        if self.next_refresh != Instant::NEVER {
            effects.timers.push((StoreTimer::Refresh(self.namespace), self.next_refresh));
        }
    }

    /// Searches return all that it holds from now on.
    fn refresh(&mut self, now: Instant, effects: &mut Effects) {
        let namespace = self.namespace;
        let changed = self.buffered_count();
        for document in self.buffered_documents() {
            effects.steps.push((Some(document.activation), StepKind::RecordSearchable { namespace }));
        }
        self.searchable = self.documents.len();
        let Self { by_hand, documents, .. } = self;
        by_hand.refresh(now, |key| match key {
            super::by_hand::Key::Record(namespace, id) => documents.get(*namespace, *id).is_some(),
            super::by_hand::Key::Text(_) => false,
        });
        let records = u32::try_from(changed).unwrap_or(u32::MAX);
        effects.steps.push((None, StepKind::IndexRefreshed { namespace, records }));
    }
}

#[derive(Clone, Debug, Serialize)]
pub struct Elasticsearch {
    /// The index of each namespace by number: namespaces whose names differ only in case share one
    /// (`ElasticSearchActivationStore.scala:454-456`).
    index_of: Vec<u16>,
    names: Vec<String>,
    indexes: Vec<Option<Index>>,
    refresh_interval: Span,
    /// The indexes that clients of the API have made under other names.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) others: BTreeMap<String, Other>,
}

impl Elasticsearch {
    pub fn new(configuration: &Configuration, catalogue: &Catalogue) -> Self {
        let mut names: Vec<String> = Vec::new();
        let mut index_of = Vec::new();
        for (_, namespace) in catalogue.namespaces() {
            let name = format!("openwhisk-{}", namespace.to_ascii_lowercase());
            let place = names.iter().position(|known| *known == name).unwrap_or_else(|| {
                names.push(name);
                names.len() - 1
            });
            index_of.push(u16::try_from(place).unwrap_or(u16::MAX));
        }
        let indexes = vec![None; names.len()];
        let refresh_interval = Span::from_millis(configuration.refresh_interval_ms.into());
        Self { index_of, names, indexes, refresh_interval, others: BTreeMap::new() }
    }

    fn place(&self, namespace: NamespaceId) -> Option<usize> {
        self.index_of.get(usize::from(namespace.0)).map(|place| usize::from(*place))
    }

    pub fn index(&self, namespace: NamespaceId) -> Option<&Index> {
        self.indexes.get(self.place(namespace)?)?.as_ref()
    }

    /// The name of a namespace's index, whether it exists or not.
    pub fn index_name(&self, namespace: NamespaceId) -> &str {
        self.place(namespace).and_then(|place| self.names.get(place)).map_or("", String::as_str)
    }

    /// The indexes that exist, by name.
    pub fn indexes(&self) -> impl Iterator<Item = (&str, &Index)> {
        let mut list: Vec<(&str, &Index)> =
            self.names.iter().zip(&self.indexes).filter_map(|(name, index)| Some((name.as_str(), index.as_ref()?))).collect();
        crate::order::sort_by_text(&mut list, |(name, _)| name);
        list.into_iter()
    }

    /// Whether a search for these records finds one: by its path if a name is given, and by its start. Without either every record of the
    /// index matches.
    fn matches(setting: &Setting<'_>, query: ListQuery) -> impl Fn(&Record) -> bool {
        let phrase = query.name.and_then(|name| setting.names.get(usize::from(name.0))).map(|name| {
            let namespace = setting.catalogue.namespace(query.namespace);
            format!("{namespace}/{name}")
        });
        let catalogue = setting.catalogue;
        move |record| {
            query.range.has(record.start_ms)
                && phrase.as_ref().is_none_or(|phrase| Self::phrase_matches(&record.searched_path(catalogue), phrase))
        }
    }

    /// Whether a `match_phrase` on analysed text finds `phrase` in `text`: as a run of whole words, whatever their case.
    fn phrase_matches(text: &str, phrase: &str) -> bool {
        let (words, wanted) = (words(text), words(phrase));
        !wanted.is_empty() && words.windows(wanted.len()).any(|window| window == wanted)
    }
}

impl ActivationStore for Elasticsearch {
    fn write_time(&self, setting: &Setting<'_>, identity: Identity, records: &[Write]) -> Span {
        let range = setting.configuration.model.elasticsearch_write;
        let write = setting.chance.span(identity, Purpose::WriteService, range.min(), range.max());
        let creates = records.iter().any(|(record, _)| self.index(record.namespace).is_none());
        if creates {
            let range = setting.configuration.model.elasticsearch_index_creation;
            write + setting.chance.span(identity, Purpose::IndexCreation, range.min(), range.max())
        } else {
            write
        }
    }

    fn read_time(&self, setting: &Setting<'_>, identity: Identity) -> Span {
        let range = setting.configuration.model.elasticsearch_read;
        setting.chance.span(identity, Purpose::QueryService, range.min(), range.max())
    }

    /// `POST /_bulk` without `refresh`: accepted, but not searchable before the next refresh.
    fn write(&mut self, _: &Setting<'_>, records: &[Write], now: Instant, effects: &mut Effects) {
        for (record, activation) in records {
            let Some(place) = self.place(record.namespace) else { continue };
            let interval = self.refresh_interval;
            let Some(slot) = self.indexes.get_mut(place) else { continue };
            let index = slot.get_or_insert_with(|| Index::create(record.namespace, now, interval, effects));
            let sequence = index.documents.len() as u64 + 1;
            let store = StoreKind::Elasticsearch;
            let was_gone = index.written_again(record);
            let step = if index.documents.insert(*record, *activation, sequence) || was_gone {
                StepKind::RecordStored { store }
            } else {
                // An index operation without a create flag. In reality the old document stays searchable until the next refresh; since only
                // a write that is tried again comes twice, both are the same.
                index.documents.replace(*record);
                StepKind::RecordOverwritten { store }
            };
            effects.steps.push((Some(*activation), step));
        }
    }

    /// Not the real-time document GET: a search with `term _id` (`ElasticSearchActivationStore.scala:193-235`).
    fn get(&self, namespace: NamespaceId, id: ActivationId) -> Result<Option<Record>, IndexMissing> {
        let index = self.index(namespace).ok_or(IndexMissing)?;
        let found = index.documents.get(namespace, id).filter(|document| index.is_searchable(document));
        Ok(found.map(|document| document.record))
    }

    /// Only what searches find.
    fn by_hand(&self, _: &Catalogue, namespace: NamespaceId, id: ActivationId) -> Option<Option<Value>> {
        match &self.index(namespace)?.by_hand.entry(namespace, id)?.searchable {
            Standing::Written(written) => Some(rest_of_source(&written.source)),
            Standing::Record | Standing::Gone { .. } => None,
        }
    }

    /// `match_phrase` on the path or the namespace, newest start first (`ElasticSearchActivationStore.scala:320-385`).
    ///
    /// A namespace's own index holds no other namespace, but for one that differs in case alone, which the phrase matches too.
    fn list(&self, setting: &Setting<'_>, query: ListQuery) -> Result<(Vec<Summary>, u32), IndexMissing> {
        let index = self.index(query.namespace).ok_or(IndexMissing)?;
        let matches = Self::matches(setting, query);
        let mut hits: Vec<&Record> = index.searchable().filter(|record| matches(record)).collect();
        // Elasticsearch leaves the order of equal starts open; the model keeps the order of writing.
        crate::order::sort_by_key(&mut hits, |record| (u64::MAX - record.start_ms, 0));
        let rows = hits.into_iter().skip(query.skip as usize).take(query.limit as usize);
        let rows = rows.map(|record| Summary { record: *record, duration_ms: record.duration_ms.into() }).collect();
        let unseen = index.buffered().filter(|record| matches(record)).count();
        Ok((rows, u32::try_from(unseen).unwrap_or(u32::MAX)))
    }

    /// The search of a list, asked for its number alone (`ElasticSearchActivationStore.scala:282-318`).
    fn count(&self, setting: &Setting<'_>, query: ListQuery) -> Result<u64, IndexMissing> {
        let index = self.index(query.namespace).ok_or(IndexMissing)?;
        let matches = Self::matches(setting, query);
        let hits = index.searchable().filter(|record| matches(record)).count() as u64;
        Ok(hits.saturating_sub(query.skip.into()))
    }

    /// A search changes nothing.
    fn queried(&mut self, _: &Setting<'_>, _: ListQuery, _: Identity, _: Instant, _: &mut Effects) {}

    /// The refresh, each interval from the index's creation on.
    fn timer(&mut self, _: &Setting<'_>, timer: StoreTimer, now: Instant, effects: &mut Effects) {
        let StoreTimer::Refresh(namespace) = timer else { return };
        let (place, interval) = (self.place(namespace), self.refresh_interval);
        let Some(index) = place.and_then(|place| self.indexes.get_mut(place)).and_then(Option::as_mut) else { return };
        // The clock of an index that was deleted since, and made anew, is not this one's.
        if index.next_refresh != now {
            return;
        }
        index.refresh(now, effects);
        index.wind(now, interval, effects);
    }

    fn timeout(&self, setting: &Setting<'_>) -> Span {
        Span::from_millis(setting.configuration.elasticsearch_timeout_ms.into())
    }

    /// The clock goes on, and nothing is refreshed.
    fn missed_timer(&mut self, timer: StoreTimer, now: Instant, effects: &mut Effects) {
        let StoreTimer::Refresh(namespace) = timer else { return };
        let (place, interval) = (self.place(namespace), self.refresh_interval);
        let Some(index) = place.and_then(|place| self.indexes.get_mut(place)).and_then(Option::as_mut) else { return };
        if index.next_refresh == now {
            index.wind(now, interval, effects);
        }
    }

    /// Each index reads its log of writes again, which ends with a refresh.
    fn recovered(&mut self, _: &Setting<'_>, now: Instant, effects: &mut Effects) {
        for index in self.indexes.iter_mut().flatten() {
            if index.buffered_count() + index.by_hand.pending() > 0 {
                index.refresh(now, effects);
            }
        }
        for other in self.others.values_mut() {
            other.by_hand.refresh(now, |_| false);
        }
    }

    /// `DELETE /openwhisk-*`: the next write of a namespace makes its index anew.
    fn drop_data(&mut self, effects: &mut Effects) {
        for index in self.indexes.iter_mut().filter_map(Option::take) {
            index.deleted(effects);
        }
        self.others.retain(|name, _| !name.starts_with("openwhisk-"));
    }

    fn get_visibility(&self, namespace: NamespaceId, id: ActivationId) -> Visibility {
        self.list_gap(namespace, id)
    }

    fn list_gap(&self, namespace: NamespaceId, id: ActivationId) -> Visibility {
        let Some(index) = self.index(namespace) else { return Visibility::Absent };
        match index.documents.get(namespace, id) {
            Some(document) if index.is_searchable(document) => Visibility::Visible,
            Some(document) if index.is_current(document) => Visibility::NotRefreshed,
            _ => Visibility::Absent,
        }
    }

    fn holds(&self) -> u64 {
        let held = |index: &Index| match index.by_hand.documents.is_empty() {
            true => index.documents.len(),
            false => index.documents.written_from(0).filter(|document| index.is_current(document)).count(),
        };
        self.indexes.iter().flatten().map(|index| held(index) as u64).sum()
    }
}

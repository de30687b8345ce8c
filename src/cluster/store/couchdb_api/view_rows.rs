//! The rows of a view: from its index, in the order of their keys.

use super::args::{Args, Grouping};
use super::collation::sort_key;
use super::reply::Problem;
use super::{Context, CouchDb, map};
use crate::activation::{ActivationId, Catalogue, NamespaceId, Record};
use crate::cluster::step::DesignDocument;
use crate::cluster::store::{Document, ViewState};
use crate::order;
use serde_json::Value;
use std::cmp::Ordering;
use std::rc::Rc;

/// A row whose value is not written out yet.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub id: String,
    pub key: Value,
    order: Vec<u8>,
    source: Source,
}

#[derive(Clone, Debug)]
enum Source {
    Record(NamespaceId, ActivationId),
    /// The value as JSON text.
    ByHand(Rc<str>),
}

/// The key that a view's map function emits for a record of OpenWhisk's. It is what [`map::emit`] gives of the document, which is costly to
/// write out; tests hold the two against each other.
fn record_key(view: DesignDocument, record: &Record, catalogue: &Catalogue) -> Value {
    let namespace = || catalogue.namespace(record.namespace).to_owned();
    let first = match view {
        DesignDocument::Activations | DesignDocument::LogCleanup => return record.start_ms.into(),
        DesignDocument::Whisks => namespace(),
        DesignDocument::WhisksFilters => format!("{}/{}", namespace(), record.filter_name(catalogue)),
    };
    Value::Array(vec![first.into(), record.start_ms.into()])
}

impl CouchDb {
    /// All rows of an index, in order of their keys and then of their ids.
    pub(super) fn view_rows(&self, context: Context<'_>, state: &ViewState) -> Vec<Row> {
        let catalogue = context.library.catalogue;
        let by_hand = state.by_hand.rows();
        let record_row = |document: &Document| {
            let (record, id) = (document.record, document.record.key(catalogue));
            let key = record_key(state.view, &record, catalogue);
            let source = Source::Record(record.namespace, record.id);
            // What a client wrote in place of a record has a row of its own, or none.
            (!by_hand.contains_key(id.as_str())).then(|| Row { order: sort_key(&key), id, key, source })
        };
        let records = state.rows.iter().filter_map(|row| self.documents.as_of(row.namespace, row.id, state.sequence()));
        let mut rows: Vec<Row> = records.filter_map(record_row).collect();
        rows.extend(by_hand.iter().filter_map(|(id, emitted)| {
            let (key, value) = emitted.row.as_ref()?;
            let key: Value = serde_json::from_str(key).ok()?;
            Some(Row { order: sort_key(&key), id: id.to_string(), key, source: Source::ByHand(Rc::clone(value)) })
        }));
        order::sort_by(&mut rows, |one, other| (&one.order, &one.id).cmp(&(&other.order, &other.id)));
        rows
    }

    /// The value of a row, as it was when the index was built.
    pub(super) fn row_value(&self, context: Context<'_>, state: &ViewState, row: &Row) -> String {
        match &row.source {
            Source::ByHand(value) => value.to_string(),
            Source::Record(namespace, id) => {
                let document = self.documents.as_of(*namespace, *id, state.sequence());
                let emitted = document.and_then(|document| map::emit(state.view, &self.record_document(context, document)));
                emitted.map_or_else(|| "null".to_owned(), |(_, value)| value)
            }
        }
    }
}

/// An end of a range: a key, and an id among the documents that have it.
struct Bound<'a> {
    order: Vec<u8>,
    id: Option<&'a str>,
    /// Without an id: it comes behind all documents of its key, not before them.
    is_behind: bool,
}

impl<'a> Bound<'a> {
    fn new(key: &Value, id: Option<&'a str>, is_behind: bool) -> Self {
        Self { order: sort_key(key), id, is_behind }
    }

    /// Where the row is, seen from here.
    fn row(&self, row: &Row) -> Ordering {
        let side = if self.is_behind { Ordering::Less } else { Ordering::Greater };
        row.order.cmp(&self.order).then_with(|| self.id.map_or(side, |id| row.id.as_str().cmp(id)))
    }
}

/// The rows of a range or of some keys, in the order asked for, and how many come before them.
///
/// # Errors
/// A range whose ends are the wrong way round (`src/couch_mrview/src/couch_mrview_util.erl:620-650`).
pub(super) fn window(mut rows: Vec<Row>, args: &Args) -> Result<(u64, Vec<Row>), Problem> {
    let is_rev = args.descending;
    if is_rev {
        rows.reverse();
    }
    if let Some(keys) = &args.keys {
        return Ok(of_keys(&rows, keys, is_rev));
    }
    // Going up, a start without an id is before all documents of its key, and an end behind them; going down the other way round.
    let start = args.start.as_ref().map(|key| Bound::new(key, args.start_id.as_deref(), is_rev));
    let end = args.end.as_ref().map(|key| Bound::new(key, args.end_id.as_deref(), is_rev != args.is_end_included));
    if let (Some(start), Some(end)) = (&start, &end) {
        let order = start.order.cmp(&end.order).then_with(|| match (start.id, end.id) {
            (Some(start), Some(end)) => start.cmp(end),
            _ => {
                if is_rev {
                    Ordering::Greater
                } else {
                    Ordering::Less
                }
            }
        });
        let is_wrong = if is_rev { order == Ordering::Less } else { order != Ordering::Less };
        if args.start != args.end && is_wrong {
            let instead = if is_rev { "descending=false" } else { "descending=true" };
            let but = format!("No rows can match your key range, reverse your start_key and end_key or set {instead}");
            return Err(Problem::query(but));
        }
    }
    let (before, behind) = if is_rev { (Ordering::Greater, Ordering::Less) } else { (Ordering::Less, Ordering::Greater) };
    let waits = |row: &Row| start.as_ref().is_some_and(|start| start.row(row) == before);
    let goes_on = |row: &Row| match end.as_ref().map(|end| end.row(row)) {
        None => true,
        Some(Ordering::Equal) => args.is_end_included,
        Some(order) => order != behind,
    };
    let offset = rows.iter().take_while(|row| waits(row)).count();
    Ok((offset as u64, rows.into_iter().skip(offset).take_while(goes_on).collect()))
}

fn of_keys(rows: &[Row], keys: &[Value], is_rev: bool) -> (u64, Vec<Row>) {
    let mut orders: Vec<Vec<u8>> = keys.iter().map(sort_key).collect();
    if is_rev {
        orders.reverse();
    }
    let found: Vec<Row> = orders.iter().flat_map(|order| rows.iter().filter(move |row| row.order == *order)).cloned().collect();
    let first = found.first().and_then(|first| rows.iter().position(|row| row.id == first.id && row.order == first.order));
    (first.unwrap_or(rows.len()) as u64, found)
}

/// The number of rows of each group: `_count`, the only reduction there is.
pub(super) fn reduced(rows: &[Row], grouping: Grouping) -> Vec<(Value, u64)> {
    let mut groups: Vec<(Vec<u8>, Value, u64)> = Vec::new();
    for row in rows {
        let key = match (grouping, &row.key) {
            (Grouping::Level(0), _) => Value::Null,
            (Grouping::Level(level), Value::Array(items)) => items.iter().take(super::all_docs::size(level)).cloned().collect(),
            _ => row.key.clone(),
        };
        let order = sort_key(&key);
        match groups.last_mut() {
            Some((last, _, count)) if *last == order => *count += 1,
            _ => groups.push((order, key, 1)),
        }
    }
    groups.into_iter().map(|(_, key, count)| (key, count)).collect()
}

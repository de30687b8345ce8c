//! Commands that are worth typing at an instant.

use crate::activation::ActivationId;
use crate::cluster::place::StoreKind;
use crate::cluster::{Answer, World};

/// A command that is worth typing at an instant, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    pub line: String,
    pub why: Why,
}

/// Why a command is worth typing now: the page has a sentence for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nothing has been invoked yet.
    Invoke,
    /// Nobody has asked for a list yet.
    List,
    /// The newest list lacks a record whose id the client knows: ask again.
    AskAgain,
    AskCouchDb,
    AskElasticsearch,
    /// The newest record by its id.
    GetNewest,
    /// Its logs.
    LogsOfNewest,
}

/// The greatest number of suggestions.
const MAX: usize = 4;

/// At most four, the most telling first. They follow from what a client has heard and asked, and from nothing that a store holds.
pub fn suggestions(world: &World, _user: &str) -> Vec<Suggestion> {
    let mut suggested = Vec::new();
    let mut add = |why, line: String| suggested.push(Suggestion { line, why });
    let known = known(world);
    let Some(newest) = known.first() else {
        add(Why::Invoke, "wsk action invoke hello --blocking".to_owned());
        return suggested;
    };
    let list = "wsk activation list".to_owned();
    match world.newest_list().and_then(|exchange| exchange.answer.as_ref()) {
        Some(Answer::Rows(rows)) if known.iter().all(|id| rows.iter().any(|row| row.record.id == *id)) => {}
        Some(_) => add(Why::AskAgain, list),
        None => add(Why::List, list),
    }
    if !world.was_asked(StoreKind::CouchDb) {
        let address = "http://localhost:5984/whisk_local_activations/_all_docs";
        add(Why::AskCouchDb, format!("curl -s -u whisk_admin:some_passw0rd {address}"));
    }
    if !world.was_asked(StoreKind::Elasticsearch) {
        add(Why::AskElasticsearch, "curl -s 'http://localhost:9200/_cat/indices?v'".to_owned());
    }
    add(Why::GetNewest, format!("wsk activation get {newest}"));
    add(Why::LogsOfNewest, format!("wsk activation logs {newest}"));
    suggested.truncate(MAX);
    suggested
}

/// The ids that invocations were answered with, the newest first: as many as a list shows.
fn known(world: &World) -> Vec<ActivationId> {
    let answered = world.exchanges().rev().filter(|exchange| exchange.answered.is_some() && !exchange.abandoned && exchange.kind.invokes());
    let id = |answer: &Answer| match answer {
        Answer::Accepted(id) => Some(*id),
        Answer::Completed(record) => Some(record.id),
        _ => None,
    };
    answered.filter_map(|exchange| id(exchange.answer.as_ref()?)).take(crate::cluster::LIST_LIMIT as usize).collect()
}

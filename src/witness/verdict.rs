//! The verdict: what the three witnesses count at one instant, and why the counts differ.

use super::{cli, couchdb, count, elasticsearch, setting, user, user_activations};
use crate::cluster::place::StoreKind;
use crate::cluster::store::{CouchDb, ListQuery, StartRange};
use crate::cluster::{Answer, Exchange, LIST_LIMIT, Phase, Request, World};
use crate::locale::verdict::{CliAnswer, Reason, VerdictFacts};

/// What the strip says, in values. Sentences are made of it by `locale::verdict`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub facts: VerdictFacts,
    /// Why the counts differ, the most telling reason first; then what no witness has.
    pub reasons: Vec<Reason>,
}

/// Reads the verdict off the stores, the newest answer and the activations' progress. Health records are not counted.
pub fn verdict(world: &World) -> Verdict {
    let facts = facts(world);
    let progress = Progress::of(world);
    let mut reasons = Vec::new();
    match facts.cli {
        CliAnswer::NeverAsked if progress.invoked == 0 => reasons.push(Reason::NothingInvoked),
        CliAnswer::NeverAsked => reasons.push(Reason::NeverAsked),
        CliAnswer::Asking => reasons.push(Reason::Asking),
        CliAnswer::Rows(_) | CliAnswer::Error(_) => answer_reasons(world, &mut reasons),
    }
    reasons.extend(store_reason(world, &facts));
    let asides = [
        (progress.unfinished, Reason::Unfinished as fn(u32) -> Reason),
        (progress.on_the_way, Reason::OnTheWay),
        (progress.lost, Reason::Lost),
    ];
    reasons.extend(asides.into_iter().filter(|(count, _)| *count > 0).map(|(count, reason)| reason(count)));
    if reasons.is_empty() && progress.invoked == 0 {
        reasons.push(Reason::NothingInvoked);
    }
    Verdict { facts, reasons }
}

fn facts(world: &World) -> VerdictFacts {
    let (searchable, buffered) = elasticsearch::user_records(world);
    let newest = cli::newest(world);
    let answered = world.newest_list().and_then(|exchange| exchange.answer.as_ref());
    VerdictFacts {
        cli: match answered {
            Some(Answer::Rows(rows)) => CliAnswer::Rows(count(rows.len())),
            Some(answer) => CliAnswer::Error(answer.status()),
            None if newest.is_asking => CliAnswer::Asking,
            None => CliAnswer::NeverAsked,
        },
        couchdb_records: couchdb::user_records(world),
        couchdb_design_documents: count(CouchDb::ACTIVATIONS.design_documents.len()),
        elasticsearch_searchable: searchable,
        elasticsearch_buffered: buffered,
        elasticsearch_has_index: world.stores().elasticsearch.index(user(world)).is_some(),
    }
}

/// How far the user's activations have come.
#[derive(Default)]
struct Progress {
    invoked: u32,
    unfinished: u32,
    on_the_way: u32,
    lost: u32,
}

impl Progress {
    fn of(world: &World) -> Self {
        let mut progress = Self::default();
        for (_, activation) in user_activations(world) {
            progress.invoked += 1;
            match activation.phase {
                Phase::Unfinished => progress.unfinished += 1,
                Phase::Finished | Phase::Writing => progress.on_the_way += 1,
                Phase::NotWritten => progress.lost += 1,
                Phase::Written => {}
            }
        }
        progress
    }
}

/// Why the newest answer is not what the store that was asked holds by now.
fn answer_reasons(world: &World, reasons: &mut Vec<Reason>) {
    let Some(exchange) = world.newest_list() else { return };
    let asked = store_of(world, exchange);
    let shown: Vec<_> = match &exchange.answer {
        Some(Answer::Rows(rows)) => rows.iter().map(|row| row.record.id).collect(),
        _ => Vec::new(),
    };
    let query = query_of(world, exchange);
    let Ok((now, unseen)) = world.stores().of(asked).list(&setting(world), query) else {
        reasons.push(Reason::IndexMissing);
        return;
    };
    let newer = now.iter().filter(|row| !shown.contains(&row.record.id)).count();
    if newer > 0 {
        reasons.push(Reason::AnswerTooOld(count(newer)));
    } else if let Some(Answer::Failed { status, .. }) = &exchange.answer
        && unseen == 0
    {
        reasons.push(Reason::ListFailed(*status));
    }
    if unseen > 0 {
        reasons.push(match asked {
            StoreKind::CouchDb | StoreKind::Noop => Reason::StaleView(unseen),
            StoreKind::Elasticsearch => Reason::NotRefreshed(unseen),
        });
    }
    // What is left of the store's records is cut off by the list itself.
    let returned = count(now.len());
    if returned == query.limit && returned + unseen < held(world, asked) {
        reasons.push(Reason::PastLimit { limit: query.limit });
    } else if returned + unseen < held(world, asked) {
        reasons.push(Reason::NarrowList);
    }
}

/// How many of the user's records a store holds, returned or not.
fn held(world: &World, store: StoreKind) -> u32 {
    match store {
        StoreKind::CouchDb => couchdb::user_records(world),
        StoreKind::Elasticsearch => {
            let (searchable, buffered) = elasticsearch::user_records(world);
            searchable + buffered
        }
        StoreKind::Noop => 0,
    }
}

fn query_of(world: &World, exchange: &Exchange) -> ListQuery {
    match exchange.request {
        Request::List { name, skip, limit } => {
            let more = world.list_more(exchange);
            let range = StartRange::new(more.since_ms, more.upto_ms);
            ListQuery { namespace: exchange.namespace, name, skip, limit, range }
        }
        _ => ListQuery { namespace: exchange.namespace, name: None, skip: 0, limit: LIST_LIMIT, range: StartRange::ALL },
    }
}

fn store_of(world: &World, exchange: &Exchange) -> StoreKind {
    let controllers = world.controllers();
    let controller = controllers.iter().find(|controller| controller.id == exchange.controller);
    controller.map_or(world.setup().configuration.store, |controller| controller.store)
}

/// Why the two stores differ: nothing is written to one of them, or not all that is written is where a controller reads.
fn store_reason(world: &World, facts: &VerdictFacts) -> Option<Reason> {
    let elasticsearch = facts.elasticsearch_searchable + facts.elasticsearch_buffered;
    if facts.couchdb_records == 0 && elasticsearch == 0 {
        return None;
    }
    // Who is bound to what may have changed since the start, and what was written before stays where it is.
    if let Some(store) = world.common_store()
        && StoreKind::ALL.into_iter().all(|other| other == store || held(world, other) == 0)
    {
        return Some(Reason::OnlyBoundStore(store));
    }
    let asks = match world.newest_list() {
        Some(exchange) => store_of(world, exchange),
        None => world.controllers().first()?.store,
    };
    let holds = StoreKind::ALL.into_iter().find(|store| *store != asks && held(world, *store) > 0)?;
    let records = held(world, holds);
    (records > 0).then_some(Reason::OtherStore { holds, asks, records })
}

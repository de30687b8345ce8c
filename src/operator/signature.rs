//! What of a record shows from outside: answers, what the stores hold, and lines in logs.

use super::log::{self, Trace};
use super::past::Past;
use super::reason::Obstacle;
use super::why::{obstacle, steps_of_request};
use crate::activation::{ActivationId, NamespaceId};
use crate::cluster::place::{Node, StoreKind};
use crate::cluster::step::StepKind;
use crate::cluster::store::{ListQuery, Visibility};
use crate::cluster::{Act, Command, Controller, LIST_LIMIT, LinkFailure, StepLog, World};
use crate::recording::Tape;
use crate::time::Span;
use serde::Serialize;
use std::fmt;

/// How long an operator waits before listing again.
const AGAIN: Span = Span::from_secs(2);

/// What a look comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shows {
    Yes,
    No,
    /// A record that the Noop store makes up for any id.
    MadeUp,
    /// An error instead of an answer.
    Error,
}

impl fmt::Display for Shows {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::MadeUp => "made up",
            Self::Error => "error",
        })
    }
}

/// What get, list, list again two seconds later, `_all_docs`, a search of the index, and the logs show of one activation id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Signature {
    pub get: Shows,
    pub list: Shows,
    pub list_again: Shows,
    pub all_docs: Shows,
    pub search: Shows,
    /// Which kinds of line the logs have that belong to it, each once.
    pub traces: Vec<Trace>,
}

/// What shows of `id` at the instant of `world`, which is one of the tape's, to an operator who asks as `namespace`.
pub fn signature(tape: &Tape, world: &World, namespace: NamespaceId, id: ActivationId) -> Signature {
    let activation = world.find(id);
    let home = activation.and_then(|ix| world.activation(ix)).map_or(namespace, |it| it.namespace);
    let steps = match activation {
        Some(ix) => Past::of(tape, world, ix).steps,
        None => steps_of_request(tape, world, id),
    };
    let mut traces: Vec<Trace> = Vec::new();
    for step in &steps {
        // Elasticsearch's writer logs the failure of a batch without ids, and whose it was only this record knows.
        let of_batch = matches!(step.kind, StepKind::RecordGivenUp { .. }).then_some(Trace::BatchFailed);
        for trace in log::line(world, step).map(|line| line.trace).into_iter().chain(of_batch) {
            if !traces.contains(&trace) {
                traces.push(trace);
            }
        }
    }
    crate::order::sort_by_key(&mut traces, |trace| (*trace as u64, 0));
    Signature {
        get: got(world, namespace, id),
        list: listed(world, namespace, id),
        list_again: listed(&later(tape, world, namespace), namespace, id),
        // Without the database, or the index, the answer is a 404.
        all_docs: match world.is_stopped(Node::Store(StoreKind::CouchDb)) || world.stores().couchdb.is_missing() {
            true => Shows::Error,
            false => shows(world.stores().of(StoreKind::CouchDb).get_visibility(home, id)),
        },
        search: match world.stores().elasticsearch.index(home) {
            _ if world.is_stopped(Node::Store(StoreKind::Elasticsearch)) => Shows::Error,
            None => Shows::Error,
            Some(_) => shows(world.stores().of(StoreKind::Elasticsearch).get_visibility(home, id)),
        },
        traces,
    }
}

const fn shows(visibility: Visibility) -> Shows {
    match visibility {
        Visibility::Visible => Shows::Yes,
        _ => Shows::No,
    }
}

/// What requests of `namespace` show that may meet any controller: the worst of it. `look` is what the controller's store shows, or what
/// becomes of a read that fails.
fn all(world: &World, namespace: NamespaceId, look: impl Fn(StoreKind, Option<LinkFailure>) -> Shows) -> Shows {
    let of = |controller: &Controller| match (obstacle(world, controller.id, namespace), world.would_fail_to_read(controller.id)) {
        (None, _) => look(controller.store, None),
        (Some(Obstacle::Link { to: Node::Store(_), .. }), Some(failure)) => look(controller.store, Some(failure)),
        (Some(_), _) => Shows::Error,
    };
    world.controllers().iter().map(of).max().unwrap_or(Shows::Error)
}

/// A get takes a 404 of its store, whoever sends it, for a record that is not there.
fn got(world: &World, namespace: NamespaceId, id: ActivationId) -> Shows {
    all(world, namespace, |store, failure| match failure {
        Some(LinkFailure::Status(404)) => Shows::No,
        Some(_) => Shows::Error,
        None if store.keeps_records() => shows(world.stores().of(store).get_visibility(namespace, id)),
        None => Shows::MadeUp,
    })
}

fn listed(world: &World, namespace: NamespaceId, id: ActivationId) -> Shows {
    let query = ListQuery { namespace, name: None, skip: 0, limit: LIST_LIMIT };
    all(world, namespace, |store, failure| match world.stores().of(store).list(&world.setup().setting(), query) {
        _ if failure.is_some() => Shows::Error,
        Ok((rows, _)) if rows.iter().any(|row| row.record.id == id) => Shows::Yes,
        Ok(_) => Shows::No,
        Err(_) => Shows::Error,
    })
}

/// The world two seconds on, in a run in which somebody lists now.
fn later(tape: &Tape, world: &World, namespace: NamespaceId) -> World {
    let run = tape.run();
    let act = Act::List { name: None, limit: LIST_LIMIT, skip: 0 };
    let list = Command::new(world.now(), world.setup().catalogue.namespace(namespace), act, &run.commands);
    let mut later = world.clone();
    later.set_setup(run.forked_by(list).setup());
    later.advance(world.now() + AGAIN, &mut StepLog::default());
    later
}

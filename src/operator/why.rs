//! Why is it not there? One function answers for any id at any instant, from the recording.

use super::log::{self, Line};
use super::past::{Fate, Past};
use super::reason::{Obstacle, Reason};
use crate::activation::{ActivationId, NamespaceId};
use crate::cluster::place::{ActivationIx, Cargo, ControllerId, Node, Process, StoreKind};
use crate::cluster::step::{Step, StepKind};
use crate::cluster::store::Visibility;
use crate::cluster::{Activation, Exchange, LIST_LIMIT, World};
use crate::recording::Tape;
use crate::time::Span;

/// Whom one asks for a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Witness {
    /// `wsk activation get`.
    Get,
    /// `wsk activation list` with its default limit.
    List,
    /// `_all_docs` of the activations database.
    CouchDb,
    /// A search of the namespace's index.
    Elasticsearch,
}

impl Witness {
    pub const ALL: [Self; 4] = [Self::Get, Self::List, Self::CouchDb, Self::Elasticsearch];
}

/// A reason with the step that proves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Because {
    pub reason: Reason,
    pub step: Option<Step>,
}

/// What one witness sees of a record; without a reason it sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    pub witness: Witness,
    pub because: Option<Because>,
}

/// The whole answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    pub id: ActivationId,
    pub activation: Option<ActivationIx>,
    pub findings: [Finding; 4],
    /// Its writer logged a failure at this step, although the record is there or still on its way.
    pub logged_failure: Option<Step>,
    /// All that has happened to it so far.
    pub steps: Vec<Step>,
}

impl Why {
    /// The lines of the logs about it so far, oldest first. `world` is of the same run.
    pub fn lines(&self, world: &World) -> Vec<Line> {
        self.steps.iter().filter_map(|step| log::line(world, step)).collect()
    }
}

/// Why each witness does not see the record `id`, for a client of `namespace` at the instant of `world`, which is one of the tape's.
pub fn why(tape: &Tape, world: &World, namespace: NamespaceId, id: ActivationId) -> Why {
    let Some((ix, activation)) = world.find(id).and_then(|ix| Some((ix, world.activation(ix)?))) else {
        let (because, steps) = unmade(tape, world, id);
        return Why {
            id,
            activation: None,
            findings: Witness::ALL.map(|witness| Finding { witness, because: Some(because) }),
            logged_failure: None,
            steps,
        };
    };
    let past = Past::of(tape, world, ix);
    let asked = Asked { world, namespace, activation, past: &past };
    let findings = Witness::ALL.map(|witness| Finding { witness, because: asked.because(witness) });
    Why { id, activation: Some(ix), findings, logged_failure: past.logged_failure, steps: past.steps }
}

/// Why there is no activation with this id: a request was turned away before its controller used the id, or there was none.
fn unmade(tape: &Tape, world: &World, id: ActivationId) -> (Because, Vec<Step>) {
    let mut because = Because { reason: Reason::NeverExisted, step: None };
    let steps = steps_of_request(tape, world, id);
    for step in &steps {
        let reason = match step.kind {
            StepKind::RequestThrottled { limit, .. } => Reason::Throttled(limit),
            StepKind::NoInvokerAvailable { .. } => Reason::NoInvoker,
            StepKind::ConnectionFailed { .. } | StepKind::RequestFailed { .. } => Reason::NotConnected,
            StepKind::FaultApplied { cargo: Cargo::Request, effect, .. } if effect.stops_requests() => Reason::NotConnected,
            StepKind::ActionMissing { .. } => Reason::NoAction,
            StepKind::EntityUnread { .. } => Reason::NotRead,
            StepKind::PayloadTooLarge { .. } => Reason::TooLarge,
            StepKind::TriggerWithoutRule { .. } => Reason::NoRule,
            _ if because.reason == Reason::NeverExisted => Reason::NotFinished,
            _ => continue,
        };
        because = Because { reason, step: Some(*step) };
    }
    (because, steps)
}

/// The steps so far of the request that would have made this id, if there was one and it did not.
pub(super) fn steps_of_request(tape: &Tape, world: &World, id: ActivationId) -> Vec<Step> {
    let commands = &world.setup().commands;
    let is_it = |exchange: &&Exchange| {
        let command = commands.get(exchange.command as usize);
        exchange.activation.is_none() && command.is_some_and(|command| world.id_made_by(command.id.0, exchange.member) == id)
    };
    let mut steps = Vec::new();
    let Some(exchange) = world.exchanges().find(is_it) else { return steps };
    let first = tape.world_at(exchange.sent).step_count();
    tape.steps_from(first.saturating_sub(1), 1, |then, step| {
        let is_past = step.ordinal < world.step_count();
        let own = step.exchange.and_then(|ix| then.exchange(ix));
        if is_past && own.is_some_and(|own| own.command == exchange.command && own.member == exchange.member) {
            steps.push(*step);
        }
        // Nothing is heard of it after its answer.
        !is_past || exchange.answered.is_some_and(|answered| step.at > answered)
    });
    steps
}

/// What would keep a client of `namespace` from an answer to a read through this controller.
pub(super) fn obstacle(world: &World, id: ControllerId, namespace: NamespaceId) -> Option<Obstacle> {
    let node = Node::Controller(id);
    let store = Node::Store(world.controllers().get(usize::from(id.0))?.store);
    if !world.is_up(Process::Controller(id)) {
        return Some(Obstacle::Down(node));
    }
    if !world.would_get_through(id) {
        return Some(Obstacle::Link { from: Node::Client, to: node });
    }
    if !world.would_know(id, namespace) {
        return Some(Obstacle::Subject);
    }
    world.would_fail_to_read(id)?;
    Some(if world.is_stopped(store) { Obstacle::Down(store) } else { Obstacle::Link { from: node, to: store } })
}

struct Asked<'a> {
    world: &'a World,
    namespace: NamespaceId,
    activation: &'a Activation,
    past: &'a Past,
}

impl Asked<'_> {
    fn because(&self, witness: Witness) -> Option<Because> {
        match witness {
            Witness::CouchDb => self.raw(StoreKind::CouchDb, witness),
            Witness::Elasticsearch => self.raw(StoreKind::Elasticsearch, witness),
            Witness::Get | Witness::List => {
                // Where controllers are bound differently a request may meet any of them: the first that would not show it speaks.
                let controllers = self.world.controllers();
                let unseen = controllers.iter().find_map(|controller| {
                    let because = self.of_store(controller.store, witness)?;
                    let is_late = matches!(because.reason, Reason::StaleView | Reason::NotRefreshed { .. } | Reason::BeyondLimit(_));
                    // What is there and only late is of no account where nobody answers.
                    let silent = if is_late { obstacle(self.world, controller.id, self.namespace) } else { None };
                    Some(silent.map_or(because, |obstacle| self.said(Reason::Unanswered(obstacle))))
                });
                let is_foreign = self.activation.namespace != self.namespace;
                let foreign = || is_foreign.then(|| self.said(Reason::OtherNamespace(self.activation.namespace)));
                let silent = controllers.iter().find_map(|controller| obstacle(self.world, controller.id, self.namespace));
                unseen.or_else(foreign).or_else(|| silent.map(|obstacle| self.said(Reason::Unanswered(obstacle))))
            }
        }
    }

    fn raw(&self, store: StoreKind, witness: Witness) -> Option<Because> {
        let is_down = self.world.is_stopped(Node::Store(store));
        self.of_store(store, witness).or_else(|| is_down.then(|| self.said(Reason::Unanswered(Obstacle::Down(Node::Store(store))))))
    }

    fn said(&self, reason: Reason) -> Because {
        Because { reason, step: self.past.decided }
    }

    fn of_store(&self, store: StoreKind, witness: Witness) -> Option<Because> {
        if !store.keeps_records() {
            return Some(self.said(Reason::KeepsNothing));
        }
        let (reads, setting) = (self.world.stores().of(store), self.world.setup().setting());
        let Activation { namespace, id, .. } = *self.activation;
        let visibility = match witness {
            Witness::List => reads.list_visibility(&setting, namespace, id, LIST_LIMIT),
            _ => reads.get_visibility(namespace, id),
        };
        let reason = match visibility {
            Visibility::Visible => return None,
            Visibility::StaleView => Reason::StaleView,
            Visibility::BeyondLimit => Reason::BeyondLimit(LIST_LIMIT),
            Visibility::NotRefreshed => {
                let index = self.world.stores().elasticsearch.index(namespace);
                Reason::NotRefreshed { next_in: index.map_or(Span::ZERO, |index| index.next_refresh().since(self.world.now())) }
            }
            Visibility::Absent => match self.past.fate {
                Fate::Unfinished => Reason::NotFinished,
                Fate::CollectingLogs => Reason::CollectingLogs,
                Fate::OnItsWay(to) => Reason::OnItsWay(to),
                Fate::Stored(other) if other != store => Reason::OtherStore(other),
                Fate::Stored(_) | Fate::Absent => self.lost(),
            },
        };
        Some(self.said(reason))
    }

    /// Why it will never be in a store, from the step that decided it.
    fn lost(&self) -> Reason {
        match self.past.decided.map(|step| step.kind) {
            Some(StepKind::RecordDeleted { store }) => Reason::Deleted(store),
            Some(StepKind::RecordRefused { store, .. }) => Reason::Refused(store),
            Some(StepKind::RecordSkipped { gate, .. }) => Reason::Skipped(gate),
            Some(StepKind::RecordDiscarded { .. }) => Reason::Discarded,
            Some(StepKind::NamespaceBlacklisted { .. }) => Reason::Blacklisted,
            Some(StepKind::MessageUnparsable { .. }) => Reason::Unparsable,
            Some(StepKind::PublishFailed { cause, .. }) => Reason::NotPosted(cause),
            Some(StepKind::RecordGivenUp { store, cause, .. } | StepKind::LateWriteLost { store, cause }) => {
                Reason::GivenUp { store, cause }
            }
            Some(StepKind::ActivationLost { process, stage }) => Reason::LostWith { process, stage },
            _ => Reason::Lost,
        }
    }
}

//! Instants of a lesson: by the clock, or by what happens.

use super::condition::Labelled;
use crate::cluster::World;
use crate::cluster::step::{Step, StepKind};
use crate::time::{Instant, Span};

/// An instant of a lesson's run.
#[derive(Clone, Debug, PartialEq)]
pub enum Moment {
    At(Instant),
    /// Some time after something happens to what a command made or asked. When that is depends on the seed and on the store.
    After {
        of: Labelled,
        event: Event,
        plus: Span,
    },
}

/// Something that happens once to each activation or request. Of a burst, the last member counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The client sends the request.
    Sent,
    /// The answer reaches the client.
    Answered,
    /// The run begins in its container.
    RunStarted,
    /// The run ends, and its record is made.
    RunEnded,
    /// The record is given to the store's client in the invoker.
    Queued,
    /// The record is in its store.
    Stored,
    /// The record turns up in searches. It never comes where the store is CouchDB.
    Searchable,
}

impl Event {
    /// Which event a step is, if it is one.
    pub(super) const fn of(kind: &StepKind) -> Option<Self> {
        match kind {
            StepKind::RequestSent { .. } | StepKind::StoreAsked { .. } => Some(Self::Sent),
            StepKind::AnswerReceived { .. } | StepKind::StoreAnswerReceived { .. } => Some(Self::Answered),
            StepKind::RunStarted { .. } => Some(Self::RunStarted),
            StepKind::RunEnded { .. } => Some(Self::RunEnded),
            StepKind::RecordQueued { .. } => Some(Self::Queued),
            StepKind::RecordStored { .. } => Some(Self::Stored),
            StepKind::RecordSearchable { .. } => Some(Self::Searchable),
            _ => None,
        }
    }
}

impl Moment {
    /// Whether `step`, which has just happened in `world`, is what this moment counts from.
    pub(super) fn counts_from(&self, world: &World, step: &Step) -> bool {
        let Self::After { of, event, .. } = self else { return false };
        if Event::of(&step.kind) != Some(*event) {
            return false;
        }
        // What a store does is told of the activation alone.
        let exchange = step.exchange.or_else(|| world.activation(step.activation?)?.exchange);
        exchange.and_then(|ix| world.exchange(ix)).is_some_and(|exchange| of.made(world, exchange))
    }
}

//! What has happened to one record so far, from the steps about it.

use crate::cluster::World;
use crate::cluster::place::{ActivationIx, StoreKind};
use crate::cluster::step::{Step, StepKind, Whereabouts};
use crate::inspection::life;
use crate::recording::Tape;

/// How far a record has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// No run has ended: there is no record to store.
    Unfinished,
    /// Run; its logs are being collected.
    CollectingLogs,
    /// In the writer's batcher or under way.
    OnItsWay(StoreKind),
    Stored(StoreKind),
    /// It will never be in a store; the step says why.
    Absent,
}

/// The steps about an activation up to an instant, and what they came to.
#[derive(Clone, Debug)]
pub struct Past {
    pub steps: Vec<Step>,
    pub fate: Fate,
    /// The step that decided it.
    pub decided: Option<Step>,
    /// Its writer logged a failure, and yet the store has the record, or an earlier try is still on its way there.
    pub logged_failure: Option<Step>,
}

impl Past {
    pub fn of(tape: &Tape, world: &World, ix: ActivationIx) -> Self {
        let mut steps = life::steps_of(tape, ix);
        steps.retain(|step| step.ordinal < world.step_count());
        let mut past = Self { fate: Fate::Unfinished, decided: steps.first().copied(), logged_failure: None, steps: Vec::new() };
        for step in &steps {
            past.follow(step);
        }
        past.steps = steps;
        past
    }

    fn follow(&mut self, step: &Step) {
        let fate = match step.kind {
            StepKind::RunEnded { .. } => Fate::CollectingLogs,
            StepKind::RecordQueued { store, .. } => Fate::OnItsWay(store),
            StepKind::RecordStored { store } => Fate::Stored(store),
            StepKind::RecordRefused { whereabouts: Whereabouts::InStore | Whereabouts::OnItsWay, .. }
            | StepKind::RecordGivenUp { whereabouts: Whereabouts::InStore | Whereabouts::OnItsWay, .. }
            | StepKind::RecordConflicted { .. } => {
                self.logged_failure = Some(*step);
                return;
            }
            StepKind::RecordRefused { .. }
            | StepKind::RecordSkipped { .. }
            | StepKind::RecordDiscarded { .. }
            | StepKind::RecordGivenUp { .. }
            | StepKind::LateWriteLost { .. }
            | StepKind::RecordDeleted { .. }
            | StepKind::ActivationLost { .. }
            | StepKind::NamespaceBlacklisted { .. }
            | StepKind::MessageUnparsable { .. }
            | StepKind::PublishFailed { arrives: false, .. } => Fate::Absent,
            // While it is unfinished the last step about it is what it waits for.
            _ if self.fate == Fate::Unfinished => Fate::Unfinished,
            _ => return,
        };
        self.fate = fate;
        self.decided = Some(*step);
    }
}

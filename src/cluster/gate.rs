//! The gate before every write of an invoker or a controller: `storeAfterCheck` (`core/database/ActivationStore.scala:67-92,212-228`).

use super::activation::Phase;
use super::place::{ActivationIx, Process};
use super::step::StepKind;
use super::world::{StepLog, World};
use crate::activation::{Record, Status};
use serde::Serialize;

/// Which outcomes a process stores (`core/database/ActivationStoreLevel.scala:20-29`). There is one level for blocking invocations and
/// one for all others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StoreLevel {
    #[default]
    StoreAlways,
    StoreFailures,
    StoreFailuresNotApplicationErrors,
}

impl StoreLevel {
    pub const ALL: [Self; 3] = [Self::StoreAlways, Self::StoreFailures, Self::StoreFailuresNotApplicationErrors];

    /// The value of the configuration key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::StoreAlways => "STORE_ALWAYS",
            Self::StoreFailures => "STORE_FAILURES",
            Self::StoreFailuresNotApplicationErrors => "STORE_FAILURES_NOT_APPLICATION_ERRORS",
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
    pub(super) const fn is_default(&self) -> bool {
        matches!(self, Self::StoreAlways)
    }
}

/// What kept a record from being stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    /// `storeActivations` is false in the limits of the user's namespace. Nothing overrides it.
    Namespace,
    /// The level for this kind of invocation does not admit its outcome.
    Level { level: StoreLevel, blocking: bool },
}

/// A row of the gate's truth table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GateRow {
    /// The namespace's limit; a namespace without one stores.
    pub store_activations: bool,
    /// The request bore the header `X-OW-EXTRA-LOGGING: on`.
    pub extra_logging: bool,
    pub level: StoreLevel,
    /// Whether a record is stored, by status code: success, application error, developer error, internal error.
    pub stored: [bool; 4],
}

const fn row(store_activations: bool, extra_logging: bool, level: StoreLevel, stored: [u8; 4]) -> GateRow {
    let [success, application, developer, internal] = stored;
    GateRow { store_activations, extra_logging, level, stored: [success == 1, application == 1, developer == 1, internal == 1] }
}

/// The truth table of the gate, row by row. The level is the one for the kind of invocation.
pub const GATE: [GateRow; 12] = [
    row(true, false, StoreLevel::StoreAlways, [1, 1, 1, 1]),
    row(true, false, StoreLevel::StoreFailures, [0, 1, 1, 1]),
    row(true, false, StoreLevel::StoreFailuresNotApplicationErrors, [0, 0, 1, 1]),
    row(true, true, StoreLevel::StoreAlways, [1, 1, 1, 1]),
    row(true, true, StoreLevel::StoreFailures, [1, 1, 1, 1]),
    row(true, true, StoreLevel::StoreFailuresNotApplicationErrors, [1, 1, 1, 1]),
    row(false, false, StoreLevel::StoreAlways, [0, 0, 0, 0]),
    row(false, false, StoreLevel::StoreFailures, [0, 0, 0, 0]),
    row(false, false, StoreLevel::StoreFailuresNotApplicationErrors, [0, 0, 0, 0]),
    row(false, true, StoreLevel::StoreAlways, [0, 0, 0, 0]),
    row(false, true, StoreLevel::StoreFailures, [0, 0, 0, 0]),
    row(false, true, StoreLevel::StoreFailuresNotApplicationErrors, [0, 0, 0, 0]),
];

/// Whether the table stores such a record.
fn is_stored(store_activations: bool, extra_logging: bool, level: StoreLevel, status: Status) -> bool {
    let found = GATE.iter().find(|it| (it.store_activations, it.extra_logging, it.level) == (store_activations, extra_logging, level));
    found.and_then(|row| row.stored.get(usize::from(status.code()))).copied().unwrap_or(true)
}

impl World {
    /// Gives a record to its writer's store if the gate lets it through. `blocking` is for the writer to say: the record of a nested
    /// sequence counts as non-blocking, although its components are called blocking (`SequenceActions.scala:363-371`).
    ///
    /// To the writer a skipped record is as good as a stored one: the call succeeds at once.
    pub(super) fn store_after_check(&mut self, writer: Process, ix: ActivationIx, record: Record, blocking: bool, log: &mut StepLog) {
        match self.gate_for(ix, record.status, blocking) {
            None => self.store_record(writer, ix, record, log),
            Some(gate) => {
                let logged = self.setup.configuration.unstored_logs_enabled;
                let bound = self.bound_store(writer);
                let Some(activation) = self.activation_mut(ix) else { return };
                activation.phase = Phase::NotWritten;
                // Its invoker may have been bound otherwise when the activation was made.
                activation.store = bound.unwrap_or(activation.store);
                let exchange = activation.exchange;
                self.tell(log, Some(ix), exchange, None, StepKind::RecordSkipped { writer, gate, logged });
            }
        }
    }

    /// What keeps such a record from being stored, if anything does.
    fn gate_for(&self, ix: ActivationIx, status: Status, blocking: bool) -> Option<Gate> {
        let configuration = &self.setup.configuration;
        let activation = self.activation(ix)?;
        // A health test has an identity of its own making, without limits, whatever the namespace's are
        // (`InvokerSupervision.scala:238-243`).
        let store_activations = activation.health_test
            || configuration.namespaces.get(usize::from(activation.namespace.0)).is_none_or(|namespace| namespace.store_activations);
        let level = if blocking { configuration.store_blocking_result_level } else { configuration.store_non_blocking_result_level };
        if is_stored(store_activations, activation.extra_logging, level, status) {
            None
        } else if store_activations {
            Some(Gate::Level { level, blocking })
        } else {
            Some(Gate::Namespace)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::configuration::Configuration;
    use crate::cluster::store::ActivationStore;
    use crate::cluster::{Act, Command, Setup, Wait};
    use crate::time::Instant;
    use std::rc::Rc;

    const STATUSES: [Status; 4] = [Status::Success, Status::ApplicationError, Status::DeveloperError, Status::WhiskInternalError];

    #[test]
    fn the_table_has_each_row_once() {
        for store_activations in [true, false] {
            for extra_logging in [true, false] {
                for level in StoreLevel::ALL {
                    let same =
                        |it: &&GateRow| (it.store_activations, it.extra_logging, it.level) == (store_activations, extra_logging, level);
                    assert_eq!(GATE.iter().filter(same).count(), 1);
                    assert_eq!(serde_json::to_value(level).unwrap(), level.code());
                }
            }
        }
    }

    /// A world in which `guest`'s only activation is about to be written, and the record that its run made.
    fn about_to_write(row: &GateRow, wait: Wait) -> (World, ActivationIx, Record) {
        let mut configuration = Configuration::default();
        configuration.namespaces[0].store_activations = row.store_activations;
        // The other level lets through what this one does not, so that a mixed-up level is found out.
        let other =
            if row.level == StoreLevel::StoreAlways { StoreLevel::StoreFailuresNotApplicationErrors } else { StoreLevel::StoreAlways };
        let levels = if wait == Wait::Blocking { (row.level, other) } else { (other, row.level) };
        (configuration.store_blocking_result_level, configuration.store_non_blocking_result_level) = levels;
        let act = Act::Invoke {
            namespace: "guest".to_owned(),
            action: "hello".to_owned(),
            wait,
            count: 1,
            gap_us: 0,
            extra_logging: row.extra_logging,
            timeout_ms: None,
        };
        let command = Command::new(Instant::from_millis(10_000), "guest", act, &[]);
        let mut world = World::new(Rc::new(Setup::new(&configuration, 7, &[command])));
        let mut log = StepLog::default();
        while !world.activations().last().is_some_and(|(_, it)| !it.health_test && it.phase == Phase::Finished) {
            world.advance_one(&mut log);
        }
        let (ix, record) = world.activations().last().map(|(ix, it)| (ix, it.record.unwrap())).unwrap();
        (world, ix, record)
    }

    #[test]
    fn every_row_of_the_gate_holds_in_the_engine_for_both_kinds_of_invocation() {
        for row in &GATE {
            for wait in [Wait::Blocking, Wait::NonBlocking] {
                let (world, ix, record) = about_to_write(row, wait);
                for (status, stored) in STATUSES.into_iter().zip(row.stored) {
                    let mut world = world.clone();
                    let mut log = StepLog { listening: true, steps: Vec::new() };
                    let writer = Process::Invoker(world.activation(ix).unwrap().invoker);
                    let blocking = world.activation(ix).unwrap().blocking;
                    world.store_after_check(writer, ix, Record { status, ..record }, blocking, &mut log);
                    let gate = log.steps.iter().find_map(|step| match step.kind {
                        StepKind::RecordSkipped { gate, .. } if step.activation == Some(ix) => Some(gate),
                        _ => None,
                    });
                    let expected = match (stored, row.store_activations) {
                        (true, _) => None,
                        (false, true) => Some(Gate::Level { level: row.level, blocking }),
                        (false, false) => Some(Gate::Namespace),
                    };
                    assert_eq!(gate, expected, "{row:?} {wait:?} {status:?}");
                    let phase = if stored { Phase::Writing } else { Phase::NotWritten };
                    assert_eq!(world.activation(ix).unwrap().phase, phase);
                    // To the end of what is under way: the run itself would write its record a second time, so it is cut off before.
                    assert_eq!(world.batches.iter().any(|(_, batch)| batch.writes.iter().any(|(_, of)| *of == ix.0)), stored);
                    let before = world.stores().couchdb.holds();
                    let batches: Vec<u32> = world.batches.iter().map(|(number, _)| u32::try_from(number).unwrap()).collect();
                    batches.into_iter().for_each(|number| world.write_applied(number, &mut log));
                    assert_eq!(world.stores().couchdb.holds() - before, u64::from(stored));
                }
            }
        }
    }
}

//! Runs that never reach a container, as the invoker deals with them (`InvokerReactive.scala:223-264,272-293`).

use super::activation::{Activation, Phase};
use super::caches::Fetch;
use super::place::{ActivationIx, ContainerId, InvokerId, Process};
use super::run::Busy;
use super::step::{AckKind, StepKind};
use super::world::{StepLog, World};
use crate::activation::{Logs, Origin, Record, Status};
use crate::time::Instant;

impl World {
    /// Whether the invoker does not hand this activation to its pool. In the order of the source: a message that cannot be parsed, a
    /// namespace on the blacklist, an action that cannot be fetched.
    pub(super) fn turned_away(&mut self, id: InvokerId, ix: ActivationIx, log: &mut StepLog) -> bool {
        let Some(activation) = self.activation(ix) else { return true };
        let (namespace, action, exchange) = (activation.namespace, activation.action, activation.exchange);
        let parses = self.catalogue.action(action).is_none_or(|action| !action.behaviour.message_unparsable);
        if !parses {
            // Nothing comes of it: no ack, no record. The slot is held until the completion ack is forced.
            self.enter_phase(ix, Phase::NotWritten);
            self.tell(log, Some(ix), exchange, None, StepKind::MessageUnparsable { invoker: id });
            return true;
        }
        if self.catalogue.is_blacklisted(namespace) {
            self.enter_phase(ix, Phase::NotWritten);
            self.tell(log, Some(ix), exchange, None, StepKind::NamespaceBlacklisted { invoker: id });
            // It is sent as if for a non-blocking call: shrunk to the id, whoever waits.
            self.send_combined_ack(ix, log);
            return true;
        }
        let (origin, status, step) = match self.fetch_action(id, ix) {
            Fetch::Done => return false,
            Fetch::Gone => (Origin::ActionGone, Status::ApplicationError, StepKind::ActionGone { invoker: id }),
            Fetch::Failed => (Origin::ActionUnread, Status::WhiskInternalError, StepKind::ActionUnread { invoker: id }),
        };
        self.make_fallback(ix, origin, status);
        self.tell(log, Some(ix), exchange, None, step);
        self.end_fallback(id, ix, log);
        true
    }

    /// A container that was started for an activation did not come up (`ContainerProxy.scala:326-347`).
    pub(super) fn container_failed(&mut self, id: InvokerId, container: ContainerId, ix: ActivationIx, log: &mut StepLog) {
        let exchange = self.activation(ix).and_then(|activation| activation.exchange);
        self.make_fallback(ix, Origin::ContainerFailed, Status::WhiskInternalError);
        self.tell(log, Some(ix), exchange, None, StepKind::ContainerFailed { invoker: id, container });
        self.end_fallback(id, ix, log);
        self.leave_failed_container(id, container, log);
    }

    /// Makes the record of a run that was none: its end is its start.
    fn make_fallback(&mut self, ix: ActivationIx, origin: Origin, status: Status) {
        let now_ms = self.setup.configuration.epoch_ms.millis_at(self.now);
        let now: Instant = self.now;
        let Some(activation) = self.activation_mut(ix) else { return };
        activation.phase = Phase::Finished;
        activation.record = Some(Record {
            id: activation.id,
            namespace: activation.namespace,
            action: activation.action,
            start_ms: now_ms,
            end_ms: now_ms,
            duration_ms: 0,
            wait_ms: now.since(activation.received).millis(),
            init_ms: None,
            status,
            timed_out: false,
            logs: Logs::None,
            updated_ms: now_ms,
            origin,
            binding: activation.binding,
            appendix: activation.appendix,
        });
    }

    /// The combined ack, and the write, neither waiting for the other.
    fn end_fallback(&mut self, id: InvokerId, ix: ActivationIx, log: &mut StepLog) {
        self.send_combined_ack(ix, log);
        let Some(&Activation { blocking, record: Some(record), .. }) = self.activation(ix) else { return };
        self.store_after_check(Process::Invoker(id), ix, record, blocking, log);
    }

    fn send_combined_ack(&mut self, ix: ActivationIx, log: &mut StepLog) {
        let Some(activation) = self.activation(ix) else { return };
        let busy = Busy { ix, exchange: activation.exchange, identity: activation.identity, action: activation.action };
        self.send_ack(busy, AckKind::Combined, log);
    }

    pub(super) fn enter_phase(&mut self, ix: ActivationIx, phase: Phase) {
        if let Some(activation) = self.activation_mut(ix) {
            activation.phase = phase;
        }
    }
}

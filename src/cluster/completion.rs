//! Acks at a controller: slots that they free, and what becomes of those that do not come (`CommonLoadBalancer.scala:97-345`).

use super::event::What;
use super::health::Finished;
use super::place::{ActivationIx, ControllerId};
use super::step::{AckKind, StepKind};
use super::world::{StepLog, World};
use crate::activation::{ActionId, Status};
use crate::time::{Instant, Span};
use serde::Serialize;
use std::collections::VecDeque;

/// Deadlines of completion acks. All of one length fall due in the order in which they were set, so one timer serves them.
#[derive(Clone, Debug, Serialize)]
pub(super) struct AckTimeouts {
    length_ms: u32,
    deadlines: VecDeque<(Instant, ActivationIx)>,
    armed: bool,
}

impl World {
    /// An ack reaches the controller (`CommonLoadBalancer.scala:211-232`): it frees the slot first, then hands on the result.
    pub(super) fn receive_ack(&mut self, id: ControllerId, ix: ActivationIx, kind: AckKind, whole: bool, log: &mut StepLog) {
        // A forced completion has taken the promise of a result away: a result that comes after it is for nobody.
        let is_awaited = self.activation(ix).is_some_and(|activation| activation.holds_slot);
        if kind != AckKind::Result {
            self.complete(id, ix, log);
        }
        if kind != AckKind::Completion {
            let exchange = self.activation(ix).and_then(|activation| activation.exchange);
            self.tell(log, Some(ix), exchange, None, StepKind::ResultAckReceived { controller: id, whole });
            if is_awaited {
                self.result_arrived(ix, whole, log);
            }
        }
    }

    fn complete(&mut self, id: ControllerId, ix: ActivationIx, log: &mut StepLog) {
        let Some(activation) = self.activation_mut(ix) else { return };
        let (invoker, exchange, health_test) = (activation.invoker, activation.exchange, activation.health_test);
        let failed = activation.record.is_some_and(|record| record.status == Status::WhiskInternalError);
        let result = if failed { Finished::SystemError } else { Finished::Success };
        let held = std::mem::take(&mut activation.holds_slot);
        if held {
            let released_mb = self.release_slot(id, ix);
            let step = StepKind::CompletionAckReceived { controller: id, invoker, released_mb };
            self.tell(log, Some(ix), exchange, None, step);
            self.invocation_finished(id, invoker, result, log);
        } else if health_test {
            self.tell(log, Some(ix), None, None, StepKind::HealthAckReceived { controller: id, invoker });
            self.invocation_finished(id, invoker, result, log);
        } else {
            self.tell(log, Some(ix), exchange, None, StepKind::LateAckReceived { controller: id, invoker });
        }
    }

    /// Takes an activation out of the books. Returns the memory that it held, in MB.
    fn release_slot(&mut self, id: ControllerId, ix: ActivationIx) -> u32 {
        let Some(activation) = self.activation(ix) else { return 0 };
        let (invoker, namespace) = (activation.invoker, activation.namespace);
        let memory_mb = self.catalogue.action(activation.action).map_or(0, |action| action.limits.memory_mb);
        if let Some(controller) = self.controller_mut(id) {
            controller.slots.release(invoker, memory_mb);
            controller.add_active(namespace, -1);
        }
        memory_mb
    }

    /// Sets the deadline of the completion ack: `max(time limit, 60 s) × factor + addon` (`CommonLoadBalancer.scala:97-115`).
    pub(super) fn watch_completion(&mut self, id: ControllerId, ix: ActivationIx, action: ActionId) {
        let configuration = &self.setup.configuration;
        let limit_ms = self.catalogue.action(action).map_or(60_000, |action| action.limits.timeout_ms).max(60_000);
        let length_ms = limit_ms * u32::from(configuration.timeout_factor) + configuration.timeout_addon_ms;
        let deadline = self.now + Span::from_millis(length_ms.into());
        let World { controllers, activations, .. } = self;
        let Some(controller) = controllers.get_mut(usize::from(id.0)) else { return };
        if !controller.timeouts.iter().any(|it| it.length_ms == length_ms) {
            controller.timeouts.push(AckTimeouts { length_ms, deadlines: VecDeque::new(), armed: false });
        }
        let Some(timeouts) = controller.timeouts.iter_mut().find(|it| it.length_ms == length_ms) else { return };
        // Those that were completed at the front are forgotten as we pass, so that the queue stays as short as what is running.
        while timeouts.deadlines.front().is_some_and(|(_, ix)| activations.get(ix.0 as usize).is_none_or(|it| !it.holds_slot)) {
            timeouts.deadlines.pop_front();
        }
        timeouts.deadlines.push_back((deadline, ix));
        if !std::mem::replace(&mut timeouts.armed, true) {
            self.set_at(deadline, What::AckTimeout { controller: id, timeout_ms: length_ms });
        }
    }

    /// A deadline passed: those that still hold a slot are forced (`CommonLoadBalancer.scala:321-335`); the timer is set for the next.
    ///
    /// The promise of a result fails with it, but the blocking wait heeds a promise that is kept alone: it goes on polling, up to its own
    /// limit (`PrimitiveActions.scala:646-660`).
    pub(super) fn ack_timeout(&mut self, id: ControllerId, length_ms: u32, log: &mut StepLog) {
        loop {
            let now = self.now;
            let World { controllers, activations, .. } = self;
            let Some(controller) = controllers.get_mut(usize::from(id.0)) else { return };
            let Some(timeouts) = controller.timeouts.iter_mut().find(|it| it.length_ms == length_ms) else { return };
            let Some(&(deadline, ix)) = timeouts.deadlines.front() else {
                timeouts.armed = false;
                return;
            };
            let Some(activation) = activations.get_mut(ix.0 as usize) else { return };
            if activation.holds_slot && deadline > now {
                self.set_at(deadline, What::AckTimeout { controller: id, timeout_ms: length_ms });
                return;
            }
            timeouts.deadlines.pop_front();
            if std::mem::take(&mut activation.holds_slot) {
                let (invoker, exchange) = (activation.invoker, activation.exchange);
                self.release_slot(id, ix);
                let waited = Span::from_millis(length_ms.into());
                self.tell(log, Some(ix), exchange, None, StepKind::CompletionAckForced { controller: id, invoker, waited });
                self.invocation_finished(id, invoker, Finished::Timeout, log);
            }
        }
    }
}

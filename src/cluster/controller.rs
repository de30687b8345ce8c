//! A controller: the API, the throttles, and the load balancer's books.

use super::activation::{Activation, Answer, Failure, Phase, QueryPurpose, Request};
use super::balancer::{Chosen, Slots};
use super::command::Act;
use super::configuration::Configuration;
use super::event::What;
use super::health::Supervised;
use super::kafka::Message;
use super::limit::Limit;
use super::place::{ActivationIx, Cargo, ControllerId, ExchangeIx, InvokerId, Node, Process, StoreKind, Topic};
use super::step::{AckKind, InvokerState, QueryKind, RateLimit, RequestKind, StepKind};
use super::world::{StepLog, World};
use crate::activation::{ActionId, NamespaceId};
use crate::chance::{Identity, Purpose};
use crate::time::{Instant, Span};
use serde::Serialize;
use std::collections::VecDeque;
use std::rc::Rc;

/// A controller process.
#[derive(Clone, Debug, Serialize)]
pub struct Controller {
    pub id: ControllerId,
    /// The store it is bound to.
    pub store: StoreKind,
    pub started: Option<Instant>,
    pub slots: Slots,
    /// Its view of each invoker that ever sent it a ping, by number.
    pub supervised: Vec<Supervised>,
    /// Activations that it counts as running, a namespace.
    pub(super) active: Vec<u32>,
    /// The calendar minute and the invocations counted in it, a namespace.
    pub(super) minutes: Vec<(u64, u32)>,
    pub(super) timeouts: Vec<AckTimeouts>,
    /// How often it has been started again: what it numbers goes on from there.
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) restarts: u16,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_zero(number: &u16) -> bool {
    *number == 0
}

/// Deadlines of completion acks. All of one length fall due in the order in which they were set, so one timer serves them.
#[derive(Clone, Debug, Serialize)]
pub(super) struct AckTimeouts {
    length_ms: u32,
    deadlines: VecDeque<(Instant, ActivationIx)>,
    armed: bool,
}

impl Controller {
    pub fn new(id: ControllerId, configuration: &Configuration) -> Self {
        let namespaces = configuration.namespaces.len();
        Self {
            id,
            store: configuration.store_of(Process::Controller(id)),
            started: None,
            slots: Slots::new(configuration.user_memory_mb, configuration.controllers),
            supervised: Vec::new(),
            active: vec![0; namespaces],
            minutes: vec![(0, 0); namespaces],
            timeouts: Vec::new(),
            restarts: 0,
        }
    }

    /// How many invokers it would send an activation to.
    pub fn usable_invokers(&self) -> usize {
        self.supervised.iter().filter(|invoker| invoker.state.is_usable()).count()
    }

    pub fn state_of(&self, invoker: InvokerId) -> InvokerState {
        self.supervised.get(usize::from(invoker.0)).map_or(InvokerState::Offline, |it| it.state)
    }

    pub fn active_in(&self, namespace: NamespaceId) -> u32 {
        self.active.get(usize::from(namespace.0)).copied().unwrap_or(0)
    }

    fn add_active(&mut self, namespace: NamespaceId, change: i32) {
        if let Some(count) = self.active.get_mut(usize::from(namespace.0)) {
            *count = count.saturating_add_signed(change);
        }
    }

    /// Counts an invocation against its calendar minute (`RateThrottler.scala`): each check charges, refused ones too.
    fn count_in_minute(&mut self, namespace: NamespaceId, minute: u64) -> u32 {
        let Some(entry) = self.minutes.get_mut(usize::from(namespace.0)) else { return 0 };
        if entry.0 != minute {
            *entry = (minute, 0);
        }
        entry.1 = entry.1.saturating_add(1);
        entry.1
    }
}

/// What one of several controllers allows: with more than one, the limit grows by a fifth, rounded up, and is split
/// (`Entitlement.scala:97-133`).
fn individual_limit(limit: Limit, controllers: u8) -> Option<u32> {
    let limit = limit.allowed()?;
    let count = u32::from(controllers.max(1));
    let dilated = if count > 1 { limit.saturating_mul(12).div_ceil(10) } else { limit };
    Some(if dilated == 0 { 0 } else { (dilated / count).max(1) })
}

impl World {
    pub(super) fn start_controller(&mut self, id: ControllerId, log: &mut StepLog) {
        let now = self.now;
        if let Some(controller) = self.controller_mut(id) {
            controller.started = Some(now);
        }
        self.poll_topic(Topic::Health, Process::Controller(id), log);
        self.poll_topic(Topic::Completed(id), Process::Controller(id), log);
    }

    /// A request reaches its controller, where the transaction begins.
    pub(super) fn receive_request(&mut self, ix: ExchangeIx, log: &mut StepLog) {
        let Some(exchange) = self.exchange(ix) else { return };
        let (controller, kind, request) = (exchange.controller, exchange.kind, exchange.request);
        if !self.is_up(Process::Controller(controller)) {
            self.set_connection_failure(ix, true);
            return;
        }
        self.tell(log, None, Some(ix), None, StepKind::RequestReceived { controller, request: kind });
        match request {
            Request::Invoke { action } => self.invoke(ix, action, log),
            Request::List { .. } => self.ask_store(ix, QueryKind::List, QueryPurpose::Client, log),
            Request::Read { .. } => self.ask_store(ix, QueryKind::Get, QueryPurpose::Client, log),
        }
    }

    fn invoke(&mut self, ix: ExchangeIx, action: ActionId, log: &mut StepLog) {
        let Some(exchange) = self.exchange(ix) else { return };
        let (controller, identity, namespace, kind) = (exchange.controller, exchange.identity, exchange.namespace, exchange.kind);
        if let Some((limit, failure, count, allowed)) = self.throttled(controller, namespace) {
            self.tell(log, None, Some(ix), None, StepKind::RequestThrottled { controller, limit, count, allowed });
            self.answer(ix, Answer::Failed { status: 429, failure }, log);
            return;
        }
        let Some(chosen) = self.choose_invoker(controller, identity, namespace, action) else {
            self.tell(log, None, Some(ix), None, StepKind::NoInvokerAvailable { controller });
            self.answer(ix, Answer::Failed { status: 503, failure: Failure::NoInvokers }, log);
            return;
        };
        let blocking = kind != RequestKind::InvokeNonBlocking;
        let mut made = self.new_activation(identity, namespace, action, controller, chosen.invoker);
        made.blocking = blocking;
        made.extra_logging = self.has_extra_logging(ix);
        made.exchange = Some(ix);
        made.holds_slot = true;
        let Some(activation) = self.add_activation(made) else { return };
        if let Some(exchange) = self.exchange_mut(ix) {
            exchange.activation = Some(activation);
        }
        let Chosen { invoker, route, looked_at, forced } = chosen;
        let home = InvokerId(u8::try_from(route.home).unwrap_or(u8::MAX));
        let scheduled = StepKind::ActivationScheduled { controller, invoker, hash: route.hash, home, step: route.step, looked_at };
        self.tell(log, Some(activation), Some(ix), None, scheduled);
        if forced {
            self.tell(log, Some(activation), Some(ix), None, StepKind::SystemOverloaded { controller, invoker });
        }
        if let Some(controller) = self.controller_mut(controller) {
            controller.add_active(namespace, 1);
        }
        self.watch_completion(controller, activation, action);
        self.post_activation(activation, log);
    }

    /// Whether the client sent `X-OW-EXTRA-LOGGING: on` (`http/BasicHttpService.scala:96-116`).
    fn has_extra_logging(&self, ix: ExchangeIx) -> bool {
        let command = self.exchange(ix).and_then(|exchange| self.setup.commands.get(exchange.command as usize));
        command.is_some_and(|command| matches!(command.act, Act::Invoke { extra_logging: true, .. }))
    }

    fn throttled(&mut self, id: ControllerId, namespace: NamespaceId) -> Option<(RateLimit, Failure, u32, u32)> {
        let setup = Rc::clone(&self.setup);
        let configuration = &setup.configuration;
        let minute = configuration.epoch_ms.millis_at(self.now) / 60_000;
        let controller = self.controller_mut(id)?;
        if let Some(allowed) = individual_limit(configuration.invocations_per_minute, configuration.controllers) {
            let count = controller.count_in_minute(namespace, minute);
            if count > allowed {
                return Some((RateLimit::PerMinute, Failure::TooManyRequests { count, allowed }, count, allowed));
            }
        }
        if let Some(allowed) = individual_limit(configuration.invocations_concurrent, configuration.controllers) {
            let count = controller.active_in(namespace);
            if count >= allowed {
                return Some((RateLimit::Concurrent, Failure::TooManyConcurrent { count, allowed }, count, allowed));
            }
        }
        None
    }

    fn choose_invoker(&mut self, id: ControllerId, identity: Identity, namespace: NamespaceId, action: ActionId) -> Option<Chosen> {
        let setup = Rc::clone(&self.setup);
        let hash = *setup.hashes.get(usize::from(namespace.0))?.get(usize::from(action.0))?;
        let memory_mb = setup.catalogue.action(action)?.limits.memory_mb;
        let controller = self.controller_mut(id)?;
        let Controller { slots, supervised, .. } = controller;
        let usable = |invoker: InvokerId| supervised.get(usize::from(invoker.0)).is_some_and(|it| it.state.is_usable());
        slots.schedule(hash, memory_mb, usable, |count| setup.chance.below(identity, Purpose::OverloadChoice, count))
    }

    pub(super) fn new_activation(
        &self,
        identity: Identity,
        namespace: NamespaceId,
        action: ActionId,
        controller: ControllerId,
        invoker: InvokerId,
    ) -> Activation {
        Activation {
            id: self.activation_id(identity),
            identity,
            namespace,
            action,
            controller,
            invoker,
            blocking: false,
            health_test: false,
            extra_logging: false,
            exchange: None,
            received: self.now,
            phase: Phase::Unfinished,
            store: self.invokers.get(usize::from(invoker.0)).map_or(self.setup.configuration.store, |invoker| invoker.store),
            holds_slot: false,
            accepted: false,
            early_ack: None,
            record: None,
        }
    }

    pub(super) fn add_activation(&mut self, activation: Activation) -> Option<ActivationIx> {
        u32::try_from(self.activations.push(activation)).ok().map(ActivationIx)
    }

    /// Posts the activation message to the invoker's topic (`CommonLoadBalancer.scala:195`).
    pub(super) fn post_activation(&mut self, ix: ActivationIx, log: &mut StepLog) {
        let Some(activation) = self.activation(ix) else { return };
        let (controller, exchange, identity, topic) =
            (activation.controller, activation.exchange, activation.identity, Topic::Invoker(activation.invoker));
        let travel = self.setup.span(identity, Purpose::ProduceHop, self.setup.configuration.model.kafka_produce);
        let travel = self.produce(Process::Controller(controller), topic, Message::Activation(ix), travel);
        let flight = self.flight(Node::Controller(controller), Node::Kafka, Cargo::ActivationMessage, travel);
        self.tell(log, Some(ix), exchange, flight, StepKind::ActivationPosted { controller, topic });
    }

    /// Kafka has the message: a non-blocking caller gets its id now, a blocking one is waited for from now on.
    pub(super) fn activation_accepted(&mut self, ix: ActivationIx, topic: Topic, log: &mut StepLog) {
        let Some(activation) = self.activation_mut(ix) else { return };
        activation.accepted = true;
        let (controller, exchange, id, blocking, early) =
            (activation.controller, activation.exchange, activation.id, activation.blocking, activation.early_ack.take());
        self.tell(log, Some(ix), exchange, None, StepKind::ActivationMessageAccepted { controller, topic });
        let Some(exchange) = exchange else { return };
        if !blocking {
            self.answer(exchange, Answer::Accepted(id), log);
            return;
        }
        self.begin_waiting(exchange);
        if let Some(whole) = early {
            self.result_arrived(ix, whole, log);
        }
    }

    /// Sends the answer to the client. The first answer stands.
    pub(super) fn answer(&mut self, ix: ExchangeIx, answer: Answer, log: &mut StepLog) {
        let setup = Rc::clone(&self.setup);
        let Some(exchange) = self.exchange_mut(ix) else { return };
        if !exchange.is_open() {
            return;
        }
        let status = answer.status();
        exchange.answer = Some(answer);
        let (controller, activation, identity, request) = (exchange.controller, exchange.activation, exchange.identity, exchange.kind);
        let travel = setup.span(identity, Purpose::AnswerHop, setup.configuration.model.http_hop);
        let flight = self.flight(Node::Controller(controller), Node::Client, Cargo::Answer, travel);
        self.tell(log, activation, Some(ix), flight, StepKind::AnswerSent { controller, request, status });
        self.set(travel, What::AnswerArrives(ix));
    }

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
        let held = std::mem::take(&mut activation.holds_slot);
        if held {
            let released_mb = self.release_slot(id, ix);
            let step = StepKind::CompletionAckReceived { controller: id, invoker, released_mb };
            self.tell(log, Some(ix), exchange, None, step);
            self.invocation_finished(id, invoker, true, log);
        } else if health_test {
            self.tell(log, Some(ix), None, None, StepKind::HealthAckReceived { controller: id, invoker });
            self.invocation_finished(id, invoker, true, log);
        } else {
            self.tell(log, Some(ix), exchange, None, StepKind::LateAckReceived { controller: id, invoker });
        }
    }

    /// Takes an activation out of the books. Returns the memory that it held, in MB.
    fn release_slot(&mut self, id: ControllerId, ix: ActivationIx) -> u32 {
        let setup = Rc::clone(&self.setup);
        let Some(activation) = self.activation(ix) else { return 0 };
        let (invoker, namespace) = (activation.invoker, activation.namespace);
        let memory_mb = setup.catalogue.action(activation.action).map_or(0, |action| action.limits.memory_mb);
        if let Some(controller) = self.controller_mut(id) {
            controller.slots.release(invoker, memory_mb);
            controller.add_active(namespace, -1);
        }
        memory_mb
    }

    /// Sets the deadline of the completion ack: `max(time limit, 60 s) × factor + addon` (`CommonLoadBalancer.scala:97-115`).
    fn watch_completion(&mut self, id: ControllerId, ix: ActivationIx, action: ActionId) {
        let setup = Rc::clone(&self.setup);
        let configuration = &setup.configuration;
        let limit_ms = setup.catalogue.action(action).map_or(60_000, |action| action.limits.timeout_ms).max(60_000);
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
                self.invocation_finished(id, invoker, false, log);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_diluted_and_split() {
        assert_eq!(individual_limit(Limit::At(60), 1), Some(60));
        assert_eq!(individual_limit(Limit::At(60), 2), Some(36));
        assert_eq!(individual_limit(Limit::At(1), 8), Some(1));
        assert_eq!(individual_limit(Limit::At(0), 2), Some(0));
        assert_eq!(individual_limit(Limit::None, 2), None);
    }
}

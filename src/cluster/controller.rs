//! A controller: the API, the throttles, and the load balancer's books.

use super::activation::{Activation, Answer, Exchange, Failure, Inner, Phase, QueryPurpose, Request};
use super::balancer::{Chosen, Slots};
use super::caches::ControllerCaches;
use super::command::{Act, Means};
use super::completion::AckTimeouts;
use super::configuration::Configuration;
use super::event::What;
use super::health::Supervised;
use super::kafka::Message;
use super::limit::Limit;
use super::place::{ActivationIx, Cargo, ControllerId, ExchangeIx, InvokerId, Node, Process, StoreKind, Topic};
use super::step::{InvokerState, QueryKind, RateLimit, RequestKind, StepKind};
use super::store::Batcher;
use super::world::{StepLog, World};
use crate::activation::{ActionId, ActivationId, Appendix, NamespaceId, Origin, Particulars};
use crate::chance::{Identity, Purpose};
use crate::time::Instant;
use serde::Serialize;

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
    /// The same for the firing of triggers; empty before the first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) fires: Vec<(u64, u32)>,
    /// For the records of sequences and triggers, which it writes itself.
    #[serde(skip_serializing_if = "Batcher::is_idle")]
    pub batcher: Batcher,
    /// How often it has been started again: what it numbers goes on from there.
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) restarts: u16,
    #[serde(skip)]
    pub(super) caches: ControllerCaches,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_zero(number: &u16) -> bool {
    *number == 0
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
            fires: Vec::new(),
            batcher: Batcher::default(),
            restarts: 0,
            caches: ControllerCaches::default(),
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

    pub(super) fn add_active(&mut self, namespace: NamespaceId, change: i32) {
        if let Some(count) = self.active.get_mut(usize::from(namespace.0)) {
            *count = count.saturating_add_signed(change);
        }
    }

    /// Counts an invocation against its calendar minute (`RateThrottler.scala`): each check charges, refused ones too.
    fn count_in_minute(&mut self, namespace: NamespaceId, minute: u64) -> u32 {
        self.minutes.get_mut(usize::from(namespace.0)).map_or(0, |entry| count_one(entry, minute))
    }

    /// The same for a trigger that is fired, which has a limit of its own (`Entitlement.scala:363-373`).
    pub(super) fn count_fire(&mut self, namespace: NamespaceId, minute: u64) -> u32 {
        let place = usize::from(namespace.0);
        if self.fires.len() <= place {
            self.fires.resize(place + 1, (0, 0));
        }
        self.fires.get_mut(place).map_or(0, |entry| count_one(entry, minute))
    }
}

/// Counts one more in a calendar minute.
fn count_one(entry: &mut (u64, u32), minute: u64) -> u32 {
    if entry.0 != minute {
        *entry = (minute, 0);
    }
    entry.1 = entry.1.saturating_add(1);
    entry.1
}

/// What one of several controllers allows: with more than one, the limit grows by a fifth, rounded up, and is split
/// (`Entitlement.scala:97-133`).
pub(super) fn individual_limit(limit: Limit, controllers: u8) -> Option<u32> {
    let limit = limit.allowed()?;
    let count = u32::from(controllers.max(1));
    let dilated = if count > 1 { limit.saturating_mul(12).div_ceil(10) } else { limit };
    Some(if dilated == 0 { 0 } else { (dilated / count).max(1) })
}

/// What a controller is to have run.
#[derive(Clone, Copy)]
pub(super) struct Invocation {
    pub identity: Identity,
    pub namespace: NamespaceId,
    pub action: ActionId,
    pub controller: ControllerId,
    pub exchange: ExchangeIx,
    pub blocking: bool,
    /// The sequence that it is a component of, its place there from 1, and of how many.
    pub cause: Option<(ActivationId, u32, u32)>,
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
        let (controller, namespace, kind, request) = (exchange.controller, exchange.namespace, exchange.kind, exchange.request);
        if !self.is_up(Process::Controller(controller)) {
            self.set_connection_failure(ix, true);
            return;
        }
        self.tell(log, None, Some(ix), None, StepKind::RequestReceived { controller, request: kind });
        if request == Request::AtOnce {
            return self.answer_at_once(ix, log);
        }
        if !self.knows_subject(ix, controller, namespace, log) {
            return;
        }
        let request = if self.catalogue.has_changed() || request == Request::Missing {
            self.resolve_anew(ix);
            self.exchange(ix).map_or(request, |exchange| exchange.request)
        } else {
            request
        };
        match request {
            // It never comes to a controller.
            Request::Ask { .. } | Request::AtOnce => {}
            Request::Entity => self.entity_request(ix, log),
            Request::Missing => self.entity_missing(ix, log),
            Request::Invoke { action } => self.invoke(ix, action, log),
            Request::List { .. } => self.ask_store(ix, QueryKind::List, QueryPurpose::Client, log),
            Request::Read { .. } => self.ask_store(ix, QueryKind::Get, QueryPurpose::Client, log),
            Request::DeleteAction { action } => self.delete_action(ix, action, log),
            Request::FireTrigger { trigger } => self.fire(ix, trigger, log),
            Request::InvokeTooLarge { action, .. } => self.invoke(ix, action, log),
        }
    }

    /// What the API answers by itself, before it knows who asks.
    fn answer_at_once(&mut self, ix: ExchangeIx, log: &mut StepLog) {
        let Some(Act::Raw(raw)) = self.exchange(ix).and_then(|exchange| self.act_of(exchange)) else { return };
        if let Means::AtOnce { status, .. } = raw.means {
            self.answer(ix, Answer::AtOnce { status }, log);
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
        if self.is_forbidden(ix, log) || self.refused_as_it_is(ix, action, log) {
            return;
        }
        if self.is_sequence(action) {
            self.begin_sequence(ix, None, log);
            return;
        }
        let blocking = kind != RequestKind::InvokeNonBlocking;
        let invocation = Invocation { identity, namespace, action, controller, exchange: ix, blocking, cause: None };
        if self.publish(invocation, log).is_none() {
            self.answer(ix, Answer::Failed { status: 503, failure: Failure::NoInvokers }, log);
        }
    }

    /// Chooses an invoker and posts the activation (`ShardingContainerPoolBalancer.scala:255-315`). `None` if there is no usable one.
    pub(super) fn publish(&mut self, invocation: Invocation, log: &mut StepLog) -> Option<ActivationIx> {
        let Invocation { identity, namespace, action, controller, exchange: ix, blocking, cause } = invocation;
        let Some(chosen) = self.choose_invoker(controller, identity, namespace, action) else {
            self.tell(log, None, Some(ix), None, StepKind::NoInvokerAvailable { controller });
            return None;
        };
        let (binding, extra_logging) = self.exchange(ix).map_or((None, false), |it| (it.binding, self.has_extra_logging(it)));
        let mut made = self.new_activation(identity, namespace, action, controller, chosen.invoker);
        made.blocking = blocking;
        made.extra_logging = extra_logging;
        made.exchange = Some(ix);
        made.holds_slot = true;
        made.binding = binding;
        if let Some((cause, place, of)) = cause {
            made.appendix = self.add_appendix(Appendix { cause: Some(cause), particulars: Particulars::None });
            let activation = self.add_activation(made)?;
            self.tell(log, Some(activation), Some(ix), None, StepKind::ComponentInvoked { controller, place, of });
            self.post(ix, activation, chosen, log);
            return Some(activation);
        }
        let activation = self.add_activation(made)?;
        self.post(ix, activation, chosen, log);
        Some(activation)
    }

    fn post(&mut self, ix: ExchangeIx, activation: ActivationIx, chosen: Chosen, log: &mut StepLog) {
        let Some(&Activation { controller, namespace, action, .. }) = self.activation(activation) else { return };
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
    pub(super) fn has_extra_logging(&self, exchange: &Exchange) -> bool {
        let command = self.setup.commands.get(exchange.command as usize);
        command.is_some_and(|command| matches!(command.act, Act::Invoke { extra_logging: true, .. }))
    }

    fn throttled(&mut self, id: ControllerId, namespace: NamespaceId) -> Option<(RateLimit, Failure, u32, u32)> {
        let configuration = &self.setup.configuration;
        let minute = configuration.epoch_ms.millis_at(self.now) / 60_000;
        let per_minute = individual_limit(configuration.invocations_per_minute, configuration.controllers);
        let concurrent = individual_limit(configuration.invocations_concurrent, configuration.controllers);
        let controller = self.controller_mut(id)?;
        if let Some(allowed) = per_minute {
            let count = controller.count_in_minute(namespace, minute);
            if count > allowed {
                return Some((RateLimit::PerMinute, Failure::TooManyRequests { count, allowed }, count, allowed));
            }
        }
        if let Some(allowed) = concurrent {
            let count = controller.active_in(namespace);
            if count >= allowed {
                return Some((RateLimit::Concurrent, Failure::TooManyConcurrent { count, allowed }, count, allowed));
            }
        }
        None
    }

    fn choose_invoker(&mut self, id: ControllerId, identity: Identity, namespace: NamespaceId, action: ActionId) -> Option<Chosen> {
        let chance = self.setup.chance;
        let hash = self.placement(namespace, action)?;
        let memory_mb = self.catalogue.action(action)?.limits.memory_mb;
        let controller = self.controller_mut(id)?;
        let Controller { slots, supervised, .. } = controller;
        let usable = |invoker: InvokerId| supervised.get(usize::from(invoker.0)).is_some_and(|it| it.state.is_usable());
        slots.schedule(hash, memory_mb, usable, |count| chance.below(identity, Purpose::OverloadChoice, count))
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
            origin: Origin::Run,
            binding: None,
            appendix: None,
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
        let met = self.meet(Node::Controller(controller), Node::Kafka, Cargo::ActivationMessage);
        if !met.passes() {
            self.post_into_fault(ix, met, 0, log);
            return;
        }
        let travel = self.produce(Process::Controller(controller), topic, Message::Activation(ix), travel);
        let flight = self.flight(Node::Controller(controller), Node::Kafka, Cargo::ActivationMessage, travel);
        self.tell(log, Some(ix), exchange, flight, StepKind::ActivationPosted { controller, topic, tries: 0 });
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
        let Some(exchange) = self.exchange_mut(ix) else { return };
        if !exchange.is_open() {
            return;
        }
        let status = answer.status();
        let is_lost = exchange.answer_lost || exchange.abandoned;
        exchange.answer = Some(answer);
        let inner = exchange.inner;
        if let Some(Inner::Component { sequence }) = inner {
            self.component_ended(sequence, ix, log);
            return;
        }
        let (controller, activation, identity, request) = (exchange.controller, exchange.activation, exchange.identity, exchange.kind);
        let travel = self.setup.span(identity, Purpose::AnswerHop, self.setup.configuration.model.http_hop);
        // What a controller asks of itself leaves it for nowhere.
        let flight = self.flight(Node::Controller(controller), Node::Client, Cargo::Answer, travel).filter(|_| inner.is_none() && !is_lost);
        self.tell(log, activation, Some(ix), flight, StepKind::AnswerSent { controller, request, status });
        if !is_lost {
            self.set(travel, What::AnswerArrives(ix));
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

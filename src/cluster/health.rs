//! A controller's supervision of invokers: pings, test activations, usable or not (`InvokerSupervision.scala`).

use super::event::What;
use super::faults::FaultEffect;
use super::kafka::Message;
use super::place::{Cargo, ControllerId, InvokerId, Node, Process, Topic};
use super::step::{InvokerState, StepKind};
use super::world::{StepLog, World};
use crate::chance::{Identity, Purpose};
use crate::time::{Instant, Span};
use serde::Serialize;
use std::collections::VecDeque;
use std::rc::Rc;

/// How a finished invocation counts for its invoker's health.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Finished {
    Success,
    /// An error of OpenWhisk's own: status 3.
    SystemError,
    Timeout,
}

/// One invoker as one controller sees it.
#[derive(Clone, Debug, Serialize)]
pub struct Supervised {
    pub state: InvokerState,
    registered: bool,
    last_heard: Instant,
    /// The last ten results.
    results: VecDeque<Finished>,
    tests_sent: u32,
    /// Tells the tick of the present stay in a state from ticks of earlier stays.
    armed: u16,
}

/// How many results are kept, and how many bad ones among them are borne (`InvokerSupervision.scala:452-453`).
const RESULTS_KEPT: usize = 10;
const BAD_RESULTS_BORNE: usize = 3;

/// Without a ping for this long an invoker is offline (`InvokerSupervision.scala:271`).
const HEALTHY_TIMEOUT: Span = Span::from_secs(10);
const TEST_INTERVAL: Span = Span::from_secs(60);
const PING_INTERVAL: Span = Span::from_secs(1);

impl Supervised {
    /// A place holder for an invoker that has not sent a ping.
    const fn unknown() -> Self {
        Self {
            state: InvokerState::Offline,
            registered: false,
            last_heard: Instant::START,
            results: VecDeque::new(),
            tests_sent: 0,
            armed: 0,
        }
    }

    /// The state after one more result (`InvokerSupervision.scala:358-411`).
    fn after(&mut self, result: Finished) -> InvokerState {
        self.results.push_back(result);
        if self.results.len() > RESULTS_KEPT {
            self.results.pop_front();
        }
        if self.state == InvokerState::Offline || (self.state == InvokerState::Healthy && result == Finished::Success) {
            return self.state;
        }
        let count = |wanted: Finished| self.results.iter().filter(|result| **result == wanted).count();
        let is_primed = self.results.len() > BAD_RESULTS_BORNE;
        if count(Finished::SystemError) > BAD_RESULTS_BORNE {
            return InvokerState::Unhealthy;
        }
        if count(Finished::Timeout) > BAD_RESULTS_BORNE {
            return InvokerState::Unresponsive;
        }
        match result {
            Finished::Success => InvokerState::Healthy,
            Finished::SystemError if !is_primed => InvokerState::Unhealthy,
            Finished::Timeout if !is_primed => InvokerState::Unresponsive,
            _ => self.state,
        }
    }
}

impl World {
    /// An invoker tells all controllers that it is there.
    pub(super) fn send_ping(&mut self, id: InvokerId, log: &mut StepLog) {
        let Some(invoker) = self.invoker_mut(id) else { return };
        let number = invoker.next_ping();
        let travel = self.setup.span(Identity::ping(id.0, number), Purpose::PingHop, self.setup.configuration.model.kafka_produce);
        let met = self.meet(Node::Invoker(id), Node::Kafka, Cargo::Ping);
        let delay = if let FaultEffect::Delay { ms } = met.effect { Span::from_millis(ms.into()) } else { Span::ZERO };
        // One that is lost is not sent again: the next follows in a second.
        let arrives = !matches!(met.effect, FaultEffect::DropRequest | FaultEffect::Refuse);
        let travel = if arrives {
            self.produce(Process::Invoker(id), Topic::Health, Message::Ping { invoker: id, number }, travel + delay)
        } else {
            travel
        };
        let flight = self.flight(Node::Invoker(id), Node::Kafka, Cargo::Ping, travel).filter(|_| arrives);
        self.tell(log, None, None, flight, StepKind::PingSent { invoker: id });
        self.tell_met(met, None, None, log);
        self.set(PING_INTERVAL, What::PingDue(id));
    }

    pub(super) fn receive_ping(&mut self, id: ControllerId, invoker: InvokerId, log: &mut StepLog) {
        self.tell(log, None, None, None, StepKind::PingReceived { controller: id, invoker });
        let (now, managed) = (self.now, self.setup.configuration.managed_percent);
        let Some(controller) = self.controller_mut(id) else { return };
        let place = usize::from(invoker.0);
        if controller.supervised.len() <= place {
            controller.supervised.resize_with(place + 1, Supervised::unknown);
            let count = u32::try_from(controller.supervised.len()).unwrap_or(u32::MAX);
            controller.slots.know_invokers(count, managed);
        }
        let Some(supervised) = controller.supervised.get_mut(place) else { return };
        supervised.last_heard = now;
        if !std::mem::replace(&mut supervised.registered, true) {
            self.tell(log, None, None, None, StepKind::InvokerRegistered { controller: id, invoker });
            self.set(HEALTHY_TIMEOUT, What::PingsOverdue { controller: id, invoker });
        }
        // A new one starts unhealthy, and so does one that comes back.
        if self.supervised(id, invoker).is_some_and(|it| it.state == InvokerState::Offline) {
            self.enter(id, invoker, InvokerState::Unhealthy, log);
        }
    }

    fn supervised(&mut self, id: ControllerId, invoker: InvokerId) -> Option<&mut Supervised> {
        self.controller_mut(id)?.supervised.get_mut(usize::from(invoker.0))
    }

    /// Changes to another state. Entering one of the two in doubt sends a test at once, and another each minute.
    fn enter(&mut self, id: ControllerId, invoker: InvokerId, state: InvokerState, log: &mut StepLog) {
        let Some(supervised) = self.supervised(id, invoker) else { return };
        let from = std::mem::replace(&mut supervised.state, state);
        supervised.armed = supervised.armed.wrapping_add(1);
        let armed = supervised.armed;
        self.tell(log, None, None, None, StepKind::InvokerStateChanged { controller: id, invoker, from, to: state });
        if matches!(state, InvokerState::Unhealthy | InvokerState::Unresponsive) {
            self.send_health_test(id, invoker, log);
            self.set(TEST_INTERVAL, What::HealthTick { controller: id, invoker, armed });
        }
    }

    pub(super) fn health_tick(&mut self, id: ControllerId, invoker: InvokerId, armed: u16, log: &mut StepLog) {
        let now = self.now;
        if let Some(supervised) = self.supervised(id, invoker).filter(|it| it.armed == armed) {
            supervised.last_heard = now;
            self.send_health_test(id, invoker, log);
            self.set(TEST_INTERVAL, What::HealthTick { controller: id, invoker, armed });
        }
    }

    pub(super) fn pings_overdue(&mut self, id: ControllerId, invoker: InvokerId, log: &mut StepLog) {
        let now = self.now;
        let Some(supervised) = self.supervised(id, invoker) else { return };
        let due = supervised.last_heard + HEALTHY_TIMEOUT;
        if due > now {
            self.set_at(due, What::PingsOverdue { controller: id, invoker });
            return;
        }
        if supervised.state != InvokerState::Offline {
            self.enter(id, invoker, InvokerState::Offline, log);
        }
        self.set(HEALTHY_TIMEOUT, What::PingsOverdue { controller: id, invoker });
    }

    /// Posts a test activation straight to the invoker's topic: a record like any other comes of it, but no slot is taken.
    fn send_health_test(&mut self, id: ControllerId, invoker: InvokerId, log: &mut StepLog) {
        let setup = Rc::clone(&self.setup);
        let Some(&action) = setup.health_actions.get(usize::from(id.0)) else { return };
        let Some(supervised) = self.supervised(id, invoker) else { return };
        let number = supervised.tests_sent;
        supervised.tests_sent += 1;
        // A controller that has been restarted counts from the start again, but these are other tests.
        let restarts = self.controllers.get(usize::from(id.0)).map_or(0, |controller| controller.restarts);
        let identity = Identity::health_test(id.0, invoker.0, number | (u32::from(restarts) << 16));
        let mut test = self.new_activation(identity, setup.system_namespace, action, id, invoker);
        test.health_test = true;
        // All tests share the supervisor's transaction, whose clock started with the controller (`InvokerSupervision.scala:417-436`).
        test.received = self.controller_mut(id).and_then(|controller| controller.started).unwrap_or_default();
        let Some(ix) = self.add_activation(test) else { return };
        self.tell(log, Some(ix), None, None, StepKind::HealthTestSent { controller: id, invoker });
        self.post_activation(ix, log);
    }

    /// An invocation on this invoker was completed, or was not in time.
    pub(super) fn invocation_finished(&mut self, id: ControllerId, invoker: InvokerId, result: Finished, log: &mut StepLog) {
        let now = self.now;
        let Some(supervised) = self.supervised(id, invoker) else { return };
        // Whatever it hears of an invoker puts its being offline off, not pings alone.
        supervised.last_heard = now;
        let was = supervised.state;
        let next = supervised.after(result);
        // A first success is followed by one more test, to clear the memory of bad results.
        if result == Finished::Success && was == InvokerState::Unhealthy {
            self.send_health_test(id, invoker, log);
        }
        if next != was {
            self.enter(id, invoker, next, log);
        }
    }
}

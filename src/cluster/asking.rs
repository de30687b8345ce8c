//! Clients that ask a store themselves, over its own HTTP interface: no process of OpenWhisk takes part.

use super::activation::{Answer, Failure, Phase, Request};
use super::command::Act;
use super::event::{Failing, What};
use super::faults::FaultEffect;
use super::place::{ActivationIx, Cargo, ExchangeIx, Node, StoreKind};
use super::step::{DesignDocument, NoAnswer, StepKind};
use super::store::{Context, Effects, Served, StoreTimer};
use super::wire::WireResponse;
use super::world::{StepLog, World};
use crate::activation::Library;
use crate::chance::Purpose;
use crate::time::Span;
use serde::Serialize;
use std::rc::Rc;

/// What is known of such requests.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Asks {
    /// The stores that somebody has asked so far.
    stores: Vec<StoreKind>,
    waiting: Vec<Waiting>,
}

/// A request that waits for the update of its view.
#[derive(Clone, Copy, Debug, Serialize)]
struct Waiting {
    exchange: ExchangeIx,
    store: StoreKind,
    view: DesignDocument,
    /// The database's update sequence when the request came: the index must have come that far.
    sequence: u64,
}

impl Asks {
    pub(super) fn is_untouched(&self) -> bool {
        self.stores.is_empty()
    }
}

impl World {
    /// Whether a client has asked this store itself so far.
    pub fn was_asked(&self, store: StoreKind) -> bool {
        self.asks.stores.contains(&store)
    }

    /// The request leaves its client.
    pub(super) fn send_to_store(&mut self, ix: ExchangeIx, store: StoreKind, log: &mut StepLog) {
        let setup = Rc::clone(&self.setup);
        let Some(identity) = self.exchange(ix).map(|exchange| exchange.identity) else { return };
        if !self.was_asked(store) {
            self.asks.stores.push(store);
        }
        let travel = setup.span(identity, Purpose::RequestHop, setup.configuration.model.http_hop);
        let met = self.meet(Node::Client, Node::Store(store), Cargo::Request);
        let gateway = Span::from_millis(setup.configuration.gateway_timeout_ms.into());
        let fails = |why| Failing::AskFails { exchange: ix, why };
        let (travel, arrives, failing) = match met.effect {
            FaultEffect::Pass => (travel, true, None),
            FaultEffect::Delay { ms } => (travel + Span::from_millis(ms.into()), true, None),
            FaultEffect::DropAnswer => (travel, true, Some((gateway, fails(NoAnswer::TimedOut)))),
            FaultEffect::DropRequest => (travel, false, Some((gateway, fails(NoAnswer::TimedOut)))),
            FaultEffect::Answer { status } => (travel, false, Some((travel.times(2), Failing::GatewayAnswers { exchange: ix, status }))),
            FaultEffect::Refuse | FaultEffect::QueueFull | FaultEffect::RefuseItem => {
                (travel, false, Some((travel.times(2), fails(NoAnswer::Refused))))
            }
        };
        let flight = self.flight(Node::Client, Node::Store(store), Cargo::Request, travel).filter(|_| arrives);
        self.tell(log, None, Some(ix), flight, StepKind::StoreAsked { store });
        if let Some(exchange) = self.exchange_mut(ix) {
            exchange.answer_lost = met.effect == FaultEffect::DropAnswer;
        }
        if arrives {
            let service = self.stores.of(store).read_time(&self.setting(), identity);
            let travel_us = u32::try_from(travel.micros()).unwrap_or(u32::MAX);
            self.set(travel + service, What::AskServed { exchange: ix, travel_us });
        }
        self.tell_met(met, None, Some(ix), log);
        if let Some((after, failing)) = failing {
            self.set(after, What::Failing(failing));
        }
    }

    /// The store comes to the request.
    pub(super) fn ask_served(&mut self, ix: ExchangeIx, log: &mut StepLog) {
        let Some(store) = self.exchange(ix).and_then(|exchange| exchange.request.store()) else { return };
        if self.is_stopped(Node::Store(store)) {
            self.ask_broken_off(ix);
        } else {
            self.serve_ask(ix, store, None, false, log);
        }
    }

    /// Serves a request. `waited` is the sequence that its view was to come to, of one that has waited; `is_built`: it has come that far.
    fn serve_ask(&mut self, ix: ExchangeIx, store: StoreKind, waited: Option<u64>, is_built: bool, log: &mut StepLog) {
        let (setup, catalogue) = (Rc::clone(&self.setup), Rc::clone(&self.catalogue));
        let Some(exchange) = self.exchange(ix) else { return };
        let (identity, now) = (exchange.identity, self.now);
        let Some(Act::Ask { request, .. }) = self.act_of(exchange) else { return };
        let Ok(request) = request.to_http() else { return };
        let mut effects = std::mem::take(&mut self.spare_effects);
        let sequence = waited.unwrap_or(self.stores.sequence());
        let library = Library { catalogue: &catalogue, appendices: &self.appendices };
        let setting = setup.setting(&catalogue);
        let context = Context { setting: &setting, library, identity, now, has_waited: is_built };
        match self.stores.serve_interface(store, context, &request, &mut effects) {
            Served::Answer(response) => self.ask_answered(ix, store, &response, effects, log),
            Served::AfterUpdate(view) => {
                self.asks.waiting.push(Waiting { exchange: ix, store, view, sequence });
                self.effects(effects, log);
            }
        }
    }

    /// A timer of a store's is over: who waits for the view that it has brought up to date may go on.
    pub(super) fn after_store_timer(&mut self, timer: StoreTimer, log: &mut StepLog) {
        if self.asks.waiting.is_empty() || self.is_stopped(Node::Store(timer.store())) {
            return;
        }
        let Some(view) = timer.view() else { return };
        let Some(built) = self.stores.built(view) else { return };
        let waiting = std::mem::take(&mut self.asks.waiting);
        let (ready, others): (Vec<Waiting>, Vec<Waiting>) = waiting.into_iter().partition(|waits| waits.view == view);
        self.asks.waiting = others;
        for Waiting { exchange, store, sequence, .. } in ready {
            self.serve_ask(exchange, store, Some(sequence), built >= sequence, log);
        }
    }

    /// The answer leaves the store, after what the request has changed there.
    fn ask_answered(
        &mut self,
        ix: ExchangeIx,
        store: StoreKind,
        response: &::http::Response<Vec<u8>>,
        effects: Effects,
        log: &mut StepLog,
    ) {
        for (activation, step) in &effects.steps {
            if let (StepKind::RecordDeleted { .. }, Some(activation)) =
                (step, activation.and_then(|ix| self.activation_mut(ActivationIx(ix))))
            {
                activation.phase = Phase::NotWritten;
            }
        }
        self.effects(effects, log);
        let setup = Rc::clone(&self.setup);
        let Some(exchange) = self.exchange_mut(ix) else { return };
        let (identity, is_lost) = (exchange.identity, exchange.answer_lost || exchange.abandoned);
        let status = response.status().as_u16();
        if !is_lost {
            exchange.answer = Some(Answer::Http(Rc::new(WireResponse::of_http(response))));
        }
        let travel = setup.span(identity, Purpose::AnswerHop, setup.configuration.model.http_hop);
        let flight = self.flight(Node::Store(store), Node::Client, Cargo::Answer, travel).filter(|_| !is_lost);
        self.tell(log, None, Some(ix), flight, StepKind::StoreServed { store, status });
        if !is_lost {
            self.set(travel, What::AnswerArrives(ix));
        }
    }

    /// A store stops: whoever waits for one of its views has no answer.
    pub(super) fn break_asks(&mut self, store: StoreKind) {
        let (broken, others): (Vec<Waiting>, Vec<Waiting>) =
            std::mem::take(&mut self.asks.waiting).into_iter().partition(|waits| waits.store == store);
        self.asks.waiting = others;
        for waits in broken {
            self.ask_broken_off(waits.exchange);
        }
    }

    /// The connection breaks. The client hears of it after the way back, unless it hears of nothing anyway.
    fn ask_broken_off(&mut self, ix: ExchangeIx) {
        let setup = Rc::clone(&self.setup);
        let Some(exchange) = self.exchange(ix).filter(|exchange| !exchange.answer_lost) else { return };
        let travel = setup.span(exchange.identity, Purpose::AnswerHop, setup.configuration.model.http_hop);
        self.set(travel, What::Failing(Failing::AskFails { exchange: ix, why: NoAnswer::Broken }));
    }

    /// The client has no answer, and waits no longer.
    pub(super) fn ask_failed(&mut self, ix: ExchangeIx, why: NoAnswer, log: &mut StepLog) {
        let now = self.now;
        let Some(exchange) = self.exchange_mut(ix).filter(|exchange| !exchange.abandoned) else { return };
        let Request::Ask { store } = exchange.request else { return };
        let failure = match why {
            NoAnswer::Refused => Failure::ConnectionRefused,
            NoAnswer::TimedOut => Failure::TimedOut,
            NoAnswer::Broken => Failure::ConnectionBroken,
        };
        exchange.answer = Some(Answer::Failed { status: 0, failure });
        exchange.answered = Some(now);
        self.tell(log, None, Some(ix), None, StepKind::StoreUnanswered { store, why });
        self.program_goes_on(ix, log);
    }

    /// The answer of a store reaches its client.
    pub(super) fn store_answer_received(&mut self, ix: ExchangeIx, store: StoreKind, log: &mut StepLog) {
        let Some(exchange) = self.exchange(ix) else { return };
        let status = exchange.answer.as_ref().map_or(0, Answer::status);
        self.tell(log, None, Some(ix), None, StepKind::StoreAnswerReceived { store, status });
    }
}

//! The blocking wait: the ack first, database polls as the safety net (`PrimitiveActions.scala:632-697`). And reads for clients.

use super::activation::{Answer, Failure, Finding, Query, QueryPurpose, Request};
use super::command::{Act, ListForm};
use super::event::{Failing, Polls, What};
use super::faults::{FaultEffect, LinkFailure};
use super::place::{ActivationIx, Cargo, ControllerId, ExchangeIx, Node, StoreKind};
use super::step::{QueryKind, QueryOutcome, RequestKind, StepKind};
use super::store::{IndexMissing, ListQuery, StartRange, list_outcome};
use super::world::{StepLog, World};
use crate::activation::{Logs, Record};
use crate::chance::{Identity, Purpose};
use crate::time::Span;
use std::rc::Rc;

/// Quick polls after an ack with nothing but an id.
const QUICK_TRIES: u16 = 4;

/// How long a poll waits, from the start or from the miss before it.
const fn poll_wait(polls: Polls, tries: u16) -> Span {
    match polls {
        Polls::Quick => Span::from_secs(1 + 2 * tries as u64),
        Polls::Slow => Span::from_secs(15),
    }
}

impl World {
    /// The wait begins once Kafka has the message: the slow polls and the limit.
    pub(super) fn begin_waiting(&mut self, exchange: ExchangeIx) {
        let polls = self.setup.configuration.polling_from_db;
        let limit = self.wait_limit(exchange);
        if polls {
            self.set(poll_wait(Polls::Slow, 0), What::PollDue { exchange, polls: Polls::Slow, tries: 0 });
        }
        self.set(limit, What::BlockingWaitEnds(exchange));
    }

    /// How long a blocking call is waited for. For a component of a sequence it is the action's own time limit and a minute
    /// (`SequenceActions.scala:360-379`).
    fn wait_limit(&self, exchange: ExchangeIx) -> Span {
        let configuration = &self.setup.configuration;
        let component = self.exchange(exchange).filter(|exchange| exchange.inner.is_some()).map(|exchange| exchange.request);
        match component {
            Some(Request::Invoke { action }) => {
                let limits = self.catalogue.action(action).map(|action| action.limits);
                Span::from_millis(limits.unwrap_or_default().timeout_ms.into()) + Span::from_secs(60)
            }
            _ => self.asked_wait(exchange).unwrap_or(Span::from_millis(configuration.blocking_wait_ms.into())),
        }
    }

    /// How long the client asks to be waited for.
    pub(super) fn asked_wait(&self, ix: ExchangeIx) -> Option<Span> {
        let command = self.setup.commands.get(self.exchange(ix)?.command as usize)?;
        match command.act {
            Act::Invoke { timeout_ms, .. } => timeout_ms.map(|ms| Span::from_millis(ms.into())),
            _ => None,
        }
    }

    /// A result ack is there. A whole one is the answer; one with the id alone starts the quick polls.
    pub(super) fn result_arrived(&mut self, ix: ActivationIx, whole: bool, log: &mut StepLog) {
        let polling = self.setup.configuration.polling_from_db;
        let Some(activation) = self.activation_mut(ix) else { return };
        let Some(exchange) = activation.exchange else { return };
        if !activation.accepted {
            activation.early_ack = Some(whole);
            return;
        }
        let (id, record) = (activation.id, activation.record);
        if whole && let Some(record) = record {
            self.answer(exchange, Answer::Completed(Rc::new(record)), log);
        } else if polling {
            self.begin_quick_polls(exchange);
        } else {
            self.answer(exchange, Answer::Accepted(id), log);
        }
    }

    fn begin_quick_polls(&mut self, exchange: ExchangeIx) {
        self.set(poll_wait(Polls::Quick, 0), What::PollDue { exchange, polls: Polls::Quick, tries: 0 });
    }

    pub(super) fn poll(&mut self, exchange: ExchangeIx, polls: Polls, tries: u16, log: &mut StepLog) {
        if !self.exchange(exchange).is_some_and(super::activation::Exchange::is_open) {
            return;
        }
        let query = match polls {
            Polls::Quick => QueryKind::QuickPoll,
            Polls::Slow => QueryKind::SlowPoll,
        };
        self.ask_store(exchange, query, QueryPurpose::Poll { polls, tries }, log);
    }

    /// The limit is reached: 202 with the id, as if the call had not been blocking.
    pub(super) fn blocking_wait_ended(&mut self, ix: ExchangeIx, log: &mut StepLog) {
        let Some(exchange) = self.exchange(ix) else { return };
        let Some(activation) = exchange.activation.filter(|_| exchange.is_open()) else { return };
        let controller = exchange.controller;
        let waited = self.wait_limit(ix);
        let Some(id) = self.activation(activation).map(|it| it.id) else { return };
        self.tell(log, Some(activation), Some(ix), None, StepKind::BlockingWaitEnded { controller, waited });
        self.answer(ix, Answer::Accepted(id), log);
    }

    /// The controller asks the store that it is bound to.
    pub(super) fn ask_store(&mut self, ix: ExchangeIx, query: QueryKind, purpose: QueryPurpose, log: &mut StepLog) {
        let setup = Rc::clone(&self.setup);
        let Some(exchange) = self.exchange(ix) else { return };
        let (controller, activation) = (exchange.controller, exchange.activation);
        let identity = match purpose {
            QueryPurpose::Client => exchange.identity,
            QueryPurpose::Poll { polls, tries } => Identity::poll(exchange.identity, polls as u8, tries.into()),
        };
        let Some(store) = self.controller_mut(controller).map(|it| it.store) else { return };
        if !store.keeps_records() {
            // It is part of the process: the answer is there at once, and nothing travels.
            self.tell(log, activation, Some(ix), None, StepKind::NoopAnswered { controller, query });
            let counts = self.exchange(ix).is_some_and(|exchange| self.list_more(exchange).form == ListForm::Count);
            let finding = match query {
                QueryKind::List if counts => Finding::Count(0),
                QueryKind::List => Finding::Rows(Rc::default()),
                _ => Finding::MadeUp,
            };
            self.answered(&Query { controller, store, exchange: ix, purpose, identity, finding: None, failure: None }, finding, log);
            return;
        }
        let travel = setup.span(identity, Purpose::QueryHop, setup.configuration.model.store_hop);
        let service = self.stores.of(store).read_time(&self.setting(), identity);
        let met = self.meet(Node::Controller(controller), Node::Store(store), Cargo::Query);
        let (delay, arrives, failure) = self.query_meets(store, met.effect, travel);
        let travel = travel + delay;
        let flight = self.flight(Node::Controller(controller), Node::Store(store), Cargo::Query, travel).filter(|_| arrives);
        self.tell(log, activation, Some(ix), flight, StepKind::QuerySent { controller, store, query });
        self.tell_met(met, activation, Some(ix), log);
        let cause = failure.map(|(_, cause)| cause);
        let number = self.queries.insert(Query { controller, store, exchange: ix, purpose, identity, finding: None, failure: cause });
        let Ok(number) = u32::try_from(number) else { return };
        let travel_us = u32::try_from(travel.micros()).unwrap_or(u32::MAX);
        if arrives && failure.is_none_or(|(after, _)| travel + service < after) {
            self.set(travel + service, What::QueryServed { query: number, travel_us });
        }
        if let Some((after, _)) = failure {
            self.set(after, What::Failing(Failing::QueryFails { query: number }));
        }
    }

    /// What a read meets on its way: by how much it is late, whether it arrives, and what its controller hears of and when.
    fn query_meets(&self, store: StoreKind, effect: FaultEffect, travel: Span) -> (Span, bool, Option<(Span, LinkFailure)>) {
        if effect == FaultEffect::Pass {
            return (Span::ZERO, true, None);
        }
        let timeout = self.stores.of(store).timeout(&self.setting());
        let too_late = Some((timeout, LinkFailure::TimedOut));
        match effect {
            FaultEffect::Delay { ms } => {
                let delay = Span::from_millis(ms.into());
                if delay < timeout { (delay, true, None) } else { (Span::ZERO, false, too_late) }
            }
            FaultEffect::DropRequest => (Span::ZERO, false, too_late),
            FaultEffect::DropAnswer => (Span::ZERO, true, too_late),
            FaultEffect::Answer { status } => (Span::ZERO, false, Some((travel.times(2), LinkFailure::Status(status)))),
            FaultEffect::QueueFull => (Span::ZERO, false, Some((Span::ZERO, LinkFailure::QueueFull))),
            FaultEffect::Refuse | FaultEffect::RefuseItem | FaultEffect::Pass => {
                (Span::ZERO, false, Some((travel.times(2), LinkFailure::Refused)))
            }
        }
    }

    /// Whether a client's request would get through to this controller now, and the answer back.
    pub fn would_get_through(&self, controller: ControllerId) -> bool {
        let effect = self.would_meet(Node::Client, Node::Controller(controller), Cargo::Request);
        matches!(effect, FaultEffect::Pass | FaultEffect::Delay { .. })
    }

    /// What a controller would hear of in place of an answer, if it read from its store now.
    pub fn would_fail_to_read(&self, controller: ControllerId) -> Option<LinkFailure> {
        let store = self.controllers.get(usize::from(controller.0))?.store;
        if !store.keeps_records() {
            return None;
        }
        let effect = self.would_meet(Node::Controller(controller), Node::Store(store), Cargo::Query);
        self.query_meets(store, effect, Span::ZERO).2.map(|(_, cause)| cause)
    }

    /// The controller hears that a read has failed. A 404 is to a get what a missing record is; anything else ends the request in 500
    /// (`PrimitiveActions.scala:690-691`, `ApiUtils.scala:96-104,146-158`).
    pub(super) fn query_failed(&mut self, number: u32, log: &mut StepLog) {
        let Some(query) = self.queries.try_remove(number as usize) else { return };
        let Some(cause) = query.failure else { return };
        let Some(exchange) = self.exchange(query.exchange) else { return };
        let (activation, is_list) = (exchange.activation, matches!(exchange.request, Request::List { .. }));
        let Query { controller, store, .. } = query;
        let kind = query_kind(&query, is_list);
        self.tell(log, activation, Some(query.exchange), None, StepKind::QueryFailed { controller, store, query: kind, cause });
        let failure = match (cause, query.purpose) {
            (LinkFailure::Status(404), QueryPurpose::Client) if !is_list => {
                self.answer(query.exchange, Answer::Failed { status: 404, failure: Failure::NotFound }, log);
                return;
            }
            (LinkFailure::Status(404), QueryPurpose::Poll { polls, tries }) => {
                self.poll_answered(&query, Finding::NoRecord, polls, tries, log);
                return;
            }
            (LinkFailure::Status(status), QueryPurpose::Client) if !is_list => Failure::StoreAnswered { store, status },
            _ => Failure::StoreUnreachable,
        };
        self.answer(query.exchange, Answer::Failed { status: 500, failure }, log);
    }

    /// The store has read. What the read causes in the store comes after the answer.
    pub(super) fn query_served(&mut self, number: u32, log: &mut StepLog) {
        let (setup, catalogue) = (Rc::clone(&self.setup), Rc::clone(&self.catalogue));
        let Some(query) = self.queries.get(number as usize).cloned() else { return };
        if self.is_stopped(Node::Store(query.store)) {
            self.read_broken_off(number, &query);
            return;
        }
        let is_unheard = query.failure.is_some();
        let Some(exchange) = self.exchange(query.exchange) else { return };
        let (activation, namespace) = (exchange.activation, exchange.namespace);
        let list = match exchange.request {
            Request::List { name, skip, limit } => {
                let more = self.list_more(exchange);
                let range = StartRange::new(more.since_ms, more.upto_ms);
                Some((ListQuery { namespace, name, skip, limit, range }, more.form))
            }
            _ => None,
        };
        let id = match exchange.request {
            Request::Read { id } => Some(id),
            _ => activation.and_then(|ix| self.activation(ix)).map(|it| it.id),
        };
        let store = self.stores.of(query.store);
        let (finding, outcome) = match (list, id) {
            (Some((list, ListForm::Count)), _) => match store.count(&self.setting(), list) {
                Ok(count) => (Finding::Count(count), QueryOutcome::Counted { count: u32::try_from(count).unwrap_or(u32::MAX) }),
                Err(IndexMissing) => (Finding::IndexMissing, QueryOutcome::IndexMissing),
            },
            (Some((list, _)), _) => {
                let answer = store.list(&self.setting(), list);
                let outcome = list_outcome(&answer);
                (answer.map_or(Finding::IndexMissing, |(rows, _)| Finding::Rows(Rc::new(rows))), outcome)
            }
            (None, Some(id)) => match store.get(namespace, id) {
                Ok(Some(record)) => (Finding::Record(Rc::new(record)), QueryOutcome::Found),
                Ok(None) => match store.by_hand(&catalogue, namespace, id) {
                    Some(document) => (Finding::ByHand(document.map(Rc::new)), QueryOutcome::Found),
                    None => (Finding::NoRecord, QueryOutcome::NotFound),
                },
                // To the controller a missing index is nothing but a record that is not there
                // (`ElasticSearchActivationStore.scala:213-215`).
                Err(IndexMissing) => (Finding::NoRecord, QueryOutcome::IndexMissing),
            },
            (None, None) => (Finding::NoRecord, QueryOutcome::NotFound),
        };
        let travel = setup.span(query.identity, Purpose::QueryAnswerHop, setup.configuration.model.store_hop);
        let flight = self.flight(Node::Store(query.store), Node::Controller(query.controller), Cargo::QueryAnswer, travel);
        let flight = flight.filter(|_| !is_unheard);
        let kind = query_kind(&query, list.is_some());
        let step = StepKind::QueryAnswered { controller: query.controller, store: query.store, query: kind, outcome };
        self.tell(log, activation, Some(query.exchange), flight, step);
        if let Some(query) = self.queries.get_mut(number as usize) {
            query.finding = Some(finding);
        }
        if !is_unheard {
            self.set(travel, What::QueryAnswered { query: number });
        }
        if let Some((list, _)) = list {
            let mut effects = std::mem::take(&mut self.spare_effects);
            self.stores.of_mut(query.store).queried(&setup.setting(&catalogue), list, query.identity, self.now, &mut effects);
            self.effects(effects, log);
        }
    }

    /// The store went down with a read in it: the connection is lost, unless nobody hears of it anyway.
    fn read_broken_off(&mut self, number: u32, query: &Query) {
        if query.failure.is_some() {
            return;
        }
        if let Some(query) = self.queries.get_mut(number as usize) {
            query.failure = Some(LinkFailure::Refused);
        }
        let travel = self.setup.span(query.identity, Purpose::QueryAnswerHop, self.setup.configuration.model.store_hop);
        self.set(travel, What::Failing(Failing::QueryFails { query: number }));
    }

    /// The store's answer is back at the controller.
    pub(super) fn query_answered(&mut self, number: u32, log: &mut StepLog) {
        let Some(query) = self.queries.try_remove(number as usize) else { return };
        let finding = query.finding.clone().unwrap_or(Finding::NoRecord);
        self.answered(&query, finding, log);
    }

    fn answered(&mut self, query: &Query, finding: Finding, log: &mut StepLog) {
        // Whoever waited for it may be gone.
        if !self.exchange(query.exchange).is_some_and(super::activation::Exchange::is_open) {
            return;
        }
        match query.purpose {
            QueryPurpose::Client => {
                let answer = match finding {
                    Finding::Rows(rows) => Answer::Rows(rows),
                    Finding::Count(number) => Answer::Count { of: "activations", number },
                    Finding::Record(record) => Answer::Record(record),
                    Finding::ByHand(Some(document)) => Answer::ByHand(document),
                    Finding::ByHand(None) => Answer::Failed { status: 500, failure: Failure::Corrupted },
                    Finding::MadeUp => self.made_up(query.controller),
                    Finding::NoRecord if self.asks_log_store(query.exchange) => {
                        let controller = query.controller;
                        self.tell(log, None, Some(query.exchange), None, StepKind::LogStoreAsked { controller });
                        Answer::Failed { status: 500, failure: Failure::LogsNotAvailable }
                    }
                    Finding::NoRecord => Answer::Failed { status: 404, failure: Failure::NotFound },
                    Finding::IndexMissing => Answer::Failed { status: 500, failure: Failure::StoreFailed },
                };
                self.answer(query.exchange, answer, log);
            }
            QueryPurpose::Poll { polls, tries } => self.poll_answered(query, finding, polls, tries, log),
        }
    }

    /// The record of the Noop store: its times are those of the process's start.
    fn made_up(&self, controller: ControllerId) -> Answer {
        let started = self.controllers.get(usize::from(controller.0)).and_then(|controller| controller.started).unwrap_or_default();
        Answer::MadeUp { start_ms: self.setup.configuration.epoch_ms.millis_at(started) }
    }

    /// Whether a missing record's logs are asked for in the log store: the one effect that `disable-store-result` still has
    /// (`core/controller/Activations.scala:77,225-235`, `core/controller/ApiUtils.scala:240-253`). The default log store keeps no logs but
    /// those of the record, and fails (`DockerToActivationLogStore.scala:76-79`).
    fn asks_log_store(&self, ix: ExchangeIx) -> bool {
        self.setup.configuration.disable_store_result && self.exchange(ix).is_some_and(|exchange| exchange.kind == RequestKind::Logs)
    }

    fn poll_answered(&mut self, query: &Query, finding: Finding, polls: Polls, tries: u16, log: &mut StepLog) {
        let Some(exchange) = self.exchange(query.exchange) else { return };
        if !exchange.is_open() {
            return;
        }
        let wants_result = exchange.kind == RequestKind::InvokeResult;
        let (activation, controller, kind) = (exchange.activation, query.controller, query_kind(query, false));
        if matches!(finding, Finding::MadeUp) {
            // The poll takes it for the record it waits for.
            self.tell(log, activation, Some(query.exchange), None, StepKind::PollFound { controller, query: kind });
            let answer = if wants_result {
                // What is not there is null, and null is no object (`core/entity/WhiskActivation.scala:98`).
                Answer::Failed { status: 500, failure: Failure::NoResult }
            } else {
                self.made_up(controller)
            };
            self.answer(query.exchange, answer, log);
            return;
        }
        if let Finding::Record(record) = finding {
            self.tell(log, activation, Some(query.exchange), None, StepKind::PollFound { controller, query: kind });
            // A blocking answer carries no logs, wherever it came from.
            let record = Record { logs: Logs::None, ..*record };
            self.answer(query.exchange, Answer::Completed(Rc::new(record)), log);
            return;
        }
        let tries = tries + 1;
        let next_in = (polls == Polls::Slow || tries < QUICK_TRIES).then(|| poll_wait(polls, tries));
        self.tell(log, activation, Some(query.exchange), None, StepKind::PollMissed { controller, query: kind, next_in });
        if let Some(wait) = next_in {
            self.set(wait, What::PollDue { exchange: query.exchange, polls, tries });
        }
    }
}

const fn query_kind(query: &Query, list: bool) -> QueryKind {
    match query.purpose {
        QueryPurpose::Client if list => QueryKind::List,
        QueryPurpose::Client => QueryKind::Get,
        QueryPurpose::Poll { polls: Polls::Quick, .. } => QueryKind::QuickPoll,
        QueryPurpose::Poll { polls: Polls::Slow, .. } => QueryKind::SlowPoll,
    }
}

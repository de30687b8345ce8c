//! Triggers: the controller that a trigger is fired at invokes the actions of its rules by HTTP to itself, and writes the record once all
//! have answered (`Triggers.scala:135-198,330-436`).

use super::activation::{Answer, Exchange, Failure, Inner, Phase, Request};
use super::controller::individual_limit;
use super::event::What;
use super::place::{ActivationIx, ExchangeIx, Process};
use super::step::{RateLimit, RequestKind, StepKind};
use super::world::{StepLog, World};
use crate::activation::{ActionId, Appendix, Logs, Origin, Particulars, Record, RuleFailure, RuleResult, Status};
use crate::chance::{Identity, Purpose};
use serde::Serialize;
use std::rc::Rc;

/// A trigger that was fired, until all of its rules have their answers.
#[derive(Clone, Debug, Serialize)]
pub struct Firing {
    pub(super) activation: ActivationIx,
    /// One for each rule; nothing where the answer is awaited.
    results: Vec<Option<RuleResult>>,
}

impl World {
    pub(super) fn fire(&mut self, ix: ExchangeIx, trigger: ActionId, log: &mut StepLog) {
        let setup = Rc::clone(&self.setup);
        let catalogue = Rc::clone(&self.catalogue);
        let Some(exchange) = self.exchange(ix) else { return };
        let (controller, namespace, identity) = (exchange.controller, exchange.namespace, exchange.identity);
        if let Some((count, allowed)) = self.fires_too_often(ix) {
            self.tell(log, None, Some(ix), None, StepKind::RequestThrottled { controller, limit: RateLimit::Fires, count, allowed });
            self.answer(ix, Answer::Failed { status: 429, failure: Failure::TooManyRequests { count, allowed } }, log);
            return;
        }
        if self.is_forbidden(ix, log) || !self.knows_entity(ix, controller, trigger, log) {
            return;
        }
        let Some(known) = catalogue.trigger(trigger) else { return };
        let active = known.rules.iter().filter(|rule| rule.active).count();
        if active == 0 {
            self.tell(log, None, Some(ix), None, StepKind::TriggerWithoutRule { controller });
            self.answer(ix, Answer::NothingFired, log);
            return;
        }
        let Some(activation) = self.own_activation(ix, trigger, Origin::Trigger) else { return };
        let rules = u8::try_from(active).unwrap_or(u8::MAX);
        self.tell(log, Some(activation), Some(ix), None, StepKind::TriggerFired { controller, rules });
        let firing = self.firings.insert(Firing { activation, results: vec![None; known.rules.len()] });
        let Ok(firing) = u32::try_from(firing) else { return };
        for (place, rule) in (0_u8..).zip(&known.rules) {
            let (name, action) = (format!("{}/{}", known.namespace, rule.name), self.rule_action(trigger, place));
            if !rule.active {
                let outcome = Err(RuleFailure::inactive(&name, &action));
                self.rule_done(firing, place, RuleResult { rule: name, action, outcome });
                continue;
            }
            let Some((action, binding)) = catalogue.referred(&known.namespace, &rule.action) else { continue };
            let Some(&Exchange { command, member, .. }) = self.exchange(ix) else { return };
            let identity = Identity::rule(identity, place.into());
            let post = Exchange {
                command,
                member,
                identity,
                namespace,
                kind: RequestKind::InvokeNonBlocking,
                request: Request::Invoke { action },
                controller,
                sent: self.now,
                activation: None,
                answer: None,
                answered: None,
                answer_lost: false,
                abandoned: false,
                binding,
                inner: Some(Inner::Rule { firing, place }),
            };
            let Ok(post) = u32::try_from(self.exchanges.push(post)).map(ExchangeIx) else { return };
            let travel = setup.span(identity, Purpose::RequestHop, setup.configuration.model.http_hop);
            self.tell(log, Some(activation), Some(ix), None, StepKind::RulePosted { controller, rule: place + 1 });
            self.set(travel, What::RequestArrives(post));
        }
        let id = self.activation(activation).map(|activation| activation.id);
        if let Some(id) = id {
            self.answer(ix, Answer::Accepted(id), log);
        }
    }

    /// The limit of triggers fired a minute (`Entitlement.scala:363-373`), which knows no concurrent one.
    fn fires_too_often(&mut self, ix: ExchangeIx) -> Option<(u32, u32)> {
        let setup = Rc::clone(&self.setup);
        let configuration = &setup.configuration;
        let exchange = self.exchange(ix)?;
        let (controller, namespace) = (exchange.controller, exchange.namespace);
        let minute = configuration.epoch_ms.millis_at(self.now) / 60_000;
        let allowed = individual_limit(configuration.fires_per_minute, configuration.controllers)?;
        let count = self.controller_mut(controller)?.count_fire(namespace, minute);
        (count > allowed).then_some((count, allowed))
    }

    /// The whole name of the action of a trigger's rule, as the rule was made: through the binding, if it names one.
    fn rule_action(&self, trigger: ActionId, place: u8) -> String {
        let catalogue = &self.catalogue;
        let Some(trigger) = catalogue.trigger(trigger) else { return String::new() };
        let Some(rule) = trigger.rules.get(usize::from(place)) else { return String::new() };
        let (namespace, name) = crate::activation::split_reference(&trigger.namespace, &rule.action);
        format!("{namespace}/{name}")
    }

    /// The answer to the invocation of a rule's action is back at the controller.
    pub(super) fn rule_answered(&mut self, ix: ExchangeIx, firing: u32, place: u8, log: &mut StepLog) {
        let Some(answer) = self.exchange(ix).and_then(|exchange| exchange.answer.clone()) else { return };
        let Some(of) = self.firings.get(firing as usize).map(|firing| firing.activation) else { return };
        let Some(&super::activation::Activation { action: trigger, controller, exchange, .. }) = self.activation(of) else { return };
        let status = answer.status();
        let outcome = match answer {
            Answer::Accepted(id) => Ok(id),
            Answer::Failed { status: 500.., failure } => Err(RuleFailure { status: Status::WhiskInternalError, error: failure.text() }),
            Answer::Failed { failure, .. } => Err(RuleFailure { status: Status::ApplicationError, error: failure.text() }),
            _ => return,
        };
        self.tell(log, Some(of), exchange, None, StepKind::RuleAnswered { controller, rule: place + 1, status });
        let catalogue = Rc::clone(&self.catalogue);
        let Some(known) = catalogue.trigger(trigger) else { return };
        let Some(rule) = known.rules.get(usize::from(place)) else { return };
        let rule = format!("{}/{}", known.namespace, rule.name);
        let result = RuleResult { rule, action: self.rule_action(trigger, place), outcome };
        if self.rule_done(firing, place, result) {
            self.end_firing(firing, log);
        }
    }

    /// Keeps the result of one rule. Whether it was the last.
    fn rule_done(&mut self, firing: u32, place: u8, result: RuleResult) -> bool {
        let Some(firing) = self.firings.get_mut(firing as usize) else { return false };
        if let Some(slot) = firing.results.get_mut(usize::from(place)) {
            *slot = Some(result);
        }
        firing.results.iter().all(Option::is_some)
    }

    /// All rules have their results: the trigger's record is made and written (`Triggers.scala:147-183`).
    fn end_firing(&mut self, firing: u32, log: &mut StepLog) {
        let Some(Firing { activation: ix, results }) = self.firings.try_remove(firing as usize) else { return };
        let rules = u8::try_from(results.len()).unwrap_or(u8::MAX);
        let particulars = Particulars::Rules(results.into_iter().flatten().collect());
        let appendix = self.add_appendix(Appendix { cause: None, particulars });
        let epoch = self.setup.configuration.epoch_ms;
        let now_ms = epoch.millis_at(self.now);
        let Some(activation) = self.activation_mut(ix) else { return };
        let record = Record {
            id: activation.id,
            namespace: activation.namespace,
            action: activation.action,
            start_ms: epoch.millis_at(activation.received),
            // A trigger's activation never ends: this is the epoch.
            end_ms: 0,
            duration_ms: 0,
            wait_ms: 0,
            init_ms: None,
            status: Status::Success,
            timed_out: false,
            logs: Logs::None,
            updated_ms: now_ms,
            origin: Origin::Trigger,
            binding: None,
            appendix,
        };
        activation.appendix = appendix;
        activation.record = Some(record);
        activation.phase = Phase::Finished;
        let (controller, exchange) = (activation.controller, activation.exchange);
        self.tell(log, Some(ix), exchange, None, StepKind::TriggerRecorded { controller, rules });
        // It is judged as a call that nobody waits for (`Triggers.scala:182`).
        self.store_after_check(Process::Controller(controller), ix, record, false, log);
    }
}

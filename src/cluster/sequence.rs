//! Sequences: their controller invokes the components one by one and writes the record itself (`SequenceActions.scala:92-494`).

use super::activation::{Answer, Exchange, Inner, Phase, Request};
use super::controller::Invocation;
use super::event::What;
use super::place::{ActivationIx, ExchangeIx, Process};
use super::step::{RequestKind, SequenceEnding, StepKind};
use super::world::{StepLog, World};
use crate::activation::{
    ActivationId, Appendix, Logs, Origin, Particulars, Record, SequenceEnd, SequenceFailure, has_error_field, split_reference,
};
use crate::chance::Identity;
use crate::time::Span;
use serde::Serialize;
use std::rc::Rc;

/// A sequence that runs.
#[derive(Clone, Debug, Serialize)]
pub struct Sequence {
    pub activation: ActivationIx,
    /// Whom its end answers: its client, or the sequence that it is a component of.
    exchange: ExchangeIx,
    cause: Option<ActivationId>,
    /// How many components have been invoked.
    invoked: u32,
    /// How many actions have run since the topmost sequence began: what the limit counts.
    actions: u32,
    duration_ms: u64,
    memory_mb: Option<u32>,
    components: Vec<ActivationId>,
    last: Option<Record>,
}

impl World {
    /// Begins the sequence that `ix` asks for, on its own or as a component of another, given that one's id and its count of actions.
    pub(super) fn begin_sequence(&mut self, ix: ExchangeIx, outer: Option<(ActivationId, u32)>, log: &mut StepLog) {
        let setup = Rc::clone(&self.setup);
        let catalogue = Rc::clone(&self.catalogue);
        let Some(exchange) = self.exchange(ix) else { return };
        let Request::Invoke { action } = exchange.request else { return };
        let (controller, kind) = (exchange.controller, exchange.kind);
        let topmost = outer.is_none();
        // A sequence within another counts as one that nobody waits for (`SequenceActions.scala:363-371`).
        let blocking = topmost && kind != RequestKind::InvokeNonBlocking;
        let Some(activation) = self.own_activation(ix, action, Origin::Sequence { topmost }) else { return };
        let Some(id) = self.activation_mut(activation).map(|made| {
            made.blocking = blocking;
            made.id
        }) else {
            return;
        };
        let count = catalogue.action(action).map_or(0, |action| action.sequence.len());
        let components = u8::try_from(count).unwrap_or(u8::MAX);
        self.tell(log, Some(activation), Some(ix), None, StepKind::SequenceStarted { controller, components });
        let number = self.sequences.insert(Sequence {
            activation,
            exchange: ix,
            cause: outer.map(|(cause, _)| cause),
            invoked: 0,
            actions: outer.map_or(0, |(_, actions)| actions),
            duration_ms: 0,
            memory_mb: None,
            components: Vec::new(),
            last: None,
        });
        let Ok(number) = u32::try_from(number) else { return };
        if blocking {
            // No store is polled for it: the controller that waits is the one that makes the record.
            let wait = self.asked_wait(ix).unwrap_or(Span::from_millis(setup.configuration.blocking_wait_ms.into()));
            self.set(wait, What::BlockingWaitEnds(ix));
        } else if topmost {
            self.answer(ix, Answer::Accepted(id), log);
        }
        self.invoke_component(number, log);
    }

    /// The next component, or the end (`SequenceActions.scala:265-328`).
    fn invoke_component(&mut self, number: u32, log: &mut StepLog) {
        let setup = Rc::clone(&self.setup);
        let catalogue = Rc::clone(&self.catalogue);
        let Some(sequence) = self.sequences.get(number as usize) else { return };
        let (of, outer, actions, place) = (sequence.activation, sequence.exchange, sequence.actions, sequence.invoked);
        let Some(&super::activation::Activation { id, identity, namespace, action, controller, .. }) = self.activation(of) else { return };
        let Some(action) = catalogue.action(action) else { return };
        let Some(component) = action.sequence.get(place as usize) else { return self.end_sequence(number, None, log) };
        if actions >= setup.configuration.sequence_length_max {
            return self.end_sequence(number, Some(SequenceFailure::TooLong), log);
        }
        // `_` is the namespace of whoever invokes (`SequenceActions.scala:395-400`).
        let (home, name) = split_reference(&action.namespace, component);
        let home = if component.starts_with("/_/") { catalogue.namespace(namespace) } else { home };
        let Some((component, binding)) = catalogue.resolve(home, name).filter(|(action, _)| !self.is_deleted(*action)) else {
            return self.end_sequence(number, Some(SequenceFailure::ComponentNotFound), log);
        };
        if let Some(sequence) = self.sequences.get_mut(number as usize) {
            sequence.invoked += 1;
        }
        let Some(&Exchange { command, member, .. }) = self.exchange(outer) else { return };
        let identity = Identity::component(identity, place);
        let exchange = Exchange {
            command,
            member,
            identity,
            namespace,
            kind: RequestKind::InvokeBlocking,
            request: Request::Invoke { action: component },
            controller,
            sent: self.now,
            activation: None,
            answer: None,
            answered: None,
            answer_lost: false,
            abandoned: false,
            binding,
            inner: Some(Inner::Component { sequence: number }),
        };
        let Ok(ix) = u32::try_from(self.exchanges.push(exchange)).map(ExchangeIx) else { return };
        if self.is_sequence(component) {
            return self.begin_sequence(ix, Some((id, actions)), log);
        }
        let count = u32::try_from(action.sequence.len()).unwrap_or(u32::MAX);
        let cause = Some((id, place + 1, count));
        // Its throttles were passed with the sequence: a component is neither counted in its minute nor held up.
        let invocation = Invocation { identity, namespace, action: component, controller, exchange: ix, blocking: true, cause };
        if self.publish(invocation, log).is_none() {
            self.end_sequence(number, Some(SequenceFailure::ComponentFailed), log);
        }
    }

    /// The result of a component is there, or was waited for long enough (`SequenceActions.scala:381-389,464-493`).
    pub(super) fn component_ended(&mut self, number: u32, ix: ExchangeIx, log: &mut StepLog) {
        let Some(answer) = self.exchange(ix).and_then(|exchange| exchange.answer.clone()) else { return };
        let (record, memory_mb) = match answer {
            Answer::Completed(record) => (*record, self.memory_of(&record)),
            Answer::Accepted(id) => {
                if let Some(sequence) = self.sequences.get_mut(number as usize) {
                    sequence.components.push(id);
                }
                return self.end_sequence(number, Some(SequenceFailure::ComponentTimedOut(id)), log);
            }
            _ => return self.end_sequence(number, Some(SequenceFailure::ComponentFailed), log),
        };
        let is_last = has_error_field(&record, self.library());
        let is_action = !record.origin.is_controllers();
        let Some(sequence) = self.sequences.get_mut(number as usize) else { return };
        sequence.components.push(record.id);
        sequence.duration_ms += u64::from(record.duration_ms);
        sequence.memory_mb = sequence.memory_mb.max(memory_mb);
        sequence.last = Some(record);
        // A sequence within this one has counted its own actions already.
        sequence.actions += u32::from(is_action);
        if is_last { self.end_sequence(number, None, log) } else { self.invoke_component(number, log) }
    }

    /// The memory of a record's annotation `limits`, if it has one.
    fn memory_of(&self, record: &Record) -> Option<u32> {
        match record.origin {
            Origin::Run | Origin::ContainerFailed => self.catalogue.action(record.action).map(|action| action.limits.memory_mb),
            Origin::Sequence { .. } => match &self.appendices.get(record.appendix?.place())?.particulars {
                Particulars::Sequence(end) => end.memory_mb,
                _ => None,
            },
            Origin::ActionGone | Origin::ActionUnread | Origin::Trigger => None,
        }
    }

    /// Makes the sequence's record, gives it to the controller's own store, and answers (`SequenceActions.scala:154-248`).
    fn end_sequence(&mut self, number: u32, failure: Option<SequenceFailure>, log: &mut StepLog) {
        let Some(sequence) = self.sequences.try_remove(number as usize) else { return };
        let Sequence { activation: ix, exchange, cause, actions, duration_ms, memory_mb, components, last, .. } = sequence;
        let ran = u8::try_from(components.len()).unwrap_or(u8::MAX);
        let status = failure.map(SequenceFailure::status).or(last.map(|last| last.status));
        let Some(status) = status else { return };
        let how = match failure {
            Some(SequenceFailure::TooLong) => SequenceEnding::TooLong,
            Some(SequenceFailure::ComponentNotFound) => SequenceEnding::ComponentNotFound,
            Some(SequenceFailure::ComponentTimedOut(_)) => SequenceEnding::ComponentTimedOut,
            Some(SequenceFailure::ComponentFailed) => SequenceEnding::ComponentFailed,
            None if last.is_some_and(|last| has_error_field(&last, self.library())) => SequenceEnding::Error,
            None => SequenceEnding::Complete,
        };
        let end = SequenceEnd { components, memory_mb, last, failure };
        let appendix = self.add_appendix(Appendix { cause, particulars: Particulars::Sequence(end) });
        let epoch = self.setup.configuration.epoch_ms;
        let now_ms = epoch.millis_at(self.now);
        let Some(activation) = self.activation_mut(ix) else { return };
        let record = Record {
            id: activation.id,
            namespace: activation.namespace,
            action: activation.action,
            start_ms: epoch.millis_at(activation.received),
            end_ms: now_ms,
            duration_ms: u32::try_from(duration_ms).unwrap_or(u32::MAX),
            wait_ms: 0,
            init_ms: None,
            status,
            timed_out: false,
            logs: Logs::None,
            updated_ms: now_ms,
            origin: activation.origin,
            binding: activation.binding,
            appendix,
        };
        activation.appendix = appendix;
        activation.record = Some(record);
        activation.phase = Phase::Finished;
        let (controller, blocking) = (activation.controller, activation.blocking);
        self.tell(log, Some(ix), Some(exchange), None, StepKind::SequenceEnded { controller, ran, status, how });
        self.store_after_check(Process::Controller(controller), ix, record, blocking, log);
        if let Some(Inner::Component { sequence }) = self.exchange(exchange).and_then(|exchange| exchange.inner)
            && let Some(outer) = self.sequences.get_mut(sequence as usize)
        {
            outer.actions = actions;
        }
        self.answer(exchange, Answer::Completed(Rc::new(record)), log);
    }
}

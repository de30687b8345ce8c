//! How processes send to Kafka when sending fails (`KafkaProducerConnector.scala:52-96`): what can be tried again is, three times, a tenth
//! of a second apart; what timed out is not, for it may have arrived.

use super::activation::{Answer, Failure, Phase};
use super::event::{Failing, What};
use super::faults::{FaultEffect, LinkFailure, Met, Unsettled};
use super::kafka::Message;
use super::place::{ActivationIx, Cargo, Node, Process, Topic};
use super::step::{AckKind, StepKind};
use super::world::{StepLog, World};
use crate::chance::Purpose;
use crate::time::Span;

/// How often a message is sent again, and how long the producer waits before (`KafkaProducerConnector.scala:47,52,85-87`).
const TRIES: u8 = 3;
const GRACE: Span = Span::from_millis(100);

/// How soon a consumer asks again after a fetch that failed. A model parameter.
const FETCH_AGAIN: Span = Span::from_millis(500);

const fn cause(refused: bool) -> LinkFailure {
    if refused { LinkFailure::Refused } else { LinkFailure::TimedOut }
}

impl World {
    fn kafka_timeout(&self) -> Span {
        Span::from_millis(self.setup.configuration.kafka_request_timeout_ms.into())
    }

    // ---- Activation messages ----

    pub(super) fn post_again(&mut self, ix: ActivationIx, tries: u8, log: &mut StepLog) {
        let Some(controller) = self.activation(ix).map(|it| it.controller) else { return };
        let met = self.meet(Node::Controller(controller), Node::Kafka, Cargo::ActivationMessage);
        self.post_into_fault(ix, met, tries, log);
    }

    /// Posts an activation message that meets something. `tries` have failed before.
    pub(super) fn post_into_fault(&mut self, ix: ActivationIx, met: Met, tries: u8, log: &mut StepLog) {
        let Some(activation) = self.activation(ix) else { return };
        let (controller, exchange, identity, topic) =
            (activation.controller, activation.exchange, activation.identity, Topic::Invoker(activation.invoker));
        let (travel, timeout) =
            (self.setup.span(identity, Purpose::ProduceHop, self.setup.configuration.model.kafka_produce), self.kafka_timeout());
        let delay = if let FaultEffect::Delay { ms } = met.effect { Span::from_millis(ms.into()) } else { Span::ZERO };
        let arrives = !matches!(met.effect, FaultEffect::DropRequest | FaultEffect::Refuse);
        let travel =
            if arrives { self.produce(Process::Controller(controller), topic, Message::Activation(ix), travel + delay) } else { travel };
        let flight = self.flight(Node::Controller(controller), Node::Kafka, Cargo::ActivationMessage, travel).filter(|_| arrives);
        self.tell(log, Some(ix), exchange, flight, StepKind::ActivationPosted { controller, topic, tries });
        self.tell_met(met, Some(ix), exchange, log);
        let is_unconfirmed = met.effect == FaultEffect::DropAnswer || delay >= timeout;
        if is_unconfirmed {
            self.faults.unconfirmed.push(ix);
        }
        if met.effect == FaultEffect::Refuse {
            let heard = travel.times(2);
            if tries < TRIES {
                self.set(heard + GRACE, What::Failing(Failing::PostDue { activation: ix, tries: tries + 1 }));
            } else {
                self.set(heard, What::Failing(Failing::PostFails { activation: ix, refused: true, arrives: false }));
            }
        } else if is_unconfirmed || !arrives {
            self.set(timeout, What::Failing(Failing::PostFails { activation: ix, refused: false, arrives }));
        }
    }

    /// The producer gives up: 500 to the caller. The slot is held until the completion ack, which may never come, is forced.
    pub(super) fn post_failed(&mut self, ix: ActivationIx, refused: bool, arrives: bool, log: &mut StepLog) {
        let Some(activation) = self.activation_mut(ix) else { return };
        if !arrives {
            activation.phase = Phase::NotWritten;
        }
        let (controller, exchange, topic) = (activation.controller, activation.exchange, Topic::Invoker(activation.invoker));
        self.tell(log, Some(ix), exchange, None, StepKind::PublishFailed { controller, topic, cause: cause(refused), arrives });
        if let Some(exchange) = exchange {
            self.answer(exchange, Answer::Failed { status: 500, failure: Failure::NotPosted }, log);
        }
    }

    /// Whether Kafka's confirmation of a message is lost. Asked once for each message that is appended.
    pub(super) fn confirmation_is_lost(&mut self, ix: ActivationIx) -> bool {
        let unconfirmed = &mut self.faults.unconfirmed;
        unconfirmed.iter().position(|other| *other == ix).map(|place| unconfirmed.remove(place)).is_some()
    }

    /// A message comes to a broker that is down.
    pub(super) fn append_failed(&mut self, message: Message) {
        let timeout = self.kafka_timeout();
        match message {
            Message::Activation(activation) => {
                self.confirmation_is_lost(activation);
                self.set(timeout, What::Failing(Failing::PostFails { activation, refused: false, arrives: false }));
            }
            Message::Ack { activation, kind, .. } => {
                self.set(timeout, What::Failing(Failing::AckFails { activation, ack: kind, refused: false, arrives: false }));
            }
            Message::Ping { .. } => {}
        }
    }

    // ---- Acks ----

    pub(super) fn ack_due(&mut self, ix: ActivationIx, ack: AckKind, tries: u8, log: &mut StepLog) {
        let whole = self.activation(ix).is_some_and(|it| it.blocking) && ack != AckKind::Completion && !self.ack_is_too_large(ix);
        self.produce_ack(ix, ack, whole, tries, log);
    }

    /// Sends an ack to the controller that an activation came from. `tries` have failed before.
    ///
    /// A completion ack waits until the result ack before it is sent, or given up (`ContainerProxy.scala:921-933`).
    pub(super) fn produce_ack(&mut self, ix: ActivationIx, ack: AckKind, whole: bool, tries: u8, log: &mut StepLog) {
        let Some(activation) = self.activation(ix) else { return };
        let (invoker, exchange, identity, topic) =
            (activation.invoker, activation.exchange, activation.identity, Topic::Completed(activation.controller));
        if ack == AckKind::Completion && self.completion_waits(ix) {
            return;
        }
        let met = self.meet(Node::Invoker(invoker), Node::Kafka, Cargo::Ack);
        let purpose = if ack == AckKind::Result { Purpose::ResultAckHop } else { Purpose::CompletionAckHop };
        let travel = self.setup.span(identity, purpose, self.setup.configuration.model.kafka_produce);
        let delay = if let FaultEffect::Delay { ms } = met.effect { Span::from_millis(ms.into()) } else { Span::ZERO };
        let arrives = !matches!(met.effect, FaultEffect::DropRequest | FaultEffect::Refuse);
        let timeout = self.kafka_timeout();
        let unconfirmed = met.effect == FaultEffect::DropAnswer || delay >= timeout;
        let message = Message::Ack { activation: ix, kind: ack, whole, unconfirmed };
        let travel = if arrives { self.produce(Process::Invoker(invoker), topic, message, travel + delay) } else { travel };
        let flight = self.flight(Node::Invoker(invoker), Node::Kafka, Cargo::Ack, travel).filter(|_| arrives);
        self.tell(log, Some(ix), exchange, flight, StepKind::AckSent { invoker, ack, whole, topic, tries });
        if !self.faults.have_been {
            return;
        }
        self.tell_met(met, Some(ix), exchange, log);
        match met.effect {
            FaultEffect::Refuse if tries < TRIES => {
                self.set(travel.times(2) + GRACE, What::Failing(Failing::AckDue { activation: ix, ack, tries: tries + 1 }));
            }
            FaultEffect::Refuse => {
                self.set(travel.times(2), What::Failing(Failing::AckFails { activation: ix, ack, refused: true, arrives }))
            }
            _ if unconfirmed || !arrives => {
                self.set(timeout, What::Failing(Failing::AckFails { activation: ix, ack, refused: false, arrives }));
            }
            _ => return self.settle(ix, ack, log),
        }
        if ack == AckKind::Result && !self.faults.unsettled.iter().any(|it| it.activation == ix) {
            self.faults.unsettled.push(Unsettled { activation: ix, completion_waits: false });
        }
    }

    /// Whether a completion ack has to wait for the result ack before it.
    fn completion_waits(&mut self, ix: ActivationIx) -> bool {
        match self.faults.unsettled.iter_mut().find(|it| it.activation == ix) {
            Some(unsettled) => {
                unsettled.completion_waits = true;
                true
            }
            None => false,
        }
    }

    /// The producer gives an ack up. Nobody is told of it but the log.
    pub(super) fn ack_failed(&mut self, ix: ActivationIx, ack: AckKind, refused: bool, arrives: bool, log: &mut StepLog) {
        let Some(activation) = self.activation(ix) else { return };
        let (invoker, exchange, topic) = (activation.invoker, activation.exchange, Topic::Completed(activation.controller));
        self.tell(log, Some(ix), exchange, None, StepKind::AckLost { invoker, ack, topic, cause: cause(refused), arrives });
        self.settle(ix, ack, log);
    }

    /// The sending of a result ack has come to an end, one way or the other: a completion that waited for it may go.
    fn settle(&mut self, ix: ActivationIx, ack: AckKind, log: &mut StepLog) {
        let unsettled = &mut self.faults.unsettled;
        if ack != AckKind::Result {
            return;
        }
        if let Some(place) = unsettled.iter().position(|it| it.activation == ix) {
            let was = unsettled.remove(place);
            if was.completion_waits {
                self.produce_ack(ix, AckKind::Completion, false, 0, log);
            }
        }
    }

    // ---- Fetches ----

    /// A fetch is lost: the consumer asks again a little later. Nothing is lost by it.
    pub(super) fn fetch_failed(&mut self, topic: Topic, consumer: Process) {
        self.set(FETCH_AGAIN, What::Failing(Failing::FetchDue { topic, consumer }));
    }

    pub(super) fn fetch_again(&mut self, topic: Topic, consumer: Process, log: &mut StepLog) {
        if let Some(partition) = self.kafka.partition_mut(topic)
            && let Some(place) = partition.consumer_place(consumer)
        {
            partition.fetch_again(place);
            self.deliver(topic, log);
        }
    }
}

//! How messages pass through Kafka: produced, appended, acknowledged, fetched, committed, and only then handled.

use super::event::What;
use super::faults::FaultEffect;
use super::kafka::Message;
use super::place::{ActivationIx, Cargo, Node, Process, Topic};
use super::step::{AckKind, Posted, StepKind};
use super::world::{StepLog, World};
use crate::chance::{Identity, Purpose};
use crate::time::Span;

impl World {
    /// Sends a message to a topic. Returns how long it really travels: never past the producer's message before it.
    pub(super) fn produce(&mut self, producer: Process, topic: Topic, message: Message, travel: Span) -> Span {
        let now = self.now;
        let Some(partition) = self.kafka.partition_mut(topic) else { return travel };
        let at = partition.in_order(producer, now + travel);
        self.set_at(at, What::ProduceArrives { topic, message });
        at.since(now)
    }

    /// Kafka appends a message and tells its producer where that matters to what follows.
    pub(super) fn append(&mut self, topic: Topic, message: Message, log: &mut StepLog) {
        if self.is_stopped(Node::Kafka) {
            self.append_failed(message);
            return;
        }
        let Some(partition) = self.kafka.partition_mut(topic) else { return };
        let offset = partition.append(message);
        let activation = self.activation_of(message);
        let posted = activation.and_then(|ix| self.posted(ix, message));
        let told = activation.filter(|_| posted.is_some()).and_then(|ix| self.acknowledge(ix, topic, message));
        let exchange = activation.and_then(|ix| self.activation(ix)).and_then(|it| it.exchange);
        let flight = told.and_then(|(producer, travel)| self.flight(Node::Kafka, producer, Cargo::ProduceAck, travel));
        self.tell(log, activation, exchange, flight, StepKind::MessageAppended { topic, offset, posted });
        self.deliver(topic, log);
    }

    /// What the producer learns of a message that is appended; nothing if the confirmation is lost.
    fn posted(&mut self, ix: ActivationIx, message: Message) -> Option<Posted> {
        match message {
            Message::Activation(_) => (!self.confirmation_is_lost(ix)).then_some(Posted::Activation),
            Message::Ack { kind: ack, whole, unconfirmed: false, .. } => {
                let could_carry = self.activation(ix).is_some_and(|it| it.blocking && it.record.is_some()) && ack != AckKind::Completion;
                Some(Posted::Ack { ack, recovery: could_carry && !whole })
            }
            Message::Ack { .. } | Message::Ping { .. } => None,
        }
    }

    fn acknowledge(&mut self, ix: ActivationIx, topic: Topic, message: Message) -> Option<(Node, Span)> {
        let activation = self.activation(ix)?;
        let (identity, controller) = (activation.identity, activation.controller);
        let range = self.setup.configuration.model.kafka_produce;
        match message {
            Message::Activation(_) if !activation.health_test => {
                let travel = self.setup.span(identity, Purpose::ProduceAckHop, range);
                self.set(travel, What::ActivationAccepted { activation: ix, topic });
                Some((Node::Controller(controller), travel))
            }
            _ => None,
        }
    }

    const fn activation_of(&self, message: Message) -> Option<ActivationIx> {
        match message {
            Message::Activation(ix) | Message::Ack { activation: ix, .. } => Some(ix),
            Message::Ping { .. } => None,
        }
    }

    /// A process asks a topic for more.
    pub(super) fn poll_topic(&mut self, topic: Topic, process: Process, log: &mut StepLog) {
        if let Some(partition) = self.kafka.partition_mut(topic)
            && let Some(place) = partition.consumer_place(process)
        {
            partition.poll(place);
            self.deliver(topic, log);
        }
    }

    /// Lets messages leave for every consumer that waits for them.
    pub(super) fn deliver(&mut self, topic: Topic, log: &mut StepLog) {
        if self.is_stopped(Node::Kafka) {
            return;
        }
        let count = self.kafka.partition(topic).map_or(0, super::kafka::Partition::consumer_count);
        for place in 0..count {
            let Some(partition) = self.kafka.partition_mut(topic) else { return };
            let Some(batch) = partition.ready(place) else { continue };
            let Some(message) = partition.message(batch.first) else { continue };
            let (identity, purpose, cargo) = self.fetch_of(message);
            let travel = self.setup.span(identity, purpose, self.setup.configuration.model.kafka_fetch);
            let activation = if batch.count == 1 { self.activation_of(message) } else { None };
            let exchange = activation.and_then(|ix| self.activation(ix)).and_then(|it| it.exchange);
            let met = self.meet(Node::Kafka, batch.consumer.node(), cargo);
            let travel = match met.effect {
                FaultEffect::Delay { ms } => travel + Span::from_millis(ms.into()),
                FaultEffect::DropRequest | FaultEffect::Refuse => {
                    self.tell_met(met, activation, exchange, log);
                    self.fetch_failed(topic, batch.consumer);
                    continue;
                }
                _ => travel,
            };
            let flight = self.flight(Node::Kafka, batch.consumer.node(), cargo, travel);
            let step = StepKind::MessagesDelivered { topic, consumer: batch.consumer, first: batch.first, count: batch.count };
            self.tell(log, activation, exchange, flight, step);
            self.tell_met(met, activation, exchange, log);
            let upto = u32::try_from(batch.first + u64::from(batch.count)).unwrap_or(u32::MAX);
            self.set(travel, What::FetchArrives { topic, consumer: batch.consumer, upto });
        }
    }

    /// The first message of a fetch gives the fetch its identity.
    fn fetch_of(&self, message: Message) -> (Identity, Purpose, Cargo) {
        match message {
            Message::Ping { invoker, number } => (Identity::ping(invoker.0, number), Purpose::PingFetchHop, Cargo::Ping),
            Message::Activation(ix) => (self.identity_of(ix), Purpose::FetchHop, Cargo::ActivationMessage),
            Message::Ack { activation, kind: AckKind::Result, .. } => (self.identity_of(activation), Purpose::ResultFetchHop, Cargo::Ack),
            Message::Ack { activation, .. } => (self.identity_of(activation), Purpose::CompletionFetchHop, Cargo::Ack),
        }
    }

    fn identity_of(&self, ix: ActivationIx) -> Identity {
        self.activation(ix).map_or(Identity(0), |activation| activation.identity)
    }

    /// Messages reach a consumer: peeked, committed, handled, in this order.
    pub(super) fn fetched(&mut self, topic: Topic, consumer: Process, upto: u64, log: &mut StepLog) {
        let Some(partition) = self.kafka.partition_mut(topic) else { return };
        let Some(place) = partition.consumer_place(consumer) else { return };
        let first = partition.arrived(place, upto);
        let only = if upto == first + 1 { partition.message(first) } else { None };
        let count = u32::try_from(upto.saturating_sub(first)).unwrap_or(u32::MAX);
        let activation = only.and_then(|message| self.activation_of(message));
        self.tell(log, activation, None, None, StepKind::MessagesPeeked { topic, consumer, first, count });
        self.tell(log, activation, None, None, StepKind::OffsetCommitted { topic, consumer, offset: upto });
        for offset in first..upto {
            let Some(message) = self.kafka.partition(topic).and_then(|partition| partition.message(offset)) else { continue };
            match (message, consumer) {
                (Message::Ping { invoker, .. }, Process::Controller(id)) => self.receive_ping(id, invoker, log),
                (Message::Ack { activation, kind, whole, .. }, Process::Controller(id)) => {
                    self.receive_ack(id, activation, kind, whole, log);
                }
                (Message::Activation(ix), Process::Invoker(id)) => self.receive_activation(id, ix),
                _ => {}
            }
        }
        if let Some(partition) = self.kafka.partition_mut(topic) {
            partition.trim();
        }
        match consumer {
            // A controller's handlers are done at once, so it asks again at once.
            Process::Controller(_) => self.poll_topic(topic, consumer, log),
            Process::Invoker(id) => self.work_feed(id, log),
        }
    }
}

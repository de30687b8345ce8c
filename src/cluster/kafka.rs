//! Kafka: topics of one partition, offsets, and consumers that fetch, commit and only then handle.

use super::place::{ActivationIx, InvokerId, Process, Topic};
use super::step::AckKind;
use crate::time::Instant;
use serde::Serialize;
use std::collections::VecDeque;

/// A message, as far as the model tells messages apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Message {
    Activation(ActivationIx),
    /// `whole`: it carries the record, not the id alone.
    Ack {
        activation: ActivationIx,
        kind: AckKind,
        whole: bool,
        /// Its producer will not hear that it has arrived.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        unconfirmed: bool,
    },
    Ping {
        invoker: InvokerId,
        number: u32,
    },
}

/// What a consumer is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
enum Fetch {
    /// Its pipeline is full: it does not ask.
    Idle,
    /// It asks and waits (a long poll).
    Polling,
    /// Messages are on their way to it.
    Arriving,
}

/// A consumer group of one process on one topic.
#[derive(Clone, Debug, Serialize)]
pub struct Consumer {
    pub process: Process,
    /// The offset that its next fetch starts at.
    pub position: u64,
    /// The offset that a restart would begin at.
    pub committed: u64,
    /// Messages that one fetch may bring.
    peek_max: u32,
    fetch: Fetch,
}

/// How many handled messages a topic keeps, to be looked at. Kafka itself keeps them for hours; nothing reads them again.
const KEPT: u64 = 16;

/// An hour of pings of 32 invokers, which is how long the topic keeps messages (`application.conf:200-206`).
const PINGS_MAX: usize = 115_200;

/// A topic's only partition: messages carry no key, and topics have one partition unless configured (`KafkaMessagingProvider.scala:69-71`).
#[derive(Clone, Debug, Serialize)]
pub struct Partition {
    pub topic: Topic,
    first_kept: u64,
    messages: VecDeque<Message>,
    consumers: Vec<Consumer>,
    /// When the last message of each producer arrives: a producer's messages keep their order.
    last_arrivals: Vec<(Process, Instant)>,
}

/// A fetch that may start: from `first`, `count` messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    pub consumer: Process,
    pub first: u64,
    pub count: u32,
}

impl Partition {
    pub fn new(topic: Topic, consumers: impl IntoIterator<Item = (Process, u32)>) -> Self {
        let consumer = |(process, peek_max)| Consumer { process, position: 0, committed: 0, peek_max, fetch: Fetch::Idle };
        Self {
            topic,
            first_kept: 0,
            messages: VecDeque::new(),
            consumers: consumers.into_iter().map(consumer).collect(),
            last_arrivals: Vec::new(),
        }
    }

    /// The offset that the next message will get.
    pub fn end_offset(&self) -> u64 {
        self.first_kept + self.messages.len() as u64
    }

    /// The messages that are kept, each with its offset, oldest first.
    pub fn messages(&self) -> impl DoubleEndedIterator<Item = (u64, Message)> {
        (self.first_kept..).take(self.messages.len()).zip(self.messages.iter().copied()).collect::<Vec<_>>().into_iter()
    }

    pub fn message(&self, offset: u64) -> Option<Message> {
        self.messages.get(usize::try_from(offset.checked_sub(self.first_kept)?).ok()?).copied()
    }

    pub fn consumers(&self) -> &[Consumer] {
        &self.consumers
    }

    /// The arrival of a message that would arrive at `at`, but not before its producer's last one.
    pub(super) fn in_order(&mut self, producer: Process, at: Instant) -> Instant {
        match self.last_arrivals.iter_mut().find(|(process, _)| *process == producer) {
            Some((_, last)) => {
                *last = at.max(*last);
                *last
            }
            None => {
                self.last_arrivals.push((producer, at));
                at
            }
        }
    }

    /// The process of a consumer has died: what was on its way to it stays here, and it goes on from what it had committed.
    pub(super) fn disconnect(&mut self, process: Process) {
        for consumer in self.consumers.iter_mut().filter(|consumer| consumer.process == process) {
            consumer.position = consumer.committed;
            consumer.fetch = Fetch::Idle;
        }
    }

    /// Appends a message and returns its offset.
    pub(super) fn append(&mut self, message: Message) -> u64 {
        let offset = self.end_offset();
        self.messages.push_back(message);
        // Pings that nobody reads are kept for so long, not for ever. A consumer that comes later begins at the first that is left.
        if matches!(self.topic, Topic::Health) && self.messages.len() > PINGS_MAX && self.messages.pop_front().is_some() {
            self.first_kept += 1;
            for consumer in &mut self.consumers {
                consumer.position = consumer.position.max(self.first_kept);
                consumer.committed = consumer.committed.max(self.first_kept);
            }
        }
        offset
    }

    /// Fetches that can start now, because their consumers wait and there are messages for them.
    pub(super) fn ready(&mut self, place: usize) -> Option<Batch> {
        let end = self.end_offset();
        let consumer = self.consumers.get_mut(place)?;
        if consumer.fetch != Fetch::Polling || consumer.position >= end {
            return None;
        }
        consumer.fetch = Fetch::Arriving;
        let count = (end - consumer.position).min(consumer.peek_max.into());
        Some(Batch { consumer: consumer.process, first: consumer.position, count: u32::try_from(count).unwrap_or(u32::MAX) })
    }

    pub(super) fn consumer_count(&self) -> usize {
        self.consumers.len()
    }

    /// The place of a process among this topic's consumers.
    pub(super) fn consumer_place(&self, process: Process) -> Option<usize> {
        self.consumers.iter().position(|consumer| consumer.process == process)
    }

    /// The consumer asks for more.
    pub(super) fn poll(&mut self, place: usize) {
        if let Some(consumer) = self.consumers.get_mut(place)
            && consumer.fetch == Fetch::Idle
        {
            consumer.fetch = Fetch::Polling;
        }
    }

    /// A fetch was lost on its way: the consumer asks again.
    pub(super) fn fetch_again(&mut self, place: usize) {
        if let Some(consumer) = self.consumers.get_mut(place)
            && consumer.fetch == Fetch::Arriving
        {
            consumer.fetch = Fetch::Polling;
        }
    }

    /// Messages up to offset `upto` (not included) have arrived at the consumer. It moves on and commits right after the peek, before
    /// anything is handled: at most once (`core/connector/MessageConsumer.scala:175-188`). Returns the first offset.
    pub(super) fn arrived(&mut self, place: usize, upto: u64) -> u64 {
        let Some(consumer) = self.consumers.get_mut(place) else { return upto };
        let first = consumer.position;
        consumer.position = upto;
        consumer.committed = upto;
        consumer.fetch = Fetch::Idle;
        first
    }

    /// Forgets messages that every consumer has handled, but for the last few.
    pub(super) fn trim(&mut self) {
        let handled = self.consumers.iter().map(|consumer| consumer.committed).min().unwrap_or(0);
        while self.first_kept + KEPT < handled && self.messages.pop_front().is_some() {
            self.first_kept += 1;
        }
    }
}

/// All topics of a cluster.
#[derive(Clone, Debug, Serialize)]
pub struct Kafka {
    invokers: Vec<Partition>,
    completed: Vec<Partition>,
    health: Partition,
}

impl Kafka {
    pub fn new(invokers: Vec<Partition>, completed: Vec<Partition>, health: Partition) -> Self {
        Self { invokers, completed, health }
    }

    pub fn partition(&self, topic: Topic) -> Option<&Partition> {
        match topic {
            Topic::Invoker(id) => self.invokers.get(usize::from(id.0)),
            Topic::Completed(id) => self.completed.get(usize::from(id.0)),
            Topic::Health => Some(&self.health),
        }
    }

    pub(super) fn partition_mut(&mut self, topic: Topic) -> Option<&mut Partition> {
        match topic {
            Topic::Invoker(id) => self.invokers.get_mut(usize::from(id.0)),
            Topic::Completed(id) => self.completed.get_mut(usize::from(id.0)),
            Topic::Health => Some(&mut self.health),
        }
    }

    /// In the order in which a page shows them.
    pub fn partitions(&self) -> impl Iterator<Item = &Partition> {
        self.invokers.iter().chain(std::iter::once(&self.health)).chain(&self.completed)
    }
}

//! What is due when. Events are ordered by time and, at one time, by the order in which they were set.

use super::kafka::Message;
use super::place::{ActivationIx, ContainerId, ControllerId, ExchangeIx, InvokerId, Process, StoreKind, Topic};
use super::step::{AckKind, NoAnswer};
use super::store::StoreTimer;
use crate::time::Instant;
use serde::Serialize;
use std::cmp::Ordering;

/// Something that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    pub at: Instant,
    pub sequence: u64,
    /// When it was set: for something that travels, when it left.
    pub since: Instant,
    pub what: What,
}

/// Which of the two poll series of a blocking wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[repr(u8)]
pub enum Polls {
    Quick = 0,
    Slow = 1,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum What {
    ProcessStarts(Process),
    /// A process is up again, bound to this store.
    ProcessRestarts {
        process: Process,
        store: StoreKind,
    },
    /// A client hears that its controller is not there.
    ConnectionFails {
        exchange: ExchangeIx,
        refused: bool,
    },
    /// The next member of a burst leaves its client.
    MemberDue {
        command: u32,
        member: u32,
    },
    RequestArrives(ExchangeIx),
    AnswerArrives(ExchangeIx),
    /// A message reaches Kafka.
    ProduceArrives {
        topic: Topic,
        message: Message,
    },
    /// Kafka's acknowledgement of an activation message reaches the controller.
    ActivationAccepted {
        activation: ActivationIx,
        topic: Topic,
    },
    /// Messages reach a consumer.
    FetchArrives {
        topic: Topic,
        consumer: Process,
        upto: u32,
    },
    ContainerStarted {
        invoker: InvokerId,
        container: ContainerId,
    },
    InitEnds {
        invoker: InvokerId,
        container: ContainerId,
    },
    RunEnds {
        invoker: InvokerId,
        container: ContainerId,
    },
    LogsEnd {
        invoker: InvokerId,
        container: ContainerId,
    },
    PauseGraceEnds {
        invoker: InvokerId,
        container: ContainerId,
    },
    PauseEnds {
        invoker: InvokerId,
        container: ContainerId,
    },
    ResumeEnds {
        invoker: InvokerId,
        container: ContainerId,
    },
    IdleEnds {
        invoker: InvokerId,
        container: ContainerId,
    },
    PrewarmCheck(InvokerId),
    PingDue(InvokerId),
    HealthTick {
        controller: ControllerId,
        invoker: InvokerId,
        armed: u16,
    },
    PingsOverdue {
        controller: ControllerId,
        invoker: InvokerId,
    },
    AckTimeout {
        controller: ControllerId,
        timeout_ms: u32,
    },
    PollDue {
        exchange: ExchangeIx,
        polls: Polls,
        tries: u16,
    },
    BlockingWaitEnds(ExchangeIx),
    /// A bulk write is done in the store; it was `travel_us` on its way there.
    WriteApplied {
        batch: u32,
        travel_us: u32,
    },
    WriteAnswered {
        batch: u32,
    },
    /// A read is done in the store; it was `travel_us` on its way there.
    QueryServed {
        query: u32,
        travel_us: u32,
    },
    QueryAnswered {
        query: u32,
    },
    /// A client's own request is done in the store; it was `travel_us` on its way there.
    AskServed {
        exchange: ExchangeIx,
        travel_us: u32,
    },
    /// The pause of the poll is over that the command of this number began.
    PollAgain {
        command: u32,
    },
    StoreTimer(StoreTimer),
    Failing(Failing),
}

/// What is due because something has failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Failing {
    /// Something between a client and its controller has the last word: an HTTP status, or 0 for no connection.
    GatewayAnswers { exchange: ExchangeIx, status: u16 },
    /// An activation message is posted once more.
    PostDue { activation: ActivationIx, tries: u8 },
    /// The producer gives an activation message up.
    PostFails { activation: ActivationIx, refused: bool, arrives: bool },
    /// An ack is sent once more, or at last.
    AckDue { activation: ActivationIx, ack: AckKind, tries: u8 },
    /// The producer gives an ack up.
    AckFails { activation: ActivationIx, ack: AckKind, refused: bool, arrives: bool },
    /// A consumer asks again after a fetch that failed.
    FetchDue { topic: Topic, consumer: Process },
    /// The writer hears of a bulk write's failure.
    WriteFails { batch: u32 },
    /// The controller hears of a read's failure.
    QueryFails { query: u32 },
    /// A client hears that a store does not answer, or hears nothing for too long.
    AskFails { exchange: ExchangeIx, why: NoAnswer },
}

impl PartialOrd for Event {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Event {
    /// Reversed: the soonest event is the greatest, since the standard heap gives the greatest first.
    fn cmp(&self, other: &Self) -> Ordering {
        other.key().cmp(&self.key())
    }
}

impl Event {
    /// Time and sequence as one number, so that a comparison is one comparison.
    const fn key(&self) -> u128 {
        ((self.at.micros() as u128) << 64) | self.sequence as u128
    }
}

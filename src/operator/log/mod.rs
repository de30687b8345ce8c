//! What each process writes to its log: texts, levels and classes of the real lines.
//!
//! Lines are a function of a step, so the logs cost a run nothing and seek with it. Only what stands at INFO and above by default is here,
//! and of that what is about an activation, its messages and its record; what a process says of its start, of pings and of reads is not.
//!
//! What is simplified:
//! - The `[marker:…]` that many real lines end in is left out, and so is a line that is nothing but a marker: those of what has succeeded.
//! - A line has the time of its step. A writer and a producer hear a little later what their line is about.
//! - `…` stands for values that the model has not: names and counts of containers, hosts, stack traces.
//! - The text of an exception depends on libraries: one stands for each kind of failure.

mod controllers;
mod invokers;
mod producers;
mod writers;

use crate::cluster::place::{ExchangeIx, Process};
use crate::cluster::step::Step;
use crate::cluster::{Activation, World};
use crate::recording::Tape;
use crate::time::Calendar;
use serde::Serialize;
use std::fmt;

/// The severities of Pekko's logging that the cluster's lines have (`common/Logging.scala:84-106`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Info,
    Warn,
    Error,
}

impl Level {
    pub const fn text(self) -> &'static str {
        match self {
            Self::Info => "INFO",
            Self::Warn => "WARN",
            Self::Error => "ERROR",
        }
    }
}

/// What a line says, whatever its values: by these an operator searches a log for one activation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trace {
    Throttled,
    IdMade,
    Scheduled,
    Overloaded,
    NotScheduled,
    NotRead,
    SequenceInvoked,
    TriggerFired,
    Posting,
    Posted,
    NotPosted,
    ResultReceived,
    CompletionReceived,
    CompletionForced,
    CompletionLate,
    Retrieved,
    ComponentFailed,
    RuleFailed,
    ContainerStarted,
    Rescheduled,
    LogsUnread,
    AckPosted,
    Saving,
    SavingBatch,
    NotStoring,
    NotRecorded,
    BatchRetried,
    BatchFailed,
    NotSent,
    SentAgain,
    Blacklisted,
    Unparsable,
}

impl Trace {
    /// In two or three words, as a list of them has it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Throttled => "throttled",
            Self::IdMade => "id made",
            Self::Scheduled => "scheduled",
            Self::Overloaded => "overloaded",
            Self::NotScheduled => "not scheduled",
            Self::NotRead => "not read",
            Self::SequenceInvoked => "sequence invoked",
            Self::TriggerFired => "trigger fired",
            Self::Posting => "posting",
            Self::Posted => "posted",
            Self::NotPosted => "not posted",
            Self::ResultReceived => "result received",
            Self::CompletionReceived => "completion received",
            Self::CompletionForced => "completion forced",
            Self::CompletionLate => "completion late",
            Self::Retrieved => "retrieved by polling",
            Self::ComponentFailed => "component failed",
            Self::RuleFailed => "rule failed",
            Self::ContainerStarted => "container started",
            Self::Rescheduled => "rescheduled",
            Self::LogsUnread => "logs unread",
            Self::AckPosted => "ack posted",
            Self::Saving => "saving",
            Self::SavingBatch => "saving a batch",
            Self::NotStoring => "not storing",
            Self::NotRecorded => "not recorded",
            Self::BatchRetried => "batch retried",
            Self::BatchFailed => "batch failed",
            Self::NotSent => "not sent to Kafka",
            Self::SentAgain => "sent to Kafka again",
            Self::Blacklisted => "blacklisted",
            Self::Unparsable => "unparsable",
        }
    }
}

/// One line of a process's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub process: Process,
    pub level: Level,
    pub trace: Trace,
    /// Milliseconds since 1970.
    at_ms: u64,
    /// In brackets: the client's, and a component's own after it (`common/Logging.scala:103-106`).
    transaction: String,
    class: &'static str,
    text: String,
}

impl fmt::Display for Line {
    /// The pattern of `common/scala/src/main/resources/logback.xml:7` around that of `common/Logging.scala:91-106`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Calendar { year, month, day, hour, minute, second, milli } = Calendar::from_epoch_millis(self.at_ms);
        write!(
            out,
            "[{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z] [{}] {} [{}] {}",
            self.level.text(),
            self.transaction,
            self.class,
            self.text
        )
    }
}

/// What a line is made of, but for whom and when.
struct Said {
    process: Process,
    level: Level,
    trace: Trace,
    class: &'static str,
    text: String,
}

/// The lines that a process writes at a step, in their order.
pub fn lines(world: &World, step: &Step) -> Vec<Line> {
    let activation = step.activation.and_then(|ix| world.activation(ix));
    let mut said = Vec::new();
    controllers::say(world, step, activation, &mut said);
    invokers::say(world, step, activation, &mut said);
    producers::say(step, activation, &mut said);
    writers::say(world, step, activation, &mut said);
    let at_ms = world.setup().configuration.epoch_ms.millis_at(step.at);
    let line = |Said { process, level, trace, class, text }| {
        let transaction = match trace {
            // The batcher has a transaction of its own: its lines name no activation (`DB/CouchDbRestStore.scala:81-82`).
            Trace::SavingBatch | Trace::BatchRetried | Trace::BatchFailed => "[#tid_sid_dbBatcher]".to_owned(),
            // It has not been read what transaction that was.
            Trace::Unparsable => "[#tid_sid_unknown]".to_owned(),
            _ => transaction(world, activation, step.exchange),
        };
        Line { process, level, trace, at_ms, transaction, class, text }
    };
    said.into_iter().map(line).collect()
}

/// How many steps back a process's newest lines are looked for. Pings alone are twelve steps a second for each invoker.
const STEPS_BACK: u64 = 4_000;

/// The newest lines of a process's log at the instant of `world`, which is one of the tape's, oldest first: `count` at most.
pub fn newest(tape: &Tape, world: &World, process: Process, count: usize) -> Vec<Line> {
    let end = world.step_count();
    let mut found: Vec<Line> = Vec::new();
    tape.steps_from(end.saturating_sub(STEPS_BACK), 1, |then, step| {
        if step.ordinal < end {
            found.extend(lines(then, step).into_iter().filter(|line| line.process == process));
        }
        step.ordinal + 1 >= end
    });
    found.split_off(found.len().saturating_sub(count))
}

/// `tid_` and the id that the request came with, or the supervision's own name (`common/TransactionId.scala:201,225-250`).
fn transaction(world: &World, activation: Option<&Activation>, exchange: Option<ExchangeIx>) -> String {
    match activation.and_then(|it| it.exchange).or(exchange).and_then(|ix| world.transactions(ix)) {
        None => "[#tid_sid_invokerHealth]".to_owned(),
        Some((root, None)) => format!("[#tid_{root}]"),
        Some((root, Some(own))) => format!("[#tid_{root}] [#tid_{own}]"),
    }
}

//! An activation and an exchange as the running cluster knows them.

use super::event::Polls;
use super::place::{ActivationIx, ControllerId, ExchangeIx, InvokerId, StoreKind};
use super::step::RequestKind;
use super::store::{NameFilter, Summary};
use crate::activation::{ActionId, ActivationId, NamespaceId, Record};
use crate::chance::Identity;
use crate::time::Instant;
use serde::Serialize;
use std::rc::Rc;

/// How far an activation's record has come, as the recording knows it. No process of the cluster knows all of this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Posted, waiting or running.
    Unfinished,
    /// Run, and logs not collected yet.
    Finished,
    /// Given to its writer's store client: waiting in the batcher, or on its way.
    Writing,
    /// In a store.
    Written,
    /// Refused by a store, or never to be written.
    NotWritten,
}

/// An activation from its controller's making of the id on.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Activation {
    pub id: ActivationId,
    #[serde(skip)]
    pub(super) identity: Identity,
    pub namespace: NamespaceId,
    pub action: ActionId,
    pub controller: ControllerId,
    pub invoker: InvokerId,
    pub blocking: bool,
    /// A health test: it holds no slot and nobody waits for it.
    pub health_test: bool,
    /// The request bore `X-OW-EXTRA-LOGGING: on`: the flag travels with the transaction (`core/connector/Message.scala:53-64`,
    /// `common/TransactionId.scala:274-305`).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub extra_logging: bool,
    pub exchange: Option<ExchangeIx>,
    /// When the request reached the controller, where the transaction's clock starts.
    pub received: Instant,
    pub phase: Phase,
    /// The store that its invoker is bound to: where its record goes.
    pub store: StoreKind,
    /// Its controller counts it as running.
    pub(super) holds_slot: bool,
    /// Kafka has accepted its message: from then on a blocking caller is waited for.
    pub(super) accepted: bool,
    /// A result ack that came before that, and whether it was whole.
    pub(super) early_ack: Option<bool>,
    /// What the run came to. The result ack carries this one, without logs.
    pub record: Option<Record>,
}

/// What a client asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Request {
    Invoke {
        action: ActionId,
    },
    List {
        name: Option<NameFilter>,
        skip: u32,
        limit: u32,
    },
    /// Get, result or logs of one record, by the id in the URL.
    Read {
        id: ActivationId,
    },
}

/// What the controller answered.
#[derive(Clone, Debug, Serialize)]
pub enum Answer {
    /// 202 with the id.
    Accepted(ActivationId),
    /// The outcome of a blocking invocation: 200, or 502 for an error of the action, or 500 for OpenWhisk's own.
    Completed(Rc<Record>),
    /// 200 with a list.
    Rows(Rc<Vec<Summary>>),
    /// 200 with a record, or with its result or logs alone.
    Record(Rc<Record>),
    /// 200 with a record that the Noop store made up for the id that was asked for. It began when the controller did, and has no result
    /// (`core/database/memory/NoopActivationStore.scala:38-54`).
    MadeUp { start_ms: u64 },
    Failed {
        /// 0 if there was no answer at all.
        status: u16,
        failure: Failure,
    },
}

/// Why a request failed. The texts that a client sees are the interface's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// 404, whatever the reason.
    NotFound,
    /// 429: so many a minute, against the limit.
    TooManyRequests { count: u32, allowed: u32 },
    /// 429: so many at once.
    TooManyConcurrent { count: u32, allowed: u32 },
    /// 503.
    NoInvokers,
    /// No answer: nothing listens where the controller was.
    ConnectionRefused,
    /// No answer: the controller died while the client waited.
    ConnectionBroken,
    /// 500 to a list: the index is missing.
    StoreFailed,
    /// 500 to a blocking call that wants the result alone: the record that a poll found was made up, and has none.
    NoResult,
    /// 500 to `logs` of a record that is not there, from a log store that keeps none of its own.
    LogsNotAvailable,
}

impl Answer {
    pub fn status(&self) -> u16 {
        match self {
            Self::Accepted(_) => 202,
            Self::Completed(record) => match record.status.code() {
                0 => 200,
                1 | 2 => 502,
                _ => 500,
            },
            Self::Rows(_) | Self::Record(_) | Self::MadeUp { .. } => 200,
            Self::Failed { status, .. } => *status,
        }
    }
}

/// One HTTP request of a client and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct Exchange {
    /// The number of the command among the run's.
    pub command: u32,
    /// Its place in a burst.
    pub member: u32,
    #[serde(skip)]
    pub(super) identity: Identity,
    pub namespace: NamespaceId,
    pub kind: RequestKind,
    pub request: Request,
    pub controller: ControllerId,
    pub sent: Instant,
    /// The activation that an invocation made.
    pub activation: Option<ActivationIx>,
    pub answer: Option<Answer>,
    /// When the answer reached the client.
    pub answered: Option<Instant>,
}

impl Exchange {
    /// The controller has not answered yet.
    pub(super) fn is_open(&self) -> bool {
        self.answer.is_none()
    }
}

/// A controller's read of its store, under way.
#[derive(Clone, Debug, Serialize)]
pub struct Query {
    pub controller: ControllerId,
    pub store: StoreKind,
    pub exchange: ExchangeIx,
    pub purpose: QueryPurpose,
    #[serde(skip)]
    pub(super) identity: Identity,
    /// What the store read, once it has.
    pub(super) finding: Option<Finding>,
}

/// What a store read.
#[derive(Clone, Debug, Serialize)]
pub enum Finding {
    Record(Rc<Record>),
    NoRecord,
    /// What the Noop store has for any id.
    MadeUp,
    Rows(Rc<Vec<Summary>>),
    IndexMissing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum QueryPurpose {
    /// The client asked.
    Client,
    Poll {
        polls: Polls,
        tries: u16,
    },
}

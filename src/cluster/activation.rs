//! An activation and an exchange as the running cluster knows them.

use super::event::Polls;
use super::place::{ActivationIx, ControllerId, ExchangeIx, InvokerId, StoreKind};
use super::step::RequestKind;
use super::store::{NameFilter, Summary};
use crate::activation::{ActionId, ActivationId, AppendixIx, BindingId, NamespaceId, Origin, Record};
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
    pub exchange: Option<ExchangeIx>,
    /// When the request reached the controller, where the transaction's clock starts.
    pub received: Instant,
    pub phase: Phase,
    /// The store that its writer is bound to: where its record goes.
    pub store: StoreKind,
    /// Its controller counts it as running.
    pub(super) holds_slot: bool,
    /// Kafka has accepted its message: from then on a blocking caller is waited for.
    pub(super) accepted: bool,
    /// A result ack that came before that, and whether it was whole.
    pub(super) early_ack: Option<bool>,
    /// What the run came to. The result ack carries this one, without logs.
    pub record: Option<Record>,
    /// What its record is of. A controller's own has no invoker: `invoker` is nothing but a place holder then.
    #[serde(skip_serializing_if = "Origin::is_run")]
    pub origin: Origin,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) binding: Option<BindingId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub appendix: Option<AppendixIx>,
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
    DeleteAction {
        action: ActionId,
    },
    /// By the number of the trigger among the entities.
    FireTrigger {
        trigger: ActionId,
    },
    /// An invocation with arguments of this many bytes, which are too many.
    InvokeTooLarge {
        action: ActionId,
        bytes: u32,
    },
}

impl Request {
    /// The action or the trigger that it is about.
    pub const fn entity(self) -> Option<ActionId> {
        match self {
            Self::Invoke { action } | Self::InvokeTooLarge { action, .. } | Self::DeleteAction { action } => Some(action),
            Self::FireTrigger { trigger } => Some(trigger),
            Self::List { .. } | Self::Read { .. } => None,
        }
    }
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
    /// 200 with the action that is no more.
    Deleted(ActionId),
    /// 204: a trigger without an active rule was fired.
    NothingFired,
    Failed {
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
    /// 404: no such action.
    NoSuchAction,
    /// 413: a request of so many bytes, against the limit.
    TooLarge { bytes: u32, allowed: u32 },
    /// 429: so many a minute, against the limit.
    TooManyRequests { count: u32, allowed: u32 },
    /// 429: so many at once.
    TooManyConcurrent { count: u32, allowed: u32 },
    /// 503.
    NoInvokers,
    /// 500 to a list: the index is missing.
    StoreFailed,
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
            Self::Rows(_) | Self::Record(_) | Self::Deleted(_) => 200,
            Self::NothingFired => 204,
            Self::Failed { status, .. } => *status,
        }
    }
}

impl Failure {
    /// The controller's own words (`http/ErrorResponse.scala:63,67-73,162-164,287-297`). Where OpenWhisk gives none, its HTTP library's text
    /// for the status stands in.
    pub fn text(self) -> String {
        match self {
            Self::NotFound | Self::NoSuchAction => "The requested resource does not exist.".to_owned(),
            Self::TooLarge { bytes, allowed } => format!("Request larger than allowed: {bytes} > {allowed} bytes."),
            Self::TooManyRequests { count, allowed } => {
                format!("Too many requests in the last minute (count: {count}, allowed: {allowed}).")
            }
            Self::TooManyConcurrent { count, allowed } => {
                format!("Too many concurrent requests in flight (count: {count}, allowed: {allowed}).")
            }
            Self::NoInvokers => "The server is currently unavailable (because it is overloaded or down for maintenance).".to_owned(),
            Self::StoreFailed => "There was an internal server error.".to_owned(),
        }
    }
}

/// What a controller asks for by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Inner {
    /// A component of this running sequence: no HTTP, but the same wait as for a blocking call.
    Component { sequence: u32 },
    /// The action of this rule of this trigger under fire, by HTTP to itself.
    Rule { firing: u32, place: u8 },
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
    /// The package binding in the URL of an invocation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) binding: Option<BindingId>,
    /// No client's, but a controller's own. [`super::World::exchanges`] passes over it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inner: Option<Inner>,
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

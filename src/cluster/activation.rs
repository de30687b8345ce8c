//! An activation and an exchange as the running cluster knows them.

use super::event::Polls;
use super::faults::LinkFailure;
use super::place::{ActivationIx, ControllerId, ExchangeIx, InvokerId, StoreKind};
use super::sheets::Sheet;
use super::step::RequestKind;
use super::store::{NameFilter, Summary};
use super::wire::WireResponse;
use crate::activation::{ActionId, ActivationId, AppendixIx, BindingId, NamespaceId, Origin, Record, Rule};
use crate::chance::Identity;
use crate::time::Instant;
use serde::Serialize;
use serde_json::Value;
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
    /// Refused by a store, lost on the way there, deleted, or never to be written.
    NotWritten,
}

impl Phase {
    /// Nothing more will become of the record by itself.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Written | Self::NotWritten)
    }
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
    /// What the command says, to a store itself.
    Ask {
        store: StoreKind,
    },
    /// What the command says of entities.
    Entity,
    /// What the API answers by itself.
    AtOnce,
    /// Something with an action or a trigger that was not there when the request left.
    Missing,
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
            Self::List { .. } | Self::Read { .. } | Self::Ask { .. } | Self::Entity | Self::AtOnce | Self::Missing => None,
        }
    }

    /// The store that it goes to, past every controller.
    pub const fn store(self) -> Option<StoreKind> {
        match self {
            Self::Ask { store } => Some(store),
            _ => None,
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
    /// 200 with the user's namespaces.
    Namespaces,
    /// 200 with one entity.
    Entity(Rc<Entity>),
    /// 200 with a list of entities.
    Entities(Rc<Vec<Rc<Sheet>>>),
    /// 200 with how many there are of a collection.
    Count { of: &'static str, number: u64 },
    /// 200: a rule is in the state that was asked for.
    Done,
    /// An error of the API about entities, in its own words.
    Refused { status: u16, text: Rc<str> },
    /// What the API says by itself: it refuses the request, or describes itself. The words follow from the request.
    AtOnce { status: u16 },
    /// 204: a trigger without an active rule was fired.
    NothingFired,
    /// 200 with a record that the Noop store made up for the id that was asked for. It began when the controller did, and has no result
    /// (`core/database/memory/NoopActivationStore.scala:38-54`).
    MadeUp { start_ms: u64 },
    /// 200 with what a client wrote into the store in the place of a record, in the form of the interface.
    ByHand(Rc<Value>),
    /// What a store answered to a client.
    Http(Rc<WireResponse>),
    Failed {
        /// 0 if there was no answer at all.
        status: u16,
        failure: Failure,
    },
}

/// An entity as an answer shows it.
#[derive(Clone, Debug, Serialize)]
pub struct Entity {
    pub sheet: Rc<Sheet>,
    /// The actions of a package.
    pub contents: Vec<Rc<Sheet>>,
    /// The rules of a trigger, or those of a rule's trigger, among which is the rule's own state.
    pub rules: Vec<Rule>,
    /// An action is shown with its code.
    pub code: bool,
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
    /// No answer: nothing listens where the controller was.
    ConnectionRefused,
    /// No answer: the controller died while the client waited.
    ConnectionBroken,
    /// No answer: nothing came for so long that the client gave up.
    TimedOut,
    /// 500 to a list: the index is missing.
    StoreFailed,
    /// 500 to a blocking call that wants the result alone: the record that a poll found was made up, and has none.
    NoResult,
    /// 500 to `logs` of a record that is not there, from a log store that keeps none of its own.
    LogsNotAvailable,
    /// 500 to a get: the store answered with this error status, which the controller passes on in words (`ApiUtils.scala:152-154`).
    StoreAnswered { store: StoreKind, status: u16 },
    /// 500 to a get: what is in the store is no activation.
    Corrupted,
    /// 500: the controller's store could not be reached, or answered a list or a poll with an error.
    StoreUnreachable,
    /// 500: the activation could not be posted.
    NotPosted,
    /// An answer of something between the client and the controller, with a body that the client cannot read; status 0: no connection.
    Gateway { status: u16 },
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
            Self::Rows(_) | Self::Record(_) | Self::Deleted(_) | Self::MadeUp { .. } | Self::ByHand(_) => 200,
            Self::Namespaces | Self::Entity(_) | Self::Entities(_) | Self::Count { .. } | Self::Done => 200,
            Self::Refused { status, .. } | Self::AtOnce { status } => *status,
            Self::NothingFired => 204,
            Self::Http(response) => response.status,
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
            Self::StoreFailed | Self::NoResult | Self::StoreUnreachable | Self::NotPosted => {
                "There was an internal server error.".to_owned()
            }
            Self::LogsNotAvailable => "Activation logs not available".to_owned(),
            Self::Corrupted => "Resource is corrupted and cannot be read.".to_owned(),
            Self::StoreAnswered { store, status } => format!("Unexpected http response code: {}", store.status_text(status)),
            // Go's text for a connection that is refused, and the client library's for a body that is no error of OpenWhisk's
            // (client-go `whisk/client.go:387-392,572-577`).
            Self::ConnectionBroken => "EOF".to_owned(),
            Self::TimedOut => "timed out".to_owned(),
            Self::Gateway { status: 0 } | Self::ConnectionRefused => "dial tcp: connect: connection refused".to_owned(),
            Self::Gateway { status } => format!("The connection failed, or timed out. (HTTP status code {status})"),
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
    /// The controller's answer will be lost.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) answer_lost: bool,
    /// Its client ended before an answer came, and hears of none.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub abandoned: bool,
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
    /// What the controller will hear in place of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) failure: Option<LinkFailure>,
}

/// What a store read.
#[derive(Clone, Debug, Serialize)]
pub enum Finding {
    Record(Rc<Record>),
    /// What a client wrote, as the interface shows it; none if it is no activation.
    ByHand(Option<Rc<Value>>),
    NoRecord,
    /// What the Noop store has for any id.
    MadeUp,
    Rows(Rc<Vec<Summary>>),
    Count(u64),
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

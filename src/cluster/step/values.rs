//! The values that steps are told in.

use crate::cluster::entity_act::{Collection, Verb};
use serde::Serialize;

/// How a run got its container (the words of the invoker's own log, `ContainerPool.scala:133-165`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ContainerStart {
    Warm,
    Prewarmed,
    Cold,
    /// Cold, after an idle container was removed to make room.
    Recreated,
}

/// Which of the three ack messages (`core/connector/Message.scala:121-190`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AckKind {
    Result,
    Completion,
    Combined,
}

/// A controller's view of one invoker (`InvokerSupervision.scala`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InvokerState {
    Offline,
    Unhealthy,
    Unresponsive,
    Healthy,
}

impl InvokerState {
    pub const fn is_usable(self) -> bool {
        matches!(self, Self::Healthy)
    }
}

/// What a controller reads of the database of subjects or of entities, and keeps for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CachedEntity {
    /// Who asks.
    Subject,
    /// The action or trigger that is asked for.
    Entity,
}

/// Why a container ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RemovalReason {
    /// The run ended with status 2 or 3.
    FailedRun,
    LogCollectionFailed,
    /// Room was needed for another action.
    Evicted,
    /// Paused for longer than `idle-container`.
    Idle,
    /// A prewarmed container outlived its time.
    PrewarmExpired,
    /// It did not come up.
    StartFailed,
}

/// Where a record is that its writer takes for lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Whereabouts {
    Nowhere,
    /// An earlier try has brought it to the store.
    InStore,
    /// An earlier try is still on its way there.
    OnItsWay,
}

/// How far an activation had come when the process that had it died.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LossStage {
    /// Committed, and not run: Kafka will not deliver its message again.
    NotRun,
    Running,
    /// Run, and its record not written: its logs were being collected.
    NotWritten,
    /// Its record waited for a bulk write.
    InBatcher,
    /// Its record had been sent, the store did not take it, and nobody is there to send it again.
    Sent,
    /// Its message had not got to Kafka.
    NotPosted,
    /// A sequence or a trigger, which its controller was running in its own memory.
    InController,
}

/// What a client asks a controller for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestKind {
    InvokeNonBlocking,
    InvokeBlocking,
    /// Blocking, and only the result is wanted.
    InvokeResult,
    List,
    Get,
    Result,
    Logs,
    DeleteAction,
    FireTrigger,
    Namespaces,
    /// What a store is asked for, by its own HTTP interface.
    Ask,
    /// Something that the API answers by itself.
    Other,
    /// Something with an entity of this collection.
    Entity {
        verb: Verb,
        collection: Collection,
    },
}

impl RequestKind {
    pub const fn invokes(self) -> bool {
        matches!(self, Self::InvokeNonBlocking | Self::InvokeBlocking | Self::InvokeResult)
    }
}

/// Why a client that asks a store has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoAnswer {
    /// Nothing listens there.
    Refused,
    /// Nothing came for as long as the client waits.
    TimedOut,
    /// The store stopped while the client waited.
    Broken,
}

/// How a sequence came to its end (`SequenceActions.scala:265-328,464-493`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SequenceEnding {
    Complete,
    /// The result of a component has a field `error`.
    Error,
    TooLong,
    ComponentNotFound,
    ComponentTimedOut,
    ComponentFailed,
}

/// A limit on a namespace's invocations (`Entitlement.scala`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RateLimit {
    PerMinute,
    Concurrent,
    /// Of triggers fired a minute.
    Fires,
}

/// Why a controller asks its store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum QueryKind {
    /// A client's get, result or logs.
    Get,
    /// A client's list.
    List,
    /// The quick poll after an ack with nothing but an id (`PrimitiveActions.scala:644-650`).
    QuickPoll,
    /// The poll every 15 s that runs beside every blocking wait (`PrimitiveActions.scala:652-654`).
    SlowPoll,
}

/// What a store said to a read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum QueryOutcome {
    Found,
    NotFound,
    /// A list's rows, and how many records the store holds in that list but does not return yet.
    Rows {
        rows: u32,
        unseen: u32,
    },
    /// How many records a list would have.
    Counted {
        count: u32,
    },
    /// Elasticsearch has no such index: the controller answers 500 to a list (`ElasticSearchActivationStore.scala:378-380`), and 404 to a
    /// get, as if only the record were missing (`ElasticSearchActivationStore.scala:213-215`). The same of CouchDB without its database
    /// (`CouchDbRestStore.scala:244-247,318-320`).
    IndexMissing,
}

/// A design document of the activations database that has a view. The controller queries the last two alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DesignDocument {
    Activations,
    LogCleanup,
    WhisksFilters,
    Whisks,
}

/// What a producer learns when Kafka confirms a message about an activation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posted {
    Activation,
    /// `recovery`: the id alone, in place of a record that was too large (`core/ack/MessagingActiveAck.scala:66-69`).
    Ack {
        ack: AckKind,
        recovery: bool,
    },
}

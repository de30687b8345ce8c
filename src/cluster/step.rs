//! The steps of a run: what happened, in codes and values. Sentences live in the locale, source lines in the evidence table.

use super::faults::{FaultEffect, LinkFailure};
use super::gate::Gate;
use super::place::{ActivationIx, Cargo, ContainerId, ControllerId, ExchangeIx, Flight, InvokerId, Node, Process, StoreKind, Topic};
use crate::activation::{NamespaceId, Status};
use crate::time::{Instant, Span};
use serde::Serialize;

/// One thing that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Its number in the run, from 0, housekeeping included.
    pub ordinal: u64,
    pub at: Instant,
    /// The activation that it is about, if it is about one alone.
    pub activation: Option<ActivationIx>,
    /// The client's exchange that it is part of.
    pub exchange: Option<ExchangeIx>,
    /// What left for another node with this step.
    pub flight: Option<Flight>,
    pub kind: StepKind,
}

/// How much a step matters to the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    Story,
    Detail,
    Housekeeping,
}

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
}

impl RequestKind {
    pub const fn invokes(self) -> bool {
        matches!(self, Self::InvokeNonBlocking | Self::InvokeBlocking | Self::InvokeResult)
    }
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

/// What happened. Each kind has its row in the evidence table and its sentence in the locale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum StepKind {
    // Clients and the controller's API.
    RequestSent { controller: ControllerId, request: RequestKind },
    RequestReceived { controller: ControllerId, request: RequestKind },
    RequestThrottled { controller: ControllerId, limit: RateLimit, count: u32, allowed: u32 },
    NoInvokerAvailable { controller: ControllerId },
    // Deleted by somebody: to invoke it makes no activation.
    ActionMissing { controller: ControllerId },
    // It is in no cache, and the database does not answer.
    EntityUnread { controller: ControllerId, entity: CachedEntity },
    ActionDeleted { controller: ControllerId },
    PayloadTooLarge { controller: ControllerId, bytes: u32, allowed: u32 },
    AnswerSent { controller: ControllerId, request: RequestKind, status: u16 },
    AnswerReceived { status: u16 },
    // No answer at all.
    RequestFailed { cause: LinkFailure },
    // The client has no answer: the connection was refused, or broke while it waited.
    ConnectionFailed { controller: ControllerId, refused: bool },

    // The load balancer.
    ActivationScheduled { controller: ControllerId, invoker: InvokerId, hash: u32, home: InvokerId, step: u32, looked_at: u32 },
    // Every usable invoker is full: one is chosen at random and overcommitted.
    SystemOverloaded { controller: ControllerId, invoker: InvokerId },
    ActivationPosted { controller: ControllerId, topic: Topic },
    ActivationMessageAccepted { controller: ControllerId, topic: Topic },
    // The producer gives up. `arrives`: the message is in its topic all the same, or will be.
    PublishFailed { controller: ControllerId, topic: Topic, cause: LinkFailure, arrives: bool },
    ResultAckReceived { controller: ControllerId, whole: bool },
    CompletionAckReceived { controller: ControllerId, invoker: InvokerId, released_mb: u32 },
    HealthAckReceived { controller: ControllerId, invoker: InvokerId },
    LateAckReceived { controller: ControllerId, invoker: InvokerId },
    CompletionAckForced { controller: ControllerId, invoker: InvokerId, waited: Span },

    // Sequences and triggers, which their controller runs.
    SequenceStarted { controller: ControllerId, components: u8 },
    ComponentInvoked { controller: ControllerId, place: u32, of: u32 },
    SequenceEnded { controller: ControllerId, ran: u8, status: Status, how: SequenceEnding },
    TriggerFired { controller: ControllerId, rules: u8 },
    TriggerWithoutRule { controller: ControllerId },
    RulePosted { controller: ControllerId, rule: u8 },
    RuleAnswered { controller: ControllerId, rule: u8, status: u16 },
    TriggerRecorded { controller: ControllerId, rules: u8 },

    // The blocking wait.
    PollMissed { controller: ControllerId, query: QueryKind, next_in: Option<Span> },
    PollFound { controller: ControllerId, query: QueryKind },
    BlockingWaitEnded { controller: ControllerId, waited: Span },

    // Kafka.
    MessageAppended { topic: Topic, offset: u64 },
    MessagesDelivered { topic: Topic, consumer: Process, first: u64, count: u32 },
    MessagesPeeked { topic: Topic, consumer: Process, first: u64, count: u32 },
    OffsetCommitted { topic: Topic, consumer: Process, offset: u64 },

    // The invoker and its containers.
    MessageUnparsable { invoker: InvokerId },
    NamespaceBlacklisted { invoker: InvokerId },
    ActionGone { invoker: InvokerId },
    // It is in no cache, and the database does not answer.
    ActionUnread { invoker: InvokerId },
    RunBuffered { invoker: InvokerId, waiting: u32 },
    ContainerAssigned { invoker: InvokerId, container: ContainerId, start: ContainerStart },
    ContainerStarting { invoker: InvokerId, container: ContainerId },
    ContainerCreated { invoker: InvokerId, container: ContainerId },
    ContainerFailed { invoker: InvokerId, container: ContainerId },
    PrewarmStarted { invoker: InvokerId, container: ContainerId },
    PrewarmReady { invoker: InvokerId, container: ContainerId },
    ContainerResumed { invoker: InvokerId, container: ContainerId },
    InitStarted { invoker: InvokerId, container: ContainerId },
    InitEnded { invoker: InvokerId, container: ContainerId, took: Span },
    RunStarted { invoker: InvokerId, container: ContainerId },
    RunEnded { invoker: InvokerId, container: ContainerId, took: Span, status: Status, timed_out: bool },
    LogsCollected { invoker: InvokerId, container: ContainerId, lines: u32 },
    LogCollectionFailed { invoker: InvokerId, container: ContainerId },
    AckSent { invoker: InvokerId, ack: AckKind, whole: bool, topic: Topic },
    AckTooLarge { invoker: InvokerId, bytes: u64, limit: u64 },
    AckLost { invoker: InvokerId, ack: AckKind, topic: Topic, cause: LinkFailure },
    ContainerFreed { invoker: InvokerId, container: ContainerId },
    ContainerPausing { invoker: InvokerId, container: ContainerId },
    ContainerPaused { invoker: InvokerId, container: ContainerId },
    ContainerRemoved { invoker: InvokerId, container: ContainerId, reason: RemovalReason },

    // Writing to a store.
    // The gate keeps the record from being stored. `logged`: the writer says so in a line of its log.
    RecordSkipped { writer: Process, gate: Gate, logged: bool },
    // The writer is bound to the store that keeps nothing.
    RecordDiscarded { writer: Process },
    RecordQueued { writer: Process, store: StoreKind, waiting: u32 },
    BatchSent { writer: Process, store: StoreKind, records: u32, in_flight: u32 },
    IndexCreated { namespace: NamespaceId },
    // The record is in the store. Whether a read returns it is another matter.
    RecordStored { store: StoreKind },
    // The store takes the others of its batch, and not this one.
    RecordRefused { store: StoreKind, whereabouts: Whereabouts },
    // The key is taken: the document that is there stays.
    RecordConflicted { store: StoreKind },
    // The key was taken: the document is written anew.
    RecordOverwritten { store: StoreKind },
    BatchFailed { writer: Process, store: StoreKind, records: u32, cause: LinkFailure, tries_left: u8 },
    // Its writer logs a failure and forgets it.
    RecordGivenUp { writer: Process, store: StoreKind, cause: LinkFailure, whereabouts: Whereabouts },
    // A try that its writer no longer waited for comes to a store that takes nothing.
    LateWriteLost { store: StoreKind, cause: LinkFailure },
    BatchAnswered { writer: Process, store: StoreKind, records: u32 },
    // The record turns up in searches from now on.
    RecordSearchable { namespace: NamespaceId },
    IndexRefreshed { namespace: NamespaceId, records: u32 },
    ViewUpdateStarted { view: DesignDocument, behind: u32 },
    ViewUpdated { view: DesignDocument, records: u32 },

    // Reading from a store.
    QuerySent { controller: ControllerId, store: StoreKind, query: QueryKind },
    QueryAnswered { controller: ControllerId, store: StoreKind, query: QueryKind, outcome: QueryOutcome },
    // The controller is bound to the store that keeps nothing: a list is empty, and any id has a record that is made up.
    NoopAnswered { controller: ControllerId, query: QueryKind },
    // The record is not there, and its logs are asked for in the log store all the same.
    LogStoreAsked { controller: ControllerId },
    QueryFailed { controller: ControllerId, store: StoreKind, query: QueryKind, cause: LinkFailure },

    // Start and health.
    ProcessStarted { process: Process, store: StoreKind },
    ProcessCrashed { process: Process },
    // It is up again. Its configuration is read anew, so it may be bound to another store than before.
    ProcessRestarted { process: Process, store: StoreKind, before: StoreKind },
    // The activation's record will never be: what there was of it was in the memory of the process that died.
    ActivationLost { process: Process, stage: LossStage },
    PingSent { invoker: InvokerId },
    PingReceived { controller: ControllerId, invoker: InvokerId },
    InvokerRegistered { controller: ControllerId, invoker: InvokerId },
    InvokerStateChanged { controller: ControllerId, invoker: InvokerId, from: InvokerState, to: InvokerState },
    HealthTestSent { controller: ControllerId, invoker: InvokerId },

    // What somebody breaks and mends.
    FaultSet { from: Option<Node>, to: Option<Node>, effect: FaultEffect, times: Option<u32> },
    FaultCleared { from: Option<Node>, to: Option<Node>, effect: FaultEffect, applied: u32 },
    FaultApplied { from: Node, to: Node, cargo: Cargo, effect: FaultEffect },
    ServiceStopped { node: Node },
    ServiceStarted { node: Node },
    DataDropped { store: StoreKind, records: u32 },
    RecordDeleted { store: StoreKind },
}

impl StepKind {
    /// How much it matters, whoever it is about.
    pub const fn rank(&self) -> Rank {
        match self {
            Self::RequestSent { .. }
            | Self::RequestThrottled { .. }
            | Self::NoInvokerAvailable { .. }
            | Self::ActionMissing { .. }
            | Self::EntityUnread { .. }
            | Self::ActionDeleted { .. }
            | Self::PayloadTooLarge { .. }
            | Self::SequenceStarted { .. }
            | Self::ComponentInvoked { .. }
            | Self::SequenceEnded { .. }
            | Self::TriggerFired { .. }
            | Self::TriggerWithoutRule { .. }
            | Self::RulePosted { .. }
            | Self::RuleAnswered { .. }
            | Self::TriggerRecorded { .. }
            | Self::MessageUnparsable { .. }
            | Self::NamespaceBlacklisted { .. }
            | Self::ActionGone { .. }
            | Self::ActionUnread { .. }
            | Self::ContainerFailed { .. }
            | Self::AnswerSent { .. }
            | Self::AnswerReceived { .. }
            | Self::ConnectionFailed { .. }
            | Self::ProcessCrashed { .. }
            | Self::ProcessRestarted { .. }
            | Self::ActivationLost { .. }
            | Self::ActivationScheduled { .. }
            | Self::SystemOverloaded { .. }
            | Self::ActivationPosted { .. }
            | Self::ResultAckReceived { .. }
            | Self::CompletionAckReceived { .. }
            | Self::LateAckReceived { .. }
            | Self::CompletionAckForced { .. }
            | Self::PollMissed { .. }
            | Self::PollFound { .. }
            | Self::BlockingWaitEnded { .. }
            | Self::RunBuffered { .. }
            | Self::ContainerAssigned { .. }
            | Self::InitStarted { .. }
            | Self::RunStarted { .. }
            | Self::RunEnded { .. }
            | Self::LogsCollected { .. }
            | Self::LogCollectionFailed { .. }
            | Self::AckSent { .. }
            | Self::AckTooLarge { .. }
            | Self::BatchSent { .. }
            | Self::IndexCreated { .. }
            | Self::RecordStored { .. }
            | Self::RecordRefused { .. }
            | Self::RecordSearchable { .. }
            | Self::ViewUpdateStarted { .. }
            | Self::ViewUpdated { .. }
            | Self::RecordSkipped { .. }
            | Self::RecordDiscarded { .. }
            | Self::LogStoreAsked { .. }
            | Self::NoopAnswered { .. }
            | Self::QuerySent { .. }
            | Self::QueryAnswered { .. }
            | Self::RequestFailed { .. }
            | Self::PublishFailed { .. }
            | Self::AckLost { .. }
            | Self::RecordConflicted { .. }
            | Self::RecordOverwritten { .. }
            | Self::BatchFailed { .. }
            | Self::RecordGivenUp { .. }
            | Self::LateWriteLost { .. }
            | Self::QueryFailed { .. }
            | Self::FaultSet { .. }
            | Self::FaultCleared { .. }
            | Self::ServiceStopped { .. }
            | Self::ServiceStarted { .. }
            | Self::DataDropped { .. }
            | Self::RecordDeleted { .. } => Rank::Story,
            // A ping goes out each second: what befalls it is no story.
            Self::FaultApplied { cargo, .. } => {
                if matches!(cargo, Cargo::Ping) {
                    Rank::Housekeeping
                } else {
                    Rank::Story
                }
            }
            Self::MessagesDelivered { topic, .. } | Self::MessagesPeeked { topic, .. } | Self::OffsetCommitted { topic, .. } => {
                if matches!(topic, Topic::Health) { Rank::Housekeeping } else { Rank::Detail }
            }
            Self::MessageAppended { topic, .. } => {
                if matches!(topic, Topic::Health) {
                    Rank::Housekeeping
                } else {
                    Rank::Detail
                }
            }
            Self::RequestReceived { .. }
            | Self::ActivationMessageAccepted { .. }
            | Self::HealthAckReceived { .. }
            | Self::ContainerStarting { .. }
            | Self::ContainerCreated { .. }
            | Self::ContainerResumed { .. }
            | Self::InitEnded { .. }
            | Self::ContainerFreed { .. }
            | Self::RecordQueued { .. }
            | Self::BatchAnswered { .. }
            | Self::InvokerRegistered { .. }
            | Self::InvokerStateChanged { .. }
            | Self::ProcessStarted { .. } => Rank::Detail,
            Self::IndexRefreshed { records, .. } => {
                if *records == 0 {
                    Rank::Housekeeping
                } else {
                    Rank::Detail
                }
            }
            Self::PrewarmStarted { .. }
            | Self::PrewarmReady { .. }
            | Self::ContainerPausing { .. }
            | Self::ContainerPaused { .. }
            | Self::ContainerRemoved { .. }
            | Self::PingSent { .. }
            | Self::PingReceived { .. }
            | Self::HealthTestSent { .. } => Rank::Housekeeping,
        }
    }
}

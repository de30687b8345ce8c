//! What can happen.

use super::values::*;
use crate::activation::{NamespaceId, Status};
use crate::cluster::entity_act::Collection;
use crate::cluster::faults::{FaultEffect, LinkFailure};
use crate::cluster::gate::Gate;
use crate::cluster::place::{Cargo, ContainerId, ControllerId, InvokerId, Node, Process, StoreKind, Topic};
use crate::time::Span;
use serde::Serialize;

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
const fn is_zero(number: &u8) -> bool {
    *number == 0
}

/// What happened. Each kind has its row in the evidence table and its sentence in the locale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
#[rustfmt::skip] // A table: one attribute would put each field of every row on a line of its own.
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
    // An entity is created or updated, deleted, or it is not: the status says why.
    EntityWritten { controller: ControllerId, collection: Collection },
    EntityDeleted { controller: ControllerId, collection: Collection },
    EntityRefused { controller: ControllerId, collection: Collection, status: u16 },
    RuleSet { controller: ControllerId, active: bool },
    PayloadTooLarge { controller: ControllerId, bytes: u32, allowed: u32 },
    AnswerSent { controller: ControllerId, request: RequestKind, status: u16 },
    AnswerReceived { status: u16 },
    // Ctrl-C: the tool ends, and what it has asked for is answered to nobody.
    ClientInterrupted,
    // No answer at all.
    RequestFailed { cause: LinkFailure },
    // The client has no answer: the connection was refused, or broke while it waited.
    ConnectionFailed { controller: ControllerId, refused: bool },

    // The load balancer.
    ActivationScheduled { controller: ControllerId, invoker: InvokerId, hash: u32, home: InvokerId, step: u32, looked_at: u32 },
    // Every usable invoker is full: one is chosen at random and overcommitted.
    SystemOverloaded { controller: ControllerId, invoker: InvokerId },
    // `tries`: so many have failed before.
    ActivationPosted { controller: ControllerId, topic: Topic, #[serde(skip_serializing_if = "is_zero")] tries: u8 },
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
    // `posted`: what its producer learns by it. It follows from the steps before, so it is neither told again nor part of a digest.
    MessageAppended { topic: Topic, offset: u64, #[serde(skip)] posted: Option<Posted> },
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
    // `tries`: so many have failed before.
    AckSent { invoker: InvokerId, ack: AckKind, whole: bool, topic: Topic, #[serde(skip_serializing_if = "is_zero")] tries: u8 },
    AckTooLarge { invoker: InvokerId, bytes: u64, limit: u64 },
    // The producer gives up. `arrives`: the ack is in its topic all the same.
    AckLost {
        invoker: InvokerId, ack: AckKind, topic: Topic, cause: LinkFailure,
        #[serde(skip_serializing_if = "std::ops::Not::not")] arrives: bool,
    },
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
    // `heard`: its writer lives and gets the answer.
    RecordRefused { store: StoreKind, whereabouts: Whereabouts, heard: bool },
    // The key is taken: the document that is there stays.
    RecordConflicted { store: StoreKind, heard: bool },
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

    // A client asks a store itself, over its own HTTP interface.
    StoreAsked { store: StoreKind },
    StoreServed { store: StoreKind, status: u16 },
    StoreAnswerReceived { store: StoreKind, status: u16 },
    StoreUnanswered { store: StoreKind, why: NoAnswer },

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

//! Where things are: the processes of the cluster, the links between them, and the numbers that stand for things.

use super::step::{Step, StepKind};
use serde::{Deserialize, Serialize};

/// The number of an activation in its run, in order of the controller's making.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ActivationIx(pub u32);

/// The number of an HTTP exchange between a client and a controller, in order of sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ExchangeIx(pub u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ControllerId(pub u8);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InvokerId(pub u8);

/// A container of one invoker, by the number of its making.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContainerId(pub u32);

/// What a process can be bound to: the two stores, or nothing at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StoreKind {
    #[serde(rename = "couchdb")]
    CouchDb,
    #[serde(rename = "elasticsearch")]
    Elasticsearch,
    /// Writes succeed and are discarded (`core/database/memory/NoopActivationStore.scala`). It is no place: nothing travels to it.
    Noop,
}

impl StoreKind {
    /// The two that keep records and stand somewhere: those that the page has a node and a witness for.
    pub const ALL: [Self; 2] = [Self::CouchDb, Self::Elasticsearch];

    /// All that a process can be bound to.
    pub const BINDINGS: [Self; 3] = [Self::CouchDb, Self::Elasticsearch, Self::Noop];

    /// What holds subjects and entities, whichever store records go to (`common/scala/src/main/resources/reference.conf:19-32`).
    pub const OF_ENTITIES: Self = Self::CouchDb;

    /// Whether it is a store that a process sends its records to.
    pub const fn keeps_records(self) -> bool {
        !matches!(self, Self::Noop)
    }

    /// The value of `whisk.spi.ActivationStoreProvider` that binds a process to this store.
    pub const fn provider(self) -> &'static str {
        match self {
            Self::CouchDb => "org.apache.openwhisk.core.database.ArtifactActivationStoreProvider",
            Self::Elasticsearch => "org.apache.openwhisk.core.database.elasticsearch.ElasticSearchActivationStoreProvider",
            Self::Noop => "org.apache.openwhisk.core.database.memory.NoopActivationStoreProvider",
        }
    }

    /// The name in links and on the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Self::CouchDb => "couchdb",
            Self::Elasticsearch => "elasticsearch",
            Self::Noop => "noop",
        }
    }

    /// Whether its client puts requests into a queue of its own, which can be full: CouchDB's does (`CouchDbRestClient.scala:42-46`), and
    /// Elasticsearch has a client of another library.
    pub const fn has_request_queue(self) -> bool {
        matches!(self, Self::CouchDb)
    }

    /// An HTTP status as its client's errors write it: with the reason or without (`CouchDbRestStore.scala:249-251`,
    /// `ElasticSearchActivationStore.scala:216-222`). The reasons are those of the HTTP library.
    pub fn status_text(self, status: u16) -> String {
        let reason = match (self, status) {
            (Self::Elasticsearch, _) => "",
            (_, 400) => " Bad Request",
            (_, 401) => " Unauthorized",
            (_, 403) => " Forbidden",
            (_, 404) => " Not Found",
            (_, 413) => " Content Too Large",
            (_, 429) => " Too Many Requests",
            (_, 500) => " Internal Server Error",
            (_, 502) => " Bad Gateway",
            (_, 503) => " Service Unavailable",
            (_, 504) => " Gateway Timeout",
            _ => "",
        };
        format!("{status}{reason}")
    }
}

/// A part of the cluster that something can travel from and to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    /// Whoever runs `wsk`.
    Client,
    Controller(ControllerId),
    Kafka,
    Invoker(InvokerId),
    Store(StoreKind),
}

impl Node {
    /// The name in lines: `controller0`.
    pub fn code(self) -> String {
        match self {
            Self::Client => "client".to_owned(),
            Self::Controller(ControllerId(n)) => format!("controller{n}"),
            Self::Kafka => "kafka".to_owned(),
            Self::Invoker(InvokerId(n)) => format!("invoker{n}"),
            Self::Store(store) => store.code().to_owned(),
        }
    }

    /// The process of OpenWhisk's own that it is, if it is one.
    pub const fn process(self) -> Option<Process> {
        match self {
            Self::Controller(id) => Some(Process::Controller(id)),
            Self::Invoker(id) => Some(Process::Invoker(id)),
            Self::Client | Self::Kafka | Self::Store(_) => None,
        }
    }
}

/// What travels on a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cargo {
    /// A client's HTTP request.
    Request,
    /// A controller's HTTP answer.
    Answer,
    /// An activation message on its way into or out of an `invoker<N>` topic.
    ActivationMessage,
    /// A result, completion or combined ack on its way into or out of a `completed<N>` topic.
    Ack,
    Ping,
    /// Kafka's word to a producer that a message is in its topic.
    ProduceAck,
    /// Records on their way to a store.
    Records,
    /// A store's answer to a write.
    WriteAnswer,
    /// A controller's read of its store.
    Query,
    QueryAnswer,
}

/// Something on its way from one node to another during a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Flight {
    pub from: Node,
    pub to: Node,
    pub cargo: Cargo,
    /// When it arrives. It left at the step's own time.
    pub arrives: crate::time::Instant,
}

/// A Kafka topic, without the optional configured prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    Invoker(InvokerId),
    Completed(ControllerId),
    Health,
}

impl std::fmt::Display for Topic {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Invoker(InvokerId(n)) => write!(out, "invoker{n}"),
            Self::Completed(ControllerId(n)) => write!(out, "completed{n}"),
            Self::Health => out.write_str("health"),
        }
    }
}

/// A process with a configuration of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Process {
    Controller(ControllerId),
    Invoker(InvokerId),
}

impl Process {
    /// As an operator names it: `invoker0`.
    pub fn code(self) -> String {
        match self {
            Self::Controller(ControllerId(n)) => format!("controller{n}"),
            Self::Invoker(InvokerId(n)) => format!("invoker{n}"),
        }
    }

    pub const fn node(self) -> Node {
        match self {
            Self::Controller(id) => Node::Controller(id),
            Self::Invoker(id) => Node::Invoker(id),
        }
    }
}

impl Step {
    /// The node that a step is about: the one that acts in it.
    pub const fn acting_node(&self) -> Node {
        match self.kind {
            StepKind::RequestSent { .. }
            | StepKind::ClientInterrupted
            | StepKind::AnswerReceived { .. }
            | StepKind::RequestFailed { .. }
            | StepKind::ConnectionFailed { .. }
            | StepKind::StoreAsked { .. }
            | StepKind::StoreAnswerReceived { .. }
            | StepKind::StoreUnanswered { .. } => Node::Client,
            // Who set a rule is no part of the cluster; it is shown where the rule holds.
            StepKind::FaultSet { from, to, .. } | StepKind::FaultCleared { from, to, .. } => match (to, from) {
                (Some(node), _) | (None, Some(node)) => node,
                (None, None) => Node::Client,
            },
            StepKind::FaultApplied { to, .. } => to,
            StepKind::ServiceStopped { node } | StepKind::ServiceStarted { node } => node,
            StepKind::RequestReceived { controller, .. }
            | StepKind::RequestThrottled { controller, .. }
            | StepKind::NoInvokerAvailable { controller }
            | StepKind::ActionMissing { controller }
            | StepKind::EntityUnread { controller, .. }
            | StepKind::ActionDeleted { controller }
            | StepKind::PayloadTooLarge { controller, .. }
            | StepKind::EntityWritten { controller, .. }
            | StepKind::EntityDeleted { controller, .. }
            | StepKind::EntityRefused { controller, .. }
            | StepKind::RuleSet { controller, .. }
            | StepKind::SequenceStarted { controller, .. }
            | StepKind::ComponentInvoked { controller, .. }
            | StepKind::SequenceEnded { controller, .. }
            | StepKind::TriggerFired { controller, .. }
            | StepKind::TriggerWithoutRule { controller }
            | StepKind::RulePosted { controller, .. }
            | StepKind::RuleAnswered { controller, .. }
            | StepKind::TriggerRecorded { controller, .. }
            | StepKind::AnswerSent { controller, .. }
            | StepKind::ActivationScheduled { controller, .. }
            | StepKind::SystemOverloaded { controller, .. }
            | StepKind::ActivationPosted { controller, .. }
            | StepKind::ActivationMessageAccepted { controller, .. }
            | StepKind::ResultAckReceived { controller, .. }
            | StepKind::CompletionAckReceived { controller, .. }
            | StepKind::HealthAckReceived { controller, .. }
            | StepKind::LateAckReceived { controller, .. }
            | StepKind::CompletionAckForced { controller, .. }
            | StepKind::PollMissed { controller, .. }
            | StepKind::PollFound { controller, .. }
            | StepKind::BlockingWaitEnded { controller, .. }
            | StepKind::LogStoreAsked { controller }
            | StepKind::NoopAnswered { controller, .. }
            | StepKind::PublishFailed { controller, .. }
            | StepKind::QuerySent { controller, .. }
            | StepKind::QueryFailed { controller, .. }
            | StepKind::PingReceived { controller, .. }
            | StepKind::InvokerRegistered { controller, .. }
            | StepKind::InvokerStateChanged { controller, .. }
            | StepKind::HealthTestSent { controller, .. } => Node::Controller(controller),
            StepKind::MessageAppended { .. } | StepKind::MessagesDelivered { .. } => Node::Kafka,
            StepKind::MessagesPeeked { consumer, .. } | StepKind::OffsetCommitted { consumer, .. } => consumer.node(),
            StepKind::MessageUnparsable { invoker }
            | StepKind::NamespaceBlacklisted { invoker }
            | StepKind::ActionGone { invoker }
            | StepKind::ActionUnread { invoker }
            | StepKind::ContainerFailed { invoker, .. }
            | StepKind::RunBuffered { invoker, .. }
            | StepKind::ContainerAssigned { invoker, .. }
            | StepKind::ContainerStarting { invoker, .. }
            | StepKind::ContainerCreated { invoker, .. }
            | StepKind::PrewarmStarted { invoker, .. }
            | StepKind::PrewarmReady { invoker, .. }
            | StepKind::ContainerResumed { invoker, .. }
            | StepKind::InitStarted { invoker, .. }
            | StepKind::InitEnded { invoker, .. }
            | StepKind::RunStarted { invoker, .. }
            | StepKind::RunEnded { invoker, .. }
            | StepKind::LogsCollected { invoker, .. }
            | StepKind::LogCollectionFailed { invoker, .. }
            | StepKind::AckSent { invoker, .. }
            | StepKind::AckTooLarge { invoker, .. }
            | StepKind::AckLost { invoker, .. }
            | StepKind::ContainerFreed { invoker, .. }
            | StepKind::ContainerPausing { invoker, .. }
            | StepKind::ContainerPaused { invoker, .. }
            | StepKind::ContainerRemoved { invoker, .. }
            | StepKind::PingSent { invoker } => Node::Invoker(invoker),
            StepKind::RecordQueued { writer, .. }
            | StepKind::BatchSent { writer, .. }
            | StepKind::RecordSkipped { writer, .. }
            | StepKind::RecordDiscarded { writer }
            | StepKind::BatchFailed { writer, .. }
            | StepKind::RecordGivenUp { writer, .. } => writer.node(),
            StepKind::RecordStored { store }
            | StepKind::RecordConflicted { store, .. }
            | StepKind::RecordOverwritten { store }
            | StepKind::RecordDeleted { store }
            | StepKind::DataDropped { store, .. }
            | StepKind::RecordRefused { store, .. }
            | StepKind::LateWriteLost { store, .. }
            | StepKind::BatchAnswered { store, .. }
            | StepKind::StoreServed { store, .. }
            | StepKind::QueryAnswered { store, .. } => Node::Store(store),
            StepKind::IndexCreated { .. } | StepKind::RecordSearchable { .. } | StepKind::IndexRefreshed { .. } => {
                Node::Store(StoreKind::Elasticsearch)
            }
            StepKind::ViewUpdateStarted { .. } | StepKind::ViewUpdated { .. } => Node::Store(StoreKind::CouchDb),
            StepKind::ProcessStarted { process, .. }
            | StepKind::ProcessCrashed { process }
            | StepKind::ProcessRestarted { process, .. }
            | StepKind::ActivationLost { process, .. } => match process {
                Process::Controller(id) => Node::Controller(id),
                Process::Invoker(id) => Node::Invoker(id),
            },
        }
    }
}

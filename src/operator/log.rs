//! What each process writes to its log: texts, levels and classes of the real lines.
//!
//! A line is a function of a step, so the logs cost a run nothing and seek with it. Only what stands at INFO and above by default is here;
//! the `[marker:…]` that the real lines end in is left out, and of the values inside a line those that the model has not.

use crate::activation::{ActivationId, Origin, Status};
use crate::cluster::place::{ActivationIx, ExchangeIx, Process, StoreKind};
use crate::cluster::step::{AckKind, CachedEntity, ContainerStart, Step, StepKind};
use crate::cluster::store::CouchDb;
use crate::cluster::{Activation, LinkFailure, World};
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
    Scheduled,
    Overloaded,
    NotScheduled,
    NotRead,
    SequenceInvoked,
    TriggerFired,
    Posting,
    ResultReceived,
    CompletionReceived,
    CompletionForced,
    CompletionLate,
    Retrieved,
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
    Blacklisted,
    Unparsable,
}

impl Trace {
    /// In two or three words, as a list of them has it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Overloaded => "overloaded",
            Self::NotScheduled => "not scheduled",
            Self::NotRead => "not read",
            Self::SequenceInvoked => "sequence invoked",
            Self::TriggerFired => "trigger fired",
            Self::Posting => "posting",
            Self::ResultReceived => "result received",
            Self::CompletionReceived => "completion received",
            Self::CompletionForced => "completion forced",
            Self::CompletionLate => "completion late",
            Self::Retrieved => "retrieved by polling",
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
            "[{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z] [{}] [#{}] [{}] {}",
            self.level.text(),
            self.transaction,
            self.class,
            self.text
        )
    }
}

const BALANCER: &str = "ShardingContainerPoolBalancer";

/// What a line is made of, but for whom and when.
type Said = (Process, Level, Trace, &'static str, String);

/// The line that a process writes at a step, if it writes one.
pub fn line(world: &World, step: &Step) -> Option<Line> {
    let activation = step.activation.and_then(|ix| world.activation(ix));
    let (process, level, trace, class, text) = controllers(world, step, activation).or_else(|| invokers(world, step, activation))?;
    let at_ms = world.setup().configuration.epoch_ms.millis_at(step.at);
    let transaction = match trace {
        // The batcher has a transaction of its own: its lines name no activation (`DB/CouchDbRestStore.scala:81-82`).
        Trace::SavingBatch | Trace::BatchRetried | Trace::BatchFailed => "sid_dbBatcher".to_owned(),
        _ => transaction(world, activation, step.exchange),
    };
    Some(Line { process, level, trace, at_ms, transaction, class, text })
}

/// How many steps back a process's newest lines are looked for. Pings alone are twelve steps a second for each invoker.
const STEPS_BACK: u64 = 4_000;

/// The newest lines of a process's log at the instant of `world`, which is one of the tape's, oldest first: `count` at most.
pub fn newest(tape: &Tape, world: &World, process: Process, count: usize) -> Vec<Line> {
    let end = world.step_count();
    let mut lines: Vec<Line> = Vec::new();
    tape.steps_from(end.saturating_sub(STEPS_BACK), 1, |then, step| {
        if step.ordinal < end {
            lines.extend(line(then, step).filter(|line| line.process == process));
        }
        step.ordinal + 1 >= end
    });
    lines.split_off(lines.len().saturating_sub(count))
}

/// `tid_` and the id that the request came with, or the supervision's own name (`common/TransactionId.scala:225-250`).
fn transaction(world: &World, activation: Option<&Activation>, exchange: Option<ExchangeIx>) -> String {
    let exchange = activation.and_then(|it| it.exchange).or(exchange).and_then(|ix| world.exchange(ix));
    exchange.map_or_else(|| "sid_invokerHealth".to_owned(), |exchange| format!("tid_{}", world.transaction_id(exchange)))
}

/// `LB/ShardingContainerPoolBalancer.scala:287-314`, `LB/CommonLoadBalancer.scala:160-355`, `CTL/actions/PrimitiveActions.scala:684-689`.
fn controllers(world: &World, step: &Step, activation: Option<&Activation>) -> Option<Said> {
    let id = activation.map(|activation| activation.id);
    let (controller, level, trace, text) = match step.kind {
        StepKind::NoInvokerAvailable { controller } => {
            let text = "[POST] failed in loadbalancer: No invokers available".to_owned();
            return Some((Process::Controller(controller), Level::Error, Trace::NotScheduled, "ActionsApi", text));
        }
        // `CTL/actions/SequenceActions.scala:105`, and the entity as `core/entity/WhiskEntity.scala:83` has it.
        StepKind::SequenceStarted { controller, .. } => {
            let activation = activation?;
            let action = world.setup().catalogue.action(activation.action)?;
            let topmost = matches!(activation.origin, Origin::Sequence { topmost: true });
            let (id, namespace, name, version) = (activation.id, &action.namespace, &action.name, &action.version);
            let text = format!("invoking sequence WhiskActionMetaData/{namespace}/{name}@{version} topmost {topmost} activationid '{id}'");
            return Some((Process::Controller(controller), Level::Info, Trace::SequenceInvoked, "ActionsApi", text));
        }
        // `CTL/Triggers.scala:149`.
        StepKind::TriggerFired { controller, .. } => {
            let text = format!("[POST] trigger activation id: {}", id?);
            return Some((Process::Controller(controller), Level::Info, Trace::TriggerFired, "TriggersApi", text));
        }
        // `core/controller/BasicAuthenticationDirective.scala:55`, `core/controller/ApiUtils.scala:156`.
        StepKind::EntityUnread { controller, entity } => {
            let (class, what) = match entity {
                CachedEntity::Subject => ("BasicAuthenticationDirective", "authentication error"),
                CachedEntity::Entity => ("ActionsApi", "[GET] entity failed"),
            };
            let text = [what, ": ", failure(LinkFailure::Refused)].concat();
            return Some((Process::Controller(controller), Level::Error, Trace::NotRead, class, text));
        }
        StepKind::PollFound { controller, .. } => {
            let text = "retrieved activation for blocking invocation via DB polling".to_owned();
            return Some((Process::Controller(controller), Level::Info, Trace::Retrieved, "ActionsApi", text));
        }
        StepKind::ActivationScheduled { controller, invoker, .. } => (
            controller,
            Level::Info,
            Trace::Scheduled,
            format!("scheduled activation {}, {} to invoker{}", id?, limits(world, activation?)?, invoker.0),
        ),
        StepKind::SystemOverloaded { controller, invoker } => {
            (controller, Level::Warn, Trace::Overloaded, format!("system is overloaded. Chose invoker{} by random assignment.", invoker.0))
        }
        StepKind::ActivationPosted { controller, topic } => {
            (controller, Level::Info, Trace::Posting, format!("posting topic '{topic}' with activation id '{}'", id?))
        }
        StepKind::ResultAckReceived { controller, .. } => {
            (controller, Level::Info, Trace::ResultReceived, format!("received result ack for '{}'", id?))
        }
        StepKind::CompletionAckReceived { controller, .. } => {
            let text = format!("received completion ack for '{}', system error={}", id?, is_system_error(activation));
            (controller, Level::Info, Trace::CompletionReceived, text)
        }
        StepKind::HealthAckReceived { controller, invoker } => {
            let text = format!("received completion ack for health action on invoker{}", invoker.0);
            (controller, Level::Info, Trace::CompletionReceived, text)
        }
        StepKind::LateAckReceived { controller, invoker } => {
            let text = format!(
                "received completion ack for '{}' from invoker{} which has no entry, system error={}",
                id?,
                invoker.0,
                is_system_error(activation)
            );
            (controller, Level::Warn, Trace::CompletionLate, text)
        }
        StepKind::CompletionAckForced { controller, invoker, waited } => {
            let kind = if activation?.blocking { "blocking" } else { "non-blocking" };
            let (id, limits, seconds) = (id?, limits(world, activation?)?, waited.millis() / 1_000);
            let text = format!(
                "forced completion ack for '{id}', {limits}, {kind}, completion ack timeout {seconds} seconds from invoker{}",
                invoker.0
            );
            (controller, Level::Warn, Trace::CompletionForced, text)
        }
        _ => return None,
    };
    Some((Process::Controller(controller), level, trace, BALANCER, text))
}

/// An ack says whether OpenWhisk itself failed (`core/connector/Message.scala:147-164`).
fn is_system_error(activation: Option<&Activation>) -> bool {
    activation.and_then(|activation| activation.record).is_some_and(|record| record.status == Status::WhiskInternalError)
}

/// `action 'guest/hello@0.0.1' (managed), ns 'guest', mem limit 256 MB (std), time limit 60000 ms (std)`.
fn limits(world: &World, activation: &Activation) -> Option<String> {
    let catalogue = &world.setup().catalogue;
    let action = catalogue.action(activation.action)?;
    let standard = |is_standard| if is_standard { "std" } else { "non-std" };
    let (memory, timeout) = (action.limits.memory_mb, action.limits.timeout_ms);
    Some(format!(
        "action '{}/{}@{}' (managed), ns '{}', mem limit {memory} MB ({}), time limit {timeout} ms ({})",
        action.namespace,
        action.name,
        action.version,
        catalogue.namespace(activation.namespace),
        standard(memory == 256),
        standard(timeout == 60_000)
    ))
}

/// `ContainerPool.scala:97-110,210-225`, `ContainerProxy.scala:905-910`, `core/ack/MessagingActiveAck.scala:46-52`, and the stores' own.
fn invokers(world: &World, step: &Step, activation: Option<&Activation>) -> Option<Said> {
    let catalogue = &world.setup().catalogue;
    let id = activation.map(|activation| activation.id);
    let (process, level, trace, class, text) = match step.kind {
        StepKind::ContainerAssigned { invoker, start, .. } => {
            let activation = activation?;
            let state = match start {
                ContainerStart::Warm => "warm",
                ContainerStart::Prewarmed => "prewarmed",
                ContainerStart::Cold => "cold",
                ContainerStart::Recreated => "recreated",
            };
            let (action, namespace) = (catalogue.action(activation.action)?, catalogue.namespace(activation.namespace));
            let text = format!(
                "containerStart containerState: {state} activations: 1 of max 1 action: {} namespace: {namespace} activationId: {}",
                action.name, activation.id
            );
            (Process::Invoker(invoker), Level::Info, Trace::ContainerStarted, "ContainerPool", text)
        }
        StepKind::RunBuffered { invoker, waiting } => {
            let text = format!("Rescheduling Run message, too many message in the pool, waiting messages: {}", waiting.saturating_sub(1));
            (Process::Invoker(invoker), Level::Warn, Trace::Rescheduled, "ContainerPool", text)
        }
        StepKind::LogCollectionFailed { invoker, .. } => {
            (Process::Invoker(invoker), Level::Warn, Trace::LogsUnread, "ContainerProxy", "reading logs failed".to_owned())
        }
        StepKind::AckSent { invoker, ack, .. } => {
            let kind = match ack {
                AckKind::Result => "result",
                AckKind::Completion => "completion",
                AckKind::Combined => "combined",
            };
            let text = format!("posted {kind} of activation {}", id?);
            (Process::Invoker(invoker), Level::Info, Trace::AckPosted, "MessagingActiveAck", text)
        }
        StepKind::RecordQueued { writer, store, .. } => {
            let key = key(world, step.activation?)?;
            let (class, text) = match store {
                StoreKind::CouchDb => ("CouchDbRestStore", format!("[PUT] '{DATABASE}' saving document: 'id: {key}, rev: null'")),
                StoreKind::Elasticsearch => ("ElasticSearchActivationStore", format!("[PUT] 'activations' document: '{key}'")),
                StoreKind::Noop => return None,
            };
            (writer, Level::Info, Trace::Saving, class, text)
        }
        StepKind::BatchSent { writer, store, records, .. } => {
            let (class, place) = client(store);
            (writer, Level::Info, Trace::SavingBatch, class, format!("'{place}' saving {records} documents"))
        }
        StepKind::BatchFailed { writer, store, cause, tries_left, .. } => {
            let (class, place) = client(store);
            let (level, trace, text) = match (tries_left, cause, store) {
                (1.., _, StoreKind::CouchDb) => (Level::Warn, Trace::BatchRetried, "failed to store an activation to CouchDB".to_owned()),
                (1.., ..) => (Level::Warn, Trace::BatchRetried, "store activation to ElasticSearch failed".to_owned()),
                (0, LinkFailure::Status(status), _) => {
                    let status =
                        ["'", place, "' failed to put documents, http status: '", store.status_text(status).as_str(), "'"].concat();
                    (Level::Error, Trace::BatchFailed, status)
                }
                (0, ..) => {
                    (Level::Error, Trace::BatchFailed, ["[PUT] '", place, "' internal error, failure: '", failure(cause), "'"].concat())
                }
            };
            (writer, level, trace, class, text)
        }
        // Only CouchDB's side names the record: Elasticsearch's has the line of the batch alone (`DB/ArtifactActivationStore.scala:45-51`).
        StepKind::RecordGivenUp { writer, store: StoreKind::CouchDb, .. } => not_recorded(writer, id?, "error on 'put'"),
        StepKind::RecordConflicted { .. } => not_recorded(writer_of(activation?), id?, "conflict on 'put'"),
        StepKind::RecordRefused { store: StoreKind::CouchDb, .. } => not_recorded(writer_of(activation?), id?, "error on 'put'"),
        StepKind::RecordRefused { store, .. } => {
            let text = ["[PUT] 'activations' failed to put document: '", &key(world, step.activation?)?, "'; error on 'put'."].concat();
            (writer_of(activation?), Level::Error, Trace::NotRecorded, client(store).0, text)
        }
        StepKind::PublishFailed { controller, topic, cause, .. } => {
            let text = format!("sending message on topic '{topic}' failed: {}", failure(cause));
            (Process::Controller(controller), Level::Error, Trace::NotSent, "KafkaProducerConnector", text)
        }
        StepKind::AckLost { invoker, topic, cause, .. } => {
            let text = format!("sending message on topic '{topic}' failed: {}", failure(cause));
            (Process::Invoker(invoker), Level::Error, Trace::NotSent, "KafkaProducerConnector", text)
        }
        StepKind::NamespaceBlacklisted { invoker } => {
            let text = ["namespace ", catalogue.namespace(activation?.namespace), " was blocked in invoker."].concat();
            (Process::Invoker(invoker), Level::Warn, Trace::Blacklisted, "InvokerReactive", text)
        }
        StepKind::MessageUnparsable { invoker } => {
            let text = "terminal failure while processing message: the message is no ActivationMessage".to_owned();
            (Process::Invoker(invoker), Level::Error, Trace::Unparsable, "InvokerReactive", text)
        }
        // `DB/ActivationStore.scala:83-90`.
        StepKind::RecordSkipped { writer, logged: true, .. } => {
            let activation = activation?;
            let name = &catalogue.action(activation.action)?.name;
            let namespace = catalogue.namespace(activation.namespace);
            let text = format!("Explicitly NOT storing activation {} for action {name} from namespace {namespace}", activation.id);
            (writer, Level::Info, Trace::NotStoring, client(activation.store).0, text)
        }
        _ => return None,
    };
    Some((process, level, trace, class, text))
}

/// The line by which a record's own loss can be found.
fn not_recorded(writer: Process, id: ActivationId, why: &str) -> Said {
    let text = format!("failed to record activation {id} with error {why}");
    (writer, Level::Error, Trace::NotRecorded, "ArtifactActivationStore", text)
}

/// Who writes an activation's record: the controller for what it runs itself, else the invoker.
fn writer_of(activation: &Activation) -> Process {
    if activation.record.is_some_and(|record| record.origin.is_controllers()) {
        Process::Controller(activation.controller)
    } else {
        Process::Invoker(activation.invoker)
    }
}

/// What stands for an exception's own text, which depends on libraries.
const fn failure(cause: LinkFailure) -> &'static str {
    match cause {
        LinkFailure::Refused => "Connection refused",
        LinkFailure::TimedOut => "Timed out",
        LinkFailure::QueueFull => "Request queue is full.",
        LinkFailure::Status(_) => "Unexpected http response code",
    }
}

const DATABASE: &str = CouchDb::ACTIVATIONS.name;

/// The class that writes to a store, and what it calls the place that it writes to.
const fn client(store: StoreKind) -> (&'static str, &'static str) {
    match store {
        StoreKind::CouchDb => ("CouchDbRestStore", DATABASE),
        StoreKind::Elasticsearch => ("ElasticSearchActivationStore", "activations"),
        StoreKind::Noop => ("NoopActivationStore", ""),
    }
}

/// `namespace/activationId`.
fn key(world: &World, ix: ActivationIx) -> Option<String> {
    let activation = world.activation(ix)?;
    let id: ActivationId = activation.id;
    Some(format!("{}/{id}", world.setup().catalogue.namespace(activation.namespace)))
}

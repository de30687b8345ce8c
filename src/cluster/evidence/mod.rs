//! Where each step comes from: one table of source lines that the page links to and a command checks.
//!
//! A row names a file, a range of lines, the commit they were read at and the hash of those lines. Every kind of step has a row ([`of`] is
//! an exhaustive match, so a new kind does not compile without one). No row is unused: each is cited by a step that some run comes to, by a
//! lesson, by a term or a simplification, or by a key in the inspector. Nothing here is ever fetched: a link is the visitor's to click.

mod faults;
mod rows;
#[cfg(test)]
mod tests;

use super::entity_act::{Collection, Verb};
use super::faults::FaultEffect;
use super::gate::Gate;
use super::place::{Process, StoreKind};
use super::step::{
    AckKind, CachedEntity, ContainerStart, DesignDocument, InvokerState, LossStage, QueryKind, QueryOutcome, RateLimit, RemovalReason,
    RequestKind, SequenceEnding, StepKind,
};
use crate::chance::name_of;

/// A product whose own behaviour OpenWhisk's lines rely on but cannot show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Product {
    CouchDb,
    Elasticsearch,
    Kafka,
}

/// How far the cited lines go in proving what they are cited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The lines say it.
    Source,
    /// It follows from reading the lines; nobody ran it to see.
    Derived,
    /// General knowledge of a product. The lines show only that OpenWhisk relies on it.
    Background(Product),
}

/// Some lines of a repository at a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Kebab-case and unique: lessons cite a row by it.
    pub id: &'static str,
    /// `owner/name` on GitHub.
    pub repository: &'static str,
    /// 40 hexadecimal digits.
    pub commit: &'static str,
    pub path: &'static str,
    /// Counted from 1, both ends included.
    pub first_line: u32,
    pub last_line: u32,
    /// [`lines_hash`] of those lines; empty in a page, which does not check them.
    pub hash: &'static str,
    pub basis: Basis,
}

/// A repository at the commit that the rows were read at.
#[derive(Clone, Copy)]
struct Snapshot {
    repository: &'static str,
    commit: &'static str,
}

const OPENWHISK: Snapshot = Snapshot { repository: "apache/openwhisk", commit: "1fae641a2b30bccb7ddc69d2d215866d899a8510" };
const CLI: Snapshot = Snapshot { repository: "apache/openwhisk-cli", commit: "23f3cf73b812b75821122d9db94e9eebda6bab54" };
const CLIENT: Snapshot = Snapshot { repository: "apache/openwhisk-client-go", commit: "fa7fa7e488631cfbbcd187aace0adb8b4ca316cd" };

/// Every row, in the order of the table.
pub static EVIDENCE: &[&Evidence] = rows::ALL;

impl Evidence {
    /// A link to the lines on GitHub, for a visitor to follow.
    pub fn url(&self) -> String {
        let Self { repository, commit, path, first_line, last_line, .. } = self;
        if first_line == last_line {
            format!("https://github.com/{repository}/blob/{commit}/{path}#L{first_line}")
        } else {
            format!("https://github.com/{repository}/blob/{commit}/{path}#L{first_line}-L{last_line}")
        }
    }

    /// The file's own name and the lines, such as `ContainerProxy.scala:519-522`.
    pub fn short(&self) -> String {
        let file = self.path.rsplit('/').next().unwrap_or(self.path);
        if self.first_line == self.last_line {
            format!("{file}:{}", self.first_line)
        } else {
            format!("{file}:{}-{}", self.first_line, self.last_line)
        }
    }
}

/// The row with this id.
pub fn find(id: &str) -> Option<&'static Evidence> {
    EVIDENCE.iter().find(|row| row.id == id).copied()
}

/// The hash of lines `first` to `last` of `text`, counted from 1, as 16 hexadecimal digits; nothing if `text` has no such lines.
///
/// The lines are joined by a line feed, so that a checkout's line endings make no difference.
pub fn lines_hash(text: &str, first: u32, last: u32) -> Option<String> {
    let skipped = usize::try_from(first.checked_sub(1)?).ok()?;
    let count = usize::try_from(last.checked_sub(first)?.checked_add(1)?).ok()?;
    let lines: Vec<&str> = text.lines().skip(skipped).take(count).collect();
    (lines.len() == count).then(|| format!("{:016x}", name_of(lines.join("\n").as_bytes())))
}

/// The lines that a kind of step follows. Views that no client queries have their rows too: the glossary cites those.
pub fn of(kind: &StepKind) -> &'static Evidence {
    match *kind {
        StepKind::RequestSent { request, .. } => of_request_sent(request),
        StepKind::RequestReceived { request, .. } => of_request_received(request),
        StepKind::RequestThrottled { limit: RateLimit::PerMinute, .. } => &rows::RATE_LIMIT,
        StepKind::RequestThrottled { limit: RateLimit::Concurrent, .. } => &rows::CONCURRENT_LIMIT,
        StepKind::RequestThrottled { limit: RateLimit::Fires, .. } => &rows::FIRE_LIMIT,
        StepKind::ActionMissing { .. } => &rows::ANSWER_NOT_FOUND,
        StepKind::EntityUnread { entity: CachedEntity::Subject, .. } => &rows::SUBJECT_UNREAD,
        StepKind::EntityUnread { entity: CachedEntity::Entity, .. } => &rows::ENTITY_UNREAD,
        StepKind::ActionDeleted { .. } => &rows::ACTION_DELETED,
        StepKind::EntityWritten { collection, .. } => of_written(collection),
        StepKind::EntityDeleted { .. } => &rows::ENTITY_DELETED,
        StepKind::EntityRefused { status, .. } => of_refused(status),
        StepKind::RuleSet { .. } => &rows::RULE_SET,
        StepKind::PayloadTooLarge { .. } => &rows::PAYLOAD_TOO_LARGE,
        StepKind::NoInvokerAvailable { .. } => &rows::NO_INVOKER_AVAILABLE,
        StepKind::AnswerSent { request, status, .. } => of_answer_sent(request, status),
        StepKind::AnswerReceived { status: 200..=299 } => &rows::CLIENT_SUCCESS_READ,
        StepKind::AnswerReceived { status: 504 } => &rows::GATEWAY_TIMEOUT,
        StepKind::AnswerReceived { .. } => &rows::CLIENT_FAILURE_READ,
        StepKind::RequestFailed { .. } | StepKind::ConnectionFailed { .. } => &rows::CLIENT_WITHOUT_CONNECTION,

        // A search that went on has the comment that shows how: from the home invoker by steps.
        StepKind::ActivationScheduled { looked_at: 0..=1, .. } => &rows::ACTIVATION_SCHEDULED,
        StepKind::ActivationScheduled { .. } => &rows::PROBE_ORDER_EXAMPLE,
        StepKind::SystemOverloaded { .. } => &rows::SYSTEM_OVERLOADED,
        StepKind::ActivationPosted { .. } => &rows::ACTIVATION_POSTED,
        StepKind::ActivationMessageAccepted { .. } => &rows::MESSAGE_ACCEPTED,
        StepKind::PublishFailed { .. } => &rows::INVOKE_FAILED_500,
        StepKind::ResultAckReceived { .. } => &rows::RESULT_ACK_RECEIVED,
        StepKind::CompletionAckReceived { .. } => &rows::COMPLETION_ACK_RECEIVED,
        StepKind::HealthAckReceived { .. } => &rows::HEALTH_ACK_RECEIVED,
        StepKind::LateAckReceived { .. } => &rows::LATE_ACK_RECEIVED,
        StepKind::CompletionAckForced { .. } => &rows::COMPLETION_ACK_FORCED,

        StepKind::SequenceStarted { .. } => &rows::SEQUENCE_STARTED,
        StepKind::ComponentInvoked { .. } => &rows::COMPONENT_INVOKED,
        StepKind::SequenceEnded { how, .. } => of_sequence_end(how),
        StepKind::TriggerFired { .. } => &rows::TRIGGER_FIRED,
        StepKind::TriggerWithoutRule { .. } => &rows::TRIGGER_WITHOUT_RULE,
        StepKind::RulePosted { .. } => &rows::RULE_POSTED,
        StepKind::RuleAnswered { status: 200..=202, .. } => &rows::RULE_ANSWERED,
        StepKind::RuleAnswered { .. } => &rows::RULE_FAILED,
        StepKind::TriggerRecorded { .. } => &rows::TRIGGER_RECORDED,

        StepKind::PollMissed { .. } => &rows::POLL_MISSED,
        StepKind::PollFound { .. } => &rows::POLL_FOUND,
        StepKind::BlockingWaitEnded { .. } => &rows::BLOCKING_WAIT_ENDED,

        StepKind::MessageAppended { .. } => &rows::MESSAGE_APPENDED,
        StepKind::MessagesDelivered { .. } => &rows::MESSAGES_DELIVERED,
        StepKind::MessagesPeeked { .. } => &rows::MESSAGES_PEEKED,
        StepKind::OffsetCommitted { .. } => &rows::OFFSET_COMMITTED,

        StepKind::MessageUnparsable { .. } => &rows::MESSAGE_UNPARSABLE,
        StepKind::NamespaceBlacklisted { .. } => &rows::NAMESPACE_BLACKLISTED,
        StepKind::ActionGone { .. } => &rows::ACTION_GONE,
        StepKind::ActionUnread { .. } => &rows::ACTION_UNREAD,
        StepKind::ContainerFailed { .. } => &rows::CONTAINER_FAILED,
        StepKind::RunBuffered { .. } => &rows::RUN_BUFFERED,
        StepKind::ContainerAssigned { start, .. } => of_start(start),
        StepKind::ContainerStarting { .. } => &rows::CONTAINER_STARTING,
        StepKind::ContainerCreated { .. } => &rows::CONTAINER_CREATED,
        StepKind::PrewarmStarted { .. } => &rows::PREWARM_STARTED,
        StepKind::PrewarmReady { .. } => &rows::PREWARM_READY,
        StepKind::ContainerResumed { .. } => &rows::CONTAINER_RESUMED,
        StepKind::InitStarted { .. } => &rows::INIT_STARTED,
        StepKind::InitEnded { .. } => &rows::INIT_ENDED,
        StepKind::RunStarted { .. } => &rows::RUN_STARTED,
        StepKind::RunEnded { timed_out: true, .. } => &rows::RUN_TIMED_OUT,
        StepKind::RunEnded { .. } => &rows::RUN_ENDED,
        StepKind::LogsCollected { .. } => &rows::LOGS_COLLECTED,
        StepKind::LogCollectionFailed { .. } => &rows::LOG_COLLECTION_FAILED,
        StepKind::AckSent { ack, whole, .. } => of_ack(ack, whole),
        StepKind::AckTooLarge { .. } => &rows::MESSAGE_TOO_LARGE,
        StepKind::AckLost { .. } => &rows::ACK_LOST,
        StepKind::ContainerFreed { .. } => &rows::CONTAINER_FREED,
        StepKind::ContainerPausing { .. } => &rows::CONTAINER_PAUSING,
        StepKind::ContainerPaused { .. } => &rows::CONTAINER_PAUSED,
        StepKind::ContainerRemoved { reason, .. } => of_removal(reason),

        StepKind::RecordSkipped { gate: Gate::Namespace, .. } => &rows::SKIPPED_BY_NAMESPACE,
        StepKind::RecordSkipped { gate: Gate::Level { .. }, .. } => &rows::SKIPPED_BY_LEVEL,
        StepKind::RecordDiscarded { .. } => &rows::NOOP_DISCARDS,
        StepKind::NoopAnswered { query: QueryKind::List, .. } => &rows::NOOP_LISTS_NOTHING,
        StepKind::NoopAnswered { .. } => &rows::NOOP_MAKES_UP,
        // Who waits does so for one of the requests that may be under way at once.
        StepKind::RecordQueued { store: StoreKind::CouchDb, waiting: 1.., .. } => &rows::COUCHDB_BATCH_LIMITS,
        StepKind::RecordQueued { store: StoreKind::Elasticsearch, waiting: 1.., .. } => &rows::ES_BATCH_LIMITS,
        StepKind::RecordQueued { store: StoreKind::CouchDb, .. } => &rows::COUCHDB_QUEUED,
        // Nothing is ever sent to the store that keeps nothing, so these do not come up.
        StepKind::RecordQueued { store: StoreKind::Noop, .. }
        | StepKind::BatchSent { store: StoreKind::Noop, records: ..=1, .. }
        | StepKind::RecordStored { store: StoreKind::Noop }
        | StepKind::BatchAnswered { store: StoreKind::Noop, .. } => &rows::NOOP_DISCARDS,
        StepKind::RecordQueued { store: StoreKind::Elasticsearch, .. } => &rows::ES_QUEUED,
        StepKind::BatchSent { records: 2.., .. } => &rows::BATCH_UNDER_PRESSURE,
        StepKind::BatchSent { store: StoreKind::CouchDb, .. } => &rows::COUCHDB_BATCH_SENT,
        StepKind::BatchSent { store: StoreKind::Elasticsearch, .. } => &rows::ES_BATCH_SENT,
        StepKind::IndexCreated { .. } => &rows::ES_INDEX_CREATED,
        StepKind::RecordStored { store: StoreKind::CouchDb } => &rows::COUCHDB_STORED,
        StepKind::RecordStored { store: StoreKind::Elasticsearch } => &rows::ES_STORED,
        StepKind::RecordRefused { store: StoreKind::CouchDb, .. } => &rows::COUCHDB_ITEM_REFUSED,
        StepKind::RecordRefused { .. } => &rows::ES_ITEM_REFUSED,
        // CouchDB alone: a key that is taken. Elasticsearch writes over it.
        StepKind::RecordConflicted { .. } => &rows::COUCHDB_REFUSED,
        StepKind::RecordOverwritten { .. } => &rows::ES_OVERWRITTEN,
        StepKind::BatchFailed { store, cause, .. } => faults::of_write_failure(store, cause),
        StepKind::RecordGivenUp { store: StoreKind::CouchDb, .. } | StepKind::LateWriteLost { store: StoreKind::CouchDb, .. } => {
            &rows::COUCHDB_LOSS_LOGGED
        }
        StepKind::RecordGivenUp { .. } | StepKind::LateWriteLost { .. } => &rows::ES_LOSS_LOGGED,
        StepKind::BatchAnswered { store: StoreKind::CouchDb, .. } => &rows::COUCHDB_BATCH_ANSWERED,
        StepKind::BatchAnswered { store: StoreKind::Elasticsearch, .. } => &rows::ES_BATCH_ANSWERED,
        StepKind::RecordSearchable { .. } => &rows::ES_SEARCHABLE_LATER,
        StepKind::IndexRefreshed { .. } => &rows::ES_NO_REFRESH_ASKED,
        StepKind::ViewUpdateStarted { .. } => &rows::VIEW_UPDATE_AFTER,
        StepKind::ViewUpdated { view, .. } => of_view(view),

        StepKind::QuerySent { store, query, .. } => of_query(store, query),
        StepKind::QueryAnswered { store, query, outcome, .. } => of_outcome(store, query, outcome),

        // OpenWhisk's own clients rely on the same interface.
        StepKind::StoreAsked { store: StoreKind::CouchDb }
        | StepKind::StoreServed { store: StoreKind::CouchDb, .. }
        | StepKind::StoreAnswerReceived { store: StoreKind::CouchDb, .. }
        | StepKind::StoreUnanswered { store: StoreKind::CouchDb, .. } => &rows::COUCHDB_STORED,
        StepKind::StoreAsked { .. }
        | StepKind::StoreServed { .. }
        | StepKind::StoreAnswerReceived { .. }
        | StepKind::StoreUnanswered { .. } => &rows::ES_STORED,
        StepKind::ClientInterrupted => &rows::CLI_POLL,
        StepKind::LogStoreAsked { .. } => &rows::LOG_STORE_ASKED,
        StepKind::QueryFailed { store, query, .. } => faults::of_query_failure(store, query),

        StepKind::FaultSet { from, to, effect, .. } | StepKind::FaultCleared { from, to, effect, .. } => faults::of_fault(from, to, effect),
        StepKind::FaultApplied { from, to, effect, .. } => faults::of_fault(Some(from), Some(to), effect),
        StepKind::ServiceStopped { node } => faults::of_fault(None, Some(node), FaultEffect::DropRequest),
        StepKind::ServiceStarted { node } => faults::of_start(node),
        // What is left is a store that refuses writes, or makes an index at the next.
        StepKind::DataDropped { store: StoreKind::CouchDb, .. } | StepKind::RecordDeleted { store: StoreKind::CouchDb } => {
            &rows::COUCHDB_HTTP_ERROR
        }
        StepKind::DataDropped { .. } | StepKind::RecordDeleted { .. } => &rows::ES_INDEX_CREATED,

        StepKind::ProcessStarted { process: Process::Controller(_), .. }
        | StepKind::ProcessRestarted { process: Process::Controller(_), .. } => &rows::CONTROLLER_BOUND,
        StepKind::ProcessStarted { process: Process::Invoker(_), .. } | StepKind::ProcessRestarted { process: Process::Invoker(_), .. } => {
            &rows::INVOKER_BOUND
        }
        StepKind::ProcessCrashed { process: Process::Controller(_) } => &rows::BOOKS_IN_MEMORY,
        // What an invoker has fetched it has committed before: Kafka will not bring it again.
        StepKind::ProcessCrashed { process: Process::Invoker(_) } => &rows::OFFSET_COMMITTED,
        StepKind::ActivationLost { stage: LossStage::NotRun | LossStage::Running, .. } => &rows::OFFSET_COMMITTED,
        StepKind::ActivationLost { stage: LossStage::NotWritten, .. } => &rows::STORE_NOT_AWAITED,
        StepKind::ActivationLost { stage: LossStage::InBatcher | LossStage::Sent, .. } => &rows::BATCH_IN_MEMORY,
        StepKind::ActivationLost { stage: LossStage::NotPosted, .. } => &rows::BOOKS_IN_MEMORY,
        StepKind::ActivationLost { stage: LossStage::InController, .. } => &rows::SEQUENCE_RECORDED,
        StepKind::PingSent { .. } => &rows::PING_SENT,
        StepKind::PingReceived { .. } => &rows::PING_RECEIVED,
        StepKind::InvokerRegistered { .. } => &rows::INVOKER_REGISTERED,
        StepKind::InvokerStateChanged { from, to, .. } => of_state(from, to),
        StepKind::HealthTestSent { .. } => &rows::HEALTH_TEST_SENT,
    }
}

fn of_request_sent(request: RequestKind) -> &'static Evidence {
    match request {
        RequestKind::InvokeNonBlocking | RequestKind::InvokeBlocking | RequestKind::InvokeResult => &rows::CLIENT_INVOKE,
        // A store is asked by no step of these kinds.
        RequestKind::List | RequestKind::Ask => &rows::CLIENT_LIST,
        RequestKind::Get => &rows::CLIENT_GET,
        RequestKind::Result => &rows::CLIENT_RESULT,
        RequestKind::Logs => &rows::CLIENT_LOGS,
        RequestKind::DeleteAction => &rows::CLIENT_DELETE_ACTION,
        RequestKind::FireTrigger => &rows::CLIENT_FIRE_TRIGGER,
        RequestKind::Namespaces => &rows::CLIENT_NAMESPACES,
        RequestKind::Other => &rows::API_ROUTES,
        RequestKind::Entity { verb, .. } => match verb {
            Verb::List => &rows::CLIENT_LIST_ENTITIES,
            Verb::Get => &rows::CLIENT_GET_ENTITY,
            Verb::Create | Verb::Update => &rows::CLIENT_PUT_ENTITY,
            Verb::Delete => &rows::CLIENT_DELETE_ENTITY,
            Verb::Enable | Verb::Disable => &rows::CLIENT_SET_RULE,
        },
    }
}

fn of_request_received(request: RequestKind) -> &'static Evidence {
    match request {
        RequestKind::InvokeNonBlocking | RequestKind::InvokeBlocking | RequestKind::InvokeResult => &rows::INVOKE_RECEIVED,
        RequestKind::List | RequestKind::Ask => &rows::LIST_RECEIVED,
        RequestKind::Get => &rows::GET_RECEIVED,
        RequestKind::Result => &rows::RESULT_RECEIVED,
        RequestKind::Logs => &rows::LOGS_RECEIVED,
        RequestKind::DeleteAction => &rows::DELETE_RECEIVED,
        RequestKind::FireTrigger => &rows::FIRE_RECEIVED,
        RequestKind::Namespaces => &rows::NAMESPACES_RECEIVED,
        RequestKind::Other => &rows::API_ROUTES,
        RequestKind::Entity { verb, .. } => match verb {
            Verb::List => &rows::ENTITIES_LISTED,
            Verb::Get => &rows::ENTITY_READ,
            Verb::Create | Verb::Update => &rows::ENTITY_PUT,
            Verb::Delete => &rows::ENTITY_DELETED,
            Verb::Enable | Verb::Disable => &rows::RULE_SET,
        },
    }
}

fn of_written(collection: Collection) -> &'static Evidence {
    match collection {
        Collection::Actions => &rows::ACTION_WRITTEN,
        Collection::Packages => &rows::PACKAGE_WRITTEN,
        Collection::Triggers => &rows::TRIGGER_WRITTEN,
        Collection::Rules => &rows::RULE_WRITTEN,
    }
}

fn of_refused(status: u16) -> &'static Evidence {
    match status {
        403 => &rows::ANSWER_FORBIDDEN,
        404 => &rows::ANSWER_NOT_FOUND,
        409 => &rows::ENTITY_EXISTS,
        413 => &rows::ANSWER_TOO_LARGE,
        _ => &rows::ENTITY_REFUSED,
    }
}

/// A status that only one line of the controller answers with has that line; any other, the line that every answer leaves through.
fn of_answer_sent(request: RequestKind, status: u16) -> &'static Evidence {
    match status {
        200 if request.invokes() => &rows::ANSWER_TO_BLOCKING,
        500 if request.invokes() => &rows::INVOKE_FAILED_500,
        202 if request == RequestKind::FireTrigger => &rows::ANSWER_FIRED,
        204 => &rows::TRIGGER_WITHOUT_RULE,
        413 => &rows::ANSWER_TOO_LARGE,
        500 if !matches!(request, RequestKind::List) => &rows::GET_FAILED_500,
        500 => &rows::LIST_FAILED_500,
        202 => &rows::ANSWER_ACCEPTED,
        404 => &rows::ANSWER_NOT_FOUND,
        429 => &rows::ANSWER_THROTTLED,
        502 => &rows::ANSWER_BAD_GATEWAY,
        503 => &rows::ANSWER_UNAVAILABLE,
        _ => &rows::ANSWER_SENT,
    }
}

fn of_sequence_end(how: SequenceEnding) -> &'static Evidence {
    match how {
        SequenceEnding::Complete => &rows::SEQUENCE_RECORDED,
        SequenceEnding::Error => &rows::SEQUENCE_STOPS_AT_ERROR,
        SequenceEnding::TooLong => &rows::SEQUENCE_TOO_LONG,
        SequenceEnding::ComponentNotFound => &rows::SEQUENCE_COMPONENT_NOT_FOUND,
        SequenceEnding::ComponentTimedOut => &rows::COMPONENT_TIMED_OUT,
        SequenceEnding::ComponentFailed => &rows::COMPONENT_FAILED,
    }
}

fn of_start(start: ContainerStart) -> &'static Evidence {
    match start {
        ContainerStart::Warm => &rows::CONTAINER_WARM,
        ContainerStart::Prewarmed => &rows::CONTAINER_PREWARMED,
        ContainerStart::Cold => &rows::CONTAINER_COLD,
        ContainerStart::Recreated => &rows::CONTAINER_RECREATED,
    }
}

/// An ack with a result that was cut down to the id has the line that cuts it; a completion never had more than the id.
fn of_ack(ack: AckKind, whole: bool) -> &'static Evidence {
    match (ack, whole) {
        (AckKind::Completion, _) => &rows::COMPLETION_ACK_SENT,
        (AckKind::Result | AckKind::Combined, false) => &rows::ACK_SHRUNK,
        (AckKind::Result, true) => &rows::RESULT_ACK_SENT,
        (AckKind::Combined, true) => &rows::COMBINED_ACK_SENT,
    }
}

fn of_removal(reason: RemovalReason) -> &'static Evidence {
    match reason {
        RemovalReason::FailedRun => &rows::CONTAINER_FAILED_RUN,
        RemovalReason::LogCollectionFailed => &rows::CONTAINER_LOG_FAILURE,
        RemovalReason::Evicted => &rows::CONTAINER_EVICTED,
        RemovalReason::Idle => &rows::CONTAINER_IDLE,
        RemovalReason::PrewarmExpired => &rows::PREWARM_EXPIRED,
        RemovalReason::StartFailed => &rows::CONTAINER_NOT_STARTED,
    }
}

fn of_view(view: DesignDocument) -> &'static Evidence {
    match view {
        DesignDocument::Activations => &rows::VIEW_ACTIVATIONS,
        DesignDocument::LogCleanup => &rows::VIEW_LOG_CLEANUP,
        DesignDocument::WhisksFilters => &rows::VIEW_WHISKS_FILTERS,
        DesignDocument::Whisks => &rows::VIEW_WHISKS,
    }
}

/// A poll cites its own clock, because that is what it adds to a get.
fn of_query(store: StoreKind, query: QueryKind) -> &'static Evidence {
    match (query, store) {
        (QueryKind::QuickPoll, _) => &rows::QUICK_POLL,
        (QueryKind::SlowPoll, _) => &rows::SLOW_POLL,
        (QueryKind::Get, StoreKind::CouchDb) => &rows::COUCHDB_GET,
        (QueryKind::Get, StoreKind::Elasticsearch) => &rows::ES_GET_IS_A_SEARCH,
        (QueryKind::List, StoreKind::CouchDb) => &rows::COUCHDB_LIST_STALE,
        (QueryKind::List, StoreKind::Elasticsearch) => &rows::ES_LIST,
        (QueryKind::Get | QueryKind::List, StoreKind::Noop) => &rows::NOOP_MAKES_UP,
    }
}

fn of_outcome(store: StoreKind, query: QueryKind, outcome: QueryOutcome) -> &'static Evidence {
    match (store, outcome, query) {
        (StoreKind::CouchDb, QueryOutcome::Found, _) => &rows::COUCHDB_FOUND,
        (StoreKind::CouchDb, QueryOutcome::NotFound, _) => &rows::COUCHDB_NOT_FOUND,
        (StoreKind::CouchDb, QueryOutcome::Rows { .. }, _) => &rows::COUCHDB_ROWS,
        (StoreKind::CouchDb, QueryOutcome::Counted { .. }, _) => &rows::COUCHDB_COUNTED,
        (StoreKind::Elasticsearch, QueryOutcome::Counted { .. }, _) => &rows::ES_COUNTED,
        (StoreKind::Elasticsearch, QueryOutcome::Found, _) => &rows::ES_FOUND,
        (StoreKind::Elasticsearch, QueryOutcome::NotFound, _) => &rows::ES_NOT_FOUND,
        (StoreKind::Elasticsearch, QueryOutcome::Rows { .. }, _) => &rows::ES_ROWS,
        (StoreKind::Noop, ..) => &rows::NOOP_MAKES_UP,
        // CouchDB's views are there from the deployment on, and go with their database.
        (StoreKind::CouchDb, QueryOutcome::IndexMissing, QueryKind::List) => &rows::COUCHDB_QUERY_FAILED,
        (StoreKind::CouchDb, QueryOutcome::IndexMissing, _) => &rows::COUCHDB_NOT_FOUND,
        (_, QueryOutcome::IndexMissing, QueryKind::List) => &rows::ES_LIST_WITHOUT_INDEX,
        (_, QueryOutcome::IndexMissing, _) => &rows::ES_GET_WITHOUT_INDEX,
    }
}

/// An invoker is unhealthy when it starts or pings again, and after errors of the system.
fn of_state(from: InvokerState, to: InvokerState) -> &'static Evidence {
    match (from, to) {
        (InvokerState::Unhealthy | InvokerState::Unresponsive, InvokerState::Offline) => &rows::UNHEALTHY_GOES_OFFLINE,
        (_, InvokerState::Offline) => &rows::INVOKER_OFFLINE,
        (InvokerState::Healthy | InvokerState::Unresponsive, InvokerState::Unhealthy) => &rows::INVOKER_UNHEALTHY_ERRORS,
        (_, InvokerState::Unhealthy) => &rows::INVOKER_UNHEALTHY_FIRST,
        (_, InvokerState::Unresponsive) => &rows::INVOKER_UNRESPONSIVE,
        (_, InvokerState::Healthy) => &rows::INVOKER_HEALTHY,
    }
}

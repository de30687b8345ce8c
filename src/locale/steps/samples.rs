//! One step at least of every kind, with each value that changes the words.

use crate::activation::{NamespaceId, Status};
use crate::cluster::place::{Cargo, ContainerId, ControllerId, InvokerId, Node, Process, StoreKind, Topic};
use crate::cluster::step::{
    AckKind, CachedEntity, ContainerStart, DesignDocument, InvokerState, LossStage, NoAnswer, QueryKind, QueryOutcome, RateLimit,
    RemovalReason, RequestKind, SequenceEnding, StepKind, Whereabouts,
};
use crate::cluster::{Collection, FaultEffect, LinkFailure, Verb};
use crate::cluster::{Gate, StoreLevel};
use crate::time::Span;

const CONTROLLER: ControllerId = ControllerId(0);
const INVOKER: InvokerId = InvokerId(1);
const CONTAINER: ContainerId = ContainerId(2);
const TOPIC: Topic = Topic::Invoker(INVOKER);
const PROCESSES: [Process; 2] = [Process::Controller(CONTROLLER), Process::Invoker(INVOKER)];
const STATES: [InvokerState; 4] = [InvokerState::Offline, InvokerState::Unhealthy, InvokerState::Unresponsive, InvokerState::Healthy];
const WHEREABOUTS: [Whereabouts; 3] = [Whereabouts::Nowhere, Whereabouts::InStore, Whereabouts::OnItsWay];
const QUERIES: [QueryKind; 4] = [QueryKind::Get, QueryKind::List, QueryKind::QuickPoll, QueryKind::SlowPoll];
const NAMESPACE: NamespaceId = NamespaceId(0);

pub(crate) fn steps() -> Vec<StepKind> {
    let mut steps = clients();
    steps.extend(balancer_and_kafka());
    steps.extend(controllers());
    steps.extend(containers());
    steps.extend(stores());
    steps.extend(health());
    steps.extend(failures());
    steps.extend(broken());
    steps
}

fn clients() -> Vec<StepKind> {
    use StepKind as K;
    let requests = [
        RequestKind::InvokeNonBlocking,
        RequestKind::InvokeBlocking,
        RequestKind::InvokeResult,
        RequestKind::List,
        RequestKind::Get,
        RequestKind::Result,
        RequestKind::Logs,
        RequestKind::DeleteAction,
        RequestKind::FireTrigger,
        RequestKind::Namespaces,
        RequestKind::Other,
    ];
    let entities = Collection::ALL.into_iter().flat_map(|collection| Verb::ALL.map(|verb| RequestKind::Entity { verb, collection }));
    let mut steps = Vec::new();
    for request in requests.into_iter().chain(entities) {
        steps.push(K::RequestSent { controller: CONTROLLER, request });
        steps.push(K::RequestReceived { controller: CONTROLLER, request });
    }
    for limit in [RateLimit::PerMinute, RateLimit::Concurrent, RateLimit::Fires] {
        steps.push(K::RequestThrottled { controller: CONTROLLER, limit, count: 61, allowed: 60 });
    }
    steps.push(K::NoInvokerAvailable { controller: CONTROLLER });
    steps.push(K::ActionMissing { controller: CONTROLLER });
    steps.extend([CachedEntity::Subject, CachedEntity::Entity].map(|entity| K::EntityUnread { controller: CONTROLLER, entity }));
    steps.push(K::ActionDeleted { controller: CONTROLLER });
    for collection in Collection::ALL {
        steps.push(K::EntityWritten { controller: CONTROLLER, collection });
        steps.push(K::EntityDeleted { controller: CONTROLLER, collection });
        for status in [400, 403, 404, 409, 413, 418] {
            steps.push(K::EntityRefused { controller: CONTROLLER, collection, status });
        }
    }
    steps.extend([true, false].map(|active| K::RuleSet { controller: CONTROLLER, active }));
    steps.push(K::PayloadTooLarge { controller: CONTROLLER, bytes: 2_000_000, allowed: 1_048_576 });
    for status in [200, 202, 204, 404, 413, 429, 500, 502, 503, 418] {
        for request in [RequestKind::InvokeNonBlocking, RequestKind::InvokeBlocking, RequestKind::Get, RequestKind::FireTrigger] {
            steps.push(K::AnswerSent { controller: CONTROLLER, request, status });
        }
        steps.push(K::AnswerReceived { status });
    }
    for next_in in [None, Some(Span::from_secs(3))] {
        steps.push(K::PollMissed { controller: CONTROLLER, query: QueryKind::QuickPoll, next_in });
    }
    steps.push(K::PollFound { controller: CONTROLLER, query: QueryKind::SlowPoll });
    steps.push(K::BlockingWaitEnded { controller: CONTROLLER, waited: Span::from_secs(60) });
    steps
}

fn balancer_and_kafka() -> Vec<StepKind> {
    use StepKind as K;
    let mut steps = Vec::new();
    for looked_at in [1, 4] {
        let (hash, home, step) = (13, InvokerId(3), 3);
        steps.push(K::ActivationScheduled { controller: CONTROLLER, invoker: INVOKER, hash, home, step, looked_at });
    }
    steps.push(K::SystemOverloaded { controller: CONTROLLER, invoker: INVOKER });
    steps.push(K::ActivationPosted { controller: CONTROLLER, topic: TOPIC, tries: 0 });
    steps.push(K::ActivationMessageAccepted { controller: CONTROLLER, topic: TOPIC });
    for whole in [true, false] {
        steps.push(K::ResultAckReceived { controller: CONTROLLER, whole });
        for ack in [AckKind::Result, AckKind::Completion, AckKind::Combined] {
            steps.push(K::AckSent { invoker: INVOKER, ack, whole, topic: Topic::Completed(CONTROLLER), tries: 0 });
        }
    }
    steps.push(K::CompletionAckReceived { controller: CONTROLLER, invoker: INVOKER, released_mb: 256 });
    steps.push(K::HealthAckReceived { controller: CONTROLLER, invoker: INVOKER });
    steps.push(K::LateAckReceived { controller: CONTROLLER, invoker: INVOKER });
    steps.push(K::CompletionAckForced { controller: CONTROLLER, invoker: INVOKER, waited: Span::from_secs(180) });
    steps.push(K::AckTooLarge { invoker: INVOKER, bytes: 1_258_292, limit: 1_054_644 });
    steps.push(K::MessageAppended { topic: Topic::Health, offset: 7, posted: None });
    for consumer in PROCESSES {
        for count in [1, 5] {
            steps.push(K::MessagesDelivered { topic: TOPIC, consumer, first: 3, count });
            steps.push(K::MessagesPeeked { topic: TOPIC, consumer, first: 3, count });
        }
        steps.push(K::OffsetCommitted { topic: TOPIC, consumer, offset: 4 });
    }
    steps
}

fn controllers() -> Vec<StepKind> {
    use StepKind as K;
    let controller = CONTROLLER;
    let mut steps = vec![
        K::ComponentInvoked { controller, place: 1, of: 2 },
        K::TriggerWithoutRule { controller },
        K::RulePosted { controller, rule: 1 },
        K::RuleAnswered { controller, rule: 1, status: 202 },
    ];
    for count in [1, 2] {
        steps.push(K::SequenceStarted { controller, components: count });
        steps.push(K::TriggerFired { controller, rules: count });
        steps.push(K::TriggerRecorded { controller, rules: count });
    }
    let endings = [
        SequenceEnding::Complete,
        SequenceEnding::Error,
        SequenceEnding::TooLong,
        SequenceEnding::ComponentNotFound,
        SequenceEnding::ComponentTimedOut,
        SequenceEnding::ComponentFailed,
    ];
    for how in endings {
        for ran in [0, 1, 2] {
            steps.push(K::SequenceEnded { controller, ran, status: Status::ApplicationError, how });
        }
    }
    steps
}

fn containers() -> Vec<StepKind> {
    use StepKind as K;
    let (invoker, container) = (INVOKER, CONTAINER);
    let mut steps = vec![
        K::MessageUnparsable { invoker },
        K::NamespaceBlacklisted { invoker },
        K::ActionGone { invoker },
        K::ActionUnread { invoker },
        K::ContainerFailed { invoker, container },
        K::RunBuffered { invoker, waiting: 1 },
        K::ContainerStarting { invoker, container },
        K::ContainerCreated { invoker, container },
        K::PrewarmStarted { invoker, container },
        K::PrewarmReady { invoker, container },
        K::ContainerResumed { invoker, container },
        K::InitStarted { invoker, container },
        K::InitEnded { invoker, container, took: Span::from_millis(45) },
        K::RunStarted { invoker, container },
        K::LogsCollected { invoker, container, lines: 1 },
        K::LogsCollected { invoker, container, lines: 2 },
        K::LogCollectionFailed { invoker, container },
        K::ContainerFreed { invoker, container },
        K::ContainerPausing { invoker, container },
        K::ContainerPaused { invoker, container },
    ];
    let starts = [ContainerStart::Warm, ContainerStart::Prewarmed, ContainerStart::Cold, ContainerStart::Recreated];
    for start in starts {
        steps.push(K::ContainerAssigned { invoker, container, start });
    }
    for status in [Status::Success, Status::ApplicationError, Status::DeveloperError, Status::WhiskInternalError] {
        for timed_out in [true, false] {
            steps.push(K::RunEnded { invoker, container, took: Span::from_millis(57), status, timed_out });
        }
    }
    let reasons = [RemovalReason::FailedRun, RemovalReason::LogCollectionFailed, RemovalReason::Evicted, RemovalReason::Idle];
    for reason in reasons.into_iter().chain([RemovalReason::PrewarmExpired, RemovalReason::StartFailed]) {
        steps.push(K::ContainerRemoved { invoker, container, reason });
    }
    steps
}

fn stores() -> Vec<StepKind> {
    use StepKind as K;
    let mut steps = vec![
        K::IndexCreated { namespace: NAMESPACE },
        K::RecordSearchable { namespace: NAMESPACE },
        K::IndexRefreshed { namespace: NAMESPACE, records: 0 },
        K::IndexRefreshed { namespace: NAMESPACE, records: 1 },
        K::IndexRefreshed { namespace: NAMESPACE, records: 2 },
    ];
    let writer = Process::Invoker(INVOKER);
    let gates = StoreLevel::ALL.map(|level| Gate::Level { level, blocking: level != StoreLevel::StoreAlways });
    for gate in gates.into_iter().chain([Gate::Namespace]) {
        steps.extend([true, false].map(|logged| K::RecordSkipped { writer, gate, logged }));
    }
    steps.push(K::RecordDiscarded { writer });
    steps.extend(QUERIES.map(|query| K::NoopAnswered { controller: CONTROLLER, query }));
    steps.push(K::ClientInterrupted);
    steps.push(K::LogStoreAsked { controller: CONTROLLER });
    for store in StoreKind::ALL {
        steps.push(K::RecordQueued { writer, store, waiting: 0 });
        for records in [1, 2] {
            steps.push(K::RecordQueued { writer, store, waiting: records });
            steps.push(K::BatchSent { writer, store, records, in_flight: records });
            steps.push(K::BatchAnswered { writer, store, records });
        }
        steps.push(K::RecordStored { store });
        steps.extend(WHEREABOUTS.map(|whereabouts| K::RecordRefused { store, whereabouts, heard: true }));
        steps.push(K::RecordRefused { store, whereabouts: Whereabouts::Nowhere, heard: false });
        steps.extend([K::StoreAsked { store }, K::StoreServed { store, status: 200 }, K::StoreAnswerReceived { store, status: 404 }]);
        steps.extend([NoAnswer::Refused, NoAnswer::TimedOut, NoAnswer::Broken].map(|why| K::StoreUnanswered { store, why }));
        for query in QUERIES {
            steps.push(K::QuerySent { controller: CONTROLLER, store, query });
            let rows = QueryOutcome::Rows { rows: 2, unseen: 1 };
            let all = QueryOutcome::Rows { rows: 1, unseen: 0 };
            let count = QueryOutcome::Counted { count: 3 };
            for outcome in [QueryOutcome::Found, QueryOutcome::NotFound, rows, all, count, QueryOutcome::IndexMissing] {
                steps.push(K::QueryAnswered { controller: CONTROLLER, store, query, outcome });
            }
        }
    }
    for view in [DesignDocument::Activations, DesignDocument::LogCleanup, DesignDocument::WhisksFilters, DesignDocument::Whisks] {
        steps.push(K::ViewUpdateStarted { view, behind: 1 });
        steps.push(K::ViewUpdated { view, records: 3 });
    }
    steps
}

fn health() -> Vec<StepKind> {
    use StepKind as K;
    let mut steps = vec![
        K::PingSent { invoker: INVOKER },
        K::PingReceived { controller: CONTROLLER, invoker: INVOKER },
        K::InvokerRegistered { controller: CONTROLLER, invoker: INVOKER },
        K::HealthTestSent { controller: CONTROLLER, invoker: INVOKER },
    ];
    for store in StoreKind::BINDINGS {
        steps.extend(PROCESSES.map(|process| K::ProcessStarted { process, store }));
    }
    for process in PROCESSES {
        steps.push(K::ProcessCrashed { process });
        steps.extend(StoreKind::BINDINGS.map(|store| K::ProcessRestarted { process, store, before: StoreKind::CouchDb }));
        let stages =
            [LossStage::NotRun, LossStage::Running, LossStage::NotWritten, LossStage::InBatcher, LossStage::Sent, LossStage::NotPosted];
        steps.extend(stages.map(|stage| K::ActivationLost { process, stage }));
    }
    steps.extend([true, false].map(|refused| K::ConnectionFailed { controller: CONTROLLER, refused }));
    for (from, to) in STATES.into_iter().zip(STATES.into_iter().skip(1)) {
        steps.push(K::InvokerStateChanged { controller: CONTROLLER, invoker: INVOKER, from, to });
        steps.push(K::InvokerStateChanged { controller: CONTROLLER, invoker: INVOKER, from: to, to: from });
    }
    steps
}

const CAUSES: [LinkFailure; 5] =
    [LinkFailure::Refused, LinkFailure::TimedOut, LinkFailure::QueueFull, LinkFailure::Status(503), LinkFailure::Status(404)];

fn failures() -> Vec<StepKind> {
    use StepKind as K;
    let (writer, topic) = (Process::Invoker(INVOKER), Topic::Completed(CONTROLLER));
    let mut steps = vec![K::AnswerReceived { status: 504 }, K::RequestFailed { cause: LinkFailure::Refused }];
    for cause in CAUSES {
        for arrives in [true, false] {
            steps.push(K::PublishFailed { controller: CONTROLLER, topic: TOPIC, cause, arrives });
        }
        for ack in [AckKind::Result, AckKind::Completion, AckKind::Combined] {
            steps.extend([false, true].map(|arrives| K::AckLost { invoker: INVOKER, ack, topic, cause, arrives }));
        }
        for store in StoreKind::ALL {
            for (records, tries_left) in [(1, 3), (2, 0)] {
                steps.push(K::BatchFailed { writer, store, records, cause, tries_left });
            }
            for whereabouts in WHEREABOUTS {
                steps.push(K::RecordGivenUp { writer, store, cause, whereabouts });
            }
            steps.push(K::LateWriteLost { store, cause });
            steps.extend(QUERIES.map(|query| K::QueryFailed { controller: CONTROLLER, store, query, cause }));
        }
    }
    for store in StoreKind::ALL {
        steps.extend([
            K::RecordConflicted { store, heard: true },
            K::RecordConflicted { store, heard: false },
            K::RecordOverwritten { store },
            K::RecordDeleted { store },
        ]);
        steps.extend([1, 2].map(|records| K::DataDropped { store, records }));
    }
    steps
}

fn broken() -> Vec<StepKind> {
    use StepKind as K;
    let effects = [
        FaultEffect::Pass,
        FaultEffect::Delay { ms: 500 },
        FaultEffect::DropRequest,
        FaultEffect::DropAnswer,
        FaultEffect::Refuse,
        FaultEffect::Answer { status: 503 },
        FaultEffect::QueueFull,
        FaultEffect::RefuseItem,
    ];
    let (client, kafka) = (Node::Client, Node::Kafka);
    let (controller, invoker) = (Node::Controller(CONTROLLER), Node::Invoker(INVOKER));
    let mut steps = Vec::new();
    for effect in effects {
        for (from, to) in [(Some(client), Some(controller)), (Some(invoker), None), (None, Some(kafka)), (None, None)] {
            for times in [None, Some(1), Some(2)] {
                steps.push(K::FaultSet { from, to, effect, times });
            }
            steps.extend([0, 1].map(|applied| K::FaultCleared { from, to, effect, applied }));
        }
        let cargoes = [Cargo::Request, Cargo::ActivationMessage, Cargo::Ack, Cargo::Ping, Cargo::Records, Cargo::Query];
        for cargo in cargoes {
            steps.push(K::FaultApplied { from: invoker, to: Node::Store(StoreKind::CouchDb), cargo, effect });
        }
    }
    for node in [kafka, Node::Store(StoreKind::CouchDb), Node::Store(StoreKind::Elasticsearch)] {
        steps.extend([K::ServiceStopped { node }, K::ServiceStarted { node }]);
    }
    steps
}

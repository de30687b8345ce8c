//! The table is complete and has nothing to spare.

use super::*;
use crate::activation::{NamespaceId, Status};
use crate::cluster::place::{ContainerId, ControllerId, InvokerId, Topic};
use crate::time::Span;
use std::collections::BTreeSet;

const C: ControllerId = ControllerId(0);
const I: InvokerId = InvokerId(0);
const K: ContainerId = ContainerId(0);
const T: Topic = Topic::Health;
const BY: Process = Process::Invoker(I);

/// Every kind of step, with every value that its row depends on. A kind that is forgotten here leaves its row unused, and a test says so.
fn every_kind() -> Vec<StepKind> {
    let mut kinds = plain_kinds();
    for request in [
        RequestKind::InvokeNonBlocking,
        RequestKind::InvokeBlocking,
        RequestKind::InvokeResult,
        RequestKind::List,
        RequestKind::Get,
        RequestKind::Result,
        RequestKind::Logs,
    ] {
        kinds.push(StepKind::RequestSent { controller: C, request });
        kinds.push(StepKind::RequestReceived { controller: C, request });
    }
    for limit in [RateLimit::PerMinute, RateLimit::Concurrent] {
        kinds.push(StepKind::RequestThrottled { controller: C, limit, count: 61, allowed: 60 });
    }
    for status in [200, 202, 404, 413, 429, 500, 502, 503] {
        for request in [RequestKind::InvokeBlocking, RequestKind::List] {
            kinds.push(StepKind::AnswerSent { controller: C, request, status });
        }
        kinds.push(StepKind::AnswerReceived { status });
    }
    for start in [ContainerStart::Warm, ContainerStart::Prewarmed, ContainerStart::Cold, ContainerStart::Recreated] {
        kinds.push(StepKind::ContainerAssigned { invoker: I, container: K, start });
    }
    for ack in [AckKind::Result, AckKind::Completion, AckKind::Combined] {
        kinds.extend([true, false].map(|whole| StepKind::AckSent { invoker: I, ack, whole, topic: T }));
    }
    for reason in [
        RemovalReason::FailedRun,
        RemovalReason::LogCollectionFailed,
        RemovalReason::Evicted,
        RemovalReason::Idle,
        RemovalReason::PrewarmExpired,
    ] {
        kinds.push(StepKind::ContainerRemoved { invoker: I, container: K, reason });
    }
    for view in [DesignDocument::Activations, DesignDocument::LogCleanup, DesignDocument::WhisksFilters, DesignDocument::Whisks] {
        kinds.push(StepKind::ViewUpdateStarted { view, behind: 1 });
        kinds.push(StepKind::ViewUpdated { view, records: 1 });
    }
    let states = [InvokerState::Offline, InvokerState::Unhealthy, InvokerState::Unresponsive, InvokerState::Healthy];
    for from in states {
        kinds.extend(states.map(|to| StepKind::InvokerStateChanged { controller: C, invoker: I, from, to }));
    }
    for process in [Process::Controller(C), Process::Invoker(I)] {
        kinds.extend(StoreKind::ALL.map(|store| StepKind::ProcessStarted { process, store }));
    }
    kinds.extend(StoreKind::ALL.into_iter().flat_map(store_kinds));
    kinds
}

fn store_kinds(store: StoreKind) -> Vec<StepKind> {
    let mut kinds = vec![
        StepKind::RecordQueued { writer: BY, store, waiting: 0 },
        StepKind::BatchSent { writer: BY, store, records: 1, in_flight: 1 },
        StepKind::RecordStored { store },
        StepKind::RecordRefused { store },
        StepKind::BatchAnswered { writer: BY, store, records: 1 },
    ];
    for query in [QueryKind::Get, QueryKind::List, QueryKind::QuickPoll, QueryKind::SlowPoll] {
        kinds.push(StepKind::QuerySent { controller: C, store, query });
        for outcome in [QueryOutcome::Found, QueryOutcome::NotFound, QueryOutcome::Rows { rows: 3, unseen: 0 }, QueryOutcome::IndexMissing]
        {
            kinds.push(StepKind::QueryAnswered { controller: C, store, query, outcome });
        }
    }
    kinds
}

fn plain_kinds() -> Vec<StepKind> {
    vec![
        StepKind::NoInvokerAvailable { controller: C },
        StepKind::ActivationScheduled { controller: C, invoker: I, hash: 0, home: I, step: 1, looked_at: 1 },
        StepKind::SystemOverloaded { controller: C, invoker: I },
        StepKind::ActivationPosted { controller: C, topic: T },
        StepKind::ActivationMessageAccepted { controller: C, topic: T },
        StepKind::ResultAckReceived { controller: C, whole: true },
        StepKind::CompletionAckReceived { controller: C, invoker: I, released_mb: 256 },
        StepKind::HealthAckReceived { controller: C, invoker: I },
        StepKind::LateAckReceived { controller: C, invoker: I },
        StepKind::CompletionAckForced { controller: C, invoker: I, waited: Span::ZERO },
        StepKind::PollMissed { controller: C, query: QueryKind::SlowPoll, next_in: None },
        StepKind::PollFound { controller: C, query: QueryKind::SlowPoll },
        StepKind::BlockingWaitEnded { controller: C, waited: Span::ZERO },
        StepKind::MessageAppended { topic: T, offset: 0 },
        StepKind::MessagesDelivered { topic: T, consumer: BY, first: 0, count: 1 },
        StepKind::MessagesPeeked { topic: T, consumer: BY, first: 0, count: 1 },
        StepKind::OffsetCommitted { topic: T, consumer: BY, offset: 1 },
        StepKind::RunBuffered { invoker: I, waiting: 1 },
        StepKind::ContainerStarting { invoker: I, container: K },
        StepKind::ContainerCreated { invoker: I, container: K },
        StepKind::PrewarmStarted { invoker: I, container: K },
        StepKind::PrewarmReady { invoker: I, container: K },
        StepKind::ContainerResumed { invoker: I, container: K },
        StepKind::InitStarted { invoker: I, container: K },
        StepKind::InitEnded { invoker: I, container: K, took: Span::ZERO },
        StepKind::RunStarted { invoker: I, container: K },
        StepKind::RunEnded { invoker: I, container: K, took: Span::ZERO, status: Status::Success, timed_out: false },
        StepKind::LogsCollected { invoker: I, container: K, lines: 1 },
        StepKind::LogCollectionFailed { invoker: I, container: K },
        StepKind::AckTooLarge { invoker: I, bytes: 1, limit: 0 },
        StepKind::ContainerFreed { invoker: I, container: K },
        StepKind::ContainerPausing { invoker: I, container: K },
        StepKind::ContainerPaused { invoker: I, container: K },
        StepKind::IndexCreated { namespace: NamespaceId(0) },
        StepKind::RecordSearchable { namespace: NamespaceId(0) },
        StepKind::IndexRefreshed { namespace: NamespaceId(0), records: 1 },
        StepKind::PingSent { invoker: I },
        StepKind::PingReceived { controller: C, invoker: I },
        StepKind::InvokerRegistered { controller: C, invoker: I },
        StepKind::HealthTestSent { controller: C, invoker: I },
    ]
}

fn is_kebab_case(id: &str) -> bool {
    id.split('-').all(|word| !word.is_empty() && word.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit()))
}

fn is_hexadecimal(text: &str, digits: usize) -> bool {
    text.len() == digits && text.chars().all(|digit| matches!(digit, '0'..='9' | 'a'..='f'))
}

#[test]
fn ids_are_unique_and_kebab_case() {
    let mut seen = BTreeSet::new();
    for row in EVIDENCE {
        assert!(is_kebab_case(row.id), "{:?} is not kebab-case", row.id);
        assert!(seen.insert(row.id), "{:?} names two rows", row.id);
        assert_eq!(find(row.id), Some(row));
    }
    assert_eq!(find("no-such-row"), None);
}

#[test]
fn every_step_cites_a_row_of_the_table() {
    for kind in every_kind() {
        let row = of(&kind);
        assert_eq!(find(row.id), Some(row), "{kind:?}");
    }
}

#[test]
fn no_row_is_unused_and_none_is_cited_twice_over() {
    let by_steps: BTreeSet<&str> = every_kind().iter().map(|kind| of(kind).id).collect();
    let mut cited = BTreeSet::new();
    for row in CITED {
        assert!(cited.insert(row.id), "{:?} is listed twice", row.id);
        assert!(!by_steps.contains(row.id), "{:?} is a step's row and needs no listing", row.id);
    }
    for row in EVIDENCE {
        assert!(by_steps.contains(row.id) || cited.contains(row.id), "{:?} is used by nothing", row.id);
    }
}

#[test]
fn rows_are_well_formed() {
    for row in EVIDENCE {
        assert!(is_hexadecimal(row.hash, 16), "{}: {}", row.id, row.hash);
        assert!(is_hexadecimal(row.commit, 40), "{}: {}", row.id, row.commit);
        assert!(1 <= row.first_line && row.first_line <= row.last_line, "{}", row.id);
        assert!(row.last_line - row.first_line < 32, "{} is too long to read at a glance", row.id);
        assert!(!row.path.starts_with('/') && !row.path.ends_with('/'), "{}", row.id);
    }
}

#[test]
fn a_row_links_to_its_lines() {
    let several = find("container-pausing").expect("a row of the table");
    assert_eq!(several.short(), "ContainerProxy.scala:519-522");
    assert_eq!(
        several.url(),
        "https://github.com/apache/openwhisk/blob/1fae641a2b30bccb7ddc69d2d215866d899a8510/core/invoker/src/main/scala/org/apache/\
         openwhisk/core/containerpool/ContainerProxy.scala#L519-L522"
    );
    let single = find("spi-single").expect("a row of the table");
    assert_eq!(single.short(), "spi.md:38");
    assert!(single.url().ends_with("/docs/spi.md#L38"));
}

#[test]
fn the_hash_is_of_the_lines_alone() {
    let text = "one\ntwo\nthree\n";
    assert_eq!(lines_hash(text, 2, 3), lines_hash("zero\r\ntwo\r\nthree", 2, 3));
    assert_ne!(lines_hash(text, 2, 3), lines_hash(text, 1, 2));
    assert_eq!(lines_hash(text, 3, 3).map(|hash| hash.len()), Some(16));
    for (first, last) in [(0, 1), (3, 4), (3, 2), (9, 9), (1, u32::MAX)] {
        assert_eq!(lines_hash(text, first, last), None, "{first}-{last}");
    }
}

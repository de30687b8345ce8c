//! The life of an activation: acks, logs, containers and the write, in the real order.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at what should not be"
)]

#[cfg(test)]
mod support;

use support::*;
use whiskscope::activation::{Limits, SpanRange, Status};
use whiskscope::cluster::place::{ActivationIx, ControllerId, Process, StoreKind};
use whiskscope::cluster::step::{AckKind, ContainerStart, RemovalReason, Step, StepKind};
use whiskscope::cluster::{Answer, Configuration, Failure, Limit, StoreOverride, Wait};
use whiskscope::time::{Instant, Span};

/// The steps about an activation that tell how its run ended, by a word each.
fn ending(steps: &[Step], activation: ActivationIx) -> Vec<&'static str> {
    let own = steps.iter().filter(|step| step.activation == Some(activation));
    own.filter_map(|step| match step.kind {
        StepKind::RunEnded { .. } => Some("run"),
        StepKind::AckSent { ack: AckKind::Result, .. } => Some("result"),
        StepKind::AckSent { ack: AckKind::Completion, .. } => Some("completion"),
        StepKind::AckSent { ack: AckKind::Combined, .. } => Some("combined"),
        StepKind::LogsCollected { .. } | StepKind::LogCollectionFailed { .. } => Some("logs"),
        StepKind::BatchSent { .. } => Some("write"),
        StepKind::RecordStored { .. } => Some("stored"),
        _ => None,
    })
    .collect()
}

fn user_activation(steps: &[Step]) -> ActivationIx {
    let scheduled = steps.iter().find(|step| matches!(step.kind, StepKind::ActivationScheduled { .. }));
    scheduled.unwrap().activation.unwrap()
}

fn without_logs() -> Configuration {
    let mut configuration = Configuration::default();
    configuration.actions[0].limits = Limits { logs_mb: 0, ..Limits::default() };
    configuration
}

#[test]
fn the_end_of_a_run_follows_the_source_in_all_four_cases() {
    let check = |configuration: Configuration, wait, expected: &[&str]| {
        let (_, steps) = play(&run_of(configuration, &[(10_000, invoke("hello", wait))]), ms(20_000));
        assert_eq!(ending(&steps, user_activation(&steps)), expected);
    };
    check(Configuration::default(), Wait::Blocking, &["run", "result", "logs", "completion", "write", "stored"]);
    check(Configuration::default(), Wait::NonBlocking, &["run", "logs", "completion", "write", "stored"]);
    check(without_logs(), Wait::Blocking, &["run", "combined", "write", "stored"]);
    check(without_logs(), Wait::NonBlocking, &["run", "completion", "write", "stored"]);
}

#[test]
fn the_answer_beats_the_record() {
    let (_, steps) = play(&run_of(Configuration::default(), &[(10_000, invoke("hello", Wait::Blocking))]), ms(20_000));
    let at = |wanted: fn(&StepKind) -> bool| steps.iter().rfind(|step| wanted(&step.kind)).unwrap().at;
    assert!(at(|kind| matches!(kind, StepKind::AnswerSent { .. })) < at(|kind| matches!(kind, StepKind::RecordStored { .. })));
}

#[test]
fn the_store_takes_no_part_in_answer_ack_or_container() {
    let mut slow = Configuration::default();
    slow.model.couchdb_write = SpanRange::millis(30_000, 30_000);
    let acts = [(10_000, invoke("hello", Wait::Blocking)), (11_000, invoke("hello", Wait::Blocking))];
    let quick_steps = play(&run_of(Configuration::default(), &acts), ms(60_000)).1;
    let slow_steps = play(&run_of(slow, &acts), ms(60_000)).1;
    let outward = |steps: &[Step]| -> Vec<(u64, StepKind)> {
        let is_outward = |kind: &StepKind| {
            matches!(kind, StepKind::AnswerSent { .. } | StepKind::CompletionAckReceived { .. } | StepKind::ContainerFreed { .. })
        };
        steps.iter().filter(|step| is_outward(&step.kind)).map(|step| (step.at.micros(), step.kind)).collect()
    };
    assert_eq!(outward(&quick_steps), outward(&slow_steps));
}

#[test]
fn a_container_outlives_status_0_and_1_but_not_2_or_lost_logs() {
    let starts = |action: &str, change: fn(&mut Configuration)| -> (ContainerStart, Option<RemovalReason>) {
        let mut configuration = Configuration::default();
        change(&mut configuration);
        let acts = [(10_000, invoke(action, Wait::NonBlocking)), (16_000, invoke(action, Wait::NonBlocking))];
        let (_, steps) = play(&run_of(configuration, &acts), ms(30_000));
        let second = steps.iter().rev().find_map(|step| match step.kind {
            StepKind::ContainerAssigned { start, .. } => Some(start),
            _ => None,
        });
        let removed = steps.iter().find_map(|step| match step.kind {
            StepKind::ContainerRemoved { reason, .. } => Some(reason),
            _ => None,
        });
        (second.unwrap(), removed)
    };
    assert_eq!(starts("hello", |_| ()), (ContainerStart::Warm, None));
    assert_eq!(starts("refuse", |_| ()), (ContainerStart::Warm, None));
    assert_eq!(starts("broken", |_| ()), (ContainerStart::Prewarmed, Some(RemovalReason::FailedRun)));
    let lost = |configuration: &mut Configuration| configuration.actions[0].behaviour.log_collection_fails = true;
    assert_eq!(starts("hello", lost), (ContainerStart::Prewarmed, Some(RemovalReason::LogCollectionFailed)));
    assert_eq!(starts("broken", |configuration| configuration.prewarm.clear()).0, ContainerStart::Cold);
}

#[test]
fn failed_log_collection_stores_the_record_with_a_text_as_its_log() {
    let mut configuration = Configuration::default();
    configuration.actions[0].behaviour.log_collection_fails = true;
    let (world, steps) = play(&run_of(configuration, &[(10_000, invoke("hello", Wait::Blocking))]), ms(30_000));
    assert_eq!(ending(&steps, user_activation(&steps)), ["run", "result", "logs", "completion", "write", "stored"]);
    let id = world.activation(user_activation(&steps)).unwrap().id;
    let record = world.stores().of(StoreKind::CouchDb).get(GUEST, id).unwrap().unwrap();
    let lines = record.log_lines(world.library());
    assert_eq!(lines, ["There was an issue while collecting your logs. Data might be missing."]);
}

#[test]
fn an_id_only_ack_is_followed_by_polls_after_1_3_5_and_7_seconds() {
    // The record must not be found: it goes to a store that the controller does not read.
    let odd = StoreOverride { process: Process::Controller(ControllerId(0)), store: StoreKind::Elasticsearch };
    let configuration = Configuration { store_overrides: vec![odd], ..Configuration::default() };
    let (world, steps) = play(&run_of(configuration, &[(10_000, invoke("report", Wait::Blocking))]), ms(100_000));
    assert!(steps.iter().any(|step| matches!(step.kind, StepKind::AckTooLarge { .. })));
    let polls = |wanted| -> Vec<u64> {
        let sent = steps.iter().filter(|step| matches!(step.kind, StepKind::QuerySent { query, .. } if query == wanted));
        sent.map(|step| step.at.micros()).collect()
    };
    let missed = |wanted| -> Vec<u64> {
        let missed = steps.iter().filter(|step| matches!(step.kind, StepKind::PollMissed { query, .. } if query == wanted));
        missed.map(|step| step.at.micros()).collect()
    };
    let acked = steps.iter().find(|step| matches!(step.kind, StepKind::ResultAckReceived { whole: false, .. })).unwrap().at.micros();
    let waits = |from: u64, wanted| -> Vec<u64> {
        let starts = std::iter::once(from).chain(missed(wanted));
        starts.zip(polls(wanted)).map(|(from, to)| to - from).collect()
    };
    use whiskscope::cluster::step::QueryKind::{QuickPoll, SlowPoll};
    assert_eq!(waits(acked, QuickPoll), [1_000_000, 3_000_000, 5_000_000, 7_000_000]);
    let accepted = steps.iter().find(|step| matches!(step.kind, StepKind::ActivationMessageAccepted { .. })).unwrap().at.micros();
    assert_eq!(waits(accepted, SlowPoll), [15_000_000; 3], "the fourth would come after the limit");
    let ended = steps.iter().find(|step| matches!(step.kind, StepKind::BlockingWaitEnded { .. })).unwrap();
    assert_eq!(ended.at.micros() - accepted, 60_000_000);
    assert!(matches!(world.exchanges().next().unwrap().answer, Some(Answer::Accepted(_))));
}

#[test]
fn a_poll_that_finds_the_record_answers_without_logs() {
    let (world, steps) = play(&run_of(Configuration::default(), &[(10_000, invoke("report", Wait::Blocking))]), ms(60_000));
    assert!(steps.iter().any(|step| matches!(step.kind, StepKind::PollFound { .. })));
    let Some(Answer::Completed(record)) = &world.exchanges().next().unwrap().answer else { panic!("no record") };
    assert_eq!(record.status, Status::ApplicationError);
    assert!(record.log_lines(world.library()).is_empty());
    assert_eq!(world.exchanges().next().unwrap().answer.as_ref().unwrap().status(), 502);
}

#[test]
fn without_polling_an_id_only_ack_is_a_202_at_once() {
    let configuration = Configuration { polling_from_db: false, ..Configuration::default() };
    let (world, steps) = play(&run_of(configuration, &[(10_000, invoke("report", Wait::Blocking))]), ms(60_000));
    assert!(!steps.iter().any(|step| matches!(step.kind, StepKind::QuerySent { .. })));
    assert!(matches!(world.exchanges().next().unwrap().answer, Some(Answer::Accepted(_))));
}

#[test]
fn a_cold_container_is_up_only_after_its_start() {
    let mut configuration = Configuration::default();
    configuration.prewarm.clear();
    configuration.model.container_start = SpanRange::millis(700, 700);
    let (_, steps) = play(&run_of(configuration, &[(10_000, invoke("hello", Wait::NonBlocking))]), ms(20_000));
    let own = steps.iter().filter(|step| step.activation == Some(user_activation(&steps)));
    let told: Vec<(&str, Instant)> = own
        .filter_map(|step| match step.kind {
            StepKind::ContainerAssigned { start: ContainerStart::Cold, .. } => Some(("assigned", step.at)),
            StepKind::ContainerStarting { .. } => Some(("starting", step.at)),
            StepKind::ContainerCreated { .. } => Some(("up", step.at)),
            StepKind::InitStarted { .. } => Some(("init", step.at)),
            _ => None,
        })
        .collect();
    let begun = told[0].1;
    let up = begun + Span::from_millis(700);
    assert_eq!(told, [("assigned", begun), ("starting", begun), ("up", up), ("init", up)]);
}

#[test]
fn a_run_is_cut_off_at_its_time_limit() {
    let mut configuration = Configuration::default();
    configuration.actions[1].limits.timeout_ms = 2_000;
    let (world, steps) = play(&run_of(configuration, &[(10_000, invoke("slow", Wait::Blocking))]), ms(60_000));
    let ended = steps.iter().find_map(|step| match step.kind {
        StepKind::RunEnded { took, status, timed_out, .. } if step.activation == Some(user_activation(&steps)) => {
            Some((took, status, timed_out))
        }
        _ => None,
    });
    assert_eq!(ended, Some((Span::from_millis(2_000), Status::DeveloperError, true)));
    assert_eq!(world.exchanges().next().unwrap().answer.as_ref().unwrap().status(), 502);
}

#[test]
fn past_the_limits_an_invoke_is_a_429() {
    let configuration =
        Configuration { invocations_per_minute: Limit::At(3), invocations_concurrent: Limit::None, ..Configuration::default() };
    let (world, _) = play(&run_of(configuration, &[(10_000, burst("hello", Wait::NonBlocking, 5, 200_000))]), ms(30_000));
    let statuses: Vec<u16> = world.exchanges().map(|exchange| exchange.answer.as_ref().unwrap().status()).collect();
    assert_eq!(statuses, [202, 202, 202, 429, 429]);

    let configuration =
        Configuration { invocations_per_minute: Limit::None, invocations_concurrent: Limit::At(2), ..Configuration::default() };
    let (world, _) = play(&run_of(configuration, &[(10_000, burst("slow", Wait::NonBlocking, 4, 20_000))]), ms(30_000));
    let failures: Vec<_> = world.exchanges().map(|exchange| exchange.answer.clone().unwrap()).collect();
    assert!(
        matches!(failures[2], Answer::Failed { status: 429, failure: Failure::TooManyConcurrent { count: 2, allowed: 2 } }),
        "{failures:?}"
    );
    // The default is what Ansible sets: 60 a minute, 30 at once.
    assert_eq!(Configuration::default().invocations_per_minute, Limit::At(60));
    assert_eq!(Configuration::default().invocations_concurrent, Limit::At(30));
}

#[test]
fn idle_containers_pause_after_the_grace_and_resume_for_a_run() {
    let acts = [(10_000, invoke("hello", Wait::NonBlocking)), (30_000, invoke("hello", Wait::NonBlocking))];
    let (_, steps) = play(&run_of(Configuration::default(), &acts), ms(40_000));
    let own = |kind: &StepKind| match kind {
        StepKind::ContainerFreed { container, .. } if container.0 == 0 => Some("freed"),
        StepKind::ContainerPausing { container, .. } if container.0 == 0 => Some("pausing"),
        StepKind::ContainerPaused { container, .. } if container.0 == 0 => Some("paused"),
        StepKind::ContainerResumed { container, .. } if container.0 == 0 => Some("resumed"),
        StepKind::ContainerAssigned { container, start: ContainerStart::Warm, .. } if container.0 == 0 => Some("warm"),
        _ => None,
    };
    let invoker = steps.iter().find_map(|step| match step.kind {
        StepKind::ActivationScheduled { invoker, .. } => Some(invoker),
        _ => None,
    });
    let about = |step: &&Step| format!("{:?}", step.kind).contains(&format!("{:?}", invoker.unwrap()));
    let words: Vec<_> = steps.iter().filter(about).filter_map(|step| own(&step.kind)).collect();
    assert_eq!(words, ["freed", "pausing", "paused", "warm", "resumed", "freed"]);
}

#[test]
fn a_full_pool_evicts_the_idle_or_makes_runs_wait() {
    // Room for two containers of 256 MB: no prewarmed ones.
    let mut configuration = Configuration { user_memory_mb: 512, invokers: 1, ..Configuration::default() };
    configuration.prewarm.clear();
    let acts = [
        (12_000, invoke("hello", Wait::NonBlocking)),
        (16_000, invoke("slow", Wait::NonBlocking)),
        // `hello` is idle, `slow` is busy: the third action takes the place of `hello`.
        (18_500, invoke("refuse", Wait::NonBlocking)),
        // Nothing is idle while `refuse` runs or is made: this one waits.
        (18_600, invoke("broken", Wait::NonBlocking)),
    ];
    let (world, steps) = play(&run_of(configuration, &acts), ms(60_000));
    let kinds: Vec<&StepKind> = steps.iter().map(|step| &step.kind).collect();
    assert!(kinds.iter().any(|kind| matches!(kind, StepKind::ContainerRemoved { reason: RemovalReason::Evicted, .. })));
    assert!(kinds.iter().any(|kind| matches!(kind, StepKind::ContainerAssigned { start: ContainerStart::Recreated, .. })));
    assert!(kinds.iter().any(|kind| matches!(kind, StepKind::RunBuffered { .. })));
    assert!(world.activations().all(|(_, activation)| activation.phase == whiskscope::cluster::Phase::Written));
}

#[test]
fn offsets_are_committed_before_anything_is_handled() {
    let (_, steps) = play(&run_of(Configuration::default(), &[(10_000, invoke("hello", Wait::Blocking))]), ms(20_000));
    let activation = Some(user_activation(&steps));
    let place = |wanted: fn(&StepKind) -> bool| steps.iter().position(|step| step.activation == activation && wanted(&step.kind)).unwrap();
    let peeked = place(|kind| matches!(kind, StepKind::MessagesPeeked { .. }));
    let committed = place(|kind| matches!(kind, StepKind::OffsetCommitted { .. }));
    let assigned = place(|kind| matches!(kind, StepKind::ContainerAssigned { .. }));
    assert!(peeked < committed && committed < assigned);
    assert_eq!(committed, peeked + 1);
}

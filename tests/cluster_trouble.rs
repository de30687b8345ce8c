//! What happens when acks are late, invokers fall silent, pools are full and containers grow old.
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

use std::collections::BTreeSet;
use support::*;
use whiskscope::activation::SpanRange;
use whiskscope::cluster::place::{ActivationIx, InvokerId, StoreKind};
use whiskscope::cluster::step::{ContainerStart, InvokerState, RemovalReason, Step, StepKind};
use whiskscope::cluster::{Answer, Configuration, Phase, Wait};
use whiskscope::recording::Run;
use whiskscope::time::{Instant, Span};

/// One invoker with room for one container of `slow`, whose runs take this long: they queue.
fn narrow(run_seconds: u64) -> Configuration {
    let mut configuration = unlimited(1, 1, 256);
    configuration.prewarm.clear();
    configuration.actions[1].behaviour.run = SpanRange::millis(run_seconds * 1_000, run_seconds * 1_000);
    configuration
}

/// When steps of a kind happened, and to which activation.
fn when(steps: &[Step], wanted: impl Fn(&StepKind) -> bool) -> Vec<(Option<ActivationIx>, Instant)> {
    steps.iter().filter(|step| wanted(&step.kind)).map(|step| (step.activation, step.at)).collect()
}

#[test]
fn an_ack_that_is_late_by_a_queue_is_forced_after_180_seconds_and_only_counted_when_it_comes() {
    let run = run_of(narrow(40), &[(10_000, burst("slow", Wait::NonBlocking, 5, 0))]);
    let (world, steps) = play(&run, ms(300_000));
    let made = when(&steps, |kind| matches!(kind, StepKind::ActivationScheduled { .. }));
    let (fifth, _) = *when(&steps, |kind| matches!(kind, StepKind::RunEnded { .. })).last().unwrap();
    let posted = made.iter().find(|(activation, _)| *activation == fifth).unwrap().1;
    let forced = when(&steps, |kind| matches!(kind, StepKind::CompletionAckForced { .. }));
    assert_eq!(forced, [(fifth, posted + Span::from_secs(180))]);
    let late = when(&steps, |kind| matches!(kind, StepKind::LateAckReceived { .. }));
    assert!(late.len() == 1 && late[0].0 == fifth && late[0].1 > forced[0].1, "{late:?}");
    let regular = when(&steps, |kind| matches!(kind, StepKind::CompletionAckReceived { .. }));
    assert_eq!(regular.len(), 4);
    // The slot was freed once: by force. And the record appears as any other.
    assert_eq!(world.controllers()[0].slots.free_mb(InvokerId(0)), Some(world.controllers()[0].slots.share_mb()));
    assert_eq!(world.controllers()[0].active_in(GUEST), 0);
    assert_eq!(world.activation(fifth.unwrap()).unwrap().phase, Phase::Written);
    // One timeout among several successes is borne.
    assert_eq!(world.controllers()[0].state_of(InvokerId(0)), InvokerState::Healthy);
}

/// The promise that a forced completion fails is not what a blocking call waits for: the call ends as its wait does.
#[test]
fn a_forced_completion_answers_nobody_and_neither_does_a_result_after_it() {
    let mut configuration = Configuration { timeout_factor: 1, timeout_addon_ms: 0, ..narrow(50) };
    // So that the wait, which begins a little later, outlasts the ack's deadline by what can be told apart.
    configuration.model.kafka_produce = SpanRange::millis(100, 100);
    let (world, steps) = play(&run_of(configuration, &[(10_000, burst("slow", Wait::Blocking, 2, 0))]), ms(200_000));
    let (second, forced) = when(&steps, |kind| matches!(kind, StepKind::CompletionAckForced { .. }))[0];
    let of_second = |wanted: fn(&StepKind) -> bool| -> Vec<Instant> {
        when(&steps, wanted).into_iter().filter(|(activation, _)| *activation == second).map(|(_, at)| at).collect()
    };
    let ended = of_second(|kind| matches!(kind, StepKind::BlockingWaitEnded { .. }))[0];
    assert_eq!(ended.since(forced), Span::from_millis(200), "to Kafka and back: then the wait began, and nothing but its limit ends it");
    assert!(of_second(|kind| matches!(kind, StepKind::ResultAckReceived { .. }))[0] > ended);
    assert_eq!(of_second(|kind| matches!(kind, StepKind::AnswerSent { .. })), [ended]);
    let mut answers: Vec<u16> = world.exchanges().map(|exchange| exchange.answer.as_ref().map_or(0, Answer::status)).collect();
    answers.sort_unstable();
    assert_eq!(answers, [200, 202]);
}

#[test]
fn a_result_between_the_forced_completion_and_the_end_of_the_wait_is_for_nobody() {
    let mut configuration = Configuration { timeout_factor: 1, timeout_addon_ms: 0, polling_from_db: false, ..narrow(29) };
    configuration.model.kafka_produce = SpanRange::millis(2_000, 2_000);
    configuration.model.container_start = SpanRange::millis(1, 1);
    let (world, steps) = play(&run_of(configuration, &[(20_000, burst("slow", Wait::Blocking, 2, 0))]), ms(200_000));
    let forced = when(&steps, |kind| matches!(kind, StepKind::CompletionAckForced { .. }));
    let second = forced[0].0;
    let at = |wanted: fn(&StepKind) -> bool| when(&steps, wanted).into_iter().find(|(activation, _)| *activation == second).unwrap().1;
    let result = at(|kind| matches!(kind, StepKind::ResultAckReceived { whole: true, .. }));
    let ended = at(|kind| matches!(kind, StepKind::BlockingWaitEnded { .. }));
    assert!(forced[0].1 < result && result < ended, "{forced:?} {result:?} {ended:?}");
    let exchange = world.exchanges().find(|exchange| exchange.activation == second).unwrap();
    assert!(matches!(exchange.answer, Some(Answer::Accepted(_))), "{:?}", exchange.answer);
}

fn transitions(steps: &[Step]) -> Vec<(InvokerState, InvokerState, Instant)> {
    let changes = steps.iter().filter_map(|step| match step.kind {
        StepKind::InvokerStateChanged { from, to, .. } => Some((from, to, step.at)),
        _ => None,
    });
    changes.collect()
}

#[test]
fn an_invoker_with_more_than_three_timeouts_is_unresponsive_until_tests_have_cleared_them() {
    let run = run_of(narrow(50), &[(10_000, burst("slow", Wait::NonBlocking, 9, 0)), (200_000, invoke("hello", Wait::Blocking))]);
    let (world, steps) = play(&run, ms(1_500_000));
    let forced = when(&steps, |kind| matches!(kind, StepKind::CompletionAckForced { .. }));
    assert!(forced.len() > 3, "{forced:?}");
    let changes = transitions(&steps);
    use InvokerState::{Healthy, Offline, Unhealthy, Unresponsive};
    let passed: Vec<_> = changes.iter().map(|(from, to, _)| (*from, *to)).collect();
    assert_eq!(passed, [(Offline, Unhealthy), (Unhealthy, Healthy), (Healthy, Unresponsive), (Unresponsive, Healthy)]);
    let lost = changes.iter().find(|change| change.1 == InvokerState::Unresponsive).unwrap().2;
    assert_eq!(lost, forced[3].1, "the fourth timeout among the last ten");
    // While it is unresponsive an invoke finds no usable invoker, and a test goes out at once and each minute.
    assert_eq!(world.exchanges().last().unwrap().answer.as_ref().unwrap().status(), 503);
    let back = changes.last().unwrap().2;
    let tests = when(&steps, |kind| matches!(kind, StepKind::HealthTestSent { .. }));
    let tests: Vec<Instant> = tests.into_iter().map(|(_, at)| at).filter(|at| (lost..=back).contains(at)).collect();
    assert!(tests.len() > 3 && tests[0] == lost, "{tests:?}");
    assert!(tests.windows(2).all(|pair| pair[1].since(pair[0]) == Span::from_secs(60)), "{tests:?}");
}

/// Pings are messages: where some take long, ten seconds pass without any.
#[test]
fn an_invoker_that_is_not_heard_for_ten_seconds_is_offline_and_starts_anew_with_its_next_ping() {
    let mut seen = BTreeSet::new();
    for seed in 0..60 {
        let mut configuration = unlimited(1, 1, 2_048);
        configuration.model.kafka_produce = SpanRange::millis(1, 40_000);
        let (_, steps) = play(&Run { seed, ..run_of(configuration, &[]) }, ms(300_000));
        let mut heard = Instant::START;
        for step in &steps {
            match step.kind {
                StepKind::InvokerStateChanged { from, to: InvokerState::Offline, .. } => {
                    assert!(step.at.since(heard) >= Span::from_secs(10), "seed {seed} at {:?}", step.at);
                    seen.insert(format!("{from:?} to Offline"));
                }
                StepKind::InvokerStateChanged { from: InvokerState::Offline, to, .. } => {
                    assert_eq!((to, step.at), (InvokerState::Unhealthy, heard), "seed {seed}");
                    seen.insert("Offline to Unhealthy".to_owned());
                }
                StepKind::PingReceived { .. } => heard = step.at,
                _ => {}
            }
        }
    }
    let expected = ["Healthy to Offline", "Offline to Unhealthy", "Unhealthy to Offline"].map(str::to_owned);
    assert_eq!(seen, BTreeSet::from(expected));
}

#[test]
fn past_its_share_of_every_invoker_a_controller_overcommits_one_at_random() {
    // Two controllers share two invokers of 512 MB: each has one slot of 256 MB on each.
    let mut configuration = unlimited(2, 2, 512);
    configuration.prewarm.clear();
    let run = run_of(configuration, &[(10_000, burst("slow", Wait::NonBlocking, 12, 1_000))]);
    let (world, steps) = play(&run, ms(12_000));
    let overloaded = when(&steps, |kind| matches!(kind, StepKind::SystemOverloaded { .. }));
    assert_eq!(overloaded.len(), 12 - 2 * 2);
    let overcommitted: Vec<i64> =
        world.controllers().iter().flat_map(|it| [0, 1].map(|n| it.slots.free_mb(InvokerId(n)).unwrap())).collect();
    assert_eq!(overcommitted.iter().sum::<i64>(), -8 * 256, "{overcommitted:?}");
    let chosen: BTreeSet<InvokerId> = steps
        .iter()
        .filter_map(|step| match step.kind {
            StepKind::SystemOverloaded { invoker, .. } => Some(invoker),
            _ => None,
        })
        .collect();
    assert_eq!(chosen.len(), 2, "now one, now the other");
    let (world, _) = play(&run, ms(120_000));
    assert!(world.activations().all(|(_, activation)| activation.phase == Phase::Written));
}

fn removals(steps: &[Step], wanted: RemovalReason) -> Vec<Instant> {
    when(steps, |kind| matches!(kind, StepKind::ContainerRemoved { reason, .. } if *reason == wanted))
        .into_iter()
        .map(|(_, at)| at)
        .collect()
}

#[test]
fn a_container_that_nobody_uses_is_removed_ten_minutes_after_it_was_paused() {
    let (world, steps) = play(&run_of(unlimited(1, 1, 2_048), &[(10_000, invoke("hello", Wait::NonBlocking))]), ms(900_000));
    let paused: Vec<Instant> =
        when(&steps, |kind| matches!(kind, StepKind::ContainerPaused { .. })).into_iter().map(|(_, at)| at).collect();
    // The health test's container and that of `hello`.
    assert_eq!(paused.len(), 2);
    let expected: Vec<Instant> = paused.iter().map(|at| *at + Span::from_secs(600)).collect();
    assert_eq!(removals(&steps, RemovalReason::Idle), expected);
    assert!(world.invokers()[0].containers.iter().all(|container| container.owner.is_none()));
}

#[test]
fn a_container_that_is_used_again_lives_on() {
    let acts = [(10_000, invoke("hello", Wait::NonBlocking)), (500_000, invoke("hello", Wait::NonBlocking))];
    let (_, steps) = play(&run_of(unlimited(1, 1, 2_048), &acts), ms(1_000_000));
    let starts = steps.iter().filter(|step| matches!(step.kind, StepKind::ContainerAssigned { start: ContainerStart::Warm, .. }));
    assert_eq!(starts.count(), 2, "the second run, and the second health test");
    assert_eq!(removals(&steps, RemovalReason::Idle).len(), 1, "the health test's");
}

#[test]
fn prewarmed_containers_expire_at_the_ten_minute_check_and_come_by_need() {
    let check = |acts: &[(u64, whiskscope::cluster::Act)]| -> (usize, usize, usize) {
        let (world, steps) = play(&run_of(unlimited(1, 1, 8_192), acts), ms(605_000));
        let started = when(&steps, |kind| matches!(kind, StepKind::PrewarmStarted { .. }));
        let at_check = started.iter().filter(|(_, at)| *at > ms(599_000)).count();
        let ready = world.invokers()[0].containers.iter().filter(|container| container.prewarm.is_some()).count();
        (removals(&steps, RemovalReason::PrewarmExpired).len(), at_check, ready)
    };
    // Two with the invoker. Both outlive their two minutes, and one at least is kept.
    assert_eq!(check(&[]), (2, 1, 1));
    // Of five at once two are prewarmed and three cold: three are made ready for the next time.
    assert_eq!(check(&[(10_000, burst("slow", Wait::NonBlocking, 5, 0))]), (2, 3, 3));
    // And four at most.
    assert_eq!(check(&[(10_000, burst("slow", Wait::NonBlocking, 9, 0))]), (2, 4, 4));
}

#[test]
fn a_record_of_a_forced_activation_is_found_like_any_other() {
    let get = |run: &Run| get_made(&run.commands, 0);
    let first = run_of(narrow(40), &[(10_000, burst("slow", Wait::NonBlocking, 5, 0))]);
    let acts = [(10_000, burst("slow", Wait::NonBlocking, 5, 0)), (290_000, get(&first))];
    for store in StoreKind::ALL {
        let (world, _) = play(&run_of(narrow(40), &acts).bound_to(store), ms(300_000));
        assert!(matches!(world.exchanges().last().unwrap().answer, Some(Answer::Record(_))), "{store:?}");
    }
}

//! What keeps a record from being stored on purpose, and who notices.
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
use whiskscope::activation::Status;
use whiskscope::cluster::place::{InvokerId, Node, Process, StoreKind};
use whiskscope::cluster::step::{Rank, Step, StepKind};
use whiskscope::cluster::{Act, Answer, Configuration, Exchange, Failure, Gate, Phase, StoreLevel, StoreOverride, Target, Wait, World};
use whiskscope::http;
use whiskscope::recording::{Run, Tape};
use whiskscope::shell;

fn levels(blocking: StoreLevel, non_blocking: StoreLevel) -> Configuration {
    Configuration { store_blocking_result_level: blocking, store_non_blocking_result_level: non_blocking, ..Configuration::default() }
}

/// The statuses of the user's records in both stores, in order of the activations' making.
fn stored(world: &World) -> Vec<Status> {
    let written = world.activations().filter(|(_, it)| !it.health_test && it.phase == Phase::Written);
    written.map(|(_, it)| it.record.unwrap().status).collect()
}

fn skipped(steps: &[Step]) -> Vec<(Gate, bool)> {
    let gates = steps.iter().filter_map(|step| match step.kind {
        StepKind::RecordSkipped { gate, logged, .. } => Some((gate, logged)),
        _ => None,
    });
    gates.collect()
}

fn with_header(act: Act) -> Act {
    let Act::Invoke { namespace, action, wait, count, gap_us, .. } = act else { panic!("{act:?}") };
    Act::Invoke { namespace, action, wait, count, gap_us, extra_logging: true, timeout_ms: None }
}

const THREE: [&str; 3] = ["hello", "refuse", "broken"];

fn acts(wait: Wait) -> Vec<(u64, Act)> {
    (10_000..).step_by(3_000).zip(THREE.map(|action| invoke(action, wait))).collect()
}

#[test]
fn a_level_skips_outcomes_of_its_own_kind_of_invocation_alone() {
    use StoreLevel::{StoreAlways, StoreFailures, StoreFailuresNotApplicationErrors};
    let all = [Status::Success, Status::ApplicationError, Status::DeveloperError];
    for store in StoreKind::ALL {
        for (level, from) in [(StoreAlways, 0), (StoreFailures, 1), (StoreFailuresNotApplicationErrors, 2)] {
            let check = |configuration: Configuration, wait, expected: &[Status]| {
                let (world, _) = play(&run_of(configuration, &acts(wait)).bound_to(store), ms(60_000));
                assert_eq!(stored(&world), expected, "{store:?} {level:?} {wait:?}");
            };
            check(levels(level, StoreAlways), Wait::Blocking, &all[from..]);
            check(levels(level, StoreAlways), Wait::NonBlocking, &all);
            check(levels(StoreAlways, level), Wait::NonBlocking, &all[from..]);
            check(levels(StoreAlways, level), Wait::Blocking, &all);
        }
    }
}

#[test]
fn a_skipped_record_is_one_step_of_the_story_about_its_activation_and_its_fate() {
    let configuration = levels(StoreLevel::StoreFailures, StoreLevel::StoreAlways);
    let run = run_of(Configuration { unstored_logs_enabled: true, ..configuration }, &[(10_000, invoke("hello", Wait::Blocking))]);
    let (world, steps) = play(&run, ms(30_000));
    let (ix, activation) = world.activations().last().unwrap();
    assert_eq!(activation.phase, Phase::NotWritten);
    let skips: Vec<&Step> = steps.iter().filter(|step| matches!(step.kind, StepKind::RecordSkipped { .. })).collect();
    let [skip] = skips[..] else { panic!("{skips:?}") };
    assert_eq!((skip.activation, Tape::rank(&world, skip)), (Some(ix), Rank::Story));
    let gate = Gate::Level { level: StoreLevel::StoreFailures, blocking: true };
    assert_eq!(skipped(&steps), [(gate, true)]);
    assert!(!steps.iter().any(|step| step.activation == Some(ix) && matches!(step.kind, StepKind::RecordQueued { .. })));
}

/// §3.1: the caller has the result through the ack, and asks for the record in vain.
#[test]
fn a_blocking_caller_of_a_skipped_record_has_its_result_and_a_get_is_404_for_ever() {
    for store in StoreKind::ALL {
        let mut run = run_of(levels(StoreLevel::StoreFailures, StoreLevel::StoreAlways), &[(10_000, invoke("hello", Wait::Blocking))]);
        let get = get_made(&run.commands, 0);
        run.commands.push(whiskscope::cluster::Command::new(ms(100_000), "guest", get, &run.commands));
        let (world, _) = play(&run.bound_to(store), ms(110_000));
        let statuses: Vec<u16> = world.exchanges().map(|it| it.answer.as_ref().unwrap().status()).collect();
        assert_eq!(statuses, [200, 404]);
    }
}

/// §3.1, derived: the answer is in no store, so polls look for it in vain.
#[test]
fn polls_for_a_skipped_record_never_succeed() {
    // The result of `report` is over the limit, which makes it an application error.
    let level = StoreLevel::StoreFailuresNotApplicationErrors;
    let run = run_of(levels(level, StoreLevel::StoreAlways), &[(10_000, invoke("report", Wait::Blocking))]);
    let (world, steps) = play(&run, ms(90_000));
    assert!(!steps.iter().any(|step| matches!(step.kind, StepKind::PollFound { .. })));
    assert!(matches!(world.exchanges().next().unwrap().answer, Some(Answer::Accepted(_))), "202 after the wait");
}

#[test]
fn the_header_overrides_levels_and_not_the_namespace() {
    for (store_activations, expected) in [(true, 1), (false, 0)] {
        let mut configuration = levels(StoreLevel::StoreFailures, StoreLevel::StoreFailures);
        configuration.namespaces[0].store_activations = store_activations;
        for wait in [Wait::Blocking, Wait::NonBlocking] {
            let run = run_of(configuration.clone(), &[(10_000, invoke("hello", wait)), (15_000, with_header(invoke("hello", wait)))]);
            let (world, steps) = play(&run, ms(30_000));
            assert_eq!(stored(&world).len(), expected);
            if !store_activations {
                assert_eq!(skipped(&steps)[4..], [(Gate::Namespace, false); 2], "after four health tests");
            }
        }
    }
}

#[test]
fn health_tests_pass_the_level_for_non_blocking_invocations_and_have_no_namespace_limit() {
    let mut configuration = Configuration::default();
    configuration.namespaces[1].store_activations = false;
    let (world, steps) = play(&run_of(configuration, &[]), ms(30_000));
    assert!(world.is_booted() && world.stores().couchdb.documents().len() == 4 && skipped(&steps).is_empty());
    let (world, steps) = play(&run_of(levels(StoreLevel::StoreAlways, StoreLevel::StoreFailures), &[]), ms(30_000));
    let gate = Gate::Level { level: StoreLevel::StoreFailures, blocking: false };
    assert_eq!(skipped(&steps), [(gate, false); 4]);
    assert!(world.is_booted(), "the level does not keep an invoker from being healthy");
    assert_eq!(world.stores().couchdb.documents().len(), 0);
}

/// §3.2: the old switch changes nothing but how `logs` of a missing record ends.
#[test]
fn disable_store_result_stores_all_the_same_and_turns_a_missing_log_into_a_500() {
    let missing = Target::Id(whiskscope::activation::ActivationId(7));
    let reads = [Act::Logs(missing), Act::Get(missing), Act::Result(missing)];
    let mut acts = vec![(10_000, invoke("hello", Wait::Blocking))];
    acts.extend((20_000..).step_by(1_000).zip(reads));
    for store in StoreKind::ALL {
        let configuration = Configuration { disable_store_result: true, store, ..Configuration::default() };
        let (world, steps) = play(&run_of(configuration, &acts), ms(30_000));
        assert_eq!(stored(&world).len(), 1);
        let statuses: Vec<u16> = world.exchanges().map(|it| it.answer.as_ref().unwrap().status()).collect();
        assert_eq!(statuses, [200, 500, 404, 404]);
        let exchange = world.exchanges().nth(1).unwrap();
        assert!(matches!(exchange.answer, Some(Answer::Failed { failure: Failure::LogsNotAvailable, .. })));
        let body = http::response(&world, exchange).unwrap().body;
        assert_eq!(body["error"], format!("Activation logs not available for activation {:032x}", 7));
        assert_eq!(steps.iter().filter(|step| matches!(step.kind, StepKind::LogStoreAsked { .. })).count(), 1);
    }
    let (world, _) = play(&run_of(Configuration::default(), &acts), ms(30_000));
    assert_eq!(world.exchanges().nth(1).unwrap().answer.as_ref().unwrap().status(), 404);
}

#[test]
fn the_gates_defaults_leave_no_trace_in_a_run_that_is_written_down() {
    let run = run_of(Configuration::default(), &[(10_000, invoke("hello", Wait::Blocking))]);
    let text = serde_json::to_string(&run).unwrap();
    assert!(!text.contains("xtra") && !text.contains("esultLevel") && !text.contains("storeActivations"), "{text}");
    let run = run_of(Configuration::default(), &[(10_000, with_header(invoke("hello", Wait::Blocking)))]);
    assert_eq!(serde_json::from_str::<Run>(&serde_json::to_string(&run).unwrap()).unwrap(), run);
}

// ---- The store that keeps nothing ----

#[test]
fn the_noop_store_discards_each_record_and_nothing_travels_to_a_store() {
    let acts = [(10_000, burst("hello", Wait::Blocking, 5, 100_000)), (20_000, list()), (21_000, list())];
    let (world, steps) = play(&run_of(bound_to(StoreKind::Noop), &acts), ms(60_000));
    assert!(world.is_booted());
    assert!(StoreKind::BINDINGS.iter().all(|store| world.stores().of(*store).holds() == 0));
    let discarded = |step: &&Step| matches!(step.kind, StepKind::RecordDiscarded { .. });
    for (ix, activation) in world.activations() {
        assert_eq!(activation.phase, Phase::NotWritten);
        assert_eq!(steps.iter().filter(discarded).filter(|step| step.activation == Some(ix)).count(), 1);
    }
    assert!(steps.iter().filter(discarded).all(|step| step.kind.rank() == Rank::Story));
    let to_a_store = |step: &&Step| step.flight.is_some_and(|it| [it.from, it.to].iter().any(|node| matches!(node, Node::Store(_))));
    assert_eq!(steps.iter().filter(to_a_store).count(), 0);
    let statuses: Vec<u16> = world.exchanges().map(|it| it.answer.as_ref().unwrap().status()).collect();
    assert_eq!(statuses, [200; 7], "acks carry the results, and each list is empty");
    let rows = |exchange: &Exchange| matches!(&exchange.answer, Some(Answer::Rows(rows)) if rows.is_empty());
    assert!(world.exchanges().skip(5).all(rows));
}

/// Not a 404: the source has a record for any id.
#[test]
fn a_get_from_the_noop_store_brings_a_record_that_is_made_up() {
    let unknown = Target::Id(whiskscope::activation::ActivationId(7));
    let acts = [(10_000, Act::Get(unknown)), (11_000, Act::Result(unknown)), (12_000, Act::Logs(unknown))];
    let (world, _) = play(&run_of(bound_to(StoreKind::Noop), &acts), ms(20_000));
    let bodies: Vec<_> = world.exchanges().map(|exchange| http::response(&world, exchange).unwrap()).collect();
    assert!(bodies.iter().all(|response| response.status == 200));
    let record = &bodies[0].body;
    assert_eq!((&record["namespace"], &record["name"]), (&"testnamespace".into(), &"activation".into()));
    assert_eq!(record["activationId"], format!("guest/{:032x}", 7));
    assert_eq!(record["start"], record["end"]);
    assert_eq!(record["subject"].as_str().unwrap().len(), 32);
    assert_eq!(bodies[1].body, serde_json::json!({ "success": true, "status": "success" }));
    assert_eq!(bodies[2].body, serde_json::json!({ "logs": [] }));
    let printed: Vec<String> = world.exchanges().map(|exchange| shell::print(&world, exchange).unwrap().stdout).collect();
    assert!(printed[0].starts_with("ok: got activation 00000000000000000000000000000007\n{\n    \"namespace\": \"testnamespace\""));
    assert_eq!(&printed[1..], ["null\n", ""]);
}

/// A poll takes what is made up for the record that it waits for, while the action still runs.
#[test]
fn a_poll_of_the_noop_store_answers_a_blocking_call_with_a_record_that_is_made_up() {
    let mut configuration = bound_to(StoreKind::Noop);
    configuration.actions[1].behaviour.run = whiskscope::activation::SpanRange::millis(40_000, 40_000);
    let acts = [(10_000, invoke("slow", Wait::Blocking)), (10_500, invoke("slow", Wait::Result))];
    let (world, _) = play(&run_of(configuration, &acts), ms(30_000));
    let answers: Vec<_> = world.exchanges().map(|exchange| exchange.answer.clone().unwrap()).collect();
    assert!(matches!(answers[0], Answer::MadeUp { .. }), "{answers:?}");
    assert!(matches!(answers[1], Answer::Failed { status: 500, failure: Failure::NoResult }), "{answers:?}");
    assert!(world.activations().all(|(_, it)| it.health_test || it.phase == Phase::Unfinished));
}

#[test]
fn a_process_bound_to_noop_beside_others_discards_its_own_records_alone() {
    let odd = StoreOverride { process: Process::Invoker(InvokerId(0)), store: StoreKind::Noop };
    let mixed = Configuration { store_overrides: vec![odd], prewarm: Vec::new(), ..unlimited(1, 2, 512) };
    let (world, _) = play(&run_of(mixed, &[(10_000, burst("slow", Wait::NonBlocking, 6, 1_000))]), ms(100_000));
    let mut seen = [0, 0];
    for (_, activation) in world.activations() {
        let expected = if activation.invoker == InvokerId(0) { Phase::NotWritten } else { Phase::Written };
        assert_eq!(activation.phase, expected);
        seen[usize::from(activation.invoker.0)] += 1;
    }
    assert!(seen[0] > 2 && seen[1] > 2, "{seen:?}");
}

//! Processes that die and start again: what is lost, what stays, and who notices when.
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
use whiskscope::activation::{Action, ActivationId, Rule, SpanRange, Trigger};
use whiskscope::cluster::place::{ActivationIx, ControllerId, InvokerId, Node, Process, StoreKind};
use whiskscope::cluster::step::{InvokerState, LossStage, QueryOutcome, Rank, Step, StepKind};
use whiskscope::cluster::{Act, Activation, Answer, Command, Configuration, Failure, Phase, Wait, World};
use whiskscope::recording::{Run, Tape, digest, digest_of};
use whiskscope::shell;
use whiskscope::time::Instant;

const CONTROLLER: Node = Node::Controller(ControllerId(0));
const INVOKER: Node = Node::Invoker(InvokerId(0));

fn crash(node: Node) -> Act {
    Act::Crash { node }
}

fn start(node: Node) -> Act {
    Act::Start { node: Some(node), store: None }
}

fn rebind(store: StoreKind) -> Act {
    Act::Start { node: None, store: Some(store) }
}

/// One controller and one invoker, with an action that runs for ten seconds.
fn small() -> Configuration {
    let mut configuration = unlimited(1, 1, 2_048);
    configuration.actions[1].behaviour.run = SpanRange::millis(10_000, 10_000);
    configuration
}

/// The run with one more command, which gets what the first one made.
fn then_get(mut run: Run, at: u64) -> Run {
    let get = get_made(&run.commands, 0);
    let command = Command::new(ms(at), "guest", get, &run.commands);
    run.commands.push(command);
    run
}

fn lost(steps: &[Step]) -> Vec<(ActivationIx, LossStage)> {
    let told = steps.iter().filter_map(|step| match step.kind {
        StepKind::ActivationLost { stage, .. } => Some((step.activation.unwrap(), stage)),
        _ => None,
    });
    told.collect()
}

fn statuses(world: &World) -> Vec<u16> {
    world.exchanges().map(|exchange| exchange.answer.as_ref().map_or(1, Answer::status)).collect()
}

fn when(steps: &[Step], wanted: impl Fn(&StepKind) -> bool) -> Option<Instant> {
    steps.iter().find(|step| wanted(&step.kind)).map(|step| step.at)
}

/// §6.3, first row.
#[test]
fn an_invoker_that_dies_during_a_run_loses_the_activation_for_ever() {
    for store in StoreKind::ALL {
        let acts = [(10_000, invoke("slow", Wait::Blocking)), (15_000, crash(INVOKER)), (16_000, start(INVOKER))];
        let run = then_get(run_of(small(), &acts).bound_to(store), 400_000);
        let (world, steps) = play(&run, ms(410_000));
        let (ix, activation) = world.activations().find(|(_, it)| !it.health_test).unwrap();
        assert_eq!(lost(&steps), [(ix, LossStage::Running)]);
        assert_eq!((activation.phase, statuses(&world)), (Phase::NotWritten, vec![202, 404]));
        let answered = when(&steps, |kind| matches!(kind, StepKind::AnswerReceived { status: 202 })).unwrap();
        assert!((70_000..70_100).contains(&(answered.micros() / 1_000)), "the id alone, a minute after the call: {answered:?}");
        let forced = when(&steps, |kind| matches!(kind, StepKind::CompletionAckForced { .. })).unwrap();
        assert!((190_000..190_100).contains(&(forced.micros() / 1_000)), "the slot is held for three minutes: {forced:?}");
        assert!(!steps.iter().any(|step| step.activation == Some(ix) && matches!(step.kind, StepKind::RecordQueued { .. })));
        let told = steps.iter().find(|step| matches!(step.kind, StepKind::ActivationLost { .. })).unwrap();
        assert_eq!(Tape::rank(&world, told), Rank::Story);
    }
}

/// §6.3, first row: the offset is committed before anything runs, so what only waits is lost as well.
#[test]
fn an_invoker_that_dies_loses_what_it_committed_and_did_not_run_and_keeps_what_is_in_its_topic() {
    let mut configuration = small();
    configuration.user_memory_mb = 256;
    configuration.prewarm.clear();
    let acts = [
        (20_000, burst("slow", Wait::NonBlocking, 4, 1_000)),
        (25_000, crash(INVOKER)),
        (25_500, burst("hello", Wait::NonBlocking, 2, 1_000)),
        (26_000, start(INVOKER)),
    ];
    let (world, steps) = play(&run_of(configuration, &acts), ms(300_000));
    let stages: Vec<LossStage> = lost(&steps).into_iter().map(|(_, stage)| stage).collect();
    assert_eq!(stages, [LossStage::Running, LossStage::NotRun, LossStage::NotRun, LossStage::NotRun]);
    let late: Vec<Phase> = world.activations().filter(|(_, it)| !it.health_test).skip(4).map(|(_, it)| it.phase).collect();
    assert_eq!(late, [Phase::Written; 2], "Kafka has them until the invoker is back");
}

/// §6.3, second row.
#[test]
fn an_invoker_that_dies_between_the_result_and_the_write_leaves_a_caller_with_a_result_and_no_record() {
    let mut configuration = small();
    configuration.model.log_collection = SpanRange::millis(1_000, 1_000);
    for store in StoreKind::ALL {
        let plain = run_of(Configuration { store, ..configuration.clone() }, &[(10_000, invoke("hello", Wait::Blocking))]);
        let (_, steps) = play(&plain, ms(20_000));
        let ended = steps.iter().rfind(|step| matches!(step.kind, StepKind::RunEnded { .. })).unwrap().at;
        let mut run = plain.clone();
        run.commands.push(Command::new(ms(ended.micros() / 1_000 + 500), "guest", crash(INVOKER), &[]));
        let (world, steps) = play(&then_get(run, 300_000), ms(310_000));
        assert_eq!(lost(&steps).into_iter().map(|(_, stage)| stage).collect::<Vec<_>>(), [LossStage::NotWritten]);
        assert_eq!(statuses(&world), [200, 404]);
    }
}

/// §6.1: the buffer is lost with the process. What is on the wire is not.
#[test]
fn the_batchers_buffer_is_lost_with_its_process_and_a_bulk_under_way_is_written() {
    let mut configuration = Configuration { batches_in_flight_max: 1, ..small() };
    configuration.model.couchdb_write = SpanRange::millis(3_000, 3_000);
    configuration.model.elasticsearch_write = SpanRange::millis(3_000, 3_000);
    for store in StoreKind::ALL {
        let acts = [(20_000, burst("hello", Wait::NonBlocking, 5, 300_000)), (22_500, crash(INVOKER)), (22_600, start(INVOKER))];
        let (world, steps) = play(&run_of(configuration.clone(), &acts).bound_to(store), ms(60_000));
        let stages: Vec<LossStage> = lost(&steps).into_iter().map(|(_, stage)| stage).collect();
        assert_eq!(stages, [LossStage::InBatcher; 4]);
        let phases: Vec<Phase> = world.activations().filter(|(_, it)| !it.health_test).map(|(_, it)| it.phase).collect();
        assert_eq!(phases, [Phase::Written, Phase::NotWritten, Phase::NotWritten, Phase::NotWritten, Phase::NotWritten]);
        assert_eq!(world.invokers()[0].batcher.in_flight(), 0, "an answer to a dead process counts for nobody");
        assert!(world.invokers()[0].started.is_some());
    }
}

#[test]
fn controllers_notice_a_dead_invoker_after_ten_seconds_without_a_ping_and_test_it_again_when_it_is_back() {
    let acts = [(20_000, crash(INVOKER)), (60_000, start(INVOKER))];
    let (world, steps) = play(&run_of(unlimited(2, 2, 2_048), &acts), ms(90_000));
    let changes: Vec<(u64, InvokerState)> = steps
        .iter()
        .filter_map(|step| match step.kind {
            StepKind::InvokerStateChanged { controller: ControllerId(0), invoker: InvokerId(0), to, .. } => {
                Some((step.at.micros() / 1_000, to))
            }
            _ => None,
        })
        .skip(2)
        .collect();
    let states: Vec<InvokerState> = changes.iter().map(|(_, state)| *state).collect();
    assert_eq!(states, [InvokerState::Offline, InvokerState::Unhealthy, InvokerState::Healthy]);
    assert!((29_000..31_000).contains(&changes[0].0), "{changes:?}");
    assert!(changes[1].0 > 63_000, "a restart takes its time: {changes:?}");
    assert!(world.is_booted());
    assert_eq!(world.activations().filter(|(_, it)| it.health_test).count(), 8 + 4);
}

#[test]
fn an_invoker_that_is_back_within_ten_seconds_is_never_missed() {
    let acts = [(20_000, crash(INVOKER)), (20_100, start(INVOKER))];
    let (_, steps) = play(&run_of(small(), &acts), ms(60_000));
    let changed = |step: &&Step| step.at > ms(20_000) && matches!(step.kind, StepKind::InvokerStateChanged { .. });
    assert_eq!(steps.iter().filter(changed).count(), 0);
}

/// §6.3, the row of the controller: invokers write.
#[test]
fn a_controller_that_dies_leaves_the_records_of_its_actions_unharmed() {
    for store in StoreKind::ALL {
        let acts = [(10_000, burst("slow", Wait::Blocking, 3, 1_000)), (15_000, crash(CONTROLLER)), (16_000, start(CONTROLLER))];
        let (world, steps) = play(&run_of(small(), &acts).bound_to(store), ms(100_000));
        assert!(lost(&steps).is_empty());
        assert!(world.activations().filter(|(_, it)| !it.health_test).all(|(_, it)| it.phase == Phase::Written));
        assert_eq!(statuses(&world), [0; 3]);
        let broken = Some(Failure::ConnectionBroken);
        assert!(world.exchanges().all(|it| matches!(it.answer, Some(Answer::Failed { failure, .. }) if Some(failure) == broken)));
        assert!(world.exchanges().all(|it| it.answered.unwrap() < ms(15_100)), "clients hear of it at once");
        let late = |step: &&Step| matches!(step.kind, StepKind::LateAckReceived { .. });
        assert_eq!(steps.iter().filter(late).count(), 3, "to the new process these are acks of nothing it knows");
        assert_eq!(world.controllers()[0].active_in(GUEST), 0);
        assert!(world.is_booted());
    }
}

/// §6.3, the same row: what the controller itself writes is lost with it, and the components' cause points to nothing.
#[test]
fn a_controller_that_dies_leaves_no_record_of_its_sequence_and_trigger_and_components_with_a_cause_that_is_not_there() {
    for store in StoreKind::ALL {
        let mut configuration = Configuration { store, ..small() };
        configuration.actions.push(Action::sequence("guest", "chain", &["slow", "hello"]));
        let rule = Rule { name: "every".to_owned(), action: "slow".to_owned(), active: true };
        configuration.triggers = vec![Trigger { namespace: "guest".to_owned(), name: "tick".to_owned(), rules: vec![rule] }];
        let fire = Act::FireTrigger { namespace: "guest".to_owned(), trigger: "tick".to_owned() };
        // The rule's request is on its way when the controller dies.
        configuration.model.http_hop = SpanRange::millis(1_000, 1_000);
        let acts = [(10_000, invoke("chain", Wait::Blocking)), (13_000, fire), (14_500, crash(CONTROLLER)), (15_000, start(CONTROLLER))];
        let (world, steps) = play(&run_of(configuration, &acts), ms(100_000));
        let named = |name: &str| {
            let catalogue = &world.setup().catalogue;
            let is_it = move |it: &&Activation| {
                let trigger = catalogue.trigger(it.action).map(|it| it.name.as_str());
                catalogue.action(it.action).map(|it| it.name.as_str()).or(trigger) == Some(name)
            };
            world.activations().map(|(_, it)| it).filter(is_it).copied().collect::<Vec<_>>()
        };
        let ([chain], [tick], [slow]) = (&named("chain")[..], &named("tick")[..], &named("slow")[..]) else { panic!() };
        assert!(named("hello").is_empty(), "nobody goes on with the sequence");
        let stored = |id| world.stores().of(store).get(GUEST, id).unwrap();
        assert_eq!([chain, tick].map(|it| (it.phase, stored(it.id).is_none())), [(Phase::NotWritten, true); 2]);
        assert_eq!((slow.phase, world.library().cause(&stored(slow.id).unwrap())), (Phase::Written, Some(chain.id)));
        let lost: Vec<ActivationId> = lost(&steps).iter().map(|(ix, _)| world.activation(*ix).unwrap().id).collect();
        assert_eq!(lost, [chain.id, tick.id]);
    }
}

#[test]
fn requests_to_a_dead_controller_are_refused_and_wsk_says_so() {
    let acts = [(10_000, crash(CONTROLLER)), (11_000, invoke("hello", Wait::Blocking)), (12_000, list()), (13_000, start(CONTROLLER))];
    let (world, steps) = play(&run_of(small(), &acts), ms(12_900));
    assert_eq!(statuses(&world), [0, 0]);
    let printed: Vec<_> = world.exchanges().map(|exchange| shell::print(&world, exchange).unwrap()).collect();
    assert_eq!(printed[0].stderr, "error: Unable to invoke action 'hello': dial tcp: connect: connection refused\n");
    assert_eq!((printed[0].exit_code, printed[1].exit_code), (3, 3));
    assert!(world.activations().all(|(_, it)| it.health_test));
    assert!(when(&steps, |kind| matches!(kind, StepKind::ConnectionFailed { refused: true, .. })).is_some());
}

#[test]
fn a_request_that_arrives_after_the_restart_is_served() {
    let mut configuration = small();
    configuration.model.http_hop = SpanRange::millis(2_000, 2_000);
    configuration.model.process_restart = SpanRange::millis(500, 500);
    let acts = [(19_000, invoke("hello", Wait::NonBlocking)), (19_500, crash(CONTROLLER)), (19_600, start(CONTROLLER))];
    let (world, _) = play(&run_of(configuration, &acts), ms(60_000));
    assert_eq!(statuses(&world), [202], "who comes after the restart does not know that there was one");
}

/// §7: nothing moves a record. What was written before drops out of the CLI, and is back after switching back.
#[test]
fn after_a_restart_with_another_binding_old_records_stay_and_drop_out_of_the_cli_until_it_is_switched_back() {
    let acts = [
        (10_000, burst("hello", Wait::NonBlocking, 3, 1_000)),
        (14_000, list()),
        (15_000, list()),
        (20_000, rebind(StoreKind::Elasticsearch)),
        (40_000, invoke("hello", Wait::NonBlocking)),
        (45_000, list()),
        (50_000, rebind(StoreKind::CouchDb)),
        (70_000, list()),
    ];
    let run = then_get(run_of(small(), &acts), 46_000);
    let run = Run::new(run.configuration, run.seed, run.commands);
    let (world, steps) = play(&run, ms(80_000));
    let rows: Vec<usize> = world
        .exchanges()
        .filter_map(|exchange| match &exchange.answer {
            Some(Answer::Rows(rows)) => Some(rows.len()),
            _ => None,
        })
        .collect();
    assert_eq!(rows, [0, 3, 1, 3], "stale, all, the new one alone, and the old ones again");
    let get = world.exchanges().find(|exchange| matches!(exchange.kind, whiskscope::cluster::step::RequestKind::Get)).unwrap();
    assert_eq!(get.answer.as_ref().unwrap().status(), 404, "it is in the other store");
    let restarted = |step: &&Step| matches!(step.kind, StepKind::ProcessRestarted { store, before, .. } if store != before);
    assert_eq!(steps.iter().filter(restarted).count(), 4);
    assert_eq!(world.common_store(), Some(StoreKind::CouchDb));
    let user = |store: StoreKind| world.activations().filter(|(_, it)| !it.health_test && it.store == store).count();
    assert_eq!((user(StoreKind::CouchDb), user(StoreKind::Elasticsearch)), (3, 1));
}

#[test]
fn one_process_restarted_with_another_binding_writes_where_its_controller_does_not_read() {
    let odd = Act::Start { node: Some(INVOKER), store: Some(StoreKind::Elasticsearch) };
    let acts = [(10_000, odd), (30_000, invoke("hello", Wait::NonBlocking)), (40_000, list()), (42_000, list())];
    let (world, steps) = play(&run_of(small(), &acts), ms(50_000));
    assert_eq!(world.common_store(), None);
    let rows = |step: &Step| matches!(step.kind, StepKind::QueryAnswered { outcome: QueryOutcome::Rows { rows: 0, unseen: 0 }, .. });
    assert_eq!(steps.iter().filter(|step| rows(step)).count(), 2);
    assert_eq!(world.stores().elasticsearch.index(GUEST).unwrap().documents().len(), 1);
}

#[test]
fn a_process_that_dies_while_it_starts_starts_no_more() {
    let acts = [(10_000, crash(INVOKER)), (11_000, start(INVOKER)), (12_000, crash(INVOKER))];
    let (world, steps) = play(&run_of(small(), &acts), ms(60_000));
    assert!(!world.is_up(Process::Invoker(InvokerId(0))));
    assert_eq!(steps.iter().filter(|step| matches!(step.kind, StepKind::ProcessCrashed { .. })).count(), 1);
    assert!(when(&steps, |kind| matches!(kind, StepKind::ProcessRestarted { .. })).is_none());
}

#[test]
fn a_restarted_controllers_health_tests_are_new_activations() {
    let acts = [(10_000, start(CONTROLLER)), (30_000, start(CONTROLLER))];
    let (world, _) = play(&run_of(small(), &acts), ms(60_000));
    let mut ids: Vec<_> = world.activations().map(|(_, it)| it.id).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((ids.len(), count), (6, 6));
    assert_eq!(world.stores().couchdb.documents().len(), 6);
}

#[test]
fn pings_that_nobody_reads_do_not_fill_the_memory() {
    let acts = [(10_000, crash(CONTROLLER)), (8_000_000, start(CONTROLLER))];
    let mut run = run_of(unlimited(1, 32, 1_024), &acts);
    run.horizon = ms(8_100_000);
    let mut world = run.world();
    world.advance(ms(7_990_000), &mut whiskscope::cluster::StepLog::default());
    let health = |world: &World| {
        world.kafka().partitions().find(|it| it.topic == whiskscope::cluster::place::Topic::Health).unwrap().messages().count()
    };
    assert_eq!(health(&world), 115_200);
    world.advance(ms(8_050_000), &mut whiskscope::cluster::StepLog::default());
    assert!(world.is_booted());
}

/// Crashes and starts are commands of the run: a seek to any instant is the run from its start, and a fork shares what came before.
#[test]
fn a_run_with_crashes_seeks_and_forks_like_any_other() {
    let acts = [
        (10_000, burst("hello", Wait::Blocking, 40, 20_000)),
        (10_400, crash(INVOKER)),
        (10_600, crash(CONTROLLER)),
        (11_000, rebind(StoreKind::Elasticsearch)),
        (20_000, burst("hello", Wait::NonBlocking, 20, 20_000)),
        (20_300, start(INVOKER)),
    ];
    let run = run_of(unlimited(2, 2, 512), &acts);
    let tape = Tape::new(Run { horizon: ms(60_000), ..run.clone() }).unwrap();
    for at in [10_399, 10_400, 10_500, 10_601, 14_000, 20_310, 60_000] {
        let (_, steps) = play(tape.run(), ms(at));
        let sought = tape.world_at(ms(at));

        assert_eq!(digest(tape.run(), ms(at)).unwrap(), digest_of(tape.run(), &steps, &sought).unwrap(), "at {at}");
    }
    let fork = Command::new(ms(10_500), "guest", crash(Node::Invoker(InvokerId(1))), &run.commands);
    let forked = tape.forked_by(fork).unwrap();
    let fresh = Tape::new(forked.run().clone()).unwrap();
    assert_eq!(forked.marks(), fresh.marks());
}

#[test]
fn nodes_that_are_not_there_are_refused() {
    let refusal =
        |act: Act| run_of(small(), &[(1_000, act)]).check().map_or_else(|refused| refused.to_string(), |()| "accepted".to_owned());
    assert_eq!(refusal(crash(Node::Invoker(InvokerId(1)))), "commands[0].node.invoker is 1, but must be from 0 to 0");
    assert_eq!(refusal(start(Node::Client)), "commands[0].node names “client”, which the configuration does not have");
    let store = Act::Start { node: Some(Node::Kafka), store: Some(StoreKind::Noop) };
    assert_eq!(refusal(store), "commands[0].store names “noop”, which the configuration does not have");
    assert_eq!(refusal(crash(Node::Kafka)), "accepted");
    assert_eq!(refusal(rebind(StoreKind::Noop)), "accepted");
}

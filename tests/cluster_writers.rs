//! Who writes which record: invokers those of runs, controllers those of sequences and triggers, and nobody some.
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
use whiskscope::activation::{Action, Namespace, Origin, PackageBinding, Record, Rule, SpanRange, Status, Trigger, rest};
use whiskscope::cluster::place::{ActivationIx, Process, StoreKind};
use whiskscope::cluster::step::{AckKind, InvokerState, Rank, SequenceEnding, Step, StepKind};
use whiskscope::cluster::{Act, Activation, Answer, Configuration, Failure, Limit, Phase, Target, Wait, World};
use whiskscope::http;

/// The user's activations of an entity, in order of making.
fn of<'a>(world: &'a World, name: &str) -> Vec<&'a Activation> {
    let catalogue = world.catalogue();
    world.activations().filter(|(_, it)| !it.health_test && catalogue.action(it.action).unwrap().name == name).map(|(_, it)| it).collect()
}

fn stored(world: &World, store: StoreKind, activation: &Activation) -> Option<Record> {
    let held = match store {
        StoreKind::Noop => None,
        StoreKind::CouchDb => world.stores().couchdb.documents().get(activation.namespace, activation.id),
        StoreKind::Elasticsearch => {
            world.stores().elasticsearch.index(activation.namespace)?.documents().get(activation.namespace, activation.id)
        }
    };
    held.map(|document| document.record)
}

fn number(world: &World, activation: &Activation) -> ActivationIx {
    world.activations().find(|(_, it)| it.id == activation.id).unwrap().0
}

fn about(steps: &[Step], ix: ActivationIx) -> Vec<StepKind> {
    steps.iter().filter(|step| step.activation == Some(ix)).map(|step| step.kind).collect()
}

fn delete(action: &str) -> Act {
    Act::DeleteAction { namespace: "guest".to_owned(), action: action.to_owned() }
}

fn fire(trigger: &str) -> Act {
    Act::FireTrigger { namespace: "guest".to_owned(), trigger: trigger.to_owned() }
}

fn statuses(world: &World) -> Vec<u16> {
    world.exchanges().map(|exchange| exchange.answer.as_ref().map_or(0, Answer::status)).collect()
}

// ---- Runs that never reach a container ----

#[test]
fn an_action_deleted_before_its_invoker_has_it_gets_a_record_of_kind_unknown() {
    // The message is on its way when the action goes.
    let mut configuration = Configuration::default();
    configuration.model.kafka_produce = SpanRange::millis(2_000, 2_000);
    let (world, steps) = play(&run_of(configuration, &[(20_000, invoke("hello", Wait::Blocking)), (20_100, delete("hello"))]), ms(40_000));
    let run = of(&world, "hello")[0];
    let record = stored(&world, StoreKind::CouchDb, run).unwrap();
    assert_eq!((record.origin, record.status, record.start_ms), (Origin::ActionGone, Status::ApplicationError, record.end_ms));
    assert_eq!((record.duration_ms, record.init_ms, run.phase), (0, None, Phase::Written));
    assert_eq!(statuses(&world), [502, 200]);
    let kinds = about(&steps, number(&world, run));
    let gone = kinds.iter().position(|kind| matches!(kind, StepKind::ActionGone { .. })).unwrap();
    assert!(matches!(kinds[gone + 1], StepKind::AckSent { ack: AckKind::Combined, whole: true, .. }));
    assert!(!kinds.iter().any(|kind| matches!(kind, StepKind::ContainerAssigned { .. })));
}

#[test]
fn an_invoker_that_has_a_deleted_action_in_its_cache_runs_it() {
    let mut configuration = Configuration { invokers: 1, ..Configuration::default() };
    configuration.model.kafka_produce = SpanRange::millis(2_000, 2_000);
    let acts = [(20_000, invoke("hello", Wait::Blocking)), (40_000, invoke("hello", Wait::Blocking)), (40_100, delete("hello"))];
    let (world, _) = play(&run_of(configuration.clone(), &acts), ms(60_000));
    assert_eq!(stored(&world, StoreKind::CouchDb, of(&world, "hello")[1]).unwrap().origin, Origin::Run);
    // It forgets within five minutes.
    let acts = [(20_000, invoke("hello", Wait::Blocking)), (400_000, invoke("hello", Wait::Blocking)), (400_100, delete("hello"))];
    let (world, _) = play(&run_of(configuration, &acts), ms(420_000));
    assert_eq!(stored(&world, StoreKind::CouchDb, of(&world, "hello")[1]).unwrap().origin, Origin::ActionGone);
}

#[test]
fn a_deleted_action_is_invoked_no_more_and_deleted_once() {
    let acts = [(10_000, delete("hello")), (11_000, invoke("hello", Wait::Blocking)), (12_000, delete("hello"))];
    let (world, steps) = play(&run_of(Configuration::default(), &acts), ms(20_000));
    assert_eq!(statuses(&world), [200, 404, 404]);
    assert!(of(&world, "hello").is_empty());
    assert_eq!(steps.iter().filter(|step| matches!(step.kind, StepKind::ActionMissing { .. })).count(), 2);
    let body = http::response(&world, world.exchanges().nth(1).unwrap()).unwrap().body;
    assert_eq!(body["error"], "The requested resource does not exist.");
}

#[test]
fn a_container_that_does_not_start_leaves_a_record_of_a_whisk_error() {
    let mut configuration = Configuration::default();
    configuration.prewarm.clear();
    configuration.actions[0].behaviour.container_fails = true;
    let (world, steps) = play(&run_of(configuration, &[(10_000, invoke("hello", Wait::Blocking))]), ms(20_000));
    let run = of(&world, "hello")[0];
    let record = stored(&world, StoreKind::CouchDb, run).unwrap();
    assert_eq!((record.origin, record.status, record.duration_ms), (Origin::ContainerFailed, Status::WhiskInternalError, 0));
    assert!(record.wait_ms >= 400, "it waited for the container: {}", record.wait_ms);
    assert_eq!(statuses(&world), [500]);
    assert!(world.invokers().iter().all(|invoker| invoker.containers.iter().all(|container| container.job.is_none())));
    let held = world.controllers()[0].active_in(GUEST);
    assert_eq!(held, 0, "its slot is free");
    assert!(about(&steps, number(&world, run)).iter().any(|kind| matches!(kind, StepKind::ContainerFailed { .. })));
}

/// Four errors of the system among its last ten take an invoker out (`InvokerSupervision.scala:380-383`).
#[test]
fn an_invoker_whose_containers_do_not_start_is_unhealthy() {
    let mut configuration = unlimited(1, 1, 8_192);
    configuration.prewarm.clear();
    configuration.actions[0].behaviour.container_fails = true;
    let (_, steps) = play(&run_of(configuration, &[(10_000, burst("hello", Wait::NonBlocking, 4, 0))]), ms(20_000));
    let changes = steps.iter().filter(|step| step.at > ms(10_000)).filter_map(|step| match step.kind {
        StepKind::InvokerStateChanged { from, to, .. } => Some((from, to)),
        _ => None,
    });
    // Tests that succeed make it usable again, until one error more among its last ten takes it out, and so on to the last.
    let (healthy, unhealthy) = (InvokerState::Healthy, InvokerState::Unhealthy);
    let changes: Vec<_> = changes.collect();
    assert_eq!((changes.first(), changes.last()), (Some(&(healthy, unhealthy)), Some(&(unhealthy, healthy))), "{changes:?}");
}

#[test]
fn a_blacklisted_namespace_has_no_record_and_its_caller_only_an_id() {
    let mut configuration = Configuration::default();
    configuration.namespaces[0].blacklisted = true;
    let (world, steps) = play(&run_of(configuration, &[(10_000, invoke("hello", Wait::Blocking))]), ms(90_000));
    let run = of(&world, "hello")[0];
    assert_eq!((run.phase, run.record), (Phase::NotWritten, None));
    assert_eq!(world.stores().couchdb.documents().by_key(GUEST).count(), 0);
    // The ack is sent as if for a non-blocking call, so the caller is left to the polls, which find nothing.
    assert_eq!(statuses(&world), [202]);
    let kinds = about(&steps, number(&world, run));
    assert!(kinds.iter().any(|kind| matches!(kind, StepKind::NamespaceBlacklisted { .. })));
    assert_eq!(kinds.iter().filter(|kind| matches!(kind, StepKind::PollMissed { .. })).count(), 7);
    assert!(kinds.iter().any(|kind| matches!(kind, StepKind::CompletionAckReceived { .. })), "its slot is free");
}

#[test]
fn of_a_message_that_cannot_be_parsed_nothing_comes_and_its_slot_is_forced() {
    let mut configuration = Configuration::default();
    configuration.actions[0].behaviour.message_unparsable = true;
    let (world, steps) = play(&run_of(configuration, &[(10_000, invoke("hello", Wait::Blocking))]), ms(200_000));
    let run = of(&world, "hello")[0];
    assert_eq!((run.phase, run.record), (Phase::NotWritten, None));
    assert_eq!(statuses(&world), [202]);
    let kinds = about(&steps, number(&world, run));
    assert!(!kinds.iter().any(|kind| matches!(kind, StepKind::AckSent { .. })));
    assert!(kinds.iter().any(|kind| matches!(kind, StepKind::CompletionAckForced { .. })));
}

#[test]
fn too_large_a_request_is_refused_and_counts_in_its_minute() {
    let wait = Wait::NonBlocking;
    let large = Act::InvokeTooLarge { namespace: "guest".to_owned(), action: "hello".to_owned(), wait, payload_bytes: 1_048_577 };
    let configuration = Configuration { invocations_per_minute: Limit::At(1), ..Configuration::default() };
    let (world, _) = play(&run_of(configuration, &[(10_000, large), (11_000, invoke("hello", wait))]), ms(20_000));
    assert_eq!(statuses(&world), [413, 429]);
    assert!(of(&world, "hello").is_empty());
    let body = http::response(&world, world.exchanges().next().unwrap()).unwrap().body;
    assert_eq!(body["error"], "Request larger than allowed: 1048577 > 1048576 bytes.");
}

// ---- Sequences ----

fn with_sequence(components: &[&str]) -> Configuration {
    let mut configuration = Configuration::default();
    configuration.actions.push(Action::sequence("guest", "chain", components));
    configuration
}

fn endings(steps: &[Step]) -> Vec<(u8, SequenceEnding)> {
    let ended = |step: &Step| match step.kind {
        StepKind::SequenceEnded { ran, how, .. } => Some((ran, how)),
        _ => None,
    };
    steps.iter().filter_map(ended).collect()
}

#[test]
fn a_sequence_runs_its_components_one_by_one_and_its_controller_writes_its_record() {
    for store in StoreKind::ALL {
        let configuration = Configuration { store, ..with_sequence(&["hello", "slow"]) };
        let (world, steps) = play(&run_of(configuration, &[(10_000, invoke("chain", Wait::Blocking))]), ms(40_000));
        let (chain, hello, slow) = (of(&world, "chain")[0], of(&world, "hello")[0], of(&world, "slow")[0]);
        let [chain_record, hello_record, slow_record] = [chain, hello, slow].map(|it| stored(&world, store, it).unwrap());
        let library = world.library();
        assert_eq!(chain_record.log_lines(library), [hello.id.to_string(), slow.id.to_string()]);
        assert_eq!(chain_record.duration_ms, hello_record.duration_ms + slow_record.duration_ms);
        assert!(u64::from(chain_record.duration_ms) < chain_record.end_less_start_ms(), "the time between the components is not in it");
        assert!(hello_record.end_ms <= slow_record.start_ms);
        assert_eq!([hello_record, slow_record].map(|record| library.cause(&record)), [Some(chain.id); 2]);
        assert_eq!(library.cause(&chain_record), None);
        let written = rest(&chain_record, library);
        assert_eq!((&written["response"]["result"]["done"], written.get("cause")), (&true.into(), None));
        assert_eq!(statuses(&world), [200]);
        // No message and no ack; the writer is the controller.
        let kinds = about(&steps, number(&world, chain));
        let writer = kinds.iter().find_map(|kind| match kind {
            StepKind::RecordQueued { writer, .. } => Some(*writer),
            _ => None,
        });
        assert!(matches!(writer, Some(Process::Controller(_))), "{writer:?}");
        assert!(!kinds.iter().any(|kind| matches!(kind, StepKind::ActivationPosted { .. } | StepKind::AckSent { .. })));
        assert_eq!((chain.origin, chain.phase), (Origin::Sequence { topmost: true }, Phase::Written));
        assert_eq!(endings(&steps), [(2, SequenceEnding::Complete)]);
    }
}

#[test]
fn a_list_of_a_sequence_tells_its_end_less_its_start_or_the_sum_by_the_store() {
    let list_of = |store| {
        let configuration = Configuration { store, ..with_sequence(&["hello", "slow"]) };
        let list = Act::list(Some("chain".to_owned()), 30, 0);
        let acts = [(10_000, invoke("chain", Wait::NonBlocking)), (30_000, list.clone()), (31_000, list)];
        let (world, _) = play(&run_of(configuration, &acts), ms(40_000));
        let Some(Answer::Rows(rows)) = &world.exchanges().last().unwrap().answer else { panic!("no rows") };
        assert_eq!(rows.len(), 1, "{store:?}");
        (rows[0].duration_ms, rows[0].record)
    };
    let (couchdb, record) = list_of(StoreKind::CouchDb);
    assert_eq!(couchdb, record.end_less_start_ms());
    let (elasticsearch, record) = list_of(StoreKind::Elasticsearch);
    assert_eq!(elasticsearch, u64::from(record.duration_ms));
    assert!(elasticsearch < couchdb);
}

#[test]
fn a_result_with_an_error_ends_a_sequence_early() {
    let (world, steps) =
        play(&run_of(with_sequence(&["hello", "refuse", "slow"]), &[(10_000, invoke("chain", Wait::Blocking))]), ms(30_000));
    assert_eq!(endings(&steps), [(2, SequenceEnding::Error)]);
    assert!(of(&world, "slow").is_empty());
    let record = of(&world, "chain")[0].record.unwrap();
    assert_eq!((record.status, record.log_lines(world.library()).len()), (Status::ApplicationError, 2));
    assert_eq!(statuses(&world), [502]);
}

#[test]
fn a_sequence_in_a_sequence_has_the_outer_one_as_its_cause() {
    let mut configuration = with_sequence(&["hello", "hello"]);
    configuration.actions.push(Action::sequence("guest", "outer", &["chain", "hello"]));
    let (world, steps) = play(&run_of(configuration, &[(10_000, invoke("outer", Wait::Blocking))]), ms(30_000));
    let (outer, chain, hellos) = (of(&world, "outer")[0], of(&world, "chain")[0], of(&world, "hello"));
    let record = |it: &Activation| stored(&world, StoreKind::CouchDb, it).unwrap();
    let cause = |it: &Activation| world.library().cause(&record(it));
    assert_eq!([cause(outer), cause(chain)], [None, Some(outer.id)]);
    assert_eq!(hellos.iter().map(|it| cause(it)).collect::<Vec<_>>(), [Some(chain.id), Some(chain.id), Some(outer.id)]);
    assert_eq!(record(chain).origin, Origin::Sequence { topmost: false });
    assert!(!chain.blocking, "it is judged as a call that nobody waits for");
    assert_eq!(record(outer).log_lines(world.library()), [chain.id.to_string(), hellos[2].id.to_string()]);
    assert_eq!(endings(&steps), [(2, SequenceEnding::Complete), (2, SequenceEnding::Complete)]);
}

#[test]
fn a_sequence_runs_as_many_actions_as_the_limit_has_those_within_others_counted() {
    let mut configuration = Configuration { sequence_length_max: 3, ..with_sequence(&["hello", "hello"]) };
    configuration.actions.push(Action::sequence("guest", "outer", &["chain", "chain"]));
    let (world, steps) = play(&run_of(configuration, &[(10_000, invoke("outer", Wait::Blocking))]), ms(30_000));
    assert_eq!(of(&world, "hello").len(), 3);
    assert_eq!(endings(&steps), [(2, SequenceEnding::Complete), (1, SequenceEnding::TooLong), (2, SequenceEnding::Error)]);
    let result = &rest(&of(&world, "outer")[0].record.unwrap(), world.library())["response"];
    assert_eq!(result["result"]["error"], "Too many actions in the sequence.");
}

#[test]
fn a_component_that_was_deleted_ends_its_sequence() {
    let acts = [(10_000, delete("slow")), (11_000, invoke("chain", Wait::Blocking))];
    let (world, steps) = play(&run_of(with_sequence(&["hello", "slow"]), &acts), ms(30_000));
    assert_eq!(endings(&steps), [(1, SequenceEnding::ComponentNotFound)]);
    assert_eq!(of(&world, "chain")[0].record.unwrap().status, Status::ApplicationError);
}

#[test]
fn a_component_without_an_invoker_fails_its_sequence_which_has_a_record_all_the_same() {
    // The throttles let it through, and no invoker is up yet.
    let (world, steps) = play(&run_of(with_sequence(&["hello"]), &[(1, invoke("chain", Wait::Blocking))]), ms(10_000));
    assert_eq!(endings(&steps), [(0, SequenceEnding::ComponentFailed)]);
    let record = stored(&world, StoreKind::CouchDb, of(&world, "chain")[0]).unwrap();
    assert_eq!(record.status, Status::WhiskInternalError);
    assert!(record.log_lines(world.library()).is_empty());
    assert_eq!(statuses(&world), [500]);
}

#[test]
fn a_component_is_waited_for_a_minute_longer_than_it_may_run() {
    let mut configuration = with_sequence(&["hello", "slow"]);
    configuration.actions[0].behaviour.message_unparsable = true;
    let (world, steps) = play(&run_of(configuration, &[(10_000, invoke("chain", Wait::Blocking))]), ms(200_000));
    assert_eq!(endings(&steps), [(1, SequenceEnding::ComponentTimedOut)]);
    let record = of(&world, "chain")[0].record.unwrap();
    assert!((120_000..120_100).contains(&record.end_less_start_ms()), "{}", record.end_less_start_ms());
    // The client had its id after a minute; the component is in the logs, though it has no record.
    assert_eq!(statuses(&world), [202]);
    assert_eq!(record.log_lines(world.library()), [of(&world, "hello")[0].id.to_string()]);
}

#[test]
fn a_sequence_counts_once_in_its_minute_whatever_it_runs() {
    let configuration = Configuration { invocations_per_minute: Limit::At(1), ..with_sequence(&["hello", "hello", "hello"]) };
    let (world, _) =
        play(&run_of(configuration, &[(10_000, invoke("chain", Wait::Blocking)), (11_000, invoke("hello", Wait::Blocking))]), ms(40_000));
    assert_eq!(statuses(&world), [200, 429]);
    assert_eq!(of(&world, "hello").len(), 3);
}

// ---- Triggers ----

fn with_trigger(rules: &[(&str, &str, bool)]) -> Configuration {
    let rule =
        |(name, action, active): &(&str, &str, bool)| Rule { name: (*name).to_owned(), action: (*action).to_owned(), active: *active };
    let trigger = Trigger { namespace: "guest".to_owned(), name: "tick".to_owned(), rules: rules.iter().map(rule).collect() };
    Configuration { triggers: vec![trigger], ..Configuration::default() }
}

#[test]
fn a_trigger_is_answered_at_once_and_recorded_after_its_rules_have_answered() {
    for store in StoreKind::ALL {
        let rules = [("every", "hello", true), ("never", "slow", false), ("also", "slow", true)];
        let configuration = Configuration { store, ..with_trigger(&rules) };
        let (world, steps) = play(&run_of(configuration, &[(10_000, fire("tick"))]), ms(40_000));
        let (tick, hello, slow) = (of(&world, "tick")[0], of(&world, "hello")[0], of(&world, "slow")[0]);
        let record = stored(&world, store, tick).unwrap();
        let lines: Vec<serde_json::Value> =
            record.log_lines(world.library()).iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines[0]["activationId"], hello.id.to_string());
        assert_eq!(lines[2]["activationId"], slow.id.to_string());
        assert_eq!(lines[1]["error"], "Rule 'guest/never' is inactive, action 'guest/slow' was not activated.");
        assert_eq!((record.end_ms, record.status), (0, Status::Success));
        assert_eq!(statuses(&world), [202]);
        // What a rule invokes is a request of its own: no cause.
        assert_eq!(world.library().cause(&stored(&world, store, hello).unwrap()), None);
        let kinds = about(&steps, number(&world, tick));
        let place = |wanted: fn(&StepKind) -> bool| kinds.iter().position(wanted).unwrap();
        let answered = place(|kind| matches!(kind, StepKind::AnswerSent { status: 202, .. }));
        let recorded = place(|kind| matches!(kind, StepKind::TriggerRecorded { .. }));
        let rule = place(|kind| matches!(kind, StepKind::RuleAnswered { .. }));
        assert!(answered < rule && rule < recorded);
        assert!(matches!(kinds[recorded + 1], StepKind::RecordQueued { writer: Process::Controller(_), .. }));
    }
}

#[test]
fn a_trigger_without_an_active_rule_is_answered_204_and_makes_nothing() {
    let (world, steps) = play(&run_of(with_trigger(&[("never", "hello", false)]), &[(10_000, fire("tick"))]), ms(20_000));
    assert_eq!(statuses(&world), [204]);
    assert!(of(&world, "tick").is_empty() && of(&world, "hello").is_empty());
    assert!(steps.iter().any(|step| matches!(step.kind, StepKind::TriggerWithoutRule { .. }) && step.kind.rank() == Rank::Story));
}

#[test]
fn a_rule_whose_action_is_refused_has_the_error_in_the_triggers_record() {
    let limited = Configuration { invocations_per_minute: Limit::At(1), ..with_trigger(&[("a", "hello", true), ("b", "slow", true)]) };
    let (world, _) = play(&run_of(limited, &[(10_000, fire("tick"))]), ms(30_000));
    let record = stored(&world, StoreKind::CouchDb, of(&world, "tick")[0]).unwrap();
    let lines = record.log_lines(world.library()).join("\n");
    assert!(lines.contains("Too many requests in the last minute (count: 2, allowed: 1)."), "{lines}");
    assert_eq!(lines.matches("\"statusCode\":1").count(), 1);
    // An error of the server's counts as OpenWhisk's own.
    let (world, _) = play(&run_of(with_trigger(&[("a", "hello", true)]), &[(1, fire("tick"))]), ms(10_000));
    let lines = of(&world, "tick")[0].record.unwrap().log_lines(world.library()).join("\n");
    assert!(lines.contains("\"statusCode\":3"), "{lines}");
}

#[test]
fn triggers_have_a_limit_of_their_own() {
    let configuration = Configuration { fires_per_minute: Limit::At(1), ..with_trigger(&[("a", "hello", true)]) };
    let (world, _) = play(&run_of(configuration, &[(10_000, fire("tick")), (11_000, fire("tick"))]), ms(20_000));
    assert_eq!(statuses(&world), [202, 429]);
    assert!(matches!(
        world.exchanges().last().unwrap().answer,
        Some(Answer::Failed { failure: Failure::TooManyRequests { count: 2, allowed: 1 }, .. })
    ));
}

#[test]
fn a_trigger_may_invoke_a_sequence_which_is_topmost() {
    let mut configuration = with_trigger(&[("a", "chain", true)]);
    configuration.actions.push(Action::sequence("guest", "chain", &["hello"]));
    let (world, _) = play(&run_of(configuration, &[(10_000, fire("tick"))]), ms(30_000));
    let chain = of(&world, "chain")[0];
    assert_eq!((chain.origin, chain.phase), (Origin::Sequence { topmost: true }, Phase::Written));
}

// ---- Packages, bindings, several namespaces ----

fn with_packages(store: StoreKind) -> Configuration {
    let mut configuration = Configuration { store, ..Configuration::default() };
    configuration.namespaces.push(Namespace::new("team"));
    let hello = configuration.actions[0].clone();
    configuration.actions.push(Action { namespace: "team".to_owned(), package: "tools".to_owned(), ..hello.clone() });
    configuration.actions.push(Action { package: "mine".to_owned(), ..hello });
    let [namespace, name, provider, package] = ["guest", "bound", "team", "tools"].map(str::to_owned);
    configuration.bindings.push(PackageBinding { namespace, name, provider, package });
    configuration
}

#[test]
fn a_list_by_name_finds_an_action_by_its_package_or_its_binding() {
    let invoked = |namespace: &str, action: &str| Act::Invoke {
        namespace: namespace.to_owned(),
        action: action.to_owned(),
        wait: Wait::NonBlocking,
        count: 1,
        gap_us: 0,
        extra_logging: false,
        timeout_ms: None,
    };
    let list = |name: &str| Act::list(Some(name.to_owned()), 30, 0);
    let acts = [
        (10_000, invoked("guest", "hello")),
        (10_100, invoked("guest", "mine/hello")),
        (10_200, invoked("guest", "bound/hello")),
        (10_300, invoked("team", "tools/hello")),
        (20_000, list("hello")),
        (21_000, list("hello")),
        (21_100, list("mine/hello")),
        (21_200, list("bound/hello")),
        (21_300, list("tools/hello")),
    ];
    let found = |store| -> (World, Vec<Vec<usize>>) {
        let (world, _) = play(&run_of(with_packages(store), &acts), ms(30_000));
        let made: Vec<_> = of(&world, "hello").iter().map(|it| it.id).collect();
        let rows = world.exchanges().skip(5).map(|exchange| {
            let Some(Answer::Rows(rows)) = &exchange.answer else { panic!("no rows") };
            rows.iter().map(|row| made.iter().position(|id| *id == row.record.id).unwrap()).collect()
        });
        let rows = rows.collect();
        (world, rows)
    };
    let (world, rows) = found(StoreKind::CouchDb);
    assert_eq!(rows, [vec![0], vec![1], vec![2], vec![3]]);
    let bound = of(&world, "hello")[2];
    // The record is of whoever invoked, whose binding it was.
    assert_eq!(world.catalogue().namespace(bound.namespace), "guest");
    let written = rest(&bound.record.unwrap(), world.library());
    let annotation =
        |key: &str| written["annotations"].as_array().unwrap().iter().find(|it| it["key"] == key).map(|it| it["value"].clone());
    assert_eq!([annotation("path"), annotation("binding")], [Some("team/tools/hello".into()), Some("guest/bound".into())]);
    // The search looks for the user's namespace and the name as one phrase, and so misses what another namespace's path has.
    let (_, rows) = found(StoreKind::Elasticsearch);
    assert_eq!(rows, [vec![0], vec![1], vec![2], vec![]]);
}

#[test]
fn a_get_of_another_namespaces_record_is_a_404() {
    let mut run = run_of(with_packages(StoreKind::CouchDb), &[(10_000, invoke("hello", Wait::NonBlocking))]);
    let made = Act::Get(Target::Made { command: run.commands[0].id, member: 0 });
    for namespace in ["guest", "team"] {
        let command = whiskscope::cluster::Command::new(ms(20_000), namespace, made.clone(), &run.commands);
        run.commands.push(command);
    }
    let (world, _) = play(&run, ms(30_000));
    assert_eq!(statuses(&world), [202, 200, 404]);
}

//! Every row of the evidence table is cited by something that the page can show, and every kind of step can happen.
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
use whiskscope::activation::{Action, ActivationId, Limits, Namespace, Rule, SpanRange, Trigger};
use whiskscope::cluster::evidence::{self, EVIDENCE};
use whiskscope::cluster::place::{ControllerId, InvokerId, Node, Process, StoreKind};
use whiskscope::cluster::step::StepKind;
use whiskscope::cluster::store::Effects;
use whiskscope::cluster::{
    Act, Collection, Command, Configuration, Content, EntityAct, Exec, FaultEffect, Limit, ListForm, ListMore, Poll, Program, StoreLevel,
    StoreOverride, Target, Wait, pair,
};
use whiskscope::inspection::keys;
use whiskscope::lesson::Lesson;
use whiskscope::locale::glossary::GLOSSARY;
use whiskscope::locale::simplifications::SIMPLIFICATIONS;
use whiskscope::recording::Run;

/// Runs that between them come to every kind of step, each with how long it is played, in seconds.
fn runs() -> Vec<(Run, u64)> {
    let by_name = Act::list(Some("hello".to_owned()), 30, 0);
    let reads = [Act::Get(Target::Last), Act::Result(Target::Last), Act::Logs(Target::Last)];
    let mut everyday = vec![
        (100, invoke("hello", Wait::NonBlocking)),
        (9_000, list()),
        (9_500, Act::Get(Target::Id(ActivationId(7)))),
        (10_000, burst("hello", Wait::NonBlocking, 4, 0)),
        (11_000, invoke("hello", Wait::Blocking)),
        (12_000, invoke("refuse", Wait::Result)),
        (13_000, invoke("broken", Wait::Blocking)),
        (14_000, invoke("report", Wait::Blocking)),
        (50_000, by_name.clone()),
        (51_000, list()),
        (52_000, by_name),
        (53_000, invoke("hello", Wait::NonBlocking)),
        (54_000, Act::Get(Target::Id(ActivationId(7)))),
    ];
    everyday.extend((60_000..).step_by(2_000).zip(reads));
    let mut lossy = Configuration::default();
    lossy.actions[0].behaviour.log_collection_fails = true;
    lossy.actions[1].limits.timeout_ms = 1_000;
    lossy.actions[2].limits = Limits { logs_mb: 0, ..Limits::default() };
    let odd = StoreOverride { process: Process::Controller(ControllerId(0)), store: StoreKind::Elasticsearch };
    let limited = |per_minute, concurrent| Configuration {
        invocations_per_minute: per_minute,
        invocations_concurrent: concurrent,
        ..unlimited(1, 1, 2_048)
    };
    let mut narrow = unlimited(1, 1, 256);
    narrow.prewarm.clear();
    narrow.actions[1].behaviour.run = SpanRange::millis(50_000, 50_000);
    let mut tight = unlimited(1, 2, 512);
    tight.prewarm.clear();
    let mut stalled = Configuration { batches_in_flight_max: 1, ..unlimited(1, 1, 8_192) };
    stalled.model.couchdb_write = SpanRange::millis(2_000, 2_000);
    stalled.model.elasticsearch_write = SpanRange::millis(2_000, 2_000);
    let mut faint = unlimited(1, 1, 2_048);
    faint.model.kafka_produce = SpanRange::millis(1, 40_000);
    let several = [(10_000, burst("hello", Wait::NonBlocking, 9, 1_000)), (16_000, burst("refuse", Wait::NonBlocking, 9, 1_000))];
    let mut gated =
        Configuration { store_blocking_result_level: StoreLevel::StoreFailures, disable_store_result: true, ..Configuration::default() };
    gated.namespaces.push(Namespace { store_activations: false, ..Namespace::new("team") });
    give_hello(&mut gated, "team");
    let unknown = Act::Logs(Target::Id(ActivationId(7)));
    let mut gates = run_of(gated, &[(10_000, invoke("hello", Wait::Blocking)), (20_000, unknown)]);
    gates.commands.push(Command::new(ms(30_000), "team", in_namespace(invoke("hello", Wait::NonBlocking), "team"), &[]));
    let processes = [Process::Controller(ControllerId(0)), Process::Invoker(InvokerId(0))];
    let nothing = processes.map(|process| StoreOverride { process, store: StoreKind::Noop });
    let noop = Configuration { store_overrides: nothing.into(), ..Configuration::default() };
    let mut runs = writers();
    // An invoker dies with activations in each stage, and a controller with a client that waits and one that comes.
    let crash = |node| Act::Crash { node };
    let start = |node, store| Act::Start { node, store };
    let invoker = Node::Invoker(InvokerId(0));
    let mut crowded = unlimited(1, 1, 1_024);
    crowded.model.log_collection = SpanRange::millis(900, 1_000);
    crowded.model.couchdb_write = SpanRange::millis(2_000, 2_000);
    crowded.model.elasticsearch_write = SpanRange::millis(2_000, 2_000);
    crowded.batches_in_flight_max = 1;
    let controller = Node::Controller(ControllerId(0));
    let dying = run_of(
        crowded,
        &[
            (20_000, burst("hello", Wait::NonBlocking, 30, 50_000)),
            (22_000, crash(invoker)),
            (23_000, start(Some(invoker), Some(StoreKind::Noop))),
            (40_000, invoke("slow", Wait::Blocking)),
            (41_000, crash(controller)),
            (42_000, list()),
            (43_000, start(Some(controller), None)),
        ],
    );
    runs.extend([
        (dying, 90),
        (gates, 60),
        (
            run_of(
                noop,
                &[(10_000, burst("hello", Wait::Blocking, 2, 0)), (20_000, list()), (21_000, Act::Get(Target::Id(ActivationId(7))))],
            ),
            60,
        ),
        (run_of(unlimited(1, 2, 2_048), &everyday), 900),
        (run_of(lossy, &["hello", "slow", "refuse"].map(|action| (10_000, invoke(action, Wait::Blocking)))), 30),
        (
            run_of(Configuration { store_overrides: vec![odd], ..Configuration::default() }, &[(10_000, invoke("report", Wait::Blocking))]),
            90,
        ),
        (run_of(limited(Limit::At(1), Limit::None), &several), 30),
        (run_of(limited(Limit::None, Limit::At(1)), &several), 30),
        (run_of(narrow, &[(10_000, burst("slow", Wait::NonBlocking, 9, 0))]), 1_500),
        (run_of(tight, &several), 60),
        (run_of(stalled, &several), 60),
        (run_of(faint, &[]), 600),
    ]);
    runs
}

/// Runs of sequences and triggers, and runs that never reach a container.
fn writers() -> Vec<(Run, u64)> {
    let guest = || "guest".to_owned();
    let delete = |action: &str| Act::DeleteAction { namespace: guest(), action: action.to_owned() };
    let fire = |trigger: &str| Act::FireTrigger { namespace: guest(), trigger: trigger.to_owned() };
    let rule = |action: &str, active| Rule { name: action.to_owned(), action: action.to_owned(), active };
    let trigger = |name: &str, rules| Trigger { namespace: guest(), name: name.to_owned(), rules };
    let mut entities = unlimited(1, 2, 2_048);
    for (name, components) in [("both", &["hello", "slow"]), ("fails", &["refuse", "hello"]), ("lost", &["broken", "hello"])] {
        entities.actions.push(Action::sequence("guest", name, components));
    }
    entities.triggers = vec![trigger("tick", vec![rule("hello", true), rule("report", true)]), trigger("idle", vec![rule("hello", false)])];
    entities.fires_per_minute = Limit::At(3);
    entities.actions[3].behaviour.message_unparsable = true;
    entities.actions[4].behaviour.container_fails = true;
    entities.prewarm.clear();
    entities.model.kafka_produce = SpanRange::millis(100, 100);
    let large = Act::InvokeTooLarge { namespace: guest(), action: "hello".to_owned(), wait: Wait::Blocking, payload_bytes: 2_000_000 };
    let acts = [
        (1, invoke("both", Wait::Blocking)),
        (10_000, invoke("both", Wait::Blocking)),
        (20_000, invoke("fails", Wait::NonBlocking)),
        (21_000, invoke("lost", Wait::NonBlocking)),
        (22_000, large),
        (23_000, invoke("report", Wait::Blocking)),
        (24_000, burst("report", Wait::NonBlocking, 9, 0)),
        (60_000, fire("tick")),
        (61_000, fire("idle")),
        (400_000, invoke("hello", Wait::Blocking)),
        (400_050, delete("hello")),
        (401_000, invoke("hello", Wait::Blocking)),
        (402_000, fire("tick")),
        (403_000, invoke("both", Wait::Blocking)),
        (404_000, fire("tick")),
        (404_001, fire("tick")),
        (404_002, fire("tick")),
        (404_003, fire("tick")),
    ];
    let mut short = Configuration { sequence_length_max: 1, ..entities.clone() };
    short.namespaces[1].blacklisted = true;
    let refused = run_of(short, &[(10_000, invoke("both", Wait::Blocking))]);
    vec![(run_of(entities, &acts), 600), (refused, 30)]
}

/// Every step of those runs, in both stores' worlds.
fn steps_that_happen() -> Vec<StepKind> {
    let mut kinds = Vec::new();
    for (run, seconds) in runs() {
        for seed in 0..4 {
            // Where processes are bound differently, they stay so.
            let stores = if run.configuration.common_store().is_some() { &StoreKind::ALL[..] } else { &[StoreKind::CouchDb] };
            for store in stores {
                let bound = if stores.len() > 1 { run.bound_to(*store) } else { run.clone() };
                kinds.extend(play(&Run { seed, ..bound }, ms(seconds * 1_000)).1.into_iter().map(|step| step.kind));
            }
        }
    }
    kinds.extend(a_taken_key());
    kinds.extend(asked());
    kinds.extend(entities());
    kinds.extend(what_fails());
    kinds
}

/// A run in which a client asks both stores itself, one of which is down at last.
fn asked() -> Vec<StepKind> {
    let curl = |line: &str| whiskscope::shell::parse(line, "guest", &|_| None).unwrap();
    let acts = [
        (20_000, curl("curl http://couchdb:5984/")),
        (20_001, curl("curl http://elasticsearch:9200/")),
        (21_000, Act::Crash { node: Node::Store(StoreKind::CouchDb) }),
        (22_000, curl("curl http://couchdb:5984/")),
        (23_000, curl("curl http://openwhisk:3233/api/v1")),
        (25_000, Act::Program(Box::new(Program::Poll(Poll::default())))),
    ];
    let mut run = run_of(Configuration::default(), &acts);
    let poll = run.commands[5].id;
    run.commands.push(Command::new(ms(28_000), "guest", Act::Interrupt { command: poll }, &run.commands));
    play(&run, ms(30_000)).1.into_iter().map(|step| step.kind).collect()
}

/// A run in which entities come and go, in both stores' worlds.
fn entities() -> Vec<StepKind> {
    let put = |collection, name: &str, overwrite, content: Content| {
        let (namespace, name, content) = ("guest".to_owned(), name.to_owned(), Box::new(content));
        Act::Entity(EntityAct::Put { collection, namespace, name, overwrite, content })
    };
    let exec = Some(Exec { kind: "nodejs:20".to_owned(), code: Some(String::new()), ..Exec::default() });
    let action = || Content { exec: exec.clone(), ..Content::default() };
    let text = |text: &str| Some(text.to_owned());
    let rule = Content { trigger: text("/guest/t"), action: text("/guest/a"), ..Content::default() };
    let (guest, other) = (|| "guest".to_owned(), || "whisk.system".to_owned());
    let list = |namespace| EntityAct::List { collection: Collection::Actions, namespace, package: None, limit: 0, skip: 0, count: false };
    let get = |name: &str| EntityAct::Get { collection: Collection::Actions, namespace: guest(), name: name.to_owned(), code: true };
    let too_long = Content { parameters: Some(vec![pair("p", "x".repeat(1_100_000).into())]), ..action() };
    let more = ListMore { form: ListForm::Count, ..ListMore::default() };
    let acts = [
        put(Collection::Packages, "p", false, Content::default()),
        put(Collection::Actions, "a", false, action()),
        put(Collection::Actions, "a", false, action()),
        put(Collection::Actions, "a", true, action()),
        put(Collection::Actions, "b", false, Content::default()),
        put(Collection::Actions, "c", false, too_long),
        put(Collection::Triggers, "t", false, Content::default()),
        put(Collection::Rules, "r", false, rule),
        Act::Entity(EntityAct::SetRule { namespace: guest(), name: "r".to_owned(), active: false }),
        Act::Entity(EntityAct::SetRule { namespace: guest(), name: "r".to_owned(), active: true }),
        Act::Entity(EntityAct::Namespaces),
        Act::Entity(list(guest())),
        Act::Entity(list(other())),
        Act::Entity(get("a")),
        Act::Entity(get("nobody")),
        Act::Entity(EntityAct::Delete { collection: Collection::Rules, namespace: guest(), name: "r".to_owned(), force: false }),
        invoke("a", Wait::Blocking),
        Act::List { name: None, limit: 30, skip: 0, more },
    ];
    let timed: Vec<(u64, Act)> = (10_000..).step_by(1_000).zip(acts).collect();
    let run = |store| run_of(bound_to(store), &timed);
    StoreKind::ALL.into_iter().flat_map(|store| play(&run(store), ms(60_000)).1).map(|step| step.kind).collect()
}

/// Runs in which links break, services stop and data are deleted.
fn what_fails() -> Vec<StepKind> {
    use FaultEffect::{Answer, Delay, DropAnswer, DropRequest, QueueFull, Refuse, RefuseItem};
    let (client, controller, kafka) = (Node::Client, Node::Controller(ControllerId(0)), Node::Kafka);
    let any: Option<Node> = None;
    let mut kinds = Vec::new();
    let mut add = |configuration: Configuration, acts: &[(u64, Act)]| {
        kinds.extend(play(&run_of(configuration, acts), ms(300_000)).1.into_iter().map(|step| step.kind));
    };
    for (from, to, effect) in [
        (Some(client), Some(controller), Refuse),
        (Some(client), Some(controller), DropRequest),
        (Some(controller), Some(kafka), Refuse),
        (Some(controller), Some(kafka), DropRequest),
        (Some(kafka), any, Delay { ms: 9 }),
        (any, any, Answer { status: 503 }),
    ] {
        let acts = [(9_000, breaks(from, to, effect)), (10_000, invoke("slow", Wait::Blocking)), (50_000, Act::Mend { fault: None })];
        add(Configuration::default(), &acts);
    }
    add(Configuration::default(), &[(10_000, invoke("slow", Wait::Blocking)), (11_000, breaks(any, kafka, Refuse))]);
    for store in StoreKind::ALL {
        let to = Node::Store(store);
        let made = run_of(bound_to(store), &[(10_000, invoke("hello", Wait::NonBlocking))]);
        for effect in [Refuse, DropAnswer, Answer { status: 503 }, RefuseItem] {
            let acts = [
                (9_000, breaks(any, to, effect)),
                (10_000, invoke("hello", Wait::NonBlocking)),
                (11_000, list()),
                (12_000, get_made(&made.commands, 0)),
                (13_000, invoke("slow", Wait::Blocking)),
            ];
            let mut configuration = bound_to(store);
            configuration.actions[1].behaviour.run = SpanRange::millis(20_000, 20_000);
            add(configuration, &acts);
        }
        add(bound_to(store), &[(10_000, invoke("hello", Wait::NonBlocking)), (20_000, Act::DropData { store }), (30_000, list())]);
        // The first try is so late that the others are over, and finds the store down.
        let acts = [
            (8_000, breaks_times(any, to, Delay { ms: 100_000 }, 1)),
            (9_000, breaks(any, to, Refuse)),
            (10_000, invoke("hello", Wait::NonBlocking)),
            (80_000, Act::Crash { node: to }),
        ];
        add(Configuration { couchdb_timeout_ms: 20_000, elasticsearch_timeout_ms: 20_000, ..bound_to(store) }, &acts);
    }
    let acts = [(9_000, breaks(any, Node::Store(StoreKind::CouchDb), QueueFull)), (10_000, invoke("hello", Wait::NonBlocking))];
    add(Configuration::default(), &acts);
    for node in [kafka, Node::Store(StoreKind::CouchDb), Node::Store(StoreKind::Elasticsearch)] {
        // The second action is in no cache yet, and five minutes later nothing is.
        let acts = [
            (10_000, invoke("hello", Wait::NonBlocking)),
            (13_000, invoke("hello", Wait::NonBlocking)),
            (14_000, invoke("slow", Wait::NonBlocking)),
            (390_000, list()),
        ];
        let run = run_of(Configuration::default(), &acts);
        let (_, steps) = play_with_outages(&run, ms(420_000), &[(12_000, node, true), (400_000, node, false)]);
        kinds.extend(steps.into_iter().map(|step| step.kind));
        // The health tests' action is read each time.
        kinds.extend(play_with_outages(&run, ms(10_000), &[(1_000, node, true)]).1.into_iter().map(|step| step.kind));
    }
    kinds
}

/// Ids are drawn, so no run writes a key twice. The store answers for it all the same.
fn a_taken_key() -> Vec<StepKind> {
    let (world, _) = play(&run_of(Configuration::default(), &[(10_000, invoke("hello", Wait::NonBlocking))]), ms(20_000));
    let written: Vec<_> =
        world.stores().couchdb.documents().written_from(0).map(|document| (document.record, document.activation)).collect();
    let mut stores = world.stores().clone();
    let mut effects = Effects::default();
    stores.of_mut(StoreKind::CouchDb).write(&world.setting(), &written, ms(20_000), &mut effects);
    assert_eq!(stores.couchdb.documents().len(), written.len(), "what is there stays as it is");
    effects.steps.into_iter().map(|(_, kind)| kind).collect()
}

fn by_lessons() -> BTreeSet<&'static str> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
    let mut cited = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let lesson = Lesson::from_json(&path.display().to_string(), &std::fs::read_to_string(&path).unwrap()).unwrap();
        let options = lesson.beats.iter().filter_map(|beat| beat.question.as_ref()).flat_map(|question| &question.options);
        cited.extend(options.flat_map(|option| &option.evidence).map(|row| row.id));
        cited.extend(lesson.beats.iter().flat_map(|beat| &beat.evidence).map(|row| row.id));
    }
    cited
}

fn by_keys() -> BTreeSet<&'static str> {
    let configuration = Configuration::default();
    let stores = StoreKind::ALL.map(Node::Store);
    let nodes = [Node::Client, Node::Kafka, Node::Controller(ControllerId(0)), Node::Invoker(InvokerId(0))];
    let shown = nodes.into_iter().chain(stores).flat_map(|node| keys::of(&configuration, node));
    shown.filter_map(|(key, _)| keys::evidence(key)).collect()
}

#[test]
fn no_row_is_unused() {
    let mut used: BTreeSet<&str> = steps_that_happen().iter().map(|kind| evidence::of(kind).id).collect();
    used.extend(by_lessons());
    used.extend(by_keys());
    used.extend(GLOSSARY.iter().chain(&SIMPLIFICATIONS).flat_map(|entry| entry.evidence));
    let table: BTreeSet<&str> = EVIDENCE.iter().map(|row| row.id).collect();
    let unused: Vec<_> = table.difference(&used).collect();
    let unknown: Vec<_> = used.difference(&table).collect();
    assert!(unused.is_empty() && unknown.is_empty(), "used by nothing: {unused:?}; not in the table: {unknown:?}");
}

/// A kind of step that no run comes to would have its words and its row for nothing.
#[test]
fn every_kind_of_step_happens() {
    let tag = |kind: &StepKind| serde_json::to_value(kind).unwrap()["kind"].as_str().unwrap().to_owned();
    let happened: BTreeSet<String> = steps_that_happen().iter().map(tag).collect();
    // The declaration of the kinds, from the source: one a line, its name up to the brace.
    let source = include_str!("../src/cluster/step/kind.rs");
    let body = source.split("pub enum StepKind {").nth(1).unwrap().split("\n}\n").next().unwrap();
    let declared = body.lines().map(str::trim).filter(|line| line.starts_with(char::is_uppercase));
    let name = |line: &str| -> String {
        let camel = line.split([' ', '{', ',']).next().unwrap();
        let snake: String = camel
            .chars()
            .flat_map(|letter| if letter.is_uppercase() { vec!['_', letter.to_ascii_lowercase()] } else { vec![letter] })
            .collect();
        snake.trim_start_matches('_').to_owned()
    };
    let declared: BTreeSet<String> = declared.map(name).collect();
    assert!(declared.len() > 50, "{declared:?}");
    assert_eq!(declared.difference(&happened).collect::<Vec<_>>(), Vec::<&String>::new());
}

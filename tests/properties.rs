//! What holds whatever happens: random clusters, random commands of every kind, random faults, crashes and restarts.
//!
//! Each property is a test of its own over the same runs; those about steps are checked after every event.
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

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use std::collections::{BTreeMap, BTreeSet};
use support::*;
use whiskscope::activation::{Action, Namespace, Record, SpanRange, Trigger};
use whiskscope::cluster::place::{ActivationIx, ControllerId, InvokerId, Node, Process, StoreKind, Topic};
use whiskscope::cluster::step::{Rank, RemovalReason, Step, StepKind, Whereabouts};
use whiskscope::cluster::store::Visibility;
use whiskscope::cluster::{
    Act, Collection, Command, CommandId, Configuration, EntityAct, FaultEffect, Phase, Poll, Program, Rule, StepLog, StoreLevel,
    StoreOverride, Wait, World,
};
use whiskscope::operator::{Because, Reason, why};
use whiskscope::recording::{Run, Tape, digest};
use whiskscope::time::Instant;

const CONTROLLERS: u8 = 2;
const INVOKERS: u8 = 2;
/// Everything is mended and started again by then.
const MENDED: u64 = 60_000;
/// Time enough after that for every time-out, retry and forced completion.
const END: u64 = 600_000;
/// Those who invoke: one whose records are stored, one whose are not, one on the blacklist.
const NAMESPACES: [&str; 3] = ["guest", "quiet", "banned"];
const ACTIONS: [&str; 8] = ["hello", "slow", "refuse", "broken", "pair", "nest", "fragile", "garbled"];

fn process() -> impl Strategy<Value = Node> {
    prop_oneof![(0..CONTROLLERS).prop_map(|n| Node::Controller(ControllerId(n))), (0..INVOKERS).prop_map(|n| Node::Invoker(InvokerId(n))),]
}

fn real_store() -> impl Strategy<Value = StoreKind> {
    prop_oneof![Just(StoreKind::CouchDb), Just(StoreKind::Elasticsearch)]
}

fn any_store() -> impl Strategy<Value = StoreKind> {
    prop_oneof![4 => real_store(), 1 => Just(StoreKind::Noop)]
}

/// Whatever can die.
fn node() -> impl Strategy<Value = Node> {
    prop_oneof![3 => process(), 1 => Just(Node::Kafka), 2 => real_store().prop_map(Node::Store)]
}

fn effect() -> impl Strategy<Value = FaultEffect> {
    prop_oneof![
        (1_u32..60_000).prop_map(|ms| FaultEffect::Delay { ms }),
        Just(FaultEffect::DropRequest),
        Just(FaultEffect::DropAnswer),
        Just(FaultEffect::Refuse),
        (400_u16..600).prop_map(|status| FaultEffect::Answer { status }),
        Just(FaultEffect::QueueFull),
        Just(FaultEffect::RefuseItem),
    ]
}

fn breaking() -> impl Strategy<Value = Act> {
    let end = || weighted(0.6, prop_oneof![1 => Just(Node::Client), 3 => node()]);
    (end(), end(), effect(), weighted(0.5, 1_u32..5))
        .prop_map(|(from, to, effect, times)| Act::Break { rule: Rule { from, to, effect, times } })
}

/// What a client asks a store itself.
fn ask() -> impl Strategy<Value = Act> {
    let line = prop_oneof![
        Just("curl -u whisk_admin:some_passw0rd couchdb:5984/whisk_local_activations/_design/whisks.v2.1.0/_view/activations"),
        Just("curl -u whisk_admin:some_passw0rd couchdb:5984/whisk_local_activations/_all_docs"),
        Just("curl elasticsearch:9200/_search"),
        Just("curl -X PUT -H Content-Type:application/json -d {} elasticsearch:9200/notes/_doc/1"),
    ];
    line.prop_map(|line| whiskscope::shell::parse(line, "guest", &|_| None).unwrap())
}

/// A command line of several requests.
fn program() -> impl Strategy<Value = Program> {
    let polls = (weighted(0.5, 0_u32..100), prop_oneof![Just(0_u32), 1_u32..100], weighted(0.3, Just("hello".to_owned())));
    let copies = |action: &str| {
        let (namespace, name, content) = ("guest".to_owned(), "copied".to_owned(), Box::default());
        let put = EntityAct::Put { collection: Collection::Actions, namespace: namespace.clone(), name, overwrite: true, content };
        Program::Copy { namespace, action: action.to_owned(), put }
    };
    prop_oneof![
        3 => polls.prop_map(|(since_s, exit_s, name)| Program::Poll(Poll { name, since_s, exit_s })),
        1 => Just(Program::Namespace),
        1 => prop_oneof![Just("hello"), Just("nobody")].prop_map(copies),
        1 => ask().prop_map(|ask| Program::Series(vec![list(), ask.clone(), list(), ask])),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let wait = || prop_oneof![Just(Wait::NonBlocking), Just(Wait::Blocking), Just(Wait::Result)];
    let invoke = (0..ACTIONS.len(), wait(), 1_u32..5, any::<bool>()).prop_map(|(action, wait, count, extra_logging)| Act::Invoke {
        namespace: "guest".to_owned(),
        action: ACTIONS[action].to_owned(),
        wait,
        count,
        gap_us: 20_000,
        extra_logging,
        timeout_ms: None,
    });
    let fire = prop_oneof![Just("tick"), Just("idle")];
    prop_oneof![
        8 => invoke,
        2 => fire.prop_map(|trigger| Act::FireTrigger { namespace: "guest".to_owned(), trigger: trigger.to_owned() }),
        1 => Just(Act::DeleteAction { namespace: "guest".to_owned(), action: "refuse".to_owned() }),
        1 => wait().prop_map(|wait| Act::InvokeTooLarge { namespace: "guest".into(), action: "hello".into(), wait, payload_bytes: 2_000_000 }),
        1 => Just(list()),
        1 => Just(Act::Get(whiskscope::cluster::Target::Last)),
        2 => ask(),
        2 => program().prop_map(|program| Act::Program(Box::new(program))),
        // Of the command of this number, counted back.
        2 => (0_u64..4).prop_map(|back| Act::Interrupt { command: CommandId(back) }),
        4 => breaking(),
        1 => Just(Act::Mend { fault: None }),
        1 => real_store().prop_map(|store| Act::DropData { store }),
        3 => node().prop_map(|node| Act::Crash { node }),
        2 => (process(), weighted(0.5, any_store())).prop_map(|(node, store)| Act::Start { node: Some(node), store }),
        1 => weighted(0.5, any_store()).prop_map(|store| Act::Start { node: None, store }),
    ]
}

fn configuration() -> impl Strategy<Value = Configuration> {
    let level = || prop_oneof![3 => Just(StoreLevel::StoreAlways), 1 => Just(StoreLevel::StoreFailures)];
    let bound = vec(weighted(0.3, any_store()), usize::from(CONTROLLERS + INVOKERS));
    (any_store(), bound, level(), level(), 1_u32..4).prop_map(|(store, bound, blocking, other, in_flight)| {
        let mut it = Configuration {
            store,
            store_blocking_result_level: blocking,
            store_non_blocking_result_level: other,
            batches_in_flight_max: in_flight,
            // Shorter than they are, so that more happens in a run.
            couchdb_timeout_ms: 10_000,
            elasticsearch_timeout_ms: 5_000,
            kafka_request_timeout_ms: 7_000,
            ..unlimited(CONTROLLERS, INVOKERS, 1_024)
        };
        // Longer than they are, for processes to die in between.
        it.model.log_collection = SpanRange::millis(500, 3_000);
        it.model.couchdb_write = SpanRange::millis(200, 4_000);
        it.model.elasticsearch_write = SpanRange::millis(200, 4_000);
        let processes: Vec<Process> = it.processes().collect();
        let overrides = processes.into_iter().zip(bound).filter_map(|(process, store)| Some(StoreOverride { process, store: store? }));
        it.store_overrides = overrides.collect();
        it.namespaces.push(Namespace { store_activations: false, ..Namespace::new("quiet") });
        it.namespaces.push(Namespace { blacklisted: true, ..Namespace::new("banned") });
        let hello = it.actions.iter().find(|action| action.name == "hello").unwrap().behaviour.clone();
        let mut fragile = Action::new("guest", "fragile", hello.clone());
        fragile.behaviour.container_fails = true;
        let mut garbled = Action::new("guest", "garbled", hello);
        garbled.behaviour.message_unparsable = true;
        it.actions.extend([fragile, garbled]);
        it.actions.push(Action::sequence("guest", "pair", &["hello", "slow"]));
        it.actions.push(Action::sequence("guest", "nest", &["pair", "refuse", "hello"]));
        // Each has them all: another's cannot be invoked.
        let own: Vec<Action> = it.actions.iter().filter(|action| action.namespace == "guest").cloned().collect();
        for namespace in &NAMESPACES[1..] {
            it.actions.extend(own.iter().cloned().map(|action| Action { namespace: (*namespace).to_owned(), ..action }));
        }
        let rule = |name: &str, action: &str, active| whiskscope::activation::Rule { name: name.into(), action: action.into(), active };
        let rules = vec![rule("one", "hello", true), rule("two", "pair", true), rule("three", "slow", false)];
        it.triggers.push(Trigger { namespace: "guest".into(), name: "tick".into(), rules });
        it.triggers.push(Trigger { namespace: "guest".into(), name: "idle".into(), rules: vec![rule("four", "hello", false)] });
        it
    })
}

fn run() -> impl Strategy<Value = Run> {
    let acts = vec((1_000_u64..MENDED, 0..10_usize, act()), 1..24);
    (configuration(), acts, any::<u64>()).prop_map(|(configuration, mut acts, seed)| {
        acts.sort_by_key(|(at, ..)| *at);
        let mut commands: Vec<Command> = Vec::new();
        let give = |commands: &mut Vec<Command>, at, who: usize, act| {
            let namespace = NAMESPACES[who.saturating_sub(7)];
            let command = Command::new(ms(at), namespace, in_namespace(act, namespace), commands);
            commands.push(command);
        };
        // What is down in the end, to be started again; what runs is left alone.
        let mut down: Vec<Node> = Vec::new();
        for (at, who, act) in acts {
            let act = match act {
                Act::Interrupt { command: CommandId(back) } => match commands.iter().nth_back(back as usize) {
                    Some(earlier) => Act::Interrupt { command: earlier.id },
                    None => continue,
                },
                act => act,
            };
            match act {
                Act::Crash { node } if node.process().is_some() && !down.contains(&node) => down.push(node),
                Act::Start { node: None, .. } => down.clear(),
                Act::Start { node: Some(started), .. } => down.retain(|node| *node != started),
                _ => {}
            }
            // A rule that makes no sense is refused before a run begins; what is left is any list of rules that do.
            if run_of(configuration.clone(), &[(0, act.clone())]).check().is_ok() {
                give(&mut commands, at, who, act);
            }
        }
        give(&mut commands, MENDED, 0, Act::Mend { fault: None });
        for node in [Node::Kafka, Node::Store(StoreKind::CouchDb), Node::Store(StoreKind::Elasticsearch)] {
            give(&mut commands, MENDED, 0, Act::Start { node: Some(node), store: None });
        }
        for node in down {
            give(&mut commands, MENDED, 0, Act::Start { node: Some(node), store: None });
        }
        Run { seed, horizon: ms(END), ..Run::new(configuration, seed, commands) }
    })
}

/// Plays a run and looks at it after every event, with the steps of that event.
fn watch(run: &Run, mut look: impl FnMut(&World, &[Step])) -> (World, Vec<Step>) {
    run.check().expect("a valid run");
    let mut world = run.world();
    let mut log = StepLog { listening: true, steps: Vec::new() };
    let mut all = Vec::new();
    let mut events = 0;
    while world.next_due().is_some_and(|at| at <= ms(END)) {
        world.advance_one(&mut log);
        look(&world, &log.steps);
        all.append(&mut log.steps);
        events += 1;
        assert!(events < 500_000, "ten minutes do not end");
    }
    world.advance(ms(END), &mut log);
    (world, all)
}

fn held(world: &World, store: StoreKind, ix: ActivationIx) -> Option<Record> {
    let activation = world.activation(ix).unwrap();
    let stores = world.stores();
    let document = match store {
        StoreKind::CouchDb => stores.couchdb.documents().get(activation.namespace, activation.id),
        StoreKind::Elasticsearch => stores.elasticsearch.index(activation.namespace)?.documents().get(activation.namespace, activation.id),
        StoreKind::Noop => None,
    };
    document.map(|document| document.record)
}

/// The steps that decide about a record, with what they say of it: whether its store has it.
fn fate(kind: &StepKind) -> Option<bool> {
    match kind {
        StepKind::RecordStored { .. } | StepKind::RecordConflicted { .. } | StepKind::RecordOverwritten { .. } => Some(true),
        StepKind::RecordGivenUp { whereabouts, .. } | StepKind::RecordRefused { whereabouts, .. } => match whereabouts {
            Whereabouts::InStore => Some(true),
            Whereabouts::Nowhere => Some(false),
            Whereabouts::OnItsWay => None,
        },
        StepKind::LateWriteLost { .. } => Some(false),
        StepKind::RecordDeleted { .. }
        | StepKind::RecordSkipped { .. }
        | StepKind::RecordDiscarded { .. }
        | StepKind::ActivationLost { .. }
        | StepKind::NamespaceBlacklisted { .. }
        | StepKind::MessageUnparsable { .. }
        | StepKind::PublishFailed { arrives: false, .. } => Some(false),
        _ => None,
    }
}

/// How often each property is tried, where `PROPTEST_CASES` does not say otherwise.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(250)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn no_record_is_ever_in_a_store_that_its_writer_was_not_bound_to(run in run()) {
        let mut queued: BTreeMap<ActivationIx, StoreKind> = BTreeMap::new();
        watch(&run, |world, steps| for step in steps {
            match (step.kind, step.activation) {
                (StepKind::RecordQueued { writer, store, .. }, Some(ix)) => {
                    assert!(world.bindings().any(|binding| binding == (writer, store)), "{writer:?} is not bound to {store:?}");
                    queued.insert(ix, store);
                }
                (StepKind::RecordStored { store }, Some(ix)) => assert_eq!(queued.get(&ix), Some(&store), "{ix:?}"),
                _ => {}
            }
        });
    }

    #[test]
    fn with_every_process_bound_to_elasticsearch_nothing_of_an_activation_reaches_couchdb(mut run in run()) {
        run.configuration.store = StoreKind::Elasticsearch;
        run.configuration.store_overrides.clear();
        for command in &mut run.commands {
            if let Act::Start { store, .. } = &mut command.act {
                *store = None;
            }
        }
        watch(&run, |world, steps| {
            use whiskscope::cluster::store::ActivationStore;
            assert_eq!(world.stores().couchdb.holds(), 0);
            let reads = |step: &Step| matches!(step.kind, StepKind::QuerySent { store: StoreKind::CouchDb, .. });
            assert!(!steps.iter().any(reads), "a controller reads from CouchDB");
        });
    }

    #[test]
    fn a_stored_record_changes_only_where_it_is_overwritten_or_deleted(run in run()) {
        let mut stored: BTreeMap<(ActivationIx, StoreKind), Record> = BTreeMap::new();
        watch(&run, |world, steps| {
            for step in steps {
                let Some(ix) = step.activation else { continue };
                match step.kind {
                    StepKind::RecordStored { store } | StepKind::RecordOverwritten { store } => {
                        stored.insert((ix, store), held(world, store, ix).expect("it is there"));
                    }
                    StepKind::RecordDeleted { store } => {
                        stored.remove(&(ix, store));
                    }
                    _ => {}
                }
            }
            // Nothing but a write changes a store, and each write tells a step.
            for ((ix, store), record) in stored.iter().filter(|_| steps.iter().any(|step| step.kind.rank() != Rank::Housekeeping)) {
                assert_eq!(held(world, *store, *ix), Some(*record), "{ix:?} in {store:?}");
            }
        });
    }

    #[test]
    fn every_activation_has_its_fate_and_the_last_step_about_it_says_which(run in run()) {
        let (world, steps) = watch(&run, |_, _| {});
        let mut fates: BTreeMap<ActivationIx, bool> = BTreeMap::new();
        let mut lost: BTreeMap<ActivationIx, u32> = BTreeMap::new();
        let mut deleted: BTreeSet<ActivationIx> = BTreeSet::new();
        for step in &steps {
            let Some(ix) = step.activation else { continue };
            if let Some(held) = fate(&step.kind) {
                prop_assert_eq!(step.kind.rank(), Rank::Story);
                let before = fates.insert(ix, held);
                // What is lost stays lost. Deleted data are another matter: a write that was under way then brings a record back.
                let is_final = before == Some(false) && !deleted.contains(&ix);
                prop_assert!(!(is_final && held), "{:?} is lost and then stored: {:?}", ix, step);
            }
            if matches!(step.kind, StepKind::RecordDeleted { .. }) {
                deleted.insert(ix);
            }
            if matches!(step.kind, StepKind::ActivationLost { .. } | StepKind::RecordSkipped { .. } | StepKind::RecordDiscarded { .. }) {
                *lost.entry(ix).or_default() += 1;
            }
        }
        prop_assert!(lost.values().all(|times| *times == 1), "{:?}", lost);
        for (ix, activation) in world.activations() {
            if activation.health_test && !activation.phase.is_over() {
                // An invoker that stays unhealthy is tested each minute, also in the last one.
                continue;
            }
            prop_assert!(activation.phase.is_over(), "{:?} {:?}", ix, activation);
            let is_held = StoreKind::ALL.into_iter().any(|store| held(&world, store, ix).is_some());
            prop_assert_eq!(activation.phase == Phase::Written, is_held, "{:?} {:?}", ix, activation);
            prop_assert_eq!(fates.get(&ix), Some(&is_held), "{:?} {:?}", ix, activation);
            prop_assert!(!(lost.contains_key(&ix) && is_held), "{:?} is lost and there", ix);
            // It is in one store at most.
            let both = StoreKind::ALL.into_iter().filter(|store| world.stores().of(*store).get_visibility(activation.namespace, activation.id) != Visibility::Absent);
            prop_assert!(both.count() <= 1);
        }
    }

    #[test]
    fn slots_and_memory_never_leak_or_go_negative(run in run()) {
        // Where every invoker is full a controller gives it more than it has, on purpose: by so much slots may be below nothing.
        let mut forced: BTreeMap<(u8, InvokerId), i64> = BTreeMap::new();
        let mut evicted: BTreeMap<InvokerId, u32> = BTreeMap::new();
        let (world, _) = watch(&run, |world, steps| {
            let largest = world.setup().catalogue.actions().map(|(_, action)| action.limits.memory_mb).max().unwrap_or(0).max(256);
            for step in steps {
                if let StepKind::SystemOverloaded { controller, invoker } = step.kind {
                    *forced.entry((controller.0, invoker)).or_default() += i64::from(largest);
                }
                if let StepKind::ContainerRemoved { invoker, reason: RemovalReason::Evicted, .. } = step.kind {
                    *evicted.entry(invoker).or_default() += 1;
                }
            }
            for (number, controller) in (0..).zip(world.controllers()) {
                for invoker in (0..INVOKERS).map(InvokerId) {
                    let free = controller.slots.free_mb(invoker).unwrap_or(0);
                    assert!(free <= controller.slots.share_mb(), "a slot is freed twice");
                    assert!(free >= -forced.get(&(number, invoker)).copied().unwrap_or(0), "a slot is given that is not there: {free} MB");
                }
            }
            for invoker in world.invokers() {
                assert!(invoker.batcher.in_flight() <= world.setup().configuration.batches_in_flight_max);
                // An eviction does not look again whether it has made room enough: by that alone a pool comes to hold more than it has room for.
                let over = invoker.used_memory_mb().saturating_sub(world.setup().configuration.user_memory_mb);
                let evicted = evicted.entry(invoker.id).or_default();
                *evicted = if over == 0 { 0 } else { *evicted };
                assert!(over <= *evicted * largest, "{over} MB too much after {evicted} evictions");
                let jobs: Vec<_> = invoker.containers.iter().filter_map(|container| container.job).map(|job| job.activation).collect();
                assert_eq!(jobs.iter().collect::<BTreeSet<_>>().len(), jobs.len(), "two containers run one activation");
            }
        });
        for controller in world.controllers() {
            for invoker in (0..INVOKERS).map(InvokerId) {
                prop_assert_eq!(controller.slots.free_mb(invoker).unwrap_or(controller.slots.share_mb()), controller.slots.share_mb());
            }
            prop_assert_eq!(controller.active_in(GUEST), 0);
            prop_assert_eq!((controller.batcher.in_flight(), controller.batcher.waiting()), (0, 0));
        }
        for invoker in world.invokers() {
            let tested = |ix: ActivationIx| world.activation(ix).is_some_and(|it| it.health_test);
            let jobs: Vec<_> = invoker.containers.iter().filter_map(|it| it.job).filter(|job| !tested(job.activation)).collect();
            prop_assert!(jobs.is_empty(), "a container is busy with nothing: {:?}", jobs);
            if !invoker.containers.iter().any(|it| it.job.is_some()) {
                prop_assert!(invoker.batcher.waiting() == 0 && invoker.batcher.in_flight() <= 1, "a write never ends");
            }
        }
        // A poll may be under way when all ends.
        let silent = world.exchanges().find(|exchange| exchange.answered.is_none() && exchange.sent < ms(END - 120_000));
        prop_assert!(silent.is_none(), "somebody who asked is never told anything: {:?}", silent);
    }

    #[test]
    fn offsets_and_time_never_go_back_and_steps_are_numbered_in_turn(run in run()) {
        let (mut now, mut next) = (Instant::START, 0);
        let mut offsets: BTreeMap<(Topic, Process), u64> = BTreeMap::new();
        watch(&run, |world, steps| {
            for step in steps {
                assert!(step.at >= now, "time goes back");
                assert_eq!(step.ordinal, next);
                (now, next) = (step.at, next + 1);
            }
            for partition in world.kafka().partitions() {
                for consumer in partition.consumers() {
                    let before = offsets.insert((partition.topic, consumer.process), consumer.committed).unwrap_or(0);
                    assert!((before..=partition.end_offset()).contains(&consumer.committed), "{:?}", partition.topic);
                }
            }
        });
    }

    #[test]
    fn each_seek_equals_the_run_from_the_start_and_the_same_run_has_the_same_digest(run in run(), instants in vec(0..END, 3), fork in 1_000..MENDED) {
        let text = |world: &World| serde_json::to_string(world).unwrap();
        let from_start = |run: &Run, at: u64| {
            let mut world = run.world();
            world.advance(ms(at), &mut StepLog::default());
            text(&world)
        };
        prop_assert_eq!(digest(&run, ms(END)).unwrap(), digest(&run, ms(END)).unwrap());
        let tape = Tape::new(run.clone()).unwrap();
        for at in &instants {
            prop_assert_eq!(text(&tape.world_at(ms(*at))), from_start(&run, *at), "at {} ms", at);
        }
        let command = Command::new(ms(fork), "guest", invoke("hello", Wait::Blocking), &run.commands);
        let forked = tape.forked_by(command.clone()).unwrap();
        prop_assert_eq!(text(&forked.world_at(ms(END))), from_start(&run.forked_by(command), END));
    }

    #[test]
    fn for_every_activation_at_any_instant_there_is_one_true_reason_with_its_step(run in run(), at in 1_000..END) {
        let tape = Tape::new(run).unwrap();
        let world = tape.world_at(ms(at));
        for (ix, activation) in world.activations() {
            let why = why(&tape, &world, activation.namespace, activation.id);
            for finding in why.findings {
                let Some(Because { reason, step }) = finding.because else { continue };
                prop_assert!(reason != Reason::Lost, "{:?}: nobody says how it was lost: {:?}", ix, activation);
                prop_assert!(step.is_some_and(|step| step.at <= world.now() && step.activation == Some(ix)), "{:?} {:?}", ix, reason);
            }
            // What a store holds and would return, its own witness sees.
            for (store, place) in [(StoreKind::CouchDb, 2), (StoreKind::Elasticsearch, 3)] {
                let is_seen = world.stores().of(store).get_visibility(activation.namespace, activation.id) == Visibility::Visible;
                prop_assert_eq!(why.findings[place].because.is_none(), is_seen && !world.is_stopped(Node::Store(store)), "{:?} {:?}", ix, store);
            }
        }
    }
}

/// The runs would prove little if they did not come to every fate that there is.
#[test]
fn the_runs_come_to_every_fate() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for _ in 0..400 {
        let run = run().new_tree(&mut runner).unwrap().current();
        let (_, steps) = watch(&run, |_, _| {});
        for step in steps {
            let told = match step.kind {
                StepKind::ActivationLost { stage, .. } => format!("lost: {stage:?}"),
                StepKind::RecordSkipped { gate: whiskscope::cluster::Gate::Namespace, .. } => "skipped by the namespace".to_owned(),
                kind if fate(&kind).is_some() => format!("{kind:?}").split([' ', '{']).next().unwrap().to_owned(),
                StepKind::SequenceEnded { .. } | StepKind::TriggerRecorded { .. } | StepKind::CompletionAckForced { .. } => {
                    format!("{:?}", step.kind).split([' ', '{']).next().unwrap().to_owned()
                }
                _ => continue,
            };
            *seen.entry(told).or_default() += 1;
        }
    }
    let expected = [
        "CompletionAckForced",
        "MessageUnparsable",
        "NamespaceBlacklisted",
        "PublishFailed",
        "RecordConflicted",
        "RecordDeleted",
        "RecordDiscarded",
        "RecordGivenUp",
        "RecordOverwritten",
        "RecordRefused",
        "RecordSkipped",
        "RecordStored",
        "SequenceEnded",
        "TriggerRecorded",
        "lost: InBatcher",
        "lost: InController",
        "lost: NotPosted",
        "lost: NotRun",
        "lost: NotWritten",
        "lost: Running",
        "lost: Sent",
        "skipped by the namespace",
    ];
    let missing: Vec<&str> = expected.into_iter().filter(|wanted| !seen.contains_key(*wanted)).collect();
    assert!(missing.is_empty(), "no run comes to {missing:?}; they come to {seen:#?}");
}

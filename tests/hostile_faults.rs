//! Random rules, outages and deletions in short random runs: nothing panics, nothing hangs, and what must hold holds after every event.
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

use proptest::prelude::*;
use std::collections::BTreeMap;
use support::*;
use whiskscope::cluster::place::{ActivationIx, ControllerId, InvokerId, Node, Process, StoreKind, Topic};
use whiskscope::cluster::step::{Rank, Step, StepKind, Whereabouts};
use whiskscope::cluster::store::Visibility;
use whiskscope::cluster::{Act, Configuration, FaultEffect, Phase, Rule, StepLog, Wait, World};
use whiskscope::recording::{Run, digest};
use whiskscope::time::Instant;

const CONTROLLERS: u8 = 2;
const INVOKERS: u8 = 2;
/// Everything is mended and started by then.
const MENDED: u64 = 60_000;
/// Time enough for every time-out, retry and forced completion that the run's shortened times allow.
const END: u64 = 400_000;

fn node() -> impl Strategy<Value = Option<Node>> {
    prop_oneof![
        3 => Just(None),
        1 => Just(Some(Node::Client)),
        2 => Just(Some(Node::Kafka)),
        1 => (0..CONTROLLERS).prop_map(|n| Some(Node::Controller(ControllerId(n)))),
        1 => (0..INVOKERS).prop_map(|n| Some(Node::Invoker(InvokerId(n)))),
        1 => Just(Some(Node::Store(StoreKind::CouchDb))),
        1 => Just(Some(Node::Store(StoreKind::Elasticsearch))),
    ]
}

fn effect() -> impl Strategy<Value = FaultEffect> {
    prop_oneof![
        Just(FaultEffect::Pass),
        (1_u32..60_000).prop_map(|ms| FaultEffect::Delay { ms }),
        Just(FaultEffect::DropRequest),
        Just(FaultEffect::DropAnswer),
        Just(FaultEffect::Refuse),
        prop_oneof![Just(404), Just(409), Just(503), 400_u16..600].prop_map(|status| FaultEffect::Answer { status }),
        Just(FaultEffect::QueueFull),
        Just(FaultEffect::RefuseItem),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let action = prop_oneof![Just("hello"), Just("slow"), Just("refuse"), Just("broken"), Just("report")];
    let wait = prop_oneof![Just(Wait::NonBlocking), Just(Wait::Blocking), Just(Wait::Result)];
    let times = proptest::option::of(1_u32..5);
    prop_oneof![
        4 => (action, wait, 1_u32..6).prop_map(|(action, wait, count)| burst(action, wait, count, 20_000)),
        1 => Just(list()),
        1 => Just(Act::Get(whiskscope::cluster::Target::Last)),
        6 => (node(), node(), effect(), times).prop_map(|(from, to, effect, times)| Act::Break { rule: Rule { from, to, effect, times } }),
        1 => Just(Act::Mend { fault: None }),
        1 => prop_oneof![Just(StoreKind::CouchDb), Just(StoreKind::Elasticsearch)].prop_map(|store| Act::DropData { store }),
    ]
}

#[derive(Clone, Debug)]
struct Scenario {
    run: Run,
    /// What stops and starts, and when in milliseconds.
    outages: Vec<(u64, Node, bool)>,
}

fn scenario() -> impl Strategy<Value = Scenario> {
    let acts = proptest::collection::vec((1_000_u64..MENDED, act()), 1..24);
    let stopped = prop_oneof![Just(Node::Kafka), Just(Node::Store(StoreKind::CouchDb)), Just(Node::Store(StoreKind::Elasticsearch))];
    let outages = proptest::collection::vec((500_u64..MENDED, stopped, any::<bool>()), 0..6);
    (acts, outages, any::<u64>(), any::<bool>(), 1_u32..4).prop_map(|(mut acts, mut outages, seed, in_couchdb, in_flight)| {
        acts.sort_by_key(|(at, _)| *at);
        // A rule that makes no sense is refused before a run begins; what is left is any list of rules that do.
        acts.retain(|(_, act)| run_of(configuration(in_couchdb, in_flight), &[(0, act.clone())]).check().is_ok());
        acts.push((MENDED, Act::Mend { fault: None }));
        outages.sort_by_key(|(at, ..)| *at);
        outages.extend(StoreKind::ALL.map(|store| (MENDED, Node::Store(store), false)));
        outages.push((MENDED, Node::Kafka, false));
        Scenario { run: Run { seed, ..run_of(configuration(in_couchdb, in_flight), &acts) }, outages }
    })
}

fn configuration(in_couchdb: bool, in_flight: u32) -> Configuration {
    Configuration {
        store: if in_couchdb { StoreKind::CouchDb } else { StoreKind::Elasticsearch },
        batches_in_flight_max: in_flight,
        // Shorter than they are, so that more happens in a run.
        couchdb_timeout_ms: 10_000,
        elasticsearch_timeout_ms: 5_000,
        kafka_request_timeout_ms: 7_000,
        ..unlimited(CONTROLLERS, INVOKERS, 1_024)
    }
}

/// What holds after every event of every run.
#[derive(Default)]
struct Watch {
    now: Instant,
    committed: BTreeMap<(Topic, Process), u64>,
    events: u64,
}

impl Watch {
    fn look(&mut self, world: &World) {
        self.events += 1;
        assert!(self.events < 300_000, "a run of minutes does not end");
        assert!(world.now() >= self.now, "time goes back");
        self.now = world.now();
        for partition in world.kafka().partitions() {
            for consumer in partition.consumers() {
                let before = self.committed.insert((partition.topic, consumer.process), consumer.committed).unwrap_or(0);
                assert!(consumer.committed >= before && consumer.committed <= partition.end_offset(), "{:?}", partition.topic);
            }
        }
        for controller in world.controllers() {
            for invoker in 0..INVOKERS {
                let free = controller.slots.free_mb(InvokerId(invoker)).unwrap_or(0);
                assert!(free <= controller.slots.share_mb(), "a slot is freed twice");
            }
        }
        for invoker in world.invokers() {
            assert!(invoker.batcher.in_flight() <= world.setup().configuration.batches_in_flight_max);
        }
    }
}

fn advance(world: &mut World, until: Instant, log: &mut StepLog, watch: &mut Watch) {
    while world.next_due().is_some_and(|at| at <= until) {
        world.advance_one(log);
        watch.look(world);
    }
    world.advance(until, log);
}

fn play_watched(scenario: &Scenario) -> (World, Vec<Step>) {
    scenario.run.check().expect("a valid run");
    let (mut world, mut watch) = (scenario.run.world(), Watch::default());
    let mut log = StepLog { listening: true, steps: Vec::new() };
    for (at, node, stops) in &scenario.outages {
        advance(&mut world, ms(*at), &mut log, &mut watch);
        if *stops {
            world.stop_service(*node, &mut log);
        } else {
            world.start_service(*node, &mut log);
        }
    }
    advance(&mut world, ms(END), &mut log, &mut watch);
    (world, log.steps)
}

/// The steps that decide about a record, with what they say of it: whether it is in its store.
fn fate(kind: &StepKind) -> Option<bool> {
    match kind {
        StepKind::RecordStored { .. } => Some(true),
        StepKind::RecordConflicted { .. } | StepKind::RecordOverwritten { .. } => Some(true),
        StepKind::RecordGivenUp { whereabouts, .. } | StepKind::RecordRefused { whereabouts, .. } => match whereabouts {
            Whereabouts::InStore => Some(true),
            Whereabouts::Nowhere => Some(false),
            Whereabouts::OnItsWay => None,
        },
        StepKind::LateWriteLost { .. } => Some(false),
        StepKind::RecordDeleted { .. } | StepKind::PublishFailed { arrives: false, .. } => Some(false),
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn whatever_is_broken_every_activation_has_its_fate_and_every_slot_comes_back(scenario in scenario()) {
        let (world, steps) = play_watched(&scenario);
        let mut fates: BTreeMap<ActivationIx, bool> = BTreeMap::new();
        for step in &steps {
            if let (Some(ix), Some(held)) = (step.activation, fate(&step.kind)) {
                prop_assert_eq!(step.kind.rank(), Rank::Story);
                fates.insert(ix, held);
            }
        }
        for (ix, activation) in world.activations() {
            prop_assert!(activation.phase.is_over(), "{ix:?} {activation:?}");
            let held = world.stores().of(activation.store).get_visibility(activation.namespace, activation.id) != Visibility::Absent;
            prop_assert_eq!(activation.phase == Phase::Written, held, "{:?} {:?}", ix, activation);
            prop_assert_eq!(fates.get(&ix), Some(&held), "the last step about {:?} says so", ix);
            let other = StoreKind::ALL.into_iter().find(|store| *store != activation.store).unwrap();
            prop_assert_eq!(world.stores().of(other).get_visibility(activation.namespace, activation.id), Visibility::Absent);
        }
        for controller in world.controllers() {
            for invoker in 0..INVOKERS {
                let free = controller.slots.free_mb(InvokerId(invoker)).unwrap_or(controller.slots.share_mb());
                prop_assert_eq!(free, controller.slots.share_mb(), "slots of invoker {}", invoker);
            }
            prop_assert_eq!(controller.active_in(GUEST), 0);
        }
        for invoker in world.invokers() {
            prop_assert_eq!((invoker.batcher.in_flight(), invoker.batcher.waiting()), (0, 0));
        }
        // Everybody who asked has been told something.
        prop_assert!(world.exchanges().all(|exchange| exchange.answered.is_some()));
    }

    #[test]
    fn a_copy_goes_on_as_its_original_and_the_same_run_has_the_same_digest(scenario in scenario(), middle in 1_000_u64..MENDED) {
        let run = &scenario.run;
        prop_assert_eq!(digest(run, ms(MENDED)).unwrap(), digest(run, ms(MENDED)).unwrap());
        let mut log = StepLog::default();
        let mut world = run.world();
        world.advance(ms(middle), &mut log);
        let mut copy = world.clone();
        for world in [&mut world, &mut copy] {
            world.advance(ms(MENDED), &mut log);
        }
        let mut whole = run.world();
        whole.advance(ms(MENDED), &mut log);
        let text = |world: &World| serde_json::to_string(world).unwrap();
        prop_assert_eq!(text(&world), text(&copy));
        prop_assert_eq!(text(&world), text(&whole));
    }
}

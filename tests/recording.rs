//! A run is a value: seeks, forks and switches change nothing about what happens.
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
use proptest::test_runner::TestRunner;
use std::cell::Cell;
use support::*;
use whiskscope::activation::SpanRange;
use whiskscope::cluster::place::{ActivationIx, Node, StoreKind};
use whiskscope::cluster::step::{Rank, RequestKind, Step, StepKind};
use whiskscope::cluster::{Act, Command, Configuration, Limit, StepLog, Wait, World};
use whiskscope::lesson::Lesson;
use whiskscope::player::{Moved, PlayerCommand, Selection, Session, Speed};
use whiskscope::recording::{Pace, Run, Tape, digest, digest_of};
use whiskscope::time::{Instant, Span};

fn state(world: &World) -> String {
    serde_json::to_string(world).unwrap()
}

fn busy_run() -> Run {
    let acts = [
        (10_000, burst("hello", Wait::Blocking, 6, 120_000)),
        (10_400, invoke("broken", Wait::Result)),
        (12_000, list()),
        (13_000, invoke("slow", Wait::NonBlocking)),
        (14_000, list()),
    ];
    Run { horizon: ms(40_000), ..run_of(unlimited(2, 3, 1_024), &acts) }
}

fn lesson_run(name: &str) -> Run {
    let path = format!("{}/lessons/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let lesson = Lesson::from_json(name, &std::fs::read_to_string(path).unwrap()).unwrap();
    // Past the last beat of either lesson nothing is left but pings and refreshes.
    Run { horizon: ms(30_000), ..lesson.run(None) }
}

#[test]
fn after_any_seek_the_full_state_equals_a_fresh_run_to_that_instant() {
    for run in [busy_run(), lesson_run("only-design-docs"), lesson_run("list-twice")] {
        for store in StoreKind::ALL {
            seek_everywhere(&run.bound_to(store));
        }
    }
}

/// At every step: the fresh run moves on event by event, the tape is asked for each instant.
fn seek_everywhere(run: &Run) {
    let tape = Tape::new(run.clone()).unwrap();
    let mut fresh = run.world();
    let mut log = StepLog { listening: true, steps: Vec::new() };
    while let Some(at) = fresh.next_due().filter(|at| *at <= run.horizon) {
        fresh.advance(at, &mut log);
        assert_eq!(state(&tape.world_at(at)), state(&fresh), "at {at:?} in {:?}", run.configuration.store);
    }
    let derived = tape.steps_from(0, usize::MAX, |_, _| true);
    assert_eq!(derived, log.steps);
}

#[test]
fn same_value_same_digest_and_another_value_another_digest() {
    let run = busy_run();
    let one = digest(&run, ms(30_000)).unwrap();
    assert_eq!(one, digest(&run.clone(), ms(30_000)).unwrap());
    assert_ne!(one, digest(&Run { seed: 8, ..run.clone() }, ms(30_000)).unwrap());
    assert_ne!(one, digest(&run.bound_to(StoreKind::Elasticsearch), ms(30_000)).unwrap());
    assert_ne!(one, digest(&run, ms(30_001)).unwrap(), "the final state is part of it");
}

/// Without client queries and id-only acks, all steps up to the start of each store write are equal in both worlds.
#[test]
fn both_worlds_are_equal_up_to_each_write() {
    let acts = [(10_000, burst("hello", Wait::Blocking, 40, 30_000)), (10_100, burst("broken", Wait::NonBlocking, 10, 90_000))];
    let run = run_of(unlimited(2, 3, 1_024), &acts);
    let upstream = |store| -> Vec<String> {
        let (_, steps) = play(&run.bound_to(store), ms(60_000));
        let is_stores = |kind: &StepKind| {
            matches!(
                kind,
                StepKind::RecordQueued { .. }
                    | StepKind::BatchSent { .. }
                    | StepKind::BatchAnswered { .. }
                    | StepKind::RecordStored { .. }
                    | StepKind::IndexCreated { .. }
                    | StepKind::IndexRefreshed { .. }
                    | StepKind::RecordSearchable { .. }
                    | StepKind::ProcessStarted { .. }
            )
        };
        let told = |step: &Step| format!("{:?} {:?} {:?} {:?}", step.at, step.activation, step.flight, step.kind);
        steps.iter().filter(|step| !is_stores(&step.kind)).map(told).collect()
    };
    assert_eq!(upstream(StoreKind::CouchDb), upstream(StoreKind::Elasticsearch));
}

/// Chance is addressed: another command does not shift what happens to the rest, where nothing is shared.
#[test]
fn an_added_command_shifts_no_chance() {
    let lone = run_of(Configuration::default(), &[(30_000, invoke("hello", Wait::NonBlocking))]);
    let mut commands = lone.commands.clone();
    commands.push(Command::new(ms(10_000), "guest", list(), &[]));
    let both = Run::new(lone.configuration.clone(), lone.seed, commands);
    let own = |run: &Run| -> Vec<(Instant, StepKind)> {
        let (_, steps) = play(run, ms(60_000));
        let activation = steps.iter().find(|step| matches!(step.kind, StepKind::ActivationScheduled { .. })).unwrap().activation;
        steps.iter().filter(|step| step.activation == activation).map(|step| (step.at, step.kind)).collect()
    };
    assert_eq!(own(&lone), own(&both));
}

#[test]
fn a_command_in_the_past_forks_the_run_and_undo_leads_back() {
    let run = busy_run();
    let mut session = Session::new(run.clone(), ms(12_500)).unwrap();
    let given = session.give("guest", invoke("hello", Wait::Blocking)).unwrap();
    assert!(given.left_path && !session.is_on_path());
    let kept: Vec<Instant> = session.run().commands.iter().map(|command| command.at).collect();
    assert_eq!(kept, [ms(10_000), ms(10_400), ms(12_000), ms(12_500)], "earlier commands stay, later ones are not in the new run");
    assert!(session.undo().unwrap());
    assert_eq!((session.run(), session.is_on_path(), session.position()), (&run, true, ms(12_500)));
    assert!(!session.undo().unwrap());
    for n in 0..7 {
        session.act(PlayerCommand::Seek(ms(15_000 + n * 100)));
        session.give("guest", list()).unwrap();
    }
    let mut undone = 0;
    while session.undo().unwrap() {
        undone += 1;
    }
    assert_eq!(undone, 5, "the last five forks are kept");
}

/// More commands than forks are kept push the path's own run out of what *Undo* reaches, but not out of reach.
#[test]
fn the_way_back_to_the_path_outlives_the_forks() {
    let run = busy_run();
    let mut session = Session::new(run.clone(), ms(15_000)).unwrap();
    session.give("guest", list()).unwrap();
    assert!(session.is_on_path(), "nothing was to come any more");
    assert!(!session.return_to_path().unwrap());
    let longer = session.run().clone();
    session.act(PlayerCommand::Seek(ms(12_500)));
    session.give("guest", invoke("hello", Wait::Blocking)).unwrap();
    for _ in 0..6 {
        session.give("guest", list()).unwrap();
    }
    session.switch_to(StoreKind::Elasticsearch).unwrap();
    assert!(session.return_to_path().unwrap());
    assert_eq!((session.is_on_path(), session.position()), (true, ms(12_500)));
    assert_eq!(session.run(), &longer.bound_to(StoreKind::Elasticsearch), "the store stays the one that we are in");
    assert!(!session.can_undo(), "the fork before it was pushed out");

    session.give("guest", invoke("hello", Wait::Blocking)).unwrap();
    session.give("guest", list()).unwrap();
    assert!(session.return_to_path().unwrap());
    assert!(!session.can_undo(), "what was given since is gone");
    session.give("guest", invoke("hello", Wait::Blocking)).unwrap();
    assert!(session.undo().unwrap() && session.is_on_path());
    assert!(!session.return_to_path().unwrap());
}

#[test]
fn a_command_of_the_visitors_is_told_by_its_own_answer() {
    let mut session = Session::new(busy_run(), ms(12_500)).unwrap();
    let acts = [
        (list(), RequestKind::List, 200),
        (burst("hello", Wait::Blocking, 3, 400_000), RequestKind::InvokeBlocking, 200),
        (invoke("broken", Wait::NonBlocking), RequestKind::InvokeNonBlocking, 202),
    ];
    for (act, kind, status) in acts {
        let given = session.give("guest", act).unwrap();
        assert_eq!(given.answer(&session.world()), None, "it has just been sent");
        let sent = session.run().commands.len() as u32 - 1;
        assert_eq!(given.command, sent);
        session.act(PlayerCommand::Seek(session.position() + Span::from_secs(5)));
        let world = session.world();
        let last = world.exchanges().filter(|exchange| exchange.command == sent).max_by_key(|exchange| exchange.answered).unwrap();
        assert_eq!(given.answer(&world), Some((kind, status, last.answered.unwrap().since(last.sent))));
    }
    // Of a burst that is answered in part the answer is awaited.
    let given = session.give("guest", burst("hello", Wait::Blocking, 3, 100_000)).unwrap();
    session.act(PlayerCommand::Seek(session.position() + Span::from_millis(215)));
    assert!(session.world().exchanges().any(|exchange| exchange.command == given.command && exchange.answered.is_some()));
    assert_eq!(given.answer(&session.world()), None);
}

/// The number of what is selected is the run's own: after a fork it may be another activation's.
#[test]
fn a_selection_is_let_go_where_a_fork_makes_it_another_activation() {
    let mut session = Session::new(busy_run(), ms(30_000)).unwrap();
    let made: Vec<ActivationIx> = session.world().activations().filter(|(_, it)| !it.health_test).map(|(ix, _)| ix).collect();
    let (first, last) = (made[0], made[made.len() - 1]);
    let id = |session: &Session, ix| session.tape().end().activation(ix).map(|activation| activation.id);
    let before = id(&session, last);
    for (selected, stays) in [(first, true), (last, false)] {
        session.select(Selection::Activation(selected));
        session.act(PlayerCommand::Seek(ms(12_500)));
        session.give("guest", burst("hello", Wait::Blocking, 3, 0)).unwrap();
        assert!(id(&session, last).is_some() && id(&session, last) != before, "the number is another activation's now");
        let expected = if stays { Selection::Activation(selected) } else { Selection::Nothing };
        assert_eq!(session.selection(), expected);
        session.undo().unwrap();
        assert_eq!(session.selection(), Selection::Activation(selected), "it comes back with its run");
    }
}

#[test]
fn a_played_command_equals_a_scripted_one() {
    let scripted = run_of(Configuration::default(), &[(10_000, invoke("hello", Wait::Blocking)), (11_000, list())]);
    let mut session = Session::new(run_of(Configuration::default(), &[]), ms(10_000)).unwrap();
    session.give("guest", invoke("hello", Wait::Blocking)).unwrap();
    session.act(PlayerCommand::Seek(ms(11_000)));
    session.give("guest", list()).unwrap();
    assert_eq!(session.run(), &scripted);
    assert_eq!(digest(session.run(), ms(20_000)).unwrap(), digest(&scripted, ms(20_000)).unwrap());
}

#[test]
fn asking_past_the_horizon_extends_it_up_to_a_day() {
    let mut session = Session::new(busy_run(), ms(12_000)).unwrap();
    session.seek(ms(50_000)).unwrap();
    assert_eq!((session.position(), session.run().horizon), (ms(50_000), ms(50_000)));
    assert_eq!(state(&session.world()), state(&play(session.run(), ms(50_000)).0));
    let refused = session.seek(ms(86_400_001)).unwrap_err().to_string();
    assert_eq!(refused, "horizon is 86400001000, but must be from 1000000 to 86400000000");
    assert_eq!(session.position(), ms(50_000));
}

/// At the horizon the transport's own commands lead past it.
#[test]
fn stepping_past_the_horizon_extends_it_by_an_hour_up_to_a_day() {
    for command in [PlayerCommand::StepForward, PlayerCommand::End] {
        let mut session = Session::new(busy_run(), ms(12_000)).unwrap();
        assert_eq!(session.act(PlayerCommand::End), Moved::There);
        assert_eq!(session.run().horizon, ms(40_000), "on the way to the horizon nothing is longer than it was");
        assert_eq!(session.act(PlayerCommand::Play), Moved::Horizon);
        assert_eq!(session.act(command), Moved::Extended);
        assert_eq!(session.run().horizon, ms(3_640_000));
        let rests = if command == PlayerCommand::End { 3_640_000 } else { 40_000 };
        assert_eq!(session.position(), ms(rests));
        assert_eq!(state(&session.world()), state(&play(session.run(), ms(rests)).0));
        assert_eq!(session.act(PlayerCommand::Play) == Moved::Horizon, command == PlayerCommand::End);
    }
    let mut session = Session::new(Run { horizon: ms(86_399_000), ..run_of(Configuration::default(), &[]) }, ms(12_000)).unwrap();
    session.act(PlayerCommand::End);
    assert_eq!(session.act(PlayerCommand::End), Moved::Extended);
    assert_eq!(session.position(), ms(86_400_000));
    assert_eq!(session.act(PlayerCommand::End), Moved::There);
    assert_eq!(session.act(PlayerCommand::StepForward), Moved::NothingThere);
    assert_eq!(session.run().horizon, ms(86_400_000));
}

#[test]
fn stepping_follows_the_selection_and_says_when_there_is_nothing() {
    let mut session = Session::new(busy_run(), ms(9_999)).unwrap();
    assert_eq!(session.act(PlayerCommand::StepForward), Moved::There);
    assert_eq!(session.position(), ms(10_000));
    session.act(PlayerCommand::StepForward);
    let first = session.player().focus(session.tape()).unwrap().ordinal;
    session.act(PlayerCommand::StepForward);
    session.act(PlayerCommand::StepBack);
    assert_eq!(session.player().focus(session.tape()).unwrap().ordinal, first, "back is the inverse of forward");
    let world = session.tape().world_at(ms(11_000));
    let (ix, _) = world.activations().find(|(_, activation)| !activation.health_test).unwrap();
    session.select(Selection::Activation(ix));
    while session.act(PlayerCommand::StepForward) == Moved::There {
        assert_eq!(session.player().focus(session.tape()).unwrap().activation, Some(ix));
    }
    assert_eq!(session.act(PlayerCommand::StepForward), Moved::NothingThere);
    // So it does for a node, with what happens in it and what is sent to it.
    let kafka = |step: &Step| step.acting_node() == Node::Kafka || step.flight.is_some_and(|flight| flight.to == Node::Kafka);
    let all = session.tape().steps_from(0, usize::MAX, |world, step| Tape::rank(world, step) == Rank::Story && kafka(step));
    session.select(Selection::Node(Node::Kafka));
    session.act(PlayerCommand::Start);
    let mut stepped = 0;
    while session.act(PlayerCommand::StepForward) == Moved::There {
        let focus = session.player().focus(session.tape()).unwrap().ordinal;
        assert_eq!(focus, all[stepped].ordinal);
        stepped += 1;
    }
    assert!(stepped > 0 && stepped == all.len(), "{stepped} of {}", all.len());
}

#[test]
fn story_pace_plays_to_the_horizon_and_clock_pace_is_real_time() {
    let mut session = Session::new(Run { horizon: ms(15_000), ..busy_run() }, ms(9_990)).unwrap();
    session.act(PlayerCommand::Play);
    let mut frames = 0;
    let mut last = session.position();
    while session.player().is_playing() {
        session.act(PlayerCommand::Tick { elapsed_us: 16_667 });
        assert!(session.position() >= last);
        last = session.position();
        frames += 1;
        assert!(frames < 200_000, "it must end");
    }
    assert_eq!(session.position(), ms(15_000));
    session.act(PlayerCommand::Seek(ms(10_000)));
    session.act(PlayerCommand::SetPace(Pace::Clock));
    session.act(PlayerCommand::SetSpeed(Speed { numerator: 1, denominator: 1_000 }));
    session.act(PlayerCommand::Play);
    for _ in 0..1_000 {
        session.act(PlayerCommand::Tick { elapsed_us: 16_667 });
    }
    assert_eq!(session.position().micros(), 10_000_000 + 16_667);
}

/// With less motion nothing is shown between one step and the next, and the whole takes as long as it does with motion.
#[test]
fn cut_motion_rests_at_steps_and_beats_alone_and_takes_as_long() {
    for (pace, speed) in [(Pace::Story, Speed::NORMAL), (Pace::Clock, Speed { numerator: 1, denominator: 10 })] {
        let frames = [false, true].map(|cuts| {
            let mut session = Session::new(Run { horizon: ms(12_000), ..busy_run() }, ms(9_990)).unwrap();
            session.player_mut().set_beats(vec![ms(11_500)]);
            session.player_mut().set_cuts(cuts);
            session.act(PlayerCommand::SetPace(pace));
            session.act(PlayerCommand::SetSpeed(speed));
            session.act(PlayerCommand::Play);
            let stories = session.tape().marks().iter().filter(|mark| mark.rank == Rank::Story);
            let mut rests: Vec<Instant> = stories.map(|mark| mark.at).collect();
            rests.extend([ms(9_990), ms(11_500), ms(12_000)]);
            let (mut frames, mut beats, mut between) = (0, 0, 0);
            while session.player().is_playing() {
                let moved = session.act(PlayerCommand::Tick { elapsed_us: 16_667 });
                beats += usize::from(moved == Moved::Beat(0));
                between += usize::from(!rests.contains(&session.position()));
                frames += 1;
                assert!(frames < 20_000, "it must end");
            }
            assert_eq!((session.position(), beats, between > 0), (ms(12_000), 1, !cuts), "{pace:?}");
            frames
        });
        assert_eq!(frames[0], frames[1], "{pace:?}");
    }
}

#[derive(Clone, Debug)]
enum Doing {
    Step(bool),
    Seek(u64),
    /// To an instant that may be past the horizon: the run goes on.
    SeekFar(u64),
    Play(u64),
    SetPace(bool),
    /// One of the speeds that the pace offers.
    SetSpeed(usize),
    Select(u32),
    SelectNode,
    Switch(bool),
    Give(u8),
    Undo,
}

fn doing() -> impl Strategy<Value = Doing> {
    prop_oneof![
        4 => any::<bool>().prop_map(Doing::Step),
        3 => (9_000_u64..20_000).prop_map(Doing::Seek),
        1 => (15_000_u64..40_000).prop_map(Doing::SeekFar),
        4 => (1_u64..3_000_000).prop_map(Doing::Play),
        1 => any::<bool>().prop_map(Doing::SetPace),
        1 => (0_usize..6).prop_map(Doing::SetSpeed),
        2 => (0_u32..14).prop_map(Doing::Select),
        1 => Just(Doing::SelectNode),
        3 => any::<bool>().prop_map(Doing::Switch),
        3 => (0_u8..4).prop_map(Doing::Give),
        2 => Just(Doing::Undo),
    ]
}

fn carry_out(session: &mut Session, doing: &Doing) {
    match *doing {
        Doing::Step(forward) => {
            session.act(if forward { PlayerCommand::StepForward } else { PlayerCommand::StepBack });
        }
        Doing::Seek(at) => {
            session.act(PlayerCommand::Seek(ms(at)));
        }
        Doing::SeekFar(at) => {
            session.seek(ms(at)).unwrap();
        }
        Doing::Play(elapsed_us) => {
            session.act(PlayerCommand::Play);
            session.act(PlayerCommand::Tick { elapsed_us });
            session.act(PlayerCommand::Pause);
        }
        Doing::SetPace(clock) => {
            session.act(PlayerCommand::SetPace(if clock { Pace::Clock } else { Pace::Story }));
        }
        Doing::SetSpeed(place) => {
            let choices = Speed::choices(session.player().pace());
            session.act(PlayerCommand::SetSpeed(choices[place % choices.len()]));
        }
        Doing::Select(number) => session.select(Selection::Activation(ActivationIx(number))),
        Doing::SelectNode => session.select(Selection::Node(Node::Kafka)),
        Doing::Switch(elasticsearch) => {
            session.switch_to(if elasticsearch { StoreKind::Elasticsearch } else { StoreKind::CouchDb }).unwrap();
        }
        Doing::Give(which) => {
            let act = match which {
                0 => invoke("hello", Wait::Blocking),
                1 => burst("broken", Wait::NonBlocking, 3, 0),
                2 => list(),
                _ => Act::List { name: Some("nobody".to_owned()), limit: 30, skip: 0 },
            };
            session.give("guest", act).unwrap();
        }
        Doing::Undo => {
            session.undo().unwrap();
        }
    }
}

/// The digest of what the session itself plays: its tape's steps up to where it is, and its world there.
fn played(session: &Session) -> String {
    let world = session.world();
    let count = usize::try_from(world.step_count()).unwrap();
    let steps = session.tape().steps_from(0, count, |_, _| true);
    digest_of(session.run(), &steps, &world).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Random plays, steps, seeks, switches and forks end in the digest of the run's value replayed.
    #[test]
    fn whatever_a_visitor_does_the_world_is_the_runs_own(doings in prop::collection::vec(doing(), 1..20)) {
        let run = Run { horizon: ms(20_000), ..busy_run() };
        let mut session = Session::new(run, ms(10_000)).unwrap();
        for doing in &doings {
            carry_out(&mut session, doing);
        }
        let replayed: Run = serde_json::from_str(&serde_json::to_string(session.run()).unwrap()).unwrap();
        prop_assert_eq!(&replayed, session.run());
        prop_assert_eq!(played(&session), digest(&replayed, session.position()).unwrap());
    }
}

/// One way to set a number of a configuration, and the least and the greatest that it may be.
type Field = (fn(&mut Configuration, u32), u32, u32);

/// Counts, sizes and times that a configuration gives as numbers.
const FIELDS: [Field; 18] = [
    (|it, value| it.controllers = byte(value), 1, 8),
    (|it, value| it.invokers = byte(value), 1, 32),
    (|it, value| it.user_memory_mb = value, 128, 65_536),
    (|it, value| it.pause_grace_ms = value, 1, 3_600_000),
    (|it, value| it.idle_container_ms = value, 1_000, 86_400_000),
    (|it, value| it.managed_percent = byte(value), 1, 100),
    (|it, value| it.timeout_factor = byte(value), 1, 10),
    (|it, value| it.timeout_addon_ms = value, 0, 3_600_000),
    (|it, value| it.blocking_wait_ms = value, 1, 60_000),
    (|it, value| it.batch_records_max = value, 1, 10_000),
    (|it, value| it.batches_in_flight_max = value, 1, 1_024),
    (|it, value| it.refresh_interval_ms = value, 100, 3_600_000),
    (|it, value| it.invocations_per_minute = Limit::At(value), 0, 1_000_000),
    (|it, value| it.actions[0].limits.memory_mb = value, 128, 512),
    (|it, value| it.actions[0].limits.timeout_ms = value, 100, 300_000),
    (|it, value| it.actions[0].limits.logs_mb = value, 0, 10),
    (|it, value| it.prewarm[0].memory_mb = value, 128, 512),
    (|it, value| it.prewarm[0].ttl_ms = value, 1_000, 86_400_000),
];

/// Times of the model, each from a microsecond to a minute at least.
const TIMES: [fn(&mut Configuration) -> &mut SpanRange; 8] = [
    |it| &mut it.model.http_hop,
    |it| &mut it.model.kafka_produce,
    |it| &mut it.model.kafka_fetch,
    |it| &mut it.model.container_start,
    |it| &mut it.model.log_collection,
    |it| &mut it.model.store_hop,
    |it| &mut it.model.couchdb_write,
    |it| &mut it.model.elasticsearch_write,
];

fn byte(value: u32) -> u8 {
    u8::try_from(value.min(255)).unwrap()
}

/// A configuration whose numbers are within their ranges, the ends likelier than the rest, but for one or two that may be anything.
fn hostile() -> impl Strategy<Value = Configuration> {
    let within: Vec<_> = FIELDS.iter().map(|(_, min, max)| prop_oneof![Just(*min), Just(*max), *min..=*max].boxed()).collect();
    let time = prop_oneof![3 => 1_u64..50_000, 1 => 1_u64..=60_000_000, 1 => Just(1_u64)];
    let times = prop::collection::vec((time.clone(), time), TIMES.len());
    let anything = || (0..FIELDS.len() + TIMES.len(), any::<u32>());
    let outside = prop_oneof![3 => Just(Vec::new()), 2 => prop::collection::vec(anything(), 1..=2)];
    (within, times, outside, any::<bool>(), any::<bool>()).prop_map(|(numbers, times, outside, elasticsearch, polling_from_db)| {
        let store = if elasticsearch { StoreKind::Elasticsearch } else { StoreKind::CouchDb };
        let mut configuration = Configuration { store, polling_from_db, ..unlimited(1, 1, 128) };
        for ((set, ..), value) in FIELDS.iter().zip(numbers) {
            set(&mut configuration, value);
        }
        for (range, (one, other)) in TIMES.iter().zip(times) {
            *range(&mut configuration) = SpanRange::micros(one.min(other), one.max(other));
        }
        for (place, value) in outside {
            match FIELDS.get(place) {
                Some((set, ..)) => set(&mut configuration, value),
                None => TIMES[place - FIELDS.len()](&mut configuration).max_us = value.into(),
            }
        }
        configuration
    })
}

/// Each activation of a run is kept to its end. So what one line comes to is counted with its components and rules.
#[test]
fn a_run_of_too_many_activations_is_refused_whatever_makes_them() {
    use whiskscope::activation::{Action, Rule, Trigger};
    let mut configuration = Configuration::default();
    configuration.actions.push(Action::sequence("guest", "pair", &["hello", "hello"]));
    configuration.actions.push(Action::sequence("guest", "tower", &["pair"; 100]));
    let rule = |n: usize| Rule { name: format!("rule{n}"), action: "tower".to_owned(), active: true };
    configuration.triggers = vec![Trigger { namespace: "guest".to_owned(), name: "tick".to_owned(), rules: (0..16).map(rule).collect() }];
    let refused = |acts: &[(u64, Act)]| run_of(configuration.clone(), acts).check().map_err(|refused| refused.to_string());
    // A tower is itself, 100 pairs, and two actions in each.
    let sequences = |count| [(10_000, burst("tower", Wait::NonBlocking, count, 0))];
    assert_eq!(refused(&sequences(3_322)), Ok(()));
    let error = refused(&sequences(3_323)).unwrap_err();
    assert!(error.contains("activations of all commands together is 1000223, but must be from 0 to 1000000"), "{error}");
    let fire = |n: u64| (10_000 + n, Act::FireTrigger { namespace: "guest".to_owned(), trigger: "tick".to_owned() });
    let fires = |count| (0..count).map(fire).collect::<Vec<_>>();
    assert_eq!(refused(&fires(207)), Ok(()));
    assert!(refused(&fires(208)).unwrap_err().contains("activations of all commands together is 1001936"));
}

/// Hostile configurations and commands are refused or run, and never panic or hang.
#[test]
fn no_configuration_panics() {
    const CASES: u32 = 96;
    let (played, refused) = (Cell::new(0_u32), Cell::new(0_u32));
    let gap = prop_oneof![12 => 0_u64..=1_000_000, 1 => any::<u64>()];
    let at = prop_oneof![12 => 0_u64..30_000, 1 => any::<u64>()];
    let wait = prop_oneof![Just(Wait::Blocking), Just(Wait::NonBlocking), Just(Wait::Result)];
    let cases = (hostile(), prop_oneof![12 => 1_u32..40, 1 => Just(0)], gap, at, wait);
    let mut runner = TestRunner::new(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() });
    let outcome = runner.run(&cases, |(configuration, count, gap_us, at, wait)| {
        let mut commands = vec![Command::new(ms(at), "guest", burst("hello", wait, count, gap_us), &[])];
        commands.push(Command::new(ms(at), "guest", list(), &commands));
        let run = Run { horizon: ms(30_000), ..Run::new(configuration, 1, commands) };
        if run.check().is_ok() {
            play(&run, ms(30_000));
            played.set(played.get() + 1);
        } else {
            refused.set(refused.get() + 1);
        }
        Ok(())
    });
    assert!(outcome.is_ok(), "{outcome:?}");
    assert!(played.get() >= CASES / 4, "only {} of {CASES} cases were played", played.get());
    assert!(refused.get() > 0, "none of {CASES} cases was refused");
}

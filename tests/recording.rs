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
use support::*;
use whiskscope::cluster::place::StoreKind;
use whiskscope::cluster::step::{Step, StepKind};
use whiskscope::cluster::{Act, Command, Configuration, StepLog, Wait, World};
use whiskscope::player::{PlayerCommand, Selection, Session, Speed};
use whiskscope::recording::{Pace, Run, Tape, digest};
use whiskscope::time::Instant;

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

#[test]
fn after_any_seek_the_full_state_equals_a_fresh_run_to_that_instant() {
    for store in StoreKind::ALL {
        let run = busy_run().bound_to(store);
        let tape = Tape::new(run.clone()).unwrap();
        let mut fresh = run.world();
        let mut log = StepLog { listening: true, steps: Vec::new() };
        // At every step: the fresh run moves on event by event, the tape is asked for each instant.
        while let Some(at) = fresh.next_due().filter(|at| *at <= run.horizon) {
            fresh.advance(at, &mut log);
            if at > ms(9_900) {
                assert_eq!(state(&tape.world_at(at)), state(&fresh), "at {at:?} in {store:?}");
            }
        }
        let derived = tape.steps_from(0, usize::MAX, |_, _| true);
        assert_eq!(derived, log.steps);
    }
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

#[test]
fn stepping_follows_the_selection_and_says_when_there_is_nothing() {
    let mut session = Session::new(busy_run(), ms(9_999)).unwrap();
    assert_eq!(session.act(PlayerCommand::StepForward), whiskscope::player::Moved::There);
    assert_eq!(session.position(), ms(10_000));
    session.act(PlayerCommand::StepForward);
    let first = session.player().focus(session.tape()).unwrap().ordinal;
    session.act(PlayerCommand::StepForward);
    session.act(PlayerCommand::StepBack);
    assert_eq!(session.player().focus(session.tape()).unwrap().ordinal, first, "back is the inverse of forward");
    let world = session.tape().world_at(ms(11_000));
    let (ix, _) = world.activations().find(|(_, activation)| !activation.health_test).unwrap();
    session.select(Selection::Activation(ix));
    while session.act(PlayerCommand::StepForward) == whiskscope::player::Moved::There {
        assert_eq!(session.player().focus(session.tape()).unwrap().activation, Some(ix));
    }
    assert_eq!(session.act(PlayerCommand::StepForward), whiskscope::player::Moved::NothingThere);
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

#[derive(Clone, Debug)]
enum Doing {
    Step(bool),
    Seek(u64),
    Play(u64),
    Switch(bool),
    Give(u8),
    Undo,
}

fn doing() -> impl Strategy<Value = Doing> {
    prop_oneof![
        any::<bool>().prop_map(Doing::Step),
        (9_000_u64..20_000).prop_map(Doing::Seek),
        (1_u64..3_000_000).prop_map(Doing::Play),
        any::<bool>().prop_map(Doing::Switch),
        (0_u8..4).prop_map(Doing::Give),
        Just(Doing::Undo),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Random plays, steps, seeks, switches and forks end in the state that the run's value gives when it is replayed.
    #[test]
    fn whatever_a_visitor_does_the_world_is_the_runs_own(doings in prop::collection::vec(doing(), 1..14)) {
        let run = Run { horizon: ms(20_000), ..busy_run() };
        let mut session = Session::new(run, ms(10_000)).unwrap();
        for doing in doings {
            match doing {
                Doing::Step(forward) => {
                    session.act(if forward { PlayerCommand::StepForward } else { PlayerCommand::StepBack });
                }
                Doing::Seek(at) => {
                    session.act(PlayerCommand::Seek(ms(at)));
                }
                Doing::Play(elapsed_us) => {
                    session.act(PlayerCommand::Play);
                    session.act(PlayerCommand::Tick { elapsed_us });
                    session.act(PlayerCommand::Pause);
                }
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
        let replayed: Run = serde_json::from_str(&serde_json::to_string(session.run()).unwrap()).unwrap();
        prop_assert_eq!(state(&session.world()), state(&play(&replayed, session.position()).0));
        prop_assert_eq!(digest(session.run(), session.position()).unwrap(), digest(&replayed, session.position()).unwrap());
    }

    /// Hostile configurations and commands are refused or run, and never panic or hang.
    #[test]
    fn no_configuration_panics(
        numbers in prop::collection::vec(prop_oneof![Just(0_u32), Just(1), 0_u32..300, any::<u32>()], 14),
        gap_us in any::<u64>(),
        count in 0_u32..40,
        at in prop_oneof![0_u64..30_000, any::<u64>()],
    ) {
        let byte = |n: u32| u8::try_from(n % 256).unwrap();
        let mut configuration = Configuration {
            controllers: byte(numbers[0]) % 10,
            invokers: byte(numbers[1]) % 40,
            user_memory_mb: numbers[2],
            pause_grace_ms: numbers[3],
            idle_container_ms: numbers[4],
            managed_percent: byte(numbers[5]),
            timeout_factor: byte(numbers[6]),
            timeout_addon_ms: numbers[7],
            blocking_wait_ms: numbers[8],
            batch_records_max: numbers[9],
            batches_in_flight_max: numbers[10],
            refresh_interval_ms: numbers[11],
            ..unlimited(1, 1, 128)
        };
        configuration.model.http_hop.max_us = numbers[12].into();
        configuration.actions[0].limits.memory_mb = numbers[13] % 600;
        let commands = vec![Command::new(ms(at), "guest", burst("hello", Wait::Blocking, count, gap_us), &[])];
        let run = Run { horizon: ms(30_000), ..Run::new(configuration, 1, commands) };
        if run.check().is_ok() {
            play(&run, ms(30_000));
        }
    }
}

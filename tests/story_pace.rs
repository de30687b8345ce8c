//! At story pace the beats of the shipped lessons are there long enough to be read, wherever a visitor goes.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "what fails here fails a test")]

use std::path::PathBuf;
use std::rc::Rc;
use whiskscope::cluster::place::StoreKind;
use whiskscope::cluster::{Act, LIST_LIMIT};
use whiskscope::lesson::Lesson;
use whiskscope::player::{Course, Moved, PlayerCommand, Session};
use whiskscope::recording::{READING_US, digest};
use whiskscope::time::{Instant, Span};

const SHIPPED: [&str; 2] = ["only-design-docs", "list-twice"];

fn shipped(id: &str) -> Rc<Lesson> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("lessons").join(format!("{id}.json"));
    let text = std::fs::read_to_string(&path).unwrap();
    Rc::new(Lesson::from_json(&format!("{id}.json"), &text).unwrap_or_else(|error| panic!("{error}")))
}

/// The session that the page opens for a lesson, and the instants of its beats.
fn opened(lesson: &Rc<Lesson>, store: StoreKind) -> (Session, Vec<Instant>) {
    let run = lesson.run(Some(store));
    let course = Course::new(Rc::clone(lesson), lesson.timetable(&run), None);
    let mut session = Session::new(run, course.opening()).unwrap().along(&course);
    let beats = course.beat_instants();
    session.player_mut().set_beats(beats.clone());
    (session, beats)
}

/// How long each beat is there at 1× before the next one, or the horizon, in microseconds of screen time.
fn stays(session: &Session, beats: &[Instant]) -> Vec<u64> {
    let pace = session.tape().pace();
    let ends = beats.iter().skip(1).copied().chain([session.tape().horizon()]);
    beats.iter().zip(ends).map(|(beat, end)| pace.story_at(end) - pace.story_at(*beat)).collect()
}

#[track_caller]
fn each_can_be_read(session: &Session, beats: &[Instant]) {
    let stays = stays(session, beats);
    assert!(stays.iter().all(|stay| *stay >= READING_US), "{stays:?} in {:?}", session.store());
}

#[test]
fn every_beat_is_there_long_enough_to_be_read() {
    for id in SHIPPED {
        let lesson = shipped(id);
        for store in StoreKind::ALL {
            let (session, beats) = opened(&lesson, store);
            each_can_be_read(&session, &beats);
        }
    }
}

#[test]
fn a_switch_a_command_and_a_later_horizon_leave_the_beats_their_time() {
    let list = || Act::list(None, LIST_LIMIT, 0);
    for id in SHIPPED {
        let lesson = shipped(id);
        for [store, other] in [StoreKind::ALL, [StoreKind::Elasticsearch, StoreKind::CouchDb]] {
            let (mut session, beats) = opened(&lesson, store);
            session.switch_to(other).unwrap();
            let beats_there = lesson.timetable(session.run()).beat_instants();
            each_can_be_read(&session, &beats_there);
            session.switch_to(store).unwrap();
            each_can_be_read(&session, &beats);
            session.seek(session.tape().horizon() + Span::from_secs(60)).unwrap();
            each_can_be_read(&session, &beats);
            // Past the lesson's last command, so that its path is not left: the last beats are still to come.
            let last = lesson.commands.last().unwrap().command.at;
            session.seek(last).unwrap();
            assert!(!session.give("guest", list()).unwrap().left_path);
            each_can_be_read(&session, &beats);
            session.undo().unwrap();
            each_can_be_read(&session, &beats);
        }
    }
}

#[test]
fn played_frame_by_frame_each_beat_comes_in_its_turn() {
    const FRAME_US: u64 = 16_667;
    for id in SHIPPED {
        let lesson = shipped(id);
        for store in StoreKind::ALL {
            let (mut session, beats) = opened(&lesson, store);
            session.act(PlayerCommand::Play);
            let mut reached = Vec::new();
            let mut frames = 0_u64;
            while session.player().is_playing() {
                if let Moved::Beat(beat) = session.act(PlayerCommand::Tick { elapsed_us: FRAME_US }) {
                    reached.push((beat, frames * FRAME_US));
                }
                frames += 1;
                assert!(frames < 10_000, "it must end");
            }
            assert_eq!(reached.iter().map(|(beat, _)| *beat).collect::<Vec<_>>(), (1..beats.len()).collect::<Vec<_>>());
            for pair in reached.windows(2) {
                assert!(pair[1].1 - pair[0].1 + FRAME_US >= READING_US, "{reached:?} in {id} {store:?}");
            }
        }
    }
}

/// The slider is linear in story time: each of its places leads to an instant whose place it is.
#[test]
fn the_sliders_places_lead_to_their_instants_and_back() {
    for id in SHIPPED {
        let lesson = shipped(id);
        for store in StoreKind::ALL {
            let (mut session, beats) = opened(&lesson, store);
            let tape = Rc::clone(session.tape());
            let end = tape.pace().story_end();
            for place in (0..=500).map(|part| end * part / 500) {
                session.act(PlayerCommand::SeekStory(place));
                let back = tape.pace().story_at(session.position());
                // A microsecond of simulated time can be many of story time, but a place is a millisecond of it.
                assert!(back.abs_diff(place) < 1_000, "{place} leads to {back}");
            }
            for beat in &beats {
                assert_eq!(tape.pace().instant_at(tape.pace().story_at(*beat)), *beat);
            }
            session.act(PlayerCommand::SeekStory(end));
            assert_eq!(session.position(), tape.horizon());
        }
    }
}

#[test]
fn beats_are_no_part_of_a_run() {
    let lesson = shipped("only-design-docs");
    let (session, beats) = opened(&lesson, StoreKind::CouchDb);
    let bare = lesson.run(Some(StoreKind::CouchDb));
    let last = *beats.last().unwrap();
    assert_eq!(*session.run(), bare);
    assert_eq!(digest(session.run(), last).unwrap(), digest(&bare, last).unwrap());
}

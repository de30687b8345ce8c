//! The shipped lessons do what they say, in every world that they speak about and for other seeds too.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "what fails here fails a test")]

use std::path::PathBuf;
use std::rc::Rc;
use whiskscope::activation::Catalogue;
use whiskscope::cluster::place::StoreKind;
use whiskscope::cluster::store::AllDocsRow;
use whiskscope::cluster::{Act, Answer, StepLog, Wait, World};
use whiskscope::lesson::{Lesson, Look, Part};
use whiskscope::player::{Course, Covered, PlayerCommand, Session};
use whiskscope::recording::Tape;
use whiskscope::scene::node_states;
use whiskscope::time::Instant;
use whiskscope::witness;

const SHIPPED: [&str; 2] = ["only-design-docs", "list-twice"];

fn shipped(id: &str) -> Lesson {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("lessons").join(format!("{id}.json"));
    let text = std::fs::read_to_string(&path).unwrap();
    Lesson::from_json(&format!("{id}.json"), &text).unwrap_or_else(|error| panic!("{error}"))
}

fn world_at(lesson: &Lesson, store: StoreKind, at_ms: u64) -> World {
    let mut world = lesson.run(Some(store)).world();
    world.advance(Instant::from_millis(at_ms), &mut StepLog::default());
    world
}

/// The ids of the rows of the newest list that has been answered.
fn listed(world: &World) -> Vec<String> {
    match world.newest_list().and_then(|exchange| exchange.answer.as_ref()) {
        Some(Answer::Rows(rows)) => rows.iter().map(|row| row.record.id.to_string()).collect(),
        other => panic!("no list: {other:?}"),
    }
}

#[test]
fn every_lesson_file_is_shipped_here_and_named_by_its_id() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("lessons");
    let mut files: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    let mut expected: Vec<String> = SHIPPED.iter().map(|id| format!("{id}.json")).collect();
    expected.sort();
    assert_eq!(files, expected);
    for id in SHIPPED {
        assert_eq!(shipped(id).id, id);
    }
    assert_eq!(Lesson::bundled().unwrap(), shipped("only-design-docs"));
}

#[test]
fn lessons_hold_in_every_world_with_their_own_seed() {
    for id in SHIPPED {
        let lesson = shipped(id);
        assert_eq!(lesson.worlds().len(), 2, "{id} speaks about both stores");
        for store in lesson.worlds() {
            assert_eq!(lesson.check(store, lesson.seed), [], "{id} {store:?}");
        }
    }
}

#[test]
fn lessons_hold_for_a_hundred_other_seeds() {
    for id in SHIPPED {
        let lesson = shipped(id);
        for seed in (0..100).map(|n| n * 7_919 + 1) {
            for store in lesson.worlds() {
                assert_eq!(lesson.check(store, seed), [], "{id} {store:?} seed {seed}");
            }
        }
    }
}

#[test]
fn commands_begin_after_boot_and_the_page_opens_after_them() {
    for id in SHIPPED {
        let lesson = shipped(id);
        let run = lesson.run(None);
        let first = run.commands[0].at;
        assert!(first >= Instant::from_millis(10_000));
        for seed in 0..100 {
            let mut world = whiskscope::recording::Run { seed, ..run.clone() }.world();
            world.advance(Instant::from_millis(9_999), &mut StepLog::default());
            assert!(world.is_booted(), "{id} seed {seed}");
        }
    }
}

#[test]
fn only_design_docs_in_the_elasticsearch_world() {
    let lesson = shipped("only-design-docs");
    let world = world_at(&lesson, StoreKind::Elasticsearch, 17_500);
    let catalogue = world.catalogue();
    let design_documents = world.stores().couchdb.all_docs(catalogue).filter(|row| matches!(row, AllDocsRow::Design(_))).count();
    assert_eq!((design_documents, world.stores().couchdb.all_docs(catalogue).count()), (5, 5), "and nothing else");
    let indexes: Vec<(String, usize, usize)> = world
        .stores()
        .elasticsearch
        .indexes()
        .map(|(name, index)| (name.to_owned(), index.searchable_count(), index.buffered_count()))
        .collect();
    assert_eq!(indexes, [("openwhisk-guest".to_owned(), 3, 0), ("openwhisk-whisk.system".to_owned(), 4, 0)]);
    assert_eq!(listed(&world).len(), 3);
    assert_eq!(listed(&world_at(&lesson, StoreKind::Elasticsearch, 15_500)).len(), 3);
}

fn record_key(row: AllDocsRow<'_>, catalogue: &Catalogue) -> Option<String> {
    match row {
        AllDocsRow::Design(_) | AllDocsRow::ByHand(_) => None,
        AllDocsRow::Record(document) => Some(document.record.key(catalogue)),
    }
}

#[test]
fn only_design_docs_in_the_couchdb_world() {
    let lesson = shipped("only-design-docs");
    let world = world_at(&lesson, StoreKind::CouchDb, 17_500);
    let catalogue = world.catalogue();
    let keys: Vec<String> = world.stores().couchdb.all_docs(catalogue).filter_map(|row| record_key(row, catalogue)).collect();
    assert_eq!(keys.iter().filter(|key| key.starts_with("guest/")).count(), 3);
    assert_eq!(keys.iter().filter(|key| key.starts_with("whisk.system/")).count(), 4);
    assert_eq!(keys.len(), 7);
    assert_eq!(world.stores().elasticsearch.indexes().count(), 0);
    let ids = listed(&world);
    assert_eq!(ids.len(), 3);
    // Ids are the same in both worlds.
    assert_eq!(ids, listed(&world_at(&lesson, StoreKind::Elasticsearch, 17_500)));
}

#[test]
fn list_twice_in_the_couchdb_world() {
    let lesson = shipped("list-twice");
    let get = world_at(&lesson, StoreKind::CouchDb, 11_000);
    let answer = get.exchanges().last().unwrap().answer.clone().unwrap();
    let Answer::Record(record) = answer else { panic!("{answer:?}") };
    assert_eq!(listed(&world_at(&lesson, StoreKind::CouchDb, 12_500)), Vec::<String>::new());
    assert_eq!(listed(&world_at(&lesson, StoreKind::CouchDb, 14_500)), [record.id.to_string()]);
}

#[test]
fn answers_differ_by_world() {
    let right = |id: &str, store| {
        let lesson = shipped(id);
        lesson.timetable(&lesson.run(Some(store))).beats[0].answer
    };
    assert_eq!(right("only-design-docs", StoreKind::CouchDb), Some(0));
    assert_eq!(right("only-design-docs", StoreKind::Elasticsearch), Some(1));
    assert_eq!(right("list-twice", StoreKind::CouchDb), Some(1));
    assert_eq!(right("list-twice", StoreKind::Elasticsearch), Some(0));
}

/// A visitor's own commands make another run, where none of the options may hold: the question is about the lesson's.
#[test]
fn an_answer_is_judged_in_the_lessons_own_run() {
    let lesson = Rc::new(shipped("only-design-docs"));
    let run = lesson.run(None);
    let mut course = Course::new(Rc::clone(&lesson), lesson.timetable(&run), None);
    let mut session = Session::new(run, Instant::from_millis(14_000)).unwrap();
    let invoke = |wait| Act::Invoke {
        namespace: "guest".to_owned(),
        action: "hello".to_owned(),
        wait,
        count: 1,
        gap_us: 0,
        extra_logging: false,
        timeout_ms: None,
    };
    session.give("guest", invoke(Wait::Blocking)).unwrap();
    let (_, until) = course.reveal().unwrap();
    assert_eq!(course.question().unwrap().answer(&session.tape().world_at(until)), None, "there are four records now");
    assert_eq!(course.answer(), Some(1));
    // The switch makes another world of the lesson's run too.
    session.switch_to(StoreKind::CouchDb).unwrap();
    course.retime(lesson.timetable(&lesson.run(session.store())));
    assert_eq!(course.answer(), Some(0));
}

/// The two worlds answer a question differently, so whatever tells them apart where it is asked tells the answer.
#[test]
fn an_open_question_covers_all_that_tells_the_worlds_apart() {
    for id in SHIPPED {
        let lesson = shipped(id);
        let tapes = StoreKind::ALL.map(|store| Tape::new(lesson.run(Some(store))).unwrap());
        for (place, beat) in lesson.beats.iter().enumerate() {
            let Some(question) = &beat.question else { continue };
            let worlds = tapes.each_ref().map(|tape| tape.world_at(lesson.timetable(tape.run()).beats[place].at));
            let [one, other] = worlds.each_ref().map(|world| {
                let states = node_states(world);
                let tape = tapes.iter().find(|tape| tape.run().configuration == world.setup().configuration).unwrap();
                let told = tape.steps_from(0, usize::try_from(world.step_count()).unwrap(), |_, _| true);
                [
                    (Part::WitnessCli, format!("{:?}", witness::cli::newest(world))),
                    (Part::WitnessCouchDb, format!("{:?}", witness::couchdb::summary(world))),
                    (Part::WitnessElasticsearch, format!("{:?}", witness::elasticsearch::indexes(world))),
                    (Part::Verdict, format!("{:?}", witness::verdict(world))),
                    (Part::Links, format!("{:?} {:?}", states.couchdb, states.elasticsearch)),
                    (Part::Inspector, format!("{:?}", world.activations().map(|(_, it)| it.store).collect::<Vec<_>>())),
                    (Part::Switch, format!("{:?}", world.setup().configuration.common_store())),
                    (Part::Steps, format!("{told:?}")),
                ]
            });
            for ((part, one), (_, other)) in one.iter().zip(&other) {
                // A question may start from what a beat points at.
                let tells = one != other && !beat.look.contains(&Look::Part(*part));
                assert!(!tells || question.covers.contains(part), "{id}: beats[{place}] does not cover {part:?}");
            }
        }
    }
}

#[test]
fn the_reveal_plays_from_the_third_records_way_to_the_page() {
    let lesson = shipped("only-design-docs");
    let times = lesson.timetable(&lesson.run(None));
    let (from, until) = times.beats[0].show.unwrap();
    assert!(from > Instant::from_millis(12_000) && from < Instant::from_millis(12_500), "{from:?}");
    assert_eq!(until, Instant::from_millis(15_500));
    assert_eq!(times.beats[0].at, until);
    assert_eq!(times.end, times.beats.last().unwrap().at);
    let covers = &lesson.beats[0].question.as_ref().unwrap().covers;
    for part in [Part::WitnessCouchDb, Part::WitnessElasticsearch, Part::Verdict, Part::Links, Part::Inspector, Part::Switch] {
        assert!(covers.contains(&part), "{part:?}");
    }
}

#[test]
fn before_the_answer_no_text_of_the_first_beat_tells() {
    let lesson = shipped("only-design-docs");
    for store in StoreKind::ALL.map(Some) {
        let beat = &lesson.beats[0];
        let telling = lesson.telling(beat, store);
        let mut texts = vec![&telling.text];
        texts.extend(&telling.title);
        texts.extend(&lesson.summary(store).lines);
        for text in texts {
            for language in [&text.en, &text.zh] {
                assert!(!language.contains("Elasticsearch") && !language.contains("openwhisk-guest"), "{language}");
            }
        }
        assert!(beat.evidence.iter().all(|row| !row.path.contains("lastic") && !row.path.contains("CouchDb")));
    }
}

/// While a question is open, neither the steps that are listed ahead nor an instant that a link names get past it.
#[test]
fn an_open_question_holds_the_steps_that_are_told_ahead() {
    for id in SHIPPED {
        let lesson = Rc::new(shipped(id));
        for store in StoreKind::ALL {
            let run = lesson.run(Some(store));
            let mut course = Course::new(Rc::clone(&lesson), lesson.timetable(&run), None);
            let opening = course.opening();
            let (_, reveal) = course.reveal().unwrap();
            let mut session = Session::new(run, opening).unwrap().along(&course);
            session.player_mut().set_beats(course.beat_instants());
            session.player_mut().set_hold(course.hold());
            assert_eq!(session.player().told_until(), Some(opening), "{id} {store:?}");
            assert_eq!(course.reachable(reveal), opening);
            session.act(PlayerCommand::Seek(Instant::from_millis(10_000)));
            assert!(session.player().told_until().unwrap() < opening, "the beat itself is still to come");

            course.settle();
            session.player_mut().set_hold(course.hold());
            session.act(PlayerCommand::Seek(opening));
            let next = course.beat_instants()[1];
            assert_eq!(session.player().told_until(), Some(Instant::from_micros(next.micros() - 1)));
            assert_eq!(course.reachable(reveal), reveal);
            session.act(PlayerCommand::End);
            assert_eq!(session.player().told_until(), None);
        }
    }
}

/// The question of *Only design docs* starts from the list that the CLI has printed; what requests come to otherwise would answer it.
#[test]
fn before_the_reveal_what_requests_come_to_is_covered() {
    for id in SHIPPED {
        let lesson = Rc::new(shipped(id));
        let mut course = Course::new(Rc::clone(&lesson), lesson.timetable(&lesson.run(None)), None);
        assert!(course.covered().answers(), "{id}");
        course.settle();
        assert_eq!(course.covered(), Covered::default());
    }
    let lesson = Rc::new(shipped("only-design-docs"));
    let course = Course::new(Rc::clone(&lesson), lesson.timetable(&lesson.run(None)), None);
    assert!(!course.covered().cli && course.covered().steps);
}

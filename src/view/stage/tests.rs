use super::mark::Mark;
use super::pen::Pen;
use super::*;
use crate::cluster::place::{Node, StoreKind};
use crate::cluster::{Act, Command, Configuration, Limit, StepLog, Wait, World};
use crate::lesson::Lesson;
use crate::locale::Language;
use crate::player::Course;
use crate::recording::Run;
use crate::scene::{NodeStates, Rect, Size};
use crate::time::Instant;
use std::rc::Rc;

const SIZES: [Size; 5] = [
    Size::Wide { width: 564.0, height: 380.0 },
    Size::Wide { width: 684.0, height: 400.0 },
    Size::Wide { width: 1020.0, height: 560.0 },
    Size::Narrow { width: 328.0 },
    Size::Narrow { width: 600.0 },
];

fn worlds(controllers: u8, invokers: u8, store: StoreKind) -> Vec<World> {
    let configuration = Configuration {
        controllers,
        invokers,
        store,
        invocations_per_minute: Limit::None,
        invocations_concurrent: Limit::None,
        ..Configuration::default()
    };
    let act = Act::Invoke {
        namespace: "guest".to_owned(),
        action: "hello".to_owned(),
        wait: Wait::Blocking,
        count: 200,
        gap_us: 300,
        extra_logging: false,
        timeout_ms: None,
    };
    let list = Act::list(None, 30, 0);
    let at = Instant::from_millis;
    let run = Run::new(configuration, 7, vec![Command::new(at(20_000), "guest", act, &[]), Command::new(at(50_000), "guest", list, &[])]);
    [0, 500, 20_000, 20_030, 20_090, 21_000, 49_000, 50_004, 60_000]
        .into_iter()
        .map(|millis| {
            let mut world = run.world();
            world.advance(at(millis), &mut StepLog::default());
            world
        })
        .collect()
}

fn pens() -> Vec<Pen> {
    let pen = |language, links| Pen { language, chosen: None, covered: Covered { links, ..Covered::default() } };
    Language::ALL.into_iter().flat_map(|language| [pen(language, false), pen(language, true)]).collect()
}

fn drawn(layout: &Layout, states: &NodeStates, node: Node, place: Rect, pen: Pen) -> (Vec<Mark>, String) {
    node::draw(layout, states, node, place, Instant::from_millis(50_100), pen)
}

fn every_node(mut check: impl FnMut(&Layout, &World, Node, Rect, Pen, &[Mark], &str)) {
    for (controllers, invokers) in [(1, 1), (1, 2), (1, 4), (2, 5), (3, 8), (5, 13), (8, 32)] {
        for store in StoreKind::ALL {
            for world in worlds(controllers, invokers, store) {
                let states = node_states(&world);
                for size in SIZES {
                    let layout = layout(&world.setup().configuration, size);
                    for (node, place) in layout.nodes() {
                        for pen in pens() {
                            let (marks, name) = drawn(&layout, &states, node, place, pen);
                            check(&layout, &world, node, place, pen, &marks, &name);
                        }
                    }
                }
            }
        }
    }
}

/// From where to where a text reaches, by the estimate that the drawing itself goes by.
fn reach(x: f32, class: &str, text: &str) -> (f32, f32) {
    let is_mono = class.contains("t-mono") || class.contains("t-cell");
    let size = if class.contains("t-title") && !class.contains("t-title-s") { 14.0 / 12.0 } else { 1.0 };
    let width = fit::width(text, is_mono) * size;
    if class.contains("t-end") {
        (x - width, x)
    } else if class.contains("t-middle") || class.contains("t-cell") {
        (x - width / 2.0, x + width / 2.0)
    } else {
        (x, x + width)
    }
}

#[test]
fn no_text_leaves_its_node() {
    every_node(|layout, _, node, place, pen, marks, _| {
        for mark in marks {
            let Mark::Text { at, class, text } = mark else { continue };
            let (left, right) = reach(at.x, class, text);
            let inside = left >= place.x && right <= place.right() && at.y - 9.0 >= place.y && at.y + 2.0 <= place.bottom();
            assert!(inside, "{text:?} ({left}–{right}, {}) leaves {node:?} {place:?}, {:?} {:?}", at.y, layout.size, pen.language);
        }
    });
}

#[test]
fn every_node_has_a_name_that_says_its_state() {
    every_node(|_, _, node, _, _, marks, name| {
        assert!(name.contains(": "), "{node:?}: {name}");
        assert!(!marks.is_empty(), "{node:?}");
    });
}

#[test]
fn under_predict_first_no_node_says_which_store_is_bound() {
    for (couchdb, elasticsearch) in worlds(1, 2, StoreKind::CouchDb).iter().zip(&worlds(1, 2, StoreKind::Elasticsearch)) {
        for size in SIZES {
            let layout = layout(&couchdb.setup().configuration, size);
            let states = [node_states(couchdb), node_states(elasticsearch)];
            for (node, place) in layout.nodes() {
                for pen in pens().into_iter().filter(|pen| pen.covered.links) {
                    let [one, other] = [0, 1].map(|store| drawn(&layout, &states[store], node, place, pen));
                    // What a process is busy with at an instant differs once a store has been asked; what is known of stores may not.
                    if matches!(node, Node::Store(_)) {
                        assert_eq!(one, other, "{node:?}");
                        assert!(one.1.contains(pen.language.say(crate::locale::page::LessonPanel::PredictFirst)), "{}", one.1);
                    }
                }
            }
        }
    }
}

/// In one world the records are in CouchDB and in the other in Elasticsearch: whatever differed here would be the answer.
#[test]
fn where_the_lesson_opens_every_node_is_drawn_alike_in_both_worlds() {
    let lesson = Rc::new(Lesson::bundled().unwrap());
    let worlds = StoreKind::ALL.map(|store| {
        let run = lesson.run(Some(store));
        let course = Course::new(Rc::clone(&lesson), lesson.timetable(&run), None);
        let mut world = run.world();
        world.advance(course.opening(), &mut StepLog::default());
        (node_states(&world), course.opening(), course.covered())
    });
    let rows = worlds.each_ref().map(|(states, ..)| states.client.newest.as_ref().and_then(|act| act.rows));
    assert_eq!(rows, [Some(0), Some(3)], "the list that was answered tells the worlds apart");
    for size in SIZES {
        let layout = layout(&lesson.configuration, size);
        for (node, place) in layout.nodes() {
            for language in Language::ALL {
                let [one, other] = worlds.each_ref().map(|(states, now, covered)| {
                    node::draw(&layout, states, node, place, *now, Pen { language, chosen: None, covered: *covered })
                });
                assert_eq!(one, other, "{node:?}");
            }
        }
    }
}

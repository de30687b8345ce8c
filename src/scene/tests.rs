use super::*;
use crate::cluster::place::{ControllerId, InvokerId, Node, Process, StoreKind};
use crate::cluster::{Act, Command, Configuration, CurlOutput, Limit, StepLog, Wait, What, WireRequest, World};
use crate::recording::Run;
use crate::time::Instant;

const SIZES: [Size; 6] = [
    Size::Wide { width: 700.0, height: 400.0 },
    Size::Wide { width: 564.0, height: 360.0 },
    Size::Wide { width: 1020.0, height: 560.0 },
    Size::Wide { width: 1600.0, height: 420.0 },
    Size::Narrow { width: 328.0 },
    Size::Narrow { width: 600.0 },
];

fn cluster(controllers: u8, invokers: u8, store: StoreKind) -> Configuration {
    Configuration {
        controllers,
        invokers,
        store,
        invocations_per_minute: Limit::None,
        invocations_concurrent: Limit::None,
        ..Configuration::default()
    }
}

/// A world in which `count` invocations were sent at 20 s, at an instant after that.
fn world(configuration: Configuration, count: u32, after_us: u64) -> World {
    world_with(configuration, count, &[], after_us)
}

/// The same, in which clients also asked each of these stores themselves, five times.
fn world_with(configuration: Configuration, count: u32, asked: &[StoreKind], after_us: u64) -> World {
    let act = Act::Invoke {
        namespace: "guest".to_owned(),
        action: "hello".to_owned(),
        wait: Wait::Blocking,
        count,
        gap_us: 50,
        extra_logging: false,
        timeout_ms: None,
    };
    let at = Instant::from_millis(20_000);
    let mut commands = vec![Command::new(at, "guest", act, &[])];
    for store in asked.iter().copied() {
        let request = WireRequest { method: "GET".to_owned(), target: "/".to_owned(), headers: Vec::new(), body: String::new() };
        let ask = Act::Ask { store, request, output: CurlOutput::default() };
        commands.extend((0..5).map(|n| Command::new(Instant::from_micros(at.micros() + 700 * n), "guest", ask.clone(), &[])));
    }
    let run = Run::new(configuration, 7, commands);
    let mut world = run.world();
    world.advance(Instant::from_micros(at.micros() + after_us), &mut StepLog::default());
    world
}

fn is_within(outer: &Rect, inner: &Rect) -> bool {
    let grown = Rect::new(outer.x - 0.01, outer.y - 0.01, outer.width + 0.02, outer.height + 0.02);
    grown.contains(inner.at(0.0, 0.0)) && grown.contains(inner.at(1.0, 1.0))
}

fn every_layout(mut check: impl FnMut(&Layout)) {
    for size in SIZES {
        for controllers in 1..=8 {
            for invokers in [1, 2, 3, 4, 5, 8, 9, 12, 13, 20, 21, 31, 32] {
                check(&layout(&cluster(controllers, invokers, StoreKind::CouchDb), size));
            }
        }
    }
}

#[test]
fn nodes_are_in_the_drawing_apart_from_each_other_and_large_enough_to_press() {
    every_layout(|layout| {
        let nodes = layout.nodes();
        assert_eq!(nodes.len(), usize::from(layout.counts.controllers) + usize::from(layout.counts.invokers) + 4);
        for (place, (node, one)) in nodes.iter().enumerate() {
            let what = format!("{node:?} at {one:?} in {:?} {:?}", layout.size, layout.counts);
            assert!(is_within(&layout.frame(), one), "outside: {what}");
            assert!(one.width >= 24.0 && one.height >= 24.0, "too small to press: {what}");
            for (other, two) in nodes.iter().skip(place + 1) {
                let apart = one.right() <= two.x || two.right() <= one.x || one.bottom() <= two.y || two.bottom() <= one.y;
                assert!(apart, "{what} lies on {other:?} at {two:?}");
            }
        }
    });
}

#[test]
fn topics_are_in_kafka_and_have_room_for_their_text() {
    every_layout(|layout| {
        assert_eq!(layout.shelves.len(), usize::from(layout.counts.controllers) + usize::from(layout.counts.invokers) + 1);
        for shelf in &layout.shelves {
            let what = format!("{shelf:?} in {:?} {:?} {:?}", layout.kafka, layout.size, layout.counts);
            assert!(is_within(&layout.kafka, &shelf.place), "{what}");
            assert!(shelf.place.height >= if shelf.room == Room::Cell { 14.0 } else { 22.0 }, "{what}");
        }
    });
}

#[test]
fn ways_join_their_nodes_inside_the_drawing() {
    every_layout(|layout| {
        let nodes = layout.nodes();
        let edge = |node: Node, point: Point| {
            let alike: Vec<Rect> = nodes.iter().filter(|(it, _)| same_kind(*it, node)).map(|(_, place)| *place).collect();
            let frame = Rect::around(&alike);
            let gap = (frame.x - point.x).max(point.x - frame.right()).max(frame.y - point.y).max(point.y - frame.bottom());
            gap.abs() <= 13.0
        };
        for (number, way) in layout.counts.ways().into_iter().enumerate() {
            assert_eq!(layout.counts.number(way), number, "{way:?}");
            let route = layout.route(way).unwrap();
            let what = format!("{way:?} from {:?} to {:?} in {:?} {:?}", route.start(), route.end(), layout.size, layout.counts);
            assert!(edge(way.from(), route.start()), "does not leave its node: {what}");
            assert!(edge(way.to(), route.end()), "does not reach its node: {what}");
            assert!(route.length() >= 20.0, "too short to see anything on it: {what}");
            for part in 0_u8..=20 {
                let (point, heading) = route.at(f32::from(part) / 20.0);
                assert!(layout.frame().contains(point), "leaves the drawing at {point:?}: {what}");
                assert!((heading.x.hypot(heading.y) - 1.0).abs() < 0.01, "{heading:?}: {what}");
            }
        }
    });
}

fn same_kind(one: Node, other: Node) -> bool {
    match (one, other) {
        (Node::Store(one), Node::Store(other)) => one == other,
        _ => std::mem::discriminant(&one) == std::mem::discriminant(&other),
    }
}

#[test]
fn tokens_keep_their_speed_and_end_where_they_go() {
    let route = Route::wired(&[Point::new(0.0, 0.0), Point::new(100.0, 0.0), Point::new(100.0, 50.0)]);
    assert_eq!(route.at(0.0).0, Point::new(0.0, 0.0));
    assert!(route.at(1.0).0.distance(Point::new(100.0, 50.0)) < 0.1);
    let steps: Vec<f32> = (0_u8..20).map(|n| route.at(f32::from(n) / 20.0).0.distance(route.at(f32::from(n + 1) / 20.0).0)).collect();
    let (least, most) = (steps.iter().copied().fold(f32::MAX, f32::min), steps.iter().copied().fold(0.0, f32::max));
    assert!(most - least < 1.0, "{steps:?}");
}

#[test]
fn a_request_is_on_its_link_at_its_start_middle_and_end() {
    let configuration = cluster(1, 2, StoreKind::CouchDb);
    let layout = layout(&configuration, SIZES[0]);
    let world = world(configuration, 1, 0);
    let event = *world.events().find(|event| matches!(event.what, What::RequestArrives(_))).expect("a request under way");
    let route = layout.route(Way::Http(ControllerId(0))).unwrap();
    let mut found = Vec::new();
    for part in [0, 1, 2] {
        let span = event.at.since(event.since).micros();
        let instant = Instant::from_micros(event.since.micros() + span * part / 2);
        tokens(&world, instant, &layout, Options::default(), &mut found);
        let token = found.iter().find(|token| token.shape == Shape::Dart).expect("a dart");
        assert!(token.at.distance(route.at(part as f32 / 2.0).0) < 0.5, "{part}: {token:?}");
        assert_eq!((token.hue, token.count, token.way), (Hue::Controller, 1, Way::Http(ControllerId(0))));
    }
}

/// Everything that travels, by its event.
fn travelling(world: &World) -> usize {
    let travels = |what: &What| {
        matches!(
            what,
            What::RequestArrives(_)
                | What::AnswerArrives(_)
                | What::ProduceArrives { .. }
                | What::ActivationAccepted { .. }
                | What::FetchArrives { .. }
                | What::WriteApplied { .. }
                | What::WriteAnswered { .. }
                | What::QueryServed { .. }
                | What::QueryAnswered { .. }
                | What::AskServed { .. }
        )
    };
    world.events().filter(|event| travels(&event.what)).count()
}

#[test]
fn whatever_travels_is_drawn_in_any_configuration() {
    let (mut seen, mut asks) = (0, [0, 0]);
    for (controllers, invokers) in [(1, 1), (1, 2), (2, 5), (8, 32)] {
        for store in StoreKind::ALL {
            let configuration = cluster(controllers, invokers, store);
            let layouts = SIZES.map(|size| layout(&configuration, size));
            for after_us in [0, 4_000, 9_000, 14_000, 60_000, 120_000, 180_000, 260_000] {
                let world = world_with(configuration.clone(), 60, &StoreKind::ALL, after_us);
                let mut drawing = Tokens::default();
                for layout in &layouts {
                    drawing.update(&world, world.now(), layout, Options::default());
                    assert_eq!(drawing.tokens.len(), travelling(&world));
                    seen += drawing.tokens.len();
                    for token in &drawing.tokens {
                        assert!(layout.frame().contains(token.at), "{token:?} in {:?}", layout.size);
                        let (Way::Store(_, store) | Way::Ask(store)) = token.way else { continue };
                        if let Way::Ask(_) = token.way {
                            asks[usize::from(store == StoreKind::Elasticsearch)] += 1;
                        }
                        let [couchdb, elasticsearch] = layout.stores;
                        let place = if store == StoreKind::CouchDb { couchdb } else { elasticsearch };
                        assert!(!token.inside || place.contains(token.at), "{token:?} beside {place:?}");
                    }
                    let drawn = Hue::ALL.map(|hue| drawing.paths.of(hue).matches('M').count()).iter().sum::<usize>();
                    assert_eq!(drawn, drawing.tokens.len());
                }
            }
        }
    }
    assert!(seen > 1_000 && asks.iter().all(|asks| *asks > 100), "{seen} {asks:?}");
}

#[test]
fn under_predict_first_nothing_goes_to_a_store() {
    let configuration = cluster(1, 2, StoreKind::Elasticsearch);
    let layout = layout(&configuration, SIZES[0]);
    let (mut open, mut covered) = (0, 0);
    for after_us in (0..400_000).step_by(2_000) {
        let world = world(configuration.clone(), 20, after_us);
        let mut found = Vec::new();
        let to_store = |found: &[Token]| found.iter().filter(|token| matches!(token.way, Way::Store(..))).count();
        tokens(&world, world.now(), &layout, Options::default(), &mut found);
        open += to_store(&found);
        tokens(&world, world.now(), &layout, Options { covered: true, ..Options::default() }, &mut found);
        covered += to_store(&found);
    }
    assert!(open > 20, "{open}");
    assert_eq!(covered, 0);
}

#[test]
fn a_crowded_link_shows_a_count() {
    let configuration = cluster(1, 2, StoreKind::CouchDb);
    let layout = layout(&configuration, SIZES[0]);
    let mut drawing = Tokens::default();
    drawing.update(&world(configuration.clone(), 40, 3_000), Instant::from_micros(20_003_000), &layout, Options::default());
    assert_eq!(drawing.crowds.iter().map(|crowd| crowd.count).max(), Some(40));
    drawing.update(&world(configuration, UNCOUNTED_MAX, 3_000), Instant::from_micros(20_003_000), &layout, Options::default());
    assert!(drawing.crowds.is_empty(), "{:?}", drawing.crowds);
}

#[test]
fn states_say_what_the_world_holds() {
    let world = world(cluster(1, 2, StoreKind::CouchDb), 3, 10_000_000);
    let states = node_states(&world);
    assert_eq!((states.couchdb.records, states.couchdb.health_records, states.couchdb.design_documents), (3, 4, 5));
    assert!(states.couchdb.is_bound && !states.elasticsearch.is_bound && states.elasticsearch.indexes.is_empty());
    assert_eq!((states.couchdb.view_built, states.couchdb.view_latest), (0, 12));
    assert_eq!(states.topics.len(), 4);
    assert_eq!(states.store_of(Process::Invoker(InvokerId(1))), Some(StoreKind::CouchDb));
    assert_eq!(states.client.newest.as_ref().map(|act| (act.action.as_deref(), act.status)), Some((Some("hello"), Some(200))));
    let seen = &states.controllers[0].invokers;
    assert!(seen.iter().all(|invoker| invoker.used_mb == 0 && invoker.share_mb == 2_048), "{seen:?}");
    let busy: usize = states.invokers.iter().map(|it| it.containers.iter().filter(|it| it.activation.is_some()).count()).sum();
    assert_eq!(busy, 0);
}

#[test]
fn every_step_has_its_node_and_every_flight_its_way() {
    let configuration = cluster(2, 3, StoreKind::Elasticsearch);
    let layout = layout(&configuration, SIZES[0]);
    let act = Act::Invoke {
        namespace: "guest".to_owned(),
        action: "hello".to_owned(),
        wait: Wait::Blocking,
        count: 9,
        gap_us: 100,
        extra_logging: false,
        timeout_ms: None,
    };
    let list = Act::list(None, 30, 0);
    let commands =
        vec![Command::new(Instant::from_millis(20_000), "guest", act, &[]), Command::new(Instant::from_millis(23_000), "guest", list, &[])];
    let mut world = Run::new(configuration, 7, commands).world();
    let mut log = StepLog { listening: true, steps: Vec::new() };
    world.advance(Instant::from_millis(30_000), &mut log);
    let nodes: Vec<Node> = layout.nodes().into_iter().map(|(node, _)| node).collect();
    for step in &log.steps {
        assert!(nodes.contains(&step.acting_node()), "{step:?}");
        assert_eq!(way_of(step).is_some(), step.flight.is_some(), "{step:?}");
        let Some((way, flight)) = way_of(step).zip(step.flight) else { continue };
        assert!([(way.from(), way.to()), (way.to(), way.from())].contains(&(flight.from, flight.to)), "{way:?} {flight:?}");
    }
}

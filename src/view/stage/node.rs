//! A node: a button with a picture on it.

use super::mark::{Mark, grown, rounded};
use super::pen::Pen;
use super::{Drawing, Scene, client, controller, invoker, kafka, stores};
use crate::cluster::place::{Node, StoreKind};
use crate::locale::page::Trouble;
use crate::player::Selection;
use crate::scene::{Layout, NodeStates, Rect, elasticsearch_state};
use crate::time::Instant;
use crate::view::prelude::*;

/// The node whose picture changes between steps too, where it counts down: it is drawn on its own.
const COUNTS_DOWN: Node = Node::Store(StoreKind::Elasticsearch);

/// All nodes but the one that counts down, which is last.
pub fn nodes(drawing: &Drawing, states: &NodeStates) -> View {
    let nodes = drawing.layout.nodes().into_iter().enumerate().filter(|(_, (node, _))| *node != COUNTS_DOWN);
    let nodes = nodes.map(|(number, (node, place))| {
        let inside = draw(&drawing.layout, states, node, place, Instant::START, drawing.pen);
        let is_bound = node != Node::Store(StoreKind::CouchDb) || states.couchdb.is_bound;
        button(drawing, number, (node, place), is_bound, inside)
    });
    nodes.collect_view()
}

/// The Elasticsearch store, with the time to the next refresh of its indexes.
pub fn elasticsearch(scene: Scene) -> View {
    let drawing = scene.drawing();
    let Some((number, node)) = drawing.layout.nodes().into_iter().enumerate().find(|(_, (node, _))| *node == COUNTS_DOWN) else {
        return View::Empty;
    };
    let state = scene.page.with_world(elasticsearch_state);
    let now = if state.indexes.is_empty() { Instant::START } else { scene.tenth.get() };
    let inside = (stores::elasticsearch(node.1, &state, now, drawing.pen), stores::elasticsearch_name(&state, drawing.pen));
    button(&drawing, number, node, state.is_bound, inside)
}

fn button(drawing: &Drawing, number: usize, (node, place): (Node, Rect), is_bound: bool, (marks, name): (Vec<Mark>, String)) -> View {
    let is_selected = drawing.selected == Selection::Node(node);
    // A store that no invoker writes to is drawn quieter, unless that is the question.
    let is_unbound = !is_bound && !matches!(node, Node::Store(store) if drawing.pen.covers(store));
    let is_down = drawing.down.contains(&node);
    let down = drawing.pen.language.say(Trouble::Down);
    let name = if is_down { [name.as_str(), "; ", down].concat() } else { name };
    let badge = is_down.then(|| view! { <text class="down" x=place.x + place.width - 8.0 y=place.y + place.height - 8.0>{down}</text> });
    // The button lies over the picture and not around it: its name says all of that in whole words.
    view! {
        <g
            class=class_of(node)
            class:is-selected=is_selected
            class:is-acting=drawing.acting == Some(node)
            class:is-looked-at=drawing.looked_at.is_some_and(|it| it.has(node))
            class:is-unbound=is_unbound
            class:is-down=is_down
        >
            <g aria-hidden="true">{marks.into_iter().map(element).collect_view()}{badge}</g>
            <path
                class="ring"
                d=rounded(grown(place, 4.0), 11.0)
                data-node=number
                role="button"
                tabindex="0"
                aria-pressed=if is_selected { "true" } else { "false" }
                aria-label=name
            ></path>
        </g>
    }
}

fn element(mark: Mark) -> View {
    match mark {
        Mark::Text { at, class, text } => view! { <text x=at.x y=at.y class=class>{text}</text> },
        Mark::Shape { class, d, pick } => view! { <path class=class d=d data-activation=pick.map(|ix| ix.0)></path> },
    }
}

const fn class_of(node: Node) -> &'static str {
    match node {
        Node::Client => "node node-client",
        Node::Controller(_) => "node node-controller",
        Node::Kafka => "node node-kafka",
        Node::Invoker(_) => "node node-invoker",
        Node::Store(StoreKind::CouchDb) => "node node-couchdb",
        Node::Store(StoreKind::Elasticsearch) => "node node-elasticsearch",
        Node::Store(StoreKind::Noop) => "node",
    }
}

/// A node's inside, and its name with its state in words.
pub fn draw(layout: &Layout, states: &NodeStates, node: Node, place: Rect, now: Instant, pen: Pen) -> (Vec<Mark>, String) {
    match node {
        Node::Client => (client::client(place, &states.client, pen), client::client_name(&states.client, pen)),
        Node::Controller(id) => states.controllers.get(usize::from(id.0)).map_or_else(Default::default, |state| {
            (controller::controller(place, layout.controller_room, state, pen), controller::controller_name(state, pen))
        }),
        Node::Kafka => (kafka::kafka(place, &layout.shelves, &states.topics, pen), kafka::kafka_name(&states.topics, pen)),
        Node::Invoker(id) => states.invokers.get(usize::from(id.0)).map_or_else(Default::default, |state| {
            (invoker::invoker(place, layout.invoker_room, state, pen), invoker::invoker_name(state, pen))
        }),
        Node::Store(StoreKind::CouchDb) => (stores::couchdb(place, &states.couchdb, pen), stores::couchdb_name(&states.couchdb, pen)),
        Node::Store(StoreKind::Elasticsearch) => {
            let state = &states.elasticsearch;
            (stores::elasticsearch(place, state, now, pen), stores::elasticsearch_name(state, pen))
        }
        Node::Store(StoreKind::Noop) => Default::default(),
    }
}

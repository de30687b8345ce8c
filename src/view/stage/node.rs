//! A node: a button with a picture on it.

use super::mark::{Mark, grown, rounded};
use super::pen::Pen;
use super::{Scene, client, controller, invoker, kafka, stores};
use crate::cluster::place::{Node, StoreKind};
use crate::player::Selection;
use crate::scene::{Layout, NodeStates, Rect};
use crate::time::Instant;
use crate::view::lesson::LookedAt;
use crate::view::prelude::*;

#[component]
pub fn StageNode(scene: Scene, number: usize, node: Node, place: Rect) -> impl IntoView {
    let drawing = Memo::new(move || drawing(scene, node, place));
    let marks = Memo::new(move || drawing.with(|(marks, _)| marks.clone()));
    let name = Memo::new(move || drawing.with(|(_, name)| name.clone()));
    let looked_at = use_context::<LookedAt>();
    let is_selected = move || scene.page.selection.get() == Selection::Node(node);
    // A step under “Predict first” must not point at its store.
    let is_acting =
        Memo::new(move || !scene.pen.get().covered.steps && scene.page.focus_step().is_some_and(|step| step.acting_node() == node));
    // The button lies over the picture and not around it: its name says all of that in whole words.
    view! {
        <g
            class=class_of(node)
            class:is-selected=is_selected
            class:is-acting=is_acting
            class:is-looked-at=move || looked_at.is_some_and(|it| it.has(node))
            class:is-unbound=move || is_unbound(scene, node)
        >
            <g aria-hidden="true">{move || marks.get().into_iter().map(element).collect_view()}</g>
            <path
                class="ring"
                d=rounded(grown(place, 4.0), 11.0)
                data-node=number
                role="button"
                tabindex="0"
                aria-pressed=move || if is_selected() { "true" } else { "false" }
                aria-label=name
            ></path>
        </g>
    }
}

fn element(mark: Mark) -> impl IntoView {
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
    }
}

/// A store that no invoker writes to is drawn quieter, unless that is the question.
fn is_unbound(scene: Scene, node: Node) -> bool {
    let Node::Store(store) = node else { return false };
    let bound = scene.states.with(|states| match store {
        StoreKind::CouchDb => states.couchdb.is_bound,
        StoreKind::Elasticsearch => states.elasticsearch.is_bound,
    });
    !bound && !scene.pen.get().covers(store)
}

fn drawing(scene: Scene, node: Node, place: Rect) -> (Vec<Mark>, String) {
    let (pen, layout) = (scene.pen.get(), scene.layout.get());
    scene.states.with(|states| {
        let counts_down = matches!(node, Node::Store(StoreKind::Elasticsearch)) && !states.elasticsearch.indexes.is_empty();
        let now = if counts_down { tenth(scene) } else { Instant::START };
        draw(&layout, states, node, place, now, pen)
    })
}

/// The clock to the tenth of a second: the countdown to a refresh is drawn that often and no more.
fn tenth(scene: Scene) -> Instant {
    Instant::from_millis(scene.page.now.get().micros() / 100_000 * 100)
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
    }
}

//! A node: a button with a picture on it.

use super::mark::{Mark, grown, rounded};
use super::{Scene, client, controller, invoker, kafka, stores};
use crate::cluster::place::{Node, StoreKind};
use crate::player::Selection;
use crate::scene::{Rect, acting_node};
use crate::time::Instant;
use leptos::either::Either;
use leptos::prelude::*;

#[component]
pub fn StageNode(scene: Scene, number: usize, node: Node, place: Rect) -> impl IntoView {
    let marks = Memo::new(move |_| marks(scene, node, place));
    let name = Memo::new(move |_| name(scene, node));
    let is_selected = move || scene.page.selection.get() == Selection::Node(node);
    // A step under “Predict first” must not point at its store.
    let is_acting =
        Memo::new(move |_| !scene.pen.get().covered.steps && scene.page.focus_step().is_some_and(|step| acting_node(&step) == node));
    view! {
        <g
            class=class_of(node)
            class:is-selected=is_selected
            class:is-acting=is_acting
            class:is-unbound=move || is_unbound(scene, node)
            data-node=number
            role="button"
            tabindex="0"
            aria-pressed=move || if is_selected() { "true" } else { "false" }
            aria-label=name
        >
            <path class="ring" d=rounded(grown(place, 4.0), 11.0)></path>
            {move || marks.get().into_iter().map(element).collect_view()}
        </g>
    }
}

fn element(mark: Mark) -> impl IntoView {
    match mark {
        Mark::Text { at, class, text } => Either::Left(view! { <text x=at.x y=at.y class=class>{text}</text> }),
        Mark::Shape { class, d, pick } => Either::Right(view! { <path class=class d=d data-activation=pick.map(|ix| ix.0)></path> }),
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

fn marks(scene: Scene, node: Node, place: Rect) -> Vec<Mark> {
    let pen = scene.pen.get();
    let layout = scene.layout.get();
    scene.states.with(|states| match node {
        Node::Client => client::client(place, &states.client, pen),
        Node::Controller(id) => {
            let state = states.controllers.get(usize::from(id.0));
            state.map(|state| controller::controller(place, layout.controller_room, state, pen)).unwrap_or_default()
        }
        Node::Kafka => kafka::kafka(place, &layout.shelves, &states.topics, pen),
        Node::Invoker(id) => {
            let state = states.invokers.get(usize::from(id.0));
            state.map(|state| invoker::invoker(place, layout.invoker_room, state, pen)).unwrap_or_default()
        }
        Node::Store(StoreKind::CouchDb) => stores::couchdb(place, &states.couchdb, pen),
        Node::Store(StoreKind::Elasticsearch) => {
            let refreshes = !states.elasticsearch.indexes.is_empty();
            let now = if refreshes { tenth(scene) } else { Instant::START };
            stores::elasticsearch(place, &states.elasticsearch, now, pen)
        }
    })
}

/// The clock to the tenth of a second: the countdown to a refresh is drawn that often and no more.
fn tenth(scene: Scene) -> Instant {
    Instant::from_millis(scene.page.now.get().micros() / 100_000 * 100)
}

fn name(scene: Scene, node: Node) -> String {
    let pen = scene.pen.get();
    scene.states.with(|states| match node {
        Node::Client => client::client_name(&states.client, pen),
        Node::Controller(id) => {
            states.controllers.get(usize::from(id.0)).map(|state| controller::controller_name(state, pen)).unwrap_or_default()
        }
        Node::Kafka => kafka::kafka_name(&states.topics, pen),
        Node::Invoker(id) => states.invokers.get(usize::from(id.0)).map(|state| invoker::invoker_name(state, pen)).unwrap_or_default(),
        Node::Store(StoreKind::CouchDb) => stores::couchdb_name(&states.couchdb, pen),
        Node::Store(StoreKind::Elasticsearch) => stores::elasticsearch_name(&states.elasticsearch, pen),
    })
}

//! The lines between nodes: solid where messages go, dashed where acks come back, dotted to a store that nobody writes to.

use super::Scene;
use crate::cluster::place::StoreKind;
use crate::locale::page::NodeText;
use crate::scene::{Caption, Link, NodeStates, Point, Way, way_of};
use crate::view::prelude::*;

const PING_LINKS_MAX: u8 = 4;

#[component]
pub fn Links(scene: Scene) -> impl IntoView {
    let links = scene.layout.get_untracked().links.clone();
    let focus = Memo::new(move || {
        let covered = scene.pen.get().covered;
        // What left with a step that nobody may know yet stays unmarked.
        scene.page.focus_step().as_ref().and_then(way_of).filter(|way| !(covered.steps || covered.links && matches!(way, Way::Store(..))))
    });
    // Many invokers' pings would be a web of their own. They travel all the same.
    let has_pings = scene.layout.get_untracked().counts.invokers <= PING_LINKS_MAX;
    let is_ping = |link: &Link| matches!(link.ways.first(), Some(Way::Ping(_) | Way::PingDeliver(_)));
    let links = links.into_iter().filter(|link| has_pings || !is_ping(link));
    let drawn = links.map(|link| view! { <DrawnLink scene link focus/> }).collect_view();
    let captions = scene.layout.get_untracked().captions.clone().into_iter();
    let captions = captions.map(|(caption, at)| {
        view! { <text class="caption" x=at.x y=at.y>{move || scene.pen.get().language.say(word(caption))}</text> }
    });
    view! {
        <g class="links" aria-hidden="true">
            {drawn}
            {captions.collect_view()}
        </g>
    }
}

#[component]
fn DrawnLink(scene: Scene, link: Link, focus: Memo<Option<Way>>) -> impl IntoView {
    let Link { ways, path, tip } = link;
    let (of_class, glow) = (ways.clone(), path.clone());
    let class = Memo::new(move || {
        let covered = scene.pen.get().covered.links;
        scene.states.with(|states| class_of(&of_class, states, covered))
    });
    let is_focus = Memo::new(move || focus.get().is_some_and(|way| ways.contains(&way)));
    view! {
        <g class=move || class.get()>
            {move || is_focus.get().then(|| view! { <path class="link-focus" d=glow.clone()></path> })}
            <path class="link-line" d=path></path>
            <path class="link-tip" d=arrow(tip)></path>
        </g>
    }
}

const fn word(caption: Caption) -> NodeText {
    match caption {
        Caption::Http => NodeText::CaptionHttp,
        Caption::Messages => NodeText::CaptionMessages,
        Caption::Acks => NodeText::CaptionAcks,
        Caption::Queries => NodeText::CaptionQueries,
        Caption::Records => NodeText::CaptionRecords,
    }
}

/// One class a kind of link, and for stores one for who writes there.
fn class_of(ways: &[Way], states: &NodeStates, covered: bool) -> &'static str {
    match ways.first() {
        Some(Way::Http(_)) => "link link-http",
        Some(Way::Produce(..) | Way::Deliver(_)) => "link link-message",
        Some(Way::Ack(..) | Way::AckDeliver(_)) => "link link-ack",
        Some(Way::Ping(_) | Way::PingDeliver(_)) | None => "link link-ping",
        Some(Way::Store(..)) if covered => "link link-covered",
        Some(Way::Store(_, store)) => {
            let is_bound = |way: &Way| matches!(way, Way::Store(process, store) if states.store_of(*process) == Some(*store));
            match (ways.iter().any(is_bound), store) {
                (true, StoreKind::CouchDb) => "link link-bound link-couchdb",
                (true, StoreKind::Elasticsearch) => "link link-bound link-elasticsearch",
                (false, _) => "link link-unbound",
            }
        }
    }
}

fn arrow((at, heading): (Point, Point)) -> String {
    const LENGTH: f32 = 7.0;
    const HALF: f32 = 3.6;
    let back = Point::new(at.x - heading.x * LENGTH, at.y - heading.y * LENGTH);
    let (x, y) = (-heading.y * HALF, heading.x * HALF);
    format!("M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}z", at.x, at.y, back.x + x, back.y + y, back.x - x, back.y - y)
}

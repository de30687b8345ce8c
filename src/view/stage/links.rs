//! The lines between nodes: solid where messages go, dashed where acks come back, dotted to a store that nobody writes to.

use super::Drawing;
use crate::cluster::place::StoreKind;
use crate::locale::page::NodeText;
use crate::player::Selection;
use crate::scene::{Caption, Link, NodeStates, Point, Way, path, way_of};
use crate::view::prelude::*;

const PING_LINKS_MAX: u8 = 4;

pub fn links(drawing: &Drawing, states: &NodeStates) -> View {
    let Drawing { layout, pen, step, .. } = drawing;
    // What left with a step that nobody may know yet stays unmarked.
    let focus = step.as_ref().and_then(way_of).filter(|way| !(pen.covered.links && matches!(way, Way::Store(..) | Way::Ask(_))));
    // Many invokers' pings would be a web of their own. They travel all the same.
    let has_pings = layout.counts.invokers <= PING_LINKS_MAX;
    let is_ping = |link: &Link| matches!(link.ways.first(), Some(Way::Ping(_) | Way::PingDeliver(_)));
    // Nobody asks a store directly unless a command does: until then there is no such line.
    let is_used = |link: &Link| !matches!(link.ways.first(), Some(Way::Ask(store)) if !states.was_asked(*store));
    let links = layout.links.iter().filter(|link| (has_pings || !is_ping(link)) && is_used(link));
    let line = |link| line(link, class_of(&link.ways, states, pen.covered.links), focus, drawing);
    let links = links.map(line).collect_view();
    let is_there = |caption: &Caption| !matches!(caption, Caption::Asks(store) if !states.was_asked(*store));
    let captions = layout.captions.iter().filter(|(caption, _)| is_there(caption));
    let captions = captions.map(|(caption, at)| view! { <text class="caption" x=at.x y=at.y>{pen.language.say(word(*caption))}</text> });
    view! {
        <g class="links" aria-hidden="true">
            {links}
            {captions.collect_view()}
        </g>
    }
}

fn line(link: &Link, class: &'static str, focus: Option<Way>, drawing: &Drawing) -> View {
    let is_focus = focus.is_some_and(|way| link.ways.contains(&way));
    let ends = |way: &Way| (way.from(), way.to());
    let is_broken = link.ways.iter().any(|way| drawing.broken.contains(&ends(way)));
    let is_selected = link.ways.iter().any(|way| drawing.selected == Selection::Link { from: way.from(), to: way.to() });
    // What is drawn first is met first: where ways coincide the link stands for the first of them.
    let number = link.ways.first().and_then(|way| drawing.ends.iter().position(|link| *link == ends(way)));
    view! {
        <g class=class class:is-broken=is_broken class:is-selected=is_selected>
            <path class="link-reach" d=link.path.clone() data-link=number></path>
            {is_focus.then(|| view! { <path class="link-focus" d=link.path.clone()></path> })}
            <path class="link-line" d=link.path.clone()></path>
            <path class="link-tip" d=arrow(link.tip)></path>
            {is_broken.then(|| view! { <path class="link-cross" d=cross(link.tip)></path> })}
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
        Caption::Asks(_) => NodeText::CaptionAsks,
    }
}

/// One class a kind of link, and for stores one for who writes there.
fn class_of(ways: &[Way], states: &NodeStates, covered: bool) -> &'static str {
    match ways.first() {
        Some(Way::Ask(_)) if covered => "link link-covered",
        Some(Way::Http(_) | Way::Ask(_)) => "link link-http",
        Some(Way::Produce(..) | Way::Deliver(_)) => "link link-message",
        Some(Way::Ack(..) | Way::AckDeliver(_)) => "link link-ack",
        Some(Way::Ping(_) | Way::PingDeliver(_)) | None => "link link-ping",
        Some(Way::Store(..)) if covered => "link link-covered",
        Some(Way::Store(_, store)) => {
            let is_bound = |way: &Way| matches!(way, Way::Store(process, store) if states.store_of(*process) == Some(*store));
            match (ways.iter().any(is_bound), store) {
                (true, StoreKind::CouchDb) => "link link-bound link-couchdb",
                (true, StoreKind::Elasticsearch) => "link link-bound link-elasticsearch",
                (true, StoreKind::Noop) | (false, _) => "link link-unbound",
            }
        }
    }
}

/// A cross on the line, a little before its tip.
fn cross((at, heading): (Point, Point)) -> String {
    const BACK: f32 = 16.0;
    const ARM: f32 = 5.0;
    let (x, y) = (at.x - heading.x * BACK, at.y - heading.y * BACK);
    path("M# #L# #M# #L# #", &[x - ARM, y - ARM, x + ARM, y + ARM, x - ARM, y + ARM, x + ARM, y - ARM])
}

fn arrow((at, heading): (Point, Point)) -> String {
    const LENGTH: f32 = 7.0;
    const HALF: f32 = 3.6;
    let back = Point::new(at.x - heading.x * LENGTH, at.y - heading.y * LENGTH);
    let (x, y) = (-heading.y * HALF, heading.x * HALF);
    path("M# #L# #L# #z", &[at.x, at.y, back.x + x, back.y + y, back.x - x, back.y - y])
}

//! A controller: the API, and the load balancer's books.

use super::client::push_part;
use super::column::Column;
use super::mark::{Mark, rounded};
use super::pen::{Pen, inside, tight};
use crate::cluster::place::{Node, Process};
use crate::cluster::step::InvokerState;
use crate::locale::page::{NodeText, Stage, binding, in_flight, invoker_seen, node_name, slots};
use crate::locale::steps::invoker_state;
use crate::locale::{Language, number};
use crate::scene::{ControllerState, InvokerSeen, Rect, Room, path, push_path};

pub fn controller(place: Rect, room: Room, state: &ControllerState, pen: Pen) -> Vec<Mark> {
    let mut column = Column::new(if place.height < 60.0 { tight(place) } else { inside(place) });
    column.marks.push(Mark::shape("node-body", rounded(place, 8.0)));
    let title = title(state, pen.language);
    if room == Room::Cell {
        column.marks.push(Mark::text(place.at(0.5, 0.0).x, place.at(0.0, 0.5).y + 4.0, "t-title-s t-middle", state.id.0.to_string()));
        return column.marks;
    }
    if place.width < 112.0 {
        // Two columns of controllers: a short title and the number in flight.
        column.text("t-title-s", &format!("{} {}", pen.language.say(NodeText::ControllerShort), state.id.0));
        column.text("t-soft", &in_flight(pen.language, state.active));
        return column.marks;
    }
    column.title(&title);
    if room == Room::Full {
        column.pair("t-soft", pen.language.say(Stage::RestApi), "t-plain t-end", &in_flight(pen.language, state.active));
        column.rule();
        column.text("t-soft", pen.language.say(NodeText::BalancerSlots));
        column.skip(4.0);
    } else {
        column.text("t-soft", &in_flight(pen.language, state.active));
        column.skip(4.0);
    }
    books(&mut column, &state.invokers);
    column.marks
}

pub fn controller_name(state: &ControllerState, pen: Pen) -> String {
    let language = pen.language;
    let mut name = title(state, language);
    if !state.is_up {
        push_part(&mut name, language.say(NodeText::NotStarted));
        return name;
    }
    if !pen.covered.links {
        push_part(&mut name, &binding(language, state.store));
    }
    push_part(&mut name, &in_flight(language, state.active));
    for seen in &state.invokers {
        let (health, slots) = (invoker_state(language, seen.state), slots(language, seen.used_mb, seen.share_mb));
        push_part(&mut name, &invoker_seen(language, Process::Invoker(seen.id), health, &slots));
    }
    name
}

fn title(state: &ControllerState, language: Language) -> String {
    node_name(language, Node::Controller(state.id))
}

/// Its view of the invokers: a line each while there is room, else a bar each.
fn books(column: &mut Column, invokers: &[InvokerSeen]) {
    const ROW: f32 = 28.0;
    const ROW_MAX: f32 = 42.0;
    let row_height = (column.room() / invokers.len().max(1) as f32).min(ROW_MAX);
    if row_height >= ROW {
        invokers.iter().for_each(|seen| row(column, seen, row_height));
        return;
    }
    let bars = ((column.width + 3.0) / 13.0) as usize;
    for line in invokers.chunks(bars.max(1)) {
        let Some(top) = column.take(22.0) else { return };
        for (place, seen) in line.iter().enumerate() {
            let x = column.x + 13.0 * place as f32;
            bar(column, Rect::new(x, top, 10.0, 18.0), seen, true);
        }
    }
}

fn row(column: &mut Column, seen: &InvokerSeen, height: f32) {
    let Some(top) = column.take(height) else { return };
    let (x, width) = (column.x, column.width);
    column.marks.push(Mark::shape(health_class(seen.state), health_mark(x + 4.0, top + 8.0, seen.state)));
    column.marks.push(Mark::text(x + 13.0, top + 12.0, "t-mono", format!("invoker{}", seen.id.0)));
    column.marks.push(Mark::text(x + width, top + 12.0, "t-soft t-end", format!("{} MB", number(seen.used_mb))));
    bar(column, Rect::new(x, top + 18.0, width, 5.0), seen, false);
}

/// How much of the controller's share of an invoker's memory is given away. Past the share the bar is full and ends in ink.
fn bar(column: &mut Column, place: Rect, seen: &InvokerSeen, upright: bool) {
    let part = (seen.used_mb as f32 / seen.share_mb.max(1) as f32).min(1.0);
    let track = if seen.state.is_usable() { "bar-track" } else { "bar-track is-unusable" };
    column.marks.push(Mark::shape(track, rounded(place, 2.5)));
    if part > 0.0 {
        let filled = if upright {
            Rect::new(place.x, place.y + place.height * (1.0 - part), place.width, place.height * part)
        } else {
            Rect::new(place.x, place.y, (place.width * part).max(3.0), place.height)
        };
        column.marks.push(Mark::shape("bar-fill", rounded(filled, 2.5)));
    }
    if seen.used_mb > seen.share_mb {
        let end = if upright {
            Rect::new(place.x, place.y - 3.0, place.width, 2.0)
        } else {
            Rect::new(place.right() - 4.0, place.y - 2.0, 4.0, place.height + 4.0)
        };
        column.marks.push(Mark::shape("bar-over", rounded(end, 0.0)));
    }
}

fn health_class(state: InvokerState) -> &'static str {
    match state {
        InvokerState::Healthy => "health is-healthy",
        InvokerState::Unhealthy | InvokerState::Unresponsive | InvokerState::Offline => "health",
    }
}

/// Full: healthy. Half: unhealthy. Crossed: unresponsive. Empty: offline.
fn health_mark(x: f32, y: f32, state: InvokerState) -> String {
    let mut mark = path("M# #a4 4 0 1 1 8 0a4 4 0 1 1-8 0z", &[x - 4.0, y]);
    match state {
        InvokerState::Healthy | InvokerState::Offline => {}
        InvokerState::Unhealthy => push_path(&mut mark, "M# #v8", &[x, y - 4.0]),
        InvokerState::Unresponsive => push_path(&mut mark, "M# #l5.6 5.6m0-5.6l-5.6 5.6", &[x - 2.8, y - 2.8]),
    }
    mark
}

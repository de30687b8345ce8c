//! Kafka: a row a topic, with its last cells, their offsets and the consumer's position.

use super::client::push_part;
use super::fit;
use super::mark::{Mark, rounded};
use super::pen::{PADDING, Pen};
use crate::cluster::place::{Node, Topic};
use crate::locale::page::{NodeText, node_name, offsets, topics_listed};
use crate::scene::{Cell, CellKind, Rect, Room, Shelf, TopicState, path};

/// The longest name in a row is `completed7`.
const NAME_WIDTH: f32 = 80.0;
const CELL_HEIGHT: f32 = 16.0;

pub fn kafka(place: Rect, shelves: &[Shelf], topics: &[TopicState], pen: Pen) -> Vec<Mark> {
    let mut marks = vec![Mark::shape("node-body", rounded(place, 8.0))];
    marks.push(Mark::text(place.x + PADDING, place.y + 22.0, "t-title", node_name(pen.language, Node::Kafka)));
    let legend = format!("▲ {}", pen.language.say(NodeText::ConsumerPosition));
    marks.push(Mark::text(place.right() - PADDING, place.y + 22.0, "t-soft t-end", legend));
    let mut labelled = [false; 2];
    for shelf in shelves {
        let Some(state) = topics.iter().find(|state| state.topic == shelf.topic) else { continue };
        if shelf.room == Room::Full {
            row(&mut marks, shelf.place, state, pen);
            continue;
        }
        let [invokers, completed] = &mut labelled;
        let is_labelled = if matches!(shelf.topic, Topic::Completed(_)) { completed } else { invokers };
        if !std::mem::replace(is_labelled, true) {
            let alike = topics.iter().filter(|it| std::mem::discriminant(&it.topic) == std::mem::discriminant(&shelf.topic)).count();
            let label = format!("{}–{}", shelf.topic, alike.saturating_sub(1));
            marks.push(Mark::text(shelf.place.x, shelf.place.y - 5.0, "t-mono", label));
        }
        small(&mut marks, shelf.place, state);
    }
    marks
}

/// Kafka in words. Of many topics only those are named whose consumers are behind.
pub fn kafka_name(topics: &[TopicState], pen: Pen) -> String {
    const NAMED_MAX: usize = 6;
    let mut name = node_name(pen.language, Node::Kafka);
    let total = topics.len();
    if total > NAMED_MAX {
        push_part(&mut name, &topics_listed(pen.language, u32::try_from(total).unwrap_or(u32::MAX)));
    }
    for state in topics.iter().filter(|state| total <= NAMED_MAX || state.lag() > 0).take(NAMED_MAX) {
        push_part(&mut name, &format!("{} {}", state.topic, offsets(pen.language, state.end, state.position, state.committed)));
    }
    name
}

/// One topic among many: how many messages its consumer has yet to take, or nothing.
fn small(marks: &mut Vec<Mark>, place: Rect, state: &TopicState) {
    let lag = state.lag();
    marks.push(Mark::shape(if lag > 0 { "cell is-unread" } else { "cell" }, rounded(place, 2.0)));
    if lag > 0 {
        let text = if lag > 99 { "99+".to_owned() } else { lag.to_string() };
        marks.push(Mark::text(place.at(0.5, 0.0).x, place.bottom() - 3.5, "t-cell is-unread", text));
    }
}

fn row(marks: &mut Vec<Mark>, place: Rect, state: &TopicState, pen: Pen) {
    let top = place.y + (place.height - CELL_HEIGHT - 5.0) / 2.0;
    let is_health = state.topic == Topic::Health;
    marks.push(Mark::text(place.x, top + 12.0, if is_health { "t-mono t-soft" } else { "t-mono" }, state.topic.to_string()));
    let digits = fit::width(&state.end.to_string(), true);
    let width = (digits + 6.0).max(19.0);
    let space = place.width - NAME_WIDTH;
    // The last slot is the next offset's.
    let fitting = ((space + 2.0) / (width + 2.0)) as u64;
    let mut shown = fitting.saturating_sub(1);
    // A consumer that is further behind has its count in the first slot's place.
    let hidden = state.lag().saturating_sub(shown);
    let mut x = place.x + NAME_WIDTH;
    if hidden > 0 {
        shown = shown.saturating_sub(1);
        let hidden = state.lag().saturating_sub(shown);
        marks.push(Mark::text(x + width - 2.0, top + 12.0, "t-cell t-end", format!("+{hidden}")));
        x += width + 2.0;
    }
    let first = state.end.saturating_sub(shown);
    for cell in state.cells.iter().filter(|cell| cell.offset >= first) {
        draw_cell(marks, Rect::new(x, top, width, CELL_HEIGHT), cell, state.position, pen);
        x += width + 2.0;
    }
    marks.push(Mark::shape("cell is-next", rounded(Rect::new(x, top, width, CELL_HEIGHT), 2.0)));
    if state.position >= state.end {
        marks.push(Mark::shape("position", caret(x, top + CELL_HEIGHT + 0.5)));
    }
}

fn draw_cell(marks: &mut Vec<Mark>, place: Rect, cell: &Cell, position: u64, pen: Pen) {
    let (class, text) = match (cell.unread, cell.kind) {
        (true, CellKind::Ack) => ("cell is-ack is-unread", "t-cell"),
        (true, _) => ("cell is-unread", "t-cell is-unread"),
        (false, CellKind::Ping) => ("cell is-ping", "t-cell t-soft"),
        (false, _) => ("cell", "t-cell"),
    };
    // Acks are round here as they are on the links.
    let radius = if cell.kind == CellKind::Ack { CELL_HEIGHT / 2.0 } else { 2.0 };
    marks.push(Mark::picking(class, rounded(place, radius), cell.activation));
    marks.push(Mark::text(place.at(0.5, 0.0).x, place.y + 12.5, text, cell.offset.to_string()));
    pen.outline(cell.activation, place, marks);
    if cell.offset == position {
        marks.push(Mark::shape("position", caret(place.x, place.bottom() + 0.5)));
    }
}

/// A small triangle that points up at `x`: between what is taken and what is not.
fn caret(x: f32, y: f32) -> String {
    path("M# #l4 6h-8z", &[x - 1.0, y])
}

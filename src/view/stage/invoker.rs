//! An invoker: its containers by state, in shapes and in words.

use super::client::push_part;
use super::column::Column;
use super::mark::{Mark, rounded};
use super::pen::{Pen, inside, tight};
use crate::cluster::ContainerState;
use crate::cluster::place::Node;
use crate::locale::page::{NodeText, binding, containers_by_state, memory, node_name, waiting_for_room};
use crate::scene::{ContainerMark, InvokerNode, Rect, Room, path};

pub fn invoker(place: Rect, room: Room, state: &InvokerNode, pen: Pen) -> Vec<Mark> {
    let body = Mark::shape("node-body", rounded(place, if room == Room::Cell { 4.0 } else { 8.0 }));
    if room == Room::Cell {
        return cell(body, place, state);
    }
    let mut column = Column::new(if room == Room::Full { inside(place) } else { tight(place) });
    column.marks.push(body);
    if room == Room::Short {
        short(&mut column, place, state, pen);
        return column.marks;
    }
    column.title(&title(state, pen));
    if !state.is_up {
        column.text("t-soft", pen.language.say(NodeText::NotStarted));
        return column.marks;
    }
    column.skip(1.0);
    containers(&mut column, &state.containers, 18.0, pen);
    column.skip(1.0);
    column.text("t-soft", &in_words(state, pen, "\u{a0}"));
    if state.waiting > 0 {
        column.text("t-plain", &waiting_for_room(pen.language, state.waiting));
    }
    column.marks
}

/// A title and containers: below each other where that fits, else on one line.
fn short(column: &mut Column, place: Rect, state: &InvokerNode, pen: Pen) {
    const SIZE: f32 = 14.0;
    let whole = title(state, pen);
    let is_narrow = place.width < 84.0;
    let text = if is_narrow { format!("{} {}", pen.language.say(NodeText::InvokerShort), state.id.0) } else { whole };
    if is_narrow || place.height >= 38.0 {
        column.text("t-title-s", &text);
    } else {
        let middle = place.at(0.0, 0.5).y;
        column.marks.push(Mark::text(column.x, middle + 4.3, "t-title-s", text));
        column.move_to(Rect::new(place.x + 78.0, middle - SIZE / 2.0, place.width - 82.0, SIZE + 3.0));
    }
    if state.is_up {
        containers(column, &state.containers, SIZE, pen);
    }
}

/// One among many: its number, over a ground that rises with the memory in use.
fn cell(body: Mark, place: Rect, state: &InvokerNode) -> Vec<Mark> {
    let mut marks = vec![body];
    let part = (state.used_mb as f32 / state.total_mb.max(1) as f32).min(1.0);
    if part > 0.0 {
        let filled =
            Rect::new(place.x + 2.0, place.bottom() - 2.0 - (place.height - 4.0) * part, place.width - 4.0, (place.height - 4.0) * part);
        marks.push(Mark::shape("memory-fill", rounded(filled, 2.0)));
    }
    let busy = state.containers.iter().any(|it| it.activation.is_some());
    let class = if busy { "t-title-s t-middle" } else { "t-plain t-middle" };
    marks.push(Mark::text(place.at(0.5, 0.0).x, place.at(0.0, 0.5).y + 4.3, class, state.id.0.to_string()));
    marks
}

pub fn invoker_name(state: &InvokerNode, pen: Pen) -> String {
    let language = pen.language;
    let mut name = title(state, pen);
    if !state.is_up {
        push_part(&mut name, language.say(NodeText::NotStarted));
        return name;
    }
    if !pen.covered.links {
        push_part(&mut name, &binding(language, state.store));
    }
    push_part(&mut name, &in_words(state, pen, " "));
    push_part(&mut name, &memory(language, state.used_mb, state.total_mb));
    if state.waiting > 0 {
        push_part(&mut name, &waiting_for_room(language, state.waiting));
    }
    name
}

fn title(state: &InvokerNode, pen: Pen) -> String {
    node_name(pen.language, Node::Invoker(state.id))
}

/// The states in the order in which they are told: what works, what is free, what stands by.
const STATES: [ContainerState; 10] = [
    ContainerState::Running,
    ContainerState::CollectingLogs,
    ContainerState::Initializing,
    ContainerState::Starting,
    ContainerState::Resuming,
    ContainerState::Idle,
    ContainerState::Pausing,
    ContainerState::Paused,
    ContainerState::Prewarmed,
    ContainerState::PrewarmStarting,
];

/// `1 busy · 2 prewarm`. `space` is what a count and its state are joined by.
fn in_words(state: &InvokerNode, pen: Pen, space: &str) -> String {
    let count = |wanted: ContainerState| state.containers.iter().filter(|it| it.state == wanted).count();
    let mut text = String::new();
    for (state, count) in STATES.map(|state| (state, count(state))) {
        if count > 0 {
            text.push_str(if text.is_empty() { "" } else { " · " });
            let words = containers_by_state(pen.language, u32::try_from(count).unwrap_or(u32::MAX), state);
            text.push_str(&words.replacen(' ', space, 1));
        }
    }
    if text.is_empty() { pen.language.say(NodeText::NoContainers).to_owned() } else { text }
}

fn containers(column: &mut Column, containers: &[ContainerMark], size: f32, pen: Pen) {
    let gap = if size < 18.0 { 3.0 } else { 5.0 };
    let step = size + gap;
    let fitting = ((column.width + gap) / step) as usize;
    let Some(top) = column.take(size + 2.0) else { return };
    // The last place is the count's, if there are more.
    let shown = if containers.len() > fitting { fitting.saturating_sub(1) } else { containers.len() };
    // Those at work come first: they are what one looks for.
    let mut sorted: Vec<&ContainerMark> = containers.iter().collect();
    crate::order::sort_by_key(&mut sorted, |it| (u64::from(it.activation.is_none()), 0));
    for (place, container) in sorted.iter().take(shown).enumerate() {
        let square = Rect::new(column.x + step * place as f32, top, size, size);
        draw_container(&mut column.marks, square, container);
        pen.outline(container.activation, square, &mut column.marks);
    }
    if shown < containers.len() {
        let x = column.x + step * shown as f32;
        column.marks.push(Mark::text(x, top + size / 2.0 + 4.3, "t-soft", format!("+{}", containers.len() - shown)));
    }
}

/// Each state has an outline and a sign of its own.
fn draw_container(marks: &mut Vec<Mark>, place: Rect, container: &ContainerMark) {
    let class = match container.state {
        ContainerState::PrewarmStarting | ContainerState::Starting => "container is-starting",
        ContainerState::Prewarmed => "container is-prewarm",
        ContainerState::Running | ContainerState::CollectingLogs => "container is-busy",
        ContainerState::Initializing | ContainerState::Idle | ContainerState::Resuming => "container is-warm",
        ContainerState::Pausing | ContainerState::Paused => "container is-paused",
    };
    marks.push(Mark::picking(class, rounded(place, place.height * 0.2), container.activation));
    let (x, y) = (place.at(0.5, 0.0).x, place.at(0.0, 0.5).y);
    let reach = place.height * 0.22;
    let sign = match container.state {
        // Half of it is there.
        ContainerState::Initializing => {
            let half = Rect::new(place.x, y, place.width, place.height / 2.0);
            Some(("container-fill", rounded(half, 3.0)))
        }
        ContainerState::CollectingLogs => {
            let line = |dy: f32| path("M# #h#", &[x - reach, y + dy, 2.0 * reach]);
            Some(("container-sign is-on-fill", [line(-reach), line(0.0), line(reach)].concat()))
        }
        ContainerState::Pausing | ContainerState::Paused => {
            let bar = |dx: f32| path("M# #v#", &[x + dx, y - reach, 2.0 * reach]);
            Some(("container-sign", [bar(-reach * 0.6), bar(reach * 0.6)].concat()))
        }
        ContainerState::Resuming => {
            let numbers = [x - reach * 0.7, y - reach, reach * 1.6, reach, -reach * 1.6, reach];
            Some(("container-fill", path("M# #l# #l# #z", &numbers)))
        }
        _ => None,
    };
    if let Some((class, d)) = sign {
        marks.push(Mark::picking(class, d, container.activation));
    }
}

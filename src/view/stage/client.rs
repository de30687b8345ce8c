//! `wsk`: what was sent last, and whether its answer is there.

use super::column::Column;
use super::fit;
use super::mark::{Mark, rounded};
use super::pen::{Pen, inside};
use crate::cluster::place::Node;
use crate::cluster::step::RequestKind;
use crate::locale::page::{NodeText, Stage, answer_rows, answer_status, node_name, requests_waiting};
use crate::locale::short_id;
use crate::locale::steps::entity_command;
use crate::scene::{ClientAct, ClientState, Rect};

pub fn client(place: Rect, state: &ClientState, pen: Pen) -> Vec<Mark> {
    let mut column = Column::new(inside(place));
    column.marks.push(Mark::shape("node-body", rounded(place, 8.0)));
    if let Some(top) = column.take(19.0) {
        column.marks.push(Mark::text(column.x, top + 14.0, "t-title t-mono", node_name(pen.language, Node::Client)));
        let right = column.x + column.width;
        column.marks.push(Mark::text(right, top + 14.0, "t-soft t-end", pen.language.say(Stage::ClientRole)));
    }
    column.rule();
    match &state.newest {
        None => column.text("t-soft", pen.language.say(NodeText::NothingSent)),
        Some(act) => {
            let (verb, object) = command(act);
            // One line where it fits, as it was typed.
            let whole = format!("{verb} {object}");
            if fit::width(&whole, true) <= column.width {
                column.mono("t-mono", whole.trim_end());
            } else {
                column.mono("t-mono", verb);
                column.mono("t-mono", &fit::clip(&object, column.width, true));
            }
            column.text("t-soft", &answer(act, pen));
        }
    }
    // The newest one that waits has been named.
    let newest_waits = state.newest.as_ref().is_some_and(|act| act.status.is_none());
    let others = state.waiting.saturating_sub(newest_waits.into());
    if others > 0 {
        column.text("t-soft", &requests_waiting(pen.language, state.waiting));
    }
    column.marks
}

pub fn client_name(state: &ClientState, pen: Pen) -> String {
    let mut name = format!("{} ({})", node_name(pen.language, Node::Client), pen.language.say(Stage::ClientRole));
    match &state.newest {
        None => push_part(&mut name, pen.language.say(NodeText::NothingSent)),
        Some(act) => {
            let (verb, object) = command(act);
            let program = if act.kind == RequestKind::Ask { "" } else { "wsk " };
            push_part(&mut name, format!("{program}{verb} {object}").trim_end());
            push_part(&mut name, &answer(act, pen));
        }
    }
    if state.waiting > 1 {
        push_part(&mut name, &requests_waiting(pen.language, state.waiting));
    }
    name
}

/// One more fact of a node's name.
pub fn push_part(name: &mut String, part: &str) {
    name.push_str(if name.contains(':') { "; " } else { ": " });
    name.push_str(part);
}

fn answer(act: &ClientAct, pen: Pen) -> String {
    match (act.status, act.rows) {
        (Some(_), _) if pen.covered.answers() => pen.language.say(NodeText::Answered).to_owned(),
        (Some(status), Some(rows)) => answer_rows(pen.language, status, rows),
        (Some(status), None) => answer_status(pen.language, status),
        (None, _) => pen.language.say(NodeText::NoAnswer).to_owned(),
    }
}

/// What was typed, after `wsk`, in two halves.
fn command(act: &ClientAct) -> (&'static str, String) {
    let id = || act.activation.map_or_else(String::new, |id| short_id(&id.to_string()));
    let action = |flag: &str| {
        let name = act.action.as_deref().unwrap_or_default();
        if flag.is_empty() { name.to_owned() } else { format!("{name} {flag}") }
    };
    match act.kind {
        RequestKind::InvokeNonBlocking => ("action invoke", action("")),
        RequestKind::InvokeBlocking => ("action invoke", action("-b")),
        RequestKind::InvokeResult => ("action invoke", action("-r")),
        RequestKind::List => ("activation list", String::new()),
        RequestKind::Get => ("activation get", id()),
        RequestKind::Result => ("activation result", id()),
        RequestKind::Logs => ("activation logs", id()),
        RequestKind::DeleteAction => ("action delete", action("")),
        RequestKind::FireTrigger => ("trigger fire", action("")),
        RequestKind::Ask | RequestKind::Other => ("curl", String::new()),
        RequestKind::Namespaces => ("namespace list", String::new()),
        RequestKind::Entity { verb, collection } => {
            let typed = entity_command(verb, collection);
            (typed.strip_prefix("wsk ").unwrap_or(typed), String::new())
        }
    }
}

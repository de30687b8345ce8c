//! What `list` and `get` would come to now, for each activation: computed, without asking.

use super::Drawing;
use super::document::{Item, item};
use super::group::{group, hint};
use super::pager::{Place, pager};
use crate::cluster::place::Process;
use crate::locale::page::{Witness, list_or_get_now, node_name, reason};
use crate::view::prelude::*;
use crate::witness::Rows;
use crate::witness::cli::{AskedAnswer, AskedRow};

/// The id of the list's heading.
pub const LIST: &str = "asked-now";

pub fn asked_now(drawing: &Drawing, rows: &Rows<AskedRow>) -> View {
    let language = drawing.language;
    let activations = rows.rows.iter().map(|row| (row.activation.0.into(), activation(drawing, row))).collect();
    let inside = view! {
        {hint(language.say(Witness::ComputedWithoutAsking))}
        {(rows.total == 0).then(|| hint(language.say(Witness::NoActivations)))}
        <ul class="documents" role="list">{View::Rows(activations)}</ul>
        {pager(drawing.language, drawing.pages, LIST, Place::of(rows))}
    };
    group(LIST.to_owned(), language.say(Witness::IfAskedNow), None, inside)
}

fn activation(drawing: &Drawing, row: &AskedRow) -> View {
    let is_shown = row.answers.iter().all(|answer| answer.list.is_none() && answer.get.is_none());
    let sign = view! {
        <svg class="sign" class:is-yes=is_shown viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=if is_shown { "M3 8.5 6.5 12 13 4.5" } else { "M3.5 8h9" }></path>
        </svg>
    };
    let notes = view! {
        <span class="note"><span class="word">{row.action.clone()}</span></span>
        {row.answers.iter().map(|answer| told(drawing, answer)).collect_view()}
    };
    item(drawing, Item { activation: row.activation, id: &row.id.to_string(), is_asked: true, sign, notes })
}

/// The two answers on one line and, where one is no, why. A reason that both share is said once.
fn told(drawing: &Drawing, answer: &AskedAnswer) -> View {
    let language = drawing.language;
    let said = |why| drawing.page.with_world_untracked(|world| reason(language, why, world.catalogue()));
    let through = answer.controller.map(|id| format!("{}: ", node_name(language, Process::Controller(id).node())));
    let both = list_or_get_now(language, answer.list.is_none(), answer.get.is_none());
    let reasons = match (answer.list, answer.get) {
        (Some(list), Some(get)) if list != get => {
            let named = |word, why| format!("{}: {}", language.say(word), said(why));
            vec![named(Witness::ListNow, list), named(Witness::GetNow, get)]
        }
        (list, get) => list.or(get).map(said).into_iter().collect(),
    };
    view! {
        <span class="note"><span class="word is-answer">{through}{both}</span></span>
        {reasons.into_iter().map(|reason| view! { <span class="note"><span class="word is-held">{reason}</span></span> }).collect_view()}
    }
}

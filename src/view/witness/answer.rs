//! The newest answer to `wsk activation list`, as the terminal has it.

use super::Drawing;
use super::group::{hint, yes_or_no};
use crate::locale::Language;
use crate::locale::page::{Exchanged, Witness, answered_ago};
use crate::player::Selection;
use crate::time::{Instant, Span};
use crate::view::page::Page;
use crate::view::prelude::*;
use crate::witness::cli::{CliRow, ListAnswer, ListOutcome, Newest};

pub fn answer(drawing: &Drawing, newest: &Newest) -> View {
    let Drawing { page, controls, language, .. } = *drawing;
    let about = match &newest.answer {
        _ if newest.is_asking => language.say(Witness::Asking).into_view(),
        Some(answer) => age(page, language, answer.answered),
        None => language.say(Witness::NeverAsked).into_view(),
    };
    let is_empty = newest.answer.as_ref().is_some_and(|it| matches!(&it.outcome, ListOutcome::Rows { rows, .. } if rows.is_empty()));
    let opens = newest.answer.as_ref().map(|answer| {
        let wanted = Selection::Exchanges(answer.id);
        view! {
            <button class="small-button" type="button" on:click=move |_| page.select(wanted)>{language.say(Exchanged::Title)}</button>
        }
    });
    view! {
        <div class="witness-group" role="group" aria-label=language.say(Witness::NewestAnswer)>
            <p class="answer-age">
                <span>{about}</span>
                <button class="small-button" type="button" on:click=move |_| controls.list()>{language.say(Witness::AskAgain)}</button>
                {opens}
            </p>
            {newest.answer.as_ref().map(|answer| terminal(drawing, answer))}
            {is_empty.then(|| hint(language.say(Witness::EmptyList)))}
        </div>
    }
}

/// How old an answer is. It runs with the clock, and is drawn by itself.
fn age(page: Page, language: Language, answered: Instant) -> View {
    let age = move || {
        let age = page.now.get().since(answered);
        // While time runs, a tenth of a second is as fine as anyone can read.
        answered_ago(language, if page.is_playing() { Span::from_millis(age.millis() / 100 * 100) } else { age })
    };
    age.into_view()
}

fn terminal(drawing: &Drawing, answer: &ListAnswer) -> View {
    let (header, rows, error) = match &answer.outcome {
        ListOutcome::Rows { header, rows } => (header.as_str(), rows.as_slice(), None),
        ListOutcome::Failed { said, .. } => ("", [].as_slice(), Some(said.clone())),
    };
    let header = (!header.is_empty()).then(|| view! { <p class="terminal-header">{header.to_owned()}</p> });
    let lines = rows.iter().map(|row| (Key::from(row.id.to_string().as_str()), line(drawing, row))).collect();
    let error = error.map(|error| {
        view! {
            <p class="terminal-error">
                <svg class="sign" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
                    <path d="M8 1.8 14.6 13.6H1.4zM8 6.2v3.6M8 11.3v.8"></path>
                </svg>
                {error}
            </p>
        }
    });
    view! {
        <div class="terminal" role="group" aria-label=drawing.language.say(Witness::NewestAnswer) tabindex="0">
            <p class="terminal-command">{["$ ", &answer.command].concat()}</p>
            {header}
            <ul class="terminal-rows" role="list">{View::Rows(lines)}</ul>
            {error}
        </div>
    }
}

fn line(drawing: &Drawing, row: &CliRow) -> View {
    let (page, activation) = (drawing.page, row.activation);
    let is_selected = activation.is_some() && activation == drawing.selected;
    let choose = move |_| {
        if let Some(activation) = activation {
            page.toggle_activation(activation);
        }
    };
    view! {
        <li>
            <button
                class="terminal-row"
                class:is-selected=is_selected
                type="button"
                aria-pressed=yes_or_no(is_selected)
                on:click=choose
            >
                {row.line.clone()}
            </button>
        </li>
    }
}

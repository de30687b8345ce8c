//! The newest answer to `wsk activation list`, as the terminal has it.

use super::Selected;
use crate::locale::page::{Witness, answered_ago};
use crate::time::Span;
use crate::view::controls::Controls;
use crate::view::page::page;
use crate::view::prelude::*;
use crate::view::say::say;
use crate::witness::cli::{CliRow, ListOutcome, newest};

#[component]
pub fn Answer(selected: Selected) -> impl IntoView {
    let page = page();
    let controls = expect_context::<Controls>();
    let selected = StoredValue::new(selected);
    let newest = Memo::new(move || page.with_world(newest));
    let command = Memo::new(move || newest.with(|it| it.answer.as_ref().map(|answer| answer.command.clone())));
    let answered = Memo::new(move || newest.with(|it| it.answer.as_ref().map(|answer| answer.answered)));
    let table = Memo::new(move || {
        newest.with(|it| match it.answer.as_ref().map(|answer| &answer.outcome) {
            Some(ListOutcome::Rows { header, rows }) => (header.clone(), rows.clone()),
            _ => Default::default(),
        })
    });
    let error = Memo::new(move || {
        newest.with(|it| match it.answer.as_ref().map(|answer| &answer.outcome) {
            Some(ListOutcome::Failed { said, .. }) => Some(said.clone()),
            _ => None,
        })
    });
    let is_empty = move || command.with(Option::is_some) && error.with(Option::is_none) && table.with(|(_, rows)| rows.is_empty());
    // While time runs, a tenth of a second is as fine as anyone can read.
    let age = Memo::new(move || {
        let age = page.now.get().since(answered.get()?);
        Some(if page.is_playing() { Span::from_millis(age.millis() / 100 * 100) } else { age })
    });
    let about = move || {
        let language = page.language.get();
        match (age.get(), newest.with(|it| it.is_asking)) {
            (_, true) => language.say(Witness::Asking).to_owned(),
            (Some(age), _) => answered_ago(language, age),
            (None, _) => language.say(Witness::NeverAsked).to_owned(),
        }
    };
    view! {
        <div class="witness-group" role="group" aria-label=say(Witness::NewestAnswer)>
            <p class="answer-age">
                <span>{about}</span>
                <button class="small-button" type="button" on:click=move |_| controls.list()>{say(Witness::AskAgain)}</button>
            </p>
            <Show when=move || command.with(Option::is_some)>
                <div class="terminal" role="group" aria-label=say(Witness::NewestAnswer) tabindex="0">
                    <p class="terminal-command">{move || format!("$ {}", command.get().unwrap_or_default())}</p>
                    <Show when=move || table.with(|(header, _)| !header.is_empty())>
                        <p class="terminal-header">{move || table.with(|(header, _)| header.clone())}</p>
                    </Show>
                    <ul class="terminal-rows" role="list">
                        <For each=move || table.with(|(_, rows)| rows.clone()) key=|row| Key::from(row.id.to_string().as_str()) let:row>
                            {line(row, table, &selected.get_value())}
                        </For>
                    </ul>
                    <Show when=move || error.with(Option::is_some)>
                        <p class="terminal-error">
                            <svg class="sign" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
                                <path d="M8 1.8 14.6 13.6H1.4zM8 6.2v3.6M8 11.3v.8"></path>
                            </svg>
                            {move || error.get()}
                        </p>
                    </Show>
                </div>
            </Show>
            <Show when=is_empty><p class="hint">{say(Witness::EmptyList)}</p></Show>
        </div>
    }
}

fn line(row: CliRow, table: Memo<(String, Vec<CliRow>)>, selected: &Selected) -> impl IntoView + use<> {
    let page = page();
    let (id, activation, selected) = (row.id, row.activation, selected.clone());
    let is_selected = Signal::derive(move || activation.is_some() && selected.selected(&activation));
    let text = Memo::new(move || {
        let find = |rows: &[CliRow]| rows.iter().find(|row| row.id == id).map(|row| row.line.clone());
        table.with(|(_, rows)| find(rows)).unwrap_or_else(|| row.line.clone())
    });
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
                aria-pressed=move || if is_selected.get() { "true" } else { "false" }
                on:click=choose
            >
                {move || text.get()}
            </button>
        </li>
    }
}

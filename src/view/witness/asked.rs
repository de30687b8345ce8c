//! What `list` and `get` would come to now, for each activation: computed, without asking.

use super::Selected;
use super::pager::Pager;
use crate::cluster::place::Process;
use crate::locale::Language;
use crate::locale::page::{Header, Witness, list_or_get_now, node_name, not_visible};

use crate::view::copy::copy_button;
use crate::view::page::page;
use crate::view::prelude::*;
use crate::view::say::say;
use crate::witness::Rows;
use crate::witness::cli::{AskedAnswer, AskedRow, if_asked_now};

#[component]
pub fn AskedNow(selected: Selected) -> impl IntoView {
    let page = page();
    let first = RwSignal::new(0_usize);
    let rows = Memo::new(move || page.with_world(|world| if_asked_now(world, first.get())));
    view! {
        <div class="witness-group" role="group" aria-labelledby="asked-now">
            <h3 id="asked-now">{say(Witness::IfAskedNow)}</h3>
            <p class="hint">{say(Witness::ComputedWithoutAsking)}</p>
            <Show when=move || rows.with(|rows| rows.total == 0)>
                <p class="hint">{say(Witness::NoActivations)}</p>
            </Show>
            <ul class="documents" role="list">
                <For each=move || rows.with(|rows| rows.rows.clone()) key=|row| row.activation.0 let:row>
                    {activation(row, rows, &selected)}
                </For>
            </ul>
            <Pager rows first/>
        </div>
    }
}

fn activation(row: AskedRow, rows: Memo<Rows<AskedRow>>, selected: &Selected) -> impl IntoView + use<> {
    let page = page();
    let (ix, selected) = (row.activation, selected.clone());
    let is_selected = Signal::derive(move || selected.selected(&Some(ix)));
    let answers = Memo::new(move || {
        let find = |rows: &Rows<AskedRow>| rows.rows.iter().find(|row| row.activation == ix).map(|row| row.answers.clone());
        rows.with(find).unwrap_or_default()
    });
    let is_shown = move || answers.with(|answers| answers.iter().all(|answer| answer.list.is_none() && answer.get.is_none()));
    let told = move || {
        let language = page.language.get();
        answers.with(|answers| answers.iter().map(|answer| told(language, answer)).collect_view())
    };
    let id = row.id.to_string();
    let (name, copied) = (id.clone(), id.clone());
    view! {
        <li class="document is-asked" class:is-selected=is_selected>
            <button
                class="document-main"
                type="button"
                aria-pressed=move || if is_selected.get() { "true" } else { "false" }
                on:click=move |_| page.toggle_activation(ix)
            >
                <svg class="sign" class:is-yes=is_shown viewBox="0 0 16 16" aria-hidden="true" focusable="false">
                    <path d=move || if is_shown() { "M3 8.5 6.5 12 13 4.5" } else { "M3.5 8h9" }></path>
                </svg>
                <span class="document-text">
                    <span class="id">{id}</span>
                    <span class="note"><span class="word">{row.action}</span></span>
                    {told}
                </span>
            </button>
            {copy_button(page, move || format!("{} {name}", page.language.get().say(Header::CopyId)), move || copied.clone())}
        </li>
    }
}

/// The two answers on one line and, where one is no, why. A reason that both share is said once.
fn told(language: Language, answer: &AskedAnswer) -> impl IntoView + use<> {
    let through = answer.controller.map(|id| format!("{}: ", node_name(language, Process::Controller(id).node())));
    let both = list_or_get_now(language, answer.list.is_none(), answer.get.is_none());
    let reasons = match (answer.list, answer.get) {
        (Some(list), Some(get)) if list != get => {
            let named = |word, why| format!("{}: {}", language.say(word), not_visible(language, why));
            vec![named(Witness::ListNow, list), named(Witness::GetNow, get)]
        }
        (list, get) => list.or(get).map(|why| not_visible(language, why)).into_iter().collect(),
    };
    view! {
        <span class="note"><span class="word is-answer">{through}{both}</span></span>
        {reasons.into_iter().map(|reason| view! { <span class="note"><span class="word is-held">{reason}</span></span> }).collect_view()}
    }
}

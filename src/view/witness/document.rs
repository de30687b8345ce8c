//! Documents of a raw witness, as list items.

use super::Selected;
use super::pager::Pager;
use crate::cluster::place::ActivationIx;
use crate::locale::page::{Header, Witness};
use crate::view::copy::copy_button;
use crate::view::page::page;
use crate::view::prelude::*;
use crate::view::say::say;
use crate::witness::{DocumentRow, DocumentState, Rows};

/// A filled sheet for what is returned, a dashed one for what is held back: the shape says it, the word beside it says it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    Record,
    Held,
    Design,
}

pub fn sheet(kind: Sheet) -> impl IntoView {
    let (class, path) = match kind {
        Sheet::Record => ("sheet sheet-record", "M3.5 1.5h6l3 3v10h-9z"),
        Sheet::Held => ("sheet sheet-held", "M3.5 1.5h6l3 3v10h-9z"),
        Sheet::Design => ("sheet sheet-design", "M3.5 1.5h9v13h-9zM6 5h4M6 8h4M6 11h2"),
    };
    view! { <svg class=class viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d=path></path></svg> }
}

const fn state_word(state: DocumentState) -> Witness {
    match state {
        DocumentState::Design => Witness::DesignDocument,
        DocumentState::InView => Witness::InView,
        DocumentState::NotInView => Witness::NotInView,
        DocumentState::Searchable => Witness::Searchable,
        DocumentState::Buffered => Witness::Buffered,
    }
}

/// Keyed by document: a row that stays keeps its element, and with it the focus.
#[component]
pub fn DocumentList(rows: Memo<Rows<DocumentRow>>, first: RwSignal<usize>, selected: Selected) -> impl IntoView {
    view! {
        <ul class="documents" role="list">
            <For each=move || rows.with(|rows| rows.rows.clone()) key=|row| Key::from(row.key.as_str()) let:row>
                {match row.activation {
                    Some(activation) => record(row, activation, rows, &selected).into_view(),
                    None => design_document(row).into_view(),
                }}
            </For>
        </ul>
        <Pager rows first/>
    }
}

/// No record: there is nothing to select.
fn design_document(row: DocumentRow) -> impl IntoView {
    view! {
        <li class="document is-design">
            <span class="document-main">
                {sheet(Sheet::Design)}
                <span class="document-text">
                    <span class="id">{row.key}</span>
                    <span class="note"><span class="word">{say(state_word(row.state))}</span></span>
                </span>
            </span>
        </li>
    }
}

fn record(row: DocumentRow, activation: ActivationIx, rows: Memo<Rows<DocumentRow>>, selected: &Selected) -> impl IntoView + use<> {
    let page = page();
    let selected = selected.clone();
    let is_selected = Signal::derive(move || selected.selected(&Some(activation)));
    let written = row.state;
    let state = Memo::new(move || {
        let find = |rows: &Rows<DocumentRow>| rows.rows.iter().find(|row| row.activation == Some(activation)).map(|row| row.state);
        rows.with(find).unwrap_or(written)
    });
    let note = move || page.language.get().say(state_word(state.get()));
    let health = row.is_health_record.then(|| view! { <span class="word">{move || page.language.get().say(Witness::HealthRecord)}</span> });
    let sheet = move || if state.get() == DocumentState::Buffered { sheet(Sheet::Held) } else { sheet(Sheet::Record) };
    let (name, copied) = (row.key.clone(), row.key.clone());
    view! {
        <li class="document" class:is-selected=is_selected>
            <button
                class="document-main"
                type="button"
                aria-pressed=move || if is_selected.get() { "true" } else { "false" }
                on:click=move |_| page.toggle_activation(activation)
            >
                {sheet}
                <span class="document-text">
                    <span class="id">{row.key}</span>
                    <span class="note">
                        <span class="word">{row.action}</span>
                        {health}
                        <span class="word" class:is-held=move || matches!(state.get(), DocumentState::Buffered | DocumentState::NotInView)>
                            {note}
                        </span>
                    </span>
                </span>
            </button>
            {copy_button(page, move || format!("{} {name}", page.language.get().say(Header::CopyId)), move || copied.clone())}
        </li>
    }
}

/// The button behind which health records hide. It opens nothing where there are none.
#[component]
pub fn HealthToggle(#[prop(into)] count: Signal<u32>, open: RwSignal<bool>) -> impl IntoView {
    let page = page();
    let text = move || {
        let language = page.language.get();
        if open.get() {
            language.say(Witness::HideHealthRecords).to_owned()
        } else {
            crate::locale::page::health_records(language, count.get())
        }
    };
    view! {
        <Show when=move || count.get() != 0>
            <button
                class="quiet-button"
                type="button"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {text}
            </button>
        </Show>
    }
}

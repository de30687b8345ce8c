//! Documents of a raw witness, as list items.

use super::Drawing;
use super::group::yes_or_no;
use super::pager::{Place, pager};
use crate::cluster::place::ActivationIx;
use crate::locale::Language;
use crate::locale::page::Witness;
use crate::view::copy::copy_id;
use crate::view::prelude::*;
use crate::witness::{DocumentRow, DocumentState, Rows};

/// A filled sheet for what is returned, a dashed one for what is held back: the shape says it, the word beside it says it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sheet {
    Record,
    Held,
    Design,
}

fn sheet(kind: Sheet) -> View {
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

/// The part of a list that is shown, `list` being the id of its heading.
pub fn document_list(drawing: &Drawing, list: &str, rows: &Rows<DocumentRow>) -> View {
    let documents = rows.rows.iter().map(|row| (row.key.as_str().into(), document(drawing, row))).collect();
    view! {
        <ul class="documents" role="list">{View::Rows(documents)}</ul>
        {pager(drawing.language, drawing.pages, list, Place::of(rows))}
    }
}

fn document(drawing: &Drawing, row: &DocumentRow) -> View {
    let Some(activation) = row.activation else { return design_document(drawing.language, row) };
    let sign = sheet(if row.state == DocumentState::Buffered { Sheet::Held } else { Sheet::Record });
    item(drawing, Item { activation, id: &row.key, is_asked: false, sign, notes: notes(drawing.language, row) })
}

/// No record: there is nothing to select.
fn design_document(language: Language, row: &DocumentRow) -> View {
    view! {
        <li class="document is-design">
            <span class="document-main">
                {sheet(Sheet::Design)}
                <span class="document-text">
                    <span class="id">{row.key.clone()}</span>
                    <span class="note"><span class="word">{language.say(state_word(row.state))}</span></span>
                </span>
            </span>
        </li>
    }
}

fn notes(language: Language, row: &DocumentRow) -> View {
    let health = row.is_health_record.then(|| view! { <span class="word">{language.say(Witness::HealthRecord)}</span> });
    let is_held = matches!(row.state, DocumentState::Buffered | DocumentState::NotInView);
    view! {
        <span class="note">
            <span class="word">{row.action.clone()}</span>
            {health}
            <span class="word" class:is-held=is_held>{language.say(state_word(row.state))}</span>
        </span>
    }
}

/// What is in a list item about an activation.
pub struct Item<'a> {
    pub activation: ActivationIx,
    pub id: &'a str,
    pub is_asked: bool,
    pub sign: View,
    pub notes: View,
}

/// An activation that can be selected, with a button that copies its id.
pub fn item(drawing: &Drawing, Item { activation, id, is_asked, sign, notes }: Item) -> View {
    let page = drawing.page;
    let is_selected = drawing.selected == Some(activation);
    let is_looked_at = drawing.looked_at.is_some_and(|it| drawing.page.with_world_untracked(|world| it.has_record(world, activation)));
    view! {
        <li class="document" class:is-asked=is_asked class:is-selected=is_selected class:is-looked-at=is_looked_at>
            <button
                class="document-main"
                type="button"
                aria-pressed=yes_or_no(is_selected)
                on:click=move |_| page.toggle_activation(activation)
            >
                {sign}
                <span class="document-text"><span class="id">{id.to_owned()}</span>{notes}</span>
            </button>
            {copy_id(page, drawing.language, id)}
        </li>
    }
}

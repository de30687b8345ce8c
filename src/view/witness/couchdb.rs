use super::document::document_list;
use super::group::{group, health_toggle, hint};
use super::{COUCHDB, Desk, Drawing, Frame, framed};
use crate::locale::Language;
use crate::locale::page::{Witness, behind_view, records_and_design_documents, view_built};
use crate::view::predict::predict_first;
use crate::view::prelude::*;
use crate::witness::couchdb::{Summary, returned, summary};
use crate::witness::{DocumentRow, Rows};

const RETURNS: &str = "couchdb-returns";

pub fn couchdb_witness(desk: Desk) -> View {
    let page = desk.page;
    let with_health = RwSignal::new(false);
    let read = Memo::new(move || {
        let first = desk.pages.first(RETURNS);
        page.with_world(|world| (summary(world), returned(world, with_health.get(), first)))
    });
    let draw = move || {
        let drawing = desk.drawing();
        let language = drawing.language;
        let inside = if drawing.covered.couchdb {
            predict_first(language)
        } else {
            read.with(|(numbers, rows)| {
                let returned = database(&drawing, numbers, rows, with_health);
                view! { {returned}{view_index(language, numbers)} }
            })
        };
        let frame = Frame {
            panel: COUCHDB,
            class: "witness witness-couchdb",
            mark: "M3 4.2c0-2.4 10-2.4 10 0v7.6c0 2.4-10 2.4-10 0zM3 4.2c0 2.4 10 2.4 10 0",
            name: Witness::CouchDb,
        };
        framed(&drawing, frame, language.say(Witness::AllDocs).to_owned(), inside)
    };
    draw.into_view()
}

fn database(drawing: &Drawing, numbers: &Summary, rows: &Rows<DocumentRow>, with_health: RwSignal<bool>) -> View {
    let language = drawing.language;
    let design_documents = u32::try_from(numbers.design_documents.len()).unwrap_or(u32::MAX);
    let count = records_and_design_documents(language, design_documents, numbers.records);
    let inside = view! {
        {document_list(drawing, RETURNS, rows)}
        {health_toggle(language, numbers.health_records, with_health)}
        {hint(language.say(Witness::AllDocsHint))}
    };
    group(RETURNS.to_owned(), language.say(Witness::Returns), Some(count.into_view()), inside)
}

/// The view that lists read, and how far its index is behind the database.
fn view_index(language: Language, numbers: &Summary) -> View {
    let behind = match numbers.behind {
        0 => language.say(Witness::ViewIsCurrent).to_owned(),
        behind => behind_view(language, behind),
    };
    let updating = numbers.is_updating.then(|| view! { <span class="word">{language.say(Witness::ViewUpdating)}</span> });
    let inside = view! {
        <p class="fact"><span class="word" class:is-held=numbers.behind != 0>{behind}</span>{updating}</p>
        <p class="fact"><code>{numbers.view_path.clone()}</code></p>
        {hint(view_built(language, numbers.built_to, numbers.newest))}
        {hint(language.say(Witness::BehindViewHint))}
    };
    group("couchdb-held".to_owned(), language.say(Witness::BehindView), None, inside)
}

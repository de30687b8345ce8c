use super::document::{DocumentList, HealthToggle};
use super::{Frame, Selected};
use crate::locale::page::{Witness, behind_view, records_and_design_documents, view_built};
use crate::view::page::page;
use crate::view::predict::{PredictFirst, covered};
use crate::view::prelude::*;
use crate::view::say::say;
use crate::witness::couchdb::{returned, summary};

#[component]
pub fn CouchDbWitness(is_shown: Signal<bool>, selected: Selected) -> impl IntoView {
    let page = page();
    let covered = covered();
    let request = move || page.language.get().say(Witness::AllDocs).to_owned();
    view! {
        <Frame part="couchdb" mark="M3 4.2c0-2.4 10-2.4 10 0v7.6c0 2.4-10 2.4-10 0zM3 4.2c0 2.4 10 2.4 10 0" name=Witness::CouchDb request=Signal::derive(request) is_shown>
            <Show when=move || !covered.get().couchdb fallback=|| view! { <PredictFirst/> }>
                <Database selected=selected.clone()/>
            </Show>
        </Frame>
    }
}

#[component]
fn Database(selected: Selected) -> impl IntoView {
    let page = page();
    let (first, with_health) = (RwSignal::new(0_usize), RwSignal::new(false));
    let numbers = Memo::new(move || page.with_world(summary));
    let rows = Memo::new(move || page.with_world(|world| returned(world, with_health.get(), first.get())));
    let count = move || {
        let (design_documents, records) = numbers.with(|it| (it.design_documents.len(), it.records));
        records_and_design_documents(page.language.get(), u32::try_from(design_documents).unwrap_or(u32::MAX), records)
    };
    view! {
        <div class="witness-group" role="group" aria-labelledby="couchdb-returns">
            <h3 id="couchdb-returns">{say(Witness::Returns)}<span class="count">{count}</span></h3>
            <DocumentList rows first selected/>
            <HealthToggle count=Signal::derive(move || numbers.with(|it| it.health_records)) open=with_health/>
            <p class="hint">{say(Witness::AllDocsHint)}</p>
        </div>
        <div class="witness-group" role="group" aria-labelledby="couchdb-held">
            <h3 id="couchdb-held">{say(Witness::BehindView)}</h3>
            <p class="fact">
                <span class="word" class:is-held=move || numbers.with(|it| it.behind > 0)>
                    {move || match numbers.with(|it| it.behind) {
                        0 => page.language.get().say(Witness::ViewIsCurrent).to_owned(),
                        behind => behind_view(page.language.get(), behind),
                    }}
                </span>
                <Show when=move || numbers.with(|it| it.is_updating)><span class="word">{say(Witness::ViewUpdating)}</span></Show>
            </p>
            <p class="fact"><code>{move || numbers.with(|it| it.view_path.clone())}</code></p>
            <p class="hint">
                {move || numbers.with(|it| view_built(page.language.get(), it.built_to, it.newest))}
            </p>
            <p class="hint">{say(Witness::BehindViewHint)}</p>
        </div>
    }
}

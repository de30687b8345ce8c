use super::document::{DocumentList, HealthToggle};
use super::{Frame, Selected};
use crate::locale::page::{Witness, next_refresh, visible_count};
use crate::view::page::page;
use crate::view::predict::{PredictFirst, covered};
use crate::view::prelude::*;
use crate::view::say::say;
use crate::witness::ROWS_MAX;
use crate::witness::elasticsearch::{IndexSummary, Part, documents, indexes, user_index};

/// The search that returns a part of an index: ten hits unless asked for more.
fn search(index: &str, first: usize) -> String {
    let from = if first > 0 { format!("&from={first}") } else { String::new() };
    format!("GET /{index}/_search?size={ROWS_MAX}{from}")
}

#[component]
pub fn ElasticsearchWitness(is_shown: Signal<bool>, selected: Selected) -> impl IntoView {
    let page = page();
    let covered = covered();
    let request = Memo::new(move || page.with_world(|world| search(&user_index(world), 0)));
    view! {
        <Frame part="elasticsearch" mark="M2.5 3h11v2.6h-11zM2.5 6.9h7.5v2.6H2.5zM2.5 10.8h11v2.6h-11z" name=Witness::Elasticsearch request=request is_shown>
            <Show when=move || !covered.get().elasticsearch fallback=|| view! { <PredictFirst/> }>
                <Cluster selected=selected.clone()/>
            </Show>
        </Frame>
    }
}

#[component]
fn Cluster(selected: Selected) -> impl IntoView {
    let page = page();
    let with_health = RwSignal::new(false);
    let known = Memo::new(move || page.with_world(indexes));
    let health = move || known.with(|known| known.iter().filter(|index| index.is_health).map(|it| it.searchable + it.buffered).sum());
    let own = Memo::new(move || page.with_world(user_index));
    let names = Memo::new(move || {
        let shown = |index: &&IndexSummary| !index.is_health || with_health.get();
        known.with(|known| known.iter().filter(shown).map(|index| index.name.clone()).collect::<Vec<_>>())
    });
    let is_missing = move || known.with(|known| own.with(|own| !known.iter().any(|index| index.name == *own)));
    let is_empty = move || known.with(Vec::is_empty);
    view! {
        <Show when=is_missing>
            <div class="witness-group">
                <h3>{move || page.language.get().say(Witness::Returns)}</h3>
                <p class="fact"><span class="word">{move || page.language.get().say(Witness::MissingIndexAnswer)}</span></p>
                <p class="hint">
                    {move || page.language.get().say(if is_empty() { Witness::NoIndexAtAll } else { Witness::NoIndexForNamespace })}
                </p>
            </div>
        </Show>
        <For each=move || names.get() key=|name: &String| Key::from(name.as_str()) let:name>
            <Index name known selected=selected.clone()/>
        </For>
        <HealthToggle count=Signal::derive(health) open=with_health/>
    }
}

#[component]
fn Index(name: String, known: Memo<Vec<IndexSummary>>, selected: Selected) -> impl IntoView {
    let page = page();
    let name = StoredValue::new(name);
    let summary = Memo::new(move || known.with(|known| name.with_value(|name| known.iter().find(|index| index.name == *name).cloned())));
    let (first_returned, first_held) = (RwSignal::new(0_usize), RwSignal::new(0_usize));
    let part = move |part, first: RwSignal<usize>| {
        Memo::new(move || page.with_world(|world| name.with_value(|name| documents(world, name, part, first.get()))))
    };
    let (returned, held) = (part(Part::Searchable, first_returned), part(Part::Buffered, first_held));
    let counts = move || summary.with(|it| it.as_ref().map(|it| visible_count(page.language.get(), it.searchable, it.buffered)));
    // While time runs, a tenth of a second is as fine as anyone can read.
    let left = Memo::new(move || {
        let left = summary.with(|it| it.as_ref().map(|it| it.next_refresh))?.since(page.now.get());
        let tenths = if page.is_playing() { 100_000 } else { 1_000 };
        Some(crate::time::Span::from_micros(left.micros().div_ceil(tenths) * tenths))
    });
    let id = |group: &str| name.with_value(|name| format!("{group}-{name}"));
    let id = StoredValue::new((id("returns"), id("holds")));
    let (returns, holds) = (move || id.with_value(|id| id.0.clone()), move || id.with_value(|id| id.1.clone()));
    view! {
        <div class="witness-group" role="group" aria-labelledby=returns>
            <h3 id=returns>{say(Witness::Returns)}<span class="count">{counts}</span></h3>
            <p class="fact"><code>{move || name.with_value(|name| search(name, returned.with(|rows| rows.first)))}</code></p>
            <Show when=move || returned.with(|rows| rows.total == 0)>
                <p class="hint">{say(Witness::NothingReturned)}</p>
            </Show>
            <DocumentList rows=returned first=first_returned selected=selected.clone()/>
        </div>
        <div class="witness-group" role="group" aria-labelledby=holds>
            <h3 id=holds>
                {say(Witness::HoldsUnreturned)}
                <span class="count">{move || left.get().map(|left| next_refresh(page.language.get(), left))}</span>
            </h3>
            <Show when=move || held.with(|rows| rows.total == 0)>
                <p class="hint">{say(Witness::NothingBuffered)}</p>
            </Show>
            <DocumentList rows=held first=first_held selected/>
        </div>
    }
}

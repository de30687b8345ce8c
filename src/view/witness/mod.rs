//! The three witnesses of the same instant, side by side; one at a time on a narrow screen.

mod answer;
mod asked;
mod cli;
mod couchdb;
mod document;
mod elasticsearch;
mod pager;

use super::page::page;
use super::tabs::{TabItem, Tabs};
use crate::cluster::place::ActivationIx;
use crate::locale::page::Witness;
use crate::view::prelude::*;
use cli::CliWitness;
use couchdb::CouchDbWitness;
use elasticsearch::ElasticsearchWitness;

/// Tells each row whether its activation is the selected one, and no other row.
type Selected = leptos::reactive::computed::Selector<Option<ActivationIx>>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Cli,
    CouchDb,
    Elasticsearch,
}

#[component]
pub fn WitnessRow() -> impl IntoView {
    let page = page();
    let shown = RwSignal::new(Shown::Cli);
    let selected = Selected::new(move || page.selection.get().activation());
    let tabs = vec![
        TabItem { value: Shown::Cli, panel: "witness-cli", name: |language| language.say(Witness::CliShort) },
        TabItem { value: Shown::CouchDb, panel: "witness-couchdb", name: |_| "CouchDB" },
        TabItem { value: Shown::Elasticsearch, panel: "witness-elasticsearch", name: |_| "Elasticsearch" },
    ];
    let is_shown = move |which| Signal::derive(move || shown.get() == which);
    view! {
        <div class="witness-row">
            <Tabs name=|language| language.say(Witness::ShowWitness) items=tabs chosen=shown/>
            <CliWitness is_shown=is_shown(Shown::Cli) selected=selected.clone()/>
            <CouchDbWitness is_shown=is_shown(Shown::CouchDb) selected=selected.clone()/>
            <ElasticsearchWitness is_shown=is_shown(Shown::Elasticsearch) selected/>
        </div>
    }
}

/// The frame of one witness: its region, its heading and what it would be asked.
#[component]
fn Frame(
    /// The part of ids and classes that is its own: `cli`.
    part: &'static str,
    /// The outline of its mark on a square of 16: a prompt, a cylinder, stacked shards.
    mark: &'static str,
    name: Witness,
    /// The request that it shows the answer to.
    #[prop(into)]
    request: Signal<String>,
    is_shown: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let page = page();
    view! {
        <section
            class=format!("witness witness-{part}")
            class:is-shown=move || is_shown.get()
            id=format!("witness-{part}")
            aria-label=move || page.language.get().say(name)
        >
            <header class="witness-head">
                <h2>
                    <svg class="witness-mark" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d=mark></path></svg>
                    {move || page.language.get().say(name)}
                </h2>
                <code>{move || request.get()}</code>
            </header>
            {children()}
        </section>
    }
}

//! The three witnesses of the same instant, side by side; one at a time on a narrow screen.
//!
//! Each is read from the world by one memo, which tells whether anything about it has changed, and drawn from that by one closure.

mod answer;
mod asked;
mod cli;
mod couchdb;
mod document;
mod elasticsearch;
mod group;
mod pager;

use super::controls::Controls;
use super::lesson::LookedAt;
use super::page::{Page, page};
use super::predict::covered;
use super::tabs::{Tab, tabs};
use crate::cluster::place::ActivationIx;
use crate::locale::Language;
use crate::locale::page::Witness;
use crate::player::Covered;
use crate::view::prelude::*;
use cli::cli_witness;
use couchdb::couchdb_witness;
use elasticsearch::elasticsearch_witness;
pub use pager::{Pages, Place, pager};

const CLI: &str = "witness-cli";
const COUCHDB: &str = "witness-couchdb";
const ELASTICSEARCH: &str = "witness-elasticsearch";

static TABS: [Tab; 3] = [
    Tab { panel: CLI, name: |language| language.say(Witness::CliShort) },
    Tab { panel: COUCHDB, name: |_| "CouchDB" },
    Tab { panel: ELASTICSEARCH, name: |_| "Elasticsearch" },
];

#[component]
pub fn WitnessRow() -> impl IntoView {
    let page = page();
    let desk = Desk { page, controls: expect_context(), covered: covered(), shown: RwSignal::new(CLI), pages: Pages::new() };
    let tabs = move || {
        let language = page.language.get();
        tabs(language, language.say(Witness::ShowWitness), &TABS, desk.shown)
    };
    view! {
        <div class="witness-row">
            {tabs}
            {cli_witness(desk)}
            {couchdb_witness(desk)}
            {elasticsearch_witness(desk)}
        </div>
    }
}

/// What the three have in common. A copy is a handle.
#[derive(Clone, Copy)]
struct Desk {
    page: Page,
    controls: Controls,
    covered: Signal<Covered>,
    /// The panel that is shown where there is room for one alone.
    shown: RwSignal<&'static str>,
    pages: Pages,
}

impl Desk {
    /// What a witness is drawn with, now.
    fn drawing(self) -> Drawing {
        let Self { page, controls, covered, shown, pages } = self;
        let (language, selected, looked_at) = (page.language.get(), page.selection.get().activation(), use_context::<LookedAt>());
        Drawing { page, controls, pages, language, selected, looked_at, covered: covered.get(), shown: shown.get() }
    }
}

/// What every part of a witness is drawn with.
struct Drawing {
    page: Page,
    controls: Controls,
    pages: Pages,
    language: Language,
    selected: Option<ActivationIx>,
    looked_at: Option<LookedAt>,
    covered: Covered,
    shown: &'static str,
}

/// What tells one witness's frame from another's.
struct Frame {
    panel: &'static str,
    class: &'static str,
    /// The outline of its mark on a square of 16: a prompt, a cylinder, stacked shards.
    mark: &'static str,
    name: Witness,
}

/// The frame of one witness: its region, its heading, the request that it shows the answer to, and what is in it.
fn framed(drawing: &Drawing, Frame { panel, class, mark, name }: Frame, request: String, inside: View) -> View {
    let name = drawing.language.say(name);
    view! {
        <section class=class class:is-shown=drawing.shown == panel id=panel aria-label=name>
            <header class="witness-head">
                <h2>
                    <svg class="witness-mark" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d=mark></path></svg>
                    {name}
                </h2>
                <code>{request}</code>
            </header>
            {inside}
        </section>
    }
}

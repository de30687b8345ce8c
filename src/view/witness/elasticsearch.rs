use super::document::document_list;
use super::group::{group, health_toggle, hint};
use super::pager::Pages;
use super::{Desk, Drawing, ELASTICSEARCH, Frame, framed};
use crate::cluster::World;
use crate::locale::Language;
use crate::locale::page::{Witness, next_refresh, visible_count};
use crate::time::{Instant, Span};
use crate::view::page::Page;
use crate::view::predict::predict_first;
use crate::view::prelude::*;
use crate::witness::elasticsearch::{IndexSummary, Part, documents, indexes, user_index};
use crate::witness::{DocumentRow, ROWS_MAX, Rows};

/// The search that returns a part of an index: ten hits unless asked for more.
fn search(index: &str, first: usize) -> String {
    let from = if first > 0 { format!("&from={first}") } else { String::new() };
    format!("GET /{index}/_search?size={ROWS_MAX}{from}")
}

/// What is shown of Elasticsearch.
#[derive(PartialEq)]
struct Cluster {
    /// The name that the user's index has, whether it exists or not.
    own: String,
    has_own: bool,
    is_empty: bool,
    health_records: u32,
    indexes: Vec<Index>,
}

#[derive(PartialEq)]
struct Index {
    summary: IndexSummary,
    returned: Rows<DocumentRow>,
    held: Rows<DocumentRow>,
}

fn returns(index: &str) -> String {
    ["returns-", index].concat()
}

fn holds(index: &str) -> String {
    ["holds-", index].concat()
}

fn read(world: &World, pages: Pages, with_health: bool) -> Cluster {
    let (own, known) = (user_index(world), indexes(world));
    let health = known.iter().filter(|index| index.is_health);
    let part = |name: &str, list: String, part| documents(world, name, part, pages.first(&list));
    Cluster {
        has_own: known.iter().any(|index| index.name == own),
        own,
        is_empty: known.is_empty(),
        health_records: health.map(|index| index.searchable + index.buffered).sum(),
        indexes: known
            .into_iter()
            .filter(|index| !index.is_health || with_health)
            .map(|summary| Index {
                returned: part(&summary.name, returns(&summary.name), Part::Searchable),
                held: part(&summary.name, holds(&summary.name), Part::Buffered),
                summary,
            })
            .collect(),
    }
}

pub fn elasticsearch_witness(desk: Desk) -> View {
    let page = desk.page;
    let with_health = RwSignal::new(false);
    let cluster = Memo::new(move || page.with_world(|world| read(world, desk.pages, with_health.get())));
    let draw = move || {
        let drawing = desk.drawing();
        let language = drawing.language;
        cluster.with(|cluster| {
            let inside = if drawing.covered.elasticsearch {
                predict_first(language)
            } else {
                let indexes = cluster.indexes.iter().map(|it| (Key::from(it.summary.name.as_str()), index(&drawing, it))).collect();
                view! {
                    {(!cluster.has_own).then(|| missing(language, cluster.is_empty))}
                    {View::Rows(indexes)}
                    {health_toggle(language, cluster.health_records, with_health)}
                }
            };
            let frame = Frame {
                panel: ELASTICSEARCH,
                class: "witness witness-elasticsearch",
                mark: "M2.5 3h11v2.6h-11zM2.5 6.9h7.5v2.6H2.5zM2.5 10.8h11v2.6h-11z",
                name: Witness::Elasticsearch,
            };
            framed(&drawing, frame, search(&cluster.own, 0), inside)
        })
    };
    draw.into_view()
}

/// What a search for the user's records answers before their index exists.
fn missing(language: Language, is_empty: bool) -> View {
    let why = if is_empty { Witness::NoIndexAtAll } else { Witness::NoIndexForNamespace };
    view! {
        <div class="witness-group">
            <h3>{language.say(Witness::Returns)}</h3>
            <p class="fact"><span class="word">{language.say(Witness::MissingIndexAnswer)}</span></p>
            {hint(language.say(why))}
        </div>
    }
}

fn index(drawing: &Drawing, Index { summary, returned, held }: &Index) -> View {
    let language = drawing.language;
    let (returns, holds) = (returns(&summary.name), holds(&summary.name));
    let counts = visible_count(language, summary.searchable, summary.buffered);
    let found = view! {
        <p class="fact"><code>{search(&summary.name, returned.first)}</code></p>
        {(returned.total == 0).then(|| hint(language.say(Witness::NothingReturned)))}
        {document_list(drawing, &returns, returned)}
    };
    let waiting = view! {
        {(held.total == 0).then(|| hint(language.say(Witness::NothingBuffered)))}
        {document_list(drawing, &holds, held)}
    };
    let left = refresh(drawing.page, language, summary.next_refresh);
    view! {
        {group(returns, language.say(Witness::Returns), Some(counts.into_view()), found)}
        {group(holds, language.say(Witness::HoldsUnreturned), Some(left), waiting)}
    }
}

/// The time until a refresh. It runs with the clock, and is drawn by itself.
fn refresh(page: Page, language: Language, at: Instant) -> View {
    let left = move || {
        let left = at.since(page.now.get());
        // While time runs, a tenth of a second is as fine as anyone can read.
        let tenths = if page.is_playing() { 100_000 } else { 1_000 };
        next_refresh(language, Span::from_micros(left.micros().div_ceil(tenths) * tenths))
    };
    left.into_view()
}

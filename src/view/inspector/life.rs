//! The life of a record as a waterfall: one row a stretch, with the bar, the time in words and the source line.

use crate::cluster::place::{ActivationIx, StoreKind};
use crate::inspection::life::{Bar, Life, Stretch};
use crate::locale::page::{LessonPanel, Waterfall};
use crate::locale::{Language, instant, span};
use crate::scene::tenths;
use crate::time::Instant;
use crate::view::page::page;
use crate::view::parts::source;
use crate::view::prelude::*;

const fn words(stretch: Stretch) -> (Waterfall, Waterfall) {
    match stretch {
        Stretch::Wait => (Waterfall::Wait, Waterfall::WaitHint),
        Stretch::Init => (Waterfall::Init, Waterfall::InitHint),
        Stretch::Run => (Waterfall::Run, Waterfall::RunHint),
        Stretch::Logs => (Waterfall::Logs, Waterfall::LogsHint),
        Stretch::Store => (Waterfall::Store, Waterfall::StoreHint),
        Stretch::Visible => (Waterfall::Visible, Waterfall::VisibleHint),
    }
}

const fn bar_class(stretch: Stretch, store: StoreKind) -> &'static str {
    match (stretch, store) {
        (Stretch::Wait, _) => "bar bar-wait",
        (Stretch::Init, _) => "bar bar-init",
        (Stretch::Run, _) => "bar bar-run",
        (Stretch::Logs, _) => "bar bar-logs",
        (Stretch::Store, StoreKind::CouchDb) => "bar bar-store-couchdb",
        // Nothing is stored or seen by way of a store that keeps nothing.
        (Stretch::Store | Stretch::Visible, StoreKind::Noop) => "bar",
        (Stretch::Store, StoreKind::Elasticsearch) => "bar bar-store-elasticsearch",
        (Stretch::Visible, StoreKind::CouchDb) => "bar bar-visible-couchdb",
        (Stretch::Visible, StoreKind::Elasticsearch) => "bar bar-visible-elasticsearch",
    }
}

/// From simulated time to per cent of the drawing's width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Scale {
    from: u64,
    length: u64,
}

impl Scale {
    /// The wait for a list may take an hour: it is cut where it would be longer than the rest, and drawn as going on.
    fn of(life: &Life, now: Instant) -> Self {
        let from = life.bars.first().map_or(0, |bar| bar.from.micros());
        let end = |bar: &Bar| bar.to.unwrap_or(now).micros().saturating_sub(from);
        let made = life.bars.iter().filter(|bar| bar.stretch != Stretch::Visible).map(end).max().unwrap_or(0).max(1_000);
        let all = life.bars.iter().map(end).max().unwrap_or(0);
        Self { from, length: all.clamp(made, made * 2) }
    }

    /// Whether an instant lies beyond the drawing.
    fn cuts(self, at: Instant) -> bool {
        at.micros().saturating_sub(self.from) > self.length
    }

    fn percent(self, at: Instant) -> f32 {
        let offset = at.micros().saturating_sub(self.from).min(self.length);
        let tenths = (offset * 1_000 + self.length / 2) / self.length;
        tenths as f32 / 10.0
    }
}

#[component]
pub fn LifeView(ix: ActivationIx) -> impl IntoView {
    let page = page();
    let whole = Memo::new(move || page.with_tape(|tape| Life::of(tape, ix)));
    move || {
        let language = page.language.get();
        let (now, store) = page.with_world(|world| (world.now(), world.activation(ix).map(|it| it.store)));
        let life = whole.with(|whole| whole.as_ref().map(|whole| whole.until(now)))?;
        let picture = Picture { scale: Scale::of(&life, now), now, answered: life.answered, store: store.unwrap_or(StoreKind::CouchDb) };
        let bar = |stretch| life.bars.iter().find(|bar| bar.stretch == stretch).copied();
        let answered = life.answered.map(|at| {
            view! {
                <p class="life-answered">
                    <span class="answered-mark" aria-hidden="true"></span>
                    {language.say(Waterfall::Answered)}
                    <span class="stretch-from">{instant(language, at)}</span>
                </p>
            }
        });
        Some(view! {
            <table class="life">
                <caption>{language.say(Waterfall::Title)}</caption>
                <thead class="visually-hidden">
                    <tr>
                        <th scope="col">{language.say(Waterfall::Stretch)}</th>
                        <th scope="col" aria-hidden="true"></th>
                        <th scope="col">{language.say(Waterfall::Took)}", "{language.say(Waterfall::From)}</th>
                        <th scope="col">{language.say(LessonPanel::Evidence)}</th>
                    </tr>
                </thead>
                <tbody>{Stretch::ALL.map(|stretch| row(language, stretch, bar(stretch), picture)).into_iter().collect_view()}</tbody>
            </table>
            {answered}
        })
    }
}

/// What all bars are drawn by.
#[derive(Clone, Copy)]
struct Picture {
    scale: Scale,
    now: Instant,
    answered: Option<Instant>,
    store: StoreKind,
}

fn row(language: Language, stretch: Stretch, bar: Option<Bar>, picture: Picture) -> View {
    let (name, hint) = words(stretch);
    view! {
        <tr class="stretch" class:is-to-come=bar.is_none()>
            <th scope="row" title=language.say(hint)>{language.say(name)}</th>
            <td class="stretch-drawing" aria-hidden="true">{bar.map(|bar| drawing(bar, picture))}</td>
            <td class="stretch-took">
                {duration(language, bar)}<span class="stretch-from">{bar.map(|bar| instant(language, bar.from))}</span>
            </td>
            <td>{bar.and_then(|bar| bar.cites).map(|evidence| source(language, evidence))}</td>
        </tr>
    }
}

fn duration(language: Language, bar: Option<Bar>) -> String {
    match bar {
        None => language.say(Waterfall::NotYet).to_owned(),
        Some(Bar { from, to: Some(to), .. }) => span(language, to.since(from)),
        Some(_) => "…".to_owned(),
    }
}

fn drawing(bar: Bar, Picture { scale, now, answered, store }: Picture) -> View {
    let end = bar.to.unwrap_or(now);
    let (x, right) = (scale.percent(bar.from), scale.percent(end));
    let percent = |value: f32| tenths(value) + "%";
    let mark = answered.filter(|at| !scale.cuts(*at)).map(|at| {
        let x = percent(scale.percent(at));
        view! { <line class="answered-line" x1=x.clone() x2=x y1="0" y2="20"></line> }
    });
    let is_open = bar.to.is_none() || scale.cuts(end);
    view! {
        <svg class="stretch-svg" width="100%" height="20" focusable="false">
            {mark}
            <rect class=bar_class(bar.stretch, store) class:is-open=is_open x=percent(x) y="4" width=percent((right - x).max(1.0)) height="12" rx="2"></rect>
        </svg>
    }
}

//! The steps as a list: the text track that is equal to the motion.

mod row;

use super::page::page;
use super::predict::{PredictFirst, covered};
use crate::cluster::step::Rank;
use crate::inspection::listing::{Filter, Listing, ROWS_MAX, Window};
use crate::locale::Word;
use crate::locale::page::{StepList, step_position};
use crate::player::Player;
use crate::view::prelude::*;
use crate::view::say::say;
use leptos::ev;
use row::{follow, row_view};

#[component]
pub fn StepsPanel() -> impl IntoView {
    let page = page();
    let covered = covered();
    view! {
        <section class="steps" aria-label=move || page.language.get().say(StepList::Region)>
            <h2>{move || page.language.get().say(StepList::Region)}</h2>
            <Show when=move || !covered.get().steps fallback=|| view! { <PredictFirst/> }>
                <Steps/>
            </Show>
        </section>
    }
}

#[component]
fn Steps() -> impl IntoView {
    let page = page();
    let rank = RwSignal::new(Rank::Story);
    let of_selection = RwSignal::new(false);
    let selected = Memo::new(move || page.selection.get().activation());
    let listing = Memo::new(move || {
        let activation = selected.get().filter(|_| of_selection.get());
        page.with_tape(|tape| Listing::new(tape, Filter { rank: rank.get(), activation }))
    });
    // Where the list was moved to by hand, until the visitor goes elsewhere in time.
    let moved_to = RwSignal::new(None::<usize>);
    let moment = Memo::new(move || page.with_world(|world| (world.now(), world.step_count())));
    let past = Memo::new(move || {
        let (now, happened) = moment.get();
        listing.with(|listing| listing.past(now, happened))
    });
    let limit = Memo::new(move || {
        moment.track();
        page.with_player(Player::told_until).map_or(usize::MAX, |until| {
            let happened = page.with_tape(|tape| tape.world_at(until).step_count());
            listing.with(|listing| listing.past(until, happened))
        })
    });
    let window = Memo::new(move || {
        listing.with(|listing| match moved_to.get() {
            Some(first) => listing.window_from(first, limit.get()),
            None => listing.window(past.get(), limit.get().max(past.get())),
        })
    });
    let rows = Memo::new(move || page.with_tape(|tape| listing.with(|listing| listing.rows(tape, window.get()))));
    let current = Memo::new(move || {
        let now = moment.get().0;
        let newest = rows.with(|rows| rows.iter().rev().find(|row| row.step.at <= now).map(|row| row.step))?;
        // Of the steps of one instant the one in focus is meant, if it is listed.
        let focus = page.focus_step().filter(|focus| focus.at == newest.at && focus.ordinal < newest.ordinal);
        let is_listed = |ordinal| rows.with(|rows| rows.iter().any(|row| row.step.ordinal == ordinal));
        Some(focus.map(|focus| focus.ordinal).filter(|ordinal| is_listed(*ordinal)).unwrap_or(newest.ordinal))
    });
    follow(current, moved_to);
    let total = Memo::new(move || listing.with(Listing::total));
    let shown = move || {
        let Window { first, end } = window.get();
        (first > 0, end < total.get().min(limit.get().max(past.get())))
    };
    let go = move |later: bool| {
        let first = window.get_untracked().first;
        moved_to.set(Some(if later { first + ROWS_MAX / 2 } else { first.saturating_sub(ROWS_MAX / 2) }));
    };
    let place = move || (total.get() > 0).then(|| step_position(page.language.get(), past.get() as u64, total.get() as u64));
    view! {
        <div class="steps-tools">
            <fieldset class="steps-ranks" role="radiogroup" aria-label=say(StepList::Which)>
                {rank_choice(rank, Rank::Story, StepList::StoryOnly)}
                {rank_choice(rank, Rank::Detail, StepList::ShowDetail)}
                {rank_choice(rank, Rank::Housekeeping, StepList::ShowAll)}
            </fieldset>
            <label class="steps-own">
                <input type="checkbox" prop:checked=move || of_selection.get() on:change=move |event: ev::Event| of_selection.set(event_target_checked(&event))/>
                <span>{say(StepList::OfSelection)}</span>
            </label>
            <span class="steps-place">{place}</span>
        </div>
        <Show when=move || total.get() == 0><p class="hint">{say(StepList::None)}</p></Show>
        <Show when=move || shown().0>
            <button class="quiet-button" type="button" on:click=move |_| go(false)>{say(StepList::Earlier)}</button>
        </Show>
        <ol class="step-list" id="step-list" role="list">
            <For each=move || rows.get() key=|row| row.step.ordinal let:row>
                {row_view(row, rows, moment, current, total, moved_to)}
            </For>
        </ol>
        <Show when=move || shown().1>
            <button class="quiet-button" type="button" on:click=move |_| go(true)>{say(StepList::Later)}</button>
        </Show>
    }
}

fn rank_choice(rank: RwSignal<Rank>, value: Rank, word: impl Word) -> impl IntoView {
    view! {
        <label class="choice">
            <input type="radio" name="step-rank" prop:checked=move || rank.get() == value on:change=move |_: ev::Event| rank.set(value)/>
            <span>{say(word)}</span>
        </label>
    }
}

//! The steps as a list: the text track that is equal to the motion.

mod row;

use super::page::page;
use super::predict::{covered, predict_first};
use crate::cluster::step::Rank;
use crate::inspection::listing::{Filter, Listing, ROWS_MAX};
use crate::locale::page::{StepList, step_position};
use crate::player::Player;
use crate::view::prelude::*;
use row::{Line, Moment, follow, row};

#[component]
pub fn StepsPanel() -> impl IntoView {
    let page = page();
    let covered = covered();
    let is_covered = Memo::new(move || covered.get().steps);
    let region = move || page.language.get().say(StepList::Region);
    // The list's own state is made anew only when it is uncovered.
    let inside = move || {
        if is_covered.get() {
            predict_first(page.language.get())
        } else {
            view! { <Steps/> }
        }
    };
    view! { <section class="steps" aria-label=region><h2>{region}</h2>{inside}</section> }
}

#[component]
fn Steps() -> impl IntoView {
    let page = page();
    let rank = RwSignal::new(Rank::Story);
    let of_selection = RwSignal::new(false);
    // Where the list was moved to by hand, until the visitor goes elsewhere in time.
    let moved_to = RwSignal::new(None::<usize>);
    let listing = Memo::new(move || {
        let activation = if of_selection.get() { page.selection.get().activation() } else { None };
        page.with_tape(|tape| Listing::new(tape, Filter { rank: rank.get(), activation }))
    });
    // How many of the listed steps are past, and how many may be told of. Most of what happens is not listed and changes neither.
    let reached = Memo::new(move || {
        let (now, happened) = page.with_world(|world| (world.now(), world.step_count()));
        let until = page.with_player(Player::told_until);
        let until = until.map(|until| (until, page.with_tape(|tape| tape.world_at(until).step_count())));
        let limit = |listing: &Listing| until.map_or(usize::MAX, |(until, happened)| listing.past(until, happened));
        listing.with(|listing| (listing.past(now, happened), limit(listing)))
    });
    let window = Memo::new(move || {
        let (past, limit) = reached.get();
        listing.with(|listing| match moved_to.get() {
            Some(first) => listing.window_from(first, limit),
            None => listing.window(past, limit.max(past)),
        })
    });
    // Steps are derived again by running the world, so their lines are kept.
    let lines = Memo::new(move || {
        let (language, window) = (page.language.get(), window.get());
        page.with_tape(|tape| {
            let rows = listing.with(|listing| listing.rows(tape, window));
            rows.iter().map(|row| Line::of(language, tape, row)).collect::<Vec<_>>()
        })
    });
    let current = Memo::new(move || {
        let (past, _) = reached.get();
        lines.with(|lines| {
            let newest = lines.iter().rev().find(|line| line.place < past)?;
            // Of the steps of one instant the one in focus is meant, if it is listed.
            let focus = page.focus_step().filter(|focus| focus.at == newest.at && focus.ordinal < newest.ordinal);
            let is_listed = |ordinal: &u64| lines.iter().any(|line| line.ordinal == *ordinal);
            Some(focus.map(|focus| focus.ordinal).filter(is_listed).unwrap_or(newest.ordinal))
        })
    });
    follow(current, moved_to);
    move || {
        let language = page.language.get();
        let ((past, limit), window, total) = (reached.get(), window.get(), listing.with(Listing::total));
        let moment = Moment { page, lines, moved_to, past, total, current: current.get(), selected: page.selection.get().activation() };
        let rows = lines.with(|lines| lines.iter().map(|line| (line.ordinal.into(), row(&moment, line))).collect());
        let place = (total > 0).then(|| step_position(language, past as u64, total as u64));
        let choices = [(Rank::Story, StepList::StoryOnly), (Rank::Detail, StepList::ShowDetail), (Rank::Housekeeping, StepList::ShowAll)];
        let choices = choices.map(|(value, word)| rank_choice(rank, value, language.say(word)));
        let turn = |word: StepList, to: usize| {
            let turn = move |_: ev::MouseEvent| moved_to.set(Some(to));
            view! { <button class="quiet-button" type="button" on:click=turn>{language.say(word)}</button> }
        };
        let earlier = (window.first > 0).then(|| turn(StepList::Earlier, window.first.saturating_sub(ROWS_MAX / 2)));
        let later = (window.end < total.min(limit.max(past))).then(|| turn(StepList::Later, window.first + ROWS_MAX / 2));
        let choose_own = move |event: ev::Event| of_selection.set(event_target_checked(&event));
        view! {
            <div class="steps-tools">
                <fieldset class="steps-ranks" role="radiogroup" aria-label=language.say(StepList::Which)>
                    {choices.into_iter().collect_view()}
                </fieldset>
                <label class="steps-own">
                    <input type="checkbox" prop:checked=of_selection.get() on:change=choose_own/>
                    <span>{language.say(StepList::OfSelection)}</span>
                </label>
                <span class="steps-place">{place}</span>
            </div>
            {(total == 0).then(|| view! { <p class="hint">{language.say(StepList::None)}</p> })}
            {earlier}
            <ol class="step-list" id="step-list" role="list">{View::Rows(rows)}</ol>
            {later}
        }
    }
}

fn rank_choice(rank: RwSignal<Rank>, value: Rank, text: &'static str) -> View {
    view! {
        <label class="choice">
            <input type="radio" name="step-rank" prop:checked=rank.get() == value on:change=move |_| rank.set(value)/>
            <span>{text}</span>
        </label>
    }
}

use crate::locale::page::{Transport as Words, speed};
use crate::player::{PlayerCommand, Speed};
use crate::recording::Pace;
use crate::view::controls::Controls;
use crate::view::parts::{Choice, RadioGroup};
use crate::view::prelude::*;

/// Names of the speeds' places, slowest first, for their classes.
const PLACES: [&str; 6] = ["1", "2", "3", "4", "5", "6"];

/// Pace and speed. On a narrow screen both are folded behind a button that says the speed.
#[component]
pub fn Rate(controls: Controls) -> impl IntoView {
    let page = controls.page;
    let unfolded = RwSignal::new(false);
    let pace = Memo::new(move || page.with_player(|player| player.pace()));
    let chosen = Memo::new(move || page.with_player(|player| player.speed()));
    let pace_choice = move |(one, code, word, hint): (Pace, &'static str, Words, Words)| {
        let choose = move || controls.act(PlayerCommand::SetPace(one));
        Choice::new(code, move || page.language.get().say(word).to_owned(), move || pace.get() == one, choose)
            .hint(move || page.language.get().say(hint))
    };
    let paces = [(Pace::Story, "story", Words::Story, Words::StoryHint), (Pace::Clock, "clock", Words::Clock, Words::ClockHint)];
    let speed_choice = move |(one, place): (Speed, &'static str)| {
        Choice::new(place, move || speed_label(one), move || chosen.get() == one, move || controls.act(PlayerCommand::SetSpeed(one)))
    };
    // Each pace has its own speeds.
    let speeds = move || {
        let name = Signal::derive(move || page.language.get().say(Words::Speed));
        let choices = Speed::choices(pace.get()).iter().copied().zip(PLACES).map(speed_choice).collect();
        view! { <RadioGroup class="choices-plain" name input="speed" choices/> }
    };
    view! {
        <button type="button" class="rate-more" aria-expanded=move || unfolded.get().to_string() aria-controls="transport-rate"
            aria-label=move || format!("{} {}", page.language.get().say(Words::Rate), speed_label(chosen.get()))
            on:click=move |_| unfolded.update(|is| *is = !*is)>
            {move || speed_label(chosen.get())}
        </button>
        <div class="rate" id="transport-rate" class:is-open=move || unfolded.get()>
            <RadioGroup
                name=Signal::derive(move || page.language.get().say(Words::Pace))
                input="pace"
                choices=paces.map(pace_choice).into()
            />
            {speeds}
        </div>
    }
}

fn speed_label(chosen: Speed) -> String {
    speed(chosen.numerator.saturating_mul(1_000) / chosen.denominator.max(1))
}

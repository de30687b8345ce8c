use crate::locale::Language;
use crate::locale::page::{Transport as Words, speed};
use crate::player::{PlayerCommand, Speed};
use crate::recording::Pace;
use crate::view::controls::Controls;
use crate::view::parts::{Choice, RadioGroup};
use crate::view::prelude::*;

/// Names of the speeds' places, slowest first, for their classes.
const PLACES: [&str; 6] = ["1", "2", "3", "4", "5", "6"];

/// Pace and speed. On a narrow screen both are folded behind a button that says the speed.
pub fn rate(controls: Controls, language: Language, unfolded: RwSignal<bool>) -> View {
    let (pace, chosen) = controls.page.with_player(|player| (player.pace(), player.speed()));
    let act = move |command| Box::new(move || controls.act(command));
    let pace_choice = |(one, code, word, hint): (Pace, &'static str, Words, Words)| Choice {
        code,
        label: language.say(word).to_owned(),
        hint: Some(language.say(hint)),
        is_checked: pace == one,
        choose: act(PlayerCommand::SetPace(one)),
    };
    let paces = [(Pace::Story, "story", Words::Story, Words::StoryHint), (Pace::Clock, "clock", Words::Clock, Words::ClockHint)];
    let speed_choice = |(&one, code): (&Speed, &'static str)| Choice {
        code,
        label: speed_label(one),
        hint: None,
        is_checked: chosen == one,
        choose: act(PlayerCommand::SetSpeed(one)),
    };
    // Each pace has its own speeds.
    let speeds = Speed::choices(pace).iter().zip(PLACES).map(speed_choice).collect();
    let is_unfolded = unfolded.get();
    view! {
        <button type="button" class="rate-more" aria-expanded=if is_unfolded { "true" } else { "false" } aria-controls="transport-rate"
            aria-label=format!("{} {}", language.say(Words::Rate), speed_label(chosen))
            on:click=move |_| unfolded.update(|is| *is = !*is)>
            {speed_label(chosen)}
        </button>
        <div class="rate" id="transport-rate" class:is-open=is_unfolded>
            {RadioGroup { name: language.say(Words::Pace), input: "pace", class: "choices" }.view(paces.map(pace_choice).into())}
            {RadioGroup { name: language.say(Words::Speed), input: "speed", class: "choices choices-plain" }.view(speeds)}
        </div>
    }
}

fn speed_label(chosen: Speed) -> String {
    speed(chosen.numerator.saturating_mul(1_000) / chosen.denominator.max(1))
}

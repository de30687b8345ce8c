//! The transport bar: through time, and commands to the cluster.

mod clock;
mod commands;
mod rate;
mod ticks;
mod timeline;

use super::controls::Controls;
use super::parts::Icon;
use crate::locale::Language;
use crate::locale::page::Transport as Words;
use crate::player::PlayerCommand;
use crate::view::prelude::*;
use clock::clock;
use commands::commands;
use rate::rate;
use ticks::ticks;
use timeline::{keep_slider, slider};

#[component]
pub fn Transport(controls: Controls) -> impl IntoView {
    let page = controls.page;
    // On a narrow screen pace and speed are folded.
    let unfolded = RwSignal::new(false);
    let place = keep_slider(page);
    let beats = Memo::new(move || page.with_player(|player| player.beats().to_vec()));
    // The clock moves at every frame, and what stands under the slider is long to find: each is drawn on its own.
    let clock = move || clock(page);
    let ticks = move || beats.with(|beats| ticks(page, beats));
    let slider = move || slider(controls, place);
    let steps = move || steps(controls, page.language.get());
    let settings = move || {
        let language = page.language.get();
        view! { {rate(controls, language, unfolded)}{commands(controls, language)} }
    };
    view! {
        <section class="transport" aria-label=move || page.language.get().say(Words::Region)>
            {steps}
            <div class="timeline">
                {slider}
                {ticks}
            </div>
            {clock}
            {settings}
        </section>
    }
}

/// Back, play or pause, forward. The name of the one in the middle says what pressing it does.
fn steps(controls: Controls, language: Language) -> View {
    let (word, icon) = if controls.page.is_playing() { (Words::Pause, Icon::Pause) } else { (Words::Play, Icon::Play) };
    let buttons = [
        ("button-icon", Words::StepBack, Icon::StepBack, PlayerCommand::StepBack),
        ("button-icon button-play", word, icon, PlayerCommand::Toggle),
        ("button-icon", Words::StepForward, Icon::StepForward, PlayerCommand::StepForward),
    ];
    let button = |(class, word, icon, command): (&'static str, Words, Icon, PlayerCommand)| {
        let name = language.say(word);
        view! { <button type="button" class=class aria-label=name title=name on:click=move |_| controls.act(command)>{icon.view()}</button> }
    };
    view! { <div class="transport-steps">{buttons.map(button).into_iter().collect_view()}</div> }
}

//! The transport bar: through time, and commands to the cluster.

mod clock;
mod commands;
mod rate;
mod ticks;
mod timeline;

use super::controls::Controls;
use super::parts::Icon;
use crate::locale::page::Transport as Words;
use crate::player::PlayerCommand;
use crate::view::prelude::*;
use clock::Clock;
use commands::Commands;
use rate::Rate;
use timeline::Timeline;

#[component]
pub fn Transport(controls: Controls) -> impl IntoView {
    let page = controls.page;
    let say = move |word: Words| page.language.get().say(word);
    view! {
        <section class="transport" aria-label=move || say(Words::Region)>
            <div class="transport-steps">
                <StepButton controls word=Words::StepBack icon=Icon::StepBack command=PlayerCommand::StepBack/>
                <PlayButton controls/>
                <StepButton controls word=Words::StepForward icon=Icon::StepForward command=PlayerCommand::StepForward/>
            </div>
            <Timeline controls/>
            <Clock page/>
            <Rate controls/>
            <Commands controls/>
        </section>
    }
}

#[component]
fn StepButton(controls: Controls, word: Words, icon: Icon, command: PlayerCommand) -> impl IntoView {
    let name = move || controls.page.language.get().say(word);
    view! {
        <button type="button" class="button-icon" aria-label=name title=name on:click=move |_| controls.act(command)>{icon.view()}</button>
    }
}

/// One button; its name says what pressing it does.
#[component]
fn PlayButton(controls: Controls) -> impl IntoView {
    let page = controls.page;
    let playing = Memo::new(move || page.is_playing());
    let name = move || page.language.get().say(if playing.get() { Words::Pause } else { Words::Play });
    let icon = move || if playing.get() { Icon::Pause.view() } else { Icon::Play.view() };
    view! {
        <button type="button" class="button-icon button-play" aria-label=name title=name on:click=move |_| controls.act(PlayerCommand::Toggle)>
            {icon}
        </button>
    }
}

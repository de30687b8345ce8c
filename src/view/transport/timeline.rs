use super::ticks::Ticks;
use crate::locale::page::{Transport as Words, time_value};
use crate::player::PlayerCommand;
use crate::view::controls::Controls;
use crate::view::prelude::*;
use leptos::ev;

/// What a key does on the slider. Time is not moved by steps of the slider's own but by those of the run.
fn command_of(key: &str) -> Option<PlayerCommand> {
    Some(match key {
        "ArrowRight" | "ArrowUp" => PlayerCommand::StepForward,
        "ArrowLeft" | "ArrowDown" => PlayerCommand::StepBack,
        "PageDown" => PlayerCommand::NextBeat,
        "PageUp" => PlayerCommand::PreviousBeat,
        "Home" => PlayerCommand::Start,
        "End" => PlayerCommand::End,
        _ => return None,
    })
}

/// The slider `Time`: linear in story time, in whole milliseconds of it, with simulated times under it.
#[component]
pub fn Timeline(controls: Controls) -> impl IntoView {
    let page = controls.page;
    let slider = NodeRef::<web_sys::HtmlInputElement>::new();
    // Rounded up, so that the slider's end is the horizon.
    let end_ms = Memo::new(move || page.with_tape(|tape| tape.pace().story_end().div_ceil(1_000)));
    let story_ms = Memo::new(move || {
        let now = page.now.get();
        page.with_tape(|tape| tape.pace().story_at(now).div_ceil(1_000))
    });
    Effect::new(move || {
        let Some(slider) = slider.get() else { return };
        // The greatest value first: a value past it would be cut short.
        slider.set_max(&end_ms.get().to_string());
        slider.set_value(&story_ms.get().to_string());
    });
    let value_text = move || {
        // Drawn again at steps and transport commands, not at every frame.
        page.with_player(|_| ());
        time_value(page.language.get(), page.now.get_untracked(), &controls.sentence())
    };
    let seek = move |event: ev::Event| {
        if let Ok(story_ms) = event_target_value(&event).parse::<u64>() {
            controls.act(PlayerCommand::SeekStory(story_ms.saturating_mul(1_000)));
        }
    };
    let press = move |event: ev::KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        if let Some(command) = command_of(&event.key()) {
            event.prevent_default();
            controls.act(command);
        }
    };
    let played = move || format!("{:.3}", story_ms.get() as f64 / end_ms.get().max(1) as f64);
    view! {
        <div class="timeline">
            <input type="range" class="slider" min="0" step="1" node_ref=slider
                aria-label=move || page.language.get().say(Words::Time) aria-valuetext=value_text
                style:--played=played
                on:input=seek on:change=move |_| controls.announce_moment() on:keydown=press/>
            <Ticks page/>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slider_takes_its_own_keys_and_leaves_the_others() {
        assert_eq!(command_of("PageDown"), Some(PlayerCommand::NextBeat));
        assert_eq!(command_of("ArrowLeft"), Some(PlayerCommand::StepBack));
        assert_eq!(command_of("Tab"), None);
    }
}

use crate::locale::page::{Transport as Words, time_value};
use crate::player::PlayerCommand;
use crate::view::controls::Controls;
use crate::view::page::Page;
use crate::view::prelude::*;

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

type Slider = NodeRef<web_sys::HtmlInputElement>;

/// Keeps the slider's place in step with the clock: linear in story time, in whole milliseconds of it.
pub fn keep_slider(page: Page) -> Slider {
    let slider = Slider::new();
    Effect::new(move || {
        let Some(slider) = slider.get() else { return };
        let now = page.now.get();
        // Rounded up, so that the slider's end is the horizon.
        let whole = |story_us: u64| story_us.div_ceil(1_000);
        let (story_ms, end_ms) = page.with_tape(|tape| (whole(tape.pace().story_at(now)), whole(tape.pace().story_end())));
        // Writing what is there already costs the browser as much as writing something else. The greatest value comes first: a value past
        // it would be cut short.
        let end = end_ms.to_string();
        if slider.max() != end {
            slider.set_max(&end);
        }
        if slider.value_as_number() != story_ms as f64 {
            slider.set_value(&story_ms.to_string());
        }
        // A thousandth of the track is a pixel of it.
        let played = story_ms.saturating_mul(1_000) / end_ms.max(1);
        let played = format!("{}.{:03}", played / 1_000, played % 1_000);
        let style = slider.style();
        if style.get_property_value("--played").ok().as_deref() != Some(played.as_str()) {
            // A browser that does not know the property leaves the slider's track plain.
            let _ = style.set_property("--played", &played);
        }
    });
    slider
}

/// The slider `Time`. Drawn again at steps and transport commands, not at every frame.
pub fn slider(controls: Controls, slider: Slider) -> View {
    let page = controls.page;
    page.with_player(|_| ());
    let language = page.language.get();
    let value_text = time_value(language, page.now.get_untracked(), &controls.sentence());
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
    view! {
        <input type="range" class="slider" min="0" step="1" node_ref=slider
            aria-label=language.say(Words::Time) aria-valuetext=value_text
            on:input=seek on:change=move |_| controls.announce_moment() on:keydown=press/>
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

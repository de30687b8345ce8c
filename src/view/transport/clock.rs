use crate::locale::instant;
use crate::locale::page::{Transport as Words, waits};
use crate::recording::Pace;
use crate::view::page::Page;
use crate::view::parts::Icon;
use crate::view::prelude::*;

/// The simulated clock, at either pace, and how long the wait really is that story pace is passing over. It is drawn at every frame.
pub fn clock(page: Page) -> View {
    let (language, now) = (page.language.get(), page.now.get());
    let is_story = page.with_player(|player| player.pace() == Pace::Story);
    let wait = is_story.then(|| page.with_tape(|tape| tape.pace().wait_at(now))).flatten();
    view! {
        <p class="clock">
            <span class="visually-hidden">{language.say(Words::SimulatedTime)}" "</span>
            <span class="clock-time">{instant(language, now)}</span>
            <span class="clock-wait">{wait.map(|really| view! { {Icon::Wait.view()}{waits(language, really)} })}</span>
        </p>
    }
}

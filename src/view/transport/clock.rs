use crate::locale::instant;
use crate::locale::page::{Transport as Words, waits};
use crate::recording::Pace;
use crate::view::page::Page;
use crate::view::parts::Icon;
use crate::view::prelude::*;

/// The simulated clock, at either pace, and how long the wait really is that story pace is passing over.
#[component]
pub fn Clock(page: Page) -> impl IntoView {
    let wait = Memo::new(move || {
        let now = page.now.get();
        let is_story = page.with_player(|player| player.pace() == Pace::Story);
        is_story.then(|| page.with_tape(|tape| tape.pace().wait_at(now))).flatten()
    });
    let wait_text = move || wait.get().map(|really| view! { {Icon::Wait.view()}{waits(page.language.get(), really)} });
    view! {
        <p class="clock">
            <span class="visually-hidden">{move || page.language.get().say(Words::SimulatedTime)}" "</span>
            <span class="clock-time">{move || instant(page.language.get(), page.now.get())}</span>
            <span class="clock-wait">{wait_text}</span>
        </p>
    }
}

//! Messages that stay until they are closed, and the way back to the lesson's path.

use super::controls::Controls;
use super::parts::Icon;
use crate::locale::Language;
use crate::locale::page::{LessonPanel, Message, Notice};
use crate::view::prelude::*;

#[component]
pub fn Notices(controls: Controls) -> impl IntoView {
    let page = controls.page;
    let each = move || page.notices.get();
    let notice = move |message: Message| {
        let own = message.clone();
        let close = move || page.notices.update(|notices| notices.retain(|notice| *notice != own));
        let text = move || message.text(page.language.get());
        view! { <Card controls close=Callback::new(move |()| close())><p>{text}</p></Card> }
    };
    view! {
        <div class="notices">
            <LeftPath controls/>
            <For each key=|message: &Message| Key::from(message.text(Language::English).as_str()) children=notice/>
        </div>
    }
}

/// Said once each time the path is left, and gone when it is found again.
#[component]
fn LeftPath(controls: Controls) -> impl IntoView {
    let page = controls.page;
    let left = Memo::new(move || !page.is_on_path());
    let closed = RwSignal::new(false);
    Effect::new(move || {
        left.track();
        closed.set(false);
    });
    view! {
        <Show when=move || left.get() && !closed.get()>
            <Card controls close=Callback::new(move |()| closed.set(true))>
                <p>{move || page.language.get().say(LessonPanel::LeftPath)}</p>
                <button type="button" on:click=move |_| controls.back_to_lesson()>
                    {move || page.language.get().say(LessonPanel::BackToLesson)}
                </button>
            </Card>
        </Show>
    }
}

#[component]
fn Card(controls: Controls, close: Callback<()>, children: Children) -> impl IntoView {
    let name = move || controls.page.language.get().say(Notice::Dismiss);
    view! {
        <div class="notice">
            {Icon::Error.view()}
            <div class="notice-text">{children()}</div>
            <button type="button" class="button-icon button-plain" aria-label=name title=name on:click=move |_| close.run(())>
                {Icon::Close.view()}
            </button>
        </div>
    }
}

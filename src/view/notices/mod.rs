//! Messages that stay until they are closed, and the way back to the lesson's path.

use super::controls::Controls;
use super::parts::Icon;
use crate::locale::Language;
use crate::locale::page::{LessonPanel, Message, Notice};
use crate::view::prelude::*;

#[component]
pub fn Notices(controls: Controls) -> impl IntoView {
    let page = controls.page;
    // Said once each time the path is left, and gone when it is found again.
    let closed = RwSignal::new(false);
    let mut was_left = false;
    Effect::new(move || {
        let is_left = !page.is_on_path();
        if std::mem::replace(&mut was_left, is_left) != is_left {
            closed.set(false);
        }
    });
    move || {
        let language = page.language.get();
        let left = (!page.is_on_path() && !closed.get()).then(|| card(language, left_path(controls, language), move |_| closed.set(true)));
        let notice = |own: Message| {
            let (key, text) = (Key::from(own.text(Language::English).as_str()), own.text(language));
            let close = move |_| page.notices.update(|notices| notices.retain(|notice| *notice != own));
            (key, card(language, view! { <p>{text}</p> }, close))
        };
        let notices = View::Rows(page.notices.get().into_iter().map(notice).collect());
        view! { <div class="notices">{left}{notices}</div> }
    }
}

fn left_path(controls: Controls, language: Language) -> View {
    view! {
        <p>{language.say(LessonPanel::LeftPath)}</p>
        <button type="button" on:click=move |_| controls.back_to_lesson()>{language.say(LessonPanel::BackToLesson)}</button>
    }
}

fn card(language: Language, inside: View, close: impl Fn(ev::MouseEvent) + 'static) -> View {
    let name = language.say(Notice::Dismiss);
    view! {
        <div class="notice">
            {Icon::Error.view()}
            <div class="notice-text">{inside}</div>
            <button type="button" class="button-icon button-plain" aria-label=name title=name on:click=close>
                {Icon::Close.view()}
            </button>
        </div>
    }
}

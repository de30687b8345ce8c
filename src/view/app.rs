//! The page as a whole: how it begins, and where its regions are.

use super::address::Address;
use super::announcer::Announcer;
use super::broken::Broken;
use super::controls::Controls;
use super::crash::show_on_panic;
use super::dialogs::Dialogs;
use super::dom::mount;
use super::frame::play_frames;
use super::header::Header;
use super::inspector::Inspector;
use super::keeping::keep_address;
use super::lesson::{LESSONS, LessonPanel, LessonState, LookedAt};
use super::memory;
use super::notices::Notices;
use super::opening::{fetch_lesson, ignored_values, language_of, open};
use super::page::Page;
use super::shelf::Shelf;
use super::shortcuts::listen;
use super::stage::Stage;
use super::steps::StepsPanel;
use super::transport::Transport;
use super::verdict::{Now, Verdict};
use super::witness::WitnessRow;
use crate::lesson::Lesson;
use crate::locale::Language;
use crate::locale::page::Message;
use crate::player::{Course, Moved, Session};
use crate::view::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;

/// Fetches what the address asks for, and mounts the page in place of the static one.
pub fn start() {
    show_on_panic();
    spawn_local(async {
        let address = Address::here();
        let language = language_of(&address);
        let mut notices = ignored_values(&address);
        let name = address.lesson.clone().unwrap_or_else(|| LESSONS.first().copied().unwrap_or_default().to_owned());
        let lesson = match fetch_lesson(&name).await {
            Ok(lesson) => lesson,
            Err(message) => {
                notices.push(Message::Bundled(Box::new(message)));
                let Ok(bundled) = Lesson::bundled() else { return };
                Rc::new(bundled)
            }
        };
        // An instant belongs to the lesson that was asked for, and to no other.
        let at = address.at.filter(|_| address.lesson.as_ref().is_none_or(|asked| *asked == lesson.id));
        let Ok((session, course)) = open(&lesson, address.store, at) else { return };
        put_up(Opening { session, course, language, notices });
    });
}

/// What the page begins with.
struct Opening {
    session: Session,
    course: Course,
    language: Language,
    notices: Vec<Message>,
}

fn put_up(opening: Opening) {
    let Some(root) = document().get_element_by_id("app") else { return };
    let Ok(root) = root.dyn_into::<web_sys::HtmlElement>() else { return };
    root.set_inner_html("");
    root.set_class_name("");
    mount(&root, move || view! { <App opening/> });
    // For measuring: from here on the first answer can be clicked.
    if let Some(performance) = window().performance() {
        let _ = performance.mark("first-answer");
    }
}

#[component]
fn App(opening: Opening) -> impl IntoView {
    let Opening { session, course, language, notices } = opening;
    let lesson = Rc::clone(course.lesson());
    let folded = course.is_untouched() && session.position() == course.opening();
    let page = Page::new(session, language);
    page.theme.set(memory::theme());
    page.notices.set(notices);
    provide_context(page);
    let state = LessonState::new(page, course, folded);
    let looked_at = LookedAt::new(state);
    provide_context(looked_at);
    let covered = Signal::derive(move || state.covered());
    provide_context(covered);
    let controls = Controls::new(page);
    provide_context(controls);
    let shelf = Shelf::new(page, state, lesson);
    listen(controls);
    keep_address(page, state);
    let mut was = None;
    Effect::new(move || {
        let on_path = page.is_on_path();
        if was.replace(on_path).is_some_and(|was| was != on_path) {
            state.path_changed();
        }
    });
    play_frames(
        page,
        || (),
        move |moved| match moved {
            Moved::Beat(_) => state.announce_beat(),
            _ => controls.announce_rest(),
        },
    );
    // Everything but the question is put together when it unfolds, and only then.
    let now = move || (!state.folded.get()).then(|| view! { <Now controls/> });
    let broken = move || (!state.folded.get()).then(|| view! { <Broken controls/> });
    let inspector = move || (!state.folded.get()).then(|| view! { <Inspector/> });
    let below = move || (!state.folded.get()).then(|| below(controls));
    view! {
        <div class="page" class:is-folded=move || state.folded.get() data-look=move || looked_at.parts()>
            <Header controls/>
            <Notices controls/>
            <main class="desk">
                <div class="bench">
                    <LessonPanel state on_open=Callback::new(move |name| shelf.open(name))/>
                    <div class="stage-column">
                        <Stage covered/>
                        {now}
                        {broken}
                    </div>
                    {inspector}
                </div>
                {below}
            </main>
            <Dialogs controls/>
            <Announcer/>
        </div>
    }
}

fn below(controls: Controls) -> View {
    view! {
        <div class="dock">
            <Verdict controls/>
            <Transport controls/>
        </div>
        <WitnessRow/>
        <StepsPanel/>
    }
}

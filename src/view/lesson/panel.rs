//! The panel: where we are, what this beat says, and the way on.

use super::explanation::EvidenceLinks;
use super::look::LookedAt;
use super::question::QuestionBox;
use super::state::{LessonState, count};
use crate::locale::page::{LessonPanel as Words, lesson_place};
use crate::player::Course;
use crate::view::page::page;
use crate::view::prelude::*;

/// The lessons that there are, in order of teaching: their files' names.
pub const LESSONS: [&str; 2] = ["only-design-docs", "list-twice"];

#[component]
pub fn LessonPanel(state: LessonState, #[prop(into)] on_open: Callback<String>) -> impl IntoView {
    let page = page();
    let language = page.language;
    let say = move |word: Words| language.get().say(word);
    let looked_at = expect_context::<LookedAt>();
    let number = move || state.with(|course| LESSONS.iter().position(|id| *id == course.lesson().id).map_or(1, |place| place + 1));
    let place =
        move || state.with(|course| lesson_place(language.get(), count(number()), count(course.beat_place() + 1), count(course.beats())));
    let title = move || state.with(|course| course.lesson().title.text(language.get()).to_owned());
    let beat_title = move || {
        let store = page.store();
        state.with(|course| {
            let telling = course.beat().map(|beat| course.lesson().telling(beat, store))?;
            telling.title.as_ref().map(|title| title.text(language.get()).to_owned())
        })
    };
    let summary = move || {
        let store = page.store();
        let at_first = state.with(|course| course.beat_place() == 0);
        let lines = state.with(|course| {
            course.lesson().summary(store).lines.iter().map(|line| line.text(language.get()).to_owned()).collect::<Vec<_>>()
        });
        at_first.then(|| lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view())
    };
    let text = move || {
        let store = page.store();
        state.with(|course| course.beat().map(|beat| course.lesson().telling(beat, store).text.text(language.get()).to_owned()))
    };
    let evidence = move || {
        let rows = state.with(|course| course.beat().map(|beat| beat.evidence.clone()).unwrap_or_default());
        // Before an open question is answered the lines that prove the text could give its answer away.
        let open = state.with(Course::is_open);
        (!open && !rows.is_empty()).then(|| view! { <EvidenceLinks rows/> })
    };
    let progress = move || {
        let (at, beats) = state.with(|course| (course.beat_place(), course.beats()));
        (0..beats).map(|beat| view! { <span class="progress-beat" class:is-done=move || beat <= at></span> }).collect_view()
    };
    let is_last = move || state.with(|course| course.beat_place() + 1 >= course.beats());
    view! {
        <section class="lesson" aria-label=move || say(Words::Region)>
            <div class="progress" aria-hidden="true">{progress}</div>
            <p class="lesson-place">{place}</p>
            <LessonChoice state on_open/>
            <h1 class="lesson-title">{title}</h1>
            <div class="lesson-summary">{summary}</div>
            <h2 class="beat-title">{beat_title}</h2>
            <p class="beat-text">{text}</p>
            <p class="beat-look" hidden=move || state.folded.get()>{move || looked_at.told(language.get())}</p>
            {move || state.with(|course| course.question().is_some()).then(|| view! { <QuestionBox state/> })}
            {evidence}
            <p class="lesson-end" hidden=move || !is_last() || state.with(Course::is_open)>{move || say(Words::End)}</p>
            <div class="lesson-buttons" hidden=move || state.folded.get()>
                <button type="button" disabled=move || state.with(|course| course.beat_place() == 0) on:click=move |_| state.go_by(-1)>
                    {move || say(Words::Previous)}
                </button>
                <button
                    type="button"
                    disabled=move || is_last() || state.with(Course::is_open)
                    on:click=move |_| state.go_by(1)
                >
                    {move || say(Words::Next)}
                </button>
            </div>
        </section>
    }
}

/// Which lesson is open, and the way to another.
#[component]
fn LessonChoice(state: LessonState, on_open: Callback<String>) -> impl IntoView {
    let page = page();
    let options = move || {
        LESSONS.iter().map(|id| view! { <option value=*id>{move || lesson_title(page.language.get(), id)}</option> }).collect_view()
    };
    let open = move || state.with(|course| course.lesson().id.clone());
    view! {
        <label class="lesson-choice" hidden=move || state.folded.get()>
            <span class="visually-hidden">{move || page.language.get().say(Words::Choice)}</span>
            <select prop:value=open on:change=move |event| on_open.run(event_target_value(&event))>{options}</select>
        </label>
    }
}

/// The title of a lesson that may not be loaded yet.
fn lesson_title(language: crate::locale::Language, id: &str) -> &'static str {
    match id {
        "list-twice" => language.say(Words::ListTwice),
        _ => language.say(Words::OnlyDesignDocs),
    }
}

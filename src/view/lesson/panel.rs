//! The panel: where we are, what this beat says, and the way on.

use super::count;
use super::explanation::evidence_links;
use super::look::LookedAt;
use super::question::question_box;
use super::state::LessonState;
use crate::cluster::place::StoreKind;
use crate::lesson::Localized;
use crate::locale::Language;
use crate::locale::page::{LessonPanel as Words, lesson_place};
use crate::player::Course;
use crate::view::page::page;
use crate::view::prelude::*;

/// The lessons that there are, in order of teaching: their files' names.
pub const LESSONS: [&str; 2] = ["only-design-docs", "list-twice"];

#[component]
pub fn LessonPanel(state: LessonState, on_open: Callback<String>) -> impl IntoView {
    let page = page();
    let looked_at = expect_context::<LookedAt>();
    move || {
        let (language, store) = (page.language.get(), page.store());
        let look = looked_at.told(language);
        state.with(|course| panel(state, course, language, store, look, on_open))
    }
}

fn panel(
    state: LessonState,
    course: &Course,
    language: Language,
    store: Option<StoreKind>,
    look: Option<String>,
    on_open: Callback<String>,
) -> View {
    let (lesson, beat) = (course.lesson(), course.beat());
    let (at, beats) = (course.beat_place(), course.beats());
    let number = LESSONS.iter().position(|id| *id == lesson.id).unwrap_or(LESSONS.len()) + 1;
    let (is_open, is_last, is_folded) = (course.is_open(), at + 1 >= beats, state.folded.get());
    let in_language = |text: &Localized| text.text(language).to_owned();
    let line = |line: &Localized| view! { <p>{in_language(line)}</p> };
    let summary = (at == 0).then(|| lesson.summary(store).lines.iter().map(line).collect_view());
    let telling = beat.map(|beat| lesson.telling(beat, store));
    let title = telling.and_then(|telling| telling.title.as_ref());
    // Which answer holds is found in a world of its own: not before the question is settled.
    let answer = if is_open { None } else { course.answer() };
    // Before an open question is answered the lines that prove the text could give its answer away.
    let evidence = beat.filter(|beat| !is_open && !beat.evidence.is_empty()).map(|beat| evidence_links(language, &beat.evidence));
    view! {
        <section class="lesson" aria-label=language.say(Words::Region)>
            <div class="progress" aria-hidden="true">
                {(0..beats).map(|beat| view! { <span class="progress-beat" class:is-done=beat <= at></span> }).collect_view()}
            </div>
            <p class="lesson-place">{lesson_place(language, count(number), count(at + 1), count(beats))}</p>
            {lesson_choice(language, (&lesson.id, lesson.title.text(language)), is_folded, on_open)}
            <h1 class="lesson-title">{in_language(&lesson.title)}</h1>
            <div class="lesson-summary">{summary}</div>
            <h2 class="beat-title">{title.map(in_language)}</h2>
            <p class="beat-text">{telling.map(|telling| in_language(&telling.text))}</p>
            <p class="beat-look" hidden=is_folded>{look}</p>
            {course.question().map(|question| question_box(state, course, question, language, answer))}
            {evidence}
            <p class="lesson-end" hidden=!is_last || is_open>{language.say(Words::End)}</p>
            <div class="lesson-buttons" hidden=is_folded>
                <button type="button" disabled=at == 0 on:click=move |_| state.go_by(-1)>{language.say(Words::Previous)}</button>
                <button type="button" disabled=is_last || is_open on:click=move |_| state.go_by(1)>{language.say(Words::Next)}</button>
            </div>
        </section>
    }
}

/// Which lesson is open, by its name and title, and the way to another. A teacher's own is named as long as it is open.
fn lesson_choice(language: Language, (open, title): (&str, &str), is_hidden: bool, on_open: Callback<String>) -> View {
    let own = (!LESSONS.contains(&open)).then(|| view! { <option value=open.to_owned() prop:selected=true>{title.to_owned()}</option> });
    let option = |id: &'static str| view! { <option value=id prop:selected=id == open>{lesson_title(language, id)}</option> };
    view! {
        <label class="lesson-choice" hidden=is_hidden>
            <span class="visually-hidden">{language.say(Words::Choice)}</span>
            <select on:change=move |event| on_open.run(event_target_value(&event))>{own}{LESSONS.map(option).into_iter().collect_view()}</select>
        </label>
    }
}

/// The title of a lesson that may not be loaded yet.
fn lesson_title(language: Language, id: &str) -> &'static str {
    match id {
        "list-twice" => language.say(Words::ListTwice),
        _ => language.say(Words::OnlyDesignDocs),
    }
}

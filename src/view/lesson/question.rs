//! The question: choose, check, or have it shown.

use super::explanation::Explanation;
use super::state::LessonState;
use crate::locale::page::LessonPanel as Words;
use crate::player::Course;
use crate::view::page::page;
use crate::view::prelude::*;

#[component]
pub fn QuestionBox(state: LessonState) -> impl IntoView {
    let page = page();
    let language = page.language;
    let say = move |word: Words| language.get().say(word);
    let text = move || state.with(|course| course.question().map(|question| question.text.text(language.get()).to_owned()));
    let beat = move || state.with(Course::beat_place);
    let options = move || {
        let beat = beat();
        let count = state.with_untracked(|course| course.question().map_or(0, |question| question.options.len()));
        (0..count).map(|place| view! { <OptionRow state beat place/> }).collect_view()
    };
    let open = move || state.with(Course::is_open);
    view! {
        <div class="question">
            <p class="question-text" id="question-text">{text}</p>
            <div role="radiogroup" class="options" aria-label=move || say(Words::Question) aria-describedby="question-text">
                {options}
            </div>
            <p class="field-error" hidden=move || !state.choose_first.get()>{move || say(Words::ChooseFirst)}</p>
            <div class="question-buttons" hidden=move || !open()>
                <button type="button" class="button-quiet" on:click=move |_| state.check_answer()>{move || say(Words::CheckAnswer)}</button>
                <button type="button" class="button-primary" on:click=move |_| state.show_me()>{move || say(Words::ShowMe)}</button>
            </div>
            {move || (!open()).then(|| view! { <Explanation state/> })}
        </div>
    }
}

/// One answer: after the question is settled it says whether it is the one.
#[component]
fn OptionRow(state: LessonState, beat: usize, place: usize) -> impl IntoView {
    let page = page();
    let text = move || {
        state.with(|course| {
            let option = course.question()?.options.get(place)?;
            Some(option.text.text(page.language.get()).to_owned())
        })
    };
    let settled = move || !state.with(Course::is_open);
    let is_answer = move || settled() && state.with(Course::answer) == Some(place);
    let is_chosen = move || state.with(Course::chosen) == Some(place);
    view! {
        <label class="option" class:is-chosen=is_chosen class:is-answer=is_answer class:is-wrong=move || settled() && is_chosen() && !is_answer()>
            <input
                type="radio"
                name=format!("question-{beat}")
                prop:checked=is_chosen
                disabled=settled
                on:change=move |_| state.choose(place)
            />
            <span>{text}</span>
            <span class="option-mark">{move || is_answer().then(|| page.language.get().say(Words::TheAnswer))}</span>
        </label>
    }
}

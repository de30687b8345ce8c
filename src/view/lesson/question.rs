//! The question: choose, check, or have it shown.

use super::explanation::explanation;
use super::state::LessonState;
use crate::lesson::{Choice, Question};
use crate::locale::Language;
use crate::locale::page::LessonPanel as Words;
use crate::player::Course;
use crate::view::prelude::*;

/// The question of a beat. `answer` is the place of the option that holds, once it is settled.
pub fn question_box(state: LessonState, course: &Course, question: &Question, language: Language, answer: Option<usize>) -> View {
    let is_open = course.is_open();
    let name = format!("question-{}", course.beat_place());
    let row = |(place, option): (usize, &Choice)| {
        let row = Row {
            name: name.clone(),
            text: option.text.text(language).to_owned(),
            is_settled: !is_open,
            is_chosen: course.chosen() == Some(place),
            is_answer: !is_open && answer == Some(place),
        };
        option_row(state, language, place, row)
    };
    view! {
        <div class="question">
            <p class="question-text" id="question-text">{question.text.text(language).to_owned()}</p>
            <div role="radiogroup" class="options" aria-label=language.say(Words::Question) aria-describedby="question-text">
                {question.options.iter().enumerate().map(row).collect_view()}
            </div>
            <p class="field-error" hidden=!state.choose_first.get()>{language.say(Words::ChooseFirst)}</p>
            <div class="question-buttons" hidden=!is_open>
                <button type="button" class="button-quiet" on:click=move |_| state.check_answer()>{language.say(Words::CheckAnswer)}</button>
                <button type="button" class="button-primary" on:click=move |_| state.show_me()>{language.say(Words::ShowMe)}</button>
            </div>
            {(!is_open).then(|| explanation(course, language, answer))}
        </div>
    }
}

struct Row {
    name: String,
    text: String,
    is_settled: bool,
    is_chosen: bool,
    is_answer: bool,
}

/// One answer: after the question is settled it says whether it is the one.
fn option_row(state: LessonState, language: Language, place: usize, row: Row) -> View {
    let Row { name, text, is_settled, is_chosen, is_answer } = row;
    let is_wrong = is_settled && is_chosen && !is_answer;
    view! {
        <label class="option" class:is-chosen=is_chosen class:is-answer=is_answer class:is-wrong=is_wrong>
            <input type="radio" name=name prop:checked=is_chosen disabled=is_settled on:change=move |_| state.choose(place)/>
            <span>{text}</span>
            <span class="option-mark">{is_answer.then(|| language.say(Words::TheAnswer))}</span>
        </label>
    }
}

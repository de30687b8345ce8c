//! What the answer is, why, and the source lines that prove it.

use super::state::LessonState;
use crate::cluster::evidence::Evidence;
use crate::locale::page::LessonPanel as Words;
use crate::player::Course;
use crate::view::page::page;
use crate::view::prelude::*;

#[component]
pub fn Explanation(state: LessonState) -> impl IntoView {
    let page = page();
    let language = page.language;
    let answer = move || state.with(Course::answer);
    let verdict = move || {
        let chosen = state.with(Course::chosen)?;
        Some(language.get().say(if answer() == Some(chosen) { Words::Correct } else { Words::Incorrect }))
    };
    let because = move || {
        let answer = answer()?;
        state.with(|course| course.question()?.options.get(answer)?.because.as_ref().map(|text| text.text(language.get()).to_owned()))
    };
    // To whom has chosen another answer: why it is not that one.
    let otherwise = move || {
        let answer = answer();
        let chosen = state.with(Course::chosen).filter(|chosen| Some(*chosen) != answer)?;
        state.with(|course| course.question()?.options.get(chosen)?.otherwise.as_ref().map(|text| text.text(language.get()).to_owned()))
    };
    let rows = move || {
        let answer = answer();
        state.with(|course| answer.and_then(|place| course.question()?.options.get(place)).map(|option| option.evidence.clone()))
    };
    view! {
        <div class="explanation">
            <p class="explanation-verdict">{verdict}</p>
            <p class="explanation-otherwise">{otherwise}</p>
            <p>{because}</p>
            {move || rows().filter(|rows| !rows.is_empty()).map(|rows| view! { <EvidenceLinks rows/> })}
        </div>
    }
}

/// Source lines as links: followed only by a click.
#[component]
pub fn EvidenceLinks(rows: Vec<&'static Evidence>) -> impl IntoView {
    let page = page();
    let say = move |word: Words| page.language.get().say(word);
    let links = rows
        .into_iter()
        .map(|row| {
            view! {
                <li>
                    <a href=row.url() target="_blank" rel="noopener noreferrer" title=move || say(Words::OpensElsewhere)>
                        {row.short()}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="evidence">
            <p class="evidence-label">{move || say(Words::Evidence)}</p>
            <ul>{links}</ul>
        </div>
    }
}

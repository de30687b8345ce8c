//! What the answer is, why, and the source lines that prove it.

use crate::cluster::evidence::Evidence;
use crate::lesson::Localized;
use crate::locale::Language;
use crate::locale::page::LessonPanel as Words;
use crate::player::Course;
use crate::view::prelude::*;

/// `answer` is the place of the option that holds.
pub fn explanation(course: &Course, language: Language, answer: Option<usize>) -> View {
    let chosen = course.chosen();
    let option = |place: Option<usize>| course.question()?.options.get(place?);
    let in_language = |text: &Localized| text.text(language).to_owned();
    let verdict = chosen.map(|_| language.say(if chosen == answer { Words::Correct } else { Words::Incorrect }));
    // To whom has chosen another answer: why it is not that one.
    let otherwise = option(chosen.filter(|_| chosen != answer)).and_then(|option| option.otherwise.as_ref());
    let because = option(answer).and_then(|option| option.because.as_ref());
    let rows = option(answer).map_or(&[][..], |option| &option.evidence);
    view! {
        <div class="explanation">
            <p class="explanation-verdict">{verdict}</p>
            <p class="explanation-otherwise">{otherwise.map(in_language)}</p>
            <p>{because.map(in_language)}</p>
            {(!rows.is_empty()).then(|| evidence_links(language, rows))}
        </div>
    }
}

/// Source lines as links: followed only by a click.
pub fn evidence_links(language: Language, rows: &[&'static Evidence]) -> View {
    let link = |row: &&'static Evidence| {
        view! {
            <li>
                <a href=row.url() target="_blank" rel="noopener noreferrer" title=language.say(Words::OpensElsewhere)>
                    {row.short()}
                </a>
            </li>
        }
    };
    view! {
        <div class="evidence">
            <p class="evidence-label">{language.say(Words::Evidence)}</p>
            <ul>{rows.iter().map(link).collect_view()}</ul>
        </div>
    }
}

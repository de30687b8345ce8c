//! What stands in place of everything that would answer an open question.

use crate::locale::Language;
use crate::locale::page::LessonPanel;
use crate::player::Covered;
use crate::view::prelude::*;

/// What the open question covers, from the lesson's context; nothing where there is no lesson.
pub fn covered() -> Signal<Covered> {
    use_context::<Signal<Covered>>().unwrap_or_else(|| Signal::derive(Covered::default))
}

/// Takes the place of the covered part itself, so that neither the picture nor the accessibility tree has it.
pub fn predict_first(language: Language) -> View {
    view! {
        <div class="predict-first">
            <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                <path d="M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6zM4 20 20 4"></path>
            </svg>
            <p class="predict-first-title">{language.say(LessonPanel::PredictFirst)}</p>
            <p>{language.say(LessonPanel::PredictFirstHint)}</p>
        </div>
    }
}

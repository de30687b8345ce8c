//! How the page opens: what the address asks for, the lesson fetched, and what is said when something cannot be had.

use super::address::Address;
use super::fetching::{self, FetchError};
use super::lesson::LESSONS;
use super::memory;
use crate::cluster::Refused;
use crate::cluster::place::StoreKind;
use crate::lesson::{Lesson, LessonError};
use crate::locale::Language;
use crate::locale::page::{LessonProblem, LinkValue, PageState, lesson_failed, link_value_ignored, refused};
use crate::player::{Course, Session};
use crate::time::Instant;
use leptos::prelude::window;
use std::rc::Rc;

/// A lesson in hand, with what to tell the visitor about how it was come by.
pub struct Opened {
    pub lesson: Rc<Lesson>,
    pub notices: Vec<String>,
}

/// The language of the address, else the one that was kept, else the browser's own.
pub fn language_of(address: &Address) -> Language {
    let preferred = || Language::from_code(&window().navigator().language()?);
    address.language.or_else(memory::language).or_else(preferred).unwrap_or_default()
}

/// What is said about the address's values that make no sense.
pub fn ignored_values(address: &Address, language: Language) -> Vec<String> {
    let why = |name: &str, value: &str| match name {
        "lesson" => LinkValue::BadLessonName,
        "store" => LinkValue::UnknownStore,
        "lang" => LinkValue::UnknownLanguage,
        _ if value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && value.len() > 8 => LinkValue::TimePastDay,
        _ => LinkValue::BadTime,
    };
    address.ignored.iter().map(|(name, value)| link_value_ignored(language, name, value, why(name, value))).collect()
}

/// Fetches a lesson. If it cannot be had, the bundled one opens and says why.
pub async fn fetch_lesson(name: &str, language: Language) -> Result<Opened, LessonError> {
    let problem = match fetching::lesson(name).await {
        Ok(text) => match Lesson::from_json(&format!("{name}.json"), &text) {
            Ok(lesson) => return Ok(Opened { lesson: Rc::new(lesson), notices: Vec::new() }),
            Err(error) => {
                let reason = error.reason.to_string();
                lesson_failed(language, name, LessonProblem::Invalid { field: &error.field, reason: &reason })
            }
        },
        Err(FetchError::Status(404)) if !LESSONS.contains(&name) => {
            link_value_ignored(language, "lesson", name, LinkValue::UnknownLesson)
        }
        Err(FetchError::Status(status)) => lesson_failed(language, name, LessonProblem::Status(status)),
        Err(FetchError::Network(_)) => lesson_failed(language, name, LessonProblem::Unreachable),
    };
    let lesson = Rc::new(Lesson::bundled()?);
    Ok(Opened { lesson, notices: vec![format!("{problem} {}", language.say(PageState::Bundled))] })
}

/// A session of a lesson in one store's world, paused at an instant or where the lesson opens, and the way through the lesson.
pub fn open(lesson: &Rc<Lesson>, store: Option<StoreKind>, at: Option<Instant>) -> Result<(Session, Course), Refused> {
    let run = lesson.run(store);
    let timetable = lesson.timetable(&run);
    let course = Course::new(Rc::clone(lesson), timetable, at);
    let mut session = Session::new(run, course.opening())?;
    if let Some(instant) = at {
        session.seek(instant)?;
    }
    Ok((session, course))
}

/// What to say of a run that was refused.
pub fn refusal(language: Language, error: &Refused) -> String {
    refused(language, error)
}

//! How the page opens: what the address asks for, the lesson fetched, and what is said when something cannot be had.

use super::address::Address;
use super::fetching::{self, FetchError};
use super::lesson::LESSONS;
use super::memory;
use crate::cluster::Refused;
use crate::cluster::place::StoreKind;
use crate::lesson::Lesson;
use crate::locale::Language;
use crate::locale::page::{LessonProblem, LinkValue, Message};
use crate::player::{Course, Session};
use crate::time::Instant;
use leptos_dom::helpers::window;
use std::rc::Rc;

/// The language of the address, else the one that was kept, else the browser's own.
pub fn language_of(address: &Address) -> Language {
    let preferred = || Language::from_code(&window().navigator().language()?);
    address.language.or_else(memory::language).or_else(preferred).unwrap_or_default()
}

/// What is said about the address's values that make no sense.
pub fn ignored_values(address: &Address) -> Vec<Message> {
    let why = |name: &str, value: &str| match name {
        "lesson" => LinkValue::BadLessonName,
        "store" => LinkValue::UnknownStore,
        "lang" => LinkValue::UnknownLanguage,
        _ if value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && value.len() > 8 => LinkValue::TimePastDay,
        _ => LinkValue::BadTime,
    };
    address.ignored.iter().map(|(name, value)| Message::Ignored { name, value: value.clone(), why: why(name, value) }).collect()
}

/// Fetches a lesson; or says why it cannot be had.
pub async fn fetch_lesson(name: &str) -> Result<Rc<Lesson>, Message> {
    let problem = match fetching::lesson(name).await {
        Ok(text) => match Lesson::from_json(&format!("{name}.json"), &text) {
            // The program of one that asks a store itself comes with it.
            Ok(lesson) if lesson.asks_stores() && fetching::store_interfaces().await.is_err() => LessonProblem::Unreachable,
            Ok(lesson) => return Ok(Rc::new(lesson)),
            Err(error) => LessonProblem::Invalid { reason: error.reason, field: error.field },
        },
        Err(FetchError::Status(404)) if !LESSONS.contains(&name) => {
            return Err(Message::Ignored { name: "lesson", value: name.to_owned(), why: LinkValue::UnknownLesson });
        }
        Err(FetchError::Status(status)) => LessonProblem::Status(status),
        Err(FetchError::Network(_)) => LessonProblem::Unreachable,
    };
    Err(Message::Lesson { name: name.to_owned(), problem })
}

/// A session of a lesson in one store's world, paused at an instant or where the lesson opens, and the way through the lesson.
pub fn open(lesson: &Rc<Lesson>, store: Option<StoreKind>, at: Option<Instant>) -> Result<(Session, Course), Refused> {
    let run = lesson.run(store);
    let timetable = lesson.timetable(&run);
    let course = Course::new(Rc::clone(lesson), timetable, at);
    let mut session = Session::new(run, course.opening())?.along(&course);
    if let Some(instant) = at {
        session.seek(course.reachable(instant))?;
    }
    Ok((session, course))
}

//! Keeps the address and the document in step with the page: replaced, never pushed, on pause and on commands.

use super::address::Address;
use super::lesson::LessonState;
use super::page::Page;
use crate::player::Course;
use crate::view::prelude::*;
use leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use std::time::Duration;

/// A drag of the slider is many seeks: the address follows when it rests.
const REST: Duration = Duration::from_millis(250);

/// The address of what the page shows. A lesson that nobody has touched has none but its own: a link must not give its answer away.
fn address_of(page: &Page, lesson: &LessonState) -> Address {
    let (id, own_store, untouched, opening) = lesson.with_untracked(|course| {
        let lesson = course.lesson();
        (lesson.id.clone(), lesson.store(), course.is_untouched(), course.opening())
    });
    let (position, store) = page.with_session_untracked(|session| (session.position(), session.store()));
    Address {
        lesson: Some(id),
        store: store.filter(|store| own_store != Some(*store)),
        language: Some(page.language.get_untracked()),
        at: (!untouched || position != opening).then_some(position),
        ignored: Vec::new(),
    }
}

/// Replaces the address whenever the page rests somewhere new.
pub fn keep_address(page: Page, lesson: LessonState) {
    let waiting: StoredValue<Option<TimeoutHandle>> = StoredValue::new(None);
    Effect::new(move || {
        page.language.track();
        page.store();
        lesson.with(Course::is_untouched);
        if page.is_playing() {
            return;
        }
        page.now.track();
        if let Some(earlier) = waiting.get_value() {
            earlier.clear();
        }
        waiting.set_value(set_timeout_with_handle(move || address_of(&page, &lesson).replace(), REST).ok());
    });
}

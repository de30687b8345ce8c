//! The lessons that are loaded: once one is, it opens without the network.

use super::lesson::LessonState;
use super::opening::{fetch_lesson, open};
use super::page::Page;
use crate::lesson::Lesson;
use crate::locale::page::Message;
use crate::view::prelude::*;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

#[derive(Clone, Copy)]
pub struct Shelf {
    page: Page,
    state: LessonState,
    loaded: StoredValue<Vec<Rc<Lesson>>>,
}

impl Shelf {
    pub fn new(page: Page, state: LessonState, first: Rc<Lesson>) -> Self {
        Self { page, state, loaded: StoredValue::new(vec![first]) }
    }

    /// Opens a lesson at its first beat. One that cannot be had leaves everything as it is, with a message.
    pub fn open(&self, name: String) {
        let known = self.loaded.with_value(|loaded| loaded.iter().find(|lesson| lesson.id == name).cloned());
        if let Some(lesson) = known {
            self.put_up(&lesson);
            return;
        }
        let shelf = *self;
        spawn_local(async move {
            match fetch_lesson(&name).await {
                Ok(lesson) => {
                    shelf.loaded.update_value(|loaded| loaded.push(Rc::clone(&lesson)));
                    shelf.put_up(&lesson);
                }
                Err(message) => {
                    shelf.page.notify(message);
                    // The list of lessons, which the browser changed by itself, shows again which one is open.
                    shelf.state.changed();
                }
            }
        });
    }

    fn put_up(&self, lesson: &Rc<Lesson>) {
        match open(lesson, None, None) {
            Ok((session, course)) => {
                self.page.replace_session(session);
                self.state.open(course);
                self.state.announce_beat();
            }
            Err(reason) => self.page.notify(Message::Refused(reason)),
        }
    }
}

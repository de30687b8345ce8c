//! The frame loop: it runs while playing and while the page can be seen, and not otherwise.

use super::page::Page;
use crate::player::Moved;
use crate::view::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// A frame longer than this (a hidden tab, a busy machine) counts as this long: time does not jump.
const FRAME_MS_MAX: f64 = 100.0;

type FrameClosure = Closure<dyn FnMut(f64)>;

/// Runs a closure on every animation frame for as long as it returns `true`; starting again while it runs does nothing.
#[derive(Clone)]
pub struct FrameLoop {
    running: Rc<Cell<bool>>,
    closure: Rc<RefCell<Option<FrameClosure>>>,
}

impl FrameLoop {
    /// `on_frame` is given the frame's own time in milliseconds.
    pub fn new(mut on_frame: impl FnMut(f64) -> bool + 'static) -> Self {
        let running = Rc::new(Cell::new(false));
        let closure: Rc<RefCell<Option<FrameClosure>>> = Rc::default();
        let (again, still) = (Rc::downgrade(&closure), Rc::clone(&running));
        *closure.borrow_mut() = Some(Closure::new(move |time_ms| {
            let goes_on = on_frame(time_ms) && again.upgrade().is_some_and(|closure| request(&closure));
            still.set(goes_on);
        }));
        Self { running, closure }
    }

    pub fn start(&self) {
        if !self.running.replace(true) && !request(&self.closure) {
            self.running.set(false);
        }
    }
}

fn request(closure: &RefCell<Option<FrameClosure>>) -> bool {
    let closure = closure.borrow();
    let Some(closure) = closure.as_ref() else { return false };
    window().request_animation_frame(closure.as_ref().unchecked_ref()).is_ok()
}

/// Whether the visitor asked the system for less motion.
pub fn reduced_motion() -> bool {
    window().match_media("(prefers-reduced-motion: reduce)").ok().flatten().is_some_and(|query| query.matches())
}

/// Plays the page frame by frame. `drawn` is called after each frame with the page moved on; `stopped` when playing came to something.
pub fn play_frames(page: Page, drawn: impl Fn() + 'static, stopped: impl Fn(Moved) + 'static) {
    let last_ms: Rc<Cell<Option<f64>>> = Rc::default();
    let last = Rc::clone(&last_ms);
    let frames = FrameLoop::new(move |time_ms| {
        if !page.with_session_untracked(|session| session.player().is_playing()) {
            last.set(None);
            return false;
        }
        let elapsed_ms = last.replace(Some(time_ms)).map_or(0.0, |last| (time_ms - last).clamp(0.0, FRAME_MS_MAX));
        let moved = page.tick((elapsed_ms * 1_000.0) as u64, time_ms);
        drawn();
        if matches!(moved, Moved::Beat(_) | Moved::Held | Moved::Horizon) {
            stopped(moved);
        }
        true
    });
    // Told only when playing begins or ends: the player changes at steps too, and forgetting the last frame then would lose its time.
    let is_playing = Memo::new(move || page.is_playing());
    Effect::new(move || {
        if is_playing.get() {
            last_ms.set(None);
            frames.start();
        }
    });
}

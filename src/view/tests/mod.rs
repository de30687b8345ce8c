//! What the page's state does in a real browser.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at what should not be"
)]

mod frame;
mod memory;
mod page;

use super::Page;
use crate::lesson::Lesson;
use crate::locale::Language;
use crate::player::Session;
use crate::time::Instant;
use reactive_graph::owner::Owner;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

/// Signals live as long as their owner, which lives as long as this.
struct Opened {
    page: Page,
    _owner: Owner,
}

/// The lesson that comes with the page, in its own store's world, at an instant.
fn opened(at_ms: u64) -> Opened {
    let owner = Owner::new();
    owner.set();
    let run = Rc::new(Lesson::bundled().expect("the bundled lesson")).run(None);
    let session = Session::new(run, Instant::from_millis(at_ms)).expect("a valid run");
    Opened { page: Page::new(session, Language::English), _owner: owner }
}

/// Resolves after so many animation frames.
const NEXT_FRAMES: &str = "return new Promise(done => {
    const wait = left => left === 0 ? done() : requestAnimationFrame(() => wait(left - 1));
    wait(count);
})";

async fn frames(count: u32) {
    let promise = js_sys::Function::new_with_args("count", NEXT_FRAMES).call1(&JsValue::NULL, &count.into()).expect("a script that runs");
    JsFuture::from(js_sys::Promise::from(promise)).await.expect("frames come");
}

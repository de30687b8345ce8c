//! The page as a whole, and parts of it that come and go.

use super::mounted::place;
use super::view::{IntoView, View};
use crate::view::reactive::Memo;
use any_spawner::Executor;
use leptos_dom::helpers::document;
use reactive_graph::graph::untrack;
use reactive_graph::owner::Owner;

/// Puts the page into an element, for as long as the document lives.
pub fn mount(parent: &web_sys::HtmlElement, page: impl FnOnce() -> View) {
    // It fails if it has been done before, which does no harm.
    let _ = Executor::init_wasm_bindgen();
    let end = document().create_comment("");
    // An element takes a comment without fail.
    let _ = parent.append_child(&end);
    let owner = Owner::new();
    owner.with(|| drop(place(page(), parent, &end)));
    std::mem::forget(owner);
}

/// One of two pieces, put together anew when the condition turns.
pub fn show<V: IntoView, F: IntoView>(
    when: impl Fn() -> bool + 'static,
    children: impl Fn() -> V + 'static,
    fallback: impl Fn() -> F + 'static,
) -> View {
    let is_met = Memo::new(when);
    View::Changing(Box::new(move || {
        let is_met = is_met.get();
        untrack(|| if is_met { children().into_view() } else { fallback().into_view() })
    }))
}

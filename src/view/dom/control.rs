//! The page as a whole, and parts of it that come and go.

use super::mounted::place;
use super::view::{IntoView, View};
use crate::view::reactive::Memo;
use leptos::mount::mount_to;
use leptos::prelude::{document, untrack};

/// Puts the page into an element, for as long as the document lives.
pub fn mount(parent: web_sys::HtmlElement, page: impl FnOnce() -> View + 'static) {
    let inside = parent.clone();
    let end = document().create_comment("");
    // An element takes a comment without fail.
    let _ = inside.append_child(&end);
    mount_to(parent, move || drop(place(page(), &inside, &end))).forget();
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

//! What a part of the page finds by its type alone.

use send_wrapper::SendWrapper;

/// Leptos wants what could go to another thread; a page has only one.
pub fn provide_context<T: Clone + 'static>(value: T) {
    reactive_graph::owner::provide_context(SendWrapper::new(value));
}

pub fn use_context<T: Clone + 'static>() -> Option<T> {
    reactive_graph::owner::use_context::<SendWrapper<T>>().map(SendWrapper::take)
}

/// What the page has provided for all of its parts. To ask outside of it is a defect of the page, as in Leptos.
pub fn expect_context<T: Clone + 'static>() -> T {
    reactive_graph::owner::expect_context::<SendWrapper<T>>().take()
}

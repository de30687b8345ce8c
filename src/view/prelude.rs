//! What every part of the page uses: signals and effects of Leptos, and markup of our own.

pub use super::dom::{Children, CollectView, IntoView, View};
pub use leptos::prelude::{
    Callable, Callback, Effect, LocalStorage, Memo, NodeRef, RwSignal, Signal, StoredValue, document, event_target_checked,
    event_target_value, expect_context, on_cleanup, provide_context, request_animation_frame, untrack, use_context, window,
    window_event_listener,
};
pub use leptos::reactive::prelude::*;
pub use markup::{component, view};

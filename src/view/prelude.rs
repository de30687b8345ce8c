//! What every part of the page uses: markup and signals.

pub use super::dom::{CollectView, IntoView, Key, View};
pub use super::reactive::{Callback, Effect, Memo, NodeRef, RwSignal, Signal, StoredValue, expect_context, provide_context, use_context};
pub use leptos::prelude::{
    document, event_target_checked, event_target_value, on_cleanup, request_animation_frame, untrack, window, window_event_listener,
};
pub use markup::{component, view};

//! What every part of the page uses: markup and signals.

pub use super::dom::{CollectView, IntoView, Key, View, ev};
pub use super::reactive::{Callback, Effect, Memo, NodeRef, RwSignal, Signal, StoredValue, expect_context, provide_context, use_context};
pub use leptos_dom::helpers::{document, event_target_checked, event_target_value, request_animation_frame, window, window_event_listener};
pub use markup::{component, view};
pub use reactive_graph::graph::untrack;
pub use reactive_graph::owner::on_cleanup;

//! Signals, memos and effects of Leptos, each with one inner type.
//!
//! Leptos builds its reactive machinery anew for each type of value and for each closure, some two kilobytes a time. Here a value lies behind
//! a `dyn Any`, so that the machinery is there once and what is generic is a cast. The names and the methods are Leptos's.

mod context;
mod effect;
mod memo;
mod node_ref;
mod signal;
mod slot;
mod stored;

pub use context::{expect_context, provide_context, use_context};
pub use effect::Effect;
pub use memo::Memo;
pub use node_ref::NodeRef;
pub use signal::{RwSignal, Signal};
pub use stored::{Callback, StoredValue};

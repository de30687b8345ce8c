//! What `view!` expands into.
//!
//! Leptos keeps the signals, effects and owners; only the building of the document is here. Leptos gives each piece of markup its own type,
//! and with it its own copy of the machinery; here the markup is a [`Template`], a text that the browser reads once, and a list of the values
//! of its holes. A piece that is drawn again with the same template keeps its nodes: only holes whose values have changed are written.

mod attribute;
mod component;
mod control;
mod mounted;
mod part;
mod rows;
mod template;
#[cfg(all(test, target_arch = "wasm32"))]
mod tests;
mod view;

pub use attribute::IntoAttribute;
pub use component::{Props, builder, component};
pub use control::{mount, show};
pub use part::{Value, handler};
pub use rows::Key;
pub use tachys::html::event as ev;
pub use template::{Hole, Kind, Template};
pub use view::{CollectView, IntoView, View};

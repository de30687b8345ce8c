//! What `view!` expands into: elements, texts and the parts that change, built in the document as they are named.
//!
//! Leptos keeps the signals, effects and owners; only the building of elements is here. Leptos gives each piece of markup its own type, and
//! with it its own copy of the machinery; here a piece is a value of one of few types, so that the machinery is there once. What is generic
//! is a line that puts a closure into a box.

mod attribute;
mod component;
mod control;
mod element;
mod keyed;
mod mounted;
mod value;

pub use component::{Children, Props, builder, component};
pub use control::{mount, show};
pub use element::{Element, inert};
pub use keyed::keyed;
pub use value::{CollectView, IntoView, View};

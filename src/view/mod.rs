//! The page: Leptos components that draw and send commands. A folder for each region.
//!
//! Views never change a world. They read [`Page`] and call its methods; the session behind it is the only thing that moves.

mod address;
mod announcer;
mod app;
mod broken;
mod controls;
mod copy;
mod crash;
mod dialogs;
mod dom;
mod fetching;
mod frame;
mod header;
mod inspector;
mod keeping;
mod lesson;
mod memory;
mod note;
mod notices;
mod opening;
mod page;
mod parts;
mod predict;
mod prelude;
mod reactive;
mod shelf;
mod shortcuts;
mod stage;
mod steps;
mod tabs;
mod terminal;
#[cfg(all(test, target_arch = "wasm32"))]
mod tests;
mod transport;
mod verdict;
mod witness;

pub use app::start;
pub use page::Page;

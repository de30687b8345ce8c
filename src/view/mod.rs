//! The page: Leptos components that draw and send commands. A folder for each region.
//!
//! Views never change a world. They read [`Page`] and call its methods; the session behind it is the only thing that moves.

mod address;
mod announcer;
mod app;
mod fetching;
mod frame;
mod lesson;
mod memory;
mod page;

pub use app::start;
pub use page::Page;

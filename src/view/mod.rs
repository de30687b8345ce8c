//! The page: Leptos components that draw and send commands. A folder for each region.
//!
//! Views never change a world. They read [`Page`] and call its methods; the session behind it is the only thing that moves.

mod address;
mod announcer;
mod app;
mod copy;
mod fetching;
mod frame;
mod inspector;
mod memory;
mod page;
mod predict;
mod say;
mod steps;
mod tabs;
mod witness;

pub use app::start;
pub use inspector::Inspector;
pub use page::Page;
pub use steps::StepsPanel;
pub use witness::WitnessRow;

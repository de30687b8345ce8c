//! The simulated cluster: events in time order.

pub mod evidence;
pub mod place;
pub mod step;

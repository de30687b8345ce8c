//! The simulated cluster: events in time order.

mod chance;
pub use chance::name_of as chance_name;

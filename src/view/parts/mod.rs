//! Small parts that several regions are made of.

mod icon;
mod radio_group;
mod source;

pub use icon::Icon;
pub use radio_group::{Choice, RadioGroup};
pub use source::source;

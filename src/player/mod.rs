//! Play, pause, step, seek, speed, forks: a plain state and an enum of commands. No window, no clock of its own.

mod aside;
mod course;
mod covered;
mod given;
mod history;
mod selection;
mod session;
mod speed;
mod transport;

pub use aside::{Aside, Asides, Said};
pub use course::Course;
pub use covered::Covered;
pub use given::Given;
pub use history::History;
pub use selection::Selection;
pub use session::{FORKS_KEPT, Session};
pub use speed::Speed;
pub use transport::{Moved, Player, PlayerCommand};

use crate::cluster::World;
use crate::cluster::step::RequestKind;
use crate::time::Span;

/// What giving a command came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// Commands that were to come are not in the new run.
    pub left_path: bool,
    /// Its number among the run's commands.
    pub command: u32,
}

impl Given {
    /// What was asked for, the status of the answer, and how long it took: of the requests sent so far the one that was answered last.
    /// `None` while an answer is awaited.
    pub fn answer(&self, world: &World) -> Option<(RequestKind, u16, Span)> {
        let own = world.exchanges().filter(|exchange| exchange.command == self.command);
        // One without an answer is later than all that have one.
        let last = own.reduce(|one, other| match (one.answered, other.answered) {
            (Some(earlier), Some(later)) if later >= earlier => other,
            (Some(_), None) => other,
            _ => one,
        })?;
        Some((last.kind, last.answer.as_ref()?.status(), last.answered?.since(last.sent)))
    }
}

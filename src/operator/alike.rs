//! Which reasons look the same from outside.

use super::reason::Reason;
use crate::cluster::step::LossStage;

/// A kind of reason, for what an operator can tell apart. Those that nothing else looks like have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    NeverExisted,
    Throttled,
    NoInvoker,
    NoRule,
    NoAction,
    TooLarge,
    NotFinished,
    CollectingLogs,
    /// It died with its process before the record was handed to the store's client.
    LostUnwritten,
    Skipped,
    Discarded,
    OnItsWay,
    /// It died with its process after that.
    LostUnderWay,
}

/// Reasons of one row have equal signatures, for an invocation that nobody waits for and before its completion is forced; those of
/// different rows have not. `tests/why.rs` computes it.
pub const ALIKE: [&[Look]; 4] = [
    &[Look::NeverExisted, Look::Throttled, Look::NoInvoker, Look::NoRule, Look::NoAction, Look::TooLarge],
    &[Look::NotFinished, Look::CollectingLogs, Look::LostUnwritten],
    &[Look::Skipped, Look::Discarded],
    &[Look::OnItsWay, Look::LostUnderWay],
];

impl Reason {
    /// Its kind, if others look like it.
    pub const fn look(self) -> Option<Look> {
        Some(match self {
            Self::NeverExisted => Look::NeverExisted,
            Self::Throttled(_) => Look::Throttled,
            Self::NoInvoker => Look::NoInvoker,
            Self::NoRule => Look::NoRule,
            Self::NoAction => Look::NoAction,
            Self::TooLarge => Look::TooLarge,
            Self::NotFinished => Look::NotFinished,
            Self::CollectingLogs => Look::CollectingLogs,
            Self::LostWith { stage: LossStage::InBatcher | LossStage::Sent, .. } => Look::LostUnderWay,
            Self::LostWith { stage: LossStage::NotRun | LossStage::Running | LossStage::NotWritten, .. } => Look::LostUnwritten,
            Self::Skipped(_) => Look::Skipped,
            Self::Discarded => Look::Discarded,
            Self::OnItsWay(_) => Look::OnItsWay,
            _ => return None,
        })
    }

    /// What else looks the same from outside.
    pub fn looks_like(self) -> impl Iterator<Item = Look> {
        let own = self.look();
        let row = ALIKE.into_iter().find(|row| own.is_some_and(|own| row.contains(&own))).unwrap_or_default();
        row.iter().copied().filter(move |look| Some(*look) != own)
    }
}

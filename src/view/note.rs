//! What the transport says of itself, beside where it is.

use crate::locale::Language;
use crate::locale::page::{Moment, Transport, goes_on, nothing_before};
use crate::player::{Moved, PlayerCommand};
use crate::time::Instant;

/// Why the transport stayed where it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    NothingBefore(Instant),
    FirstStep,
    LastStep,
    Held,
    AtHorizon,
    Extended(Instant),
    SelectFirst,
}

impl Note {
    pub fn text(self, language: Language) -> String {
        match self {
            Self::NothingBefore(until) => nothing_before(language, until),
            Self::FirstStep => language.say(Moment::FirstStep).to_owned(),
            Self::LastStep => language.say(Moment::LastStep).to_owned(),
            Self::Held => language.say(Moment::HeldByQuestion).to_owned(),
            Self::AtHorizon => language.say(Transport::AtHorizon).to_owned(),
            Self::Extended(until) => goes_on(language, until),
            Self::SelectFirst => language.say(Transport::GetNeedsSelection).to_owned(),
        }
    }
    /// What there is to say of what a command came to.
    pub fn of(command: PlayerCommand, moved: Moved, horizon: Instant, any_selected: bool) -> Option<Self> {
        Some(match (moved, command) {
            (Moved::Extended, _) => Self::Extended(horizon),
            (Moved::NothingThere, PlayerCommand::StepForward) if any_selected => Self::LastStep,
            (Moved::NothingThere, PlayerCommand::StepForward) => Self::NothingBefore(horizon),
            (Moved::NothingThere, PlayerCommand::StepBack) => Self::FirstStep,
            (Moved::Held, _) => Self::Held,
            (Moved::Horizon, _) => Self::AtHorizon,
            _ => return None,
        })
    }
}

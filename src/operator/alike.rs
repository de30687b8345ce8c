//! Which reasons look the same from outside.

use super::log::Trace;
use super::reason::Reason;
use super::signature::Signature;
use crate::cluster::step::LossStage;

/// A kind of reason, for what an operator can tell apart. Those that nothing else looks like have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    NeverExisted,
    NotConnected,
    NoRule,
    NoAction,
    TooLarge,
    /// The request has not arrived.
    Requested,
    /// A sequence or a trigger under way.
    InController,
    /// One that died with its controller.
    LostInController,
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

/// Reasons of one row can have equal signatures; those of different rows never have. `tests/why.rs` computes it.
pub const ALIKE: [&[Look]; 5] = [
    &[Look::NeverExisted, Look::NotConnected, Look::NoRule, Look::NoAction, Look::TooLarge, Look::Requested],
    &[Look::InController, Look::LostInController],
    &[Look::NotFinished, Look::CollectingLogs, Look::LostUnwritten],
    &[Look::Skipped, Look::Discarded],
    &[Look::OnItsWay, Look::LostUnderWay],
];

impl Look {
    /// Whether a record of this kind can have left these lines and no others.
    fn can_leave(self, signature: &Signature) -> bool {
        let has = |trace| signature.traces.contains(&trace);
        match self {
            // A result that is heard of, or any ack, comes after the run.
            Self::NotFinished => !has(Trace::ResultReceived) && !has(Trace::AckPosted),
            Self::CollectingLogs => has(Trace::ContainerStarted),
            // An invoker that has taken a message starts with it at once or says that it waits, unless it has more than it has room for. Of
            // one that is lost before it got to Kafka nobody is left to force the completion.
            Self::LostUnwritten => {
                let is_taken = [Trace::ContainerStarted, Trace::Rescheduled, Trace::Overloaded].into_iter().any(has);
                is_taken || !has(Trace::CompletionForced)
            }
            _ => true,
        }
    }
}

impl Reason {
    /// Its kind, if others look like it.
    pub fn look(self, signature: &Signature) -> Option<Look> {
        Some(match self {
            Self::NeverExisted => Look::NeverExisted,
            Self::NotConnected => Look::NotConnected,
            Self::NoRule => Look::NoRule,
            Self::NoAction => Look::NoAction,
            Self::TooLarge => Look::TooLarge,
            Self::NotFinished if signature.traces.is_empty() => Look::Requested,
            Self::NotFinished if [Trace::SequenceInvoked, Trace::TriggerFired].iter().any(|own| signature.traces.contains(own)) => {
                Look::InController
            }
            Self::NotFinished => Look::NotFinished,
            Self::CollectingLogs => Look::CollectingLogs,
            Self::LostWith { stage: LossStage::InController, .. } => Look::LostInController,
            Self::LostWith { stage: LossStage::InBatcher | LossStage::Sent, .. } => Look::LostUnderWay,
            Self::LostWith { .. } => Look::LostUnwritten,
            Self::Skipped(_) => Look::Skipped,
            Self::Discarded => Look::Discarded,
            Self::OnItsWay(_) => Look::OnItsWay,
            _ => return None,
        })
    }

    /// What else can look the same from outside as this does with this signature.
    pub fn looks_like(self, signature: &Signature) -> Vec<Look> {
        let Some(own) = self.look(signature) else { return Vec::new() };
        let row = ALIKE.into_iter().find(|row| row.contains(&own)).unwrap_or_default();
        row.iter().copied().filter(|look| *look != own && look.can_leave(signature)).collect()
    }
}

//! How much each kind of step matters.

use super::{Rank, StepKind};
use crate::cluster::place::{Cargo, Topic};

impl StepKind {
    /// How much it matters, whoever it is about.
    pub const fn rank(&self) -> Rank {
        match self {
            Self::RequestSent { .. }
            | Self::RequestThrottled { .. }
            | Self::NoInvokerAvailable { .. }
            | Self::ActionMissing { .. }
            | Self::EntityUnread { .. }
            | Self::ActionDeleted { .. }
            | Self::EntityWritten { .. }
            | Self::EntityDeleted { .. }
            | Self::EntityRefused { .. }
            | Self::RuleSet { .. }
            | Self::PayloadTooLarge { .. }
            | Self::SequenceStarted { .. }
            | Self::ComponentInvoked { .. }
            | Self::SequenceEnded { .. }
            | Self::TriggerFired { .. }
            | Self::TriggerWithoutRule { .. }
            | Self::RulePosted { .. }
            | Self::RuleAnswered { .. }
            | Self::TriggerRecorded { .. }
            | Self::MessageUnparsable { .. }
            | Self::NamespaceBlacklisted { .. }
            | Self::ActionGone { .. }
            | Self::ActionUnread { .. }
            | Self::ContainerFailed { .. }
            | Self::AnswerSent { .. }
            | Self::AnswerReceived { .. }
            | Self::ConnectionFailed { .. }
            | Self::ProcessCrashed { .. }
            | Self::ProcessRestarted { .. }
            | Self::ActivationLost { .. }
            | Self::ActivationScheduled { .. }
            | Self::SystemOverloaded { .. }
            | Self::ActivationPosted { .. }
            | Self::ResultAckReceived { .. }
            | Self::CompletionAckReceived { .. }
            | Self::LateAckReceived { .. }
            | Self::CompletionAckForced { .. }
            | Self::PollMissed { .. }
            | Self::PollFound { .. }
            | Self::BlockingWaitEnded { .. }
            | Self::RunBuffered { .. }
            | Self::ContainerAssigned { .. }
            | Self::InitStarted { .. }
            | Self::RunStarted { .. }
            | Self::RunEnded { .. }
            | Self::LogsCollected { .. }
            | Self::LogCollectionFailed { .. }
            | Self::AckSent { .. }
            | Self::AckTooLarge { .. }
            | Self::BatchSent { .. }
            | Self::IndexCreated { .. }
            | Self::RecordStored { .. }
            | Self::RecordRefused { .. }
            | Self::RecordSearchable { .. }
            | Self::ViewUpdateStarted { .. }
            | Self::ViewUpdated { .. }
            | Self::RecordSkipped { .. }
            | Self::RecordDiscarded { .. }
            | Self::LogStoreAsked { .. }
            | Self::NoopAnswered { .. }
            | Self::QuerySent { .. }
            | Self::QueryAnswered { .. }
            | Self::StoreAsked { .. }
            | Self::StoreServed { .. }
            | Self::StoreAnswerReceived { .. }
            | Self::StoreUnanswered { .. }
            | Self::ClientInterrupted
            | Self::RequestFailed { .. }
            | Self::PublishFailed { .. }
            | Self::AckLost { .. }
            | Self::RecordConflicted { .. }
            | Self::RecordOverwritten { .. }
            | Self::BatchFailed { .. }
            | Self::RecordGivenUp { .. }
            | Self::LateWriteLost { .. }
            | Self::QueryFailed { .. }
            | Self::FaultSet { .. }
            | Self::FaultCleared { .. }
            | Self::ServiceStopped { .. }
            | Self::ServiceStarted { .. }
            | Self::DataDropped { .. }
            | Self::RecordDeleted { .. } => Rank::Story,
            // A ping goes out each second: what befalls it is no story.
            Self::FaultApplied { cargo, .. } => {
                if matches!(cargo, Cargo::Ping) {
                    Rank::Housekeeping
                } else {
                    Rank::Story
                }
            }
            Self::MessagesDelivered { topic, .. } | Self::MessagesPeeked { topic, .. } | Self::OffsetCommitted { topic, .. } => {
                if matches!(topic, Topic::Health) { Rank::Housekeeping } else { Rank::Detail }
            }
            Self::MessageAppended { topic, .. } => {
                if matches!(topic, Topic::Health) {
                    Rank::Housekeeping
                } else {
                    Rank::Detail
                }
            }
            Self::RequestReceived { .. }
            | Self::ActivationMessageAccepted { .. }
            | Self::HealthAckReceived { .. }
            | Self::ContainerStarting { .. }
            | Self::ContainerCreated { .. }
            | Self::ContainerResumed { .. }
            | Self::InitEnded { .. }
            | Self::ContainerFreed { .. }
            | Self::RecordQueued { .. }
            | Self::BatchAnswered { .. }
            | Self::InvokerRegistered { .. }
            | Self::InvokerStateChanged { .. }
            | Self::ProcessStarted { .. } => Rank::Detail,
            Self::IndexRefreshed { records, .. } => {
                if *records == 0 {
                    Rank::Housekeeping
                } else {
                    Rank::Detail
                }
            }
            Self::PrewarmStarted { .. }
            | Self::PrewarmReady { .. }
            | Self::ContainerPausing { .. }
            | Self::ContainerPaused { .. }
            | Self::ContainerRemoved { .. }
            | Self::PingSent { .. }
            | Self::PingReceived { .. }
            | Self::HealthTestSent { .. } => Rank::Housekeeping,
        }
    }
}

//! The steps of a run: what happened, in codes and values. Sentences live in the locale, source lines in the evidence table.

mod kind;
mod rank;
mod values;

pub use kind::StepKind;
pub use values::{
    AckKind, CachedEntity, ContainerStart, DesignDocument, InvokerState, LossStage, NoAnswer, Posted, QueryKind, QueryOutcome, RateLimit,
    RemovalReason, RequestKind, SequenceEnding, Whereabouts,
};

use super::place::{ActivationIx, ExchangeIx, Flight};
use crate::time::Instant;
use serde::Serialize;

/// One thing that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Its number in the run, from 0, housekeeping included.
    pub ordinal: u64,
    pub at: Instant,
    /// The activation that it is about, if it is about one alone.
    pub activation: Option<ActivationIx>,
    /// The client's exchange that it is part of.
    pub exchange: Option<ExchangeIx>,
    /// What left for another node with this step.
    pub flight: Option<Flight>,
    pub kind: StepKind,
}

/// How much a step matters to the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    Story,
    Detail,
    Housekeeping,
}

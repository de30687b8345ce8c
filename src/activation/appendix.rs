//! What few records hold besides: the cause of a component, the components of a sequence, the rules of a trigger.
//!
//! A [`Record`] is copied at every turn and so is kept small; these lie apart and are referred to by number.

use super::{ActivationId, Catalogue, Record, Status};
use crate::chunked::Chunked;
use serde::Serialize;
use std::num::NonZeroU32;

/// The number of an appendix in its run. None is as small as one: there are as many of these as records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppendixIx(NonZeroU32);

impl AppendixIx {
    /// Counted from 0. `None` for a number that no list of a run comes to.
    pub fn new(place: usize) -> Option<Self> {
        u32::try_from(place).ok()?.checked_add(1).and_then(NonZeroU32::new).map(Self)
    }

    pub const fn place(self) -> usize {
        self.0.get() as usize - 1
    }
}

impl Serialize for AppendixIx {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.place().serialize(serializer)
    }
}

/// What a record holds besides its fields.
#[derive(Clone, Debug, Serialize)]
pub struct Appendix {
    /// The sequence that invoked it: `cause`, and the annotation `causedBy`.
    pub cause: Option<ActivationId>,
    pub particulars: Particulars,
}

#[derive(Clone, Debug, Serialize)]
pub enum Particulars {
    None,
    Sequence(SequenceEnd),
    /// One result a rule, in the order of the trigger's rules.
    Rules(Vec<RuleResult>),
}

/// How a sequence ended (`SequenceActions.scala:198-248`).
#[derive(Clone, Debug, Serialize)]
pub struct SequenceEnd {
    /// The ids of the components that ran: its logs.
    pub components: Vec<ActivationId>,
    /// The greatest memory limit among them; none if none ran.
    pub memory_mb: Option<u32>,
    /// The record of the last one, whose response is the sequence's, unless the sequence failed by itself.
    pub last: Option<Record>,
    pub failure: Option<SequenceFailure>,
}

/// What ends a sequence besides a component's result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SequenceFailure {
    /// More actions than a sequence may have (`http/ErrorResponse.scala:113`).
    TooLong,
    /// A component that there is not (`http/ErrorResponse.scala:116`).
    ComponentNotFound,
    /// The result of this component did not come in time (`http/ErrorResponse.scala:133`).
    ComponentTimedOut(ActivationId),
    /// A component could not be posted (`http/ErrorResponse.scala:135`).
    ComponentFailed,
}

impl SequenceFailure {
    pub const fn status(self) -> Status {
        match self {
            Self::TooLong | Self::ComponentNotFound => Status::ApplicationError,
            Self::ComponentTimedOut(_) | Self::ComponentFailed => Status::WhiskInternalError,
        }
    }

    pub fn text(self) -> String {
        match self {
            Self::TooLong => "Too many actions in the sequence.".to_owned(),
            Self::ComponentNotFound => "Sequence component does not exist.".to_owned(),
            Self::ComponentTimedOut(id) => format!("Timeout reached when retrieving activation {id} for sequence component."),
            Self::ComponentFailed => "Sequence failed.".to_owned(),
        }
    }
}

/// What became of one rule of a trigger that was fired (`Triggers.scala:424-436`).
#[derive(Clone, Debug, Serialize)]
pub struct RuleResult {
    /// `namespace/name`.
    pub rule: String,
    /// `namespace/name`, or with a package.
    pub action: String,
    pub outcome: Result<ActivationId, RuleFailure>,
}

/// Why a rule's action was not invoked: the status of the answer and the error in it, or that the rule is inactive.
#[derive(Clone, Debug, Serialize)]
pub struct RuleFailure {
    pub status: Status,
    pub error: String,
}

impl RuleFailure {
    /// (`http/ErrorResponse.scala:128`).
    pub fn inactive(rule: &str, action: &str) -> Self {
        Self { status: Status::ApplicationError, error: format!("Rule '{rule}' is inactive, action '{action}' was not activated.") }
    }
}

impl RuleResult {
    /// Compact JSON text. The five fields are in the order of their hashes in Scala 2.12, which the build uses by default: a map of more
    /// than four has no order of its own (derived from `Triggers.scala:424-436`).
    pub fn json(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let (rule, action) = (quoted(&self.rule), quoted(&self.action));
        match &self.outcome {
            Ok(id) => format!("{{\"statusCode\":0,\"success\":true,\"activationId\":\"{id}\",\"rule\":{rule},\"action\":{action}}}"),
            Err(RuleFailure { status, error }) => {
                let error = quoted(error);
                format!("{{\"statusCode\":{},\"success\":false,\"rule\":{rule},\"error\":{error},\"action\":{action}}}", status.code())
            }
        }
    }
}

/// Where the forms of a record look up what it refers to by number.
#[derive(Clone, Copy, Debug)]
pub struct Library<'a> {
    pub catalogue: &'a Catalogue,
    pub appendices: &'a Chunked<Appendix>,
}

impl<'a> Library<'a> {
    pub(super) fn appendix(self, record: &Record) -> Option<&'a Appendix> {
        self.appendices.get(record.appendix?.place())
    }

    pub(super) fn sequence_end(self, record: &Record) -> Option<&'a SequenceEnd> {
        match &self.appendix(record)?.particulars {
            Particulars::Sequence(end) => Some(end),
            _ => None,
        }
    }

    pub fn cause(self, record: &Record) -> Option<ActivationId> {
        self.appendix(record)?.cause
    }
}

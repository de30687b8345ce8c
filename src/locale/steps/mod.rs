//! What happens at each step of a run, in a sentence or two.
//!
//! Each language has its own exhaustive match over the kinds of step: a kind without a sentence does not compile, and neither language
//! has to follow the other's word order.

/// The kinds of step whose sentences are in a file of their own: what fails.
macro_rules! broken_step {
    () => {
        crate::cluster::step::StepKind::RequestFailed { .. }
            | crate::cluster::step::StepKind::PublishFailed { .. }
            | crate::cluster::step::StepKind::AckLost { .. }
            | crate::cluster::step::StepKind::RecordConflicted { .. }
            | crate::cluster::step::StepKind::RecordOverwritten { .. }
            | crate::cluster::step::StepKind::BatchFailed { .. }
            | crate::cluster::step::StepKind::RecordGivenUp { .. }
            | crate::cluster::step::StepKind::LateWriteLost { .. }
            | crate::cluster::step::StepKind::QueryFailed { .. }
            | crate::cluster::step::StepKind::FaultSet { .. }
            | crate::cluster::step::StepKind::FaultCleared { .. }
            | crate::cluster::step::StepKind::FaultApplied { .. }
            | crate::cluster::step::StepKind::ServiceStopped { .. }
            | crate::cluster::step::StepKind::ServiceStarted { .. }
            | crate::cluster::step::StepKind::DataDropped { .. }
            | crate::cluster::step::StepKind::RecordDeleted { .. }
    };
}
pub(crate) use broken_step;

mod asking;
mod chinese;
mod english;
mod entities;
mod faults;
mod names;
#[cfg(test)]
pub(crate) mod samples;
mod titles;
mod values;

pub use entities::command as entity_command;
pub use names::Names;
pub use titles::title;
pub use values::{
    ack_name, container_start, design_document, http_status, invoker_state, level_key, loss_stage, removal_reason, request_name,
    status_name, store_name,
};

use super::Language;
use super::wording::Wording;
use crate::cluster::step::Step;

/// What happens at `step`, and why where that helps: one or two sentences of plain text.
pub fn sentence(language: Language, step: &Step, names: &Names) -> String {
    let mut wording = Wording::new(language);
    match language {
        Language::English => english::sentence(&step.kind, names, &mut wording),
        Language::Chinese => chinese::sentence(&step.kind, names, &mut wording),
    }
    wording.finish()
}

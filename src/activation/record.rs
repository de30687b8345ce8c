use super::{ActionId, ActivationId, AppendixIx, BindingId, Catalogue, Library, NamespaceId, Particulars, Status};
use crate::time::Calendar;
use serde::Serialize;

/// What a record holds as logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Logs {
    /// None yet, or none at all: the record as it is before log collection, or of an action with a log limit of 0.
    None,
    /// The lines that the run wrote.
    Collected,
    /// Collection failed: one line says so (`http/ErrorResponse.scala:201`).
    Failed,
}

/// What a record is of: who makes it, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A run in a container, by the invoker (`ContainerProxy.scala:1042-1081`).
    Run,
    /// The invoker found the action gone: a record of zero length (`InvokerReactive.scala:190-219,272-293`).
    ActionGone,
    /// The invoker could not read the action (`InvokerReactive.scala:201-218`): another such record.
    ActionUnread,
    /// The container did not start (`ContainerProxy.scala:326-347`).
    ContainerFailed,
    /// A sequence, by the controller (`SequenceActions.scala:198-248`): on its own, or within another.
    Sequence { topmost: bool },
    /// A trigger, by the controller (`Triggers.scala:147-159`).
    Trigger,
}

impl Origin {
    pub const fn is_run(&self) -> bool {
        matches!(self, Self::Run)
    }

    /// It is made and written by a controller, and no invoker knows of it.
    pub const fn is_controllers(&self) -> bool {
        matches!(self, Self::Sequence { .. } | Self::Trigger)
    }
}

/// An activation record as a process holds it in memory, with names by number.
///
/// Times are epoch milliseconds, spans milliseconds. A record is written once and never changes in a store.
/// Follows the 13 fields of `core/entity/WhiskActivation.scala:52-64`; what is not held here follows from the action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
    pub id: ActivationId,
    /// Namespace of the invoking user.
    pub namespace: NamespaceId,
    pub action: ActionId,
    pub start_ms: u64,
    pub end_ms: u64,
    /// From the first to the last microsecond, rounded down: up to 1 ms less or more than `end_ms - start_ms`, as in the real system.
    pub duration_ms: u32,
    /// From the request's arrival at the controller to the start of init or run (`ContainerProxy.scala:1049-1052`).
    pub wait_ms: u64,
    /// Time in `/init`, if this run initialised its container.
    pub init_ms: Option<u32>,
    pub status: Status,
    /// The run reached its time limit.
    pub timed_out: bool,
    pub logs: Logs,
    /// When this object was last copied in its writer (`core/entity/WhiskEntity.scala:51`): log collection sets it again.
    pub updated_ms: u64,
    #[serde(skip_serializing_if = "Origin::is_run")]
    pub origin: Origin,
    /// The package binding that it was invoked through.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binding: Option<BindingId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub appendix: Option<AppendixIx>,
}

impl Record {
    /// `end - start`: what CouchDB's views and the CLI compute for themselves.
    pub const fn end_less_start_ms(&self) -> u64 {
        self.end_ms.saturating_sub(self.start_ms)
    }

    /// `namespace/activationId`: the key in either store.
    pub fn key(&self, catalogue: &Catalogue) -> String {
        format!("{}/{}", catalogue.namespace(self.namespace), self.id)
    }

    /// `namespace/name` of the action that ran, with its package between them: the value of the `path` annotation.
    pub fn path(&self, catalogue: &Catalogue) -> String {
        catalogue.action(self.action).map_or_else(String::new, super::Action::path)
    }

    /// The `path` of the Elasticsearch document, which searches by name look at (`ElasticSearchActivationStore.scala:96-104`): that of the
    /// binding where there is one.
    pub fn searched_path(&self, catalogue: &Catalogue) -> String {
        let Some(action) = catalogue.action(self.action) else { return String::new() };
        match self.binding.and_then(|binding| catalogue.binding(binding)) {
            Some(binding) => format!("{}/{}", binding.path(), action.name),
            // Without an annotation it is made from the record's own namespace.
            None if self.origin == Origin::Trigger => format!("{}/{}", catalogue.namespace(self.namespace), action.name),
            None => action.path(),
        }
    }

    /// What CouchDB's filter view puts after the namespace (`pathFilter` of
    /// `whisks_design_document_for_activations_db_filters_v2.1.1.json`): the name, with the package of the binding or of the action.
    pub fn filter_name(&self, catalogue: &Catalogue) -> String {
        let Some(action) = catalogue.action(self.action) else { return String::new() };
        match self.binding.and_then(|binding| catalogue.binding(binding)) {
            Some(binding) => format!("{}/{}", binding.name, action.name),
            None => action.local_name(),
        }
    }

    /// The log lines, each as `<timestamp padded to 30> <stream>: <text>` (`DockerToActivationLogStore.scala:40-42`).
    ///
    /// The model gives each line the millisecond after the one before it, from the start of the run on. A sequence has the ids of its
    /// components instead, a trigger one JSON text a rule.
    pub fn log_lines(&self, library: Library<'_>) -> Vec<String> {
        match library.appendix(self).map(|appendix| &appendix.particulars) {
            Some(Particulars::Sequence(end)) => return end.components.iter().map(ToString::to_string).collect(),
            Some(Particulars::Rules(results)) => return results.iter().map(super::RuleResult::json).collect(),
            Some(Particulars::None) | None => {}
        }
        match self.logs {
            Logs::None => Vec::new(),
            Logs::Failed => vec!["There was an issue while collecting your logs. Data might be missing.".to_owned()],
            Logs::Collected => {
                let run_start = self.start_ms + u64::from(self.init_ms.unwrap_or(0));
                let lines = library.catalogue.action(self.action).map_or(&[][..], |action| &action.behaviour.log);
                let stamped = lines.iter().zip(run_start + 1..);
                stamped.map(|(line, at)| log_line(at, line.stream.text(), &line.text)).collect()
            }
        }
    }
}

fn log_line(epoch_ms: u64, stream: &str, text: &str) -> String {
    let Calendar { year, month, day, hour, minute, second, milli } = Calendar::from_epoch_millis(epoch_ms);
    let stamp = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}000000Z");
    format!("{stamp:<30} {stream}: {text}")
}

//! Whether a configuration is one that a cluster can have.

use super::numbers::{ACTIONS_MAX, LOG_LINES_MAX, NAMESPACES_MAX, OVERRIDES_MAX, PREWARM_MAX, RATE_MAX, ROWS_BYTES, RUN_US_MAX, ends};
use super::{Configuration, ModelParameters, Prewarm};
use crate::activation::{Action, Body, Limits, SpanRange};
use crate::cluster::checks::Checks;
use crate::cluster::limit::Limit;
use crate::cluster::place::{ControllerId, InvokerId, Process};
use crate::cluster::refused::{NameFault, Refused};
use crate::json::Path;

impl Configuration {
    /// Checks every value against its range and every name against what it must refer to.
    ///
    /// # Errors
    /// The first value that does not fit.
    pub fn check(&self) -> Result<(), Refused> {
        let mut checks = Checks::default();
        self.check_into(&mut checks);
        checks.end()
    }

    /// The same among other checks.
    pub fn check_into(&self, checks: &mut Checks) {
        let whole = Path::WHOLE;
        checks.numbers(&whole, &Self::NUMBERS, &self.numbers());
        checks.length(&whole, "namespaces", self.namespaces.len(), 1, NAMESPACES_MAX);
        checks.length(&whole, "actions", self.actions.len(), 0, ACTIONS_MAX);
        checks.length(&whole, "storeOverrides", self.store_overrides.len(), 0, OVERRIDES_MAX);
        checks.length(&whole, "prewarm", self.prewarm.len(), 0, PREWARM_MAX);
        let rate = |limit: Limit| limit.allowed().unwrap_or(0).into();
        checks.range(&whole, "invocationsPerMinute", rate(self.invocations_per_minute), 0, RATE_MAX);
        checks.range(&whole, "invocationsConcurrent", rate(self.invocations_concurrent), 0, RATE_MAX);
        let model = whole.field("model");
        for ((name, max_us), range) in ModelParameters::RANGES.iter().zip(self.model.ranges()) {
            span_range(checks, &model.field(name), range, *max_us);
        }
        checks.range(&whole, "firesPerMinute", rate(self.fires_per_minute), 0, RATE_MAX);
        self.check_namespaces(checks);
        self.check_references(checks);
        let actions = whole.field("actions");
        for (place, action) in self.actions.iter().enumerate() {
            self.check_action(checks, &actions.item(place), action);
        }
        let prewarms = whole.field("prewarm");
        for (place, prewarm) in self.prewarm.iter().enumerate() {
            let at = prewarms.item(place);
            checks.text(&at, "kind", &prewarm.kind, 0, 64);
            checks.numbers(&at, &Prewarm::NUMBERS, &prewarm.numbers());
            checks.range(&at, "max", prewarm.max.into(), prewarm.min.into(), 16);
        }
        let process = whole.field("storeOverrides");
        let process = process.field("process");
        for binding in &self.store_overrides {
            let (kind, number, bound) = match binding.process {
                Process::Controller(ControllerId(number)) => ("controller", number, self.controllers),
                Process::Invoker(InvokerId(number)) => ("invoker", number, self.invokers),
            };
            checks.range(&process, kind, number.into(), 0, u64::from(bound).saturating_sub(1));
        }
    }

    /// Whether there is such a namespace.
    pub fn has_namespace(&self, name: &str) -> bool {
        self.namespaces.iter().any(|namespace| namespace.name == name)
    }

    fn check_namespaces(&self, checks: &mut Checks) {
        let namespaces = Path::named("namespaces");
        for (place, namespace) in self.namespaces.iter().enumerate() {
            let at = namespaces.item(place);
            entity_name(checks, &at, &namespace.name);
            if self.namespaces.iter().take(place).any(|earlier| earlier.name == namespace.name) {
                checks.bad_name(&at, &namespace.name, NameFault::Twice);
            }
        }
        for needed in ["guest", "whisk.system"] {
            if !self.has_namespace(needed) {
                checks.bad_name(&namespaces, needed, NameFault::Missing);
            }
        }
    }

    fn check_action(&self, checks: &mut Checks, at: &Path<'_>, action: &Action) {
        let name = at.field("name");
        entity_name(checks, &name, &action.name);
        if !action.package.is_empty() {
            entity_name(checks, &at.field("package"), &action.package);
        }
        if !self.has_namespace(&action.namespace) {
            checks.unknown(at, "namespace", &action.namespace);
        }
        let same = |other: &&Action| other.namespace == action.namespace && other.package == action.package && other.name == action.name;
        if self.actions.iter().filter(same).count() > 1 {
            checks.bad_name(&name, &action.name, NameFault::Twice);
        }
        checks.text(at, "version", &action.version, 0, 32);
        checks.text(at, "kind", &action.kind, 0, 64);
        checks.numbers(&at.field("limits"), &Limits::NUMBERS, &action.limits.numbers());
        let (at, behaviour) = (at.field("behaviour"), &action.behaviour);
        span_range(checks, &at.field("run"), &behaviour.run, RUN_US_MAX);
        let log = at.field("log");
        checks.length(&at, "log", behaviour.log.len(), 0, LOG_LINES_MAX);
        for (place, line) in behaviour.log.iter().enumerate() {
            checks.text(&log.item(place), "text", &line.text, 0, 1_000);
        }
        let result = at.field("result");
        match &behaviour.result {
            Body::Json(value) => checks.length(&result, "json", value.to_string().len(), 0, 100_000),
            Body::Rows { bytes } => checks.range(&result.field("rows"), "bytes", (*bytes).into(), ROWS_BYTES.0, ROWS_BYTES.1),
        }
    }
}

fn span_range(checks: &mut Checks, at: &Path<'_>, range: &SpanRange, max_us: u64) {
    checks.numbers(at, &ends(max_us), &[range.min_us, range.max_us]);
    if range.min_us > range.max_us {
        checks.refuse(Refused::EmptyRange { name: at.written(), min: range.min_us, max: range.max_us });
    }
}

/// The letters that the model takes in names: a plain subset of what OpenWhisk takes (`core/entity/EntityPath.scala:206`).
pub(super) fn entity_name(checks: &mut Checks, at: &Path<'_>, name: &str) {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'@');
    let fault = if name.is_empty() || name.len() > 64 {
        NameFault::Length
    } else if !name.bytes().all(fits) {
        NameFault::Letters
    } else if matches!(name.as_bytes().first(), Some(b'-' | b'.' | b'@')) {
        NameFault::Beginning
    } else {
        return;
    };
    checks.bad_name(at, name, fault);
}

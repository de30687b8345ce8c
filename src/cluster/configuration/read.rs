//! A configuration from JSON. All of its fields have defaults.

use super::numbers::{
    ACTIONS_MAX, BINDINGS_MAX, COMPONENTS_MAX, LOG_LINES_MAX, NAMESPACES_MAX, OVERRIDES_MAX, PREWARM_MAX, RATE_MAX, ROWS_BYTES, RULES_MAX,
    RUN_US_MAX, TRIGGERS_MAX, ends,
};
use super::{Configuration, Prewarm, StoreOverride};
use crate::activation::{Action, Behaviour, Body, Limits, LogLine, Namespace, Outcome, PackageBinding, Rule, SpanRange, Stream, Trigger};
use crate::cluster::gate::StoreLevel;
use crate::cluster::limit::Limit;
use crate::cluster::place::{ControllerId, InvokerId, Process, StoreKind};
use crate::cluster::refused::Refused;
use crate::json::{Part, Report};
use serde_json::Value;

impl Configuration {
    /// Reads each field, in its range. What must fit together is left to [`Configuration::check`].
    pub fn read(part: &Part<'_>) -> Self {
        part.fields(
            "epochMs, controllers, invokers, store, storeOverrides, namespaces, actions, invocationsPerMinute, invocationsConcurrent, \
             userMemoryMb, prewarm, pauseGraceMs, idleContainerMs, managedPercent, timeoutFactor, timeoutAddonMs, pollingFromDb, \
             storeBlockingResultLevel, storeNonBlockingResultLevel, unstoredLogsEnabled, disableStoreResult, \
             blockingWaitMs, batchRecordsMax, batchesInFlightMax, refreshIntervalMs, storeMaxTries, couchdbTimeoutMs, elasticsearchTimeoutMs, \
             kafkaRequestTimeoutMs, gatewayTimeoutMs, model, bindings, triggers, firesPerMinute, sequenceLengthMax",
        );
        let mut read = Self::default();
        let mut numbers = read.numbers();
        part.numbers(&Self::NUMBERS, &mut numbers);
        read.set_numbers(numbers);
        if let Some(part) = &part.get("store") {
            read.store = store(part);
        }
        if let Some(part) = &part.get("storeOverrides") {
            read.store_overrides = part.list(0, OVERRIDES_MAX, store_override);
        }
        if let Some(part) = &part.get("namespaces") {
            read.namespaces = part.list(1, NAMESPACES_MAX, namespace);
        }
        if let Some(part) = &part.get("actions") {
            read.actions = part.list(0, ACTIONS_MAX, action);
        }
        if let Some(part) = &part.get("bindings") {
            read.bindings = part.list(0, BINDINGS_MAX, binding);
        }
        if let Some(part) = &part.get("triggers") {
            read.triggers = part.list(0, TRIGGERS_MAX, trigger);
        }
        if let Some(part) = &part.get("firesPerMinute") {
            read.fires_per_minute = limit(part);
        }
        if let Some(part) = &part.get("invocationsPerMinute") {
            read.invocations_per_minute = limit(part);
        }
        if let Some(part) = &part.get("invocationsConcurrent") {
            read.invocations_concurrent = limit(part);
        }
        if let Some(part) = &part.get("prewarm") {
            read.prewarm = part.list(0, PREWARM_MAX, prewarm);
        }
        let Self { store_blocking_result_level: blocking, store_non_blocking_result_level: non_blocking, .. } = &mut read;
        for (name, level) in [("storeBlockingResultLevel", blocking), ("storeNonBlockingResultLevel", non_blocking)] {
            if let Some(part) = &part.get(name) {
                let levels = "STORE_ALWAYS, STORE_FAILURES, STORE_FAILURES_NOT_APPLICATION_ERRORS";
                *level = part.one_of(levels, &StoreLevel::ALL).unwrap_or_default();
            }
        }
        let Self { polling_from_db, unstored_logs_enabled, disable_store_result, .. } = &mut read;
        let flags = [
            ("pollingFromDb", polling_from_db),
            ("unstoredLogsEnabled", unstored_logs_enabled),
            ("disableStoreResult", disable_store_result),
        ];
        for (name, flag) in flags {
            if let Some(part) = &part.get(name) {
                *flag = part.flag();
            }
        }
        if let Some(part) = &part.get("model") {
            part.fields(
                "httpHop, kafkaProduce, kafkaFetch, containerStart, containerInit, containerResume, containerPause, logCollection, \
                 storeHop, couchdbWrite, couchdbRead, couchdbViewUpdate, elasticsearchWrite, elasticsearchRead, \
                 elasticsearchIndexCreation, invokerStart, processRestart",
            );
            for ((name, max_us), range) in super::ModelParameters::RANGES.iter().zip(read.model.ranges_mut()) {
                if let Some(part) = &part.get(name) {
                    *range = span_range(part, *max_us);
                }
            }
        }
        read
    }
}

/// For a run that comes as a value, such as one that was written down.
impl TryFrom<Value> for Configuration {
    type Error = Refused;

    fn try_from(value: Value) -> Result<Self, Refused> {
        let report = Report::default();
        let read = Self::read(&Part::whole(&value, &report));
        report.end(read).map_err(|wrong| Refused::Malformed { name: wrong.path, problem: wrong.reason.to_string() })
    }
}

/// A name alone, or a name with limits.
fn namespace(part: &Part<'_>) -> Namespace {
    if !part.value.is_object() {
        return Namespace::new(part.text());
    }
    part.fields("name, storeActivations, blacklisted");
    let mut namespace = Namespace::new(part.need("name").text());
    if let Some(part) = &part.get("storeActivations") {
        namespace.store_activations = part.flag();
    }
    namespace.blacklisted = part.get("blacklisted").as_ref().is_some_and(Part::flag);
    namespace
}

fn store(part: &Part<'_>) -> StoreKind {
    part.one_of("couchdb, elasticsearch, noop", &StoreKind::BINDINGS).unwrap_or(StoreKind::CouchDb)
}

fn store_override(part: &Part<'_>) -> StoreOverride {
    part.fields("process, store");
    StoreOverride { process: process(&part.need("process")), store: store(&part.need("store")) }
}

fn process(part: &Part<'_>) -> Process {
    let (kind, number) = part.tagged("controller, invoker").map_or(("", 0), |(kind, part)| {
        // How many there are is checked with the rest.
        (kind, part.number_in("the number of the process", 0, u8::MAX.into()) as u8)
    });
    if kind == "controller" { Process::Controller(ControllerId(number)) } else { Process::Invoker(InvokerId(number)) }
}

fn limit(part: &Part<'_>) -> Limit {
    match part.value {
        Value::Number(_) => Limit::At(part.number_in("the limit", 0, RATE_MAX) as u32),
        Value::String(text) if text == "none" => Limit::None,
        _ => {
            part.not_a("a number or \"none\"");
            Limit::None
        }
    }
}

fn prewarm(part: &Part<'_>) -> Prewarm {
    part.fields("kind, memoryMb, initial, min, max, ttlMs");
    let mut prewarm = Prewarm { kind: part.need("kind").text().to_owned(), memory_mb: 0, initial: 0, min: 0, max: 0, ttl_ms: 0 };
    let mut numbers = prewarm.numbers();
    part.need_numbers(&Prewarm::NUMBERS, &mut numbers);
    prewarm.set_numbers(numbers);
    prewarm
}

fn span_range(part: &Part<'_>, max_us: u64) -> SpanRange {
    part.fields("minUs, maxUs");
    let mut numbers = [0; 2];
    part.need_numbers(&ends(max_us), &mut numbers);
    let [min_us, max_us] = numbers;
    SpanRange { min_us, max_us }
}

fn binding(part: &Part<'_>) -> PackageBinding {
    part.fields("namespace, name, provider, package");
    let text = |name| part.need(name).text().to_owned();
    PackageBinding { namespace: text("namespace"), name: text("name"), provider: text("provider"), package: text("package") }
}

fn trigger(part: &Part<'_>) -> Trigger {
    part.fields("namespace, name, rules");
    let text = |name| part.need(name).text().to_owned();
    let rules = part.get("rules").as_ref().map(|part| part.list(0, RULES_MAX, rule)).unwrap_or_default();
    Trigger { namespace: text("namespace"), name: text("name"), rules }
}

fn rule(part: &Part<'_>) -> Rule {
    part.fields("name, action, active");
    let text = |name| part.need(name).text().to_owned();
    Rule { name: text("name"), action: text("action"), active: part.get("active").as_ref().is_none_or(Part::flag) }
}

fn action(part: &Part<'_>) -> Action {
    part.fields("namespace, name, version, kind, limits, behaviour, package, sequence");
    let (namespace, name) = (part.need("namespace").text(), part.need("name").text());
    // A sequence has no code of its own, so nothing to say of how it behaves.
    let components = part.get("sequence").as_ref().map(|part| part.list(1, COMPONENTS_MAX, |part| part.text().to_owned()));
    let mut action = match (components, part.get("behaviour")) {
        (Some(components), _) => Action { sequence: components, ..Action::sequence(namespace, name, &[]) },
        (None, Some(part)) => Action::new(namespace, name, behaviour(&part)),
        (None, None) => Action::new(namespace, name, behaviour(&part.need("behaviour"))),
    };
    if let Some(part) = &part.get("package") {
        part.text().clone_into(&mut action.package);
    }
    if let Some(part) = &part.get("version") {
        part.text().clone_into(&mut action.version);
    }
    if let Some(part) = &part.get("kind") {
        part.text().clone_into(&mut action.kind);
    }
    if let Some(part) = &part.get("limits") {
        part.fields("timeoutMs, memoryMb, logsMb");
        let mut numbers = action.limits.numbers();
        part.numbers(&Limits::NUMBERS, &mut numbers);
        action.limits.set_numbers(numbers);
    }
    action
}

fn behaviour(part: &Part<'_>) -> Behaviour {
    part.fields("run, outcome, result, log, logCollectionFails, containerFails, messageUnparsable");
    const OUTCOMES: [Outcome; 3] = [Outcome::Success, Outcome::ApplicationError, Outcome::DeveloperError];
    let outcome = part.get("outcome").as_ref().and_then(|part| part.one_of("success, application_error, developer_error", &OUTCOMES));
    let log = part.get("log").as_ref().map(|part| part.list(0, LOG_LINES_MAX, log_line));
    Behaviour {
        run: span_range(&part.need("run"), RUN_US_MAX),
        outcome: outcome.unwrap_or(Outcome::Success),
        result: body(&part.need("result")),
        log: log.unwrap_or_default(),
        log_collection_fails: flag(part, "logCollectionFails"),
        container_fails: flag(part, "containerFails"),
        message_unparsable: flag(part, "messageUnparsable"),
    }
}

/// A flag that is off where it is left out.
fn flag(part: &Part<'_>, name: &'static str) -> bool {
    part.get(name).as_ref().is_some_and(Part::flag)
}

fn body(part: &Part<'_>) -> Body {
    match part.tagged("json, rows") {
        Some(("rows", part)) => {
            part.fields("bytes");
            let (min, max) = ROWS_BYTES;
            Body::Rows { bytes: part.need("bytes").number_in("bytes", min, max) as u32 }
        }
        other => Body::Json(other.map_or(Value::Null, |(_, part)| part.value.clone())),
    }
}

fn log_line(part: &Part<'_>) -> LogLine {
    part.fields("stream, text");
    let stream = part.need("stream").one_of("stdout, stderr", &[Stream::Stdout, Stream::Stderr]);
    LogLine { stream: stream.unwrap_or(Stream::Stdout), text: part.need("text").text().to_owned() }
}

//! The configuration of a simulated cluster: real keys where OpenWhisk has them, model parameters where it has none.
//!
//! Every number has a stated range. A value outside it is refused with its name, the value and the range.

use super::limit::Limit;
use super::place::{ControllerId, InvokerId, Process, StoreKind};
use super::refused::{NameFault, Refused};
use crate::activation::{Action, Behaviour, Body, Limits, LogLine, Namespace, Outcome, SpanRange, Stream};
use crate::time::Epoch;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What a run is made of besides its seed and its commands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Configuration {
    pub epoch_ms: Epoch,
    pub controllers: u8,
    pub invokers: u8,
    /// `whisk.spi.ActivationStoreProvider` of every process that `store_overrides` does not name.
    pub store: StoreKind,
    /// Processes that are bound differently: a legal, instructive mistake.
    pub store_overrides: Vec<StoreOverride>,
    pub namespaces: Vec<Namespace>,
    pub actions: Vec<Action>,
    /// `limits.actions.invokes.perMinute`; Ansible sets 60 (`ansible/group_vars/all:79-83`).
    pub invocations_per_minute: Limit,
    /// `limits.actions.invokes.concurrent`; Ansible sets 30.
    pub invocations_concurrent: Limit,
    /// `whisk.container-pool.user-memory` of an invoker, in MB; Ansible sets 2048.
    pub user_memory_mb: u32,
    pub prewarm: Vec<Prewarm>,
    /// `whisk.container-proxy.timeouts.pause-grace`: 10 s, 50 ms up to 1.0.0.
    pub pause_grace_ms: u32,
    /// `whisk.container-proxy.timeouts.idle-container`: 10 min.
    pub idle_container_ms: u32,
    /// `whisk.loadbalancer.managed-fraction`, in percent: 90.
    pub managed_percent: u8,
    /// `whisk.loadbalancer.timeout-factor`: 2.
    pub timeout_factor: u8,
    /// `whisk.loadbalancer.timeout-addon`: 1 min.
    pub timeout_addon_ms: u32,
    /// `whisk.controller.activation.polling-from-db`.
    pub polling_from_db: bool,
    /// `whisk.controller.activation.max-wait-for-blocking-activation`: 60 s.
    pub blocking_wait_ms: u32,
    /// Records in one bulk write: 500 (`CouchDbRestStore.scala:77-81`).
    pub batch_records_max: u32,
    /// Bulk writes under way at once in one process: 64.
    pub batches_in_flight_max: u32,
    /// `index.refresh_interval` of Elasticsearch: 1 s.
    pub refresh_interval_ms: u32,
    pub model: ModelParameters,
}

/// One process bound to another store than the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StoreOverride {
    pub process: Process,
    pub store: StoreKind,
}

/// A stem cell of `runtimes.json`: containers kept ready for a kind and memory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Prewarm {
    pub kind: String,
    pub memory_mb: u32,
    /// Started with the invoker.
    pub initial: u8,
    /// Kept at least, after removals.
    pub min: u8,
    /// Started at most, after cold starts.
    pub max: u8,
    /// How long one is kept before the ten-minute check may remove it.
    pub ttl_ms: u32,
}

/// Times that no configuration key gives. They are parameters of this model, not measurements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ModelParameters {
    /// A client's request to a controller, authentication included; the answer takes as long.
    pub http_hop: SpanRange,
    /// From a producer into a topic.
    pub kafka_produce: SpanRange,
    /// From a topic to a waiting consumer.
    pub kafka_fetch: SpanRange,
    pub container_start: SpanRange,
    pub container_init: SpanRange,
    pub container_resume: SpanRange,
    pub container_pause: SpanRange,
    pub log_collection: SpanRange,
    /// From a process to a store, and back.
    pub store_hop: SpanRange,
    pub couchdb_write: SpanRange,
    pub couchdb_read: SpanRange,
    pub couchdb_view_update: SpanRange,
    pub elasticsearch_write: SpanRange,
    pub elasticsearch_read: SpanRange,
    /// Added to the first write to an index.
    pub elasticsearch_index_creation: SpanRange,
    /// Between the cluster's start and an invoker being up. Controllers are up at once.
    pub invoker_start: SpanRange,
}

impl Default for ModelParameters {
    fn default() -> Self {
        Self {
            http_hop: SpanRange::micros(4_000, 6_000),
            kafka_produce: SpanRange::micros(1_500, 5_000),
            kafka_fetch: SpanRange::micros(1_500, 5_000),
            container_start: SpanRange::millis(400, 1_500),
            container_init: SpanRange::millis(40, 50),
            container_resume: SpanRange::millis(12, 18),
            container_pause: SpanRange::millis(8, 12),
            log_collection: SpanRange::millis(2, 30),
            store_hop: SpanRange::micros(500, 2_000),
            couchdb_write: SpanRange::millis(10, 50),
            couchdb_read: SpanRange::millis(5, 20),
            couchdb_view_update: SpanRange::millis(10, 100),
            elasticsearch_write: SpanRange::millis(10, 50),
            elasticsearch_read: SpanRange::millis(5, 20),
            elasticsearch_index_creation: SpanRange::millis(100, 500),
            invoker_start: SpanRange::millis(1, 400),
        }
    }
}

impl Default for Configuration {
    fn default() -> Self {
        Self {
            // 2025-06-15T12:00:00Z.
            epoch_ms: Epoch(1_749_988_800_000),
            controllers: 1,
            invokers: 2,
            store: StoreKind::CouchDb,
            store_overrides: Vec::new(),
            namespaces: vec![Namespace { name: "guest".to_owned() }, Namespace { name: "whisk.system".to_owned() }],
            actions: default_actions(),
            invocations_per_minute: Limit::At(60),
            invocations_concurrent: Limit::At(30),
            user_memory_mb: 2_048,
            prewarm: vec![Prewarm { kind: "nodejs:20".to_owned(), memory_mb: 256, initial: 2, min: 1, max: 4, ttl_ms: 120_000 }],
            pause_grace_ms: 10_000,
            idle_container_ms: 600_000,
            managed_percent: 90,
            timeout_factor: 2,
            timeout_addon_ms: 60_000,
            polling_from_db: true,
            blocking_wait_ms: 60_000,
            batch_records_max: 500,
            batches_in_flight_max: 64,
            refresh_interval_ms: 1_000,
            model: ModelParameters::default(),
        }
    }
}

/// The actions that a page without a lesson of its own offers: one for each way a run can end.
pub fn default_actions() -> Vec<Action> {
    let action = |name: &str, run, outcome, result, log: &[(Stream, &str)]| Action {
        namespace: "guest".to_owned(),
        name: name.to_owned(),
        version: "0.0.1".to_owned(),
        kind: "nodejs:20".to_owned(),
        limits: Limits::default(),
        behaviour: Behaviour {
            run,
            outcome,
            result,
            log: log.iter().map(|(stream, text)| LogLine { stream: *stream, text: (*text).to_owned() }).collect(),
            log_collection_fails: false,
        },
    };
    vec![
        action(
            "hello",
            SpanRange::millis(10, 60),
            Outcome::Success,
            Body::Json(json!({ "greeting": "Hello, stranger!" })),
            &[(Stream::Stdout, "saying hello")],
        ),
        action(
            "slow",
            SpanRange::millis(4_000, 6_000),
            Outcome::Success,
            Body::Json(json!({ "done": true })),
            &[(Stream::Stdout, "started"), (Stream::Stdout, "done")],
        ),
        action(
            "refuse",
            SpanRange::millis(10, 40),
            Outcome::ApplicationError,
            Body::Json(json!({ "error": "the order has no address" })),
            &[(Stream::Stderr, "the order has no address")],
        ),
        action(
            "broken",
            SpanRange::millis(10, 40),
            Outcome::DeveloperError,
            Body::Json(json!({ "error": "An error has occurred: TypeError: order is undefined" })),
            &[(Stream::Stderr, "TypeError: order is undefined")],
        ),
        action(
            "report",
            SpanRange::millis(200, 400),
            Outcome::Success,
            Body::Rows { bytes: 1_200_000 },
            &[(Stream::Stdout, "writing 1.2 MB")],
        ),
    ]
}

impl Configuration {
    /// The same cluster with every process bound to `store` from the start: what the page's switch does.
    pub fn bound_to(&self, store: StoreKind) -> Self {
        Self { store, store_overrides: Vec::new(), ..self.clone() }
    }

    /// The store that `process` is bound to. The last override that names it wins.
    pub fn store_of(&self, process: Process) -> StoreKind {
        self.store_overrides.iter().rev().find(|binding| binding.process == process).map_or(self.store, |binding| binding.store)
    }

    pub fn processes(&self) -> impl Iterator<Item = Process> {
        let controllers = (0..self.controllers).map(|n| Process::Controller(ControllerId(n)));
        controllers.chain((0..self.invokers).map(|n| Process::Invoker(InvokerId(n))))
    }

    /// The one store that every process is bound to, or `None` where they differ.
    pub fn common_store(&self) -> Option<StoreKind> {
        let mut stores = self.processes().map(|process| self.store_of(process));
        let first = stores.next()?;
        stores.all(|store| store == first).then_some(first)
    }

    /// Checks every value against its range and every name against what it must refer to.
    pub fn check(&self) -> Result<(), Refused> {
        for (name, value, min, max) in self.numbers() {
            in_range(name, value, min, max)?;
        }
        for (name, range, max_us) in self.model.ranges() {
            span_range(&format!("model.{name}"), range, max_us)?;
        }
        self.check_names()?;
        for (place, action) in self.actions.iter().enumerate() {
            self.check_action(&format!("actions[{place}]"), action)?;
        }
        for (place, prewarm) in self.prewarm.iter().enumerate() {
            let name = |field: &str| format!("prewarm[{place}].{field}");
            in_range(&name("memoryMb"), prewarm.memory_mb.into(), 128, 512)?;
            in_range(&name("max"), prewarm.max.into(), prewarm.min.into(), 16)?;
            in_range(&name("initial"), prewarm.initial.into(), 0, 16)?;
            in_range(&name("ttlMs"), prewarm.ttl_ms.into(), 1_000, 86_400_000)?;
        }
        for StoreOverride { process, .. } in &self.store_overrides {
            let (name, number, bound) = match process {
                Process::Controller(ControllerId(n)) => ("storeOverrides.process.controller", *n, self.controllers),
                Process::Invoker(InvokerId(n)) => ("storeOverrides.process.invoker", *n, self.invokers),
            };
            in_range(name, number.into(), 0, u64::from(bound).saturating_sub(1))?;
        }
        Ok(())
    }

    fn numbers(&self) -> [(&'static str, u64, u64, u64); 16] {
        let limit = |limit: Limit| u64::from(limit.allowed().unwrap_or(0));
        [
            ("epochMs", self.epoch_ms.0, 0, 4_102_444_800_000),
            ("controllers", self.controllers.into(), 1, 8),
            ("invokers", self.invokers.into(), 1, 32),
            ("namespaces.length", self.namespaces.len() as u64, 1, 16),
            ("actions.length", self.actions.len() as u64, 0, 64),
            ("storeOverrides.length", self.store_overrides.len() as u64, 0, 40),
            ("invocationsPerMinute", limit(self.invocations_per_minute), 0, 1_000_000),
            ("invocationsConcurrent", limit(self.invocations_concurrent), 0, 1_000_000),
            ("userMemoryMb", self.user_memory_mb.into(), 128, 65_536),
            ("pauseGraceMs", self.pause_grace_ms.into(), 1, 3_600_000),
            ("idleContainerMs", self.idle_container_ms.into(), 1_000, 86_400_000),
            ("managedPercent", self.managed_percent.into(), 1, 100),
            ("blockingWaitMs", self.blocking_wait_ms.into(), 1, 60_000),
            ("batchRecordsMax", self.batch_records_max.into(), 1, 10_000),
            ("batchesInFlightMax", self.batches_in_flight_max.into(), 1, 1_024),
            ("refreshIntervalMs", self.refresh_interval_ms.into(), 100, 3_600_000),
        ]
    }

    fn check_names(&self) -> Result<(), Refused> {
        in_range("timeoutFactor", self.timeout_factor.into(), 1, 10)?;
        in_range("timeoutAddonMs", self.timeout_addon_ms.into(), 0, 3_600_000)?;
        in_range("prewarm.length", self.prewarm.len() as u64, 0, 16)?;
        for (place, namespace) in self.namespaces.iter().enumerate() {
            let name = format!("namespaces[{place}]");
            entity_name(&name, &namespace.name)?;
            if self.namespaces.iter().take(place).any(|earlier| earlier == namespace) {
                return Err(Refused::BadName { name, value: namespace.name.clone(), fault: NameFault::Twice });
            }
        }
        for needed in ["guest", "whisk.system"] {
            if !self.namespaces.iter().any(|namespace| namespace.name == needed) {
                return Err(Refused::BadName { name: "namespaces".to_owned(), value: needed.to_owned(), fault: NameFault::Missing });
            }
        }
        Ok(())
    }

    fn check_action(&self, at: &str, action: &Action) -> Result<(), Refused> {
        entity_name(&format!("{at}.name"), &action.name)?;
        if !self.namespaces.iter().any(|namespace| namespace.name == action.namespace) {
            return Err(Refused::Unknown { name: format!("{at}.namespace"), value: action.namespace.clone() });
        }
        let same = |other: &&Action| other.namespace == action.namespace && other.name == action.name;
        if self.actions.iter().filter(same).count() > 1 {
            return Err(Refused::BadName { name: format!("{at}.name"), value: action.name.clone(), fault: NameFault::Twice });
        }
        short_text(&format!("{at}.version"), &action.version, 32)?;
        short_text(&format!("{at}.kind"), &action.kind, 64)?;
        // The real limits of OpenWhisk (`application.conf:485-516`).
        in_range(&format!("{at}.limits.timeoutMs"), action.limits.timeout_ms.into(), 100, 300_000)?;
        in_range(&format!("{at}.limits.memoryMb"), action.limits.memory_mb.into(), 128, 512)?;
        in_range(&format!("{at}.limits.logsMb"), action.limits.logs_mb.into(), 0, 10)?;
        span_range(&format!("{at}.behaviour.run"), action.behaviour.run, 3_600_000_000)?;
        in_range(&format!("{at}.behaviour.log.length"), action.behaviour.log.len() as u64, 0, 100)?;
        for (place, line) in action.behaviour.log.iter().enumerate() {
            short_text(&format!("{at}.behaviour.log[{place}].text"), &line.text, 1_000)?;
        }
        match &action.behaviour.result {
            Body::Json(value) => in_range(&format!("{at}.behaviour.result.json.length"), value.to_string().len() as u64, 0, 100_000),
            Body::Rows { bytes } => in_range(&format!("{at}.behaviour.result.rows.bytes"), (*bytes).into(), 32, 2_000_000),
        }
    }
}

impl ModelParameters {
    /// Each range with its name and its greatest value, in microseconds.
    pub fn ranges(&self) -> [(&'static str, SpanRange, u64); 16] {
        const MINUTE: u64 = 60_000_000;
        [
            ("httpHop", self.http_hop, MINUTE),
            ("kafkaProduce", self.kafka_produce, MINUTE),
            ("kafkaFetch", self.kafka_fetch, MINUTE),
            ("containerStart", self.container_start, 10 * MINUTE),
            ("containerInit", self.container_init, MINUTE),
            ("containerResume", self.container_resume, MINUTE),
            ("containerPause", self.container_pause, MINUTE),
            ("logCollection", self.log_collection, MINUTE),
            ("storeHop", self.store_hop, MINUTE),
            ("couchdbWrite", self.couchdb_write, 10 * MINUTE),
            ("couchdbRead", self.couchdb_read, MINUTE),
            ("couchdbViewUpdate", self.couchdb_view_update, 10 * MINUTE),
            ("elasticsearchWrite", self.elasticsearch_write, 10 * MINUTE),
            ("elasticsearchRead", self.elasticsearch_read, MINUTE),
            ("elasticsearchIndexCreation", self.elasticsearch_index_creation, MINUTE),
            ("invokerStart", self.invoker_start, MINUTE),
        ]
    }
}

pub(crate) fn in_range(name: &str, value: u64, min: u64, max: u64) -> Result<(), Refused> {
    if (min..=max).contains(&value) { Ok(()) } else { Err(Refused::OutOfRange { name: name.to_owned(), value, min, max }) }
}

/// A range of times from at least 1 µs, so that nothing arrives before it left, to `max_us`.
fn span_range(name: &str, range: SpanRange, max_us: u64) -> Result<(), Refused> {
    in_range(&format!("{name}.minUs"), range.min_us, 1, max_us)?;
    in_range(&format!("{name}.maxUs"), range.max_us, 1, max_us)?;
    if range.min_us > range.max_us {
        return Err(Refused::EmptyRange { name: name.to_owned(), min: range.min_us, max: range.max_us });
    }
    Ok(())
}

fn short_text(name: &str, text: &str, max: u64) -> Result<(), Refused> {
    in_range(&format!("{name}.length"), text.chars().count() as u64, 0, max)
}

/// The letters that the model takes in names: a plain subset of what OpenWhisk takes (`core/entity/EntityPath.scala:206`).
fn entity_name(name: &str, value: &str) -> Result<(), Refused> {
    let refused = |fault| Err(Refused::BadName { name: name.to_owned(), value: value.chars().take(80).collect(), fault });
    if value.is_empty() || value.len() > 64 {
        return refused(NameFault::Length);
    }
    if !value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'@')) {
        return refused(NameFault::Letters);
    }
    if !value.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '_') {
        return refused(NameFault::Beginning);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(change: impl FnOnce(&mut Configuration)) -> String {
        let mut configuration = Configuration::default();
        change(&mut configuration);
        configuration.check().map_or_else(|refused| refused.to_string(), |()| "accepted".to_owned())
    }

    #[test]
    fn the_default_is_valid_and_round_trips() {
        assert_eq!(refusal(|_| ()), "accepted");
        let text = serde_json::to_string(&Configuration::default()).unwrap();
        assert_eq!(serde_json::from_str::<Configuration>(&text).unwrap(), Configuration::default());
    }

    #[test]
    fn refusals_give_the_name_the_value_and_the_range() {
        assert_eq!(refusal(|it| it.invokers = 0), "invokers is 0, but must be from 1 to 32");
        assert_eq!(refusal(|it| it.invokers = 33), "invokers is 33, but must be from 1 to 32");
        assert_eq!(refusal(|it| it.user_memory_mb = 1), "userMemoryMb is 1, but must be from 128 to 65536");
        assert_eq!(refusal(|it| it.model.http_hop = SpanRange::micros(0, 5)), "model.httpHop.minUs is 0, but must be from 1 to 60000000");
        assert_eq!(refusal(|it| it.model.http_hop = SpanRange::micros(9, 5)), "model.httpHop has its least value 9 above its greatest 5");
        assert_eq!(refusal(|it| it.actions[1].name = "hello".to_owned()), "actions[0].name is “hello”: it is there twice");
        assert_eq!(
            refusal(|it| it.actions[0].namespace = "nobody".to_owned()),
            "actions[0].namespace names “nobody”, which the configuration does not have"
        );
        assert_eq!(
            refusal(|it| it.actions[0].name = "<b>".to_owned()),
            "actions[0].name is “<b>”: a name has letters, digits and the signs _-.@ only"
        );
        assert_eq!(
            refusal(|it| {
                it.store_overrides = vec![StoreOverride { process: Process::Invoker(InvokerId(2)), store: StoreKind::CouchDb }];
            }),
            "storeOverrides.process.invoker is 2, but must be from 0 to 1"
        );
    }

    #[test]
    fn bindings_differ_by_process() {
        let mut configuration = Configuration::default();
        assert_eq!(configuration.common_store(), Some(StoreKind::CouchDb));
        let odd = Process::Controller(ControllerId(0));
        configuration.store_overrides.push(StoreOverride { process: odd, store: StoreKind::Elasticsearch });
        assert_eq!(configuration.common_store(), None);
        assert_eq!(configuration.store_of(odd), StoreKind::Elasticsearch);
        assert_eq!(configuration.bound_to(StoreKind::CouchDb).common_store(), Some(StoreKind::CouchDb));
    }
}

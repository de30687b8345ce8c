//! The configuration of a simulated cluster: real keys where OpenWhisk has them, model parameters where it has none.
//!
//! Every number has a stated range. A value outside it is refused with its name, the value and the range.

mod check;
mod defaults;
mod numbers;
mod read;
mod references;

pub use defaults::default_actions;

use super::gate::StoreLevel;
use super::limit::Limit;
use super::place::{ControllerId, InvokerId, Process, StoreKind};
use crate::activation::{Action, Namespace, PackageBinding, SpanRange, Trigger};
use crate::time::Epoch;
use serde::{Deserialize, Serialize};

/// What a run is made of besides its seed and its commands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", try_from = "serde_json::Value")]
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bindings: Vec<PackageBinding>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<Trigger>,
    /// `limits.actions.invokes.perMinute`; Ansible sets 60 (`ansible/group_vars/all:79-83`).
    pub invocations_per_minute: Limit,
    /// `limits.actions.invokes.concurrent`; Ansible sets 30.
    pub invocations_concurrent: Limit,
    /// `limits.triggers.fires.perMinute`; Ansible sets 60.
    #[serde(skip_serializing_if = "Limit::is_usual")]
    pub fires_per_minute: Limit,
    /// `limits.actions.sequence.maxLength`: how many actions a sequence may run, those of sequences in it included; Ansible sets 50.
    #[serde(skip_serializing_if = "is::<SEQUENCE_LENGTH_MAX>")]
    pub sequence_length_max: u32,
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
    /// `whisk.activation.store-blocking-result-level`.
    #[serde(skip_serializing_if = "StoreLevel::is_default")]
    pub store_blocking_result_level: StoreLevel,
    /// `whisk.activation.store-non-blocking-result-level`.
    #[serde(skip_serializing_if = "StoreLevel::is_default")]
    pub store_non_blocking_result_level: StoreLevel,
    /// `whisk.activation.unstored-logs-enabled`: a line of the log for each record that the gate skips.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unstored_logs_enabled: bool,
    /// `whisk.activation.disable-store-result`: for storing it is dead, since it counts only where the level's key cannot be read
    /// (`core/database/ActivationStore.scala:37-50`), and that key has a default.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub disable_store_result: bool,
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
    /// `whisk.activation-store.retry-config.max-tries`, of both stores: how often a bulk write is tried again.
    #[serde(skip_serializing_if = "is::<3>")]
    pub store_max_tries: u8,
    /// How long a process waits for CouchDB's answer: the HTTP library's `idle-timeout`, 60 s.
    #[serde(skip_serializing_if = "is::<60_000>")]
    pub couchdb_timeout_ms: u32,
    /// How long a process waits for Elasticsearch's answer: the client library's socket timeout, 30 s.
    #[serde(skip_serializing_if = "is::<30_000>")]
    pub elasticsearch_timeout_ms: u32,
    /// `request-timeout-ms` of Kafka's producers: 30 s.
    #[serde(skip_serializing_if = "is::<30_000>")]
    pub kafka_request_timeout_ms: u32,
    /// How long the gateway in front of the controllers waits for an answer: 75 s (`ansible/roles/nginx/templates/nginx.conf.j2:129`).
    #[serde(skip_serializing_if = "is::<75_000>")]
    pub gateway_timeout_ms: u32,
    pub model: ModelParameters,
}

/// What Ansible sets (`ansible/group_vars/all:79-83`).
const SEQUENCE_LENGTH_MAX: u32 = 50;

/// Whether a number is what it is by default: it is left out then, so that a run is written as it was before there was such a number.
fn is<const N: u32>(number: &(impl Copy + Into<u32>)) -> bool {
    (*number).into() == N
}

/// One process bound to another store than the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StoreOverride {
    pub process: Process,
    pub store: StoreKind,
}

fn is_default_restart(range: &SpanRange) -> bool {
    *range == ModelParameters::default().process_restart
}

/// A stem cell of `runtimes.json`: containers kept ready for a kind and memory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
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
    /// From the start of a process that was stopped until it is up.
    #[serde(skip_serializing_if = "is_default_restart")]
    pub process_restart: SpanRange,
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activation::{Limits, Rule};

    fn refusal(change: impl FnOnce(&mut Configuration)) -> String {
        let mut configuration = Configuration::default();
        change(&mut configuration);
        configuration.check().map_or_else(|refused| refused.to_string(), |()| "accepted".to_owned())
    }

    #[test]
    fn whatever_is_written_is_read_as_it_was() {
        let round_trips = |configuration: &Configuration| {
            assert_eq!(configuration.check(), Ok(()));
            let text = serde_json::to_string(configuration).unwrap();
            assert_eq!(serde_json::from_str::<Configuration>(&text).unwrap(), *configuration);
        };
        round_trips(&Configuration::default());
        // Nothing is as it is by default, so that a field that is not read is found out.
        let mut other = Configuration::default();
        other.set_numbers(Configuration::NUMBERS.map(|number| number.max));
        other.store = StoreKind::Elasticsearch;
        let process = Process::Controller(ControllerId(7));
        other.store_overrides =
            [process, Process::Invoker(InvokerId(31))].map(|process| StoreOverride { process, store: StoreKind::Noop }).into();
        other.namespaces.push(Namespace { store_activations: false, blacklisted: true, name: "team".to_owned() });
        other.store_blocking_result_level = StoreLevel::StoreFailures;
        other.store_non_blocking_result_level = StoreLevel::StoreFailuresNotApplicationErrors;
        other.unstored_logs_enabled = true;
        other.disable_store_result = true;
        other.fires_per_minute = Limit::At(3);
        let rule = Rule { name: "every".to_owned(), action: "/team/tools/report".to_owned(), active: true };
        let idle = Rule { name: "never".to_owned(), action: "hello".to_owned(), active: false };
        other.triggers = vec![Trigger { namespace: "guest".to_owned(), name: "tick".to_owned(), rules: vec![rule, idle] }];
        let [namespace, name, provider, package] = ["guest", "bound", "team", "tools"].map(str::to_owned);
        other.bindings = vec![PackageBinding { namespace, name, provider, package }];
        other.actions.push(Action::sequence("guest", "both", &["hello", "/team/tools/report", "bound/report"]));
        other.invocations_per_minute = Limit::None;
        other.invocations_concurrent = Limit::At(7);
        other.polling_from_db = false;
        other.prewarm[0].set_numbers(Prewarm::NUMBERS.map(|number| number.max));
        other.prewarm[0].kind = "python:3".to_owned();
        for (range, max_us) in other.model.ranges_mut().into_iter().zip(1..) {
            *range = SpanRange::micros(max_us, 2 * max_us);
        }
        let action = &mut other.actions[4];
        action.namespace = "team".to_owned();
        action.version = "1.0.0".to_owned();
        action.kind = "python:3".to_owned();
        action.limits.set_numbers(Limits::NUMBERS.map(|number| number.max));
        action.package = "tools".to_owned();
        action.behaviour.log_collection_fails = true;
        action.behaviour.container_fails = true;
        action.behaviour.message_unparsable = true;
        round_trips(&other);
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

//! The configuration of a node by OpenWhisk's own keys, and which of the model's parameters are about it.

use crate::cluster::place::{Node, Process, StoreKind};
use crate::cluster::store::CouchDb;
use crate::cluster::{Configuration, Limit};
use crate::locale::page::ModelParameter;

/// A key with its value, as a configuration file has them.
pub type Setting = (&'static str, String);

/// A duration as HOCON takes it.
fn duration(millis: u32) -> String {
    match millis {
        0 => "0 ms".to_owned(),
        _ if millis.is_multiple_of(60_000) => format!("{} min", millis / 60_000),
        _ if millis.is_multiple_of(1_000) => format!("{} s", millis / 1_000),
        _ => format!("{millis} ms"),
    }
}

fn limit(limit: Limit) -> String {
    limit.allowed().map_or_else(|| "–".to_owned(), |allowed| allowed.to_string())
}

/// What this node's process read at its start, or what a store is set to.
pub fn of(configuration: &Configuration, node: Node) -> Vec<Setting> {
    let it = configuration;
    let provider = |process| ("whisk.spi.ActivationStoreProvider", it.store_of(process).provider().to_owned());
    match node {
        Node::Client | Node::Kafka => Vec::new(),
        Node::Controller(id) => vec![
            provider(Process::Controller(id)),
            ("whisk.loadbalancer.managed-fraction", format!("{}%", it.managed_percent)),
            ("whisk.loadbalancer.timeout-factor", it.timeout_factor.to_string()),
            ("whisk.loadbalancer.timeout-addon", duration(it.timeout_addon_ms)),
            ("whisk.controller.activation.polling-from-db", it.polling_from_db.to_string()),
            ("whisk.controller.activation.max-wait-for-blocking-activation", duration(it.blocking_wait_ms)),
            ("limits.actions.invokes.perMinute", limit(it.invocations_per_minute)),
            ("limits.actions.invokes.concurrent", limit(it.invocations_concurrent)),
        ],
        Node::Invoker(id) => {
            let mut keys = vec![
                provider(Process::Invoker(id)),
                ("whisk.container-pool.user-memory", format!("{} m", it.user_memory_mb)),
                ("whisk.container-proxy.timeouts.pause-grace", duration(it.pause_grace_ms)),
                ("whisk.container-proxy.timeouts.idle-container", duration(it.idle_container_ms)),
            ];
            let cell = |cell: &crate::cluster::Prewarm| ("stemCells", format!("{} × {} {} m", cell.initial, cell.kind, cell.memory_mb));
            keys.extend(it.prewarm.iter().map(cell));
            keys
        }
        Node::Store(StoreKind::CouchDb) => vec![
            ("whisk.couchdb.databases.WhiskActivation", CouchDb::ACTIVATIONS.name.to_owned()),
            ("whisk.db.activations-ddoc", "whisks.v2.1.0".to_owned()),
            ("whisk.db.activations-filter-ddoc", "whisks-filters.v2.1.1".to_owned()),
        ],
        Node::Store(StoreKind::Elasticsearch) => vec![
            ("whisk.activation-store.elasticsearch.index-pattern", "openwhisk-%s".to_owned()),
            ("index.refresh_interval", duration(it.refresh_interval_ms)),
        ],
        Node::Store(StoreKind::Noop) => Vec::new(),
    }
}

/// The id of the row of evidence for a key, where there is one.
pub fn evidence(key: &str) -> Option<&'static str> {
    let id = match key {
        "whisk.spi.ActivationStoreProvider" => "store-binding",
        "whisk.loadbalancer.timeout-factor" | "whisk.loadbalancer.timeout-addon" => "forced-ack-timeout",
        "whisk.controller.activation.polling-from-db" | "whisk.controller.activation.max-wait-for-blocking-activation" => "blocking-limits",
        "limits.actions.invokes.perMinute" => "rate-by-calendar-minute",
        "limits.actions.invokes.concurrent" => "limits-per-controller",
        "whisk.container-pool.user-memory" => "user-memory",
        "whisk.container-proxy.timeouts.pause-grace" | "whisk.container-proxy.timeouts.idle-container" => "container-timeouts",
        "stemCells" => "prewarmed-containers",
        "whisk.activation-store.elasticsearch.index-pattern" => "es-index-name",
        "index.refresh_interval" => "es-no-refresh-asked",
        _ => return None,
    };
    Some(id)
}

/// Which of the model's parameters are about a node.
pub const fn parameters(node: Node) -> &'static [ModelParameter] {
    use ModelParameter as P;
    match node {
        Node::Client => &[P::HttpHop],
        Node::Controller(_) => &[P::HttpHop, P::KafkaProduce, P::StoreHop, P::ProcessRestart],
        Node::Kafka => &[P::KafkaProduce, P::KafkaFetch],
        Node::Invoker(_) => &[
            P::InvokerStart,
            P::ProcessRestart,
            P::ContainerStart,
            P::ContainerInit,
            P::ContainerResume,
            P::ContainerPause,
            P::LogCollection,
            P::StoreHop,
        ],
        Node::Store(StoreKind::CouchDb) => &[P::CouchDbWrite, P::CouchDbRead, P::CouchDbViewUpdate],
        Node::Store(StoreKind::Elasticsearch) => &[P::ElasticsearchWrite, P::ElasticsearchRead, P::ElasticsearchIndexCreation],
        Node::Store(StoreKind::Noop) => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::StoreOverride;
    use crate::cluster::place::{ControllerId, InvokerId};

    #[test]
    fn a_process_that_is_bound_otherwise_has_another_provider() {
        let odd = Process::Controller(ControllerId(0));
        let overrides = vec![StoreOverride { process: odd, store: StoreKind::Elasticsearch }];
        let configuration = Configuration { store_overrides: overrides, ..Configuration::default() };
        let provider = |node| of(&configuration, node).remove(0);
        assert_eq!(provider(odd.node()).1, StoreKind::Elasticsearch.provider());
        assert_eq!(provider(Node::Invoker(InvokerId(0))).1, StoreKind::CouchDb.provider());
    }

    #[test]
    fn durations_take_the_unit_that_suits_them() {
        assert_eq!([600_000, 10_000, 50, 0].map(duration), ["10 min", "10 s", "50 ms", "0 ms"]);
    }
}

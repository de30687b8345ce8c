//! What a configuration is where nobody says otherwise.

use super::{Configuration, ModelParameters, Prewarm};
use crate::activation::{Action, Behaviour, Body, LogLine, Namespace, Outcome, SpanRange, Stream};
use crate::cluster::gate::StoreLevel;
use crate::cluster::limit::Limit;
use crate::cluster::place::StoreKind;
use crate::json::Object;
use crate::time::Epoch;

impl ModelParameters {
    const DEFAULT: Self = Self {
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
        process_restart: SpanRange::millis(3_000, 6_000),
    };
}

impl Default for ModelParameters {
    fn default() -> Self {
        Self::DEFAULT
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
            namespaces: ["guest", "whisk.system"].map(Namespace::new).into(),
            actions: default_actions(),
            bindings: Vec::new(),
            triggers: Vec::new(),
            invocations_per_minute: Limit::At(60),
            invocations_concurrent: Limit::At(30),
            fires_per_minute: Limit::At(60),
            sequence_length_max: super::SEQUENCE_LENGTH_MAX,
            user_memory_mb: 2_048,
            prewarm: vec![Prewarm { kind: "nodejs:20".to_owned(), memory_mb: 256, initial: 2, min: 1, max: 4, ttl_ms: 120_000 }],
            pause_grace_ms: 10_000,
            idle_container_ms: 600_000,
            managed_percent: 90,
            timeout_factor: 2,
            timeout_addon_ms: 60_000,
            store_blocking_result_level: StoreLevel::StoreAlways,
            store_non_blocking_result_level: StoreLevel::StoreAlways,
            unstored_logs_enabled: false,
            disable_store_result: false,
            polling_from_db: true,
            blocking_wait_ms: 60_000,
            batch_records_max: 500,
            batches_in_flight_max: 64,
            refresh_interval_ms: 1_000,
            store_max_tries: 3,
            couchdb_timeout_ms: 60_000,
            elasticsearch_timeout_ms: 30_000,
            kafka_request_timeout_ms: 30_000,
            gateway_timeout_ms: 75_000,
            model: ModelParameters::DEFAULT,
        }
    }
}

/// One of the page's own actions.
struct Offered {
    name: &'static str,
    run: SpanRange,
    outcome: Outcome,
    returns: Returns,
    stream: Stream,
    log: &'static [&'static str],
}

/// A result of one field, or of rows.
enum Returns {
    Text(&'static str, &'static str),
    True(&'static str),
    Rows(u32),
}

/// One for each way a run can end, a slow one and one with a large result.
const OFFERED: [Offered; 5] = [
    Offered {
        name: "hello",
        run: SpanRange::millis(10, 60),
        outcome: Outcome::Success,
        returns: Returns::Text("greeting", "Hello, stranger!"),
        stream: Stream::Stdout,
        log: &["saying hello"],
    },
    Offered {
        name: "slow",
        run: SpanRange::millis(4_000, 6_000),
        outcome: Outcome::Success,
        returns: Returns::True("done"),
        stream: Stream::Stdout,
        log: &["started", "done"],
    },
    Offered {
        name: "refuse",
        run: SpanRange::millis(10, 40),
        outcome: Outcome::ApplicationError,
        returns: Returns::Text("error", "the order has no address"),
        stream: Stream::Stderr,
        log: &["the order has no address"],
    },
    Offered {
        name: "broken",
        run: SpanRange::millis(10, 40),
        outcome: Outcome::DeveloperError,
        returns: Returns::Text("error", "An error has occurred: TypeError: order is undefined"),
        stream: Stream::Stderr,
        log: &["TypeError: order is undefined"],
    },
    Offered {
        name: "report",
        run: SpanRange::millis(200, 400),
        outcome: Outcome::Success,
        returns: Returns::Rows(1_200_000),
        stream: Stream::Stdout,
        log: &["writing 1.2 MB"],
    },
];

/// The actions that a page without a lesson of its own offers.
pub fn default_actions() -> Vec<Action> {
    OFFERED.iter().map(Offered::action).collect()
}

impl Offered {
    fn action(&self) -> Action {
        let line = |text: &&str| LogLine { stream: self.stream, text: (*text).to_owned() };
        let behaviour = Behaviour {
            run: self.run,
            outcome: self.outcome,
            result: self.returns.body(),
            log: self.log.iter().map(line).collect(),
            ..Behaviour::nothing()
        };
        Action::new("guest", self.name, behaviour)
    }
}

impl Returns {
    fn body(&self) -> Body {
        let mut result = Object::default();
        match *self {
            Self::Text(name, text) => result.text(name, text),
            Self::True(name) => result.flag(name, true),
            Self::Rows(bytes) => return Body::Rows { bytes },
        }
        Body::Json(result.value())
    }
}

//! The numbers of a configuration, each with its name and its range, in one table: what is read and what is checked both go by it.

use super::{Configuration, ModelParameters, Prewarm};
use crate::activation::{Limits, SpanRange};
use crate::json::Number;

/// How long the lists of a configuration may be.
pub(super) const NAMESPACES_MAX: u64 = 16;
pub(super) const ACTIONS_MAX: u64 = 64;
pub(super) const OVERRIDES_MAX: u64 = 40;
pub(super) const PREWARM_MAX: u64 = 16;
pub(super) const LOG_LINES_MAX: u64 = 100;
pub(super) const BINDINGS_MAX: u64 = 16;
pub(super) const TRIGGERS_MAX: u64 = 16;
pub(super) const RULES_MAX: u64 = 16;
/// Components in one sequence: what the model takes, whatever the limit of the cluster.
pub(super) const COMPONENTS_MAX: u64 = 100;
/// A rate limit that is not `none`.
pub(super) const RATE_MAX: u64 = 1_000_000;
/// The times of an action's run, in microseconds: an hour.
pub(super) const RUN_US_MAX: u64 = 3_600_000_000;
/// The result of an action that returns rows, in bytes.
pub(super) const ROWS_BYTES: (u64, u64) = (32, 2_000_000);

/// Gives a type the table of its numbers, and their values in the table's order.
macro_rules! numbers {
    ($type:ident: $($name:literal $field:ident $(. $inner:tt)? $min:literal ..= $max:literal;)+) => {
        impl $type {
            pub(super) const NUMBERS: [Number; [$($min),+].len()] = [$(Number { name: $name, min: $min, max: $max }),+];

            pub(super) fn numbers(&self) -> [u64; Self::NUMBERS.len()] {
                [$(u64::from(self.$field $(. $inner)?)),+]
            }

            /// Takes values that are within their ranges, which their fields are wide enough for.
            pub(super) fn set_numbers(&mut self, [$($field),+]: [u64; Self::NUMBERS.len()]) {
                $(self.$field $(. $inner)? = $field as _;)+
            }
        }
    };
}

numbers! { Configuration:
    "epochMs" epoch_ms.0 0..=4_102_444_800_000;
    "controllers" controllers 1..=8;
    "invokers" invokers 1..=32;
    "userMemoryMb" user_memory_mb 128..=65_536;
    "pauseGraceMs" pause_grace_ms 1..=3_600_000;
    "idleContainerMs" idle_container_ms 1_000..=86_400_000;
    "managedPercent" managed_percent 1..=100;
    "timeoutFactor" timeout_factor 1..=10;
    "timeoutAddonMs" timeout_addon_ms 0..=3_600_000;
    "blockingWaitMs" blocking_wait_ms 1..=60_000;
    "batchRecordsMax" batch_records_max 1..=10_000;
    "batchesInFlightMax" batches_in_flight_max 1..=1_024;
    "refreshIntervalMs" refresh_interval_ms 100..=3_600_000;
    "sequenceLengthMax" sequence_length_max 1..=1_000;
    "storeMaxTries" store_max_tries 0..=10;
    "couchdbTimeoutMs" couchdb_timeout_ms 100..=3_600_000;
    "elasticsearchTimeoutMs" elasticsearch_timeout_ms 100..=3_600_000;
    "kafkaRequestTimeoutMs" kafka_request_timeout_ms 100..=3_600_000;
    "gatewayTimeoutMs" gateway_timeout_ms 100..=3_600_000;
}

// The real limits of OpenWhisk (`application.conf:485-516`).
numbers! { Limits:
    "timeoutMs" timeout_ms 100..=300_000;
    "memoryMb" memory_mb 128..=512;
    "logsMb" logs_mb 0..=10;
}

numbers! { Prewarm:
    "memoryMb" memory_mb 128..=512;
    "initial" initial 0..=16;
    "min" min 0..=16;
    "max" max 0..=16;
    "ttlMs" ttl_ms 1_000..=86_400_000;
}

/// Gives the model's parameters the table of their names and greatest values, in microseconds, and themselves in the table's order.
macro_rules! parameters {
    ($($name:literal $field:ident $max:expr;)+) => {
        impl ModelParameters {
            pub(super) const RANGES: [(&'static str, u64); [$($name),+].len()] = [$(($name, $max)),+];

            pub(super) const fn ranges(&self) -> [&SpanRange; Self::RANGES.len()] {
                [$(&self.$field),+]
            }

            pub(super) const fn ranges_mut(&mut self) -> [&mut SpanRange; Self::RANGES.len()] {
                [$(&mut self.$field),+]
            }
        }
    };
}

const MINUTE: u64 = 60_000_000;

parameters! {
    "httpHop" http_hop MINUTE;
    "kafkaProduce" kafka_produce MINUTE;
    "kafkaFetch" kafka_fetch MINUTE;
    "containerStart" container_start 10 * MINUTE;
    "containerInit" container_init MINUTE;
    "containerResume" container_resume MINUTE;
    "containerPause" container_pause MINUTE;
    "logCollection" log_collection MINUTE;
    "storeHop" store_hop MINUTE;
    "couchdbWrite" couchdb_write 10 * MINUTE;
    "couchdbRead" couchdb_read MINUTE;
    "couchdbViewUpdate" couchdb_view_update 10 * MINUTE;
    "elasticsearchWrite" elasticsearch_write 10 * MINUTE;
    "elasticsearchRead" elasticsearch_read MINUTE;
    "elasticsearchIndexCreation" elasticsearch_index_creation MINUTE;
    "invokerStart" invoker_start MINUTE;
    "processRestart" process_restart 10 * MINUTE;
}

/// The two ends of a range of times, each from 1 µs, so that nothing arrives before it left.
pub(super) const fn ends(max: u64) -> [Number; 2] {
    [Number { name: "minUs", min: 1, max }, Number { name: "maxUs", min: 1, max }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_wide_enough_for_its_range() {
        fn holds<const N: usize>(table: [Number; N], put: impl Fn([u64; N]) -> [u64; N]) {
            let (least, greatest) = (table.map(|number| number.min), table.map(|number| number.max));
            assert_eq!((put(least), put(greatest)), (least, greatest));
        }
        let whole = Configuration::default();
        holds(Configuration::NUMBERS, |values| {
            let mut it = whole.clone();
            it.set_numbers(values);
            it.numbers()
        });
        holds(Prewarm::NUMBERS, |values| {
            let mut it = whole.prewarm[0].clone();
            it.set_numbers(values);
            it.numbers()
        });
        holds(Limits::NUMBERS, |values| {
            let mut it = Limits::default();
            it.set_numbers(values);
            it.numbers()
        });
    }
}

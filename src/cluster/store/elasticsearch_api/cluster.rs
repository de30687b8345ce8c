//! The cluster as a whole: `/` and `_cluster/health`.

use super::failure::{Exception, Failure};
use super::json::{Json, count};
use super::request::Call;
use super::search::SHARDS;
use super::{Answer, Body, Server, indices};
use ::http::StatusCode;

/// The cluster that OpenWhisk's playbook makes: one node (`ansible/group_vars/all:322`, `ansible/roles/elasticsearch`).
pub const CLUSTER_NAME: &str = "openwhisk";
pub const NODE_NAME: &str = "elasticsearch0";

pub const PARAMETERS: &[&str] = &["level", "local", "master_timeout", "timeout", "wait_for_status"];
pub const NOT_SIMULATED: &[&str] = &[
    "wait_for_active_shards",
    "wait_for_events",
    "wait_for_no_initializing_shards",
    "wait_for_no_relocating_shards",
    "wait_for_nodes",
    "wait_for_relocating_shards",
    "expand_wildcards",
];

/// `GET /` of 6.7.2 (`rest/action/RestMainAction.java`): the version that OpenWhisk installs (`ansible/group_vars/all:354-355`).
pub fn root() -> Json {
    let version = Json::object([
        ("number", "6.7.2".into()),
        ("build_flavor", "default".into()),
        ("build_type", "docker".into()),
        ("build_hash", "56c6e48".into()),
        ("build_date", "2019-04-29T09:05:50.290371Z".into()),
        ("build_snapshot", false.into()),
        ("lucene_version", "7.7.0".into()),
        ("minimum_wire_compatibility_version", "5.6.0".into()),
        ("minimum_index_compatibility_version", "5.0.0".into()),
    ]);
    Json::object([
        ("name", NODE_NAME.into()),
        ("cluster_name", CLUSTER_NAME.into()),
        ("cluster_uuid", "wHiSkScOpE0cLuStEr0iDs".into()),
        ("version", version),
        ("tagline", "You Know, for Search".into()),
    ])
}

/// How an index is: yellow, since one node has no place for the replica of a shard.
pub const fn status(indexes: usize) -> &'static str {
    if indexes == 0 { "green" } else { "yellow" }
}

impl Server<'_> {
    /// `GET /_cluster/health/{index}` (`ClusterHealthResponse.java`). Of waiting, only that for a status is simulated: what one node can
    /// never reach is timed out at once.
    pub fn cluster_health(&self, call: &Call<'_>, index: &str) -> Result<Answer, Failure> {
        if let Some(level) = call.parameter("level").filter(|level| *level != "cluster") {
            return Err(Exception::not_simulated(&format!("the level [{level}] of a cluster's health")).into());
        }
        let names = self.store.index_names();
        let all = indices::Options { ignore_unavailable: false, allow_no_indices: true, expand: indices::Expand::Open };
        let (status, shards) = match indices::resolve(&names, index, all) {
            Ok(found) => (status(found.len()), found.len() as u64 * SHARDS),
            // An index that is not there is red.
            Err(missing) if missing.status == StatusCode::NOT_FOUND => ("red", 0),
            Err(other) => return Err(other.into()),
        };
        let rank = |status: &str| ["green", "yellow", "red"].iter().position(|known| *known == status);
        let waited = match call.parameter("wait_for_status").map(|wanted| (wanted, rank(&wanted.to_ascii_lowercase()))) {
            None => Some(2),
            Some((_, Some(rank))) => Some(rank),
            Some((wanted, None)) => return Err(Exception::illegal_argument(format!("unknown cluster health status [{wanted}]")).into()),
        };
        let timed_out = status == "red" || rank(status) > waited;
        let json = Json::object([
            ("cluster_name", CLUSTER_NAME.into()),
            ("status", status.into()),
            ("timed_out", timed_out.into()),
            ("number_of_nodes", 1_u64.into()),
            ("number_of_data_nodes", 1_u64.into()),
            ("active_primary_shards", shards.into()),
            ("active_shards", shards.into()),
            ("relocating_shards", 0_u64.into()),
            ("initializing_shards", 0_u64.into()),
            ("unassigned_shards", shards.into()),
            ("delayed_unassigned_shards", 0_u64.into()),
            ("number_of_pending_tasks", 0_u64.into()),
            ("number_of_in_flight_fetch", 0_u64.into()),
            ("task_max_waiting_in_queue_millis", 0_u64.into()),
            // Of each two copies one is there, wherever the shards are.
            ("active_shards_percent_as_number", Json::decimal(if names.is_empty() { 100.0 } else { 50.0 })),
        ]);
        let code = if timed_out { StatusCode::REQUEST_TIMEOUT } else { StatusCode::OK };
        Ok(Answer::new(code, Body::Json(json)))
    }
}

/// The shards of a write or a refresh over so many indexes: of each two copies one is there.
pub fn shards(indexes: usize) -> Json {
    let primaries = indexes * SHARDS as usize;
    Json::object([("total", count(primaries * 2)), ("successful", count(primaries)), ("failed", 0_u64.into())])
}

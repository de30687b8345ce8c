//! What Elasticsearch answers when it cannot do what it is asked.

use super::json::Json;
use ::http::StatusCode;

/// An exception as its answer tells it (`ElasticsearchException.java`, `generateFailureXContent`).
#[derive(Clone, Debug, PartialEq)]
pub struct Exception {
    pub status: StatusCode,
    kind: &'static str,
    reason: String,
    /// What stands after the reason.
    fields: Vec<(&'static str, Json)>,
    cause: Option<Box<Exception>>,
}

/// A request that is not done.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    Exception(Exception),
    /// All shards failed, each index's for its reason (`SearchPhaseExecutionException.java`).
    AllShards(Vec<(String, Exception)>),
    /// A bare text for an error, and the methods that are allowed instead if there are some.
    Simple {
        status: StatusCode,
        text: String,
        allow: Vec<&'static str>,
    },
    /// The same without the status beside it: no handler was found (`RestController.java`, `handleBadRequest`).
    NoHandler(String),
}

/// The type of the exception for what the real Elasticsearch does and this one does not.
pub const NOT_SIMULATED: &str = "whiskscope_not_simulated";

/// The node's id, of 22 letters as the real ones. There is one node.
pub const NODE_ID: &str = "wHiSkScOpE0eLaStIc0dEd";

impl Exception {
    pub fn new(status: StatusCode, kind: &'static str, reason: impl Into<String>) -> Self {
        Self { status, kind, reason: reason.into(), fields: Vec::new(), cause: None }
    }

    pub const fn kind(&self) -> &'static str {
        self.kind
    }

    pub fn with(mut self, name: &'static str, value: impl Into<Json>) -> Self {
        self.fields.push((name, value.into()));
        self
    }

    pub fn caused_by(mut self, cause: Self) -> Self {
        self.cause = Some(Box::new(cause));
        self
    }

    pub fn illegal_argument(reason: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "illegal_argument_exception", reason)
    }

    /// A query that is no query, with the place in the body.
    pub fn parsing(reason: impl Into<String>, at: (u64, u64)) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "parsing_exception", reason).with("line", at.0).with("col", at.1)
    }

    /// (`IndexNotFoundException.java`). `resource` is what the resolver took the name for.
    pub fn index_not_found(name: &str, resource: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "index_not_found_exception", "no such index")
            .with("resource.type", resource)
            .with("resource.id", name)
            .with("index_uuid", "_na_")
            .with("index", name)
    }

    pub fn invalid_index_name(name: &str, why: &str) -> Self {
        let reason = format!("Invalid index name [{name}], {why}");
        Self::new(StatusCode::BAD_REQUEST, "invalid_index_name_exception", reason).with("index_uuid", "_na_").with("index", name)
    }

    /// A query that does not fit an index (`QueryShardException.java`).
    pub fn query_shard(index: &str, uuid: &str, reason: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "query_shard_exception", reason).with("index_uuid", uuid).with("index", index)
    }

    /// The real Elasticsearch does it; this one says that it does not.
    pub fn not_simulated(what: &str) -> Self {
        Self::new(StatusCode::NOT_IMPLEMENTED, NOT_SIMULATED, format!("WhiskScope does not simulate {what}."))
    }

    /// As an object of its own, with what caused it.
    pub fn json(&self) -> Json {
        let mut json = self.alone();
        if let Some(cause) = &self.cause {
            json.put("caused_by", cause.json());
        }
        json
    }

    fn alone(&self) -> Json {
        let mut json = Json::object([("type", self.kind.into()), ("reason", self.reason.as_str().into())]);
        for (name, value) in &self.fields {
            json.put(name, value.clone());
        }
        json
    }
}

impl From<Exception> for Failure {
    fn from(exception: Exception) -> Self {
        Self::Exception(exception)
    }
}

impl Failure {
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Exception(exception) => exception.status,
            Self::AllShards(failures) => failures.first().map_or(StatusCode::SERVICE_UNAVAILABLE, |(_, exception)| exception.status),
            Self::Simple { status, .. } => *status,
            Self::NoHandler(_) => StatusCode::BAD_REQUEST,
        }
    }

    pub fn json(&self) -> Json {
        let error = match self {
            Self::Exception(exception) => {
                let mut error = Json::object([("root_cause", vec![exception.alone()].into())]);
                if let (Json::Object(fields), Json::Object(more)) = (&mut error, exception.json()) {
                    fields.extend(more);
                }
                error
            }
            Self::AllShards(failures) => {
                let causes: Vec<Json> = failures.iter().map(|(_, exception)| exception.alone()).collect();
                let shards: Vec<Json> = failures.iter().map(|(index, exception)| shard(index, exception)).collect();
                Json::object([
                    ("root_cause", causes.into()),
                    ("type", "search_phase_execution_exception".into()),
                    ("reason", "all shards failed".into()),
                    ("phase", "query".into()),
                    ("grouped", true.into()),
                    ("failed_shards", shards.into()),
                ])
            }
            Self::Simple { text, .. } | Self::NoHandler(text) => text.as_str().into(),
        };
        let mut json = Json::object([("error", error)]);
        if !matches!(self, Self::NoHandler(_)) {
            json.put("status", u64::from(self.status().as_u16()));
        }
        json
    }
}

/// One shard's failure; those of the same index are told of once (`ExceptionsHelper.groupBy`).
pub fn shard(index: &str, exception: &Exception) -> Json {
    Json::object([("shard", 0_u64.into()), ("index", index.into()), ("node", NODE_ID.into()), ("reason", exception.json())])
}

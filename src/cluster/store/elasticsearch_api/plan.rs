//! What a search asks for, in its body and its parameters (`rest/action/search/RestSearchAction.java`, `SearchSourceBuilder.java`).

use super::failure::Exception;
use super::json::Json;
use super::query::{self, Options, Place, Query};
use super::request::Call;
use super::sort::SortKey;
use super::source::Source;
use ::http::StatusCode;
use serde_json::Value;

/// The parameters that a search understands, and those of them that change nothing here.
pub const PARAMETERS: &[&str] = &[
    "q",
    "df",
    "default_operator",
    "analyze_wildcard",
    "lenient",
    "from",
    "size",
    "sort",
    "_source",
    "_source_includes",
    "_source_include",
    "_source_excludes",
    "_source_exclude",
    "version",
    "seq_no_primary_term",
    "track_scores",
    "track_total_hits",
    "timeout",
    "ignore_unavailable",
    "allow_no_indices",
    "expand_wildcards",
    "preference",
    "request_cache",
    "search_type",
    "batched_reduce_size",
    "pre_filter_shard_size",
    "max_concurrent_shard_requests",
    "typed_keys",
    "allow_partial_search_results",
    "rest_total_hits_as_int",
];
/// Those that would change something, and do not here.
pub const NOT_SIMULATED: &[&str] = &[
    "scroll",
    "explain",
    "stats",
    "stored_fields",
    "docvalue_fields",
    "suggest_field",
    "suggest_mode",
    "suggest_size",
    "suggest_text",
    "source",
    "source_content_type",
    "analyzer",
    "routing",
    "terminate_after",
    "min_score",
];
pub const COUNT_PARAMETERS: &[&str] = &[
    "q",
    "df",
    "default_operator",
    "analyze_wildcard",
    "lenient",
    "ignore_unavailable",
    "allow_no_indices",
    "expand_wildcards",
    "preference",
];
pub const DELETE_PARAMETERS: &[&str] = &[
    "q",
    "df",
    "default_operator",
    "analyze_wildcard",
    "lenient",
    "ignore_unavailable",
    "allow_no_indices",
    "expand_wildcards",
    "preference",
    "conflicts",
    "refresh",
    "timeout",
    "wait_for_active_shards",
    "wait_for_completion",
    "scroll_size",
    "requests_per_second",
    "size",
    "proceed_on_version_conflict",
];

/// Keys of a body that would change something, and do not here.
const KEYS_NOT_SIMULATED: &[&str] = &[
    "aggregations",
    "aggs",
    "collapse",
    "docvalue_fields",
    "explain",
    "ext",
    "highlight",
    "indices_boost",
    "min_score",
    "post_filter",
    "profile",
    "rescore",
    "script_fields",
    "search_after",
    "slice",
    "stats",
    "stored_fields",
    "suggest",
    "terminate_after",
];

/// What a search asks for.
pub struct Plan {
    pub query: Query,
    /// The query as it was written, for errors to show.
    pub written: Json,
    pub from: i64,
    pub size: i64,
    pub sort: Vec<SortKey>,
    pub source: Source,
    pub version: bool,
    pub sequence: bool,
    pub track_scores: bool,
}

impl Plan {
    /// Reads it; `query_alone` is for requests that take nothing else.
    pub fn read(call: &Call<'_>, query_alone: bool) -> Result<Self, Exception> {
        let mut plan = Self {
            query: Query::All,
            written: Json::object([("match_all", Json::object([]))]),
            from: 0,
            size: 10,
            sort: Vec::new(),
            source: Source::default(),
            version: false,
            sequence: false,
            track_scores: false,
        };
        if let Some(body) = call.json()? {
            let place = Place::whole(body.text, &body.value);
            if !body.value.is_object() {
                return Err(place.error("Expected [START_OBJECT] but found a value"));
            }
            for (name, part) in place.fields() {
                plan.read_field(name, &part, query_alone)?;
            }
        }
        plan.read_parameters(call)?;
        Ok(plan)
    }

    fn read_field(&mut self, name: &str, part: &Place<'_>, query_alone: bool) -> Result<(), Exception> {
        if name == "query" {
            self.query = query::query(part)?;
            self.written = part.value.into();
            return Ok(());
        }
        if query_alone {
            return Err(part.error(format!("request does not support [{name}]")));
        }
        let number = |least: i64| {
            let number = part.value.as_i64().or_else(|| part.value.as_str()?.parse().ok());
            match number {
                Some(number) if number >= least && number <= i32::MAX.into() => Ok(number),
                Some(number) if name == "size" => {
                    Err(Exception::illegal_argument(format!("[size] parameter cannot be negative, found [{number}]")))
                }
                Some(_) => Err(Exception::illegal_argument("[from] parameter cannot be negative")),
                None => Err(unknown_key(name, part)),
            }
        };
        let flag = || part.value.as_bool().ok_or_else(|| unknown_key(name, part));
        match name {
            "from" => self.from = number(0)?,
            "size" => self.size = number(0)?,
            "sort" => self.sort = SortKey::of_body(part)?,
            "_source" => self.source = Source::of_body(part)?,
            "version" => self.version = flag()?,
            "seq_no_primary_term" => self.sequence = flag()?,
            "track_scores" => self.track_scores = flag()?,
            "track_total_hits" | "timeout" => {}
            name if KEYS_NOT_SIMULATED.contains(&name) => return Err(Exception::not_simulated(&format!("[{name}] of a search"))),
            _ => return Err(unknown_key(name, part)),
        }
        Ok(())
    }

    fn read_parameters(&mut self, call: &Call<'_>) -> Result<(), Exception> {
        if let Some(text) = call.parameter("q") {
            let mut options = Options::default();
            if let Some(field) = call.parameter("df") {
                field.clone_into(&mut options.field);
            }
            if let Some(operator) = call.parameter("default_operator") {
                options.and = query::conjunction(operator)?;
            }
            // What the parser says of it is the shards' answer.
            self.query = query::query_string(text, &options).map_err(|why| {
                Exception::new(StatusCode::BAD_REQUEST, "query_shard_exception", format!("Failed to parse query [{text}]"))
                    .caused_by(Exception::new(StatusCode::BAD_REQUEST, "parse_exception", format!("Cannot parse '{text}': {why}")))
            })?;
            self.written = Json::object([("query_string", Json::object([("query", text.into())]))]);
        }
        if let Some(from) = call.number("from")? {
            self.from = from;
        }
        if let Some(size) = call.number("size")? {
            self.size = size;
        }
        if self.from < 0 {
            return Err(Exception::illegal_argument("[from] parameter cannot be negative"));
        }
        if self.size < 0 {
            return Err(Exception::illegal_argument(format!("[size] parameter cannot be negative, found [{}]", self.size)));
        }
        if let Some(text) = call.parameter("sort") {
            self.sort = SortKey::of_parameter(text)?;
        }
        if let Some(source) = Source::read(call) {
            self.source = source;
        }
        self.version = call.flag("version", self.version)?;
        self.sequence = call.flag("seq_no_primary_term", self.sequence)?;
        self.track_scores = call.flag("track_scores", self.track_scores)?;
        Ok(())
    }
}

fn unknown_key(name: &str, part: &Place<'_>) -> Exception {
    let token = match part.value {
        Value::Null => "VALUE_NULL",
        Value::Bool(_) => "VALUE_BOOLEAN",
        Value::Number(_) => "VALUE_NUMBER",
        Value::String(_) => "VALUE_STRING",
        Value::Array(_) => "START_ARRAY",
        Value::Object(_) => "START_OBJECT",
    };
    part.error(format!("Unknown key for a {token} in [{name}]."))
}

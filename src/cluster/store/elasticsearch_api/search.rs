//! `_search`, `_count` and `_delete_by_query`.

use super::documents::{self, Doc};
use super::failure::{Exception, Failure, shard};
use super::json::{Json, count};
use super::mapping::Mapping;
use super::query::{self, Bound, Ground, Options, Place, Query};
use super::request::Call;
use super::sort::{self, SortKey, SortValue};
use super::source::Source;
use super::{Server, indices};
use ::http::StatusCode;
use serde_json::Value;

/// `index.max_result_window`.
const RESULT_WINDOW_MAX: i64 = 10_000;
/// The number of shards of an index, which OpenWhisk leaves at what 6.7 has by itself.
pub const SHARDS: u64 = 5;

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
struct Plan {
    query: Query,
    /// The query as it was written, for errors to show.
    written: Json,
    from: i64,
    size: i64,
    sort: Vec<SortKey>,
    source: Source,
    version: bool,
    sequence: bool,
    track_scores: bool,
}

/// A document that a search found.
struct Hit<'a> {
    doc: Doc<'a>,
    scores: bool,
    sort: Vec<SortValue>,
}

impl Plan {
    fn read(call: &Call<'_>, query_alone: bool) -> Result<Self, Exception> {
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

/// What the indexes of a search have found, and those that could not be searched.
struct Found<'a> {
    hits: Vec<Hit<'a>>,
    indexes: u64,
    failed: Vec<(String, Exception)>,
}

impl Found<'_> {
    fn shards(&self) -> Json {
        let failed = self.failed.len() as u64 * SHARDS;
        let total = self.indexes * SHARDS;
        let mut shards = Json::object([
            ("total", total.into()),
            ("successful", (total - failed).into()),
            ("skipped", 0_u64.into()),
            ("failed", failed.into()),
        ]);
        if !self.failed.is_empty() {
            let failures: Vec<Json> = self.failed.iter().map(|(index, exception)| shard(index, exception)).collect();
            shards.put("failures", failures);
        }
        shards
    }
}

impl Server<'_> {
    fn find(&self, plan: &Plan, names: &[String], kind: Option<&str>) -> Result<Found<'_>, Failure> {
        let mut found = Found { hits: Vec::new(), indexes: names.len() as u64, failed: Vec::new() };
        for name in names {
            let Some((name, view)) =
                self.store.index_names().into_iter().find(|known| known == name).and_then(|name| Some((name, self.store.view(name)?)))
            else {
                continue;
            };
            let mapping = Mapping::of(view, self.library);
            match self.ground(plan, name, &mapping) {
                Err(exception) if exception.status == StatusCode::NOT_IMPLEMENTED => return Err(exception.into()),
                Err(exception) => found.failed.push((name.to_owned(), exception)),
                Ok((bound, kinds)) => {
                    let is_wanted =
                        |doc: &Doc<'_>| kind.is_none_or(|kinds| kinds.split(',').any(|kind| kind == doc.kind)) && bound.matches(doc);
                    for (place, doc) in documents::searchable(name, view, self.library).into_iter().enumerate() {
                        if is_wanted(&doc) {
                            let scores = bound.scores(&doc);
                            let sort = sort::values(&plan.sort, &kinds, &doc, scores, place);
                            found.hits.push(Hit { doc, scores, sort });
                        }
                    }
                }
            }
        }
        if !found.failed.is_empty() && found.failed.len() == names.len() {
            return Err(Failure::AllShards(found.failed));
        }
        Ok(found)
    }

    /// What a query is in an index, and what its sort is there; or why its shards fail.
    fn ground(&self, plan: &Plan, name: &str, mapping: &Mapping) -> Result<(Bound, Vec<Option<super::mapping::Kind>>), Exception> {
        if plan.from + plan.size > RESULT_WINDOW_MAX {
            let reason = format!(
                "Result window is too large, from + size must be less than or equal to: [{RESULT_WINDOW_MAX}] but was [{}]. See the scroll api for \
                 a more efficient way to request large data sets. This limit can be set by changing the [index.max_result_window] index level \
                 setting.",
                plan.from + plan.size
            );
            // With 500 until 7.0 (elastic/elasticsearch#26799).
            return Err(Exception::new(StatusCode::INTERNAL_SERVER_ERROR, "query_phase_execution_exception", reason));
        }
        let uuid = self.uuid(name);
        let ground = Ground { mapping, now: i64::try_from(self.now_millis()).unwrap_or(i64::MAX) };
        let bound = plan.query.bind(ground).map_err(|cause| {
            if cause.status == StatusCode::NOT_IMPLEMENTED {
                return cause;
            }
            let reason = format!("failed to create query: {}", plan.written.write(true).trim_end());
            Exception::query_shard(name, &uuid, reason).caused_by(cause)
        })?;
        Ok((bound, sort::kinds(&plan.sort, mapping, name, &uuid)?))
    }

    fn targets(&self, call: &Call<'_>, index: &str) -> Result<Vec<String>, Exception> {
        indices::resolve(&self.store.index_names(), index, indices::Options::read(call)?)
    }

    /// `GET|POST /{index}/{type}/_search`. It takes one millisecond, whatever it does.
    pub fn search(&self, call: &Call<'_>, index: &str, kind: Option<&str>) -> Result<Json, Failure> {
        let plan = self.plan(call, index, false)?;
        let names = self.targets(call, index)?;
        let mut found = self.find(&plan, &names, kind)?;
        if plan.sort.is_empty() {
            // Sorting keeps what is equal as it was: by index, then by place in it.
            found.hits.sort_by_key(|hit| !hit.scores);
        } else {
            found.hits.sort_by(|one, other| sort::compare(&plan.sort, &one.sort, &other.sort));
        }
        let (from, size) = (usize::try_from(plan.from).unwrap_or(0), usize::try_from(plan.size).unwrap_or(0));
        let tells_scores = plan.sort.is_empty() || plan.track_scores || plan.sort.iter().any(SortKey::is_score);
        let max_score = match found.hits.iter().any(|hit| hit.scores) {
            _ if size == 0 || names.is_empty() => Json::decimal(0.0),
            _ if found.hits.is_empty() || !tells_scores => Json::Null,
            scores => Json::decimal(if scores { 1.0 } else { 0.0 }),
        };
        let total = count(found.hits.len());
        let hits: Vec<Json> = found.hits.iter().skip(from).take(size).map(|hit| hit.json(&plan, tells_scores)).collect();
        Ok(Json::object([
            ("took", 1_u64.into()),
            ("timed_out", false.into()),
            ("_shards", found.shards()),
            ("hits", Json::object([("total", total), ("max_score", max_score), ("hits", hits.into())])),
        ]))
    }

    /// A query that cannot be read as `q=` fails in the shards, if there are some.
    fn plan(&self, call: &Call<'_>, index: &str, query_alone: bool) -> Result<Plan, Failure> {
        Plan::read(call, query_alone).map_err(|exception| {
            let is_shards = exception.kind() == "query_shard_exception";
            match self.targets(call, index) {
                Err(missing) if is_shards => missing.into(),
                Ok(names) if is_shards && !names.is_empty() => {
                    let of = |name: String| {
                        let exception = exception.clone().with("index_uuid", self.uuid(&name)).with("index", name.as_str());
                        (name, exception)
                    };
                    Failure::AllShards(names.into_iter().map(of).collect())
                }
                _ => exception.into(),
            }
        })
    }

    /// `GET|POST /{index}/{type}/_count`.
    pub fn count(&self, call: &Call<'_>, index: &str, kind: Option<&str>) -> Result<Json, Failure> {
        let plan = Plan { size: 0, ..self.plan(call, index, true)? };
        let found = self.find(&plan, &self.targets(call, index)?, kind)?;
        Ok(Json::object([("count", count(found.hits.len())), ("_shards", found.shards())]))
    }

    /// `POST /{index}/_delete_by_query`: what OpenWhisk's own delete sends (`ElasticSearchActivationStore.scala:237-275`). It deletes what
    /// a search finds, and so nothing that is not refreshed.
    pub fn delete_by_query(&mut self, call: &Call<'_>, index: &str, kind: Option<&str>) -> Result<Json, Failure> {
        let plan = Plan { size: 0, ..self.plan(call, index, true)? };
        if call.body.is_empty() && call.parameter("q").is_none() {
            return Err(Exception::new(
                StatusCode::BAD_REQUEST,
                "action_request_validation_exception",
                "Validation Failed: 1: query is missing;",
            )
            .into());
        }
        let names = self.targets(call, index)?;
        let ids: Vec<(String, String)> = {
            let found = self.find(&plan, &names, kind)?;
            found.hits.iter().map(|hit| (hit.doc.index.to_owned(), hit.doc.id.clone())).collect()
        };
        let total = ids.len();
        let mut deleted = 0;
        for (index, id) in ids {
            let key = self.store.key(&index, &id, self.library.catalogue);
            // What was changed since the last refresh has another version than the search saw: a conflict, which is only counted here.
            let outcome = self.store.delete(&index, key, self.now, self.effects);
            deleted += usize::from(outcome.is_some_and(|outcome| outcome.changed_being));
        }
        if call.flag("refresh", false)? {
            names.iter().for_each(|name| self.store.refresh_index(name, self.now, self.effects));
        }
        let retries = Json::object([("bulk", 0_u64.into()), ("search", 0_u64.into())]);
        Ok(Json::object([
            ("took", 1_u64.into()),
            ("timed_out", false.into()),
            ("total", count(total)),
            ("deleted", count(deleted)),
            ("batches", u64::from(total > 0).into()),
            ("version_conflicts", count(total - deleted)),
            ("noops", 0_u64.into()),
            ("retries", retries),
            ("throttled_millis", 0_u64.into()),
            ("requests_per_second", Json::decimal(-1.0)),
            ("throttled_until_millis", 0_u64.into()),
            ("failures", Json::List(Vec::new())),
        ]))
    }
}

impl Hit<'_> {
    fn json(&self, plan: &Plan, tells_score: bool) -> Json {
        let mut json =
            Json::object([("_index", self.doc.index.into()), ("_type", self.doc.kind.into()), ("_id", self.doc.id.as_str().into())]);
        if plan.version {
            json.put("_version", self.doc.version);
        }
        if plan.sequence {
            json.put("_seq_no", self.doc.sequence);
            json.put("_primary_term", 1_u64);
        }
        json.put("_score", if tells_score { Json::decimal(if self.scores { 1.0 } else { 0.0 }) } else { Json::Null });
        if plan.source.fetch {
            json.put("_source", plan.source.of(self.doc.source()));
        }
        if !plan.sort.is_empty() {
            let sort: Vec<Json> = self.sort.iter().zip(&plan.sort).map(|(value, key)| value.json(key)).collect();
            json.put("sort", sort);
        }
        json
    }
}

//! `_search`, `_count` and `_delete_by_query`.

use super::documents::{self, Doc};
use super::failure::{Exception, Failure, shard};
use super::json::{Json, count};
use super::mapping::Mapping;
use super::plan::Plan;
use super::query::{Bound, Ground};
use super::request::Call;
use super::sort::{self, SortKey, SortValue};
use super::{Server, indices};
use crate::order;
use ::http::StatusCode;

/// `index.max_result_window`.
const RESULT_WINDOW_MAX: i64 = 10_000;
/// The number of shards of an index, which OpenWhisk leaves at what 6.7 has by itself.
pub const SHARDS: u64 = 5;

/// A document that a search found.
struct Hit<'a> {
    doc: Doc<'a>,
    scores: bool,
    sort: Vec<SortValue>,
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
            order::sort_by_key(&mut found.hits, |hit| (u64::from(!hit.scores), 0));
        } else {
            order::sort_by(&mut found.hits, |one, other| sort::compare(&plan.sort, &one.sort, &other.sort));
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

//! Elasticsearch 6.7's own HTTP API over the simulated store: what `curl` and client libraries meet on port 9200.
//!
//! Shapes, status codes and error bodies follow the 6.7 sources and reference; paths in comments are below
//! `server/src/main/java/org/elasticsearch` there. What is not simulated is refused in Elasticsearch's own error shape with the type
//! `whiskscope_not_simulated` and the status 501. Where an answer is simpler than the real one, it says so beside its body: see
//! [`Simplification`].

mod admin;
mod analysis;
mod bulk;
mod cat;
mod cluster;
mod dates;
mod documents;
mod failure;
mod filter_path;
mod indices;
mod json;
mod locate;
mod mapping;
mod numbers;
mod plan;
mod query;
mod reads;
mod request;
mod routes;
mod routing;
mod search;
mod settings;
mod sort;
mod source;
#[cfg(test)]
mod tests;
mod writes;

pub(super) use analysis::words;

use super::elasticsearch::Elasticsearch;
use super::{Effects, Setting};
use crate::activation::Library;
use crate::time::Instant;
use ::http::header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, LOCATION};
use ::http::{Request, Response, StatusCode};
use failure::Failure;
use json::Json;
use request::Call;
use routes::{Endpoint, route};

/// Where an answer is simpler than the real one would be. The answers that are carry the list of these as an extension
/// ([`Simplifications`]), for the page to show beside them; nothing of it is part of the HTTP message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Simplification {
    /// `_score` is no BM25: 1.0, or 0.0 for what only filters found. Hits of equal scores come by index and in order of writing.
    Score,
    /// `took` is always 1.
    Took,
    /// Sizes are those of the sources, and what an empty shard takes.
    StoreSize,
    /// `_seq_no` is counted an index, not a shard, and a record that its writer wrote twice has the version 1 still.
    SequenceNumbers,
    /// The uuid follows from the name and the time.
    Uuid,
}

/// What is simplified in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Simplifications(pub &'static [Simplification]);

/// What the handlers work on.
struct Server<'a> {
    store: &'a mut Elasticsearch,
    setting: &'a Setting<'a>,
    library: Library<'a>,
    now: Instant,
    effects: &'a mut Effects,
}

/// An answer before it is written.
struct Answer {
    status: StatusCode,
    body: Body,
    location: Option<String>,
    allow: Vec<&'static str>,
}

enum Body {
    Json(Json),
    Text(String),
    Nothing,
}

impl Answer {
    const fn new(status: StatusCode, body: Body) -> Self {
        Self { status, body, location: None, allow: Vec::new() }
    }
}

impl From<Json> for Answer {
    fn from(json: Json) -> Self {
        Self::new(StatusCode::OK, Body::Json(json))
    }
}

impl Elasticsearch {
    /// What Elasticsearch answers to a request that has reached it.
    ///
    /// Writes set refresh timers and tell steps in `effects` as OpenWhisk's own writes do. Reads change nothing: a real-time GET of a
    /// document that is not refreshed yet refreshes only the reader that gets use, not the one of searches (`InternalEngine.get`,
    /// `SearcherScope.INTERNAL`).
    pub fn serve(
        &mut self,
        setting: &Setting<'_>,
        library: Library<'_>,
        request: &Request<Vec<u8>>,
        now: Instant,
        effects: &mut Effects,
    ) -> Response<Vec<u8>> {
        self.catch_up(now);
        let call = Call::new(request);
        let parts: Vec<&str> = call.segments.iter().map(String::as_str).collect();
        let mut server = Server { store: self, setting, library, now, effects };
        let (answer, simplified) = match call.check().and_then(|()| route(call.method, &call.uri, &parts)) {
            Err(failure) => (Err(failure), &[][..]),
            Ok(endpoint) => (server.answer(&call, endpoint), endpoint.simplifications()),
        };
        let answer = answer.unwrap_or_else(Answer::from);
        let mut response = write(&call, answer);
        if !simplified.is_empty() && response.status().is_success() {
            response.extensions_mut().insert(Simplifications(simplified));
        }
        response
    }
}

impl From<Failure> for Answer {
    fn from(failure: Failure) -> Self {
        let body = if failure.status() == StatusCode::OK { Body::Text(String::new()) } else { Body::Json(failure.json()) };
        let status = failure.status();
        let allow = if let Failure::Simple { allow, .. } = failure { allow } else { Vec::new() };
        Self { status, body, location: None, allow }
    }
}

impl Endpoint<'_> {
    const fn simplifications(self) -> &'static [Simplification] {
        use Simplification as S;
        match self {
            Self::Search { .. } => &[S::Score, S::Took],
            Self::Bulk { .. } => &[S::Took, S::SequenceNumbers],
            Self::DeleteByQuery { .. } => &[S::Took],
            Self::CatIndices(_) => &[S::StoreSize, S::Uuid],
            Self::IndexInfo(_) | Self::Settings { .. } => &[S::Uuid],
            Self::Get(_) | Self::Put(_) | Self::Create(_) | Self::Add { .. } | Self::Delete(_) => &[S::SequenceNumbers],
            _ => &[],
        }
    }
}

/// The answer as a message. A `HEAD` has the headers of a `GET` and no body.
fn write(call: &Call<'_>, answer: Answer) -> Response<Vec<u8>> {
    const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=UTF-8");
    const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=UTF-8");
    let (kind, body) = match answer.body {
        Body::Json(json) => {
            let filtered = match call.parameter("filter_path") {
                // What went wrong is told in full.
                Some(patterns) if answer.status.is_success() => filter_path::filter(json, patterns),
                _ => json,
            };
            // `/` is pretty unless it is asked not to be (`RestMainAction.java`).
            let is_pretty = call.pretty() || (call.segments.is_empty() && call.parameter("pretty").is_none());
            (JSON, filtered.write(is_pretty))
        }
        Body::Text(text) => (TEXT, text),
        Body::Nothing => (TEXT, String::new()),
    };
    let length = body.len() as u64;
    let is_head = call.method == "HEAD";
    let mut response = Response::new(if is_head { Vec::new() } else { body.into_bytes() });
    *response.status_mut() = answer.status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, kind);
    headers.insert(CONTENT_LENGTH, length.into());
    if let Some(Ok(location)) = answer.location.map(HeaderValue::try_from) {
        headers.insert(LOCATION, location);
    }
    if let (false, Ok(allow)) = (answer.allow.is_empty(), HeaderValue::try_from(answer.allow.join(","))) {
        headers.insert(ALLOW, allow);
    }
    response
}

impl Server<'_> {
    fn now_millis(&self) -> u64 {
        self.setting.configuration.epoch_ms.millis_at(self.now)
    }

    fn answer(&mut self, call: &Call<'_>, endpoint: Endpoint<'_>) -> Result<Answer, Failure> {
        call.check_content_type()?;
        if let Endpoint::NotSimulated(part) = endpoint {
            return Err(routes::not_simulated(part, call.path));
        }
        let (known, not_simulated) = endpoint.parameters();
        call.check_parameters(known, not_simulated)?;
        if !endpoint.takes_body() {
            call.refuse_body()?;
        }
        Ok(match endpoint {
            Endpoint::Root => Answer::new(StatusCode::OK, Body::Json(cluster::root())),
            Endpoint::CatHelp => Answer::new(StatusCode::OK, Body::Text(cat::help())),
            Endpoint::CatIndices(index) => self.cat_indices(call, index)?,
            Endpoint::CatHealth => self.cat_health(call)?,
            Endpoint::CatCount(index) => self.cat_count(call, index)?,
            Endpoint::ClusterHealth(index) => self.cluster_health(call, index)?,
            Endpoint::IndexExists(index) => self.index_exists(call, index)?,
            Endpoint::IndexInfo(index) => self.index_info(call, index)?.into(),
            Endpoint::CreateIndex(index) => self.create_index(call, index)?.into(),
            Endpoint::DeleteIndex(index) => self.delete_index(call, index)?.into(),
            Endpoint::Mapping { index, kind } => self.mappings(call, index, kind)?.into(),
            Endpoint::Settings { index, name } => self.settings(call, index, name)?.into(),
            Endpoint::PutSettings(index) => self.put_settings(call, index)?.into(),
            Endpoint::Refresh(index) => self.refresh(call, index)?.into(),
            Endpoint::Search { index, kind } => self.search(call, index, kind)?.into(),
            Endpoint::Count { index, kind } => self.count(call, index, kind)?.into(),
            Endpoint::DeleteByQuery { index, kind } => self.delete_by_query(call, index, kind)?.into(),
            Endpoint::Bulk { index, kind } => self.bulk(call, index, kind)?.into(),
            Endpoint::Get(address) => self.get(call, address)?,
            Endpoint::GetSource(address) => self.get_source(call, address)?,
            Endpoint::Put(address) => self.put(call, address.index, address.kind, Some(address.id), false)?,
            Endpoint::Create(address) => self.put(call, address.index, address.kind, Some(address.id), true)?,
            Endpoint::Add { index, kind } => self.put(call, index, kind, None, false)?,
            Endpoint::Delete(address) => self.delete(call, address)?,
            Endpoint::NotSimulated(part) => return Err(routes::not_simulated(part, call.path)),
        })
    }
}

impl Endpoint<'_> {
    /// The parameters that its handler understands, and those of the real one that it does not.
    const fn parameters(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::Root | Self::NotSimulated(_) => (&[], &[]),
            Self::CatHelp | Self::CatIndices(_) | Self::CatHealth | Self::CatCount(_) => (cat::PARAMETERS, cat::NOT_SIMULATED),
            Self::ClusterHealth(_) => (cluster::PARAMETERS, cluster::NOT_SIMULATED),
            Self::IndexExists(_) | Self::IndexInfo(_) | Self::CreateIndex(_) | Self::DeleteIndex(_) | Self::Mapping { .. } => {
                (admin::PARAMETERS, admin::NOT_SIMULATED)
            }
            Self::Refresh(_) => (&indices::PARAMETERS, &[]),
            Self::Settings { .. } | Self::PutSettings(_) => (settings::PARAMETERS, settings::NOT_SIMULATED),
            Self::Search { .. } => (plan::PARAMETERS, plan::NOT_SIMULATED),
            Self::Count { .. } => (plan::COUNT_PARAMETERS, plan::NOT_SIMULATED),
            Self::DeleteByQuery { .. } => (plan::DELETE_PARAMETERS, plan::NOT_SIMULATED),
            Self::Bulk { .. } => (bulk::PARAMETERS, bulk::NOT_SIMULATED),
            Self::Get(_) | Self::GetSource(_) => (reads::PARAMETERS, reads::NOT_SIMULATED),
            Self::Put(_) | Self::Create(_) | Self::Add { .. } | Self::Delete(_) => (writes::PARAMETERS, writes::NOT_SIMULATED),
        }
    }

    const fn takes_body(self) -> bool {
        matches!(
            self,
            Self::CreateIndex(_)
                | Self::PutSettings(_)
                | Self::Search { .. }
                | Self::Count { .. }
                | Self::DeleteByQuery { .. }
                | Self::Bulk { .. }
                | Self::Put(_)
                | Self::Create(_)
                | Self::Add { .. }
        )
    }
}

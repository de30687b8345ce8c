//! One document written or deleted (`rest/action/document/RestIndexAction.java`, `RestDeleteAction.java`).

use super::failure::{Exception, Failure};
use super::json::Json;
use super::mapping::Mapping;
use super::reads::conflict;
use super::request::Call;
use super::routes::Address;
use super::{Answer, Body, Server, indices, routing};
use crate::cluster::store::elasticsearch::WriteOutcome;
use ::http::StatusCode;
use serde_json::Value;

pub const PARAMETERS: &[&str] = &["op_type", "version", "refresh", "timeout", "wait_for_active_shards"];
pub const NOT_SIMULATED: &[&str] = &["routing", "parent", "pipeline", "version_type", "if_seq_no", "if_primary_term"];

/// The fields of a document that only Elasticsearch itself writes.
const METADATA: [&str; 8] = ["_id", "_index", "_type", "_source", "_routing", "_field_names", "_ignored", "_uid"];

/// A write of one document, from a request of its own or from a bulk.
#[derive(Debug)]
pub struct Write<'a> {
    pub index: &'a str,
    pub kind: &'a str,
    pub id: Option<&'a str>,
    /// It must not overwrite.
    pub creates: bool,
    pub version: Option<u64>,
}

/// What a write has come to, and the id that it was given.
#[derive(Debug)]
pub struct Done {
    pub id: String,
    pub kind: String,
    pub outcome: WriteOutcome,
    pub result: &'static str,
    pub status: StatusCode,
}

/// Whether a write is seen at once. To wait for the next refresh is not simulated, since an answer has to come in its own time.
pub fn refreshes(call: &Call<'_>) -> Result<bool, Exception> {
    match call.parameter("refresh") {
        Some("wait_for") => Err(Exception::not_simulated("[refresh=wait_for]")),
        Some("" | "true") => Ok(true),
        Some("false") | None => Ok(false),
        Some(other) => Err(Exception::illegal_argument(format!("Unknown value for refresh: [{other}]."))),
    }
}

fn invalid(reason: &str) -> Exception {
    let reason = format!("Validation Failed: 1: {reason};");
    Exception::new(StatusCode::BAD_REQUEST, "action_request_validation_exception", reason)
}

/// The source of a document (`DocumentParser.java`).
pub fn source(bytes: &[u8]) -> Result<Value, Exception> {
    let bad = |cause: Exception| Exception::new(StatusCode::BAD_REQUEST, "mapper_parsing_exception", "failed to parse").caused_by(cause);
    let value: Value = serde_json::from_slice(bytes).map_err(|error| {
        let kind = if error.is_eof() { "json_e_o_f_exception" } else { "json_parse_exception" };
        bad(Exception::new(StatusCode::BAD_REQUEST, kind, error.to_string()))
    })?;
    let Value::Object(fields) = &value else {
        return Err(bad(Exception::new(StatusCode::BAD_REQUEST, "not_x_content_exception", "the document is no object")));
    };
    if let Some(field) = METADATA.iter().find(|name| fields.contains_key(**name)) {
        let reason =
            format!("Field [{field}] is a metadata field and cannot be added inside a document. Use the index API request parameters.");
        return Err(Exception::new(StatusCode::BAD_REQUEST, "mapper_parsing_exception", reason));
    }
    Ok(value)
}

impl Server<'_> {
    /// The type that documents of an index have or will have; an index has one.
    fn check_kind(&self, index: &str, kind: &str) -> Result<String, Exception> {
        // A namespace's index has OpenWhisk's type, whoever writes first: its own writes would fail otherwise.
        let has = self.store.view(index).and_then(|view| view.kind().or_else(|| view.records().map(|_| "_doc")));
        let has = has.or_else(|| self.store.is_a_namespaces(index).then_some("_doc"));
        match has {
            Some(has) if has == kind || kind == "_doc" => Ok(has.to_owned()),
            Some(has) => {
                let types = if has < kind { [has, kind] } else { [kind, has] };
                let types = types.join(", ");
                let reason = format!("Rejecting mapping update to [{index}] as the final mapping would have more than 1 type: [{types}]");
                Err(Exception::illegal_argument(reason))
            }
            None if kind.starts_with('_') && kind != "_doc" => {
                let reason = format!("Document mapping type name can't start with '_', found: [{kind}]");
                Err(Exception::new(StatusCode::BAD_REQUEST, "invalid_type_name_exception", reason))
            }
            None if kind.is_empty() || kind.len() > 255 || kind.contains([',', '#']) => Err(Exception::new(
                StatusCode::BAD_REQUEST,
                "invalid_type_name_exception",
                format!("mapping type name [{kind}] is invalid"),
            )),
            None => Ok(kind.to_owned()),
        }
    }

    /// Writes a document, and makes its index if that is not there (`action.auto_create_index`).
    pub fn write_one(&mut self, write: &Write<'_>, source: Value) -> Result<Done, Exception> {
        let Write { index, kind, id, creates, version } = *write;
        if let Some(id) = id.filter(|id| id.len() > 512) {
            return Err(invalid(&format!("id is too long, must be no longer than 512 bytes but was: {}", id.len())));
        }
        let exists = self.store.view(index).is_some();
        if !exists {
            indices::check_name(index)?;
        }
        let kind = self.check_kind(index, kind)?;
        match self.store.view(index) {
            Some(view) => Mapping::of(view, self.library).check(index, &source)?,
            None => Mapping::default().check(index, &source)?,
        }
        self.store.create_index(index, self.now, self.effects);
        let id = id.map_or_else(|| self.new_id(index), str::to_owned);
        let key = self.store.key(index, &id, self.library.catalogue);
        let current = self.store.version(index, &key);
        if let Some(current) = current.filter(|_| creates) {
            let why = format!("document already exists (current version [{current}])");
            return Err(conflict(self, index, &kind, &id, &why));
        }
        self.store.set_kind(index, &kind);
        let written = self.store.put(index, key, source, version, self.effects);
        let Some(written) = written else { return Err(Exception::index_not_found(index, "index_expression")) };
        let outcome = written.map_err(|found| {
            let current = if found.current_version == 0 { "-1".to_owned() } else { found.current_version.to_string() };
            let why = format!("current version [{current}] is different than the one provided [{}]", version.unwrap_or(0));
            conflict(self, index, &kind, &id, &why)
        })?;
        let (result, status) = if outcome.changed_being { ("created", StatusCode::CREATED) } else { ("updated", StatusCode::OK) };
        Ok(Done { id, kind, outcome, result, status })
    }

    /// Deletes a document. No index is made for that.
    pub fn delete_one(&mut self, index: &str, kind: &str, id: &str, version: Option<u64>) -> Result<Done, Exception> {
        self.single(index)?;
        let kind = self.check_kind(index, kind)?;
        let key = self.store.key(index, id, self.library.catalogue);
        let current = self.store.version(index, &key);
        if let Some(version) = version.filter(|version| Some(*version) != current) {
            let current = current.map_or_else(|| "-1".to_owned(), |current| current.to_string());
            let why = format!("current version [{current}] is different than the one provided [{version}]");
            return Err(conflict(self, index, &kind, id, &why));
        }
        let outcome = self.store.delete(index, key, self.now, self.effects);
        let outcome = outcome.ok_or_else(|| Exception::index_not_found(index, "index_expression"))?;
        let (result, status) = if outcome.changed_being { ("deleted", StatusCode::OK) } else { ("not_found", StatusCode::NOT_FOUND) };
        Ok(Done { id: id.to_owned(), kind, outcome, result, status })
    }

    fn version(call: &Call<'_>) -> Result<Option<u64>, Exception> {
        let Some(text) = call.parameter("version") else { return Ok(None) };
        let bad = || Exception::illegal_argument(format!("Failed to parse long parameter [version] with value [{text}]"));
        text.parse::<u64>().map(Some).map_err(|_| bad())
    }

    /// `PUT|POST /{index}/{type}/{id}`, with `/_create`, or `POST /{index}/{type}` for an id that is made up.
    pub fn put(&mut self, call: &Call<'_>, index: &str, kind: &str, id: Option<&str>, creates: bool) -> Result<Answer, Failure> {
        let forced = refreshes(call)?;
        let creates = match call.parameter("op_type") {
            None => creates,
            Some("create") => true,
            Some("index") => false,
            Some(other) => {
                let reason = format!("opType must be 'create' or 'index', found: [{other}]");
                return Err(Exception::illegal_argument(reason).into());
            }
        };
        if call.body.is_empty() {
            return Err(Exception::new(StatusCode::BAD_REQUEST, "parse_exception", "request body is required").into());
        }
        let write = Write { index, kind, id, creates, version: Self::version(call)? };
        let done = self.write_one(&write, source(call.body)?)?;
        let location = format!("/{}/{}/{}", routing::encode(index), routing::encode(&done.kind), routing::encode(&done.id));
        let mut answer = self.answer_write(index, &done, forced);
        if done.outcome.changed_being {
            answer.location = Some(location);
        }
        Ok(answer)
    }

    /// `DELETE /{index}/{type}/{id}`.
    pub fn delete(&mut self, call: &Call<'_>, address: Address<'_>) -> Result<Answer, Failure> {
        let forced = refreshes(call)?;
        let done = self.delete_one(address.index, address.kind, address.id, Self::version(call)?)?;
        Ok(self.answer_write(address.index, &done, forced))
    }

    fn answer_write(&mut self, index: &str, done: &Done, forced: bool) -> Answer {
        if forced {
            self.store.refresh_index(index, self.now, self.effects);
        }
        Answer::new(done.status, Body::Json(done.json(index, forced)))
    }
}

impl Done {
    /// (`DocWriteResponse.java`.) Of the two copies of a shard one is there.
    pub fn json(&self, index: &str, forced: bool) -> Json {
        let mut json = Json::object([
            ("_index", index.into()),
            ("_type", self.kind.as_str().into()),
            ("_id", self.id.as_str().into()),
            ("_version", self.outcome.version.into()),
            ("result", self.result.into()),
        ]);
        if forced {
            json.put("forced_refresh", true);
        }
        let shards = Json::object([("total", 2_u64.into()), ("successful", 1_u64.into()), ("failed", 0_u64.into())]);
        json.put("_shards", shards);
        json.put("_seq_no", self.outcome.sequence);
        json.put("_primary_term", 1_u64);
        json
    }
}

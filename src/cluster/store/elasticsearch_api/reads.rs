//! Documents by id (`rest/action/document/RestGetAction.java`, `RestGetSourceAction.java`).

use super::failure::{Exception, Failure};
use super::json::Json;
use super::request::Call;
use super::routes::Address;
use super::source::Source;
use super::{Answer, Body, Server, documents, routing};
use ::http::StatusCode;
use documents::Doc;

pub const PARAMETERS: &[&str] = &[
    "realtime",
    "refresh",
    "preference",
    "version",
    "_source",
    "_source_includes",
    "_source_include",
    "_source_excludes",
    "_source_exclude",
];
pub const NOT_SIMULATED: &[&str] = &["routing", "parent", "stored_fields", "version_type", "_source_transform"];

/// How `index/type/id` is told in conflicts of versions (`VersionConflictEngineException.java`).
pub fn conflict(server: &Server<'_>, index: &str, kind: &str, id: &str, why: &str) -> Exception {
    Exception::new(StatusCode::CONFLICT, "version_conflict_engine_exception", format!("[{kind}][{id}]: version conflict, {why}"))
        .with("index_uuid", server.uuid(index))
        .with("shard", routing::shard(id).to_string())
        .with("index", index)
}

impl Server<'_> {
    /// The document at an address, real time unless `realtime=false`. `refresh=true` is a refresh of its shard: here, of its index.
    fn find_one(&mut self, call: &Call<'_>, address: Address<'_>) -> Result<Option<Doc<'_>>, Failure> {
        let Address { index, kind, id } = address;
        let real_time = call.flag("realtime", true)?;
        let refreshes = call.flag("refresh", false)?;
        self.single(index)?;
        if refreshes {
            self.store.refresh_index(index, self.now, self.effects);
        }
        let version = match call.parameter("version").map(|text| (text, text.parse::<u64>())) {
            None => None,
            Some((_, Ok(version))) => Some(version),
            Some((text, Err(_))) => {
                let reason = format!("Failed to parse long parameter [version] with value [{text}]");
                return Err(Exception::illegal_argument(reason).into());
            }
        };
        let key = self.store.key(index, id, self.library.catalogue);
        let names = self.store.index_names();
        let name = names.into_iter().find(|name| *name == index);
        let found = name.and_then(|name| documents::one(name, self.store.view(name)?, &key, real_time, self.library));
        // An index has one type; `_doc` and `_all` stand for it whatever its name is.
        let found = found.filter(|doc| kind == doc.kind || matches!(kind, "_doc" | "_all"));
        if let (Some(doc), Some(version)) = (&found, version)
            && doc.version != version
        {
            let why = format!("current version [{}] is different than the one provided [{version}]", doc.version);
            return Err(conflict(self, index, doc.kind, id, &why).into());
        }
        Ok(found)
    }

    /// One index, whose name is taken as it is: wildcards stand for nothing here.
    pub fn single(&self, index: &str) -> Result<(), Exception> {
        if self.store.view(index).is_some() { Ok(()) } else { Err(Exception::index_not_found(index, "index_expression")) }
    }

    /// `GET|HEAD /{index}/{type}/{id}`.
    pub fn get(&mut self, call: &Call<'_>, address: Address<'_>) -> Result<Answer, Failure> {
        let source = Source::read(call).unwrap_or_default();
        let found = self.find_one(call, address)?;
        let kind = found.as_ref().map_or(address.kind, |doc| doc.kind);
        let mut json = Json::object([("_index", address.index.into()), ("_type", kind.into()), ("_id", address.id.into())]);
        let Some(doc) = found else {
            json.put("found", false);
            return Ok(Answer::new(StatusCode::NOT_FOUND, Body::Json(json)));
        };
        json.put("_version", doc.version);
        json.put("_seq_no", doc.sequence);
        json.put("_primary_term", 1_u64);
        json.put("found", true);
        if source.fetch {
            json.put("_source", source.of(doc.source()));
        }
        Ok(json.into())
    }

    /// `GET|HEAD /{index}/{type}/{id}/_source`. What is not there has no body in 6.7.
    pub fn get_source(&mut self, call: &Call<'_>, address: Address<'_>) -> Result<Answer, Failure> {
        let source = Source::read(call).unwrap_or_default();
        if !source.fetch {
            let reason = "Validation Failed: 1: fetching source can not be disabled;";
            return Err(Exception::new(StatusCode::BAD_REQUEST, "action_request_validation_exception", reason).into());
        }
        Ok(match self.find_one(call, address)? {
            Some(doc) => source.of(doc.source()).into(),
            None => Answer::new(StatusCode::NOT_FOUND, Body::Nothing),
        })
    }
}

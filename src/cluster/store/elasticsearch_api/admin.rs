//! Indexes themselves: whether they are there, made, deleted, refreshed, and their mappings.

use super::failure::{Exception, Failure};
use super::json::Json;
use super::mapping::Mapping;
use super::request::Call;
use super::{Answer, Body, Server, cluster, indices, settings};
use crate::cluster::store::elasticsearch::View;
use ::http::StatusCode;

pub const PARAMETERS: &[&str] = &[
    "ignore_unavailable",
    "allow_no_indices",
    "expand_wildcards",
    "local",
    "master_timeout",
    "timeout",
    "include_type_name",
    "wait_for_active_shards",
    "update_all_types",
];
pub const NOT_SIMULATED: &[&str] = &["flat_settings", "include_defaults"];

impl Server<'_> {
    pub fn indexes(&self, call: &Call<'_>, index: &str) -> Result<Vec<String>, Exception> {
        indices::resolve(&self.store.index_names(), index, indices::Options::read(call)?)
    }

    /// `HEAD /{index}`.
    pub fn index_exists(&self, call: &Call<'_>, index: &str) -> Result<Answer, Failure> {
        match self.indexes(call, index) {
            Ok(_) => Ok(Answer::new(StatusCode::OK, Body::Nothing)),
            Err(missing) if missing.status == StatusCode::NOT_FOUND => Ok(Answer::new(StatusCode::NOT_FOUND, Body::Nothing)),
            Err(other) => Err(other.into()),
        }
    }

    /// `GET /{index}` (`rest/action/admin/indices/RestGetIndicesAction.java`).
    pub fn index_info(&self, call: &Call<'_>, index: &str) -> Result<Json, Failure> {
        let typed = call.flag("include_type_name", true)?;
        let mut json = Json::object([]);
        for name in self.indexes(call, index)? {
            let Some(view) = self.store.view(&name) else { continue };
            let info = Json::object([
                ("aliases", Json::object([])),
                ("mappings", self.mapping_of(view, typed)),
                ("settings", self.settings_of(&name, view)),
            ]);
            json.put(&name, info);
        }
        Ok(json)
    }

    /// The mapping below its type, or without it as 7.0 will have it (`include_type_name=false`).
    fn mapping_of(&self, view: View<'_>, typed: bool) -> Json {
        let mapping = Mapping::of(view, self.library).json();
        match view.kind() {
            Some(kind) if typed => Json::object([(kind, mapping)]),
            _ => mapping,
        }
    }

    /// `GET /{index}/_mapping/{type}` (`RestGetMappingAction.java`).
    pub fn mappings(&self, call: &Call<'_>, index: &str, kind: Option<&str>) -> Result<Json, Failure> {
        let typed = call.flag("include_type_name", true)?;
        let mut json = Json::object([]);
        let mut found = kind.is_none_or(|kind| matches!(kind, "_all" | "*"));
        for name in self.indexes(call, index)? {
            let Some(view) = self.store.view(&name) else { continue };
            let has = |kind: &str| kind.split(',').any(|kind| view.kind().is_some_and(|known| super::analysis::wildcard(kind, known)));
            if kind.is_some_and(|kind| !matches!(kind, "_all") && !has(kind)) {
                continue;
            }
            found = true;
            json.put(&name, Json::object([("mappings", self.mapping_of(view, typed))]));
        }
        if let Some(kind) = kind.filter(|_| !found) {
            let exception = Exception::new(StatusCode::NOT_FOUND, "type_missing_exception", format!("type[[{kind}]] missing"));
            return Err(exception.with("index_uuid", "_na_").with("index", "_all").into());
        }
        Ok(json)
    }

    /// `PUT /{index}`, with a body that says no more than how often it is refreshed (`RestCreateIndexAction.java`).
    pub fn create_index(&mut self, call: &Call<'_>, index: &str) -> Result<Json, Failure> {
        let interval = match call.json()? {
            None => None,
            Some(body) => {
                let fields = body.value.as_object().into_iter().flatten();
                let other = fields.filter(|(name, value)| {
                    let is_empty = value.as_object().is_some_and(serde_json::Map::is_empty);
                    *name != "settings" && !is_empty
                });
                if let Some((name, _)) = other.into_iter().next() {
                    let known = ["mappings", "aliases"].contains(&name.as_str());
                    return Err(if known {
                        Exception::not_simulated(&format!("[{name}] of a new index")).into()
                    } else {
                        let reason = format!("unknown key [{name}] for create index");
                        Exception::new(StatusCode::BAD_REQUEST, "parse_exception", reason).into()
                    });
                }
                match body.value.get("settings") {
                    Some(value) => settings::read(value, &[(index.to_owned(), String::new())])?,
                    None => None,
                }
            }
        };
        indices::check_name(index)?;
        if self.store.view(index).is_some() {
            let uuid = self.uuid(index);
            let reason = format!("index [{index}/{uuid}] already exists");
            let exception = Exception::new(StatusCode::BAD_REQUEST, "resource_already_exists_exception", reason);
            return Err(exception.with("index_uuid", uuid).with("index", index).into());
        }
        self.store.create_index(index, self.now, self.effects);
        if let Some(interval) = interval {
            self.store.set_interval(index, interval, self.now, self.effects);
        }
        Ok(Json::object([("acknowledged", true.into()), ("shards_acknowledged", true.into()), ("index", index.into())]))
    }

    /// `DELETE /{index}`: wildcards and `_all` are allowed, as they are by default in 6.7 (`action.destructive_requires_name`).
    pub fn delete_index(&mut self, call: &Call<'_>, index: &str) -> Result<Json, Failure> {
        for name in self.indexes(call, index)? {
            self.store.delete_index(&name, self.effects);
        }
        Ok(Json::object([("acknowledged", true.into())]))
    }

    /// `GET|POST /{index}/_refresh` (`RestRefreshAction.java`).
    pub fn refresh(&mut self, call: &Call<'_>, index: &str) -> Result<Json, Failure> {
        let names = self.indexes(call, index)?;
        names.iter().for_each(|name| self.store.refresh_index(name, self.now, self.effects));
        Ok(Json::object([("_shards", cluster::shards(names.len()))]))
    }
}

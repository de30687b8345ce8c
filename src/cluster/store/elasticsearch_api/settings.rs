//! `_settings`, of which `refresh_interval` can be changed.

use super::Server;
use super::analysis::wildcard;
use super::failure::{Exception, Failure};
use super::json::Json;
use super::request::Call;
use super::search::SHARDS;
use crate::cluster::store::by_hand::Interval;
use crate::cluster::store::elasticsearch::View;
use crate::time::Span;
use ::http::StatusCode;
use serde_json::Value;

pub const PARAMETERS: &[&str] = &["ignore_unavailable", "allow_no_indices", "expand_wildcards", "local", "master_timeout", "timeout"];
pub const NOT_SIMULATED: &[&str] = &["flat_settings", "include_defaults", "preserve_existing"];

/// Shorter intervals are refused here: each refresh is an event of the run. It is the least that the configuration allows too.
const INTERVAL_LEAST: Span = Span::from_millis(100);
/// What 6.7 has by itself.
const INTERVAL_DEFAULT: Span = Span::from_secs(1);

/// Settings of the real one that say what no shard here can follow.
const KNOWN: &[&str] = &[
    "number_of_replicas",
    "max_result_window",
    "blocks",
    "auto_expand_replicas",
    "translog",
    "merge",
    "routing",
    "search",
    "indexing",
    "priority",
    "mapping",
    "analysis",
    "codec",
    "max_inner_result_window",
    "gc_deletes",
    "requests",
    "queries",
    "unassigned",
];
const FIXED: &[&str] = &["number_of_shards", "uuid", "creation_date", "provided_name", "version"];

/// What a body asks of `index.refresh_interval`: nothing, to be taken away, or to be set (`IndexSettings.java`). `indexes` are the names
/// and uuids that it is asked for, for errors to tell.
pub fn read(value: &Value, indexes: &[(String, String)]) -> Result<Option<Option<Interval>>, Exception> {
    let mut flat = Vec::new();
    flatten(value, "", &mut flat);
    let mut interval = None;
    for (name, value) in flat {
        let name = name.strip_prefix("settings.").unwrap_or(&name);
        let short = name.strip_prefix("index.").unwrap_or(name);
        let root = short.split('.').next().unwrap_or("");
        match short {
            "refresh_interval" => interval = Some(if value.is_null() { None } else { Some(time(&super::query::as_text(value))?) }),
            _ if FIXED.contains(&root) => {
                let listed: Vec<String> = indexes.iter().map(|(name, uuid)| format!("[{name}/{uuid}]")).collect();
                let reason = format!("Can't update non dynamic settings [[index.{short}]] for open indices [{}]", listed.join(", "));
                return Err(Exception::illegal_argument(reason));
            }
            _ if KNOWN.contains(&root) => return Err(Exception::not_simulated(&format!("the setting [index.{short}]"))),
            _ => {
                let reason = format!(
                    "unknown setting [index.{short}] please check that any required plugins are installed, or check the breaking changes \
                     documentation for removed settings"
                );
                return Err(Exception::illegal_argument(reason));
            }
        }
    }
    Ok(interval)
}

fn flatten<'v>(value: &'v Value, before: &str, flat: &mut Vec<(String, &'v Value)>) {
    if let Value::Object(fields) = value {
        for (name, value) in fields {
            let name = format!("{before}{name}");
            match value {
                Value::Object(_) => flatten(value, &format!("{name}."), flat),
                leaf => flat.push((name, leaf)),
            }
        }
    }
}

/// A time as settings have it (`TimeValue.parseTimeValue`). -1 and 0 stand for never.
fn time(text: &str) -> Result<Interval, Exception> {
    let refused = |why: String| Exception::illegal_argument(why);
    let lower = text.trim().to_ascii_lowercase();
    let never = Interval { text: text.to_owned(), every: None };
    if lower == "-1" || lower == "0" {
        return Ok(never);
    }
    let digits = lower.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.')).count();
    let (number, unit) = lower.split_at(digits);
    let micros = match unit.trim() {
        "nanos" | "micros" => 1,
        "ms" => 1_000,
        "s" => 1_000_000,
        "m" => 60_000_000,
        "h" => 3_600_000_000,
        "d" => 86_400_000_000_u64,
        _ => {
            let why = "as a time value: unit is missing or unrecognized";
            return Err(refused(format!("failed to parse setting [index.refresh_interval] with value [{text}] {why}")));
        }
    };
    if number.contains('.') {
        return Err(refused(format!("failed to parse [{text}], fractional time values are not supported")));
    }
    let number: i64 = number.parse().map_err(|_| refused(format!("failed to parse [{text}]")))?;
    let Ok(number) = u64::try_from(number) else {
        return Err(refused(format!("failed to parse value [{text}] for setting [index.refresh_interval], must be >= [-1ms]")));
    };
    let every = Span::from_micros(number.saturating_mul(micros));
    if every == Span::ZERO {
        return Ok(never);
    }
    if every < INTERVAL_LEAST {
        return Err(Exception::not_simulated("a refresh interval of less than 100ms"));
    }
    Ok(Interval { text: text.to_owned(), every: Some(every) })
}

impl Server<'_> {
    /// The settings of an index, nested as the answer has them.
    pub fn settings_of(&self, name: &str, view: View<'_>) -> Json {
        self.some_settings(name, view, |_| true)
    }

    fn some_settings(&self, name: &str, view: View<'_>, is_wanted: impl Fn(&str) -> bool) -> Json {
        let created = self.setting.configuration.epoch_ms.millis_at(view.created());
        let default = self.store.default_interval();
        let interval = match &view.by_hand().interval {
            Some(interval) => Some(interval.text.clone()),
            // The model's configuration has set another.
            None => (default != INTERVAL_DEFAULT).then(|| format!("{}ms", default.millis())),
        };
        let mut index = Json::object([]);
        let mut put = |name: &str, value: Json| {
            if is_wanted(&format!("index.{name}")) {
                index.put(name, value);
            }
        };
        if let Some(interval) = interval {
            put("refresh_interval", interval.into());
        }
        put("creation_date", created.to_string().into());
        put("number_of_shards", SHARDS.to_string().into());
        put("number_of_replicas", "1".into());
        put("uuid", self.uuid(name).into());
        if is_wanted("index.version.created") {
            index.put("version", Json::object([("created", "6070299".into())]));
        }
        if is_wanted("index.provided_name") {
            index.put("provided_name", name);
        }
        Json::object([("index", index)])
    }

    /// `GET /{index}/_settings/{name}` (`RestGetSettingsAction.java`).
    pub fn settings(&self, call: &Call<'_>, index: &str, name: Option<&str>) -> Result<Json, Failure> {
        let mut json = Json::object([]);
        for index in self.indexes(call, index)? {
            let Some(view) = self.store.view(&index) else { continue };
            let is_wanted =
                |setting: &str| name.is_none_or(|name| name.split(',').any(|name| matches!(name, "_all" | "*") || wildcard(name, setting)));
            let settings = self.some_settings(&index, view, is_wanted);
            let is_empty = settings == Json::object([("index", Json::object([]))]);
            if !is_empty {
                json.put(&index, Json::object([("settings", settings)]));
            }
        }
        Ok(json)
    }

    /// `PUT /{index}/_settings` (`RestUpdateSettingsAction.java`).
    pub fn put_settings(&mut self, call: &Call<'_>, index: &str) -> Result<Json, Failure> {
        let Some(body) = call.json()? else {
            return Err(Exception::new(StatusCode::BAD_REQUEST, "parse_exception", "request body is required").into());
        };
        let names = self.indexes(call, index)?;
        let indexes: Vec<(String, String)> = names.into_iter().map(|name| (name.clone(), self.uuid(&name))).collect();
        let Some(interval) = read(&body.value, &indexes)? else {
            let reason = "Validation Failed: 1: no settings to update;";
            return Err(Exception::new(StatusCode::BAD_REQUEST, "action_request_validation_exception", reason).into());
        };
        for (name, _) in indexes {
            self.store.set_interval(&name, interval.clone(), self.now, self.effects);
        }
        Ok(Json::object([("acknowledged", true.into())]))
    }
}

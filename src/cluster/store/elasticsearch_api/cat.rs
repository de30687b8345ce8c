//! `_cat`: tables for people (`rest/action/cat/RestTable.java`).

use super::cluster::{CLUSTER_NAME, status};
use super::failure::{Exception, Failure};
use super::json::Json;
use super::mapping::source_bytes;
use super::request::Call;
use super::search::SHARDS;
use super::{Answer, Body, Server, analysis, documents, indices};
use crate::order;
use crate::time::Calendar;
use ::http::StatusCode;

pub const PARAMETERS: &[&str] = &["v", "h", "s", "local", "master_timeout", "bytes", "health", "ts", "expand_wildcards"];
pub const NOT_SIMULATED: &[&str] = &["help", "pri", "size", "time", "full_id", "include_unloaded_segments"];

/// What an empty shard takes on disk, in bytes.
const SHARD_BYTES: u64 = 230;

/// A column: its name, the other names that `h` may call it by, whether it is right-aligned, and whether it is there unasked.
struct Column {
    name: &'static str,
    aliases: &'static str,
    right: bool,
    is_default: bool,
}

const fn left(name: &'static str, aliases: &'static str) -> Column {
    Column { name, aliases, right: false, is_default: true }
}

const fn right(name: &'static str, aliases: &'static str) -> Column {
    Column { name, aliases, right: true, is_default: true }
}

const fn on_demand(name: &'static str, aliases: &'static str) -> Column {
    Column { name, aliases, right: true, is_default: false }
}

/// (`RestIndicesAction.java`, without the statistics that there are on demand.)
const INDICES: &[Column] = &[
    left("health", "h"),
    left("status", "s"),
    left("index", "i,idx"),
    left("uuid", "id"),
    right("pri", "p,shards.primary,shardsPrimary"),
    right("rep", "r,shards.replica,shardsReplica"),
    right("docs.count", "dc,docsCount"),
    right("docs.deleted", "dd,docsDeleted"),
    on_demand("creation.date", "cd"),
    on_demand("creation.date.string", "cds"),
    right("store.size", "ss,storeSize"),
    right("pri.store.size", ""),
];

/// (`RestHealthAction.java`.)
const HEALTH: &[Column] = &[
    left("epoch", "t,time"),
    left("timestamp", "ts,hms,hhmmss"),
    left("cluster", "cl"),
    left("status", "st"),
    right("node.total", "nt,nodeTotal"),
    right("node.data", "nd,nodeData"),
    right("shards", "t,sh,shards.total,shardsTotal"),
    right("pri", "p,shards.primary,shardsPrimary"),
    right("relo", "r,shards.relocating,shardsRelocating"),
    right("init", "i,shards.initializing,shardsInitializing"),
    right("unassign", "u,shards.unassigned,shardsUnassigned"),
    right("pending_tasks", "pt,pendingTasks"),
    right("max_task_wait_time", "mtwt,maxTaskWaitTime"),
    right("active_shards_percent", "asp,activeShardsPercent"),
];

/// (`RestCountAction.java` of `cat`.)
const COUNT: &[Column] = &[left("epoch", "t,time"), left("timestamp", "ts,hms,hhmmss"), left("count", "dc,docs.count,docsCount")];

/// `GET /_cat`, for those that there are here.
pub fn help() -> String {
    "=^.^=\n/_cat/count\n/_cat/count/{index}\n/_cat/health\n/_cat/indices\n/_cat/indices/{index}\n".to_owned()
}

/// Bytes in the greatest unit that they fill, with one digit behind the point that is cut and not rounded (`ByteSizeValue.java`).
fn size(bytes: u64) -> String {
    let (mut unit, mut length) = ("b", 1);
    for (name, bytes_of) in [("kb", 1 << 10), ("mb", 1 << 20), ("gb", 1_u64 << 30)] {
        if bytes >= bytes_of {
            (unit, length) = (name, bytes_of);
        }
    }
    match (bytes / length, bytes % length * 10 / length) {
        (whole, 0) => format!("{whole}{unit}"),
        (whole, tenth) => format!("{whole}.{tenth}{unit}"),
    }
}

/// The columns that are wanted, under the names that they were asked for by.
fn wanted<'a>(columns: &'a [Column], asked: Option<&str>) -> Vec<(String, usize, &'a Column)> {
    let numbered = || columns.iter().enumerate();
    let Some(asked) = asked else {
        let all = numbered().filter(|(_, column)| column.is_default);
        return all.map(|(place, column)| (column.name.to_owned(), place, column)).collect();
    };
    let mut found = Vec::new();
    for name in asked.split(',').filter(|name| !name.is_empty()) {
        if name.contains('*') {
            let alike = numbered().filter(|(_, column)| analysis::wildcard(name, column.name));
            found.extend(alike.map(|(place, column)| (column.name.to_owned(), place, column)));
        } else {
            let is_it = |column: &Column| column.name == name || column.aliases.split(',').any(|alias| alias == name);
            found.extend(numbered().find(|(_, column)| is_it(column)).map(|(place, column)| (name.to_owned(), place, column)));
        }
    }
    found
}

/// Orders rows by `s=column:desc,…`.
fn put_in_order(columns: &[Column], rows: &mut Vec<Vec<String>>, by: &str) -> Result<(), Exception> {
    for key in by.split(',').rev().filter(|key| !key.is_empty()) {
        let (name, descending) = match key.rsplit_once(':') {
            Some((name, "desc")) => (name, true),
            Some((name, "asc")) => (name, false),
            _ => (key, false),
        };
        let found = wanted(columns, Some(name));
        let Some((_, place, _)) = found.first() else {
            return Err(Exception::new(
                StatusCode::NOT_IMPLEMENTED,
                "unsupported_operation_exception",
                format!("Unable to sort by unknown sort key `{name}`"),
            ));
        };
        let cell = |row: &Vec<String>| row.get(*place).cloned().unwrap_or_default();
        order::sort_by(rows, |one, other| {
            let (one, other) = (cell(one), cell(other));
            let ordered = match (one.parse::<u64>(), other.parse::<u64>()) {
                (Ok(one), Ok(other)) => one.cmp(&other),
                _ => one.cmp(&other),
            };
            if descending { ordered.reverse() } else { ordered }
        });
    }
    Ok(())
}

/// Rows with a cell for each column, as what the request wants.
fn table(call: &Call<'_>, columns: &[Column], mut rows: Vec<Vec<String>>) -> Result<Answer, Failure> {
    if let Some(by) = call.parameter("s") {
        put_in_order(columns, &mut rows, by)?;
    }
    let wanted = wanted(columns, call.parameter("h"));
    let cell = |row: &Vec<String>, place: usize| row.get(place).cloned().unwrap_or_default();
    match call.parameter("format").or(call.accept).unwrap_or("") {
        "json" | "application/json" => {
            let json =
                |row: &Vec<String>| Json::Object(wanted.iter().map(|(name, place, _)| (name.clone(), cell(row, *place).into())).collect());
            return Ok(Json::List(rows.iter().map(json).collect()).into());
        }
        format @ ("yaml" | "cbor" | "smile" | "application/yaml" | "application/cbor" | "application/smile") => {
            return Err(Exception::not_simulated(&format!("tables as [{format}]")).into());
        }
        _ => {}
    }
    let verbose = call.flag("v", false)?;
    let header: Vec<String> = wanted.iter().map(|(name, _, _)| name.clone()).collect();
    let mut lines: Vec<Vec<String>> = if verbose { vec![header] } else { Vec::new() };
    lines.extend(rows.iter().map(|row| wanted.iter().map(|(_, place, _)| cell(row, *place)).collect()));
    let mut text = String::new();
    for line in &lines {
        for (place, ((_, _, column), cell)) in wanted.iter().zip(line).enumerate() {
            let width = lines.iter().filter_map(|line| line.get(place)).map(|cell| cell.chars().count()).max().unwrap_or(0);
            let is_last = place + 1 == wanted.len();
            match (column.right, is_last) {
                (true, _) => text.push_str(&format!("{cell:>width$}")),
                (false, true) => text.push_str(cell),
                (false, false) => text.push_str(&format!("{cell:<width$}")),
            }
            if !is_last {
                text.push(' ');
            }
        }
        text.push('\n');
    }
    Ok(Answer::new(StatusCode::OK, Body::Text(text)))
}

impl Server<'_> {
    fn named(&self, call: &Call<'_>, index: &str) -> Result<Vec<String>, Exception> {
        indices::resolve(&self.store.index_names(), index, indices::Options::read(call)?)
    }

    /// `GET /_cat/indices/{index}`. The real one lists indexes in no order; here they are in that of their names.
    ///
    /// `docs.count` is what searches see. The real one counts by the reader of gets, which a real-time get of a fresh document moves on in
    /// its shard (`IndexShard.docStats`). Deleted documents are merged away at once, and sizes are those of the sources.
    pub fn cat_indices(&self, call: &Call<'_>, index: &str) -> Result<Answer, Failure> {
        if let Some(health) = call.parameter("health").filter(|health| !matches!(*health, "green" | "yellow" | "red")) {
            return Err(Exception::illegal_argument(format!("unknown cluster health status [{health}]")).into());
        }
        let bytes = match call.parameter("bytes") {
            None => size,
            Some("b") => |bytes: u64| bytes.to_string(),
            Some(unit) => return Err(Exception::not_simulated(&format!("sizes in the unit [{unit}]")).into()),
        };
        let mut rows = Vec::new();
        for name in self.named(call, index)? {
            let Some(view) = self.store.view(&name).filter(|_| call.parameter("health").is_none_or(|health| health == "yellow")) else {
                continue;
            };
            let created = self.setting.configuration.epoch_ms.millis_at(view.created());
            let stored = bytes(SHARDS * SHARD_BYTES + source_bytes(view, self.library));
            let searchable = documents::count(view).to_string();
            rows.push(vec![
                "yellow".to_owned(),
                "open".to_owned(),
                name.clone(),
                self.uuid(&name),
                SHARDS.to_string(),
                "1".to_owned(),
                searchable,
                "0".to_owned(),
                created.to_string(),
                joda(created),
                stored.clone(),
                stored,
            ]);
        }
        table(call, INDICES, rows)
    }

    /// Seconds since 1970 and the time of day, which two tables begin with.
    fn clock(&self) -> [String; 2] {
        let now = self.now_millis();
        let time = Calendar::from_epoch_millis(now).date_time();
        [(now / 1_000).to_string(), time.split(' ').next_back().unwrap_or("").to_owned()]
    }

    /// `GET /_cat/health`.
    pub fn cat_health(&self, call: &Call<'_>) -> Result<Answer, Failure> {
        let indexes = self.store.index_names().len();
        let shards = (indexes as u64 * SHARDS).to_string();
        let mut row: Vec<String> = self.clock().into();
        let percent = if indexes == 0 { "100.0%" } else { "50.0%" };
        let rest = [CLUSTER_NAME, status(indexes), "1", "1", &shards, &shards, "0", "0", &shards, "0", "-", percent];
        row.extend(rest.map(str::to_owned));
        if call.flag("ts", true)? {
            return table(call, HEALTH, vec![row]);
        }
        table(call, HEALTH.get(2..).unwrap_or(HEALTH), vec![row.split_off(2)])
    }

    /// `GET /_cat/count/{index}`: what a search for everything would find.
    pub fn cat_count(&self, call: &Call<'_>, index: &str) -> Result<Answer, Failure> {
        let names = self.named(call, index)?;
        let total: usize = names.iter().filter_map(|name| self.store.view(name)).map(documents::count).sum();
        let mut row: Vec<String> = self.clock().into();
        row.push(total.to_string());
        table(call, COUNT, vec![row])
    }
}

/// `2024-12-26T08:00:00.000Z`: Joda writes the milliseconds even if they are none.
fn joda(millis: u64) -> String {
    let Calendar { year, month, day, hour, minute, second, milli } = Calendar::from_epoch_millis(millis);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_cut_to_one_digit() {
        let sizes = [0, 230, 1_023, 1_024, 1_150, 1_996, 2_048, 1_048_576, 1_700_000].map(size);
        assert_eq!(sizes, ["0b", "230b", "1023b", "1kb", "1.1kb", "1.9kb", "2kb", "1mb", "1.6mb"]);
    }
}

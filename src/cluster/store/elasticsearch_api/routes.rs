//! Which request is which: the handlers of 6.7 by method and path (`RestController.java`; each `Rest…Action.java` registers its own).

use super::failure::{Exception, Failure};
use ::http::StatusCode;

/// What a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint<'a> {
    Root,
    CatHelp,
    CatIndices(&'a str),
    CatHealth,
    CatCount(&'a str),
    ClusterHealth(&'a str),
    IndexExists(&'a str),
    IndexInfo(&'a str),
    CreateIndex(&'a str),
    DeleteIndex(&'a str),
    Mapping {
        index: &'a str,
        kind: Option<&'a str>,
    },
    Settings {
        index: &'a str,
        name: Option<&'a str>,
    },
    PutSettings(&'a str),
    Refresh(&'a str),
    Search {
        index: &'a str,
        kind: Option<&'a str>,
    },
    Count {
        index: &'a str,
        kind: Option<&'a str>,
    },
    DeleteByQuery {
        index: &'a str,
        kind: Option<&'a str>,
    },
    Bulk {
        index: Option<&'a str>,
        kind: Option<&'a str>,
    },
    Get(Address<'a>),
    GetSource(Address<'a>),
    Put(Address<'a>),
    Create(Address<'a>),
    Add {
        index: &'a str,
        kind: &'a str,
    },
    Delete(Address<'a>),
    /// The real Elasticsearch has it.
    NotSimulated(&'a str),
}

/// Where a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address<'a> {
    pub index: &'a str,
    pub kind: &'a str,
    pub id: &'a str,
}

/// The methods that the handlers of a path may be registered for, in the order in which refusals list them. The real list is a set in no
/// order.
const METHODS: [&str; 5] = ["GET", "HEAD", "POST", "PUT", "DELETE"];
/// Those that are known and that no handler is registered for.
const OTHER_METHODS: [&str; 4] = ["OPTIONS", "PATCH", "TRACE", "CONNECT"];

/// First parts of paths that 6.7 serves besides.
const ROOTS: &[&str] = &[
    "_alias",
    "_aliases",
    "_analyze",
    "_cache",
    "_cat",
    "_cluster",
    "_field_caps",
    "_flush",
    "_forcemerge",
    "_ingest",
    "_license",
    "_mget",
    "_migration",
    "_ml",
    "_msearch",
    "_nodes",
    "_rank_eval",
    "_recovery",
    "_reindex",
    "_remote",
    "_render",
    "_scripts",
    "_search",
    "_segments",
    "_shard_stores",
    "_snapshot",
    "_stats",
    "_tasks",
    "_template",
    "_upgrade",
    "_validate",
    "_xpack",
    "_ilm",
    "_ccr",
    "_sql",
    "_security",
    "_ssl",
    "_rollup",
    "_watcher",
];
/// Later parts that 6.7 serves below an index, a type or a document.
const PARTS: &[&str] = &[
    "_alias",
    "_aliases",
    "_analyze",
    "_cache",
    "_close",
    "_explain",
    "_field_caps",
    "_flush",
    "_forcemerge",
    "_mget",
    "_msearch",
    "_open",
    "_percolate",
    "_rank_eval",
    "_recovery",
    "_rollover",
    "_search_shards",
    "_segments",
    "_shard_stores",
    "_shrink",
    "_split",
    "_stats",
    "_termvectors",
    "_update",
    "_update_by_query",
    "_upgrade",
    "_validate",
    "_warmer",
    "_mtermvectors",
];

/// What a request of this method to this path is, or why it is nothing.
pub fn route<'a>(method: &str, uri: &str, parts: &'a [&'a str]) -> Result<Endpoint<'a>, Failure> {
    let found = if METHODS.contains(&method) { endpoint(method, parts) } else { None };
    if let Some(endpoint) = found {
        return Ok(endpoint);
    }
    let allow: Vec<&'static str> = METHODS.into_iter().filter(|method| endpoint(method, parts).is_some()).collect();
    let status = StatusCode::METHOD_NOT_ALLOWED;
    let listed = || format!(", allowed: [{}]", allow.join(", "));
    if method == "OPTIONS" {
        return Err(Failure::Simple { status: StatusCode::OK, text: String::new(), allow });
    }
    if !METHODS.contains(&method) && !OTHER_METHODS.contains(&method) {
        let allowed = if allow.is_empty() { String::new() } else { listed() };
        return Err(Failure::Simple { status, text: format!("Unexpected http method: {method}{allowed}"), allow });
    }
    if allow.is_empty() {
        return Err(Failure::NoHandler(format!("no handler found for uri [{uri}] and method [{method}]")));
    }
    Err(Failure::Simple { status, text: format!("Incorrect HTTP method for uri [{uri}] and method [{method}]{}", listed()), allow })
}

fn endpoint<'a>(method: &str, parts: &'a [&'a str]) -> Option<Endpoint<'a>> {
    let found = match parts {
        [] => matches!(method, "GET" | "HEAD").then_some(Endpoint::Root),
        ["_cat", rest @ ..] => cat(method, rest),
        ["_cluster", "health"] => get(method, Endpoint::ClusterHealth("")),
        ["_cluster", "health", index] => get(method, Endpoint::ClusterHealth(index)),
        ["_mapping" | "_mappings"] => mapping(method, "", None),
        ["_mapping" | "_mappings", kind] | [_, "_mapping" | "_mappings", kind] | [_, kind, "_mapping" | "_mappings"] => {
            mapping(method, if parts.len() == 3 { parts.first()? } else { "" }, Some(kind))
        }
        [index, "_mapping" | "_mappings"] => mapping(method, index, None),
        ["_settings"] => settings(method, "", None),
        ["_settings", name] => get(method, Endpoint::Settings { index: "", name: Some(name) }),
        [index, "_settings"] => settings(method, index, None),
        [index, "_settings", name] => get(method, Endpoint::Settings { index, name: Some(name) }),
        ["_refresh"] => either(method, Endpoint::Refresh("")),
        [index, "_refresh"] => either(method, Endpoint::Refresh(index)),
        ["_search"] => either(method, Endpoint::Search { index: "", kind: None }),
        [index, "_search"] => either(method, Endpoint::Search { index, kind: None }),
        [index, kind, "_search"] => either(method, Endpoint::Search { index, kind: Some(kind) }),
        ["_count"] => either(method, Endpoint::Count { index: "", kind: None }),
        [index, "_count"] => either(method, Endpoint::Count { index, kind: None }),
        [index, kind, "_count"] => either(method, Endpoint::Count { index, kind: Some(kind) }),
        [index, "_delete_by_query"] => (method == "POST").then_some(Endpoint::DeleteByQuery { index, kind: None }),
        [index, kind, "_delete_by_query"] => (method == "POST").then_some(Endpoint::DeleteByQuery { index, kind: Some(kind) }),
        ["_bulk"] => write(method, Endpoint::Bulk { index: None, kind: None }),
        [index, "_bulk"] => write(method, Endpoint::Bulk { index: Some(index), kind: None }),
        [index, kind, "_bulk"] => write(method, Endpoint::Bulk { index: Some(index), kind: Some(kind) }),
        _ => return other(method, parts),
    };
    found.or_else(|| other(method, parts))
}

/// The paths whose parts may be anything.
fn other<'a>(method: &str, parts: &'a [&'a str]) -> Option<Endpoint<'a>> {
    let first = parts.first()?;
    let elsewhere = parts.iter().skip(1).find(|part| PARTS.contains(part));
    let is_more = parts.len() > 1 || !SIMULATED.contains(first);
    if let Some(part) = ROOTS.contains(first).then_some(first).or(elsewhere).filter(|_| is_more && *first != "_cat") {
        return Some(Endpoint::NotSimulated(part));
    }
    if SIMULATED.contains(first) || parts.iter().skip(1).any(|part| SIMULATED.contains(part)) {
        return None;
    }
    match (method, parts) {
        ("GET", [index]) => Some(Endpoint::IndexInfo(index)),
        ("HEAD", [index]) => Some(Endpoint::IndexExists(index)),
        ("PUT", [index]) => Some(Endpoint::CreateIndex(index)),
        ("DELETE", [index]) => Some(Endpoint::DeleteIndex(index)),
        ("POST", [index, kind]) => Some(Endpoint::Add { index, kind }),
        (_, [index, kind, id]) => {
            let address = Address { index, kind, id };
            match method {
                "GET" | "HEAD" => Some(Endpoint::Get(address)),
                "PUT" | "POST" => Some(Endpoint::Put(address)),
                _ => Some(Endpoint::Delete(address)),
            }
        }
        ("GET" | "HEAD", [index, kind, id, "_source"]) => Some(Endpoint::GetSource(Address { index, kind, id })),
        ("PUT" | "POST", [index, kind, id, "_create"]) => Some(Endpoint::Create(Address { index, kind, id })),
        _ => None,
    }
}

/// Names that are simulated, and so neither an index nor a document.
const SIMULATED: &[&str] = &["_mapping", "_mappings", "_settings", "_refresh", "_search", "_count", "_delete_by_query", "_bulk", "_cat"];

fn get<'a>(method: &str, endpoint: Endpoint<'a>) -> Option<Endpoint<'a>> {
    (method == "GET").then_some(endpoint)
}

fn either<'a>(method: &str, endpoint: Endpoint<'a>) -> Option<Endpoint<'a>> {
    matches!(method, "GET" | "POST").then_some(endpoint)
}

fn write<'a>(method: &str, endpoint: Endpoint<'a>) -> Option<Endpoint<'a>> {
    matches!(method, "POST" | "PUT").then_some(endpoint)
}

fn mapping<'a>(method: &str, index: &'a str, kind: Option<&'a str>) -> Option<Endpoint<'a>> {
    match method {
        "GET" => Some(Endpoint::Mapping { index, kind }),
        "PUT" | "POST" | "HEAD" => Some(Endpoint::NotSimulated("_mapping")),
        _ => None,
    }
}

fn settings<'a>(method: &str, index: &'a str, name: Option<&'a str>) -> Option<Endpoint<'a>> {
    match method {
        "GET" => Some(Endpoint::Settings { index, name }),
        "PUT" => Some(Endpoint::PutSettings(index)),
        _ => None,
    }
}

fn cat<'a>(method: &str, parts: &'a [&'a str]) -> Option<Endpoint<'a>> {
    let endpoint = match parts {
        [] => Endpoint::CatHelp,
        ["indices"] => Endpoint::CatIndices(""),
        ["indices", index] => Endpoint::CatIndices(index),
        ["health"] => Endpoint::CatHealth,
        ["count"] => Endpoint::CatCount(""),
        ["count", index] => Endpoint::CatCount(index),
        [name, ..] => Endpoint::NotSimulated(name),
    };
    get(method, endpoint)
}

/// The refusal of what the real one has.
pub fn not_simulated(part: &str, path: &str) -> Failure {
    Exception::not_simulated(&format!("[{part}] of [{path}]")).into()
}

//! OpenWhisk's own requests through the API come to what the store's own methods give.

use super::*;
use crate::cluster::store::{IndexMissing, ListQuery, NameFilter, StartRange};
use serde_json::json;

/// The bodies that its client writes (elastic4s 6.7.8 for `ElasticSearchActivationStore.scala:193-460`).
fn list_body(phrase: (&str, &str), skip: u32, limit: u32) -> String {
    json!({
        "from": skip, "size": limit,
        "query": { "bool": { "must": [
            { "match_phrase": { phrase.0: { "query": phrase.1 } } }, { "range": { "start": { "gte": 0, "lte": 4_888_800_000_000_u64 } } },
        ] } },
        "sort": [{ "start": { "order": "desc" } }],
    })
    .to_string()
}

#[test]
fn its_get_is_a_search_that_misses_what_is_not_refreshed() {
    let mut site = Site::new();
    for is_refreshed in [false, true] {
        if !is_refreshed {
            let record = site.record(HELLO);
            site.write(&[record]);
        } else {
            site.refresh_all();
        }
        for number in [HELLO, PAIR] {
            let body = json!({ "query": { "term": { "_id": { "value": id(number) } } } }).to_string();
            let (status, answer) = site.json("POST", "/openwhisk-guest/_search", &body);
            let own = site.store.get(NamespaceId(0), ActivationId(number)).unwrap();
            assert_eq!((status, numbers(&answer)), (200, own.iter().map(|record| record.id.0).collect::<Vec<u128>>()));
            assert_eq!(own.is_some(), is_refreshed && number == HELLO);
        }
    }
    // Of a namespace that never ran anything there is no index.
    let (status, _) = site.json("POST", "/openwhisk-team/_search", r#"{"query":{"term":{"_id":{"value":"x"}}}}"#);
    assert_eq!((status, site.store.get(NamespaceId(1), ActivationId(1))), (404, Err(IndexMissing)));
}

#[test]
fn its_lists_and_counts_are_the_stores() {
    let mut site = Site::full();
    let late = Record { id: ActivationId(99), start_ms: EPOCH + 60_000, ..site.record(HELLO) };
    site.write(&[late]);
    let names: Vec<Option<u16>> = std::iter::once(None).chain((0..site.names.len() as u16).map(Some)).collect();
    let mut rows_seen = 0;
    for (number, namespace) in ["guest", "team"].into_iter().enumerate() {
        for name in &names {
            for (skip, limit) in [(0, 30), (1, 2), (3, 200), (0, 0)] {
                let name_filter = name.map(NameFilter);
                let query = ListQuery { namespace: NamespaceId(number as u16), name: name_filter, skip, limit, range: StartRange::ALL };
                let (own, count) = site.with(|store, setting, _, _| (store.list(setting, query), store.count(setting, query)));
                let own: Vec<u128> = own.unwrap().0.iter().map(|row| row.record.id.0).collect();
                rows_seen += own.len();
                let path = name.map(|name| format!("{namespace}/{}", site.names[usize::from(name)]));
                let phrase = path.as_deref().map_or(("namespace", namespace), |path| ("path", path));
                let target = format!("/openwhisk-{namespace}/_search");
                let (status, answer) = site.json("POST", &target, &list_body(phrase, skip, limit));
                assert_eq!((status, numbers(&answer)), (200, own), "{phrase:?} {skip} {limit}");
                let body: Value = serde_json::from_str(&list_body(phrase, skip, limit)).unwrap();
                let body = json!({ "query": body["query"] }).to_string();
                let (_, answer) = site.json("GET", &format!("/openwhisk-{namespace}/_count"), &body);
                assert_eq!(answer["count"].as_u64().unwrap().saturating_sub(skip.into()), count.unwrap(), "{phrase:?}");
            }
        }
    }
    assert!(rows_seen > 25, "{rows_seen}");
}

#[test]
fn a_range_of_time_is_both_ends_inclusive() {
    let mut site = Site::full();
    let range = format!(r#"{{"range":{{"start":{{"gte":{},"lte":{}}}}}}}"#, EPOCH + 2_000, EPOCH + 4_000);
    assert_eq!(site.found(&range), [FAILED, WORLD, COMPONENT]);
}

#[test]
fn its_delete_takes_what_a_search_finds() {
    let mut site = Site::full();
    let body = json!({ "query": { "term": { "_id": { "value": id(PAIR) } } } }).to_string();
    let (status, answer) = site.json("POST", "/openwhisk-guest/_doc/_delete_by_query", &body);
    assert_eq!((status, &answer["deleted"], &answer["total"]), (200, &json!(1), &json!(1)));
    // It is gone for gets at once, for searches after the next refresh, and for OpenWhisk with those.
    assert_eq!(site.text("GET", &format!("/openwhisk-guest/_doc/{}", path_id(PAIR)), "").0, 404);
    assert!(site.store.get(NamespaceId(0), ActivationId(PAIR)).unwrap().is_some());
    site.refresh_all();
    assert!(site.store.get(NamespaceId(0), ActivationId(PAIR)).unwrap().is_none());
    let (_, answer) = site.json("POST", "/openwhisk-guest/_doc/_delete_by_query", &body);
    assert_eq!(answer["deleted"], 0);
}

#[test]
fn its_bulk_is_taken() {
    let mut site = Site::new();
    let body =
        format!("{{\"index\":{{\"_index\":\"openwhisk-guest\",\"_type\":\"_doc\",\"_id\":\"{}\"}}}}\n{{\"name\":\"hello\"}}\n", id(HELLO));
    let (status, answer) = site.json("POST", "/_bulk", &body);
    assert_eq!((status, &answer["errors"], &answer["items"][0]["index"]["status"]), (200, &json!(false), &json!(201)));
}

//! Documents by id, and what a search sees of them.

use super::*;
use serde_json::json;

#[test]
fn a_get_is_real_time_and_a_search_is_not() {
    let mut site = Site::new();
    let record = site.record(HELLO);
    site.write(&[record]);
    let target = format!("/openwhisk-guest/_doc/{}", path_id(HELLO));
    let (status, answer) = site.json("GET", &target, "");
    assert_eq!(status, 200);
    assert_eq!(
        (&answer["_index"], &answer["_type"], &answer["_id"], &answer["_version"], &answer["_seq_no"], &answer["found"]),
        (&json!("openwhisk-guest"), &json!("_doc"), &json!(id(HELLO)), &json!(1), &json!(0), &json!(true))
    );
    assert_eq!(answer["_source"]["path"], "guest/hello");
    // The get has refreshed the reader of gets alone (`SearcherScope.INTERNAL`).
    assert_eq!(site.found(r#"{"match_all":{}}"#), []);
    assert_eq!(site.text("GET", &format!("{target}?realtime=false"), "").0, 404);
    assert_eq!(site.text("HEAD", &target, ""), (200, String::new()));
    let (status, source) = site.json("GET", &format!("{target}/_source?_source_includes=name"), "");
    assert_eq!((status, source), (200, json!({ "name": "hello" })));
    site.refresh_all();
    assert_eq!(site.found(r#"{"match_all":{}}"#), [HELLO]);
    assert_eq!(site.text("GET", &format!("{target}?realtime=false"), "").0, 200);
}

#[test]
fn what_is_not_there_is_not_found() {
    let mut site = Site::full();
    let missing = json!({ "_index": "openwhisk-guest", "_type": "_doc", "_id": "guest/x", "found": false });
    assert_eq!(site.json("GET", "/openwhisk-guest/_doc/guest%2Fx", ""), (404, missing));
    assert_eq!(site.text("HEAD", "/openwhisk-guest/_doc/guest%2Fx", ""), (404, String::new()));
    assert_eq!(site.text("GET", "/openwhisk-guest/_doc/guest%2Fx/_source", ""), (404, String::new()));
    // The record of another namespace is not in this index.
    assert_eq!(site.text("GET", "/openwhisk-guest/_doc/team%2F00000000000000000000000000000009", "").0, 404);
    assert_eq!(site.text("GET", "/openwhisk-team/_doc/team%2F00000000000000000000000000000009", "").0, 200);
    // A type that the index does not have.
    assert_eq!(site.text("GET", &format!("/openwhisk-guest/thing/{}", path_id(HELLO)), "").0, 404);
    assert_eq!(site.text("GET", &format!("/openwhisk-guest/_all/{}", path_id(HELLO)), "").0, 200);
    let (status, answer) = site.json("GET", &format!("/openwhisk-guest/_doc/{}?version=3", path_id(HELLO)), "");
    assert_eq!(status, 409);
    let reason = format!("[_doc][{}]: version conflict, current version [1] is different than the one provided [3]", id(HELLO));
    assert_eq!(answer["error"]["reason"], reason);
}

#[test]
fn a_head_has_the_headers_of_a_get() {
    let mut site = Site::full();
    let target = format!("/openwhisk-guest/_doc/{}", path_id(HELLO));
    let (get, head) = (site.send("GET", &target, "", None), site.send("HEAD", &target, "", None));
    assert_eq!(get.headers(), head.headers());
    assert_eq!(get.headers()["content-length"].to_str().unwrap(), get.body().len().to_string());
    assert_eq!(get.headers()["content-type"], "application/json; charset=UTF-8");
    assert!(!get.body().is_empty() && head.body().is_empty());
}

#[test]
fn answers_are_pretty_and_cut_down_on_demand() {
    let mut site = Site::full();
    let (_, text) = site.text("GET", "/openwhisk-guest/_count?pretty", "");
    let expected = "{\n  \"count\" : 8,\n  \"_shards\" : {\n    \"total\" : 5,\n    \"successful\" : 5,\n    \"skipped\" : 0,\n    \"failed\" : 0\n  }\n}\n";
    assert_eq!(text, expected);
    assert_eq!(site.text("GET", "/openwhisk-guest/_count?filter_path=count", "").1, r#"{"count":8}"#);
    // What went wrong is not cut down.
    assert!(site.text("GET", "/nothing/_count?filter_path=count", "").1.contains("index_not_found_exception"));
    assert!(site.text("GET", "/", "").1.starts_with("{\n  \"name\" : \"elasticsearch0\",\n  \"cluster_name\" : \"openwhisk\""));
    assert!(site.text("GET", "/?pretty=false", "").1.starts_with("{\"name\""));
}

#[test]
fn the_whole_of_a_search_is_as_6_7_writes_it() {
    let mut site = Site::full();
    let (_, text) = site.text("GET", "/openwhisk-team/_search?_source=name", "");
    assert_eq!(
        text,
        r#"{"took":1,"timed_out":false,"_shards":{"total":5,"successful":5,"skipped":0,"failed":0},"hits":{"total":1,"max_score":1.0,"hits":[{"_index":"openwhisk-team","_type":"_doc","_id":"team/00000000000000000000000000000009","_score":1.0,"_source":{"name":"hello"}}]}}"#
    );
    let (_, text) = Site::new().text("GET", "/_search", "");
    assert_eq!(
        text,
        r#"{"took":1,"timed_out":false,"_shards":{"total":0,"successful":0,"skipped":0,"failed":0},"hits":{"total":0,"max_score":0.0,"hits":[]}}"#
    );
}

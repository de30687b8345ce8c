//! Documents written and deleted by clients, alone and in bulks.

use super::*;
use crate::cluster::place::StoreKind;
use crate::cluster::step::StepKind;
use crate::cluster::store::Visibility;
use serde_json::json;

#[test]
fn a_document_is_written_again_deleted_and_written_anew() {
    let mut site = Site::new();
    let shards = json!({ "total": 2, "successful": 1, "failed": 0 });
    let answer = |version: u64, result: &str, sequence: u64| {
        json!({ "_index": "books", "_type": "book", "_id": "a/b", "_version": version, "result": result, "_shards": shards, "_seq_no": sequence,
            "_primary_term": 1 })
    };
    let response = site.send("PUT", "/books/book/a%2Fb", r#"{"title":"One"}"#, Some("application/json"));
    assert_eq!((response.status().as_u16(), &response.headers()["location"]), (201, &"/books/book/a%2Fb".parse().unwrap()));
    assert_eq!(serde_json::from_slice::<Value>(response.body()).unwrap(), answer(1, "created", 0));
    assert_eq!(site.json("POST", "/books/book/a%2Fb", r#"{"title":"Two"}"#), (200, answer(2, "updated", 1)));
    assert_eq!(site.json("GET", "/books/book/a%2Fb", "").1["_source"]["title"], "Two");
    assert_eq!(site.json("DELETE", "/books/book/a%2Fb", ""), (200, answer(3, "deleted", 2)));
    assert_eq!(site.json("DELETE", "/books/book/a%2Fb", ""), (404, answer(4, "not_found", 3)));
    // A deletion is remembered for a minute (`index.gc_deletes`).
    assert_eq!(site.json("PUT", "/books/book/a%2Fb", "{}"), (201, answer(5, "created", 4)));
    site.json("DELETE", "/books/book/a%2Fb", "");
    site.advance(Instant::from_millis(120_000));
    assert_eq!(site.json("PUT", "/books/book/a%2Fb", "{}").1["_version"], 1);
}

#[test]
fn a_search_sees_the_old_version_until_the_refresh() {
    let mut site = Site::new();
    let title = |site: &mut Site| site.json("GET", "/books/_search", "").1["hits"]["hits"][0]["_source"]["title"].clone();
    site.text("PUT", "/books/_doc/1?refresh=true", r#"{"title":"One"}"#);
    site.text("PUT", "/books/_doc/1", r#"{"title":"Two"}"#);
    assert_eq!(title(&mut site), "One");
    let (_, written) = site.json("PUT", "/books/_doc/2?refresh", r#"{"title":"Three"}"#);
    assert_eq!(written["forced_refresh"], true);
    assert_eq!(title(&mut site), "Two");
    site.text("DELETE", "/books/_doc/1", "");
    assert_eq!(site.json("GET", "/books/_count", "").1["count"], 2);
    assert_eq!(site.json("GET", "/books/_doc/1", "").0, 404);
    site.refresh_all();
    assert_eq!(site.json("GET", "/books/_count", "").1["count"], 1);
}

#[test]
fn versions_and_creations_conflict() {
    let mut site = Site::new();
    site.text("PUT", "/books/_doc/1", "{}");
    for target in ["/books/_doc/1/_create", "/books/_doc/1?op_type=create"] {
        let (status, answer) = site.json("PUT", target, "{}");
        assert_eq!((status, &answer["error"]["type"]), (409, &json!("version_conflict_engine_exception")));
        assert_eq!(answer["error"]["reason"], "[_doc][1]: version conflict, document already exists (current version [1])");
        assert_eq!((&answer["error"]["index"], &answer["error"]["shard"]), (&json!("books"), &json!("3")));
    }
    assert_eq!(site.text("PUT", "/books/_doc/1?version=1", "{}").0, 200);
    let (status, answer) = site.json("DELETE", "/books/_doc/1?version=1", "");
    assert_eq!(
        (status, &answer["error"]["reason"]),
        (409, &json!("[_doc][1]: version conflict, current version [2] is different than the one provided [1]"))
    );
}

#[test]
fn an_id_is_made_up_if_none_is_given() {
    let mut site = Site::new();
    let (status, first) = site.json("POST", "/books/_doc", "{}");
    let (_, second) = site.json("POST", "/books/_doc", "{}");
    assert_eq!((status, first["_id"].as_str().unwrap().len()), (201, 20));
    assert_ne!(first["_id"], second["_id"]);
}

#[test]
fn a_record_that_is_deleted_by_hand_is_gone_for_openwhisk_too() {
    let mut site = Site::full();
    site.effects.steps.clear();
    let store = StoreKind::Elasticsearch;
    let target = format!("/openwhisk-guest/_doc/{}", path_id(HELLO));
    let key = (NamespaceId(0), ActivationId(HELLO));
    assert_eq!(site.json("DELETE", &target, "").1["_version"], 2);
    assert_eq!(site.effects.steps, [(Some(HELLO as u32), StepKind::RecordDeleted { store })]);
    // Searches have it until the refresh.
    assert_eq!(site.store.get_visibility(key.0, key.1), Visibility::Visible);
    assert_eq!((site.store.holds(), site.store.index(key.0).unwrap().searchable_count()), (8, 8));
    site.refresh_all();
    assert_eq!(site.store.get_visibility(key.0, key.1), Visibility::Absent);
    assert_eq!(site.store.index(key.0).unwrap().searchable_count(), 7);
    assert_eq!(site.store.index(key.0).unwrap().record(key.0, key.1), None);
    // It does not come back by itself, and OpenWhisk may write it again.
    site.advance(Instant::from_millis(200_000));
    assert_eq!(site.store.index(key.0).unwrap().searchable_count(), 7);
    site.effects.steps.clear();
    let record = site.record(HELLO);
    site.write(&[record]);
    assert_eq!(site.effects.steps, [(Some(HELLO as u32), StepKind::RecordStored { store })]);
    assert_eq!(site.store.get_visibility(key.0, key.1), Visibility::NotRefreshed);
    assert_eq!(site.store.index(key.0).unwrap().buffered_count(), 1);
    site.refresh_all();
    assert_eq!(site.store.get_visibility(key.0, key.1), Visibility::Visible);
    assert_eq!(site.json("GET", &target, "").1["_source"]["name"], "hello");
}

#[test]
fn a_record_that_is_overwritten_by_hand_says_what_it_was_given() {
    let mut site = Site::full();
    site.effects.steps.clear();
    let target = format!("/openwhisk-guest/_doc/{}", path_id(HELLO));
    let (status, answer) = site.json("PUT", &target, r#"{"name":"mine"}"#);
    assert_eq!((status, &answer["_version"], &answer["result"]), (200, &json!(2), &json!("updated")));
    assert_eq!(site.effects.steps, [(Some(HELLO as u32), StepKind::RecordOverwritten { store: StoreKind::Elasticsearch })]);
    assert_eq!(site.found(r#"{"term":{"name":"mine"}}"#), []);
    site.refresh_all();
    assert_eq!(site.found(r#"{"term":{"name":"mine"}}"#), [HELLO]);
    assert_eq!(site.json("GET", "/openwhisk-guest/_count", "").1["count"], 8);
}

#[test]
fn a_bulk_has_an_outcome_for_each() {
    let mut site = Site::full();
    let body = [
        r#"{"index":{"_index":"books","_type":"_doc","_id":"1"}}"#,
        r#"{"n":1}"#,
        r#"{"create":{"_index":"books","_type":"_doc","_id":"1"}}"#,
        r#"{"n":2}"#,
        r#"{"index":{"_index":"books","_type":"_doc","_id":"2"}}"#,
        r#"{"n":"x"}"#,
        r#"{"index":{"_index":"Books","_type":"_doc","_id":"3"}}"#,
        "{}",
        r#"{"delete":{"_index":"books","_type":"_doc","_id":"9"}}"#,
        r#"{"index":{"_index":"books","_type":"other","_id":"4"}}"#,
        "{}",
        r#"{"index":{"_index":"books","_type":"_doc","_id":"5"}}"#,
        "{oops",
        r#"{"update":{"_index":"books","_type":"_doc","_id":"1"}}"#,
        r#"{"doc":{}}"#,
        r#"{"delete":{"_index":"openwhisk-guest","_id":"guest/00000000000000000000000000000001"}}"#,
        r#"{"index":{"_index":"books"}}"#,
        "{}",
        "",
    ];
    let (status, answer) = site.json("POST", "/_bulk", &body.join("\n"));
    assert_eq!((status, &answer["errors"], &answer["took"]), (200, &json!(true), &json!(1)));
    let outcomes: Vec<(String, u64, Value)> = answer["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| {
            let (verb, item) = item.as_object().unwrap().iter().next().unwrap();
            (verb.clone(), item["status"].as_u64().unwrap(), item.get("result").unwrap_or(&item["error"]["type"]).clone())
        })
        .collect();
    let expected = [
        ("index", 201, "created"),
        ("create", 409, "version_conflict_engine_exception"),
        ("index", 400, "mapper_parsing_exception"),
        ("index", 400, "invalid_index_name_exception"),
        ("delete", 404, "not_found"),
        ("index", 400, "illegal_argument_exception"),
        ("index", 400, "mapper_parsing_exception"),
        ("update", 501, "whiskscope_not_simulated"),
        ("delete", 200, "deleted"),
        ("index", 201, "created"),
    ];
    assert_eq!(outcomes, expected.map(|(verb, status, what)| (verb.to_owned(), status, json!(what))));
    let item = &answer["items"][2]["index"];
    assert_eq!(item["error"]["reason"], "failed to parse field [n] of type [long]");
    assert_eq!(item["error"]["caused_by"], json!({ "type": "number_format_exception", "reason": "For input string: \"x\"" }));
    assert_eq!(
        answer["items"][5]["index"]["error"]["reason"],
        "Rejecting mapping update to [books] as the final mapping would have more than 1 type: [_doc, other]"
    );
    assert_eq!(site.json("GET", "/books/_doc/1", "").1["_source"], json!({ "n": 1 }));
    // The path says where what is not said goes.
    let (_, answer) = site.json("POST", "/books/_doc/_bulk?refresh", "{\"index\":{\"_id\":\"7\"}}\n{}\n");
    assert_eq!((&answer["items"][0]["index"]["_index"], &answer["items"][0]["index"]["forced_refresh"]), (&json!("books"), &json!(true)));
}

#[test]
fn a_namespaces_index_has_openwhisks_type() {
    let mut site = Site::new();
    assert_eq!(site.text("PUT", "/openwhisk-guest/thing/1", "{}").0, 400);
    assert_eq!(site.text("PUT", "/openwhisk-guest/_doc/1", "{}").0, 201);
    let record = site.record(HELLO);
    site.write(&[record]);
    site.refresh_all();
    assert_eq!(site.json("GET", "/_count", "").1["count"], 2);
    // The model's OpenWhisk reads records alone.
    assert_eq!(site.store.holds(), 1);
}

//! What somebody writes into a store by its own interface, as OpenWhisk reads it.

use super::{ADMIN, Served, raw_request, start};
use serde_json::{Value, json};
use std::net::SocketAddr;
use whiskscope::cluster::place::StoreKind;
use whiskscope::http::openwhisk::authorization;

fn ask(at: SocketAddr, method: &str, target: &str, who: &str, body: &str) -> (u16, Value) {
    let head = format!("{method} {target} HTTP/1.1\r\nHost: x\r\nAuthorization: {who}\r\nContent-Type: application/json\r\n");
    let request = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len());
    let (status, _, answer) = raw_request(at, request.as_bytes());
    (status, serde_json::from_str(&answer).unwrap_or(Value::Null))
}

const ID: &str = "0123456789abcdef0123456789abcdef";

fn document() -> Value {
    json!({ "namespace": "guest", "name": "by-hand", "subject": "guest", "version": "0.0.1", "publish": false, "activationId": ID,
        "start": 1_749_988_800_000_u64, "end": 1_749_988_800_042_u64, "duration": 42, "logs": ["2025-06-15T12:00:00.000000000Z stdout: hi"],
        "annotations": [{ "key": "path", "value": "guest/by-hand" }], "response": { "statusCode": 0, "result": { "written": "by hand" } },
        "entityType": "activation", "updated": 1_749_988_800_050_u64 })
}

fn check(openwhisk: SocketAddr, put: impl Fn(&Value)) {
    let key = authorization("guest");
    let get = |part: &str| ask(openwhisk, "GET", &format!("/api/v1/namespaces/_/activations/{ID}{part}"), &key, "");
    assert_eq!(get("").0, 404);
    put(&document());
    let (status, record) = get("");
    assert_eq!(status, 200, "{record}");
    let response = json!({ "result": { "written": "by hand" }, "success": true, "status": "success" });
    assert_eq!((&record["name"], &record["duration"], &record["response"]), (&json!("by-hand"), &json!(42), &response));
    assert_eq!(record["annotations"], document()["annotations"]);
    assert!(record.get("_id").is_none() && record.get("entityType").is_none(), "{record}");
    assert_eq!(get("/result"), (200, response));
    assert_eq!(get("/logs"), (200, json!({ "logs": document()["logs"] })));
}

#[test]
fn a_document_written_to_couchdb_is_what_openwhisk_gets() {
    let Served { openwhisk, couchdb, .. } = start(StoreKind::CouchDb);
    let target = format!("/whisk_local_activations/guest%2F{ID}");
    check(openwhisk, |document| assert_eq!(ask(couchdb, "PUT", &target, ADMIN, &document.to_string()).0, 201));
    // What is no activation any more.
    let revision = ask(couchdb, "GET", &target, ADMIN, "").1["_rev"].as_str().unwrap().to_owned();
    assert_eq!(ask(couchdb, "PUT", &format!("{target}?rev={revision}"), ADMIN, "{\"start\":1}").0, 201);
    let (status, error) = ask(openwhisk, "GET", &format!("/api/v1/namespaces/_/activations/{ID}"), &authorization("guest"), "");
    assert_eq!((status, &error["error"]), (500, &json!("Resource is corrupted and cannot be read.")));
    let revision = ask(couchdb, "GET", &target, ADMIN, "").1["_rev"].as_str().unwrap().to_owned();
    assert_eq!(ask(couchdb, "DELETE", &format!("{target}?rev={revision}"), ADMIN, "").0, 200);
    assert_eq!(ask(openwhisk, "GET", &format!("/api/v1/namespaces/_/activations/{ID}"), &authorization("guest"), "").0, 404);
}

#[test]
fn a_document_written_to_elasticsearch_is_what_openwhisk_gets_after_the_refresh() {
    let Served { openwhisk, elasticsearch, .. } = start(StoreKind::Elasticsearch);
    check(openwhisk, |document| {
        let mut source = document.clone();
        source["annotations"] = json!({ "path": "guest/by-hand" });
        source["response"]["result"] = "{\"written\":\"by hand\"}".into();
        source["@timestamp"] = "2025-06-15T12:00:00Z".into();
        source["path"] = "guest/by-hand".into();
        let target = format!("/openwhisk-guest/_doc/guest%2F{ID}?refresh=true");
        let (status, answer) = ask(elasticsearch, "PUT", &target, "", &source.to_string());
        assert_eq!(status, 201, "{answer}");
    });
}

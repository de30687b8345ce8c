//! The server, its databases, and who may do what.

use crate::bench::*;
use serde_json::json;
use whiskscope::cluster::step::StepKind;
use whiskscope::cluster::store::ActivationStore;

#[test]
fn the_server_says_who_it_is() {
    let mut bench = Bench::new();
    bench.user = None;
    let reply = bench.ask("GET", "/", "");
    let welcome = reply.json();
    assert_eq!((&welcome["couchdb"], &welcome["version"]), (&json!("Welcome"), &json!("2.3.1")));
    assert_eq!(welcome["vendor"], json!({ "name": "The Apache Software Foundation" }));
    assert!(reply.text.starts_with("{\"couchdb\":\"Welcome\",\"version\":\"2.3.1\",\"git_sha\":\""));
    assert_eq!(reply.header("server"), Some("CouchDB/2.3.1 (Erlang OTP/19)"));
    assert_eq!(reply.header("content-type"), Some("application/json"));
    assert_eq!(reply.header("cache-control"), Some("must-revalidate"));
    assert_eq!(Bench::new().ask("GET", "/", "").text, reply.text, "nothing of it is random");
    assert_eq!(bench.ask("GET", "/_up", "").json(), json!({ "status": "ok" }));
}

#[test]
fn all_databases_are_listed_to_anybody() {
    let mut bench = Bench::new();
    bench.user = None;
    let all = ["_users", "whisk_local_activations", "whisk_local_subjects", "whisk_local_whisks"];
    let reply = bench.ask("GET", "/_all_dbs", "");
    assert_eq!(reply.json(), json!(all));
    assert_eq!(bench.ask("GET", "/_all_dbs?limit=1&skip=1", "").json(), json!(["whisk_local_activations"]));
    assert_eq!(bench.ask("GET", "/_all_dbs?startkey=%22whisk_local_s%22", "").json(), json!(all[2..]));
    let mut again = bench.request("GET", "/_all_dbs", "");
    again.headers_mut().insert("if-none-match", reply.header("etag").unwrap().parse().unwrap());
    assert_eq!(bench.send(&again).status, 304);
}

#[test]
fn a_database_tells_its_numbers() {
    let mut bench = Bench::with_records(3);
    let reply = bench.get("");
    let numbers = reply.json();
    assert_eq!(numbers["db_name"], DATABASE);
    assert_eq!((&numbers["doc_count"], &numbers["doc_del_count"]), (&json!(8), &json!(0)));
    assert!(numbers["update_seq"].as_str().unwrap().starts_with("8-"));
    assert_eq!(numbers["cluster"], json!({ "q": 8, "n": 1, "w": 1, "r": 1 }));
    let names: Vec<usize> = ["db_name", "purge_seq", "update_seq", "sizes", "other", "doc_del_count", "doc_count", "disk_size", "cluster"]
        .iter()
        .map(|name| reply.text.find(&format!("\"{name}\"")).unwrap())
        .collect();
    assert!(names.is_sorted(), "{}", reply.text);
    assert_eq!(bench.ask("GET", "/whisk_local_whisks", "").json()["doc_count"], 10, "two design documents and eight entities");
    assert_eq!(bench.get("_security").json()["members"]["names"][0], "whisk_local_controller0");
}

#[test]
fn only_members_read_a_database() {
    let mut bench = Bench::with_records(1);
    let unauthorized = |reason: &str| (401, "unauthorized".to_owned(), reason.to_owned());
    bench.user = None;
    let target = format!("/{DATABASE}/_all_docs");
    assert_eq!(problem(&bench.ask("GET", &target, "")), unauthorized("You are not authorized to access this db."));
    assert_eq!(problem(&bench.ask("PUT", "/new", "")), unauthorized("You are not a server admin."));
    assert_eq!(problem(&bench.ask("DELETE", &format!("/{DATABASE}"), "")), unauthorized("You are not a server admin."));
    assert_eq!(problem(&bench.ask("GET", "/_node/_local", "")), unauthorized("You are not a server admin."));
    assert_eq!(problem(&bench.ask("GET", "/nobody", "")).0, 404, "what is not there is not there for anybody");
    assert_eq!(bench.ask("GET", "/_session", "").json()["userCtx"], json!({ "name": null, "roles": [] }));
    for wrong in ["whisk_admin:nonsense", "nobody:some_passw0rd"] {
        bench.user = Some(wrong);
        assert_eq!(problem(&bench.ask("GET", "/", "")), unauthorized("Name or password is incorrect."), "{wrong}");
    }
    bench.user = Some("whisk_local_invoker0:some_invoker_passw0rd");
    assert_eq!(bench.ask("GET", &target, "").status, 200);
    assert_eq!(bench.put("mine", "{}").status, 201);
    let forbidden = (403, "forbidden".to_owned(), "You are not a db or server admin.".to_owned());
    assert_eq!(problem(&bench.put("_design/mine", "{}")), forbidden);
    assert_eq!(problem(&bench.ask("DELETE", &format!("/{DATABASE}"), "")).0, 401);
    bench.user = Some(ADMIN);
    assert_eq!(bench.ask("GET", "/_session", "").json()["userCtx"], json!({ "name": "whisk_admin", "roles": ["_admin"] }));
    let mut request = bench.request("GET", "/", "");
    request.headers_mut().insert("authorization", "Basic !!!!".parse().unwrap());
    assert_eq!(problem(&bench.send(&request)).2, "Authorization header has invalid base64 value");
}

#[test]
fn a_deleted_database_is_gone_with_all_that_was_in_it() {
    let mut bench = Bench::with_records(2);
    let deleted = bench.ask("DELETE", &format!("/{DATABASE}"), "");
    assert_eq!((deleted.status, deleted.text.as_str()), (200, "{\"ok\":true}\n"));
    let gone = bench.effects.steps.iter().filter(|(_, step)| matches!(step, StepKind::RecordDeleted { .. })).count();
    assert_eq!(gone, 2);
    let missing = (404, "not_found".to_owned(), "Database does not exist.".to_owned());
    for target in ["", "_all_docs", "_design/whisks.v2.1.0/_view/activations"] {
        assert_eq!(problem(&bench.get(target)), missing, "{target}");
    }
    assert_eq!(problem(&bench.ask("DELETE", &format!("/{DATABASE}"), "")), missing);
    assert_eq!(bench.ask("GET", "/_all_dbs", "").json(), json!(["_users", "whisk_local_subjects", "whisk_local_whisks"]));
    assert_eq!(bench.couchdb.rejects_writes(), Some(404));
}

#[test]
fn the_server_makes_ids() {
    let mut bench = Bench::new();
    let ids = bench.ask("GET", "/_uuids?count=3", "").json()["uuids"].clone();
    let ids: Vec<&str> = ids.as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    assert!(ids.len() == 3 && ids.iter().all(|id| id.len() == 32) && ids[0] != ids[1]);
    assert_eq!(bench.ask("GET", "/_uuids?count=1001", "").status, 400);
}

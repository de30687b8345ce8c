//! Writes by hand: revisions, conflicts, bulk.

use crate::bench::*;
use serde_json::{Value, json};

fn conflict() -> (u16, String, String) {
    (409, "conflict".to_owned(), "Document update conflict.".to_owned())
}

fn rev(reply: &Reply) -> String {
    let json = reply.json();
    json["rev"].as_str().or(json["_rev"].as_str()).unwrap_or_else(|| panic!("{json}")).to_owned()
}

#[test]
fn a_document_is_written_read_replaced_and_deleted() {
    let mut bench = Bench::new();
    let made = bench.put("note", r#"{"text":"one","_deleted":false}"#);
    let first = rev(&made);
    assert_eq!(made.status, 201);
    assert_eq!(made.text, format!("{{\"ok\":true,\"id\":\"note\",\"rev\":\"{first}\"}}\n"));
    assert_eq!(made.header("etag"), Some(format!("\"{first}\"").as_str()));
    assert_eq!(made.header("location"), Some("http://couch.test:5984/whisk_local_activations/note"));
    assert!(first.starts_with("1-") && first.len() == 34);
    assert_eq!(bench.get("note").json(), json!({ "_id": "note", "_rev": first, "text": "one" }));

    assert_eq!(problem(&bench.put("note", "{}")), conflict(), "without a revision");
    assert_eq!(problem(&bench.put("note", r#"{"_rev":"1-00000000000000000000000000000000"}"#)), conflict(), "with another");
    let second = rev(&bench.put("note", &json!({ "_rev": first, "text": "two" }).to_string()));
    assert!(second.starts_with("2-"));
    assert_eq!(problem(&bench.put(&format!("note?rev={first}"), "{}")), conflict(), "with the one before");
    let third = rev(&bench.put(&format!("note?rev={second}"), "{}"));

    let target = format!("/{DATABASE}/note");
    assert_eq!(problem(&bench.ask("DELETE", &target, "")), conflict());
    assert_eq!(problem(&bench.ask("DELETE", &format!("{target}?rev={second}"), "")), conflict());
    let mut delete = bench.request("DELETE", &target, "");
    delete.headers_mut().insert("if-match", format!("\"{third}\"").parse().unwrap());
    let deleted = bench.send(&delete);
    let fourth = rev(&deleted);
    assert_eq!((deleted.status, fourth.starts_with("4-")), (200, true));
    let gone = (404, "not_found".to_owned(), "deleted".to_owned());
    assert_eq!(problem(&bench.get("note")), gone);
    assert_eq!(problem(&bench.ask("DELETE", &target, "")), gone);
    assert_eq!(bench.get(&format!("note?rev={fourth}")).json(), json!({ "_id": "note", "_rev": fourth, "_deleted": true }));
    assert_eq!(bench.get("").json()["doc_del_count"], 1);

    // What was deleted is carried on by a write that names no revision, or that of the deletion.
    assert_eq!(problem(&bench.put(&format!("note?rev={third}"), "{}")), conflict());
    assert!(rev(&bench.put("note", "{}")).starts_with("5-"));
    assert_eq!(bench.get("").json()["doc_del_count"], 0);
    assert_eq!(problem(&bench.put("other?rev=1-a", "{}")), conflict(), "what never was has no revision");
}

#[test]
fn every_write_counts() {
    let mut bench = Bench::with_records(1);
    let sequence = |bench: &mut Bench| bench.couchdb.update_sequence();
    assert_eq!(sequence(&mut bench), 6);
    let first = rev(&bench.put("note", "{}"));
    assert_eq!(sequence(&mut bench), 7);
    bench.put("note", "{}");
    assert_eq!(sequence(&mut bench), 7, "a conflict is no write");
    bench.ask("DELETE", &format!("/{DATABASE}/note?rev={first}"), "");
    bench.store(record(2));
    assert_eq!(sequence(&mut bench), 9);
    assert_eq!(bench.get("").json()["doc_count"], 7);
    assert!(bench.get("").json()["update_seq"].as_str().unwrap().starts_with("9-"));
}

#[test]
fn a_revision_follows_from_what_was_written() {
    let mut bench = Bench::new();
    let one = rev(&bench.put("one", r#"{"a":1}"#));
    assert_eq!(one, rev(&Bench::new().put("one", r#"{"a":1}"#)));
    assert_ne!(one, rev(&Bench::new().put("one", r#"{"a":2}"#)));
}

#[test]
fn posted_documents_get_ids() {
    let mut bench = Bench::new();
    let named = bench.ask("POST", &format!("/{DATABASE}"), r#"{"_id":"named","a":1}"#);
    assert_eq!((named.status, named.json()["id"].as_str()), (201, Some("named")));
    let made = bench.ask("POST", &format!("/{DATABASE}"), r#"{"a":1}"#);
    let id = made.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(id.len(), 32);
    assert_eq!(bench.get(&id).json()["a"], 1);
    assert_eq!(problem(&bench.ask("POST", &format!("/{DATABASE}"), r#"{"_id":"named"}"#)), conflict());
    let batch = bench.ask("POST", &format!("/{DATABASE}?batch=ok"), r#"{"_id":"later"}"#);
    assert_eq!((batch.status, batch.json()), (202, json!({ "ok": true, "id": "later" })));
    assert_eq!(bench.get("later").status, 200);
}

#[test]
fn each_document_of_a_bulk_is_for_itself() {
    let mut bench = Bench::new();
    let first = rev(&bench.put("there", "{}"));
    let docs = json!({ "docs": [
        { "_id": "new", "a": 1 }, { "_id": "there" }, { "_id": "there", "_rev": first, "_deleted": true }, { "a": 2 }, { "_id": "new" },
        { "_id": "_design/new" },
    ] });
    let reply = bench.ask("POST", &format!("/{DATABASE}/_bulk_docs"), &docs.to_string());
    assert_eq!(reply.status, 201);
    let rows = reply.json();
    assert_eq!(rows[0]["ok"], true);
    assert_eq!(rows[1], json!({ "id": "there", "error": "conflict", "reason": "Document update conflict." }));
    assert!(rows[2]["rev"].as_str().unwrap().starts_with("2-"));
    assert_eq!(rows[3]["id"].as_str().unwrap().len(), 32);
    assert_eq!(rows[4]["error"], "conflict");
    assert_eq!(rows[5]["error"], "not_implemented");
    assert_eq!(problem(&bench.get("there")).2, "deleted");
    let made: Vec<Value> = ["one", "two"].map(|id| json!({ "_id": id })).into();
    let both = bench.ask("POST", &format!("/{DATABASE}/_bulk_docs"), &json!({ "docs": made }).to_string());
    assert_eq!(both.json().as_array().unwrap().len(), 2);
}

#[test]
fn openwhisk_is_refused_where_a_client_was_first() {
    let mut bench = Bench::new();
    bench.put(&quoted(1), r#"{"mine":true}"#);
    bench.store(record(1));
    let conflicted = |(_, step): &(Option<u32>, whiskscope::cluster::step::StepKind)| {
        matches!(step, whiskscope::cluster::step::StepKind::RecordConflicted { .. })
    };
    assert!(bench.effects.steps.iter().any(conflicted));
    assert_eq!(bench.get(&quoted(1)).json()["mine"], true);
    assert_eq!(bench.get("").json()["doc_count"], 6);
}

//! What OpenWhisk and the views make of documents that clients wrote, replaced and deleted.

use crate::bench::*;
use serde_json::{Value, json};
use whiskscope::activation::*;
use whiskscope::cluster::step::{DesignDocument, StepKind};
use whiskscope::cluster::store::{ActivationStore, AllDocsRow, ListQuery, StartRange, Visibility};

const LIST: &str = "_design/whisks.v2.1.0/_view/activations?reduce=false";
const BY_NAME: &str = "_design/whisks-filters.v2.1.1/_view/activations?reduce=false";

fn replace(bench: &mut Bench, n: u128, change: impl Fn(&mut Value)) -> Reply {
    let mut document = bench.get(&quoted(n)).json();
    change(&mut document);
    bench.put(&quoted(n), &document.to_string())
}

fn delete(bench: &mut Bench, n: u128) -> Reply {
    let revision = bench.get(&quoted(n)).json()["_rev"].as_str().unwrap().to_owned();
    bench.ask("DELETE", &format!("/{DATABASE}/{}?rev={revision}", quoted(n)), "")
}

/// The starts that `wsk activation list` shows.
fn listed(bench: &Bench) -> Vec<u64> {
    let query = ListQuery { namespace: NamespaceId(0), name: None, skip: 0, limit: 30, range: StartRange::ALL };
    bench.couchdb.list(&bench.setting(), query).unwrap().0.iter().map(|row| row.record.start_ms).collect()
}

#[test]
fn a_deleted_record_is_gone_for_openwhisk_and_at_last_for_lists() {
    let mut bench = Bench::with_records(2);
    assert_eq!(bench.get(LIST).ids().len(), 2);
    assert_eq!(delete(&mut bench, 1).status, 200);
    assert!(bench.effects.steps.iter().any(|(of, step)| *of == Some(1) && matches!(step, StepKind::RecordDeleted { .. })));
    assert_eq!(bench.couchdb.get(NamespaceId(0), record(1).id), Ok(None));
    assert_eq!(bench.couchdb.get_visibility(NamespaceId(0), record(1).id), Visibility::Absent);
    assert_eq!((bench.couchdb.holds(), bench.get("_all_docs").ids().len()), (1, 6));
    // The index still has it, and lists are made from the index alone. The document itself is not there.
    assert_eq!(bench.get(&format!("{LIST}&stale=ok")).ids(), [key(1), key(2)]);
    assert_eq!(listed(&bench), [record(2).start_ms, record(1).start_ms]);
    assert_eq!(bench.get(&format!("{LIST}&stale=ok&include_docs=true")).json()["rows"][0]["doc"], Value::Null);
    assert_eq!(bench.get(LIST).ids(), [key(2)]);
    assert_eq!(listed(&bench), [record(2).start_ms]);
    let state = bench.couchdb.views().iter().find(|state| state.view == DesignDocument::Whisks).unwrap();
    assert_eq!((state.rows(), state.sequence(), bench.couchdb.behind(state)), (1, 8, 0));
}

#[test]
fn a_deleted_record_may_be_written_again() {
    let mut bench = Bench::with_records(1);
    bench.get(LIST);
    delete(&mut bench, 1);
    bench.store(record(1));
    let again = bench.get(&quoted(1)).json();
    assert!(again["_rev"].as_str().unwrap().starts_with("3-"), "{again}");
    assert_eq!(again["name"], "hello");
    assert_eq!(bench.get(LIST).ids(), [key(1)]);
    assert_eq!(bench.get("_design/activations/_view/byDate").json()["rows"][0]["value"], json!([key(1), again["_rev"]]));
    assert!(delete(&mut bench, 1).json()["rev"].as_str().unwrap().starts_with("4-"));
    assert!(bench.get(LIST).ids().is_empty());
    assert_eq!(bench.get("").json()["doc_del_count"], 1);
}

/// What `tools/db/deleteLogsFromActivations.py` does.
#[test]
fn logs_are_cleaned_up_as_the_tool_does_it() {
    let mut bench = Bench::with_records(2);
    let view = "_design/logCleanup/_view/byDateWithLogs";
    assert_eq!(bench.get(view).ids(), [key(1), key(2)]);
    let mut documents = bench.get(&format!("{view}?include_docs=true&limit=1")).json();
    let mut document = documents["rows"][0]["doc"].take();
    document["logs"] = json!([]);
    let reply = bench.ask("POST", &format!("/{DATABASE}/_bulk_docs"), &json!({ "docs": [document] }).to_string());
    assert!(reply.json()[0]["rev"].as_str().unwrap().starts_with("2-"));
    assert_eq!(bench.get(view).ids(), [key(2)]);
    let read = bench.couchdb.get(NamespaceId(0), record(1).id).unwrap().unwrap();
    assert_eq!(read, Record { logs: Logs::None, ..record(1) });
    assert_eq!(bench.get(&quoted(1)).json()["logs"], json!([]));
    assert_eq!((bench.couchdb.holds(), bench.couchdb.update_sequence()), (2, 8));
}

#[test]
fn a_replaced_record_is_what_openwhisk_reads() {
    let mut bench = Bench::with_records(2);
    bench.get(LIST);
    let before = bench.get(&format!("{LIST}&stale=ok")).json();
    let start = record(1).start_ms + 5_000;
    let reply = replace(&mut bench, 1, |document| {
        document["start"] = start.into();
        document["end"] = (start + 7).into();
        document["response"]["statusCode"] = 2.into();
        document["extra"] = "kept".into();
    });
    assert_eq!(reply.status, 201);
    let read = bench.couchdb.get(NamespaceId(0), record(1).id).unwrap().unwrap();
    assert_eq!(read, Record { start_ms: start, end_ms: start + 7, status: Status::DeveloperError, ..record(1) });
    assert_eq!(bench.get(&quoted(1)).json()["extra"], "kept");
    assert_eq!(bench.get(&format!("{LIST}&stale=ok")).json(), before, "the index is as it was");
    assert_eq!(listed(&bench), [record(2).start_ms, record(1).start_ms]);
    let after = bench.get(LIST).json();
    assert_eq!(after["rows"][1]["key"], json!(["guest", start]));
    assert_eq!((&after["rows"][1]["value"]["duration"], &after["rows"][1]["value"]["statusCode"]), (&json!(7), &json!(2)));
    assert_eq!(after["total_rows"], 2);
    assert_eq!(listed(&bench), [start, record(2).start_ms]);
    let state = bench.couchdb.views().iter().find(|state| state.view == DesignDocument::Whisks).unwrap();
    assert_eq!((state.rows(), state.sequence()), (2, 8));
}

#[test]
fn what_is_no_activation_any_more_is_none_for_openwhisk() {
    let mut bench = Bench::with_records(1);
    bench.get(LIST);
    replace(&mut bench, 1, |document| {
        document.as_object_mut().unwrap().remove("activationId");
    });
    assert_eq!(bench.couchdb.get(NamespaceId(0), record(1).id), Ok(None));
    assert!(bench.get(LIST).ids().is_empty());
    assert_eq!(bench.get("_all_docs").ids().len(), 6, "but it is there");
    assert_eq!(bench.get(&quoted(1)).json()["name"], "hello");
    let library = bench.library();
    assert!(bench.couchdb.all_docs(library.catalogue).any(|row| matches!(row, AllDocsRow::ByHand(_))));
}

#[test]
fn an_update_under_way_has_what_was_there_when_it_began() {
    let mut bench = Bench::with_records(2);
    bench.get(&format!("{LIST}&stale=update_after"));
    delete(&mut bench, 1);
    bench.put("late", r#"{"activationId":"late","namespace":"guest","start":1}"#);
    bench.finish_updates();
    assert_eq!(bench.get(&format!("{LIST}&stale=ok")).ids(), [key(1), key(2)]);
    assert_eq!(bench.get(LIST).ids(), ["late".to_owned(), key(2)]);
}

/// By the rules of JavaScript, since no Scala wrote these.
#[test]
fn documents_by_hand_are_mapped_as_they_are() {
    let mut bench = Bench::new();
    let documents = [
        (
            "a",
            json!({ "activationId": "x", "namespace": "guest", "name": "n", "start": 5, "end": 9, "annotations": [], "response": { "statusCode": 0 } }),
        ),
        (
            "b",
            json!({ "activationId": null, "annotations": [{ "key": "path", "value": "a/b/c" }], "name": "n", "namespace": "ns", "start": "s" }),
        ),
        ("c", json!({ "activationId": 1, "end": 0, "annotations": [{ "key": "binding", "value": "x/y" }], "name": "n" })),
        ("d", json!({ "activationId": 1, "end": 1, "response": null, "annotations": [] })),
        ("e", json!({ "activationId": 1, "namespace": "no annotations" })),
        ("f", json!({ "activation": 1 })),
        ("g", json!({ "activationId": 1, "annotations": [null] })),
        ("h", json!({ "activationId": 1, "annotations": {}, "namespace": "ns", "name": "odd", "start": 3, "end": "late" })),
        ("i", json!({ "activationId": 1, "annotations": [{ "key": "binding", "value": 7 }], "namespace": "ns", "name": "n2" })),
        (
            "j",
            json!({ "activationId": 1, "annotations": [{ "key": "path", "value": "a/b" }, { "key": "path", "value": "a/last/c" }], "namespace": "ns", "name": "n3" }),
        ),
        ("k", json!({ "activationId": 1, "annotations": [{ "key": "binding", "value": "alone" }], "namespace": "ns", "name": "n4" })),
    ];
    for (id, document) in &documents {
        assert_eq!(bench.put(id, &document.to_string()).status, 201);
    }
    let rows = |reply: Reply| -> Vec<(String, Value, Value)> {
        let row = |row: &Value| (row["id"].as_str().unwrap().to_owned(), row["key"].clone(), row["value"].clone());
        reply.json()["rows"].as_array().unwrap().iter().map(row).collect()
    };
    let plain = rows(bench.get(LIST));
    let ids: Vec<&str> = plain.iter().map(|(id, ..)| id.as_str()).collect();
    // A null namespace first, then texts in order, and of one key the smaller id first.
    assert_eq!(ids, ["c", "g", "a", "e", "i", "j", "k", "h", "b"]);
    let of = |wanted: &str| plain.iter().find(|(id, ..)| id == wanted).map(|(_, key, value)| (key.clone(), value.clone())).unwrap();
    assert_eq!(
        of("a"),
        (
            json!(["guest", 5]),
            json!({ "namespace": "guest", "name": "n", "annotations": [], "activationId": "x", "start": 5, "end": 9, "duration": 4, "statusCode": 0 })
        )
    );
    assert_eq!(of("b").0, json!(["ns", "s"]));
    assert_eq!(of("b").1["activationId"], Value::Null);
    assert!(of("c").1.get("end").is_none() && of("c").1.get("duration").is_none());
    assert_eq!((of("h").1["end"].clone(), of("h").1["duration"].clone()), (json!("late"), Value::Null), "no number is null");

    let by_name: Vec<(String, Value)> = rows(bench.get(BY_NAME)).into_iter().map(|(id, key, _)| (id, key[0].clone())).collect();
    let expected = [
        ("a", "guest/n"),
        ("i", "ns/n2"),
        ("j", "ns/last/n3"),
        ("b", "ns/b/n"),
        ("h", "ns/odd"),
        ("k", "ns/undefined/n4"),
        ("c", "undefined/y/n"),
    ];
    let mut expected: Vec<(String, Value)> = expected.map(|(id, key)| (id.to_owned(), json!(key))).into();
    let mut found = by_name.clone();
    expected.sort_by(|one, other| one.0.cmp(&other.0));
    found.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(found, expected);
    assert_eq!(rows(bench.get("_design/activations/_view/byDate")).len(), 10);
}

#[test]
fn documents_by_hand_stand_among_the_records() {
    let mut bench = Bench::with_records(2);
    for id in ["0first", "guest%2F3f1c", "zlast", "_local"] {
        bench.put(id, "{}");
    }
    let ids = bench.get("_all_docs").ids();
    assert!(ids.is_sorted());
    assert_eq!(ids.len(), 5 + 2 + 3);
    assert_eq!((ids[0].as_str(), ids[9].as_str(), ids[6].as_str()), ("0first", "zlast", "guest/3f1c"));
    let state = |bench: &Bench| serde_json::to_string(&bench.couchdb).unwrap();
    assert!(state(&bench).contains("edits") && !state(&Bench::with_records(2)).contains("edits"));
    assert!(!state(&Bench::with_records(2)).contains("by_hand"), "nothing is said of what nobody uses");
}

/// The client's document had the key first; OpenWhisk's record came when it was gone, after the update had begun.
#[test]
fn an_index_knows_nothing_of_a_record_that_came_after_it() {
    let mut bench = Bench::new();
    let revision = bench.put(&quoted(1), "{}").json()["rev"].as_str().unwrap().to_owned();
    bench.get(&format!("{LIST}&update=lazy"));
    bench.ask("DELETE", &format!("/{DATABASE}/{}?rev={revision}", quoted(1)), "");
    bench.store(record(1));
    bench.finish_updates();
    let state = bench.couchdb.views().iter().find(|state| state.view == DesignDocument::Whisks).unwrap();
    assert_eq!((state.rows(), state.sequence(), bench.couchdb.behind(state)), (0, 6, 2));
    assert!(bench.get(&format!("{LIST}&stale=ok")).ids().is_empty());
}

/// A copy does not see what is written to the other.
#[test]
fn copies_part() {
    let mut bench = Bench::with_records(2);
    bench.get(LIST);
    let copy = bench.couchdb.clone();
    delete(&mut bench, 1);
    bench.put("note", "{}");
    let catalogue = bench.catalogue.clone();
    assert_eq!(copy.all_docs(&catalogue).count(), 7);
    assert_eq!(bench.couchdb.all_docs(&catalogue).count(), 7);
    assert_eq!((copy.update_sequence(), bench.couchdb.update_sequence()), (7, 9));
    assert!(copy.get(NamespaceId(0), record(1).id).unwrap().is_some());
}

//! `_all_docs`, and documents as they are read.

use crate::bench::*;
use serde_json::{Value, json};
use whiskscope::activation::*;

const DESIGNS: [&str; 5] =
    ["_design/activations", "_design/logCleanup", "_design/snapshotFilters", "_design/whisks-filters.v2.1.1", "_design/whisks.v2.1.0"];

fn bench() -> Bench {
    let mut bench = Bench::with_records(3);
    bench.store(Record { namespace: NamespaceId(3), ..record(4) });
    bench.store(Record { namespace: NamespaceId(1), ..record(5) });
    bench
}

fn team(n: u128, name: &str) -> String {
    key(n).replace("guest", name)
}

#[test]
fn all_docs_is_in_order_of_bytes() {
    let mut bench = bench();
    let ids = bench.get("_all_docs").ids();
    let mut expected = vec![team(4, "Team")];
    expected.extend(DESIGNS.map(str::to_owned));
    expected.extend([key(1), key(2), key(3), team(5, "team")]);
    assert_eq!(ids, expected);
    assert!(ids.is_sorted());
    let revision = bench.get(&quoted(1)).json()["_rev"].clone();
    let row = bench.get("_all_docs?limit=1&skip=6").text;
    let key = key(1);
    let body = format!(
        "{{\"total_rows\":10,\"offset\":6,\"rows\":[\r\n{{\"id\":\"{key}\",\"key\":\"{key}\",\"value\":{{\"rev\":{revision}}}}}\r\n]}}\n"
    );
    assert_eq!(row, body);
}

#[test]
fn all_docs_takes_ranges_of_ids() {
    let mut bench = bench();
    let mut check = |query: &str, offset: u64, expected: &[String]| {
        let reply = bench.get(&format!("_all_docs?{query}"));
        assert_eq!(reply.ids(), expected, "{query}");
        assert_eq!(reply.json()["offset"], offset, "{query}");
    };
    let guests = [key(1), key(2), key(3)];
    check("startkey=%22guest/%22&endkey=%22guest/%EF%BF%B0%22", 6, &guests);
    check(&format!("startkey=%22{}%22&endkey=%22{}%22", quoted(1), quoted(3)), 6, &guests);
    check(&format!("startkey=%22{}%22&endkey=%22{}%22&inclusive_end=false", quoted(1), quoted(3)), 6, &guests[..2]);
    check(&format!("descending=true&startkey=%22{}%22&limit=2", quoted(2)), 2, &[key(2), key(1)]);
    check(&format!("descending=true&endkey=%22{}%22", quoted(3)), 0, &[team(5, "team"), key(3)]);
    check(&format!("key=%22{}%22", quoted(2)), 7, &guests[1..2]);
    check("key=%22nobody%22", 9, &[]);
    check("startkey=%22_design/%22&endkey=%22_design0%22", 1, &DESIGNS.map(str::to_owned));
    check("limit=0", 0, &[]);
    check("startkey=%22zzz%22", 10, &[]);
    check("key=7", 0, &[]);
    assert_eq!(bench.get("_design_docs").ids(), DESIGNS);
    assert_eq!(bench.get("_design_docs").json()["total_rows"], 5);
}

#[test]
fn all_docs_by_keys_answers_for_each() {
    let mut bench = bench();
    let revision = bench.get(&quoted(2)).json()["_rev"].as_str().unwrap().to_owned();
    let gone = bench.ask("DELETE", &format!("/{DATABASE}/{}?rev={revision}", quoted(2)), "").json()["rev"].clone();
    let body = json!({ "keys": [key(2), "nobody", key(1), 7] }).to_string();
    let reply = bench.ask("POST", &format!("/{DATABASE}/_all_docs"), &body);
    let first = bench.get(&quoted(1)).json()["_rev"].clone();
    let expected = json!({ "total_rows": 9, "offset": null, "rows": [
        { "id": key(2), "key": key(2), "value": { "rev": gone, "deleted": true } },
        { "key": "nobody", "error": "not_found" },
        { "id": key(1), "key": key(1), "value": { "rev": first } },
        { "key": 7, "error": "not_found" },
    ] });
    assert_eq!(reply.json(), expected);
    let with_docs = bench.ask("POST", &format!("/{DATABASE}/_all_docs?include_docs=true&skip=0&limit=1"), &body);
    assert_eq!(with_docs.json()["rows"][0]["doc"], Value::Null);
    let reversed = bench.ask("POST", &format!("/{DATABASE}/_all_docs?descending=true"), &body);
    assert_eq!(reversed.json()["rows"][3]["key"], key(2));
    let by_query = bench.get(&format!("_all_docs?keys=%5B%22{}%22%5D", quoted(1)));
    assert_eq!(by_query.ids(), [key(1)]);
    assert_eq!(bench.ask("POST", &format!("/{DATABASE}/_all_docs"), "{}").ids().len(), 9, "a body without keys asks for all");
}

#[test]
fn a_record_is_read_as_openwhisk_wrote_it() {
    let mut bench = bench();
    let reply = bench.get(&quoted(1));
    assert_eq!(reply.json(), couchdb_document(&record(1), bench.library()));
    let revision = couchdb_revision(&record(1));
    assert_eq!(reply.header("etag"), Some(format!("\"{revision}\"").as_str()));
    assert!(reply.text.starts_with("{\"_id\":\"guest/") && reply.text.ends_with("}\n"));
    let docs = bench.get("_all_docs?include_docs=true").json();
    assert_eq!(docs["rows"][6]["doc"], reply.json());
    assert_eq!(bench.get(&format!("{}?rev={revision}", quoted(1))).json(), reply.json());
    assert_eq!(bench.get(&format!("{}?rev=1-00000000000000000000000000000000", quoted(1))).status, 404);
}

#[test]
fn what_a_client_has_is_not_sent_again() {
    let mut bench = bench();
    let etag = bench.get(&quoted(1)).header("etag").unwrap().to_owned();
    let mut request = bench.request("GET", &format!("/{DATABASE}/{}", quoted(1)), "");
    request.headers_mut().insert("if-none-match", etag.parse().unwrap());
    let reply = bench.send(&request);
    assert_eq!((reply.status, reply.text.as_str(), reply.header("etag")), (304, "", Some(etag.as_str())));
}

#[test]
fn head_has_the_headers_alone() {
    let mut bench = bench();
    let get = bench.get(&quoted(1));
    let head = bench.ask("HEAD", &format!("/{DATABASE}/{}", quoted(1)), "");
    assert_eq!((head.status, head.text.as_str()), (200, ""));
    for name in ["etag", "content-length", "content-type", "server", "cache-control"] {
        assert_eq!(head.header(name), get.header(name), "{name}");
        assert!(head.header(name).is_some(), "{name}");
    }
    assert_eq!(get.header("content-length"), Some(get.text.len().to_string().as_str()));
    let missing = bench.ask("HEAD", &format!("/{DATABASE}/nobody"), "");
    assert_eq!((missing.status, missing.text.as_str()), (404, ""));
}

#[test]
fn design_documents_have_the_real_names_and_say_where_their_code_is() {
    let mut bench = bench();
    for id in DESIGNS {
        let document = bench.get(id).json();
        assert_eq!(document["_id"], id);
        let rev = document["_rev"].as_str().unwrap();
        assert!(rev.starts_with("1-") && rev.len() == 34);
        assert_eq!(document["views"].is_object(), id != "_design/snapshotFilters");
    }
    let list = bench.get("_design/whisks.v2.1.0").json();
    assert_eq!(list["views"]["activations"]["reduce"], "_count");
    assert_eq!(list["language"], "javascript");
    assert!(
        list["views"]["activations"]["map"]
            .as_str()
            .unwrap()
            .contains("ansible/files/whisks_design_document_for_activations_db_v2.1.0.json")
    );
    assert_eq!(bench.get("_design/activations").json()["views"]["byDate"]["reduce"], Value::Null);
    let entities = bench.ask("GET", "/whisk_local_whisks/_design/whisks.v2.1.0", "").json();
    let views: Vec<&String> = entities["views"].as_object().unwrap().keys().collect();
    assert_eq!(views, ["actions", "packages", "packages-public", "rules", "triggers"]);
    let redirect = bench.get("_design%2Fwhisks.v2.1.0?rev=1-a");
    assert_eq!(redirect.status, 301);
    assert_eq!(redirect.header("location"), Some("http://couch.test:5984/whisk_local_activations/_design/whisks.v2.1.0?rev=1-a"));
}

#[test]
fn the_other_databases_can_be_read() {
    let mut bench = bench();
    let subjects = bench.ask("GET", "/whisk_local_subjects/_all_docs", "").ids();
    let designs = ["_design/namespaceThrottlings", "_design/snapshotFilters", "_design/subjects.v2.0.0"];
    let expected: Vec<&str> = ["Team"].into_iter().chain(designs).chain(["guest", "team", "whisk.system"]).collect();
    assert_eq!(subjects, expected);
    let guest = bench.ask("GET", "/whisk_local_subjects/guest", "").json();
    assert_eq!((&guest["subject"], &guest["namespaces"]), (&json!("guest"), &json!([{ "name": "guest" }])));
    let kinds = [
        ("guest%2Fhello", "action"),
        ("team%2Ftools%2Fhello", "action"),
        ("team%2Ftools", "package"),
        ("guest%2Fbound", "package"),
        ("guest%2Ftick", "trigger"),
        ("guest%2Fevery", "rule"),
    ];
    for (id, kind) in kinds {
        let entity = bench.ask("GET", &format!("/whisk_local_whisks/{id}"), "").json();
        assert_eq!(entity["entityType"], kind, "{id}");
        assert_eq!(entity["_id"], id.replace("%2F", "/"));
    }
    let bound = bench.ask("GET", "/whisk_local_whisks/guest%2Fbound", "").json();
    assert_eq!(bound["binding"], json!({ "namespace": "team", "name": "tools" }));
    let tool = bench.ask("GET", "/whisk_local_whisks/team%2Ftools%2Fhello", "").json();
    assert_eq!((&tool["namespace"], &tool["name"]), (&json!("team/tools"), &json!("hello")));
}

#[test]
fn ids_are_percent_encoded() {
    let mut bench = bench();
    // A slash that is not encoded ends the id: what follows is an attachment of the document `guest`.
    assert_eq!(problem(&bench.get(&key(1))), (404, "not_found".to_owned(), "missing".to_owned()));
    assert_eq!(bench.get(&quoted(1).replace("%2F", "%2f")).status, 200);
    bench.put("a%20b%2Bc%25", "{}");
    assert_eq!(bench.get("a+b%2Bc%25").json()["_id"], "a b+c%");
    let reply = bench.put("%E4%BD%A0%E5%A5%BD", "{}");
    assert_eq!(reply.json()["id"], "你好");
    assert_eq!(reply.header("location"), Some("http://couch.test:5984/whisk_local_activations/%E4%BD%A0%E5%A5%BD"));
    assert_eq!(problem(&bench.put("%FF", "{}")), (400, "illegal_docid".to_owned(), "Document id must be valid UTF-8".to_owned()));
    assert_eq!(bench.get("%FF").status, 404);
}

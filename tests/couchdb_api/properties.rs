//! What holds of every request.

use crate::bench::*;
use proptest::prelude::*;
use serde_json::Value;
use whiskscope::cluster::store::ActivationStore;

fn method() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["GET", "HEAD", "PUT", "POST", "DELETE", "COPY", "PATCH", "OPTIONS"])
}

fn id() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => (1_u128..5).prop_map(quoted),
        2 => prop::sample::select(vec!["a", "b", "_design/whisks.v2.1.0", "_design%2Factivations", "_local/x", "_odd", "guest", "Team%2Fx", "%FF"]).prop_map(str::to_owned),
        1 => "[a-z%/_+]{0,6}",
    ]
}

fn target() -> impl Strategy<Value = String> {
    let views = vec![
        "_design/whisks.v2.1.0/_view/activations",
        "_design/whisks-filters.v2.1.1/_view/activations",
        "_design/activations/_view/byDate",
        "_design/logCleanup/_view/byDateWithLogs",
        "_design/logCleanup/_view/nothing",
        "_all_docs",
        "_bulk_docs",
        "_design_docs",
        "_security",
        "_changes",
        "",
    ];
    let within = prop_oneof![3 => prop::sample::select(views).prop_map(str::to_owned), 3 => id()];
    let database =
        prop::sample::select(vec![DATABASE, DATABASE, DATABASE, DATABASE, "whisk_local_whisks", "whisk_local_subjects", "nobody"]);
    prop_oneof![
        8 => (database, within).prop_map(|(database, within)| format!("/{database}/{within}")),
        1 => prop::sample::select(vec!["/", "/_all_dbs", "/_up", "/_session", "/_uuids", "/_users"]).prop_map(str::to_owned),
        1 => "/[a-z_%/.]{0,12}",
    ]
}

fn query() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "key",
        "keys",
        "startkey",
        "endkey",
        "limit",
        "skip",
        "descending",
        "inclusive_end",
        "include_docs",
        "reduce",
        "group",
        "group_level",
        "stale",
        "update",
        "startkey_docid",
        "endkey_docid",
        "rev",
        "batch",
        "new_edits",
        "update_seq",
        "count",
        "odd",
    ]);
    let value = prop::sample::select(vec![
        "true",
        "false",
        "0",
        "1",
        "2",
        "-1",
        "ok",
        "lazy",
        "update_after",
        "null",
        "%22guest%22",
        "[%22guest%22]",
        "[%22guest%22,%7B%7D]",
        "1735200001000",
        "1e999",
        "%7B%22a%22:[1.5]%7D",
        "1-a",
        "9999999999999999999999",
        "%",
        "",
    ]);
    prop::collection::vec((name, value), 0..4)
        .prop_map(|pairs| pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&"))
}

fn body() -> impl Strategy<Value = String> {
    let bodies = vec![
        "",
        "{}",
        "[]",
        "{",
        "null",
        r#"{"keys":["a",7]}"#,
        r#"{"keys":[["guest",1735200001000]]}"#,
        r#"{"docs":[{"_id":"a"},{"x":1.5}]}"#,
        r#"{"docs":[{"_id":"b","_deleted":true}]}"#,
        r#"{"activationId":1,"annotations":[],"namespace":"guest","start":1e300,"name":"n"}"#,
        r#"{"activationId":1,"annotations":[null],"logs":["x"],"start":-1.25e-7}"#,
        r#"{"_rev":"1-a"}"#,
        r#"{"_odd":1}"#,
    ];
    prop_oneof![4 => prop::sample::select(bodies).prop_map(str::to_owned), 1 => "\\PC{0,20}"]
}

type Asking = (&'static str, String, String, String, bool);

fn requests() -> impl Strategy<Value = Vec<Asking>> {
    prop::collection::vec((method(), target(), query(), body(), prop::bool::weighted(0.9)), 1..25)
}

fn is_sensible(status: u16) -> bool {
    [200, 201, 202, 301, 304, 400, 401, 403, 404, 405, 409, 410, 412, 415, 501].contains(&status)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// No request is too odd: each has an answer, in JSON unless it has no body, with a status that CouchDB gives. And after all of them
    /// what is in the database is what `_all_docs` and the views say.
    #[test]
    fn every_request_has_an_answer(asked in requests()) {
        let mut bench = Bench::with_records(3);
        for (method, target, query, body, is_admin) in asked {
            bench.user = is_admin.then_some(ADMIN);
            let target = if query.is_empty() { target } else { format!("{target}?{query}") };
            let Ok(uri) = target.parse::<::http::Uri>() else { continue };
            let reply = bench.ask(method, &uri.to_string(), &body);
            prop_assert!(is_sensible(reply.status), "{method} {target} {body}: {} {}", reply.status, reply.text);
            if method == "HEAD" || reply.status == 301 {
                prop_assert_eq!(reply.text.as_str(), "");
                continue;
            }
            let json: Value = serde_json::from_str(&reply.text).map_err(|error| TestCaseError::fail(format!("{target}: {error}")))?;
            if reply.status >= 400 {
                let fields: Vec<&String> = json.as_object().unwrap().keys().collect();
                prop_assert_eq!(fields, ["error", "reason"]);
            }
        }
        bench.user = Some(ADMIN);
        let all = bench.get("_all_docs?include_docs=true");
        if all.status == 404 {
            prop_assert!(bench.couchdb.is_missing());
            return Ok(());
        }
        prop_assert!(all.ids().is_sorted());
        let all = all.json();
        let rows = all["rows"].as_array().unwrap();
        prop_assert_eq!(all["total_rows"].as_u64(), Some(rows.len() as u64));
        prop_assert_eq!(bench.get("").json()["doc_count"].as_u64(), Some(rows.len() as u64));
        let records = rows.iter().filter(|row| row["doc"]["entityType"] == "activation").count() as u64;
        prop_assert_eq!(records, bench.couchdb.holds());
        for row in rows {
            prop_assert_eq!(&row["doc"]["_id"], &row["id"]);
            prop_assert_eq!(&row["doc"]["_rev"], &row["value"]["rev"]);
        }
        let by_date = bench.get("_design/activations/_view/byDate").json();
        let expected = rows.iter().filter(|row| row["doc"].get("activationId").is_some()).count();
        prop_assert_eq!(by_date["total_rows"].as_u64(), Some(expected as u64));
        let dated: Vec<(Value, Value)> =
            by_date["rows"].as_array().unwrap().iter().map(|row| (row["id"].clone(), row["value"][1].clone())).collect();
        for (id, revision) in dated {
            let row = rows.iter().find(|row| row["id"] == id).unwrap();
            prop_assert_eq!(&row["value"]["rev"], &revision);
        }
        for state in bench.couchdb.views() {
            prop_assert!(state.sequence() <= bench.couchdb.update_sequence());
        }
    }

    /// Of two clients that write what they read, one loses nothing unheard.
    #[test]
    fn a_write_that_names_no_current_revision_changes_nothing(writes in prop::collection::vec((0..3_u8, 0..4_u8), 1..30)) {
        let mut bench = Bench::new();
        let mut known: Vec<Vec<String>> = vec![vec![String::new()]; 3];
        for (document, age) in writes {
            let revisions = &mut known[usize::from(document)];
            let place = revisions.len().saturating_sub(1 + usize::from(age));
            let (is_newest, named) = (place + 1 == revisions.len(), revisions[place].clone());
            let target = if named.is_empty() { format!("d{document}") } else { format!("d{document}?rev={named}") };
            let before = bench.couchdb.update_sequence();
            let reply = bench.put(&target, "{}");
            prop_assert_eq!(reply.status, if is_newest { 201 } else { 409 });
            prop_assert_eq!(bench.couchdb.update_sequence() - before, u64::from(is_newest));
            if is_newest {
                revisions.push(reply.json()["rev"].as_str().unwrap().to_owned());
            }
        }
    }
}

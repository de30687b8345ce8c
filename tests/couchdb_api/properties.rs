//! What holds of every request.

use crate::bench::*;
use proptest::prelude::*;
use serde_json::Value;
use whiskscope::activation::NamespaceId;
use whiskscope::cluster::store::{ActivationStore, ListQuery, StartRange};

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

/// What happens to the database between two looks at it.
#[derive(Clone, Copy, Debug)]
enum Event {
    /// OpenWhisk writes record `n`.
    Store(u128),
    Delete(u128),
    /// A client moves the start of record `n`.
    Replace(u128, u64),
    /// A client takes from it what makes it a record.
    Spoil(u128),
    /// A document of the client's own, which is or is not mapped.
    Note(u8, bool),
    Begin,
    Finish,
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => (1_u128..6).prop_map(Event::Store),
        2 => (1_u128..6).prop_map(Event::Delete),
        2 => (1_u128..6, 0_u64..9).prop_map(|(n, start)| Event::Replace(n, start)),
        1 => (1_u128..6).prop_map(Event::Spoil),
        2 => (0_u8..3, any::<bool>()).prop_map(|(n, is_mapped)| Event::Note(n, is_mapped)),
        2 => Just(Event::Begin),
        3 => Just(Event::Finish),
    ]
}

/// The rows that `byDate` should have of what is there now: start, id, revision.
fn dated(bench: &mut Bench) -> Vec<(u64, String, String)> {
    let all = bench.get("_all_docs?include_docs=true").json();
    let docs = all["rows"].as_array().unwrap().iter().map(|row| &row["doc"]).filter(|doc| doc.get("activationId").is_some());
    let text = |doc: &Value, name: &str| doc[name].as_str().unwrap().to_owned();
    let mut rows: Vec<_> = docs.map(|doc| (doc["start"].as_u64().unwrap(), text(doc, "_id"), text(doc, "_rev"))).collect();
    rows.sort();
    rows
}

/// Does an event through the interface; whatever it makes of it.
fn happen(bench: &mut Bench, event: Event) {
    match event {
        Event::Store(n) => bench.store(record(n)),
        Event::Delete(n) => {
            let revision = bench.get(&quoted(n)).json()["_rev"].as_str().unwrap_or("1-a").to_owned();
            bench.ask("DELETE", &format!("/{DATABASE}/{}?rev={revision}", quoted(n)), "");
        }
        Event::Replace(n, start) => {
            let mut document = bench.get(&quoted(n)).json();
            document["start"] = start.into();
            bench.put(&quoted(n), &document.to_string());
        }
        Event::Spoil(n) => {
            let mut document = bench.get(&quoted(n)).json();
            document.as_object_mut().unwrap().remove("subject");
            bench.put(&quoted(n), &document.to_string());
        }
        Event::Note(n, is_mapped) => {
            let mut document = serde_json::json!({ "start": u64::from(n) });
            if is_mapped {
                document["activationId"] = n.into();
            }
            let revision = bench.get(&format!("note{n}")).json()["_rev"].clone();
            if revision.is_string() {
                document["_rev"] = revision;
            }
            bench.put(&format!("note{n}"), &document.to_string());
        }
        Event::Begin => {
            bench.get("_design/activations/_view/byDate?update=lazy");
            bench.get("_design/whisks.v2.1.0/_view/activations?update=lazy");
        }
        Event::Finish => bench.finish_updates(),
    }
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

    /// An index has what was there when its last update began, whatever has happened since; and what OpenWhisk lists is in it.
    #[test]
    fn an_index_is_the_database_as_it_was(events in prop::collection::vec(event(), 1..60)) {
        let mut bench = Bench::new();
        let (mut built, mut coming) = (Vec::new(), None);
        for event in events {
            let now = dated(&mut bench);
            happen(&mut bench, event);
            let begins = bench.couchdb.views().iter().any(|state| state.path().contains("byDate") && state.is_updating());
            match event {
                // Where nothing has been written no update begins.
                Event::Begin if begins => coming = coming.or(Some(now)),
                Event::Finish => built = coming.take().unwrap_or(built),
                _ => {}
            }
            let view = bench.get("_design/activations/_view/byDate?stale=ok").json();
            let rows = view["rows"].as_array().unwrap().iter();
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            let found: Vec<_> = rows.map(|row| (row["key"].as_u64().unwrap(), text(&row["value"][0]), text(&row["value"][1]))).collect();
            prop_assert_eq!(&found, &built);
            let state = bench.couchdb.views().iter().find(|state| state.path().contains("byDate")).unwrap();
            prop_assert_eq!(state.rows(), built.len());

            // The controller lists those of its own that are still records as it knows them.
            let query = ListQuery { namespace: NamespaceId(0), name: None, skip: 0, limit: 200, range: StartRange::ALL };
            let listed = bench.couchdb.list(&bench.setting(), query).unwrap().0;
            let listed: Vec<(u64, String)> =
                listed.iter().rev().map(|row| (row.record.start_ms, row.record.key(&bench.catalogue))).collect();
            let rows = bench.get("_design/whisks.v2.1.0/_view/activations?stale=ok&reduce=false").json();
            let rows: Vec<(u64, String)> =
                rows["rows"].as_array().unwrap().iter().map(|row| (row["key"][1].as_u64().unwrap(), text(&row["id"]))).collect();
            prop_assert!(listed.iter().all(|row| rows.contains(row)), "{listed:?} {rows:?}");
            prop_assert_eq!(bench.get("").json()["doc_count"].as_u64(), bench.get("_all_docs").json()["total_rows"].as_u64());
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

//! Rows of the views of the activations database, worked out by hand from their map functions.

use crate::bench::*;
use serde_json::{Value, json};
use whiskscope::activation::*;

const START: u64 = 1_735_200_000_000;

/// One record of each kind; ids end in the number, starts are that many seconds.
fn kinds() -> Bench {
    let mut bench = Bench::new();
    let cause = record(4).id;
    bench.appendices.push(Appendix { cause: Some(cause), particulars: Particulars::None });
    let last = Record { binding: Some(BindingId(0)), action: ActionId(1), appendix: AppendixIx::new(0), init_ms: None, ..record(2) };
    let end = SequenceEnd { components: vec![record(1).id, last.id], memory_mb: Some(256), last: Some(last), failure: None };
    bench.appendices.push(Appendix { cause: None, particulars: Particulars::Sequence(end) });
    let fired = RuleResult { rule: "guest/every".to_owned(), action: "guest/hello".to_owned(), outcome: Ok(record(1).id) };
    bench.appendices.push(Appendix { cause: None, particulars: Particulars::Rules(vec![fired]) });
    bench.appendices.push(Appendix { cause: None, particulars: Particulars::None });
    // A plain run; a component through a binding; an error in a package without binding, called by another namespace.
    bench.store(record(1));
    bench.store(last);
    bench.store(Record { action: ActionId(1), status: Status::ApplicationError, logs: Logs::None, ..record(3) });
    // A sequence: its duration is a sum, and not what the view says.
    let sequence = Origin::Sequence { topmost: true };
    bench.store(Record {
        action: ActionId(2),
        origin: sequence,
        duration_ms: 999,
        appendix: AppendixIx::new(1),
        init_ms: None,
        ..record(4)
    });
    // A trigger ends never; a health test is of another namespace; an action that had gone, through the binding.
    bench.store(Record {
        action: ActionId(4),
        origin: Origin::Trigger,
        end_ms: 0,
        logs: Logs::None,
        appendix: AppendixIx::new(2),
        ..record(5)
    });
    bench.store(Record { namespace: NamespaceId(2), action: ActionId(3), ..record(6) });
    let gone = record(7).start_ms;
    bench.store(Record {
        action: ActionId(1),
        binding: Some(BindingId(0)),
        origin: Origin::ActionGone,
        status: Status::ApplicationError,
        end_ms: gone,
        logs: Logs::None,
        ..record(7)
    });
    // Log collection failed; the container did not start.
    bench.store(Record { logs: Logs::Failed, ..record(8) });
    bench.store(Record {
        origin: Origin::ContainerFailed,
        status: Status::WhiskInternalError,
        logs: Logs::None,
        init_ms: None,
        ..record(9)
    });
    bench
}

fn limits(memory: u32, logs: u32) -> Value {
    json!({ "key": "limits", "value": { "concurrency": 1, "logs": logs, "memory": memory, "timeout": 60000 } })
}

fn note(key: &str, value: impl Into<Value>) -> Value {
    json!({ "key": key, "value": value.into() })
}

fn id(n: u128) -> String {
    record(n).id.to_string()
}

/// The values of the list view, number by number.
fn summaries() -> Vec<(u128, &'static str, Value)> {
    let at = |n: u64| START + n * 1_000;
    let row = |n: u64, namespace: &str, name: &str, annotations: Vec<Value>| {
        json!({ "namespace": namespace, "name": name, "version": "0.0.1", "publish": false, "annotations": annotations,
            "activationId": id(n.into()), "start": at(n), "end": at(n) + 57, "duration": 57, "statusCode": 0 })
    };
    let run = |path: &str| {
        vec![
            limits(256, 10),
            note("path", path),
            note("kind", "nodejs:20"),
            note("timeout", false),
            note("initTime", 42),
            note("waitTime", 78),
        ]
    };
    let mut component = row(
        2,
        "guest",
        "hello",
        vec![
            limits(256, 10),
            note("path", "team/tools/hello"),
            note("kind", "nodejs:20"),
            note("timeout", false),
            note("causedBy", "sequence"),
            note("waitTime", 78),
            note("binding", "guest/bound"),
        ],
    );
    component["cause"] = id(4).into();
    let mut failed = row(3, "guest", "hello", run("team/tools/hello"));
    failed["statusCode"] = 1.into();
    let sequence = row(
        4,
        "guest",
        "pair",
        vec![note("topmost", true), note("path", "guest/pair"), note("kind", "sequence"), note("waitTime", 78), limits(256, 10)],
    );
    // Without an end there is neither a duration nor a status.
    let trigger = json!({ "namespace": "guest", "name": "tick", "version": "0.0.1", "publish": false, "annotations": [],
        "activationId": id(5), "start": at(5) });
    let health = row(6, "whisk.system", "invokerHealthTestAction0", run("whisk.system/invokerHealthTestAction0"));
    let mut gone = row(7, "guest", "hello", vec![note("path", "team/tools/hello"), note("kind", "unknown")]);
    (gone["end"], gone["duration"], gone["statusCode"]) = (at(7).into(), 0.into(), 1.into());
    let mut broken = row(
        9,
        "guest",
        "hello",
        vec![limits(256, 10), note("path", "guest/hello"), note("kind", "nodejs:20"), note("timeout", false), note("waitTime", 78)],
    );
    broken["statusCode"] = 3.into();
    vec![
        (1, "guest/hello", row(1, "guest", "hello", run("guest/hello"))),
        (2, "guest/bound/hello", component),
        (3, "guest/tools/hello", failed),
        (4, "guest/pair", sequence),
        (5, "guest/tick", trigger),
        (6, "whisk.system/invokerHealthTestAction0", health),
        // The binding is not among its annotations, so the package is that of the path.
        (7, "guest/tools/hello", gone),
        (8, "guest/hello", row(8, "guest", "hello", run("guest/hello"))),
        (9, "guest/hello", broken),
    ]
}

fn doc_id(n: u128) -> String {
    format!("{}/{}", if n == 6 { "whisk.system" } else { "guest" }, id(n))
}

fn rows(reply: &Reply) -> Vec<Value> {
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()["rows"].as_array().unwrap().clone()
}

#[test]
fn the_list_view_has_a_summary_of_every_activation_by_namespace_and_start() {
    let mut bench = kinds();
    let reply = bench.get("_design/whisks.v2.1.0/_view/activations?reduce=false");
    assert!(reply.waited);
    let mut expected: Vec<Value> = summaries()
        .into_iter()
        .map(|(n, _, value)| json!({ "id": doc_id(n), "key": [value["namespace"], value["start"]], "value": value }))
        .collect();
    // `whisk.system` comes after `guest`.
    let health = expected.remove(5);
    expected.push(health);
    assert_eq!(rows(&reply), expected);
    assert_eq!((reply.json()["total_rows"].as_u64(), reply.json()["offset"].as_u64()), (Some(9), Some(0)));
}

#[test]
fn the_fields_of_a_row_are_in_the_order_of_the_map_function() {
    let mut bench = Bench::with_records(1);
    let reply = bench.get("_design/whisks.v2.1.0/_view/activations?reduce=false");
    let annotations = summaries().remove(0).2["annotations"].to_string();
    let expected = format!(
        "{{\"total_rows\":1,\"offset\":0,\"rows\":[\r\n{{\"id\":\"{0}\",\"key\":[\"guest\",{2}],\"value\":{{\"namespace\":\"guest\",\
         \"name\":\"hello\",\"version\":\"0.0.1\",\"publish\":false,\"annotations\":{annotations},\"activationId\":\"{1}\",\"start\":{2},\
         \"end\":{3},\"duration\":57,\"statusCode\":0}}}}\r\n]}}\n",
        key(1),
        id(1),
        START + 1_000,
        START + 1_057
    );
    assert_eq!(reply.text, expected);
}

#[test]
fn the_filter_view_puts_the_package_of_the_binding_or_of_the_path_into_its_key() {
    let mut bench = kinds();
    let reply = bench.get("_design/whisks-filters.v2.1.1/_view/activations?reduce=false");
    let mut expected: Vec<(String, Value)> = summaries()
        .into_iter()
        .map(|(n, path, value)| (format!("{path} {n:02}"), json!({ "id": doc_id(n), "key": [path, value["start"]], "value": value })))
        .collect();
    expected.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(rows(&reply), expected.into_iter().map(|(_, row)| row).collect::<Vec<_>>());
}

#[test]
fn by_date_has_ids_and_revisions_by_start_alone() {
    let mut bench = kinds();
    let reply = bench.get("_design/activations/_view/byDate");
    let found = rows(&reply);
    assert_eq!(found.len(), 9);
    for (row, n) in found.iter().zip(1..) {
        let document = bench.get(&doc_id(n).replace('/', "%2F")).json();
        assert_eq!(*row, json!({ "id": doc_id(n), "key": document["start"], "value": [doc_id(n), document["_rev"]] }));
    }
}

#[test]
fn the_log_cleanup_has_what_has_logs_and_is_no_sequence() {
    let mut bench = kinds();
    let reply = bench.get("_design/logCleanup/_view/byDateWithLogs");
    // Runs with lines, the trigger with its rules, and what says that collection failed. Health tests write nothing.
    let expected: Vec<Value> =
        [1, 2, 5, 8].map(|n| json!({ "id": doc_id(n), "key": record(n).start_ms, "value": doc_id(n) })).into_iter().collect();
    assert_eq!(rows(&reply), expected);
    let state = bench.couchdb.views().iter().find(|state| state.path().contains("logCleanup")).unwrap();
    assert_eq!(state.rows(), 4);
}

/// The keys of rows are found without their documents: it makes no difference.
#[test]
fn keys_are_those_of_the_documents_themselves() {
    let mut bench = kinds();
    for (view, path) in [("_design/whisks.v2.1.0/_view/activations", false), ("_design/whisks-filters.v2.1.1/_view/activations", true)] {
        let reply = bench.get(&format!("{view}?reduce=false&include_docs=true"));
        for row in rows(&reply) {
            let (doc, key) = (&row["doc"], &row["key"]);
            let named = |key: &str| doc["annotations"].as_array().unwrap().iter().find(|it| it["key"] == key).map(|it| it["value"].clone());
            let namespace = doc["namespace"].as_str().unwrap();
            let name = doc["name"].as_str().unwrap();
            let package = named("binding").or_else(|| named("path")).and_then(|path| {
                let path = path.as_str().unwrap().to_owned();
                let parts: Vec<&str> = path.split('/').collect();
                (named("binding").is_some() || parts.len() == 3).then(|| parts[1].to_owned())
            });
            let first = match (path, package) {
                (false, _) => namespace.to_owned(),
                (true, None) => format!("{namespace}/{name}"),
                (true, Some(package)) => format!("{namespace}/{package}/{name}"),
            };
            assert_eq!(*key, json!([first, doc["start"]]));
            assert_eq!(row["id"], doc["_id"]);
        }
    }
}

#[test]
fn ranges_limits_and_directions() {
    let mut bench = Bench::with_records(5);
    bench.store(Record { namespace: NamespaceId(1), ..record(6) });
    let view = "_design/whisks.v2.1.0/_view/activations";
    let at = |n: u64| START + n * 1_000;
    let mut check = |query: &str, offset: u64, expected: &[u128]| {
        let reply = bench.get(&format!("{view}?reduce=false&{query}"));
        let ids: Vec<String> = expected.iter().map(|n| if *n == 6 { format!("team/{}", id(6)) } else { key(*n) }).collect();
        assert_eq!(reply.status, 200, "{query}: {}", reply.text);
        assert_eq!(reply.ids(), ids, "{query}");
        assert_eq!((reply.json()["total_rows"].as_u64(), reply.json()["offset"].as_u64()), (Some(6), Some(offset)), "{query}");
    };
    check("", 0, &[1, 2, 3, 4, 5, 6]);
    // What OpenWhisk's controller sends for `wsk activation list` (`CouchDbRestStore.scala:280-327`).
    let high = "%5B%22guest%22,%22%EF%BF%B0%22,%22%EF%BF%B0%22%5D";
    check(&format!("startkey={high}&endkey=%5B%22guest%22,0%5D&descending=true&limit=3&skip=0&stale=update_after"), 1, &[5, 4, 3]);
    check(&format!("startkey={high}&endkey=%5B%22guest%22,{}%5D&descending=true&skip=1", at(3)), 2, &[4, 3]);
    check("descending=true", 0, &[6, 5, 4, 3, 2, 1]);
    check("limit=0", 0, &[]);
    check("skip=4&limit=1", 4, &[5]);
    check("skip=9", 6, &[]);
    check(&format!("key=%5B%22guest%22,{}%5D", at(2)), 1, &[2]);
    check("key=%22guest%22", 0, &[]);
    check("key=null", 0, &[]);
    check(&format!("startkey=%5B%22guest%22,{}%5D&endkey=%5B%22guest%22,{}%5D", at(2), at(4)), 1, &[2, 3, 4]);
    check(&format!("startkey=%5B%22guest%22,{}%5D&endkey=%5B%22guest%22,{}%5D&inclusive_end=false", at(2), at(4)), 1, &[2, 3]);
    check(&format!("descending=true&startkey=%5B%22guest%22,{}%5D&endkey=%5B%22guest%22,{}%5D", at(4), at(2)), 2, &[4, 3, 2]);
    check(
        &format!("descending=true&start_key=%5B%22guest%22,{}%5D&end_key=%5B%22guest%22,{}%5D&inclusive_end=false", at(4), at(2)),
        2,
        &[4, 3],
    );
    check("startkey=%5B%22h%22%5D", 5, &[6]);
    // A capital comes after its small letter.
    check("startkey=%5B%22Guest%22%5D", 5, &[6]);
    check("startkey=%5B%22team%22%5D&endkey=%5B%22team%22,%7B%7D%5D", 5, &[6]);
}

#[test]
fn ids_divide_rows_of_one_key() {
    let mut bench = Bench::new();
    for n in 1..=3 {
        bench.store(Record { start_ms: START, ..record(n) });
    }
    let view = "_design/activations/_view/byDate";
    let mut check = |query: &str, expected: &[u128]| {
        let ids: Vec<String> = expected.iter().map(|n| key(*n)).collect();
        assert_eq!(bench.get(&format!("{view}?{query}")).ids(), ids, "{query}");
    };
    check(&format!("startkey={START}&startkey_docid={}", quoted(2)), &[2, 3]);
    check(&format!("endkey={START}&endkey_docid={}", quoted(2)), &[1, 2]);
    check(&format!("endkey={START}&endkey_docid={}&inclusive_end=false", quoted(2)), &[1]);
    check(&format!("descending=true&startkey={START}&startkey_docid={}", quoted(2)), &[2, 1]);
    check(&format!("endkey={START}&inclusive_end=false"), &[]);
    check(&format!("key={START}"), &[1, 2, 3]);
}

#[test]
fn keys_by_name_in_their_own_order() {
    let mut bench = Bench::with_records(3);
    let keys = json!([["guest", START + 3_000], ["guest", 5], ["guest", START + 1_000]]);
    let view = "_design/whisks.v2.1.0/_view/activations";
    let by_body = bench.ask("POST", &format!("/{DATABASE}/{view}?reduce=false"), &json!({ "keys": keys }).to_string());
    assert_eq!(by_body.ids(), [key(3), key(1)]);
    let quoted = keys.to_string().replace('"', "%22").replace('[', "%5B").replace(']', "%5D");
    assert_eq!(bench.get(&format!("{view}?reduce=false&keys={quoted}")).ids(), [key(3), key(1)]);
    assert_eq!(bench.get(&format!("{view}?reduce=false&descending=true&skip=1&keys={quoted}")).ids(), [key(3)]);
    let counted = bench.get(&format!("{view}?group=true&keys={quoted}"));
    assert_eq!(counted.json(), json!({ "rows": [{ "key": keys[0], "value": 1 }, { "key": keys[2], "value": 1 }] }));
}

#[test]
fn reductions_count() {
    let mut bench = kinds();
    let view = "_design/whisks.v2.1.0/_view/activations";
    let count = |bench: &mut Bench, query: &str| bench.get(&format!("{view}?{query}")).json();
    assert_eq!(count(&mut bench, ""), json!({ "rows": [{ "key": null, "value": 9 }] }));
    assert_eq!(count(&mut bench, "reduce=true&startkey=%5B%22whisk.system%22%5D"), json!({ "rows": [{ "key": null, "value": 1 }] }));
    assert_eq!(count(&mut bench, "startkey=%5B%22zzz%22%5D"), json!({ "rows": [] }));
    assert_eq!(
        count(&mut bench, "group_level=1"),
        json!({ "rows": [{ "key": ["guest"], "value": 8 }, { "key": ["whisk.system"], "value": 1 }] })
    );
    assert_eq!(count(&mut bench, "group_level=1&descending=true&limit=1"), json!({ "rows": [{ "key": ["whisk.system"], "value": 1 }] }));
    assert_eq!(count(&mut bench, "group=true")["rows"].as_array().unwrap().len(), 9);
    assert_eq!(count(&mut bench, "group=true&skip=8"), json!({ "rows": [{ "key": ["whisk.system", START + 6_000], "value": 1 }] }));
    let empty = Bench::new().get(&format!("{view}?stale=ok"));
    assert_eq!(empty.text, "{\"rows\":[\r\n\r\n]}\n");
}

#[test]
fn a_stale_answer_is_from_the_index_as_it_is() {
    let mut bench = Bench::with_records(2);
    let view = "_design/whisks.v2.1.0/_view/activations?reduce=false";
    for unmoved in ["stale=ok", "update=false"] {
        assert_eq!(bench.get(&format!("{view}&{unmoved}")).text, "{\"total_rows\":0,\"offset\":0,\"rows\":[\r\n\r\n]}\n");
        assert!(bench.effects.timers.is_empty(), "{unmoved} causes no update");
    }
    for after in ["stale=update_after", "update=lazy"] {
        let reply = bench.get(&format!("{view}&{after}"));
        assert!(!reply.waited && reply.ids().is_empty());
        assert_eq!(bench.effects.timers.len(), 1, "and a second one causes no second update");
    }
    bench.finish_updates();
    assert_eq!(bench.get(&format!("{view}&stale=ok")).ids(), [key(1), key(2)]);
    bench.store(record(3));
    assert_eq!(bench.get(&format!("{view}&stale=ok&update_seq=true")).ids().len(), 2);
    let sequence = bench.get(&format!("{view}&stale=ok&update_seq=true")).json()["update_seq"].as_str().unwrap().to_owned();
    assert!(sequence.starts_with("7-"), "five design documents and two records: {sequence}");
    let reply = bench.get(view);
    assert!(reply.waited && reply.ids().len() == 3);
    assert!(!bench.get(&format!("{view}&update=true")).waited, "nothing has been written since");
}

/// An update that is under way does not have what was written after it began.
#[test]
fn an_answer_waits_for_its_own_update() {
    let mut bench = Bench::with_records(1);
    let view = "_design/whisks.v2.1.0/_view/activations?reduce=false";
    bench.get(&format!("{view}&stale=update_after"));
    bench.store(record(2));
    let reply = bench.get(view);
    assert!(reply.waited);
    assert_eq!(reply.ids(), [key(1), key(2)]);
}

#[test]
fn rows_bring_their_documents() {
    let mut bench = kinds();
    let reply = bench.get("_design/whisks.v2.1.0/_view/activations?reduce=false&include_docs=true&limit=2");
    for (row, n) in rows(&reply).iter().zip(1..) {
        assert_eq!(row["doc"], bench.get(&quoted(n)).json());
    }
}

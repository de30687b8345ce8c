//! Requests of unmodified client libraries, as they were sent to this server, byte for byte, and what they must be answered.
//!
//! A file is a list of cases: `=== name`, the request, `---` and the status, then what the body must be: `{a,b}` has these fields, `[]` is
//! a list, `text` is no JSON, and anything else is part of the body. `{{name.field}}` in a request is what that case was answered.

use super::{Served, raw_request, start};
use serde_json::Value;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use whiskscope::cluster::place::StoreKind;

struct Case<'a> {
    name: &'a str,
    head: &'a str,
    body: &'a str,
    status: u16,
    expected: &'a str,
}

fn cases(text: &str) -> Vec<Case<'_>> {
    let cases = text.split("\n=== ").skip(1).map(|case| {
        let (name, rest) = case.split_once('\n').unwrap();
        let (request, expected) = rest.rsplit_once("\n--- ").unwrap();
        let (head, body) = request.split_once("\n\n").unwrap();
        let (status, expected) = expected.trim_end().split_once(' ').unwrap_or((expected.trim_end(), ""));
        Case { name, head, body, status: status.parse().unwrap(), expected }
    });
    cases.collect()
}

/// Whether all that is in `part` is in `whole`.
fn has(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => part.iter().all(|(name, value)| whole.get(name).is_some_and(|it| has(it, value))),
        _ => whole == part,
    }
}

fn play(text: &str, at: SocketAddr) {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let cases = cases(text);
    assert!(cases.len() > 20);
    for Case { name, head, body, status, expected } in cases {
        let fill = |text: &str| {
            let text = text.replace("HOST", &at.to_string());
            known.iter().fold(text, |text, (name, value)| text.replace(&format!("{{{{{name}}}}}"), value))
        };
        let request = format!("{}\r\n\r\n{}", fill(head).replace('\n', "\r\n"), fill(body));
        let (found, headers, answer) = raw_request(at, request.as_bytes());
        assert_eq!(found, status, "{name}: {request}\n{answer}");
        assert!(answer.is_empty() || headers.contains("content-type:"), "{name}: {headers}");
        let is_json = headers.contains("content-type: application/json");
        let value: Value = if is_json && !answer.is_empty() { serde_json::from_str(&answer).unwrap() } else { Value::Null };
        let fits = match expected {
            "" => answer.is_empty(),
            "text" => !is_json && !answer.is_empty(),
            "[]" => value.is_array(),
            fields if fields.starts_with('{') && !fields.starts_with("{\"") && fields != "{}" => {
                let fields: Vec<&str> = fields.trim_matches(['{', '}']).split(',').collect();
                value
                    .as_object()
                    .is_some_and(|object| object.len() == fields.len() && fields.iter().all(|field| object.contains_key(*field)))
            }
            part => has(&value, &serde_json::from_str(part).unwrap()),
        };
        assert!(fits, "{name}: {answer}\nis not {expected}");
        for field in ["activationId", "rev", "id"] {
            let object = if value.is_array() { &value[0] } else { &value };
            if let Some(text) = object[field].as_str() {
                known.entry(format!("{name}.{field}")).or_insert_with(|| text.to_owned());
            }
        }
    }
}

#[test]
fn openwhisk_of_npm_works() {
    let Served { openwhisk, .. } = start(StoreKind::CouchDb);
    play(include_str!("clients/openwhisk.txt"), openwhisk);
}

#[test]
fn openwhisk_of_npm_works_with_elasticsearch_too() {
    let Served { openwhisk, .. } = start(StoreKind::Elasticsearch);
    play(include_str!("clients/openwhisk.txt"), openwhisk);
}

#[test]
fn nano_works() {
    let Served { couchdb, .. } = start(StoreKind::CouchDb);
    play(include_str!("clients/nano.txt"), couchdb);
}

#[test]
fn elasticsearch_of_npm_works() {
    let Served { elasticsearch, .. } = start(StoreKind::Elasticsearch);
    play(include_str!("clients/elasticsearch.txt"), elasticsearch);
}

#[test]
fn the_older_elasticsearch_of_npm_works() {
    let Served { elasticsearch, .. } = start(StoreKind::Elasticsearch);
    play(include_str!("clients/elasticsearch-legacy.txt"), elasticsearch);
}

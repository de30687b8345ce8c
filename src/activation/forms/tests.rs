use super::*;
use crate::activation::*;
use crate::chunked::Chunked;
use serde_json::json;

fn catalogue() -> Catalogue {
    let behaviour = Behaviour {
        run: SpanRange::millis(10, 60),
        result: Body::Json(json!({ "msg": "hi" })),
        log: vec![LogLine { stream: Stream::Stdout, text: "hi".to_owned() }],
        ..Behaviour::nothing()
    };
    let action = Action::new("guest", "hello", behaviour);
    let mut big = action.clone();
    big.name = "big".to_owned();
    big.behaviour.outcome = Outcome::ApplicationError;
    big.behaviour.result = Body::Rows { bytes: 1_200_000 };
    Catalogue::new(&[Namespace::new("guest")], &[action, big])
}

fn record(action: u16) -> Record {
    Record {
        id: "3f1c0000000040008000000000000001".parse().unwrap(),
        namespace: NamespaceId(0),
        action: ActionId(action),
        start_ms: 1_735_200_000_060,
        end_ms: 1_735_200_000_117,
        duration_ms: 57,
        wait_ms: 78,
        init_ms: Some(42),
        status: Status::Success,
        timed_out: false,
        logs: Logs::Collected,
        updated_ms: 1_735_200_000_123,
        origin: Origin::Run,
        binding: None,
        appendix: None,
    }
}

fn none() -> Chunked<Appendix> {
    Chunked::default()
}

const fn library<'a>(catalogue: &'a Catalogue, appendices: &'a Chunked<Appendix>) -> Library<'a> {
    Library { catalogue, appendices }
}

const LOG: &str = "2024-12-26T08:00:00.103000000Z stdout: hi";

#[test]
fn the_couchdb_document_to_the_field() {
    let document = couchdb_document(&record(0), library(&catalogue(), &none()));
    assert!(document["_rev"].as_str().is_some_and(|rev| rev.len() == 34 && rev.starts_with("1-")));
    let mut document = document;
    document["_rev"] = json!("1-…");
    assert_eq!(
        document,
        json!({
            "_id": "guest/3f1c0000000040008000000000000001", "_rev": "1-…", "entityType": "activation", "updated": 1_735_200_000_123_u64,
            "namespace": "guest", "name": "hello", "subject": "guest", "activationId": "3f1c0000000040008000000000000001",
            "start": 1_735_200_000_060_u64, "end": 1_735_200_000_117_u64, "duration": 57, "version": "0.0.1", "publish": false,
            "response": { "statusCode": 0, "result": { "msg": "hi" }, "size": 12 }, "logs": [LOG],
            "annotations": [
                { "key": "limits", "value": { "concurrency": 1, "logs": 10, "memory": 256, "timeout": 60000 } },
                { "key": "path", "value": "guest/hello" }, { "key": "kind", "value": "nodejs:20" },
                { "key": "timeout", "value": false }, { "key": "initTime", "value": 42 }, { "key": "waitTime", "value": 78 },
            ],
        })
    );
}

#[test]
fn the_elasticsearch_source_to_the_field() {
    assert_eq!(
        elasticsearch_source(&record(0), library(&catalogue(), &none())),
        json!({
            "@timestamp": "2024-12-26T08:00:00.060Z", "path": "guest/hello", "entityType": "activation", "updated": 1_735_200_000_123_u64,
            "namespace": "guest", "name": "hello", "subject": "guest", "activationId": "3f1c0000000040008000000000000001",
            "start": 1_735_200_000_060_u64, "end": 1_735_200_000_117_u64, "duration": 57, "version": "0.0.1", "publish": false,
            "response": { "statusCode": 0, "result": "{\"msg\":\"hi\"}", "size": 12 }, "logs": [LOG],
            "annotations": { "limits": { "concurrency": 1, "logs": 10, "memory": 256, "timeout": 60000 }, "path": "guest/hello",
                "kind": "nodejs:20", "timeout": false, "initTime": 42, "waitTime": 78 },
        })
    );
}

#[test]
fn the_rest_form_has_words_for_the_status() {
    let answer = rest(&record(0), library(&catalogue(), &none()));
    assert_eq!(answer["response"], json!({ "result": { "msg": "hi" }, "size": 12, "success": true, "status": "success" }));
    assert_eq!(answer["duration"], 57);
    assert!(answer.get("updated").is_none() && answer.get("entityType").is_none() && answer.get("_id").is_none());
}

/// A catalogue with packages, a binding, sequences and a trigger; and the appendices of their records.
fn team() -> Catalogue {
    let behaviour = Behaviour { result: Body::Json(json!({ "msg": "hi" })), ..Behaviour::nothing() };
    let hello = Action::new("guest", "hello", behaviour.clone());
    let tool = Action { package: "tools".to_owned(), ..Action::new("team", "hello", behaviour) };
    let pair = Action::sequence("guest", "pair", &["hello", "/team/tools/hello"]);
    let rule = |name: &str, active| Rule { name: name.to_owned(), action: "hello".to_owned(), active };
    let tick = Trigger { namespace: "guest".to_owned(), name: "tick".to_owned(), rules: vec![rule("every", true), rule("never", false)] };
    let [namespace, name, provider, package] = ["guest", "bound", "team", "tools"].map(str::to_owned);
    let binding = PackageBinding { namespace, name, provider, package };
    Catalogue::new(&[Namespace::new("guest"), Namespace::new("team")], &[hello, tool, pair]).with(&[tick], &[binding])
}

const SEQUENCE_ID: &str = "5e0000000000400080000000000000aa";

fn limits_of(memory: u32) -> serde_json::Value {
    json!({ "concurrency": 1, "logs": 10, "memory": memory, "timeout": 60000 })
}

/// A component that ran through a binding, within a sequence.
fn component() -> (Record, Chunked<Appendix>) {
    let mut appendices = none();
    appendices.push(Appendix { cause: Some(SEQUENCE_ID.parse().unwrap()), particulars: Particulars::None });
    (Record { binding: Some(BindingId(0)), appendix: AppendixIx::new(0), logs: Logs::None, init_ms: None, ..record(1) }, appendices)
}

#[test]
fn a_component_names_its_cause_and_its_binding() {
    let (record, appendices) = component();
    let team = team();
    assert_eq!(
        rest(&record, library(&team, &appendices)),
        json!({
            "namespace": "guest", "name": "hello", "subject": "guest", "activationId": "3f1c0000000040008000000000000001",
            "cause": SEQUENCE_ID, "start": 1_735_200_000_060_u64, "end": 1_735_200_000_117_u64, "duration": 57, "version": "0.0.1",
            "publish": false, "response": { "result": { "msg": "hi" }, "size": 12, "success": true, "status": "success" }, "logs": [],
            "annotations": [
                { "key": "limits", "value": limits_of(256) }, { "key": "path", "value": "team/tools/hello" },
                { "key": "kind", "value": "nodejs:20" }, { "key": "timeout", "value": false },
                { "key": "causedBy", "value": "sequence" }, { "key": "waitTime", "value": 78 },
                { "key": "binding", "value": "guest/bound" },
            ],
        })
    );
    // Searches by name look at the binding's path, CouchDB's filter view at the binding's name.
    let source = elasticsearch_source(&record, library(&team, &appendices));
    assert_eq!((source["path"].as_str(), source["annotations"]["path"].as_str()), (Some("guest/bound/hello"), Some("team/tools/hello")));
    assert_eq!(record.filter_name(&team), "bound/hello");
    assert_eq!(Record { binding: None, ..record }.filter_name(&team), "tools/hello");
}

#[test]
fn a_sequence_has_its_components_as_logs_and_the_sum_of_their_durations() {
    let (last, mut appendices) = component();
    let end = SequenceEnd { components: vec![ActivationId(7), last.id], memory_mb: Some(512), last: Some(last), failure: None };
    appendices.push(Appendix { cause: None, particulars: Particulars::Sequence(end) });
    let sequence = Record {
        id: SEQUENCE_ID.parse().unwrap(),
        duration_ms: 40,
        wait_ms: 0,
        origin: Origin::Sequence { topmost: true },
        binding: None,
        appendix: AppendixIx::new(1),
        ..Record { action: ActionId(2), ..last }
    };
    let team = team();
    let mut document = couchdb_document(&sequence, library(&team, &appendices));
    document["_rev"] = json!("1-…");
    let logs = json!(["00000000000000000000000000000007", "3f1c0000000040008000000000000001"]);
    assert_eq!(
        document,
        json!({
            "_id": format!("guest/{SEQUENCE_ID}"), "_rev": "1-…", "entityType": "activation", "updated": 1_735_200_000_123_u64,
            "namespace": "guest", "name": "pair", "subject": "guest", "activationId": SEQUENCE_ID, "start": 1_735_200_000_060_u64,
            "end": 1_735_200_000_117_u64, "duration": 40, "version": "0.0.1", "publish": false,
            "response": { "statusCode": 0, "result": { "msg": "hi" }, "size": 12 }, "logs": logs,
            "annotations": [
                { "key": "topmost", "value": true }, { "key": "path", "value": "guest/pair" }, { "key": "kind", "value": "sequence" },
                { "key": "waitTime", "value": 0 }, { "key": "limits", "value": limits_of(512) },
            ],
        })
    );
    // Elasticsearch's list gives the stored sum, CouchDB's what lies between start and end.
    assert_eq!((sequence.duration_ms, sequence.end_less_start_ms()), (40, 57));
    // Within another sequence it names that one.
    let end = SequenceEnd { components: Vec::new(), memory_mb: None, last: None, failure: Some(SequenceFailure::ComponentNotFound) };
    let cause = Some(ActivationId(9));
    appendices.push(Appendix { cause, particulars: Particulars::Sequence(end) });
    let status = Status::ApplicationError;
    let inner = Record { origin: Origin::Sequence { topmost: false }, appendix: AppendixIx::new(2), status, ..sequence };
    let source = elasticsearch_source(&inner, library(&team, &appendices));
    assert_eq!(source["cause"], "00000000000000000000000000000009");
    assert_eq!(
        source["annotations"],
        json!({ "topmost": false, "path": "guest/pair", "kind": "sequence", "causedBy": "sequence", "waitTime": 0 })
    );
    assert_eq!(source["response"], json!({ "statusCode": 1, "result": "{\"error\":\"Sequence component does not exist.\"}" }));
}

#[test]
fn a_trigger_has_no_end_no_annotations_and_one_line_a_rule() {
    let team = team();
    let trigger = team.trigger_named("guest", "tick").unwrap();
    let result = |rule: &str, outcome| RuleResult { rule: format!("guest/{rule}"), action: "guest/hello".to_owned(), outcome };
    let inactive = RuleFailure::inactive("guest/never", "guest/hello");
    let results = vec![result("every", Ok(ActivationId(7))), result("never", Err(inactive))];
    let mut appendices = none();
    appendices.push(Appendix { cause: None, particulars: Particulars::Rules(results) });
    let fired = Record {
        action: trigger,
        end_ms: 0,
        duration_ms: 0,
        wait_ms: 0,
        origin: Origin::Trigger,
        appendix: AppendixIx::new(0),
        init_ms: None,
        ..record(0)
    };
    let lines = json!([
        r#"{"statusCode":0,"success":true,"activationId":"00000000000000000000000000000007","rule":"guest/every","action":"guest/hello"}"#,
        r#"{"statusCode":1,"success":false,"rule":"guest/never","error":"Rule 'guest/never' is inactive, action 'guest/hello' was not activated.","action":"guest/hello"}"#,
    ]);
    let mut document = couchdb_document(&fired, library(&team, &appendices));
    document["_rev"] = json!("1-…");
    assert_eq!(
        document,
        json!({
            "_id": "guest/3f1c0000000040008000000000000001", "_rev": "1-…", "entityType": "activation", "updated": 1_735_200_000_123_u64,
            "namespace": "guest", "name": "tick", "subject": "guest", "activationId": "3f1c0000000040008000000000000001",
            "start": 1_735_200_000_060_u64, "end": 0, "version": "0.0.1", "publish": false,
            "response": { "statusCode": 0, "result": {} }, "logs": lines, "annotations": [],
        })
    );
    let source = elasticsearch_source(&fired, library(&team, &appendices));
    assert_eq!((source["path"].as_str(), &source["annotations"], &source["end"]), (Some("guest/tick"), &json!({}), &json!(0)));
    assert_eq!((source["response"]["result"].as_str(), source.get("duration")), (Some("{}"), None));
    // The interface leaves the end out, and so does the row of a list, which has no status either.
    let answer = rest(&fired, library(&team, &appendices));
    assert_eq!((answer.get("end"), answer.get("duration")), (None, None));
    assert_eq!(answer["response"], json!({ "result": {}, "success": true, "status": "success" }));
    let row = rest_summary(&fired, 0, library(&team, &appendices));
    assert_eq!((row.get("end"), row.get("duration"), row.get("statusCode")), (None, None, None));
}

#[test]
fn a_run_that_was_none_says_so_with_little() {
    let team = team();
    let gone = Record { origin: Origin::ActionGone, status: Status::ApplicationError, duration_ms: 0, init_ms: None, ..record(0) };
    let answer = rest(&gone, library(&team, &none()));
    assert_eq!(answer["annotations"], json!([{ "key": "path", "value": "guest/hello" }, { "key": "kind", "value": "unknown" }]));
    let text = "Action could not be found or may have been deleted.";
    assert_eq!(answer["response"], json!({ "result": { "error": text }, "success": false, "status": "application error" }));
    let failed = Record { origin: Origin::ContainerFailed, status: Status::WhiskInternalError, ..gone };
    let document = couchdb_document(&failed, library(&team, &none()));
    let text = "Failed to provision resources to run the action.";
    assert_eq!(document["response"], json!({ "statusCode": 3, "result": { "error": text } }));
    assert_eq!(
        document["annotations"],
        json!([
            { "key": "limits", "value": limits_of(256) }, { "key": "path", "value": "guest/hello" }, { "key": "kind", "value": "nodejs:20" },
            { "key": "timeout", "value": false }, { "key": "waitTime", "value": 78 },
        ])
    );
}

#[test]
fn an_oversized_result_overflows_its_own_ack() {
    let (record, catalogue) = (Record { status: Status::ApplicationError, ..record(1) }, catalogue());
    let result = result_json(&record, library(&catalogue, &none()));
    let text = result["error"].as_str().unwrap();
    assert!(text.starts_with("The action produced a response that exceeded the allowed length: 12000"));
    // The quotes of the embedded rows are escaped, so that the message outgrows Kafka's limit although the text was cut to 1 MB.
    let told = result_message_bytes(catalogue.action(ActionId(1)).unwrap());
    assert!(told > RESULT_BYTES_MAX + 6_068);
    let (kept, written) = (text.len() as u64, result.to_string().len() as u64);
    assert_eq!(told - 1_024, RESULT_BYTES_MAX + (written - kept - 12) + (kept - RESULT_BYTES_MAX), "{written} {kept}");
}

#[test]
fn lengths_of_rows_are_counted_without_writing_them() {
    for bytes in [0, 31, 32, 33, 45, 1_000, 1_048_576] {
        let rows = row_count(bytes);
        let text = rows_text(rows);
        assert_eq!(text.len() as u64, rows_length(rows));
        assert!(text.len() as u64 >= bytes && serde_json::from_str::<serde_json::Value>(&text).is_ok());
        for kept in [9_usize, 10, 20, 21, 22, 23] {
            let quotes = text.as_bytes().iter().take(kept).filter(|byte| **byte == b'"').count() as u64;
            if kept < text.len() - 2 {
                assert_eq!(escapes_in_rows(kept as u64), quotes, "{kept} of {text}");
            }
        }
    }
}

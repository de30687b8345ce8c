use super::*;
use crate::activation::*;
use serde_json::json;

fn catalogue() -> Catalogue {
    let action = Action {
        namespace: "guest".to_owned(),
        name: "hello".to_owned(),
        version: "0.0.1".to_owned(),
        kind: "nodejs:20".to_owned(),
        limits: Limits::default(),
        behaviour: Behaviour {
            run: SpanRange::millis(10, 60),
            outcome: Outcome::Success,
            result: Body::Json(json!({ "msg": "hi" })),
            log: vec![LogLine { stream: Stream::Stdout, text: "hi".to_owned() }],
            log_collection_fails: false,
        },
    };
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
    }
}

const LOG: &str = "2024-12-26T08:00:00.103000000Z stdout: hi";

#[test]
fn the_couchdb_document_to_the_field() {
    let document = couchdb_document(&record(0), &catalogue());
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
        elasticsearch_source(&record(0), &catalogue()),
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
    let answer = rest(&record(0), &catalogue());
    assert_eq!(answer["response"], json!({ "result": { "msg": "hi" }, "size": 12, "success": true, "status": "success" }));
    assert_eq!(answer["duration"], 57);
    assert!(answer.get("updated").is_none() && answer.get("entityType").is_none() && answer.get("_id").is_none());
}

#[test]
fn an_oversized_result_overflows_its_own_ack() {
    let (record, catalogue) = (Record { status: Status::ApplicationError, ..record(1) }, catalogue());
    let result = result_json(&record, &catalogue);
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

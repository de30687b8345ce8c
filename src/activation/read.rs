//! Documents that somebody wrote into a store, as OpenWhisk reads activations from there.

use super::{ActivationId, Status};
use serde_json::{Map, Value};

/// A document of CouchDB in the form of OpenWhisk's interface; nothing if it is no activation (`WhiskActivation.scala:52-64,182`). From
/// reading the source: a field that has no value of the right kind makes it none, but for the three that may be left out.
pub fn rest_of_document(document: &Value) -> Option<Value> {
    let mut rest = Map::new();
    let mut take = |name: &str, is_right: &dyn Fn(&Value) -> bool| {
        let value = document.get(name).filter(|value| is_right(value))?;
        rest.insert(name.to_owned(), value.clone());
        Some(())
    };
    let texts = |list: &Value| list.as_array().is_some_and(|list| list.iter().all(Value::is_string));
    let pairs = |list: &Value| {
        let is_pair = |pair: &Value| pair.get("key").is_some_and(Value::is_string) && pair.get("value").is_some();
        list.as_array().is_some_and(|list| list.iter().all(is_pair))
    };
    let id = |id: &Value| id.as_str().is_some_and(|id| id.parse::<ActivationId>().is_ok());
    for name in ["namespace", "name", "subject", "version"] {
        take(name, &Value::is_string)?;
    }
    take("activationId", &id)?;
    take("start", &Value::is_u64)?;
    take("end", &Value::is_u64)?;
    take("publish", &Value::is_boolean)?;
    take("logs", &texts)?;
    take("annotations", &pairs)?;
    for (name, is_right) in [("cause", &id as &dyn Fn(&Value) -> bool), ("duration", &Value::is_u64)] {
        if document.get(name).is_some_and(|value| !value.is_null()) {
            take(name, is_right)?;
        }
    }
    let mut response = document.get("response")?.as_object()?.clone();
    let code = response.remove("statusCode")?.as_u64()?;
    let status = [Status::Success, Status::ApplicationError, Status::DeveloperError, Status::WhiskInternalError];
    let status = status.into_iter().find(|status| u64::from(status.code()) == code)?;
    response.retain(|name, _| matches!(name.as_str(), "result" | "size"));
    response.insert("success".to_owned(), (status == Status::Success).into());
    response.insert("status".to_owned(), status.text().into());
    rest.insert("response".to_owned(), response.into());
    // A record that has not ended is a trigger's (`WhiskActivation.scala:100-110`).
    if rest.get("end").and_then(Value::as_u64) == Some(0) {
        rest.remove("end");
        rest.remove("duration");
    } else if !rest.contains_key("duration") {
        let time = |name| rest.get(name).and_then(Value::as_u64).unwrap_or(0);
        let duration = time("end").saturating_sub(time("start"));
        rest.insert("duration".to_owned(), duration.into());
    }
    Some(rest.into())
}

/// The same of a source of Elasticsearch's: annotations are an object there, and the result is a text
/// (`ElasticSearchActivationStore.scala:88-119,193-235`).
pub fn rest_of_source(source: &Value) -> Option<Value> {
    let mut document = source.as_object()?.clone();
    let annotations = document.get("annotations")?.as_object()?.clone();
    let pairs = annotations.into_iter().map(|(key, value)| serde_json::json!({ "key": key, "value": value }));
    document.insert("annotations".to_owned(), pairs.collect());
    if let Some(result) = document.get_mut("response").and_then(|response| response.get_mut("result"))
        && let Some(text) = result.as_str()
    {
        *result = serde_json::from_str(text).ok()?;
    }
    rest_of_document(&document.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn document() -> Value {
        json!({ "_id": "guest/00000000000000000000000000000007", "_rev": "1-a", "entityType": "activation", "updated": 9,
            "namespace": "guest", "name": "mine", "subject": "guest", "version": "0.0.1", "publish": false,
            "activationId": "00000000000000000000000000000007", "start": 5, "end": 8, "logs": ["a"], "odd": 1,
            "annotations": [{ "key": "kind", "value": "x" }], "response": { "statusCode": 2, "result": { "error": "e" } } })
    }

    #[test]
    fn a_document_is_shown_as_a_record_would_be() {
        let rest = rest_of_document(&document()).unwrap();
        let expected = json!({ "namespace": "guest", "name": "mine", "subject": "guest", "version": "0.0.1", "publish": false,
            "activationId": "00000000000000000000000000000007", "start": 5, "end": 8, "duration": 3, "logs": ["a"],
            "annotations": [{ "key": "kind", "value": "x" }],
            "response": { "result": { "error": "e" }, "success": false, "status": "action developer error" } });
        assert_eq!(rest, expected);
        let mut source = document();
        source["annotations"] = json!({ "kind": "x" });
        source["response"]["result"] = "{\"error\":\"e\"}".into();
        assert_eq!(rest_of_source(&source).unwrap(), expected);
        let mut trigger = document();
        trigger["end"] = 0.into();
        let trigger = rest_of_document(&trigger).unwrap();
        assert!(trigger.get("end").is_none() && trigger.get("duration").is_none());
    }

    #[test]
    fn what_lacks_a_field_is_no_activation() {
        for field in
            ["namespace", "name", "subject", "version", "publish", "activationId", "start", "end", "logs", "annotations", "response"]
        {
            for wrong in [None, Some(json!({ "a": [] }))] {
                let mut document = document();
                match wrong {
                    None => document.as_object_mut().unwrap().remove(field),
                    Some(wrong) => document.as_object_mut().unwrap().insert(field.to_owned(), wrong),
                };
                assert_eq!(rest_of_document(&document), None, "{field}");
            }
        }
        let mut odd = document();
        odd["response"]["statusCode"] = 4.into();
        assert_eq!((rest_of_document(&odd), rest_of_source(&document()), rest_of_source(&Value::Null)), (None, None, None));
    }
}

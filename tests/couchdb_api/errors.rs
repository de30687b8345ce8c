//! Every error body.

use crate::bench::*;

/// Method, target under the database or from the root, body, and the answer.
type Case = (&'static str, &'static str, &'static str, u16, &'static str, &'static str);

const RANGE: &str = "No rows can match your key range, reverse your start_key and end_key or set";

fn check(cases: &[Case]) {
    for (method, target, body, status, error, reason) in cases {
        let mut bench = Bench::with_records(2);
        let target = if target.starts_with('/') { (*target).to_owned() } else { format!("/{DATABASE}/{target}") };
        let reply = bench.ask(method, &target, body);
        assert_eq!(problem(&reply), (*status, (*error).to_owned(), (*reason).to_owned()), "{method} {target} {body}");
        let fields = reply.json().as_object().unwrap().len();
        assert_eq!(fields, 2, "{}", reply.text);
        assert!(reply.text.starts_with("{\"error\":\"") && reply.text.ends_with("\"}\n"), "{}", reply.text);
        assert_eq!(reply.header("content-type"), Some("application/json"));
    }
}

#[test]
fn what_is_not_there() {
    check(&[
        ("GET", "/nobody", "", 404, "not_found", "Database does not exist."),
        ("GET", "/nobody/_all_docs", "", 404, "not_found", "Database does not exist."),
        ("PUT", "/nobody/doc", "{}", 404, "not_found", "Database does not exist."),
        ("DELETE", "/nobody", "", 404, "not_found", "Database does not exist."),
        ("GET", "/_nothing", "", 404, "not_found", "Database does not exist."),
        ("GET", "nobody", "", 404, "not_found", "missing"),
        ("DELETE", "nobody", "", 404, "not_found", "missing"),
        ("GET", "_design/nobody", "", 404, "not_found", "missing"),
        ("GET", "_local/nobody", "", 404, "not_found", "missing"),
        ("GET", "_design/nobody/_view/activations", "", 404, "not_found", "missing"),
        ("GET", "_design/whisks.v2.1.0/_view/nobody", "", 404, "not_found", "missing_named_view"),
        ("GET", "_design/snapshotFilters/_view/activations", "", 404, "not_found", "missing_named_view"),
        ("GET", "_design/whisks.v2.1.0/attachment", "", 404, "not_found", "Document is missing attachment"),
    ]);
}

#[test]
fn methods() {
    let not_allowed = |method, target, reason: &'static str| (method, target, "", 405, "method_not_allowed", reason);
    let view = "_design/whisks.v2.1.0/_view/activations";
    let cases = [
        not_allowed("POST", "/", "Only GET,HEAD allowed"),
        not_allowed("DELETE", "/_all_dbs", "Only GET,HEAD allowed"),
        not_allowed("PATCH", "/whisk_local_activations", "Only DELETE,GET,HEAD,POST allowed"),
        not_allowed("DELETE", "_all_docs", "Only GET,HEAD,POST allowed"),
        not_allowed("GET", "_bulk_docs", "Only POST allowed"),
        not_allowed("PUT", view, "Only GET,POST,HEAD allowed"),
        not_allowed("PATCH", "doc", "Only DELETE,GET,HEAD,POST,PUT,COPY allowed"),
        not_allowed("DELETE", "_security", "Only PUT,GET allowed"),
        not_allowed("GET", "_ensure_full_commit", "Only POST allowed"),
    ];
    check(&cases);
    for (method, target, _, _, _, reason) in cases {
        let mut bench = Bench::new();
        let target = if target.starts_with('/') { target.to_owned() } else { format!("/{DATABASE}/{target}") };
        let allowed = reason.strip_prefix("Only ").and_then(|rest| rest.strip_suffix(" allowed"));
        assert_eq!(bench.ask(method, &target, "").header("allow"), allowed, "{target}");
    }
}

#[test]
fn bodies() {
    check(&[
        ("PUT", "doc", "{", 400, "bad_request", "invalid UTF-8 JSON"),
        ("PUT", "doc", "", 400, "bad_request", "invalid UTF-8 JSON"),
        ("PUT", "doc", "[]", 400, "bad_request", "Document must be a JSON object"),
        ("PUT", "doc", r#"{"_odd":1}"#, 400, "doc_validation", "Bad special document member: _odd"),
        ("PUT", "doc", r#"{"_rev":"nonsense"}"#, 400, "bad_request", "Invalid rev format"),
        ("PUT", "doc", r#"{"_rev":7}"#, 400, "bad_request", "Invalid rev format"),
        ("PUT", "doc?rev=1-zz000000000000000000000000000000", "{}", 400, "bad_request", "Invalid rev format"),
        (
            "PUT",
            "doc?rev=2-a",
            r#"{"_rev":"1-a"}"#,
            400,
            "bad_request",
            "Document rev from request body and query string have different values",
        ),
        ("PUT", "doc", r#"{"_id":7}"#, 400, "illegal_docid", "Document id must be a string"),
        ("PUT", "_odd", "{}", 400, "illegal_docid", "Only reserved document ids may start with underscore."),
        ("PUT", "_design/", "{}", 400, "illegal_docid", "Only reserved document ids may start with underscore."),
        ("PUT", "_design%2F", "{}", 400, "illegal_docid", "Illegal document id `_design/`"),
        ("PUT", "doc?rev=1-a", "{}", 409, "conflict", "Document update conflict."),
        ("GET", "doc?rev=nonsense", "", 400, "bad_request", "Invalid rev format"),
        ("GET", "_local", "", 400, "bad_request", "Invalid _local document id."),
        ("GET", "_local/a/b", "", 400, "bad_request", "_local documents do not accept attachments."),
        ("POST", "_bulk_docs", "[]", 400, "bad_request", "Request body must be a JSON object"),
        ("POST", "_bulk_docs", "{}", 400, "bad_request", "POST body must include `docs` parameter."),
        ("POST", "_bulk_docs", r#"{"docs":1}"#, 400, "bad_request", "`docs` parameter must be an array."),
        ("POST", "_bulk_docs", r#"{"docs":[1]}"#, 400, "bad_request", "Document must be a JSON object"),
        ("POST", "_bulk_docs", r#"{"docs":[],"new_edits":1}"#, 400, "bad_request", "`new_edits` parameter must be a boolean."),
        ("POST", "_all_docs", r#"{"keys":1}"#, 400, "bad_request", "`keys` body member must be an array."),
        ("GET", "_all_docs?keys=1", "", 400, "bad_request", "`keys` parameter must be an array."),
        ("POST", "_all_docs", "nonsense", 400, "bad_request", "invalid UTF-8 JSON"),
        ("POST", "_bulk_docs", "", 415, "bad_content_type", "Content-Type must be application/json"),
        ("POST", "/whisk_local_activations", "", 415, "bad_content_type", "Content-Type must be application/json"),
        ("POST", "_all_docs", "", 415, "bad_content_type", "Content-Type must be application/json"),
        ("POST", "doc", "{}", 415, "bad_content_type", "Content-Type must be multipart/form-data"),
        ("GET", "/whisk_local_activations/%zz", "", 400, "bad_request", "invalid_url_encoding"),
    ]);
    let mut bench = Bench::new();
    let mut request = bench.request("POST", &format!("/{DATABASE}"), "{}");
    request.headers_mut().insert("content-type", "application/json; charset=utf-8".parse().unwrap());
    assert_eq!(bench.send(&request).status, 201);
    request.headers_mut().insert("content-type", "text/plain".parse().unwrap());
    assert_eq!(bench.send(&request).status, 415);
    let mut encoded = bench.request("PUT", &format!("/{DATABASE}/doc"), "{}");
    encoded.headers_mut().insert("content-encoding", "br".parse().unwrap());
    assert_eq!(problem(&bench.send(&encoded)).2, "br is not a supported content encoding.");
    let mut matched = bench.request("PUT", &format!("/{DATABASE}/doc?rev=1-a"), "{}");
    matched.headers_mut().insert("if-match", "1-b".parse().unwrap());
    assert_eq!(problem(&bench.send(&matched)).2, "Document rev and etag have different values");
}

#[test]
fn parameters() {
    let parse = |target, reason| ("GET", target, "", 400, "query_parse_error", reason);
    check(&[
        parse("_all_docs?limit=many", "Invalid value for integer: \"many\""),
        parse("_all_docs?limit=", "Invalid value for integer: []"),
        parse("_all_docs?skip=-1", "Invalid value for positive integer: \"-1\""),
        parse("_all_docs?descending=maybe", "Invalid boolean parameter: \"maybe\""),
        parse("_all_docs?include_docs=1", "Invalid boolean parameter: \"1\""),
        parse("_all_docs?reduce=true", "Reduce is invalid for map-only views."),
        parse("_all_docs?group=true", "Invalid use of grouping on a map view."),
        parse("_all_docs?keys=[%22a%22]&key=%22a%22", "`keys` is incompatible with `key`, `start_key` and `end_key`"),
        parse("_design/activations/_view/byDate?reduce=true", "Reduce is invalid for map-only views."),
        parse("_design/activations/_view/byDate?group_level=1", "Invalid use of grouping on a map view."),
        parse("_design/activations/_view/byDate?keys=1", "`keys` must be an array of strings."),
        parse("_design/whisks.v2.1.0/_view/activations?stale=yes", "Invalid value for `stale`."),
        parse("_design/whisks.v2.1.0/_view/activations?update=yes", "Invalid value for `update`."),
        parse("_design/whisks.v2.1.0/_view/activations?stable=yes", "Invalid value for `stable`."),
        parse("_design/whisks.v2.1.0/_view/activations?include_docs=true", "`include_docs` is invalid for reduce"),
        parse("_design/whisks.v2.1.0/_view/activations?keys=[1]", "Multi-key fetchs for reduce views must use `group=true`"),
        parse(
            "_design/whisks.v2.1.0/_view/activations?group=false&group_level=2",
            "Can't specify group=false and group_level>0 at the same time",
        ),
        parse("_design/whisks.v2.1.0/_view/activations?reduce=false&group=true", "Invalid use of grouping on a map view."),
        ("GET", "_all_docs?startkey=guest", "", 400, "bad_request", "invalid UTF-8 JSON"),
        ("GET", "_design/activations/_view/byDate?key=%7B", "", 400, "bad_request", "invalid UTF-8 JSON"),
        ("POST", "_design/activations/_view/byDate", "{}", 400, "bad_request", "POST body must contain `keys` or `queries` field"),
        ("POST", "_design/activations/_view/byDate", r#"{"keys":1}"#, 400, "bad_request", "`keys` member must be an array."),
        (
            "POST",
            "_design/activations/_view/byDate",
            r#"{"keys":[],"queries":[]}"#,
            400,
            "bad_request",
            "`keys` and `queries` are mutually exclusive",
        ),
        (
            "DELETE",
            "/whisk_local_activations?rev=1-a",
            "",
            400,
            "bad_request",
            "You tried to DELETE a database with a ?=rev parameter. Did you mean to DELETE a document instead?",
        ),
        ("GET", "/_uuids?count=some", "", 400, "bad_request", "count must be a positive integer"),
        ("GET", "/_uuids?count=1001", "", 400, "bad_request", "count parameter too large"),
    ]);
    let view = "_design/activations/_view/byDate";
    let mut bench = Bench::with_records(1);
    let wrong = bench.get(&format!("{view}?startkey=2&endkey=1"));
    assert_eq!(problem(&wrong), (400, "query_parse_error".to_owned(), format!("{RANGE} descending=true")));
    let reversed = bench.get(&format!("{view}?startkey=1&endkey=2&descending=true"));
    assert_eq!(problem(&reversed).2, format!("{RANGE} descending=false"));
    assert_eq!(bench.get(&format!("{view}?startkey=2&endkey=2")).status, 200);
    assert_eq!(bench.get("_all_docs?startkey=%22b%22&endkey=%22a%22").status, 200, "_all_docs does not mind");
}

#[test]
fn databases() {
    let illegal = "Name: 'Big'. Only lowercase characters (a-z), digits (0-9), and any of the characters _, $, (, ), +, -, and / are allowed. \
                   Must begin with a letter.";
    check(&[
        ("PUT", "/whisk_local_activations", "", 412, "file_exists", "The database could not be created, the file already exists."),
        ("PUT", "/Big", "", 400, "illegal_database_name", illegal),
        ("PUT", "/new", "", 501, "not_implemented", "WhiskScope does not simulate the creation of databases."),
        ("DELETE", "/whisk_local_whisks", "", 501, "not_implemented", "WhiskScope does not simulate the deletion of this database."),
        ("POST", "_temp_view", "{}", 410, "gone", "Temporary views are not supported in CouchDB"),
    ]);
}

#[test]
fn what_is_not_simulated_says_so() {
    let cases = [
        ("GET", "_changes", ""),
        ("POST", "_find", "{}"),
        ("POST", "_bulk_get", "{}"),
        ("GET", "_revs_limit", ""),
        ("PUT", "_security", "{}"),
        ("GET", "/_active_tasks", ""),
        ("GET", "/_utils/", ""),
        ("GET", "/_users/_all_docs", ""),
        ("POST", "/_session", ""),
        ("GET", "_design/whisks.v2.1.0/_info", ""),
        ("GET", "_design/whisks.v2.1.0/_show/x", ""),
        ("POST", "_design/whisks.v2.1.0/_view/activations", r#"{"queries":[]}"#),
        ("GET", "/whisk_local_whisks/_design/whisks.v2.1.0/_view/actions", ""),
        ("PUT", "/whisk_local_whisks/doc", "{}"),
        ("PUT", "_design/whisks.v2.1.0", "{}"),
        ("PUT", "_local/x", "{}"),
        ("PUT", "doc/attachment", "text"),
        ("PUT", "doc?new_edits=false", "{}"),
        ("POST", "_bulk_docs", r#"{"docs":[],"new_edits":false}"#),
        ("PUT", "doc", r#"{"_attachments":{"a":{}}}"#),
        ("GET", "doc?open_revs=all", ""),
        ("COPY", "doc", ""),
    ];
    for (method, target, body) in cases {
        let mut bench = Bench::new();
        let target = if target.starts_with('/') { target.to_owned() } else { format!("/{DATABASE}/{target}") };
        let (status, error, reason) = problem(&bench.ask(method, &target, body));
        assert_eq!((status, error.as_str()), (501, "not_implemented"), "{method} {target}: {reason}");
        assert!(reason.starts_with("WhiskScope does not simulate ") && reason.ends_with('.'), "{reason}");
        assert_eq!(bench.couchdb.update_sequence(), 5, "and nothing has happened");
    }
}

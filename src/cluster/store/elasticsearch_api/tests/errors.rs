//! The bodies of refusals.

use super::*;
use serde_json::json;

#[test]
fn errors_have_their_root_cause_and_their_status() {
    let mut site = Site::full();
    let cause = json!({ "type": "index_not_found_exception", "reason": "no such index", "resource.type": "index_or_alias",
        "resource.id": "nothing", "index_uuid": "_na_", "index": "nothing" });
    let mut error = cause.clone();
    error["root_cause"] = json!([cause]);
    assert_eq!(site.json("GET", "/nothing/_search", ""), (404, json!({ "error": error, "status": 404 })));
    let (status, text) = site.text("GET", "/nothing/_search", "");
    assert_eq!(status, 404);
    assert!(
        text.starts_with(r#"{"error":{"root_cause":[{"type":"index_not_found_exception","reason":"no such index","resource.type""#),
        "{text}"
    );
}

#[test]
fn each_refusal_says_what_the_real_one_says() {
    let mut site = Site::full();
    let mut check = |method: &str, target: &str, body: &str, status: u16, kind: &str, reason: &str| {
        let (found, answer) = site.json(method, target, body);
        let error = &answer["error"];
        assert_eq!((found, &error["type"], &error["reason"]), (status, &json!(kind), &json!(reason)), "{method} {target} {body}: {answer}");
        assert_eq!((&answer["status"], &error["root_cause"][0]["reason"]), (&json!(status), &json!(reason)));
        answer.clone()
    };
    let missing = "no such index";
    for target in [
        "/nothing",
        "/nothing/_count",
        "/nothing/_mapping",
        "/nothing/_settings",
        "/_cat/indices/nothing",
        "/z*/_search?allow_no_indices=false",
    ] {
        check("GET", target, "", 404, "index_not_found_exception", missing);
    }
    let answer = check("GET", "/nothing/_doc/1", "", 404, "index_not_found_exception", missing);
    assert_eq!(answer["error"]["resource.type"], "index_expression");
    check("DELETE", "/nothing", "", 404, "index_not_found_exception", missing);
    check("POST", "/nothing/_refresh", "", 404, "index_not_found_exception", missing);
    check("PUT", "/nothing/_settings", "{\"refresh_interval\":\"1s\"}", 404, "index_not_found_exception", missing);
    check("GET", "/_nothing", "", 400, "invalid_index_name_exception", "Invalid index name [_nothing], must not start with '_'.");
    check("PUT", "/Big", "", 400, "invalid_index_name_exception", "Invalid index name [Big], must be lowercase");
    check(
        "PUT",
        "/a%20b/_doc/1",
        "{}",
        400,
        "invalid_index_name_exception",
        "Invalid index name [a b], must not contain the following characters [ , \", *, \\, <, |, ,, >, /, ?]",
    );
    check("PUT", "/-a", "", 400, "invalid_index_name_exception", "Invalid index name [-a], must not start with '_', '-', or '+'");
    check("GET", "/_mapping/foo", "", 404, "type_missing_exception", "type[[foo]] missing");
    // Parameters.
    let illegal = "illegal_argument_exception";
    check("GET", "/_search?foo=1", "", 400, illegal, "request [/_search] contains unrecognized parameter: [foo]");
    check("GET", "/_search?foo=1&bar", "", 400, illegal, "request [/_search] contains unrecognized parameters: [bar], [foo]");
    check(
        "GET",
        "/_search?sizes=1",
        "",
        400,
        illegal,
        "request [/_search] contains unrecognized parameter: [sizes] -> did you mean [size]?",
    );
    check("GET", "/_search?size=x", "", 400, illegal, "Failed to parse int parameter [size] with value [x]");
    check("GET", "/_search?size=-1", "", 400, illegal, "[size] parameter cannot be negative, found [-1]");
    check("GET", "/_search?from=-1", "", 400, illegal, "[from] parameter cannot be negative");
    check("GET", "/_cat/indices?v=yes", "", 400, illegal, "Failed to parse value [yes] as only [true] or [false] are allowed.");
    check("GET", "/_cat/health", "{}", 400, illegal, "request [GET /_cat/health] does not support having a body");
    check("GET", "/_search?default_operator=xor&q=a", "", 400, illegal, "No enum constant org.elasticsearch.index.query.Operator.XOR");
    check("GET", "/_search?sort=start:up", "", 400, illegal, "No enum constant org.elasticsearch.search.sort.SortOrder.UP");
    // Queries.
    let answer = check("POST", "/_search", r#"{"query":{"foo":{}}}"#, 400, "parsing_exception", "no [query] registered for [foo]");
    assert_eq!((&answer["error"]["line"], &answer["error"]["col"]), (&json!(1), &json!(17)));
    let answer = check("POST", "/_search", "{\n \"foo\": {}}", 400, "parsing_exception", "Unknown key for a START_OBJECT in [foo].");
    assert_eq!((&answer["error"]["line"], &answer["error"]["col"]), (&json!(2), &json!(9)));
    check("POST", "/_count", r#"{"size":1}"#, 400, "parsing_exception", "request does not support [size]");
    check("POST", "/_search", r#"{"query":{}}"#, 400, illegal, "query malformed, empty clause found");
    check("POST", "/_search", r#"{"query":[]}"#, 400, "parsing_exception", "[_na] query malformed, must start with start_object");
    check(
        "POST",
        "/_search",
        r#"{"query":{"term":"x"}}"#,
        400,
        "parsing_exception",
        "[term] query malformed, no start_object after query name",
    );
    check("POST", "/_search", r#"{"query":{"term":{"a":[1]}}}"#, 400, "parsing_exception", "[term] query does not support array of values");
    check(
        "POST",
        "/_search",
        r#"{"query":{"match":{"a":1,"b":2}}}"#,
        400,
        "parsing_exception",
        "[match] query doesn't support multiple fields, found [a] and [b]",
    );
    check(
        "POST",
        "/_search",
        r#"{"query":{"range":{"a":{"above":1}}}}"#,
        400,
        "parsing_exception",
        "[range] query does not support [above]",
    );
    check("POST", "/_search", r#"{"query":{"bool":{"may":[]}}}"#, 400, "parsing_exception", "[bool] query does not support [may]");
    check(
        "POST",
        "/_search",
        r#"{"query":{"match_all":{},"term":{}}}"#,
        400,
        "parsing_exception",
        "[match_all] malformed query, expected [END_OBJECT] but found [FIELD_NAME]",
    );
    // What is no JSON is Jackson's own exception, which 6.7 has no status for.
    check("POST", "/_search", "{\"query\":", 500, "json_e_o_f_exception", "EOF while parsing a value at line 1 column 9");
    check("POST", "/_search", "{query}", 500, "json_parse_exception", "key must be a string at line 1 column 2");
    // Documents.
    check("PUT", "/a/_doc/1", "", 400, "parse_exception", "request body is required");
    let answer = check("PUT", "/a/_doc/1", "{oops", 400, "mapper_parsing_exception", "failed to parse");
    assert_eq!(answer["error"]["caused_by"]["type"], "json_parse_exception");
    check(
        "PUT",
        "/a/_doc/1",
        r#"{"_id":1}"#,
        400,
        "mapper_parsing_exception",
        "Field [_id] is a metadata field and cannot be added inside a document. Use the index API request parameters.",
    );
    check(
        "PUT",
        "/openwhisk-guest/_doc/1",
        r#"{"start":"soon"}"#,
        400,
        "mapper_parsing_exception",
        "failed to parse field [start] of type [long]",
    );
    check(
        "PUT",
        "/openwhisk-guest/_doc/1",
        r#"{"name":{"a":1}}"#,
        400,
        "mapper_parsing_exception",
        "failed to parse field [name] of type [text]",
    );
    check(
        "PUT",
        "/openwhisk-guest/_doc/1",
        r#"{"response":1}"#,
        400,
        "mapper_parsing_exception",
        "object mapping for [response] tried to parse field [response] as object, but found a concrete value",
    );
    check(
        "PUT",
        &format!("/a/_doc/{}", "x".repeat(513)),
        "{}",
        400,
        "action_request_validation_exception",
        "Validation Failed: 1: id is too long, must be no longer than 512 bytes but was: 513;",
    );
    check("PUT", "/a/_foo_/1", "{}", 400, "invalid_type_name_exception", "Document mapping type name can't start with '_', found: [_foo_]");
    check("PUT", "/a/_doc/1?op_type=delete", "{}", 400, illegal, "opType must be 'create' or 'index', found: [delete]");
    // Bulks.
    check("POST", "/_bulk", "{\"index\":{}}", 400, illegal, "The bulk request must be terminated by a newline [\\n]");
    check("POST", "/_bulk", "{\"index\":{}}\n{}\n", 400, "action_request_validation_exception", "Validation Failed: 1: index is missing;");
    check("POST", "/_bulk", "\n", 400, "action_request_validation_exception", "Validation Failed: 1: no requests added;");
    check("POST", "/a/_bulk", "{\"index\":{\"x\":1}}\n{}\n", 400, illegal, "Action/metadata line [1] contains an unknown parameter [x]");
    check(
        "POST",
        "/a/_bulk",
        "\"x\"\n{}\n",
        400,
        illegal,
        "Malformed action/metadata line [1], expected START_OBJECT but found [VALUE_STRING]",
    );
    check(
        "POST",
        "/a/_bulk",
        "{\"make\":{}}\n{}\n",
        400,
        illegal,
        "Malformed action/metadata line [1], expected field [create], [delete], [index] or [update] but found [make]",
    );
    // Settings.
    check(
        "PUT",
        "/openwhisk-guest/_settings",
        r#"{"index":{"foo":1}}"#,
        400,
        illegal,
        "unknown setting [index.foo] please check that any required plugins are installed, or check the breaking changes documentation for removed settings",
    );
    check(
        "PUT",
        "/openwhisk-guest/_settings",
        r#"{"refresh_interval":"often"}"#,
        400,
        illegal,
        "failed to parse setting [index.refresh_interval] with value [often] as a time value: unit is missing or unrecognized",
    );
    check(
        "PUT",
        "/openwhisk-guest/_settings",
        "{}",
        400,
        "action_request_validation_exception",
        "Validation Failed: 1: no settings to update;",
    );
    check("PUT", "/openwhisk-guest/_settings", "", 400, "parse_exception", "request body is required");
}

#[test]
fn what_exists_already_says_so() {
    let mut site = Site::full();
    let (status, answer) = site.json("PUT", "/openwhisk-guest", "");
    assert_eq!((status, &answer["error"]["type"]), (400, &json!("resource_already_exists_exception")));
    let reason = format!("index [openwhisk-guest/{}] already exists", answer["error"]["index_uuid"].as_str().unwrap());
    assert_eq!(answer["error"]["reason"], reason);
    let (_, answer) = site.json("PUT", "/openwhisk-guest/_settings", r#"{"index":{"number_of_shards":1}}"#);
    assert!(
        answer["error"]["reason"]
            .as_str()
            .unwrap()
            .starts_with("Can't update non dynamic settings [[index.number_of_shards]] for open indices [[openwhisk-guest/")
    );
}

#[test]
fn shards_fail_with_what_does_not_fit_their_fields() {
    let mut site = Site::full();
    let mut check = |target: &str, body: &str, status: u16, kind: &str, reason: &str| {
        let (found, answer) = site.json("POST", target, body);
        let error = &answer["error"];
        assert_eq!(
            (found, &error["type"], &error["reason"], &error["phase"]),
            (status, &json!("search_phase_execution_exception"), &json!("all shards failed"), &json!("query")),
            "{answer}"
        );
        let cause = &error["root_cause"][0];
        assert_eq!((&cause["type"], cause["reason"].as_str().unwrap().starts_with(reason)), (&json!(kind), true), "{answer}");
        let shard = &error["failed_shards"][0];
        assert_eq!((&shard["shard"], &shard["index"], &shard["reason"]["type"]), (&json!(0), &json!("openwhisk-guest"), &json!(kind)));
        shard["reason"]["caused_by"].clone()
    };
    let guest = "/openwhisk-guest/_search";
    let cause = check(
        guest,
        r#"{"query":{"term":{"start":"soon"}}}"#,
        400,
        "query_shard_exception",
        "failed to create query: {\n  \"term\" : {\n    \"start\" : \"soon\"\n  }\n}",
    );
    assert_eq!(cause, json!({ "type": "number_format_exception", "reason": "For input string: \"soon\"" }));
    let cause =
        check(guest, r#"{"query":{"range":{"@timestamp":{"gte":"soon"}}}}"#, 400, "query_shard_exception", "failed to create query");
    assert_eq!(cause["reason"], "failed to parse date field [soon] with format [strict_date_optional_time||epoch_millis]");
    check(guest, r#"{"query":{"term":{"publish":"maybe"}}}"#, 400, "query_shard_exception", "failed to create query");
    check(guest, r#"{"sort":"foo"}"#, 400, "query_shard_exception", "No mapping found for [foo] in order to sort on");
    check(
        guest,
        r#"{"sort":"path"}"#,
        400,
        "illegal_argument_exception",
        "Fielddata is disabled on text fields by default. Set fielddata=true on [path]",
    );
    check(
        guest,
        r#"{"from":9999,"size":2}"#,
        500,
        "query_phase_execution_exception",
        "Result window is too large, from + size must be less than or equal to: [10000] but was [10001]. See the scroll api",
    );
    let cause = check(&format!("{guest}?q=path:guest/hello"), "", 400, "query_shard_exception", "Failed to parse query [path:guest/hello]");
    assert_eq!(cause["type"], "parse_exception");
    for q in ["(", ")", "a:", "%22a", "%5B1%20TO", "%5B1%202%5D", "AND", "a%20AND", "%5E2", "a~1", "()"] {
        check(&format!("{guest}?q={q}"), "", 400, "query_shard_exception", "Failed to parse query");
    }
}

#[test]
fn what_is_not_simulated_says_so() {
    let mut site = Site::full();
    for (method, target, body) in [
        ("GET", "/_nodes", ""),
        ("GET", "/_cat/shards", ""),
        ("POST", "/_search/scroll", ""),
        ("POST", "/a/_doc/1/_update", "{}"),
        ("GET", "/a/_mget", ""),
        ("PUT", "/a/_mapping/_doc", "{}"),
        ("GET", "/_cluster/state", ""),
        ("GET", "/_search?scroll=1m", ""),
        ("PUT", "/a/_doc/1?refresh=wait_for", "{}"),
        ("POST", "/_search", r#"{"aggs":{}}"#),
        ("POST", "/_search", r#"{"query":{"fuzzy":{}}}"#),
        ("PUT", "/a", r#"{"mappings":{"_doc":{}}}"#),
        ("POST", "/_search", r#"{"query":{"match":{"a":{"query":"b","fuzziness":1}}}}"#),
        ("GET", "/_cat/indices?format=yaml", ""),
        ("POST", "/_search", r#"{"query":{"range":{"publish":{"gte":true}}}}"#),
        ("PUT", "/openwhisk-guest/_settings", r#"{"refresh_interval":"1ms"}"#),
        ("PUT", "/openwhisk-guest/_settings", r#"{"index.number_of_replicas":0}"#),
        ("GET", "/_mget", r#"{"docs":[]}"#),
        ("POST", "/openwhisk-guest/_doc/_mget", r#"{"ids":[]}"#),
        ("POST", "/_msearch", "{}\n{}\n"),
        ("POST", "/openwhisk-guest/_msearch", "{}\n{}\n"),
        ("DELETE", "/_search/scroll", ""),
        ("GET", "/_search/scroll/x", ""),
        ("POST", "/openwhisk-guest/_update_by_query", ""),
        ("POST", "/_reindex", "{}"),
        ("GET", "/openwhisk-guest/_doc/1/_explain", ""),
        ("GET", "/openwhisk-guest/_doc/1/_termvectors", ""),
        ("GET", "/openwhisk-guest/_validate/query", ""),
        ("GET", "/openwhisk-guest/_search_shards", ""),
        ("POST", "/openwhisk-guest/_close", ""),
        ("POST", "/openwhisk-guest/_flush", ""),
        ("POST", "/openwhisk-guest/_forcemerge", ""),
        ("GET", "/openwhisk-guest/_stats", ""),
        ("GET", "/openwhisk-guest/_segments", ""),
        ("GET", "/openwhisk-guest/_recovery", ""),
        ("PUT", "/openwhisk-guest/_alias/a", ""),
        ("POST", "/_aliases", "{}"),
        ("PUT", "/_template/t", "{}"),
        ("POST", "/_analyze", "{}"),
        ("GET", "/_field_caps", ""),
        ("PUT", "/_ingest/pipeline/p", "{}"),
        ("PUT", "/_scripts/s", "{}"),
        ("PUT", "/_snapshot/s", "{}"),
        ("GET", "/_tasks", ""),
        ("GET", "/_stats", ""),
        ("GET", "/_xpack", ""),
        ("POST", "/_sql", "{}"),
        ("GET", "/_ml/anomaly_detectors", ""),
        ("GET", "/_cluster/stats", ""),
        ("PUT", "/_cluster/settings", "{}"),
        ("GET", "/_cat/nodes", ""),
        ("GET", "/_cat/aliases", ""),
        ("GET", "/_search?routing=a", ""),
        ("PUT", "/a/_doc/1?routing=a", "{}"),
        ("PUT", "/a/_doc/1?pipeline=a", "{}"),
        ("GET", "/openwhisk-guest/_doc/1?stored_fields=a", ""),
        ("POST", "/_search", r#"{"aggregations":{"a":{"terms":{"field":"a"}}}}"#),
        ("POST", "/_search", r#"{"suggest":{}}"#),
        ("POST", "/_search", r#"{"highlight":{}}"#),
        ("POST", "/_search", r#"{"rescore":{}}"#),
        ("POST", "/_search", r#"{"collapse":{"field":"a"}}"#),
        ("POST", "/_search", r#"{"post_filter":{"match_all":{}}}"#),
        ("POST", "/_search", r#"{"search_after":[1]}"#),
        ("POST", "/_search", r#"{"script_fields":{}}"#),
        ("POST", "/_search", r#"{"stored_fields":[]}"#),
        ("POST", "/_search", r#"{"docvalue_fields":[]}"#),
        ("POST", "/_search", r#"{"explain":true}"#),
        ("POST", "/_search", r#"{"profile":true}"#),
        ("POST", "/_search", r#"{"min_score":1}"#),
        ("POST", "/_search", r#"{"query":{"more_like_this":{}}}"#),
        ("POST", "/_search", r#"{"query":{"nested":{}}}"#),
        ("POST", "/_search", r#"{"query":{"script":{}}}"#),
        ("POST", "/_search", r#"{"query":{"function_score":{}}}"#),
        ("POST", "/_search", r#"{"query":{"regexp":{}}}"#),
    ] {
        let (status, answer) = site.json(method, target, body);
        assert_eq!((status, &answer["error"]["type"]), (501, &json!("whiskscope_not_simulated")), "{method} {target} {body}: {answer}");
        assert!(answer["error"]["reason"].as_str().unwrap().starts_with("WhiskScope does not simulate "));
    }
}

#[test]
fn other_methods_and_paths_are_refused_plainly() {
    let mut site = Site::full();
    let response = site.send("PATCH", "/_search?x", "", None);
    assert_eq!((response.status().as_u16(), &response.headers()["allow"]), (405, &"GET,POST".parse().unwrap()));
    assert_eq!(
        String::from_utf8(response.into_body()).unwrap(),
        r#"{"error":"Incorrect HTTP method for uri [/_search?x] and method [PATCH], allowed: [GET, POST]","status":405}"#
    );
    assert_eq!(
        site.json("DELETE", "/a/_doc", "").1["error"],
        "Incorrect HTTP method for uri [/a/_doc] and method [DELETE], allowed: [POST]"
    );
    assert_eq!(site.text("HEAD", "/_cat/indices", "").0, 405);
    assert_eq!(site.json("BREW", "/a", "").1["error"], "Unexpected http method: BREW, allowed: [GET, HEAD, PUT, DELETE]");
    let response = site.send("OPTIONS", "/a", "", None);
    assert_eq!(
        (response.status().as_u16(), &response.headers()["allow"], response.body().len()),
        (200, &"GET,HEAD,PUT,DELETE".parse().unwrap(), 0)
    );
    assert_eq!(site.json("GET", "/a/b/c/d/e", ""), (400, json!({ "error": "no handler found for uri [/a/b/c/d/e] and method [GET]" })));
}

#[test]
fn a_body_says_its_type() {
    let mut site = Site::full();
    let said = |response: Response<Vec<u8>>| (response.status().as_u16(), String::from_utf8(response.into_body()).unwrap());
    let body = "{}";
    assert_eq!(
        said(site.send("POST", "/_search", body, None)),
        (406, r#"{"error":"Content-Type header is missing","status":406}"#.to_owned())
    );
    let kind = Some("application/x-www-form-urlencoded");
    let expected = r#"{"error":"Content-Type header [application/x-www-form-urlencoded] is not supported","status":406}"#;
    assert_eq!(said(site.send("POST", "/_search", body, kind)), (406, expected.to_owned()));
    assert_eq!(said(site.send("POST", "/_search", body, Some("application/json; charset=utf-8"))).0, 200);
    assert_eq!(said(site.send("POST", "/a/_bulk", "{\"index\":{}}\n{}\n", Some("application/x-ndjson"))).0, 200);
    assert_eq!(said(site.send("POST", "/_search", "a: b", Some("application/yaml"))).0, 501);
}

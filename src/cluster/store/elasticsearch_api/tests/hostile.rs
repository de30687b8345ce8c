//! Whatever comes in: no panic, an answer that can be read, and a status that makes sense.

use super::*;
use proptest::prelude::*;

fn check(site: &mut Site, method: &str, target: &str, body: &str) {
    let Ok(request) =
        Request::builder().method(method).uri(target).header("content-type", "application/json").body(body.as_bytes().to_vec())
    else {
        return;
    };
    let now = site.now;
    let response = site.with(|store, setting, library, effects| store.serve(setting, library, &request, now, effects));
    let status = response.status().as_u16();
    assert!([200, 201, 400, 404, 405, 406, 408, 409, 500, 501].contains(&status), "{status} {method} {target} {body}");
    let text = std::str::from_utf8(response.body()).unwrap();
    let kind = response.headers()["content-type"].to_str().unwrap();
    if method == "HEAD" {
        assert_eq!(text, "");
    } else if kind.starts_with("application/json") {
        let value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(
            status >= 400 && status != 408 && value.get("error").is_none(),
            status == 404 && value.get("error").is_none(),
            "{method} {target} {text}"
        );
    } else {
        assert!(text.is_empty() || text.ends_with('\n'), "{text}");
    }
}

/// Something that may stand in a path or a parameter, or may not.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "openwhisk-guest", "openwhisk-*", "_all", "*", "-openwhisk-guest", "books", "_doc", "_search", "_count", "_bulk", "_mapping", "_settings",
            "_refresh", "_cat", "indices", "health", "count", "_cluster", "_source", "_create", "_delete_by_query", "1", "_update", "%2F", "%ff", "Books", ",", "..",
            "guest%2F00000000000000000000000000000001", "index.refresh_interval", "_nodes", "<now>", "%00",
        ]).prop_map(str::to_owned),
        1 => "[a-z%_*,.0-9-]{0,6}",
    ]
}

fn parameter() -> impl Strategy<Value = String> {
    let names = vec![
        "q",
        "size",
        "from",
        "sort",
        "v",
        "h",
        "s",
        "format",
        "pretty",
        "filter_path",
        "_source",
        "_source_includes",
        "refresh",
        "realtime",
        "version",
        "op_type",
        "expand_wildcards",
        "ignore_unavailable",
        "df",
        "default_operator",
        "bytes",
        "wait_for_status",
        "level",
        "foo",
        "include_type_name",
    ];
    let values = prop_oneof![
        prop::sample::select(vec![
            "",
            "true",
            "false",
            "json",
            "1",
            "-1",
            "99999999999",
            "start:desc",
            "_score",
            "**",
            "*.*.*",
            "-hits",
            "index,dc",
            "*",
            "green",
            "name:hello",
            "path:%22guest%2Fhello%22",
            "start:%5B1+TO+*%5D",
            "((((",
            "a+AND+NOT+b",
            "_exists_:cause",
            "all",
            "create",
            "AND"
        ])
        .prop_map(str::to_owned),
        "[a-zA-Z0-9:()%+*?.,\\[\\]{}~^!<>=-]{0,12}",
    ];
    (prop::sample::select(names), values).prop_map(|(name, value)| format!("{name}={value}"))
}

/// JSON made of the words of queries and of documents.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop::sample::select(vec![
            "hello",
            "start",
            "path.keyword",
            "desc",
            "now-1d/d",
            "2024-12-26",
            "",
            "*",
            "5s",
            "guest/hello",
            "a.b",
            "50%"
        ])
        .prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
    ];
    let names = prop_oneof![
        6 => prop::sample::select(vec!["query", "bool", "must", "should", "filter", "must_not", "term", "terms", "match", "match_phrase", "range", "exists", "field", "ids", "values",
            "gte", "lt", "sort", "order", "_source", "includes", "size", "from", "start", "name", "path", "annotations", "response", "@timestamp", "settings", "index",
            "refresh_interval", "minimum_should_match", "operator", "query_string", "match_all", "constant_score", "wildcard", "prefix", "value", "aggs"]).prop_map(str::to_owned),
        1 => "\\PC{0,5}",
    ];
    leaf.prop_recursive(5, 32, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((names.clone(), inner), 0..4)
                .prop_map(|fields| fields.into_iter().collect::<serde_json::Map<String, Value>>().into()),
        ]
    })
}

fn body() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just(String::new()),
        4 => json().prop_map(|json| json.to_string()),
        4 => json().prop_map(|json| serde_json::json!({ "query": json }).to_string()),
        2 => (json(), json()).prop_map(|(one, other)| format!("{{\"index\":{{\"_index\":\"books\"}}}}\n{one}\n{{\"delete\":{{\"_index\":\"books\",\"_id\":\"1\"}}}}\n{other}\n")),
        1 => "\\PC{0,30}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_request_is_too_strange(
        requests in prop::collection::vec((
            prop::sample::select(vec!["GET", "GET", "POST", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "BREW"]),
            prop::collection::vec(word(), 0..5), prop::collection::vec(parameter(), 0..3), body(),
        ), 1..12),
    ) {
        let mut site = Site::full();
        for (method, parts, parameters, body) in requests {
            let query = if parameters.is_empty() { String::new() } else { format!("?{}", parameters.join("&")) };
            check(&mut site, method, &format!("/{}{query}", parts.join("/")), &body);
            let next = site.now + crate::time::Span::from_millis(700);
            site.advance(next);
        }
    }

    #[test]
    fn no_query_is_too_strange(query in json()) {
        let mut site = Site::full();
        check(&mut site, "POST", "/openwhisk-guest/_search", &serde_json::json!({ "query": query }).to_string());
        check(&mut site, "POST", "/openwhisk-guest/_search", &query.to_string());
    }

    #[test]
    fn no_text_is_too_strange_for_q(q in "[a-zA-Z0-9:()%+*?.,\\[\\]{}~^!<>= \"\\\\/-]{0,40}") {
        let mut site = Site::full();
        let q = crate::cluster::store::elasticsearch_api::routing::encode(&q);
        check(&mut site, "GET", &format!("/_search?q={q}"), "");
    }
}

#[test]
fn deep_and_long_bodies_get_an_answer() {
    let mut site = Site::full();
    let deep = "{\"bool\":{\"must\":".repeat(2_000) + "{}" + &"}}".repeat(2_000);
    let dotted = format!("{{\"{}\":1}}", vec!["a"; 100_000].join("."));
    let long = format!("{{\"query\":{{\"match\":{{\"path\":\"{}\"}}}}}}", "word ".repeat(100_000));
    let string = format!("{{\"query\":{{\"query_string\":{{\"query\":\"{}\"}}}}}}", "(".repeat(100_000));
    let words = format!("{{\"query\":{{\"query_string\":{{\"query\":\"{}\"}}}}}}", "a ".repeat(100_000));
    let field = format!("{{\"query\":{{\"exists\":{{\"field\":\"{}\"}}}}}}", vec!["a"; 100_000].join("."));
    for body in [&deep, &long, &string, &words, &field, &dotted] {
        check(&mut site, "POST", "/_search", body);
        check(&mut site, "PUT", "/books/_doc/1", body);
    }
    let (status, answer) = site.json("PUT", "/books/_doc/1", &dotted);
    assert_eq!((status, &answer["error"]["type"]), (400, &serde_json::json!("illegal_argument_exception")));
}

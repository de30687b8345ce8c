//! Each kind of query against a record of each kind. The hits are worked out by hand from the documents.

use super::*;
use serde_json::json;

const GUESTS: [u128; 8] = [HELLO, FAILED, WORLD, COMPONENT, PAIR, TICK, GONE, UNSTARTED];

#[test]
fn every_query_finds_what_it_says() {
    let mut site = Site::full();
    let all: Vec<u128> = GUESTS.into_iter().chain([TEAMS]).collect();
    let mut check = |query: &str, expected: &[u128]| assert_eq!(site.found(query), expected, "{query}");
    check(r#"{"match_all":{}}"#, &all);
    check(r#"{"match_none":{}}"#, &[]);
    // A term is compared with the words of a text, and with the whole of a keyword.
    check(r#"{"term":{"path":"world"}}"#, &[WORLD]);
    check(r#"{"term":{"path":"guest/hello"}}"#, &[]);
    check(r#"{"term":{"path.keyword":"guest/hello"}}"#, &[HELLO, FAILED, GONE, UNSTARTED]);
    check(r#"{"term":{"path.keyword":{"value":"guest/bound/hello","boost":2}}}"#, &[COMPONENT]);
    check(r#"{"term":{"name":"Hello"}}"#, &[]);
    check(r#"{"term":{"duration":20}}"#, &[FAILED]);
    check(r#"{"term":{"duration":"20"}}"#, &[FAILED]);
    check(r#"{"term":{"duration":20.5}}"#, &[]);
    check(r#"{"term":{"annotations.timeout":true}}"#, &[FAILED]);
    check(r#"{"term":{"annotations.topmost":"true"}}"#, &[PAIR]);
    check(r#"{"term":{"@timestamp":"2024-12-26T08:00:03Z"}}"#, &[WORLD]);
    check(r#"{"term":{"@timestamp":"2024-12-26"}}"#, &all);
    check(r#"{"term":{"_id":"guest/00000000000000000000000000000005"}}"#, &[PAIR]);
    check(r#"{"term":{"_index":"openwhisk-team"}}"#, &[TEAMS]);
    check(r#"{"term":{"no.such.field":1}}"#, &[]);
    check(r#"{"terms":{"response.statusCode":[1,3]}}"#, &[FAILED, GONE, UNSTARTED]);
    check(r#"{"terms":{"name.keyword":["tick","pair","Pair"]}}"#, &[PAIR, TICK]);
    check(r#"{"ids":{"values":["guest/00000000000000000000000000000001","x"]}}"#, &[HELLO]);
    // Words of a match: any of them, all, or so many.
    check(r#"{"match":{"path":"WORLD bound"}}"#, &[WORLD, COMPONENT]);
    check(r#"{"match":{"path":{"query":"hello world","operator":"and"}}}"#, &[WORLD]);
    check(
        r#"{"match":{"path":{"query":"guest hello world","minimum_should_match":2}}}"#,
        &[HELLO, FAILED, WORLD, COMPONENT, GONE, UNSTARTED],
    );
    check(
        r#"{"match":{"path":{"query":"guest hello world","minimum_should_match":"-1"}}}"#,
        &[HELLO, FAILED, WORLD, COMPONENT, GONE, UNSTARTED],
    );
    check(r#"{"match":{"path":{"query":"guest hello world","minimum_should_match":"100%"}}}"#, &[WORLD]);
    check(r#"{"match":{"path":"!?"}}"#, &[]);
    check(r#"{"match":{"response.result":"msg"}}"#, &[HELLO, WORLD, COMPONENT, TEAMS]);
    check(r#"{"match":{"end":0}}"#, &[TICK]);
    // A phrase is a run of whole words, of one line of the logs.
    check(r#"{"match_phrase":{"path":"guest/hello"}}"#, &[HELLO, FAILED, WORLD, GONE, UNSTARTED]);
    check(r#"{"match_phrase":{"path":"hello guest"}}"#, &[]);
    check(r#"{"match_phrase":{"logs":{"query":"hello log"}}}"#, &[HELLO, FAILED]);
    check(r#"{"match_phrase":{"logs":"collecting your logs"}}"#, &[WORLD]);
    check(r#"{"prefix":{"annotations.kind.keyword":"node"}}"#, &[HELLO, FAILED, WORLD, COMPONENT, UNSTARTED, TEAMS]);
    check(r#"{"wildcard":{"name":"p?i*"}}"#, &[PAIR]);
    // Ranges, with the ends and without.
    check(r#"{"range":{"duration":{"gte":30,"lte":40}}}"#, &[WORLD, COMPONENT]);
    check(r#"{"range":{"duration":{"gt":30,"lt":50}}}"#, &[COMPONENT]);
    check(r#"{"range":{"duration":{"from":30,"to":50,"include_lower":false,"include_upper":true}}}"#, &[COMPONENT, PAIR]);
    check(r#"{"range":{"duration":{"gte":79.5}}}"#, &[UNSTARTED, TEAMS]);
    check(r#"{"range":{"@timestamp":{"gt":"2024-12-26T08:00:03","lte":"now-95s"}}}"#, &[]);
    check(r#"{"range":{"@timestamp":{"gte":"2024-12-26T08:00:07","lt":"2024-12-26T08:00:08"}}}"#, &[GONE]);
    check(r#"{"range":{"@timestamp":{"gt":"2024-12-26T08:00:07","lte":"2024-12-26T08:00:08"}}}"#, &[UNSTARTED]);
    // A lap of 2 s since the start of the run: what the clock of the simulation says is now.
    check(r#"{"range":{"@timestamp":{"lte":"now"}}}"#, &[HELLO, FAILED]);
    check(r#"{"range":{"@timestamp":{"gte":"now+6s","lte":"now+1m/m"}}}"#, &[UNSTARTED, TEAMS]);
    check(r#"{"range":{"name.keyword":{"gte":"p"}}}"#, &[PAIR, TICK]);
    check(r#"{"exists":{"field":"cause"}}"#, &[COMPONENT]);
    check(r#"{"exists":{"field":"annotations.binding"}}"#, &[COMPONENT]);
    check(r#"{"exists":{"field":"duration"}}"#, &[HELLO, FAILED, WORLD, COMPONENT, PAIR, GONE, UNSTARTED, TEAMS]);
    check(r#"{"exists":{"field":"annotations.limits"}}"#, &[HELLO, FAILED, WORLD, COMPONENT, PAIR, UNSTARTED, TEAMS]);
    check(r#"{"constant_score":{"filter":{"term":{"name":"pair"}}}}"#, &[PAIR]);
    check(r#"{"query_string":{"query":"name:tick OR name:pair"}}"#, &[PAIR, TICK]);
}

#[test]
fn a_bool_joins_them() {
    let mut site = Site::full();
    let mut check = |query: &str, expected: &[u128]| assert_eq!(site.found(&format!("{{\"bool\":{query}}}")), expected, "{query}");
    let name = |name: &str| format!(r#"{{"term":{{"name.keyword":"{name}"}}}}"#);
    let (pair, tick) = (name("pair"), name("tick"));
    check("{}", &[HELLO, FAILED, WORLD, COMPONENT, PAIR, TICK, GONE, UNSTARTED, TEAMS]);
    check(&format!(r#"{{"must":{pair}}}"#), &[PAIR]);
    check(&format!(r#"{{"must":[{pair},{tick}]}}"#), &[]);
    check(&format!(r#"{{"should":[{pair},{tick}]}}"#), &[PAIR, TICK]);
    check(&format!(r#"{{"should":[{pair},{tick}],"minimum_should_match":2}}"#), &[]);
    check(&format!(r#"{{"should":[{pair},{tick}],"minimum_should_match":0}}"#), &[PAIR, TICK]);
    check(r#"{"must_not":{"range":{"start":{"lt":1735200007000}}}}"#, &[GONE, UNSTARTED, TEAMS]);
    // Beside a filter nothing has to match of what only should; but it scores, and so comes first.
    check(
        &format!(r#"{{"filter":{{"range":{{"start":{{"lte":1735200006000}}}}}},"should":{tick}}}"#),
        &[TICK, HELLO, FAILED, WORLD, COMPONENT, PAIR],
    );
    check(&format!(r#"{{"filter":{{"exists":{{"field":"path"}}}},"should":{tick},"minimum_should_match":1}}"#), &[TICK]);
    check(&format!(r#"{{"filter":{pair},"must_not":[{pair}]}}"#), &[]);
}

#[test]
fn scores_are_one_or_none() {
    let mut site = Site::full();
    let mut scores = |query: &str| {
        let (_, answer) = site.json("GET", "/openwhisk-guest/_search", &format!("{{\"query\":{query},\"size\":1}}"));
        (answer["hits"]["max_score"].clone(), answer["hits"]["hits"][0]["_score"].clone())
    };
    assert_eq!(scores(r#"{"match":{"name":"pair"}}"#), (json!(1.0), json!(1.0)));
    assert_eq!(scores(r#"{"bool":{"filter":{"match":{"name":"pair"}}}}"#), (json!(0.0), json!(0.0)));
    assert_eq!(scores(r#"{"match":{"name":"nobody"}}"#), (json!(null), json!(null)));
    let response = site.send("GET", "/_search", "", None);
    let said = response.extensions().get::<crate::cluster::store::elasticsearch_api::Simplifications>().unwrap();
    assert!(said.0.contains(&crate::cluster::store::elasticsearch_api::Simplification::Score));
}

#[test]
fn q_is_lucenes_language() {
    let mut site = Site::full();
    let mut check = |q: &str, expected: &[u128]| {
        let q: String = crate::cluster::store::elasticsearch_api::routing::encode(q);
        let (status, answer) = site.json("GET", &format!("/openwhisk-*/_search?size=50&q={q}"), "");
        assert_eq!(status, 200, "{answer}");
        assert_eq!(numbers(&answer), expected, "{q}");
    };
    check("name:pair", &[PAIR]);
    check("name:pair name:tick", &[PAIR, TICK]);
    check("name:pair AND name:tick", &[]);
    check("name:hello AND NOT annotations.kind:nodejs", &[GONE]);
    check("name:hello -annotations.kind:nodejs", &[GONE]);
    check("+name:hello +duration:10", &[HELLO]);
    check("name:(pair OR tick)", &[PAIR, TICK]);
    check("(name:pair OR name:tick) AND end:0", &[TICK]);
    check("path:\"guest/hello\" AND !name.keyword:hello", &[WORLD]);
    check(r"path.keyword:guest\/hello AND duration:10", &[HELLO]);
    check("duration:[30 TO 40]", &[WORLD, COMPONENT]);
    check("duration:{30 TO 40]", &[COMPONENT]);
    check("duration:[80 TO *]", &[UNSTARTED, TEAMS]);
    check("duration:>=80", &[UNSTARTED, TEAMS]);
    check("duration:<20", &[HELLO, GONE]);
    check("@timestamp:[2024-12-26T08:00:05 TO 2024-12-26T08:00:06]", &[PAIR, TICK]);
    check("name:p*r", &[PAIR]);
    check("_exists_:cause", &[COMPONENT]);
    check("cause:*", &[COMPONENT]);
    check("*", &[HELLO, FAILED, WORLD, COMPONENT, PAIR, TICK, GONE, UNSTARTED, TEAMS]);
    // Without a field, all of them: the binding has its name in the path alone.
    check("bound", &[COMPONENT]);
    check("\"Hello Log\"", &[HELLO, FAILED]);
    check("pair^2", &[PAIR]);
    check("_id:guest", &[]);
    let (_, answer) = site.json("GET", "/_search?q=pair&df=name", "");
    assert_eq!(numbers(&answer), [PAIR]);
    let (_, answer) = site.json("GET", "/_search?q=name:hello+duration:10&default_operator=AND", "");
    assert_eq!(numbers(&answer), [HELLO]);
}

#[test]
fn hits_are_sorted_and_divided_into_pages() {
    let mut site = Site::full();
    let mut check = |target: &str, body: &str, expected: &[u128]| {
        let (status, answer) = site.json("POST", target, body);
        assert_eq!((status, numbers(&answer)), (200, expected.to_vec()), "{target} {body}: {answer}");
        answer
    };
    let answer = check("/openwhisk-guest/_search?size=3", r#"{"sort":[{"start":{"order":"desc"}}]}"#, &[UNSTARTED, GONE, TICK]);
    assert_eq!(answer["hits"]["total"], 8);
    assert_eq!(answer["hits"]["max_score"], json!(null));
    assert_eq!(answer["hits"]["hits"][0]["_score"], json!(null));
    assert_eq!(answer["hits"]["hits"][0]["sort"], json!([1_735_200_008_000_u64]));
    check("/openwhisk-guest/_search", r#"{"sort":{"start":"desc"},"from":6,"size":5}"#, &[FAILED, HELLO]);
    check("/openwhisk-guest/_search?sort=start:desc&from=6", "", &[FAILED, HELLO]);
    check("/openwhisk-guest/_search?size=2", r#"{"sort":["name.keyword",{"duration":"desc"}]}"#, &[UNSTARTED, COMPONENT]);
    // What has no such field comes last, and is told as the least or the greatest number.
    let answer = check("/openwhisk-guest/_search?from=7", r#"{"sort":[{"duration":"desc"}]}"#, &[TICK]);
    assert_eq!(answer["hits"]["hits"][0]["sort"], json!([i64::MIN]));
    let answer = check("/openwhisk-guest/_search?size=1", r#"{"sort":[{"duration":{"order":"asc","missing":"_first"}}]}"#, &[TICK]);
    assert_eq!(answer["hits"]["hits"][0]["sort"], json!([i64::MIN]));
    check("/_search?size=2&sort=_id:desc", "", &[TEAMS, UNSTARTED]);
    check("/_search?size=1", r#"{"sort":["_score",{"@timestamp":"desc"}]}"#, &[TEAMS]);
    check("/_search?size=1&sort=annotations.topmost:desc", "", &[PAIR]);
    check("/_search?size=0", "", &[]);
    let answer = check("/openwhisk-team/_search?version=true&seq_no_primary_term=true&_source=false", "", &[TEAMS]);
    assert_eq!(
        answer["hits"]["hits"][0],
        json!({ "_index": "openwhisk-team", "_type": "_doc", "_id": "team/00000000000000000000000000000009", "_version": 1, "_seq_no": 0,
            "_primary_term": 1, "_score": 1.0 })
    );
}

#[test]
fn sources_are_filtered() {
    let mut site = Site::full();
    let mut check = |parameters: &str, body: &str, expected: Value| {
        let target = format!("/openwhisk-guest/_search?size=1&{parameters}");
        let (status, answer) = site.json("POST", &target, body);
        assert_eq!((status, &answer["hits"]["hits"][0]["_source"]), (200, &expected), "{parameters} {body}");
    };
    let response = json!({ "response": { "result": "{\"msg\":\"hi\"}", "size": 12, "statusCode": 0 } });
    check("_source=name,end", "", json!({ "name": "hello", "end": 1_735_200_001_010_u64 }));
    check(
        "_source_includes=response.*&_source_excludes=*.size",
        "",
        json!({ "response": { "result": "{\"msg\":\"hi\"}", "statusCode": 0 } }),
    );
    check("", r#"{"_source":"response"}"#, response);
    check("", r#"{"_source":["annotations.limits.me*"]}"#, json!({ "annotations": { "limits": { "memory": 256 } } }));
    check("", r#"{"_source":{"includes":["*"],"excludes":["*e*","*a*","*o*","*u*"]}}"#, json!({}));
    check("", r#"{"_source":false}"#, json!(null));
}

#[test]
fn parts_of_the_path_name_indexes_and_types() {
    let mut site = Site::full();
    site.text("PUT", "/other/thing/1?refresh", r#"{"name":"pair"}"#);
    let mut total = |target: &str| site.json("GET", target, "").1["count"].clone();
    for (target, expected) in [
        ("/_count", 10),
        ("/_all/_count", 10),
        ("/*/_count", 10),
        ("/openwhisk-*/_count", 9),
        ("/openwhisk-guest,openwhisk-team/_count", 9),
        ("/*,-openwhisk-guest/_count", 2),
        ("/other/thing/_count", 1),
        ("/other/_doc/_count", 0),
        ("/_all/_doc/_count", 9),
        ("/zz*/_count", 0),
        ("/nothing,other/_count?ignore_unavailable=true", 1),
        ("/_count?q=name:pair", 2),
    ] {
        assert_eq!(total(target), json!(expected), "{target}");
    }
}

#[test]
fn an_index_may_fail_beside_others_that_answer() {
    let mut site = Site::full();
    site.text("PUT", "/other/_doc/1?refresh", r#"{"x":1}"#);
    let (status, answer) = site.json("GET", "/openwhisk-team,other/_search?sort=start", "");
    assert_eq!((status, numbers(&answer)), (200, vec![TEAMS]));
    assert_eq!(answer["_shards"]["total"], 10);
    assert_eq!((&answer["_shards"]["successful"], &answer["_shards"]["failed"]), (&json!(5), &json!(5)));
    assert_eq!(answer["_shards"]["failures"][0]["reason"]["reason"], "No mapping found for [start] in order to sort on");
    let (status, _) = site.json("GET", "/openwhisk-team,other/_search", r#"{"sort":[{"start":{"order":"asc","unmapped_type":"long"}}]}"#);
    assert_eq!(status, 200);
}

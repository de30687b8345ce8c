//! OpenWhisk's API: requests read, refused and sent, and what becomes of them in a run.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at what should not be"
)]

#[cfg(test)]
mod support;

use http::Request;
use proptest::prelude::*;
use serde_json::{Value, json};
use support::openwhisk::*;
use support::*;
use whiskscope::activation::ActivationId;
use whiskscope::cluster::place::StoreKind;
use whiskscope::cluster::{
    Act, Bound, Collection, Configuration, Content, EntityAct, Exec, Failure, ListForm, ListMore, PutLimits, Target, Wait, World, pair,
};
use whiskscope::http::openwhisk::{Routed, answer, authorization, key_of, refused_transaction, request};

#[test]
fn who_has_no_key_or_a_wrong_one_is_refused() {
    let target = under("actions");
    let without = Request::builder().uri(&target).body(Vec::new()).unwrap();
    let response = refused(&without, 401, "The resource requires authentication, which was not supplied with the request");
    assert_eq!(response.headers()["WWW-Authenticate"], "Basic realm=\"OpenWhisk secure realm\",charset=UTF-8");
    for wrong in ["Basic Zm9v", "Basic", "Bearer x", ""] {
        let wrong = Request::builder().uri(&target).header("Authorization", wrong).body(Vec::new()).unwrap();
        refused(&wrong, 401, "The supplied authentication is invalid");
    }
    // The key that every local deployment has.
    assert!(key_of("guest").starts_with("23bc46b1-71f6-4ed5-8c54-816aa4f8c502:123zO3xZ"));
    let header = "Basic MjNiYzQ2YjEtNzFmNi00ZWQ1LThjNTQtODE2YWE0ZjhjNTAyOjEyM3pPM3haQ0xyTU42djJCS0sxZFhZRnBYbFBrY2NPRnFtMTJDZEFzTWdSVTRWck5aOWx5R1ZDR3VNREdJd1A=";
    assert_eq!(authorization("guest"), header);
}

#[test]
fn the_api_refuses_what_is_no_request_of_its_own() {
    refused(&raw("GET", "/api/v2/namespaces", ""), 404, "The requested resource could not be found.");
    refused(&raw("GET", &under("nothing"), ""), 404, "The requested resource could not be found.");
    refused(&raw("GET", &under("triggers/a/b"), ""), 404, "The requested resource could not be found.");
    let not_allowed = refused(&raw("POST", &under("activations"), "{}"), 405, "HTTP method not allowed, supported methods: GET");
    assert_eq!(not_allowed.headers()["Allow"], "GET");
    refused(&raw("PATCH", &under("actions/a"), "{}"), 405, "HTTP method not allowed, supported methods: PUT, GET, DELETE, POST");
    refused(&raw("POST", &under("packages/p"), "{}"), 403, "The supplied authentication is not authorized to access 'guest/p'.");
    let foreign = "/api/v1/namespaces/whisk.system/activations";
    refused(&raw("GET", foreign, ""), 403, "The supplied authentication is not authorized to access 'whisk.system'.");
    refused(&raw("GET", &under("actions/%2Bx"), ""), 400, "The name of the entity contains illegal characters.");
    refused(&raw("GET", "/api/v1/namespaces/%2B/actions", ""), 400, "The namespace contains illegal characters.");
    let long = "x".repeat(257);
    refused(&raw("GET", &under(&format!("actions/{long}")), ""), 400, "Name segement longer than allowed: 257 > 256.");
    refused(&raw("GET", &under("activations/1234"), ""), 400, "Activation id length is 4 but must be 32.");
    refused(&raw("GET", &under(&format!("activations/{}", "z".repeat(32))), ""), 400, "The activation id is not valid.");
    // The id is looked at before what follows it.
    refused(&raw("GET", &under("activations/a/b"), ""), 400, "Activation id length is 1 but must be 32.");
    refused(&raw("GET", &under("activations//logs"), ""), 404, "The requested resource could not be found.");
    refused(&raw("GET", &under(&format!("activations/{}/b", "a".repeat(32))), ""), 404, "The requested resource could not be found.");
}

#[test]
fn what_is_not_simulated_says_so() {
    for (path, what) in [
        ("/api/v1/web/guest/default/hello.json", "web actions and the API gateway that is made of them"),
        ("/api/v1/web/whisk.system/apimgmt/getApi?accesstoken=x", "web actions and the API gateway that is made of them"),
        ("/api/v1/docs/index.html", "the pages of Swagger"),
        ("/api/v1/api-docs", "the description for Swagger"),
        ("/ping", "the health checks of a process"),
        ("/ready", "the health checks of a process"),
        ("/invokers", "the list of invokers"),
        ("/metrics", "metrics"),
        ("/config/runtime", "the configuration of a process"),
    ] {
        for method in ["GET", "POST", "HEAD"] {
            refused(&raw(method, path, ""), 501, &format!("WhiskScope does not simulate {what}."));
        }
    }
    for path in ["/api/v1/website", "/api/v10", "/pings", "/"] {
        refused(&raw("GET", path, ""), 404, "The requested resource could not be found.");
    }
}

#[test]
fn parameters_have_their_ranges() {
    let list = |query: &str| raw("GET", &under(&format!("activations?{query}")), "");
    let text = |name: &str, why: &str| format!("The query parameter '{name}' was malformed:\n{why}");
    refused(&list("limit=201"), 400, &text("limit", "The value '201' is not in the range of 0 to 200 for activations."));
    refused(&list("limit=-1"), 400, &text("limit", "The value '-1' is not in the range of 0 to 200 for activations."));
    refused(&list("limit=x"), 400, &text("limit", "The value 'x' is not an integer for activations."));
    refused(&list("skip=-1"), 400, &text("skip", "The value '-1' is not greater than or equal to 0 for activations."));
    refused(&list("since=x"), 400, &text("since", "Parameter is not a valid value for epoch seconds: x"));
    let badly_named = text("name", "Parameter may be a 'simple' name or 'package-name/simple' name: a/b/c");
    refused(&list("name=a/b/c"), 400, &badly_named);
    refused(&list("count=true&docs=true"), 400, "The parameter 'docs' is not permitted with 'count'.");
    refused(&list("count=perhaps"), 400, &text("count", "'perhaps' is not a valid Boolean value"));
    for timeout in ["0", "60001", "x", "-5"] {
        let invoke = raw("POST", &under(&format!("actions/hello?blocking=true&timeout={timeout}")), "");
        refused(&invoke, 400, &text("timeout", "Timeout must be number of milliseconds up to 60000."));
    }
    assert_eq!(act("GET", "activations", ""), Act::list(None, 30, 0));
    assert_eq!(act("GET", "activations?limit=0", ""), Act::list(None, 0, 0));
}

#[test]
fn bodies_must_be_json_of_the_right_shape() {
    let put = |body: &str| raw("PUT", &under("actions/a"), body);
    let malformed = |why: &str| format!("The request content was malformed:\n{why}");
    refused(&put(""), 400, "Request entity expected but not supplied");
    refused(&put("[]"), 400, &malformed("JSON object expected"));
    refused(&put(r#"{"exec":{}}"#), 400, &malformed("'kind' must be a string defined in 'exec'"));
    refused(
        &put(r#"{"exec":{"kind":"nodejs:20"}}"#),
        400,
        &malformed("'code' must be a string or attachment object defined in 'exec' for 'nodejs:20' actions"),
    );
    refused(
        &put(r#"{"exec":{"kind":"java:8","code":""}}"#),
        400,
        &malformed("'main' must be a string defined in 'exec' for 'java:8' actions"),
    );
    refused(&put(r#"{"exec":{"kind":"sequence"}}"#), 400, &malformed("'components' must be defined for sequence kind"));
    refused(&put(r#"{"exec":{"kind":"blackbox"}}"#), 400, &malformed("'image' must be a string defined in 'exec' for 'blackbox' actions"));
    refused(&put(r#"{"version":"1.0"}"#), 400, &malformed("semantic version malformed"));
    refused(&put(r#"{"parameters":{}}"#), 400, &malformed("parameters malformed!"));
    refused(&put(r#"{"limits":{"memory":1.5}}"#), 400, &malformed("memory limit must be whole number"));
    let Routed::Refused(unknown) = routed(&put(r#"{"exec":{"kind":"cobol:1","code":""}}"#)) else { panic!("accepted") };
    assert!(unknown.error.contains("The specified runtime 'cobol:1' is not supported by this platform. Valid values are: 'nodejs:18'"));
    let short = r#"{"trigger":"t","action":"/guest/a"}"#;
    let why = "The fully qualified name of the entity must contain at least the namespace and the name of the entity.";
    refused(&raw("PUT", &under("rules/r"), short), 400, &malformed(why));
    refused(&raw("POST", &under("actions/hello"), "7"), 400, &malformed("JSON object expected"));
    let text = Request::builder().method("POST").uri(under("actions/hello")).header("Authorization", authorization("guest"));
    let text = text.header("Content-Type", "text/plain").body(b"{}".to_vec()).unwrap();
    refused(&text, 415, "The request's Content-Type [text/plain] is not supported. Expected:\napplication/json");
    let large = "x".repeat(1_048_577);
    refused(&raw("POST", &under("triggers/t"), &large), 413, "Request larger than allowed: 1048577 > 1048576 bytes.");
}

#[test]
fn every_other_refusal_of_a_body_has_its_words() {
    let component = "fully qualified name malformed";
    for (collection, body, why) in [
        ("actions", r#"{"publish":1}"#, "Expected JsBoolean, but got 1"),
        ("actions", r#"{"delAnnotations":[1]}"#, "Expected String as JsString"),
        ("actions", r#"{"annotations":[{"key":"a"}]}"#, "parameters malformed!"),
        ("packages", r#"{"binding":{"namespace":"guest"}}"#, "entity name malformed"),
        ("rules", r#"{"trigger":7}"#, component),
        ("rules", r#"{"trigger":"/a/b/c/d"}"#, component),
        (
            "actions",
            r#"{"exec":{"kind":"nodejs:20","code":"","main":1}}"#,
            "if defined, 'main' be a string in 'exec' for 'nodejs:20' actions",
        ),
        ("actions", r#"{"exec":{"kind":"sequence","components":1}}"#, "'components' must be an array"),
        ("actions", r#"{"exec":{"kind":"sequence","components":[{}]}}"#, component),
        ("actions", r#"{"limits":{"timeout":"1"}}"#, "time limit malformed"),
        ("actions", r#"{"limits":[]}"#, "no valid json object passed"),
    ] {
        let put = raw("PUT", &under(&format!("{collection}/a")), body);
        refused(&put, 400, &format!("The request content was malformed:\n{why}"));
    }
    for (body, why) in [(r#"{"status":"off"}"#, "requirement failed: off is not a recognized rule state"), ("{}", "key not found: status")]
    {
        refused(&raw("POST", &under("rules/r"), body), 400, &format!("The request content was malformed:\n{why}"));
    }
    refused(&raw("POST", &under("rules/r"), ""), 400, "Request entity expected but not supplied");
    refused(&raw("GET", &under("actions?limit=%"), ""), 400, "The request contains illegal characters in its query.");
    let Routed::Refused(no_json) = routed(&raw("PUT", &under("actions/a"), "{")) else { panic!("accepted") };
    assert!(no_json.status == 400 && no_json.error.starts_with("The request content was malformed:\n"), "{}", no_json.error);
}

#[test]
fn every_failure_has_its_words() {
    let internal = "There was an internal server error.";
    for (failure, text) in [
        (Failure::NotFound, "The requested resource does not exist."),
        (Failure::NoSuchAction, "The requested resource does not exist."),
        (Failure::TooLarge { bytes: 2, allowed: 1 }, "Request larger than allowed: 2 > 1 bytes."),
        (Failure::TooManyRequests { count: 2, allowed: 1 }, "Too many requests in the last minute (count: 2, allowed: 1)."),
        (Failure::TooManyConcurrent { count: 2, allowed: 1 }, "Too many concurrent requests in flight (count: 2, allowed: 1)."),
        (Failure::NoInvokers, "The server is currently unavailable (because it is overloaded or down for maintenance)."),
        (Failure::StoreFailed, internal),
        (Failure::NoResult, internal),
        (Failure::StoreUnreachable, internal),
        (Failure::NotPosted, internal),
        (Failure::Corrupted, "Resource is corrupted and cannot be read."),
        (Failure::LogsNotAvailable, "Activation logs not available"),
        (Failure::StoreAnswered { store: StoreKind::CouchDb, status: 503 }, "Unexpected http response code: 503 Service Unavailable"),
        (Failure::StoreAnswered { store: StoreKind::Elasticsearch, status: 503 }, "Unexpected http response code: 503"),
        (Failure::ConnectionBroken, "EOF"),
        (Failure::TimedOut, "timed out"),
        (Failure::ConnectionRefused, "dial tcp: connect: connection refused"),
        (Failure::Gateway { status: 0 }, "dial tcp: connect: connection refused"),
        (Failure::Gateway { status: 502 }, "The connection failed, or timed out. (HTTP status code 502)"),
    ] {
        assert_eq!(failure.text(), text, "{failure:?}");
    }
}

#[test]
fn what_is_sent_for_an_act_is_read_as_that_act() {
    let guest = || "guest".to_owned();
    let text = |text: &str| Some(text.to_owned());
    let exec = |kind: &str, code: Option<&str>| Exec { kind: kind.to_owned(), code: code.map(str::to_owned), ..Exec::default() };
    let contents = [
        (
            Collection::Actions,
            Content { exec: Some(exec("nodejs:default", Some("x"))), version: text("1.2.3"), publish: Some(true), ..Content::default() },
        ),
        (
            Collection::Actions,
            Content { exec: Some(Exec { components: vec!["/_/a".to_owned()], ..exec("sequence", None) }), ..Content::default() },
        ),
        (
            Collection::Actions,
            Content { exec: Some(Exec { image: text("me/it"), main: text("m"), ..exec("blackbox", None) }), ..Content::default() },
        ),
        (
            Collection::Actions,
            Content {
                limits: Some(PutLimits { timeout: Some(7), memory: Some(-1), logs: Some(0), concurrency: Some(1) }),
                ..Content::default()
            },
        ),
        (
            Collection::Actions,
            Content {
                parameters: Some(vec![pair("k", json!([1]))]),
                annotations: Some(vec![]),
                del_annotations: Some(vec!["a".to_owned()]),
                ..Content::default()
            },
        ),
        (Collection::Packages, Content { binding: Some(Bound { namespace: "_".to_owned(), name: "p".to_owned() }), ..Content::default() }),
        (Collection::Triggers, Content::default()),
        (Collection::Rules, Content { trigger: text("/_/t"), action: text("/guest/p/a"), ..Content::default() }),
    ];
    let mut acts = vec![Act::Entity(EntityAct::Namespaces)];
    for (collection, content) in contents {
        for overwrite in [false, true] {
            let content = Box::new(content.clone());
            acts.push(Act::Entity(EntityAct::Put { collection, namespace: guest(), name: "a b".to_owned(), overwrite, content }));
        }
    }
    for collection in Collection::ALL {
        let code = collection != Collection::Actions;
        for name in if code { &["n"][..] } else { &["n", "p/n@1"][..] } {
            acts.push(Act::Entity(EntityAct::Get { collection, namespace: guest(), name: (*name).to_owned(), code }));
        }
        for count in [true, false] {
            acts.push(Act::Entity(EntityAct::List { collection, namespace: "team".to_owned(), package: None, limit: 3, skip: 4, count }));
        }
        if code {
            let force = collection == Collection::Packages;
            acts.push(Act::Entity(EntityAct::Delete { collection, namespace: guest(), name: "n".to_owned(), force }));
        }
    }
    acts.push(Act::Entity(EntityAct::List {
        collection: Collection::Actions,
        namespace: guest(),
        package: text("p"),
        limit: 0,
        skip: 0,
        count: false,
    }));
    acts.extend([true, false].map(|active| Act::Entity(EntityAct::SetRule { namespace: guest(), name: "r".to_owned(), active })));
    for wait in [Wait::NonBlocking, Wait::Blocking, Wait::Result] {
        for (extra_logging, timeout_ms) in [(false, None), (true, Some(1)), (false, Some(60_000))] {
            acts.push(Act::Invoke { namespace: guest(), action: "p/a".to_owned(), wait, count: 1, gap_us: 0, extra_logging, timeout_ms });
        }
        acts.push(Act::InvokeTooLarge { namespace: guest(), action: "a".to_owned(), wait, payload_bytes: 1_048_577 });
    }
    for form in [ListForm::Summaries, ListForm::Docs, ListForm::Count] {
        for (since_ms, upto_ms) in [(None, None), (Some(5), Some(u64::from(u32::MAX)))] {
            acts.push(Act::List { name: text("p/a b"), limit: 7, skip: 8, more: ListMore { since_ms, upto_ms, form } });
        }
    }
    acts.extend([Act::Get, Act::Result, Act::Logs].map(|read| read(Target::Id(ActivationId(7)))));
    acts.push(Act::DeleteAction { namespace: guest(), action: "p/a".to_owned() });
    acts.push(Act::FireTrigger { namespace: guest(), trigger: "t".to_owned() });
    for act in acts {
        let sent = request("guest", &act, &|_, _| ActivationId(0)).unwrap();
        assert_eq!(routed(&sent), Routed::Act { user: guest(), act }, "{} {}", sent.method(), sent.uri());
    }
    let invoke = request("guest", &invoke("hello", Wait::Result), &|_, _| ActivationId(0)).unwrap();
    assert_eq!(invoke.uri(), "/api/v1/namespaces/_/actions/hello?blocking=true&result=true");
    assert!(request("guest", &Act::Mend { fault: None }, &|_, _| ActivationId(0)).is_none());
}

#[test]
fn lists_of_activations_have_a_range_whole_records_and_a_count() {
    for store in StoreKind::ALL {
        let invoke = act("POST", "actions/hello?blocking=true", "");
        let warm = act("GET", "activations?limit=1", "");
        let first = told(bound_to(store), &[invoke.clone(), invoke.clone(), invoke.clone()]);
        let starts: Vec<u64> = first.iter().map(|answer| json_of(answer)["start"].as_u64().unwrap()).collect();
        let list = |query: String| act("GET", &format!("activations?{query}"), "");
        let acts = [
            invoke.clone(),
            invoke.clone(),
            invoke.clone(),
            warm.clone(),
            list(format!("since={}", starts[1])),
            list(format!("upto={}&docs=true", starts[1])),
            list(format!("since={}&upto={}&count=true", starts[1], starts[1])),
            list("count=true&skip=1".to_owned()),
            list("since=9&upto=8".to_owned()),
        ];
        let bodies: Vec<Value> = told(bound_to(store), &acts).iter().map(json_of).collect();
        let got =
            |place: usize| -> Vec<u64> { bodies[place].as_array().unwrap().iter().map(|row| row["start"].as_u64().unwrap()).collect() };
        assert_eq!(got(4), [starts[2], starts[1]], "{store:?}");
        assert_eq!(got(5), [starts[1], starts[0]], "{store:?}");
        assert!(bodies[4][0].get("response").is_none() && bodies[5][0]["response"]["success"] == true);
        assert_eq!(bodies[6], json!({"activations": 1}), "{store:?}");
        assert_eq!(bodies[7], json!({"activations": 2}), "{store:?}");
        let impossible = if store == StoreKind::CouchDb { json!("There was an internal server error.") } else { Value::Null };
        assert_eq!(bodies[8].get("error").cloned().unwrap_or(Value::Null), impossible);
    }
}

#[test]
fn a_blocking_call_is_waited_for_no_longer_than_it_asks() {
    let invoke = act("POST", "actions/slow?blocking=true&timeout=50", "");
    let answers = told(Configuration::default(), &[invoke]);
    assert_eq!(answers[0].status(), 202);
}

#[test]
fn the_first_pages_of_the_api_need_no_run() {
    let info = routed(&Request::builder().uri("/api/v1").body(Vec::new()).unwrap());
    let described = json_of(&info.response("t").unwrap());
    assert_eq!((&described["description"], &described["build"]), (&json!("OpenWhisk API"), &json!("simulated by WhiskScope")));
    let codes = [refused_transaction(1), refused_transaction(2)];
    assert!(codes[0] != codes[1] && codes.iter().all(|code| code.len() == 32 && !code.starts_with("0000")), "{codes:?}");
    let options = routed(&raw("OPTIONS", &under("actions"), ""));
    assert_eq!(options.response("t").unwrap().headers()["Access-Control-Allow-Origin"], "*");
    let names = told(Configuration::default(), &[Act::Entity(EntityAct::Namespaces)]);
    assert_eq!(json_of(&names[0]), json!(["guest"]));
}

fn any_world(acts: &[Act]) -> World {
    let timed: Vec<(u64, Act)> = (10_000..).step_by(100).zip(acts.iter().cloned()).collect();
    play(&run_of(Configuration::default(), &timed), ms(30_000)).0
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever comes is refused with a well-formed body, or is an act that a run takes and answers.
    #[test]
    fn whatever_comes_has_a_well_formed_answer(
        requests in prop::collection::vec((
            prop_oneof![Just("GET"), Just("PUT"), Just("POST"), Just("DELETE"), Just("PATCH"), Just("HEAD")],
            "(actions|packages|triggers|rules|activations|x)(/(hello|p|a|%41|\\?|[a-z0-9%/@ .]{0,6})){0,3}(\\?(overwrite|limit|code|count|docs|name|since|blocking|force)=(true|1|x|-1|%|[a-z%]{0,3})){0,1}",
            prop_oneof![
                Just(String::new()), Just("{}".to_owned()), Just(CODE.to_owned()),
                Just(r#"{"status":"active","trigger":"/_/a","action":"/_/hello","binding":{"namespace":"_","name":"p"}}"#.to_owned()),
                "\\PC{0,20}",
            ],
        ), 1..12),
    ) {
        let mut acts = Vec::new();
        for (method, path, body) in &requests {
            let builder = Request::builder().method(*method).uri(under(path)).header("Authorization", authorization("guest"));
            let Ok(request) = builder.header("Content-Type", "application/json").body(body.as_bytes().to_vec()) else { continue };
            match routed(&request) {
                Routed::Act { act, .. } => acts.push(act),
                other => {
                    let response = other.response("tid").unwrap();
                    prop_assert!(response.status().as_u16() >= 200);
                    prop_assert!(json_of(&response)["error"].is_string() || response.status() == 200);
                }
            }
        }
        let world = any_world(&acts);
        for exchange in world.exchanges() {
            let Some(response) = answer(&world, exchange) else { continue };
            let body = json_of(&response);
            prop_assert!(response.status().as_u16() < 400 || body["error"].is_string() || body["response"].is_object());
        }
    }
}

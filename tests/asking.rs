//! Clients that ask CouchDB and Elasticsearch themselves.
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

use support::*;
use whiskscope::cluster::place::{Node, StoreKind};
use whiskscope::cluster::step::{NoAnswer, Step, StepKind};
use whiskscope::cluster::{Act, Command, Configuration, CurlOutput, FaultEffect, Means, Raw, Rule, StepLog, Wait, WireRequest, World};
use whiskscope::http;
use whiskscope::recording::{Run, Tape};
use whiskscope::shell;

fn curl(line: &str) -> Act {
    shell::parse(line, "guest", &|_| None).unwrap_or_else(|error| panic!("{line}: {error}"))
}

const COUCHDB: &str = "curl -s -u whisk_admin:some_passw0rd http://localhost:5984";

fn couchdb(path: &str) -> Act {
    curl(&format!("{COUCHDB}{path}"))
}

fn played(store: StoreKind, acts: &[(u64, Act)], until: u64) -> (World, Vec<Step>) {
    played_with(Configuration { store, ..Configuration::default() }, acts, until)
}

fn played_with(configuration: Configuration, acts: &[(u64, Act)], until: u64) -> (World, Vec<Step>) {
    let run = run_of(configuration, acts);
    run.check().unwrap();
    play(&run, ms(until))
}

/// What `curl` has printed, of each request in turn.
fn printed(world: &World) -> Vec<String> {
    let asks = world.exchanges().filter(|exchange| exchange.request.store().is_some());
    asks.map(|exchange| shell::print(world, exchange).map_or_else(String::new, |printed| printed.stdout + &printed.stderr)).collect()
}

#[test]
fn only_design_docs_are_in_couchdb_where_records_go_to_elasticsearch() {
    let acts = [
        (20_000, invoke("hello", Wait::Blocking)),
        (30_000, couchdb("/whisk_local_activations/_all_docs")),
        (31_000, curl("curl -s 'http://localhost:9200/openwhisk-guest/_count'")),
    ];
    let (world, _) = played(StoreKind::Elasticsearch, &acts, 40_000);
    let [docs, count] = &printed(&world)[..] else { panic!() };
    assert_eq!(docs.matches("\"id\":\"_design/").count(), 5, "{docs}");
    assert!(!docs.contains("guest/"), "{docs}");
    assert!(count.contains("\"count\":1"), "{count}");
    let (world, _) = played(StoreKind::CouchDb, &acts, 40_000);
    let [docs, count] = &printed(&world)[..] else { panic!() };
    assert!(docs.contains("\"id\":\"guest/"), "{docs}");
    assert!(count.contains("index_not_found_exception"), "{count}");
}

#[test]
fn a_view_is_waited_for_unless_a_stale_one_will_do() {
    let view = "/whisk_local_activations/_design/whisks.v2.1.0/_view/activations?reduce=false";
    let acts = [
        (20_000, invoke("hello", Wait::Blocking)),
        (30_000, curl(&format!("{COUCHDB}{view}&stale=ok"))),
        (31_000, curl(&format!("{COUCHDB}{view}"))),
    ];
    let (world, steps) = played(StoreKind::CouchDb, &acts, 60_000);
    let [stale, fresh] = &printed(&world)[..] else { panic!() };
    assert!(!stale.contains("guest/"), "{stale}");
    assert!(fresh.contains("guest/"), "{fresh}");
    let place = |wanted: &dyn Fn(&StepKind) -> bool| steps.iter().rposition(|step| wanted(&step.kind)).unwrap();
    let updated = place(&|kind| matches!(kind, StepKind::ViewUpdated { .. }));
    assert!(updated < place(&|kind| matches!(kind, StepKind::StoreServed { .. })), "it answers before the update");
}

#[test]
fn a_stop_breaks_the_connection_of_who_waits_for_a_view() {
    let view = format!("{COUCHDB}/whisk_local_activations/_design/whisks.v2.1.0/_view/activations");
    let mut configuration = Configuration { store: StoreKind::CouchDb, ..Configuration::default() };
    configuration.model.couchdb_view_update = whiskscope::activation::SpanRange::millis(5_000, 5_000);
    let acts = [
        (20_000, invoke("hello", Wait::Blocking)),
        (30_000, curl(&view)),
        (32_000, Act::Crash { node: Node::Store(StoreKind::CouchDb) }),
        (33_000, curl(&view)),
        (34_000, Act::Start { node: Some(Node::Store(StoreKind::CouchDb)), store: None }),
        (50_000, curl(&view)),
    ];
    let (world, steps) = played_with(configuration, &acts, 90_000);
    let whys: Vec<NoAnswer> =
        steps.iter().filter_map(|step| if let StepKind::StoreUnanswered { why, .. } = step.kind { Some(why) } else { None }).collect();
    assert_eq!(whys, [NoAnswer::Broken, NoAnswer::Refused]);
    assert!(printed(&world)[2].contains("\"value\":5"), "{:?}", printed(&world));
}

#[test]
fn elasticsearch_gets_at_once_what_it_finds_after_a_refresh() {
    let put = "curl -s -X PUT -H 'Content-Type: application/json' -d '{\"name\":\"by hand\"}' http://elasticsearch:9200/notes/_doc/1";
    let acts = [
        (20_000, curl(put)),
        (20_500, curl("curl -s http://localhost:9200/notes/_doc/1")),
        (20_600, curl("curl -s http://localhost:9200/notes/_search")),
        (60_000, curl("curl -s http://localhost:9200/notes/_search")),
    ];
    let (world, _) = played(StoreKind::Elasticsearch, &acts, 70_000);
    let [put, got, early, late] = &printed(&world)[..] else { panic!() };
    assert!(put.contains("\"result\":\"created\""), "{put}");
    assert!(got.contains("\"found\":true"), "{got}");
    assert!(early.contains("\"total\":0"), "{early}");
    assert!(late.contains("by hand"), "{late}");
}

#[test]
fn each_fault_has_its_end() {
    let faulty = |effect| {
        let rule = Rule { from: Some(Node::Client), to: Some(Node::Store(StoreKind::CouchDb)), effect, times: Some(1) };
        let put =
            curl(&format!("{} -X PUT -d '{{}}' -H 'Content-Type: application/json'", format_args!("{COUCHDB}/whisk_local_activations/x")));
        let acts = [(20_000, Act::Break { rule }), (21_000, put), (200_000, couchdb("/whisk_local_activations/x"))];
        let (world, _) = played(StoreKind::CouchDb, &acts, 210_000);
        let [said, later] = &printed(&world)[..] else { panic!() };
        (said.clone(), later.contains("\"_rev\""))
    };
    let (said, is_there) = faulty(FaultEffect::Pass);
    assert!(said.contains("\"ok\":true") && is_there, "{said}");
    let (said, is_there) = faulty(FaultEffect::Delay { ms: 3_000 });
    assert!(said.contains("\"ok\":true") && is_there, "{said}");
    assert!(!faulty(FaultEffect::DropRequest).1);
    assert!(faulty(FaultEffect::DropAnswer).1);
    assert!(!faulty(FaultEffect::Refuse).1);
    let (said, is_there) = faulty(FaultEffect::Answer { status: 503 });
    assert!(said.contains("503") && !is_there, "{said}");
    for effect in [FaultEffect::QueueFull, FaultEffect::RefuseItem] {
        let rule = Rule { from: Some(Node::Client), to: Some(Node::Store(StoreKind::CouchDb)), effect, times: None };
        assert!(run_of(Configuration::default(), &[(1, Act::Break { rule })]).check().is_err());
    }
}

#[test]
fn words_of_failure_are_curls() {
    let end = |effect, line: &str| {
        let rule = Rule { from: Some(Node::Client), to: Some(Node::Store(StoreKind::Elasticsearch)), effect, times: None };
        let (world, _) = played(StoreKind::CouchDb, &[(20_000, Act::Break { rule }), (21_000, curl(line))], 200_000);
        let exchange = world.exchanges().next_back().unwrap().clone();
        let printed = shell::print(&world, &exchange).unwrap();
        assert!(http::answer(&world, &exchange).is_none());
        (printed.exit_code, printed.stderr)
    };
    assert_eq!(end(FaultEffect::Refuse, "curl localhost:9200"), (7, "curl: (7) Failed to connect: Connection refused\n".to_owned()));
    assert_eq!(end(FaultEffect::DropAnswer, "curl localhost:9200"), (28, "curl: (28) Operation timed out\n".to_owned()));
    assert_eq!(end(FaultEffect::DropRequest, "curl -s localhost:9200"), (28, String::new()));
}

#[test]
fn what_is_written_by_hand_is_there() {
    let id = "0123456789abcdef0123456789abcdef";
    let body = r#"{"docs":[{"_id":"guest/0123456789abcdef0123456789abcdef","a":1}]}"#;
    let line = format!(
        "curl -s -u whisk_admin:some_passw0rd -H 'Content-Type: application/json' -d '{body}' http://couchdb:5984/whisk_local_activations/_bulk_docs"
    );
    let acts = [(20_000, curl(&line)), (21_000, couchdb(&format!("/whisk_local_activations/guest%2F{id}")))];
    let (world, _) = played(StoreKind::CouchDb, &acts, 30_000);
    let [written, read] = &printed(&world)[..] else { panic!() };
    assert!(written.contains("\"ok\":true"), "{written}");
    assert!(read.contains("\"a\":1"), "{read}");
}

#[test]
fn a_record_that_is_deleted_by_hand_is_gone_for_wsk() {
    let hello = Command::new(ms(20_000), "guest", invoke("hello", Wait::Blocking), &[]);
    let run = run_of(Configuration::default(), &[(20_000, hello.act.clone())]);
    let (world, _) = play(&run, ms(30_000));
    let id = world.id_made_by(hello.id.0, 0);
    let document = couchdb(&format!("/whisk_local_activations/guest%2F{id}"));
    let (world, _) = play(&run.forked_by(Command::new(ms(30_000), "guest", document, &[])), ms(40_000));
    let document: serde_json::Value = serde_json::from_str(&printed(&world)[0]).unwrap();
    let rev = document["_rev"].as_str().unwrap();
    let delete = curl(&format!("{COUCHDB}/whisk_local_activations/guest%2F{id}?rev={rev} -X DELETE"));
    let forked = run.forked_by(Command::new(ms(30_000), "guest", delete, &[]));
    let get = whiskscope::cluster::Target::Made { command: hello.id, member: 0 };
    let (world, _) = play(&forked.forked_by(Command::new(ms(40_000), "guest", Act::Get(get), &[])), ms(50_000));
    assert!(printed(&world)[0].contains("\"ok\":true"), "{:?}", printed(&world));
    assert_eq!(world.exchanges().next_back().unwrap().answer.as_ref().unwrap().status(), 404);
}

#[test]
fn seeking_is_playing_from_the_start() {
    let view = format!("{COUCHDB}/whisk_local_activations/_design/whisks.v2.1.0/_view/activations");
    let acts = [(20_000, invoke("hello", Wait::Blocking)), (22_000, curl(&view)), (22_010, curl(&view))];
    let run = Run { horizon: ms(60_000), ..run_of(Configuration::default(), &acts) };
    let tape = Tape::new(run.clone()).unwrap();
    for at in [22_000, 22_005, 22_020, 22_040, 22_100, 23_000, 30_000] {
        let mut world = run.world();
        world.advance(ms(at), &mut StepLog::default());
        let sought = tape.world_at(ms(at));
        assert_eq!(serde_json::to_string(&sought).unwrap(), serde_json::to_string(&world).unwrap(), "{at}");
    }
}

#[test]
fn given_live_is_replayed_alike() {
    let run = run_of(Configuration::default(), &[]);
    let mut live = run.world();
    let mut log = StepLog { listening: true, steps: Vec::new() };
    live.advance(ms(20_000), &mut log);
    for act in [invoke("hello", Wait::Blocking), couchdb("/"), couchdb("/"), list()] {
        assert!(live.give_now("guest", act, &mut log).is_some());
    }
    live.advance(ms(30_000), &mut log);
    let again = Run { commands: live.setup().commands.clone(), ..run };
    let (world, steps) = play(&again, ms(30_000));
    assert_eq!(log.steps, steps);
    assert_eq!(serde_json::to_string(&live).unwrap(), serde_json::to_string(&world).unwrap());
}

#[test]
fn ranges_are_checked_with_name_value_and_range() {
    let ask = |request| Act::Ask { store: StoreKind::CouchDb, request, output: CurlOutput::default() };
    let plain = || WireRequest { method: "GET".into(), target: "/".into(), headers: Vec::new(), body: String::new() };
    let refused = |request: WireRequest| run_of(Configuration::default(), &[(1, ask(request))]).check().unwrap_err().to_string();
    run_of(Configuration::default(), &[(1, ask(plain()))]).check().unwrap();
    let long = refused(WireRequest { target: format!("/{}", "x".repeat(9_000)), ..plain() });
    assert!(long.contains("request.target") && long.contains("9001") && long.contains("8192"), "{long}");
    assert!(refused(WireRequest { body: "x".repeat(1_048_577), ..plain() }).contains("body"));
    assert!(refused(WireRequest { headers: vec![("a".into(), "b".into()); 65], ..plain() }).contains("headers"));
    assert!(refused(WireRequest { method: "a b".into(), ..plain() }).contains("no HTTP request"));
    assert!(refused(WireRequest { target: "x".into(), ..plain() }).contains("slash"));
    let many: Vec<(u64, Act)> = (1..=17).map(|at| (at, ask(WireRequest { body: "x".repeat(1_000_000), ..plain() }))).collect();
    assert!(run_of(Configuration::default(), &many).check().unwrap_err().to_string().contains("together"));
}

#[test]
fn lines_that_are_no_requests_say_why() {
    for (line, why) in [
        ("curl", "needs a URL"),
        ("curl http://example.org/", "hosts here are"),
        ("curl http://localhost/", "CouchDB 5984"),
        ("curl -d @body.json localhost:9200", "is a file"),
        ("curl https://localhost:9200/", "plain http"),
        ("curl -H nothing localhost:9200", "not a header"),
        ("curl --nonsense localhost:9200", "is not a flag"),
    ] {
        let error = shell::parse(line, "guest", &|_| None).unwrap_err().to_string();
        assert!(error.contains(why), "{line}: {error}");
    }
    let (world, _) = played(StoreKind::CouchDb, &[(20_000, curl("curl -i localhost:5984/_up"))], 30_000);
    assert!(printed(&world)[0].starts_with("HTTP/1.1 200 OK\n"), "{:?}", printed(&world));
}

const KEY: &str = "23bc46b1-71f6-4ed5-8c54-816aa4f8c502:123zO3xZCLrMN6v2BKK1dXYFpXlPkccOFqm12CdAsMgRU4VrNZ9lyGVCGuMDGIwP";

fn openwhisk(rest: &str) -> Act {
    curl(&format!("curl -s -u {KEY} http://localhost:3233/api/v1/{rest}"))
}

/// What each command has printed.
fn screens(world: &World) -> Vec<String> {
    let count = world.setup().commands.len() as u32;
    let text = |screen: shell::Screen| screen.output.into_iter().map(|chunk| chunk.text).collect();
    (0..count).map(|number| shell::screen(world, number).map_or_else(String::new, text)).collect()
}

#[test]
fn curl_speaks_to_openwhisk_as_any_client_does() {
    let acts = [
        (20_000, openwhisk("namespaces/_/actions/hello?blocking=true&result=true -X POST")),
        (25_000, openwhisk("namespaces/_/activations?limit=1&docs=true")),
        (30_000, openwhisk("namespaces/_/activations?limit=1&docs=true")),
        (31_000, openwhisk("namespaces")),
    ];
    for store in StoreKind::ALL {
        let (world, steps) = played(store, &acts, 40_000);
        let printed = screens(&world);
        assert_eq!(printed[0], "{\"greeting\":\"Hello, stranger!\"}", "{printed:?}");
        assert!(
            printed[2].starts_with("[{") && printed[2].contains("\"logs\":[") && printed[2].contains("\"name\":\"hello\""),
            "{}",
            printed[2]
        );
        assert_eq!(printed[3], "[\"guest\"]");
        assert!((0..4).all(|number| world.ended(number).is_some()));
        assert!(world.exchanges().all(|exchange| world.tool_of(exchange) == "curl"));
        // It is an invocation like any other: the record is stored under its id.
        let id = world.exchanges_of(0).next().unwrap().activation.unwrap();
        assert!(steps.iter().any(|step| step.activation == Some(id) && matches!(step.kind, StepKind::RecordStored { .. })));
        let request = http::request(&world, world.exchanges_of(1).next().unwrap()).unwrap();
        assert_eq!(request.uri(), "/api/v1/namespaces/_/activations?limit=1&docs=true", "as it was typed");
        assert_eq!(request.headers()["user-agent"], "curl/7.88.1");
    }
}

#[test]
fn what_the_api_refuses_by_itself_travels_all_the_same() {
    let acts = [
        (20_000, curl("curl -i http://localhost:3233/api/v1/namespaces")),
        (21_000, curl("curl -u a:b http://localhost:3233/api/v1/namespaces/_/activations")),
        (22_000, openwhisk("namespaces/_/activations?limit=201")),
        (23_000, curl("curl -I http://localhost:3233/api/v1")),
        (24_000, openwhisk("nowhere -v")),
    ];
    let (world, steps) = played(StoreKind::CouchDb, &acts, 40_000);
    let printed = screens(&world);
    assert!(printed[0].starts_with("HTTP/1.1 401 Unauthorized\n") && printed[0].contains("www-authenticate: Basic"), "{}", printed[0]);
    assert!(printed[1].contains("\"error\":\"The supplied authentication is invalid\""), "{}", printed[1]);
    assert!(printed[2].contains("The value '201' is not in the range of 0 to 200"), "{}", printed[2]);
    assert!(printed[3].starts_with("HTTP/1.1 200 OK\n") && !printed[3].contains('{'), "a head has no body: {}", printed[3]);
    let [heads, body] = printed[4].split_once("< \n").map(|(heads, body)| [heads, body]).unwrap();
    assert!(heads.starts_with("> GET /api/v1/nowhere HTTP/1.1\n") && heads.contains("< HTTP/1.1 404 Not Found\n"), "{heads}");
    assert!(body.contains("The requested resource could not be found."), "{body}");
    let sent = |step: &&Step| matches!(step.kind, StepKind::RequestSent { .. } | StepKind::AnswerSent { .. }) && step.flight.is_some();
    assert_eq!(steps.iter().filter(sent).count(), 10, "each of them goes there and back");
    // Each names the transaction that its headers name.
    let id = world.transaction_id(world.exchanges_of(1).next().unwrap());
    assert!(printed[1].contains(&id), "{} {id}", printed[1]);
}

#[test]
fn the_key_says_whose_a_request_is() {
    let key = http::openwhisk::key_of("whisk.system");
    let act = curl(&format!("curl -u {key} http://openwhisk:3233/api/v1/namespaces"));
    let (world, _) = played(StoreKind::CouchDb, &[(20_000, act)], 30_000);
    assert_eq!(screens(&world), ["[\"whisk.system\"]"]);
}

#[test]
fn a_request_as_it_stands_says_nothing_that_does_not_fit() {
    let Act::Raw(raw) = openwhisk("namespaces") else { panic!() };
    let refused =
        |means| run_of(Configuration::default(), &[(1_000, Act::Raw(Box::new(Raw { means, ..(*raw).clone() })))]).check().is_err();
    assert!(!refused(raw.means.clone()));
    assert!(refused(Means::AtOnce { status: 99, wish: None }));
    let act = |act| Means::Act { namespace: "guest".to_owned(), act };
    assert!(refused(act(Act::Raw(raw.clone()))));
    assert!(refused(act(Act::Break { rule: Rule { from: None, to: None, effect: FaultEffect::Refuse, times: None } })));
    assert!(refused(Means::Act { namespace: "nobody".to_owned(), act: list() }));
    assert!(refused(act(Act::list(None, 201, 0))));
}

#[test]
fn data_is_put_together_as_the_tool_does() {
    let ask = |line: &str| match curl(line) {
        Act::Ask { request, .. } => request,
        other => panic!("{other:?}"),
    };
    let request = ask("curl -d a=1 --data-raw @b 'localhost:9200/x' -H 'Content-Type:'");
    assert_eq!((request.method.as_str(), request.body.as_str()), ("POST", "a=1&@b"));
    assert!(request.headers.iter().all(|(name, _)| name != "Content-Type"), "a header without a value is not sent");
    let request = ask("curl -G -d a=1 -d b=2 localhost:9200/_search?q=x");
    assert_eq!((request.method.as_str(), request.target.as_str(), request.body.as_str()), ("GET", "/_search?q=x&a=1&b=2", ""));
    let request = ask("curl --json '{\"a\":' --json '1}' localhost:9200/x -A me");
    assert_eq!(request.body, "{\"a\":1}");
    let header = |name: &str| request.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    assert_eq!(
        [header("Content-Type"), header("Accept"), header("User-Agent")],
        [Some("application/json"), Some("application/json"), Some("me")]
    );
}

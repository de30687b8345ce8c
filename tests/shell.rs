//! Lines as a person types them, and what the real tool prints.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "what fails here fails a test")]

#[cfg(test)]
mod support;

use proptest::prelude::*;
use support::*;
use whiskscope::activation::{Action, Rule, Trigger};
use whiskscope::cluster::place::{ControllerId, InvokerId, Node, StoreKind};
use whiskscope::cluster::{Act, CommandId, Configuration, FaultEffect, Limit, Target, Wait, World};
use whiskscope::http;
use whiskscope::shell::{LINE_BYTES_MAX, Printed, parse, print};

fn labels(label: &str) -> Option<CommandId> {
    (label == "first").then_some(CommandId(7))
}

fn parsed(line: &str) -> Result<Act, String> {
    parse(line, "guest", &labels).map_err(|error| error.to_string())
}

fn listed(name: Option<&str>, limit: u32, skip: u32) -> Act {
    Act::list(name.map(str::to_owned), limit, skip)
}

#[test]
fn invocations() {
    let check = |line: &str, wait| assert_eq!(parsed(line), Ok(invoke("hello", wait)), "{line}");
    check("wsk action invoke hello", Wait::NonBlocking);
    check("  wsk   action invoke\thello  ", Wait::NonBlocking);
    check("wsk action invoke /guest/hello --blocking", Wait::Blocking);
    check("wsk action invoke -b 'hello'", Wait::Blocking);
    check("wsk action invoke /_/hello -r", Wait::Result);
    check("wsk -i action invoke hello -br", Wait::Result);
    check("wsk action invoke --result -- hello", Wait::Result);
    let elsewhere = Act::Invoke {
        namespace: "team".into(),
        action: "hello".into(),
        wait: Wait::NonBlocking,
        count: 1,
        gap_us: 0,
        extra_logging: false,
        timeout_ms: None,
    };
    assert_eq!(parsed("wsk action invoke /team/hello"), Ok(elsewhere));
}

#[test]
fn entities() {
    let (guest, team) = (|| "guest".to_owned(), || "team".to_owned());
    let check = |line: &str, act: Act| assert_eq!(parsed(line), Ok(act), "{line}");
    check("wsk action delete hello", Act::DeleteAction { namespace: guest(), action: "hello".to_owned() });
    check("wsk -i action delete /team/pack/hello", Act::DeleteAction { namespace: team(), action: "pack/hello".to_owned() });
    check("wsk trigger fire tick -i", Act::FireTrigger { namespace: guest(), trigger: "tick".to_owned() });
    check("wsk trigger fire /team/tick", Act::FireTrigger { namespace: team(), trigger: "tick".to_owned() });
    let packed = Act::Invoke {
        namespace: team(),
        action: "pack/hello".to_owned(),
        wait: Wait::Blocking,
        count: 1,
        gap_us: 0,
        extra_logging: false,
        timeout_ms: None,
    };
    check("wsk action invoke /team/pack/hello -b", packed);
    check("wsk activation list pack/hello", listed(Some("pack/hello"), 30, 0));
}

#[test]
fn lists() {
    let check = |line: &str, act: Act| assert_eq!(parsed(line), Ok(act), "{line}");
    check("wsk activation list", listed(None, 30, 0));
    check("wsk activation list hello", listed(Some("hello"), 30, 0));
    check("wsk activation list /guest/hello --limit 3 --skip 2", listed(Some("hello"), 3, 2));
    check("wsk activation list -l3 -s=2", listed(None, 3, 2));
    check("wsk activation list --limit=0", listed(None, 0, 0));
    check("wsk activation list -l 1 -l 200", listed(None, 200, 0));
}

#[test]
fn reads() {
    let id = "0123456789ab4def8000000000000000";
    let target = Target::Id(id.parse().unwrap());
    assert_eq!(parsed(&format!("wsk activation get {id}")), Ok(Act::Get(target)));
    assert_eq!(parsed(&format!("wsk activation logs {id}")), Ok(Act::Logs(target)));
    assert_eq!(parsed("wsk activation result --last"), Ok(Act::Result(Target::Last)));
    assert_eq!(parsed("wsk activation get -l"), Ok(Act::Get(Target::Last)));
    assert_eq!(parsed("wsk activation get {first}"), Ok(Act::Get(Target::Made { command: CommandId(7), member: 0 })));
}

#[test]
fn errors_say_what_where_and_why() {
    let check = |line: &str, said: &str| assert_eq!(parsed(line), Err(said.to_owned()), "{line}");
    check("", "the line is empty");
    check("   ", "the line is empty");
    check("ls", "word 1: “ls” is not wsk, the one program that this terminal has");
    check("wsk", "the command ends too soon; try: wsk action, wsk activation, wsk trigger");
    check("wsk rule list", "word 2: “rule” is not a command here; try: wsk action, wsk activation, wsk trigger");
    check("wsk trigger create x", "word 3: “create” is not a command here; try: wsk trigger fire");
    check("wsk action update x", "word 3: “update” is not a command here; try: wsk action invoke, delete");
    check("wsk trigger fire", "“wsk trigger fire” needs the name of a trigger");
    check("wsk action delete", "“wsk action delete” needs the name of an action");
    check("wsk activation poll", "word 3: “poll” is not a command here; try: wsk activation list, get, result, logs");
    check("wsk action invoke", "“wsk action invoke” needs the name of an action");
    check("wsk action invoke a b", "word 5: “b” is one argument too many for “wsk action invoke”");
    check("wsk action invoke a/b/c", "word 4: “a/b/c” is not a name such as hello, pack/hello or /guest/pack/hello");
    check("wsk action invoke //b", "word 4: “//b” is not a name such as hello, pack/hello or /guest/pack/hello");
    check(
        "wsk action invoke a --param b c",
        "word 5: --param is not a flag of “wsk action invoke” here; it has: --blocking (-b), --result (-r), --insecure (-i)",
    );
    check(
        "wsk action invoke a -bx",
        "word 5: -x is not a flag of “wsk action invoke” here; it has: --blocking (-b), --result (-r), --insecure (-i)",
    );
    check("wsk action invoke a --blocking=true", "word 5: --blocking takes no value");
    check("wsk activation list --limit", "word 4: --limit needs a value");
    check("wsk activation list -l 201", "word 5: --limit is “201”, but must be a whole number from 0 to 200");
    check("wsk activation list -l +1", "word 5: --limit is “+1”, but must be a whole number from 0 to 200");
    check("wsk activation list --skip=x", "word 4: --skip is “x”, but must be a whole number from 0 to 1000000");
    check("wsk activation get", "“wsk activation get” needs the id of an activation, or --last");
    check("wsk activation get abc", "word 4: “abc”: Activation id length is 3 but must be 32.");
    check("wsk activation get {second}", "word 4: {second} is not the label of an earlier command that makes one activation");
    check("wsk activation get abc --last", "word 4: “abc” is given beside --last, which already names a record");
    check("wsk action invoke 'hello", "a quotation mark is opened and not closed, or the line ends with a backslash");
    check("wsk action invoke hel\u{7}lo", "the line has a control character (U+0007) as its character 22");
    check(&"x".repeat(LINE_BYTES_MAX + 1), "the line is 1001 bytes long, but may have at most 1000");
}

#[test]
fn breaking_and_mending() {
    let couchdb = Node::Store(StoreKind::CouchDb);
    let check = |line: &str, act: Act| assert_eq!(parsed(line), Ok(act), "{line}");
    check("break any couchdb refuse", breaks(None, couchdb, FaultEffect::Refuse));
    check("break client controller0 delay=500", breaks(Node::Client, Node::Controller(ControllerId(0)), FaultEffect::Delay { ms: 500 }));
    check("break invoker1 kafka drop --times 3", breaks_times(Node::Invoker(InvokerId(1)), Node::Kafka, FaultEffect::DropRequest, 3));
    check(
        "break -t=1 any elasticsearch drop-answer",
        breaks_times(None, Node::Store(StoreKind::Elasticsearch), FaultEffect::DropAnswer, 1),
    );
    check("break any any status=503", breaks(None, None, FaultEffect::Answer { status: 503 }));
    check("break any couchdb queue-full", breaks(None, couchdb, FaultEffect::QueueFull));
    check("break any couchdb refuse-item", breaks(None, couchdb, FaultEffect::RefuseItem));
    check("break kafka any pass", breaks(Node::Kafka, None, FaultEffect::Pass));
    check("mend all", Act::Mend { fault: None });
    check("mend first", Act::Mend { fault: Some(CommandId(7)) });
    check("mend {first}", Act::Mend { fault: Some(CommandId(7)) });
    check("drop-data couchdb", Act::DropData { store: StoreKind::CouchDb });
    check("drop-data elasticsearch", Act::DropData { store: StoreKind::Elasticsearch });
}

/// A rule is written as it is read, so that a list of faults can show the line.
#[test]
fn a_rule_is_written_as_it_is_typed() {
    for line in ["any couchdb refuse", "client controller0 delay=500", "invoker1 kafka drop --times 3", "any any status=503 --times 1"] {
        let Ok(Act::Break { rule }) = parsed(&format!("break {line}")) else { panic!("{line}") };
        assert_eq!(rule.to_string(), line);
    }
}

#[test]
fn errors_of_breaking_and_mending_say_what_where_and_why() {
    let check = |line: &str, said: &str| assert_eq!(parsed(line), Err(said.to_owned()), "{line}");
    check("break any couchdb", "“break” needs FROM TO EFFECT");
    check("break any couchdb refuse now", "word 5: “now” is one argument too many for “break”");
    check("break nginx any refuse", "word 2: “nginx” is not one of: client, controller0, kafka, invoker0, couchdb, elasticsearch, any");
    check(
        "break invoker999 any refuse",
        "word 2: “invoker999” is not one of: client, controller0, kafka, invoker0, couchdb, elasticsearch, any",
    );
    let effects = "pass, delay=MS, drop, drop-answer, refuse, status=NNN, queue-full, refuse-item";
    check("break any any explode", &format!("word 4: “explode” is not one of: {effects}"));
    check("break any any refuse=1", &format!("word 4: “refuse=1” is not one of: {effects}"));
    check("break any any delay=0", "word 4: delay is “0”, but must be a whole number from 1 to 3600000");
    check("break any any delay", "word 4: delay is “”, but must be a whole number from 1 to 3600000");
    check("break any any status=200", "word 4: status is “200”, but must be a whole number from 400 to 599");
    check("break any any drop --times 0", "word 6: --times is “0”, but must be a whole number from 1 to 1000000");
    check("break any any drop --for 3", "word 5: --for is not a flag of “break” here; it has: --times (-t)");
    check("mend", "“mend” needs the label of a break, or all");
    check("mend second", "word 2: “second” is not the label of an earlier break, and not all");
    check("drop-data kafka", "word 2: “kafka” is not one of: couchdb, elasticsearch");
}

proptest! {
    #[test]
    fn any_words_that_break_or_mend_are_parsed_or_refused(
        words in prop::collection::vec("(any|kafka|client|couchdb|controller[0-9]{0,4}|invoker[0-9]{0,4}|drop|refuse|delay=[0-9]{0,9}|status=[0-9]{0,6}|--times|[0-9]{0,9})", 0..6),
        command in prop_oneof![Just("break"), Just("mend"), Just("drop-data")],
    ) {
        let _ = parsed(&format!("{command} {}", words.join(" ")));
    }

    #[test]
    fn any_line_is_parsed_or_refused(line in ".{0,200}") {
        let _ = parsed(&line);
    }

    #[test]
    fn any_words_after_wsk_are_parsed_or_refused(words in prop::collection::vec("(-{0,2}[a-z=]{0,8}|[0-9]{0,12}|action|activation|invoke|list|get|\\{first\\}|/.{0,4})", 0..8)) {
        let line = format!("wsk {}", words.join(" "));
        if let Ok(Act::List { limit, .. }) = parsed(&line) {
            prop_assert!(limit <= 200);
        }
    }

    #[test]
    fn a_quoted_name_comes_back_whole(name in "[a-zA-Z0-9 é'\"$*]{1,40}") {
        let quoted = shlex::try_quote(&name).unwrap();
        if !name.starts_with('-') {
            match parsed(&format!("wsk action invoke {quoted}")) {
                Ok(Act::Invoke { action, .. }) => prop_assert_eq!(action, name),
                other => prop_assert!(false, "{:?}", other),
            }
        }
    }
}

/// Plays these lines at these milliseconds and prints the last one's answer.
fn session(configuration: Configuration, lines: &[(u64, &str)], until_ms: u64) -> (World, Vec<Printed>) {
    let acts: Vec<(u64, Act)> = lines.iter().map(|(at, line)| (*at, parsed(line).unwrap())).collect();
    let (world, _) = play(&run_of(configuration, &acts), ms(until_ms));
    let printed = world.exchanges().filter_map(|exchange| print(&world, exchange)).collect();
    (world, printed)
}

#[test]
fn an_invocation_and_its_list() {
    let lines = [
        (10_000, "wsk action invoke hello"),
        (12_000, "wsk activation list"),
        (14_000, "wsk activation list"),
        (15_000, "wsk activation list refuse"),
    ];
    let (world, printed) = session(bound_to(StoreKind::CouchDb), &lines, 20_000);
    let (ix, made) = world.activations().find(|(_, activation)| !activation.health_test).unwrap();
    assert_eq!(printed[0].stdout, format!("ok: invoked /guest/hello with id {}\n", made.id));
    // Nothing, and the empty default header.
    assert_eq!(printed[1], Printed { stdout: "\n".to_owned(), ..Printed::default() });
    let table: Vec<&str> = printed[2].stdout.lines().collect();
    assert_eq!(table[0], "Datetime            Activation ID                    Kind      Start Duration   Status  Entity");
    let record = world.activation(ix).unwrap().record.unwrap();
    let duration = format!("{}ms", record.end_ms - record.start_ms);
    assert_eq!(table[1], format!("2025-06-15 12:00:10 {} nodejs:20 cold  {duration:<10} success guest/hello:0.0.1", made.id));
    assert_eq!(table.len(), 2);
}

#[test]
fn columns_grow_with_their_contents() {
    let lines = [
        (10_000, "wsk action invoke refuse"),
        (11_000, "wsk action invoke broken"),
        (12_000, "wsk activation list"),
        (14_000, "wsk activation list"),
    ];
    let (_, printed) = session(bound_to(StoreKind::CouchDb), &lines, 20_000);
    let table: Vec<&str> = printed[3].stdout.lines().collect();
    assert!(table[0].ends_with("Duration   Status            Entity"), "{}", table[0]);
    assert!(table[1].ends_with("developer error   guest/broken:0.0.1"), "{}", table[1]);
    assert!(table[2].ends_with("application error guest/refuse:0.0.1"), "{}", table[2]);
}

#[test]
fn a_record_in_the_clients_order() {
    let lines = [
        (10_000, "wsk action invoke hello -b"),
        (11_000, "wsk activation list"),
        (12_000, "wsk activation get --last"),
        (13_000, "wsk activation result --last"),
        (14_000, "wsk activation logs --last"),
    ];
    let (world, printed) = session(bound_to(StoreKind::CouchDb), &lines, 20_000);
    let id = world.exchanges().find_map(|exchange| exchange.activation).and_then(|ix| world.activation(ix)).unwrap().id;
    // The lists that --last begins with print nothing of their own.
    assert_eq!(printed.len(), 5);
    let got = &printed[2].stdout;
    assert!(got.starts_with(&format!("ok: got activation {id}\n{{\n    \"namespace\": \"guest\",\n    \"name\": \"hello\",")), "{got}");
    assert!(got.ends_with("    \"publish\": false\n}\n"), "{got}");
    let places: Vec<usize> = [
        "\"subject\"",
        "\"activationId\"",
        "\"start\"",
        "\"end\"",
        "\"duration\"",
        "\"statusCode\"",
        "\"response\"",
        "\"logs\"",
        "\"annotations\"",
    ]
    .iter()
    .map(|key| got.find(&format!("\n    {key}")).unwrap_or_else(|| panic!("{key} in {got}")))
    .collect();
    assert!(places.is_sorted(), "{got}");
    assert!(got.contains("\"status\": \"success\",\n        \"statusCode\": 0,\n        \"success\": true,"), "{got}");
    assert_eq!(printed[3].stdout, "{\n    \"greeting\": \"Hello, stranger!\"\n}\n");
    let log = &printed[4].stdout;
    assert!(log.ends_with("Z stdout: saying hello\n") && log.starts_with("2025-06-15T12:00:10."), "{log}");
    // A blocking answer is the record without its logs.
    let invoked = &printed[0].stdout;
    assert!(invoked.starts_with(&format!("ok: invoked /guest/hello with id {id}\n{{\n")) && invoked.contains("\"logs\": [],"), "{invoked}");
}

#[test]
fn last_on_an_empty_list() {
    let (_, printed) = session(bound_to(StoreKind::CouchDb), &[(10_000, "wsk activation get --last")], 20_000);
    let said = "error: Unable to get activation: Activation list does not contain any activations.\n";
    assert_eq!(printed, [Printed { stderr: said.to_owned(), exit_code: 1, ..Printed::default() }]);
}

#[test]
fn errors_are_the_tools_own() {
    let id = "0123456789ab4def8000000000000000";
    let lines = [
        (100, "wsk action invoke hello -b"),
        (10_000, "wsk activation list"),
        (11_000, "wsk activation get 0123456789ab4def8000000000000000"),
        (12_000, "wsk activation logs 0123456789ab4def8000000000000000"),
        (13_000, "wsk action invoke broken -r"),
        (14_000, "wsk action invoke refuse -b"),
    ];
    let (world, printed) = session(bound_to(StoreKind::Elasticsearch), &lines, 20_000);
    let codes: Vec<String> = world.exchanges().map(|exchange| world.transaction_id(exchange)).collect();
    let check = |place: usize, exit_code, text: &str| {
        assert_eq!(printed[place].stderr, text.replace("CODE", &codes[place]));
        assert_eq!((printed[place].exit_code, printed[place].stdout.as_str()), (exit_code, ""));
    };
    check(
        0,
        247,
        "error: Unable to invoke action 'hello': The server is currently unavailable (because it is overloaded or down for maintenance). (code CODE)\n",
    );
    check(
        1,
        244,
        "error: Unable to obtain the list of activations for namespace 'default': There was an internal server error. (code CODE)\n",
    );
    check(2, 148, &format!("error: Unable to get activation '{id}': The requested resource does not exist. (code CODE)\n"));
    check(3, 148, &format!("error: Unable to get logs for activation '{id}': The requested resource does not exist. (code CODE)\n"));
    check(4, 246, "{\n    \"error\": \"An error has occurred: TypeError: order is undefined\"\n}\n");
    assert_eq!(printed[5].exit_code, 246);
    assert!(printed[5].stderr.starts_with("ok: invoked /guest/refuse with id "), "{:?}", printed[5]);
    assert!(codes.iter().all(|code| code.len() == 32 && code.bytes().all(|byte| byte.is_ascii_hexdigit())));
    assert_eq!(codes.iter().collect::<std::collections::BTreeSet<_>>().len(), codes.len());
}

#[test]
fn a_wait_that_ends_before_the_action() {
    let configuration = Configuration { blocking_wait_ms: 500, ..bound_to(StoreKind::CouchDb) };
    let (world, printed) = session(configuration, &[(10_000, "wsk action invoke slow -b")], 20_000);
    let id = world.activations().find(|(_, activation)| !activation.health_test).unwrap().1.id;
    let said = format!("ok: invoked /guest/slow, but the request has not yet finished, with id {id}\n");
    assert_eq!(printed, [Printed { stderr: said, exit_code: 202, ..Printed::default() }]);
}

#[test]
fn bodies_over_http() {
    let lines = [
        (10_000, "wsk action invoke hello"),
        (11_000, "wsk action invoke hello -b"),
        (12_000, "wsk action invoke hello -r"),
        (13_000, "wsk activation list -l 2"),
        (14_000, "wsk activation list -l 2"),
        (15_000, "wsk activation get --last"),
        (16_000, "wsk activation result --last"),
        (17_000, "wsk activation logs --last"),
    ];
    let (world, _) = session(bound_to(StoreKind::CouchDb), &lines, 20_000);
    let bodies: Vec<http::Response> = world.exchanges().map(|exchange| http::response(&world, exchange).unwrap()).collect();
    let keys = |place: usize| bodies[place].body.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!((bodies[0].status, keys(0)), (202, vec!["activationId".to_owned()]));
    assert_eq!(bodies[1].status, 200);
    assert_eq!(bodies[1].body["logs"], serde_json::json!([]));
    assert_eq!(bodies[2].body, serde_json::json!({ "greeting": "Hello, stranger!" }));
    assert_eq!(bodies[3].body, serde_json::json!([]));
    assert_eq!(bodies[4].body.as_array().unwrap().len(), 2);
    assert!(bodies[4].body[0].get("response").is_none() && bodies[4].body[0]["statusCode"] == 0);
    // --last asks for a list first.
    assert_eq!(bodies[5].body.as_array().unwrap().len(), 1);
    assert_eq!(bodies[6].body["response"]["success"], true);
    assert_eq!(keys(8), ["result", "size", "status", "success"]);
    assert_eq!(keys(10), ["logs"]);
    assert_eq!(bodies[10].body["logs"].as_array().unwrap().len(), 1);
}

#[test]
fn throttles_give_their_counts() {
    let configuration = Configuration { invocations_per_minute: Limit::At(1), ..bound_to(StoreKind::CouchDb) };
    let (world, _) = session(configuration, &[(10_000, "wsk action invoke hello"), (10_100, "wsk action invoke hello")], 20_000);
    let refused = http::response(&world, world.exchanges().last().unwrap()).unwrap();
    assert_eq!(refused.status, 429);
    assert_eq!(refused.body["error"], "Too many requests in the last minute (count: 2, allowed: 1).");
}

/// A trigger with one rule, and a sequence, as the real tool prints what becomes of them.
#[test]
fn triggers_sequences_and_deletions_are_printed_as_the_tool_prints_them() {
    let rule = |active| Rule { name: "every".to_owned(), action: "hello".to_owned(), active };
    let trigger = |name: &str, active| Trigger { namespace: "guest".to_owned(), name: name.to_owned(), rules: vec![rule(active)] };
    let mut configuration = Configuration { triggers: vec![trigger("tick", true), trigger("idle", false)], ..Configuration::default() };
    configuration.actions.push(Action::sequence("guest", "pair", &["hello", "hello"]));
    let lines = [
        (10_000, "wsk trigger fire tick"),
        (11_000, "wsk trigger fire idle"),
        (12_000, "wsk action invoke pair -r"),
        (20_000, "wsk activation list"),
        (21_000, "wsk activation list"),
        (22_000, "wsk activation list tick -l 1"),
        (23_000, "wsk activation list tick -l 1"),
        (24_000, "wsk action delete hello"),
        (25_000, "wsk action invoke hello"),
        (26_000, "wsk action delete hello"),
    ];
    let (world, printed) = session(configuration, &lines, 40_000);
    let id = |name: &str| {
        let catalogue = world.catalogue();
        let found = world.activations().find(|(_, it)| catalogue.action(it.action).is_some_and(|action| action.name == name));
        found.unwrap().1.id.to_string()
    };
    assert_eq!(printed[0].stdout, format!("ok: triggered /guest/tick with id {}\n", id("tick")));
    // Without an activation there is no id to print.
    assert_eq!(printed[1].stdout, "ok: triggered /guest/idle with id \n");
    assert_eq!(printed[2].stdout, "{\n    \"greeting\": \"Hello, stranger!\"\n}\n");
    let table = &printed[4].stdout;
    let row = |id: &str| table.lines().find(|line| line.contains(id)).unwrap_or_else(|| panic!("{table}"));
    assert!(row(&id("pair")).contains(" sequence  warm "), "{table}");
    assert!(row(&id("pair")).ends_with(" success guest/pair:0.0.1"), "{table}");
    assert!(row(&id("tick")).contains(" unknown   warm  0s         success guest/tick:0.0.1"), "{table}");
    assert!(printed[6].stdout.contains(&id("tick")));
    assert_eq!(printed[7].stdout, "ok: deleted action hello\n");
    assert!(printed[8].stderr.starts_with("error: Unable to invoke action 'hello': The requested resource does not exist. (code "));
    assert!(printed[9].stderr.starts_with("error: Unable to delete action 'hello': The requested resource does not exist. (code "));
    assert_eq!((printed[8].exit_code, printed[9].exit_code), (148, 148));
}

/// No tool of OpenWhisk has these: they are the words of this terminal.
#[test]
fn lines_crash_start_and_restart() {
    let crash = |node| Act::Crash { node };
    let start = |node, store| Act::Start { node, store };
    assert_eq!(parsed("crash controller0"), Ok(crash(Node::Controller(ControllerId(0)))));
    assert_eq!(parsed("crash kafka"), Ok(crash(Node::Kafka)));
    assert_eq!(parsed("start invoker0"), Ok(start(Some(Node::Invoker(InvokerId(0))), None)));
    assert_eq!(parsed("restart elasticsearch"), Ok(start(Some(Node::Store(StoreKind::Elasticsearch)), None)));
    assert_eq!(parsed("restart all --store noop"), Ok(start(None, Some(StoreKind::Noop))));
    assert_eq!(parsed("restart all -s=elasticsearch"), Ok(start(None, Some(StoreKind::Elasticsearch))));
    let error = |line: &str| parsed(line).unwrap_err();
    assert_eq!(error("crash"), "“crash” needs the name of a node");
    assert_eq!(error("crash all"), "word 2: “all” is not one of: controller0, invoker0, kafka, couchdb, elasticsearch");
    assert_eq!(error("start nginx"), "word 2: “nginx” is not one of: controller0, invoker0, kafka, couchdb, elasticsearch, all");
    assert_eq!(error("restart all --store memory"), "word 4: “memory” is not one of: couchdb, elasticsearch, noop");
    assert_eq!(error("start all --fast"), "word 3: --fast is not a flag of “start” here; it has: --store (-s)");
    assert_eq!(error("crash invoker0 invoker1"), "word 3: “invoker1” is one argument too many for “crash”");
    assert_eq!(error("crash invoker"), "word 2: “invoker” is not one of: controller0, invoker0, kafka, couchdb, elasticsearch");
}

//! What helps at the terminal's prompt: lines for acts, completion, suggestions, and the pipe into jq.
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

use proptest::prelude::*;
use support::*;
use whiskscope::cluster::place::{ControllerId, InvokerId, Node, StoreKind};
use whiskscope::cluster::{Act, Command, Configuration, FaultEffect, ListForm, ListMore, Poll, Program, Rule, Target, Wait, World};
use whiskscope::shell::{self, Typed, Why};

/// The world at an instant in which these lines were typed, each at its millisecond.
fn typed(store: StoreKind, lines: &[(u64, &str)], until: u64) -> World {
    let mut commands: Vec<Command> = Vec::new();
    for (at, line) in lines {
        let run = whiskscope::recording::Run::new(bound_to(store), 7, commands.clone());
        let world = play(&run, ms(*at)).0;
        let Typed::Act(act) = shell::typed(&world, "guest", line) else { panic!("{line}: {:?}", shell::typed(&world, "guest", line)) };
        commands.push(Command { line: Some((*line).to_owned()), ..Command::new(ms(*at), "guest", act, &commands) });
    }
    play(&whiskscope::recording::Run::new(bound_to(store), 7, commands), ms(until)).0
}

/// What the command of a number has put on the screen.
fn screen(world: &World, number: u32) -> String {
    shell::screen(world, number).unwrap().output.into_iter().map(|chunk| chunk.text).collect()
}

#[test]
fn an_act_is_written_as_a_line_that_is_read_back_as_the_same_act() {
    let list = |name: Option<&str>, limit, skip, more| Act::List { name: name.map(str::to_owned), limit, skip, more };
    let more = ListMore { since_ms: Some(5), upto_ms: Some(9), form: ListForm::Docs };
    let count = ListMore { form: ListForm::Count, ..ListMore::default() };
    let poll = |since_s, exit_s| Act::Program(Box::new(Program::Poll(Poll { name: Some("hello".to_owned()), since_s, exit_s })));
    let node = Node::Invoker(InvokerId(1));
    let rule = Rule { from: Some(Node::Controller(ControllerId(0))), to: None, effect: FaultEffect::Delay { ms: 5 }, times: Some(3) };
    let acts = [
        invoke("hello", Wait::NonBlocking),
        invoke("pack/a b", Wait::Blocking),
        invoke("a-b@c.d", Wait::Result),
        Act::list(None, 30, 0),
        list(Some("hello"), 3, 4, more),
        list(None, 30, 0, count),
        Act::Get(Target::Id(whiskscope::activation::ActivationId(7))),
        Act::Result(Target::Last),
        Act::Logs(Target::Last),
        poll(Some(5), 7),
        Act::Break { rule },
        Act::Mend { fault: None },
        Act::DropData { store: StoreKind::CouchDb },
        Act::Crash { node },
        Act::Start { node: None, store: Some(StoreKind::Elasticsearch) },
        Act::Start { node: Some(node), store: None },
    ];
    let world = run_of(Configuration::default(), &[]).world();
    for act in acts {
        let line = shell::written(&world, &Command::new(ms(0), "guest", act.clone(), &[]));
        match (shell::typed(&world, "guest", &line), act) {
            // What wsk has no words for is a request as it stands.
            (Typed::Act(Act::Raw(raw)), act) => {
                assert!(matches!(raw.means, whiskscope::cluster::Means::Act { act: read, .. } if read == act), "{line}")
            }
            (Typed::Act(read), act) => assert_eq!(read, act, "{line}"),
            (other, _) => panic!("{line}: {other:?}"),
        }
    }
}

#[test]
fn what_no_line_can_do_stands_behind_it_as_a_comment() {
    let world = run_of(Configuration::default(), &[]).world();
    let written = |act| shell::written(&world, &Command::new(ms(0), "guest", act, &[]));
    assert_eq!(written(burst("hello", Wait::Blocking, 50, 10_500)), "wsk action invoke hello --blocking # 50 times, 10.5 ms apart");
    assert_eq!(written(burst("hello", Wait::NonBlocking, 1, 0)), "wsk action invoke hello");
    let other = Act::FireTrigger { namespace: "team".to_owned(), trigger: "tick".to_owned() };
    assert_eq!(written(other), "wsk trigger fire /team/tick");
    let fault = Command::new(ms(0), "guest", breaks(Node::Client, None, FaultEffect::Refuse), &[]);
    let mut run = run_of(Configuration::default(), &[]);
    run.commands = vec![fault.clone()];
    let mend = Command::new(ms(1), "guest", Act::Mend { fault: Some(fault.id) }, &[]);
    assert_eq!(shell::written(&run.world(), &mend), "mend # client any refuse");
}

#[test]
fn a_request_to_a_store_is_written_as_the_line_that_sends_it() {
    let lines = [
        "curl -s -u whisk_admin:some_passw0rd -X PUT --data-raw '{\"a\":\"it'\\''s\"}' -H 'Content-Type: application/json' http://couchdb:5984/x/y",
        "curl -I 'http://localhost:9200/_cat/indices?v'",
        "curl -d a=1 -d b=2 localhost:9200/x",
        "curl -u a:b http://openwhisk:3233/api/v1/namespaces",
    ];
    let world = run_of(Configuration::default(), &[]).world();
    let request = |line: &str| match shell::typed(&world, "guest", line) {
        Typed::Act(act @ Act::Ask { .. }) => (shell::written(&world, &Command::new(ms(0), "guest", act.clone(), &[])), wire(&act)),
        Typed::Act(act @ Act::Raw(_)) => (shell::written(&world, &Command::new(ms(0), "guest", act.clone(), &[])), wire(&act)),
        other => panic!("{line}: {other:?}"),
    };
    for line in lines {
        let (written, wire) = request(line);
        assert_eq!(request(&written).1, wire, "{written}");
    }
}

/// Method, target, headers apart from the host, body.
fn wire(act: &Act) -> (String, String, Vec<(String, String)>, String) {
    let request = match act {
        Act::Ask { request, .. } => request,
        Act::Raw(raw) => &raw.request,
        other => panic!("{other:?}"),
    };
    let mut headers: Vec<(String, String)> =
        request.headers.iter().filter(|(name, _)| name != "Host").map(|(name, value)| (name.to_lowercase(), value.clone())).collect();
    headers.sort();
    (request.method.clone(), request.target.clone(), headers, request.body.clone())
}

#[test]
fn words_are_completed_by_what_can_stand_there() {
    let world = typed(StoreKind::CouchDb, &[(20_000, "wsk action invoke hello")], 30_000);
    let complete = |line: &str| shell::complete(&world, "guest", line, line.len()).candidates;
    assert_eq!(complete("w"), ["wsk"]);
    assert_eq!(complete("cu"), ["curl"]);
    assert_eq!(complete("wsk act"), ["action", "activation"]);
    assert_eq!(complete("wsk activation "), ["get", "list", "logs", "poll", "result"]);
    assert_eq!(complete("wsk -i activation lo"), ["logs"]);
    assert_eq!(complete("wsk activation list --s"), ["--since", "--skip"]);
    assert!(complete("wsk action invoke ").contains(&"hello".to_owned()));
    assert_eq!(complete("wsk action invoke hel"), ["hello"]);
    let id = world.activation(world.exchanges_of(0).next().unwrap().activation.unwrap()).unwrap().id.to_string();
    assert_eq!(complete(&format!("wsk activation get {}", &id[..4])), [id.as_str()]);
    assert_eq!(complete("curl -s http://localhost:5984/_a"), ["http://localhost:5984/_all_dbs"]);
    assert_eq!(complete("crash k"), ["kafka"]);
    assert_eq!(complete("break client any dr"), ["drop", "drop-answer"]);
    assert!(complete("nonsense ").is_empty());
    // In the midst of a line the word that ends at the cursor is completed.
    let completion = shell::complete(&world, "guest", "wsk acti list", 8);
    assert_eq!((completion.from, completion.candidates), (4, vec!["action".to_owned(), "activation".to_owned()]));
    assert!(shell::complete(&world, "guest", "wsk ü", 5).candidates.is_empty(), "a cursor within a letter");
}

#[test]
fn ids_that_no_client_has_heard_of_are_not_completed() {
    let lines = [(20_000, "wsk action invoke hello --blocking")];
    let waiting = typed(StoreKind::CouchDb, &lines, 20_020);
    assert!(shell::complete(&waiting, "guest", "wsk activation get ", 19).candidates.is_empty());
    // Health tests have ids too, which nobody was told.
    let answered = typed(StoreKind::CouchDb, &lines, 25_000);
    assert_eq!(shell::complete(&answered, "guest", "wsk activation get ", 19).candidates.len(), 1);
}

#[test]
fn what_is_worth_typing_follows_from_what_was_heard() {
    let whys = |world: &World| shell::suggestions(world, "guest").iter().map(|it| it.why).collect::<Vec<_>>();
    let nothing = typed(StoreKind::CouchDb, &[], 20_000);
    assert_eq!(whys(&nothing), [Why::Invoke]);
    let invoked = [(20_000, "wsk action invoke hello --blocking")];
    assert_eq!(whys(&typed(StoreKind::CouchDb, &invoked, 25_000)), [Why::List, Why::AskCouchDb, Why::AskElasticsearch, Why::GetNewest]);
    let listed = [invoked[0], (25_000, "wsk activation list")];
    // The first list of the view lacks the record, that of the index has it.
    assert_eq!(whys(&typed(StoreKind::CouchDb, &listed, 26_000))[0], Why::AskAgain);
    assert_eq!(whys(&typed(StoreKind::Elasticsearch, &listed, 26_000))[0], Why::AskCouchDb);
    let asked = [listed[0], listed[1], (26_000, "wsk activation list"), (27_000, "curl localhost:5984"), (28_000, "curl localhost:9200")];
    let world = typed(StoreKind::CouchDb, &asked, 29_000);
    assert_eq!(whys(&world), [Why::GetNewest, Why::LogsOfNewest]);
    for suggestion in shell::suggestions(&world, "guest") {
        assert!(matches!(shell::typed(&world, "guest", &suggestion.line), Typed::Act(_)), "{}", suggestion.line);
    }
}

#[test]
fn suggestions_are_equal_in_both_worlds_as_long_as_their_answers_are() {
    let lines = [(20_000, "wsk action invoke hello --blocking")];
    let suggested = |store| shell::suggestions(&typed(store, &lines, 25_000), "guest");
    assert_eq!(suggested(StoreKind::CouchDb), suggested(StoreKind::Elasticsearch));
}

#[test]
fn a_pipe_into_jq_takes_plain_paths() {
    let docs = "curl -s -u whisk_admin:some_passw0rd http://localhost:5984/whisk_local_activations/_all_docs";
    let piped = |filter: &str| {
        let line = format!("{docs} | jq {filter}");
        let world = typed(StoreKind::Elasticsearch, &[(20_000, &line)], 25_000);
        (screen(&world, 0), shell::screen(&world, 0).unwrap().exit_code)
    };
    assert_eq!(piped(".total_rows"), ("5\n".to_owned(), Some(0)));
    assert_eq!(piped("'.rows | length'"), ("5\n".to_owned(), Some(0)));
    let ids = piped("-r '.rows[].id'").0;
    assert_eq!(ids.lines().count(), 5);
    assert!(ids.lines().all(|id| id.starts_with("_design/")), "{ids}");
    assert_eq!(piped("-c '.rows[-1] | keys'").0, "[\"id\",\"key\",\"value\"]\n");
    assert!(piped(".").0.starts_with("{\n  \"offset\": 0,\n"));
    assert_eq!(piped(".rows[99]").0, "null\n");
    assert_eq!(piped(".nothing.more").0, "null\n");
    assert_eq!(piped("'.[\"total_rows\"]'").0, "5\n");
    assert_eq!(piped("'.\"total_rows\"'").0, "5\n");
    assert_eq!(piped(".total_rows.x"), ("jq: error (at <stdin>): Cannot index number with \"x\"\n".to_owned(), Some(5)));
    assert_eq!(piped(".total_rows.x?"), (String::new(), Some(0)));
    assert_eq!(piped(".total_rows[]").1, Some(5));
    let world = typed(StoreKind::CouchDb, &[(20_000, "wsk activation list | jq .")], 25_000);
    assert_eq!((screen(&world, 0).as_str(), shell::screen(&world, 0).unwrap().exit_code), ("", Some(0)), "an empty line is no value");
    let world = typed(StoreKind::CouchDb, &[(20_000, "curl -s -I localhost:9200 | jq .")], 25_000);
    assert!(screen(&world, 0).starts_with("jq: parse error: "), "{}", screen(&world, 0));
}

#[test]
fn nothing_comes_out_of_a_pipe_before_all_has_gone_in() {
    let lines = [(20_000, "wsk activation poll | jq .")];
    let world = typed(StoreKind::CouchDb, &lines, 25_000);
    assert_eq!((screen(&world, 0).as_str(), shell::screen(&world, 0).unwrap().exit_code), ("", None));
}

#[test]
fn more_than_a_path_is_refused_with_what_there_is() {
    let world = run_of(Configuration::default(), &[]).world();
    for filter in ["'map(.id)'", "'.a + 1'", "'.[0'", "'.a..b'", "--arg x", ". more", "'.1'", "'{a: .b}'", "'. | | .'"] {
        let line = format!("wsk activation list | jq {filter}");
        let Typed::Printed(printed) = shell::typed(&world, "guest", &line) else { panic!("{line}") };
        assert!(printed.stderr.starts_with("jq: ") && printed.exit_code != 0, "{line}: {printed:?}");
    }
    // A pipe within quotation marks is none.
    assert!(matches!(shell::typed(&world, "guest", "wsk action invoke 'a | jq .'"), Typed::Act(_) | Typed::Printed(_)));
}

proptest! {
    #[test]
    fn any_line_is_completed_and_piped_without_a_stop(line in any::<String>(), cursor in 0..40_usize, filter in "[.a\\[\\]0-9\"?| -]{0,12}") {
        let world = run_of(Configuration::default(), &[]).world();
        let completion = shell::complete(&world, "guest", &line, cursor);
        prop_assert!(completion.from <= line.len());
        shell::typed(&world, "guest", &format!("wsk activation list | jq '{filter}'"));
        shell::typed(&world, "guest", &line);
    }
}

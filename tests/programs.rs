//! Command lines of several requests: what each sends, when it ends, and what Ctrl-C stops.
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
use whiskscope::cluster::place::{Cargo, Node, StoreKind};
use whiskscope::cluster::step::{Step, StepKind};
use whiskscope::cluster::{
    Act, Answer, Collection, Command, Configuration, Content, EntityAct, FaultEffect, ListForm, Of, PROGRAM_REQUESTS_MAX, Poll, Program,
    Target, Wait, World, pair,
};
use whiskscope::http;
use whiskscope::recording::{Run, Tape};
use whiskscope::time::Instant;

fn poll(poll: Poll) -> Act {
    Act::Program(Box::new(Program::Poll(poll)))
}

fn series(acts: Vec<Act>) -> Act {
    Act::Program(Box::new(Program::Series(acts)))
}

/// The run, with Ctrl-C for one of its commands.
fn interrupted(mut run: Run, command: usize, at: u64) -> Run {
    let id = run.commands[command].id;
    let place = run.commands.partition_point(|command| command.at <= ms(at));
    run.commands.insert(place, Command::new(ms(at), "guest", Act::Interrupt { command: id }, &run.commands));
    run
}

/// What a command has sent: method and target.
fn sent(world: &World, command: u32) -> Vec<String> {
    let line = |request: ::http::Request<Vec<u8>>| format!("{} {}", request.method(), request.uri());
    world.exchanges_of(command).map(|exchange| line(http::request(world, exchange).unwrap())).collect()
}

fn millis(at: Instant) -> u64 {
    at.micros() / 1_000
}

fn times(world: &World, command: u32) -> Vec<u64> {
    world.exchanges_of(command).map(|exchange| millis(exchange.sent)).collect()
}

#[test]
fn a_poll_begins_after_the_newest_record_and_asks_every_two_seconds_for_what_is_new() {
    let acts = [(20_000, invoke("hello", Wait::Blocking)), (30_000, poll(Poll::default())), (35_000, invoke("hello", Wait::Blocking))];
    for store in StoreKind::ALL {
        let (world, _) = play(&run_of(bound_to(store), &acts), ms(45_000));
        let starts: Vec<u64> = world
            .exchanges_of(1)
            .filter_map(|exchange| match &exchange.answer {
                Some(Answer::Rows(rows)) => rows.first().map(|row| row.record.start_ms),
                _ => None,
            })
            .collect();
        let targets = sent(&world, 1);
        assert_eq!(targets[0], "GET /api/v1/namespaces/_/activations?docs=true&limit=1&skip=0");
        // The view does not have the first record when it is asked for the first time; the index has.
        let first = if store == StoreKind::CouchDb { None } else { Some(starts[0] + 1) };
        let asks = |since: Option<u64>| {
            let since = since.map_or_else(String::new, |since| format!("since={since}&"));
            format!("GET /api/v1/namespaces/_/activations?docs=true&limit=0&{since}skip=0")
        };
        assert_eq!(targets[1], asks(first), "{store:?}");
        assert_eq!(targets.last().unwrap(), &asks(Some(starts.last().unwrap() + 1)), "{store:?}: the second record is known");
        for pair in world.exchanges_of(1).skip(1).collect::<Vec<_>>().windows(2) {
            assert_eq!(pair[1].sent.since(pair[0].answered.unwrap()).millis(), 2_000);
        }
        assert_eq!(world.ended(1), None);
        assert!(world.exchanges_of(1).all(|exchange| world.list_more(exchange).form == ListForm::Docs));
    }
}

#[test]
fn a_poll_ends_when_more_whole_seconds_have_passed_than_it_was_given() {
    let acts = [(30_000, poll(Poll { exit_s: 5, since_s: Some(60), ..Poll::default() }))];
    let (world, _) = play(&run_of(Configuration::default(), &acts), ms(60_000));
    // At 0, 2 and 4 seconds and some ms five whole seconds are not over; at 6 they are.
    assert_eq!(sent(&world, 0).len(), 3, "{:?}", times(&world, 0));
    let ended = millis(world.ended(0).unwrap());
    assert!((36_000..36_100).contains(&ended), "{ended}");
    let since = Configuration::default().epoch_ms.millis_at(ms(30_000)) / 1_000 * 1_000 - 60_000;
    assert_eq!(sent(&world, 0)[0], format!("GET /api/v1/namespaces/_/activations?docs=true&limit=0&since={since}&skip=0"));
}

#[test]
fn a_poll_asks_again_at_once_after_an_error_and_stops_after_a_thousand_requests() {
    // No index: each list is an error.
    let acts = [(20_000, poll(Poll::default()))];
    let (world, _) = play(&run_of(bound_to(StoreKind::Elasticsearch), &acts), ms(600_000));
    let all: Vec<_> = world.exchanges_of(0).collect();
    assert_eq!(all.len(), PROGRAM_REQUESTS_MAX);
    assert!(all.iter().all(|exchange| exchange.answer.as_ref().unwrap().status() == 500));
    for pair in all.windows(2) {
        assert_eq!(pair[0].answered.unwrap(), pair[1].sent);
    }
    assert_eq!(world.ended(0), all.last().unwrap().answered);
}

#[test]
fn ctrl_c_ends_a_poll_in_its_pause_and_while_it_waits() {
    let run = run_of(Configuration::default(), &[(20_000, poll(Poll::default()))]);
    let (world, _) = play(&run, ms(30_000));
    let (asked, answered) =
        world.exchanges_of(0).nth(1).map(|exchange| (millis(exchange.sent) + 1, millis(exchange.answered.unwrap()) + 500)).unwrap();
    for (at, is_waiting) in [(asked, true), (answered, false)] {
        let (world, steps) = play(&interrupted(run.clone(), 0, at), ms(60_000));
        assert_eq!(world.ended(0), Some(ms(at)));
        assert!(world.was_interrupted(0));
        assert_eq!(world.exchanges_of(0).count(), 2);
        assert_eq!(world.exchanges_of(0).nth(1).unwrap().abandoned, is_waiting);
        assert_eq!(steps.iter().filter(|step| step.kind == StepKind::ClientInterrupted).count(), 1);
    }
}

#[test]
fn what_an_interrupted_client_has_asked_for_goes_on_and_is_answered_to_nobody() {
    let run = run_of(Configuration::default(), &[(20_000, invoke("slow", Wait::Blocking)), (40_000, list())]);
    let (world, steps) = play(&interrupted(run, 0, 20_050), ms(60_000));
    let exchange = world.exchanges_of(0).next().unwrap();
    assert_eq!((exchange.answered, exchange.abandoned), (Some(ms(20_050)), true));
    assert_eq!(world.ended(0), Some(ms(20_050)));
    let own = |step: &&Step| step.exchange.is_some_and(|ix| ix.0 == 0);
    let sent: Vec<_> = steps.iter().filter(own).filter(|step| matches!(step.kind, StepKind::AnswerSent { .. })).collect();
    assert_eq!(sent.len(), 1, "the controller knows nothing of it");
    assert!(sent.iter().all(|step| step.flight.is_none()), "nothing travels to a client that is gone");
    assert!(!steps.iter().filter(own).any(|step| matches!(step.kind, StepKind::AnswerReceived { .. })));
    // Its record is stored all the same.
    assert!(steps.iter().any(|step| step.activation == exchange.activation && matches!(step.kind, StepKind::RecordStored { .. })));
}

#[test]
fn ctrl_c_stops_a_curl_that_waits_and_does_nothing_to_what_has_ended() {
    let ask = whiskscope::shell::parse("curl http://couchdb:5984/", "guest", &|_| None).unwrap();
    let run = run_of(Configuration::default(), &[(20_000, ask), (30_000, list())]);
    let (world, steps) = play(&interrupted(run.clone(), 0, 20_001), ms(60_000));
    assert!(world.was_interrupted(0));
    assert!(!steps.iter().any(|step| matches!(step.kind, StepKind::StoreAnswerReceived { .. } | StepKind::StoreUnanswered { .. })));
    let flights = steps.iter().filter_map(|step| step.flight).filter(|flight| flight.cargo == Cargo::Answer);
    assert_eq!(flights.filter(|flight| flight.from == Node::Store(StoreKind::CouchDb) && flight.to == Node::Client).count(), 0);
    let (world, steps) = play(&interrupted(run, 0, 25_000), ms(60_000));
    assert!(!world.was_interrupted(0));
    assert!(!steps.iter().any(|step| step.kind == StepKind::ClientInterrupted));
}

#[test]
fn a_series_goes_on_until_a_request_fails() {
    let get = |name: &str| {
        let (namespace, name) = ("guest".to_owned(), name.to_owned());
        Act::Entity(EntityAct::Get { collection: Collection::Actions, namespace, name, code: false })
    };
    let acts = [(20_000, series(vec![get("hello"), get("nobody"), get("hello")])), (21_000, series(vec![get("hello"), get("slow")]))];
    let (world, _) = play(&run_of(Configuration::default(), &acts), ms(30_000));
    let statuses = |command| world.exchanges_of(command).map(|exchange| exchange.answer.as_ref().unwrap().status()).collect::<Vec<_>>();
    assert_eq!(statuses(0), [200, 404]);
    assert_eq!(statuses(1), [200, 200]);
    for command in [0, 1] {
        assert_eq!(world.ended(command), world.exchanges_of(command).last().unwrap().answered);
        let exchanges: Vec<_> = world.exchanges_of(command).collect();
        assert_eq!(exchanges[1].sent, exchanges[0].answered.unwrap());
    }
}

#[test]
fn a_namespace_is_four_lists_and_each_rule() {
    let put = |collection, name: &str, content| {
        let (namespace, name, content) = ("guest".to_owned(), name.to_owned(), Box::new(content));
        Act::Entity(EntityAct::Put { collection, namespace, name, overwrite: false, content })
    };
    let text = |text: &str| Some(text.to_owned());
    let rule = || Content { trigger: text("/guest/tick"), action: text("/guest/hello"), ..Content::default() };
    let acts = [
        (20_000, put(Collection::Triggers, "tick", Content::default())),
        (21_000, put(Collection::Rules, "one", rule())),
        (22_000, put(Collection::Rules, "two", rule())),
        (23_000, Act::Program(Box::new(Program::Namespace))),
    ];
    let (world, _) = play(&run_of(Configuration::default(), &acts), ms(30_000));
    let targets: Vec<String> = sent(&world, 3).iter().map(|line| line.trim_start_matches("GET /api/v1/namespaces/_/").to_owned()).collect();
    let lists = ["actions?limit=0&skip=0", "packages?limit=0&skip=0", "triggers?limit=0&skip=0", "rules?limit=0&skip=0"];
    assert_eq!(targets[..4], lists);
    let mut rules = targets[4..].to_vec();
    rules.sort();
    assert_eq!(rules, ["rules/one", "rules/two"]);
    assert!(world.ended(3).is_some());
    // Where a list fails, nothing follows.
    let mut run = run_of(Configuration::default(), &acts[3..]);
    run.commands.insert(0, Command::new(ms(22_000), "guest", breaks(Node::Client, None, FaultEffect::Answer { status: 502 }), &[]));
    let (world, _) = play(&run, ms(30_000));
    assert_eq!(sent(&world, 1).len(), 1);
    assert!(world.ended(1).is_some());
}

#[test]
fn a_copy_is_made_of_what_was_read() {
    let own = Content { parameters: Some(vec![pair("own", 1.into())]), ..Content::default() };
    let (namespace, name) = ("guest".to_owned(), "copied".to_owned());
    let put = EntityAct::Put { collection: Collection::Actions, namespace, name, overwrite: false, content: Box::new(own) };
    let copy = |from: &str| Act::Program(Box::new(Program::Copy { namespace: "guest".into(), action: from.into(), put: put.clone() }));
    let acts = [(20_000, copy("nobody")), (21_000, copy("hello")), (22_000, invoke("copied", Wait::Blocking))];
    let (world, _) = play(&run_of(Configuration::default(), &acts), ms(30_000));
    assert_eq!(sent(&world, 0), ["GET /api/v1/namespaces/_/actions/nobody?code=true"]);
    assert_eq!(sent(&world, 1)[1], "PUT /api/v1/namespaces/_/actions/copied?overwrite=false");
    let sheet = world.sheets().get("guest/copied").unwrap();
    let hello = world.sheets().get("guest/hello").unwrap();
    let (Of::Action { exec, .. }, Of::Action { exec: read, .. }) = (&sheet.of, &hello.of) else { panic!() };
    assert_eq!(exec, read);
    assert_eq!(sheet.parameters, [pair("own", 1.into())]);
    assert!(matches!(&world.exchanges_of(2).next().unwrap().answer, Some(Answer::Completed(_))), "what was copied can be invoked");
}

#[test]
fn only_requests_that_make_no_activation_are_in_a_series() {
    let refused = |acts: Vec<Act>| run_of(Configuration::default(), &[(1_000, series(acts))]).check().is_err();
    assert!(refused(vec![]));
    assert!(refused(vec![list(); 11]));
    assert!(refused(vec![invoke("hello", Wait::Blocking)]));
    assert!(refused(vec![series(vec![list()])]));
    assert!(refused(vec![Act::Get(Target::Last)]));
    assert!(refused(vec![breaks(Node::Client, None, FaultEffect::Refuse)]));
    assert!(refused(vec![Act::list(None, 201, 0)]), "each is checked itself");
    assert!(!refused(vec![list(); 10]));
    let polls = |since_s, exit_s| run_of(Configuration::default(), &[(1_000, poll(Poll { since_s, exit_s, name: None }))]).check().is_err();
    assert!(polls(Some(u32::MAX), 0) && polls(None, u32::MAX));
    assert!(!polls(Some(31_536_000), 31_536_000));
}

#[test]
fn a_run_with_programs_is_a_value_that_can_be_sought_and_written_down() {
    let acts = [
        (20_000, poll(Poll { exit_s: 9, ..Poll::default() })),
        (21_000, invoke("hello", Wait::Blocking)),
        (22_000, series(vec![list(), list()])),
    ];
    let run = interrupted(run_of(Configuration::default(), &acts), 2, 22_003);
    let text = serde_json::to_string(&run).unwrap();
    assert_eq!(serde_json::from_str::<Run>(&text).unwrap(), run);
    let tape = Tape::new(run.clone()).unwrap();
    for at in (20_000..34_000).step_by(777) {
        let state = |world: &World| serde_json::to_string(world).unwrap();
        assert_eq!(state(&tape.world_at(ms(at))), state(&play(&run, ms(at)).0), "at {at} ms");
    }
}

#[test]
fn the_last_of_a_list_ends_with_its_record() {
    let acts =
        [(20_000, Act::Get(Target::Last)), (21_000, invoke("hello", Wait::Blocking)), (25_000, list()), (30_000, Act::Get(Target::Last))];
    let run = run_of(Configuration::default(), &acts);
    let (world, _) = play(&run, ms(40_000));
    // Nothing is listed: the list is the end of it.
    assert_eq!((sent(&world, 0).len(), world.ended(0)), (1, world.exchanges_of(0).next().unwrap().answered));
    let [first, second] = &world.exchanges_of(3).collect::<Vec<_>>()[..] else { panic!() };
    assert_eq!(world.ended(3), second.answered);
    let between = play(&run, first.answered.unwrap()).0;
    assert_eq!(between.ended(3), None);
}

fn put(collection: Collection, name: &str, content: Content) -> EntityAct {
    EntityAct::Put { collection, namespace: "guest".to_owned(), name: name.to_owned(), overwrite: true, content: Box::new(content) }
}

fn update(collection: Collection, name: &str) -> Act {
    Act::Program(Box::new(Program::Update { put: put(collection, name, Content::default()) }))
}

#[test]
fn an_update_reads_what_it_replaces_and_creates_what_is_not_there() {
    let acts = [
        (20_000, update(Collection::Actions, "hello")),
        (21_000, update(Collection::Actions, "fresh")),
        (22_000, update(Collection::Triggers, "t")),
        (23_000, update(Collection::Triggers, "t")),
        (24_000, update(Collection::Triggers, "hello")),
    ];
    let (world, _) = play(&run_of(Configuration::default(), &acts), ms(30_000));
    let of = |kind: &str, name: &str| format!("/api/v1/namespaces/_/{kind}/{name}");
    for (command, name) in [(0, "hello"), (1, "fresh")] {
        let wanted = [format!("GET {}?code=false", of("actions", name)), format!("PUT {}?overwrite=true", of("actions", name))];
        assert_eq!(sent(&world, command), wanted);
    }
    for (command, overwrite) in [(2, false), (3, true)] {
        let wanted = [format!("GET {}", of("triggers", "t")), format!("PUT {}?overwrite={overwrite}", of("triggers", "t"))];
        assert_eq!(sent(&world, command), wanted);
    }
    // Any other error is the end.
    assert_eq!(sent(&world, 4), [format!("GET {}", of("triggers", "hello"))]);
    let status = |command| world.exchanges_of(command).map(|exchange| exchange.answer.as_ref().unwrap().status()).collect::<Vec<_>>();
    assert_eq!([0, 1, 2, 3, 4].map(status), [vec![200, 200], vec![404, 400], vec![404, 200], vec![200, 200], vec![409]]);
    assert!((0..5).all(|command| world.ended(command).is_some()));
}

#[test]
fn a_list_of_rules_is_followed_by_each_rule() {
    let rule = |name: &str| {
        let content = Content { trigger: Some("/_/t".to_owned()), action: Some("/_/hello".to_owned()), ..Content::default() };
        Act::Entity(put(Collection::Rules, name, content))
    };
    let list = |limit| {
        let (collection, namespace) = (Collection::Rules, "guest".to_owned());
        let list = EntityAct::List { collection, namespace, package: None, limit, skip: 0, count: false };
        Act::Program(Box::new(Program::Rules { list }))
    };
    let acts = [
        (19_000, list(30)),
        (20_000, Act::Entity(put(Collection::Triggers, "t", Content::default()))),
        (21_000, rule("r")),
        (22_000, rule("s")),
        (23_000, list(30)),
        (24_000, list(1)),
    ];
    let (world, _) = play(&run_of(Configuration::default(), &acts), ms(30_000));
    let listed = |limit: u32| format!("GET /api/v1/namespaces/_/rules?limit={limit}&skip=0");
    let read = |name: &str| format!("GET /api/v1/namespaces/_/rules/{name}");
    assert_eq!(sent(&world, 0), [listed(30)]);
    assert_eq!(sent(&world, 4), [listed(30), read("s"), read("r")]);
    assert_eq!(sent(&world, 5), [listed(1), read("s")]);
    assert!([0, 4, 5].into_iter().all(|command| world.ended(command).is_some()));
}

#[test]
fn the_arguments_of_a_typed_line_are_in_its_request() {
    let mut run =
        run_of(Configuration::default(), &[(20_000, invoke("hello", Wait::NonBlocking)), (21_000, invoke("hello", Wait::Blocking))]);
    run.commands[0].line = Some("wsk action invoke hello -p b 2 -p a '[1, true]' -p b 3".to_owned());
    let (world, _) = play(&run, ms(30_000));
    let bodies: Vec<Vec<u8>> =
        world.exchanges().map(|exchange| whiskscope::shell::request(&world, exchange).unwrap().into_body()).collect();
    assert_eq!(String::from_utf8_lossy(&bodies[0]), r#"{"a":[1,true],"b":3}"#);
    // Without a line there is nothing to say.
    assert_eq!(bodies[1], b"");
}

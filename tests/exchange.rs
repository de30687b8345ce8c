//! What the inspector tells of a command's exchanges.
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
use whiskscope::cluster::step::NoAnswer;
use whiskscope::cluster::{Act, Command, CommandId, Poll, Program, Target, Wait, World};
use whiskscope::inspection::exchange::{EXCHANGES_MAX, Messages, Outline, SHOWN_BYTES, State, Told, messages, newest, told};
use whiskscope::shell;

fn typed(line: &str) -> Act {
    shell::parse(line, "guest", &|_| None).unwrap_or_else(|error| panic!("{line}: {error}"))
}

/// The world at an instant, and the ids of its commands.
fn played(acts: &[(u64, Act)], until: u64) -> (World, Vec<CommandId>) {
    let run = run_of(bound_to(StoreKind::Elasticsearch), acts);
    let ids = run.commands.iter().map(|command| command.id).collect();
    (play(&run, ms(until)).0, ids)
}

fn given(world: &World, id: CommandId) -> Vec<Outline> {
    match told(world, id, 0) {
        Told::Given { exchanges, .. } => exchanges,
        other => panic!("{other:?}"),
    }
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
}

fn words(messages: &Messages) -> Vec<String> {
    shlex::split(&messages.curl).unwrap()
}

#[test]
fn a_list_is_told_with_both_messages_once_it_is_answered() {
    let acts = [(20_000, invoke("hello", Wait::Blocking)), (30_000, typed("wsk activation list"))];
    let run = run_of(bound_to(StoreKind::Elasticsearch), &acts);
    let id = run.commands[1].id;
    let at = |at| play(&run, ms(at)).0;
    assert!(matches!(told(&at(29_000), id, 0), Told::ToCome { .. }));
    let early = play(&run, ms(30_000)).0;
    assert_eq!(given(&early, id)[0].state, State::OnItsWay);
    assert!(messages(&early, id, 0).unwrap().answer.is_none());
    let world = at(40_000);
    let [outline] = &given(&world, id)[..] else { panic!() };
    assert_eq!((outline.method.as_str(), outline.place), ("GET", 0));
    assert_eq!(outline.target, "/api/v1/namespaces/_/activations?limit=30&skip=0");
    assert!(matches!(outline.state, State::Answered { status: 200, .. }));
    let told = messages(&world, id, 0).unwrap();
    assert!(told.has_guest_key);
    assert_eq!(header(&told.request.headers, "Host"), Some("localhost:3233"));
    let answer = told.answer.clone().unwrap();
    assert_eq!(answer.start, "HTTP/1.1 200 OK");
    assert_eq!(header(&answer.headers, "Content-Type"), Some("application/json"));
    let (laid_out, is_cut) = answer.laid_out(false);
    assert!(!is_cut && laid_out.starts_with("[\n  {\n    \""), "{laid_out}");
    assert_eq!(words(&told).last().unwrap(), "http://localhost:3233/api/v1/namespaces/_/activations?limit=30&skip=0");
    let key = header(&told.request.headers, "Authorization").unwrap();
    assert!(words(&told).contains(&format!("authorization: {key}")));
    assert_eq!(newest(&world, 20).iter().map(|it| it.0).collect::<Vec<_>>(), [run.commands[1].id, run.commands[0].id]);
}

#[test]
fn the_last_one_is_read_by_two_exchanges() {
    let (world, ids) = played(&[(20_000, invoke("hello", Wait::Blocking)), (30_000, Act::Get(Target::Last))], 40_000);
    let [second, first] = &given(&world, ids[1])[..] else { panic!() };
    assert!(first.target.ends_with("activations?limit=1&skip=0"), "{}", first.target);
    assert!(second.target.contains("/activations/"), "{}", second.target);
}

#[test]
fn a_long_poll_is_told_in_parts_and_one_stopped_is_abandoned() {
    let poll = Act::Program(Box::new(Program::Poll(Poll::default())));
    // A list of nothing is no error there.
    let run = run_of(bound_to(StoreKind::CouchDb), &[(20_000, poll.clone())]);
    let ids = [run.commands[0].id];
    let (world, _) = play(&run, ms(160_000));
    let Told::Given { exchanges, total, .. } = told(&world, ids[0], 0) else { panic!() };
    assert!(total > EXCHANGES_MAX && exchanges.len() == EXCHANGES_MAX && exchanges[0].place + 1 == total);
    let Told::Given { exchanges, first, .. } = told(&world, ids[0], EXCHANGES_MAX) else { panic!() };
    assert_eq!((first, exchanges.len()), (EXCHANGES_MAX, total - EXCHANGES_MAX));
    let mut run = run_of(bound_to(StoreKind::Elasticsearch), &[(20_000, poll)]);
    let id = run.commands[0].id;
    run.commands.push(Command::new(ms(20_000), "guest", Act::Interrupt { command: id }, &run.commands));
    let (world, _) = play(&run, ms(40_000));
    let [outline] = &given(&world, id)[..] else { panic!() };
    assert!(matches!(outline.state, State::Abandoned { .. }));
    assert!(messages(&world, id, 0).unwrap().answer.is_none());
}

#[test]
fn a_connection_that_is_refused_is_told_without_an_answer() {
    let crash = Act::Crash { node: Node::Store(StoreKind::CouchDb) };
    let (world, ids) = played(&[(20_000, crash), (25_000, typed("curl http://localhost:5984/_all_dbs"))], 40_000);
    let [outline] = &given(&world, ids[1])[..] else { panic!() };
    assert!(matches!(outline.state, State::Failed { why: NoAnswer::Refused, .. }), "{outline:?}");
    assert!(messages(&world, ids[1], 0).unwrap().answer.is_none());
}

#[test]
fn a_line_of_curl_asks_the_same_whatever_the_body_is() {
    let bodies = ["it's \"quoted\" $HOME `id` \\ !", "@file", "é 中", "{\"a\":[]}"];
    for body in bodies {
        let line = format!("curl -X PUT --data-raw {} 'http://localhost:5984/db/a%20b?x=[1]'", shlex::try_quote(body).unwrap());
        let (world, ids) = played(&[(20_000, typed(&line))], 30_000);
        let told = messages(&world, ids[0], 0).unwrap();
        let words = words(&told);
        assert!(words.contains(&body.to_owned()), "{words:?}");
        assert_eq!(words.iter().any(|word| word == "--data-raw"), body.starts_with('@'));
        assert_eq!(words.last().unwrap(), "http://localhost:5984/db/a%20b?x=[1]");
        assert_eq!(words[1..4], ["-g", "-X", "PUT"]);
        assert!(!told.has_guest_key);
        if !body.starts_with('{') {
            assert_eq!(told.request.laid_out(false).0, body, "no JSON is shown as it is");
        }
    }
}

#[test]
fn a_big_body_is_cut_at_first_and_read_from_a_file() {
    let act =
        Act::InvokeTooLarge { namespace: "guest".to_owned(), action: "hello".to_owned(), wait: Wait::Blocking, payload_bytes: 1_200_000 };
    let (world, ids) = played(&[(20_000, act)], 30_000);
    let told = messages(&world, ids[0], 0).unwrap();
    let (cut, is_cut) = told.request.laid_out(false);
    assert!(is_cut && cut.len() == SHOWN_BYTES);
    let (whole, is_cut) = told.request.laid_out(true);
    assert!(!is_cut && whole.len() > 1_200_000);
    assert!(words(&told).contains(&"@body.json".to_owned()));
    assert_eq!(told.answer.unwrap().start, "HTTP/1.1 413 Payload Too Large");
}

#[test]
fn a_command_of_another_run_is_said_to_be_none_of_this() {
    let (world, _) = played(&[(20_000, invoke("hello", Wait::Blocking))], 30_000);
    assert_eq!(told(&world, CommandId(1), 0), Told::NotInRun);
}

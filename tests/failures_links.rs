//! What fails on the other links: between client and controller, on the way to Kafka and from it, and in reads of a store.
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
use whiskscope::activation::SpanRange;
use whiskscope::cluster::place::{ActivationIx, ControllerId, InvokerId, Node, StoreKind};
use whiskscope::cluster::step::{AckKind, InvokerState, Rank, Step, StepKind};
use whiskscope::cluster::{Act, Answer, Configuration, Failure, FaultEffect, LinkFailure, Phase, Rule, Wait, World};
use whiskscope::recording::Run;
use whiskscope::time::{Instant, Span};

const ANY: Option<Node> = None;
const CONTROLLER: Node = Node::Controller(ControllerId(0));
const COUCHDB: Node = Node::Store(StoreKind::CouchDb);

fn when(steps: &[Step], wanted: impl Fn(&StepKind) -> bool) -> Vec<Instant> {
    steps.iter().filter(|step| wanted(&step.kind)).map(|step| step.at).collect()
}

fn count(steps: &[Step], wanted: impl Fn(&StepKind) -> bool) -> usize {
    steps.iter().filter(|step| wanted(&step.kind)).count()
}

fn statuses(world: &World) -> Vec<u16> {
    world.exchanges().map(|exchange| exchange.answer.as_ref().map_or(1, Answer::status)).collect()
}

fn printed(world: &World) -> (String, u8) {
    let printed = whiskscope::shell::print(world, world.exchanges().last().unwrap()).unwrap();
    (printed.stderr, printed.exit_code)
}

/// A fault at 9 s and an act at 10 s, to `seconds`.
fn with_fault(configuration: Configuration, fault: Act, act: Act, seconds: u64) -> (World, Vec<Step>) {
    play(&run_of(configuration, &[(9_000, fault), (10_000, act)]), ms(seconds * 1_000))
}

/// The last activation that is no health test.
fn last(world: &World) -> ActivationIx {
    world.activations().rfind(|(_, it)| !it.health_test).unwrap().0
}

fn free_mb(world: &World) -> i64 {
    (0..2).map(|n| world.controllers()[0].slots.free_mb(InvokerId(n)).unwrap()).sum()
}

// ---- Between the client and the controller ----

#[test]
fn a_delayed_request_is_answered_later_and_no_more() {
    let slow = breaks(Node::Client, CONTROLLER, FaultEffect::Delay { ms: 5_000 });
    let act = || invoke("hello", Wait::NonBlocking);
    let answered = |fault| with_fault(Configuration::default(), fault, act(), 60).0.exchanges().next().unwrap().answered.unwrap();
    let well = answered(breaks(Node::Client, CONTROLLER, FaultEffect::Pass));
    assert_eq!(answered(slow).since(well), Span::from_secs(5));
}

#[test]
fn a_lost_request_ends_with_the_gateways_504_and_the_controller_knows_nothing() {
    let fault = breaks(Node::Client, CONTROLLER, FaultEffect::DropRequest);
    let (world, steps) = with_fault(Configuration::default(), fault, invoke("hello", Wait::Blocking), 100);
    let exchange = world.exchanges().next().unwrap();
    assert_eq!(exchange.answered.unwrap().since(exchange.sent), Span::from_secs(75));
    assert_eq!(count(&steps, |kind| matches!(kind, StepKind::RequestReceived { .. })), 0);
    assert!(world.activations().all(|(_, it)| it.health_test));
    let text = "error: Unable to invoke action 'hello': The connection failed, or timed out. (HTTP status code 504)\n";
    assert_eq!(printed(&world), (text.to_owned(), (504 % 256) as u8));
}

#[test]
fn a_lost_answer_ends_with_a_504_though_the_action_ran_and_its_record_is_there() {
    let fault = breaks(Node::Client, CONTROLLER, FaultEffect::DropAnswer);
    let (world, steps) = with_fault(Configuration::default(), fault, invoke("hello", Wait::Blocking), 100);
    assert_eq!(count(&steps, |kind| matches!(kind, StepKind::AnswerSent { status: 200, .. })), 1);
    assert_eq!(statuses(&world), [504]);
    assert_eq!(world.activation(last(&world)).unwrap().phase, Phase::Written);
}

#[test]
fn a_refused_connection_is_an_error_of_the_network() {
    let fault = breaks(Node::Client, CONTROLLER, FaultEffect::Refuse);
    let (world, steps) = with_fault(Configuration::default(), fault, list(), 20);
    assert_eq!(count(&steps, |kind| matches!(kind, StepKind::RequestFailed { cause: LinkFailure::Refused })), 1);
    assert_eq!(printed(&world).1, 3);
    assert!(printed(&world).0.contains("connection refused"));
}

#[test]
fn an_answer_from_in_between_never_reaches_the_controller() {
    let fault = breaks(Node::Client, CONTROLLER, FaultEffect::Answer { status: 502 });
    let (world, steps) = with_fault(Configuration::default(), fault, invoke("hello", Wait::Blocking), 20);
    assert_eq!(statuses(&world), [502]);
    assert_eq!(count(&steps, |kind| matches!(kind, StepKind::RequestReceived { .. })), 0);
    assert_eq!(printed(&world).0, "error: Unable to invoke action 'hello': The connection failed, or timed out. (HTTP status code 502)\n");
}

// ---- Reads of a store ----

fn read_fails(store: StoreKind, effect: FaultEffect, list_too: bool) -> World {
    let made = run_of(bound_to(store), &[(10_000, invoke("hello", Wait::NonBlocking))]);
    let mut acts = vec![
        (10_000, invoke("hello", Wait::NonBlocking)),
        (20_000, breaks(CONTROLLER, Node::Store(store), effect)),
        (21_000, get_made(&made.commands, 0)),
    ];
    if list_too {
        acts.push((22_000, list()));
    }
    play(&run_of(bound_to(store), &acts), ms(120_000)).0
}

fn answers(world: &World) -> Vec<Answer> {
    world.exchanges().skip(1).map(|exchange| exchange.answer.clone().unwrap()).collect()
}

#[test]
fn a_store_error_on_get_is_a_500_with_the_stores_status_in_its_text() {
    for (store, text) in [
        (StoreKind::CouchDb, "Unexpected http response code: 503 Service Unavailable"),
        (StoreKind::Elasticsearch, "Unexpected http response code: 503"),
    ] {
        let world = read_fails(store, FaultEffect::Answer { status: 503 }, false);
        let Answer::Failed { status: 500, failure } = answers(&world)[0] else { panic!("{:?}", answers(&world)) };
        assert_eq!(whiskscope::http::error_text(world.exchanges().nth(1).unwrap(), failure), text);
    }
}

#[test]
fn a_store_error_on_list_is_a_500_with_the_default_text() {
    for store in StoreKind::ALL {
        let world = read_fails(store, FaultEffect::Answer { status: 503 }, true);
        let Answer::Failed { status: 500, failure } = answers(&world)[1] else { panic!("{:?}", answers(&world)) };
        assert_eq!(whiskscope::http::error_text(world.exchanges().nth(2).unwrap(), failure), "There was an internal server error.");
    }
}

#[test]
fn a_404_of_the_store_is_a_missing_record_to_a_get_and_an_error_to_a_list() {
    for store in StoreKind::ALL {
        let status: Vec<u16> = answers(&read_fails(store, FaultEffect::Answer { status: 404 }, true)).iter().map(Answer::status).collect();
        assert_eq!(status, [404, 500], "{store:?}");
    }
}

#[test]
fn a_read_that_cannot_reach_its_store_is_a_500_with_the_default_text() {
    for store in StoreKind::ALL {
        for effect in [FaultEffect::Refuse, FaultEffect::DropRequest, FaultEffect::DropAnswer, FaultEffect::Delay { ms: 90_000 }] {
            let world = read_fails(store, effect, true);
            for answer in answers(&world) {
                assert!(matches!(answer, Answer::Failed { status: 500, failure: Failure::StoreUnreachable }), "{effect} {answer:?}");
            }
        }
    }
}

#[test]
fn a_list_whose_answer_is_lost_brings_the_view_up_to_date_all_the_same() {
    let acts = [
        (10_000, invoke("hello", Wait::NonBlocking)),
        (20_000, breaks_times(CONTROLLER, COUCHDB, FaultEffect::DropAnswer, 1)),
        (21_000, list()),
        (30_000, list()),
    ];
    let (world, _) = play(&run_of(Configuration::default(), &acts), ms(100_000));
    assert!(matches!(&world.exchanges().last().unwrap().answer, Some(Answer::Rows(rows)) if rows.len() == 1));
}

/// The action outlasts the first slow poll, which meets the error.
#[test]
fn a_poll_that_meets_a_store_error_fails_a_request_whose_action_is_running_well() {
    for effect in [FaultEffect::Answer { status: 503 }, FaultEffect::Refuse] {
        let mut configuration = Configuration::default();
        configuration.actions[1].behaviour.run = SpanRange::millis(20_000, 20_000);
        let (world, steps) = with_fault(configuration, breaks(CONTROLLER, COUCHDB, effect), invoke("slow", Wait::Blocking), 60);
        assert_eq!(statuses(&world), [500]);
        let answered = when(&steps, |kind| matches!(kind, StepKind::AnswerSent { status: 500, .. }))[0];
        assert!(answered < ms(26_000), "with the first slow poll");
        assert_eq!(world.activation(last(&world)).unwrap().phase, Phase::Written);
    }
}

#[test]
fn a_store_that_is_down_is_not_noticed_by_a_caller_whose_ack_arrives() {
    let (world, _) = with_fault(Configuration::default(), breaks(ANY, COUCHDB, FaultEffect::Refuse), invoke("hello", Wait::Blocking), 60);
    assert_eq!(statuses(&world), [200]);
    assert_eq!(world.activation(last(&world)).unwrap().phase, Phase::NotWritten);
}

#[test]
fn a_store_that_is_down_fails_a_caller_whose_ack_takes_longer_than_15_seconds() {
    let mut configuration = Configuration::default();
    configuration.actions[1].behaviour.run = SpanRange::millis(20_000, 20_000);
    let acts = [(10_000, invoke("slow", Wait::Blocking))];
    let (world, _) = play_with_outages(&run_of(configuration, &acts), ms(60_000), &[(12_000, COUCHDB, true)]);
    assert_eq!(statuses(&world), [500]);
}

#[test]
fn with_elasticsearch_down_invokes_go_on_while_reads_fail() {
    let acts = [(10_000, invoke("hello", Wait::Blocking)), (12_000, list())];
    let elasticsearch = Node::Store(StoreKind::Elasticsearch);
    let (world, _) = play_with_outages(&run_of(bound_to(StoreKind::Elasticsearch), &acts), ms(60_000), &[(5_000, elasticsearch, true)]);
    assert_eq!(statuses(&world), [200, 500]);
}

// ---- To Kafka: activations ----

#[test]
fn a_message_that_kafka_refuses_is_tried_three_times_more_a_tenth_of_a_second_apart_and_then_a_500() {
    let fault = breaks(CONTROLLER, Node::Kafka, FaultEffect::Refuse);
    let (world, steps) = with_fault(Configuration::default(), fault, invoke("hello", Wait::NonBlocking), 60);
    let posted = when(&steps, |kind| matches!(kind, StepKind::ActivationPosted { .. }));
    let posted: Vec<Instant> = posted.into_iter().filter(|at| *at > ms(10_000)).collect();
    assert_eq!(posted.len(), 4);
    assert!(posted.windows(2).all(|pair| (100_000..120_000).contains(&pair[1].since(pair[0]).micros())), "{posted:?}");
    assert_eq!(statuses(&world), [500]);
    let ix = last(&world);
    assert_eq!(world.activation(ix).unwrap().phase, Phase::NotWritten);
    let ends = steps.iter().find(|step| matches!(step.kind, StepKind::PublishFailed { arrives: false, .. })).unwrap();
    assert_eq!((ends.activation, ends.kind.rank()), (Some(ix), Rank::Story));
    // The id was made and is in no answer.
    assert!(matches!(world.exchanges().next().unwrap().answer, Some(Answer::Failed { failure: Failure::NotPosted, .. })));
}

#[test]
fn the_slot_of_an_activation_that_was_never_posted_is_held_until_it_is_forced() {
    let run = run_of(
        Configuration::default(),
        &[(9_000, breaks(CONTROLLER, Node::Kafka, FaultEffect::Refuse)), (10_000, invoke("hello", Wait::NonBlocking))],
    );
    let share = 2 * 2_048;
    assert_eq!(free_mb(&play(&run, ms(189_000)).0), share - 256);
    let (world, steps) = play(&run, ms(200_000));
    assert_eq!(free_mb(&world), share);
    assert_eq!(count(&steps, |kind| matches!(kind, StepKind::CompletionAckForced { .. })), 1);
}

#[test]
fn a_message_that_is_refused_twice_gets_through() {
    let fault = breaks_times(CONTROLLER, Node::Kafka, FaultEffect::Refuse, 2);
    let (world, _) = with_fault(Configuration::default(), fault, invoke("hello", Wait::Blocking), 60);
    assert_eq!(statuses(&world), [200]);
}

#[test]
fn a_message_that_is_lost_is_not_tried_again_and_a_500_after_kafkas_time() {
    let fault = breaks(CONTROLLER, Node::Kafka, FaultEffect::DropRequest);
    let (world, steps) = with_fault(Configuration::default(), fault, invoke("hello", Wait::Blocking), 60);
    assert_eq!(count(&steps, |kind| matches!(kind, StepKind::ActivationPosted { .. })), 1 + 4, "four health tests");
    let failed = when(&steps, |kind| matches!(kind, StepKind::PublishFailed { cause: LinkFailure::TimedOut, .. }));
    assert!(failed.len() == 1 && failed[0] > ms(40_000) && failed[0] < ms(40_100), "{failed:?}");
    assert_eq!(statuses(&world), [500]);
}

#[test]
fn kafkas_lost_answer_is_a_500_to_the_caller_though_the_action_runs() {
    let fault = breaks(CONTROLLER, Node::Kafka, FaultEffect::DropAnswer);
    for wait in [Wait::NonBlocking, Wait::Blocking] {
        let (world, steps) = with_fault(Configuration::default(), fault.clone(), invoke("hello", wait), 60);
        assert_eq!(statuses(&world), [500]);
        assert_eq!(count(&steps, |kind| matches!(kind, StepKind::PublishFailed { arrives: true, .. })), 1);
        assert_eq!(world.activation(last(&world)).unwrap().phase, Phase::Written);
        assert_eq!(free_mb(&world), 2 * 2_048, "the completion ack came");
    }
}

#[test]
fn kafka_down_at_invoke_is_a_500_and_no_record_comes_of_it() {
    let acts = [(10_000, invoke("hello", Wait::NonBlocking))];
    let (world, steps) = play_with_outages(
        &run_of(Configuration::default(), &acts),
        ms(300_000),
        &[(9_990, Node::Kafka, true), (60_000, Node::Kafka, false)],
    );
    assert_eq!(statuses(&world), [500]);
    assert_eq!(world.activation(last(&world)).unwrap().phase, Phase::NotWritten);
    assert_eq!(count(&steps, |kind| matches!(kind, StepKind::NoInvokerAvailable { .. })), 0, "503 is for that alone");
}

#[test]
fn a_message_on_its_way_to_kafka_when_it_stops_is_lost() {
    let mut configuration = Configuration::default();
    configuration.model.kafka_produce = SpanRange::millis(500, 500);
    let acts = [(10_000, invoke("hello", Wait::NonBlocking))];
    let (world, _) =
        play_with_outages(&run_of(configuration, &acts), ms(100_000), &[(10_200, Node::Kafka, true), (11_000, Node::Kafka, false)]);
    assert_eq!(statuses(&world), [500]);
    assert_eq!(world.activation(last(&world)).unwrap().phase, Phase::NotWritten);
}

// ---- To Kafka: acks and pings ----

#[test]
fn with_kafka_down_at_the_ack_the_record_is_stored_and_a_poll_serves_the_caller() {
    let acts = [(10_000, invoke("slow", Wait::Blocking))];
    let outages = [(12_000, Node::Kafka, true), (60_000, Node::Kafka, false)];
    let run = run_of(Configuration::default(), &acts);
    let (world, steps) = play_with_outages(&run, ms(100_000), &outages);
    assert_eq!(statuses(&world), [200]);
    let found = when(&steps, |kind| matches!(kind, StepKind::PollFound { .. }));
    assert!(found.len() == 1 && found[0] > ms(25_000) && found[0] < ms(26_000), "{found:?}");
    assert_eq!(world.activation(last(&world)).unwrap().phase, Phase::Written);
    assert_eq!(free_mb(&world), 2 * 2_048 - 256, "held");
    let (world, steps) = play_with_outages(&run, ms(220_000), &outages);
    assert_eq!(count(&steps, |kind| matches!(kind, StepKind::CompletionAckForced { .. })), 1);
    assert_eq!(free_mb(&world), 2 * 2_048);
}

#[test]
fn a_lost_result_ack_keeps_the_completion_back_until_it_is_given_up() {
    let act = (10_000, invoke("slow", Wait::Blocking));
    let (_, steps) = play(&run_of(Configuration::default(), std::slice::from_ref(&act)), ms(30_000));
    let ended = when(&steps, |kind| matches!(kind, StepKind::RunEnded { .. })).pop().unwrap().micros() / 1_000;
    // The result alone is lost: the fault is gone before the logs are collected.
    let acts = [act, (ended, breaks(ANY, Node::Kafka, FaultEffect::DropRequest)), (ended + 1, Act::Mend { fault: None })];
    let (world, steps) = play(&run_of(Configuration::default(), &acts), ms(100_000));
    let sent = |wanted| when(&steps, |kind| matches!(kind, StepKind::AckSent { ack, .. } if *ack == wanted)).pop().unwrap();
    let lost = when(&steps, |kind| matches!(kind, StepKind::AckLost { ack: AckKind::Result, cause: LinkFailure::TimedOut, .. }));
    assert_eq!(lost, [sent(AckKind::Result) + Span::from_secs(30)]);
    assert_eq!(sent(AckKind::Completion), lost[0], "the completion waits for the end of the sending");
    let found = when(&steps, |kind| matches!(kind, StepKind::PollFound { .. }));
    assert!(found.len() == 1 && found[0] < lost[0] && statuses(&world) == [200], "the caller is served by a poll meanwhile");
    assert_eq!(free_mb(&world), 2 * 2_048);
}

#[test]
fn an_ack_that_is_refused_is_tried_three_times_more_and_then_lost() {
    let fault = breaks(Node::Invoker(InvokerId(0)), Node::Kafka, FaultEffect::Refuse);
    let other = breaks(Node::Invoker(InvokerId(1)), Node::Kafka, FaultEffect::Refuse);
    let acts = [(10_000, invoke("slow", Wait::NonBlocking)), (12_000, fault), (12_000, other)];
    let (world, steps) = play(&run_of(Configuration::default(), &acts), ms(250_000));
    let ix = last(&world);
    let of = |wanted: fn(&StepKind) -> bool| steps.iter().filter(|step| step.activation == Some(ix) && wanted(&step.kind)).count();
    assert_eq!(of(|kind| matches!(kind, StepKind::AckSent { .. })), 4);
    assert_eq!(of(|kind| matches!(kind, StepKind::AckLost { ack: AckKind::Completion, cause: LinkFailure::Refused, .. })), 1);
    assert_eq!(of(|kind| matches!(kind, StepKind::CompletionAckForced { .. })), 1);
    assert_eq!(world.activation(ix).unwrap().phase, Phase::Written);
}

#[test]
fn an_invoker_whose_pings_are_lost_goes_offline_and_comes_back() {
    let acts = [(10_000, breaks(Node::Invoker(InvokerId(0)), Node::Kafka, FaultEffect::DropRequest)), (30_000, Act::Mend { fault: None })];
    let run = run_of(Configuration::default(), &acts);
    let state = |at| play(&run, ms(at)).0.controllers()[0].state_of(InvokerId(0));
    assert_eq!(state(25_000), InvokerState::Offline);
    assert_eq!(state(40_000), InvokerState::Healthy);
    let (_, steps) = play(&run, ms(40_000));
    let strikes = steps.iter().filter(|step| matches!(step.kind, StepKind::FaultApplied { .. }));
    assert!(strikes.into_iter().all(|step| step.kind.rank() == Rank::Housekeeping), "what befalls a ping is no story");
}

// ---- From Kafka ----

#[test]
fn a_lost_fetch_is_tried_again_and_nothing_is_lost() {
    for effect in [FaultEffect::DropRequest, FaultEffect::Refuse] {
        let fault = breaks_times(Node::Kafka, ANY, effect, 4);
        let (world, steps) = with_fault(Configuration::default(), fault, invoke("hello", Wait::Blocking), 60);
        assert_eq!(statuses(&world), [200]);
        assert_eq!(count(&steps, |kind| matches!(kind, StepKind::FaultApplied { .. })), 4);
    }
}

#[test]
fn consumers_go_on_from_their_offsets_when_kafka_is_back() {
    let mut configuration = Configuration::default();
    configuration.model.kafka_fetch = SpanRange::millis(5, 5);
    let acts = [(10_000, burst("hello", Wait::NonBlocking, 20, 10_000))];
    let (world, steps) =
        play_with_outages(&run_of(configuration, &acts), ms(120_000), &[(10_100, Node::Kafka, true), (10_400, Node::Kafka, false)]);
    let (mut stored, mut not_posted) = (0, 0);
    for (_, activation) in world.activations().filter(|(_, it)| !it.health_test) {
        stored += usize::from(activation.phase == Phase::Written);
        not_posted += usize::from(activation.phase == Phase::NotWritten);
    }
    assert_eq!(stored + not_posted, 20);
    assert!(stored > 3 && not_posted > 3, "{stored} {not_posted}");
    let mut offset = 0;
    for step in &steps {
        if let StepKind::OffsetCommitted { topic: whiskscope::cluster::place::Topic::Invoker(InvokerId(0)), offset: committed, .. } =
            step.kind
        {
            assert!(committed >= offset);
            offset = committed;
        }
    }
}

#[test]
fn a_delay_on_the_way_to_kafka_holds_up_what_is_posted_and_nothing_is_lost() {
    let at = |fault: Option<Act>| {
        let mut acts = vec![(10_000, invoke("hello", Wait::Blocking))];
        acts.extend(fault.map(|fault| (9_000, fault)));
        acts.reverse();
        let (world, steps) = play(&run_of(Configuration::default(), &acts), ms(60_000));
        assert_eq!(statuses(&world), [200]);
        let ix = last(&world);
        let appended =
            steps.iter().find(|step| step.activation == Some(ix) && matches!(step.kind, StepKind::MessageAppended { .. })).unwrap().at;
        let answered = world.exchanges().next().unwrap().answered.unwrap();
        (appended, answered)
    };
    let (appended, answered) = at(None);
    let (late, late_answer) = at(Some(breaks(CONTROLLER, Node::Kafka, FaultEffect::Delay { ms: 2_000 })));
    assert_eq!(late, appended + Span::from_secs(2));
    assert!(late_answer >= answered + Span::from_secs(2));
    // An ack is held up the same way, and with it the answer alone.
    let (in_time, late_answer) = at(Some(breaks(Node::Invoker(InvokerId(0)), Node::Kafka, FaultEffect::Delay { ms: 2_000 })));
    let (also, other_answer) = at(Some(breaks(Node::Invoker(InvokerId(1)), Node::Kafka, FaultEffect::Delay { ms: 2_000 })));
    assert_eq!((in_time, also), (appended, appended));
    assert_eq!(late_answer.max(other_answer), answered + Span::from_secs(2));
}

#[test]
fn a_delay_on_the_way_from_kafka_holds_up_what_is_delivered_and_nothing_is_lost() {
    for node in [Node::Invoker(InvokerId(0)), Node::Invoker(InvokerId(1)), CONTROLLER] {
        let (world, steps) = with_fault(
            Configuration::default(),
            breaks(Node::Kafka, node, FaultEffect::Delay { ms: 2_000 }),
            invoke("hello", Wait::Blocking),
            60,
        );
        assert_eq!((statuses(&world), world.activation(last(&world)).unwrap().phase), (vec![200], Phase::Written));
        let met = count(&steps, |kind| matches!(kind, StepKind::FaultApplied { from: Node::Kafka, to, .. } if *to == node));
        // The other invoker has nothing to fetch.
        let is_its = node == CONTROLLER || node == Node::Invoker(world.activation(last(&world)).unwrap().invoker);
        assert_eq!(met > 0, is_its, "{node:?}");
    }
    let late = breaks(Node::Kafka, ANY, FaultEffect::Delay { ms: 2_000 });
    let (world, _) = with_fault(Configuration::default(), late, invoke("hello", Wait::Blocking), 60);
    let exchange = world.exchanges().next().unwrap();
    // Once to the invoker, once with the ack to the controller.
    assert!(exchange.answered.unwrap().since(exchange.sent) > Span::from_secs(4));
}

#[test]
fn an_ack_whose_confirmation_is_lost_has_arrived_all_the_same() {
    let mut acts = vec![(10_000, invoke("hello", Wait::Blocking))];
    acts.extend((0..2).map(|n| (9_000, breaks(Node::Invoker(InvokerId(n)), Node::Kafka, FaultEffect::DropAnswer))));
    acts.reverse();
    let (world, steps) = play(&run_of(Configuration::default(), &acts), ms(250_000));
    let ix = last(&world);
    let of = |wanted: fn(&StepKind) -> bool| steps.iter().filter(|step| step.activation == Some(ix) && wanted(&step.kind)).count();
    assert_eq!(statuses(&world), [200]);
    assert_eq!(of(|kind| matches!(kind, StepKind::ResultAckReceived { .. })), 1);
    assert_eq!(of(|kind| matches!(kind, StepKind::CompletionAckForced { .. })), 0);
    assert_eq!(free_mb(&world), 2 * 2_048);
}

#[test]
fn a_read_that_finds_its_request_queue_full_is_a_500_at_once() {
    let world = read_fails(StoreKind::CouchDb, FaultEffect::QueueFull, true);
    let exchange = world.exchanges().last().unwrap();
    assert!(matches!(exchange.answer, Some(Answer::Failed { status: 500, failure: Failure::StoreUnreachable })));
    assert!(exchange.answered.unwrap().since(exchange.sent) < Span::from_millis(500));
}

// ---- The list of rules ----

#[test]
fn the_first_rule_that_matches_decides_and_a_used_up_one_no_longer_does() {
    let acts = [
        (9_000, breaks_times(Node::Client, CONTROLLER, FaultEffect::Pass, 1)),
        (9_000, breaks_times(Node::Client, CONTROLLER, FaultEffect::Answer { status: 502 }, 1)),
        (9_000, breaks(ANY, ANY, FaultEffect::Answer { status: 503 })),
        (10_000, list()),
        (11_000, list()),
        (12_000, list()),
    ];
    let (world, _) = play(&run_of(Configuration::default(), &acts), ms(20_000));
    assert_eq!(statuses(&world), [500, 502, 503], "the first passes to the controller, whose store then answers 503");
    let applied: Vec<u32> = world.faults().iter().map(|fault| fault.applied).collect();
    assert_eq!(applied[..2], [1, 1]);
}

#[test]
fn one_fault_is_mended_by_its_command_and_all_by_none() {
    let fault = |status| breaks(Node::Client, CONTROLLER, FaultEffect::Answer { status });
    let first = run_of(Configuration::default(), &[(9_000, fault(500)), (9_000, fault(502))]);
    let acts = [
        (9_000, fault(500)),
        (9_000, fault(502)),
        (10_000, Act::Mend { fault: Some(first.commands[0].id) }),
        (11_000, list()),
        (12_000, Act::Mend { fault: None }),
        (13_000, list()),
    ];
    let (world, steps) = play(&run_of(Configuration::default(), &acts), ms(20_000));
    assert_eq!(statuses(&world), [502, 200]);
    assert!(world.faults().is_empty());
    let cleared: Vec<u32> = steps
        .iter()
        .filter_map(|step| match step.kind {
            StepKind::FaultCleared { applied, .. } => Some(applied),
            _ => None,
        })
        .collect();
    assert_eq!(cleared, [0, 1]);
}

#[test]
fn a_strike_is_told_about_the_activation_and_the_exchange_that_it_strikes() {
    let (world, steps) =
        with_fault(Configuration::default(), breaks(ANY, COUCHDB, FaultEffect::Refuse), invoke("hello", Wait::Blocking), 20);
    let strike = steps.iter().find(|step| matches!(step.kind, StepKind::FaultApplied { .. })).unwrap();
    assert_eq!(strike.activation, Some(last(&world)));
    assert!(strike.exchange.is_some());
    assert_eq!(strike.kind.rank(), Rank::Story);
}

fn refusal(rule: Rule) -> String {
    run_of(Configuration::default(), &[(9_000, Act::Break { rule })]).check().unwrap_err().to_string()
}

#[test]
fn rules_that_make_no_sense_are_refused_with_the_reason() {
    let at = |from: Option<Node>, to: Option<Node>, effect| refusal(rule(from, to, effect));
    let node = |n| Some(Node::Invoker(InvokerId(n)));
    assert_eq!(at(node(7), None, FaultEffect::Refuse), "commands[0].rule.from names “invoker7”, which the configuration does not have");
    assert_eq!(
        at(Some(Node::Client), Some(Node::Kafka), FaultEffect::Refuse),
        "commands[0].rule: nothing is ever sent from client to kafka"
    );
    assert_eq!(at(Some(COUCHDB), None, FaultEffect::Pass), "commands[0].rule: nothing is ever sent from couchdb to any");
    let (kafka, elasticsearch) = (Some(Node::Kafka), Some(Node::Store(StoreKind::Elasticsearch)));
    assert_eq!(at(None, kafka, FaultEffect::Answer { status: 503 }), "commands[0].rule: status=503 makes no sense on this link");
    assert_eq!(at(None, elasticsearch, FaultEffect::QueueFull), "commands[0].rule: queue-full makes no sense on this link");
    assert_eq!(at(Some(Node::Client), None, FaultEffect::RefuseItem), "commands[0].rule: refuse-item makes no sense on this link");
    assert_eq!(at(kafka, None, FaultEffect::DropAnswer), "commands[0].rule: drop-answer makes no sense on this link");
    assert_eq!(at(None, None, FaultEffect::Answer { status: 200 }), "commands[0].rule.status is 200, but must be from 400 to 599");
    assert_eq!(at(None, None, FaultEffect::Delay { ms: 3_600_001 }), "commands[0].rule.delay is 3600001, but must be from 1 to 3600000");
    let never = Rule { times: Some(0), ..rule(None, None, FaultEffect::Refuse) };
    assert_eq!(refusal(never), "commands[0].rule.times is 0, but must be from 1 to 1000000");
    let many: Vec<_> = (0..65).map(|n| (9_000 + n, breaks(ANY, ANY, FaultEffect::Refuse))).collect();
    let many = run_of(Configuration::default(), &many).check().unwrap_err().to_string();
    assert_eq!(many, "faults set by all commands together is 65, but must be from 0 to 64");
}

#[test]
fn faults_are_part_of_a_run_that_is_written_down_and_read_again() {
    let acts = [
        (9_000, breaks_times(Node::Invoker(InvokerId(1)), COUCHDB, FaultEffect::Delay { ms: 5 }, 3)),
        (9_000, breaks(ANY, CONTROLLER, FaultEffect::Answer { status: 503 })),
        (9_500, Act::DropData { store: StoreKind::Elasticsearch }),
        (9_600, Act::Mend { fault: None }),
    ];
    let run = run_of(Configuration::default(), &acts);
    let text = serde_json::to_string(&run).unwrap();
    assert_eq!(serde_json::from_str::<Run>(&text).unwrap(), run);
}

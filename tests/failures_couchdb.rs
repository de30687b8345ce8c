//! What CouchDB is needed for when records go to Elasticsearch: who asks, and the code that is run. What is cached goes on without it.
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
use whiskscope::activation::{Origin, Status, rest};
use whiskscope::cluster::place::{ControllerId, InvokerId, Node, StoreKind};
use whiskscope::cluster::step::{CachedEntity, InvokerState, Step, StepKind};
use whiskscope::cluster::{Act, Answer, Configuration, Failure, Wait, World};

const CONTROLLER: Node = Node::Controller(ControllerId(0));
const COUCHDB: Node = Node::Store(StoreKind::CouchDb);

/// CouchDB stops at 12 s, in Elasticsearch's world.
fn without_couchdb(acts: &[(u64, Act)], seconds: u64) -> (World, Vec<Step>) {
    play_with_outages(&run_of(bound_to(StoreKind::Elasticsearch), acts), ms(seconds * 1_000), &[(12_000, COUCHDB, true)])
}

fn statuses(world: &World) -> Vec<u16> {
    world.exchanges().map(|exchange| exchange.answer.as_ref().map_or(1, Answer::status)).collect()
}

fn unread(steps: &[Step]) -> Vec<CachedEntity> {
    let unread = steps.iter().filter_map(|step| match step.kind {
        StepKind::EntityUnread { entity, .. } => Some(entity),
        _ => None,
    });
    unread.collect()
}

#[test]
fn cached_actions_go_on_and_their_records_are_stored_and_listed() {
    let acts = [(10_000, invoke("hello", Wait::Blocking)), (20_000, invoke("hello", Wait::Blocking)), (30_000, list())];
    let (world, steps) = without_couchdb(&acts, 60);
    assert_eq!(statuses(&world), [200; 3]);
    assert_eq!(world.stores().elasticsearch.index(world.setup().catalogue.namespace_named("guest").unwrap()).unwrap().documents().len(), 2);
    assert_eq!(unread(&steps), []);
}

#[test]
fn an_action_that_its_controller_has_not_read_is_a_500_and_no_record_comes_of_it() {
    let (world, steps) = without_couchdb(&[(10_000, invoke("hello", Wait::Blocking)), (20_000, invoke("slow", Wait::NonBlocking))], 60);
    assert_eq!(statuses(&world), [200, 500]);
    assert_eq!(unread(&steps), [CachedEntity::Entity]);
    let last = world.exchanges().last().unwrap();
    assert!(last.activation.is_none() && matches!(last.answer, Some(Answer::Failed { failure: Failure::StoreUnreachable, .. })));
}

/// Controllers keep an action and invokers its code, each for itself: an invoker that is started anew has no code.
#[test]
fn code_that_its_invoker_has_not_fetched_is_an_error_of_openwhisk_with_a_record() {
    let mut configuration = Configuration { invokers: 1, ..bound_to(StoreKind::Elasticsearch) };
    // Nothing goes to an invoker that has failed a health test, and one that is back within ten seconds is not tested.
    configuration.model.process_restart = whiskscope::activation::SpanRange::millis(100, 100);
    let restart = Act::Start { node: Some(Node::Invoker(InvokerId(0))), store: None };
    let acts = [(10_000, invoke("hello", Wait::Blocking)), (15_000, restart), (20_000, invoke("hello", Wait::Blocking))];
    let (world, _) = play_with_outages(&run_of(configuration, &acts), ms(60_000), &[(12_000, COUCHDB, true)]);
    assert_eq!(statuses(&world), [200, 500]);
    let (_, failed) = world.activations().rfind(|(_, it)| !it.health_test).unwrap();
    let record = failed.record.unwrap();
    assert_eq!((record.origin, record.status, record.duration_ms), (Origin::ActionUnread, Status::WhiskInternalError, 0));
    let stored = world.stores().elasticsearch.index(record.namespace).unwrap().documents().get(record.namespace, record.id).unwrap();
    let written = rest(&stored.record, world.library());
    assert_eq!(written["response"]["result"]["error"], "Action could not be fetched.");
    assert!(written["annotations"].as_array().unwrap().iter().any(|it| it["key"] == "kind" && it["value"] == "unknown"));
}

#[test]
fn health_tests_read_their_action_each_time_and_fail_so_that_no_invoker_becomes_usable() {
    let run = run_of(bound_to(StoreKind::Elasticsearch), &[(30_000, invoke("hello", Wait::NonBlocking))]);
    let outage = [(1, COUCHDB, true)];
    let (world, steps) = play_with_outages(&run, ms(60_000), &outage);
    assert!(steps.iter().any(|step| matches!(step.kind, StepKind::ActionUnread { .. })));
    assert!((0..2).all(|invoker| world.controllers()[0].state_of(InvokerId(invoker)) == InvokerState::Unhealthy));
    let health = world.activations().filter(|(_, it)| it.health_test);
    assert!(health.filter_map(|(_, it)| it.record).all(|record| record.origin == Origin::ActionUnread));
    // Their records are in Elasticsearch all the same.
    assert!(world.stores().elasticsearch.index(world.setup().catalogue.namespace_named("whisk.system").unwrap()).is_some());
}

#[test]
fn who_asks_is_read_anew_every_five_minutes() {
    let acts = [(10_000, list()), (300_000, list()), (320_000, list())];
    let (world, steps) = without_couchdb(&acts, 400);
    // The first list fails for want of an index, the others are of the health tests' store: only the last is not let in.
    assert_eq!(unread(&steps), [CachedEntity::Subject]);
    let unread_at = steps.iter().find(|step| matches!(step.kind, StepKind::EntityUnread { .. })).unwrap().at;
    assert!(unread_at > ms(320_000));
    assert_eq!(statuses(&world).last(), Some(&500));
}

#[test]
fn a_controller_that_starts_anew_knows_nobody() {
    let restart = Act::Start { node: Some(CONTROLLER), store: None };
    let (world, steps) =
        without_couchdb(&[(10_000, invoke("hello", Wait::Blocking)), (15_000, restart), (40_000, invoke("hello", Wait::Blocking))], 90);
    assert_eq!(statuses(&world), [200, 500]);
    assert_eq!(unread(&steps), [CachedEntity::Subject]);
}

#[test]
fn entities_are_changed_in_the_database_or_not_at_all() {
    let delete = Act::DeleteAction { namespace: "guest".to_owned(), action: "hello".to_owned() };
    let acts = [(10_000, invoke("hello", Wait::Blocking)), (20_000, delete), (30_000, invoke("hello", Wait::Blocking))];
    let (world, _) = without_couchdb(&acts, 60);
    assert_eq!(statuses(&world), [200, 500, 200]);
}

//! What becomes of a record when its write fails: the rows of retries, losses and conflicts, each a test.
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
use whiskscope::cluster::place::{ActivationIx, InvokerId, Node, StoreKind};
use whiskscope::cluster::step::{QueryOutcome, Rank, Step, StepKind, Whereabouts};
use whiskscope::cluster::store::{Effects, Visibility};
use whiskscope::cluster::{Act, Answer, Configuration, FaultEffect, LinkFailure, Phase, Wait, World};
use whiskscope::time::{Instant, Span};

const ANY: Option<Node> = None;

fn store_node(store: StoreKind) -> Node {
    Node::Store(store)
}

/// One invocation at 10 s whose record meets a fault, with the run played to `seconds`.
fn one_write(store: StoreKind, effect: FaultEffect, times: Option<u32>, seconds: u64) -> (World, Vec<Step>, ActivationIx) {
    let act = times.map_or_else(|| breaks(ANY, store_node(store), effect), |times| breaks_times(ANY, store_node(store), effect, times));
    let run = run_of(bound_to(store), &[(9_000, act), (10_000, invoke("hello", Wait::Blocking))]);
    let (world, steps) = play(&run, ms(seconds * 1_000));
    let (ix, _) = world.activations().last().unwrap();
    (world, steps, ix)
}

fn of(steps: &[Step], ix: ActivationIx, wanted: impl Fn(&StepKind) -> bool) -> Vec<Instant> {
    steps.iter().filter(|step| step.activation == Some(ix) && wanted(&step.kind)).map(|step| step.at).collect()
}

fn sent(steps: &[Step], ix: ActivationIx) -> Vec<Instant> {
    of(steps, ix, |kind| matches!(kind, StepKind::BatchSent { .. }))
}

fn failed(steps: &[Step], ix: ActivationIx) -> Vec<(LinkFailure, u8)> {
    let failures = steps.iter().filter(|step| step.activation == Some(ix)).filter_map(|step| match step.kind {
        StepKind::BatchFailed { cause, tries_left, .. } => Some((cause, tries_left)),
        _ => None,
    });
    failures.collect()
}

/// Every record's end is told about it alone, as a step of the story.
fn given_up(steps: &[Step]) -> Vec<(ActivationIx, LinkFailure, bool)> {
    let ends = steps.iter().filter_map(|step| match step.kind {
        StepKind::RecordGivenUp { cause, whereabouts, .. } => {
            assert_eq!(step.kind.rank(), Rank::Story);
            Some((step.activation.unwrap(), cause, whereabouts == Whereabouts::InStore))
        }
        _ => None,
    });
    ends.collect()
}

fn holds(world: &World, store: StoreKind, ix: ActivationIx) -> bool {
    let id = world.activation(ix).unwrap().id;
    world.stores().of(store).get_visibility(GUEST, id) != Visibility::Absent
}

#[test]
fn a_refused_write_is_tried_four_times_at_once_and_then_lost() {
    for store in StoreKind::ALL {
        let (world, steps, ix) = one_write(store, FaultEffect::Refuse, None, 20);
        let tries = sent(&steps, ix);
        assert_eq!(tries.len(), 4, "{store:?}");
        let heard = of(&steps, ix, |kind| matches!(kind, StepKind::BatchFailed { .. }));
        assert_eq!(&tries[1..], &heard[..3], "no back-off: the failure is heard and the batch sent at one instant");
        assert_eq!(failed(&steps, ix), [3, 2, 1, 0].map(|left| (LinkFailure::Refused, left)));
        assert_eq!(given_up(&steps), [(ix, LinkFailure::Refused, false)]);
        assert!(!holds(&world, store, ix));
        assert_eq!(world.activation(ix).unwrap().phase, Phase::NotWritten);
    }
}

#[test]
fn a_write_that_times_out_is_tried_four_times_and_then_lost() {
    for (store, timeout) in [(StoreKind::CouchDb, 60), (StoreKind::Elasticsearch, 30)] {
        let (world, steps, ix) = one_write(store, FaultEffect::DropRequest, None, 300);
        let tries = sent(&steps, ix);
        assert!(tries.windows(2).all(|pair| pair[1].since(pair[0]) == Span::from_secs(timeout)), "{tries:?}");
        assert_eq!(failed(&steps, ix), [3, 2, 1, 0].map(|left| (LinkFailure::TimedOut, left)));
        assert_eq!(given_up(&steps), [(ix, LinkFailure::TimedOut, false)]);
        assert!(!holds(&world, store, ix));
    }
}

#[test]
fn a_write_that_is_refused_three_times_arrives_with_the_fourth_try() {
    for store in StoreKind::ALL {
        let (world, steps, ix) = one_write(store, FaultEffect::Refuse, Some(3), 20);
        assert_eq!((sent(&steps, ix).len(), given_up(&steps).len()), (4, 0));
        assert!(holds(&world, store, ix));
        assert!(world.faults()[0].is_used_up() && world.faults()[0].applied == 3);
    }
}

#[test]
fn an_http_error_loses_the_batch_without_a_retry() {
    for store in StoreKind::ALL {
        for status in [413, 429, 503] {
            let (world, steps, ix) = one_write(store, FaultEffect::Answer { status }, None, 20);
            assert_eq!(failed(&steps, ix), [(LinkFailure::Status(status), 0)]);
            assert_eq!(given_up(&steps), [(ix, LinkFailure::Status(status), false)]);
            assert!(!holds(&world, store, ix));
        }
    }
}

/// A store that is so slow that a batch of several records forms behind one request.
fn crowded(store: StoreKind, effect: FaultEffect, times: u32) -> (World, Vec<Step>) {
    let mut configuration = Configuration { batches_in_flight_max: 1, store, ..unlimited(1, 1, 65_536) };
    configuration.model.couchdb_write = SpanRange::millis(3_000, 3_000);
    configuration.model.elasticsearch_write = SpanRange::millis(3_000, 3_000);
    configuration.model.elasticsearch_index_creation = SpanRange::micros(1, 1);
    let acts = [
        (30_000, burst("hello", Wait::NonBlocking, 1, 0)),
        (31_500, breaks_times(ANY, store_node(store), effect, times)),
        (31_600, burst("hello", Wait::NonBlocking, 5, 1_000)),
    ];
    play(&run_of(configuration, &acts), ms(400_000))
}

#[test]
fn a_batch_of_several_records_is_lost_as_a_whole() {
    for store in StoreKind::ALL {
        let (world, steps) = crowded(store, FaultEffect::Answer { status: 500 }, 1);
        assert!(steps.iter().any(|step| matches!(step.kind, StepKind::BatchFailed { records: 5, .. }) && step.activation.is_none()));
        let lost = given_up(&steps);
        assert_eq!(lost.len(), 5);
        for (ix, cause, held) in lost {
            assert_eq!((cause, held), (LinkFailure::Status(500), false));
            assert_eq!(world.activation(ix).unwrap().phase, Phase::NotWritten);
            assert!(!holds(&world, store, ix));
        }
        // The place among the writes under way is free again: a later record finds its way.
        assert_eq!(world.invokers()[0].batcher.in_flight(), 0);
    }
}

#[test]
fn one_refused_item_is_lost_and_the_others_of_its_batch_are_stored() {
    for store in StoreKind::ALL {
        let (world, steps) = crowded(store, FaultEffect::RefuseItem, 1);
        let refused: Vec<ActivationIx> =
            steps.iter().filter(|step| matches!(step.kind, StepKind::RecordRefused { .. })).map(|step| step.activation.unwrap()).collect();
        assert_eq!(refused.len(), 1);
        assert_eq!(world.activation(refused[0]).unwrap().phase, Phase::NotWritten);
        let user: Vec<_> = world.activations().filter(|(_, it)| !it.health_test).collect();
        assert_eq!(user.iter().filter(|(ix, _)| holds(&world, store, *ix)).count(), 5);
        assert!(given_up(&steps).is_empty() && !holds(&world, store, refused[0]), "and nothing is tried again");
    }
}

#[test]
fn a_lost_answer_makes_couchdb_answer_the_retry_with_a_conflict_though_the_record_is_there() {
    let (world, steps, ix) = one_write(StoreKind::CouchDb, FaultEffect::DropAnswer, Some(1), 120);
    let stored = of(&steps, ix, |kind| matches!(kind, StepKind::RecordStored { .. }));
    let conflict = of(&steps, ix, |kind| matches!(kind, StepKind::RecordConflicted { .. }));
    assert_eq!((stored.len(), conflict.len()), (1, 1));
    assert!(conflict[0].since(stored[0]) >= Span::from_secs(59), "after the time-out");
    assert_eq!(world.activation(ix).unwrap().phase, Phase::Written);
    assert!(holds(&world, StoreKind::CouchDb, ix) && given_up(&steps).is_empty());
    assert_eq!(world.stores().of(StoreKind::CouchDb).holds(), 4 + 1, "once");
}

#[test]
fn a_lost_answer_makes_elasticsearch_write_over_its_own_record() {
    let (world, steps, ix) = one_write(StoreKind::Elasticsearch, FaultEffect::DropAnswer, Some(1), 120);
    let count = |wanted: fn(&StepKind) -> bool| of(&steps, ix, wanted).len();
    assert_eq!(count(|kind| matches!(kind, StepKind::RecordStored { .. })), 1);
    assert_eq!(count(|kind| matches!(kind, StepKind::RecordOverwritten { .. })), 1);
    assert_eq!(world.activation(ix).unwrap().phase, Phase::Written);
    assert_eq!(world.stores().of(StoreKind::Elasticsearch).holds(), 4 + 1, "once");
    let id = world.activation(ix).unwrap().id;
    assert_eq!(world.stores().of(StoreKind::Elasticsearch).get_visibility(GUEST, id), Visibility::Visible);
}

#[test]
fn a_writer_that_never_hears_gives_up_a_record_that_the_store_holds() {
    for store in StoreKind::ALL {
        let (world, steps, ix) = one_write(store, FaultEffect::DropAnswer, None, 400);
        assert_eq!(given_up(&steps), [(ix, LinkFailure::TimedOut, true)]);
        assert_eq!(world.activation(ix).unwrap().phase, Phase::Written);
        assert!(holds(&world, store, ix));
    }
}

#[test]
fn the_same_id_written_twice_stays_the_first_in_couchdb_and_becomes_the_second_in_elasticsearch() {
    let run = run_of(Configuration::default(), &[(10_000, invoke("hello", Wait::NonBlocking))]);
    for store in StoreKind::ALL {
        let (world, _) = play(&run.bound_to(store), ms(20_000));
        let (ix, activation) = world.activations().last().unwrap();
        let first = world.stores().of(store).get(GUEST, activation.id).unwrap().unwrap();
        let second = whiskscope::activation::Record { updated_ms: first.updated_ms + 5, ..first };
        let mut stores = world.stores().clone();
        let mut effects = Effects::default();
        stores.of_mut(store).write(&world.setup().setting(), &[(second, ix.0)], ms(20_000), &mut effects);
        let kept = stores.of(store).get(GUEST, activation.id).unwrap().unwrap();
        assert_eq!(kept, if store == StoreKind::CouchDb { first } else { second });
        assert_eq!(stores.of(store).holds(), world.stores().of(store).holds());
    }
}

#[test]
fn a_full_request_queue_is_a_failure_that_is_tried_again() {
    let (world, steps, ix) = one_write(StoreKind::CouchDb, FaultEffect::QueueFull, None, 20);
    assert_eq!(failed(&steps, ix), [3, 2, 1, 0].map(|left| (LinkFailure::QueueFull, left)));
    let tries = sent(&steps, ix);
    assert!(tries.iter().all(|at| *at == tries[0]), "it does not even leave");
    assert!(!holds(&world, StoreKind::CouchDb, ix));
    let (world, _, ix) = one_write(StoreKind::CouchDb, FaultEffect::QueueFull, Some(2), 20);
    assert!(holds(&world, StoreKind::CouchDb, ix));
}

#[test]
fn a_lost_record_changes_nothing_for_caller_ack_or_container() {
    let outward = |steps: &[Step]| -> Vec<(u64, StepKind)> {
        let is_outward = |kind: &StepKind| {
            matches!(
                kind,
                StepKind::AnswerSent { .. }
                    | StepKind::AckSent { .. }
                    | StepKind::CompletionAckReceived { .. }
                    | StepKind::ContainerFreed { .. }
            )
        };
        steps.iter().filter(|step| is_outward(&step.kind)).map(|step| (step.at.micros(), step.kind)).collect()
    };
    for store in StoreKind::ALL {
        let well = outward(&one_write(store, FaultEffect::Pass, None, 300).1);
        for effect in
            [FaultEffect::Refuse, FaultEffect::DropRequest, FaultEffect::Answer { status: 500 }, FaultEffect::Delay { ms: 20_000 }]
        {
            assert_eq!(outward(&one_write(store, effect, None, 300).1), well, "{effect}");
        }
    }
}

#[test]
fn a_write_that_is_tried_again_holds_its_place_among_those_under_way() {
    let configuration = Configuration { batches_in_flight_max: 1, ..unlimited(1, 1, 65_536) };
    let acts = [
        (29_000, breaks_times(ANY, store_node(StoreKind::CouchDb), FaultEffect::DropRequest, 1)),
        (30_000, burst("hello", Wait::NonBlocking, 4, 50_000)),
    ];
    let (world, steps) = play(&run_of(configuration, &acts), ms(200_000));
    let stored: Vec<Instant> =
        steps.iter().filter(|step| matches!(step.kind, StepKind::RecordStored { .. }) && step.at > ms(30_000)).map(|it| it.at).collect();
    assert!(stored.len() == 4 && stored[0] > ms(90_000), "all wait for the first to time out: {stored:?}");
    assert_eq!(world.invokers()[0].batcher.in_flight(), 0);
}

#[test]
fn a_slow_store_delays_the_record_and_a_get_is_404_meanwhile() {
    let slow = FaultEffect::Delay { ms: 20_000 };
    let invoker = Node::Invoker(InvokerId(0));
    for store in StoreKind::ALL {
        let acts = [
            (9_000, breaks(invoker, store_node(store), slow)),
            (9_000, breaks(Node::Invoker(InvokerId(1)), store_node(store), slow)),
            (10_000, invoke("hello", Wait::Blocking)),
        ];
        let mut acts = acts.to_vec();
        let get = get_made(&run_of(bound_to(store), &acts).commands, 2);
        acts.extend([(15_000, get.clone()), (40_000, get)]);
        let (world, _) = play(&run_of(bound_to(store), &acts), ms(60_000));
        let status: Vec<u16> = world.exchanges().map(|exchange| exchange.answer.as_ref().unwrap().status()).collect();
        assert_eq!(status, [200, 404, 200], "{store:?}: the caller has its answer, the record comes later");
    }
}

#[test]
fn a_store_slower_than_its_writer_waits_gets_the_record_late_and_more_than_once() {
    let (world, steps, ix) = one_write(StoreKind::CouchDb, FaultEffect::Delay { ms: 100_000 }, None, 500);
    let count = |wanted: fn(&StepKind) -> bool| of(&steps, ix, wanted).len();
    assert_eq!(sent(&steps, ix).len(), 4);
    assert_eq!(count(|kind| matches!(kind, StepKind::RecordStored { .. })), 1);
    assert_eq!(count(|kind| matches!(kind, StepKind::RecordConflicted { .. })), 3);
    assert_eq!(world.activation(ix).unwrap().phase, Phase::Written);
}

#[test]
fn how_often_a_write_is_tried_is_configured() {
    let configuration = Configuration { store_max_tries: 0, ..Configuration::default() };
    let acts = [(9_000, breaks(ANY, store_node(StoreKind::CouchDb), FaultEffect::Refuse)), (10_000, invoke("hello", Wait::NonBlocking))];
    let (world, steps) = play(&run_of(configuration, &acts), ms(20_000));
    let (ix, _) = world.activations().last().unwrap();
    assert_eq!(failed(&steps, ix), [(LinkFailure::Refused, 0)]);
}

// ---- Outages and deleted data ----

#[test]
fn a_store_that_is_down_loses_records_and_keeps_what_it_had() {
    for store in StoreKind::ALL {
        let acts = [
            (10_000, invoke("hello", Wait::Blocking)),
            (20_000, invoke("hello", Wait::Blocking)),
            (40_000, invoke("hello", Wait::Blocking)),
        ];
        let outages = [(15_000, store_node(store), true), (30_000, store_node(store), false)];
        let (world, steps) = play_with_outages(&run_of(bound_to(store), &acts), ms(60_000), &outages);
        let made: Vec<bool> = world.activations().filter(|(_, it)| !it.health_test).map(|(ix, _)| holds(&world, store, ix)).collect();
        assert_eq!(made, [true, false, true], "{store:?}");
        assert_eq!(given_up(&steps).len(), 1);
        let answers: Vec<u16> = world.exchanges().map(|exchange| exchange.answer.as_ref().unwrap().status()).collect();
        assert_eq!(answers, [200; 3], "no caller notices");
    }
}

#[test]
fn a_store_that_goes_down_with_a_write_in_it_takes_part_of_nothing() {
    let mut configuration = Configuration::default();
    configuration.model.couchdb_write = SpanRange::millis(5_000, 5_000);
    let acts = [(10_000, invoke("hello", Wait::NonBlocking))];
    let outages = [(12_000, store_node(StoreKind::CouchDb), true), (60_000, store_node(StoreKind::CouchDb), false)];
    let (world, steps) = play_with_outages(&run_of(configuration, &acts), ms(80_000), &outages);
    let (ix, _) = world.activations().last().unwrap();
    assert_eq!(failed(&steps, ix).len(), 4, "one broken off, three refused");
    assert!(!holds(&world, StoreKind::CouchDb, ix));
}

#[test]
fn elasticsearch_searches_everything_that_was_written_after_a_start() {
    let mut configuration = bound_to(StoreKind::Elasticsearch);
    configuration.refresh_interval_ms = 60_000;
    let acts = [(10_000, invoke("hello", Wait::NonBlocking))];
    let node = store_node(StoreKind::Elasticsearch);
    let (world, steps) = play_with_outages(&run_of(configuration, &acts), ms(30_000), &[(20_000, node, true), (25_000, node, false)]);
    let (ix, activation) = world.activations().last().unwrap();
    assert_eq!(of(&steps, ix, |kind| matches!(kind, StepKind::RecordSearchable { .. })), [ms(25_000)]);
    assert_eq!(world.stores().of(StoreKind::Elasticsearch).get_visibility(GUEST, activation.id), Visibility::Visible);
}

#[test]
fn an_index_is_not_refreshed_while_elasticsearch_is_down_and_keeps_its_clock() {
    let acts = [(10_000, invoke("hello", Wait::NonBlocking))];
    let node = store_node(StoreKind::Elasticsearch);
    let run = run_of(bound_to(StoreKind::Elasticsearch), &acts);
    let (_, steps) = play_with_outages(&run, ms(40_000), &[(20_000, node, true), (30_000, node, false)]);
    let refreshes: Vec<Instant> = steps
        .iter()
        .filter(|step| matches!(step.kind, StepKind::IndexRefreshed { namespace, .. } if namespace == GUEST))
        .map(|step| step.at)
        .collect();
    assert!(!refreshes.iter().any(|at| (ms(20_000)..ms(30_000)).contains(at)));
    assert!(refreshes.windows(2).all(|pair| pair[1].since(pair[0]).micros() % 1_000_000 == 0), "{refreshes:?}");
}

#[test]
fn a_view_update_ends_with_couchdb_and_the_next_list_starts_another() {
    let mut configuration = Configuration::default();
    configuration.model.couchdb_view_update = SpanRange::millis(5_000, 5_000);
    let acts = [(10_000, invoke("hello", Wait::NonBlocking)), (20_000, list()), (40_000, list()), (50_000, list())];
    let node = store_node(StoreKind::CouchDb);
    let (_, steps) = play_with_outages(&run_of(configuration, &acts), ms(60_000), &[(22_000, node, true), (23_000, node, false)]);
    let rows: Vec<QueryOutcome> = steps
        .iter()
        .filter_map(|step| match step.kind {
            StepKind::QueryAnswered { outcome, .. } => Some(outcome),
            _ => None,
        })
        .collect();
    let expected = [(0, 1), (0, 1), (1, 0)].map(|(rows, unseen)| QueryOutcome::Rows { rows, unseen });
    assert_eq!(rows, expected);
}

#[test]
fn without_its_database_couchdb_refuses_every_write_and_the_controller_tells_404_from_500() {
    let acts = [(10_000, invoke("hello", Wait::Blocking)), (20_000, Act::DropData { store: StoreKind::CouchDb })];
    let get = get_made(&run_of(Configuration::default(), &acts).commands, 0);
    let mut acts = acts.to_vec();
    acts.extend([(21_000, get), (22_000, list()), (30_000, invoke("hello", Wait::Blocking))]);
    let (world, steps) = play(&run_of(Configuration::default(), &acts), ms(60_000));
    let status: Vec<u16> = world.exchanges().map(|exchange| exchange.answer.as_ref().unwrap().status()).collect();
    assert_eq!(status, [200, 404, 500, 200]);
    let deleted = steps.iter().filter(|step| matches!(step.kind, StepKind::RecordDeleted { .. }) && step.activation.is_some()).count();
    assert_eq!(deleted, 4 + 1);
    let (last, _) = world.activations().last().unwrap();
    assert_eq!(given_up(&steps), [(last, LinkFailure::Status(404), false)], "lost at once");
    assert_eq!(failed(&steps, last).len(), 1);
    assert!(world.activations().all(|(_, it)| it.phase == Phase::NotWritten));
    assert!(world.stores().couchdb.is_missing());
    assert_eq!(world.stores().couchdb.all_docs(&world.setup().catalogue).count(), 0, "the design documents are gone too");
}

#[test]
fn deleted_indices_come_again_with_the_next_write_and_old_records_do_not() {
    let acts = [
        (10_000, invoke("hello", Wait::Blocking)),
        (20_000, Act::DropData { store: StoreKind::Elasticsearch }),
        (22_000, list()),
        (30_000, invoke("hello", Wait::Blocking)),
        (40_000, list()),
    ];
    let (world, steps) = play(&run_of(bound_to(StoreKind::Elasticsearch), &acts), ms(60_000));
    let status: Vec<u16> = world.exchanges().map(|exchange| exchange.answer.as_ref().unwrap().status()).collect();
    assert_eq!(status, [200, 500, 200, 200]);
    assert!(matches!(&world.exchanges().last().unwrap().answer, Some(Answer::Rows(rows)) if rows.len() == 1));
    let made: Vec<Instant> = steps
        .iter()
        .filter(|step| matches!(step.kind, StepKind::IndexCreated { namespace } if namespace == GUEST))
        .map(|step| step.at)
        .collect();
    assert_eq!(made.len(), 2);
    // The new index has one clock, not two.
    let refreshes: Vec<Instant> = steps
        .iter()
        .filter(|step| matches!(step.kind, StepKind::IndexRefreshed { namespace, .. } if namespace == GUEST) && step.at > made[1])
        .map(|step| step.at)
        .collect();
    assert!(refreshes.windows(2).all(|pair| pair[1].since(pair[0]) == Span::from_secs(1)), "{refreshes:?}");
}

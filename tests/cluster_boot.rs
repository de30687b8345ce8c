//! Boot: invokers start unhealthy, health tests run and are stored like any record.
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
use whiskscope::cluster::place::{ControllerId, StoreKind};
use whiskscope::cluster::step::{InvokerState, StepKind};
use whiskscope::cluster::{Answer, Failure, Wait};

#[test]
fn one_controller_and_two_invokers_leave_four_system_records() {
    for store in StoreKind::ALL {
        let run = run_of(bound_to(store), &[]);
        let (world, steps) = play(&run, ms(60_000));
        assert!(world.is_booted());
        assert_eq!(world.stores().of(store).holds(), 4, "{store:?}");
        assert_eq!(StoreKind::ALL.iter().map(|kind| world.stores().of(*kind).holds()).sum::<u64>(), 4);
        let healthy = steps.iter().filter(|step| matches!(step.kind, StepKind::InvokerStateChanged { to: InvokerState::Healthy, .. }));
        assert_eq!(healthy.count(), 2);
        assert_eq!(world.controllers()[0].id, ControllerId(0));
    }
}

#[test]
fn boot_records_are_two_for_each_controller_and_invoker() {
    let run = run_of(unlimited(2, 5, 2_048), &[]);
    let (world, _) = play(&run, ms(120_000));
    assert_eq!(world.stores().of(StoreKind::CouchDb).holds(), 2 * 2 * 5);
}

#[test]
fn before_the_first_health_test_an_invoke_is_a_503() {
    let run = run_of(bound_to(StoreKind::CouchDb), &[(100, invoke("hello", Wait::Blocking)), (8_000, invoke("hello", Wait::Blocking))]);
    let (world, _) = play(&run, ms(20_000));
    let answers: Vec<_> = world.exchanges().map(|exchange| exchange.answer.clone().unwrap()).collect();
    assert!(matches!(answers[0], Answer::Failed { status: 503, failure: Failure::NoInvokers }), "{answers:?}");
    assert_eq!(answers[1].status(), 200);
    assert_eq!(world.activations().filter(|(_, activation)| !activation.health_test).count(), 1);
}

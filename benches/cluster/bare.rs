//! A bare event list to measure the cluster against: a binary heap, and twelve events an activation that do nothing but set the next.
//!
//! How fast such a list is depends on how large its events are and how many of them wait, so both are what is hardest to keep up with.
//! Events are as small as a list could do with: of 48 bytes each it is a fifth slower. And as many wait at once as in the cluster's own
//! world, some four hundred, since arrivals are set one by one: a list that is given a million arrivals at the start takes three times
//! as long. [`crate::million`] prints both numbers beside the cluster's.

use crate::worlds::GAP_US;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

const EVENTS_EACH: u32 = 12;

/// Ordered by its fields from the first on: time, then sequence.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct BareEvent {
    at_us: u64,
    sequence: u64,
    activation: u32,
    stage: u32,
}

#[derive(Default)]
struct BareList {
    heap: BinaryHeap<Reverse<BareEvent>>,
    next_sequence: u64,
}

impl BareList {
    fn set(&mut self, at_us: u64, activation: u32, stage: u32) {
        self.heap.push(Reverse(BareEvent { at_us, sequence: self.next_sequence, activation, stage }));
        self.next_sequence += 1;
    }
}

/// Evenly from 2 to 38 ms: with arrivals as often as the cluster's, four hundred events wait.
fn delay_us(activation: u32, stage: u32) -> u64 {
    2_000 + (u64::from(activation) * 16 + u64::from(stage)).wrapping_mul(0x9e37_79b9_7f4a_7c15) % 36_000
}

/// Runs through `activations`. Returns how many came to their end, and how many events waited half-way.
pub fn run_through(activations: u32) -> (u32, usize) {
    let mut list = BareList::default();
    let (mut done, mut waiting) = (0, 0);
    list.set(0, 0, 0);
    while let Some(Reverse(BareEvent { at_us, activation, stage, .. })) = list.heap.pop() {
        if stage == 0 && activation + 1 < activations {
            list.set(at_us + GAP_US, activation + 1, 0);
        }
        if stage + 1 < EVENTS_EACH {
            list.set(at_us + delay_us(activation, stage), activation, stage + 1);
        } else {
            done += 1;
        }
        if stage == 0 && activation == activations / 2 {
            waiting = list.heap.len();
        }
    }
    (done, waiting)
}

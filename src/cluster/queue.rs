//! The events to come, soonest first.
//!
//! Most events are due within a few dozen milliseconds, and hundreds of them wait at once. So the near future is cut into slots, as on the
//! rim of a wheel that turns with time: an event is only put into its slot, and a slot's few events are sorted when their time comes. Timers
//! that are due later wait in a heap. The order is exactly that of one large heap, at a fraction of its comparisons.

use super::event::{Event, What};
use crate::time::Instant;
use serde::Serialize;
use std::collections::BinaryHeap;

/// How long a slot is, as a power of two: 512 µs. In a busy cluster some ten events fall into each.
const SLOT_BITS: u32 = 9;
/// The wheel goes round in 65 ms, which is longer than any hop of the model, any write, and the runs of quick actions.
const SLOTS: u64 = 128;

/// The events to come.
#[derive(Clone, Debug)]
pub struct EventQueue {
    next_sequence: u64,
    /// When the soonest event is due.
    next_at: Option<Instant>,
    /// The number of the slot that time is in, counted from the start of the run.
    present: u64,
    /// Events of the present slot, soonest last.
    due: Vec<Event>,
    /// The slots after it. Number `n` is at place `n % SLOTS`.
    near: Vec<Slot>,
    near_count: usize,
    /// Events that were further ahead than the wheel reaches when they were set.
    far: BinaryHeap<Event>,
}

/// Events of one slot, unsorted.
#[derive(Clone, Debug, Default)]
struct Slot {
    events: Vec<Event>,
    /// When the first of them is due: a crowded slot is not to be searched for it again and again.
    soonest: Option<Instant>,
}

impl Default for EventQueue {
    fn default() -> Self {
        let near = vec![Slot::default(); SLOTS as usize];
        Self { next_sequence: 0, next_at: None, present: 0, due: Vec::new(), near, near_count: 0, far: BinaryHeap::new() }
    }
}

const fn sooner(known: Option<Instant>, at: Instant) -> Option<Instant> {
    match known {
        Some(known) if known.micros() < at.micros() => Some(known),
        _ => Some(at),
    }
}

const fn slot_of(at: Instant) -> u64 {
    at.micros() >> SLOT_BITS
}

impl EventQueue {
    /// Adds an event, set at `now` and due at `at`.
    pub(super) fn set(&mut self, now: Instant, at: Instant, what: What) {
        let event = Event { at, sequence: self.next_sequence, since: now, what };
        self.next_sequence += 1;
        self.next_at = sooner(self.next_at, at);
        let slot = slot_of(at);
        if slot <= self.present {
            // Events are ordered soonest last: those before this place are due later.
            let place = self.due.partition_point(|other| *other < event);
            self.due.insert(place, event);
        } else if slot < self.present + SLOTS
            && let Some(near) = self.near.get_mut((slot % SLOTS) as usize)
        {
            near.events.push(event);
            near.soonest = sooner(near.soonest, at);
            self.near_count += 1;
        } else {
            self.far.push(event);
        }
    }

    pub(super) fn next_at(&self) -> Option<Instant> {
        self.next_at
    }

    pub(super) fn pop(&mut self) -> Option<Event> {
        if self.due.is_empty() {
            self.enter(slot_of(self.next_at?));
        }
        let event = self.due.pop();
        self.next_at = self.due.last().map(|next| next.at).or_else(|| self.soonest_ahead());
        event
    }

    /// Time comes to a slot: its events are brought together and sorted.
    fn enter(&mut self, slot: u64) {
        self.present = slot;
        if let Some(near) = self.near.get_mut((slot % SLOTS) as usize) {
            self.near_count -= near.events.len();
            near.soonest = None;
            // The emptied list goes to the wheel in exchange, for its memory.
            std::mem::swap(&mut self.due, &mut near.events);
        }
        while self.far.peek().is_some_and(|event| slot_of(event.at) <= slot) {
            self.due.extend(self.far.pop());
        }
        self.due.sort_unstable();
    }

    /// When the soonest event after the present slot is due.
    fn soonest_ahead(&self) -> Option<Instant> {
        let far = self.far.peek().map(|event| event.at);
        if self.near_count == 0 {
            return far;
        }
        let mut slots = (1..SLOTS).filter_map(|ahead| self.near.get(((self.present + ahead) % SLOTS) as usize));
        let near = slots.find_map(|slot| slot.soonest);
        far.into_iter().chain(near).min()
    }

    /// Takes out the events that `keep` does not want: those of a process that has died. Rare, so it looks at all of them.
    pub(super) fn retain(&mut self, keep: &dyn Fn(&What) -> bool) {
        self.due.retain(|event| keep(&event.what));
        self.near_count = 0;
        for slot in &mut self.near {
            slot.events.retain(|event| keep(&event.what));
            slot.soonest = slot.events.iter().map(|event| event.at).min();
            self.near_count += slot.events.len();
        }
        self.far.retain(|event| keep(&event.what));
        self.next_at = self.due.last().map(|next| next.at).or_else(|| self.soonest_ahead());
    }

    /// In no particular order.
    pub fn iter(&self) -> impl Iterator<Item = &Event> {
        self.due.iter().chain(self.near.iter().flat_map(|slot| &slot.events)).chain(&self.far)
    }
}

impl Serialize for EventQueue {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // How the events lie in memory is no part of a world's state.
        let mut events: Vec<&Event> = self.iter().collect();
        crate::order::sort_by_key(&mut events, |event| (event.at.micros(), event.sequence));
        serializer.collect_seq(events)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::place::InvokerId;
    use crate::time::Span;

    /// The same events through the queue and through a heap: each event that happens sets others after some of `delays`, in turn.
    fn check(delays_us: &[u64], events: usize) {
        let (mut queue, mut heap) = (EventQueue::default(), BinaryHeap::new());
        let mut delays = delays_us.iter().cycle().copied().map(Span::from_micros);
        let mut now = Instant::START;
        for number in 0..events {
            // Some die out and some set two, so that the queue both fills and runs dry.
            let count = if queue.next_at().is_none() { 3 } else { number % 3 };
            for delay in delays.by_ref().take(count) {
                let (at, what) = (now + delay, What::PingDue(InvokerId(0)));
                heap.push(Event { at, sequence: queue.next_sequence, since: now, what });
                queue.set(now, at, what);
            }
            assert_eq!(queue.next_at(), heap.peek().map(|event| event.at));
            let event = queue.pop();
            assert_eq!(event, heap.pop(), "event {number} of {delays_us:?}");
            assert_eq!(queue.iter().count(), heap.len());
            now = event.unwrap().at;
        }
    }

    #[test]
    fn what_is_taken_out_leaves_the_others_in_their_order() {
        for delays_us in [&[0_u64, 3, 3, 600][..], &[511, 512, 65_023, 65_536, 200_000], &[1, 70_000, 3_600_000_000, 40_000]] {
            let (mut queue, mut now) = (EventQueue::default(), Instant::START);
            let mut kept = BinaryHeap::new();
            for round in 0..200_u64 {
                for (number, delay) in (0_u8..).zip(delays_us) {
                    let (at, what) = (now + Span::from_micros(*delay * (round % 3 + 1)), What::PingDue(InvokerId(number % 4)));
                    kept.push(Event { at, sequence: queue.next_sequence, since: now, what });
                    queue.set(now, at, what);
                }
                if round % 7 == 3 {
                    let keep = |what: &What| !matches!(what, What::PingDue(InvokerId(1)));
                    queue.retain(&keep);
                    kept.retain(|event| keep(&event.what));
                }
                for _ in 0..round % 5 {
                    assert_eq!(queue.next_at(), kept.peek().map(|event| event.at));
                    let event = queue.pop();
                    assert_eq!(event, kept.pop());
                    now = event.map_or(now, |event| event.at);
                }
                assert_eq!(queue.iter().count(), kept.len());
            }
            while let Some(event) = kept.pop() {
                assert_eq!(queue.pop(), Some(event));
            }
            assert_eq!((queue.pop(), queue.next_at()), (None, None));
        }
    }

    #[test]
    fn events_come_in_order_of_time_and_then_of_setting() {
        check(&[0], 100);
        check(&[5, 0, 0, 5, 1], 1_000);
        check(&[511, 512, 513, 65_023, 65_024, 65_535, 65_536, 65_537], 10_000);
        check(&[300, 10_000_000, 2_000, 1_000_000, 35_000, 0, 64_000, 70_000], 10_000);
        check(&[3_600_000_000, 1, 100_000], 1_000);
    }

    #[cfg(not(target_arch = "wasm32"))]
    proptest::proptest! {
        #[test]
        fn events_come_in_order_whatever_the_delays(delays_us in proptest::collection::vec(0_u64..200_000, 1..40)) {
            check(&delays_us, 500);
        }
    }
}

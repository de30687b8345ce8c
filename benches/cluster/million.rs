//! A million activations, steps not kept, beside the bare event list: in turn, so that whatever else the machine does falls on all.

use crate::bare::{self, BareEvent};
use crate::worlds::{half_way, run};
use std::time::{Duration, Instant as WallInstant};
use whiskscope::cluster::place::StoreKind;
use whiskscope::cluster::{Event, StepLog};

const ACTIVATIONS: u32 = 1_000_000;
const ROUNDS: u32 = 3;

/// One contestant: its name, the size of its events, and its best round.
struct Row {
    name: &'static str,
    event_bytes: usize,
    waiting: usize,
    best: Duration,
}

impl Row {
    fn new(name: &'static str, event_bytes: usize) -> Self {
        Self { name, event_bytes, waiting: 0, best: Duration::MAX }
    }

    /// `work` returns how many events waited half-way.
    fn time(&mut self, work: impl FnOnce() -> usize) {
        let start = WallInstant::now();
        self.waiting = work();
        self.best = self.best.min(start.elapsed());
    }

    fn per_second(&self) -> f64 {
        f64::from(ACTIVATIONS) / self.best.as_secs_f64()
    }
}

pub fn measure() {
    let mut list = Row::new("bare event list", size_of::<BareEvent>());
    let mut clusters = StoreKind::ALL.map(|store| (store, Row::new(store.code(), size_of::<Event>())));
    for _ in 0..ROUNDS {
        list.time(|| {
            let (done, waiting) = bare::run_through(ACTIVATIONS);
            assert_eq!(done, ACTIVATIONS);
            waiting
        });
        for (store, row) in &mut clusters {
            row.time(|| run_through(*store));
        }
    }
    println!("{ACTIVATIONS} activations, steps not kept, the best of {ROUNDS} rounds in turn");
    println!("{:<16} {:>15} {:>12} {:>17} {:>10}", "", "activations/s", "event bytes", "waiting half-way", "of bare");
    for row in std::iter::once(&list).chain(clusters.iter().map(|(_, row)| row)) {
        let ratio = row.per_second() / list.per_second();
        println!("{:<16} {:>15.0} {:>12} {:>17} {:>10.3}", row.name, row.per_second(), row.event_bytes, row.waiting, ratio);
    }
}

/// Steps are counted only. Returns how many events waited half-way.
fn run_through(store: StoreKind) -> usize {
    let run = run(store, ACTIVATIONS);
    let mut world = run.world();
    world.advance(half_way(ACTIVATIONS), &mut StepLog::default());
    let waiting = world.events().count();
    world.advance(run.horizon, &mut StepLog::default());
    // 40 boot records come on top: two for each controller and invoker.
    assert_eq!(world.stores().of(store).holds(), u64::from(ACTIVATIONS) + 40, "every record is stored");
    waiting
}

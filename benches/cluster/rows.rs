//! What divan measures: the shorter rows.

use crate::worlds::{crowded, run};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use whiskscope::cluster::StepLog;
use whiskscope::cluster::place::StoreKind;
use whiskscope::recording::Tape;
use whiskscope::scene::{Layout, Options, Size, Tokens, layout, node_states};
use whiskscope::time::Instant;

const STORES: [&str; 2] = ["couchdb", "elasticsearch"];

fn store_of(name: &str) -> StoreKind {
    StoreKind::ALL.into_iter().find(|store| store.code() == name).unwrap_or(StoreKind::CouchDb)
}

/// Every step is made and looked at.
#[divan::bench(args = STORES, sample_count = 20, sample_size = 1)]
fn steps_kept_10_000(bencher: Bencher, store: &str) {
    let run = run(store_of(store), 10_000);
    bencher.counter(ItemsCount::new(10_000_u32)).bench_local(|| {
        let mut world = run.world();
        let mut log = StepLog { listening: true, steps: Vec::new() };
        world.advance(run.horizon, &mut log);
        log.steps.len()
    });
}

/// A run of 10 000 played to a tape: what the page does once for each run.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn tape_of_10_000(bencher: Bencher) {
    let run = run(StoreKind::CouchDb, 10_000);
    bencher.counter(ItemsCount::new(10_000_u32)).bench_local(|| Tape::new(run.clone()).map(|tape| tape.step_count()));
}

/// To instants all over a run of 10 000.
#[divan::bench(sample_count = 200, sample_size = 1)]
fn seek_in_10_000(bencher: Bencher) {
    let Ok(tape) = Tape::new(run(StoreKind::CouchDb, 10_000)) else { return };
    let mut at = 0_u64;
    bencher.bench_local(|| {
        at = (at + 3_777_777) % tape.horizon().micros();
        black_box(tape.world_at(Instant::from_micros(at)).step_count())
    });
}

fn stage(store: StoreKind) -> Layout {
    layout(&run(store, 1).configuration, Size::Wide { width: 1_280.0, height: 560.0 })
}

/// What each frame asks of the scene: every token's place, the paths of each hue, and the counts of crowded links.
#[divan::bench(args = STORES, sample_count = 200, sample_size = 10)]
fn scene_frame_with_200_tokens(bencher: Bencher, store: &str) {
    let layout = stage(store_of(store));
    let world = crowded(store_of(store), &layout, 200);
    let mut tokens = Tokens::default();
    bencher.bench_local(|| {
        tokens.update(&world, world.now(), &layout, Options::default());
        tokens.tokens.len()
    });
}

/// What a frame in which a step happened asks for on top of that: the state of every node.
#[divan::bench(args = STORES, sample_count = 200, sample_size = 10)]
fn scene_nodes_with_200_tokens(bencher: Bencher, store: &str) {
    let world = crowded(store_of(store), &stage(store_of(store)), 200);
    bencher.bench_local(|| node_states(black_box(&world)));
}

//! How fast the cluster is simulated, beside a bare event list in the same run: these machines are noisy, so ratios count.
//!
//! The world of all of them: 2 controllers, 10 invokers with memory for 16 containers each, limits lifted, `hello` non-blocking, arrivals
//! at 60 % of capacity. Pings, acks, log collection and stored documents are all on, and every record is stored.

/// Nothing of this is for the browser.
#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    native::main();
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use divan::counter::ItemsCount;
    use divan::{Bencher, black_box};
    use std::cmp::Reverse;
    use std::collections::BinaryHeap;
    use whiskscope::cluster::place::StoreKind;
    use whiskscope::cluster::{Act, Command, Configuration, Limit, StepLog, Wait};
    use whiskscope::recording::{Run, Tape};
    use whiskscope::time::{Instant, Span};

    pub fn main() {
        divan::main();
    }

    /// A container is taken for the run (35 ms) and log collection (16 ms), on average: 160 of them serve 3137 a second, 60 % of which is one
    /// arrival in 531 µs.
    const GAP_US: u64 = 531;
    const BOOTED: Instant = Instant::from_millis(10_000);

    fn run(store: StoreKind, activations: u32) -> Run {
        let configuration = Configuration {
            controllers: 2,
            invokers: 10,
            user_memory_mb: 16 * 256,
            invocations_per_minute: Limit::None,
            invocations_concurrent: Limit::None,
            store,
            ..Configuration::default()
        };
        let act = Act::Invoke {
            namespace: "guest".to_owned(),
            action: "hello".to_owned(),
            wait: Wait::NonBlocking,
            count: activations,
            gap_us: GAP_US,
        };
        let command = Command::new(BOOTED, "guest", act, &[]);
        let end = BOOTED + Span::from_micros(GAP_US * u64::from(activations)) + Span::from_secs(30);
        Run { horizon: end, ..Run::new(configuration, 1, vec![command]) }
    }

    fn store_of(name: &str) -> StoreKind {
        StoreKind::ALL.into_iter().find(|store| store.code() == name).unwrap_or(StoreKind::CouchDb)
    }

    const STORES: [&str; 2] = ["couchdb", "elasticsearch"];

    /// Every step is made and looked at.
    #[divan::bench(args = STORES, sample_count = 5, sample_size = 1)]
    fn steps_kept_10_000(bencher: Bencher, store: &str) {
        let run = run(store_of(store), 10_000);
        bencher.counter(ItemsCount::new(10_000_u32)).bench_local(|| {
            let mut world = run.world();
            let mut log = StepLog { listening: true, steps: Vec::new() };
            world.advance(run.horizon, &mut log);
            log.steps.len()
        });
    }

    /// Steps are counted only.
    #[divan::bench(args = STORES, sample_count = 3, sample_size = 1)]
    fn steps_not_kept_1_000_000(bencher: Bencher, store: &str) {
        let run = run(store_of(store), 1_000_000);
        bencher.counter(ItemsCount::new(1_000_000_u32)).bench_local(|| {
            let mut world = run.world();
            world.advance(run.horizon, &mut StepLog::default());
            let held = world.stores().of(store_of(store)).holds();
            // 40 boot records come on top: two for each controller and invoker.
            assert_eq!(held, 1_000_040, "every record is stored");
            held
        });
    }

    /// A run of 10 000 played to a tape: what the page does once for each run.
    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn tape_of_10_000(bencher: Bencher) {
        let run = run(StoreKind::CouchDb, 10_000);
        bencher.counter(ItemsCount::new(10_000_u32)).bench_local(|| Tape::new(run.clone()).map(|tape| tape.step_count()));
    }

    /// To instants all over a run of 10 000.
    #[divan::bench(sample_count = 50, sample_size = 1)]
    fn seek_in_10_000(bencher: Bencher) {
        let Ok(tape) = Tape::new(run(StoreKind::CouchDb, 10_000)) else { return };
        let mut at = 0_u64;
        bencher.bench_local(|| {
            at = (at + 3_777_777) % tape.horizon().micros();
            black_box(tape.world_at(Instant::from_micros(at)).step_count())
        });
    }

    /// Time, sequence, payload, activation, stage.
    type BareEvent = (u64, u64, [u64; 2], u32, u8);

    /// A binary heap and nothing else: twelve events an activation, each as large as one of the cluster's and setting the next.
    #[divan::bench(sample_count = 3, sample_size = 1)]
    fn bare_event_list_1_000_000(bencher: Bencher) {
        const ACTIVATIONS: u32 = 1_000_000;
        bencher.counter(ItemsCount::new(ACTIVATIONS)).bench_local(|| {
            let mut heap: BinaryHeap<Reverse<BareEvent>> = BinaryHeap::new();
            let (mut sequence, mut done, mut next) = (0_u64, 0_u32, 0_u32);
            heap.push(Reverse((0, 0, [0; 2], 0, 0)));
            while let Some(Reverse((at, _, payload, activation, stage))) = heap.pop() {
                if stage == 0 && next + 1 < ACTIVATIONS {
                    next += 1;
                    sequence += 1;
                    heap.push(Reverse((at + GAP_US, sequence, payload, next, 0)));
                }
                if stage < 11 {
                    sequence += 1;
                    let delay = 1_000 + (u64::from(activation).wrapping_mul(0x9e37_79b9) >> 7) % 20_000;
                    heap.push(Reverse((at + delay, sequence, [at, delay], activation, stage + 1)));
                } else {
                    done += 1;
                }
            }
            done
        });
    }
}

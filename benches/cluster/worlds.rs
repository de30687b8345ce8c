//! The runs that are measured.
//!
//! The world of all of them: 2 controllers, 10 invokers with memory for 16 containers each, limits lifted, `hello` non-blocking. Pings,
//! acks, log collection and stored documents are all on, and every record is stored.

use whiskscope::cluster::place::StoreKind;
use whiskscope::cluster::{Act, Command, Configuration, Limit, StepLog, Wait, World};
use whiskscope::recording::Run;
use whiskscope::scene::{Layout, Options, Tokens};
use whiskscope::time::{Instant, Span};

/// A container is taken for the run (35 ms) and log collection (16 ms), on average: 160 of them serve 3137 a second, 60 % of which is one
/// arrival in 531 µs.
pub const GAP_US: u64 = 531;
const BOOTED: Instant = Instant::from_millis(10_000);

/// Arrivals at 60 % of capacity, and half a minute for the last of them to end.
pub fn run(store: StoreKind, activations: u32) -> Run {
    run_of(store, activations, GAP_US)
}

/// When half of a run's activations have been sent.
pub fn half_way(activations: u32) -> Instant {
    BOOTED + Span::from_micros(GAP_US * u64::from(activations) / 2)
}

fn run_of(store: StoreKind, activations: u32, gap_us: u64) -> Run {
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
        gap_us,
        extra_logging: false,
        timeout_ms: None,
    };
    let command = Command::new(BOOTED, "guest", act, &[]);
    let end = BOOTED + Span::from_micros(gap_us * u64::from(activations)) + Span::from_secs(30);
    Run { horizon: end, ..Run::new(configuration, 1, vec![command]) }
}

/// A world to which more arrive than it can serve, at the first instant with `tokens` things on their way. Stops the bench if there is none.
pub fn crowded(store: StoreKind, layout: &Layout, tokens: usize) -> World {
    let run = run_of(store, 10_000, GAP_US / 3);
    let mut world = run.world();
    let mut scene = Tokens::default();
    // Several things can leave at once, so that the number is reached or just passed.
    while scene.tokens.len() < tokens && world.now() < run.horizon {
        world.advance_one(&mut StepLog::default());
        scene.update(&world, world.now(), layout, Options::default());
    }
    assert!((tokens..tokens + 5).contains(&scene.tokens.len()), "{} tokens", scene.tokens.len());
    world
}

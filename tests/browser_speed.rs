//! How fast the core is in a browser: printed, never asserted, since machines differ. Run it in the page's own profile:
//!
//! `cargo test --profile page --target wasm32-unknown-unknown --test browser_speed`, with the runner that `cargo xtask test` sets.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at what should not be")]

use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};
use whiskscope::cluster::place::StoreKind;
use whiskscope::cluster::{Act, Command, Configuration, Limit, Wait};
use whiskscope::recording::{Run, Tape};
use whiskscope::time::{Instant, Span};

wasm_bindgen_test_configure!(run_in_browser);

fn now_ms() -> f64 {
    web_sys::window().unwrap().performance().unwrap().now()
}

fn run_of_10_000() -> Run {
    let configuration = Configuration {
        controllers: 2,
        invokers: 10,
        user_memory_mb: 16 * 256,
        invocations_per_minute: Limit::None,
        invocations_concurrent: Limit::None,
        store: StoreKind::Elasticsearch,
        ..Configuration::default()
    };
    let act = Act::Invoke {
        namespace: "guest".to_owned(),
        action: "hello".to_owned(),
        wait: Wait::NonBlocking,
        count: 10_000,
        gap_us: 531,
        extra_logging: false,
        timeout_ms: None,
    };
    let start = Instant::from_millis(10_000);
    let run = Run::new(configuration, 1, vec![Command::new(start, "guest", act, &[])]);
    Run { horizon: start + Span::from_secs(60), ..run }
}

#[wasm_bindgen_test]
fn seeks_in_a_run_of_10_000() {
    let before = now_ms();
    let tape = Tape::new(run_of_10_000()).unwrap();
    console_log!("tape of 10 000 activations: {:.1} ms", now_ms() - before);
    let mut times = Vec::new();
    let mut at = 0_u64;
    for _ in 0..200 {
        at = (at + 3_777_777) % 20_000_000;
        let before = now_ms();
        let world = tape.world_at(Instant::from_micros(at));
        times.push(now_ms() - before);
        assert_eq!(world.now(), Instant::from_micros(at));
    }
    times.sort_by(f64::total_cmp);
    console_log!("seek: median {:.2} ms, worst {:.2} ms of {}", times[times.len() / 2], times[times.len() - 1], times.len());
}

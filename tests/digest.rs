//! The same run value gives the same steps and the same state, byte for byte, native and in the browser.
//!
//! A change that alters these digests alters the steps of existing runs: raise the model version with it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at what should not be")]

use whiskscope::cluster::place::StoreKind;
use whiskscope::cluster::{Act, Command, Configuration, Limit, Wait};
use whiskscope::lesson::Lesson;
use whiskscope::recording::{MODEL_VERSION, Run, digest};
use whiskscope::time::Instant;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const LESSONS: [(&str, &str); 2] =
    [("only-design-docs", include_str!("../lessons/only-design-docs.json")), ("list-twice", include_str!("../lessons/list-twice.json"))];

/// What each run comes to at model version 2.
const EXPECTED: [(&str, &str); 6] = [
    ("only-design-docs couchdb", "b434ddd23da19b5c"),
    ("only-design-docs elasticsearch", "2a25cd772e014b0d"),
    ("list-twice couchdb", "75c3f26af27579a5"),
    ("list-twice elasticsearch", "5056f0652d1e19eb"),
    ("burst couchdb", "334fedc5fdbfad1f"),
    ("burst elasticsearch", "0bfa34dc27baa54e"),
];

/// A thousand invocations on two controllers and five invokers.
fn burst(store: StoreKind) -> Run {
    let configuration = Configuration {
        controllers: 2,
        invokers: 5,
        invocations_per_minute: Limit::None,
        invocations_concurrent: Limit::None,
        store,
        ..Configuration::default()
    };
    let act = Act::Invoke {
        namespace: "guest".to_owned(),
        action: "hello".to_owned(),
        wait: Wait::Blocking,
        count: 1_000,
        gap_us: 2_000,
        extra_logging: false,
        timeout_ms: None,
    };
    Run::new(configuration, 1_000, vec![Command::new(Instant::from_millis(10_000), "guest", act, &[])])
}

fn found() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (name, text) in LESSONS {
        let lesson = Lesson::from_json(name, text).unwrap();
        for store in StoreKind::ALL {
            found.push((format!("{name} {}", store.code()), digest(&lesson.run(Some(store)), Instant::from_millis(60_000)).unwrap()));
        }
    }
    for store in StoreKind::ALL {
        found.push((format!("burst {}", store.code()), digest(&burst(store), Instant::from_millis(60_000)).unwrap()));
    }
    found
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn digests_are_the_committed_ones() {
    let expected: Vec<(String, String)> = EXPECTED.iter().map(|(name, digest)| ((*name).to_owned(), (*digest).to_owned())).collect();
    assert_eq!(found(), expected, "model version {MODEL_VERSION}");
}

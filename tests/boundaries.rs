//! What a room must not know, read from its source.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop at what should not be")]

use std::fs;
use std::path::{Path, PathBuf};

/// Every Rust file below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The lines of code that name one of the two stores: what stands behind `//` is not code, and neither is a module of tests at the end.
fn naming_a_store(text: &str) -> Vec<&str> {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let names = |line: &&str| {
        let line = line.split("//").next().unwrap_or_default().to_lowercase();
        line.contains("couchdb") || line.contains("elasticsearch")
    };
    code.lines().filter(names).collect()
}

/// The switch is no second script: outside the stores' own room, the configuration that binds processes to them, the names of places and
/// the table of source lines, nothing of the cluster asks which store it has before it.
#[test]
fn nothing_but_the_stores_and_the_configuration_names_a_store() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let allowed = |path: &Path| {
        let path = path.strip_prefix(root.join("cluster")).unwrap_or(path);
        path.starts_with("store")
            || path.starts_with("evidence")
            || path.starts_with("configuration")
            || path.ends_with("place.rs")
            || path.ends_with("configuration.rs")
    };
    let mut looked_at = 0;
    for room in ["cluster", "recording", "http"] {
        for path in sources(&root.join(room)) {
            if allowed(&path) {
                continue;
            }
            looked_at += 1;
            let named = fs::read_to_string(&path).unwrap();
            let lines = naming_a_store(&named);
            assert!(lines.is_empty(), "{} names a store: {lines:#?}", path.display());
        }
    }
    assert!(looked_at > 20, "only {looked_at} files were looked at");
    assert_eq!(naming_a_store("let a = StoreKind::CouchDb; // and\n// Elasticsearch\n").len(), 1);
}

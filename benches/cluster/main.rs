//! How fast the cluster is simulated, beside a bare event list in the same run: these machines are noisy, so ratios count.
//!
//! `cargo bench --no-default-features` measures all of it; a word after `--` picks rows by name, `million` the last table.

#[cfg(not(target_arch = "wasm32"))]
mod bare;
#[cfg(not(target_arch = "wasm32"))]
mod million;
#[cfg(not(target_arch = "wasm32"))]
mod rows;
#[cfg(not(target_arch = "wasm32"))]
mod worlds;

/// Nothing of this is for the browser.
#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    divan::main();
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    if words.is_empty() || words.iter().any(|word| "million".contains(word.as_str())) {
        million::measure();
    }
}

//! The simulated CouchDB's HTTP interface: shapes, rows, errors, writes.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at what should not be"
)]

mod bench;
mod documents;
mod edited;
mod errors;
mod listing;
mod played;
mod properties;
mod server;
mod views;

//! WhiskScope: where an OpenWhisk activation record goes, simulated and shown.

pub mod activation;
pub mod chance;
pub mod chunked;
pub mod cluster;
pub mod http;
pub mod inspection;
pub mod json;
pub mod lesson;
pub mod locale;
pub mod operator;
pub mod order;
pub mod player;
pub mod recording;
pub mod scene;
pub mod shell;
pub mod time;
#[cfg(feature = "page")]
pub mod view;
pub mod witness;

//! The one place that fetches: lesson files, by a relative path, and what the program still lacks of itself.

use gloo_net::http::Request;
use js_sys::{Function, Promise};
use std::pin::Pin;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

/// Why a file could not be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    #[error("{0}")]
    Network(String),
    #[error("HTTP {0}")]
    Status(u16),
}

/// The text of `lessons/<name>.json` beside the page.
pub async fn lesson(name: &str) -> Result<String, FetchError> {
    let network = |error: gloo_net::Error| FetchError::Network(error.to_string());
    let response = Request::get(&format!("./lessons/{name}.json")).send().await.map_err(network)?;
    if !response.ok() {
        return Err(FetchError::Status(response.status()));
    }
    response.text().await.map_err(network)
}

#[wasm_bindgen]
extern "C" {
    /// Of the page's script (`xtask/src/split/parts.js`). None where the program is in one part.
    #[wasm_bindgen(thread_local_v2, js_name = askForParts)]
    static ASK_FOR_PARTS: Option<Function>;
}

/// Waits until the stores' own interfaces are there, which come last of the program.
///
/// Without this a command that needs them has them fetched in the middle of the run, where nothing can be waited for; and if they cannot be
/// had then, the page stops.
pub fn store_interfaces() -> Pin<Box<dyn Future<Output = Result<(), FetchError>>>> {
    // In a box, which keeps it out of what opens the page.
    Box::pin(async {
        let network = |error: JsValue| FetchError::Network(format!("{error:?}"));
        let Some(ask) = ASK_FOR_PARTS.with(Clone::clone) else { return Ok(()) };
        let asked: Promise = ask.call0(&JsValue::NULL).map_err(network)?.into();
        JsFuture::from(asked).await.map(drop).map_err(network)
    })
}

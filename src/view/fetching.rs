//! The one place that fetches: lesson files, by a relative path.

use gloo_net::http::Request;

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

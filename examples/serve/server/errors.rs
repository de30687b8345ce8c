//! What is refused before the cluster hears of it, in the shape of the system that is asked.

use super::Api;
use hyper::Response;
use whiskscope::http::openwhisk::Refusal;

/// A body that is too long to be read.
pub fn too_large(api: Api, transaction: &str) -> Response<Vec<u8>> {
    match api {
        Api::OpenWhisk => {
            let error = format!("Request larger than allowed: more than {} bytes.", api.body_max());
            Refusal { status: 413, error, allowed: "", challenge: false }.response(transaction)
        }
        Api::CouchDb => written(413, "{\"error\":\"too_large\",\"reason\":\"the request entity is too large\"}\n".to_owned()),
        // Elasticsearch has no body for it.
        Api::Elasticsearch => written(413, String::new()),
    }
}

/// A request that is HTTP and yet none that a run can hold.
pub fn unreadable(api: Api, why: &str) -> Response<Vec<u8>> {
    let why = serde_json::Value::from(why);
    match api {
        Api::Elasticsearch => written(400, format!("{{\"error\":{why},\"status\":400}}")),
        Api::CouchDb | Api::OpenWhisk => written(400, format!("{{\"error\":\"bad_request\",\"reason\":{why}}}\n")),
    }
}

fn written(status: u16, body: String) -> Response<Vec<u8>> {
    let response = Response::builder().status(status).header("Content-Type", "application/json");
    response.body(body.into_bytes()).unwrap_or_default()
}

//! What is refused before the cluster hears of it, in the shape of the system that is asked.

use super::{Api, malformed};
use hyper::Response;
use whiskscope::http::openwhisk::Refusal;

/// A body that is too long to be read. The real CouchDB and Elasticsearch take more (64 and 100 MB).
pub fn too_large(api: Api, transaction: &str) -> Response<Vec<u8>> {
    let most = api.body_max();
    match api {
        Api::OpenWhisk => refusal(413, format!("Request larger than allowed: more than {most} bytes."), transaction),
        Api::CouchDb => problem(413, "too_large", &format!("the request entity is too large: WhiskScope takes {most} bytes")),
        Api::Elasticsearch => malformed::exception(
            413,
            "whiskscope_not_simulated",
            &format!("WhiskScope does not simulate bodies of more than {most} bytes."),
        ),
    }
}

/// A request that is HTTP and yet none that a run can hold.
pub fn unreadable(api: Api, why: &str, transaction: &str) -> Response<Vec<u8>> {
    match api {
        Api::OpenWhisk => refusal(400, format!("The request content was malformed:\n{why}"), transaction),
        Api::CouchDb => problem(400, "bad_request", why),
        Api::Elasticsearch => malformed::exception(400, "illegal_argument_exception", why),
    }
}

/// A body that is no text. OpenWhisk reads it itself.
pub fn no_text(api: Api, transaction: &str) -> Response<Vec<u8>> {
    match api {
        Api::CouchDb => problem(400, "bad_request", "invalid UTF-8 JSON"),
        Api::Elasticsearch => malformed::exception(400, "json_parse_exception", "Invalid UTF-8"),
        Api::OpenWhisk => unreadable(api, "the body is no UTF-8 text", transaction),
    }
}

fn refusal(status: u16, error: String, transaction: &str) -> Response<Vec<u8>> {
    Refusal { status, error, allowed: "", challenge: false }.response(transaction)
}

fn problem(status: u16, error: &str, reason: &str) -> Response<Vec<u8>> {
    let body = format!("{}\n", serde_json::json!({ "error": error, "reason": reason }));
    let response = Response::builder().status(status).header("Content-Type", "application/json");
    response.body(body.into_bytes()).unwrap_or_default()
}

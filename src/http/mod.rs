//! How clients reach the cluster: OpenWhisk's API, its requests read into acts and written from them, the answers of all as HTTP.

mod answer;
pub mod openwhisk;

pub use answer::{Response, answer, error_text, refusal, request, response};

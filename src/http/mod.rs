//! How clients reach the cluster: OpenWhisk's API, its requests read into acts and written from them, its answers as HTTP.

mod answer;
pub mod openwhisk;

pub use answer::{Response, error_text, response};

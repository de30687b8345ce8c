//! How clients reach the cluster: the REST answers of OpenWhisk's controller, as bodies.

mod answer;

pub use answer::{Response, error_text, response};

//! Requests to OpenWhisk's API and what becomes of them.

use super::{ms, play, run_of};
use http::{Request, Response};
use serde_json::{Value, json};
use whiskscope::cluster::{Act, Configuration, Exchange};
use whiskscope::http::openwhisk::{Routed, answer, authorization, read};

pub fn raw(method: &str, target: &str, body: &str) -> Request<Vec<u8>> {
    let builder = Request::builder().method(method).uri(target).header("Authorization", authorization("guest"));
    builder.header("Content-Type", "application/json").body(body.as_bytes().to_vec()).unwrap()
}

pub fn under(path: &str) -> String {
    format!("/api/v1/namespaces/_/{path}")
}

pub fn catalogue() -> std::rc::Rc<whiskscope::activation::Catalogue> {
    std::rc::Rc::clone(&run_of(Configuration::default(), &[]).setup().catalogue)
}

pub fn routed(request: &Request<Vec<u8>>) -> Routed {
    read(request, &catalogue())
}

pub fn act(method: &str, path: &str, body: &str) -> Act {
    match routed(&raw(method, &under(path), body)) {
        Routed::Act { user, act } if user == "guest" => act,
        other => panic!("{method} {path}: {other:?}"),
    }
}

/// The same in any namespace.
pub fn act_in(method: &str, path: &str, body: &str) -> Act {
    match routed(&raw(method, &format!("/api/v1/namespaces/{path}"), body)) {
        Routed::Act { user, act } if user == "guest" => act,
        other => panic!("{method} {path}: {other:?}"),
    }
}

#[track_caller]
pub fn refused(request: &Request<Vec<u8>>, status: u16, error: &str) -> Response<Vec<u8>> {
    let routed = routed(request);
    let Routed::Refused(refusal) = &routed else { panic!("{routed:?}") };
    assert_eq!((refusal.status, refusal.error.as_str()), (status, error));
    let response = routed.response("tid").unwrap();
    assert_eq!(response.status(), status);
    assert_eq!(response.headers()["X-Request-ID"], "tid");
    assert_eq!(json_of(&response), json!({ "error": error, "code": "tid" }));
    response
}

pub fn json_of(response: &Response<Vec<u8>>) -> Value {
    serde_json::from_slice(response.body()).unwrap_or(Value::Null)
}

/// Sends these one second apart, and gives the answer to each.
pub fn told(configuration: Configuration, acts: &[Act]) -> Vec<Response<Vec<u8>>> {
    let timed: Vec<(u64, Act)> = (10_000..).step_by(2_000).zip(acts.iter().cloned()).collect();
    let run = run_of(configuration, &timed);
    run.check().unwrap();
    let end = ms(10_000 + 2_000 * acts.len() as u64 + 60_000);
    let (world, _) = play(&run, end);
    let exchanges: Vec<&Exchange> = world.exchanges().collect();
    assert_eq!(exchanges.len(), acts.len());
    exchanges.into_iter().map(|exchange| answer(&world, exchange).expect("an answer")).collect()
}

/// The same of requests as they come.
pub fn asked(requests: &[(&str, &str, &str)]) -> Vec<(u16, Value)> {
    let acts: Vec<Act> = requests.iter().map(|(method, path, body)| act(method, path, body)).collect();
    told(Configuration::default(), &acts).iter().map(|response| (response.status().as_u16(), json_of(response))).collect()
}

/// The same in any namespace.
pub fn asked_in(requests: &[(&str, &str, &str)]) -> Vec<(u16, Value)> {
    let acts: Vec<Act> = requests.iter().map(|(method, path, body)| act_in(method, path, body)).collect();
    told(Configuration::default(), &acts).iter().map(|response| (response.status().as_u16(), json_of(response))).collect()
}

pub const CODE: &str = r#"{"exec":{"kind":"nodejs:default","code":"function main() {}"}}"#;

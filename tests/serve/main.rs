//! The example server over TCP.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at what should not be"
)]

#[path = "../examples/serve/server/mod.rs"]
mod server;

use server::{Api, Live, bind, serve};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::rc::Rc;
use std::sync::mpsc;
use std::time::Duration;
use whiskscope::cluster::Configuration;
use whiskscope::cluster::place::StoreKind;
use whiskscope::http::openwhisk::authorization;
use whiskscope::recording::Run;

struct Served {
    openwhisk: SocketAddr,
    couchdb: SocketAddr,
    elasticsearch: SocketAddr,
}

/// A server of its own on ports that are free, at a hundred times the clock. It ends with the process.
fn start(store: StoreKind) -> Served {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let run = Run::new(Configuration::default().bound_to(store), 7, Vec::new());
        let live = Live::new(&run, 100.0).unwrap();
        assert!(live.age_secs() > 1.0);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        tokio::task::LocalSet::new().block_on(&runtime, async move {
            let mut bound = Vec::new();
            for api in [Api::OpenWhisk, Api::CouchDb, Api::Elasticsearch] {
                assert!(!api.name().is_empty());
                let listener = bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
                bound.push(listener.local_addr().unwrap());
                tokio::task::spawn_local(serve(Rc::clone(&live), api, listener));
            }
            sender.send(Served { openwhisk: bound[0], couchdb: bound[1], elasticsearch: bound[2] }).unwrap();
            live.drive().await;
        });
    });
    receiver.recv().unwrap()
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_secs(20))).build().into()
}

fn get(url: &str, key: Option<&str>) -> (u16, String) {
    let mut request = agent().get(url);
    if let Some(key) = key {
        request = request.header("Authorization", key);
    }
    let mut response = request.call().unwrap();
    (response.status().as_u16(), response.body_mut().read_to_string().unwrap())
}

/// Writes to a connection and reads until the other side has closed it, or nothing comes any more.
fn raw(address: SocketAddr, text: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(2_000))).unwrap();
    stream.write_all(text).unwrap();
    let mut answer = Vec::new();
    let mut buffer = [0; 4_096];
    while let Ok(count @ 1..) = stream.read(&mut buffer) {
        answer.extend_from_slice(&buffer[..count]);
    }
    String::from_utf8_lossy(&answer).into_owned()
}

const ADMIN: &str = "Basic d2hpc2tfYWRtaW46c29tZV9wYXNzdzByZA==";

#[test]
fn couchdb_and_elasticsearch_answer() {
    let served = start(StoreKind::Elasticsearch);
    let (status, body) = get(&format!("http://{}/_all_dbs", served.couchdb), Some(ADMIN));
    assert!(status == 200 && body.contains("whisk_local_activations"), "{status} {body}");
    let (status, body) = get(&format!("http://{}/_cat/indices?v", served.elasticsearch), None);
    assert!(status == 200 && body.starts_with("health status index"), "{status} {body}");
}

#[test]
fn openwhisk_invokes_lists_and_gets() {
    let served = start(StoreKind::CouchDb);
    let (key, url) = (authorization("guest"), format!("http://{}/api/v1/namespaces/_", served.openwhisk));
    let invoke = agent().post(format!("{url}/actions/hello?blocking=true")).header("Authorization", &key);
    let mut response = invoke.header("Content-Type", "application/json").send("{}").unwrap();
    assert_eq!(response.status(), 200);
    let record: serde_json::Value = serde_json::from_str(&response.body_mut().read_to_string().unwrap()).unwrap();
    let id = record["activationId"].as_str().unwrap();
    std::thread::sleep(Duration::from_millis(100));
    let (status, body) = get(&format!("{url}/activations/{id}"), Some(&key));
    assert!(status == 200 && body.contains(id), "{status} {body}");
    get(&format!("{url}/activations"), Some(&key));
    std::thread::sleep(Duration::from_millis(100));
    let (status, body) = get(&format!("{url}/activations"), Some(&key));
    assert!(status == 200 && body.contains(id), "{status} {body}");
    assert_eq!(get(&format!("{url}/activations"), None).0, 401);
}

#[test]
fn a_connection_takes_several_requests() {
    let served = start(StoreKind::CouchDb);
    let again = "GET /_up HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let last = "GET /_up HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let answer = raw(served.couchdb, format!("{again}{again}{last}").as_bytes());
    assert_eq!(answer.matches("HTTP/1.1 200").count(), 3, "{answer}");
}

#[test]
fn head_has_no_body_and_what_is_malformed_is_400() {
    let served = start(StoreKind::CouchDb);
    let answer = raw(served.elasticsearch, b"HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200") && body.is_empty(), "{answer}");
    for address in [served.openwhisk, served.couchdb, served.elasticsearch] {
        let answer = raw(address, b"this is no request\r\n\r\n");
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    }
}

#[test]
fn a_body_that_is_too_large_is_413_in_its_systems_shape() {
    let served = start(StoreKind::CouchDb);
    for (address, length, shape) in [
        (served.openwhisk, 9_000_000, "\"code\":"),
        (served.couchdb, 1_100_000, "\"reason\":"),
        (served.elasticsearch, 1_100_000, "\r\n\r\n"),
    ] {
        let head = format!("POST /_bulk HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
        // The answer comes before the body: its length is enough to know.
        let answer = raw(address, format!("{head}{{").as_bytes());
        assert!(answer.starts_with("HTTP/1.1 413") && answer.contains(shape), "{answer}");
    }
}

#[test]
fn many_clients_are_served_at_once() {
    let served = start(StoreKind::CouchDb);
    let url = format!("http://{}/", served.couchdb);
    let clients: Vec<_> = (0..20)
        .map(|_| {
            let url = url.clone();
            std::thread::spawn(move || (0..5).map(|_| get(&url, None).0).collect::<Vec<u16>>())
        })
        .collect();
    for client in clients {
        assert_eq!(client.join().unwrap(), [200; 5]);
    }
}

#[test]
fn a_port_that_is_taken_is_a_clear_error() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let error = runtime.block_on(bind(taken.local_addr().unwrap())).unwrap_err();
    assert!(error.starts_with("cannot listen on 127.0.0.1:"), "{error}");
}

//! The example server over TCP.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at what should not be"
)]

#[path = "../../examples/serve/options.rs"]
mod options;
#[path = "../../examples/serve/run.rs"]
mod run;
#[path = "../../examples/serve/server/mod.rs"]
mod server;

mod by_hand;
mod clients;
mod malformed;
mod whole;

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
            let (stop, stopped) = tokio::sync::watch::channel(false);
            for api in Api::ALL {
                let listener = bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
                bound.push(listener.local_addr().unwrap());
                tokio::task::spawn_local(serve(Rc::clone(&live), api, listener, stopped.clone()));
            }
            sender.send(Served { openwhisk: bound[0], couchdb: bound[1], elasticsearch: bound[2] }).unwrap();
            live.drive().await;
            drop(stop);
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

/// Sends a request on a connection of its own: the status, the headers in small letters, and the body by its length.
fn raw_request(address: SocketAddr, request: &[u8]) -> (u16, String, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.write_all(request).unwrap();
    answer_on(&mut stream, request.starts_with(b"HEAD "))
}

/// Reads one answer, and nothing behind it.
fn answer_on(stream: &mut TcpStream, is_head: bool) -> (u16, String, String) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        assert_eq!(stream.read(&mut byte).unwrap(), 1, "the connection ends: {}", String::from_utf8_lossy(&head));
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap().to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length = length.map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; if is_head { 0 } else { length }];
    stream.read_exact(&mut body).unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), head, String::from_utf8(body).unwrap())
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

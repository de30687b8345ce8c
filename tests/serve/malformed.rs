//! What is no HTTP request, or too much of one, in each system's own shape.

use super::{ADMIN, Served, answer_on, raw, raw_request, start};
use std::io::Write;
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};
use whiskscope::cluster::place::StoreKind;

fn exception(kind: &str, reason: &str) -> String {
    let cause = serde_json::json!({ "type": kind, "reason": reason });
    let (kind, reason) = (cause["type"].to_string(), cause["reason"].to_string());
    let fields = format!("\"type\":{kind},\"reason\":{reason}");
    format!("{{\"error\":{{\"root_cause\":[{{{fields}}}],{fields}}},\"status\":400}}")
}

#[test]
fn what_is_no_request_is_refused_in_the_words_of_the_library_underneath() {
    let Served { openwhisk, couchdb, elasticsearch } = start(StoreKind::CouchDb);
    let check = |at: SocketAddr, request: &str, status: u16, body: &str| {
        let (found, headers, answer) = raw_request(at, request.as_bytes());
        let start: String = request.chars().take(60).collect();
        assert_eq!((found, answer.as_str()), (status, body), "{start:?}");
        let kind =
            if at == openwhisk { "content-type: text/plain; charset=utf-8" } else { "content-type: application/json; charset=utf-8" };
        assert!(headers.contains(kind) || at == couchdb && !headers.contains("content-type"), "{headers}");
        // Nothing may follow.
        assert!(raw(at, request.as_bytes()).ends_with(body), "{start:?}");
    };
    let illegal = "illegal_argument_exception";
    let long = format!("GET /{} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "a".repeat(9_000));
    let endless = format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(70_000));
    let heavy = format!("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: {}\r\n\r\n", "a".repeat(9_000));
    let huge = format!("GET / HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "a".repeat(900_000));
    let many = format!("GET / HTTP/1.1\r\nHost: x\r\n{}\r\n", "X: a\r\n".repeat(200));
    let line = exception("too_long_frame_exception", "An HTTP line is larger than 4096 bytes.");
    let header = exception("too_long_frame_exception", "HTTP header is larger than 8192 bytes.");
    let uri = "URI length exceeds the configured limit of 2048 characters";
    let value = "HTTP header value exceeds the configured limit of 8192 characters";
    for (request, pekko, netty) in [
        ("this is no request\r\n\r\n", (501, "Unsupported HTTP method"), exception(illegal, "invalid version format: NO REQUEST")),
        ("\u{16}\u{3}\u{1} a HTTP/1.1\r\n\r\n", (400, "Unsupported HTTP method"), exception(illegal, "the request cannot be read")),
        ("GET / HTTP/3.0\r\n\r\n", (505, ""), exception(illegal, "invalid version format: HTTP/3.0")),
        ("GET nowhere HTTP/1.1\r\n\r\n", (400, "Illegal request-target"), exception(illegal, "the request cannot be read")),
        (
            "GET / HTTP/1.1\r\nHost: x\r\nA b: c\r\n\r\n",
            (400, "Illegal character ' ' in header name"),
            exception(illegal, "the header name [A b] has a letter that none may have"),
        ),
        (
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1x\r\n\r\n",
            (400, "Illegal `Content-Length` header value"),
            exception("number_format_exception", "For input string: \"1x\""),
        ),
        (&long, (414, uri), line.clone()),
        (&endless, (414, uri), line),
        (&heavy, (431, value), header.clone()),
        (&huge, (431, value), header.clone()),
        (&many, (400, "HTTP message contains more than the configured limit of 64 headers"), header),
    ] {
        check(openwhisk, request, pekko.0, pekko.1);
        check(couchdb, request, 400, "");
        check(elasticsearch, request, 400, &netty);
    }
    check(openwhisk, "PROPFIND / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 501, "Unsupported HTTP method");
    check(openwhisk, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "Request is missing required `Host` header");
}

#[test]
fn more_headers_than_a_run_holds_are_refused() {
    let Served { couchdb, elasticsearch, .. } = start(StoreKind::CouchDb);
    let many = format!("GET / HTTP/1.1\r\nHost: x\r\n{}\r\n", "X: a\r\n".repeat(80));
    let (status, _, body) = raw_request(couchdb, many.as_bytes());
    assert_eq!((status, body.as_str()), (400, "{\"error\":\"bad_request\",\"reason\":\"WhiskScope takes 64 headers\"}\n"));
    let (status, _, body) = raw_request(elasticsearch, many.as_bytes());
    let reason = "WhiskScope does not simulate requests with more than 64 headers.";
    assert_eq!((status, body), (400, exception("whiskscope_not_simulated", reason)));
}

#[test]
fn other_methods_are_not_allowed() {
    let Served { openwhisk, couchdb, elasticsearch } = start(StoreKind::CouchDb);
    for method in ["PATCH", "TRACE"] {
        let key = whiskscope::http::openwhisk::authorization("guest");
        let request = format!("{method} /api/v1/namespaces/_/actions/a HTTP/1.1\r\nHost: x\r\nAuthorization: {key}\r\n\r\n");
        let (status, headers, body) = raw_request(openwhisk, request.as_bytes());
        assert!(status == 405 && headers.contains("allow: put, get, delete, post") && body.contains("HTTP method not allowed"), "{body}");
    }
    let (status, headers, body) = raw_request(couchdb, b"PROPFIND / HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_eq!((status, body.as_str()), (405, "{\"error\":\"method_not_allowed\",\"reason\":\"Only GET,HEAD allowed\"}\n"));
    assert!(headers.contains("allow: get,head"));
    let (status, _, body) = raw_request(elasticsearch, b"PROPFIND /a HTTP/1.1\r\nHost: x\r\n\r\n");
    assert!(status == 405 && body.contains("Unexpected http method: PROPFIND"), "{body}");
}

#[test]
fn percent_signs_that_stand_for_nothing_are_refused() {
    let Served { openwhisk, couchdb, elasticsearch } = start(StoreKind::CouchDb);
    let key = whiskscope::http::openwhisk::authorization("guest");
    let get = |at, target: &str| {
        let request = format!("GET {target} HTTP/1.1\r\nHost: x\r\nAuthorization: {}\r\n\r\n", if at == openwhisk { &key } else { ADMIN });
        let (status, _, body) = raw_request(at, request.as_bytes());
        (status, body)
    };
    let (status, body) = get(openwhisk, "/api/v1/namespaces/_/actions?limit=%zz");
    assert!(status == 400 && body.contains("illegal characters"), "{body}");
    let (status, body) = get(couchdb, "/_all_dbs?a=%z");
    assert_eq!((status, body.as_str()), (400, "{\"error\":\"bad_request\",\"reason\":\"invalid_url_encoding\"}\n"));
    for (target, kind, reason) in [
        ("/a?q=%", "bad_parameter_exception", "java.lang.IllegalArgumentException: unterminated escape sequence at end of string: %"),
        ("/a?q=1%2", "bad_parameter_exception", "java.lang.IllegalArgumentException: partial escape sequence at end of string: 1%2"),
        ("/a/_doc/%zz", "illegal_argument_exception", "invalid escape sequence `%zz' at index 0 of: %zz"),
    ] {
        let (status, body) = get(elasticsearch, target);
        let answer: serde_json::Value = serde_json::from_str(&body).unwrap();
        let error = &answer["error"];
        assert_eq!((status, error["type"].as_str(), error["reason"].as_str()), (400, Some(kind), Some(reason)), "{body}");
        assert_eq!(error["root_cause"][0]["type"], kind);
    }
}

fn post(at: SocketAddr, path: &str, headers: &str, body: &[u8]) -> (u16, String) {
    let key = whiskscope::http::openwhisk::authorization("guest");
    let who = if path.starts_with("/api") { key.as_str() } else { ADMIN };
    let head = format!("POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: {who}\r\nContent-Type: application/json\r\n{headers}\r\n");
    let mut stream = TcpStream::connect(at).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    // Whoever is refused early may have closed its side already.
    let _ = stream.write_all(body);
    let (status, _, answer) = answer_on(&mut stream, false);
    (status, answer)
}

#[test]
fn bodies_are_refused_in_each_systems_shape() {
    let Served { openwhisk, couchdb, elasticsearch } = start(StoreKind::CouchDb);
    let (whisk, docs, bulk) = ("/api/v1/namespaces/_/actions/hello", "/whisk_local_activations", "/_bulk");
    let no_text = [b'"', 0xff, b'"'];
    let (status, body) = post(openwhisk, whisk, "Content-Length: 3\r\n", &no_text);
    assert!(status == 400 && body.contains("The request content was malformed:"), "{body}");
    let (status, body) = post(couchdb, docs, "Content-Length: 3\r\n", &no_text);
    assert_eq!((status, body.as_str()), (400, "{\"error\":\"bad_request\",\"reason\":\"invalid UTF-8 JSON\"}\n"));
    let (status, body) = post(elasticsearch, bulk, "Content-Length: 3\r\n", &no_text);
    assert_eq!((status, body), (400, exception("json_parse_exception", "Invalid UTF-8")));

    let badly = b"zz\r\nhello\r\n0\r\n\r\n";
    let (status, body) = post(openwhisk, whisk, "Transfer-Encoding: chunked\r\n", badly);
    assert!(status == 400 && body.contains("the body is not in chunks") && body.contains("\"code\""), "{body}");
    let (status, body) = post(couchdb, docs, "Transfer-Encoding: chunked\r\n", badly);
    assert!(status == 400 && body.contains("\"bad_request\""), "{body}");
    let (status, body) = post(elasticsearch, bulk, "Transfer-Encoding: chunked\r\n", badly);
    assert!(status == 400 && body.contains("\"root_cause\""), "{body}");
}

#[test]
fn a_body_that_is_too_large_is_413_in_its_systems_shape() {
    let Served { openwhisk, couchdb, elasticsearch } = start(StoreKind::CouchDb);
    let whisk = "/api/v1/namespaces/_/actions/hello";
    for (at, path, length, shape) in [
        (openwhisk, whisk, 9_000_000, "\"code\":"),
        (couchdb, "/whisk_local_activations", 1_100_000, "{\"error\":\"too_large\",\"reason\":"),
        (elasticsearch, "/_bulk", 1_100_000, "{\"error\":{\"root_cause\":[{\"type\":\"whiskscope_not_simulated\""),
    ] {
        // The answer comes before the body: its length is enough to know.
        let (status, body) = post(at, path, &format!("Content-Length: {length}\r\n"), b"{");
        assert!(status == 413 && body.contains(shape), "{body}");
        let (status, body) = post(at, path, &format!("Content-Length: {length}\r\n"), &vec![b' '; length]);
        assert!(status == 413 && body.contains(shape), "{body}");
        let chunk = format!("10000\r\n{}\r\n", " ".repeat(65_536));
        let chunks = format!("{}0\r\n\r\n", chunk.repeat(length / 65_536 + 1));
        let (status, body) = post(at, path, "Transfer-Encoding: chunked\r\n", chunks.as_bytes());
        assert!(status == 413 && body.contains(shape), "{body}");
    }
    // Over a megabyte and read all the same: OpenWhisk's own refusal.
    let (status, body) = post(openwhisk, whisk, "Content-Length: 1100000\r\n", &vec![b' '; 1_100_000]);
    assert!(status == 413 && body.contains("1100000 > 1048576 bytes"), "{body}");
}

fn packed(text: &str) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(text.as_bytes()).unwrap();
    packer.finish().unwrap()
}

#[test]
fn packed_bodies_are_unpacked_where_they_are_in_reality() {
    let Served { openwhisk, couchdb, elasticsearch } = start(StoreKind::CouchDb);
    let header = |body: &[u8]| format!("Content-Encoding: gzip\r\nContent-Length: {}\r\n", body.len());
    let body = packed("{\"index\":{\"_index\":\"a\",\"_type\":\"b\",\"_id\":\"1\"}}\n{\"x\":1}\n");
    let (status, answer) = post(elasticsearch, "/_bulk", &header(&body), &body);
    assert!(status == 200 && answer.contains("\"errors\":false"), "{answer}");
    let body = packed("{\"_id\":\"packed\",\"x\":1}");
    let (status, answer) = post(couchdb, "/whisk_local_activations", &header(&body), &body);
    assert!(status == 201 && answer.contains("\"packed\""), "{answer}");
    let (status, answer) = post(openwhisk, "/api/v1/namespaces/_/actions/hello", &header(&body), &body);
    assert!(status == 400 && answer.contains("malformed"), "{answer}");
    // What would be large once it is unpacked, and what is not packed.
    let body = packed(&" ".repeat(2_000_000));
    assert_eq!(post(elasticsearch, "/_bulk", &header(&body), &body).0, 413);
    assert_eq!(post(couchdb, "/whisk_local_activations", &header(b"{}"), b"{}").0, 400);
}

#[test]
fn a_head_has_the_headers_of_a_get_and_no_body() {
    let Served { openwhisk, couchdb, elasticsearch } = start(StoreKind::CouchDb);
    for (at, path) in [(openwhisk, "/api/v1"), (couchdb, "/"), (elasticsearch, "/"), (couchdb, "/nothing"), (elasticsearch, "/nothing")] {
        let ask = |method: &str| raw(at, format!("{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").as_bytes());
        let (head, get) = (ask("HEAD"), ask("GET"));
        let (headers, body) = head.split_once("\r\n\r\n").unwrap();
        assert!(body.is_empty(), "{head}");
        let kind = |text: &str| text.to_ascii_lowercase().lines().next().unwrap().to_owned();
        assert_eq!(kind(headers), kind(&get), "{path}");
    }
}

#[test]
fn a_slow_client_keeps_nobody_waiting() {
    let Served { couchdb, .. } = start(StoreKind::CouchDb);
    let mut slow: Vec<TcpStream> = (0..50).map(|_| TcpStream::connect(couchdb).unwrap()).collect();
    for stream in &mut slow {
        stream.write_all(b"POST /whisk_local_activations HTTP/1.1\r\nHost: x\r\nContent-Le").unwrap();
    }
    let before = Instant::now();
    for _ in 0..10 {
        assert_eq!(raw_request(couchdb, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").0, 200);
    }
    assert!(before.elapsed() < Duration::from_secs(20));
    for (nth, stream) in slow.iter_mut().enumerate() {
        let rest = format!("ngth: 2\r\nContent-Type: application/json\r\nAuthorization: {ADMIN}\r\n\r\n");
        for piece in rest.as_bytes().chunks(40) {
            stream.write_all(piece).unwrap();
        }
        // Half of them give up here.
        if nth % 2 == 0 {
            stream.write_all(b"{}").unwrap();
            let (status, _, body) = answer_on(stream, false);
            assert!(status == 201, "{body}");
        }
    }
}

#[test]
fn requests_sent_at_once_are_answered_in_turn() {
    let Served { openwhisk, couchdb, elasticsearch } = start(StoreKind::Elasticsearch);
    for at in [openwhisk, couchdb, elasticsearch] {
        let mut stream = TcpStream::connect(at).unwrap();
        let one = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
        stream.write_all(format!("{}{}{}{}", one("/a"), one("/"), "GET / HTTP/9.9\r\n\r\n", one("/")).as_bytes()).unwrap();
        let first = answer_on(&mut stream, false);
        let second = answer_on(&mut stream, false);
        let third = answer_on(&mut stream, false);
        assert_eq!(third.0, if at == openwhisk { 505 } else { 400 }, "{third:?}");
        assert!(first.2 != second.2 && third.1.contains("connection: close"), "{first:?} {second:?}");
    }
}

//! What the targets have in common: a cluster that has booted and run something, and requests made of bytes.

use http::{Request, Response};
use whiskscope::cluster::place::StoreKind;
use whiskscope::cluster::{Act, Command, Configuration, CurlOutput, StepLog, Wait, WireRequest, World};
use whiskscope::http::openwhisk::{Routed, authorization, read};
use whiskscope::recording::Run;
use whiskscope::time::{Instant, Span};

/// Longer ones say nothing new.
const BYTES_MAX: usize = 4_096;
/// Enough for any answer but those of blocking calls, which may take a minute.
const WAIT: Span = Span::from_secs(70);

/// A cluster bound to this store, with some records.
pub fn world(store: StoreKind) -> World {
    let configuration = Configuration { store, ..Configuration::default() };
    let mut commands = Vec::new();
    for second in 3..6 {
        let act = Act::Invoke {
            namespace: "guest".to_owned(),
            action: "hello".to_owned(),
            wait: Wait::Blocking,
            count: 2,
            gap_us: 1_000,
            extra_logging: false,
            timeout_ms: None,
        };
        commands.push(Command::new(Instant::from_millis(second * 1_000), "guest", act, &commands));
    }
    let mut world = Run::new(configuration, 7, commands).world();
    world.advance(Instant::from_millis(20_000), &mut StepLog::default());
    world
}

/// `METHOD target`, then headers, an empty line and a body. A body is JSON unless it says otherwise, and `key` stands for who asks.
pub fn request(bytes: &[u8], key: &str) -> Option<Request<Vec<u8>>> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= BYTES_MAX)?;
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let (method, target) = lines.next()?.split_once(' ')?;
    let mut builder = Request::builder().method(method).uri(target);
    for line in lines {
        let (name, value) = line.split_once(':')?;
        builder = builder.header(name.trim(), value.trim());
    }
    let mut request = builder.body(body.as_bytes().to_vec()).ok()?;
    let headers = request.headers_mut();
    headers.entry("authorization").or_insert(key.parse().ok()?);
    headers.entry("content-type").or_insert("application/json".parse().ok()?);
    Some(request)
}

/// Asks a store, and checks that it answers.
pub fn ask_store(world: &World, store: StoreKind, request: &Request<Vec<u8>>) {
    let Ok(wire) = WireRequest::of_http(request) else { return };
    let act = Act::Ask { store, request: wire, output: CurlOutput::default() };
    if let Some(answer) = told(world, "guest", act) {
        check(&answer, request.method().as_str());
    }
}

/// Asks OpenWhisk, and checks that it answers.
pub fn ask_openwhisk(world: &World, request: &Request<Vec<u8>>) {
    let routed = read(request, world.catalogue());
    if let Some(answer) = routed.response("tid") {
        return check(&answer, "GET");
    }
    if let Routed::Act { user, act } = routed
        && let Some(answer) = told(world, &user, act)
    {
        check(&answer, "GET");
    }
}

pub fn key() -> String {
    authorization("guest")
}

/// The administrator of the local deployment's CouchDB.
pub const ADMIN: &str = "Basic d2hpc2tfYWRtaW46c29tZV9wYXNzdzByZA==";

/// Gives a command that a run may have; nothing for others.
fn told(world: &World, user: &str, act: Act) -> Option<Response<Vec<u8>>> {
    let command = Command::new(Instant::START, user, act.clone(), &[]);
    let configuration = world.setup().configuration.clone();
    Run::new(configuration, 7, vec![command]).check().ok()?;
    let mut world = world.clone();
    let mut log = StepLog::default();
    let exchange = world.give_now(user, act, &mut log);
    world.advance(world.now() + WAIT, &mut log);
    let exchange = exchange.and_then(|exchange| world.exchange(exchange)).expect("it is asked");
    assert!(exchange.answered.is_some(), "it is answered");
    Some(whiskscope::http::answer(&world, exchange).expect("an answer"))
}

fn check(answer: &Response<Vec<u8>>, method: &str) {
    let kind = answer.headers().get("content-type").map(|kind| kind.to_str().expect("visible letters"));
    if kind.is_some_and(|kind| kind.starts_with("application/json")) && method != "HEAD" {
        serde_json::from_slice::<serde_json::Value>(answer.body()).expect("JSON");
    }
    std::str::from_utf8(answer.body()).expect("UTF-8");
}

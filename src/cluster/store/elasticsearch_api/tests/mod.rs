//! The API against a store with records of every kind.

mod administration;
mod errors;
#[cfg(not(target_arch = "wasm32"))]
mod hostile;
mod openwhisk;
mod reading;
mod searches;
mod writing;

use crate::activation::{
    Action, ActivationId, Appendix, AppendixIx, Behaviour, BindingId, Body, Catalogue, Library, LogLine, Logs, Namespace, NamespaceId,
    Origin, PackageBinding, Particulars, Record, Rule, SequenceEnd, Status, Stream, Trigger,
};
use crate::chance::Chance;
use crate::chunked::Chunked;
use crate::cluster::Configuration;
use crate::cluster::store::elasticsearch::Elasticsearch;
use crate::cluster::store::{ActivationStore, Effects, Setting, StoreTimer};
use crate::time::{Epoch, Instant};
use ::http::{Request, Response};
use serde_json::Value;

/// 2024-12-26T08:00:00Z.
const EPOCH: u64 = 1_735_200_000_000;

fn catalogue() -> Catalogue {
    let log = vec![LogLine { stream: Stream::Stdout, text: "Hello Log".to_owned() }];
    let behaviour = Behaviour { result: Body::Json(serde_json::json!({ "msg": "hi" })), log, ..Behaviour::nothing() };
    let hello = Action::new("guest", "hello", behaviour.clone());
    let world = Action::new("guest", "hello-world", behaviour.clone());
    let tool = Action { package: "tools".to_owned(), ..Action::new("team", "hello", behaviour) };
    let pair = Action::sequence("guest", "pair", &["hello", "/team/tools/hello"]);
    let rule = Rule { name: "every".to_owned(), action: "hello".to_owned(), active: false };
    let tick = Trigger { namespace: "guest".to_owned(), name: "tick".to_owned(), rules: vec![rule] };
    let [namespace, name, provider, package] = ["guest", "bound", "team", "tools"].map(str::to_owned);
    let binding = PackageBinding { namespace, name, provider, package };
    Catalogue::new(&[Namespace::new("guest"), Namespace::new("team")], &[hello, world, tool, pair]).with(&[tick], &[binding])
}

/// A store, and what it is asked in.
struct Site {
    store: Elasticsearch,
    configuration: Configuration,
    catalogue: Catalogue,
    appendices: Chunked<Appendix>,
    names: Vec<String>,
    now: Instant,
    effects: Effects,
}

/// The number that the id of a record ends in.
const HELLO: u128 = 1;
const FAILED: u128 = 2;
const WORLD: u128 = 3;
const COMPONENT: u128 = 4;
const PAIR: u128 = 5;
const TICK: u128 = 6;
const GONE: u128 = 7;
const UNSTARTED: u128 = 8;
const TEAMS: u128 = 9;

impl Site {
    fn new() -> Self {
        let (configuration, catalogue) = (Configuration { epoch_ms: Epoch(EPOCH), ..Configuration::default() }, catalogue());
        let store = Elasticsearch::new(&configuration, &catalogue);
        let appendix = |particulars, cause| Appendix { cause, particulars };
        let mut appendices = Chunked::default();
        appendices.push(appendix(Particulars::None, Some(ActivationId(PAIR))));
        let end = SequenceEnd { components: vec![ActivationId(COMPONENT)], memory_mb: Some(256), last: None, failure: None };
        appendices.push(appendix(Particulars::Sequence(end), None));
        appendices.push(appendix(Particulars::Rules(Vec::new()), None));
        let names = ["hello", "hello-world", "pair", "bound/hello", "tick", "nothing", "tools/hello"].map(str::to_owned).to_vec();
        Self { store, configuration, catalogue, appendices, names, now: Instant::from_millis(1_000), effects: Effects::default() }
    }

    /// One with a record of each kind, a second apart, all of them searchable.
    fn full() -> Self {
        let mut site = Self::new();
        let list: Vec<Record> =
            [HELLO, FAILED, WORLD, COMPONENT, PAIR, TICK, GONE, UNSTARTED, TEAMS].map(|number| site.record(number)).to_vec();
        site.write(&list);
        site.refresh_all();
        site
    }

    fn record(&self, number: u128) -> Record {
        let [hello, world] = ["hello", "hello-world"].map(|name| self.catalogue.action_named("guest", name).unwrap());
        let start_ms = EPOCH + number as u64 * 1_000;
        let plain = Record {
            id: ActivationId(number),
            namespace: NamespaceId(0),
            action: hello,
            start_ms,
            end_ms: start_ms + number as u64 * 10,
            duration_ms: number as u32 * 10,
            wait_ms: 78,
            init_ms: Some(42),
            status: Status::Success,
            timed_out: false,
            logs: Logs::Collected,
            updated_ms: start_ms + 100,
            origin: Origin::Run,
            binding: None,
            appendix: None,
        };
        let bare = Record { logs: Logs::None, init_ms: None, ..plain };
        let tool = self.catalogue.action_named("team", "tools/hello").unwrap();
        match number {
            HELLO => plain,
            FAILED => Record { status: Status::ApplicationError, timed_out: true, init_ms: None, ..plain },
            WORLD => Record { action: world, logs: Logs::Failed, ..plain },
            COMPONENT => Record { action: tool, binding: Some(BindingId(0)), appendix: AppendixIx::new(0), ..bare },
            PAIR => Record {
                action: self.catalogue.action_named("guest", "pair").unwrap(),
                origin: Origin::Sequence { topmost: true },
                appendix: AppendixIx::new(1),
                ..bare
            },
            TICK => Record {
                action: self.catalogue.trigger_named("guest", "tick").unwrap(),
                origin: Origin::Trigger,
                appendix: AppendixIx::new(2),
                end_ms: 0,
                duration_ms: 0,
                wait_ms: 0,
                ..bare
            },
            GONE => Record { origin: Origin::ActionGone, status: Status::ApplicationError, duration_ms: 0, ..bare },
            UNSTARTED => Record { origin: Origin::ContainerFailed, status: Status::WhiskInternalError, ..bare },
            _ => Record { namespace: NamespaceId(1), action: tool, ..bare },
        }
    }

    fn with<T>(&mut self, work: impl FnOnce(&mut Elasticsearch, &Setting<'_>, Library<'_>, &mut Effects) -> T) -> T {
        let Self { store, configuration, catalogue, appendices, names, effects, .. } = self;
        let setting = Setting { configuration, catalogue, chance: Chance { seed: 1 }, names };
        work(store, &setting, Library { catalogue, appendices }, effects)
    }

    fn write(&mut self, records: &[Record]) {
        let writes: Vec<(Record, u32)> = records.iter().map(|record| (*record, record.id.0 as u32)).collect();
        let now = self.now;
        self.with(|store, setting, _, effects| store.write(setting, &writes, now, effects));
    }

    /// Every timer that is due by then.
    fn advance(&mut self, until: Instant) {
        while let Some(place) = self.effects.timers.iter().position(|(_, at)| *at <= until) {
            let (timer, at) = self.effects.timers.remove(place);
            self.with(|store, setting, _, effects| store.timer(setting, timer, at, effects));
        }
        self.now = until;
    }

    fn refresh_all(&mut self) {
        self.advance(self.now + crate::time::Span::from_secs(1));
    }

    fn send(&mut self, method: &str, target: &str, body: &str, kind: Option<&str>) -> Response<Vec<u8>> {
        let mut request = Request::builder().method(method).uri(target);
        if let Some(kind) = kind {
            request = request.header("content-type", kind);
        }
        let (request, now) = (request.body(body.as_bytes().to_vec()).unwrap(), self.now);
        self.with(|store, setting, library, effects| store.serve(setting, library, &request, now, effects))
    }

    fn text(&mut self, method: &str, target: &str, body: &str) -> (u16, String) {
        let response = self.send(method, target, body, Some("application/json"));
        (response.status().as_u16(), String::from_utf8(response.into_body()).unwrap())
    }

    fn json(&mut self, method: &str, target: &str, body: &str) -> (u16, Value) {
        let (status, text) = self.text(method, target, body);
        (status, serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}")))
    }

    /// The numbers of the records that a search of all indexes finds, in its order.
    fn found(&mut self, query: &str) -> Vec<u128> {
        let (status, answer) = self.json("POST", "/_search?size=50", &format!("{{\"query\":{query}}}"));
        assert_eq!(status, 200, "{query}: {answer}");
        numbers(&answer)
    }
}

/// The numbers of the records of an answer's hits.
fn numbers(answer: &Value) -> Vec<u128> {
    let hits = answer["hits"]["hits"].as_array().unwrap();
    hits.iter().map(|hit| u128::from_str_radix(hit["_id"].as_str().unwrap().split('/').next_back().unwrap(), 16).unwrap()).collect()
}

fn id(number: u128) -> String {
    format!("guest/{number:032x}")
}

/// The same in a path.
fn path_id(number: u128) -> String {
    id(number).replace('/', "%2F")
}

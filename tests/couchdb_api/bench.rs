//! A CouchDB by itself, with records that tests put there.

use serde_json::Value;
use whiskscope::activation::*;
use whiskscope::chance::{Chance, Identity};
use whiskscope::chunked::Chunked;
use whiskscope::cluster::Configuration;
use whiskscope::cluster::store::couchdb_api::Served;
use whiskscope::cluster::store::{ActivationStore, Context, CouchDb, Effects, Setting};
use whiskscope::time::{Instant, Span};

pub const DATABASE: &str = "whisk_local_activations";
pub const ADMIN: &str = "whisk_admin:some_passw0rd";

pub struct Bench {
    configuration: Configuration,
    pub catalogue: Catalogue,
    names: Vec<String>,
    pub appendices: Chunked<Appendix>,
    pub couchdb: CouchDb,
    /// What the last request caused, timers apart: [`Bench::ask`] waits for these only where the request does.
    pub effects: Effects,
    /// `name:password` of who asks.
    pub user: Option<&'static str>,
    asked: u64,
    pub now: Instant,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub text: String,
    headers: ::http::HeaderMap,
    /// It waited for the update of a view.
    pub waited: bool,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The ids of the rows.
    pub fn ids(&self) -> Vec<String> {
        self.json()["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap_or("-").to_owned()).collect()
    }
}

impl Bench {
    /// `guest` and `team`, with a plain action, one in a package, a binding of that package, a sequence, a trigger, and nothing stored.
    pub fn new() -> Self {
        let behaviour = Behaviour {
            result: Body::Json(serde_json::json!({ "msg": "hi" })),
            log: vec![LogLine { stream: Stream::Stdout, text: "hi".to_owned() }],
            ..Behaviour::nothing()
        };
        let hello = Action::new("guest", "hello", behaviour.clone());
        let tool = Action { package: "tools".to_owned(), ..Action::new("team", "hello", behaviour.clone()) };
        let pair = Action::sequence("guest", "pair", &["hello", "/team/tools/hello"]);
        let health = Action::new("whisk.system", "invokerHealthTestAction0", Behaviour { log: Vec::new(), ..behaviour });
        let rule = Rule { name: "every".to_owned(), action: "hello".to_owned(), active: true };
        let tick = Trigger { namespace: "guest".to_owned(), name: "tick".to_owned(), rules: vec![rule] };
        let [namespace, name, provider, package] = ["guest", "bound", "team", "tools"].map(str::to_owned);
        let binding = PackageBinding { namespace, name, provider, package };
        let namespaces = ["guest", "team", "whisk.system", "Team"].map(Namespace::new);
        let catalogue = Catalogue::new(&namespaces, &[hello, tool, pair, health]).with(&[tick], &[binding]);
        let mut names: Vec<String> = catalogue.entities().map(Action::local_name).collect();
        names.push("bound/hello".to_owned());
        Self {
            configuration: Configuration::default(),
            catalogue,
            names,
            appendices: Chunked::default(),
            couchdb: CouchDb::new(),
            effects: Effects::default(),
            user: Some(ADMIN),
            asked: 0,
            now: Instant::from_millis(10_000),
        }
    }

    /// With `count` plain records of `guest`, a second apart, in the order of their ids.
    pub fn with_records(count: u128) -> Self {
        let mut bench = Self::new();
        for n in 1..=count {
            bench.store(record(n));
        }
        bench
    }

    pub fn store(&mut self, record: Record) {
        let setting =
            Setting { configuration: &self.configuration, catalogue: &self.catalogue, chance: Chance { seed: 7 }, names: &self.names };
        let number = u32::try_from(record.id.0 & 0xffff).unwrap();
        self.couchdb.write(&setting, &[(record, number)], self.now, &mut self.effects);
    }

    pub fn request(&self, method: &str, target: &str, body: &str) -> ::http::Request<Vec<u8>> {
        let mut request = ::http::Request::builder().method(method).uri(target).header("host", "couch.test:5984");
        if let Some(user) = self.user {
            request = request.header("authorization", format!("Basic {}", base64(user)));
        }
        if !body.is_empty() {
            request = request.header("content-type", "application/json");
        }
        request.body(body.as_bytes().to_vec()).unwrap()
    }

    pub fn ask(&mut self, method: &str, target: &str, body: &str) -> Reply {
        let request = self.request(method, target, body);
        self.send(&request)
    }

    /// `GET` of something in the activations database.
    pub fn get(&mut self, target: &str) -> Reply {
        self.ask("GET", &format!("/{DATABASE}/{target}"), "")
    }

    pub fn put(&mut self, id: &str, body: &str) -> Reply {
        self.ask("PUT", &format!("/{DATABASE}/{id}"), body)
    }

    pub fn send(&mut self, request: &::http::Request<Vec<u8>>) -> Reply {
        self.asked += 1;
        let identity = Identity(self.asked);
        let mut effects = Effects::default();
        let setting =
            Setting { configuration: &self.configuration, catalogue: &self.catalogue, chance: Chance { seed: 7 }, names: &self.names };
        let library = Library { catalogue: &self.catalogue, appendices: &self.appendices };
        let context = Context { setting: &setting, library, identity, now: self.now, has_waited: false };
        let served = self.couchdb.serve(context, request, &mut effects);
        let (response, waited) = match served {
            Served::Answer(response) => (response, false),
            Served::AfterUpdate(_) => {
                let wanted = self.couchdb.update_sequence();
                // One update may be under way that began before; then another is needed.
                for _ in 0..3 {
                    let timers: Vec<_> = self.effects.timers.drain(..).chain(effects.timers.drain(..)).collect();
                    for (timer, at) in timers {
                        self.couchdb.timer(&setting, timer, at, &mut self.effects);
                    }
                    match self.couchdb.serve(context, request, &mut effects) {
                        Served::Answer(_) => break,
                        Served::AfterUpdate(view) => {
                            let state = self.couchdb.views().iter().find(|state| state.view == view).unwrap();
                            assert!(state.sequence() < wanted, "an update that is done is not begun again");
                        }
                    }
                }
                match self.couchdb.serve(Context { has_waited: true, ..context }, request, &mut effects) {
                    Served::Answer(response) => (response, true),
                    Served::AfterUpdate(view) => panic!("{view:?} is never up to date"),
                }
            }
        };
        self.effects.steps.extend(effects.steps);
        self.effects.timers.extend(effects.timers);
        let (parts, body) = response.into_parts();
        Reply { status: parts.status.as_u16(), text: String::from_utf8(body).unwrap(), headers: parts.headers, waited }
    }

    /// Ends the updates of views that are under way.
    pub fn finish_updates(&mut self) {
        let setting =
            Setting { configuration: &self.configuration, catalogue: &self.catalogue, chance: Chance { seed: 7 }, names: &self.names };
        self.now += Span::from_millis(1_000);
        for (timer, at) in std::mem::take(&mut self.effects.timers) {
            self.couchdb.timer(&setting, timer, at, &mut self.effects);
        }
    }

    pub fn library(&self) -> Library<'_> {
        Library { catalogue: &self.catalogue, appendices: &self.appendices }
    }

    pub fn setting(&self) -> Setting<'_> {
        Setting { configuration: &self.configuration, catalogue: &self.catalogue, chance: Chance { seed: 7 }, names: &self.names }
    }
}

/// A plain run of `guest/hello`: number `n`, `n` seconds after the epoch of the tests, 57 ms long.
pub fn record(n: u128) -> Record {
    let start_ms = 1_735_200_000_000 + u64::try_from(n).unwrap() * 1_000;
    Record {
        id: ActivationId(0x3f1c_0000_0000_4000_8000_0000_0000_0000 + n),
        namespace: NamespaceId(0),
        action: ActionId(0),
        start_ms,
        end_ms: start_ms + 57,
        duration_ms: 56,
        wait_ms: 78,
        init_ms: Some(42),
        status: Status::Success,
        timed_out: false,
        logs: Logs::Collected,
        updated_ms: start_ms + 60,
        origin: Origin::Run,
        binding: None,
        appendix: None,
    }
}

/// The id of record `n` as a part of a path.
pub fn quoted(n: u128) -> String {
    format!("guest%2F{}", record(n).id)
}

pub fn key(n: u128) -> String {
    format!("guest/{}", record(n).id)
}

fn base64(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |bytes: &[u8]| {
        let bits = bytes.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - bytes.len()));
        let letters = (0..4).map(move |n| char::from(LETTERS[(bits >> (18 - 6 * n) & 63) as usize]));
        let padding = 3 - bytes.len();
        letters.take(4 - padding).chain(std::iter::repeat_n('=', padding)).collect::<String>()
    };
    text.as_bytes().chunks(3).map(group).collect()
}

/// What an error says.
pub fn problem(reply: &Reply) -> (u16, String, String) {
    let json = reply.json();
    let text = |name: &str| json[name].as_str().unwrap_or("-").to_owned();
    (reply.status, text("error"), text("reason"))
}

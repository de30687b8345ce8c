//! The command line.

use crate::server::Api;
use std::net::SocketAddr;
use whiskscope::cluster::Configuration;
use whiskscope::cluster::place::StoreKind;
use whiskscope::lesson::Lesson;
use whiskscope::recording::Run;

pub const USAGE: &str = "\
usage: serve [--store couchdb|elasticsearch] [--lesson FILE] [--openwhisk ADDRESS] [--couchdb ADDRESS] [--elasticsearch ADDRESS]
             [--speed N] [--record FILE]

Serves the simulated cluster over HTTP, in step with the clock, until Ctrl-C.
  --store          binds every process to this store; couchdb if neither this nor a lesson says otherwise
  --lesson         begins after the last command of this lesson, or of a run that was recorded; without it, with a cluster that has just
                   booted and an action hello in the namespace guest
  --openwhisk      where OpenWhisk's API listens: 127.0.0.1:3233 if not said
  --couchdb        the same for CouchDB: 127.0.0.1:5984
  --elasticsearch  the same for Elasticsearch: 127.0.0.1:9200. Port 0 is any that is free
  --speed          simulated seconds a second, 0.001 to 1000: 1 if not said
  --record         writes all that was asked to FILE in the end, as a run that --lesson and `cargo xtask replay` play again
Whoever can reach these addresses can do with the cluster as they like; it is simulated, and ends with this program.";

#[derive(Debug)]
pub struct Options {
    store: Option<StoreKind>,
    lesson: Option<String>,
    openwhisk: SocketAddr,
    couchdb: SocketAddr,
    elasticsearch: SocketAddr,
    /// Simulated seconds a second, 0.001 to 1000.
    pub speed: f64,
    pub record: Option<String>,
}

impl Options {
    /// `None` where help is asked for.
    pub fn read(mut words: impl Iterator<Item = String>) -> Result<Option<Self>, String> {
        let at = |port| SocketAddr::from(([127, 0, 0, 1], port));
        let (openwhisk, couchdb, elasticsearch) = (at(3_233), at(5_984), at(9_200));
        let mut options = Self { store: None, lesson: None, openwhisk, couchdb, elasticsearch, speed: 1.0, record: None };
        while let Some(word) = words.next() {
            let (name, inline) = match word.split_once('=') {
                Some((name, value)) if name.starts_with("--") => (name.to_owned(), Some(value.to_owned())),
                _ => (word, None),
            };
            if name == "--help" || name == "-h" {
                return Ok(None);
            }
            if !NAMES.contains(&name.as_str()) {
                return Err(format!("“{name}” is no option; --help lists them"));
            }
            let value = inline.or_else(|| words.next()).ok_or_else(|| format!("{name} needs a value"))?;
            match name.as_str() {
                "--store" => options.store = Some(store(&value)?),
                "--lesson" => options.lesson = Some(value),
                "--openwhisk" => options.openwhisk = address(&name, &value)?,
                "--couchdb" => options.couchdb = address(&name, &value)?,
                "--elasticsearch" => options.elasticsearch = address(&name, &value)?,
                "--speed" => options.speed = speed(&value)?,
                _ => options.record = Some(value),
            }
        }
        Ok(Some(options))
    }

    pub const fn address(&self, api: Api) -> SocketAddr {
        match api {
            Api::OpenWhisk => self.openwhisk,
            Api::CouchDb => self.couchdb,
            Api::Elasticsearch => self.elasticsearch,
        }
    }

    /// The run to begin with: a lesson's, one that was recorded, or a cluster alone.
    pub fn run(&self) -> Result<Run, String> {
        let Some(file) = &self.lesson else {
            let store = self.store.unwrap_or(StoreKind::CouchDb);
            return Ok(Run::new(Configuration::default().bound_to(store), 7, Vec::new()));
        };
        let text = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
        if let Some(run) = Run::from_json(&text) {
            let run = run.map_err(|error| format!("{file}: {error}"))?;
            return Ok(self.store.map_or_else(|| run.clone(), |store| run.bound_to(store)));
        }
        Ok(Lesson::from_json(file, &text).map_err(|error| error.to_string())?.run(self.store))
    }
}

const NAMES: [&str; 7] = ["--store", "--lesson", "--openwhisk", "--couchdb", "--elasticsearch", "--speed", "--record"];

fn store(value: &str) -> Result<StoreKind, String> {
    let found = StoreKind::ALL.into_iter().find(|store| store.code() == value);
    found.ok_or_else(|| format!("--store is “{value}”, but must be couchdb or elasticsearch"))
}

fn address(option: &str, value: &str) -> Result<SocketAddr, String> {
    value.parse().map_err(|_| format!("{option} is “{value}”, but must be an address such as 127.0.0.1:5984"))
}

fn speed(value: &str) -> Result<f64, String> {
    let speed = value.parse().ok().filter(|speed| (0.001..=1_000.0).contains(speed));
    speed.ok_or_else(|| format!("--speed is “{value}”, but must be a number from 0.001 to 1000"))
}

//! The command line.

use std::net::SocketAddr;
use whiskscope::cluster::Configuration;
use whiskscope::cluster::place::StoreKind;
use whiskscope::lesson::Lesson;
use whiskscope::recording::Run;

pub const USAGE: &str = "serve [--store couchdb|elasticsearch] [--lesson FILE] [--openwhisk 127.0.0.1:3233] [--couchdb 127.0.0.1:5984] \
     [--elasticsearch 127.0.0.1:9200] [--speed 1]";

pub struct Options {
    store: Option<StoreKind>,
    lesson: Option<String>,
    pub openwhisk: SocketAddr,
    pub couchdb: SocketAddr,
    pub elasticsearch: SocketAddr,
    /// Simulated seconds a second, 0.001 to 1000.
    pub speed: f64,
}

impl Options {
    /// `None` where help is asked for.
    pub fn read(mut words: impl Iterator<Item = String>) -> Result<Option<Self>, String> {
        let at = |port| SocketAddr::from(([127, 0, 0, 1], port));
        let mut options =
            Self { store: None, lesson: None, openwhisk: at(3_233), couchdb: at(5_984), elasticsearch: at(9_200), speed: 1.0 };
        while let Some(word) = words.next() {
            if word == "--help" || word == "-h" {
                return Ok(None);
            }
            let mut value = || words.next().ok_or_else(|| format!("{word} needs a value; usage: {USAGE}"));
            match word.as_str() {
                "--store" => options.store = Some(store(&value()?)?),
                "--lesson" => options.lesson = Some(value()?),
                "--openwhisk" => options.openwhisk = address(&word, &value()?)?,
                "--couchdb" => options.couchdb = address(&word, &value()?)?,
                "--elasticsearch" => options.elasticsearch = address(&word, &value()?)?,
                "--speed" => options.speed = speed(&value()?)?,
                _ => return Err(format!("“{word}” is not an option; usage: {USAGE}")),
            }
        }
        Ok(Some(options))
    }

    /// The run to begin with: a lesson's, or a cluster alone.
    pub fn run(&self) -> Result<Run, String> {
        let Some(file) = &self.lesson else {
            let store = self.store.unwrap_or(StoreKind::CouchDb);
            return Ok(Run::new(Configuration::default().bound_to(store), 7, Vec::new()));
        };
        let text = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
        Ok(Lesson::from_json(file, &text).map_err(|error| error.to_string())?.run(self.store))
    }
}

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

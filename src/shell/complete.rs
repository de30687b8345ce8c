//! How a line can go on: programs, commands, flags, names of entities, ids of activations and addresses.

use super::wsk;
use crate::cluster::{Answer, Collection, World};

/// How a line can go on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// Where in the line the word begins that is completed, in bytes.
    pub from: usize,
    /// What can stand there in place of the text up to the cursor: whole words, sorted.
    pub candidates: Vec<String>,
}

/// The greatest number of candidates that are listed.
const CANDIDATES_MAX: usize = 100;

const PROGRAMS: &[&str] = &["break", "clear", "crash", "curl", "drop-data", "help", "mend", "restart", "start", "wsk"];
const NODES: &[&str] = &["controller0", "couchdb", "elasticsearch", "invoker0", "invoker1", "kafka"];
const EFFECTS: &[&str] = &["delay=", "drop", "drop-answer", "pass", "queue-full", "refuse", "refuse-item", "status="];
/// What is worth asking of each service. Which of them has the records, an answer tells.
const ADDRESSES: &[&str] = &[
    "http://localhost:3233/api/v1/namespaces/_/activations",
    "http://localhost:5984/_all_dbs",
    "http://localhost:5984/whisk_local_activations/_all_docs",
    "http://localhost:9200/_cat/indices?v",
    "http://localhost:9200/_search?pretty",
];

/// Completes the word that ends at `cursor` (in bytes): commands, flags, entities and the ids of activations that a client has heard of.
pub fn complete(world: &World, user: &str, line: &str, cursor: usize) -> Completion {
    let Some(before) = line.get(..cursor) else { return Completion::default() };
    let from = before
        .rfind(char::is_whitespace)
        .map_or(0, |place| place + before.get(place..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let (earlier, begun) = before.split_at(from);
    let words: Vec<&str> = earlier.split_whitespace().collect();
    let mut candidates = candidates(world, user, &words, begun);
    candidates.retain(|candidate| candidate.starts_with(begun));
    crate::order::sort_by(&mut candidates, |one, other| one.cmp(other));
    candidates.dedup();
    candidates.truncate(CANDIDATES_MAX);
    Completion { from, candidates }
}

fn candidates(world: &World, user: &str, words: &[&str], begun: &str) -> Vec<String> {
    let fixed = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
    match words {
        [] => fixed(PROGRAMS),
        ["curl", ..] => fixed(ADDRESSES),
        ["crash"] => fixed(NODES),
        ["start" | "restart"] => [NODES, &["all"]].concat().iter().map(|word| (*word).to_owned()).collect(),
        ["drop-data"] => fixed(&["couchdb", "elasticsearch"]),
        ["mend"] => fixed(&["all"]),
        ["break"] | ["break", _] => [NODES, &["any", "client"]].concat().iter().map(|word| (*word).to_owned()).collect(),
        ["break", _, _] => fixed(EFFECTS),
        ["wsk", rest @ ..] => wsk_words(world, user, rest, begun),
        _ => Vec::new(),
    }
}

fn wsk_words(world: &World, user: &str, words: &[&str], begun: &str) -> Vec<String> {
    // Flags before a command are passed over; those with a value are rare there.
    let mut plain = words.iter().filter(|word| !word.starts_with('-'));
    let Some(group) = plain.next().copied() else { return wsk::words(None, None, begun) };
    let command = plain.next().copied();
    let mut words = wsk::words(Some(group), command, begun);
    if !begun.starts_with('-') && (command.is_some() || wsk::stands_alone(group)) {
        words.extend(arguments(world, user, group, command.unwrap_or_default()));
    }
    words
}

/// What a command's arguments can be.
fn arguments(world: &World, user: &str, group: &str, command: &str) -> Vec<String> {
    let entities = |collection: Collection| {
        let own = world.sheets().all().filter(move |sheet| sheet.collection() == collection && sheet.namespace() == user);
        own.map(|sheet| sheet.id().split_once('/').map_or_else(String::new, |(_, name)| name.to_owned())).collect::<Vec<_>>()
    };
    match (group, command) {
        ("activation", "list" | "poll") | ("action", _) => entities(Collection::Actions),
        ("activation", _) => heard_of(world),
        ("trigger", _) => entities(Collection::Triggers),
        ("rule", "create" | "update") => {
            [Collection::Rules, Collection::Triggers, Collection::Actions].into_iter().flat_map(entities).collect()
        }
        ("rule", _) => entities(Collection::Rules),
        ("package", _) => entities(Collection::Packages),
        _ => Vec::new(),
    }
}

/// The ids in the answers that have reached a client.
fn heard_of(world: &World) -> Vec<String> {
    let mut ids = Vec::new();
    for exchange in world.exchanges().rev().filter(|exchange| exchange.answered.is_some() && !exchange.abandoned) {
        match &exchange.answer {
            Some(Answer::Accepted(id)) => ids.push(id.to_string()),
            Some(Answer::Completed(record) | Answer::Record(record)) => ids.push(record.id.to_string()),
            Some(Answer::Rows(rows)) => ids.extend(rows.iter().map(|row| row.record.id.to_string())),
            _ => {}
        }
        if ids.len() > CANDIDATES_MAX * 10 {
            break;
        }
    }
    ids
}

//! The lines that stop and start processes and services: WhiskScope's own words, which no tool of OpenWhisk has.
//!
//! `crash NODE`, `start NODE|all [--store couchdb|elasticsearch|noop]` and `restart NODE|all [--store …]`, with the nodes `controller0`,
//! `invoker1`, `kafka`, `couchdb` and `elasticsearch`. What runs when it is started is stopped first, so that `start` and `restart` are one.

use super::error::{Problem, ShellError, shown};
use super::flags::{Arguments, Flag, Syntax};
use crate::cluster::Act;
use crate::cluster::place::{ControllerId, InvokerId, Node, StoreKind};

static CRASH: Syntax = Syntax { command: "crash", flags: &[], known: "none" };
const START_FLAGS: &[Flag] = &[Flag { long: "--store", short: 's', takes_value: true }];
static START: Syntax = Syntax { command: "start", flags: START_FLAGS, known: "--store (-s)" };
static RESTART: Syntax = Syntax { command: "restart", flags: START_FLAGS, known: "--store (-s)" };

const NODES: &str = "controller0, invoker0, kafka, couchdb, elasticsearch";
const NODES_OR_ALL: &str = "controller0, invoker0, kafka, couchdb, elasticsearch, all";
const STORES: &str = "couchdb, elasticsearch, noop";

/// Reads a line that begins with one of these words; `None` if it begins with another.
///
/// # Errors
/// What is wrong with such a line. Whether the cluster has the node is for [`crate::cluster::Command::check`] to say.
pub(super) fn parse(words: &[String]) -> Option<Result<Act, ShellError>> {
    Some(match words.first()?.as_str() {
        "crash" => crash(words),
        "start" => start(&START, words),
        "restart" => start(&RESTART, words),
        _ => return None,
    })
}

fn crash(words: &[String]) -> Result<Act, ShellError> {
    let (place, found) = needed(&CRASH, &Arguments::read(&CRASH, words, 1)?)?;
    let node = node(found).ok_or_else(|| not_one_of(place, found, NODES))?;
    Ok(Act::Crash { node })
}

fn start(syntax: &'static Syntax, words: &[String]) -> Result<Act, ShellError> {
    let arguments = Arguments::read(syntax, words, 1)?;
    let (place, found) = needed(syntax, &arguments)?;
    let node = match found {
        "all" => None,
        _ => Some(node(found).ok_or_else(|| not_one_of(place, found, NODES_OR_ALL))?),
    };
    let store = match arguments.given.last() {
        Some(given) => {
            let value = given.value.unwrap_or_default();
            let store = StoreKind::BINDINGS.into_iter().find(|store| store.code() == value);
            Some(store.ok_or_else(|| not_one_of(given.place, value, STORES))?)
        }
        None => None,
    };
    Ok(Act::Start { node, store })
}

fn needed<'a>(syntax: &'static Syntax, arguments: &Arguments<'a>) -> Result<(usize, &'a str), ShellError> {
    let what = "the name of a node";
    arguments.only(syntax)?.ok_or_else(|| ShellError::line(Problem::ArgumentMissing { command: syntax.command, what }))
}

fn not_one_of(place: usize, found: &str, known: &'static str) -> ShellError {
    ShellError::word(place, Problem::NotOneOf { found: shown(found), known })
}

fn node(found: &str) -> Option<Node> {
    let number = |name: &str| {
        let digits = found.strip_prefix(name).filter(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))?;
        digits.parse::<u8>().ok()
    };
    if found == "kafka" {
        return Some(Node::Kafka);
    }
    let store = StoreKind::ALL.into_iter().find(|store| store.code() == found).map(Node::Store);
    let controller = || number("controller").map(|n| Node::Controller(ControllerId(n)));
    store.or_else(controller).or_else(|| number("invoker").map(|n| Node::Invoker(InvokerId(n))))
}

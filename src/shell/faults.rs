//! The lines that break and mend: WhiskScope's own words, which no tool of OpenWhisk has.
//!
//! `break FROM TO EFFECT [--times N]` with the nodes `client`, `controller0`, `kafka`, `invoker1`, `couchdb`, `elasticsearch` and `any`, and
//! the effects `pass`, `delay=500` (milliseconds), `drop`, `drop-answer`, `refuse`, `status=503`, `queue-full` and `refuse-item`;
//! `mend LABEL` and `mend all`; `drop-data couchdb` and `drop-data elasticsearch`.

use super::error::{Problem, ShellError, shown};
use super::flags::{Arguments, Flag, Syntax};
use crate::cluster::place::{ControllerId, InvokerId, Node, StoreKind};
use crate::cluster::{Act, CommandId, DELAY_MS_MAX, FaultEffect, Rule, STATUS_MAX, STATUS_MIN, TIMES_MAX};

static BREAK: Syntax =
    Syntax { command: "break", flags: &[Flag { long: "--times", short: 't', takes_value: true }], known: "--times (-t)" };

const NODES: &str = "client, controller0, kafka, invoker0, couchdb, elasticsearch, any";
const EFFECTS: &str = "pass, delay=MS, drop, drop-answer, refuse, status=NNN, queue-full, refuse-item";

/// Reads a line that begins with one of this file's words; `None` if it begins with another.
pub(super) fn parse(words: &[String], made: &dyn Fn(&str) -> Option<CommandId>) -> Option<Result<Act, ShellError>> {
    Some(match words.first()?.as_str() {
        "break" => break_link(words),
        "mend" => mend(words, made),
        "drop-data" => drop_data(words),
        _ => return None,
    })
}

fn break_link(words: &[String]) -> Result<Act, ShellError> {
    let arguments = Arguments::read(&BREAK, words, 1)?;
    let [from, to, effect] = exactly(&arguments.plain, "break", "FROM TO EFFECT")?;
    let times = arguments.number("--times", 1, TIMES_MAX)?;
    Ok(Act::Break { rule: Rule { from: node(from)?, to: node(to)?, effect: self::effect(effect)?, times } })
}

fn mend(words: &[String], made: &dyn Fn(&str) -> Option<CommandId>) -> Result<Act, ShellError> {
    let plain = plain(words);
    let [(place, label)] = exactly(&plain, "mend", "the label of a break, or all")?;
    if label == "all" {
        return Ok(Act::Mend { fault: None });
    }
    let label = label.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(label);
    let fault = made(label).ok_or_else(|| ShellError::word(place, Problem::UnknownFault { label: shown(label) }))?;
    Ok(Act::Mend { fault: Some(fault) })
}

fn drop_data(words: &[String]) -> Result<Act, ShellError> {
    const STORES: &str = "couchdb, elasticsearch";
    let plain = plain(words);
    let [(place, found)] = exactly(&plain, "drop-data", STORES)?;
    let store = StoreKind::ALL.into_iter().find(|store| store.code() == found);
    let store = store.ok_or_else(|| ShellError::word(place, Problem::NotOneOf { found: shown(found), known: STORES }))?;
    Ok(Act::DropData { store })
}

/// What comes after the first word, each with its place.
fn plain(words: &[String]) -> Vec<(usize, &str)> {
    words.iter().enumerate().skip(1).map(|(place, word)| (place, word.as_str())).collect()
}

/// So many arguments, neither more nor fewer.
fn exactly<'a, const N: usize>(
    plain: &[(usize, &'a str)],
    command: &'static str,
    what: &'static str,
) -> Result<[(usize, &'a str); N], ShellError> {
    if let Some((place, found)) = plain.get(N) {
        return Err(ShellError::word(*place, Problem::TooMany { found: shown(found), command }));
    }
    plain.try_into().map_err(|_| ShellError::line(Problem::ArgumentMissing { command, what }))
}

/// Which nodes a cluster has is for [`crate::cluster::Command::check`] to say.
fn node((place, found): (usize, &str)) -> Result<Option<Node>, ShellError> {
    let numbered = |name: &str| found.strip_prefix(name).filter(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok();
    let node = match found {
        "any" => return Ok(None),
        "client" => Some(Node::Client),
        "kafka" => Some(Node::Kafka),
        _ => {
            let store = StoreKind::ALL.into_iter().find(|store| store.code() == found).map(Node::Store);
            let controller = || numbered("controller").map(|n| Node::Controller(ControllerId(n)));
            store.or_else(controller).or_else(|| numbered("invoker").map(|n| Node::Invoker(InvokerId(n))))
        }
    };
    node.map(Some).ok_or_else(|| ShellError::word(place, Problem::NotOneOf { found: shown(found), known: NODES }))
}

fn effect((place, found): (usize, &str)) -> Result<FaultEffect, ShellError> {
    let (name, value) = found.split_once('=').map_or((found, None), |(name, value)| (name, Some(value)));
    let number = |flag, min, max| {
        let number = value.and_then(|value| value.parse::<u32>().ok()).filter(|number| (min..=max).contains(number));
        let bad = || ShellError::word(place, Problem::BadNumber { flag, value: shown(value.unwrap_or_default()), min, max });
        number.ok_or_else(bad)
    };
    let plain = |effect| Ok(effect);
    match (name, value) {
        ("delay", _) => Ok(FaultEffect::Delay { ms: number("delay", 1, DELAY_MS_MAX)? }),
        ("status", _) => {
            let status = number("status", STATUS_MIN.into(), STATUS_MAX.into())?;
            Ok(FaultEffect::Answer { status: u16::try_from(status).unwrap_or(STATUS_MAX) })
        }
        ("pass", None) => plain(FaultEffect::Pass),
        ("drop", None) => plain(FaultEffect::DropRequest),
        ("drop-answer", None) => plain(FaultEffect::DropAnswer),
        ("refuse", None) => plain(FaultEffect::Refuse),
        ("queue-full", None) => plain(FaultEffect::QueueFull),
        ("refuse-item", None) => plain(FaultEffect::RefuseItem),
        _ => Err(ShellError::word(place, Problem::NotOneOf { found: shown(found), known: EFFECTS })),
    }
}

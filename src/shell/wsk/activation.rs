//! `wsk activation`: what its lines ask for (CLI `commands/activation.go`).

use super::{Ask, Command, Flag, Group, Line, Out, Takes, activation_print, asked, nothing, qualified};
use crate::activation::ActivationId;
use crate::cluster::{Act, LIST_LIMIT, POLL_SECONDS_MAX, Poll, Program, Target, World};
use crate::shell::{Printed, go};

pub(super) static GROUP: Group =
    Group { name: "activation", short: "work with activations", commands: &[&GET, &LIST, &LOGS, &POLL, &RESULT], alone: None };

const LAST: Flag = Flag::switch("last", Some('l'), "retrieves the last activation");
const ID: Takes = Takes { min: 1, max: 1, required: "An activation ID is required." };
const NAMESPACE: Takes = Takes { min: 0, max: 1, required: "An optional namespace is the only valid argument." };

static LIST: Command = Command {
    usage: "list [NAMESPACE or NAME]",
    short: "list activations",
    flags: &[
        Flag::switch("full", Some('f'), "include full activation description"),
        Flag::number(
            "limit",
            Some('l'),
            "30",
            "only return `LIMIT` number of activations from the collection with a maximum LIMIT of 200 activations",
        ),
        Flag::number(
            "since",
            None,
            "",
            "return activations with timestamps later than `SINCE`; measured in milliseconds since Th, 01, Jan 1970",
        ),
        Flag::number("skip", Some('s'), "", "exclude the first `SKIP` number of activations from the result"),
        Flag::number(
            "upto",
            None,
            "",
            "return activations with timestamps earlier than `UPTO`; measured in milliseconds since Th, 01, Jan 1970",
        ),
    ],
    takes: Some(NAMESPACE),
    act: list,
    begin: nothing,
    print: activation_print::list,
};

static GET: Command = Command {
    usage: "get (ACTIVATION_ID | --last) [FIELD_FILTER]",
    short: "get activation",
    flags: &[
        LAST,
        Flag::switch("logs", Some('g'), "emit only the logs, stripped of time stamps and stream identifier"),
        Flag::switch("summary", Some('s'), "summarize activation details"),
    ],
    takes: Some(Takes { max: 2, ..ID }),
    act: get,
    begin: nothing,
    print: activation_print::get,
};

static LOGS: Command = Command {
    usage: "logs (ACTIVATION_ID | --last)",
    short: "get the logs of an activation",
    flags: &[LAST, Flag::switch("strip", Some('r'), "strip timestamp and stream information")],
    takes: Some(ID),
    act: |world, line| read(world, line, "/logs", "logs for ", Act::Logs),
    begin: nothing,
    print: activation_print::logs,
};

static RESULT: Command = Command {
    usage: "result (ACTIVATION_ID | --last)",
    short: "get the result of an activation",
    flags: &[LAST],
    takes: Some(ID),
    act: |world, line| read(world, line, "/result", "result for ", Act::Result),
    begin: nothing,
    print: activation_print::result,
};

static POLL: Command = Command {
    usage: "poll [ NAMESPACE | ACTION_NAME ]",
    short: "poll continuously for log messages from currently running actions",
    flags: &[
        Flag::number("exit", Some('e'), "", "stop polling after `SECONDS` seconds"),
        Flag::number("since-days", None, "", "start polling for activations `DAYS` days ago"),
        Flag::number("since-hours", None, "", "start polling for activations `HOURS` hours ago"),
        Flag::number("since-minutes", None, "", "start polling for activations `MINUTES` minutes ago"),
        Flag::number("since-seconds", None, "", "start polling for activations `SECONDS` seconds ago"),
    ],
    takes: Some(NAMESPACE),
    act: poll,
    begin: poll_begins,
    print: activation_print::poll,
};

/// What stands before an error of a list.
pub(super) const UNABLE_TO_LIST: &str = "Unable to obtain the list of activations for namespace 'default': ";

fn list(world: &World, line: &Line) -> Result<Act, Printed> {
    // The namespace of the name plays no part: the client's library asks for `_` whatever it is (client-go `whisk/activation.go:175`).
    let name = line.argument(0).map(qualified).transpose()?.map(|name| name.path()).unwrap_or_default();
    let mut query = String::new();
    if line.has("full") {
        query.push_str("docs=true&");
    }
    query.push_str(&format!("limit={}", line.number("limit")));
    if !name.is_empty() {
        query.push_str(&format!("&name={}", go::query_escaped(&name)));
    }
    let since = line.number("since");
    if since != 0 {
        query.push_str(&format!("&since={since}"));
    }
    query.push_str(&format!("&skip={}", line.number("skip")));
    let upto = line.number("upto");
    if upto != 0 {
        query.push_str(&format!("&upto={upto}"));
    }
    let target = format!("namespaces/_/activations?{query}");
    asked(world, line, Ask { unable: UNABLE_TO_LIST, ..Ask::get(&target, Act::list(None, LIST_LIMIT, 0)) })
}

fn get(world: &World, line: &Line) -> Result<Act, Printed> {
    if let Some(field) = activation_print::field(line)
        && !activation_print::is_field(field)
    {
        return Err(Printed::own_error(1, &format!("Invalid field filter '{field}'.")));
    }
    read(world, line, "", "", Act::Get)
}

/// `part` is what stands behind the id in the path, `what` how an error names it.
fn read(world: &World, line: &Line, part: &str, what: &str, act: fn(Target) -> Act) -> Result<Act, Printed> {
    if line.has("last") {
        let unable = format!("Unable to get {what}activation: ");
        let first = Ask { unable: &unable, ..Ask::get("namespaces/_/activations?limit=1&skip=0", act(Target::Last)) };
        let made = asked(world, line, first)?;
        // The list is the first half of it.
        return Ok(if let Act::List { .. } = made { act(Target::Last) } else { made });
    }
    let id = line.argument(0).unwrap_or_default();
    let unable = format!("Unable to get {what}activation '{id}': ");
    let target = format!("namespaces/_/activations/{}{part}", go::path_escaped(id));
    asked(world, line, Ask { unable: &unable, ..Ask::get(&target, act(Target::Id(ActivationId(0)))) })
}

/// How long ago a poll begins, in seconds, if the line says so.
fn since(line: &Line) -> Option<i64> {
    let of = |long, seconds: i64| line.number(long).saturating_mul(seconds);
    let sum = line.number("since-seconds").saturating_add(line.number("since-minutes"));
    let sum = sum.saturating_add(line.number("since-hours")).saturating_add(line.number("since-days"));
    // All four together say nothing where their plain sum is nothing (CLI `commands/activation.go:342-346`).
    (sum != 0).then(|| {
        let small = of("since-seconds", 1).saturating_add(of("since-minutes", 60));
        small.saturating_add(of("since-hours", 3_600)).saturating_add(of("since-days", 86_400))
    })
}

fn poll(world: &World, line: &Line) -> Result<Act, Printed> {
    let seconds = |number: i64| u32::try_from(number.max(0)).unwrap_or(u32::MAX).min(POLL_SECONDS_MAX);
    // A name is not taken apart: the slash in front goes with it, and the server drops it.
    let name = line.argument(0).filter(|name| !name.is_empty());
    let named = name.map_or_else(String::new, |name| format!("&name={}", go::query_escaped(name)));
    let target = format!("namespaces/_/activations?docs=true&limit=0{named}&skip=0");
    let first = asked(world, line, Ask::get(&target, Act::list(None, LIST_LIMIT, 0)));
    // Errors of a poll are not shown, and it asks again at once, for ever.
    let refused = |_| {
        let text = "WhiskScope: the real tool would ask again and again from now on, without a pause and without a word.\n";
        Printed { stdout: format!("{ENTER}{POLLING}"), stderr: text.to_owned(), exit_code: 1 }
    };
    match first.map_err(refused)? {
        Act::List { name, .. } => {
            let poll = Poll { name, since_s: since(line).map(seconds), exit_s: seconds(line.number("exit")) };
            Ok(Act::Program(Box::new(Program::Poll(poll))))
        }
        other => Ok(other),
    }
}

const ENTER: &str = "Enter Ctrl-c to exit.\n";
pub(super) const POLLING: &str = "Polling for activation logs\n";

fn poll_begins(line: &Line, out: &mut Out) {
    out.out(ENTER);
    if starts_at_once(line) {
        out.out(POLLING);
    }
}

/// Whether a poll knows where to begin without asking.
pub(super) fn starts_at_once(line: &Line) -> bool {
    since(line).is_some()
}

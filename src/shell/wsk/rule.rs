//! `wsk rule` (CLI `commands/rule.go`).

use super::entity::{failed, get, get_filtered, got, list, message_name, named, print_done, print_got, print_list, put, reference, served};
use super::entity_json::RULE;
use super::{Command, Flag, Group, Line, Out, Shown, Takes, flags, nothing, summary};
use crate::cluster::{Act, Answer, Collection, Content, EntityAct, Exchange, Program, World};
use crate::http;
use crate::shell::Printed;
use serde_json::Value;

pub(super) static GROUP: Group = Group {
    name: "rule",
    short: "work with rules",
    commands: &[&CREATE, &DELETE, &DISABLE, &ENABLE, &GET, &LIST, &STATUS, &UPDATE],
    alone: None,
};

const REQUIRED: Takes = Takes { min: 1, max: 1, required: "A rule name is required." };
const ALL_THREE: Takes = Takes { min: 3, max: 3, required: "A rule, trigger and action name are required." };

static ENABLE: Command = Command {
    usage: "enable RULE_NAME",
    short: "enable rule",
    flags: &[],
    takes: Some(REQUIRED),
    act: |world, line| set(world, line, true),
    begin: nothing,
    print: print_done,
};

static DISABLE: Command = Command {
    usage: "disable RULE_NAME",
    short: "disable rule",
    flags: &[],
    takes: Some(REQUIRED),
    act: |world, line| set(world, line, false),
    begin: nothing,
    print: print_done,
};

static STATUS: Command = Command {
    usage: "status RULE_NAME",
    short: "get rule status",
    flags: &[],
    takes: Some(REQUIRED),
    act: |world, line| get(world, line, Collection::Rules),
    begin: nothing,
    print: print_status,
};

static CREATE: Command = Command {
    usage: "create RULE_NAME TRIGGER_NAME ACTION_NAME",
    short: "create new rule",
    flags: &[],
    takes: Some(ALL_THREE),
    act: |world, line| write(world, line, false),
    begin: nothing,
    print: print_done,
};

static UPDATE: Command = Command {
    usage: "update RULE_NAME TRIGGER_NAME ACTION_NAME",
    short: "update an existing rule, or create a rule if it does not exist",
    flags: &[],
    takes: Some(ALL_THREE),
    act: |world, line| write(world, line, true),
    begin: nothing,
    print: print_done,
};

static GET: Command = Command {
    usage: "get RULE_NAME",
    short: "get rule",
    flags: &[Flag::switch("summary", Some('s'), "summarize rule details")],
    takes: Some(Takes { max: 2, ..REQUIRED }),
    act: |world, line| get_filtered(world, line, Collection::Rules, &RULE),
    begin: nothing,
    print: print_rule,
};

static DELETE: Command = Command {
    usage: "delete RULE_NAME",
    short: "delete rule",
    flags: &[Flag::switch("disable", None, "automatically disable rule before deleting it")],
    takes: Some(REQUIRED),
    act: delete,
    begin: nothing,
    print: print_deleted,
};

static LIST: Command = Command {
    usage: "list [NAMESPACE]",
    short: "list all rules",
    flags: &[
        Flag::number("limit", Some('l'), "30", "only return `LIMIT` number of rules from the collection"),
        flags::NAME_SORT,
        Flag::number("skip", Some('s'), "", "exclude the first `SKIP` number of rules from the result"),
    ],
    takes: Some(Takes { min: 0, max: 1, required: "An optional namespace is the only valid argument." }),
    act: list_rules,
    begin: nothing,
    print: print_rules,
};

fn set(world: &World, line: &Line, active: bool) -> Result<Act, Printed> {
    let (namespace, name) = named(line)?;
    served(world, line, &message_name(line), Act::Entity(EntityAct::SetRule { namespace, name, active }))
}

fn write(world: &World, line: &Line, overwrite: bool) -> Result<Act, Printed> {
    let whole = |place: usize| line.argument(place).map(reference);
    let content = Content { trigger: whole(1), action: whole(2), ..Content::default() };
    let put = put(Collection::Rules, line, overwrite, content)?;
    served(world, line, &message_name(line), Act::Entity(put))
}

fn delete(world: &World, line: &Line) -> Result<Act, Printed> {
    let (namespace, name) = named(line)?;
    let delete =
        Act::Entity(EntityAct::Delete { collection: Collection::Rules, namespace: namespace.clone(), name: name.clone(), force: false });
    let delete = served(world, line, &message_name(line), delete)?;
    if !line.has("disable") || matches!(delete, Act::Raw(_)) {
        return Ok(delete);
    }
    let disable = Act::Entity(EntityAct::SetRule { namespace, name, active: false });
    Ok(Act::Program(Box::new(Program::Series(vec![disable, delete]))))
}

fn list_rules(world: &World, line: &Line) -> Result<Act, Printed> {
    match list(world, line, Collection::Rules)? {
        Act::Entity(list) => Ok(Act::Program(Box::new(Program::Rules { list }))),
        act => Ok(act),
    }
}

fn print_deleted(shown: &Shown<'_>, out: &mut Out) {
    if !matches!(shown.world.act_of(shown.exchange), Some(Act::Entity(EntityAct::SetRule { .. }))) {
        return print_done(shown, out);
    }
    if let Some((status, why)) = super::failure(shown.world, shown.exchange) {
        failed("rule disable", &message_name(shown.line), (status, &why), out);
    }
}

/// The state of a rule in an answer.
fn status(shown: &Shown<'_>, exchange: &Exchange) -> String {
    let body = http::response(shown.world, exchange).map(|response| response.body);
    body.and_then(|body| body.get("status").and_then(Value::as_str).map(str::to_owned)).unwrap_or_default()
}

fn print_status(shown: &Shown<'_>, out: &mut Out) {
    if got(shown, out).is_some() {
        out.out(format!("ok: rule {} is {}\n", message_name(shown.line), status(shown, shown.exchange)));
    }
}

fn print_rule(shown: &Shown<'_>, out: &mut Out) {
    if !shown.line.has("summary") {
        return print_got(shown, &RULE, out);
    }
    let Some(body) = got(shown, out) else { return };
    let state = status(shown, shown.exchange);
    out.out(format!("rule {}\n   (status: {state})\n", summary::full_name(&body)));
}

/// The list is printed when the states of all its rules are there.
fn print_rules(shown: &Shown<'_>, out: &mut Out) {
    let Some((first, states)) = shown.answers.split_first() else { return };
    match &first.answer {
        Some(Answer::Entities(rows)) => {
            if let Some(text) = rules(shown, rows, states, out) {
                out.out(text);
            }
        }
        _ => print_list(shown, out),
    }
}

/// The list of rules once all states are there. One that cannot be had is an error, printed on both streams.
pub(super) fn rules(shown: &Shown<'_>, rows: &[std::rc::Rc<crate::cluster::Sheet>], states: &[&Exchange], out: &mut Out) -> Option<String> {
    if let Some(last) = states.last()
        && let Some((status, why)) = super::failure(shown.world, last)
    {
        let name = rows.get(states.len().saturating_sub(1)).map_or("", |row| row.name.as_str());
        let text = format!("Unable to get status of rule '{name}': {why}");
        out.out(format!("{text}\n"));
        out.error(status, &text);
        return None;
    }
    if states.len() < rows.len() {
        return None;
    }
    let states: Vec<String> = states.iter().map(|exchange| status(shown, exchange)).collect();
    let states: Vec<&str> = states.iter().map(String::as_str).collect();
    Some(summary::list("rules", rows, &states, shown.line.has("name-sort")))
}

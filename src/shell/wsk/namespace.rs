//! `wsk namespace` and `wsk list` (CLI `commands/namespace.go`, `commands/wsk.go:34-41`).

use super::entity::{ask, wrong};
use super::{Command, Group, Line, Out, Shown, Takes, flags, nothing, summary};
use crate::cluster::{Act, Answer, EntityAct, Exchange, Program, Sheet, World};
use crate::shell::Printed;
use std::rc::Rc;

pub(super) static GROUP: Group = Group { name: "namespace", short: "work with namespaces", commands: &[&GET, &NAMES], alone: None };
pub(super) static LIST: Group = Group { name: "list", short: "list entities in the current namespace", commands: &[], alone: Some(&ALONE) };

const REQUIRED: &str = "No arguments are required.";

static GET: Command = Command {
    usage: "get",
    short: "get triggers, actions, and rules in the registry for namespace",
    flags: &[flags::NAME_SORT],
    takes: None,
    act: get,
    begin: nothing,
    print: print_entities,
};

static ALONE: Command = Command {
    usage: "list",
    short: "list entities in the current namespace",
    flags: &[flags::NAME_SORT],
    takes: None,
    act: get,
    begin: nothing,
    print: print_entities,
};

static NAMES: Command = Command {
    usage: "list",
    short: "list available namespaces",
    flags: &[],
    takes: Some(Takes { min: 0, max: 0, required: REQUIRED }),
    act: |world, line| ask(world, line, "", ("GET", "namespaces"), None, Act::Entity(EntityAct::Namespaces)),
    begin: nothing,
    print: print_names,
};

/// `/_` is the one argument that it lets pass.
fn get(world: &World, line: &Line) -> Result<Act, Printed> {
    if line.arguments.is_empty() || line.arguments == ["/_"] {
        let target = "namespaces/_/actions?limit=0&skip=0";
        return match ask(world, line, "default", ("GET", target), None, Act::Entity(EntityAct::Namespaces))? {
            Act::Entity(_) => Ok(Act::Program(Box::new(Program::Namespace))),
            act => Ok(act),
        };
    }
    Err(wrong(1, &format!("Invalid argument(s): {}. {REQUIRED}", line.arguments.join(", "))))
}

fn print_names(shown: &Shown<'_>, out: &mut Out) {
    if let Some((status, why)) = super::failure(shown.world, shown.exchange) {
        return out.error(status, &format!("Unable to obtain the list of available namespaces: {why}"));
    }
    out.out(format!("namespaces\n{}\n", shown.world.catalogue().namespace(shown.exchange.namespace)));
}

fn rows(exchange: &Exchange) -> &[Rc<Sheet>] {
    match &exchange.answer {
        Some(Answer::Entities(rows)) => rows,
        _ => &[],
    }
}

/// Everything is printed once all of it is there.
fn print_entities(shown: &Shown<'_>, out: &mut Out) {
    let [actions, packages, triggers, rules, states @ ..] = shown.answers else {
        if let Some((status, why)) = super::failure(shown.world, shown.exchange) {
            out.error(status, &format!("Unable to obtain the list of entities for namespace 'default': {why}"));
        }
        return;
    };
    if let Some((status, why)) = super::failure(shown.world, rules) {
        return out.error(status, &format!("Unable to obtain the list of entities for namespace 'default': {why}"));
    }
    let Some(rules) = super::rule::rules(shown, rows(rules), states, out) else { return };
    let by_name = shown.line.has("name-sort");
    out.out("Entities in namespace: default\n");
    for (title, list) in [("packages", packages), ("actions", actions), ("triggers", triggers)] {
        out.out(summary::list(title, rows(list), &[], by_name));
    }
    out.out(rules);
}

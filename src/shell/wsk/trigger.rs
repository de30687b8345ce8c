//! `wsk trigger` (CLI `commands/trigger.go`).

use super::action_put::NOT_ALLOWED;
use super::entity::{failed, get_filtered, got, list, message_name, named, pairs, print_done, print_got, print_list, put, served};
use super::entity_json::TRIGGER;
use super::{Command, Flag, Group, Line, Out, Shown, Takes, flags, nothing, qualified, summary};
use crate::cluster::{Act, Answer, Collection, Content, EntityAct, Program, World};
use crate::shell::Printed;

pub(super) static GROUP: Group =
    Group { name: "trigger", short: "work with triggers", commands: &[&CREATE, &DELETE, &FIRE, &GET, &LIST, &UPDATE], alone: None };

const REQUIRED: Takes = Takes { min: 1, max: 1, required: "A trigger name is required." };
const FEED_PARAM: Flag = Flag::text("feed-param", Some('F'), "feed parameter values in `KEY VALUE` format");
const TRIGGER_PARAM: Flag = Flag::text("trigger-param", Some('T'), "trigger parameter values in `KEY VALUE` format");

static FIRE: Command = Command {
    usage: "fire TRIGGER_NAME [PAYLOAD]",
    short: "fire trigger event",
    flags: &[flags::PARAM, flags::PARAM_FILE],
    takes: Some(REQUIRED),
    act: |world, line| {
        let (namespace, trigger) = named(line)?;
        served(world, line, &message_name(line), Act::FireTrigger { namespace, trigger })
    },
    begin: nothing,
    print: fired,
};

static CREATE: Command = Command {
    usage: "create TRIGGER_NAME",
    short: "create new trigger",
    flags: &[
        flags::ANNOTATION,
        flags::ANNOTATION_FILE,
        Flag::text("feed", Some('f'), "trigger feed `ACTION_NAME`"),
        FEED_PARAM,
        flags::PARAM,
        flags::PARAM_FILE,
        TRIGGER_PARAM,
    ],
    takes: Some(REQUIRED),
    act: |world, line| served(world, line, &message_name(line), Act::Entity(written(line, false)?)),
    begin: nothing,
    print: print_done,
};

static UPDATE: Command = Command {
    usage: "update TRIGGER_NAME",
    short: "update an existing trigger, or create a trigger if it does not exist",
    flags: &[flags::ANNOTATION, flags::ANNOTATION_FILE, FEED_PARAM, flags::PARAM, flags::PARAM_FILE, TRIGGER_PARAM],
    takes: Some(REQUIRED),
    act: |world, line| {
        let put = written(line, true)?;
        match served(world, line, &message_name(line), Act::Entity(put))? {
            Act::Entity(put) => Ok(Act::Program(Box::new(Program::Update { put }))),
            act => Ok(act),
        }
    },
    begin: nothing,
    print: read_first,
};

static GET: Command = Command {
    usage: "get TRIGGER_NAME [FIELD_FILTER]",
    short: "get trigger",
    flags: &[Flag::switch("summary", Some('s'), "summarize trigger details; parameters with prefix \"*\" are bound")],
    takes: Some(Takes { max: 2, ..REQUIRED }),
    act: |world, line| get_filtered(world, line, Collection::Triggers, &TRIGGER),
    begin: nothing,
    print: print_trigger,
};

static DELETE: Command = Command {
    usage: "delete TRIGGER_NAME",
    short: "delete trigger",
    flags: &[],
    takes: Some(REQUIRED),
    act: delete,
    begin: nothing,
    print: read_first,
};

static LIST: Command = Command {
    usage: "list [NAMESPACE]",
    short: "list all triggers",
    flags: &[
        Flag::number("limit", Some('l'), "30", "only return `LIMIT` number of triggers from the collection"),
        flags::NAME_SORT,
        Flag::number("skip", Some('s'), "", "exclude the first `SKIP` number of triggers from the result"),
    ],
    takes: Some(Takes { min: 0, max: 1, required: "An optional namespace is the only valid argument." }),
    act: |world, line| list(world, line, Collection::Triggers),
    begin: nothing,
    print: print_list,
};

fn fired(shown: &Shown<'_>, out: &mut Out) {
    if let Some((status, why)) = super::failure(shown.world, shown.exchange) {
        return failed(&shown.line.path, &message_name(shown.line), (status, &why), out);
    }
    let Some(name) = qualified(shown.line.argument(0).unwrap_or_default()).ok() else { return };
    // Without an active rule there is no activation, and so no id.
    let id = match &shown.exchange.answer {
        Some(Answer::Accepted(id)) => id.to_string(),
        _ => String::new(),
    };
    out.out(format!("ok: triggered {} with id {id}\n", name.full()));
}

/// The trigger of a line (CLI `commands/trigger.go:430-530,690-800`).
fn written(line: &Line, overwrite: bool) -> Result<EntityAct, Printed> {
    let has_feed = line.text("feed").is_some_and(|feed| !feed.is_empty());
    let wrong = |text: &str| Printed::own_error(NOT_ALLOWED, text);
    let (is_new_form, is_old_form) = (!line.pairs.feed.is_empty() || !line.pairs.trigger.is_empty(), !line.pairs.parameters.is_empty());
    if is_old_form && is_new_form {
        return Err(wrong(
            "Incorrect usage. Cannot combine --feed-param or --trigger-param flag with neither --param nor --param-file flag",
        ));
    }
    if !line.pairs.feed.is_empty() && !has_feed {
        return Err(wrong("Incorrect usage. Trigger without a feed cannot have feed parameters"));
    }
    if has_feed {
        return Err(Printed::own_error(1, "WhiskScope has no feeds: a trigger is fired by hand here."));
    }
    let parameters = pairs(if is_new_form { &line.pairs.trigger } else { &line.pairs.parameters });
    let content = Content { parameters, annotations: pairs(&line.pairs.annotations), ..Content::default() };
    put(Collection::Triggers, line, overwrite, content)
}

fn delete(world: &World, line: &Line) -> Result<Act, Printed> {
    let (collection, (namespace, name)) = (Collection::Triggers, named(line)?);
    let get = EntityAct::Get { collection, namespace: namespace.clone(), name: name.clone(), code: true };
    let get = served(world, line, &message_name(line), Act::Entity(get))?;
    let delete = EntityAct::Delete { collection, namespace, name, force: false };
    if matches!(get, Act::Raw(_)) {
        return Ok(get);
    }
    Ok(Act::Program(Box::new(Program::Series(vec![get, Act::Entity(delete)]))))
}

/// What is read on the way has its own error; one that is not there is then created.
fn read_first(shown: &Shown<'_>, out: &mut Out) {
    let reads = matches!(shown.world.act_of(shown.exchange), Some(Act::Entity(EntityAct::Get { .. })));
    if !reads {
        let creates = matches!(shown.world.act_of(shown.exchange), Some(Act::Entity(EntityAct::Put { overwrite: false, .. })));
        if !creates {
            return print_done(shown, out);
        }
        let name = message_name(shown.line);
        return match super::failure(shown.world, shown.exchange) {
            Some((status, why)) => failed("trigger create", &name, (status, &why), out),
            None => out.out(format!("ok: created trigger {name}\n")),
        };
    }
    let Some((status, why)) = super::failure(shown.world, shown.exchange) else { return };
    if status != 404 || shown.line.path != "trigger update" {
        failed("trigger get", &message_name(shown.line), (status, &why), out);
    }
}

fn print_trigger(shown: &Shown<'_>, out: &mut Out) {
    if !shown.line.has("summary") {
        return print_got(shown, &TRIGGER, out);
    }
    let Some(body) = got(shown, out) else { return };
    out.out(summary::entity("trigger", &summary::full_name(&body), &body));
}

//! `wsk trigger`.

use super::{Command, Flag, Group, Line, Out, Shown, Takes, nothing, qualified};
use crate::cluster::{Act, World};
use crate::shell::Printed;

pub(super) static GROUP: Group = Group { name: "trigger", short: "work with triggers", commands: &[&FIRE], alone: None };

static FIRE: Command = Command {
    usage: "fire TRIGGER_NAME [PAYLOAD]",
    short: "fire trigger event",
    flags: &[
        Flag::text("param", Some('p'), "parameter values in `KEY VALUE` format"),
        Flag::text("param-file", Some('P'), "`FILE` containing parameter values in JSON format"),
    ],
    takes: Some(Takes { min: 1, max: 1, required: "A trigger name is required." }),
    act: fire,
    begin: nothing,
    print: fired,
};

fn fire(_: &World, line: &Line) -> Result<Act, Printed> {
    let name = qualified(line.argument(0).unwrap_or_default())?;
    Ok(Act::FireTrigger { namespace: name.namespace_of(&line.user), trigger: name.path() })
}

fn fired(shown: &Shown<'_>, out: &mut Out) {
    out.printed(crate::shell::print(shown.world, shown.exchange).unwrap_or_default());
}

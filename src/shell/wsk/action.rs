//! `wsk action`.

use super::{Command, Flag, Group, Line, Out, Shown, Takes, nothing, qualified};
use crate::cluster::{Act, Wait, World};
use crate::shell::Printed;

pub(super) static GROUP: Group = Group { name: "action", short: "work with actions", commands: &[&INVOKE], alone: None };

static INVOKE: Command = Command {
    usage: "invoke ACTION_NAME",
    short: "invoke action",
    flags: &[
        Flag::switch("blocking", Some('b'), "blocking invoke"),
        Flag::text("param", Some('p'), "parameter values in `KEY VALUE` format"),
        Flag::text("param-file", Some('P'), "`FILE` containing parameter values in JSON format"),
        Flag::switch("result", Some('r'), "blocking invoke; show only activation result (unless there is a failure)"),
    ],
    takes: Some(Takes { min: 1, max: 1, required: "An action name is required." }),
    act: invoke,
    begin: nothing,
    print: invoked,
};

fn invoke(_: &World, line: &Line) -> Result<Act, Printed> {
    let name = qualified(line.argument(0).unwrap_or_default())?;
    let wait = match (line.has("result"), line.has("blocking")) {
        (true, _) => Wait::Result,
        (false, true) => Wait::Blocking,
        (false, false) => Wait::NonBlocking,
    };
    let (namespace, action) = (name.namespace_of(&line.user), name.path());
    Ok(Act::Invoke { namespace, action, wait, count: 1, gap_us: 0, extra_logging: false, timeout_ms: None })
}

fn invoked(shown: &Shown<'_>, out: &mut Out) {
    out.printed(crate::shell::print(shown.world, shown.exchange).unwrap_or_default());
}

//! The timed commands of a lesson.

use super::super::LessonCommand;
use super::{COMMANDS_MAX, NO_ACT, millis, name};
use crate::cluster::{
    Act, BURST_GAP_US_MAX, BURST_MAX, Checks, Command, CommandId, Configuration, PAYLOAD_BYTES_MAX, PAYLOAD_BYTES_TRIED_MAX, Target,
};
use crate::json::{Part, Path, Reason};
use crate::shell;
use crate::time::Instant;

pub(super) fn commands(list: &Part<'_>, configuration: &Configuration, horizon_ms: u64) -> Vec<LessonCommand> {
    let mut commands: Vec<LessonCommand> = Vec::new();
    // The same commands as a run has them, for each new one to be told from its equals.
    let mut given: Vec<Command> = Vec::new();
    list.each(0, COMMANDS_MAX as u64, &mut |part| {
        let command = command(part, configuration, horizon_ms, &commands, &given);
        given.push(command.command.clone());
        commands.push(command);
    });
    commands
}

fn command(part: &Part<'_>, configuration: &Configuration, horizon_ms: u64, earlier: &[LessonCommand], given: &[Command]) -> LessonCommand {
    part.fields("at, run, label, count, gapMs, namespace, extraLogging, payloadBytes");
    let at = part.need("at");
    let at_ms = millis(&at, horizon_ms);
    in_order(&at, at_ms, given.last().map_or(Instant::START, |before| before.at));
    let label = part.get("label").as_ref().map(|part| {
        let label = name(part);
        if earlier.iter().any(|command| command.label.as_deref() == Some(label)) {
            part.refuse_text(label, "is there twice");
        }
        label.to_owned()
    });
    let namespace = part.get("namespace").as_ref().map_or("guest", Part::text);
    let run = part.need("run");
    let line = run.text();
    let made = |label: &str| made_by(earlier, label);
    let mut act = shell::parse(line, namespace, &made).unwrap_or_else(|error| {
        run.refuse(Reason::Said(error.to_string()));
        NO_ACT
    });
    refuse_wrong_label(&run, &act, given);
    let (count, gap_ms, header) = (&part.get("count"), &part.get("gapMs"), &part.get("extraLogging"));
    if let Act::Invoke { count: members, gap_us, extra_logging, .. } = &mut act {
        if let Some(part) = header {
            *extra_logging = part.flag();
        }
        if let Some(part) = count {
            *members = part.number_in("the number of invocations", 1, BURST_MAX.into()) as u32;
        }
        if let Some(part) = gap_ms {
            *gap_us = 1_000 * part.number_in("the time between two in milliseconds", 0, BURST_GAP_US_MAX / 1_000);
        }
    } else if let Some(part) = count.as_ref().or(gap_ms.as_ref()) {
        part.refuse(Reason::Said("only invocations come in bursts".to_owned()));
    } else if let Some(part) = header {
        part.refuse(Reason::Said("only invocations have the header X-OW-EXTRA-LOGGING here".to_owned()));
    }
    if let Some(part) = &part.get("payloadBytes") {
        act = too_large(act, part);
    }
    let command = Command::new(Instant::from_millis(at_ms), namespace, act, given);
    // A line names an action, and a field the user's namespace: the refusal says which.
    let mut checks = Checks::default();
    command.check(&Path::named("the command"), configuration, &mut checks);
    command.check_names(&Path::named("the command"), configuration, &mut checks);
    if let Err(refused) = checks.end() {
        run.refuse(Reason::Said(refused.to_string()));
    }
    LessonCommand { line: line.to_owned(), label, command }
}

/// The invocation with arguments of so many bytes, which are more than a request may have. Fewer make no difference to a run.
fn too_large(act: Act, part: &Part<'_>) -> Act {
    let least = u64::from(PAYLOAD_BYTES_MAX) + 1;
    let payload_bytes = part.number_in("the size of the arguments in bytes", least, PAYLOAD_BYTES_TRIED_MAX.into()) as u32;
    match act {
        Act::Invoke { namespace, action, wait, count: 1, .. } => Act::InvokeTooLarge { namespace, action, wait, payload_bytes },
        other => {
            part.refuse(Reason::Said("only a single invocation has arguments".to_owned()));
            other
        }
    }
}

/// Refuses a time before `earlier`.
pub(super) fn in_order(part: &Part<'_>, at: u64, earlier: Instant) {
    let earlier = earlier.micros() / 1_000;
    if at < earlier {
        part.refuse(Reason::NotInOrder { at, earlier });
    }
}

/// The label of a break stands for a fault, and that of an invocation for an activation: neither will do for the other.
fn refuse_wrong_label(run: &Part<'_>, act: &Act, given: &[Command]) {
    let is_break = |id: &CommandId| given.iter().any(|command| command.id == *id && matches!(command.act, Act::Break { .. }));
    let why = match act {
        Act::Get(Target::Made { command, .. }) | Act::Result(Target::Made { command, .. }) | Act::Logs(Target::Made { command, .. }) => {
            is_break(command).then_some("the label is that of a break, which makes no activation")
        }
        Act::Mend { fault: Some(fault) } => (!is_break(fault)).then_some("the label is not that of a break"),
        _ => None,
    };
    if let Some(why) = why {
        run.refuse(Reason::Said(why.to_owned()));
    }
}

/// The command whose label can be used in a line: one that makes exactly one activation, or sets a fault.
fn made_by(commands: &[LessonCommand], label: &str) -> Option<CommandId> {
    let found = commands.iter().find(|command| command.label.as_deref() == Some(label))?;
    matches!(found.command.act, Act::Invoke { count: 1, .. } | Act::FireTrigger { .. } | Act::Break { .. }).then_some(found.command.id)
}

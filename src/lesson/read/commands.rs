//! The timed commands of a lesson.

use super::super::LessonCommand;
use super::super::error::Reason;
use super::part::{Part, Wrong};
use super::{COMMANDS_MAX, millis, name};
use crate::cluster::{Act, BURST_GAP_US_MAX, BURST_MAX, Command, CommandId, Configuration};
use crate::shell;
use crate::time::Instant;

pub(super) fn commands(list: &Part<'_>, configuration: &Configuration, horizon_ms: u64) -> Result<Vec<LessonCommand>, Wrong> {
    let mut commands: Vec<LessonCommand> = Vec::new();
    // The same commands as a run has them, for each new one to be told from its equals.
    let mut given: Vec<Command> = Vec::new();
    for part in list.items(0, COMMANDS_MAX)? {
        let command = command(&part, configuration, horizon_ms, &commands, &given)?;
        given.push(command.command.clone());
        commands.push(command);
    }
    Ok(commands)
}

fn command(
    part: &Part<'_>,
    configuration: &Configuration,
    horizon_ms: u64,
    earlier: &[LessonCommand],
    given: &[Command],
) -> Result<LessonCommand, Wrong> {
    let fields = part.fields(&["at", "run", "label", "count", "gapMs", "namespace"])?;
    let at = fields.need("at")?;
    let at_ms = millis(&at, horizon_ms)?;
    if let Some(before) = given.last() {
        in_order(&at, at_ms, before.at)?;
    }
    let label = fields.maybe("label", |part| {
        let label = name(part)?;
        if earlier.iter().any(|command| command.label.as_deref() == Some(label)) {
            return part.refuse(Reason::Twice(label.to_owned()));
        }
        Ok(label.to_owned())
    })?;
    let namespace = fields.maybe("namespace", Part::text)?.unwrap_or("guest");
    let run = fields.need("run")?;
    let line = run.text()?;
    let made = |label: &str| made_by(earlier, label);
    let mut act = shell::parse(line, namespace, &made).or_else(|error| run.refuse(error))?;
    let (count, gap_ms) = (fields.get("count"), fields.get("gapMs"));
    if let Act::Invoke { count: members, gap_us, .. } = &mut act {
        if let Some(part) = count {
            let number = part.number_in("the number of invocations", 1, BURST_MAX.into())?;
            *members = u32::try_from(number).unwrap_or(BURST_MAX);
        }
        if let Some(part) = gap_ms {
            *gap_us = 1_000 * part.number_in("the time between two in milliseconds", 0, BURST_GAP_US_MAX / 1_000)?;
        }
    } else if let Some(part) = count.or(gap_ms) {
        return part.refuse(Reason::OnlyInvocations);
    }
    let command = Command::new(Instant::from_millis(at_ms), namespace, act, given);
    // A line names an action, and a field the user's namespace: the refusal says which.
    command.check("the command", configuration).or_else(|refused| run.refuse(refused))?;
    Ok(LessonCommand { line: line.to_owned(), label, command })
}

/// Refuses a time before `earlier`.
pub(super) fn in_order(part: &Part<'_>, at: u64, earlier: Instant) -> Result<(), Wrong> {
    let earlier = earlier.micros() / 1_000;
    if at < earlier { part.refuse(Reason::NotInOrder { at, earlier }) } else { Ok(()) }
}

/// The command whose label can stand for an id: one that makes exactly one activation.
fn made_by(commands: &[LessonCommand], label: &str) -> Option<CommandId> {
    let found = commands.iter().find(|command| command.label.as_deref() == Some(label))?;
    matches!(found.command.act, Act::Invoke { count: 1, .. }).then_some(found.command.id)
}

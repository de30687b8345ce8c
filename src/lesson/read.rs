//! From a file to a valid lesson.

mod conditions;
mod place;

use super::error::{LessonError, Reason};
use super::moment::{Event, Moment};
use super::{Beat, Choice, Claim, Either, Lesson, LessonCommand, Localized, Look, Placement, Question, Summary, Telling, raw};
use crate::cluster::evidence::{self, Evidence};
use crate::cluster::place::{ControllerId, InvokerId, Node, StoreKind};
use crate::cluster::{Act, BURST_GAP_US_MAX, BURST_MAX, Command, CommandId, Configuration};
use crate::recording::{HORIZON_DEFAULT, HORIZON_MAX};
use crate::shell;
use crate::time::{Instant, Span};
use conditions::Names;

/// The version of the file's shape that this reads.
pub const SCHEMA_VERSION: u64 = 1;
/// The longest file, in bytes.
pub const FILE_BYTES_MAX: usize = 1_000_000;
pub const COMMANDS_MAX: usize = 1_000;
pub const BEATS_MAX: usize = 50;
/// The longest text in one language, in characters.
pub const TEXT_CHARACTERS_MAX: usize = 2_000;
/// Placements, and as many claims.
const PLACEMENTS_MAX: usize = 200;
/// Ids and labels, in bytes.
const NAME_BYTES_MAX: usize = 64;
const DAY_MS: u64 = 86_400_000;

/// A field's path and what is wrong with it.
pub(super) type Wrong = (String, Reason);

pub(super) fn lesson(file: &str, text: &str) -> Result<Lesson, LessonError> {
    let failed = |(field, reason)| LessonError { file: file.to_owned(), field, reason };
    if text.len() > FILE_BYTES_MAX {
        let reason = Reason::OutOfRange { what: "its length in bytes", value: text.len() as u64, min: 1, max: FILE_BYTES_MAX as u64 };
        return Err(failed(("the file".to_owned(), reason)));
    }
    let raw: raw::Lesson = serde_json::from_str(text)
        .map_err(|error| failed((place::path_at(text, error.line(), error.column()), Reason::Json(error.to_string()))))?;
    valid(raw).map_err(failed)
}

fn wrong<T>(field: impl Into<String>, reason: impl Into<Reason>) -> Result<T, Wrong> {
    Err((field.into(), reason.into()))
}

pub(super) fn within(field: &str, what: &'static str, value: u64, min: u64, max: u64) -> Result<(), Wrong> {
    if (min..=max).contains(&value) { Ok(()) } else { wrong(field, Reason::OutOfRange { what, value, min, max }) }
}

fn valid(raw: raw::Lesson) -> Result<Lesson, Wrong> {
    within("schemaVersion", "the version", raw.schema_version, SCHEMA_VERSION, SCHEMA_VERSION)?;
    name("id", &raw.id)?;
    raw.configuration.check().or_else(|refused| wrong("configuration", refused))?;
    let horizon_ms = raw.horizon_ms.unwrap_or(HORIZON_DEFAULT.millis());
    within("horizonMs", "the horizon in milliseconds", horizon_ms, 1_000, HORIZON_MAX.millis())?;
    let count = |field, length: usize, min, max: usize| within(field, "their number", length as u64, min, max as u64);
    count("commands", raw.commands.len(), 0, COMMANDS_MAX)?;
    count("beats", raw.beats.len(), 1, BEATS_MAX)?;
    count("placements", raw.placements.len(), 0, PLACEMENTS_MAX)?;
    count("claims", raw.claims.len(), 0, PLACEMENTS_MAX)?;
    let commands = commands(raw.commands, &raw.configuration, horizon_ms)?;
    let reader = Reader { names: Names { commands: &commands, configuration: &raw.configuration }, horizon_ms };
    let lesson = Lesson {
        title: text("title", raw.title)?,
        summary: reader.summary(raw.summary)?,
        seed: raw.seed,
        horizon: Instant::from_millis(horizon_ms),
        beats: reader.beats(raw.beats)?,
        placements: list("placements", raw.placements, |field, raw| reader.placement(field, raw))?,
        claims: list("claims", raw.claims, |field, raw| reader.claim(field, raw))?,
        id: raw.id,
        configuration: raw.configuration.clone(),
        commands: commands.clone(),
    };
    // What a run allows all commands together.
    lesson.run(None).check().or_else(|refused| wrong("commands", refused))?;
    Ok(lesson)
}

/// Reads each item of a list under its own path.
fn list<R, T>(field: &str, raw: Vec<R>, mut read: impl FnMut(&str, R) -> Result<T, Wrong>) -> Result<Vec<T>, Wrong> {
    raw.into_iter().enumerate().map(|(place, item)| read(&format!("{field}[{place}]"), item)).collect()
}

/// An id or a label.
fn name(field: &str, name: &str) -> Result<(), Wrong> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if (1..=NAME_BYTES_MAX).contains(&name.len()) && name.bytes().all(fits) {
        return Ok(());
    }
    wrong(field, Reason::NotA { found: short(name), wanted: "a name of 1 to 64 letters, digits and hyphens" })
}

/// A value as an error shows it.
fn short(value: &str) -> String {
    value.chars().take(80).collect()
}

fn text(field: &str, raw: raw::Text) -> Result<Localized, Wrong> {
    for (language, text) in [("en", &raw.en), ("zh", &raw.zh)] {
        let field = format!("{field}.{language}");
        if text.trim().is_empty() {
            return wrong(field, Reason::EmptyText);
        }
        within(&field, "its length in characters", text.chars().count() as u64, 1, TEXT_CHARACTERS_MAX as u64)?;
    }
    Ok(Localized { en: raw.en, zh: raw.zh })
}

fn maybe_text(field: &str, raw: Option<raw::Text>) -> Result<Option<Localized>, Wrong> {
    raw.map(|raw| text(field, raw)).transpose()
}

/// A row of the evidence table, by its id.
fn row(field: &str, id: String) -> Result<&'static Evidence, Wrong> {
    match evidence::find(&id) {
        Some(row) => Ok(row),
        None => wrong(field, Reason::UnknownEvidence(short(&id))),
    }
}

fn commands(raw: Vec<raw::Command>, configuration: &Configuration, horizon_ms: u64) -> Result<Vec<LessonCommand>, Wrong> {
    let mut commands: Vec<LessonCommand> = Vec::new();
    for (place, raw) in raw.into_iter().enumerate() {
        let field = format!("commands[{place}]");
        within(&format!("{field}.at"), "the time in milliseconds", raw.at, 0, horizon_ms)?;
        if let Some(before) = commands.last() {
            in_order(&format!("{field}.at"), raw.at, before.command.at.micros() / 1_000)?;
        }
        if let Some(label) = &raw.label {
            name(&format!("{field}.label"), label)?;
            if commands.iter().any(|earlier| earlier.label.as_ref() == Some(label)) {
                return wrong(format!("{field}.label"), Reason::Twice(label.clone()));
            }
        }
        let command = command(&field, &raw, configuration, &commands)?;
        commands.push(LessonCommand { line: raw.run, label: raw.label, command });
    }
    Ok(commands)
}

fn in_order(field: &str, at: u64, earlier: u64) -> Result<(), Wrong> {
    if at < earlier { wrong(field, Reason::NotInOrder { at, earlier }) } else { Ok(()) }
}

fn command(field: &str, raw: &raw::Command, configuration: &Configuration, earlier: &[LessonCommand]) -> Result<Command, Wrong> {
    let namespace = raw.namespace.as_deref().unwrap_or("guest");
    let made = |label: &str| made_by(earlier, label);
    let run = format!("{field}.run");
    let mut act = shell::parse(&raw.run, namespace, &made).or_else(|error| wrong(&run, error))?;
    match &mut act {
        Act::Invoke { count, gap_us, .. } => {
            let most = u64::from(BURST_MAX);
            within(&format!("{field}.count"), "the number of invocations", raw.count.unwrap_or(1), 1, most)?;
            within(
                &format!("{field}.gapMs"),
                "the time between two in milliseconds",
                raw.gap_ms.unwrap_or(0),
                0,
                BURST_GAP_US_MAX / 1_000,
            )?;
            *count = u32::try_from(raw.count.unwrap_or(1)).unwrap_or(1);
            *gap_us = raw.gap_ms.unwrap_or(0).saturating_mul(1_000);
        }
        _ => {
            for (name, given) in [("count", raw.count), ("gapMs", raw.gap_ms)] {
                if let Some(value) = given {
                    let found = format!("{name} {value}");
                    return wrong(
                        format!("{field}.{name}"),
                        Reason::NotA { found, wanted: "for this command; only invocations come in bursts" },
                    );
                }
            }
        }
    }
    let given: Vec<Command> = earlier.iter().map(|command| command.command.clone()).collect();
    let command = Command::new(Instant::from_millis(raw.at), namespace, act, &given);
    // A line names an action, a field a namespace: the refusal says which.
    command.check("the command", configuration).or_else(|refused| wrong(run, refused))?;
    Ok(command)
}

/// The command whose label can stand for an id: one that makes exactly one activation.
fn made_by(commands: &[LessonCommand], label: &str) -> Option<CommandId> {
    let found = commands.iter().find(|command| command.label.as_deref() == Some(label))?;
    matches!(found.command.act, Act::Invoke { count: 1, .. }).then_some(found.command.id)
}

/// What the rest of a lesson is read with.
struct Reader<'a> {
    names: Names<'a>,
    horizon_ms: u64,
}

impl Reader<'_> {
    fn summary(&self, raw: raw::Summary) -> Result<Either<Summary>, Wrong> {
        let read = |field: &str, lines: Vec<raw::Text>, holds: Option<raw::Condition>| {
            within(&format!("{field}.lines"), "their number", lines.len() as u64, 1, 3)?;
            let lines = list(&format!("{field}.lines"), lines, text)?;
            Ok(Summary { lines, holds: self.names.maybe_condition(&format!("{field}.holds"), holds)? })
        };
        Ok(Either {
            own: read("summary", raw.lines, raw.holds)?,
            other: raw.other_store.map(|other| read("summary.otherStore", other.lines, other.holds)).transpose()?,
        })
    }

    fn beats(&self, raw: Vec<raw::Beat>) -> Result<Vec<Beat>, Wrong> {
        let beats = list("beats", raw, |field, raw| self.beat(field, raw))?;
        // Moments that depend on the run are put in order when it is played.
        let mut earlier = 0;
        for (place, beat) in beats.iter().enumerate() {
            if let Moment::At(at) = &beat.at {
                let at = at.micros() / 1_000;
                in_order(&format!("beats[{place}].at"), at, earlier)?;
                earlier = at;
            }
        }
        Ok(beats)
    }

    fn beat(&self, field: &str, raw: raw::Beat) -> Result<Beat, Wrong> {
        let telling = |field: &str, title, words, holds| {
            Ok(Telling {
                title: maybe_text(&format!("{field}.title"), title)?,
                text: text(&format!("{field}.text"), words)?,
                holds: self.names.maybe_condition(&format!("{field}.holds"), holds)?,
            })
        };
        let own = telling(field, raw.title, raw.text, raw.holds)?;
        let other = match raw.other_store {
            Some(other) => Some(telling(&format!("{field}.otherStore"), other.title, other.text, other.holds)?),
            None => None,
        };
        Ok(Beat {
            at: self.moment(&format!("{field}.at"), raw.at)?,
            telling: Either { own, other },
            look: list(&format!("{field}.look"), raw.look, |field, raw| self.look(field, raw))?,
            evidence: list(&format!("{field}.evidence"), raw.evidence, row)?,
            question: raw.question.map(|raw| self.question(&format!("{field}.question"), raw)).transpose()?,
        })
    }

    fn question(&self, field: &str, raw: raw::Question) -> Result<Question, Wrong> {
        within(&format!("{field}.options"), "their number", raw.options.len() as u64, 2, 6)?;
        let choice = |field: &str, raw: raw::Choice| {
            Ok(Choice {
                text: text(&format!("{field}.text"), raw.text)?,
                holds: self.names.condition(&format!("{field}.holds"), raw.holds)?,
                because: maybe_text(&format!("{field}.because"), raw.because)?,
                otherwise: maybe_text(&format!("{field}.otherwise"), raw.otherwise)?,
                evidence: list(&format!("{field}.evidence"), raw.evidence, row)?,
            })
        };
        Ok(Question {
            text: text(&format!("{field}.text"), raw.text)?,
            options: list(&format!("{field}.options"), raw.options, choice)?,
            covers: raw.covers,
            show_from: self.moment(&format!("{field}.show.from"), raw.show.from)?,
            show_until: self.moment(&format!("{field}.show.until"), raw.show.until)?,
        })
    }

    fn look(&self, field: &str, raw: raw::Look) -> Result<Look, Wrong> {
        match raw {
            raw::Look::Node(name) => self.node(&name).map(Look::Node).map_or_else(
                || {
                    let wanted = "a part of this cluster: client, controller0, kafka, invoker0, couchdb, elasticsearch";
                    wrong(format!("{field}.node"), Reason::NotA { found: short(&name), wanted })
                },
                Ok,
            ),
            raw::Look::Part(part) => Ok(Look::Part(part)),
            raw::Look::Record(label) => self.names.maker(&format!("{field}.record"), &label).map(Look::Record),
        }
    }

    fn node(&self, name: &str) -> Option<Node> {
        let configuration = self.names.configuration;
        let number = |kind: &str, count: u8| {
            let digits = name.strip_prefix(kind)?;
            digits.parse().ok().filter(|number: &u8| *number < count && digits == number.to_string())
        };
        let controller = || number("controller", configuration.controllers).map(|number| Node::Controller(ControllerId(number)));
        let invoker = || number("invoker", configuration.invokers).map(|number| Node::Invoker(InvokerId(number)));
        match name {
            "client" => Some(Node::Client),
            "kafka" => Some(Node::Kafka),
            "couchdb" => Some(Node::Store(StoreKind::CouchDb)),
            "elasticsearch" => Some(Node::Store(StoreKind::Elasticsearch)),
            _ => controller().or_else(invoker),
        }
    }

    fn moment(&self, field: &str, raw: raw::Moment) -> Result<Moment, Wrong> {
        match raw {
            raw::Moment::At(at) => {
                within(field, "the time in milliseconds", at, 0, self.horizon_ms)?;
                Ok(Moment::At(Instant::from_millis(at)))
            }
            raw::Moment::After(raw::After { of, event, plus_ms }) => {
                within(&format!("{field}.plusMs"), "the time in milliseconds", plus_ms, 0, DAY_MS)?;
                let path = format!("{field}.of");
                let of = if matches!(event, Event::Sent | Event::Answered) {
                    self.names.command(&path, &of)?
                } else {
                    self.names.maker(&path, &of)?
                };
                Ok(Moment::After { of, event, plus: Span::from_millis(plus_ms) })
            }
        }
    }

    fn placement(&self, field: &str, raw: raw::Placement) -> Result<Placement, Wrong> {
        let records = match raw.records {
            raw::Labels::All => self.names.makers(),
            raw::Labels::These(labels) => list(&format!("{field}.records"), labels, |field, label| self.names.maker(field, &label))?,
        };
        within(&format!("{field}.records"), "their number", records.len() as u64, 1, COMMANDS_MAX as u64)?;
        let held_by = match raw.held_by {
            raw::HeldBy::CouchDb => Some(StoreKind::CouchDb),
            raw::HeldBy::Elasticsearch => Some(StoreKind::Elasticsearch),
            raw::HeldBy::Neither => None,
        };
        let at = self.moment(&format!("{field}.at"), raw.at)?;
        Ok(Placement { world: raw.store, at, records, held_by, get: raw.get, list: raw.list })
    }

    fn claim(&self, field: &str, raw: raw::Claim) -> Result<Claim, Wrong> {
        let at = self.moment(&format!("{field}.at"), raw.at)?;
        Ok(Claim { world: raw.store, at, holds: self.names.condition(&format!("{field}.holds"), raw.holds)? })
    }
}

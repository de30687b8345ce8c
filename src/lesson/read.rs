//! From a file to a valid lesson.

mod beats;
mod commands;
mod conditions;

use super::error::LessonError;
use super::{Either, Lesson, LessonCommand, Localized, Summary};
use crate::cluster::place::StoreKind;
use crate::cluster::{Act, Configuration, Target};
use crate::json::{Part, Reason, Report, Wrong, parse};
use crate::recording::{HORIZON_DEFAULT, HORIZON_MAX};
use crate::time::Instant;
use serde_json::Value;

/// The version of the file's shape that this reads.
pub const SCHEMA_VERSION: u64 = 1;
/// The longest file, in bytes.
pub const FILE_BYTES_MAX: usize = 1_000_000;
pub const COMMANDS_MAX: usize = 1_000;
pub const BEATS_MAX: usize = 50;
/// The longest text in one language, in characters.
pub const TEXT_CHARACTERS_MAX: usize = 2_000;
/// Placements, and as many claims.
const PLACEMENTS_MAX: u64 = 200;
/// Ids and labels, in bytes.
const NAME_BYTES_MAX: usize = 64;

/// A refused line of a command is read as this one, which comes to nothing.
const NO_ACT: Act = Act::Get(Target::Last);

pub(super) fn lesson(file: &str, text: &str) -> Result<Lesson, LessonError> {
    let report = Report::default();
    let length = text.len() as u64;
    let value = if length <= FILE_BYTES_MAX as u64 { parse(text, &report) } else { Value::Null };
    let whole = Part::whole(&value, &report);
    whole.within("its length in bytes", length, 1, FILE_BYTES_MAX as u64);
    let lesson = read(&whole);
    report.end(lesson).map_err(|Wrong { path, reason }| {
        let field = if path.is_empty() { "the file".to_owned() } else { path };
        LessonError { file: file.to_owned(), field, reason }
    })
}

/// What the parts of a lesson are read with.
struct Reader<'a> {
    commands: &'a [LessonCommand],
    configuration: &'a Configuration,
    horizon_ms: u64,
}

fn read(whole: &Part<'_>) -> Lesson {
    whole.fields("schemaVersion, id, title, summary, configuration, seed, horizonMs, commands, beats, placements, claims");
    whole.need("schemaVersion").number_in("the version", SCHEMA_VERSION, SCHEMA_VERSION);
    let configuration = whole.get("configuration").as_ref().map(configuration).unwrap_or_default();
    let horizon = whole.get("horizonMs").as_ref().map(|part| part.number_in("the horizon in milliseconds", 1_000, HORIZON_MAX.millis()));
    let horizon_ms = horizon.unwrap_or(HORIZON_DEFAULT.millis());
    let list = whole.need("commands");
    let commands = commands::commands(&list, &configuration, horizon_ms);
    let reader = Reader { commands: &commands, configuration: &configuration, horizon_ms };
    let id = name(&whole.need("id")).to_owned();
    let title = localized(&whole.need("title"));
    let summary = reader.summary(&whole.need("summary"));
    let seed = whole.need("seed").number();
    let beats = reader.beats(&whole.need("beats"));
    let placements = reader.placements(&whole.need("placements"));
    let claims = whole.get("claims").as_ref().map(|part| reader.claims(part)).unwrap_or_default();
    let horizon = Instant::from_millis(horizon_ms);
    let lesson = Lesson { id, title, summary, configuration, seed, horizon, commands, beats, placements, claims };
    // What a run allows all commands together.
    if let Err(refused) = lesson.run(None).check() {
        list.refuse(Reason::Said(refused.to_string()));
    }
    lesson
}

fn configuration(part: &Part<'_>) -> Configuration {
    let configuration = Configuration::read(part);
    if let Err(refused) = configuration.check() {
        part.refuse(Reason::Said(refused.to_string()));
    }
    configuration
}

fn store(part: &Part<'_>) -> Option<StoreKind> {
    part.one_of("couchdb, elasticsearch", &StoreKind::ALL)
}

/// An id or a label.
fn name<'a>(part: &Part<'a>) -> &'a str {
    let name = part.text();
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if !((1..=NAME_BYTES_MAX).contains(&name.len()) && name.bytes().all(fits)) {
        part.refuse_text(name, "is not a name of 1 to 64 letters, digits and hyphens");
    }
    name
}

fn millis(part: &Part<'_>, horizon_ms: u64) -> u64 {
    part.number_in("the time in milliseconds", 0, horizon_ms)
}

fn localized(part: &Part<'_>) -> Localized {
    part.fields("en, zh");
    Localized { en: text(&part.need("en")), zh: text(&part.need("zh")) }
}

/// A text in one language.
fn text(part: &Part<'_>) -> String {
    let text = part.text();
    if text.trim().is_empty() {
        part.refuse(Reason::Said("it is empty; both languages are needed".to_owned()));
    }
    part.within("its length in characters", text.chars().count() as u64, 1, TEXT_CHARACTERS_MAX as u64);
    text.to_owned()
}

impl Reader<'_> {
    fn summary(&self, part: &Part<'_>) -> Either<Summary> {
        part.fields("lines, holds, otherStore");
        let other = part.get("otherStore").as_ref().map(|part| {
            part.fields("lines, holds");
            self.lines(part)
        });
        Either { own: self.lines(part), other }
    }

    fn lines(&self, part: &Part<'_>) -> Summary {
        let lines = part.need("lines").list(1, 3, localized);
        Summary { lines, holds: part.get("holds").as_ref().map(|part| self.condition(part)) }
    }
}

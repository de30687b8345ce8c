//! From a file to a valid lesson.

mod beats;
mod commands;
mod conditions;
mod part;
mod place;
mod unique;

use super::error::{LessonError, Reason};
use super::{Either, Lesson, LessonCommand, Localized, Summary};
use crate::cluster::Configuration;
use crate::cluster::place::StoreKind;
use crate::recording::{HORIZON_DEFAULT, HORIZON_MAX};
use crate::time::Instant;
use part::{Part, Wrong, wrong};
use serde::Deserialize;
use serde_json::{Map, Value};

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

const STORES: &[(&str, StoreKind)] = &[("couchdb", StoreKind::CouchDb), ("elasticsearch", StoreKind::Elasticsearch)];

pub(super) fn lesson(file: &str, text: &str) -> Result<Lesson, LessonError> {
    let failed = |Wrong(wrong)| {
        let (field, reason) = *wrong;
        LessonError { file: file.to_owned(), field, reason }
    };
    if text.len() > FILE_BYTES_MAX {
        let reason = Reason::OutOfRange { what: "its length in bytes", value: text.len() as u64, min: 1, max: FILE_BYTES_MAX as u64 };
        return wrong("the file", reason).map_err(failed);
    }
    let value = parse(text).or_else(|error| {
        let path = place::path_at(text, error.line(), error.column());
        wrong(path, Reason::Json(error.to_string())).map_err(failed)
    })?;
    valid(&Part { value: &value, path: String::new() }).map_err(failed)
}

fn parse(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str::<unique::Unique>(text)?;
    serde_json::from_str(text)
}

/// What the parts of a lesson are read with.
struct Reader<'a> {
    commands: &'a [LessonCommand],
    configuration: &'a Configuration,
    horizon_ms: u64,
}

fn valid(part: &Part<'_>) -> Result<Lesson, Wrong> {
    let fields = part.fields(&[
        "schemaVersion",
        "id",
        "title",
        "summary",
        "configuration",
        "seed",
        "horizonMs",
        "commands",
        "beats",
        "placements",
        "claims",
    ])?;
    fields.need("schemaVersion")?.number_in("the version", SCHEMA_VERSION, SCHEMA_VERSION)?;
    let configuration = fields.maybe("configuration", configuration)?.unwrap_or_default();
    let horizon = |part: &Part<'_>| part.number_in("the horizon in milliseconds", 1_000, HORIZON_MAX.millis());
    let horizon_ms = fields.maybe("horizonMs", horizon)?.unwrap_or(HORIZON_DEFAULT.millis());
    let list = fields.need("commands")?;
    let commands = commands::commands(&list, &configuration, horizon_ms)?;
    let reader = Reader { commands: &commands, configuration: &configuration, horizon_ms };
    let lesson = Lesson {
        id: name(&fields.need("id")?)?.to_owned(),
        title: localized(&fields.need("title")?)?,
        summary: reader.summary(&fields.need("summary")?)?,
        seed: fields.need("seed")?.number()?,
        horizon: Instant::from_millis(horizon_ms),
        beats: reader.beats(&fields.need("beats")?)?,
        placements: reader.placements(&fields.need("placements")?)?,
        claims: fields.maybe("claims", |part| reader.claims(part))?.unwrap_or_default(),
        commands: commands.clone(),
        configuration: configuration.clone(),
    };
    // What a run allows all commands together.
    lesson.run(None).check().or_else(|refused| list.refuse(refused))?;
    Ok(lesson)
}

/// The configuration, all of whose fields have defaults. Its own reader knows no paths, so a value that it does not take is looked for by
/// offering it each field alone, and each item of a list alone.
fn configuration(part: &Part<'_>) -> Result<Configuration, Wrong> {
    let configuration = Configuration::deserialize(part.value).or_else(|error| {
        let path = refused_field(part.value).map_or_else(|| part.path.clone(), |field| format!("{}.{field}", part.path));
        wrong(path, Reason::Json(error.to_string()))
    })?;
    configuration.check().or_else(|refused| part.refuse(refused))?;
    Ok(configuration)
}

fn refused_field(value: &Value) -> Option<String> {
    let refuses = |name: &str, value: &Value| {
        let only = Map::from_iter([(name.to_owned(), value.clone())]);
        Configuration::deserialize(&Value::Object(only)).is_err()
    };
    let (name, value) = value.as_object()?.iter().find(|(name, value)| refuses(name, value))?;
    let item = value.as_array().and_then(|items| items.iter().position(|item| refuses(name, &Value::Array(vec![item.clone()]))));
    let name = short(name);
    Some(item.map_or(name.clone(), |item| format!("{name}[{item}]")))
}

/// An id or a label.
fn name<'a>(part: &Part<'a>) -> Result<&'a str, Wrong> {
    let name = part.text()?;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if (1..=NAME_BYTES_MAX).contains(&name.len()) && name.bytes().all(fits) {
        return Ok(name);
    }
    part.refuse(Reason::NotA { found: short(name), wanted: "a name of 1 to 64 letters, digits and hyphens" })
}

/// A value as an error shows it.
fn short(value: &str) -> String {
    value.chars().take(80).collect()
}

fn millis(part: &Part<'_>, horizon_ms: u64) -> Result<u64, Wrong> {
    part.number_in("the time in milliseconds", 0, horizon_ms)
}

fn localized(part: &Part<'_>) -> Result<Localized, Wrong> {
    let fields = part.fields(&["en", "zh"])?;
    let read = |name| {
        let part = fields.need(name)?;
        let text = part.text()?;
        if text.trim().is_empty() {
            return part.refuse(Reason::EmptyText);
        }
        part.within("its length in characters", text.chars().count() as u64, 1, TEXT_CHARACTERS_MAX as u64)?;
        Ok(text.to_owned())
    };
    Ok(Localized { en: read("en")?, zh: read("zh")? })
}

impl Reader<'_> {
    fn summary(&self, part: &Part<'_>) -> Result<Either<Summary>, Wrong> {
        let read = |fields: &part::Fields<'_>| {
            let lines = fields.need("lines")?.items(1, 3)?.map(|line| localized(&line)).collect::<Result<_, _>>()?;
            Ok(Summary { lines, holds: fields.maybe("holds", |part| self.condition(part))? })
        };
        let fields = part.fields(&["lines", "holds", "otherStore"])?;
        let other = fields.maybe("otherStore", |part| read(&part.fields(&["lines", "holds"])?))?;
        Ok(Either { own: read(&fields)?, other })
    }
}

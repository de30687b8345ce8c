//! A pipe into `jq`: plain paths, which is what people ask of an answer. `jq` itself is a language; what is more than a path is refused.

use super::print::Printed;
use serde_json::Value;

/// What stands behind the pipe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Filter {
    /// One after another, each of what the last one gave.
    stages: Vec<Stage>,
    /// `-r`: texts without quotation marks.
    raw: bool,
    /// `-c`: each value in one line.
    compact: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    Field { name: String, is_optional: bool },
    Item { place: i64, is_optional: bool },
    Each { is_optional: bool },
    Length,
    Keys,
}

/// The greatest number of values that a filter gives: the model's own limit.
const VALUES_MAX: usize = 10_000;
const TAKEN: &str = "plain paths such as .rows[0].id, .[].activationId, length and keys";

/// Splits a line at a pipe into `jq`, outside of quotation marks. `None`: there is no such pipe. `Err`: what the tool would print.
pub(super) fn split(line: &str) -> Option<(&str, Result<Filter, Printed>)> {
    let place = pipe(line)?;
    let (command, rest) = line.split_at(place);
    let words = shlex::split(rest.strip_prefix('|')?.trim())?;
    let (program, words) = words.split_first()?;
    (program == "jq").then(|| (command.trim_end(), read(words)))
}

/// Where the first pipe is that is outside of quotation marks.
fn pipe(line: &str) -> Option<usize> {
    let (mut quote, mut is_escaped) = (None, false);
    for (place, letter) in line.char_indices() {
        match (quote, letter) {
            _ if is_escaped => is_escaped = false,
            (None | Some('"'), '\\') => is_escaped = true,
            (None, '\'' | '"') => quote = Some(letter),
            (Some(open), _) if letter == open => quote = None,
            (None, '|') => return Some(place),
            _ => {}
        }
    }
    None
}

fn read(words: &[String]) -> Result<Filter, Printed> {
    let mut filter = Filter { stages: Vec::new(), raw: false, compact: false };
    let mut program = None;
    for word in words {
        match word.as_str() {
            "--raw-output" => filter.raw = true,
            "--compact-output" => filter.compact = true,
            flags if flags.len() > 1 && flags.starts_with('-') && flags.chars().skip(1).all(|letter| "rcM".contains(letter)) => {
                filter.raw |= flags.contains('r');
                filter.compact |= flags.contains('c');
            }
            word if word.starts_with('-') => return Err(problem(2, &format!("Unknown arguments: {word} (here: -r and -c)"))),
            word if program.is_some() => return Err(problem(2, &format!("Could not open file {word}: there are no files here"))),
            word => program = Some(word),
        }
    }
    for part in program.unwrap_or(".").split('|') {
        stages(part.trim(), &mut filter.stages).map_err(|place| {
            problem(3, &format!("error: “{}” is not taken here at “{place}”: this terminal's jq has {TAKEN}", part.trim()))
        })?;
    }
    Ok(filter)
}

fn problem(exit_code: u8, text: &str) -> Printed {
    Printed { stderr: format!("jq: {text}\n"), exit_code, ..Printed::default() }
}

/// Reads one path, `length` or `keys`. `Err`: the rest that is not understood.
fn stages(text: &str, to: &mut Vec<Stage>) -> Result<(), String> {
    match text {
        "length" => to.push(Stage::Length),
        "keys" => to.push(Stage::Keys),
        "." => {}
        _ => {
            let mut rest = text;
            if !rest.starts_with('.') {
                return Err(text.to_owned());
            }
            while !rest.is_empty() {
                rest = stage(rest, to).ok_or_else(|| rest.to_owned())?;
            }
        }
    }
    Ok(())
}

/// One step of a path: `.name`, `."a name"`, `["a name"]`, `[3]`, `[]`, each with an optional `?`. Returns what follows.
fn stage<'a>(text: &'a str, to: &mut Vec<Stage>) -> Option<&'a str> {
    let (mut stage, mut rest) = if let Some(rest) = text.strip_prefix(".[").or_else(|| text.strip_prefix('[')) {
        let (inside, rest) = match rest.strip_prefix('"') {
            Some(_) => {
                let (name, rest) = string(rest)?;
                (Stage::Field { name, is_optional: false }, rest)
            }
            None => {
                let (inside, _) = rest.split_once(']')?;
                let stage = match inside.trim() {
                    "" => Stage::Each { is_optional: false },
                    number => Stage::Item { place: number.parse().ok()?, is_optional: false },
                };
                (stage, rest.get(inside.len()..)?)
            }
        };
        (inside, rest.strip_prefix(']')?)
    } else {
        let rest = text.strip_prefix('.')?;
        if rest.starts_with('"') {
            let (name, rest) = string(rest)?;
            (Stage::Field { name, is_optional: false }, rest)
        } else {
            let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(rest.len());
            let (name, rest) = rest.split_at(end);
            if name.is_empty() || name.starts_with(|letter: char| letter.is_ascii_digit()) {
                return None;
            }
            (Stage::Field { name: name.to_owned(), is_optional: false }, rest)
        }
    };
    if let Some(after) = rest.strip_prefix('?') {
        rest = after;
        match &mut stage {
            Stage::Field { is_optional, .. } | Stage::Item { is_optional, .. } | Stage::Each { is_optional } => *is_optional = true,
            Stage::Length | Stage::Keys => {}
        }
    }
    to.push(stage);
    Some(rest)
}

/// A JSON text at the beginning, and what follows it.
fn string(text: &str) -> Option<(String, &str)> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<String>();
    let name = values.next()?.ok()?;
    let end = values.byte_offset();
    Some((name, text.get(end..)?))
}

impl Filter {
    /// What it makes of a standard output. An input that is no JSON, or that a step does not fit, ends in the tool's own words.
    pub fn run(&self, input: &str) -> Printed {
        let mut printed = Printed::default();
        for value in serde_json::Deserializer::from_str(input).into_iter::<Value>() {
            let value = match value {
                Ok(value) => value,
                Err(error) => {
                    printed.stderr.push_str(&format!("jq: parse error: {error}\n"));
                    printed.exit_code = 2;
                    return printed;
                }
            };
            match self.values(&value) {
                Ok(values) => values.iter().for_each(|value| self.print(value, &mut printed.stdout)),
                Err(error) => {
                    printed.stderr.push_str(&format!("jq: error (at <stdin>): {error}\n"));
                    printed.exit_code = 5;
                }
            }
        }
        printed
    }

    fn values(&self, value: &Value) -> Result<Vec<Value>, String> {
        let mut values = vec![value.clone()];
        for stage in &self.stages {
            let mut next = Vec::new();
            for value in &values {
                stage.of(value, &mut next)?;
                if next.len() > VALUES_MAX {
                    return Err(format!("more than {VALUES_MAX} values: this terminal's limit"));
                }
            }
            values = next;
        }
        Ok(values)
    }

    fn print(&self, value: &Value, to: &mut String) {
        match value {
            Value::String(text) if self.raw => to.push_str(text),
            value if self.compact => to.push_str(&value.to_string()),
            value => to.push_str(&format!("{value:#}")),
        }
        to.push('\n');
    }
}

impl Stage {
    fn of(&self, value: &Value, to: &mut Vec<Value>) -> Result<(), String> {
        match (self, value) {
            (Self::Field { name, .. }, Value::Object(fields)) => to.push(fields.get(name).cloned().unwrap_or_default()),
            (Self::Item { place, .. }, Value::Array(items)) => {
                let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
                let place = if *place < 0 { place.saturating_add(length) } else { *place };
                to.push(usize::try_from(place).ok().and_then(|place| items.get(place)).cloned().unwrap_or_default());
            }
            (Self::Field { .. } | Self::Item { .. }, Value::Null) => to.push(Value::Null),
            (Self::Each { .. }, Value::Array(items)) => to.extend(items.iter().cloned()),
            (Self::Each { .. }, Value::Object(fields)) => to.extend(fields.values().cloned()),
            (Self::Field { is_optional: true, .. } | Self::Item { is_optional: true, .. } | Self::Each { is_optional: true }, _) => {}
            (Self::Field { name, .. }, _) => return Err(format!("Cannot index {} with \"{name}\"", kind(value))),
            (Self::Item { .. }, _) => return Err(format!("Cannot index {} with number", kind(value))),
            (Self::Each { .. }, _) => return Err(format!("Cannot iterate over {}", kind(value))),
            (Self::Length, Value::Null) => to.push(0.into()),
            (Self::Length, Value::Array(items)) => to.push(items.len().into()),
            (Self::Length, Value::Object(fields)) => to.push(fields.len().into()),
            (Self::Length, Value::String(text)) => to.push(text.chars().count().into()),
            (Self::Length, _) => return Err(format!("{} has no length here", kind(value))),
            (Self::Keys, Value::Object(fields)) => {
                let mut keys: Vec<&str> = fields.keys().map(String::as_str).collect();
                crate::order::sort_by(&mut keys, |one, other| one.cmp(other));
                to.push(keys.into());
            }
            (Self::Keys, Value::Array(items)) => to.push((0..items.len()).collect()),
            (Self::Keys, _) => return Err(format!("{} has no keys", kind(value))),
        }
        Ok(())
    }
}

/// A type as the tool names it.
const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

//! Conditions from their written shape, with the labels and namespaces that they name.

use super::super::condition::{Amount, Condition, Labelled};
use super::super::{LessonCommand, Reason, raw};
use super::{Wrong, list, short, within, wrong};
use crate::cluster::{Act, Configuration};

/// How deep conditions may stand in one another, and how many parts one may have.
const DEPTH_MAX: u64 = 8;
const PARTS_MAX: u64 = 32;
/// The largest burst that a label may stand for where each of its records is looked for.
const RECORDS_MAX: u64 = 1_000;

/// The names that a lesson's fields may use.
pub(super) struct Names<'a> {
    pub commands: &'a [LessonCommand],
    pub configuration: &'a Configuration,
}

impl Names<'_> {
    /// The command with this label.
    pub fn command(&self, field: &str, label: &str) -> Result<Labelled, Wrong> {
        match self.commands.iter().find(|command| command.label.as_deref() == Some(label)) {
            Some(command) => Ok(labelled(label, command)),
            None => wrong(field, Reason::UnknownLabel(short(label))),
        }
    }

    /// The command with this label, which must make activations.
    pub fn maker(&self, field: &str, label: &str) -> Result<Labelled, Wrong> {
        let found = self.command(field, label)?;
        if found.count == 0 {
            return wrong(field, Reason::MakesNothing(short(label)));
        }
        within(field, "the number of its records", found.count.into(), 1, RECORDS_MAX)?;
        Ok(found)
    }

    /// Every labelled command that makes activations.
    pub fn makers(&self) -> Vec<Labelled> {
        let all = self.commands.iter().filter_map(|command| Some(labelled(command.label.as_deref()?, command)));
        all.filter(|labelled| labelled.count > 0).collect()
    }

    pub fn maybe_condition(&self, field: &str, raw: Option<raw::Condition>) -> Result<Option<Condition>, Wrong> {
        raw.map(|raw| self.condition(field, raw)).transpose()
    }

    pub fn condition(&self, field: &str, raw: raw::Condition) -> Result<Condition, Wrong> {
        self.nested(field, raw, 1)
    }

    fn nested(&self, field: &str, raw: raw::Condition, depth: u64) -> Result<Condition, Wrong> {
        within(field, "the depth of the condition", depth, 1, DEPTH_MAX)?;
        let under = |name: &str| format!("{field}.{name}");
        Ok(match raw {
            raw::Condition::Records(raw) => Condition::Records {
                store: raw.store,
                namespace: self.namespace(&under("records.namespace"), raw.namespace)?,
                amount: amount(&under("records"), raw.is, raw.at_least)?,
            },
            raw::Condition::AllDocs(raw) => Condition::AllDocs(amount(&under("allDocs"), raw.is, raw.at_least)?),
            raw::Condition::Index(raw) => {
                Condition::Index { namespace: self.namespace(&under("index.namespace"), raw.namespace)?, exists: raw.exists }
            }
            raw::Condition::Holds(raw) => {
                Condition::Holds { store: raw.store, of: self.maker(&under("holds.record"), &raw.record)?, is: raw.is }
            }
            raw::Condition::GetShows(raw) => Condition::GetShows { of: self.maker(&under("getShows.record"), &raw.record)?, is: raw.is },
            raw::Condition::ListShows(raw) => Condition::ListShows { of: self.maker(&under("listShows.record"), &raw.record)?, is: raw.is },
            raw::Condition::AnswerRows(raw) => Condition::AnswerRows {
                of: self.lister(&under("answerRows.command"), &raw.command)?,
                amount: amount(&under("answerRows"), raw.is, raw.at_least)?,
            },
            raw::Condition::AnswerShows(raw) => Condition::AnswerShows {
                of: self.lister(&under("answerShows.command"), &raw.command)?,
                record: self.maker(&under("answerShows.record"), &raw.record)?,
                is: raw.is,
            },
            raw::Condition::AnswerStatus(raw) => {
                within(&under("answerStatus.is"), "the status", raw.is.into(), 100, 599)?;
                Condition::AnswerStatus { of: self.command(&under("answerStatus.command"), &raw.command)?, status: raw.is }
            }
            raw::Condition::Answered(raw) => {
                Condition::Answered { of: self.command(&under("answered.command"), &raw.command)?, is: raw.is }
            }
            raw::Condition::BoundTo(store) => Condition::BoundTo(store),
            raw::Condition::All(parts) => Condition::All(self.parts(&under("all"), parts, depth)?),
            raw::Condition::Any(parts) => Condition::Any(self.parts(&under("any"), parts, depth)?),
            raw::Condition::Not(part) => Condition::Not(Box::new(self.nested(&under("not"), *part, depth + 1)?)),
        })
    }

    fn parts(&self, field: &str, parts: Vec<raw::Condition>, depth: u64) -> Result<Vec<Condition>, Wrong> {
        within(field, "the number of parts", parts.len() as u64, 1, PARTS_MAX)?;
        list(field, parts, |field, part| self.nested(field, part, depth + 1))
    }

    /// A command whose answer is a list.
    fn lister(&self, field: &str, label: &str) -> Result<Labelled, Wrong> {
        let found = self.command(field, label)?;
        let lists = |command: &&LessonCommand| command.command.id == found.command && matches!(command.command.act, Act::List { .. });
        if self.commands.iter().any(|command| lists(&command)) {
            return Ok(found);
        }
        wrong(field, Reason::NotA { found: short(label), wanted: "the label of a wsk activation list" })
    }

    fn namespace(&self, field: &str, name: Option<String>) -> Result<Option<String>, Wrong> {
        let known = |name: &String| self.configuration.namespaces.iter().any(|namespace| namespace.name == *name);
        match name {
            Some(name) if !known(&name) => wrong(field, Reason::NotA { found: short(&name), wanted: "a namespace of the configuration" }),
            name => Ok(name),
        }
    }
}

fn labelled(label: &str, command: &LessonCommand) -> Labelled {
    let count = if let Act::Invoke { count, .. } = command.command.act { count } else { 0 };
    Labelled { label: label.to_owned(), command: command.command.id, namespace: command.command.namespace.clone(), count }
}

fn amount(field: &str, is: Option<u64>, at_least: Option<u64>) -> Result<Amount, Wrong> {
    match (is, at_least) {
        (Some(count), None) => Ok(Amount::Is(count)),
        (None, Some(count)) => Ok(Amount::AtLeast(count)),
        _ => wrong(field, Reason::ExactlyOne("is, atLeast")),
    }
}

//! Conditions, with the labels and namespaces that they name.

use super::super::LessonCommand;
use super::super::condition::{Amount, Condition, Labelled};
use super::super::error::Reason;
use super::part::{Fields, Part, Wrong, wrong};
use super::{Reader, STORES, short};
use crate::cluster::Act;

/// How deep conditions may stand in one another, and how many parts one may have.
const DEPTH_MAX: u64 = 8;
const PARTS_MAX: usize = 32;
/// The largest burst that a label may stand for where each of its records is looked for.
const RECORDS_MAX: u64 = 1_000;

const CONDITIONS: &[&str] = &[
    "records",
    "allDocs",
    "index",
    "holds",
    "getShows",
    "listShows",
    "answerRows",
    "answerShows",
    "answerStatus",
    "answered",
    "boundTo",
    "all",
    "any",
    "not",
];

impl Reader<'_> {
    /// The command with this label.
    pub(super) fn command(&self, part: &Part<'_>) -> Result<Labelled, Wrong> {
        let label = part.text()?;
        match self.commands.iter().find(|command| command.label.as_deref() == Some(label)) {
            Some(command) => Ok(labelled(label, command)),
            None => part.refuse(Reason::UnknownLabel(short(label))),
        }
    }

    /// The command with this label, which must make activations.
    pub(super) fn maker(&self, part: &Part<'_>) -> Result<Labelled, Wrong> {
        let found = self.command(part)?;
        if found.count == 0 {
            return part.refuse(Reason::MakesNothing(found.label));
        }
        part.within("the number of its records", found.count.into(), 1, RECORDS_MAX)?;
        Ok(found)
    }

    /// Every labelled command that makes activations.
    pub(super) fn makers(&self) -> Vec<Labelled> {
        let all = self.commands.iter().filter_map(|command| Some(labelled(command.label.as_deref()?, command)));
        all.filter(|labelled| labelled.count > 0).collect()
    }

    pub(super) fn condition(&self, part: &Part<'_>) -> Result<Condition, Wrong> {
        self.nested(part, 1)
    }

    fn nested(&self, part: &Part<'_>, depth: u64) -> Result<Condition, Wrong> {
        part.within("the depth of the condition", depth, 1, DEPTH_MAX)?;
        let (name, part) = part.tagged(CONDITIONS)?;
        let is = |fields: &Fields<'_>| Ok(fields.maybe("is", Part::flag)?.unwrap_or(true));
        Ok(match name {
            "records" => {
                let fields = part.fields(&["store", "namespace", "is", "atLeast"])?;
                let store = fields.need("store")?.one_of(STORES)?;
                Condition::Records { store, namespace: fields.maybe("namespace", |part| self.namespace(part))?, amount: amount(&fields)? }
            }
            "allDocs" => Condition::AllDocs(amount(&part.fields(&["is", "atLeast"])?)?),
            "index" => {
                let fields = part.fields(&["namespace", "exists"])?;
                let exists = fields.need("exists")?.flag()?;
                Condition::Index { namespace: fields.maybe("namespace", |part| self.namespace(part))?, exists }
            }
            "holds" => {
                let fields = part.fields(&["store", "record", "is"])?;
                let store = fields.need("store")?.one_of(STORES)?;
                Condition::Holds { store, of: self.maker(&fields.need("record")?)?, is: is(&fields)? }
            }
            "getShows" | "listShows" => {
                let fields = part.fields(&["record", "is"])?;
                let (of, is) = (self.maker(&fields.need("record")?)?, is(&fields)?);
                if name == "getShows" { Condition::GetShows { of, is } } else { Condition::ListShows { of, is } }
            }
            "answerRows" => {
                let fields = part.fields(&["command", "is", "atLeast"])?;
                Condition::AnswerRows { of: self.lister(&fields.need("command")?)?, amount: amount(&fields)? }
            }
            "answerShows" => {
                let fields = part.fields(&["command", "record", "is"])?;
                let of = self.lister(&fields.need("command")?)?;
                Condition::AnswerShows { of, record: self.maker(&fields.need("record")?)?, is: is(&fields)? }
            }
            "answerStatus" => {
                let fields = part.fields(&["command", "is"])?;
                let status = fields.need("is")?.number_in("the status", 100, 599)?;
                Condition::AnswerStatus { of: self.command(&fields.need("command")?)?, status: u16::try_from(status).unwrap_or(0) }
            }
            "answered" => {
                let fields = part.fields(&["command", "is"])?;
                Condition::Answered { of: self.command(&fields.need("command")?)?, is: is(&fields)? }
            }
            "boundTo" => Condition::BoundTo(part.one_of(STORES)?),
            "not" => Condition::Not(Box::new(self.nested(&part, depth + 1)?)),
            all_or_any => {
                let parts = part.items(1, PARTS_MAX)?.map(|part| self.nested(&part, depth + 1)).collect::<Result<_, _>>()?;
                if all_or_any == "all" { Condition::All(parts) } else { Condition::Any(parts) }
            }
        })
    }

    /// A command whose answer is a list.
    fn lister(&self, part: &Part<'_>) -> Result<Labelled, Wrong> {
        let found = self.command(part)?;
        let lists = |command: &LessonCommand| command.command.id == found.command && matches!(command.command.act, Act::List { .. });
        if self.commands.iter().any(lists) {
            return Ok(found);
        }
        part.refuse(Reason::NotA { found: found.label, wanted: "the label of a wsk activation list" })
    }

    fn namespace(&self, part: &Part<'_>) -> Result<String, Wrong> {
        let name = part.text()?;
        if self.configuration.namespaces.iter().any(|namespace| namespace.name == name) {
            return Ok(name.to_owned());
        }
        part.refuse(Reason::NotA { found: short(name), wanted: "a namespace of the configuration" })
    }
}

fn labelled(label: &str, command: &LessonCommand) -> Labelled {
    let count = if let Act::Invoke { count, .. } = command.command.act { count } else { 0 };
    Labelled { label: label.to_owned(), command: command.command.id, namespace: command.command.namespace.clone(), count }
}

fn amount(fields: &Fields<'_>) -> Result<Amount, Wrong> {
    match (fields.get("is"), fields.get("atLeast")) {
        (Some(count), None) => count.number().map(Amount::Is),
        (None, Some(count)) => count.number().map(Amount::AtLeast),
        _ => wrong(fields.path(), Reason::ExactlyOne("is, atLeast".to_owned())),
    }
}

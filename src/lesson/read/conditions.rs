//! Conditions, with the labels and namespaces that they name.

use super::super::LessonCommand;
use super::super::condition::{Amount, Condition, Labelled};
use super::{Reader, store};
use crate::cluster::place::StoreKind;
use crate::cluster::{Act, CommandId};
use crate::json::{Part, Reason};

/// How deep conditions may stand in one another, and how many parts one may have.
const DEPTH_MAX: u64 = 8;
const PARTS_MAX: u64 = 32;
/// The largest burst that a label may stand for where each of its records is looked for.
const RECORDS_MAX: u64 = 1_000;

impl Reader<'_> {
    /// The command with this label.
    pub(super) fn command(&self, part: &Part<'_>) -> Labelled {
        self.labelled(part, |_| None)
    }

    /// The command with this label, which must make activations.
    pub(super) fn maker(&self, part: &Part<'_>) -> Labelled {
        let found = self.labelled(part, |command| match command.command.act {
            Act::Invoke { .. } | Act::FireTrigger { .. } => None,
            _ => Some("is the label of a command that makes no activation"),
        });
        part.within("the number of its records", found.count.into(), 1, RECORDS_MAX);
        found
    }

    /// A command whose answer is a list.
    fn lister(&self, part: &Part<'_>) -> Labelled {
        self.labelled(part, |command| match command.command.act {
            Act::List { .. } => None,
            _ => Some("is not the label of a wsk activation list"),
        })
    }

    /// The command with this label, unless there is something that `wrong` says about it.
    fn labelled(&self, part: &Part<'_>, wrong: fn(&LessonCommand) -> Option<&'static str>) -> Labelled {
        let label = part.text();
        let found = self.commands.iter().find(|command| command.label.as_deref() == Some(label));
        let Some(found) = found else {
            part.refuse_text(label, "is not the label of a command");
            return Labelled { label: String::new(), command: CommandId(0), namespace: String::new(), count: 0 };
        };
        if let Some(wrong) = wrong(found) {
            part.refuse_text(label, wrong);
        }
        labelled(label, found)
    }

    /// Every labelled command that makes activations.
    pub(super) fn makers(&self) -> Vec<Labelled> {
        let all = self.commands.iter().filter_map(|command| Some(labelled(command.label.as_deref()?, command)));
        all.filter(|labelled| labelled.count > 0).collect()
    }

    pub(super) fn condition(&self, part: &Part<'_>) -> Condition {
        self.nested(part, 1)
    }

    fn nested(&self, part: &Part<'_>, depth: u64) -> Condition {
        let nothing = Condition::All(Vec::new());
        if !part.within("the depth of the condition", depth, 1, DEPTH_MAX) {
            return nothing;
        }
        let known = "records, allDocs, index, holds, getShows, listShows, answerRows, answerShows, answerStatus, answered, boundTo, all, any, \
                     not";
        let Some((name, part)) = part.tagged(known) else { return nothing };
        let parts = || part.list(1, PARTS_MAX, |part| self.nested(part, depth + 1));
        match name {
            "boundTo" => return Condition::BoundTo(the_store(&part)),
            "not" => return Condition::Not(Box::new(self.nested(&part, depth + 1))),
            "all" => return Condition::All(parts()),
            "any" => return Condition::Any(parts()),
            _ => {}
        }
        part.fields(match name {
            "records" => "store, namespace, is, atLeast",
            "allDocs" => "is, atLeast",
            "index" => "namespace, exists",
            "holds" => "store, record, is",
            "getShows" | "listShows" => "record, is",
            "answerRows" => "command, is, atLeast",
            "answerShows" => "command, record, is",
            _ => "command, is",
        });
        let is = || part.get("is").as_ref().is_none_or(Part::flag);
        let record = || self.maker(&part.need("record"));
        let namespace = || part.get("namespace").as_ref().map(|part| self.namespace(part));
        match name {
            "records" => Condition::Records { store: the_store(&part.need("store")), namespace: namespace(), amount: amount(&part) },
            "allDocs" => Condition::AllDocs(amount(&part)),
            "index" => Condition::Index { namespace: namespace(), exists: part.need("exists").flag() },
            "holds" => Condition::Holds { store: the_store(&part.need("store")), of: record(), is: is() },
            "getShows" => Condition::GetShows { of: record(), is: is() },
            "listShows" => Condition::ListShows { of: record(), is: is() },
            "answerRows" => Condition::AnswerRows { of: self.lister(&part.need("command")), amount: amount(&part) },
            "answerShows" => Condition::AnswerShows { of: self.lister(&part.need("command")), record: record(), is: is() },
            "answerStatus" => {
                let status = part.need("is").number_in("the status", 100, 599) as u16;
                Condition::AnswerStatus { of: self.command(&part.need("command")), status }
            }
            _ => Condition::Answered { of: self.command(&part.need("command")), is: is() },
        }
    }

    fn namespace(&self, part: &Part<'_>) -> String {
        let name = part.text();
        if !self.configuration.has_namespace(name) {
            part.refuse_text(name, "is not a namespace of the configuration");
        }
        name.to_owned()
    }
}

fn the_store(part: &Part<'_>) -> StoreKind {
    store(part).unwrap_or(StoreKind::CouchDb)
}

fn labelled(label: &str, command: &LessonCommand) -> Labelled {
    let count = match command.command.act {
        Act::Invoke { count, .. } => count,
        Act::FireTrigger { .. } => 1,
        _ => 0,
    };
    Labelled { label: label.to_owned(), command: command.command.id, namespace: command.command.namespace.clone(), count }
}

fn amount(part: &Part<'_>) -> Amount {
    match (&part.get("is"), &part.get("atLeast")) {
        (Some(count), None) => Amount::Is(count.number()),
        (None, Some(count)) => Amount::AtLeast(count.number()),
        _ => {
            part.refuse(Reason::ExactlyOne("is, atLeast"));
            Amount::Is(0)
        }
    }
}

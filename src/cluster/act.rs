//! What an act is about, whatever it is, and the text that its command's id is made from.

use super::command::{Act, CurlOutput, ListMore, Means, Target, Wait};
use super::entity_act::Verb;
use super::place::{Node, StoreKind};
use super::wire::WireRequest;

impl Act {
    /// A list of summaries from any time.
    pub fn list(name: Option<String>, limit: u32, skip: u32) -> Self {
        Self::List { name, limit, skip, more: ListMore::default() }
    }

    /// The name that its lists filter by.
    pub(super) fn filter(&self) -> Option<&str> {
        match self {
            Self::List { name, .. } => name.as_deref(),
            Self::Program(program) => program.filter(),
            Self::Raw(_) => self.meant().and_then(Self::filter),
            _ => None,
        }
    }

    /// The namespace and the name of an action, trigger, package or rule that a run may have only from this act on.
    pub(super) fn creates(&self) -> Option<(&str, &str)> {
        match self {
            Self::Program(program) => program.creates(),
            Self::Raw(_) => self.meant().and_then(Self::creates),
            Self::Entity(act) if matches!(act.verb(), Some(Verb::Create | Verb::Update)) => act.entity(),
            _ => None,
        }
    }

    /// What a client of OpenWhisk does, and not somebody who breaks or mends the cluster.
    pub const fn is_clients(&self) -> bool {
        !matches!(self, Self::Break { .. } | Self::Mend { .. } | Self::DropData { .. } | Self::Crash { .. } | Self::Start { .. })
    }

    /// Whether it is a request of its own to the API.
    pub(super) const fn is_single_request(&self) -> bool {
        matches!(
            self,
            Self::Invoke { .. }
                | Self::List { .. }
                | Self::Entity(_)
                | Self::Get(_)
                | Self::Result(_)
                | Self::Logs(_)
                | Self::DeleteAction { .. }
                | Self::FireTrigger { .. }
        )
    }

    /// Whether it makes activations under the ids that its members stand for, one each, if all goes well.
    pub fn makes_activations(&self) -> bool {
        match self {
            Self::Raw(_) => self.meant().is_some_and(Self::makes_activations),
            _ => matches!(self, Self::Invoke { .. } | Self::FireTrigger { .. }),
        }
    }

    /// What a request as it stands means to the API, if it is more than an answer at once.
    fn meant(&self) -> Option<&Self> {
        match self {
            Self::Raw(raw) => match &raw.means {
                Means::Act { act, .. } => Some(act),
                Means::AtOnce { .. } => None,
            },
            _ => None,
        }
    }

    /// The act itself, or what a request as it stands means.
    pub fn within(&self) -> &Self {
        self.meant().unwrap_or(self)
    }

    /// What a command's id is made from. Ids seed chance, so this text must never change; it is what the compiler's own `Debug` once gave.
    pub(super) fn identity(&self) -> String {
        match self {
            Self::Invoke { namespace, action, wait, count, gap_us, extra_logging, timeout_ms } => {
                let wait = wait.identity();
                let timeout = timeout_ms.map_or_else(String::new, |ms| format!(", timeout_ms: {ms}"));
                // What came later is only there where it is used, so that the ids of earlier commands stay.
                let extra = if *extra_logging { ", extra_logging: true" } else { "" };
                format!(
                    "Invoke {{ namespace: {namespace:?}, action: {action:?}, wait: {wait}, count: {count}, gap_us: {gap_us}{extra}{timeout} }}"
                )
            }
            Self::List { name, limit, skip, more } => {
                let name = name.as_ref().map_or_else(|| "None".to_owned(), |name| format!("Some({name:?})"));
                let more = if more.is_plain() { String::new() } else { format!(", more: {more:?}") };
                format!("List {{ name: {name}, limit: {limit}, skip: {skip}{more} }}")
            }
            Self::Entity(act) => act.identity(),
            Self::Get(target) => target.identity("Get"),
            Self::Result(target) => target.identity("Result"),
            Self::Logs(target) => target.identity("Logs"),
            Self::DeleteAction { namespace, action } => format!("DeleteAction {{ namespace: {namespace:?}, action: {action:?} }}"),
            Self::FireTrigger { namespace, trigger } => format!("FireTrigger {{ namespace: {namespace:?}, trigger: {trigger:?} }}"),
            Self::InvokeTooLarge { namespace, action, wait, payload_bytes } => {
                let wait = wait.identity();
                format!("InvokeTooLarge {{ namespace: {namespace:?}, action: {action:?}, wait: {wait}, payload_bytes: {payload_bytes} }}")
            }
            Self::Raw(raw) => format!("Raw({})", serde_json::to_string(raw).unwrap_or_default()),
            Self::Ask { store, request: WireRequest { method, target, headers, body }, output } => {
                let CurlOutput { head, silent, verbose } = *output;
                let verbose = if verbose { ", verbose: true" } else { "" };
                let output = if output.is_plain() { String::new() } else { format!(", head: {head}, silent: {silent}{verbose}") };
                format!("Ask({}, {method:?}, {target:?}, {headers:?}, {body:?}{output})", store.code())
            }
            Self::Program(program) => program.identity(),
            Self::Interrupt { command } => format!("Interrupt({})", command.0),
            Self::Break { rule } => format!("Break({rule})"),
            Self::Mend { fault } => fault.map_or_else(|| "Mend(all)".to_owned(), |fault| format!("Mend({})", fault.0)),
            Self::DropData { store } => format!("DropData({})", store.code()),
            Self::Crash { node } => format!("Crash({})", node.code()),
            Self::Start { node, store } => {
                let node = node.map_or_else(|| "all".to_owned(), Node::code);
                format!("Start({node}, {})", store.map_or("as before", StoreKind::code))
            }
        }
    }
}

impl Wait {
    const fn identity(self) -> &'static str {
        match self {
            Self::NonBlocking => "NonBlocking",
            Self::Blocking => "Blocking",
            Self::Result => "Result",
        }
    }
}

impl Target {
    fn identity(self, read: &str) -> String {
        match self {
            Self::Id(id) => format!("{read}(Id({id}))"),
            Self::Made { command, member } => format!("{read}(Made {{ command: CommandId({}), member: {member} }})", command.0),
            Self::Last => format!("{read}(Last)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activation::ActivationId;
    use crate::cluster::CommandId;

    #[test]
    fn ids_are_made_from_the_text_they_always_were() {
        let check = |act: Act| assert_eq!(act.identity(), format!("{act:?}"));
        for wait in [Wait::NonBlocking, Wait::Blocking, Wait::Result] {
            let (namespace, action) = ("guest".to_owned(), "a \"b\"\n é".to_owned());
            let plain = Act::Invoke { namespace, action, wait, count: 3, gap_us: 9, extra_logging: false, timeout_ms: None };
            assert_eq!(plain.identity(), format!("{plain:?}").replace(", extra_logging: false, timeout_ms: None", ""));
            let Act::Invoke { namespace, action, .. } = plain else { return };
            let extra = Act::Invoke { namespace, action, wait, count: 3, gap_us: 9, extra_logging: true, timeout_ms: None };
            assert_eq!(extra.identity(), format!("{extra:?}").replace(", timeout_ms: None", ""));
        }
        for name in [None, Some("say \"\u{0}…".to_owned())] {
            let list = Act::list(name, 30, 1);
            assert_eq!(list.identity(), format!("{list:?}").replace(&format!(", more: {:?}", ListMore::default()), ""));
        }
        let (namespace, action) = (|| "guest".to_owned(), || "pack/hello".to_owned());
        check(Act::DeleteAction { namespace: namespace(), action: action() });
        check(Act::FireTrigger { namespace: namespace(), trigger: "tick".to_owned() });
        check(Act::InvokeTooLarge { namespace: namespace(), action: action(), wait: Wait::Result, payload_bytes: 1_048_577 });
        for target in [Target::Id(ActivationId(7)), Target::Made { command: CommandId(u64::MAX), member: 2 }, Target::Last] {
            for act in [Act::Get, Act::Result, Act::Logs] {
                check(act(target));
            }
        }
    }
}

//! What a client does: the timed commands of a run.

use super::checks::Checks;
use super::configuration::Configuration;
use super::entity_act::{EntityAct, Verb};
use super::faults::Rule;
use super::place::{Node, StoreKind};
use super::program::Program;
use super::wire::WireRequest;
use crate::activation::ActivationId;
use crate::chance::name_of;
use crate::json::Path;
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// A command's own id, made from what it is and when: it stays when other commands come or go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CommandId(pub u64);

/// Something that a client does at an instant. It takes effect after every other event of that instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Command {
    pub id: CommandId,
    pub at: Instant,
    /// The user's namespace, which `_` stands for in the CLI's URLs.
    pub namespace: String,
    pub act: Act,
    /// The line that was typed for it. What the line says of printing alone (`-v`, a pipe) is nowhere else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
}

/// How an invocation is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Wait {
    NonBlocking,
    Blocking,
    /// Blocking, and only the result is wanted.
    Result,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Act {
    Invoke {
        /// The namespace and the name of the action.
        namespace: String,
        action: String,
        wait: Wait,
        /// How often, 1 to [`BURST_MAX`].
        count: u32,
        /// Between one and the next, in microseconds, up to [`BURST_GAP_US_MAX`].
        gap_us: u64,
        /// With the header `X-OW-EXTRA-LOGGING: on`, which `wsk` has no flag for: a user sends it with `curl -H`.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        extra_logging: bool,
        /// How long a blocking call is waited for at most, in ms, if not for the configured time (`Actions.scala:768-779`). `wsk` has no
        /// flag for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        timeout_ms: Option<u32>,
    },
    List {
        name: Option<String>,
        /// 0 means 200; at most 200 (`CTL/RestAPIs.scala:115-127`).
        limit: u32,
        skip: u32,
        #[serde(default, skip_serializing_if = "ListMore::is_plain")]
        more: ListMore,
    },
    /// Something with entities themselves.
    Entity(EntityAct),
    Get(Target),
    Result(Target),
    Logs(Target),
    /// A request to a store's own HTTP interface, such as `curl` sends: OpenWhisk has no part in it.
    Ask {
        store: StoreKind,
        request: WireRequest,
        #[serde(default, skip_serializing_if = "CurlOutput::is_plain")]
        output: CurlOutput,
    },
    /// A request to OpenWhisk's API as it stands, such as `curl` sends.
    Raw(Box<Raw>),
    /// Several requests, one after another.
    Program(Box<Program>),
    /// Ctrl-C: what this command started ends.
    Interrupt {
        command: CommandId,
    },
    /// `wsk action delete`.
    DeleteAction {
        namespace: String,
        action: String,
    },
    /// `wsk trigger fire`.
    FireTrigger {
        namespace: String,
        trigger: String,
    },
    /// An invocation whose arguments are more than a request may have: this many bytes, over [`PAYLOAD_BYTES_MAX`].
    InvokeTooLarge {
        namespace: String,
        action: String,
        wait: Wait,
        payload_bytes: u32,
    },
    /// Sets a fault, after those that are set.
    Break {
        rule: Rule,
    },
    /// Takes out the fault that this command set, or all of them.
    Mend {
        fault: Option<CommandId>,
    },
    /// Deletes the database, or the indices, that activation records are in, with all that is in there.
    DropData {
        store: StoreKind,
    },
    /// A process dies, or a service stops, at once and with all that it has in memory.
    Crash {
        node: Node,
    },
    /// It is started; if it runs, it is stopped first. Without a node: every process of OpenWhisk.
    Start {
        node: Option<Node>,
        /// What the configuration binds the process to from now on; without it, what it was bound to before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        store: Option<StoreKind>,
    },
}

/// A request to OpenWhisk's API, with what the API reads it as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Raw {
    pub request: WireRequest,
    #[serde(default, skip_serializing_if = "CurlOutput::is_plain")]
    pub output: CurlOutput,
    pub means: Means,
}

/// What a request to the API comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Means {
    /// An act of the user of this namespace, whose key the request bears.
    Act { namespace: String, act: Act },
    /// The API answers by itself, with this status: it refuses the request, or is asked about itself.
    AtOnce {
        status: u16,
        /// What its tool was after, if it was after an act; of a wish that no act can hold, the nearest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wish: Option<Act>,
    },
}

/// What `curl` prints besides the body of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CurlOutput {
    /// `-i`: the status line and the headers.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub head: bool,
    /// `-s`: no errors.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub silent: bool,
    /// `-v`: the heads of both messages.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub verbose: bool,
}

impl CurlOutput {
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

/// What a list of activations can ask for besides (`core/controller/Activations.scala:152-182`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ListMore {
    /// Only records that start at this time or later, in ms of the epoch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since_ms: Option<u64>,
    /// Only records that start at this time or earlier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upto_ms: Option<u64>,
    #[serde(skip_serializing_if = "ListForm::is_plain")]
    pub form: ListForm,
}

impl ListMore {
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

/// What a list of activations is answered with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ListForm {
    #[default]
    Summaries,
    /// Whole records.
    Docs,
    /// How many there are. The limit plays no part then.
    Count,
}

impl ListForm {
    fn is_plain(&self) -> bool {
        *self == Self::Summaries
    }
}

/// Which record a read is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Target {
    Id(ActivationId),
    /// What a member of an earlier command made.
    Made {
        command: CommandId,
        member: u32,
    },
    /// `--last`: the first row of a list, with its lag.
    Last,
}

/// Invocations in one burst.
pub const BURST_MAX: u32 = 1_000_000;
/// Between two invocations of a burst: a minute.
pub const BURST_GAP_US_MAX: u64 = 60_000_000;
/// The default and the greatest limit of a list.
pub const LIST_LIMIT: u32 = 30;
pub const LIST_LIMIT_MAX: u32 = 200;
/// The greatest number of rows that a list can leave out: the model's own limit.
pub const LIST_SKIP_MAX: u32 = 1_000_000;
/// The greatest request that makes an activation, in bytes (`application.conf:436-465`), and the greatest that is tried.
pub const PAYLOAD_BYTES_MAX: u32 = 1_048_576;
pub const PAYLOAD_BYTES_TRIED_MAX: u32 = 100_000_000;
/// The longest that a blocking call can ask to be waited for, in ms (`application.conf:598-602`).
pub const WAIT_MS_MAX: u32 = 60_000;
/// The longest line that can be typed, in bytes: the model's own limit.
pub const LINE_BYTES_MAX: u64 = 1_000;
/// The latest that a command can be given: a day.
const HORIZON_US_MAX: u64 = 86_400_000_000;

impl Command {
    /// The namespace of whoever it is given by: that of the key, where its request bears one.
    pub fn user(&self) -> &str {
        match &self.act {
            Act::Raw(raw) => match &raw.means {
                Means::Act { namespace, .. } => namespace,
                Means::AtOnce { .. } => &self.namespace,
            },
            _ => &self.namespace,
        }
    }

    /// A command with an id made from its time, its namespace, what it does, and how many equal ones are before it.
    pub fn new(at: Instant, namespace: &str, act: Act, earlier: &[Self]) -> Self {
        let equal = |other: &&Self| other.at == at && other.namespace == namespace && other.act == act;
        let nth = earlier.iter().filter(equal).count();
        let text = format!("{} {namespace} {} {nth}", at.micros(), act.identity());
        Self { id: CommandId(name_of(text.as_bytes())), at, namespace: namespace.to_owned(), act, line: None }
    }

    /// Refuses the name of an action or a trigger that the configuration does not have: in a lesson it is a slip of the pen.
    pub fn check_names(&self, whole: &Path<'_>, configuration: &Configuration, checks: &mut Checks) {
        let is_trigger = |namespace: &str, name: &str| configuration.triggers.iter().any(|it| it.namespace == namespace && it.name == name);
        let (what, namespace, name, is_there) = match &self.act {
            Act::Invoke { namespace, action, .. }
            | Act::InvokeTooLarge { namespace, action, .. }
            | Act::DeleteAction { namespace, action } => ("action", namespace, action, configuration.has_action(namespace, action)),
            Act::FireTrigger { namespace, trigger } => ("trigger", namespace, trigger, is_trigger(namespace, trigger)),
            _ => return,
        };
        if !is_there {
            checks.unknown(whole, what, &format!("{namespace}/{name}"));
        }
    }

    /// Checks it against the ranges and against what the configuration has. `whole` says where it stands.
    pub fn check(&self, whole: &Path<'_>, configuration: &Configuration, checks: &mut Checks) {
        checks.range(whole, "at", self.at.micros(), 0, HORIZON_US_MAX);
        if !configuration.has_namespace(&self.namespace) {
            checks.unknown(whole, "namespace", &self.namespace);
        }
        if let Some(line) = &self.line {
            checks.text(whole, "line", line, 1, LINE_BYTES_MAX);
        }
        self.act.check(whole, configuration, checks);
    }
}

impl Act {
    fn check(&self, whole: &Path<'_>, configuration: &Configuration, checks: &mut Checks) {
        match self {
            Self::Invoke { namespace, action, count, gap_us, timeout_ms, .. } => {
                if let Some(timeout_ms) = timeout_ms {
                    checks.range(whole, "timeoutMs", (*timeout_ms).into(), 1, WAIT_MS_MAX.into());
                }
                checks.range(whole, "count", (*count).into(), 1, BURST_MAX.into());
                checks.range(whole, "gapUs", *gap_us, 0, BURST_GAP_US_MAX);
                named(whole, "action", namespace, action, checks);
            }
            Self::InvokeTooLarge { namespace, action, payload_bytes, .. } => {
                let least = u64::from(PAYLOAD_BYTES_MAX) + 1;
                checks.range(whole, "payloadBytes", (*payload_bytes).into(), least, PAYLOAD_BYTES_TRIED_MAX.into());
                named(whole, "action", namespace, action, checks);
            }
            Self::DeleteAction { namespace, action } => named(whole, "action", namespace, action, checks),
            Self::FireTrigger { namespace, trigger } => named(whole, "trigger", namespace, trigger, checks),
            Self::Entity(act) => act.check(whole, checks),
            Self::List { limit, skip, name, .. } => {
                checks.range(whole, "limit", (*limit).into(), 0, LIST_LIMIT_MAX.into());
                checks.range(whole, "skip", (*skip).into(), 0, LIST_SKIP_MAX.into());
                if let Some(name) = name {
                    checks.text(whole, "name", name, 1, 256);
                }
            }
            Self::Ask { store, request, .. } => {
                if !store.keeps_records() {
                    checks.unknown(whole, "store", store.code());
                }
                request.check(whole, checks);
            }
            Self::Break { rule } => rule.check(&whole.field("rule"), configuration, checks),
            Self::DropData { store } if !store.keeps_records() => checks.unknown(whole, "store", store.code()),
            Self::Raw(raw) => {
                raw.request.check(whole, checks);
                match &raw.means {
                    Means::Act { act, .. } if !act.is_single_request() => checks.unknown(whole, "act of a request", &act.identity()),
                    Means::Act { namespace, act } => {
                        if !configuration.has_namespace(namespace) {
                            checks.unknown(whole, "namespace", namespace);
                        }
                        act.check(whole, configuration, checks);
                    }
                    Means::AtOnce { status, wish } => {
                        checks.range(whole, "status", (*status).into(), 100, 599);
                        if let Some(wish) = wish.as_ref().filter(|wish| !wish.is_single_request()) {
                            checks.unknown(whole, "wish", &wish.identity());
                        }
                    }
                }
            }
            Self::Program(program) => program.check(whole, &mut |act, checks| act.check(whole, configuration, checks), checks),
            Self::Get(_) | Self::Result(_) | Self::Logs(_) | Self::Mend { .. } | Self::DropData { .. } | Self::Interrupt { .. } => {}
            Self::Crash { node } => check_node(whole, *node, configuration, checks),
            Self::Start { node, store } => {
                if let Some(node) = node {
                    check_node(whole, *node, configuration, checks);
                }
                let is_process = node.is_none_or(|node| node.process().is_some());
                if let (Some(store), false) = (store, is_process) {
                    checks.unknown(whole, "store", store.code());
                }
            }
        }
    }
}

/// Whatever is asked for can be asked for: whether it is there is for the controller to say.
fn named(whole: &Path<'_>, what: &'static str, namespace: &str, name: &str, checks: &mut Checks) {
    checks.text(whole, "namespace", namespace, 1, 256);
    checks.text(whole, what, name, 1, 513);
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

/// Whether there is such a process or service to stop and start.
fn check_node(whole: &Path<'_>, node: Node, configuration: &Configuration, checks: &mut Checks) {
    let at = whole.field("node");
    match node {
        Node::Controller(id) => checks.range(&at, "controller", id.0.into(), 0, u64::from(configuration.controllers).saturating_sub(1)),
        Node::Invoker(id) => checks.range(&at, "invoker", id.0.into(), 0, u64::from(configuration.invokers).saturating_sub(1)),
        Node::Kafka => {}
        Node::Store(store) if store.keeps_records() => {}
        Node::Client | Node::Store(_) => checks.unknown(whole, "node", &node.code()),
    }
}

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
    const fn is_single_request(&self) -> bool {
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

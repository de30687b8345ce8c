//! What a client does: the timed commands of a run.

use super::checks::Checks;
use super::configuration::Configuration;
use super::entity_act::EntityAct;
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

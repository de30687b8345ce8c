//! What a client does: the timed commands of a run.

use super::configuration::{Configuration, in_range};
use super::refused::Refused;
use crate::activation::ActivationId;
use crate::chance::name_of;
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
    },
    List {
        name: Option<String>,
        /// 0 means 200; at most 200 (`CTL/RestAPIs.scala:115-127`).
        limit: u32,
        skip: u32,
    },
    Get(Target),
    Result(Target),
    Logs(Target),
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

impl Command {
    /// A command with an id made from its time, its namespace, what it does, and how many equal ones are before it.
    pub fn new(at: Instant, namespace: &str, act: Act, earlier: &[Self]) -> Self {
        let equal = |other: &&Self| other.at == at && other.namespace == namespace && other.act == act;
        let nth = earlier.iter().filter(equal).count();
        let text = format!("{} {namespace} {act:?} {nth}", at.micros());
        Self { id: CommandId(name_of(text.as_bytes())), at, namespace: namespace.to_owned(), act }
    }

    /// Checks it against the ranges and against what the configuration has. `name` says where it stands.
    pub fn check(&self, name: &str, configuration: &Configuration) -> Result<(), Refused> {
        in_range(&format!("{name}.at"), self.at.micros(), 0, 86_400_000_000)?;
        if !configuration.namespaces.iter().any(|namespace| namespace.name == self.namespace) {
            return Err(Refused::Unknown { name: format!("{name}.namespace"), value: self.namespace.clone() });
        }
        match &self.act {
            Act::Invoke { namespace, action, count, gap_us, .. } => {
                in_range(&format!("{name}.count"), (*count).into(), 1, BURST_MAX.into())?;
                in_range(&format!("{name}.gapUs"), *gap_us, 0, BURST_GAP_US_MAX)?;
                if !configuration.actions.iter().any(|known| known.namespace == *namespace && known.name == *action) {
                    return Err(Refused::Unknown { name: format!("{name}.action"), value: format!("{namespace}/{action}") });
                }
                Ok(())
            }
            Act::List { limit, skip, name: filter } => {
                in_range(&format!("{name}.limit"), (*limit).into(), 0, LIST_LIMIT_MAX.into())?;
                in_range(&format!("{name}.skip"), (*skip).into(), 0, 1_000_000)?;
                let length = filter.as_ref().map_or(1, |text| text.chars().count() as u64);
                in_range(&format!("{name}.name.length"), length, 1, 256)
            }
            Act::Get(_) | Act::Result(_) | Act::Logs(_) => Ok(()),
        }
    }
}

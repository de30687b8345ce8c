//! Command lines that send several requests, one after another: as their tool does, each request follows from the answers before it.
//!
//! An act of a run is one request. [`Program`] is what such a line is instead: [`super::World::program_goes_on`] sends its next request as an act of
//! its own, under the program's command and with its number as the exchange's member.

use super::checks::Checks;
use super::command::{Act, Target};
use super::entity_act::{Collection, EntityAct};
use crate::json::Path;
use serde::{Deserialize, Serialize};

/// What such a line does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Program {
    /// These, until one fails.
    Series(Vec<Act>),
    /// What there is in the user's namespace: actions, packages, triggers, rules, and then each rule for its status (CLI
    /// `commands/namespace.go:82-124`).
    Namespace,
    /// An action is read with its code, and what it is made of is put under another name (CLI `commands/action.go`, `parseAction`).
    Copy { namespace: String, action: String, put: EntityAct },
    /// What is to be replaced is read first. Where there is none it is created (CLI `commands/action.go`, `augmentAction`;
    /// `commands/trigger.go`, `Trigger.Update`).
    Update { put: EntityAct },
    /// A list of rules, and then each of them for its status (CLI `commands/rule.go`, `ruleListCmd`).
    Rules { list: EntityAct },
    /// `wsk activation poll`, until it is stopped.
    Poll(Poll),
}

/// What is polled for (CLI `commands/activation.go:310-411`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Poll {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Begin with what started this long ago, in seconds. Without it: after the newest that a list shows, which is asked for first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since_s: Option<u32>,
    /// End once more than this many seconds have passed; 0: never.
    pub exit_s: u32,
}

/// The greatest number of requests that one program sends. The real poll has no end: this one is the model's own.
pub const PROGRAM_REQUESTS_MAX: usize = 1_000;
/// The greatest number of requests in a series.
const SERIES_MAX: u64 = 10;
/// The longest that a poll can look back or go on, in seconds: a year.
pub const POLL_SECONDS_MAX: u32 = 31_536_000;

impl Program {
    pub(super) fn check(&self, whole: &Path<'_>, check: &mut dyn FnMut(&Act, &mut Checks), checks: &mut Checks) {
        match self {
            Self::Series(acts) => {
                checks.length(whole, "series", acts.len(), 1, SERIES_MAX);
                for act in acts {
                    if is_single(act) {
                        check(act, checks);
                    } else {
                        checks.unknown(whole, "act of a series", &act.identity());
                    }
                }
            }
            Self::Namespace => {}
            Self::Copy { namespace, action, put } => {
                checks.text(whole, "namespace", namespace, 1, 256);
                checks.text(whole, "action", action, 1, 513);
                if !matches!(put, EntityAct::Put { collection: Collection::Actions, .. }) {
                    checks.unknown(whole, "put", &put.identity());
                }
                put.check(whole, checks);
            }
            Self::Update { put } => {
                if !matches!(put, EntityAct::Put { .. }) {
                    checks.unknown(whole, "put", &put.identity());
                }
                put.check(whole, checks);
            }
            Self::Rules { list } => {
                if !matches!(list, EntityAct::List { collection: Collection::Rules, count: false, .. }) {
                    checks.unknown(whole, "list", &list.identity());
                }
                list.check(whole, checks);
            }
            Self::Poll(Poll { name, since_s, exit_s }) => {
                if let Some(name) = name {
                    checks.text(whole, "name", name, 1, 256);
                }
                checks.range(whole, "sinceS", since_s.unwrap_or(0).into(), 0, POLL_SECONDS_MAX.into());
                checks.range(whole, "exitS", (*exit_s).into(), 0, POLL_SECONDS_MAX.into());
            }
        }
    }

    /// What a command's id is made from.
    pub(super) fn identity(&self) -> String {
        format!("Program({})", serde_json::to_string(self).unwrap_or_default())
    }

    /// The name that its lists filter by.
    pub(super) fn filter(&self) -> Option<&str> {
        match self {
            Self::Poll(poll) => poll.name.as_deref(),
            Self::Series(acts) => acts.iter().find_map(Act::filter),
            Self::Namespace | Self::Copy { .. } | Self::Update { .. } | Self::Rules { .. } => None,
        }
    }

    /// The namespace and the name of what a run may have only from this program on.
    pub(super) fn creates(&self) -> Option<(&str, &str)> {
        match self {
            Self::Copy { put, .. } | Self::Update { put } => put.entity(),
            Self::Series(acts) => acts.iter().find_map(Act::creates),
            Self::Namespace | Self::Rules { .. } | Self::Poll(_) => None,
        }
    }
}

/// Whether a program may send it: one request, which makes no activation.
fn is_single(act: &Act) -> bool {
    match act {
        Act::List { .. } | Act::Entity(_) | Act::DeleteAction { .. } | Act::Ask { .. } => true,
        Act::Get(target) | Act::Result(target) | Act::Logs(target) => *target != Target::Last,
        _ => false,
    }
}

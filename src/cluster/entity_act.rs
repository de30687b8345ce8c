//! What a client does with entities themselves: actions, packages, triggers and rules.

use super::checks::Checks;
use super::command::LIST_SKIP_MAX;
use crate::json::Path;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A collection of the API (`core/entitlement/Collection.scala:108-118`). Activations have acts of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Collection {
    Actions,
    Packages,
    Triggers,
    Rules,
}

impl Collection {
    pub const ALL: [Self; 4] = [Self::Actions, Self::Packages, Self::Triggers, Self::Rules];

    /// As in a URL.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Actions => "actions",
            Self::Packages => "packages",
            Self::Triggers => "triggers",
            Self::Rules => "rules",
        }
    }
}

/// What is done with one entity or with a list of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    List,
    Get,
    /// Create, and nothing else.
    Create,
    /// Create, or update what is there: `overwrite=true`.
    Update,
    Delete,
    Enable,
    Disable,
}

impl Verb {
    pub const ALL: [Self; 7] = [Self::List, Self::Get, Self::Create, Self::Update, Self::Delete, Self::Enable, Self::Disable];
}

/// An act on entities. Actions are deleted by [`super::Act::DeleteAction`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum EntityAct {
    /// The user's namespaces, of which there is one (`Namespaces.scala:36-40`).
    Namespaces,
    List {
        collection: Collection,
        namespace: String,
        /// Only the actions in this package.
        package: Option<String>,
        /// 0 means 200; at most 200.
        limit: u32,
        skip: u32,
        /// Their number alone.
        count: bool,
    },
    Get {
        collection: Collection,
        namespace: String,
        name: String,
        /// With the code, if it is an action's.
        code: bool,
    },
    Put {
        collection: Collection,
        namespace: String,
        name: String,
        overwrite: bool,
        content: Box<Content>,
    },
    Delete {
        collection: Collection,
        namespace: String,
        name: String,
        /// With all that is in it, if it is a package.
        force: bool,
    },
    /// Enables or disables a rule.
    SetRule {
        namespace: String,
        name: String,
        active: bool,
    },
}

/// What a PUT says of an entity. What it leaves out stays as it was, or gets its standard value (`WhiskAction.scala:47-57`,
/// `WhiskPackage.scala:38-43`, `WhiskTrigger.scala:34-39`, `WhiskRule.scala:40-46`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Content {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publish: Option<bool>,
    /// Objects of `key` and `value`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Vec<Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotations: Option<Vec<Value>>,
    /// Keys of annotations to take out of an action.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub del_annotations: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exec: Option<Exec>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<PutLimits>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binding: Option<Bound>,
    /// `/namespace/name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trigger: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
}

/// What an action is made of. The model keeps the code and never runs it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Exec {
    /// As asked for, such as `nodejs:default`, in lower case.
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub main: Option<String>,
    /// Of a sequence, each `/namespace/name`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<String>,
}

/// Limits of an action in a PUT: ms, MB, MB, activations a container.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct PutLimits {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logs: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concurrency: Option<i32>,
}

/// The package that a binding is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Bound {
    pub namespace: String,
    pub name: String,
}

/// The longest code of an action, in bytes (`application.conf:516`).
pub const EXEC_BYTES_MAX: u64 = 48 * 1_048_576;

impl EntityAct {
    pub const fn collection(&self) -> Collection {
        match self {
            Self::Namespaces => Collection::Actions,
            Self::List { collection, .. }
            | Self::Get { collection, .. }
            | Self::Put { collection, .. }
            | Self::Delete { collection, .. } => *collection,
            Self::SetRule { .. } => Collection::Rules,
        }
    }

    /// What is done, or nothing for the list of namespaces, which has no collection.
    pub const fn verb(&self) -> Option<Verb> {
        match self {
            Self::Namespaces => None,
            Self::List { .. } => Some(Verb::List),
            Self::Get { .. } => Some(Verb::Get),
            Self::Put { overwrite: false, .. } => Some(Verb::Create),
            Self::Put { overwrite: true, .. } => Some(Verb::Update),
            Self::Delete { .. } => Some(Verb::Delete),
            Self::SetRule { active: true, .. } => Some(Verb::Enable),
            Self::SetRule { active: false, .. } => Some(Verb::Disable),
        }
    }

    /// The namespace and the name of the entity that it is about.
    pub fn entity(&self) -> Option<(&str, &str)> {
        match self {
            Self::Namespaces | Self::List { .. } => None,
            Self::Get { namespace, name, .. }
            | Self::Put { namespace, name, .. }
            | Self::Delete { namespace, name, .. }
            | Self::SetRule { namespace, name, .. } => Some((namespace, name)),
        }
    }

    pub(super) fn check(&self, whole: &Path<'_>, checks: &mut Checks) {
        if let Some((namespace, name)) = self.entity() {
            checks.text(whole, "namespace", namespace, 1, 256);
            checks.text(whole, "name", name, 1, 513);
        }
        if let Self::List { limit, skip, .. } = self {
            checks.range(whole, "limit", (*limit).into(), 0, super::LIST_LIMIT_MAX.into());
            checks.range(whole, "skip", (*skip).into(), 0, LIST_SKIP_MAX.into());
        }
    }

    /// What a command's id is made from.
    pub(super) fn identity(&self) -> String {
        // Compact JSON text: its fields have an order, and what is not said is not there.
        format!("Entity({})", serde_json::to_string(self).unwrap_or_default())
    }
}

//! The namespaces and actions that a run knows, and what each action does when it runs.

use super::Status;
use crate::time::Span;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NamespaceId(pub u16);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ActionId(pub u16);

/// A namespace and the one subject that acts in it, who bears the same name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namespace {
    pub name: String,
    /// The limit `storeActivations`, kept in the document `<namespace>/limits` of the subjects database (`core/entity/Identity.scala:39`,
    /// `tools/admin/wskadmin:150`). Without one it is true.
    pub store_activations: bool,
}

impl Namespace {
    /// A namespace without limits of its own.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), store_activations: true }
    }
}

/// A name alone where there is no more to say.
impl Serialize for Namespace {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.store_activations {
            return serializer.serialize_str(&self.name);
        }
        let mut fields = serializer.serialize_struct("Namespace", 2)?;
        fields.serialize_field("name", &self.name)?;
        fields.serialize_field("storeActivations", &self.store_activations)?;
        fields.end()
    }
}

/// A model parameter: a time drawn evenly between two ends, in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SpanRange {
    pub min_us: u64,
    pub max_us: u64,
}

impl SpanRange {
    pub const fn micros(min_us: u64, max_us: u64) -> Self {
        Self { min_us, max_us }
    }

    pub const fn millis(min: u64, max: u64) -> Self {
        Self { min_us: min * 1_000, max_us: max * 1_000 }
    }

    pub const fn min(self) -> Span {
        Span::from_micros(self.min_us)
    }

    pub const fn max(self) -> Span {
        Span::from_micros(self.max_us)
    }
}

/// An action as it was created: where, how it is limited, and what its code does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Action {
    pub namespace: String,
    pub name: String,
    pub version: String,
    pub kind: String,
    pub limits: Limits,
    pub behaviour: Behaviour,
}

impl Action {
    /// An action of the current Node.js kind in its first version, with the standard limits.
    pub fn new(namespace: &str, name: &str, behaviour: Behaviour) -> Self {
        Self {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            version: "0.0.1".to_owned(),
            kind: "nodejs:20".to_owned(),
            limits: Limits::default(),
            behaviour,
        }
    }
}

/// Limits of an action with OpenWhisk's standard values (`application.conf:485-516`): ms, MB, MB, activations a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    pub timeout_ms: u32,
    pub memory_mb: u32,
    pub logs_mb: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { timeout_ms: 60_000, memory_mb: 256, logs_mb: 10 }
    }
}

/// What an action's code does: model parameters, chosen for the lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Behaviour {
    /// How long the code runs.
    pub run: SpanRange,
    pub outcome: Outcome,
    pub result: Body,
    pub log: Vec<LogLine>,
    /// The end marker of the log never comes: collection gives up after two seconds of silence.
    pub log_collection_fails: bool,
}

/// How a run that is not cut short by its time limit ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Success,
    ApplicationError,
    DeveloperError,
}

impl Outcome {
    pub const fn status(self) -> Status {
        match self {
            Self::Success => Status::Success,
            Self::ApplicationError => Status::ApplicationError,
            Self::DeveloperError => Status::DeveloperError,
        }
    }
}

/// What the code returns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Body {
    Json(Value),
    /// An object of many short rows that is this many bytes long as compact JSON.
    Rows {
        bytes: u32,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stream {
    Stdout,
    Stderr,
}

impl Stream {
    pub const fn text(self) -> &'static str {
        match self {
            Self::Stdout => "stdout",
            Self::Stderr => "stderr",
        }
    }
}

/// A line that the code writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LogLine {
    pub stream: Stream,
    pub text: String,
}

/// All namespaces and actions of a run, by number. The numbers are internal: they never show and never seed chance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Catalogue {
    namespaces: Vec<Namespace>,
    actions: Vec<Action>,
    /// The namespace of each action, by number.
    homes: Vec<NamespaceId>,
}

impl Catalogue {
    /// Numbers these namespaces and actions. An action in an unknown namespace is left out; a configuration is checked for that.
    pub fn new(namespaces: &[Namespace], actions: &[Action]) -> Self {
        let mut catalogue = Self { namespaces: namespaces.to_vec(), actions: Vec::new(), homes: Vec::new() };
        for action in actions {
            if let Some(home) = catalogue.namespace_named(&action.namespace) {
                catalogue.actions.push(action.clone());
                catalogue.homes.push(home);
            }
        }
        catalogue
    }

    pub fn namespace(&self, id: NamespaceId) -> &str {
        self.namespaces.get(usize::from(id.0)).map_or("", |namespace| namespace.name.as_str())
    }

    pub fn namespace_named(&self, name: &str) -> Option<NamespaceId> {
        let place = self.namespaces.iter().position(|namespace| namespace.name == name)?;
        u16::try_from(place).ok().map(NamespaceId)
    }

    pub fn namespaces(&self) -> impl Iterator<Item = (NamespaceId, &str)> {
        (0..).map(NamespaceId).zip(self.namespaces.iter().map(|namespace| namespace.name.as_str()))
    }

    pub fn action(&self, id: ActionId) -> Option<&Action> {
        self.actions.get(usize::from(id.0))
    }

    /// The namespace that `action` was created in.
    pub fn home_of(&self, action: ActionId) -> NamespaceId {
        self.homes.get(usize::from(action.0)).copied().unwrap_or(NamespaceId(0))
    }

    pub fn action_named(&self, namespace: &str, name: &str) -> Option<ActionId> {
        let place = self.actions.iter().position(|action| action.namespace == namespace && action.name == name)?;
        u16::try_from(place).ok().map(ActionId)
    }

    pub fn actions(&self) -> impl Iterator<Item = (ActionId, &Action)> {
        (0..).map(ActionId).zip(self.actions.iter())
    }
}

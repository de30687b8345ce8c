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

/// A package binding of a run, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct BindingId(pub u16);

/// A namespace and the one subject that acts in it, who bears the same name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namespace {
    pub name: String,
    /// Invokers refuse to run its actions (`InvokerReactive.scala:235-255`).
    pub blacklisted: bool,
    /// The limit `storeActivations`, kept in the document `<namespace>/limits` of the subjects database (`core/entity/Identity.scala:39`,
    /// `tools/admin/wskadmin:150`). Without one it is true.
    pub store_activations: bool,
}

impl Namespace {
    /// A namespace without limits of its own.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), blacklisted: false, store_activations: true }
    }
}

/// A name alone where there is no more to say.
impl Serialize for Namespace {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.store_activations && !self.blacklisted {
            return serializer.serialize_str(&self.name);
        }
        let mut fields = serializer.serialize_struct("Namespace", 2)?;
        fields.serialize_field("name", &self.name)?;
        if self.blacklisted {
            fields.serialize_field("blacklisted", &self.blacklisted)?;
        }
        if !self.store_activations {
            fields.serialize_field("storeActivations", &self.store_activations)?;
        }
        fields.end()
    }
}

/// A rule: which action a trigger invokes (`core/entity/WhiskRule.scala`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    pub name: String,
    /// `hello`, `package/hello` or `/namespace/package/hello`.
    pub action: String,
    pub active: bool,
}

/// A trigger with its rules, in the namespace of both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Trigger {
    pub namespace: String,
    pub name: String,
    pub rules: Vec<Rule>,
}

/// A package of one namespace under another name in another (`core/entity/WhiskPackage.scala`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PackageBinding {
    pub namespace: String,
    pub name: String,
    /// The namespace of the package that is bound.
    pub provider: String,
    pub package: String,
}

impl PackageBinding {
    /// The value of the `binding` annotation.
    pub fn path(&self) -> String {
        format!("{}/{}", self.namespace, self.name)
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
    /// The package that it is in; empty for none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub package: String,
    pub name: String,
    pub version: String,
    pub kind: String,
    pub limits: Limits,
    pub behaviour: Behaviour,
    /// The components of a sequence, each as in `wsk action create --sequence`; empty for an action with code of its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sequence: Vec<String>,
}

impl Action {
    /// An action of the current Node.js kind in its first version, with the standard limits.
    pub fn new(namespace: &str, name: &str, behaviour: Behaviour) -> Self {
        Self {
            namespace: namespace.to_owned(),
            package: String::new(),
            name: name.to_owned(),
            version: "0.0.1".to_owned(),
            kind: "nodejs:20".to_owned(),
            limits: Limits::default(),
            behaviour,
            sequence: Vec::new(),
        }
    }

    /// A sequence of these actions.
    pub fn sequence(namespace: &str, name: &str, components: &[&str]) -> Self {
        Self {
            kind: SEQUENCE_KIND.to_owned(),
            sequence: components.iter().map(|component| (*component).to_owned()).collect(),
            ..Self::new(namespace, name, Behaviour::nothing())
        }
    }

    pub const fn is_sequence(&self) -> bool {
        !self.sequence.is_empty()
    }

    /// Its name within its namespace: `hello` or `package/hello`.
    pub fn local_name(&self) -> String {
        if self.package.is_empty() { self.name.clone() } else { format!("{}/{}", self.package, self.name) }
    }

    /// `namespace/hello` or `namespace/package/hello`: the value of the `path` annotation.
    pub fn path(&self) -> String {
        format!("{}/{}", self.namespace, self.local_name())
    }

    pub(super) fn is_called(&self, local_name: &str) -> bool {
        match local_name.split_once('/') {
            None => self.package.is_empty() && self.name == local_name,
            Some((package, name)) => self.package == package && self.name == name,
        }
    }
}

/// The kind of a sequence (`core/entity/Exec.scala`).
pub const SEQUENCE_KIND: &str = "sequence";
/// The kind in the record of an action that its invoker could not fetch; and what the CLI shows where a record has none.
pub const UNKNOWN_KIND: &str = "unknown";

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
    /// A new container for it does not start. A prewarmed one is up already.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub container_fails: bool,
    /// A model parameter: its activation messages arrive as what no invoker can parse.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub message_unparsable: bool,
}

impl Behaviour {
    /// What an entity without code of its own does.
    pub const fn nothing() -> Self {
        Self {
            run: SpanRange::micros(1, 1),
            outcome: Outcome::Success,
            result: Body::Json(Value::Null),
            log: Vec::new(),
            log_collection_fails: false,
            container_fails: false,
            message_unparsable: false,
        }
    }
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

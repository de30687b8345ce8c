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

    fn is_called(&self, local_name: &str) -> bool {
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

/// All namespaces and entities of a run, by number. The numbers are internal: they never show and never seed chance.
///
/// Triggers stand behind the actions and are numbered with them: a record is of one or the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Catalogue {
    namespaces: Vec<Namespace>,
    actions: Vec<Action>,
    /// The namespace of each action, by number.
    homes: Vec<NamespaceId>,
    triggers: Vec<Trigger>,
    bindings: Vec<PackageBinding>,
}

impl Catalogue {
    /// Numbers these namespaces and actions. An action in an unknown namespace is left out; a configuration is checked for that.
    pub fn new(namespaces: &[Namespace], actions: &[Action]) -> Self {
        let mut catalogue =
            Self { namespaces: namespaces.to_vec(), actions: Vec::new(), homes: Vec::new(), triggers: Vec::new(), bindings: Vec::new() };
        for action in actions {
            catalogue.add(action.clone());
        }
        catalogue
    }

    fn add(&mut self, entity: Action) -> bool {
        let home = self.namespace_named(&entity.namespace);
        if let Some(home) = home {
            self.actions.push(entity);
            self.homes.push(home);
        }
        home.is_some()
    }

    /// The same with triggers and package bindings.
    #[must_use]
    pub fn with(mut self, triggers: &[Trigger], bindings: &[PackageBinding]) -> Self {
        self.bindings = bindings.to_vec();
        for trigger in triggers {
            let entity = Action::new(&trigger.namespace, &trigger.name, Behaviour::nothing());
            if self.add(Action { kind: UNKNOWN_KIND.to_owned(), ..entity }) {
                self.triggers.push(trigger.clone());
            }
        }
        self
    }

    pub fn namespace(&self, id: NamespaceId) -> &str {
        self.namespaces.get(usize::from(id.0)).map_or("", |namespace| namespace.name.as_str())
    }

    pub fn is_blacklisted(&self, id: NamespaceId) -> bool {
        self.namespaces.get(usize::from(id.0)).is_some_and(|namespace| namespace.blacklisted)
    }

    pub fn namespace_named(&self, name: &str) -> Option<NamespaceId> {
        let place = self.namespaces.iter().position(|namespace| namespace.name == name)?;
        u16::try_from(place).ok().map(NamespaceId)
    }

    pub fn namespaces(&self) -> impl Iterator<Item = (NamespaceId, &str)> {
        (0..).map(NamespaceId).zip(self.namespaces.iter().map(|namespace| namespace.name.as_str()))
    }

    /// The action with this number, or the trigger as the entity that its record is of.
    pub fn action(&self, id: ActionId) -> Option<&Action> {
        self.actions.get(usize::from(id.0))
    }

    /// The namespace that `action` was created in.
    pub fn home_of(&self, action: ActionId) -> NamespaceId {
        self.homes.get(usize::from(action.0)).copied().unwrap_or(NamespaceId(0))
    }

    fn first_trigger(&self) -> usize {
        self.actions.len() - self.triggers.len()
    }

    /// The action with this name in a namespace: `hello` or `package/hello`.
    pub fn action_named(&self, namespace: &str, name: &str) -> Option<ActionId> {
        let actions = self.actions.get(..self.first_trigger())?;
        let place = actions.iter().position(|action| action.namespace == namespace && action.is_called(name))?;
        u16::try_from(place).ok().map(ActionId)
    }

    /// The same, and through a package binding of the namespace (`WhiskAction.scala:512-560`).
    pub fn resolve(&self, namespace: &str, name: &str) -> Option<(ActionId, Option<BindingId>)> {
        if let Some(action) = self.action_named(namespace, name) {
            return Some((action, None));
        }
        let (package, name) = name.split_once('/')?;
        let place = self.bindings.iter().position(|binding| binding.namespace == namespace && binding.name == package)?;
        let binding = self.bindings.get(place)?;
        let action = self.action_named(&binding.provider, &format!("{}/{name}", binding.package))?;
        Some((action, Some(BindingId(u16::try_from(place).ok()?))))
    }

    /// The action that an entity of `namespace` names: `hello`, `package/hello`, or with a namespace `/team/package/hello`.
    pub fn referred(&self, namespace: &str, name: &str) -> Option<(ActionId, Option<BindingId>)> {
        let (namespace, name) = split_reference(namespace, name);
        self.resolve(namespace, name)
    }

    pub fn binding(&self, id: BindingId) -> Option<&PackageBinding> {
        self.bindings.get(usize::from(id.0))
    }

    pub fn bindings(&self) -> &[PackageBinding] {
        &self.bindings
    }

    pub fn trigger_named(&self, namespace: &str, name: &str) -> Option<ActionId> {
        let place = self.triggers.iter().position(|trigger| trigger.namespace == namespace && trigger.name == name)?;
        u16::try_from(self.first_trigger() + place).ok().map(ActionId)
    }

    /// The trigger that bears this number, if one does.
    pub fn trigger(&self, id: ActionId) -> Option<&Trigger> {
        self.triggers.get(usize::from(id.0).checked_sub(self.first_trigger())?)
    }

    pub fn triggers(&self) -> &[Trigger] {
        &self.triggers
    }

    /// The actions, sequences among them.
    pub fn actions(&self) -> impl Iterator<Item = (ActionId, &Action)> {
        (0..).map(ActionId).zip(self.actions.iter().take(self.first_trigger()))
    }

    /// The actions, then the triggers.
    pub fn entities(&self) -> impl Iterator<Item = &Action> {
        self.actions.iter()
    }
}

/// The namespace and the name that a reference within `namespace` means; `_` is the namespace itself.
pub fn split_reference<'a>(namespace: &'a str, reference: &'a str) -> (&'a str, &'a str) {
    match reference.strip_prefix('/').and_then(|rest| rest.split_once('/')) {
        Some(("_", name)) => (namespace, name),
        Some(parts) => parts,
        None => (namespace, reference),
    }
}

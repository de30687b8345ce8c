//! The catalogue: all namespaces and entities of a run, by number.
//!
//! An entity never changes under its number. What is updated gets a new number, and the old one stays for the records and the runs that
//! are of it: as in OpenWhisk, where invokers know an action by its revision (`InvokerReactive.scala:174-186`).

use super::kinds::{Action, ActionId, Behaviour, BindingId, Namespace, NamespaceId, PackageBinding, Trigger, UNKNOWN_KIND};
use serde::Serialize;

/// All namespaces and entities of a run, by number. The numbers are internal: they never show and never seed chance.
///
/// Triggers are numbered with the actions: a record is of one or the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Catalogue {
    namespaces: Vec<Namespace>,
    actions: Vec<Action>,
    /// The namespace of each action, by number.
    homes: Vec<NamespaceId>,
    triggers: Vec<Trigger>,
    bindings: Vec<PackageBinding>,
    /// The number among the entities of each trigger.
    #[serde(skip)]
    trigger_numbers: Vec<ActionId>,
    /// What has given way to a newer one of its name: no name leads to it any more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    replaced: Vec<ActionId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unbound: Vec<BindingId>,
    /// How many entities there were at the start.
    #[serde(skip)]
    configured: usize,
}

impl Catalogue {
    /// Numbers these namespaces and actions. An action in an unknown namespace is left out; a configuration is checked for that.
    pub fn new(namespaces: &[Namespace], actions: &[Action]) -> Self {
        let mut catalogue = Self {
            namespaces: namespaces.to_vec(),
            actions: Vec::new(),
            homes: Vec::new(),
            triggers: Vec::new(),
            bindings: Vec::new(),
            trigger_numbers: Vec::new(),
            replaced: Vec::new(),
            unbound: Vec::new(),
            configured: 0,
        };
        for action in actions {
            catalogue.add(action.clone());
        }
        catalogue.configured = catalogue.actions.len();
        catalogue
    }

    fn add(&mut self, entity: Action) -> Option<ActionId> {
        let number = u16::try_from(self.actions.len()).ok().map(ActionId)?;
        let home = self.namespace_named(&entity.namespace)?;
        self.actions.push(entity);
        self.homes.push(home);
        Some(number)
    }

    /// A trigger bears a number, name and version as the entity that its records are of.
    fn add_trigger(&mut self, trigger: Trigger, version: &str) -> Option<ActionId> {
        let entity = Action::new(&trigger.namespace, &trigger.name, Behaviour::nothing());
        let number = self.add(Action { kind: UNKNOWN_KIND.to_owned(), version: version.to_owned(), ..entity })?;
        self.triggers.push(trigger);
        self.trigger_numbers.push(number);
        Some(number)
    }

    /// The same with triggers and package bindings.
    #[must_use]
    pub fn with(mut self, triggers: &[Trigger], bindings: &[PackageBinding]) -> Self {
        self.bindings = bindings.to_vec();
        for trigger in triggers {
            self.add_trigger(trigger.clone(), "0.0.1");
        }
        self.configured = self.actions.len();
        self
    }

    /// Somebody has created or updated an action: the older one of its name, if there is one, gives way.
    pub fn put_action(&mut self, action: Action) -> Option<ActionId> {
        let older = self.action_named(&action.namespace, &action.local_name());
        let number = self.add(action)?;
        self.replaced.extend(older);
        Some(number)
    }

    /// The same with a trigger. To change its rules is to change it too.
    pub fn put_trigger(&mut self, trigger: Trigger, version: &str) -> Option<ActionId> {
        let older = self.trigger_named(&trigger.namespace, &trigger.name);
        let number = self.add_trigger(trigger, version)?;
        self.replaced.extend(older);
        Some(number)
    }

    pub fn put_binding(&mut self, binding: PackageBinding) {
        self.remove_binding(&binding.namespace, &binding.name);
        self.bindings.push(binding);
    }

    /// Names lead through it no more. Records that were invoked through it keep it.
    pub fn remove_binding(&mut self, namespace: &str, name: &str) {
        self.unbound.extend(self.binding_named(namespace, name));
    }

    /// Whether anything has been created, updated or unbound since the start.
    pub fn has_changed(&self) -> bool {
        self.actions.len() != self.configured || !self.unbound.is_empty() || !self.replaced.is_empty()
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

    fn is_current(&self, id: ActionId) -> bool {
        !self.replaced.contains(&id)
    }

    /// The action with this name in a namespace: `hello` or `package/hello`. It may be deleted: that is for the world to know.
    pub fn action_named(&self, namespace: &str, name: &str) -> Option<ActionId> {
        let named = |action: &Action| action.namespace == namespace && action.is_called(name);
        let mut numbers = (0..).map(ActionId).zip(&self.actions).filter(|(_, action)| named(action)).map(|(id, _)| id);
        numbers.find(|id| self.is_current(*id) && !self.trigger_numbers.contains(id))
    }

    /// The same, and through a package binding of the namespace (`WhiskAction.scala:512-560`).
    pub fn resolve(&self, namespace: &str, name: &str) -> Option<(ActionId, Option<BindingId>)> {
        if let Some(action) = self.action_named(namespace, name) {
            return Some((action, None));
        }
        let (package, name) = name.split_once('/')?;
        let id = self.binding_named(namespace, package)?;
        let binding = self.binding(id)?;
        let action = self.action_named(&binding.provider, &format!("{}/{name}", binding.package))?;
        Some((action, Some(id)))
    }

    fn binding_named(&self, namespace: &str, name: &str) -> Option<BindingId> {
        let numbers = (0..).map(BindingId).zip(&self.bindings);
        let mut named = numbers.filter(|(_, binding)| binding.namespace == namespace && binding.name == name).map(|(id, _)| id);
        named.find(|id| !self.unbound.contains(id))
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
        let numbers = self.trigger_numbers.iter().copied().zip(&self.triggers);
        let mut named = numbers.filter(|(_, trigger)| trigger.namespace == namespace && trigger.name == name).map(|(id, _)| id);
        named.find(|id| self.is_current(*id))
    }

    /// The trigger that bears this number, if one does.
    pub fn trigger(&self, id: ActionId) -> Option<&Trigger> {
        self.triggers.get(self.trigger_numbers.iter().position(|number| *number == id)?)
    }

    pub fn triggers(&self) -> &[Trigger] {
        &self.triggers
    }

    /// The actions, sequences among them, replaced ones too.
    pub fn actions(&self) -> impl Iterator<Item = (ActionId, &Action)> {
        (0..).map(ActionId).zip(&self.actions).filter(|(id, _)| !self.trigger_numbers.contains(id))
    }

    /// The triggers by number, but for those that are replaced.
    pub fn current_triggers(&self) -> impl Iterator<Item = (ActionId, &Trigger)> {
        self.trigger_numbers.iter().copied().zip(&self.triggers).filter(|(id, _)| self.is_current(*id))
    }

    /// The actions by number, but for those that are replaced.
    pub fn current_actions(&self) -> impl Iterator<Item = (ActionId, &Action)> {
        self.actions().filter(|(id, _)| self.is_current(*id))
    }

    /// The bindings that names lead through.
    pub fn current_bindings(&self) -> impl Iterator<Item = &PackageBinding> {
        (0..).map(BindingId).zip(&self.bindings).filter(|(id, _)| !self.unbound.contains(id)).map(|(_, binding)| binding)
    }

    /// The actions and the triggers.
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

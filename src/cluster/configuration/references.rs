//! What entities of a configuration refer to: the components of sequences, the actions of rules, the packages of bindings.

use super::Configuration;
use super::check::entity_name;
use super::numbers::{BINDINGS_MAX, COMPONENTS_MAX, RULES_MAX, TRIGGERS_MAX};
use crate::activation::{Action, split_reference};
use crate::cluster::checks::Checks;
use crate::cluster::command::Act;
use crate::cluster::refused::NameFault;
use crate::json::Path;

impl Configuration {
    /// Whether there is such an action, by its own name or through a package binding.
    pub fn has_action(&self, namespace: &str, name: &str) -> bool {
        self.action_called(namespace, name).is_some()
    }

    /// The number of the action with this name in a namespace: `hello`, `package/hello`, or with the package of a binding.
    fn action_called(&self, namespace: &str, name: &str) -> Option<usize> {
        let own = |namespace: &str, package: &str, name: &str| {
            self.actions.iter().position(|it| it.namespace == namespace && it.package == package && it.name == name)
        };
        let Some((package, name)) = name.split_once('/') else { return own(namespace, "", name) };
        let through = || {
            let binding = self.bindings.iter().find(|binding| binding.namespace == namespace && binding.name == package)?;
            own(&binding.provider, &binding.package, name)
        };
        own(namespace, package, name).or_else(through)
    }

    /// The number of the action that an entity of `namespace` refers to.
    fn referred(&self, namespace: &str, reference: &str) -> Option<usize> {
        let (home, name) = split_reference(namespace, reference);
        self.action_called(home, name)
    }

    /// How many activations come of one invocation of each action at most: a sequence's own and those of all its components.
    pub(crate) fn activations_of_actions(&self) -> Vec<u64> {
        let mut counts = vec![1_u64; self.actions.len()];
        // Sequences do not lead back to themselves, so that after as many rounds as there are actions nothing changes any more.
        for _ in 0..self.actions.len() {
            let before = counts.clone();
            for (action, count) in self.actions.iter().zip(&mut counts) {
                let of = |component: &String| before.get(self.referred(&action.namespace, component)?).copied();
                *count = action.sequence.iter().filter_map(of).fold(1, u64::saturating_add);
            }
            if counts == before {
                break;
            }
        }
        counts
    }

    /// How many activations come of one command at most, given those of each action.
    pub(crate) fn activations_of(&self, act: &Act, of_actions: &[u64]) -> u64 {
        let of = |action: Option<usize>| action.and_then(|action| of_actions.get(action)).copied().unwrap_or(1);
        match act {
            Act::Invoke { namespace, action, count, .. } => of(self.action_called(namespace, action)).saturating_mul((*count).into()),
            Act::FireTrigger { namespace, trigger } => {
                let trigger = self.triggers.iter().find(|known| known.namespace == *namespace && known.name == *trigger);
                let rules =
                    trigger.into_iter().flat_map(|known| known.rules.iter().map(|rule| of(self.referred(&known.namespace, &rule.action))));
                rules.fold(1, u64::saturating_add)
            }
            _ => 0,
        }
    }

    pub(super) fn check_references(&self, checks: &mut Checks) {
        let whole = Path::WHOLE;
        checks.length(&whole, "bindings", self.bindings.len(), 0, BINDINGS_MAX);
        checks.length(&whole, "triggers", self.triggers.len(), 0, TRIGGERS_MAX);
        self.check_bindings(checks);
        self.check_triggers(checks);
        let actions = whole.field("actions");
        for (place, action) in self.actions.iter().enumerate() {
            let at = actions.item(place);
            checks.length(&at, "sequence", action.sequence.len(), 0, COMPONENTS_MAX);
            for component in &action.sequence {
                if self.referred(&action.namespace, component).is_none() {
                    checks.unknown(&at, "sequence", component);
                }
            }
            if self.leads_back(place) {
                checks.bad_name(&at.field("sequence"), &action.name, NameFault::Cycle);
            }
        }
    }

    /// Whether a sequence has itself among its components, or among theirs (`http/ErrorResponse.scala:115`).
    fn leads_back(&self, start: usize) -> bool {
        let mut reached = vec![false; self.actions.len()];
        let mut open = vec![start];
        while let Some(number) = open.pop() {
            let Some(action) = self.actions.get(number) else { continue };
            for component in action.sequence.iter().filter_map(|component| self.referred(&action.namespace, component)) {
                if component == start {
                    return true;
                }
                if reached.get_mut(component).is_some_and(|reached| !std::mem::replace(reached, true)) {
                    open.push(component);
                }
            }
        }
        false
    }

    fn check_bindings(&self, checks: &mut Checks) {
        let bindings = Path::named("bindings");
        for (place, binding) in self.bindings.iter().enumerate() {
            let at = bindings.item(place);
            entity_name(checks, &at.field("name"), &binding.name);
            if !self.has_namespace(&binding.namespace) {
                checks.unknown(&at, "namespace", &binding.namespace);
            }
            let has_package = |action: &Action| action.namespace == binding.provider && action.package == binding.package;
            if binding.package.is_empty() || !self.actions.iter().any(has_package) {
                checks.unknown(&at, "package", &binding.package);
            }
            // A package and a binding are of one kind: a name is one or the other.
            let is_package = self.actions.iter().any(|action| action.namespace == binding.namespace && action.package == binding.name);
            let same = self.bindings.iter().filter(|other| other.namespace == binding.namespace && other.name == binding.name).count();
            if is_package || same > 1 {
                checks.bad_name(&at.field("name"), &binding.name, NameFault::Twice);
            }
        }
    }

    fn check_triggers(&self, checks: &mut Checks) {
        let triggers = Path::named("triggers");
        for (place, trigger) in self.triggers.iter().enumerate() {
            let at = triggers.item(place);
            entity_name(checks, &at.field("name"), &trigger.name);
            if !self.has_namespace(&trigger.namespace) {
                checks.unknown(&at, "namespace", &trigger.namespace);
            }
            // Entities of one namespace share their names, whatever they are.
            let same = self.triggers.iter().filter(|other| other.namespace == trigger.namespace && other.name == trigger.name).count();
            if same > 1 || self.has_action(&trigger.namespace, &trigger.name) {
                checks.bad_name(&at.field("name"), &trigger.name, NameFault::Twice);
            }
            checks.length(&at, "rules", trigger.rules.len(), 0, RULES_MAX);
            let rules = at.field("rules");
            for (place, rule) in trigger.rules.iter().enumerate() {
                let at = rules.item(place);
                entity_name(checks, &at.field("name"), &rule.name);
                if trigger.rules.iter().filter(|other| other.name == rule.name).count() > 1 {
                    checks.bad_name(&at.field("name"), &rule.name, NameFault::Twice);
                }
                if self.referred(&trigger.namespace, &rule.action).is_none() {
                    checks.unknown(&at, "action", &rule.action);
                }
            }
        }
    }
}

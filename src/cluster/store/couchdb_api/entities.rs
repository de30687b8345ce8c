//! What is in the databases of subjects and of actions, as far as the model knows it.
//!
//! Keys of subjects, code of actions and times of creation are not modelled: those fields are left out.

use super::{Context, Database};
use crate::activation::{Action, Catalogue};
use crate::json::Object;
use serde_json::Value;

/// A document of the database of subjects or of actions.
pub(super) fn document(context: Context<'_>, database: Database, id: &str) -> Value {
    let catalogue = context.library.catalogue;
    if database == Database::SUBJECTS { subject(catalogue, id) } else { entity(catalogue, id) }
}

/// (`ansible/tasks/initdb.yml:42-66`), without `uuid` and `key`.
fn subject(catalogue: &Catalogue, name: &str) -> Value {
    let mut namespace = Object::default();
    namespace.text("name", name);
    let mut subject = Object::default();
    subject.text("subject", name);
    subject.put("namespaces", Value::Array(vec![namespace.value()]));
    if catalogue.namespace_named(name).is_some_and(|id| catalogue.is_blacklisted(id)) {
        subject.flag("blocked", true);
    }
    subject.value()
}

/// An action, trigger, package, binding or rule with this id. The fields are those of `core/entity/WhiskEntity.scala:66-78`.
fn entity(catalogue: &Catalogue, id: &str) -> Value {
    let (namespace, name) = id.rsplit_once('/').unwrap_or(("", id));
    let mut entity = Object::default();
    entity.text("namespace", namespace);
    entity.text("name", name);
    entity.flag("publish", false);
    entity.put("annotations", Value::Array(Vec::new()));
    entity.text("version", "0.0.1");
    let action = catalogue.actions().map(|(_, action)| action).find(|action| action.path() == id);
    let binding = catalogue.bindings().iter().find(|binding| binding.path() == id);
    let trigger = catalogue.triggers().iter().find(|trigger| trigger.namespace == namespace && trigger.name == name);
    let mut rules = catalogue.triggers().iter().flat_map(|trigger| trigger.rules.iter().map(move |rule| (trigger, rule)));
    if let Some(action) = action {
        describe(action, &mut entity);
    } else if let Some(binding) = binding {
        let mut bound = Object::default();
        bound.text("namespace", &binding.provider);
        bound.text("name", &binding.package);
        entity.text("entityType", "package");
        entity.put("parameters", Value::Array(Vec::new()));
        entity.put("binding", bound.value());
    } else if trigger.is_some() {
        entity.text("entityType", "trigger");
        entity.put("parameters", Value::Array(Vec::new()));
    } else if let Some((trigger, rule)) = rules.find(|(trigger, rule)| trigger.namespace == namespace && rule.name == name) {
        let (action_namespace, action) = crate::activation::split_reference(namespace, &rule.action);
        entity.text("entityType", "rule");
        entity.put("trigger", reference(namespace, &trigger.name));
        entity.put("action", reference(action_namespace, action));
    } else {
        entity.text("entityType", "package");
        entity.put("parameters", Value::Array(Vec::new()));
        entity.put("binding", Object::default().value());
    }
    entity.value()
}

fn reference(namespace: &str, name: &str) -> Value {
    let mut reference = Object::default();
    reference.text("path", namespace);
    reference.text("name", name);
    reference.value()
}

fn describe(action: &Action, entity: &mut Object) {
    let mut limits = Object::default();
    limits.number("concurrency", 1);
    limits.number("logs", action.limits.logs_mb.into());
    limits.number("memory", action.limits.memory_mb.into());
    limits.number("timeout", action.limits.timeout_ms.into());
    let mut exec = Object::default();
    exec.text("kind", &action.kind);
    if action.is_sequence() {
        exec.put("components", action.sequence.iter().map(|component| Value::from(component.as_str())).collect());
    }
    entity.text("entityType", "action");
    entity.text("version", &action.version);
    entity.put("parameters", Value::Array(Vec::new()));
    entity.put("limits", limits.value());
    entity.put("exec", exec.value());
}

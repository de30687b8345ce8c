//! Entities as answers show them.

use crate::activation::SEQUENCE_KIND;
use crate::cluster::{Bound, Entity, Exec, Of, Sheet};
use crate::json::Object;
use serde_json::Value;

/// One entity whole (`core/entity/WhiskAction.scala:129-142`, `WhiskPackage.scala:68-77`, `WhiskTrigger.scala:65-74`,
/// `WhiskRule.scala:104-115`).
pub fn entity(shown: &Entity) -> Value {
    let sheet = &shown.sheet;
    let mut fields = common(sheet);
    let rule = |name: &str| shown.rules.iter().find(|rule| rule.name == name);
    match &sheet.of {
        Of::Action { exec, limits } => {
            fields.put("parameters", sheet.parameters.clone().into());
            fields.put("limits", limits_of(*limits));
            fields.put("exec", exec_of(exec, shown.code));
        }
        Of::Package { binding } => {
            fields.put("parameters", sheet.parameters.clone().into());
            fields.put("binding", binding.as_ref().map_or_else(|| Object::default().value(), bound));
            if !shown.contents.is_empty() || shown.code {
                let is_feed = |sheet: &&std::rc::Rc<Sheet>| sheet.annotations.iter().any(|pair| pair.get("key") == Some(&"feed".into()));
                let (feeds, actions): (Vec<_>, Vec<_>) = shown.contents.iter().partition(is_feed);
                fields.put("actions", actions.into_iter().map(|sheet| packaged(sheet)).collect());
                fields.put("feeds", feeds.into_iter().map(|sheet| packaged(sheet)).collect());
            }
        }
        Of::Trigger => {
            fields.put("parameters", sheet.parameters.clone().into());
            fields.put("limits", Object::default().value());
            let mut rules = Object::default();
            for rule in &shown.rules {
                let mut link = Object::default();
                link.put("action", whole_name(&full(sheet.namespace(), &rule.action)));
                link.text("status", status(rule.active));
                rules.put(&format!("{}/{}", sheet.path, rule.name), link.value());
            }
            if !shown.rules.is_empty() {
                fields.put("rules", rules.value());
            }
        }
        Of::Rule { trigger, action } => {
            fields.text("status", status(rule(&sheet.name).is_some_and(|rule| rule.active)));
            fields.put("trigger", whole_name(trigger));
            fields.put("action", whole_name(action));
        }
    }
    fields.value()
}

/// A row of a list, as the views of the entity database have it (`whisks_design_document_for_entities_db_v2.1.0.json`). Rules are listed
/// whole, but for their state (`Rules.scala:258-265`).
pub fn row(sheet: &Sheet) -> Value {
    let mut fields = common(sheet);
    match &sheet.of {
        Of::Action { exec, limits } => {
            fields.put("limits", limits_of(*limits));
            let mut binary = Object::default();
            binary.flag("binary", is_binary(exec));
            fields.put("exec", binary.value());
        }
        Of::Package { binding } => fields.put("binding", binding.as_ref().map_or(Value::Bool(false), bound)),
        Of::Trigger => {}
        Of::Rule { trigger, action } => {
            fields.put("trigger", whole_name(trigger));
            fields.put("action", whole_name(action));
        }
    }
    fields.value()
}

fn common(sheet: &Sheet) -> Object {
    let mut fields = Object::default();
    fields.text("namespace", &sheet.path);
    fields.text("name", &sheet.name);
    fields.text("version", &sheet.version);
    fields.flag("publish", sheet.publish);
    fields.put("annotations", sheet.annotations.clone().into());
    fields.number("updated", sheet.updated_ms);
    fields
}

/// An action as its package shows it (`WhiskPackage.scala:141`).
fn packaged(sheet: &Sheet) -> Value {
    let mut fields = Object::default();
    fields.text("name", &sheet.name);
    fields.text("version", &sheet.version);
    fields.put("annotations", sheet.annotations.clone().into());
    fields.value()
}

fn bound(binding: &Bound) -> Value {
    let mut fields = Object::default();
    fields.text("namespace", &binding.namespace);
    fields.text("name", &binding.name);
    fields.value()
}

fn limits_of(limits: crate::activation::Limits) -> Value {
    let mut fields = Object::default();
    fields.number("concurrency", 1);
    fields.number("logs", limits.logs_mb.into());
    fields.number("memory", limits.memory_mb.into());
    fields.number("timeout", limits.timeout_ms.into());
    fields.value()
}

/// `core/entity/Exec.scala:255-281`, and without the code `Exec.scala:386-412`.
fn exec_of(exec: &Exec, code: bool) -> Value {
    let mut fields = Object::default();
    fields.text("kind", &exec.kind);
    if exec.kind == SEQUENCE_KIND {
        fields.put("components", exec.components.iter().map(|component| Value::from(component.as_str())).collect());
        return fields.value();
    }
    fields.flag("binary", is_binary(exec));
    if let Some(image) = &exec.image {
        fields.text("image", image);
    }
    if let Some(main) = &exec.main {
        fields.text("main", main);
    }
    if let (true, Some(text)) = (code, &exec.code) {
        fields.text("code", text);
    }
    fields.value()
}

/// Code that is base 64 throughout counts as binary (`core/entity/Exec.scala:352-361`).
fn is_binary(exec: &Exec) -> bool {
    let code = exec.code.as_deref().unwrap_or_default().trim();
    let digits = code.trim_end_matches('=');
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    !code.is_empty() && code.len().is_multiple_of(4) && code.len() - digits.len() <= 2 && digits.bytes().all(is_digit)
}

const fn status(active: bool) -> &'static str {
    if active { "active" } else { "inactive" }
}

fn full(namespace: &str, name: &str) -> String {
    let (namespace, name) = crate::activation::split_reference(namespace, name);
    format!("/{namespace}/{name}")
}

/// `/guest/pack/hello` as `{path, name}` (`core/entity/FullyQualifiedEntityName.scala:67-72`).
fn whole_name(reference: &str) -> Value {
    let reference = reference.trim_start_matches('/');
    let (path, name) = reference.rsplit_once('/').unwrap_or(("", reference));
    let mut fields = Object::default();
    fields.text("path", path);
    fields.text("name", name);
    fields.value()
}

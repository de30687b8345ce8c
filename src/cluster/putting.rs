//! Entities are created and updated: what a PUT says is laid over what is there, or over the standard values.

use super::activation::Answer;
use super::entity_act::{Bound, Collection, Content, EXEC_BYTES_MAX, Exec, PutLimits};
use super::entity_requests::Refusal;
use super::sheets::{Of, Sheet};
use super::world::World;
use crate::activation::{Action, Behaviour, Limits, PackageBinding, Rule, SEQUENCE_KIND, Trigger, split_reference};
use crate::json::Object;
use serde_json::Value;
use std::rc::Rc;

/// The annotation by which a created action says what it does: the name of an action of the configuration. The model's own.
pub const BEHAVES_LIKE: &str = "behaves-like";

/// An entity of the list of parameters or annotations (`core/entity/Parameter.scala:285-334`).
pub fn pair(key: &str, value: Value) -> Value {
    let mut pair = Object::default();
    pair.text("key", key);
    pair.put("value", value);
    pair.value()
}

/// Those of `over` laid over those of `under`.
pub fn merged(under: &[Value], over: &[Value]) -> Vec<Value> {
    let is_over = |pair: &&Value| !over.iter().any(|other| other.get("key") == pair.get("key"));
    under.iter().filter(is_over).chain(over).cloned().collect()
}

/// What every binding bears (`Packages.scala:349-361`).
pub(super) fn binding_annotation(binding: &Bound) -> Value {
    let mut bound = Object::default();
    bound.text("namespace", &binding.namespace);
    bound.text("name", &binding.name);
    pair("binding", bound.value())
}

fn value_of<'a>(pairs: &'a [Value], key: &str) -> Option<&'a Value> {
    pairs.iter().find(|pair| pair.get("key").and_then(Value::as_str) == Some(key))?.get("value")
}

impl World {
    pub(super) fn put_entity(
        &mut self,
        collection: Collection,
        (namespace, name): (&str, &str),
        overwrite: bool,
        content: &Content,
    ) -> Result<Answer, Refusal> {
        too_big(content)?;
        if collection == Collection::Actions {
            check_limits(content.limits.unwrap_or_default())?;
            self.check_package(namespace, name)?;
        }
        if collection == Collection::Packages && name == "default" {
            return Err(Refusal::new(400, "Package name 'default' is reserved."));
        }
        let old = match self.sheets.get(&format!("{namespace}/{name}")) {
            Some(sheet) if sheet.collection() != collection => return Err(Refusal::other_collection()),
            Some(_) if !overwrite => return Err(Refusal::new(409, "resource already exists")),
            old => old.cloned(),
        };
        let sheet = self.laid_over(old.as_deref(), (namespace, name), content);
        let sheet = match collection {
            Collection::Actions => self.put_action(old.as_deref(), sheet, namespace, content)?,
            Collection::Packages => self.put_package(old.as_deref(), sheet, content)?,
            Collection::Triggers => self.put_trigger(old.is_none(), sheet)?,
            Collection::Rules => self.put_rule(old.as_deref(), sheet, content)?,
        };
        let sheet = self.sheets_mut().put(sheet);
        Ok(self.shown(sheet, Vec::new(), true))
    }

    /// What all collections have in common. Without a version of its own an update is the next patch.
    fn laid_over(&self, old: Option<&Sheet>, (namespace, name): (&str, &str), content: &Content) -> Sheet {
        let now = self.setup.configuration.epoch_ms.millis_at(self.now);
        let (path, name) = match name.split_once('/') {
            Some((package, name)) => (format!("{namespace}/{package}"), name),
            None => (namespace.to_owned(), name),
        };
        let new = Sheet::new(&path, name, now, Of::Trigger);
        let next = old.map_or_else(|| new.version.clone(), |old| next_patch(&old.version));
        let kept = old.cloned().unwrap_or(new);
        Sheet {
            version: content.version.clone().unwrap_or(next),
            publish: content.publish.unwrap_or(kept.publish),
            parameters: content.parameters.clone().unwrap_or(kept.parameters),
            annotations: content.annotations.clone().unwrap_or(kept.annotations),
            updated_ms: now,
            ..kept
        }
    }

    /// An action in a package needs the package, and no binding will do (`Actions.scala:162-187`).
    fn check_package(&self, namespace: &str, name: &str) -> Result<(), Refusal> {
        let Some((package, _)) = name.split_once('/') else { return Ok(()) };
        match self.sheet(Collection::Packages, &format!("{namespace}/{package}"))?.of {
            Of::Package { binding: Some(_) } => Err(Refusal::new(400, "Operation not permitted on package binding.")),
            _ => Ok(()),
        }
    }

    /// `Actions.scala:449-577`.
    fn put_action(&mut self, old: Option<&Sheet>, mut sheet: Sheet, namespace: &str, content: &Content) -> Result<Sheet, Refusal> {
        let (old_exec, old_limits) = match old.map(|old| &old.of) {
            Some(Of::Action { exec, limits }) => (Some(exec.clone()), *limits),
            _ => (None, Limits::default()),
        };
        let was_sequence = old_exec.as_ref().is_some_and(|exec| exec.kind == SEQUENCE_KIND);
        let mut exec = content.exec.clone().or(old_exec).ok_or_else(|| Refusal::new(400, "exec undefined"))?;
        exec.kind = resolved_kind(&exec.kind).to_owned();
        for component in &mut exec.components {
            let (home, name) = split_reference(namespace, component);
            *component = format!("/{home}/{name}");
        }
        let is_sequence = exec.kind == SEQUENCE_KIND;
        if is_sequence && content.exec.is_some() {
            self.check_sequence(&sheet.id(), &exec.components)?;
        }
        if is_sequence {
            let actions = exec.components.iter().map(|component| Value::from(component.as_str())).collect();
            sheet.parameters = vec![pair("_actions", actions)];
        } else if was_sequence && content.parameters.is_none() {
            sheet.parameters.clear();
        }
        if let Some(old) = old {
            // Annotations of an update come beside those that are there.
            let deleted = content.del_annotations.as_deref().unwrap_or_default();
            let is_kept = |pair: &&Value| pair.get("key").and_then(Value::as_str).is_none_or(|key| !deleted.iter().any(|gone| gone == key));
            let kept: Vec<Value> = old.annotations.iter().filter(is_kept).cloned().collect();
            sheet.annotations = merged(&kept, content.annotations.as_deref().unwrap_or_default());
        } else {
            // A new action is asked whether it wants the API key (`Actions.scala:62-74`, on by default in Ansible's deployment).
            sheet.annotations = merged(&[pair("provide-api-key", false.into())], &sheet.annotations);
        }
        sheet.annotations = merged(&sheet.annotations, &[pair("exec", exec.kind.as_str().into())]);
        let put = content.limits.unwrap_or_default();
        let chosen = |put: Option<i32>, kept: u32| put.and_then(|put| u32::try_from(put).ok()).unwrap_or(kept);
        let limits = Limits {
            timeout_ms: chosen(put.timeout, old_limits.timeout_ms),
            memory_mb: chosen(put.memory, old_limits.memory_mb),
            logs_mb: chosen(put.logs, old_limits.logs_mb),
        };
        let behaviour = self.behaviour_of(&sheet);
        let mut path = sheet.path.splitn(2, '/');
        let (home, package) = (path.next().unwrap_or_default(), path.next().unwrap_or_default());
        let action = Action {
            package: package.to_owned(),
            version: sheet.version.clone(),
            kind: exec.kind.clone(),
            limits,
            sequence: exec.components.clone(),
            ..Action::new(home, &sheet.name, behaviour)
        };
        Rc::make_mut(&mut self.catalogue).put_action(action);
        sheet.of = Of::Action { exec, limits };
        Ok(sheet)
    }

    /// What a created action does. Its code is not run: it does what the action of the configuration does that its annotation
    /// [`BEHAVES_LIKE`] names, or what the one that it replaces did, or else what the configuration's first action does.
    fn behaviour_of(&self, sheet: &Sheet) -> Behaviour {
        let configured = &self.setup.configuration.actions;
        let named = value_of(&sheet.annotations, BEHAVES_LIKE).and_then(Value::as_str);
        let like = named.and_then(|name| configured.iter().find(|action| action.local_name() == name)).map(|action| &action.behaviour);
        let name = sheet.id();
        let older = name.split_once('/').and_then(|(namespace, name)| self.catalogue.action_named(namespace, name));
        let older = older.and_then(|older| self.catalogue.action(older)).filter(|older| !older.is_sequence()).map(|older| &older.behaviour);
        let first = configured.iter().find(|action| !action.is_sequence()).map(|action| &action.behaviour);
        like.or(older).or(first).cloned().unwrap_or_else(Behaviour::nothing)
    }

    /// `Actions.scala:625-736`: the length, and the components, with those of sequences among them. Each must exist, and none may be the
    /// sequence itself.
    fn check_sequence(&self, id: &str, components: &[String]) -> Result<(), Refusal> {
        let most = self.setup.configuration.sequence_length_max as usize;
        if components.len() > most {
            return Err(Refusal::new(400, "Too many actions in the sequence."));
        }
        if components.is_empty() {
            return Err(Refusal::new(400, "No component specified for the sequence."));
        }
        let mut open: Vec<String> = components.to_vec();
        let mut count = 0;
        while let Some(component) = open.pop() {
            let (namespace, name) = split_reference("", &component);
            let found = self.catalogue.resolve(namespace, name).filter(|(action, _)| !self.is_deleted(*action));
            let action = found.and_then(|(action, _)| self.catalogue.action(action));
            if component.trim_start_matches('/') == id || action.is_some_and(|action| action.path() == id) {
                return Err(Refusal::new(400, "Sequence may not refer to itself."));
            }
            let action = action.ok_or_else(|| Refusal::new(400, "Sequence component does not exist."))?;
            let whole = |component: &String| {
                let (namespace, name) = split_reference(&action.namespace, component);
                format!("/{namespace}/{name}")
            };
            open.extend(action.sequence.iter().map(whole));
            count += usize::from(!action.is_sequence());
            if count > most || open.len() > most {
                return Err(Refusal::new(400, "Too many actions in the sequence."));
            }
        }
        Ok(())
    }

    /// `Packages.scala:267-337`.
    fn put_package(&mut self, old: Option<&Sheet>, mut sheet: Sheet, content: &Content) -> Result<Sheet, Refusal> {
        let was = match old.map(|old| &old.of) {
            Some(Of::Package { binding }) => Some(binding.clone()),
            _ => None,
        };
        let mut binding = was.clone().flatten();
        if let Some(Bound { namespace, name }) = &content.binding {
            if was == Some(None) {
                return Err(Refusal::new(409, "Resource is a package and cannot be converted into a binding."));
            }
            let namespace = if namespace == "_" { sheet.namespace().to_owned() } else { namespace.clone() };
            // That it is a package, and readable, is known by now.
            let bound = self.sheets.get(&format!("{namespace}/{name}"));
            if bound.is_none_or(|bound| !matches!(bound.of, Of::Package { binding: None })) {
                return Err(Refusal::new(400, "Cannot bind to another package binding."));
            }
            binding = Some(Bound { namespace, name: name.clone() });
        }
        sheet.annotations.retain(|pair| pair.get("key").and_then(Value::as_str) != Some("binding"));
        if let Some(bound @ Bound { namespace, name }) = &binding {
            sheet.annotations.push(binding_annotation(bound));
            let made = PackageBinding {
                namespace: sheet.path.clone(),
                name: sheet.name.clone(),
                provider: namespace.clone(),
                package: name.clone(),
            };
            Rc::make_mut(&mut self.catalogue).put_binding(made);
        }
        sheet.of = Of::Package { binding };
        Ok(sheet)
    }

    /// `Triggers.scala:253-310`. A new trigger's feed must bear a name that can be one.
    fn put_trigger(&mut self, is_new: bool, mut sheet: Sheet) -> Result<Sheet, Refusal> {
        let feed = value_of(&sheet.annotations, "feed");
        if is_new && feed.is_some_and(|feed| !feed.as_str().is_some_and(is_path)) {
            return Err(Refusal::new(400, "Feed name is not valid"));
        }
        let rules = self.trigger_by_id(&sheet.id()).map_or_else(Vec::new, |(_, trigger)| trigger.rules.clone());
        let trigger = Trigger { namespace: sheet.path.clone(), name: sheet.name.clone(), rules };
        Rc::make_mut(&mut self.catalogue).put_trigger(trigger, &sheet.version);
        sheet.of = Of::Trigger;
        Ok(sheet)
    }

    /// What a rule names may be there in another collection. The words are those of the exception, with the names of its classes
    /// (`core/database/StoreUtils.scala:60-73`, `Rules.scala:397-423`).
    fn check_class(&self, collection: Collection, reference: &str) -> Result<(), Refusal> {
        let class = |collection: Collection| match collection {
            Collection::Actions => "WhiskAction",
            Collection::Packages => "WhiskPackage",
            Collection::Triggers => "WhiskTrigger",
            Collection::Rules => "WhiskRule",
        };
        let Some(sheet) = self.sheets.get(reference.trim_start_matches('/')) else { return Ok(()) };
        if sheet.collection() == collection {
            return Ok(());
        }
        // Rules read actions without their code.
        let expected = if collection == Collection::Actions { "WhiskActionMetaData" } else { class(collection) };
        let (home, found) = ("class org.apache.openwhisk.core.entity", class(sheet.collection()));
        Err(Refusal::new(400, &format!("document type {home}.{found} did not match expected type {home}.{expected}.")))
    }

    /// `Rules.scala:270-348`: a new rule is active, an updated one as active as it was.
    fn put_rule(&mut self, old: Option<&Sheet>, mut sheet: Sheet, content: &Content) -> Result<Sheet, Refusal> {
        let whole = |name: &String| {
            let (namespace, name) = split_reference(&sheet.path, name);
            format!("/{namespace}/{name}")
        };
        let (was_trigger, was_action) = match old.map(|old| &old.of) {
            Some(Of::Rule { trigger, action }) => (Some(trigger.clone()), Some(action.clone())),
            _ => (None, None),
        };
        let trigger = content.trigger.as_ref().map(whole).or_else(|| was_trigger.clone());
        let action = content.action.as_ref().map(whole).or(was_action);
        let (Some(trigger), Some(action)) = (trigger, action) else {
            return Err(Refusal::new(400, "rule requires a valid trigger and a valid action"));
        };
        self.check_class(Collection::Triggers, &trigger)?;
        if self.trigger_by_id(trigger.trim_start_matches('/')).is_none() {
            return Err(Refusal::new(400, &format!("trigger {trigger} does not exist")));
        }
        self.check_class(Collection::Actions, &action)?;
        let (home, local) = split_reference("", &action);
        if self.catalogue.resolve(home, local).is_none_or(|(action, _)| self.is_deleted(action)) {
            return Err(Refusal::new(400, &format!("action {action} does not exist")));
        }
        let name = sheet.name.clone();
        let mut active = old.is_none();
        if let Some(was) = &was_trigger {
            let known = self.trigger_by_id(was.trim_start_matches('/'));
            active = known.is_some_and(|(_, trigger)| trigger.rules.iter().any(|rule| rule.name == name && rule.active));
            self.change_rules(was, |rules| rules.retain(|rule| rule.name != name));
        }
        let link = Rule { name, action: action.clone(), active };
        self.change_rules(&trigger, |rules| {
            rules.retain(|rule| rule.name != link.name);
            rules.push(link);
        });
        sheet.of = Of::Rule { trigger, action };
        Ok(sheet)
    }
}

/// The kind that a kind without a version, or with the version `default`, stands for (`ansible/files/runtimes.json`).
fn resolved_kind(kind: &str) -> &str {
    let family = kind.strip_suffix(":default").unwrap_or(kind);
    KINDS.iter().find(|(known, is_default)| *is_default && known.split(':').next() == Some(family)).map_or(kind, |(known, _)| known)
}

/// The runtimes of a deployment by Ansible, and which of each family is the default one (`ansible/files/runtimes.json:16-232`).
pub const KINDS: [(&str, bool); 13] = [
    ("nodejs:18", false),
    ("nodejs:20", true),
    ("python:3.10", true),
    ("python:3.11", false),
    ("swift:5.3", true),
    ("swift:5.7", false),
    ("java:8", true),
    ("php:8.1", true),
    ("ruby:2.5", true),
    ("go:1.20", true),
    ("dotnet:3.1", true),
    ("dotnet:6.0", false),
    ("rust:1.34", true),
];

/// The version after this one (`core/entity/SemVer.scala:39-41`).
fn next_patch(version: &str) -> String {
    let patch = |(head, patch): (&str, &str)| Some(format!("{head}.{}", patch.parse::<u64>().ok()?.checked_add(1)?));
    version.rsplit_once('.').and_then(patch).unwrap_or_else(|| version.to_owned())
}

/// Whether a text is a path of entity names (`core/entity/EntityPath.scala:155-170,206`).
pub fn is_path(text: &str) -> bool {
    let text = text.strip_prefix('/').unwrap_or(text);
    !text.is_empty() && text.split('/').all(is_name)
}

/// Whether a text can be the name of an entity (`core/entity/EntityPath.scala:206`).
pub fn is_name(name: &str) -> bool {
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let is_inner = |letter: char| is_word(letter) || matches!(letter, '@' | ' ' | '.' | '&' | '-');
    let mut letters = name.chars();
    let starts_well = letters.next().is_some_and(is_word);
    starts_well && name.len() <= 256 && letters.all(is_inner) && !name.ends_with(' ')
}

/// Code, parameters and annotations have each a greatest size (`core/entity/WhiskEntity.scala:198-228`, `application.conf:513-516`).
fn too_big(content: &Content) -> Result<(), Refusal> {
    let refuse =
        |field: &str, is: u64, allowed: u64| Err(Refusal::new(413, &format!("{field} larger than allowed: {is} > {allowed} bytes.")));
    let code = content.exec.as_ref().and_then(|exec: &Exec| exec.code.as_ref()).map_or(0, |code| code.len() as u64);
    if code > EXEC_BYTES_MAX {
        return refuse("exec", code, EXEC_BYTES_MAX);
    }
    for (field, pairs) in [("parameters", &content.parameters), ("annotations", &content.annotations)] {
        let value = |pair: &Value| pair.get("value").map_or(0, |value| value.to_string().len());
        let key = |pair: &Value| pair.get("key").and_then(Value::as_str).map_or(0, str::len);
        let size = pairs.iter().flatten().map(|pair| (key(pair) + value(pair)) as u64).sum();
        if size > 1_048_576 {
            return refuse(field, size, 1_048_576);
        }
    }
    Ok(())
}

/// `application.conf:484-510` in the words of `http/ErrorResponse.scala:166-183`.
fn check_limits(limits: PutLimits) -> Result<(), Refusal> {
    let size = |field: &str, is: Option<i32>, min: i32, max: i32| match is {
        Some(is) if is > max => Err(Refusal::new(400, &format!("{field} size {is} MB exceeds allowed threshold of {max} MB"))),
        Some(is) if is < min => Err(Refusal::new(400, &format!("{field} size {is} MB below allowed threshold of {min} MB"))),
        _ => Ok(()),
    };
    size("memory", limits.memory, 128, 512)?;
    let out = |is: i32, how: &str, limit: u32| {
        Err(Refusal::new(400, &format!("duration {is} milliseconds {how} allowed threshold of {limit} milliseconds")))
    };
    match limits.timeout {
        Some(is) if is > 300_000 => return out(is, "exceeds", 300_000),
        Some(is) if is < 100 => return out(is, "below", 100),
        _ => {}
    }
    size("log", limits.logs, 0, 10)?;
    match limits.concurrency {
        Some(is) if is > 1 => Err(Refusal::new(400, &format!("concurrency {is} exceeds allowed threshold of 1"))),
        Some(is) if is < 1 => Err(Refusal::new(400, &format!("concurrency {is} below allowed threshold of 1"))),
        _ => Ok(()),
    }
}

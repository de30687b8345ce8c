//! What the entity database holds: one document for each action, package, trigger and rule, by its id.
//!
//! Names lead to the catalogue, which has what runs; here is what clients read of it. Both change together.

use super::configuration::Configuration;
use super::entity_act::{Bound, Collection, Exec};
use crate::activation::{Action, Catalogue, Limits, PackageBinding, Rule, Trigger};
use crate::order;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The document of one entity (`core/entity/WhiskEntity.scala:47-66`).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sheet {
    /// `namespace`, or `namespace/package` for an action in a package.
    pub path: String,
    pub name: String,
    pub version: String,
    pub publish: bool,
    /// Objects of `key` and `value`.
    pub parameters: Vec<Value>,
    pub annotations: Vec<Value>,
    /// When it was last written, in ms of the epoch.
    pub updated_ms: u64,
    pub of: Of,
}

/// What it is, with what only such an entity has.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Of {
    Action {
        exec: Exec,
        limits: Limits,
    },
    /// A package, or the binding of one.
    Package {
        binding: Option<Bound>,
    },
    Trigger,
    /// Which action a trigger invokes, each `/namespace/name`. Whether it is active, the trigger knows.
    Rule {
        trigger: String,
        action: String,
    },
}

impl Sheet {
    pub fn new(path: &str, name: &str, updated_ms: u64, of: Of) -> Self {
        Self {
            path: path.to_owned(),
            name: name.to_owned(),
            version: "0.0.1".to_owned(),
            publish: false,
            parameters: Vec::new(),
            annotations: Vec::new(),
            updated_ms,
            of,
        }
    }

    pub const fn collection(&self) -> Collection {
        match self.of {
            Of::Action { .. } => Collection::Actions,
            Of::Package { .. } => Collection::Packages,
            Of::Trigger => Collection::Triggers,
            Of::Rule { .. } => Collection::Rules,
        }
    }

    /// The id of its document: all entities share one space of names.
    pub fn id(&self) -> String {
        format!("{}/{}", self.path, self.name)
    }

    /// The namespace alone.
    pub fn namespace(&self) -> &str {
        self.path.split('/').next().unwrap_or_default()
    }
}

/// All documents of entities.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Sheets {
    by_id: BTreeMap<String, Rc<Sheet>>,
    /// Somebody has written to it since the start.
    #[serde(skip)]
    pub(super) has_changed: bool,
}

impl Sheets {
    /// Those of a configuration, as if they were all written at the start of the run.
    pub(super) fn new(configuration: &Configuration, catalogue: &Catalogue) -> Self {
        let now = configuration.epoch_ms.millis_at(crate::time::Instant::START);
        let mut sheets = Self::default();
        for (_, action) in catalogue.actions() {
            if !action.package.is_empty() {
                // Its package may be bound in another namespace, so it is shared.
                let package = Sheet::new(&action.namespace, &action.package, now, Of::Package { binding: None });
                sheets.put(Sheet { publish: true, ..package });
            }
            sheets.put(sheet_of(action, now));
        }
        for PackageBinding { namespace, name, provider, package } in catalogue.bindings() {
            let binding = Bound { namespace: provider.clone(), name: package.clone() };
            let annotations = vec![super::putting::binding_annotation(&binding)];
            sheets.put(Sheet { annotations, ..Sheet::new(namespace, name, now, Of::Package { binding: Some(binding) }) });
        }
        for trigger in catalogue.triggers() {
            sheets.put(Sheet::new(&trigger.namespace, &trigger.name, now, Of::Trigger));
            for rule in &trigger.rules {
                sheets.put(Sheet::new(&trigger.namespace, &rule.name, now, rule_of(trigger, rule)));
            }
        }
        sheets
    }

    pub fn get(&self, id: &str) -> Option<&Rc<Sheet>> {
        self.by_id.get(id)
    }

    pub(super) fn put(&mut self, sheet: Sheet) -> Rc<Sheet> {
        let sheet = Rc::new(sheet);
        self.by_id.insert(sheet.id(), Rc::clone(&sheet));
        sheet
    }

    pub(super) fn remove(&mut self, id: &str) -> Option<Rc<Sheet>> {
        self.by_id.remove(id)
    }

    /// Those of a collection in a namespace or in a package, newest first (`whisks_design_document_for_entities_db_v2.1.0.json`: the key is
    /// the path and the time of the last write). A namespace lists what is in its packages too.
    pub fn list<'a>(&'a self, collection: Collection, path: &'a str) -> Vec<Rc<Sheet>> {
        let is_there = |sheet: &Sheet| sheet.path == path || sheet.namespace() == path;
        let all = self.by_id.values().filter(|sheet| sheet.collection() == collection && is_there(sheet));
        let mut list: Vec<Rc<Sheet>> = all.cloned().collect();
        // Equal keys are in order of their ids in a view, and the list is read backwards.
        list.reverse();
        order::sort_by_key(&mut list, |sheet| (u64::MAX - sheet.updated_ms, 0));
        list
    }

    /// All of them, in order of their ids.
    pub fn all(&self) -> impl Iterator<Item = &Rc<Sheet>> {
        self.by_id.values()
    }
}

fn sheet_of(action: &Action, now: u64) -> Sheet {
    let path = if action.package.is_empty() { action.namespace.clone() } else { format!("{}/{}", action.namespace, action.package) };
    let whole = |component: &String| {
        let (namespace, name) = crate::activation::split_reference(&action.namespace, component);
        format!("/{namespace}/{name}")
    };
    let components: Vec<String> = action.sequence.iter().map(whole).collect();
    // The configuration says what the code does, and not what it is.
    let code = (!action.is_sequence()).then(String::new);
    let exec = Exec { kind: action.kind.clone(), code, components, ..Exec::default() };
    let annotations = vec![super::putting::pair("exec", action.kind.as_str().into())];
    Sheet {
        version: action.version.clone(),
        annotations,
        ..Sheet::new(&path, &action.name, now, Of::Action { exec, limits: action.limits })
    }
}

fn rule_of(trigger: &Trigger, rule: &Rule) -> Of {
    let (namespace, name) = crate::activation::split_reference(&trigger.namespace, &rule.action);
    Of::Rule { trigger: format!("/{}/{}", trigger.namespace, trigger.name), action: format!("/{namespace}/{name}") }
}

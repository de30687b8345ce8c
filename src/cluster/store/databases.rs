//! The databases that a deployment makes in CouchDB, whichever store activation records go to, and what is in them besides those.

use crate::activation::Catalogue;
use serde::Serialize;

/// A database with the design documents that the deployment installs, in `_all_docs` order (`ansible/tasks/recreateViews.yml:20-37`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Database {
    pub name: &'static str,
    pub design_documents: &'static [&'static str],
    entities: Entities,
}

/// What else a database holds once the cluster is up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
enum Entities {
    /// The subject of each namespace (`ansible/tasks/initdb.yml:21-68`).
    Subjects,
    /// Each action, package, binding, trigger and rule; the health tests' are put there by their controllers (`InvokerSupervision.scala:246-254`). The catalogue of
    /// `postdeploy.yml` is not modelled.
    Actions,
    /// Activation records alone, which the store itself keeps.
    Records,
}

impl Database {
    pub const SUBJECTS: Self = Self {
        name: "whisk_local_subjects",
        design_documents: &["_design/namespaceThrottlings", "_design/snapshotFilters", "_design/subjects.v2.0.0"],
        entities: Entities::Subjects,
    };

    pub const WHISKS: Self = Self {
        name: "whisk_local_whisks",
        design_documents: &["_design/snapshotFilters", "_design/whisks.v2.1.0"],
        entities: Entities::Actions,
    };

    /// The only one that holds activation records.
    pub const ACTIVATIONS: Self = Self {
        name: "whisk_local_activations",
        design_documents: &[
            "_design/activations",
            "_design/logCleanup",
            "_design/snapshotFilters",
            "_design/whisks-filters.v2.1.1",
            "_design/whisks.v2.1.0",
        ],
        entities: Entities::Records,
    };

    /// The ids of its documents but for activation records, in `_all_docs` order: by bytes, so that `_` comes after digits and capitals.
    pub fn documents(&self, catalogue: &Catalogue) -> Vec<String> {
        let mut ids = self.entities(catalogue);
        ids.extend(self.design_documents.iter().map(|id| (*id).to_owned()));
        crate::order::sort_by_text(&mut ids, |id| id);
        ids
    }

    /// The ids of those among them that are no design documents.
    pub fn entities(&self, catalogue: &Catalogue) -> Vec<String> {
        let mut ids: Vec<String> = match self.entities {
            Entities::Subjects => catalogue.namespaces().map(|(_, name)| name.to_owned()).collect(),
            Entities::Actions => whisks(catalogue),
            Entities::Records => Vec::new(),
        };
        crate::order::sort_by_text(&mut ids, |id| id);
        ids
    }
}

/// The entities of all namespaces, by id (`core/entity/WhiskEntity.scala`, `WhiskPackage.scala`, `WhiskRule.scala`).
fn whisks(catalogue: &Catalogue) -> Vec<String> {
    let mut ids: Vec<String> = catalogue.entities().map(crate::activation::Action::path).collect();
    let packaged = catalogue.actions().map(|(_, action)| action).filter(|action| !action.package.is_empty());
    ids.extend(packaged.map(|action| format!("{}/{}", action.namespace, action.package)));
    ids.extend(catalogue.bindings().iter().map(crate::activation::PackageBinding::path));
    for trigger in catalogue.triggers() {
        ids.extend(trigger.rules.iter().map(|rule| format!("{}/{}", trigger.namespace, rule.name)));
    }
    crate::order::sort_by_text(&mut ids, |id| id);
    ids.dedup();
    ids
}

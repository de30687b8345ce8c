//! The design documents of the three databases.
//!
//! Each is as the deployment installs it, except that in place of JavaScript there stands a comment in the model's own words: Rust does here
//! what the function does there.

use super::{CouchDb, Database};
use crate::json::Object;
use serde_json::Value;

/// A view or a filter: its name, what it does, and its reduction if it has one.
struct Function {
    name: &'static str,
    does: &'static str,
    reduce: Option<&'static str>,
}

const fn mapped(name: &'static str, does: &'static str) -> Function {
    Function { name, does, reduce: None }
}

const fn counted(name: &'static str, does: &'static str) -> Function {
    Function { name, does, reduce: Some("_count") }
}

/// A design document: the file under `ansible/files` that it comes from, and what it has.
struct Design {
    file: &'static str,
    views: &'static [Function],
    filters: &'static [Function],
    /// Whether it names its language.
    has_language: bool,
    /// It has an empty list of indexes.
    has_indexes: bool,
}

const fn of_views(file: &'static str, views: &'static [Function]) -> Design {
    Design { file, views, filters: &[], has_language: true, has_indexes: false }
}

const SNAPSHOT_FILTERS: Design = Design {
    file: "filter_design_document.json",
    views: &[],
    filters: &[mapped("withoutDeletedAndDesignDocuments", "passes what is neither deleted nor a design document")],
    has_language: false,
    has_indexes: false,
};

const RECORDS: Design = of_views(
    "whisks_design_document_for_activations_db_v2.1.0.json",
    &[counted("activations", "emits [namespace, start] and a summary for each activation")],
);

const RECORDS_BY_NAME: Design = of_views(
    "whisks_design_document_for_activations_db_filters_v2.1.1.json",
    &[counted("activations", "emits [namespace/(package/)name, start] and a summary for each activation")],
);

const RECORDS_BY_DATE: Design =
    of_views("activations_design_document_for_activations_db.json", &[mapped("byDate", "emits start and [_id, _rev] for each activation")]);

const LOG_CLEANUP: Design = of_views(
    "logCleanup_design_document_for_activations_db.json",
    &[mapped("byDateWithLogs", "emits start and _id for each activation with logs that is no sequence")],
);

const ENTITIES: Design = of_views(
    "whisks_design_document_for_entities_db_v2.1.0.json",
    &[
        counted("rules", "emits [namespace, updated] for each rule"),
        counted("packages-public", "emits [namespace, updated] and a summary for each published package"),
        counted("packages", "emits [namespace, updated] and a summary for each package"),
        counted("actions", "emits [namespace, updated] and a summary for each action"),
        counted("triggers", "emits [namespace, updated] and a summary for each trigger"),
    ],
);

const SUBJECTS: Design = Design {
    has_indexes: true,
    ..of_views(
        "auth_design_document_for_subjects_db_v2.0.0.json",
        &[mapped("identities", "emits [namespace] and [uuid, key] for each namespace of a subject that is not blocked")],
    )
};

const THROTTLINGS: Design = of_views(
    "namespace_throttlings_design_document_for_subjects_db.json",
    &[Function { name: "blockedNamespaces", does: "emits each namespace that is blocked", reduce: Some("_sum") }],
);

/// The design document of this id, if the database has it.
fn design(database: Database, id: &str) -> Option<Design> {
    let is_activations = database == CouchDb::ACTIVATIONS;
    Some(match id {
        "_design/snapshotFilters" => SNAPSHOT_FILTERS,
        "_design/whisks.v2.1.0" if is_activations => RECORDS,
        "_design/whisks-filters.v2.1.1" => RECORDS_BY_NAME,
        "_design/activations" => RECORDS_BY_DATE,
        "_design/logCleanup" => LOG_CLEANUP,
        "_design/whisks.v2.1.0" => ENTITIES,
        "_design/subjects.v2.0.0" => SUBJECTS,
        "_design/namespaceThrottlings" => THROTTLINGS,
        _ => return None,
    })
}

/// The content of a design document.
pub(super) fn document(database: Database, id: &str) -> Value {
    let mut document = Object::default();
    let Some(design) = design(database, id) else { return document.value() };
    let note = |function: &Function| {
        let file = design.file;
        format!(
            "/* WhiskScope runs Rust in place of this function, which {}. It is in apache/openwhisk, ansible/files/{file}. */",
            function.does
        )
    };
    if design.has_language {
        document.text("language", "javascript");
    }
    if design.has_indexes {
        document.put("indexes", Object::default().value());
    }
    if !design.views.is_empty() {
        let mut views = Object::default();
        for function in design.views {
            let mut view = Object::default();
            view.text("map", &note(function));
            if let Some(reduce) = function.reduce {
                view.text("reduce", reduce);
            }
            views.put(function.name, view.value());
        }
        document.put("views", views.value());
    }
    if !design.filters.is_empty() {
        let mut filters = Object::default();
        for function in design.filters {
            filters.text(function.name, &note(function));
        }
        document.put("filters", filters.value());
    }
    document.value()
}

/// Whether the design document has a view of this name.
pub(super) fn has_view(database: Database, id: &str, view: &str) -> bool {
    design(database, id).is_some_and(|design| design.views.iter().any(|known| known.name == view))
}

//! What can lie over the page: native dialogs, one at a time, in the document only while they are open.

mod break_something;
mod glossary;
mod invoke;
mod invoke_draft;
mod modal;
mod shortcut_list;
mod simplifications;

use super::controls::{Controls, Dialog};
use crate::view::prelude::*;
use break_something::break_something;
use glossary::glossary;
use invoke::{Cluster, invoke};
use invoke_draft::InvokeDraft;
use modal::Modal;
use shortcut_list::shortcut_list;
use simplifications::simplifications;

#[component]
pub fn Dialogs(controls: Controls) -> impl IntoView {
    // What was chosen last is still chosen when the dialog opens again.
    let draft = InvokeDraft::new();
    let modal = Modal::new(controls);
    move || {
        let dialog = controls.dialog.get()?;
        let cluster = (dialog == Dialog::Invoke).then(|| Cluster::of(controls.page));
        if let Some(cluster) = &cluster {
            draft.open(cluster);
        }
        // What is typed draws the form again, and does not open it anew.
        Some(move || {
            let language = controls.page.language.get();
            match (dialog, &cluster) {
                (Dialog::Invoke, Some(cluster)) => invoke(modal, draft, cluster, language),
                (Dialog::Invoke, None) => View::Empty,
                (Dialog::Break, _) => break_something(modal, language),
                (Dialog::Shortcuts, _) => shortcut_list(modal, language),
                (Dialog::Simplifications, _) => simplifications(modal, language),
                (Dialog::Glossary, _) => glossary(modal, language),
            }
        })
    }
}

//! What can lie over the page: native dialogs, one at a time, in the document only while they are open.

mod glossary;
mod invoke;
mod invoke_draft;
mod modal;
mod shortcut_list;
mod simplifications;

use super::controls::{Controls, Dialog};
use crate::view::prelude::*;
use glossary::Glossary;
use invoke::Invoke;
use invoke_draft::InvokeDraft;
use shortcut_list::ShortcutList;
use simplifications::Simplifications;

#[component]
pub fn Dialogs(controls: Controls) -> impl IntoView {
    // What was chosen last is still chosen when the dialog opens again.
    let draft = InvokeDraft::new();
    move || match controls.dialog.get() {
        None => View::Empty,
        Some(Dialog::Invoke) => view! { <Invoke controls draft/> },
        Some(Dialog::Shortcuts) => view! { <ShortcutList controls/> },
        Some(Dialog::Simplifications) => view! { <Simplifications controls/> },
        Some(Dialog::Glossary) => view! { <Glossary controls/> },
    }
}

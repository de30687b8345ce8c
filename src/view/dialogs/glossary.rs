use super::modal::Modal;
use crate::locale::glossary::GLOSSARY;
use crate::locale::page::Header;
use crate::locale::{Entry, Language};
use crate::view::controls::Controls;
use crate::view::lesson::EvidenceLinks;
use crate::view::prelude::*;

#[component]
pub fn Glossary(controls: Controls) -> impl IntoView {
    let language = controls.page.language;
    view! {
        <Modal controls closes_lightly=true title=Signal::derive(move || language.get().say(Header::Glossary))>
            <Entries language entries=&GLOSSARY/>
        </Modal>
    }
}

/// Terms with what is to be said about them.
#[component]
pub fn Entries(language: RwSignal<Language>, entries: &'static [Entry]) -> impl IntoView {
    let entry = move |entry: &'static Entry| {
        view! {
            <div class="entry" id=entry.id>
                <dt>{move || entry.title.in_language(language.get())}</dt>
                <dd>{move || entry.text.in_language(language.get())}</dd>
                {(!entry.evidence.is_empty()).then(|| view! { <dd><EvidenceLinks rows=entry.rows()/></dd> })}
            </div>
        }
    };
    view! { <dl class="entries">{entries.iter().map(entry).collect_view()}</dl> }
}

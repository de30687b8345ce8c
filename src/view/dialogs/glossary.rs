use super::modal::{Modal, Sheet};
use crate::locale::glossary::GLOSSARY;
use crate::locale::page::Header;
use crate::locale::{Entry, Language};
use crate::view::lesson::evidence_links;
use crate::view::prelude::*;

pub fn glossary(modal: Modal, language: Language) -> View {
    modal.view(language, Sheet::to_read(language.say(Header::Glossary)), entries(language, &GLOSSARY))
}

/// Terms with what is to be said about them.
pub fn entries(language: Language, entries: &[Entry]) -> View {
    let entry = |entry: &Entry| {
        view! {
            <div class="entry" id=entry.id>
                <dt>{entry.title.in_language(language)}</dt>
                <dd>{entry.text.in_language(language)}</dd>
                {(!entry.evidence.is_empty()).then(|| view! { <dd>{evidence_links(language, &entry.rows())}</dd> })}
            </div>
        }
    };
    view! { <dl class="entries">{entries.iter().map(entry).collect_view()}</dl> }
}

use crate::cluster::evidence::Evidence;
use crate::locale::Language;
use crate::locale::page::LessonPanel;
use crate::view::prelude::*;

/// A small link to the source lines of something. Nothing is fetched before the visitor follows it.
pub fn source(language: Language, evidence: &Evidence) -> View {
    let short = evidence.short();
    let name = format!("{short} ({})", language.say(LessonPanel::OpensElsewhere));
    view! { <a class="source" href=evidence.url() target="_blank" rel="noopener noreferrer" aria-label=name title=short>"?"</a> }
}

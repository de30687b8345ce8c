//! The sentence under the stage and the verdict strip: what happens now, and what the three witnesses make of it.

mod now;

use super::controls::Controls;
use super::parts::Icon;
use crate::locale::Language;
use crate::locale::page::LessonPanel;
use crate::locale::verdict::{Verdict as Words, cli, couchdb, elasticsearch, judgement};
use crate::view::prelude::*;
use crate::witness::{self, Verdict as Found};
pub use now::Now;

/// `CLI 3 · CouchDB 0 + 5 design documents · Elasticsearch 3 · they disagree because …`
#[component]
pub fn Verdict(controls: Controls) -> impl IntoView {
    let page = controls.page;
    move || {
        let language = page.language.get();
        let found = (!controls.covered.get().verdict).then(|| page.with_world(witness::verdict));
        let disagree = found.as_ref().is_some_and(|found| found.reasons.iter().any(|reason| reason.is_disagreement()));
        let inside = found.map_or_else(|| predict(language), |found| line(language, &found));
        view! {
            <section class="verdict" class:is-disagreement=disagree aria-label=language.say(Words::Region)>{inside}</section>
        }
    }
}

fn line(language: Language, Found { facts, reasons }: &Found) -> View {
    let part = |icon: Icon, class: &'static str, text: String| {
        view! { <span class=class>{icon.view()}{text}</span>" · " }
    };
    view! {
        <p class="verdict-line">
            {part(Icon::Prompt, "verdict-part is-cli", cli(language, facts))}
            {part(Icon::Cylinder, "verdict-part is-couchdb", couchdb(language, facts))}
            {part(Icon::Shards, "verdict-part is-elasticsearch", elasticsearch(language, facts))}
            <span class="verdict-reason">{judgement(language, reasons)}</span>
        </p>
    }
}

fn predict(language: Language) -> View {
    view! {
        <p class="predict">{language.say(LessonPanel::PredictFirst)}</p>
        <p class="predict-hint">{language.say(LessonPanel::PredictFirstHint)}</p>
    }
}

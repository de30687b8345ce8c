//! The sentence under the stage and the verdict strip: what happens now, and what the three witnesses make of it.

mod now;

use super::controls::Controls;
use super::parts::Icon;
use crate::locale::page::LessonPanel;
use crate::locale::verdict::{Verdict as Words, VerdictFacts, cli, couchdb, elasticsearch, judgement};
use crate::view::prelude::*;
use crate::witness;
pub use now::Now;

/// `CLI 3 · CouchDB 0 + 5 design documents · Elasticsearch 3 · they disagree because …`
#[component]
pub fn Verdict(controls: Controls) -> impl IntoView {
    let page = controls.page;
    let verdict = Memo::new(move || page.with_world(witness::verdict));
    let predict = move || {
        view! {
            <p class="predict">{move || page.language.get().say(LessonPanel::PredictFirst)}</p>
            <p class="predict-hint">{move || page.language.get().say(LessonPanel::PredictFirstHint)}</p>
        }
    };
    let part = move |icon: Icon, class: &'static str, text: fn(crate::locale::Language, &VerdictFacts) -> String| {
        view! {
            <span class=format!("verdict-part {class}")>
                {icon.view()}{move || verdict.with(|verdict| text(page.language.get(), &verdict.facts))}
            </span>
            " · "
        }
    };
    let judged = move || verdict.with(|verdict| judgement(page.language.get(), &verdict.reasons));
    let disagree = Memo::new(move || verdict.with(|verdict| verdict.reasons.iter().any(|reason| reason.is_disagreement())));
    view! {
        <section class="verdict" class:is-disagreement=move || disagree.get() && !controls.covered.get().verdict
            aria-label=move || page.language.get().say(Words::Region)>
            <Show when=move || !controls.covered.get().verdict fallback=predict>
                <p class="verdict-line">
                    {part(Icon::Prompt, "is-cli", cli)}
                    {part(Icon::Cylinder, "is-couchdb", couchdb)}
                    {part(Icon::Shards, "is-elasticsearch", elasticsearch)}
                    <span class="verdict-reason">{judged}</span>
                </p>
            </Show>
        </section>
    }
}

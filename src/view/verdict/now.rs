use crate::cluster::evidence;
use crate::locale::instant;
use crate::locale::page::LessonPanel;
use crate::view::controls::Controls;
use crate::view::parts::Icon;
use crate::view::prelude::*;

/// The line under the stage: the step in focus, its time, and the source lines that say so. What keeps the transport from moving
/// takes its place for as long as the instant lasts.
#[component]
pub fn Now(controls: Controls) -> impl IntoView {
    let page = controls.page;
    // Of a step that nobody may know yet not even its time is told.
    let told = move || page.focus_step().filter(|_| !controls.covered.get().steps);
    let time = move || told().map(|step| instant(page.language.get(), step.at));
    let source = move || {
        let step = told()?;
        let row = evidence::of(&step.kind);
        let hint = move || page.language.get().say(LessonPanel::OpensElsewhere);
        Some(view! {
            <a class="now-source" href=row.url() target="_blank" rel="noopener noreferrer" title=hint>
                {row.short()}{Icon::Outside.view()}<span class="visually-hidden">" ("{hint}")"</span>
            </a>
        })
    };
    view! {
        <div class="now">
            <p class="now-line">
                <span class="now-time">{time}</span>
                <span class="now-sentence">{move || controls.sentence()}</span>
                {source}
            </p>
            <p class="now-note">{move || controls.note()}</p>
        </div>
    }
}

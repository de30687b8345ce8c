use crate::cluster::evidence;
use crate::cluster::step::Step;
use crate::locale::page::LessonPanel;
use crate::locale::{Language, instant};
use crate::view::controls::Controls;
use crate::view::parts::Icon;
use crate::view::prelude::*;

/// The line under the stage: the step in focus, its time, and the source lines that say so. What keeps the transport from moving
/// takes its place for as long as the instant lasts.
#[component]
pub fn Now(controls: Controls) -> impl IntoView {
    let page = controls.page;
    let line = move || {
        let language = page.language.get();
        // Of a step that nobody may know yet not even its time is told.
        let told = page.focus_step().filter(|_| !controls.covered.get().steps);
        view! {
            <p class="now-line">
                <span class="now-time">{told.map(|step| instant(language, step.at))}</span>
                <span class="now-sentence">{controls.sentence()}</span>
                {told.map(|step| source(language, &step))}
            </p>
        }
    };
    // It asks the clock, which moves at every frame.
    let note = move || controls.note();
    view! {
        <div class="now">
            {line}
            <p class="now-note">{note}</p>
        </div>
    }
}

fn source(language: Language, step: &Step) -> View {
    let row = evidence::of(&step.kind);
    let hint = language.say(LessonPanel::OpensElsewhere);
    view! {
        <a class="now-source" href=row.url() target="_blank" rel="noopener noreferrer" title=hint>
            {row.short()}{Icon::Outside.view()}<span class="visually-hidden">" ("{hint}")"</span>
        </a>
    }
}

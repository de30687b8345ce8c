use crate::cluster::evidence;
use crate::cluster::step::Step;
use crate::inspection::listing::Row;
use crate::locale::page::LessonPanel;
use crate::locale::{instant, page::time_value};
use crate::player::{PlayerCommand, Selection};
use crate::time::Instant;
use crate::view::page::{page, sentence};
use crate::view::prelude::*;
use wasm_bindgen::JsCast;

fn id_of(ordinal: u64) -> String {
    format!("step-{ordinal}")
}

/// Keeps the current row in sight within the list, without moving the page. While the focus is in the list, it stays as it is.
pub fn follow(current: Memo<Option<u64>>, moved_to: RwSignal<Option<usize>>) {
    Effect::new(move || {
        let Some(ordinal) = current.get() else { return };
        if moved_to.get_untracked().is_some() {
            return;
        }
        request_animation_frame(move || {
            let find = |id: &str| document().get_element_by_id(id).and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok());
            let (Some(list), Some(row)) = (find("step-list"), find(&id_of(ordinal))) else { return };
            if !list.contains(document().active_element().as_deref()) {
                list.set_scroll_top(row.offset_top() - list.client_height() / 2);
            }
        });
    });
}

/// One step. It is read from the rows by its number, since the same number is another step in the other store's world.
pub fn row_view(
    row: Row,
    rows: Memo<Vec<Row>>,
    moment: Memo<(Instant, u64)>,
    current: Memo<Option<u64>>,
    total: Memo<usize>,
    moved_to: RwSignal<Option<usize>>,
) -> impl IntoView {
    let page = page();
    let ordinal = row.step.ordinal;
    let row = Memo::new(move || rows.with(|rows| rows.iter().find(|it| it.step.ordinal == ordinal).copied()).unwrap_or(row));
    let is_current = move || current.get() == Some(ordinal);
    let is_to_come = move || row.get().step.at > moment.get().0;
    let is_selected = move || {
        let selected = page.selection.get().activation();
        selected.is_some() && row.get().step.activation == selected
    };
    // A step to come is about things that the world of now does not have, so it is told from the end of the run.
    let told = move || {
        let (language, step) = (page.language.get(), row.get().step);
        page.with_tape(|tape| sentence(language, tape.end(), &step))
    };
    // What travels in the picture is out of a keyboard's reach: its record is opened from here.
    let seek = move |_| {
        let Step { at, activation, .. } = row.get_untracked().step;
        moved_to.set(None);
        page.act(PlayerCommand::Seek(at));
        if let Some(activation) = activation {
            page.select(Selection::Activation(activation));
        }
        page.announce(time_value(page.language.get_untracked(), at, &untrack(told)));
    };
    let source = move || {
        let evidence = evidence::of(&row.get().step.kind);
        let short = evidence.short();
        let name = format!("{short} ({})", page.language.get().say(LessonPanel::OpensElsewhere));
        view! { <a class="step-source" href=evidence.url() target="_blank" rel="noopener noreferrer" aria-label=name>{short}</a> }
    };
    view! {
        <li
            class="step"
            id=id_of(ordinal)
            class:is-current=is_current
            class:is-to-come=is_to_come
            class:is-selected=is_selected
            aria-setsize=move || total.get().to_string()
            aria-posinset=move || (row.get().place + 1).to_string()
        >
            <button class="step-main" type="button" aria-current=move || is_current().then_some("step") on:click=seek>
                <span class="step-time">{move || instant(page.language.get(), row.get().step.at)}</span>
                <span class="step-sentence">{told}</span>
            </button>
            {source}
        </li>
    }
}

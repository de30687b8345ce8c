//! The inspector: what is selected, from all sides. On a narrow screen it is a sheet over the page.

mod document;
mod exchange;
mod life;
mod link;
mod log;
mod lookup;
mod node;
mod node_state;
mod record;
mod trouble;
mod why;

use super::page::page;
use super::predict::{covered, predict_first};
use super::tabs::focus;
use crate::locale::page::{Header, Inspector as Words};
use crate::player::Selection;
use crate::view::controls::Controls;
use crate::view::prelude::*;
use exchange::ExchangesView;
use link::{BreakDraft, LinkView};
use lookup::lookup;
use node::NodeView;
use record::{LIFE, RecordView};
pub use trouble::{link_button, open_trouble};
use wasm_bindgen::JsCast;
use why::WhyView;

/// Below this the inspector is a sheet: the same width as in the style.
const NARROW: &str = "(max-width: 699.98px)";
const CLOSE: &str = "inspector-close";

fn is_narrow() -> bool {
    window().match_media(NARROW).ok().flatten().is_some_and(|media| media.matches())
}

#[component]
pub fn Inspector() -> impl IntoView {
    let page = page();
    let covered = covered();
    let (controls, draft) = (expect_context::<Controls>(), BreakDraft::new());
    let is_covered = Memo::new(move || covered.get().inspector);
    let selection = Memo::new(move || page.selection.get());
    // The tab stays when another record is selected.
    let tab = RwSignal::new(LIFE);
    let opener = StoredValue::new(None::<web_sys::HtmlElement>);
    let mut before = None;
    Effect::new(move || {
        let now = selection.get();
        if is_narrow() && before == Some(Selection::Nothing) && now != Selection::Nothing {
            // A node of the picture takes the focus as any element does, though it is none of HTML's.
            opener.set_value(document().active_element().map(|element| element.unchecked_into::<web_sys::HtmlElement>()));
            focus(CLOSE);
        }
        before = Some(now);
    });
    let close = move || {
        page.select(Selection::Nothing);
        opener.update_value(|opener| {
            if let Some(element) = opener.take() {
                // What opened the sheet may be gone; then the focus stays where the browser puts it.
                let _ = element.focus();
            }
        });
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && is_narrow() {
            event.stop_propagation();
            close();
        }
    };
    let inside = move || match selection.get() {
        _ if is_covered.get() => predict_first(page.language.get()),
        Selection::Nothing => view! { <p class="hint">{page.language.get().say(Words::Empty)}</p> },
        Selection::Activation(ix) => view! { <RecordView ix tab/> },
        Selection::Node(node) => view! { <NodeView controls node/> },
        Selection::Link { from, to } => view! { <LinkView controls draft from to/> },
        Selection::Unmade(id) => view! {
            <h2 class="eyebrow">{move || page.language.get().say(Words::SelectedActivation)}</h2>
            <p class="inspected-id"><span class="id">{id.to_string()}</span></p>
            <WhyView id/>
        },
        Selection::Exchanges(command) => view! { <ExchangesView command/> },
    };
    let (typed, is_wrong) = (RwSignal::new(String::new()), RwSignal::new(false));
    let asked = move || (!is_covered.get()).then(|| lookup(page, tab, typed, is_wrong));
    // It scrolls, and what is in it need not take the focus.
    view! {
        <section
            class="inspector"
            tabindex="0"
            class:is-open=move || selection.get() != Selection::Nothing
            aria-label=move || page.language.get().say(Words::Region)
            on:keydown=on_key
        >
            <button class="inspector-close" id=CLOSE type="button" on:click=move |_| close()>
                {move || page.language.get().say(Header::Close)}
            </button>
            {inside}
            {asked}
        </section>
    }
}

//! A row of tabs: one is in the tab order, the arrows go on from there.

use crate::locale::Language;
use crate::view::prelude::*;
use wasm_bindgen::JsCast;

/// One tab: the id of what it shows, and its name.
pub struct Tab {
    pub panel: &'static str,
    pub name: fn(Language) -> &'static str,
}

/// The id of a panel's tab.
pub fn tab_of(panel: &str) -> String {
    format!("tab-{panel}")
}

/// The row, under its accessible name. `chosen` is the id of the panel that is shown.
pub fn tabs(language: Language, name: &'static str, all: &'static [Tab], chosen: RwSignal<&'static str>) -> View {
    let on_key = move |event: ev::KeyboardEvent| {
        if let Some(panel) = target(&event.key(), all, chosen.get_untracked()) {
            event.prevent_default();
            chosen.set(panel);
            focus(&tab_of(panel));
        }
    };
    let tab = |&Tab { panel, name }: &Tab| {
        let is_chosen = chosen.get() == panel;
        view! {
            <button
                class="tab"
                type="button"
                role="tab"
                id=tab_of(panel)
                aria-controls=panel
                aria-selected=if is_chosen { "true" } else { "false" }
                tabindex=if is_chosen { "0" } else { "-1" }
                on:click=move |_| chosen.set(panel)
            >
                {name(language)}
            </button>
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=name on:keydown=on_key>
            {all.iter().map(tab).collect_view()}
        </div>
    }
}

/// The panel that a key leads to from the one that is shown.
fn target(key: &str, all: &[Tab], chosen: &str) -> Option<&'static str> {
    let place = all.iter().position(|tab| tab.panel == chosen)?;
    let target = match key {
        "ArrowRight" => (place + 1) % all.len(),
        "ArrowLeft" => (place + all.len() - 1) % all.len(),
        "Home" => 0,
        "End" => all.len() - 1,
        _ => return None,
    };
    all.get(target).map(|tab| tab.panel)
}

/// Puts the focus on an element, if it is there.
pub fn focus(id: &str) {
    let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = element {
        // Focusing what cannot take focus does nothing.
        let _ = element.focus();
    }
}

//! A row of tabs: one is in the tab order, the arrows go on from there.

use super::page::page;
use crate::locale::Language;
use crate::view::prelude::*;
use leptos::ev;
use wasm_bindgen::JsCast;

/// One tab: its value, the id of what it shows, and its name.
pub struct TabItem<T> {
    pub value: T,
    pub panel: &'static str,
    pub name: fn(Language) -> &'static str,
}

/// The id of a panel's tab.
pub fn tab_of(panel: &str) -> String {
    format!("tab-{panel}")
}

#[component]
pub fn Tabs<T>(
    /// The accessible name of the row.
    name: fn(Language) -> &'static str,
    items: Vec<TabItem<T>>,
    chosen: RwSignal<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + 'static,
{
    let page = page();
    let order: Vec<(T, &'static str)> = items.iter().map(|item| (item.value, item.panel)).collect();
    let order = StoredValue::new(order);
    let on_key = move |event: ev::KeyboardEvent| {
        let target = order.with_value(|order| {
            let place = order.iter().position(|(value, _)| *value == chosen.get_untracked())?;
            let target = match event.key().as_str() {
                "ArrowRight" => (place + 1) % order.len(),
                "ArrowLeft" => (place + order.len() - 1) % order.len(),
                "Home" => 0,
                "End" => order.len() - 1,
                _ => return None,
            };
            order.get(target).copied()
        });
        if let Some((value, panel)) = target {
            event.prevent_default();
            chosen.set(value);
            focus(&tab_of(panel));
        }
    };
    let tabs = items.into_iter().map(|TabItem { value, panel, name }| {
        let is_chosen = move || chosen.get() == value;
        view! {
            <button
                class="tab"
                type="button"
                role="tab"
                id=tab_of(panel)
                aria-controls=panel
                aria-selected=move || if is_chosen() { "true" } else { "false" }
                tabindex=move || if is_chosen() { "0" } else { "-1" }
                on:click=move |_| chosen.set(value)
            >
                {move || name(page.language.get())}
            </button>
        }
    });
    view! {
        <div class="tabs" role="tablist" aria-label=move || name(page.language.get()) on:keydown=on_key>
            {tabs.collect_view()}
        </div>
    }
}

/// Puts the focus on an element, if it is there.
pub fn focus(id: &str) {
    let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = element {
        // Focusing what cannot take focus does nothing.
        let _ = element.focus();
    }
}

//! The one status line of the page: assistive technology reads it out when it changes.

use super::page::page;
use crate::view::prelude::*;

#[component]
pub fn Announcer() -> impl IntoView {
    let page = page();
    view! { <p class="visually-hidden" role="status">{move || page.announcement.get()}</p> }
}

//! What the page says if it crashes: the static text for it is in index.html, in both languages, because nothing of ours can be
//! trusted to run any more.

use leptos_dom::helpers::{document, window};

/// Shows the crash text, with a link to this instant and what was wrong, and leaves the rest of the page as it is.
pub fn show_on_panic() {
    std::panic::set_hook(Box::new(|info| {
        let details = info.to_string();
        web_sys::console::error_1(&details.as_str().into());
        let document = document();
        if let Some(text) = document.get_element_by_id("crash-details") {
            text.set_text_content(Some(&details));
        }
        if let (Some(link), Ok(href)) = (document.get_element_by_id("crash-link"), window().location().href()) {
            // The address was replaced at the last pause or command: it leads back to
            // this instant of the lesson. Commands of the visitor's own are not in it.
            let _ = link.set_attribute("href", &href);
            link.set_text_content(Some(&href));
        }
        if let Some(crash) = document.get_element_by_id("crash") {
            let _ = crash.remove_attribute("hidden");
        }
    }));
}

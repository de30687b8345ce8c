//! The page as a whole: what it opens with, and where its regions are.

use super::announcer::Announcer;
use super::frame::play_frames;
use super::page::Page;
use crate::cluster::Configuration;
use crate::locale::Language;
use crate::player::Session;
use crate::recording::Run;
use crate::time::Instant;
use leptos::prelude::*;

/// Mounts the page in place of the static one.
pub fn start() {
    let Some(root) = document().get_element_by_id("app") else { return };
    root.set_inner_html("");
    let Ok(root) = wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(root) else { return };
    mount_to(root, || view! { <App/> }).forget();
}

#[component]
fn App() -> impl IntoView {
    let run = Run::new(Configuration::default(), 1, Vec::new());
    let Ok(session) = Session::new(run, Instant::from_millis(10_000)) else { return ().into_any() };
    let page = Page::new(session, Language::English);
    provide_context(page);
    play_frames(page, || (), |_| ());
    view! {
        <Announcer/>
    }
    .into_any()
}

//! The page as a whole: what it opens with, and where its regions are.

use super::announcer::Announcer;
use super::controls::Controls;
use super::dialogs::Dialogs;
use super::frame::play_frames;
use super::header::Header;
use super::notices::Notices;
use super::page::Page;
use super::shortcuts::listen;
use super::transport::Transport;
use super::verdict::{Now, Verdict};
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
    page.theme.set(super::memory::theme());
    play_frames(page, || (), |_| ());
    let controls = Controls::new(page);
    listen(controls);
    view! {
        <Header controls/>
        <Notices controls/>
        <main class="desk">
            <div class="bench">
                <section class="lesson" id="lesson" tabindex="-1" aria-label="Lesson"></section>
                <div class="stage-column">
                    <section class="stage" aria-label="Stage"></section>
                    <Now controls/>
                </div>
                <section class="inspector" aria-label="Inspector"></section>
            </div>
            <div class="dock">
                <Verdict controls/>
                <Transport controls/>
            </div>
        </main>
        <Dialogs controls/>
        <Announcer/>
    }
    .into_any()
}

//! The page as a whole: what it opens with, and where its regions are.

use super::address::Address;
use super::announcer::Announcer;
use super::frame::play_frames;
use super::page::Page;
use super::{Inspector, StepsPanel, WitnessRow};
use crate::lesson::Lesson;
use crate::player::Session;
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
    let address = Address::here();
    let Ok(lesson) = Lesson::bundled() else { return ().into_any() };
    let Ok(session) = Session::new(lesson.run(address.store), address.at.unwrap_or(Instant::from_millis(15_500))) else {
        return ().into_any();
    };
    let page = Page::new(session, address.language.unwrap_or_default());
    provide_context(page);
    play_frames(page, || (), |_| ());
    view! {
        <Announcer/>
        <div class="trial">
            <StepsPanel/>
            <Inspector/>
        </div>
        <WitnessRow/>
    }
    .into_any()
}

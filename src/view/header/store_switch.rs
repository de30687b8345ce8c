//! The switch: what if every process had been bound to the other store from the start?

use crate::cluster::place::StoreKind;
use crate::locale::page::{Header as Words, LessonPanel, bindings_differ};
use crate::locale::steps::store_name;
use crate::view::controls::Controls;
use crate::view::parts::{Choice, RadioGroup};
use crate::view::prelude::*;

/// Nothing of it is in the document while an open question covers it: which one is checked would be the answer.
#[component]
pub fn StoreSwitch(controls: Controls) -> impl IntoView {
    let page = controls.page;
    let covered = move || view! { <p class="switch-covered predict">{move || page.language.get().say(LessonPanel::PredictFirst)}</p> };
    let choice = move |store: StoreKind| {
        let label = move || store_name(store).to_owned();
        Choice::new(store.code(), label, move || page.store() == Some(store), move || controls.switch_to(store))
            .hint(move || page.language.get().say(Words::SwitchHint))
    };
    view! {
        <div class="switch">
            <Show when=move || !controls.covered.get().switch fallback=covered>
                <RadioGroup
                    class="choices-store"
                    name=Signal::derive(move || page.language.get().say(Words::ActivationStore))
                    input="activation-store"
                    choices=StoreKind::ALL.map(choice).into()
                />
                <Bindings controls/>
            </Show>
        </div>
    }
}

/// Who is bound to what, in words, where no one store can be checked.
#[component]
fn Bindings(controls: Controls) -> impl IntoView {
    let page = controls.page;
    let words = move || {
        let bindings: Vec<_> = page.with_tape(|tape| {
            let configuration = &tape.run().configuration;
            configuration.processes().map(|process| (process, configuration.store_of(process))).collect()
        });
        bindings_differ(page.language.get(), &bindings)
    };
    view! {
        <Show when=move || page.store().is_none()>
            <p class="switch-bindings">{words}</p>
        </Show>
    }
}

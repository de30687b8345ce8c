use super::modal::Modal;
use crate::locale::page::Shortcut;
use crate::view::controls::Controls;
use crate::view::memory;
use crate::view::prelude::*;

type Keys = &'static [(&'static [&'static str], Shortcut)];

#[component]
pub fn ShortcutList(controls: Controls) -> impl IntoView {
    let language = controls.page.language;
    let say = move |word: Shortcut| language.get().say(word);
    let turn = move |event| {
        let on = event_target_checked(&event);
        controls.shortcuts_on.set(on);
        memory::keep_shortcuts(on);
    };
    let row = move |(keys, word): &'static (&'static [&'static str], Shortcut)| {
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view();
        view! { <div class="key-row"><dt>{keys}</dt><dd>{move || say(*word)}</dd></div> }
    };
    let list = move |keys: Keys| view! { <dl class="keys">{keys.iter().map(row).collect_view()}</dl> };
    view! {
        <Modal controls closes_lightly=true class="modal-sheet-narrow" title=Signal::derive(move || say(Shortcut::Title))>
            <label class="check">
                <input type="checkbox" prop:checked=move || controls.shortcuts_on.get() on:change=turn/>
                <span>{move || say(Shortcut::Enabled)}</span>
            </label>
            <p class="hint">{move || say(Shortcut::NeverInInputs)}</p>
            <h3>{move || say(Shortcut::Anywhere)}</h3>
            {list(&Shortcut::KEYS)}
            <h3>{move || say(Shortcut::OnSlider)}</h3>
            {list(&Shortcut::SLIDER_KEYS)}
        </Modal>
    }
}

use super::modal::{Modal, Sheet};
use crate::locale::Language;
use crate::locale::page::Shortcut;
use crate::view::memory;
use crate::view::prelude::*;

type Keys = (&'static [&'static str], Shortcut);

pub fn shortcut_list(modal: Modal, language: Language) -> View {
    let shortcuts_on = modal.controls.shortcuts_on;
    let turn = move |event| {
        let on = event_target_checked(&event);
        shortcuts_on.set(on);
        memory::keep_shortcuts(on);
    };
    let inside = view! {
        <label class="check">
            <input type="checkbox" prop:checked=shortcuts_on.get() on:change=turn/>
            <span>{language.say(Shortcut::Enabled)}</span>
        </label>
        <p class="hint">{language.say(Shortcut::NeverInInputs)}</p>
        <h3>{language.say(Shortcut::Anywhere)}</h3>
        {list(language, &Shortcut::KEYS)}
        <h3>{language.say(Shortcut::OnSlider)}</h3>
        {list(language, &Shortcut::SLIDER_KEYS)}
    };
    let sheet = Sheet { class: "modal-sheet modal-sheet-narrow", ..Sheet::to_read(language.say(Shortcut::Title)) };
    modal.view(language, sheet, inside)
}

fn list(language: Language, keys: &[Keys]) -> View {
    let row = |(keys, word): &Keys| {
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view();
        view! { <div class="key-row"><dt>{keys}</dt><dd>{language.say(*word)}</dd></div> }
    };
    view! { <dl class="keys">{keys.iter().map(row).collect_view()}</dl> }
}

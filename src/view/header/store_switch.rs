//! The switch: what if every process had been bound to the other store from the start?

use crate::cluster::place::StoreKind;
use crate::locale::Language;
use crate::locale::page::{Header as Words, LessonPanel, bindings_differ};
use crate::locale::steps::store_name;
use crate::view::controls::Controls;
use crate::view::page::Page;
use crate::view::parts::{Choice, RadioGroup};
use crate::view::prelude::*;

/// Nothing of it is in the document while an open question covers it: which one is checked would be the answer.
pub fn store_switch(controls: Controls, language: Language) -> View {
    let inside = if controls.covered.get().switch {
        view! { <p class="switch-covered predict">{language.say(LessonPanel::PredictFirst)}</p> }
    } else {
        open_switch(controls, language)
    };
    view! { <div class="switch">{inside}</div> }
}

fn open_switch(controls: Controls, language: Language) -> View {
    let store = controls.page.store();
    let choice = |one: StoreKind| Choice {
        code: one.code(),
        label: store_name(one).to_owned(),
        hint: Some(language.say(Words::SwitchHint)),
        is_checked: store == Some(one),
        choose: Box::new(move || controls.switch_to(one)),
    };
    let group = RadioGroup { name: language.say(Words::ActivationStore), input: "activation-store", class: "choices choices-store" };
    // The switch tells how the run began. Where a process is bound otherwise by now, words say so.
    let differ = controls.page.with_world(|world| world.bindings().any(|(_, now)| Some(now) != store || !now.keeps_records()));
    let bindings = differ.then(|| view! { <p class="switch-bindings">{bindings(controls.page, language)}</p> });
    view! { {group.view(StoreKind::ALL.map(choice).into())}{bindings} }
}

/// Who is bound to what, in words, where no one store can be checked.
fn bindings(page: Page, language: Language) -> String {
    let bindings: Vec<_> = page.with_world(|world| world.bindings().collect());
    bindings_differ(language, &bindings)
}

//! Any id can be asked about, also one that nobody made.

use super::record::WHY;
use crate::activation::ActivationId;
use crate::locale::page::Why as Words;
use crate::player::Selection;
use crate::view::page::Page;
use crate::view::prelude::*;

/// A field for an id. Its record is selected, if there is one, and the tab that says why it is not seen is opened.
pub fn lookup(page: Page, tab: RwSignal<&'static str>, typed: RwSignal<String>, is_wrong: RwSignal<bool>) -> View {
    let language = page.language.get();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let id: Option<ActivationId> = typed.with_untracked(|typed| typed.trim().to_ascii_lowercase().parse().ok());
        is_wrong.set(id.is_none());
        let Some(id) = id else { return };
        let known = page.with_world_untracked(|world| world.find(id));
        tab.set(WHY);
        page.select(known.map_or(Selection::Unmade(id), Selection::Activation));
    };
    view! {
        <form class="lookup" novalidate on:submit=submit>
            <label for="lookup-id">{language.say(Words::LookUp)}</label>
            <div class="lookup-row">
                <input id="lookup-id" type="text" autocomplete="off" spellcheck="false" aria-describedby="lookup-mistake lookup-hint"
                    aria-invalid=is_wrong.get().then_some("true") prop:value=typed.get()
                    on:input=move |event| { typed.set(event_target_value(&event)); is_wrong.set(false) }/>
                <button type="submit">{language.say(Words::Ask)}</button>
            </div>
            <p class="field-error" id="lookup-mistake">{is_wrong.get().then(|| language.say(Words::NotAnId))}</p>
            <p class="hint" id="lookup-hint">{language.say(Words::LookUpHint)}</p>
        </form>
    }
}

use crate::locale::Language;
use crate::locale::page::{Transport as Words, Trouble};
use crate::view::controls::{Controls, Dialog};
use crate::view::parts::Icon;
use crate::view::prelude::*;

/// What a visitor does to the cluster: each sends the real command.
pub fn commands(controls: Controls, language: Language) -> View {
    let page = controls.page;
    let has_selection = page.selection.get().activation().is_some();
    // It stays in reach without a selection, so that pressing it says what is missing.
    let get_hint = if has_selection { Words::GetHint } else { Words::GetNeedsSelection };
    view! {
        <div class="transport-commands">
            <button type="button" class="button-undo" hidden=!page.can_undo() title=language.say(Words::UndoHint) aria-label=language.say(Words::Undo)
                on:click=move |_| controls.undo()>
                {Icon::Undo.view()}<span class="label-long">{language.say(Words::Undo)}</span>
            </button>
            <button type="button" class="button-primary" aria-haspopup="dialog" on:click=move |_| controls.open(Dialog::Invoke)>
                {language.say(Words::Invoke)}
            </button>
            <button type="button" class="button-break" aria-haspopup="dialog" title=language.say(Trouble::Title) aria-label=language.say(Trouble::Title) on:click=move |_| controls.open(Dialog::Break)>
                <span class="label-long">{language.say(Trouble::Title)}</span>
                <span class="label-short">{language.say(Trouble::Short)}</span>
            </button>
            <button type="button" title=language.say(Words::ListHint) on:click=move |_| controls.list()>{language.say(Words::List)}</button>
            <button type="button" title=language.say(get_hint) aria-disabled=(!has_selection).then_some("true") on:click=move |_| controls.get()>
                {language.say(Words::Get)}
            </button>
        </div>
    }
}

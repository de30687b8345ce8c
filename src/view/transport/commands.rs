use crate::locale::page::Transport as Words;
use crate::view::controls::Controls;
use crate::view::parts::Icon;
use crate::view::prelude::*;

/// What a visitor does to the cluster: each sends the real command.
#[component]
pub fn Commands(controls: Controls) -> impl IntoView {
    let page = controls.page;
    let say = move |word: Words| page.language.get().say(word);
    let selected = Memo::new(move || page.selection.get().activation().is_some());
    let can_undo = Memo::new(move || page.can_undo());
    // It stays in reach without a selection, so that pressing it says what is missing.
    let get_hint = move || say(if selected.get() { Words::GetHint } else { Words::GetNeedsSelection });
    view! {
        <div class="transport-commands">
            <button type="button" class="button-undo" hidden=move || !can_undo.get() title=move || say(Words::UndoHint)
                on:click=move |_| controls.undo()>
                {Icon::Undo.view()}{move || say(Words::Undo)}
            </button>
            <button type="button" class="button-primary" aria-haspopup="dialog" on:click=move |_| controls.open_invoke()>
                {move || say(Words::Invoke)}
            </button>
            <button type="button" title=move || say(Words::ListHint) on:click=move |_| controls.list()>{move || say(Words::List)}</button>
            <button type="button" title=get_hint aria-disabled=move || (!selected.get()).then_some("true") on:click=move |_| controls.get()>
                {move || say(Words::Get)}
            </button>
        </div>
    }
}

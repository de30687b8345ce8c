use crate::locale::page::Header;
use crate::view::controls::Controls;
use crate::view::parts::Icon;
use crate::view::prelude::*;
use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement};

/// A native modal dialog: the browser keeps the focus in it, closes it at Escape and gives the focus back to whatever opened it.
#[component]
pub fn Modal(
    controls: Controls,
    #[prop(into)] title: Signal<&'static str>,
    /// A press beside it closes it. Not for dialogs that hold what someone has typed.
    #[prop(optional)]
    closes_lightly: bool,
    #[prop(optional)] class: &'static str,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<web_sys::HtmlDialogElement>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        // It fails for a dialog that is open already or not in the document, and then there is nothing to show.
        if !dialog.open() && dialog.show_modal().is_err() {
            controls.dialog.set(None);
        }
    });
    let press = move |event: ev::MouseEvent| {
        // Everything to be seen is inside of the sheet: the dialog itself is hit beside it.
        let target = event.target().and_then(|target| target.dyn_into::<HtmlDialogElement>().ok());
        if let (true, Some(dialog)) = (closes_lightly, target) {
            dialog.close();
        }
    };
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let close_name = move || controls.page.language.get().say(Header::Close);
    view! {
        <dialog class="modal" node_ref=dialog aria-labelledby="modal-title" on:close=move |_| controls.dialog.set(None) on:click=press>
            <div class=["modal-sheet ", class].concat()>
                <div class="modal-head">
                    <h2 id="modal-title">{move || title.get()}</h2>
                    <button type="button" class="button-icon button-plain" aria-label=close_name title=close_name on:click=close>
                        {Icon::Close.view()}
                    </button>
                </div>
                {children()}
            </div>
        </dialog>
    }
}

/// Closes the dialog that an element of it is in. The browser then gives the focus back.
pub fn close_around(element: &Element) {
    let dialog = element.closest("dialog").ok().flatten().and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok());
    if let Some(dialog) = dialog {
        dialog.close();
    }
}

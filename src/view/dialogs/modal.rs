use crate::locale::Language;
use crate::locale::page::Header;
use crate::view::controls::Controls;
use crate::view::parts::Icon;
use crate::view::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

/// A native modal dialog: the browser keeps the focus in it, closes it at Escape and gives the focus back to whatever opened it. A copy is a
/// handle.
#[derive(Clone, Copy)]
pub struct Modal {
    pub controls: Controls,
    /// The one that is open, or was last.
    dialog: NodeRef<HtmlDialogElement>,
}

/// What a dialog is like.
pub struct Sheet {
    pub title: &'static str,
    pub class: &'static str,
    /// A press beside it closes it. Not for dialogs that hold what someone has typed.
    pub closes_lightly: bool,
}

impl Sheet {
    /// Nothing can be lost by closing it.
    pub const fn to_read(title: &'static str) -> Self {
        Self { title, class: "modal-sheet", closes_lightly: true }
    }
}

impl Modal {
    pub fn new(controls: Controls) -> Self {
        let dialog = NodeRef::<HtmlDialogElement>::new();
        Effect::new(move || {
            let Some(dialog) = dialog.get() else { return };
            // It fails for a dialog that is open already or not in the document, and then there is nothing to show.
            if !dialog.open() && dialog.show_modal().is_err() {
                controls.dialog.set(None);
            }
        });
        Self { controls, dialog }
    }

    /// The dialog's element, once it is in the document.
    pub fn element(self) -> Option<HtmlDialogElement> {
        self.dialog.get_untracked()
    }

    /// Closes it. The browser then gives the focus back.
    pub fn close(self) {
        if let Some(dialog) = self.element() {
            dialog.close();
        }
    }

    pub fn view(self, language: Language, sheet: Sheet, inside: View) -> View {
        let Self { controls, dialog } = self;
        let press = move |event: ev::MouseEvent| {
            // Everything to be seen is inside of the sheet: the dialog itself is hit beside it.
            let target = event.target().and_then(|target| target.dyn_into::<HtmlDialogElement>().ok());
            if sheet.closes_lightly && target.is_some() {
                self.close();
            }
        };
        let close = language.say(Header::Close);
        view! {
            <dialog class="modal" node_ref=dialog aria-labelledby="modal-title" on:close=move |_| controls.dialog.set(None) on:click=press>
                <div class=sheet.class>
                    <div class="modal-head">
                        <h2 id="modal-title">{sheet.title}</h2>
                        <button type="button" class="button-icon button-plain" aria-label=close title=close on:click=move |_| self.close()>
                            {Icon::Close.view()}
                        </button>
                    </div>
                    {inside}
                </div>
            </dialog>
        }
    }
}

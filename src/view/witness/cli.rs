use super::answer::answer;
use super::asked::asked_now;
use super::{CLI, Desk, Frame, framed};
use crate::locale::page::Witness;
use crate::view::predict::predict_first;
use crate::view::prelude::*;
use crate::view::terminal::Shell;
use crate::witness::cli::{if_asked_now, newest};

/// The witness and, below it, the terminal. That is a region beside the witness and not in it: what it prints is no item of what the CLI shows,
/// and what is said of the witness stays short.
pub fn cli_witness(desk: Desk) -> View {
    let page = desk.page;
    let newest = Memo::new(move || page.with_world(newest));
    let rows = Memo::new(move || {
        let first = desk.pages.first(super::asked::LIST);
        page.with_world(|world| if_asked_now(world, first))
    });
    let shell = Shell::new(desk.controls);
    let draw = move || {
        let drawing = desk.drawing();
        let language = drawing.language;
        let inside = if drawing.covered.cli {
            predict_first(language)
        } else {
            let asked = if drawing.covered.answers() { predict_first(language) } else { rows.with(|rows| asked_now(&drawing, rows)) };
            view! { {newest.with(|newest| answer(&drawing, newest))}{asked} }
        };
        let frame = Frame { panel: CLI, class: "witness witness-cli", mark: "M3 4l4 4-4 4M8.5 12H13", name: Witness::Cli };
        framed(&drawing, frame, "wsk".to_owned(), inside)
    };
    let terminal = move || (!desk.covered.get().cli).then(|| shell.view(page.language.get()));
    view! { <div class="witness-column" class:is-shown=move || desk.shown.get() == CLI>{draw}{terminal}</div> }
}

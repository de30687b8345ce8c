use super::answer::answer;
use super::asked::asked_now;
use super::{CLI, Desk, Frame, framed};
use crate::locale::page::Witness;
use crate::view::predict::predict_first;
use crate::view::prelude::*;
use crate::view::terminal::Shell;
use crate::witness::cli::{if_asked_now, newest};

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
            view! { {newest.with(|newest| answer(&drawing, newest))}{asked}{shell.view(language)} }
        };
        let frame = Frame { panel: CLI, class: "witness witness-cli", mark: "M3 4l4 4-4 4M8.5 12H13", name: Witness::Cli };
        framed(&drawing, frame, "wsk".to_owned(), inside)
    };
    draw.into_view()
}

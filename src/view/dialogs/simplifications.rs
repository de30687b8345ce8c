use super::glossary::Entries;
use super::modal::Modal;
use crate::activation::SpanRange;
use crate::locale::page::{Header, ModelParameter};
use crate::locale::simplifications::SIMPLIFICATIONS;
use crate::locale::span_range;
use crate::view::controls::Controls;
use crate::view::prelude::*;

/// What the model leaves out, and the times that it makes up.
#[component]
pub fn Simplifications(controls: Controls) -> impl IntoView {
    let page = controls.page;
    let language = page.language;
    // The run's own, which a lesson may have set.
    let model = page.with_session_untracked(|session| session.run().configuration.model);
    let row = move |(name, range): (ModelParameter, SpanRange)| {
        view! {
            <tr>
                <th scope="row">{move || language.get().say(name)}</th>
                <td class="number">{move || span_range(language.get(), range.min(), range.max())}</td>
            </tr>
        }
    };
    view! {
        <Modal controls closes_lightly=true title=Signal::derive(move || language.get().say(Header::Simplifications))>
            <Entries language entries=&SIMPLIFICATIONS/>
            <h3>{move || language.get().say(Header::ModelParameters)}</h3>
            <table class="parameters">
                <tbody>{ModelParameter::of(&model).map(row).into_iter().collect_view()}</tbody>
            </table>
        </Modal>
    }
}

use super::glossary::entries;
use super::modal::{Modal, Sheet};
use crate::activation::SpanRange;
use crate::locale::page::{Header, ModelParameter};
use crate::locale::simplifications::SIMPLIFICATIONS;
use crate::locale::{Language, span_range};
use crate::view::prelude::*;

/// What the model leaves out, and the times that it makes up.
pub fn simplifications(modal: Modal, language: Language) -> View {
    // The run's own, which a lesson may have set.
    let model = modal.controls.page.with_session_untracked(|session| session.run().configuration.model);
    let row = |(name, range): (ModelParameter, SpanRange)| {
        view! {
            <tr>
                <th scope="row">{language.say(name)}</th>
                <td class="number">{span_range(language, range.min(), range.max())}</td>
            </tr>
        }
    };
    let inside = view! {
        {entries(language, &SIMPLIFICATIONS)}
        <h3>{language.say(Header::ModelParameters)}</h3>
        <table class="parameters">
            <tbody>{ModelParameter::of(&model).map(row).into_iter().collect_view()}</tbody>
        </table>
    };
    modal.view(language, Sheet::to_read(language.say(Header::Simplifications)), inside)
}

//! What `help` prints: the page's own text, in the page's language of now.

use crate::locale::Language;
use crate::locale::page::TerminalHelp;
use crate::view::prelude::*;

pub fn help(language: Language) -> View {
    let entry = |(words, about): &(&'static str, TerminalHelp)| {
        view! { <p><code>{*words}</code>" "{language.say(*about)}</p> }
    };
    let list = |(heading, entries): (TerminalHelp, &'static [(&'static str, TerminalHelp)])| {
        view! {
            <p class="shell-help-heading">{language.say(heading)}</p>
            {entries.iter().map(entry).collect_view()}
        }
    };
    let notes = TerminalHelp::NOTES.map(|note| view! { <p>{language.say(note)}</p> });
    view! {
        <div class="shell-help">
            {TerminalHelp::LISTS.map(list).into_iter().collect_view()}
            <p class="shell-help-heading">{language.say(TerminalHelp::Notes)}</p>
            {notes.into_iter().collect_view()}
        </div>
    }
}

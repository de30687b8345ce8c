//! What `help` prints: the page's own text, in the page's language of now.

use crate::locale::Language;
use crate::locale::page::TerminalHelp;
use crate::view::prelude::*;

pub fn help(language: Language) -> View {
    let entry = |(words, about): &(&'static str, TerminalHelp)| {
        view! { <li><code>{*words}</code>" "{language.say(*about)}</li> }
    };
    let list = |(heading, entries): (TerminalHelp, &'static [(&'static str, TerminalHelp)])| {
        view! {
            <p class="shell-help-heading">{language.say(heading)}</p>
            <ul role="list">{entries.iter().map(entry).collect_view()}</ul>
        }
    };
    let notes = TerminalHelp::NOTES.map(|note| view! { <li>{language.say(note)}</li> });
    view! {
        <div class="shell-help">
            {TerminalHelp::LISTS.map(list).into_iter().collect_view()}
            <p class="shell-help-heading">{language.say(TerminalHelp::Notes)}</p>
            <ul role="list">{notes.into_iter().collect_view()}</ul>
        </div>
    }
}

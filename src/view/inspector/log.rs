//! Lines of logs, as a log viewer would show them.

use crate::cluster::place::Process;
use crate::locale::Language;
use crate::locale::page::Why as Words;
use crate::operator::log::newest;
use crate::view::copy::copy_button;
use crate::view::page::{Page, page};
use crate::view::prelude::*;

/// Lines that are drawn; the copy has them all.
const LINES_SHOWN: usize = 60;

/// Lines with a button that copies them, or `none` where there are none.
pub fn log_lines(page: Page, language: Language, name: Words, lines: Vec<String>, none: Words) -> View {
    if lines.is_empty() {
        return view! { <p class="hint">{language.say(none)}</p> };
    }
    let hidden = lines.len().saturating_sub(LINES_SHOWN);
    let shown = lines.get(hidden..).unwrap_or_default().join("\n");
    let copy = copy_button(page, language, language.say(Words::CopyLogs).to_owned(), Box::new(move || lines.join("\n")));
    view! {
        <div class="document-form">
            {copy}
            <pre class="log" tabindex="0" role="group" aria-label=language.say(name)><code>{shown}</code></pre>
        </div>
    }
}

/// The newest lines of a process's own log.
#[component]
pub fn ProcessLog(process: Process) -> impl IntoView {
    let page = page();
    let lines = Memo::new(move || {
        let lines = page.with_tape(|tape| page.with_world(|world| newest(tape, world, process, LINES_SHOWN)));
        lines.iter().map(ToString::to_string).collect::<Vec<_>>()
    });
    move || {
        let language = page.language.get();
        view! {
            <h3>{language.say(Words::ProcessLog)}</h3>
            {log_lines(page, language, Words::ProcessLog, lines.get(), Words::NothingLogged)}
        }
    }
}

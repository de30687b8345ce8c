//! The scrollback.

use super::Shell;
use super::entries::{Entry, Shown};
use super::help::help;
use super::text::{FOLDED_LINES, UNFOLDED_LINES, cut, lines_of, visible};
use crate::cluster::CommandId;
use crate::locale::Language;
use crate::locale::page::{Terminal as Words, earlier_left_out, exchanges_of, exit_code, show_all_lines};
use crate::player::{Covered, Said, Selection};
use crate::shell::{Chunk, Screen};
use crate::view::dom::Key;
use crate::view::parts::Icon;
use crate::view::predict::predict_first;
use crate::view::prelude::*;

/// So many lines are in the document at most, one unfolded output aside.
const LINES_SHOWN: usize = 400;
/// How near to its end the screen counts as scrolled to it, in CSS pixels.
const NEAR_END: i32 = 12;

/// The screen, the newest at the bottom.
pub fn log(shell: Shell, language: Language, shown: &Shown, covered: Covered) -> View {
    let unfolded = shell.unfolded.get();
    let mut left = LINES_SHOWN;
    let mut rows = Vec::new();
    for entry in shown.entries.iter().rev() {
        if left == 0 {
            break;
        }
        let key = entry.key();
        let drawing = Row { shell, language, key, is_unfolded: unfolded.contains(&key), covered };
        let (row, lines) = drawing.view(entry);
        left = left.saturating_sub(lines);
        rows.push((key, row));
    }
    rows.reverse();
    let left_out = u32::try_from(shown.entries.len() - rows.len()).unwrap_or(u32::MAX);
    let page = shell.controls.page;
    let show_again = move |_| page.update_asides(|asides| asides.show_again(page.now.get_untracked()));
    let cleared = shown.is_cleared.then(|| {
        view! {
            <p class="shell-note">
                {language.say(Words::Cleared)}
                <button class="small-button" type="button" on:click=show_again>{language.say(Words::ShowAgain)}</button>
            </p>
        }
    });
    let is_empty = rows.is_empty() && !shown.is_cleared;
    view! {
        {cleared}
        <div class="shell-log" role="log" aria-live="off" aria-label=language.say(Words::Screen) tabindex="0" node_ref=shell.log
            on:scroll=move |_| shell.follows.set_value(is_at_end(shell))>
            {is_empty.then(|| view! { <p class="shell-note">{language.say(Words::Empty)}</p> })}
            {(left_out > 0).then(|| view! { <p class="shell-note">{earlier_left_out(language, left_out)}</p> })}
            {View::Rows(rows)}
        </div>
    }
}

fn is_at_end(shell: Shell) -> bool {
    shell.log.get_untracked().is_none_or(|log| log.scroll_top() + log.client_height() + NEAR_END >= log.scroll_height())
}

/// Scrolls to the end whenever something is added, unless the visitor has scrolled up.
pub fn keep_newest_in_view(shell: Shell) {
    Effect::new(move || {
        shell.shown.with(|_| ());
        shell.log.get();
        if shell.follows.get_value() {
            request_animation_frame(move || {
                if let Some(log) = shell.log.get_untracked() {
                    log.set_scroll_top(log.scroll_height());
                }
            });
        }
    });
}

/// What a row is drawn with.
struct Row {
    shell: Shell,
    language: Language,
    key: Key,
    is_unfolded: bool,
    covered: Covered,
}

impl Row {
    /// With the lines that it takes.
    fn view(&self, entry: &Entry) -> (View, usize) {
        match entry {
            // What an open question covers is covered here too.
            Entry::Command { screen, asks_store: true, .. } if self.covered.answers() => {
                (row(&screen.line, None, predict_first(self.language)), 4)
            }
            Entry::Command { id, screen, .. } => self.command(*id, screen),
            Entry::Aside(aside) => match &aside.said {
                Said::Printed(printed) => {
                    let chunk = |text: &String, is_error| Chunk { text: text.clone(), is_error };
                    let output = [chunk(&printed.stdout, false), chunk(&printed.stderr, true)];
                    let (output, lines) = self.output(&output);
                    let foot = self.foot(Some(printed.exit_code), false);
                    (row(&aside.line, None, view! { {output}{foot} }), lines + 1)
                }
                Said::Help => (row(&aside.line, None, help(self.language)), 20),
                Said::Clear => (View::Empty, 0),
            },
        }
    }

    fn command(&self, id: CommandId, screen: &Screen) -> (View, usize) {
        let (output, lines) = self.output(&screen.output);
        let foot = self.foot(screen.exit_code, screen.was_interrupted);
        (row(&screen.line, self.exchanges(id, &screen.line), view! { {output}{foot} }), lines + 1)
    }

    /// The button that opens the command's exchanges in the inspector. None while an open question covers that.
    fn exchanges(&self, id: CommandId, line: &str) -> Option<View> {
        let page = self.shell.controls.page;
        let selection = Selection::Exchanges(id);
        let is_selected = page.selection.get() == selection;
        (!self.covered.inspector).then(|| {
            view! {
                <button class="small-button" class:is-selected=is_selected type="button" aria-pressed=if is_selected { "true" } else { "false" }
                    aria-label=exchanges_of(self.language, &visible(line))
                    on:click=move |_| page.select(if is_selected { Selection::Nothing } else { selection })>
                    "HTTP"
                </button>
            }
        })
    }

    fn output(&self, output: &[Chunk]) -> (View, usize) {
        let all: usize = output.iter().map(|chunk| lines_of(&chunk.text)).sum();
        let is_folded = all > FOLDED_LINES && !self.is_unfolded;
        let most = if is_folded { FOLDED_LINES } else { UNFOLDED_LINES };
        let pieces = cut(output, most).into_iter().filter(|(text, _)| !text.is_empty());
        let pieces = pieces.map(|(text, is_error)| piece(self.language, text, is_error)).collect_view();
        let (unfolded, key) = (self.shell.unfolded, self.key);
        let more = is_folded.then(|| {
            let unfold = move |_| unfolded.update(|unfolded| unfolded.push(key));
            let text = show_all_lines(self.language, u32::try_from(all).unwrap_or(u32::MAX));
            view! { <button class="quiet-button" type="button" on:click=unfold>{text}</button> }
        });
        let left_out =
            (!is_folded && all > UNFOLDED_LINES).then(|| view! { <p class="shell-note">{self.language.say(Words::LinesMore)}</p> });
        (view! { {pieces}{more}{left_out} }, all.min(most))
    }

    /// `^C`, the exit code if it is not 0, or that it still runs.
    fn foot(&self, code: Option<u8>, was_interrupted: bool) -> View {
        let language = self.language;
        let interrupted = was_interrupted.then(|| {
            view! { <p class="shell-out">"^C"<span class="visually-hidden">{language.say(Words::Stopped)}</span></p> }
        });
        let code = match code {
            None => Some(language.say(Words::Running).to_owned()),
            Some(0) => None,
            Some(code) => Some(exit_code(language, code)),
        };
        view! { {interrupted}{code.map(|code| view! { <p class="shell-code">{code}</p> })} }
    }
}

fn row(line: &str, beside: Option<View>, inside: View) -> View {
    view! {
        <div class="shell-row">
            <p class="shell-line"><span class="shell-typed">"$ "{visible(line)}</span>{beside}</p>
            {inside}
        </div>
    }
}

/// A piece of output. An error's has a sign, and a word that is only heard.
fn piece(language: Language, text: String, is_error: bool) -> View {
    if !is_error {
        return view! { <pre class="shell-out">{text}</pre> };
    }
    view! {
        <div class="shell-error">
            {Icon::Error.view()}
            <span class="visually-hidden">{language.say(Words::Errors)}</span>
            <pre class="shell-out">{text}</pre>
        </div>
    }
}

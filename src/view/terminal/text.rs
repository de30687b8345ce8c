//! Texts on the screen: what is shown of a long one, and all of it as plain text.

use super::entries::Entry;
use crate::locale::Language;
use crate::locale::page::TerminalHelp;
use crate::player::Said;
use crate::shell::{Chunk, Screen};
use std::fmt::Write;

/// An output with more lines is folded.
pub const FOLDED_LINES: usize = 40;
/// What one output shows at most once it is unfolded.
pub const UNFOLDED_LINES: usize = 400;
/// So many bytes count as a line, so that a few long lines fold too.
const LINE_BYTES: usize = 400;

/// How many lines a text takes.
pub fn lines_of(text: &str) -> usize {
    let lines = text.lines().count();
    lines.max(text.len() / LINE_BYTES)
}

/// What an output shows in so many lines.
pub fn cut(output: &[Chunk], lines: usize) -> Vec<(String, bool)> {
    let mut left = lines;
    let mut pieces = Vec::new();
    for chunk in output {
        if left == 0 {
            break;
        }
        let piece = first_lines(&chunk.text, left);
        left = left.saturating_sub(lines_of(piece));
        pieces.push((visible(piece), chunk.is_error));
    }
    pieces
}

/// The beginning of a text, which ends with a line where it can.
fn first_lines(text: &str, lines: usize) -> &str {
    let by_lines = text.match_indices('\n').nth(lines.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
    let mut end = by_lines.min(lines.saturating_mul(LINE_BYTES));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default().trim_end_matches('\n')
}

/// A text without characters that act on a screen: their pictures stand for them.
pub fn visible(text: &str) -> String {
    let picture = |character: char| match character {
        '\n' | '\t' => character,
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '\u{2421}',
        // Of text direction: what comes behind them would be read in another order than it is in.
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
        _ => character,
    };
    text.chars().map(picture).collect()
}

/// The screen as plain text. While an open question covers answers, those of stores are left out.
pub fn plain(entries: &[Entry], language: Language, is_covered: bool) -> String {
    let mut text = String::new();
    for entry in entries {
        match entry {
            Entry::Command { screen, asks_store: true, .. } if is_covered => put_line(&mut text, &screen.line),
            Entry::Command { screen, .. } => plain_screen(&mut text, screen),
            Entry::Aside(aside) => {
                put_line(&mut text, &aside.line);
                match &aside.said {
                    Said::Printed(printed) => text += &[printed.stdout.as_str(), &printed.stderr].concat(),
                    Said::Help => plain_help(&mut text, language),
                    Said::Clear => {}
                }
            }
        }
    }
    text
}

fn put_line(text: &mut String, line: &str) {
    *text += "$ ";
    *text += line;
    text.push('\n');
}

fn plain_screen(text: &mut String, screen: &Screen) {
    put_line(text, &screen.line);
    for chunk in &screen.output {
        *text += &chunk.text;
        if !chunk.text.ends_with('\n') {
            text.push('\n');
        }
    }
    if screen.was_interrupted {
        *text += "^C\n";
    }
}

fn plain_help(text: &mut String, language: Language) {
    for (heading, list) in TerminalHelp::LISTS {
        // Writing to a text does not fail.
        let _ = writeln!(text, "{}", language.say(heading));
        for (words, about) in list {
            let _ = writeln!(text, "  {words}: {}", language.say(*about));
        }
    }
    let _ = writeln!(text, "{}", language.say(TerminalHelp::Notes));
    for note in TerminalHelp::NOTES {
        let _ = writeln!(text, "  {}", language.say(note));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(text: &str, is_error: bool) -> Chunk {
        Chunk { text: text.to_owned(), is_error }
    }

    #[test]
    fn an_output_is_cut_at_a_line() {
        let output = [chunk("one\ntwo\n", false), chunk("three\nfour\n", true)];
        let pieces = |lines| cut(&output, lines).into_iter().map(|(text, _)| text).collect::<Vec<_>>();
        assert_eq!(pieces(4), ["one\ntwo", "three\nfour"]);
        assert_eq!(pieces(3), ["one\ntwo", "three"]);
        assert_eq!(pieces(1), ["one"]);
        assert_eq!(pieces(0), [""; 0]);
    }

    #[test]
    fn a_line_without_an_end_is_cut_too() {
        let output = [chunk(&"é".repeat(1_000_000), false)];
        let shown = cut(&output, 3);
        assert!(shown.iter().all(|(text, _)| text.len() <= 3 * LINE_BYTES && text.starts_with('é')));
        assert_eq!(lines_of(&"x".repeat(4_000)), 10);
    }

    #[test]
    fn what_acts_on_a_screen_is_shown_as_a_picture() {
        assert_eq!(visible("a\u{1b}[31mb\u{7f}\tc\nd\u{202e}e"), "a␛[31mb␡\tc\nd\u{fffd}e");
    }
}

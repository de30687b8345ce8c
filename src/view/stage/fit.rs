//! How words fit into boxes. SVG does not wrap text, and measuring it needs a browser, so widths are estimated on the wide side.

/// The width of a letter at 12 units, by the widest of the common system fonts.
fn letter(letter: char, is_mono: bool) -> f32 {
    match letter {
        '\u{2e80}'..='\u{ffef}' => 12.0,
        _ if is_mono => 7.23,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | '\'' | '|' | ' ' | '\u{a0}' | '·' => 4.0,
        'f' | 'r' | 't' | '(' | ')' | '/' | '-' => 5.2,
        'm' | 'w' | 'M' | 'W' => 11.4,
        'A'..='Z' => 8.4,
        _ => 7.4,
    }
}

/// The width of a text of 12 units.
pub fn width(text: &str, is_mono: bool) -> f32 {
    text.chars().map(|it| letter(it, is_mono)).sum()
}

/// Breaks a text into lines that fit. It breaks after spaces and between Chinese characters, and names after `_`, `-` and `.`.
/// A dot between facts is left out where a line ends.
pub fn wrap(text: &str, limit: f32, is_mono: bool) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text, is_mono) {
        if !line.is_empty() && width(&line, is_mono) + width(ended(piece), is_mono) > limit {
            lines.push(ended(&line).to_owned());
            line.clear();
        }
        line.push_str(piece);
    }
    if !ended(&line).is_empty() {
        lines.push(ended(&line).to_owned());
    }
    lines
}

/// A piece as it is at the end of a line.
fn ended(piece: &str) -> &str {
    piece.trim_end_matches([' ', '·'])
}

/// The stretches of a text that stay together, each with what ends it.
fn pieces(text: &str, is_mono: bool) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (place, letter) in text.char_indices() {
        let ends = letter == ' ' || ('\u{4e00}'..='\u{9fff}').contains(&letter) || (is_mono && matches!(letter, '_' | '-' | '.'));
        let end = place + letter.len_utf8();
        // Punctuation does not begin a line.
        let before_mark = text.get(end..).and_then(|rest| rest.chars().next()).is_some_and(|next| "，。；：、·)".contains(next));
        if ends && !before_mark {
            pieces.extend(text.get(start..end));
            start = end;
        }
    }
    pieces.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    pieces
}

/// The text, or as much of it as fits with `…` behind it.
pub fn clip(text: &str, limit: f32, is_mono: bool) -> String {
    if width(text, is_mono) <= limit {
        return text.to_owned();
    }
    let mut clipped = String::new();
    for letter in text.chars() {
        if width(&clipped, is_mono) + width("m…", is_mono) > limit {
            break;
        }
        clipped.push(letter);
    }
    clipped.push('…');
    clipped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_breaks_where_it_may() {
        assert_eq!(wrap("3 activation records", 200.0, false), ["3 activation records"]);
        assert_eq!(wrap("3 activation records", 90.0, false), ["3 activation", "records"]);
        assert_eq!(wrap("whisk_local_activations", 120.0, true), ["whisk_local_", "activations"]);
        assert_eq!(wrap("没有进程写入这里", 50.0, false), ["没有进程", "写入这里"]);
        assert_eq!(wrap("1\u{a0}warm · 1\u{a0}paused · 2\u{a0}prewarm", 119.0, false), ["1\u{a0}warm · 1\u{a0}paused", "2\u{a0}prewarm"]);
        assert_eq!(wrap("", 50.0, false), Vec::<String>::new());
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        assert_eq!(clip("hello", 60.0, true), "hello");
        let clipped = clip("a-very-long-action-name", 60.0, true);
        assert!(clipped.ends_with('…') && width(&clipped, true) <= 60.0, "{clipped}");
    }
}

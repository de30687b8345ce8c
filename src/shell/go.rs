//! How Go writes what the CLI prints: durations, cut names, and JSON indented by four.

use crate::time::{Calendar, Span};
use serde_json::Value;

/// A duration of whole milliseconds as Go's `time.Duration` writes it: `0s`, `57ms`, `1.5s`, `2m3s`, `1h0m0.5s`.
pub(super) fn duration(span: Span) -> String {
    let millis = span.millis();
    if millis == 0 {
        return "0s".to_owned();
    }
    if millis < 1_000 {
        return format!("{millis}ms");
    }
    let (hours, minutes) = (millis / 3_600_000, millis / 60_000 % 60);
    let seconds = format!("{}.{:03}", millis / 1_000 % 60, millis % 1_000);
    let seconds = seconds.trim_end_matches('0').trim_end_matches('.');
    match (hours, minutes) {
        (0, 0) => format!("{seconds}s"),
        (0, _) => format!("{minutes}m{seconds}s"),
        _ => format!("{hours}h{minutes}m{seconds}s"),
    }
}

/// A name cut in the middle if it is over `max` bytes (client-go `whisk/activation.go:119-131`). Names here are ASCII.
pub(super) fn truncated(text: &str, max: usize) -> String {
    if text.len() <= max {
        return text.to_owned();
    }
    let half = max / 2;
    let from = text.len() - half + 3;
    let head = text.get(..half + max % 2).unwrap_or(text);
    format!("{head}...{}", text.get(from..).unwrap_or_default())
}

/// The date and time of the list's first column. `wsk` takes the time zone of its user; here it is UTC.
pub(super) fn date_time(epoch_ms: u64) -> String {
    Calendar::from_epoch_millis(epoch_ms).date_time()
}

/// JSON as the CLI prints it (CLI `commands/util.go:646-660`): indented by four. The line feed at its end is the caller's.
///
/// The alternate form indents by two, and so its spaces are doubled. No line begins within a string, where line feeds are escaped.
pub(super) fn json(value: &Value) -> String {
    let mut text = String::new();
    for line in format!("{value:#}").split('\n') {
        if !text.is_empty() {
            text.push('\n');
        }
        text.extend(line.chars().take_while(|character| *character == ' '));
        text.push_str(line);
    }
    text
}

/// The same for an object whose fields, each printed already, keep this order.
pub(super) fn object(fields: &[(&str, String)]) -> String {
    let mut text = "{".to_owned();
    for (place, (name, printed)) in fields.iter().enumerate() {
        text.push_str(if place == 0 { "\n    \"" } else { ",\n    \"" });
        text.push_str(name);
        text.push_str("\": ");
        text.push_str(&printed.replace('\n', "\n    "));
    }
    text + "\n}"
}

/// A text as `strconv.ParseBool` reads it.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "TRUE" | "true" | "True" => Some(true),
        "0" | "f" | "F" | "FALSE" | "false" | "False" => Some(false),
        _ => None,
    }
}

/// A text as `strconv.ParseInt(text, 0, 64)` reads it, or that function's own words for what is wrong with it.
pub(super) fn integer(text: &str) -> Result<i64, &'static str> {
    const SYNTAX: &str = "invalid syntax";
    let (is_negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let prefix = unsigned.get(..2).unwrap_or_default().to_ascii_lowercase();
    let (radix, digits) = match prefix.as_str() {
        "0x" => (16, unsigned.get(2..)),
        "0o" => (8, unsigned.get(2..)),
        "0b" => (2, unsigned.get(2..)),
        _ if unsigned.len() > 1 && unsigned.starts_with('0') => (8, unsigned.get(1..)),
        _ => (10, Some(unsigned)),
    };
    let digits = digits.unwrap_or_default();
    // An underscore stands between digits, or between a prefix and a digit.
    let begins_well = digits.starts_with(|first: char| first.is_digit(radix)) || (digits.starts_with('_') && radix != 10);
    if !begins_well || digits.ends_with('_') || digits.contains("__") {
        return Err(SYNTAX);
    }
    let plain: String = digits.chars().filter(|digit| *digit != '_').collect();
    if plain.chars().any(|digit| !digit.is_digit(radix)) {
        return Err(SYNTAX);
    }
    let signed = if is_negative { format!("-{plain}") } else { plain };
    i64::from_str_radix(&signed, radix).map_err(|_| "value out of range")
}

/// A text as `url.QueryEscape` writes it.
pub(super) fn query_escaped(text: &str) -> String {
    escaped(text, |byte| matches!(byte, b'-' | b'_' | b'.' | b'~')).replace("%20", "+")
}

/// A text in the path of a URL.
pub(super) fn path_escaped(text: &str) -> String {
    escaped(text, |byte| matches!(byte, b'-' | b'_' | b'.' | b'~' | b'/' | b'@' | b'&' | b'$' | b'+' | b',' | b':' | b';' | b'='))
}

fn escaped(text: &str, is_plain: fn(u8) -> bool) -> String {
    let mut code = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || is_plain(byte) {
            code.push(char::from(byte));
        } else {
            code.push_str(&format!("%{byte:02X}"));
        }
    }
    code
}

/// `%q` of a text.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = "\"".to_owned();
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            _ => escape(letter, &mut quoted),
        }
    }
    quoted + "\""
}

/// `%q` of a character.
pub(super) fn quoted_letter(letter: char) -> String {
    let mut quoted = "'".to_owned();
    match letter {
        '\'' => quoted.push_str("\\'"),
        _ => escape(letter, &mut quoted),
    }
    quoted + "'"
}

fn escape(letter: char, to: &mut String) {
    match letter {
        '\\' => to.push_str("\\\\"),
        '\t' => to.push_str("\\t"),
        '\u{ad}' | '\u{feff}' | '\u{200b}'..='\u{200f}' => to.push_str(&format!("\\u{:04x}", u32::from(letter))),
        _ if letter.is_control() => to.push_str(&format!("\\x{:02x}", u32::from(letter))),
        _ => to.push(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_gos() {
        let check = |millis, text: &str| assert_eq!(duration(Span::from_millis(millis)), text);
        check(0, "0s");
        check(57, "57ms");
        check(1_000, "1s");
        check(1_500, "1.5s");
        check(10_000, "10s");
        check(59_999, "59.999s");
        check(60_000, "1m0s");
        check(123_000, "2m3s");
        check(3_600_500, "1h0m0.5s");
    }

    #[test]
    fn json_is_indented_by_four() {
        let printed = json(&serde_json::json!({ "a": [1, {}], "b": "two\n  lines" }));
        assert_eq!(printed, "{\n    \"a\": [\n        1,\n        {}\n    ],\n    \"b\": \"two\\n  lines\"\n}");
        let object = object(&[("z", printed), ("y", "3".to_owned())]);
        assert!(object.starts_with("{\n    \"z\": {\n        \"a\": [\n            1,\n"), "{object}");
        assert!(object.ends_with("\n    },\n    \"y\": 3\n}"), "{object}");
    }

    #[test]
    fn integers_are_gos() {
        for (text, number) in [("0x1F", 31), ("010", 8), ("0o10", 8), ("0b11", 3), ("1_0", 10), ("+1", 1), ("-1", -1), ("0", 0), ("0_1", 1)]
        {
            assert_eq!(integer(text), Ok(number), "{text}");
        }
        for text in ["", "-", "1.5", "1e3", " 1", "_1", "1_", "1__0", "0x", "08", "--1", "é"] {
            assert_eq!(integer(text), Err("invalid syntax"), "{text}");
        }
        assert_eq!(integer("9223372036854775808"), Err("value out of range"));
        assert_eq!(integer("-9223372036854775808"), Ok(i64::MIN));
    }

    #[test]
    fn texts_are_quoted_as_by_go() {
        assert_eq!(quoted("a\"b\\c\u{7}é"), "\"a\\\"b\\\\c\\x07é\"");
        assert_eq!(quoted_letter('\''), "'\\''");
    }

    #[test]
    fn long_names_lose_their_middle() {
        assert_eq!(truncated("hello", 20), "hello");
        assert_eq!(truncated("abcdefghijklmnopqrstuvwxyz", 20), "abcdefghij...tuvwxyz");
        assert_eq!(truncated("abcdefghij", 7), "abcd...");
    }
}

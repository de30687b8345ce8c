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
    fn long_names_lose_their_middle() {
        assert_eq!(truncated("hello", 20), "hello");
        assert_eq!(truncated("abcdefghijklmnopqrstuvwxyz", 20), "abcdefghij...tuvwxyz");
        assert_eq!(truncated("abcdefghij", 7), "abcd...");
    }
}

//! How Go writes what the CLI prints: durations, cut names, and JSON indented by four.

use crate::time::{Calendar, Span};
use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};

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

/// JSON as the CLI prints it (CLI `commands/util.go:646-660`): indented by four, with a line feed at its end.
pub(super) fn json(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, PrettyFormatter::with_indent(b"    "));
    if value.serialize(&mut serializer).is_err() {
        return String::new();
    }
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
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
    fn long_names_lose_their_middle() {
        assert_eq!(truncated("hello", 20), "hello");
        assert_eq!(truncated("abcdefghijklmnopqrstuvwxyz", 20), "abcdefghij...tuvwxyz");
        assert_eq!(truncated("abcdefghij", 7), "abcd...");
    }
}

//! Numbers as people read them. Values are rounded down, so that nothing seems to have happened before it did.

use super::Language;
use crate::time::{Instant, Span};

/// An instant of a run, in seconds since its start, to the millisecond: `3.214 s`.
pub fn instant(language: Language, instant: Instant) -> String {
    if instant == Instant::NEVER {
        return language.pick("never", "永不").to_owned();
    }
    let millis = instant.micros() / 1_000;
    format!("{}.{:03} s", millis / 1_000, millis % 1_000)
}

/// A length of time in the unit that suits it: `0.4 ms`, `57 ms`, `1.2 s`, `3 min`.
pub fn span(language: Language, span: Span) -> String {
    const SECOND: u64 = 1_000_000;
    const MINUTE: u64 = 60 * SECOND;
    const HOUR: u64 = 60 * MINUTE;
    let micros = span.micros();
    let (minute, hour) = language.pick(("min", "h"), ("分钟", "小时"));
    match micros {
        0 => "0 ms".to_owned(),
        1..100 => format!("{micros} µs"),
        100..10_000 => tenths(micros / 100, "ms"),
        10_000..SECOND => format!("{} ms", micros / 1_000),
        SECOND..MINUTE => tenths(micros / 100_000, "s"),
        MINUTE..HOUR => with_rest(micros / MINUTE, minute, micros % MINUTE / SECOND, language.pick("s", "秒")),
        _ => with_rest(micros / HOUR, hour, micros % HOUR / MINUTE, minute),
    }
}

/// The least and the greatest value of a time that varies: `3 ms – 10 ms`.
pub fn span_range(language: Language, least: Span, greatest: Span) -> String {
    if least == greatest {
        return span(language, least);
    }
    let mut text = span(language, least);
    text.push_str(" – ");
    text.push_str(&span(language, greatest));
    text
}

fn tenths(tenths: u64, unit: &str) -> String {
    match tenths % 10 {
        0 => format!("{} {unit}", tenths / 10),
        rest => format!("{}.{rest} {unit}", tenths / 10),
    }
}

fn with_rest(whole: u64, unit: &str, rest: u64, rest_unit: &str) -> String {
    if rest == 0 { format!("{whole} {unit}") } else { format!("{whole} {unit} {rest} {rest_unit}") }
}

/// A whole number with a thin space between its groups of three digits, which either language reads: `1 200 000`.
pub fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && digits.len() > 4 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// A size: `812 B`, `1.2 MB`. A megabyte is 1 048 576 bytes, as in OpenWhisk's limits.
pub fn bytes(bytes: u64) -> String {
    const KB: u64 = 1_024;
    const MB: u64 = KB * KB;
    match bytes {
        0..KB => format!("{bytes} B"),
        KB..MB => tenths(bytes.saturating_mul(10) / KB, "KB"),
        _ => tenths(bytes.saturating_mul(10) / MB, "MB"),
    }
}

/// The short form of an id in a sentence: `9a4f…c21e`. The full id is always to be seen elsewhere. A text of at most eight letters stays.
pub fn short_id(id: &str) -> String {
    let length = id.chars().count();
    if length <= 8 {
        return id.to_owned();
    }
    let mut short: String = id.chars().take(4).collect();
    short.push('…');
    short.extend(id.chars().skip(length - 4));
    short
}

/// Puts a space between a Chinese character and a Latin letter or digit beside it, where there is none.
///
/// A value knows nothing of the words around it, so a Chinese sentence with values in it passes through here once at its end.
pub(crate) fn typeset(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 16);
    let mut before = ' ';
    for letter in text.chars() {
        if (is_chinese(before) && is_latin(letter)) || (is_latin(before) && is_chinese(letter)) {
            spaced.push(' ');
        }
        spaced.push(letter);
        before = letter;
    }
    spaced
}

const fn is_chinese(letter: char) -> bool {
    matches!(letter, '\u{4e00}'..='\u{9fff}')
}

const fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | 'µ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_take_the_unit_that_suits_them() {
        let check = |micros, english: &str, chinese: &str| {
            assert_eq!(span(Language::English, Span::from_micros(micros)), english);
            assert_eq!(span(Language::Chinese, Span::from_micros(micros)), chinese);
        };
        check(0, "0 ms", "0 ms");
        check(40, "40 µs", "40 µs");
        check(400, "0.4 ms", "0.4 ms");
        check(7_000, "7 ms", "7 ms");
        check(9_999, "9.9 ms", "9.9 ms");
        check(57_900, "57 ms", "57 ms");
        check(999_999, "999 ms", "999 ms");
        check(1_250_000, "1.2 s", "1.2 s");
        check(59_999_999, "59.9 s", "59.9 s");
        check(180_000_000, "3 min", "3 分钟");
        check(185_000_000, "3 min 5 s", "3 分钟 5 秒");
        check(3_660_000_000, "1 h 1 min", "1 小时 1 分钟");
    }

    #[test]
    fn instants_are_seconds_to_the_millisecond() {
        assert_eq!(instant(Language::English, Instant::from_micros(3_214_999)), "3.214 s");
        assert_eq!(instant(Language::Chinese, Instant::START), "0.000 s");
        assert_eq!(instant(Language::English, Instant::NEVER), "never");
    }

    #[test]
    fn latin_words_stand_apart_in_chinese() {
        assert_eq!(typeset("把record放进CouchDB，再调用 hello（3次）。"), "把 record 放进 CouchDB，再调用 hello（3 次）。");
    }

    #[test]
    fn ids_and_sizes_are_short() {
        assert_eq!(short_id("9a4f61d0aabbccddeeff00112233c21e"), "9a4f…c21e");
        assert_eq!(short_id("abc"), "abc");
        assert_eq!(bytes(812), "812 B");
        assert_eq!(bytes(1_258_292), "1.2 MB");
        assert_eq!(number(999), "999");
        assert_eq!(number(1_200_000), "1\u{202f}200\u{202f}000");
    }
}

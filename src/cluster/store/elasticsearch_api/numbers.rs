//! Texts that are numbers.
//!
//! The standard library's way from a text to a number has a table of ten kilobytes. Here serde_json reads them, as it reads the numbers of
//! documents.

use serde_json::Value;

/// A number that has been taken apart.
struct Parts<'a> {
    is_negative: bool,
    whole: &'a str,
    fraction: &'a str,
    exponent: Option<&'a str>,
}

/// Whether a text is a number: signed or not, with a point anywhere among its digits, with an exponent, infinite or none.
pub fn is_real(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    ["inf", "infinity", "nan"].iter().any(|name| unsigned.eq_ignore_ascii_case(name)) || parts(text).is_some()
}

/// The number that a text is, if it is a finite one.
pub fn real(text: &str) -> Option<f64> {
    let Parts { is_negative, whole, fraction, exponent } = parts(text)?;
    let mut json = String::from(if is_negative { "-" } else { "" });
    let whole = whole.trim_start_matches('0');
    json.push_str(if whole.is_empty() { "0" } else { whole });
    if !fraction.is_empty() {
        json.push('.');
        json.push_str(fraction);
    }
    if let Some(exponent) = exponent {
        json.push('e');
        json.push_str(exponent);
    }
    serde_json::from_str::<Value>(&json).ok()?.as_f64()
}

fn parts(text: &str) -> Option<Parts<'_>> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = |text: &str| !text.is_empty() && are_digits(text);
    let is_exponent = exponent.is_none_or(|exponent| is_number(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)));
    let is_mantissa = are_digits(whole) && are_digits(fraction) && !(whole.is_empty() && fraction.is_empty());
    (is_mantissa && is_exponent).then(|| Parts { is_negative: text.starts_with('-'), whole, fraction, exponent })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_numbers_as_the_standard_library_has_it() {
        let texts = [
            "",
            "+",
            "-",
            ".",
            "1",
            "+1",
            "-1",
            "1.",
            ".5",
            "-.5",
            "1.5",
            "01.50",
            "1..5",
            "1.5.",
            "1e5",
            "1E+5",
            "1e-5",
            "1e",
            "1e+",
            "e5",
            ".e5",
            "1.e5",
            "0",
            "-0",
            "00",
            "1_0",
            " 1",
            "1 ",
            "inf",
            "-Infinity",
            "NaN",
            "+nan",
            "infinit",
            "0x1",
            "１",
            "1e5.0",
            "--1",
            "+-1",
            "9223372036854775808",
            "18446744073709551616",
            "123456.789",
            "1e22",
            "5e-324",
            "1e999",
            "1e-999",
            "0e999",
            "1e99999999999999999999",
        ];
        for text in texts {
            let (ours, std) = (real(text), text.parse::<f64>());
            assert_eq!(is_real(text), std.is_ok(), "{text}");
            assert_eq!(ours, std.ok().filter(|number| number.is_finite()), "{text}");
        }
    }
}

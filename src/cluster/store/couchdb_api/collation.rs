//! The order of keys in CouchDB's views, as bytes to compare.
//!
//! null, false, true, numbers, texts, lists, objects; texts as ICU's root collation has them
//! (`src/couch/priv/couch_ejson_compare/couch_ejson_compare.c` of CouchDB 2.3.1). Of that collation the model has the signs of ASCII:
//! punctuation before digits before letters, a capital after its small letter. All other signs come after those, in order of their numbers.

use serde_json::Value;

/// Bytes whose order is the order of the keys. Equal bytes are equal keys.
pub fn sort_key(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(value, &mut bytes);
    bytes
}

/// Ends a text, a list or an object: less than whatever could go on.
const END: u8 = 0;

fn write(value: &Value, bytes: &mut Vec<u8>) {
    match value {
        Value::Null => bytes.push(1),
        Value::Bool(false) => bytes.push(2),
        Value::Bool(true) => bytes.push(3),
        Value::Number(number) => {
            bytes.push(4);
            write_number(&number.to_string(), bytes);
        }
        Value::String(text) => {
            bytes.push(5);
            write_text(text, bytes);
        }
        Value::Array(items) => {
            bytes.push(6);
            items.iter().for_each(|item| write(item, bytes));
            bytes.push(END);
        }
        Value::Object(fields) => {
            bytes.push(7);
            for (name, value) in fields {
                bytes.push(5);
                write_text(name, bytes);
                write(value, bytes);
            }
            bytes.push(END);
        }
    }
}

/// A number by its sign, its power of ten and its digits. It is read from its text, so that no platform rounds it otherwise.
fn write_number(text: &str, bytes: &mut Vec<u8>) {
    let (is_negative, text) = text.strip_prefix('-').map_or((false, text), |text| (true, text));
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_start_matches('0');
    if significant.is_empty() {
        bytes.push(1);
        return;
    }
    let leading = digits.len() - significant.len();
    let places = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let power = exponent.parse::<i64>().unwrap_or(0).saturating_add(places(whole.len())).saturating_sub(places(leading));
    let mut magnitude = (power.wrapping_sub(i64::MIN)).to_be_bytes().to_vec();
    magnitude.extend(significant.trim_end_matches('0').bytes());
    magnitude.push(END);
    bytes.push(if is_negative { 0 } else { 2 });
    bytes.extend(magnitude.iter().map(|byte| if is_negative { !byte } else { *byte }));
}

/// The signs of ASCII that have a weight, in order. Letters follow.
const BEFORE_LETTERS: &str = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789";

/// The letters first, whatever their case; then their case.
fn write_text(text: &str, bytes: &mut Vec<u8>) {
    for letter in text.chars() {
        bytes.extend(weight(letter).into_iter().flat_map(u32::to_be_bytes));
    }
    bytes.extend(0_u32.to_be_bytes());
    bytes.extend(text.chars().filter(|letter| weight(*letter).is_some()).map(|letter| if letter.is_ascii_uppercase() { 2 } else { 1 }));
    bytes.push(END);
}

/// A sign's weight, from 1. Control characters have none: the collation passes over them.
fn weight(letter: char) -> Option<u32> {
    let known = BEFORE_LETTERS.len() as u32;
    if let Some(place) = BEFORE_LETTERS.find(letter) {
        return Some(place as u32 + 1);
    }
    if letter.is_ascii_alphabetic() {
        return Some(known + 1 + u32::from(letter.to_ascii_lowercase()) - u32::from('a'));
    }
    (!letter.is_ascii()).then(|| 1_000 + u32::from(letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_in_couchdbs_order() {
        let ordered = [
            json!(null),
            json!(false),
            json!(true),
            json!(-1e300),
            json!(-12.5),
            json!(-12),
            json!(-1),
            json!(0),
            json!(0.001),
            json!(0.5),
            json!(1),
            json!(1.5),
            json!(2),
            json!(10),
            json!(1_735_200_000_060_u64),
            json!(18_446_744_073_709_551_615_u64),
            json!(1e300),
            json!(""),
            json!("_a"),
            json!("-a"),
            json!("1"),
            json!("a"),
            json!("A"),
            json!("aa"),
            json!("b"),
            json!("B"),
            json!("ba"),
            json!("é"),
            json!("\u{fff0}"),
            json!([]),
            json!(["a"]),
            json!(["a", 1]),
            json!(["a", "\u{fff0}"]),
            json!(["A", 0]),
            json!(["b"]),
            json!(["b", "c", "a"]),
            json!({}),
            json!({ "a": 1 }),
            json!({ "a": 2 }),
            json!({ "b": 1 }),
        ];
        for pair in ordered.windows(2) {
            assert!(sort_key(&pair[0]) < sort_key(&pair[1]), "{} before {}", pair[0], pair[1]);
        }
        assert_eq!(sort_key(&json!(1)), sort_key(&json!(1.0)));
        assert_eq!(sort_key(&json!(100)), sort_key(&json!(1e2)));
    }
}

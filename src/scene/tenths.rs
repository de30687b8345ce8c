//! Numbers of a drawing, to the tenth. The formatting of floating point that comes with the language is ten kilobytes of the page.

/// Writes a number to the tenth: this runs a few thousand times a frame.
pub fn push_tenths(text: &mut String, value: f32) {
    let tenths = (value * 10.0).round() as i32;
    if tenths < 0 {
        text.push('-');
    }
    let tenths = tenths.unsigned_abs();
    push_whole(text, tenths / 10);
    if !tenths.is_multiple_of(10) {
        text.push('.');
        push_digit(text, tenths % 10);
    }
}

/// A number to the tenth.
pub fn tenths(value: f32) -> String {
    let mut text = String::new();
    push_tenths(&mut text, value);
    text
}

/// Writes a pattern such as `M# #h#`, with a number in the place of each `#`.
pub fn push_path(text: &mut String, pattern: &str, numbers: &[f32]) {
    debug_assert_eq!(pattern.matches('#').count(), numbers.len(), "{pattern}");
    let mut numbers = numbers.iter();
    for letter in pattern.chars() {
        match letter {
            '#' => push_tenths(text, numbers.next().copied().unwrap_or_default()),
            letter => text.push(letter),
        }
    }
}

/// The same as a text of its own: the `d` of an SVG path, or a transform.
pub fn path(pattern: &str, numbers: &[f32]) -> String {
    let mut text = String::new();
    push_path(&mut text, pattern, numbers);
    text
}

fn push_whole(text: &mut String, value: u32) {
    if value >= 10 {
        push_whole(text, value / 10);
    }
    push_digit(text, value % 10);
}

fn push_digit(text: &mut String, digit: u32) {
    text.push(char::from_digit(digit, 10).unwrap_or('0'));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_to_the_tenth() {
        assert_eq!([0.0, 7.25, -0.04, -3.5, 412.96, 10.0].map(tenths), ["0", "7.3", "0", "-3.5", "413", "10"]);
    }

    #[test]
    fn a_path_has_its_numbers_where_the_pattern_says() {
        assert_eq!(path("M# #h8v#z", &[1.0, 2.5, -3.25]), "M1 2.5h8v-3.3z");
    }
}

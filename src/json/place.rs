//! Where in a JSON text an error is: the path of the field at a line and a column.
//!
//! A crate that tracks the path while it parses makes the page 24 KB larger after gzip. Here the text is walked once, and only if it is
//! refused.

use super::path::{add_field, add_item};

/// An object or an array that is open at the place.
enum Open<'a> {
    /// With the name of the field that we are in.
    Object(Option<&'a str>),
    /// With the number of the item that we are in.
    Array(usize),
}

/// The path of the field that ends or stands at `line` and `column`, both as `serde_json` counts them: lines from 1, columns in bytes.
/// Empty where no field is open.
pub(super) fn path_at(text: &str, line: usize, column: usize) -> String {
    let line_start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let end = line_start.saturating_add(column).min(text.len());
    let mut open: Vec<Open<'_>> = Vec::new();
    // A name is expected after an opening brace and after a comma of an object.
    let mut name_next = false;
    let mut bytes = text.bytes().enumerate().take(end);
    while let Some((place, byte)) = bytes.next() {
        match byte {
            b'{' => {
                open.push(Open::Object(None));
                name_next = true;
            }
            b'[' => open.push(Open::Array(0)),
            b'}' | b']' => {
                open.pop();
                name_next = false;
            }
            b',' => match open.last_mut() {
                Some(Open::Array(item)) => *item += 1,
                Some(Open::Object(_)) => name_next = true,
                None => {}
            },
            b'"' => {
                let mut escaped = false;
                let close = bytes.find(|(_, byte)| {
                    let closes = *byte == b'"' && !escaped;
                    escaped = *byte == b'\\' && !escaped;
                    closes
                });
                let to = close.map_or(end, |(close, _)| close);
                if name_next && let Some(Open::Object(name)) = open.last_mut() {
                    *name = text.get(place + 1..to);
                    name_next = false;
                }
            }
            _ => {}
        }
    }
    written(&open)
}

fn written(open: &[Open<'_>]) -> String {
    let mut path = String::new();
    for part in open {
        match part {
            Open::Object(None) => {}
            Open::Object(Some(name)) => add_field(&mut path, name),
            Open::Array(item) => add_item(&mut path, *item),
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::path_at;

    #[test]
    fn the_path_is_that_of_the_field_at_the_place() {
        let text = "{\"a\": [1, {\"b \\\"c\": [true, \"x,{\"]}],\n \"d\": {\"e\": null}, \"f\": 3}";
        let check = |line, marker: &str, path: &str| {
            let row = text.lines().nth(line - 1).unwrap();
            assert_eq!(path_at(text, line, row.find(marker).unwrap() + marker.len()), path, "{marker}");
        };
        check(1, "{", "");
        check(1, "\"a\"", "a");
        check(1, "1", "a[0]");
        check(1, "true", "a[1].b \\\"c[0]");
        check(1, "\"x,{\"", "a[1].b \\\"c[1]");
        check(1, "]}", "a[1]");
        check(2, "\"e\"", "d.e");
        check(2, "null}", "d");
        check(2, "3", "f");
        assert_eq!(path_at(text, 99, 99), "");
        assert_eq!(path_at("", 0, 0), "");
        assert_eq!(path_at("{\"cut", 1, 99), "cut");
    }
}

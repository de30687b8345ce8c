//! A JSON value laid out in lines, each piece with its tone. What is too long to read is cut, and says how long it is.

use serde_json::Value;

/// Characters of a string that are shown, and items of an array.
const STRING_MAX: usize = 240;
const ITEMS_MAX: usize = 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Punctuation,
    Key,
    Text,
    /// Numbers, `true`, `false` and `null`.
    Value,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Code(Tone, String),
    /// Here a string was cut; this is its whole length in bytes.
    Cut {
        bytes: u64,
    },
    /// Here an array was cut; so many more items follow.
    More {
        items: u64,
    },
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Levels, each of which is drawn as two spaces.
    pub indent: usize,
    pub pieces: Vec<Piece>,
}

/// The value as `JSON.stringify` with two spaces lays it out.
pub fn lines(value: &Value) -> Vec<Line> {
    let mut layout = Layout { lines: vec![Line::default()] };
    layout.value(value, 0);
    layout.lines
}

struct Layout {
    lines: Vec<Line>,
}

impl Layout {
    fn put(&mut self, piece: Piece) {
        if let Some(line) = self.lines.last_mut() {
            line.pieces.push(piece);
        }
    }

    fn code(&mut self, tone: Tone, text: impl Into<String>) {
        self.put(Piece::Code(tone, text.into()));
    }

    fn line(&mut self, indent: usize) {
        self.lines.push(Line { indent, pieces: Vec::new() });
    }

    fn value(&mut self, value: &Value, indent: usize) {
        match value {
            Value::String(text) => self.text(text),
            Value::Array(items) if items.is_empty() => self.code(Tone::Punctuation, "[]"),
            Value::Object(fields) if fields.is_empty() => self.code(Tone::Punctuation, "{}"),
            Value::Array(items) => {
                self.code(Tone::Punctuation, "[");
                for (place, item) in items.iter().take(ITEMS_MAX).enumerate() {
                    self.line(indent + 1);
                    self.value(item, indent + 1);
                    self.comma(place + 1 < items.len());
                }
                if items.len() > ITEMS_MAX {
                    self.line(indent + 1);
                    self.put(Piece::More { items: (items.len() - ITEMS_MAX) as u64 });
                }
                self.line(indent);
                self.code(Tone::Punctuation, "]");
            }
            Value::Object(fields) => {
                self.code(Tone::Punctuation, "{");
                for (place, (key, field)) in fields.iter().enumerate() {
                    self.line(indent + 1);
                    self.code(Tone::Key, quoted(key));
                    self.code(Tone::Punctuation, ": ");
                    self.value(field, indent + 1);
                    self.comma(place + 1 < fields.len());
                }
                self.line(indent);
                self.code(Tone::Punctuation, "}");
            }
            plain => self.code(Tone::Value, plain.to_string()),
        }
    }

    fn comma(&mut self, more_follows: bool) {
        if more_follows {
            self.code(Tone::Punctuation, ",");
        }
    }

    fn text(&mut self, text: &str) {
        match text.char_indices().nth(STRING_MAX) {
            None => self.code(Tone::Text, quoted(text)),
            Some((end, _)) => {
                let shown = quoted(text.get(..end).unwrap_or(text));
                self.code(Tone::Text, shown.strip_suffix('"').unwrap_or(&shown));
                self.put(Piece::Cut { bytes: text.len() as u64 });
            }
        }
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn written(value: &Value) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Code(_, text) => text.clone(),
            Piece::Cut { bytes } => format!("<{bytes}>"),
            Piece::More { items } => format!("<+{items}>"),
        };
        let line = |line: &Line| " ".repeat(2 * line.indent) + &line.pieces.iter().map(piece).collect::<String>();
        lines(value).iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_is_short_is_laid_out_as_serde_does() {
        let value = json!({ "a": [1, { "b": null }, []], "c": "say \"hé\"\n", "d": {}, "e": true });
        assert_eq!(written(&value), serde_json::to_string_pretty(&value).unwrap());
    }

    #[test]
    fn what_is_long_is_cut_and_says_how_long_it_is() {
        let text = written(&json!({ "result": "é".repeat(1_000) }));
        assert_eq!(text, format!("{{\n  \"result\": \"{}<2000>\n}}", "é".repeat(240)));
        let many = written(&json!((0..50).collect::<Vec<_>>()));
        assert!(many.ends_with("  19,\n  <+30>\n]"), "{many}");
    }
}

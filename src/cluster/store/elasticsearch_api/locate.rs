//! Where in a body something stands: errors of parsing say the line and the column.

use serde_json::Value;

/// A body and its text.
#[derive(Debug)]
pub struct Body<'a> {
    pub text: &'a str,
    pub value: Value,
}

/// A step from a value to one within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    Field(&'a str),
    Item(usize),
}

/// Line and column, from 1, of the value that the steps lead to. `1, 1` for what is not there.
///
/// The text has been read as JSON before, so that this only finds its way through it.
pub fn locate(text: &str, steps: &[Step<'_>]) -> (u64, u64) {
    let mut scan = Scan { text, at: 0 };
    let at = scan.find(steps).unwrap_or(0);
    let before = text.get(..at).unwrap_or("");
    let line = before.matches('\n').count() as u64 + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() as u64 + 1;
    (line, column)
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blank(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn find(&mut self, steps: &[Step<'_>]) -> Option<usize> {
        self.blank();
        let Some((first, rest)) = steps.split_first() else { return Some(self.at) };
        let opening = self.peek()?;
        if !matches!(opening, b'{' | b'[') {
            return None;
        }
        self.at += 1;
        let mut place = 0;
        loop {
            self.blank();
            if matches!(self.peek()?, b'}' | b']') {
                return None;
            }
            let is_it = if opening == b'{' {
                let name = self.string()?;
                self.blank();
                self.at += 1;
                matches!(first, Step::Field(wanted) if *wanted == name)
            } else {
                *first == Step::Item(place)
            };
            if is_it {
                return self.find(rest);
            }
            self.value()?;
            self.blank();
            if self.peek()? == b',' {
                self.at += 1;
            }
            place += 1;
        }
    }

    /// Passes over a text in quotes and gives its value.
    fn string(&mut self) -> Option<String> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        serde_json::from_str(self.text.get(start..self.at)?).ok()
    }

    /// Passes over a value.
    fn value(&mut self) -> Option<()> {
        self.blank();
        let mut depth = 0_u32;
        loop {
            match self.peek()? {
                b'"' => {
                    self.string()?;
                    if depth == 0 {
                        return Some(());
                    }
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth == 0 => return Some(()),
                b',' if depth == 0 => return Some(()),
                b'}' | b']' => {
                    depth -= 1;
                    if depth == 0 {
                        self.at += 1;
                        return Some(());
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Step::{Field, Item};
    use super::*;

    #[test]
    fn a_value_is_found_by_its_path() {
        let text = "{\"a\": [1, \"x,]\\\"\", {\"é\":{},\n  \"b\": {\"c\" : tru}}], \"d\": 2}";
        assert_eq!(locate(text, &[]), (1, 1));
        assert_eq!(locate(text, &[Field("a")]), (1, 7));
        assert_eq!(locate(text, &[Field("a"), Item(1)]), (1, 11));
        assert_eq!(locate(text, &[Field("a"), Item(2), Field("b"), Field("c")]), (2, 15));
        assert_eq!(locate(text, &[Field("d")]), (2, 28));
        assert_eq!(locate(text, &[Field("e")]), (1, 1));
        assert_eq!(locate("{\"query\":{\"foo\":{}}}", &[Field("query"), Field("foo")]), (1, 17));
    }
}

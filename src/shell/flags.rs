//! Flags and arguments of one command, as the real tool's parser (cobra) reads them.

use super::error::{Problem, ShellError, shown};

/// A flag that a command has.
pub(super) struct Flag {
    pub long: &'static str,
    pub short: char,
    pub takes_value: bool,
}

/// What a command takes.
pub(super) struct Syntax {
    /// Its words after `wsk`.
    pub command: &'static str,
    pub flags: &'static [Flag],
    /// The flags as an error lists them.
    pub known: &'static str,
}

/// A flag that was given, with its value if it takes one.
pub(super) struct Given<'a> {
    pub flag: &'static Flag,
    pub value: Option<&'a str>,
    /// The word that its value is in.
    pub place: usize,
}

#[derive(Default)]
pub(super) struct Arguments<'a> {
    pub given: Vec<Given<'a>>,
    /// What is no flag, each with its place in the line.
    pub plain: Vec<(usize, &'a str)>,
}

impl<'a> Arguments<'a> {
    /// Sorts the words from number `first` on. After `--` nothing is a flag.
    pub fn read(syntax: &'static Syntax, words: &'a [String], first: usize) -> Result<Self, ShellError> {
        let mut read = Self::default();
        let mut words = words.iter().enumerate().skip(first);
        let mut flags_ended = false;
        while let Some((place, word)) = words.next() {
            if flags_ended || !word.starts_with('-') || word == "-" {
                read.plain.push((place, word.as_str()));
            } else if word == "--" {
                flags_ended = true;
            } else {
                let open = match word.strip_prefix("--") {
                    Some(long) => read.long(syntax, place, long)?,
                    None => read.short(syntax, place, word.trim_start_matches('-'))?,
                };
                if let Some(flag) = open {
                    // The value is the next word, whatever it looks like.
                    let Some((place, value)) = words.next() else {
                        return Err(ShellError::word(place, Problem::ValueMissing { flag: flag.long }));
                    };
                    read.given.push(Given { flag, value: Some(value.as_str()), place });
                }
            }
        }
        Ok(read)
    }

    /// `--limit 3` or `--limit=3`. Returns the flag if its value is still to come.
    fn long(&mut self, syntax: &'static Syntax, place: usize, text: &'a str) -> Result<Option<&'static Flag>, ShellError> {
        let (name, value) = text.split_once('=').map_or((text, None), |(name, value)| (name, Some(value)));
        let flag = syntax.flags.iter().find(|flag| flag.long.strip_prefix("--") == Some(name));
        let flag = flag.ok_or_else(|| syntax.unknown(place, format!("--{name}")))?;
        self.take(flag, place, value)
    }

    /// `-l 3`, `-l3`, `-l=3`, or several in one word: `-br`.
    fn short(&mut self, syntax: &'static Syntax, place: usize, text: &'a str) -> Result<Option<&'static Flag>, ShellError> {
        let mut letters = text.chars();
        while let Some(letter) = letters.next() {
            let flag = syntax.flags.iter().find(|flag| flag.short == letter);
            let flag = flag.ok_or_else(|| syntax.unknown(place, format!("-{letter}")))?;
            let rest = letters.as_str();
            if flag.takes_value {
                return self.take(flag, place, (!rest.is_empty()).then(|| rest.strip_prefix('=').unwrap_or(rest)));
            }
            self.take(flag, place, None)?;
        }
        Ok(None)
    }

    fn take(&mut self, flag: &'static Flag, place: usize, value: Option<&'a str>) -> Result<Option<&'static Flag>, ShellError> {
        match (flag.takes_value, value) {
            (true, None) => return Ok(Some(flag)),
            (false, Some(_)) => return Err(ShellError::word(place, Problem::FlagWithValue { flag: flag.long.to_owned() })),
            (_, value) => self.given.push(Given { flag, value, place }),
        }
        Ok(None)
    }

    pub fn has(&self, long: &str) -> bool {
        self.given.iter().any(|given| given.flag.long == long)
    }

    /// The value of a flag that takes a number from `min` to `max`. The last one given counts.
    pub fn number(&self, long: &str, min: u32, max: u32) -> Result<Option<u32>, ShellError> {
        let Some(given) = self.given.iter().rev().find(|given| given.flag.long == long) else { return Ok(None) };
        let value = given.value.unwrap_or_default();
        let number = value.parse().ok().filter(|number| (min..=max).contains(number) && value.bytes().all(|byte| byte.is_ascii_digit()));
        let bad = || Problem::BadNumber { flag: given.flag.long, value: shown(value), min, max };
        number.map(Some).ok_or_else(|| ShellError::word(given.place, bad()))
    }

    /// The one argument that a command may have.
    pub fn only(&self, syntax: &Syntax) -> Result<Option<(usize, &'a str)>, ShellError> {
        if let Some((place, found)) = self.plain.get(1) {
            return Err(ShellError::word(*place, Problem::TooMany { found: shown(found), command: syntax.command }));
        }
        Ok(self.plain.first().copied())
    }
}

impl Syntax {
    fn unknown(&self, place: usize, flag: String) -> ShellError {
        ShellError::word(place, Problem::UnknownFlag { flag: shown(&flag), command: self.command, known: self.known })
    }
}

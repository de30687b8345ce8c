//! From words to a command: what cobra and pflag do (cobra 1.1.3 `command.go`, pflag 1.0.5 `flag.go`).

use super::pairs;
use super::table::{Command, Flag, GLOBAL, Group, Kind};
use super::{GROUPS, Line, help};
use crate::shell::{Printed, go};

/// Where the words lead.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Root,
    Group(&'static Group),
    Command(&'static Group, &'static Command),
    Help,
}

static HELP_FLAG: Flag = Flag::switch("help", Some('h'), "");

impl Place {
    fn own_flags(self) -> &'static [Flag] {
        match self {
            Self::Command(_, command) => command.flags,
            _ => &[],
        }
    }

    fn long(self, name: &str) -> Option<&'static Flag> {
        self.own_flags().iter().chain(&GLOBAL).find(|flag| flag.long == name)
    }

    fn short(self, name: char) -> Option<&'static Flag> {
        self.own_flags().iter().chain(&GLOBAL).find(|flag| flag.short == Some(name))
    }

    fn below(self, name: &str) -> Option<Self> {
        match self {
            Self::Root if name == "help" => Some(Self::Help),
            Self::Root => {
                let group = GROUPS.into_iter().find(|group| group.name == name)?;
                Some(group.alone.map_or(Self::Group(group), |command| Self::Command(group, command)))
            }
            Self::Group(group) => {
                let command = group.commands.iter().find(|command| command.name() == name)?;
                Some(Self::Command(group, command))
            }
            Self::Command(..) | Self::Help => None,
        }
    }

    fn help(self) -> Printed {
        Printed::out(match self {
            Self::Root | Self::Help => help::root(true),
            Self::Group(group) => help::group(group),
            Self::Command(group, command) => help::command(group, command),
        })
    }

    /// Groups say their errors twice, once with `Error:` before.
    fn error(self, text: &str) -> Printed {
        let twice = if matches!(self, Self::Command(..)) { String::new() } else { format!("Error: {text}\n") };
        Printed { stderr: format!("{twice}{text}\n"), exit_code: 1, ..Printed::default() }
    }
}

/// Reads the words after `wsk`; `Err` is what the tool prints by itself, help among it.
pub(super) fn read(words: &[String], user: &str) -> Result<Line, Printed> {
    let (words, pairs) = pairs::cut(words)?;
    let (place, words) = found(words);
    if let (Place::Root, Some(unknown)) = (place, without_flags(&words, place).first()) {
        return Err(unknown_command(unknown));
    }
    let (given, arguments) = flags(place, &words).map_err(|text| place.error(&text))?;
    let wants_help = given.iter().rfind(|(flag, _)| flag.long == HELP_FLAG.long).and_then(|(_, value)| go::boolean(value));
    match place {
        _ if wants_help == Some(true) => Err(place.help()),
        Place::Root | Place::Group(_) => Err(place.help()),
        Place::Help => Err(topic(arguments)),
        Place::Command(group, command) => {
            let path = if group.alone.is_some() { group.name.to_owned() } else { format!("{} {}", group.name, command.name()) };
            let line = Line { user: user.to_owned(), command, path, arguments, pairs, given };
            counted(&line).map_or(Ok(line), Err)
        }
    }
}

/// The command that the words name, and the words without its name.
fn found(mut words: Vec<String>) -> (Place, Vec<String>) {
    let mut place = Place::Root;
    loop {
        let Some(next) = without_flags(&words, place).into_iter().next() else { return (place, words) };
        let Some(below) = place.below(&next) else { return (place, words) };
        if let Some(at) = words.iter().position(|word| *word == next) {
            words.remove(at);
        }
        place = below;
    }
}

/// The words that are neither flags nor their values. An unknown flag is taken to have one.
fn without_flags(words: &[String], place: Place) -> Vec<String> {
    let mut plain = Vec::new();
    let mut rest = words;
    let is_switch = |flag: Option<&Flag>| flag.is_some_and(|flag| flag.kind == Kind::Switch);
    while let Some((word, after)) = rest.split_first() {
        rest = after;
        let takes_next = match word.strip_prefix("--") {
            Some("") => break,
            Some(name) => !word.contains('=') && !is_switch(place.long(name)),
            None => match word.strip_prefix('-') {
                Some(name) if word.len() == 2 => name != "=" && !is_switch(name.chars().next().and_then(|name| place.short(name))),
                _ => false,
            },
        };
        if takes_next {
            let Some((_, after)) = rest.split_first().filter(|(_, after)| !after.is_empty()) else { break };
            rest = after;
        } else if !word.is_empty() && !word.starts_with('-') {
            plain.push(word.clone());
        }
    }
    plain
}

type Given = Vec<(&'static Flag, String)>;

/// The flags and the arguments among the words.
fn flags(place: Place, words: &[String]) -> Result<(Given, Vec<String>), String> {
    let (mut given, mut arguments) = (Vec::new(), Vec::new());
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if word == "--" {
            arguments.extend(words.cloned());
            break;
        }
        if let Some(text) = word.strip_prefix("--") {
            let (name, value) = text.split_once('=').map_or((text, None), |(name, value)| (name, Some(value)));
            if text.starts_with(['-', '=']) {
                return Err(format!("bad flag syntax: {word}"));
            }
            let flag = if name == "help" { Some(&HELP_FLAG) } else { place.long(name) };
            let flag = flag.ok_or_else(|| format!("unknown flag: --{name}"))?;
            let value = match (value, flag.kind) {
                (Some(value), _) => value,
                (None, Kind::Switch) => "true",
                (None, _) => words.next().ok_or_else(|| format!("flag needs an argument: {word}"))?,
            };
            given.push(set(flag, value)?);
        } else if let Some(mut letters) = word.strip_prefix('-').filter(|letters| !letters.is_empty()) {
            while let Some(letter) = letters.chars().next() {
                let after = letters.get(letter.len_utf8()..).unwrap_or_default();
                let flag = if letter == 'h' { Some(&HELP_FLAG) } else { place.short(letter) };
                let flag = flag.ok_or_else(|| format!("unknown shorthand flag: {} in -{letters}", go::quoted_letter(letter)))?;
                let value = match (after.strip_prefix('=').filter(|value| !value.is_empty()), flag.kind) {
                    (Some(value), _) => value,
                    (None, Kind::Switch) => {
                        given.push(set(flag, "true")?);
                        letters = after;
                        continue;
                    }
                    (None, _) if !after.is_empty() => after,
                    (None, _) => {
                        let missing = || format!("flag needs an argument: {} in -{letters}", go::quoted_letter(letter));
                        words.next().ok_or_else(missing)?
                    }
                };
                given.push(set(flag, value)?);
                break;
            }
        } else {
            arguments.push(word.clone());
        }
    }
    Ok((given, arguments))
}

fn set(flag: &'static Flag, value: &str) -> Result<(&'static Flag, String), String> {
    let why = match flag.kind {
        Kind::Text => None,
        Kind::Switch if go::boolean(value).is_some() => None,
        Kind::Switch => Some(format!("strconv.ParseBool: parsing {}: invalid syntax", go::quoted(value))),
        Kind::Number => go::integer(value).err().map(|why| format!("strconv.ParseInt: parsing {}: {why}", go::quoted(value))),
    };
    let name = flag.short.map_or_else(|| format!("--{}", flag.long), |short| format!("-{short}, --{}", flag.long));
    match why {
        None => Ok((flag, value.to_owned())),
        Some(why) => Err(format!("invalid argument {} for {} flag: {why}", go::quoted(value), go::quoted(&name))),
    }
}

/// The error of too few or too many arguments.
fn counted(line: &Line) -> Option<Printed> {
    let takes = line.command.takes.as_ref()?;
    // The id of the last activation counts as one, and stands first.
    let last = usize::from(line.has("last"));
    let count = line.arguments.len() + last;
    if count < takes.min {
        return Some(Printed::usage_error(1, &format!("Invalid argument(s). {}", takes.required)));
    }
    if count <= takes.max {
        return None;
    }
    let mut arguments = line.arguments.clone();
    if last == 1 {
        // It changes places with the first.
        arguments.push(String::new());
        let end = arguments.len() - 1;
        arguments.swap(0, end);
    }
    let more = arguments.get(takes.max..).unwrap_or_default().join(", ");
    Some(Printed::usage_error(1, &format!("Invalid argument(s): {more}. {}", takes.required)))
}

/// `wsk help X Y`.
fn topic(words: Vec<String>) -> Printed {
    let shown: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match found(words) {
        (Place::Root, words) if !words.is_empty() => {
            let text = format!("Unknown help topic [{}]\n{}", shown.join(" "), help::root(false));
            Printed { stderr: text, ..Printed::default() }
        }
        (place, _) => place.help(),
    }
}

fn unknown_command(name: &str) -> Printed {
    let mut text = format!("unknown command {} for \"wsk\"", go::quoted(name));
    let near = |known: &&str| {
        known.starts_with(&name.to_lowercase()) || distance(&known.to_lowercase(), &name.to_lowercase()) <= SUGGESTION_DISTANCE_MAX
    };
    let suggested: String = GROUPS.iter().map(|group| group.name).filter(near).map(|name| format!("\t{name}\n")).collect();
    if !suggested.is_empty() {
        text.push_str(&format!("\n\nDid you mean this?\n{suggested}"));
    }
    Printed { stderr: format!("Error: {text}\nRun 'wsk --help' for usage.\n{text}\n"), exit_code: 1, ..Printed::default() }
}

/// How far a word may be from a command that is suggested for it (cobra `command.go`, `SuggestionsMinimumDistance`).
const SUGGESTION_DISTANCE_MAX: usize = 2;

/// Levenshtein's, up to the length of the longest name here.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    if to.len() > 20 {
        return to.len();
    }
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (place, letter) in from.chars().enumerate() {
        let mut diagonal = place;
        let mut left = place + 1;
        for (above, other) in row.iter_mut().skip(1).zip(&to) {
            let cost = diagonal + usize::from(letter != *other);
            diagonal = *above;
            left = cost.min(left + 1).min(*above + 1);
            *above = left;
        }
        if let Some(first) = row.first_mut() {
            *first = place + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

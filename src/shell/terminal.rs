//! The terminal: lines that a visitor types, and what each has printed by an instant.

use super::error::{Problem, ShellError};
use super::print::{Printed, print};
use super::written::written;
use super::{jq, wsk};
use crate::cluster::{Act, World};

/// What a typed line comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// Nothing was typed.
    Nothing,
    /// An act of the run, at the present instant.
    Act(Act),
    /// The tool answers by itself and in no time: a slip in the line, or something that needs no request.
    Printed(Printed),
    /// `help`: the page's own text.
    Help,
    /// `clear`.
    Clear,
}

/// Reads a line that is typed at the world's instant by a user of the namespace `user`.
pub fn typed(world: &World, user: &str, line: &str) -> Typed {
    let line = line.trim();
    match line {
        "" => return Typed::Nothing,
        "help" => return Typed::Help,
        "clear" => return Typed::Clear,
        _ => {}
    }
    let Some((command, filter)) = jq::split(line) else { return read(world, user, line).map_or_else(Typed::Printed, Typed::Act) };
    match (filter, read(world, user, command)) {
        (Err(printed), _) => Typed::Printed(printed),
        (Ok(_), Ok(act)) => Typed::Act(act),
        // What the tool prints by itself goes through the pipe at once.
        (Ok(filter), Err(printed)) => {
            let filtered = filter.run(&printed.stdout);
            Typed::Printed(Printed { stderr: printed.stderr + &filtered.stderr, ..filtered })
        }
    }
}

fn read(world: &World, user: &str, line: &str) -> Result<Act, Printed> {
    let own = |error: ShellError| Printed { stderr: format!("{error}\n"), exit_code: 1, ..Printed::default() };
    let words = super::parse::split(line).map_err(own)?;
    if let Some(operator) = operator(line) {
        let text = format!("“{operator}” outside of quotation marks: this terminal takes one command at a time, without {operator}");
        return Err(Printed { stderr: text + "\n", exit_code: 2, ..Printed::default() });
    }
    match words.split_first() {
        Some((program, words)) if program == "wsk" => wsk::act(world, &wsk::read(words, user)?),
        Some((program, _)) => {
            super::parse::parse_among(line, user, &|_| None, Some(world.catalogue())).map_err(|error| match *error.problem {
                Problem::NotWsk { .. } => {
                    Printed { stderr: format!("bash: {program}: command not found\n"), exit_code: NOT_FOUND, ..Printed::default() }
                }
                _ => own(error),
            })
        }
        None => Err(Printed::default()),
    }
}

/// What a shell says of a program that it does not find.
const NOT_FOUND: u8 = 127;

/// The first of a shell's operators that stands outside of quotation marks.
fn operator(line: &str) -> Option<&'static str> {
    let mut quote = None;
    let mut letters = line.char_indices();
    while let Some((at, letter)) = letters.next() {
        match (quote, letter) {
            (None | Some('"'), '\\') => drop(letters.next()),
            (None, '\'' | '"') => quote = Some(letter),
            (Some(open), _) if letter == open => quote = None,
            (Some('\''), _) => {}
            (open, _) => {
                let rest = line.get(at..).unwrap_or_default();
                // Within double quotation marks only what runs a command counts.
                let known = if open.is_none() { OPERATORS } else { &["$(", "`"] };
                if let Some(found) = known.iter().find(|known| rest.starts_with(**known)) {
                    return Some(found);
                }
            }
        }
    }
    None
}

const OPERATORS: &[&str] = &["&&", "||", "|", ";", "&", ">>", ">", "<", "$(", "`"];

/// What a command of the run has put on the screen so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// The line as it was typed, or as it would be.
    pub line: String,
    /// In order, each with whether it is an error's.
    pub output: Vec<Chunk>,
    /// The tool's exit code, once it has ended.
    pub exit_code: Option<u8>,
    /// Ctrl-C ended it.
    pub was_interrupted: bool,
}

/// A piece of what a tool prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    pub text: String,
    pub is_error: bool,
}

/// What the command of this number among the run's has printed by the world's instant. `None` before it is given, and where it is no tool's.
pub fn screen(world: &World, command: u32) -> Option<Screen> {
    let given = world.setup().commands.get(command as usize).filter(|it| it.at <= world.now() && it.act.is_clients())?;
    if matches!(given.act, Act::Interrupt { .. }) {
        return None;
    }
    let line = written(world, given);
    let (typed, filter) = match jq::split(&line) {
        Some((typed, filter)) => (typed, filter.ok()),
        None => (line.as_str(), None),
    };
    let mut out = match read_again(typed, &given.namespace) {
        Some(read) => wsk::screen(world, command, &read),
        None => printed(world, command),
    };
    let ended = world.ended(command);
    if let Some(filter) = filter {
        out = piped(out, &filter, ended.is_some());
    }
    let exit_code = ended.map(|_| out.exit_code);
    Some(Screen { line, output: out.chunks, exit_code, was_interrupted: world.was_interrupted(command) })
}

/// What a pipe lets through: errors at once, and the rest when all of it is there.
fn piped(out: wsk::Out, filter: &jq::Filter, has_ended: bool) -> wsk::Out {
    let (errors, texts): (Vec<Chunk>, Vec<Chunk>) = out.chunks.into_iter().partition(|chunk| chunk.is_error);
    let mut piped = wsk::Out { chunks: errors, exit_code: 0 };
    if has_ended {
        let text: String = texts.into_iter().map(|chunk| chunk.text).collect();
        piped.printed(filter.run(&text));
    }
    piped
}

/// The line of a command of `wsk`'s, read again for what it says of printing.
fn read_again(line: &str, user: &str) -> Option<wsk::Line> {
    let words = super::parse::split(line).ok()?;
    let (program, words) = words.split_first()?;
    if program == "wsk" { wsk::read(words, user).ok() } else { None }
}

/// The arguments that a line of `wsk` sends along, as JSON; `None` of any other line.
pub(super) fn payload(line: &str, user: &str) -> Option<String> {
    read_again(line, user).map(|line| line.pairs.payload())
}

/// What a command prints whose line is not `wsk`'s.
fn printed(world: &World, command: u32) -> wsk::Out {
    let mut out = wsk::Out::default();
    for exchange in world.exchanges_of(command).filter(|exchange| exchange.answered.is_some()) {
        if let Some(mut printed) = print(world, exchange) {
            if printed.exit_code == 0 {
                // What is said beside an answer (`curl -v`) is said before it.
                out.err(std::mem::take(&mut printed.stderr));
            }
            out.printed(printed);
        }
    }
    if world.was_interrupted(command) {
        out.exit_code = wsk::INTERRUPTED;
    }
    out
}

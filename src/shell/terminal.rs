//! The terminal: lines that a visitor types, and what each has printed by an instant.

use super::print::{Printed, print};
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
    match line.trim() {
        "" => Typed::Nothing,
        "help" => Typed::Help,
        "clear" => Typed::Clear,
        line => match super::parse::parse_among(line, user, &|_| None, Some(world.catalogue())) {
            Ok(act) => Typed::Act(act),
            Err(error) => Typed::Printed(Printed { stderr: format!("{error}\n"), exit_code: 1, ..Printed::default() }),
        },
    }
}

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
    let mut screen = Screen {
        line: given.line.clone().unwrap_or_else(|| written(&given.act)),
        was_interrupted: world.was_interrupted(command),
        ..Screen::default()
    };
    let mut exit_code = 0;
    for exchange in world.exchanges_of(command).filter(|exchange| exchange.answered.is_some()) {
        let Some(printed) = print(world, exchange) else { continue };
        let mut texts = [(printed.stdout, false), (printed.stderr, true)];
        if printed.exit_code == 0 {
            // What is said beside an answer (`curl -v`) is said before it.
            texts.reverse();
        }
        for (text, is_error) in texts {
            if !text.is_empty() {
                screen.output.push(Chunk { text, is_error });
            }
        }
        exit_code = printed.exit_code;
    }
    screen.exit_code = world.ended(command).map(|_| if screen.was_interrupted { INTERRUPTED } else { exit_code });
    Some(screen)
}

/// What a shell says of a process that Ctrl-C ended.
const INTERRUPTED: u8 = 130;

/// The line that would be typed for an act.
pub fn written(act: &Act) -> String {
    format!("{act:?}")
}

/// How a line can go on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// Where in the line the word begins that is completed, in bytes.
    pub from: usize,
    /// What can stand there in place of the text up to the cursor: whole words, sorted.
    pub candidates: Vec<String>,
}

/// Completes the word that ends at `cursor` (in bytes): commands, flags, entities and the ids of activations.
pub fn complete(_world: &World, _user: &str, _line: &str, _cursor: usize) -> Completion {
    Completion::default()
}

/// A command that is worth typing at an instant, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    pub line: String,
    pub why: Why,
}

/// Why a command is worth typing now: the page has a sentence for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The newest list lacks records that are stored: ask again.
    AskAgain,
    AskCouchDb,
    AskElasticsearch,
    /// The newest record by its id.
    GetNewest,
    /// Its logs.
    LogsOfNewest,
}

/// At most four, the most telling first.
pub fn suggestions(_world: &World, _user: &str) -> Vec<Suggestion> {
    Vec::new()
}

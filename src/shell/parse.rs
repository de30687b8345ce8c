//! From a typed line to an act.

use super::error::{Problem, ShellError, shown};
use super::flags::{Arguments, Flag, Syntax};
use crate::activation::{ActivationId, Catalogue};
use crate::cluster::{Act, CommandId, LIST_LIMIT, LIST_LIMIT_MAX, LIST_SKIP_MAX, Target, Wait};

/// The longest line, in bytes.
pub const LINE_BYTES_MAX: usize = crate::cluster::LINE_BYTES_MAX as usize;
/// The longest name, in characters.
const NAME_CHARACTERS_MAX: usize = 256;

const fn flag(long: &'static str, short: char, takes_value: bool) -> Flag {
    Flag { long, short, takes_value }
}

static INVOKE: Syntax = Syntax {
    command: "action invoke",
    flags: &[flag("--blocking", 'b', false), flag("--result", 'r', false), flag("--insecure", 'i', false)],
    known: "--blocking (-b), --result (-r), --insecure (-i)",
};
static LIST: Syntax = Syntax {
    command: "activation list",
    flags: &[flag("--limit", 'l', true), flag("--skip", 's', true), flag("--insecure", 'i', false)],
    known: "--limit (-l), --skip (-s), --insecure (-i)",
};
static DELETE: Syntax = Syntax { command: "action delete", flags: &[flag("--insecure", 'i', false)], known: "--insecure (-i)" };
static FIRE: Syntax = Syntax { command: "trigger fire", flags: &[flag("--insecure", 'i', false)], known: "--insecure (-i)" };
const READ_FLAGS: &[Flag] = &[flag("--last", 'l', false), flag("--insecure", 'i', false)];
const READ_KNOWN: &str = "--last (-l), --insecure (-i)";
static GET: Syntax = Syntax { command: "activation get", flags: READ_FLAGS, known: READ_KNOWN };
static RESULT: Syntax = Syntax { command: "activation result", flags: READ_FLAGS, known: READ_KNOWN };
static LOGS: Syntax = Syntax { command: "activation logs", flags: READ_FLAGS, known: READ_KNOWN };

const GROUPS: &str = "wsk action, wsk activation, wsk trigger";
const ACTION_COMMANDS: &str = "wsk action invoke, delete";
const TRIGGER_COMMANDS: &str = "wsk trigger fire";
const ACTIVATION_COMMANDS: &str = "wsk activation list, get, result, logs";

/// Reads a line such as `wsk action invoke hello --blocking`, typed by a user of `namespace`.
///
/// `made` knows the labels that the line may use: `wsk activation get {first}` is about what the command labelled `first` made. Where
/// there are no labels, `&|_| None` will do.
///
/// # Errors
/// A line over [`LINE_BYTES_MAX`], with control characters, or that is no command of this terminal, with the word and the reason.
/// Whether the action exists is for [`crate::cluster::Command::check`] to say.
pub fn parse(line: &str, namespace: &str, made: &dyn Fn(&str) -> Option<CommandId>) -> Result<Act, ShellError> {
    parse_among(line, namespace, made, None)
}

/// The same with the catalogue that says whose keys there are.
pub(super) fn parse_among(
    line: &str,
    namespace: &str,
    made: &dyn Fn(&str) -> Option<CommandId>,
    catalogue: Option<&Catalogue>,
) -> Result<Act, ShellError> {
    let words = split(line)?;
    if let Some(act) = super::faults::parse(&words, made) {
        return act;
    }
    if let Some(act) = super::operate::parse(&words) {
        return act;
    }
    if let Some(act) = super::curl::parse(&words, catalogue) {
        return act;
    }
    let known = |place, word: Option<&String>, known| match word {
        Some(found) => ShellError::word(place, Problem::UnknownCommand { found: shown(found), known }),
        None => ShellError::line(Problem::CommandMissing { known }),
    };
    // The one flag that people type before the command.
    let global = words.iter().skip(1).take_while(|word| matches!(word.as_str(), "-i" | "--insecure")).count();
    let (program, group, command) = (words.first(), words.get(global + 1), words.get(global + 2));
    let first = global + 3;
    match program.map(String::as_str) {
        None => return Err(ShellError::line(Problem::Empty)),
        Some("wsk") => {}
        Some(found) => return Err(ShellError::word(0, Problem::NotWsk { found: shown(found) })),
    }
    match (group.map(String::as_str), command.map(String::as_str)) {
        (Some("action"), Some("invoke")) => invoke(&words, first, namespace),
        (Some("activation"), Some("list")) => list(&words, first),
        (Some("activation"), Some("get")) => read(&GET, &words, first, made).map(Act::Get),
        (Some("activation"), Some("result")) => read(&RESULT, &words, first, made).map(Act::Result),
        (Some("activation"), Some("logs")) => read(&LOGS, &words, first, made).map(Act::Logs),
        (Some("action"), Some("delete")) => named(&DELETE, &words, first, namespace, "the name of an action")
            .map(|(namespace, action)| Act::DeleteAction { namespace, action }),
        (Some("trigger"), Some("fire")) => named(&FIRE, &words, first, namespace, "the name of a trigger")
            .map(|(namespace, trigger)| Act::FireTrigger { namespace, trigger }),
        (Some("action"), _) => Err(known(global + 2, command, ACTION_COMMANDS)),
        (Some("trigger"), _) => Err(known(global + 2, command, TRIGGER_COMMANDS)),
        (Some("activation"), _) => Err(known(global + 2, command, ACTIVATION_COMMANDS)),
        _ => Err(known(global + 1, group, GROUPS)),
    }
}

/// The words of a line as a POSIX shell splits them.
pub(super) fn split(line: &str) -> Result<Vec<String>, ShellError> {
    if line.len() > LINE_BYTES_MAX {
        return Err(ShellError::line(Problem::TooLong { bytes: line.len(), max: LINE_BYTES_MAX }));
    }
    let control = line.chars().zip(1..).find(|(character, _)| character.is_control() && *character != '\t');
    if let Some((character, place)) = control {
        return Err(ShellError::line(Problem::ControlCharacter { character, place }));
    }
    shlex::split(line).ok_or(ShellError::line(Problem::Unbalanced))
}

fn invoke(words: &[String], first: usize, user: &str) -> Result<Act, ShellError> {
    let arguments = Arguments::read(&INVOKE, words, first)?;
    let Some((place, name)) = arguments.only(&INVOKE)? else {
        return Err(ShellError::line(Problem::ArgumentMissing { command: INVOKE.command, what: "the name of an action" }));
    };
    let (namespace, action) = qualified(place, name)?;
    // A result is waited for, whether --blocking is there or not.
    let wait = if arguments.has("--result") {
        Wait::Result
    } else if arguments.has("--blocking") {
        Wait::Blocking
    } else {
        Wait::NonBlocking
    };
    Ok(Act::Invoke {
        namespace: namespace.unwrap_or(user).to_owned(),
        action: action.to_owned(),
        wait,
        count: 1,
        gap_us: 0,
        extra_logging: false,
        timeout_ms: None,
    })
}

/// The namespace and the name that a command without flags of its own is about.
fn named(syntax: &'static Syntax, words: &[String], first: usize, user: &str, what: &'static str) -> Result<(String, String), ShellError> {
    let arguments = Arguments::read(syntax, words, first)?;
    let Some((place, name)) = arguments.only(syntax)? else {
        return Err(ShellError::line(Problem::ArgumentMissing { command: syntax.command, what }));
    };
    let (namespace, name) = qualified(place, name)?;
    Ok((namespace.unwrap_or(user).to_owned(), name.to_owned()))
}

fn list(words: &[String], first: usize) -> Result<Act, ShellError> {
    let arguments = Arguments::read(&LIST, words, first)?;
    let name = match arguments.only(&LIST)? {
        // The namespace of the name plays no part: the client's library asks for `_` whatever it is (client-go `whisk/activation.go:175`).
        Some((place, name)) => Some(qualified(place, name)?.1.to_owned()),
        None => None,
    };
    let limit = arguments.number("--limit", 0, LIST_LIMIT_MAX)?.unwrap_or(LIST_LIMIT);
    let skip = arguments.number("--skip", 0, LIST_SKIP_MAX)?.unwrap_or(0);
    Ok(Act::list(name, limit, skip))
}

fn read(syntax: &'static Syntax, words: &[String], first: usize, made: &dyn Fn(&str) -> Option<CommandId>) -> Result<Target, ShellError> {
    let arguments = Arguments::read(syntax, words, first)?;
    match (arguments.only(syntax)?, arguments.has("--last")) {
        (None, true) => Ok(Target::Last),
        (None, false) => {
            let what = "the id of an activation, or --last";
            Err(ShellError::line(Problem::ArgumentMissing { command: syntax.command, what }))
        }
        (Some((place, found)), true) => Err(ShellError::word(place, Problem::LastAndId { found: shown(found) })),
        (Some((place, found)), false) => target(place, found, made),
    }
}

fn target(place: usize, found: &str, made: &dyn Fn(&str) -> Option<CommandId>) -> Result<Target, ShellError> {
    if let Some(label) = found.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        let command = made(label).ok_or_else(|| ShellError::word(place, Problem::UnknownLabel { label: shown(label) }))?;
        return Ok(Target::Made { command, member: 0 });
    }
    let id: Result<ActivationId, _> = found.parse();
    // The controller would answer 400 in these words (`core/entity/ActivationId.scala:50-77`).
    id.map(Target::Id).map_err(|why| ShellError::word(place, Problem::InvalidId { found: shown(found), why }))
}

/// `hello`, `pack/hello`, `/guest/hello` or `/guest/pack/hello`: the namespace, if there is one, and the name, with its package. `_` is
/// the user's own namespace.
fn qualified(place: usize, found: &str) -> Result<(Option<&str>, &str), ShellError> {
    let bad = || ShellError::word(place, Problem::BadName { found: shown(found) });
    let (namespace, name) = match found.strip_prefix('/') {
        Some(rest) => rest.split_once('/').map(|(namespace, name)| (Some(namespace), name)).ok_or_else(bad)?,
        None => (None, found),
    };
    let fits = |part: &str| !part.is_empty() && part != "." && !part.contains('/') && part.chars().count() <= NAME_CHARACTERS_MAX;
    let is_name = match name.split_once('/') {
        Some((package, name)) => fits(package) && fits(name),
        None => fits(name),
    };
    if is_name && namespace.is_none_or(fits) { Ok((namespace.filter(|namespace| *namespace != "_"), name)) } else { Err(bad()) }
}

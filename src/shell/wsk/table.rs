//! What the tool has: groups, commands and flags, as data.

use super::{Line, Out, Shown};
use crate::cluster::{Act, World};
use crate::shell::Printed;

/// What a flag takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `--full`, `--full=false`.
    Switch,
    /// A whole number of 64 bits.
    Number,
    Text,
}

/// A flag of a command.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Flag {
    pub long: &'static str,
    /// `None` if it has a long name only.
    pub short: Option<char>,
    pub kind: Kind,
    /// Its value where it is not given, as text. Empty: off, 0, or nothing. Help shows any other.
    pub default: &'static str,
    /// Its line in the help; what stands in backquotes is the name of its value.
    pub usage: &'static str,
}

impl Flag {
    pub const fn switch(long: &'static str, short: Option<char>, usage: &'static str) -> Self {
        Self { long, short, kind: Kind::Switch, default: "", usage }
    }

    pub const fn number(long: &'static str, short: Option<char>, default: &'static str, usage: &'static str) -> Self {
        Self { long, short, kind: Kind::Number, default, usage }
    }

    pub const fn text(long: &'static str, short: Option<char>, usage: &'static str) -> Self {
        Self { long, short, kind: Kind::Text, default: "", usage }
    }
}

/// How many arguments a command takes, and what its error says that it needs (CLI `commands/util.go:895-923`).
#[derive(Debug)]
pub(crate) struct Takes {
    pub min: usize,
    pub max: usize,
    pub required: &'static str,
}

/// A command such as `activation list`.
pub(crate) struct Command {
    /// As in the help: the name and then the arguments, `list [NAMESPACE or NAME]`.
    pub usage: &'static str,
    pub short: &'static str,
    pub flags: &'static [Flag],
    /// `None`: [`Command::act`] looks at the arguments itself.
    pub takes: Option<Takes>,
    /// What the line asks the cluster for; `Err` where the tool answers by itself, be it an error or not.
    pub act: fn(&World, &Line) -> Result<Act, Printed>,
    /// What it prints before any answer.
    pub begin: fn(&Line, &mut Out),
    /// What it prints when an answer has come: called for each in order.
    pub print: fn(&Shown<'_>, &mut Out),
}

impl Command {
    pub fn name(&self) -> &'static str {
        self.usage.split(' ').next().unwrap_or_default()
    }
}

/// A group such as `activation`, or a command that stands alone such as `list`.
pub(crate) struct Group {
    pub name: &'static str,
    pub short: &'static str,
    /// In order of their names.
    pub commands: &'static [&'static Command],
    /// The group is itself a command: `wsk list`.
    pub alone: Option<&'static Command>,
}

/// Prints nothing.
pub(crate) fn nothing(_: &Line, _: &mut Out) {}

/// The flags that every command has.
pub(crate) static GLOBAL: [Flag; 8] = [
    Flag::text("apihost", None, "whisk API `HOST`"),
    Flag::text("apiversion", None, "whisk API `VERSION`"),
    Flag::text("auth", Some('u'), "authorization `KEY`"),
    Flag::text("cert", None, "client cert"),
    Flag::switch("debug", Some('d'), "debug level output"),
    Flag::switch("insecure", Some('i'), "bypass certificate checking"),
    Flag::text("key", None, "client key"),
    Flag::switch("verbose", Some('v'), "verbose output"),
];

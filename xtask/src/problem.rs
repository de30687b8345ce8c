//! What went wrong, in a sentence, and what would help.

use std::fmt;
use std::process::ExitCode;

#[derive(Debug)]
pub struct Problem {
    what: String,
    help: Option<String>,
    exit_code: u8,
}

impl Problem {
    /// `what` is a sentence without its full stop that says what failed, where and why.
    pub fn new(what: impl Into<String>) -> Self {
        Problem { what: what.into(), help: None, exit_code: 1 }
    }

    /// A command line that makes no sense: exit code 2, as is the custom.
    pub fn usage(what: impl Into<String>) -> Self {
        Problem { what: what.into(), help: None, exit_code: 2 }
    }

    /// `help` names the command or the change that would make it work.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.exit_code)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.what)?;
        match &self.help {
            Some(help) => write!(f, "\n help: {help}"),
            None => Ok(()),
        }
    }
}

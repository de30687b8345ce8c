//! The page while one works on it.

use std::process::ExitCode;

use crate::problem::Problem;
use crate::process::{self, say};
use crate::tools::Tools;

/// Serves the page and rebuilds it at every change, until it is stopped; `arguments` go to `trunk serve`, which prints
/// the address.
pub fn serve(arguments: &[String]) -> Result<ExitCode, Problem> {
    let tools = Tools::ready()?;
    say("Serving the page; Ctrl-C stops it");
    let status = process::status(tools.trunk()?.arg("serve").args(arguments))?;
    // It is stopped by a signal as a rule, which is no failure of ours.
    Ok(status.code().map_or(ExitCode::SUCCESS, process::exit_code))
}

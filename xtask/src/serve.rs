//! The page while one works on it.

use std::process::ExitCode;

use crate::problem::Problem;
use crate::process::{self, say};
use crate::repository;
use crate::tools::Tools;

/// Serves the page and rebuilds it at every change, until it is stopped; `arguments` go to `trunk serve`, which prints
/// the address.
pub fn serve(arguments: &[String]) -> Result<ExitCode, Problem> {
    let tools = Tools::ready()?;
    say("Serving the page; Ctrl-C stops it");
    // dist/ stays what `build` made of it: a page for work has no policy, and tests would find none.
    let dist = repository::target().join("serve");
    process::become_it(tools.trunk()?.arg("serve").arg("--dist").arg(dist).args(arguments))
}

//! Which functions opening the page needs: the list by which it is split (split/), written anew.

use std::path::PathBuf;

use crate::browser::Browser;
use crate::problem::Problem;
use crate::process::{self, cargo, say};
use crate::tools::Tools;
use crate::{build, repository, wasm_opt};

/// Where the build puts the names of the functions that it has marked. Set for the build that is marked, and for no other.
const ASKED_FOR: &str = "WHISKSCOPE_MARKED_NAMES";

pub fn asked_for() -> Option<PathBuf> {
    std::env::var_os(ASKED_FOR).map(PathBuf::from)
}

/// Names of functions, a line each.
pub fn opening() -> Result<String, Problem> {
    repository::read(&path())
}

fn path() -> PathBuf {
    repository::root().join("xtask/src/split/opening.txt")
}

/// Opens a page that marks what it calls, and writes the list. dist/ is left alone.
pub fn profile() -> Result<(), Problem> {
    let tools = Tools::ready()?;
    let browser = Browser::ready()?;
    wasm_opt::ready().map_err(Problem::new)?;
    let dist = repository::target().join("profile");
    let names = repository::target().join("profile-names.txt");
    say("Building a page that marks the functions it calls");
    build::trunk_build(&tools, &dist, &[(ASKED_FOR, names.as_os_str())])?;
    say("Opening it");
    let mut command = cargo();
    command.current_dir(repository::root()).args(["run", "--quiet", "--package", "page-tests", "--bin", "profile", "--"]);
    command.arg(&names).arg(path()).env("WHISKSCOPE_DIST", &dist);
    command.env("CHROMIUM", &browser.chromium).env("CHROMEDRIVER", &browser.chromedriver);
    process::run(&mut command)
}

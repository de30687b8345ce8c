//! The accessibility audit: axe-core on the built page, in both languages, both themes, two widths and both stores.
//!
//! A command of its own and no part of `test`, which must not need npm.

use crate::browser::Browser;
use crate::npm::Package;
use crate::problem::Problem;
use crate::process::{self, cargo, say};
use crate::repository;

const AXE: Package = Package { name: "axe-core", version: "4.14.1" };

pub fn audit() -> Result<(), Problem> {
    let browser = Browser::ready()?;
    let axe = AXE.ready()?.join("node_modules/axe-core/axe.min.js");
    say("Auditing dist/ with axe-core");
    let mut command = cargo();
    command.current_dir(repository::root()).args(["run", "--quiet", "--package", "page-tests", "--bin", "audit", "--"]).arg(axe);
    command.env("CHROMIUM", &browser.chromium).env("CHROMEDRIVER", &browser.chromedriver);
    process::run(&mut command).map_err(|problem| problem.help("what axe-core found stands above"))
}

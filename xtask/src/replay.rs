//! Replaying a lesson without a browser: a native binary of the core, which we only start.

use std::process::ExitCode;

use crate::problem::Problem;
use crate::process::{self, cargo};
use crate::repository;

pub fn replay(arguments: &[String]) -> Result<ExitCode, Problem> {
    let mut command = cargo();
    command.args(["run", "--quiet", "--release", "--no-default-features", "--bin", "replay", "--manifest-path"]);
    // The manifest is named and the folder is kept: FILE is relative to where the person is.
    command.arg(repository::root().join("Cargo.toml")).arg("--").args(arguments);
    process::become_it(&mut command)
}

//! esbuild takes comments and long names out of the page's script and style. A build without it is complete, only heavier: whatever keeps
//! us from it is said in the build report and is never a failure.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::npm::Package;
use crate::problem::Problem;
use crate::process::{self, is_executable};

const ESBUILD: Package = Package { name: "esbuild", version: "0.25.12" };

/// The esbuild that is here, if one is.
pub fn find() -> Option<PathBuf> {
    let executable = if cfg!(windows) { "esbuild.cmd" } else { "esbuild" };
    Some(ESBUILD.folder().ok()?.join("node_modules/.bin").join(executable)).filter(|path| is_executable(path))
}

/// Installs it by npm if it is missing, and otherwise tells why there is none.
pub fn ready() -> Result<PathBuf, String> {
    if let Some(found) = find() {
        return Ok(found);
    }
    ESBUILD.ready().map_err(|problem| problem.to_string())?;
    find().ok_or_else(|| format!("npm's {}@{} has no executable", ESBUILD.name, ESBUILD.version))
}

/// Shrinks a script or a style sheet in place.
pub fn shrink(esbuild: &Path, file: &Path) -> Result<(), Problem> {
    process::run(
        Command::new(esbuild)
            .args(["--minify", "--charset=utf8", "--log-level=warning", "--allow-overwrite"])
            .arg(file)
            .arg(format!("--outfile={}", file.display())),
    )
}

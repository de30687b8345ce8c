//! Packages of npm, for what crates.io does not have, each in a folder of our own.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::problem::Problem;
use crate::process::{self, find_on_path, say};
use crate::tools;

pub struct Package {
    pub name: &'static str,
    pub version: &'static str,
}

impl Package {
    /// Where it is once it is installed.
    pub fn folder(&self) -> Result<PathBuf, Problem> {
        Ok(tools::folder()?.join(format!("{}-{}", self.name, self.version)))
    }

    /// Installs it unless it is there.
    pub fn ready(&self) -> Result<PathBuf, Problem> {
        let folder = self.folder()?;
        if folder.is_dir() {
            return Ok(folder);
        }
        let wanted = format!("{}@{}", self.name, self.version);
        let npm = find_on_path("npm").ok_or_else(|| {
            Problem::new(format!("{wanted} is installed by npm, which is not on PATH")).help("install Node.js, which brings npm")
        })?;
        let _lock = tools::lock(&tools::folder()?)?;
        if !folder.is_dir() {
            say(&format!("Installing npm's {wanted} into {}", folder.display()));
            self.install(&npm, &wanted, &folder)?;
        }
        Ok(folder)
    }

    /// Aside, and renamed when complete, so that an interrupted installation is not taken for a whole one.
    fn install(&self, npm: &Path, wanted: &str, folder: &Path) -> Result<(), Problem> {
        let partial = folder.with_file_name(format!("{}-partial", self.name));
        let written = |error: std::io::Error| Problem::new(format!("{} cannot be written: {error}", partial.display()));
        if partial.exists() {
            std::fs::remove_dir_all(&partial).map_err(written)?;
        }
        std::fs::create_dir_all(&partial).map_err(written)?;
        let mut command = Command::new(npm);
        command.current_dir(&partial).args(["install", "--no-audit", "--no-fund", "--no-save", "--loglevel=error", "--fetch-retries=1"]);
        command.arg("--prefix").arg(&partial).arg(wanted);
        process::run(&mut command)
            .map_err(|problem| problem.help(format!("`npm install {wanted}` must work; is the network reachable?")))?;
        std::fs::rename(&partial, folder).map_err(written)
    }
}

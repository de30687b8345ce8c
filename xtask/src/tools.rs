//! The tools a build needs, found or installed: the wasm32 target, Trunk and wasm-bindgen, each of one pinned version.
//!
//! They go into a folder of our own, one folder a version, so that nobody's own installation is replaced and an older
//! checkout still finds its versions.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::problem::Problem;
use crate::process::{self, cargo, find_on_path, is_executable, say};
use crate::repository;

/// Newer ones need a newer Rust than `rust-version` in Cargo.toml.
pub const TRUNK_VERSION: &str = "0.21.14";

const WASM_TARGET: &str = "wasm32-unknown-unknown";

pub struct Tools {
    pub trunk: PathBuf,
    pub wasm_bindgen: PathBuf,
    pub wasm_bindgen_test_runner: PathBuf,
}

impl Tools {
    /// All that a build of the page needs, installed where it is missing.
    pub fn ready() -> Result<Tools, Problem> {
        wasm_target()?;
        let trunk = Package { name: "trunk", version: TRUNK_VERSION };
        let locked = repository::locked_version("wasm-bindgen")?;
        let wasm_bindgen = Package { name: "wasm-bindgen-cli", version: &locked };
        let [trunk] = trunk.executables(["trunk"])?;
        let [wasm_bindgen, wasm_bindgen_test_runner] = wasm_bindgen.executables(["wasm-bindgen", "wasm-bindgen-test-runner"])?;
        Ok(Tools { trunk, wasm_bindgen, wasm_bindgen_test_runner })
    }

    /// Trunk, made to use these tools and to download none.
    pub fn trunk(&self) -> Result<Command, Problem> {
        let mut command = Command::new(&self.trunk);
        command.current_dir(repository::root());
        if let Some(folder) = self.wasm_bindgen.parent() {
            command.env("PATH", process::path_beginning_with(&[folder])?);
        }
        // Trunk refuses every value of NO_COLOR but true and false, and the custom is any value at all.
        match std::env::var_os("NO_COLOR") {
            Some(value) if !value.is_empty() => command.env("NO_COLOR", "true"),
            _ => command.env_remove("NO_COLOR"),
        };
        Ok(command)
    }
}

/// Our folder of tools.
pub fn folder() -> Result<PathBuf, Problem> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("WHISKSCOPE_TOOLS")
        .or_else(|| set("XDG_CACHE_HOME").map(|cache| cache.join("whiskscope/tools")))
        .or_else(|| std::env::home_dir().map(|home| home.join(".cache/whiskscope/tools")))
        .ok_or_else(|| {
            Problem::new("there is no home folder to install the tools in").help("set WHISKSCOPE_TOOLS to a folder that may be written")
        })
}

/// Holds the folder of tools for this process while it installs, so that two commands at once do not build the same.
pub fn lock(folder: &Path) -> Result<File, Problem> {
    let cannot = |error: std::io::Error| {
        Problem::new(format!("the folder {} cannot be written: {error}", folder.display()))
            .help("set WHISKSCOPE_TOOLS to a folder that may be written")
    };
    std::fs::create_dir_all(folder).map_err(cannot)?;
    let file = File::create(folder.join(".lock")).map_err(cannot)?;
    file.lock().map_err(cannot)?;
    Ok(file)
}

fn wasm_target() -> Result<(), Problem> {
    let mut rustc = Command::new("rustc");
    rustc.current_dir(repository::root()).args(["--print", "target-libdir", "--target", WASM_TARGET]);
    if process::answer(&mut rustc).is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    if find_on_path("rustup").is_none() {
        return Err(Problem::new(format!("this Rust cannot compile for {WASM_TARGET}, and there is no rustup to add it"))
            .help(format!("install Rust by rustup (https://rustup.rs) and run `rustup target add {WASM_TARGET}`")));
    }
    say(&format!("Adding the target {WASM_TARGET}"));
    process::run(Command::new("rustup").current_dir(repository::root()).args(["target", "add", WASM_TARGET]))
        .map_err(|problem| problem.help(format!("`rustup target add {WASM_TARGET}` must work; is the network reachable?")))
}

/// A package of crates.io whose executables we run.
struct Package<'a> {
    name: &'a str,
    version: &'a str,
}

impl Package<'_> {
    /// The paths of the package's executables `names`, all from one place: our folder, else PATH, else newly installed.
    fn executables<const N: usize>(&self, names: [&str; N]) -> Result<[PathBuf; N], Problem> {
        let folder = folder()?;
        let root = folder.join(format!("{}-{}", self.name, self.version));
        let ours = names.map(|name| root.join("bin").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)));
        let installed = || ours.iter().all(|path| is_executable(path));
        if installed() {
            return Ok(ours);
        }
        if let Some(found) = self.on_path(names) {
            return Ok(found);
        }
        let _lock = lock(&folder)?;
        if !installed() {
            self.install(&folder, &root)?;
        }
        if installed() {
            Ok(ours)
        } else {
            Err(self.missing(Problem::new(format!("`cargo install {}` left no executable in {}", self.name, root.display()))))
        }
    }

    fn on_path<const N: usize>(&self, names: [&str; N]) -> Option<[PathBuf; N]> {
        for name in names {
            let path = find_on_path(name)?;
            let printed = process::answer(Command::new(path).arg("--version"))?;
            if version_printed(&printed) != Some(self.version) {
                return None;
            }
        }
        let paths: Vec<PathBuf> = names.into_iter().filter_map(find_on_path).collect();
        paths.try_into().ok()
    }

    fn install(&self, folder: &Path, root: &Path) -> Result<(), Problem> {
        say(&format!("Installing {} {} into {} (once; some minutes)", self.name, self.version, root.display()));
        // A build folder that stays until it succeeds: an interrupted installation goes on where it stopped.
        let build = folder.join("build");
        let mut command = cargo();
        command.current_dir(folder).args(["install", self.name, "--version", self.version, "--locked", "--force"]);
        command.arg("--root").arg(root).arg("--target-dir").arg(&build);
        // What is set for this repository's own build is not meant for the tools.
        for variable in ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET", "CARGO_ENCODED_RUSTFLAGS", "RUSTFLAGS"] {
            command.env_remove(variable);
        }
        process::run(&mut command).map_err(|problem| self.missing(problem))?;
        // A leftover costs space alone.
        let _ = std::fs::remove_dir_all(build);
        Ok(())
    }

    fn missing(&self, problem: Problem) -> Problem {
        problem.help(format!(
            "`cargo install {} --version {} --locked` must work (is the network reachable?); its executables are also found on PATH",
            self.name, self.version
        ))
    }
}

/// The version in what `--version` prints: `trunk 0.21.14`, `wasm-bindgen 0.2.129`, `wasm-opt version 132 (version_132)`.
pub fn version_printed(printed: &str) -> Option<&str> {
    printed.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_the_tools_print() {
        assert_eq!(version_printed("trunk 0.21.14"), Some("0.21.14"));
        assert_eq!(version_printed("wasm-bindgen 0.2.129 (0123abc)"), Some("0.2.129"));
        assert_eq!(version_printed("wasm-opt version 132 (version_132)"), Some("132"));
        assert_eq!(version_printed("no version at all"), None);
    }
}

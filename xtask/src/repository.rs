//! Where things are in this repository, and what its lock file says.

use std::path::{Path, PathBuf};

use crate::problem::Problem;

/// The folder of the workspace.
pub fn root() -> PathBuf {
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    xtask.parent().map_or_else(|| xtask.clone(), Path::to_path_buf)
}

/// The release page.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Cargo's target folder: this program runs from `<target>/<profile>/xtask`.
pub fn target() -> PathBuf {
    let here = std::env::current_exe().ok();
    let target = here.as_deref().and_then(Path::parent).and_then(Path::parent);
    target.map_or_else(|| root().join("target"), Path::to_path_buf)
}

pub fn read(path: &Path) -> Result<String, Problem> {
    std::fs::read_to_string(path).map_err(|error| Problem::new(format!("{} cannot be read: {error}", path.display())))
}

/// The version of `package` in Cargo.lock.
pub fn locked_version(package: &str) -> Result<String, Problem> {
    let path = root().join("Cargo.lock");
    version_in_lock(&read(&path)?, package).ok_or_else(|| {
        Problem::new(format!("{} has no package `{package}`", path.display())).help("`cargo generate-lockfile` writes it anew")
    })
}

/// Cargo writes the version on the line after the name, so a parser for all of TOML is not needed.
fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name)?;
    let version = lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_the_one_of_exactly_that_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.79\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\nsource = \"registry\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen").as_deref(), Some("0.2.129"));
        assert_eq!(version_in_lock(lock, "wasm-bindgen-futures").as_deref(), Some("0.4.79"));
        assert_eq!(version_in_lock(lock, "wasm"), None);
    }

    #[test]
    fn this_repository_locks_wasm_bindgen() {
        let version = locked_version("wasm-bindgen").unwrap();
        assert_eq!(version.split('.').count(), 3, "{version}");
    }
}

//! Starting other programs, and saying so.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus, Stdio};

use crate::problem::Problem;

/// The cargo that started us, so that a `cargo +toolchain xtask` stays on its toolchain.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Says what is being done, where a person who waits can see it.
pub fn say(what: &str) {
    eprintln!("\n── {what}");
}

/// Runs `command` with its output shown and fails unless it succeeds.
pub fn run(command: &mut Command) -> Result<(), Problem> {
    let status = status(command)?;
    if status.success() { Ok(()) } else { Err(Problem::new(format!("`{}` failed ({status})", shown(command)))) }
}

/// Runs `command` with its output shown, and tells how it ended.
pub fn status(command: &mut Command) -> Result<ExitStatus, Problem> {
    command.status().map_err(|error| Problem::new(format!("`{}` could not be started: {error}", shown(command))))
}

/// What `command` prints on its standard output, or nothing if it cannot be started or fails: for questions only.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The first executable called `name` on PATH.
pub fn find_on_path(name: &str) -> Option<PathBuf> {
    let file_name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join(&file_name)).find(|path| is_executable(path))
}

/// PATH with `folders` in front of it.
pub fn path_beginning_with(folders: &[&Path]) -> Result<OsString, Problem> {
    let present = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().map(|folder| folder.to_path_buf()).chain(std::env::split_paths(&present));
    std::env::join_paths(all).map_err(|error| Problem::new(format!("PATH cannot hold the folder of a tool: {error}")))
}

#[cfg(unix)]
pub fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
pub fn is_executable(path: &Path) -> bool {
    path.is_file()
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// Runs `command` in our place until it ends: what stops us stops it, and its exit code is ours.
#[cfg(unix)]
pub fn become_it(command: &mut Command) -> Result<ExitCode, Problem> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(Problem::new(format!("`{}` could not be started: {error}", shown(command))))
}

#[cfg(not(unix))]
pub fn become_it(command: &mut Command) -> Result<ExitCode, Problem> {
    let code = status(command)?.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(1)))
}

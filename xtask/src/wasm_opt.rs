//! wasm-opt makes the wasm a good tenth smaller. A build without it is complete, only heavier: whatever keeps us from it
//! is said in the build report and is never a failure.
//!
//! We run it and not Trunk, because Trunk fails where it is missing.

use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use crate::finish_page::files_ending;
use crate::npm::Package;
use crate::problem::Problem;
use crate::process::{self, find_on_path, is_executable};
use crate::{alike, repository, tools};

/// It holds wasm-opt; Debian's is too old for what rustc emits.
const BINARYEN: Package = Package { name: "binaryen", version: "132.0.0" };
const MAJOR_VERSION_MIN: u32 = 132;

/// Size before speed, as the page's profile. Code that is taken apart and shrunk anew gets smaller than from `-Oz` alone. Names are kept
/// until functions have been ordered by them. The lesson that is in the program and the reading of `curl` stay apart from what opens the page,
/// which hardly ever needs them, and the gate to the stores' interfaces (split/) stays a function.
const SHRINK: [&str; 9] = [
    "--no-inline=*Lesson>::bundled",
    "--no-inline=*shell::curl::read",
    "--no-inline=*>::serve_interface",
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--debuginfo",
];
/// A part of a page that was split has functions, types and imports that only the other part uses.
const USED: [&str; 2] = ["--remove-unused-module-elements", "--debuginfo"];
/// What alike.rs has prepared.
const ORDER: [&str; 1] = ["--reorder-functions-by-name"];
/// Those rustc itself turns on for wasm32, which wasm-bindgen does not pass on in the file.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The wasm-opt that is here, if one is.
pub fn find() -> Option<PathBuf> {
    let ours = executable_in(&BINARYEN.folder().ok()?);
    if is_executable(&ours) {
        return Some(ours);
    }
    find_on_path("wasm-opt").filter(|path| {
        let printed = process::answer(Command::new(path).arg("--version")).unwrap_or_default();
        tools::version_printed(&printed).and_then(|version| version.parse().ok()).is_some_and(|major: u32| major >= MAJOR_VERSION_MIN)
    })
}

/// Installs it by npm if it is missing, and otherwise tells why there is none.
pub fn ready() -> Result<PathBuf, String> {
    if let Some(found) = find() {
        return Ok(found);
    }
    BINARYEN.ready().map_err(|problem| problem.to_string())?;
    find().ok_or_else(|| format!("npm's {}@{} has no wasm-opt", BINARYEN.name, BINARYEN.version))
}

fn executable_in(folder: &Path) -> PathBuf {
    folder.join("node_modules/.bin").join(if cfg!(windows) { "wasm-opt.cmd" } else { "wasm-opt" })
}

/// A smaller module that does the same, with its names.
pub fn shrunk(wasm_opt: &Path, wasm: &[u8]) -> Result<Vec<u8>, Problem> {
    kept_or(key(wasm, &SHRINK), true, |result| run(wasm_opt, &SHRINK, wasm, result))
}

/// The same module without names and without what nothing uses, its functions in the order in which it compresses best.
pub fn ordered(wasm_opt: &Path, wasm: &[u8]) -> Result<Vec<u8>, Problem> {
    kept_or(key(wasm, &[&USED[..], &ORDER].concat()), false, |result| {
        let used = result.with_extension("used");
        run(wasm_opt, &USED, wasm, &used)?;
        let used = std::fs::read(used).map_err(failed)?;
        // An order that is not found costs some kilobytes of the download and nothing else.
        run(wasm_opt, &ORDER, alike::named_by_place(&used).as_deref().unwrap_or(&used), result)
    })
}

fn failed(error: std::io::Error) -> Problem {
    Problem::new(format!("the wasm could not be shrunk: {error}"))
}

/// wasm-opt on `wasm`. Its result is named as such when it is complete.
fn run(wasm_opt: &Path, arguments: &[&str], wasm: &[u8], result: &Path) -> Result<(), Problem> {
    let (input, output) = (result.with_extension("input"), result.with_extension("output"));
    std::fs::write(&input, wasm).map_err(failed)?;
    process::run(Command::new(wasm_opt).args(FEATURES).args(arguments).arg(&input).arg("-o").arg(&output))?;
    std::fs::remove_file(&input).and_then(|()| std::fs::rename(&output, result)).map_err(failed)
}

/// The result of that key if it is kept, because an unchanged page need not be shrunk again; else a new one. The first of a page takes the place of
/// all that is kept of older ones.
fn kept_or(key: String, is_first: bool, make: impl Fn(&Path) -> Result<(), Problem>) -> Result<Vec<u8>, Problem> {
    let kept = kept();
    let result = kept.join(format!("{key}.wasm"));
    if !result.is_file() {
        if is_first {
            let _ = std::fs::remove_dir_all(&kept);
        }
        std::fs::create_dir_all(&kept).map_err(failed)?;
        make(&result)?;
    }
    std::fs::read(&result).map_err(failed)
}

/// Whether this wasm file is a result of ours.
pub fn has_shrunk(wasm: &Path) -> bool {
    let Ok(bytes) = std::fs::read(wasm) else { return false };
    let results = files_ending(&kept(), "wasm").unwrap_or_default();
    results.iter().any(|result| std::fs::read(result).is_ok_and(|result| result == bytes))
}

fn kept() -> PathBuf {
    repository::target().join("wasm-opt")
}

/// What a result depends on: the module, the arguments, the version and this program, which orders the functions.
fn key(wasm: &[u8], arguments: &[&str]) -> String {
    let mut hash = Sha256::new();
    hash.update(BINARYEN.version);
    [arguments, &FEATURES].concat().into_iter().for_each(|argument| hash.update(argument));
    hash.update(include_str!("alike.rs"));
    hash.update(wasm);
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

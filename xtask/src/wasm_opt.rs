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
/// until functions have been ordered by them.
const SHRINK: [&str; 6] = ["-Oz", "--flatten", "--rereloop", "-Oz", "-Oz", "--debuginfo"];
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

/// Shrinks the wasm file in place. The last result is kept, because an unchanged page need not be shrunk again.
pub fn shrink(wasm_opt: &Path, wasm: &Path) -> Result<(), Problem> {
    let failed = |error: std::io::Error| Problem::new(format!("{} could not be shrunk: {error}", wasm.display()));
    let kept = kept();
    let before = std::fs::read(wasm).map_err(failed)?;
    let result = kept.join(format!("{}.wasm", key(&before)));
    if !result.is_file() {
        // One result is enough; older ones would only pile up.
        let _ = std::fs::remove_dir_all(&kept);
        std::fs::create_dir_all(&kept).map_err(failed)?;
        let (shrunk, ordered) = (kept.join("shrunk"), kept.join("ordered"));
        process::run(Command::new(wasm_opt).args(FEATURES).args(SHRINK).arg(wasm).arg("-o").arg(&shrunk))?;
        // An order that is not found costs some kilobytes of the download and nothing else.
        if let Some(named) = alike::named_by_place(&std::fs::read(&shrunk).map_err(failed)?) {
            std::fs::write(&shrunk, named).map_err(failed)?;
        }
        process::run(Command::new(wasm_opt).args(FEATURES).args(ORDER).arg(&shrunk).arg("-o").arg(&ordered))?;
        std::fs::rename(&ordered, &result).map_err(failed)?;
        std::fs::remove_file(&shrunk).map_err(failed)?;
    }
    std::fs::copy(&result, wasm).map(|_| ()).map_err(failed)
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

/// What the result depends on: the file, the arguments, the version and this program, which orders the functions.
fn key(wasm: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(BINARYEN.version);
    [&SHRINK[..], &ORDER, &FEATURES].concat().into_iter().for_each(|argument| hash.update(argument));
    hash.update(include_str!("alike.rs"));
    hash.update(wasm);
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

//! The parts in the page: their files, and the script that brings the later ones.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::{LATER, NEEDED, Parts, REST};
use crate::finish_page::files_ending;
use crate::problem::Problem;
use crate::repository;

const LOADER: &str = include_str!("parts.js");
const FIRST_END: &str = "_bg.wasm";

/// How the name of a later part's file ends.
fn end_of(part: &str) -> String {
    format!("_{part}.wasm")
}

/// The number of the later part that is in a file.
pub fn later(wasm: &Path) -> Option<usize> {
    let name = wasm.to_string_lossy();
    LATER.iter().position(|part| name.ends_with(&end_of(part)))
}

/// Puts the parts into the page, in the place of the whole at `wasm`.
pub fn write(wasm: &Path, parts: &Parts) -> Result<(), Problem> {
    let unknown = || Problem::new(format!("{} is not as wasm-bindgen names and writes it", wasm.display())).help("its wasm is left in one");
    let stem = wasm.file_name().and_then(|name| name.to_str()?.strip_suffix(FIRST_END)).ok_or_else(unknown)?;
    let script = wasm.with_file_name(format!("{stem}.js"));
    let later: Vec<(&str, String)> =
        LATER.into_iter().take(parts.later.len()).map(|part| (part, format!("{stem}{}", end_of(part)))).collect();
    let with_loader = with_loader(&repository::read(&script)?, &later).ok_or_else(unknown)?;
    let written = |file: &Path, content: &[u8]| {
        std::fs::write(file, content).map_err(|error| Problem::new(format!("{} cannot be written: {error}", file.display())))
    };
    written(&script, with_loader.as_bytes())?;
    written(wasm, &parts.first)?;
    later.iter().zip(&parts.later).try_for_each(|((_, file), part)| written(&wasm.with_file_name(file), part))
}

/// wasm-bindgen's script, which knows one part, with what brings the others: `later` is their names
/// and files. None if it is not as the pinned wasm-bindgen writes it.
pub fn with_loader(script: &str, later: &[(&str, String)]) -> Option<String> {
    let (module, function) = NEEDED;
    let imports = ("_bg.js\": import0,\n", format!("        {module:?}: {{ {function}: needPart }},\n"));
    let load = (
        "const { instance, module } = await __wbg_load(await module_or_path, imports);\n",
        "    await partsBeforeStart(instance.exports);\n".to_owned(),
    );
    let mut script = script.to_owned();
    for (anchor, added) in [imports, load] {
        let (before, behind) = script.split_once(anchor).filter(|(_, behind)| !behind.contains(anchor))?;
        script = format!("{before}{anchor}{added}{behind}");
    }
    let files: Vec<String> = later.iter().map(|(part, file)| format!("[{part:?}, {file:?}]")).collect();
    Some(script + &LOADER.replace("PART_FILES", &format!("[{}]", files.join(", "))))
}

/// Names the parts and the script by what is in them, all by one hash, so that a browser never puts together parts of two builds. Returns the
/// page that names them so.
pub fn named_by_content(folder: &Path, html: &str) -> Result<String, Problem> {
    let parts = [files_ending(folder, "wasm")?, files_ending(folder, "js")?].concat();
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // Trunk's name is of what it was before it was shrunk.
    let rest = parts.iter().find(|path| later(path) == Some(REST));
    let Some(old) = rest.and_then(|rest| Some(name(rest).strip_suffix(&end_of(LATER[REST]))?.to_owned())) else {
        return Ok(html.to_owned());
    };
    let cannot = |error: std::io::Error| Problem::new(format!("the page's parts cannot be named: {error}"));
    let mut hash = Sha256::new();
    for part in &parts {
        hash.update(std::fs::read(part).map_err(cannot)?);
    }
    let hash: String = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let new = format!("{}-{hash}", old.split_once('-').map_or(old.as_str(), |(name, _)| name));
    for part in files_ending(folder, "js")? {
        let script = repository::read(&part)?.replace(&old, &new);
        std::fs::write(&part, script).map_err(cannot)?;
    }
    for part in parts {
        std::fs::rename(&part, part.with_file_name(name(&part).replace(&old, &new))).map_err(cannot)?;
    }
    Ok(html.replace(&old, &new))
}

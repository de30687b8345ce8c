//! What Trunk runs at the end of a build (the hook in Trunk.toml): the release page is shrunk and gets its policy.

use std::path::{Path, PathBuf};

use crate::problem::Problem;
use crate::{csp, esbuild, profile, repository, split, styles, wasm_opt};

pub fn finish_page() -> Result<(), Problem> {
    let Some(staging) = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from) else {
        return Err(Problem::new("`finish-page` is run by Trunk at the end of a build, and TRUNK_STAGING_DIR is not set")
            .help("`cargo xtask build` builds the page"));
    };
    // `trunk serve` adds a script for its live reload, and a person who works on the page waits for every second.
    if std::env::var_os("TRUNK_PROFILE").is_none_or(|profile| profile != "release") {
        return Ok(());
    }
    let wasm_opt = wasm_opt::find();
    for wasm in files_ending(&staging, "wasm")? {
        // A heavier page is still a page, and the build report says so.
        shrink(wasm_opt.as_deref(), &wasm).unwrap_or_else(|problem| eprintln!("{problem}"));
    }
    let page = staging.join("index.html");
    let html = styles::join(&staging, &repository::read(&page)?)?;
    if let Some(esbuild) = esbuild::find() {
        for file in [files_ending(&staging, "js")?, files_ending(&staging, "css")?].concat() {
            esbuild::shrink(&esbuild, &file).unwrap_or_else(|problem| eprintln!("{problem}"));
        }
    }
    let html = csp::with_policy(&split::page::named_by_content(&staging, &html)?)?;
    std::fs::write(&page, html).map_err(|error| Problem::new(format!("{} cannot be written: {error}", page.display())))
}

fn shrink(wasm_opt: Option<&Path>, wasm: &Path) -> Result<(), Problem> {
    let written = |error: std::io::Error| Problem::new(format!("{} could not be shrunk: {error}", wasm.display()));
    let linked = std::fs::read(wasm).map_err(written)?;
    let whole = split::without_linking(&linked)?;
    std::fs::write(wasm, &whole).map_err(written)?;
    let Some(wasm_opt) = wasm_opt else { return Ok(()) };
    let shrunk = wasm_opt::shrunk(wasm_opt, &whole)?;
    if let Some(names) = profile::asked_for() {
        let marked = split::marked(&shrunk)?;
        return std::fs::write(names, marked.names).and_then(|()| std::fs::write(wasm, marked.wasm)).map_err(written);
    }
    let is_split = split_page(wasm_opt, wasm, &shrunk, &linked).unwrap_or_else(|problem| {
        eprintln!("{problem}");
        false
    });
    if is_split { Ok(()) } else { std::fs::write(wasm, wasm_opt::ordered(wasm_opt, &shrunk)?).map_err(written) }
}

/// Whether the page now has its program in parts.
fn split_page(wasm_opt: &Path, wasm: &Path, shrunk: &[u8], linked: &[u8]) -> Result<bool, Problem> {
    let pieces = split::Pieces::read(linked).map_err(|what| Problem::new(format!("what the linker told cannot be read: {what}")))?;
    let Some(parts) = split::split(shrunk, &profile::opening()?, pieces.as_ref())? else { return Ok(false) };
    let ordered = |part: &Vec<u8>| wasm_opt::ordered(wasm_opt, part);
    let parts = split::Parts { first: ordered(&parts.first)?, later: parts.later.iter().map(ordered).collect::<Result<_, _>>()? };
    split::page::write(wasm, &parts)?;
    Ok(true)
}

/// The files right in `folder` with that extension, in order of their names.
pub fn files_ending(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, Problem> {
    let cannot = |error: std::io::Error| Problem::new(format!("{} cannot be read: {error}", folder.display()));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        if path.extension().is_some_and(|found| found == extension) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

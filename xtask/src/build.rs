//! The release page.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::finish_page::files_ending;
use crate::problem::Problem;
use crate::process::{self, say};
use crate::repository;
use crate::tools::Tools;
use crate::weight::{Weight, kilobytes};
use crate::{esbuild, wasm_opt};

/// Builds dist/ and reports its weight.
pub fn build() -> Result<(), Problem> {
    let tools = Tools::ready()?;
    let wasm_opt = wasm_opt::ready();
    let esbuild = esbuild::ready();
    say("Building the page into dist/");
    let dist = repository::dist();
    trunk_build(&tools, &dist, &[])?;
    let weight = Weight::of(&dist)?;
    say("What a visitor downloads");
    println!("{}", weight.report());
    println!("  {}", about_wasm_opt(&wasm_opt, &dist)?);
    println!("  {}", about_esbuild(&esbuild, &dist)?);
    weight.check()
}

/// Builds the page at each optimization level that could be the right one, and compares. dist/ is left alone.
pub fn weigh() -> Result<(), Problem> {
    let tools = Tools::ready()?;
    let wasm_opt = wasm_opt::ready();
    let mut table = format!("  {:<12}{:>12}{:>12}{:>14}\n", "opt-level", "wasm", "gzip -9", "all, gzip -9");
    for level in ["z", "s", "3"] {
        say(&format!("Building the page with opt-level {level}"));
        let dist = repository::target().join("weigh").join(level);
        trunk_build(&tools, &dist, &[("CARGO_PROFILE_PAGE_OPT_LEVEL", level.as_ref())])?;
        let weight = Weight::of(&dist)?;
        let (wasm, wasm_gzip) = weight.wasm();
        table += &format!("  {level:<12}{:>12}{:>12}{:>14}\n", kilobytes(wasm), kilobytes(wasm_gzip), kilobytes(weight.all_bytes_gzip()));
    }
    say("What a visitor downloads");
    print!("{table}");
    println!("  {}", about_wasm_opt(&wasm_opt, &repository::target().join("weigh/3"))?);
    Ok(())
}

/// What the build report says of it. It takes every comment out, and wasm-bindgen writes many.
fn about_esbuild(esbuild: &Result<PathBuf, String>, dist: &Path) -> Result<String, Problem> {
    let scripts = files_ending(dist, "js")?;
    let is_shrunk = scripts.iter().all(|script| repository::read(script).is_ok_and(|text| !text.contains("/**")));
    Ok(match esbuild {
        Ok(_) if is_shrunk => "script and style shrunk by esbuild".to_owned(),
        Ok(path) => format!("script not shrunk by esbuild: {} failed, and what it said stands above", path.display()),
        Err(reason) => format!("script and style not shrunk by esbuild: {reason}"),
    })
}

/// What the build report says about it, by what is in the page and not by what was meant.
fn about_wasm_opt(wasm_opt: &Result<PathBuf, String>, dist: &Path) -> Result<String, Problem> {
    let is_shrunk = files_ending(dist, "wasm")?.iter().all(|wasm| wasm_opt::has_shrunk(wasm));
    Ok(match wasm_opt {
        Ok(_) if is_shrunk => "shrunk by wasm-opt".to_owned(),
        Ok(path) => format!("not shrunk by wasm-opt: {} failed, and what it said stands above", path.display()),
        Err(reason) => format!("not shrunk by wasm-opt: {reason}"),
    })
}

fn cargo_home() -> Option<PathBuf> {
    std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
}

/// The flag that takes a folder out of the paths of source files. None for a path with a space in it, which this way of passing it would
/// break in two.
fn without_path(folder: Option<PathBuf>) -> Option<String> {
    let flag = format!("--remap-path-prefix={}=", folder?.display());
    (!flag.contains(char::is_whitespace)).then_some(flag)
}

/// Builds the release page into `dist`, with these variables set.
pub fn trunk_build(tools: &Tools, dist: &Path, variables: &[(&str, &OsStr)]) -> Result<(), Problem> {
    let mut trunk = tools.trunk()?;
    trunk.args(["build", "--release", "--dist"]).arg(dist);
    // By names that tell what a function is generic over, and by what the linker knows of the data, the wasm is split (split/). Neither is
    // published. The table begins where few other numbers lie, so that a place in it is told from them.
    let mut flags: Vec<String> =
        ["-Csymbol-mangling-version=v0", "-Clink-arg=--emit-relocs", "-Clink-arg=--table-base=5200"].map(str::to_owned).into();
    // A panic names the source file: what is published should not tell where somebody keeps their crates.
    flags.extend(without_path(cargo_home()));
    trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags.join(" "));
    trunk.envs(variables.iter().copied());
    process::run(&mut trunk).map_err(|problem| problem.help("what stopped it stands above"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_taken_out_unless_it_cannot_be_passed() {
        assert_eq!(without_path(Some("/home/ada/.cargo".into())).as_deref(), Some("--remap-path-prefix=/home/ada/.cargo="));
        assert_eq!(without_path(Some("/home/ada lovelace/.cargo".into())), None);
        assert_eq!(without_path(None), None);
    }
}

//! Checks the evidence table against clones of the repositories that it cites.
//!
//! `cargo run --example check_evidence --no-default-features -- [--print] PATH...`
//!
//! One path must be a clone of apache/openwhisk that contains the commit of the table. Clones of the command line's two repositories may
//! follow; without them their rows are counted as not checked. Each row is checked at its own commit, whatever the clone has checked out.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use whiskscope::cluster::evidence::{EVIDENCE, Evidence, lines_hash};

/// The repository without which there is nothing to check.
const MAIN_REPOSITORY: &str = "apache/openwhisk";
const USAGE: &str = "usage: check_evidence [--print] PATH...

Checks the evidence table against clones: a clone of apache/openwhisk, and if you like
clones of apache/openwhisk-cli and apache/openwhisk-client-go.

  --print   print every row with the hash that its lines have now, ready to paste
  --help    this text";

struct Options {
    print: bool,
    paths: Vec<PathBuf>,
}

enum Parsed {
    Check(Options),
    Help,
    Refused(String),
}

/// What became of the rows.
#[derive(Default)]
struct Tally {
    agreed: BTreeMap<&'static str, usize>,
    unchecked: BTreeMap<&'static str, usize>,
    wrong: usize,
}

fn main() -> ExitCode {
    let outcome = match parse(std::env::args_os().skip(1)) {
        Parsed::Help => writeln!(io::stdout(), "{USAGE}").map(|()| true),
        Parsed::Refused(reason) => writeln!(io::stderr(), "error: {reason}\n\n{USAGE}").map(|()| false),
        Parsed::Check(options) => check(&options),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        // A failed write means that nobody reads us any more, as when a pipe is closed early: no panic, but no success either.
        Ok(false) | Err(_) => ExitCode::FAILURE,
    }
}

fn parse(arguments: impl Iterator<Item = std::ffi::OsString>) -> Parsed {
    let mut options = Options { print: false, paths: Vec::new() };
    let mut only_paths = false;
    for argument in arguments {
        match argument.to_str() {
            Some("--") if !only_paths => only_paths = true,
            Some("--help" | "-h") if !only_paths => return Parsed::Help,
            Some("--print") if !only_paths => options.print = true,
            Some(text) if !only_paths && text.starts_with('-') => return Parsed::Refused(format!("unknown option {text}")),
            _ => options.paths.push(PathBuf::from(argument)),
        }
    }
    if options.paths.is_empty() { Parsed::Refused("which clone? Give its path".to_owned()) } else { Parsed::Check(options) }
}

fn check(options: &Options) -> io::Result<bool> {
    for path in &options.paths {
        if let Err(reason) = require_clone(path) {
            writeln!(io::stderr(), "error: {}: {reason}", path.display())?;
            return Ok(false);
        }
    }
    if let Some(row) = EVIDENCE.iter().find(|row| row.repository == MAIN_REPOSITORY)
        && holder_of(row.commit, &options.paths).is_none()
    {
        writeln!(
            io::stderr(),
            "error: no path given contains commit {commit} of {MAIN_REPOSITORY}. Is it a clone of another repository, an older one or a \
             shallow one? `git fetch origin {commit}` in the clone brings that commit",
            commit = row.commit
        )?;
        return Ok(false);
    }
    report(options)
}

fn report(options: &Options) -> io::Result<bool> {
    let mut out = io::stdout().lock();
    let mut tally = Tally::default();
    // Many rows cite the same commit and the same file: git is asked once about each.
    let mut clones: BTreeMap<&str, Option<&Path>> = BTreeMap::new();
    let mut texts: BTreeMap<(&str, &str), Result<String, String>> = BTreeMap::new();
    for row in EVIDENCE {
        let Some(clone) = *clones.entry(row.commit).or_insert_with(|| holder_of(row.commit, &options.paths)) else {
            *tally.unchecked.entry(row.repository).or_default() += 1;
            continue;
        };
        let text = texts.entry((row.commit, row.path)).or_insert_with(|| show(clone, row));
        let found = match text {
            Ok(text) => lines_hash(text, row.first_line, row.last_line)
                .ok_or_else(|| format!("has no lines {}-{}, only {}", row.first_line, row.last_line, text.lines().count())),
            Err(reason) => Err(reason.clone()),
        };
        match found {
            Ok(found) => {
                if options.print {
                    writeln!(out, "{} {}..={} {found:?}", row.id, row.first_line, row.last_line)?;
                }
                if found == row.hash {
                    *tally.agreed.entry(row.repository).or_default() += 1;
                } else {
                    tally.wrong += 1;
                    let Evidence { id, path, first_line, last_line, hash, .. } = row;
                    writeln!(out, "MISMATCH {id}: {path} lines {first_line}-{last_line}: expected {hash}, found {found}")?;
                }
            }
            Err(reason) => {
                tally.wrong += 1;
                writeln!(out, "MISSING {}: {} {reason}", row.id, row.path)?;
            }
        }
    }
    for (repository, count) in &tally.agreed {
        writeln!(out, "{count} rows agree with {repository}")?;
    }
    for (repository, count) in &tally.unchecked {
        writeln!(out, "{count} rows not checked: no clone of {repository} given")?;
    }
    if tally.wrong > 0 {
        writeln!(out, "{} rows do not agree", tally.wrong)?;
    }
    out.flush()?;
    Ok(tally.wrong == 0)
}

fn git(path: &Path) -> Command {
    let mut command = Command::new("git");
    // A hook or an outer command may have pointed git at another repository.
    command.env_remove("GIT_DIR").env_remove("GIT_WORK_TREE").arg("-C").arg(path);
    command
}

/// Says in one sentence why `path` is no clone that git can read.
fn require_clone(path: &Path) -> Result<(), String> {
    if !path.is_dir() {
        return Err("there is no such directory".to_owned());
    }
    let output = git(path).args(["rev-parse", "--git-dir"]).output().map_err(|error| format!("cannot run git: {error}"))?;
    if output.status.success() { Ok(()) } else { Err(format!("not a git clone: {}", complaint(&output.stderr))) }
}

/// The first of `paths` whose repository has this commit.
fn holder_of<'a>(commit: &str, paths: &'a [PathBuf]) -> Option<&'a Path> {
    let holds = |path: &&PathBuf| {
        let output = git(path).args(["cat-file", "-e", &format!("{commit}^{{commit}}")]).output();
        output.is_ok_and(|output| output.status.success())
    };
    paths.iter().find(holds).map(PathBuf::as_path)
}

fn show(clone: &Path, row: &Evidence) -> Result<String, String> {
    let output = git(clone)
        .args(["show", "--no-textconv", &format!("{}:{}", row.commit, row.path)])
        .output()
        .map_err(|error| format!("cannot be read: cannot run git: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("cannot be read: {}", complaint(&output.stderr)))
    }
}

/// The first line of what git says, without its prefix.
fn complaint(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let line = text.lines().next().unwrap_or("git gives no reason");
    line.trim_start_matches("fatal: ").to_owned()
}

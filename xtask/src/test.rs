//! Everything that must hold, in the order in which it is cheapest to learn that it does not.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::browser::Browser;
use crate::problem::Problem;
use crate::process::{self, cargo, say};
use crate::tools::Tools;
use crate::{build, repository};

const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];

pub fn test() -> Result<(), Problem> {
    let tools = Tools::ready()?;
    let browser = Browser::ready()?;

    step("Format", cargo().args(["fmt", "--all", "--check"]), "`cargo fmt --all` formats it")?;

    let warnings = ["--", "--deny", "warnings"];
    step("Lints, native", cargo().args(["clippy", "--workspace", "--all-targets"]).args(warnings), LINT)?;
    step(
        "Lints, the core alone",
        cargo().args(["clippy", "--package", "whiskscope", "--no-default-features", "--all-targets"]).args(warnings),
        LINT,
    )?;
    step("Lints, wasm32", cargo().args(["clippy", "--package", "whiskscope", "--all-targets"]).args(WASM).args(warnings), LINT)?;

    step("Native tests, the core alone", cargo().args(["test", "--package", "whiskscope", "--no-default-features"]), TEST)?;
    step("Native tests, all", cargo().args(["test", "--workspace", "--exclude", "page-tests"]), TEST)?;

    step("Tests in the browser", &mut in_browser(&tools, &browser)?, TEST)?;

    build::build()?;
    let page_tests = |threads: &[&str]| {
        let mut tests = cargo();
        tests.args(["test", "--package", "page-tests"]).args(threads);
        tests.env("CHROMIUM", &browser.chromium).env("CHROMEDRIVER", &browser.chromedriver);
        tests
    };
    let first = step("Tests of the built page", &mut page_tests(&[]), TEST);
    first.or_else(|problem| {
        // Two browsers at once on a busy machine can keep a page from its turn for seconds. One after another they have it to themselves;
        // what is really wrong fails again.
        eprintln!("{problem}");
        step("Tests of the built page, once more, one after another", &mut page_tests(&["--", "--test-threads", "1"]), TEST)
    })
}

const LINT: &str = "the lints above say what to change";
const TEST: &str = "the failed test is named above";

fn step(name: &str, command: &mut Command, help: &str) -> Result<(), Problem> {
    say(name);
    let begun = Instant::now();
    process::run(command.current_dir(repository::root())).map_err(|problem| problem.help(help))?;
    eprintln!("   {name}: {} s", begun.elapsed().as_secs());
    Ok(())
}

/// `wasm-bindgen-test`, of the library and of the files in tests/; only what is marked `run_in_browser` runs.
fn in_browser(tools: &Tools, browser: &Browser) -> Result<Command, Problem> {
    let mut command = cargo();
    command.args(["test", "--package", "whiskscope", "--lib"]).args(WASM);
    // Cargo refuses the pattern where there is nothing that it could match.
    if has_test_files(&repository::root().join("tests")) {
        command.args(["--test", "*"]);
    }
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", &tools.wasm_bindgen_test_runner);
    command.env("CHROMEDRIVER", &browser.chromedriver).env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities(browser)?);
    command.env("WASM_BINDGEN_TEST_ONLY_WEB", "1");
    command.env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    Ok(command)
}

/// webdriver.json with the browser we found, which need not be the one that its driver would start.
fn capabilities(browser: &Browser) -> Result<PathBuf, Problem> {
    let source = repository::root().join("webdriver.json");
    let options = "\"goog:chromeOptions\": {";
    let text = repository::read(&source)?.replacen(options, &format!("{options} \"binary\": {:?},", browser.chromium), 1);
    let path = repository::target().join("webdriver.json");
    std::fs::write(&path, text).map_err(|error| Problem::new(format!("{} cannot be written: {error}", path.display())))?;
    Ok(path)
}

fn has_test_files(folder: &Path) -> bool {
    crate::finish_page::files_ending(folder, "rs").is_ok_and(|files| !files.is_empty())
}

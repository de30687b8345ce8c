//! Opens a page that marks the functions it calls, chooses an answer, and writes the names of what was called:
//! `cargo xtask profile` builds that page and runs this.

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::time::Duration;

use page_tests::fantoccini::key::Key;
use page_tests::{Problem, Setup, json};

/// Runs in the page before anything of its own: Trunk's script tells what the program exports.
const KEEP_PROGRAM: &str = "addEventListener('TrunkApplicationStarted', event => window.program = event.detail.wasm)";
const CALLED: &str =
    "return [...new Uint8Array(window.program.called.buffer).entries()].filter(([, is]) => is).map(([function_]) => function_)";
const KEPT: &str = "localStorage.setItem('whiskscope-language', 'zh'); localStorage.setItem('whiskscope-theme', 'dark'); localStorage.setItem('whiskscope-shortcuts', 'off')";
const OPEN: &str = "return window.program && performance.getEntriesByName('first-answer').length > 0";

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    match runtime.map_err(Problem::from).and_then(|runtime| runtime.block_on(profile())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

async fn profile() -> Result<(), Problem> {
    let mut arguments = std::env::args().skip(1);
    let mut argument = |what: &str| arguments.next().ok_or_else(|| Problem::new(format!("{what} is missing")));
    let (names, to) = (std::fs::read_to_string(argument("the file of names")?)?, argument("the file to write")?);
    let names: Vec<&str> = names.lines().collect();
    let mut opening = BTreeSet::new();
    for (setup, query, kept) in [
        (Setup::wide(), "", ""),
        (Setup::wide().dark().reduced_motion(), "", ""),
        (Setup::narrow(), "?lang=zh", ""),
        (Setup::wide().language("zh-CN"), "", ""),
        (Setup::narrow().dark().language("zh-CN"), "?lang=en", ""),
        (Setup::wide(), "", KEPT),
    ] {
        let called = called(&setup, query, kept).await?;
        let found = called.iter().filter_map(|function| names.get(*function)).filter(|name| !name.is_empty());
        opening.extend(found.copied());
        println!("{} functions called, {} names in all", called.len(), opening.len());
    }
    let head = "# What opening the page calls. Written by `cargo xtask profile`.\n";
    let lines: String = opening.into_iter().map(|name| format!("{name}\n")).collect();
    Ok(std::fs::write(to, format!("{head}{lines}"))?)
}

/// The functions that were called until an answer was chosen, and asked to be checked before that. `kept` is what an earlier visit left.
async fn called(setup: &Setup, query: &str, kept: &str) -> Result<Vec<usize>, Problem> {
    let page = setup.open(query).await?;
    page.script(kept).await?;
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": KEEP_PROGRAM })).await?;
    page.client().goto(&format!("{}{query}", page.site().url())).await?;
    page.wait_until("the program runs", OPEN).await?;
    page.press(&Key::Tab.to_string()).await?;
    for clicked in [".question .button-quiet", ".option:nth-of-type(1) input", ".option:nth-of-type(2) input"] {
        page.script(&format!("document.querySelector('{clicked}').click()")).await?;
        // What is drawn after it is part of it.
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    let called = page.script(CALLED).await?;
    Ok(called.as_array().into_iter().flatten().filter_map(|function| usize::try_from(function.as_u64()?).ok()).collect())
}

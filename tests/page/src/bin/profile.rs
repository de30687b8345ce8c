//! Opens a page that marks the functions it calls, does what a visitor does in the first ten seconds, and writes the names of what was called:
//! `cargo xtask profile` builds that page and runs this.

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use page_tests::{Problem, Setup, json};

/// Runs in the page before anything of its own: Trunk's script tells what the program exports.
const KEEP_PROGRAM: &str = "addEventListener('TrunkApplicationStarted', event => window.program = event.detail.wasm)";
const CALLED: &str = "return [...new Uint8Array(window.program.called.buffer).entries()].filter(([, is]) => is).map(([function_]) => function_)";
/// Longer than the reveal takes at story pace.
const PLAYING_MAX: Duration = Duration::from_secs(45);
const OPEN: &str = "return window.program && performance.getEntriesByName('first-answer').length > 0";
const PLAYED: &str = "return document.querySelector('.verdict')?.innerText.includes('Elasticsearch 3') && document.querySelector('.transport')";

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
    for (setup, answer) in [
        (Setup::wide(), Answer::Shown),
        (Setup::wide(), Answer::Checked),
        (Setup::wide().dark(), Answer::Checked),
        (Setup::narrow(), Answer::Shown),
        (Setup::wide().reduced_motion(), Answer::Shown),
        (Setup::wide().language("zh-CN"), Answer::Shown),
        (Setup::narrow().dark().language("zh-CN"), Answer::Checked),
    ] {
        let called = called(&setup, answer).await?;
        let found = called.iter().filter_map(|function| names.get(*function)).filter(|name| !name.is_empty());
        opening.extend(found.copied());
        println!("{} functions called, {} names in all", called.len(), opening.len());
    }
    let head = "# What opening the page calls. Written by `cargo xtask profile`.\n";
    let lines: String = opening.into_iter().map(|name| format!("{name}\n")).collect();
    Ok(std::fs::write(to, format!("{head}{lines}"))?)
}

#[derive(Clone, Copy)]
enum Answer {
    /// Chosen and checked; before that, checked without a choice.
    Checked,
    /// Chosen, and shown instead.
    Shown,
}

/// The functions that were called from the beginning to the verdict.
async fn called(setup: &Setup, answer: Answer) -> Result<Vec<usize>, Problem> {
    let page = setup.open("").await?;
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": KEEP_PROGRAM })).await?;
    page.client().goto(&page.site().url()).await?;
    page.wait_until("the program runs", OPEN).await?;
    let click = async |what: &str| {
        page.script(&format!("document.querySelector('{what}').click()")).await?;
        tokio::time::sleep(Duration::from_millis(300)).await;
        Ok::<(), Problem>(())
    };
    if let Ok(to)=std::env::var("STAGES") { let c=page.script(CALLED).await?; std::fs::write(format!("{to}.open"), c.to_string())?; }
    let (check, show) = (".question .button-quiet", ".question .button-primary");
    match answer {
        Answer::Checked => {
            click(check).await?;
            click(".option:nth-of-type(1) input").await?;
            click(".option:nth-of-type(2) input").await?;
            click(check).await?;
        }
        Answer::Shown => {
            click(".option:nth-of-type(2) input").await?;
            if let Ok(to)=std::env::var("STAGES") { let c=page.script(CALLED).await?; std::fs::write(format!("{to}.chosen"), c.to_string())?; }
            click(show).await?;
        }
    }
    let begun = Instant::now();
    while let Err(problem) = page.wait_until("the verdict is there", PLAYED).await {
        if begun.elapsed() > PLAYING_MAX {
            return Err(problem);
        }
    }
    // What it comes to rest with is part of it.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let called = page.script(CALLED).await?;
    Ok(called.as_array().into_iter().flatten().filter_map(|function| usize::try_from(function.as_u64()?).ok()).collect())
}

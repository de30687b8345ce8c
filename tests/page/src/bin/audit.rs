//! Runs axe-core on the built page as each visitor sees it: `cargo xtask audit` installs axe-core and starts this.

use std::path::Path;
use std::process::ExitCode;

use page_tests::{Page, Problem, Setup, Value};

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let outcome = runtime.map_err(Problem::from).and_then(|runtime| runtime.block_on(audit()));
    match outcome {
        Ok(0) => ExitCode::SUCCESS,
        Ok(count) => {
            eprintln!("error: {count} violations");
            ExitCode::FAILURE
        }
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// How many violations there are, over all visitors.
async fn audit() -> Result<usize, Problem> {
    let path = std::env::args().nth(1).ok_or_else(|| Problem::new("the path of axe.min.js is missing: `cargo xtask audit` knows it"))?;
    let axe = std::fs::read_to_string(Path::new(&path)).map_err(|error| Problem::new(format!("{path} cannot be read: {error}")))?;
    let mut count = 0;
    for language in ["en", "zh"] {
        for is_dark in [false, true] {
            for (width, setup) in [("wide", Setup::wide()), ("narrow", Setup::narrow())] {
                let setup = if is_dark { setup.dark() } else { setup };
                let page = setup.open(&format!("?lang={language}")).await?;
                // Whatever moves in at first has come to rest, and colours are what they will be.
                tokio::time::sleep(std::time::Duration::from_secs(1)).await;
                let violations = violations(&page, &axe).await?;
                println!("{language}, {}, {width}: {} violations", if is_dark { "dark" } else { "light" }, violations.len());
                violations.iter().for_each(|violation| println!("  {violation}"));
                count += violations.len();
            }
        }
    }
    Ok(count)
}

async fn violations(page: &Page, axe: &str) -> Result<Vec<String>, Problem> {
    page.script(axe).await?;
    let script = "const done = arguments[arguments.length - 1]; \
                  axe.run().then(r => done(r.violations), e => done(String(e)))";
    let answer = page.client().execute_async(script, Vec::new()).await?;
    let found = answer.as_array().ok_or_else(|| Problem::new(format!("axe-core failed: {answer}")))?;
    let text = |value: &Value, field: &str| value.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(found
        .iter()
        .map(|violation| {
            let nodes = violation.get("nodes").and_then(Value::as_array).into_iter().flatten();
            let nodes: Vec<String> = nodes
                .map(|node| format!("\n    {}\n      {}", text(node, "html"), text(node, "failureSummary").replace('\n', "\n      ")))
                .collect();
            format!("{} ({}): {}{}", text(violation, "id"), text(violation, "impact"), text(violation, "help"), nodes.concat())
        })
        .collect())
}

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

/// What a visitor comes to on the unfolded page: its name, and the script that leads there from the state before it.
const STATES: [(&str, &str); 11] = [
    ("late", ""),
    ("record", "document.querySelector('.witness-couchdb button.document-main, .witness-elasticsearch button.document-main').click()"),
    ("node", "document.querySelector('.node-controller [role=button]').dispatchEvent(new MouseEvent('click', { bubbles: true }))"),
    ("simplifications", "document.querySelectorAll('header [aria-haspopup=dialog]')[0].click()"),
    ("glossary", "document.querySelectorAll('header [aria-haspopup=dialog]')[1].click()"),
    ("shortcuts", "document.querySelectorAll('header [aria-haspopup=dialog]')[2].click()"),
    ("invoke", "document.querySelector('.transport [aria-haspopup=dialog]').click()"),
    ("break something", "document.querySelector('.button-break').click()"),
    (
        "terminal",
        "const field = document.querySelector('#shell-field');
         for (const line of ['help', 'wsk nonsense', 'wsk activation list']) { field.value = line; field.form.requestSubmit(); }",
    ),
    ("link", "document.querySelector('.link-reach[data-link]').dispatchEvent(new MouseEvent('click', { bubbles: true }))"),
    ("broken link", "document.querySelector('.break-form [type=submit]').click()"),
];

/// How many violations there are, over all visitors and all that they come to.
async fn audit() -> Result<usize, Problem> {
    let path = std::env::args().nth(1).ok_or_else(|| Problem::new("the path of axe.min.js is missing: `cargo xtask audit` knows it"))?;
    let axe = std::fs::read_to_string(Path::new(&path)).map_err(|error| Problem::new(format!("{path} cannot be read: {error}")))?;
    let mut count = 0;
    for language in ["en", "zh"] {
        for is_dark in [false, true] {
            for (width, setup) in [("wide", Setup::wide as fn() -> Setup), ("narrow", Setup::narrow)] {
                let theme = if is_dark { "dark" } else { "light" };
                let setup = || if is_dark { setup().dark() } else { setup() };
                let visitor = format!("{language}, {theme}, {width}");
                let page = setup().open(&format!("?lang={language}")).await?;
                count += audited(&page, &axe, &format!("{visitor}, opening")).await?;
                for store in ["couchdb", "elasticsearch"] {
                    let query = format!("?lesson=only-design-docs&t=17600&lang={language}&store={store}");
                    let page = setup().open(&query).await?;
                    page.wait_until("the program runs", "return document.querySelector('.transport')").await?;
                    for (state, script) in STATES {
                        page.script("document.querySelector('dialog[open]')?.close()").await?;
                        page.wait_until("no dialog is open", "return !document.querySelector('dialog')").await?;
                        page.script(script).await?;
                        count += audited(&page, &axe, &format!("{visitor}, {store}, {state}")).await?;
                    }
                }
            }
        }
    }
    Ok(count)
}

/// How many violations there are in what the page shows. It says which.
async fn audited(page: &Page, axe: &str, what: &str) -> Result<usize, Problem> {
    // Whatever moves in at first has come to rest, and colours are what they will be.
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let violations = violations(page, axe).await?;
    println!("{what}: {} violations", violations.len());
    violations.iter().for_each(|violation| println!("  {violation}"));
    Ok(violations.len())
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

//! Measures the built page in the browser: how soon the first answer can be clicked, and what a frame takes of the main thread while messages
//! travel. `cargo run -p page-tests --bin measure`, after `cargo xtask build`. It prints and never judges: machines differ.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use page_tests::{Page, Problem, Setup, Value, dist, json};

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    match runtime.map_err(Problem::from).and_then(|runtime| runtime.block_on(measure())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

async fn measure() -> Result<(), Problem> {
    let page = Setup::wide().open("").await?;
    page.wait_until("the program runs", "return performance.getEntriesByName('first-answer').length > 0").await?;
    let first = number(&page.script("return performance.getEntriesByName('first-answer')[0].startTime").await?);
    println!("the first answer can be clicked after {first:.0} ms, unthrottled, from this machine");
    throttled().await?;
    for messages in [200, 1_000] {
        frames(messages).await?;
    }
    Ok(())
}

/// Lighthouse's mobile settings under `--throttling-method=devtools` (`lighthouse/core/config/constants.js`, `mobileSlow4G`): 1.6 Mbit/s
/// less a tenth, 150 ms a round trip, which the protocol's latency a request stands for 3.75 times over, and a fourth of the processor.
async fn throttled() -> Result<(), Problem> {
    const LATENCY_MS: f64 = 562.5;
    const DOWN_BYTES_S: f64 = 1_474_560.0 / 8.0;
    const UP_BYTES_S: f64 = 675_000.0 / 8.0;
    let setup = Setup::narrow();
    let site = setup.site()?;
    site.compress();
    let page = setup.open_on(site, "").await?;
    let network = json!({ "offline": false, "latency": LATENCY_MS, "downloadThroughput": DOWN_BYTES_S, "uploadThroughput": UP_BYTES_S });
    page.cdp("Network.enable", json!({})).await?;
    page.cdp("Network.emulateNetworkConditions", network).await?;
    page.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await?;
    page.client().refresh().await?;
    let begun = Instant::now();
    let there = "return performance.getEntriesByName('first-answer').length > 0";
    while page.script(there).await? != Value::Bool(true) {
        if begun.elapsed() > Duration::from_secs(30) {
            return Err(Problem::new("the first answer cannot be clicked within 30 s"));
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let first = number(&page.script("return performance.getEntriesByName('first-answer')[0].startTime").await?);
    let largest = "return new Promise((found) => new PerformanceObserver((list) => found(list.getEntries().at(-1).startTime))
        .observe({ type: 'largest-contentful-paint', buffered: true }))";
    let largest = number(&page.script(largest).await?);
    println!("throttled as Lighthouse does for a phone: largest contentful paint {largest:.0} ms, first answer {first:.0} ms");
    Ok(())
}

/// Plays an instant at which so many requests travel at once, so slowly that they go on travelling.
async fn frames(messages: u32) -> Result<(), Problem> {
    let mut lesson: Value = serde_json::from_str(&std::fs::read_to_string(dist()?.join("lessons/only-design-docs.json"))?)?;
    let configuration = json!({
        "store": "elasticsearch", "controllers": 2, "invokers": 10, "userMemoryMb": 16 * 256, "invocationsPerMinute": "none", "invocationsConcurrent": "none",
    });
    if let Some(place) = lesson.get_mut("configuration") {
        *place = configuration;
    }
    if let Some(commands) = lesson.get_mut("commands").and_then(Value::as_array_mut) {
        commands.push(json!({ "at": 18_000, "run": "wsk action invoke hello", "label": "many", "count": messages, "gapMs": 0 }));
    }
    let setup = Setup::wide();
    let site = setup.site()?;
    site.answer("only-design-docs.json", &lesson.to_string());
    let page = setup.open_on(site, "?lesson=only-design-docs&t=18000.5").await?;
    page.wait_until("the transport is there", "return document.querySelector('.transport')").await?;
    // Not found by their names: a browser that has been asked for those once keeps them up to date from then on, at each frame.
    page.script("document.querySelector('input[name=pace][value=clock]').click()").await?;
    page.script("document.querySelector('input[name=speed]').click()").await?;
    page.cdp("Performance.enable", json!({})).await?;
    page.script("window.frames_seen = 0; const count = () => { window.frames_seen += 1; requestAnimationFrame(count) }; requestAnimationFrame(count)").await?;
    page.script("document.querySelector('.button-play').click()").await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let before = sample(&page).await?;
    tokio::time::sleep(Duration::from_secs(4)).await;
    let after = sample(&page).await?;
    let frames = after.frames - before.frames;
    let each = |of: fn(&Sample) -> f64| (of(&after) - of(&before)) * 1_000.0 / frames;
    println!(
        "{messages} messages under way, {frames:.0} frames: {:.2} ms of the main thread a frame, {:.2} of them script",
        each(|it| it.task_s),
        each(|it| it.script_s)
    );
    Ok(())
}

struct Sample {
    frames: f64,
    task_s: f64,
    script_s: f64,
}

/// The browser's own accounts.
async fn sample(page: &Page) -> Result<Sample, Problem> {
    let metrics = page.cdp("Performance.getMetrics", json!({})).await?;
    let find = |name: &str| {
        let metrics = metrics.get("metrics").and_then(Value::as_array).into_iter().flatten();
        let is_it = |it: &&Value| it.get("name").and_then(Value::as_str) == Some(name);
        number(metrics.filter(is_it).find_map(|it| it.get("value")).unwrap_or(&Value::Null))
    };
    Ok(Sample {
        frames: number(&page.script("return window.frames_seen").await?),
        task_s: find("TaskDuration"),
        script_s: find("ScriptDuration"),
    })
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

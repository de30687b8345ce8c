//! The harness itself, on a small page that complains when it is told to: a check that cannot fail proves nothing.

use std::path::Path;
use std::time::{Duration, Instant};

use page_tests::fantoccini::key::Key;
use page_tests::{Find, Page, Problem, Report, Setup, TestResult, json};

fn setup() -> Setup {
    Setup::wide().folder(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/harness"))
}

async fn reports_after(control: &str) -> Result<(Vec<Report>, Page), Problem> {
    let page = setup().open("").await?;
    page.no_reports().await?;
    page.button(control).await?.click().await?;
    let begun = Instant::now();
    while page.reports().await?.is_empty() && begun.elapsed() < Duration::from_secs(3) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok((page.reports().await?, page))
}

#[tokio::test]
async fn an_uncaught_error_is_reported() -> TestResult {
    let (reports, page) = reports_after("Throw").await?;
    assert!(matches!(&reports[..], [Report::Error(text)] if text.contains("on purpose")), "{reports:?}");
    assert!(page.no_reports().await.is_err());
    Ok(())
}

#[tokio::test]
async fn what_the_policy_stops_is_reported() -> TestResult {
    let (reports, page) = reports_after("Violate").await?;
    assert!(reports.iter().any(|report| matches!(report, Report::Policy(_))), "{reports:?}");
    assert!(page.no_reports().await.is_err());
    Ok(())
}

#[tokio::test]
async fn a_request_to_another_origin_is_reported() -> TestResult {
    let (_, page) = reports_after("Leave").await?;
    page.status().await?.wait_for_text("left").await?;
    let reports = page.reports().await?;
    assert!(reports.contains(&Report::Foreign("http://127.0.0.1:9/elsewhere".to_owned())), "{reports:?}");
    Ok(())
}

#[tokio::test]
async fn parts_are_found_by_role_and_name_inside_of_others() -> TestResult {
    let page = setup().open("").await?;
    let verdict = page.region("Verdict").await?;
    verdict.button("Play").await?.click().await?;
    assert!(verdict.button("Play").await?.has_focus().await?);
    assert!(!page.region("Stage").await?.button("Play").await?.has_focus().await?);
    assert!(!page.accessibility_tree().await?.contains("hidden words"));
    assert!(page.document().await?.contains("hidden words"));

    let ambiguous = page.button("Play").await.err().map(|problem| problem.to_string()).unwrap_or_default();
    assert!(ambiguous.contains("there are 2") && ambiguous.contains("\"Throw\""), "{ambiguous}");
    Ok(())
}

#[tokio::test]
async fn controls_are_used_as_a_person_would() -> TestResult {
    let page = setup().open("").await?;
    assert!(page.radio("Theme", "Light").await?.is_on().await?);
    page.radio("Theme", "Dark").await?.click().await?;
    assert!(page.radio("Theme", "Dark").await?.is_on().await?);
    let time = page.slider("Time").await?;
    time.press(&Key::Right.to_string()).await?;
    assert_eq!(time.property("value").await?.as_deref(), Some("4"));
    Ok(())
}

#[tokio::test]
async fn a_site_can_be_cut_off_and_made_to_fail() -> TestResult {
    let page = setup().open("").await?;
    let (fetch, status) = (page.button("Fetch").await?, page.status().await?);
    fetch.click().await?;
    status.wait_for_text("answer 200").await?;
    assert_eq!(page.site().requests(), ["", "script.js", "data.json"]);
    page.site().fail("data", 503);
    fetch.click().await?;
    status.wait_for_text("answer 503").await?;
    page.site().cut();
    fetch.click().await?;
    status.wait_for_text("cut off").await?;
    Ok(())
}

#[tokio::test]
async fn the_visitor_is_as_the_setup_says() -> TestResult {
    let script = "return [innerWidth, innerHeight, matchMedia('(prefers-color-scheme: dark)').matches, \
                  matchMedia('(prefers-reduced-motion: reduce)').matches, navigator.language, matchMedia('(pointer: coarse)').matches]";
    let page = setup().open("").await?;
    assert_eq!(page.script(script).await?, json!([1280, 720, false, false, "en-US", false]));
    drop(page);
    let narrow = Setup::narrow().dark().reduced_motion().language("zh-CN");
    let page = narrow.folder(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/harness")).open("").await?;
    assert_eq!(page.script(script).await?, json!([360, 740, true, true, "zh-CN", true]));
    Ok(())
}

#[tokio::test]
async fn a_page_opens_without_scripts_and_from_a_file() -> TestResult {
    let page = setup().without_scripts().open("").await?;
    assert!(page.accessibility_tree().await?.contains("No scripts here."));
    drop(page);
    let page = setup().from_file().open("?t=1").await?;
    assert!(page.address().await?.starts_with("file://") && page.address().await?.ends_with("?t=1"));
    page.region("Verdict").await?;
    Ok(())
}

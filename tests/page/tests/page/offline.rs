//! Nothing leaves the page's origin, and once it is loaded it needs no network.

use page_tests::{Find, Page, Report, Setup, TestResult};

use crate::support::{LATE, choose, open, open_wide, option, region_says, wait_long};

/// What can be done with what is loaded.
async fn tour(page: &Page) -> TestResult {
    page.button("Play").await?.click().await?;
    page.button("Pause").await?.click().await?;
    page.button("Step back").await?.click().await?;
    choose(page, "Activation store", "CouchDB").await?;
    choose(page, "Activation store", "Elasticsearch").await?;
    page.button("Invoke").await?.click().await?;
    page.dialog("Invoke an action").await?.button("Send").await?.click().await?;
    wait_long(
        page,
        "its record is searchable",
        "return document.querySelector('[aria-label=Verdict]').innerText.includes('Elasticsearch 4')",
    )
    .await?;
    for opener in ["How is this simplified?", "Glossary"] {
        if page.has(&["button"], Some("Pause")).await? {
            page.button("Pause").await?.click().await?;
        }
        page.button(opener).await?.click().await?;
        page.find(&["dialog"], None).await?.button("Close").await?.click().await?;
    }
    choose(page, "Theme", "dark").await?;
    choose(page, "Language", "中文").await?;
    page.slider("时间").await?;
    choose(page, "语言", "English").await
}

#[tokio::test]
async fn a_full_tour_makes_no_foreign_request_and_breaks_no_policy() -> TestResult {
    let page = open(Setup::wide().under("/a/very/deep/path/"), "").await?;
    option(&page, "In Elasticsearch").await?.click().await?;
    page.button("Show me").await?.click().await?;
    region_says(&page, "Verdict", "Elasticsearch 3").await?;
    page.slider("Time").await?.press(&page_tests::fantoccini::key::Key::PageDown.to_string()).await?;
    tour(&page).await?;
    let choice = page.find(&["combobox", "listbox"], Some("Choose a lesson")).await?;
    choice.element().select_by_value("list-twice").await?;
    page.region("Lesson").await?.heading("List twice").await?;
    page.no_reports().await
}

#[tokio::test]
async fn the_policy_is_strict() -> TestResult {
    let page = open_wide("").await?;
    let policy = "return document.querySelector('meta[http-equiv=Content-Security-Policy]').content";
    let policy = crate::support::text(&page.script(policy).await?);
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'") && policy.contains("'wasm-unsafe-eval'"), "{policy}");
    Ok(())
}

#[tokio::test]
async fn with_the_network_cut_everything_but_an_unloaded_lesson_works() -> TestResult {
    let page = open_wide(LATE).await?;
    page.slider("Time").await?;
    page.site().cut();
    tour(&page).await?;
    page.no_reports().await?;

    let choice = page.find(&["combobox", "listbox"], Some("Choose a lesson")).await?;
    choice.element().select_by_value("list-twice").await?;
    page.wait_until("it says so", "return document.body.innerText.includes('could not be opened')").await?;
    let told = page.reports().await?;
    let uncaught = told.iter().find(|report| match report {
        Report::Error(text) => !text.contains("list-twice.json"),
        Report::Warning(_) => false,
        Report::Policy(_) | Report::Foreign(_) => true,
    });
    assert_eq!(uncaught, None);
    // The page is alive.
    page.button("Step back").await?.click().await?;
    page.site().restore();
    let choice = page.find(&["combobox", "listbox"], Some("Choose a lesson")).await?;
    choice.element().select_by_value("only-design-docs").await.ok();
    choice.element().select_by_value("list-twice").await?;
    page.region("Lesson").await?.heading("List twice").await?;
    Ok(())
}

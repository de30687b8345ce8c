//! The switch: the same run with every process bound to the other store.

use page_tests::{Find, TestResult};

use crate::support::{LATE, choose, items_of, moment, open_wide, place, region_says, region_text};

#[tokio::test]
async fn the_switch_keeps_the_instant_the_selection_the_pace_and_the_language() -> TestResult {
    let page = open_wide(LATE).await?;
    choose(&page, "Pace", "Clock").await?;
    let node = "return document.querySelector('[aria-label=Stage] [role=button][aria-pressed=true]')?.dataset.node ?? null";
    page.region("Stage").await?.all(&["button"], None).await?.remove(1).click().await?;
    page.wait_until("a node is selected", node).await?;
    let selected = page.script(node).await?;
    let before = moment(&page).await?;
    assert!(page.radio("Activation store", "Elasticsearch").await?.is_on().await?);

    choose(&page, "Activation store", "CouchDB").await?;
    assert!(!page.radio("Activation store", "Elasticsearch").await?.is_on().await?);
    let time = |moment: &str| moment.split(". ").next().map(str::to_owned);
    assert_eq!(time(&moment(&page).await?), time(&before));
    assert_eq!(page.script(node).await?, selected);
    assert!(page.radio("Pace", "Clock").await?.is_on().await?);
    assert_eq!(page.script("return document.documentElement.lang").await?, "en");
    page.no_reports().await
}

#[tokio::test]
async fn the_switch_moves_the_records_to_the_other_witness() -> TestResult {
    let page = open_wide(LATE).await?;
    assert_eq!(items_of(&page, "What CouchDB holds").await?.len(), 5, "the five design documents and nothing else");
    assert_eq!(items_of(&page, "What Elasticsearch holds").await?.len(), 3);
    choose(&page, "Activation store", "CouchDB").await?;
    region_says(&page, "Verdict", "CouchDB 3 + 5 design documents").await?;
    region_says(&page, "What Elasticsearch holds", "no index").await?;
    assert_eq!(items_of(&page, "What CouchDB holds").await?.len(), 8);
    assert_eq!(items_of(&page, "What Elasticsearch holds").await?.len(), 0);
    choose(&page, "Activation store", "Elasticsearch").await?;
    region_says(&page, "Verdict", "Elasticsearch 3").await?;
    assert_eq!(items_of(&page, "What CouchDB holds").await?.len(), 5);
    Ok(())
}

#[tokio::test]
async fn a_link_opens_in_a_stores_world() -> TestResult {
    let page = open_wide(&format!("{LATE}&store=couchdb")).await?;
    assert!(page.radio("Activation store", "CouchDB").await?.is_on().await?);
    region_says(&page, "Verdict", "CouchDB 3 + 5 design documents").await?;
    region_says(&page, "Verdict", "Elasticsearch 0").await
}

#[tokio::test]
async fn the_switch_while_playing_plays_on() -> TestResult {
    let page = open_wide("?lesson=only-design-docs&t=12000").await?;
    let opened = page.has(&["button"], Some("Show me")).await?;
    if opened {
        page.button("Show me").await?.click().await?;
        region_says(&page, "Verdict", "Elasticsearch 3").await?;
    }
    page.button("Play").await?.click().await?;
    choose(&page, "Activation store", "CouchDB").await?;
    page.button("Pause").await?.click().await?;
    let rest = place(&page).await?;
    choose(&page, "Activation store", "Elasticsearch").await?;
    assert_ne!(rest, "0");
    assert!(!region_text(&page, "Verdict").await?.is_empty());
    page.no_reports().await
}

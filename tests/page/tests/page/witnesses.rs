//! Three witnesses of the same instant.

use page_tests::{Find, TestResult};

use crate::support::{LATE, choose, ids_in, items_of, moment, open_wide, region_says, region_text};

const WITNESSES: [&str; 3] = ["What the CLI shows", "What CouchDB holds", "What Elasticsearch holds"];

#[tokio::test]
async fn each_document_and_activation_is_an_item_with_its_full_id() -> TestResult {
    let page = open_wide(LATE).await?;
    let mut ids = Vec::new();
    for witness in WITNESSES {
        let items = items_of(&page, witness).await?;
        assert!(!items.is_empty(), "{witness} has no items");
        for item in &items {
            assert!(!ids_in(item).is_empty() || item.contains("_design/"), "an item of {witness} has no full id: {item}");
        }
        let mut found: Vec<String> = items.iter().flat_map(|item| ids_in(item)).collect();
        found.sort();
        found.dedup();
        ids.push(found);
    }
    let [cli, couchdb, elasticsearch] = ids.try_into().unwrap_or_default();
    assert_eq!(cli.len(), 3);
    assert_eq!(couchdb, Vec::<String>::new());
    assert_eq!(elasticsearch, cli);
    Ok(())
}

#[tokio::test]
async fn couchdb_returns_its_design_documents_in_their_real_order() -> TestResult {
    let page = open_wide(LATE).await?;
    let items = items_of(&page, "What CouchDB holds").await?;
    let ids: Vec<&str> = items.iter().filter_map(|item| item.split_whitespace().find(|word| word.starts_with("_design/"))).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    assert_eq!(ids.len(), 5);
    assert_eq!(ids, sorted);
    Ok(())
}

#[tokio::test]
async fn health_records_hide_behind_their_count() -> TestResult {
    let page = open_wide(LATE).await?;
    let region = page.region("What Elasticsearch holds").await?;
    let before = items_of(&page, "What Elasticsearch holds").await?.len();
    region.wait_for_text("4 health records").await?;
    let toggle = region.find(&["button", "DisclosureTriangle"], Some("+ 4 health records")).await?;
    toggle.click().await?;
    page.wait_until("they are listed", &format!(
        "return [...document.querySelectorAll('[aria-label=\"What Elasticsearch holds\"] li')].filter(i => i.checkVisibility()).length >= {}",
        before + 4
    ))
    .await
}

#[tokio::test]
async fn the_cli_says_what_it_would_show_now_and_why_not() -> TestResult {
    // In CouchDB's world, before anyone has listed: the records are stored, and the view's index does not have them yet.
    let page = open_wide(&format!("{LATE}&store=couchdb")).await?;
    let time = page.slider("Time").await?;
    for _ in 0..60 {
        if moment(&page).await?.starts_with("12.") {
            break;
        }
        time.press(&page_tests::fantoccini::key::Key::Left.to_string()).await?;
    }
    region_says(&page, "What the CLI shows", "list now: no · get now: yes").await?;
    region_says(&page, "What the CLI shows", "the view is stale").await
}

#[tokio::test]
async fn ask_again_sends_a_real_list() -> TestResult {
    let page = open_wide(LATE).await?;
    let before = moment(&page).await?;
    page.region("What the CLI shows").await?.button("Ask again").await?.click().await?;
    // It is an exchange of the run: time passes until its answer is there, and it can be taken back.
    page.wait_until("time passes", &format!("return document.querySelector('input[type=range]').ariaValueText !== {before:?}")).await?;
    region_says(&page, "What the CLI shows", "answered").await?;
    page.button("Undo").await?.click().await?;
    crate::support::moment_begins(&page, "17.600 s").await
}

#[tokio::test]
async fn looking_at_a_witness_changes_nothing() -> TestResult {
    let page = open_wide(&format!("{LATE}&store=couchdb")).await?;
    let before = region_text(&page, "What CouchDB holds").await?;
    choose(&page, "Language", "中文").await?;
    choose(&page, "语言", "English").await?;
    assert_eq!(region_text(&page, "What CouchDB holds").await?, before);
    Ok(())
}

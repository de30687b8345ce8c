//! Three witnesses of the same instant.

use page_tests::fantoccini::key::Key;
use page_tests::{Find, Page, Problem, Setup, TestResult, json};

use crate::support::{LATE, choose, ids_in, items_of, moment, open_wide, quoted, region_says, region_text, runs, wait_long};

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

/// In CouchDB's world, before anyone has listed: the records are stored, and the view's index does not have them yet.
async fn open_behind() -> Result<Page, Problem> {
    let page = open_wide(&format!("{LATE}&store=couchdb")).await?;
    let time = page.slider("Time").await?;
    for _ in 0..60 {
        if moment(&page).await?.starts_with("12.") {
            break;
        }
        time.press(&Key::Left.to_string()).await?;
    }
    region_says(&page, "What the CLI shows", "list now: no · get now: yes").await?;
    Ok(page)
}

#[tokio::test]
async fn the_cli_says_what_it_would_show_now_and_why_not() -> TestResult {
    let page = open_behind().await?;
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
    // And no longer than that.
    wait_long(&page, "it rests", "return document.querySelector('[aria-label=Play]')").await?;
    let rest = moment(&page).await?;
    let seconds: f64 = rest.split(" s").next().and_then(|text| text.parse().ok()).unwrap_or(f64::NAN);
    assert!((17.6..20.0).contains(&seconds), "it rests at {rest}");
    page.button("Undo").await?.click().await?;
    crate::support::moment_begins(&page, "17.600 s").await
}

/// A real list would bring the view up to date: looking at everything there is to see must not.
#[tokio::test]
async fn looking_at_a_witness_changes_nothing() -> TestResult {
    let page = open_behind().await?;
    let (at, before) = (moment(&page).await?, region_text(&page, "What CouchDB holds").await?);
    assert!(before.contains("not in the view’s index yet"), "{before}");
    let region = page.region("What CouchDB holds").await?;
    region.button("+ 4 health records").await?.click().await?;
    for item in ["li:nth-last-child(1)", "li:nth-last-child(3)"] {
        let press = format!("document.querySelector('[aria-label=\"What CouchDB holds\"] {item} .document-main').click()");
        page.script(&press).await?;
        for tab in ["REST", "CouchDB document", "Elasticsearch document", "Life"] {
            page.region("Inspector").await?.find(&["tab"], Some(tab)).await?.click().await?;
        }
        page.script(&press).await?;
    }
    region.button("Hide health records").await?.click().await?;
    choose(&page, "Language", "中文").await?;
    choose(&page, "语言", "English").await?;
    page.button("Step back").await?.click().await?;
    page.button("Step forward").await?.click().await?;
    assert_eq!(moment(&page).await?, at);
    assert_eq!(region_text(&page, "What CouchDB holds").await?, before);
    region_says(&page, "What the CLI shows", "list now: no · get now: yes").await?;
    page.no_reports().await
}

/// Serves a lesson in which the controller reads another store than the one that the invokers write to.
#[tokio::test]
async fn where_bindings_differ_neither_store_is_checked_and_words_say_who_is_bound_to_what() -> TestResult {
    let lesson = include_str!("../../../../lessons/only-design-docs.json");
    let mixed = "{ \"store\": \"elasticsearch\", \"storeOverrides\": [{ \"process\": { \"controller\": 0 }, \"store\": \"couchdb\" }] }";
    let mixed = lesson.replace("{ \"store\": \"elasticsearch\" },\n  \"seed\"", &format!("{mixed},\n  \"seed\""));
    assert_ne!(mixed, lesson);
    let setup = Setup::wide();
    let site = setup.site()?;
    site.answer("lessons/only-design-docs.json", &mixed);
    let page = setup.open_on(site, LATE).await?;
    runs(&page).await?;
    for store in ["CouchDB", "Elasticsearch"] {
        assert!(!page.radio("Activation store", store).await?.is_on().await?, "{store} is checked");
    }
    let said = "Controller 0 is bound to CouchDB; invoker 0 and invoker 1 are bound to Elasticsearch.";
    page.wait_until("it says so", &format!("return document.querySelector('header').innerText.includes({})", quoted(said))).await?;
    choose(&page, "Activation store", "CouchDB").await?;
    page.wait_until("they are bound alike", "return !document.querySelector('header').innerText.includes('is bound to')").await?;
    page.no_reports().await
}

#[tokio::test]
async fn an_id_is_copied_in_full() -> TestResult {
    let page = open_wide(LATE).await?;
    let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
    page.cdp("Browser.grantPermissions", permissions).await?;
    for region in ["What the CLI shows", "What Elasticsearch holds"] {
        let region = page.region(region).await?;
        let copies = region.all(&["button"], None).await?;
        let copy =
            copies.into_iter().find(|button| button.name().starts_with("Copy the id ")).ok_or_else(|| Problem::new("no copy button"))?;
        copy.click().await?;
        page.status().await?.wait_for_text("Copied").await?;
        let read = "const done = arguments[arguments.length - 1]; navigator.clipboard.readText().then(done, error => done(String(error)))";
        let copied = crate::support::text(&page.client().execute_async(read, Vec::new()).await?);
        assert_eq!(copy.name(), format!("Copy the id {copied}"));
        assert_eq!(ids_in(&copied).len(), 1, "{copied}");
    }
    page.no_reports().await
}

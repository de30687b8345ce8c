//! Links: where they open, what is ignored, and how the address follows the page.

use page_tests::{Find, TestResult};

use crate::support::{LATE, UNCOVERED, choose, moment, moment_begins, open_wide, region_says, runs, wait_long};

#[tokio::test]
async fn a_link_past_the_reveal_opens_there_paused_and_uncovered() -> TestResult {
    let page = open_wide("?lesson=list-twice&t=3000000").await?;
    page.region("Lesson").await?.heading("List twice").await?;
    moment_begins(&page, "3000.000 s").await?;
    page.button("Play").await?;
    region_says(&page, "Verdict", "CouchDB 1").await?;
    assert!(!page.document().await?.contains("Predict first"));
    page.no_reports().await
}

#[tokio::test]
async fn a_link_before_the_reveal_keeps_the_question() -> TestResult {
    let page = open_wide("?lesson=list-twice").await?;
    page.region("Lesson").await?.heading("List twice").await?;
    page.button("Show me").await?;
    assert!(!page.has(&["button"], Some("Play")).await? || page.document().await?.contains("Predict first"));
    page.no_reports().await
}

#[tokio::test]
async fn an_instant_has_up_to_three_decimals() -> TestResult {
    let page = open_wide("?lesson=only-design-docs&t=17123.456").await?;
    moment_begins(&page, "17.123 s").await
}

#[tokio::test]
async fn values_without_sense_are_ignored_with_a_notice_each() -> TestResult {
    for (query, said) in [
        ("?t=-1", "t=“-1”"),
        ("?t=1e3", "t=“1e3”"),
        ("?t=1.2345", "t=“1.2345”"),
        ("?t=86400001", "t=“86400001”"),
        ("?store=mongo", "store=“mongo”"),
        ("?lang=xx", "lang=“xx”"),
        ("?lesson=../x", "lesson=“../x”"),
    ] {
        let page = open_wide(query).await?;
        let script = format!("return document.body.innerText.includes({})", crate::support::quoted(said));
        page.wait_until(&format!("{query} is told to be ignored: {said}"), &script).await?;
        page.button("Show me").await?;
        assert!(page.script("return document.body.innerText.includes('ignored')").await? == true, "{query}");
        page.no_reports().await?;
    }
    Ok(())
}

#[tokio::test]
async fn each_value_without_sense_has_a_notice_of_its_own_that_can_be_closed() -> TestResult {
    let page = open_wide("?t=soon&store=mongo&lang=xx&lesson=a%20b").await?;
    page.wait_until("four notices", "return document.body.innerText.split('is ignored').length === 5").await?;
    let close = page.all(&["button"], Some("Dismiss")).await?;
    assert_eq!(close.len(), 4);
    for _ in 0..4 {
        page.all(&["button"], Some("Dismiss")).await?.remove(0).click().await?;
    }
    page.wait_until("they are gone", "return !document.body.innerText.includes('is ignored')").await
}

#[tokio::test]
async fn a_lesson_that_there_is_none_of_opens_the_bundled_one_and_says_so() -> TestResult {
    let page = open_wide("?lesson=no-such-lesson").await?;
    page.wait_until("it says so", "return document.body.innerText.includes('no-such-lesson')").await?;
    page.region("Lesson").await?.heading("Only design docs").await?;
    page.button("Show me").await?.click().await?;
    region_says(&page, "Verdict", "Elasticsearch 3").await
}

#[tokio::test]
async fn the_address_is_replaced_and_leads_back_here() -> TestResult {
    let page = open_wide(UNCOVERED).await?;
    let entries = page.script("return history.length").await?;
    page.button("Next").await?.click().await?;
    page.wait_until("the address follows", "return location.search.includes('t=16000')").await?;
    choose(&page, "Activation store", "CouchDB").await?;
    page.wait_until("the address follows", "return location.search.includes('store=couchdb')").await?;
    page.button("Play").await?.click().await?;
    page.button("Pause").await?.click().await?;
    page.wait_until("the address follows", "return !location.search.includes('t=16000&') && !location.search.endsWith('t=16000')").await?;
    assert_eq!(page.script("return history.length").await?, entries, "an entry was pushed");
    let rest = moment(&page).await?;
    page.client().refresh().await?;
    runs(&page).await?;
    moment_begins(&page, rest.split(". ").next().unwrap_or_default()).await?;
    assert!(page.radio("Activation store", "CouchDB").await?.is_on().await?);
    page.button("Play").await?;
    page.no_reports().await
}

#[tokio::test]
async fn the_address_rests_while_playing() -> TestResult {
    let page = open_wide(UNCOVERED).await?;
    page.script(
        "window.replaced = 0;
         const replace = history.replaceState.bind(history);
         history.replaceState = (...all) => { window.replaced += 1; replace(...all) }",
    )
    .await?;
    page.button("Play").await?.click().await?;
    wait_long(&page, "a beat is reached", "return document.body.innerText.includes('One key decides')").await?;
    let count = page.script("return window.replaced").await?;
    assert!(count.as_u64().is_some_and(|count| count <= 3), "the address was replaced {count} times while playing");
    Ok(())
}

#[tokio::test]
async fn another_lesson_is_chosen_in_place() -> TestResult {
    let page = open_wide(LATE).await?;
    let choice = page.find(&["combobox", "listbox"], Some("Choose a lesson")).await?;
    choice.element().select_by_value("list-twice").await?;
    page.region("Lesson").await?.heading("List twice").await?;
    page.wait_until("the address follows", "return location.search.includes('lesson=list-twice')").await?;
    page.button("Show me").await?;
    page.no_reports().await
}

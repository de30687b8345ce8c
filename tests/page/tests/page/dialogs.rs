//! What lies over the page: simplifications, the glossary and the list of shortcuts.

use page_tests::fantoccini::key::Key;
use page_tests::{Find, TestResult};

use crate::support::{LATE, open_wide};

#[tokio::test]
async fn the_page_tells_how_it_is_simplified_and_what_its_terms_mean() -> TestResult {
    let page = open_wide(LATE).await?;
    for (opener, said) in [("How is this simplified?", "scheduler"), ("Glossary", "invoker")] {
        page.button(opener).await?.click().await?;
        let dialog = page.find(&["dialog"], None).await?;
        assert!(!dialog.name().is_empty(), "the dialog of {opener} has no name");
        dialog.wait_for_text(said).await?;
        page.press(&Key::Escape.to_string()).await?;
        page.wait_until("it is closed", "return !document.querySelector('dialog[open]')").await?;
        assert!(page.button(opener).await?.has_focus().await?);
    }
    page.no_reports().await
}

#[tokio::test]
async fn shortcuts_act_on_the_page_and_never_in_a_field() -> TestResult {
    let page = open_wide(LATE).await?;
    page.region("Stage").await?;
    page.script("document.activeElement.blur()").await?;
    page.press("?").await?;
    let list = page.find(&["dialog"], None).await?;
    for what in ["play or pause", "next step", "invoke an action", "switch the store"] {
        list.wait_for_text(what).await?;
    }
    page.press(&Key::Escape.to_string()).await?;
    page.wait_until("it is closed", "return !document.querySelector('dialog[open]')").await?;
    page.press("i").await?;
    let dialog = page.dialog("Invoke an action").await?;
    let count = dialog.find(&["textbox", "spinbutton"], Some("How many")).await?;
    count.press("sliu?").await?;
    assert!(page.has(&["dialog"], Some("Invoke an action")).await?);
    page.press(&Key::Escape.to_string()).await?;
    page.wait_until("it is closed", "return !document.querySelector('dialog[open]')").await?;
    assert!(page.radio("Activation store", "Elasticsearch").await?.is_on().await?, "`s` switched the store from within a field");
    page.press("s").await?;
    page.wait_until("`s` switches", "return document.querySelector('[aria-label=\"Activation store\"] input').checked").await?;
    Ok(())
}

#[tokio::test]
async fn shortcuts_are_turned_off_for_good() -> TestResult {
    let page = open_wide(LATE).await?;
    page.press("?").await?;
    let list = page.find(&["dialog"], None).await?;
    let switch = list.find(&["checkbox", "switch"], Some("Keyboard shortcuts on")).await?;
    assert!(switch.is_on().await?);
    switch.click().await?;
    page.press(&Key::Escape.to_string()).await?;
    page.wait_until("it is closed", "return !document.querySelector('dialog[open]')").await?;
    for key in ["i", "?", "s"] {
        page.press(key).await?;
    }
    assert!(!page.has(&["dialog"], None).await?);
    assert!(page.radio("Activation store", "Elasticsearch").await?.is_on().await?);
    page.client().refresh().await?;
    crate::support::runs(&page).await?;
    page.button("Invoke").await?;
    page.press("i").await?;
    assert!(!page.has(&["dialog"], None).await?, "they are on again after a reload");
    Ok(())
}

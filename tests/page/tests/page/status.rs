//! The one line that speaks.

use std::time::Duration;

use page_tests::{Find, TestResult};

use crate::support::{LATE, UNCOVERED, moment, open_wide, wait_long};

#[tokio::test]
async fn there_is_one_status_line_whatever_is_open() -> TestResult {
    let page = open_wide(UNCOVERED).await?;
    let count =
        "return document.querySelectorAll(':is([role=status], [role=alert], [role=log], [aria-live], output):not([aria-live=off])').length";
    assert_eq!(page.script(count).await?, 1);
    page.button("Invoke").await?.click().await?;
    page.dialog("Invoke an action").await?;
    assert_eq!(page.script(count).await?, 1);
    Ok(())
}

#[tokio::test]
async fn it_speaks_on_a_step_and_a_pause() -> TestResult {
    let page = open_wide(UNCOVERED).await?;
    let status = page.status().await?;
    page.button("Step back").await?.click().await?;
    let said = moment(&page).await?;
    let sentence = said.split_once(". ").map(|(_, sentence)| sentence).unwrap_or_default();
    status.wait_for_text(sentence).await?;
    page.button("Play").await?.click().await?;
    page.button("Pause").await?.click().await?;
    page.button("Play").await?;
    // Where it rests now, which is later.
    let said = moment(&page).await?;
    status.wait_for_text(said.split(". ").next().unwrap_or_default()).await?;
    Ok(())
}

/// Ten seconds of the visitor's own, which no machine can make fewer changes of than the page makes.
#[tokio::test]
async fn ten_seconds_of_play_with_a_burst_of_fifty_change_it_five_times_at_most() -> TestResult {
    let page = open_wide(LATE).await?;
    page.button("Invoke").await?.click().await?;
    let dialog = page.dialog("Invoke an action").await?;
    let count = dialog.find(&["textbox", "spinbutton"], Some("How many")).await?;
    count.element().clear().await?;
    count.press("50").await?;
    page.script(
        "const status = document.querySelector('[role=status]');
         window.said = [];
         new MutationObserver(() => window.said.push(status.textContent))
             .observe(status, { subtree: true, childList: true, characterData: true })",
    )
    .await?;
    dialog.button("Send").await?.click().await?;
    let before = moment(&page).await?;
    tokio::time::sleep(Duration::from_secs(10)).await;
    assert_ne!(moment(&page).await?, before, "it does not play");
    let said = page.script("return window.said").await?;
    let count = said.as_array().map_or(0, Vec::len);
    assert!((1..=5).contains(&count), "{count} changes: {said}");
    page.no_reports().await
}

/// What is shown is no answer to the command that was given before.
#[tokio::test]
async fn show_me_after_a_command_does_not_end_in_that_commands_answer() -> TestResult {
    let page = open_wide("?lesson=only-design-docs&t=14000").await?;
    page.button("List").await?.click().await?;
    page.button("Show me").await?.click().await?;
    wait_long(&page, "it rests", "return document.querySelector('[aria-label=Play]')").await?;
    let said = page.status().await?.text().await?;
    assert!(!said.starts_with("wsk activation list"), "{said}");
    page.no_reports().await
}

//! Commands of the visitor's own.

use page_tests::fantoccini::key::Key;
use page_tests::{Find, Page, Part, Problem, TestResult};

use crate::support::{LATE, UNCOVERED, items_of, moment_begins, open_wide, region_says, wait_long};

async fn invoke_dialog(page: &Page) -> Result<Part<'_>, Problem> {
    page.button("Invoke").await?.click().await?;
    page.dialog("Invoke an action").await
}

async fn how_many<'page>(dialog: &'page Part<'page>, text: &str) -> Result<Part<'page>, Problem> {
    let count = dialog.find(&["textbox", "spinbutton"], Some("How many")).await?;
    count.element().clear().await?;
    count.press(text).await?;
    Ok(count)
}

/// A command has been played out, and the status line says what it came to.
async fn says_its_answer(page: &Page, answer: &str) -> TestResult {
    let script = format!("return document.querySelector('[role=status]').textContent.startsWith({})", crate::support::quoted(answer));
    wait_long(page, &format!("the status line says “{answer}”"), &script).await?;
    page.button("Play").await.map(drop)
}

#[tokio::test]
async fn a_burst_of_three_leaves_three_records_more() -> TestResult {
    let page = open_wide(LATE).await?;
    let dialog = invoke_dialog(&page).await?;
    for action in ["hello", "slow", "refuse", "broken", "report"] {
        let radios = dialog.all(&["radio"], None).await?;
        assert!(radios.iter().any(|radio| radio.name().contains(action)), "there is no action {action}");
    }
    how_many(&dialog, "3").await?;
    dialog.button("Send").await?.click().await?;
    assert!(!page.has(&["dialog"], Some("Invoke an action")).await?);
    wait_long(
        &page,
        "six records are searchable",
        "return document.querySelector('[aria-label=Verdict]').innerText.includes('Elasticsearch 6')",
    )
    .await?;
    assert_eq!(items_of(&page, "What Elasticsearch holds").await?.len(), 6);
    page.no_reports().await
}

#[tokio::test]
async fn a_count_out_of_range_is_refused_and_nothing_is_lost() -> TestResult {
    let page = open_wide(LATE).await?;
    let dialog = invoke_dialog(&page).await?;
    dialog.all(&["radio"], None).await?.remove(1).click().await?;
    for (typed, said) in [("0", "0"), ("1000000", "1000000"), ("-3", "-3"), ("many", "many")] {
        let count = how_many(&dialog, typed).await?;
        dialog.button("Send").await?.click().await?;
        let text = dialog.wait_for_text("from 1 to").await?.replace(['\u{202f}', '\u{a0}', ' '], "");
        assert!(text.contains("Howmany") && text.contains(said), "{text}");
        assert_eq!(count.property("value").await?.as_deref(), Some(typed));
        assert_eq!(count.attribute("aria-invalid").await?.as_deref(), Some("true"));
    }
    assert!(dialog.all(&["radio"], None).await?.remove(1).is_on().await?);
    moment_begins(&page, "17.600 s").await
}

#[tokio::test]
async fn list_sends_the_real_command() -> TestResult {
    let page = open_wide(LATE).await?;
    // The lesson's two lists, told by their sentences.
    let lists = "return [...document.querySelectorAll('#step-list .step')]
        .filter(step => step.innerText.includes('wsk asks controller 0') && step.innerText.includes('list')).length";
    let before = page.script(lists).await?;
    page.button("List").await?.click().await?;
    says_its_answer(&page, "wsk activation list: 200, after").await?;
    assert_eq!((before.as_u64(), page.script(lists).await?.as_u64()), (Some(2), Some(3)));
    page.button("Undo").await?;
    page.no_reports().await
}

#[tokio::test]
async fn get_says_what_it_needs_and_then_sends_the_real_command() -> TestResult {
    let page = open_wide(LATE).await?;
    page.button("Get").await?.click().await?;
    page.status().await?.wait_for_text("Select an activation first.").await?;
    // Any control of a witness's item selects its activation.
    let selects = "
        const items = [...document.querySelectorAll('[aria-label=\"What Elasticsearch holds\"] li')];
        const controls = items.flatMap(item => [...item.querySelectorAll('button, [role=button], a')]);
        const control = controls.find(control => !/copy/i.test(control.innerText + control.ariaLabel + control.title));
        if (control) control.click();
        return control !== undefined";
    assert_eq!(page.script(selects).await?, true, "nothing in an item can be pressed");
    page.button("Get").await?.click().await?;
    says_its_answer(&page, "wsk activation get: 200, after").await?;
    page.button("Undo").await?.click().await?;
    moment_begins(&page, "17.600 s").await?;
    assert!(!page.has(&["button"], Some("Undo")).await?);
    page.no_reports().await
}

#[tokio::test]
async fn a_command_in_the_past_begins_a_new_run_and_undo_brings_the_old_one_back() -> TestResult {
    let page = open_wide(UNCOVERED).await?;
    region_says(&page, "Verdict", "CLI 3").await?;
    // The lesson's second list is still to come.
    page.button("List").await?.click().await?;
    page.wait_until("it says so", "return document.body.innerText.includes('You left the lesson’s path')").await?;
    page.button("Undo").await?.click().await?;
    moment_begins(&page, "15.500 s").await?;
    page.wait_until("the path is found again", "return !document.body.innerText.includes('You left the lesson’s path')").await?;
    page.button("Next").await?.click().await?;
    moment_begins(&page, "16.000 s").await
}

#[tokio::test]
async fn the_way_back_to_the_lesson_outlives_six_commands() -> TestResult {
    let page = open_wide(UNCOVERED).await?;
    for _ in 0..6 {
        page.button("List").await?.click().await?;
        page.button("Pause").await?.click().await?;
        page.button("Play").await?;
    }
    page.button("Back to the lesson’s run").await?.click().await?;
    moment_begins(&page, "15.500 s").await?;
    page.wait_until("the path is found again", "return !document.body.innerText.includes('You left the lesson’s path')").await?;
    page.button("Next").await?.click().await?;
    moment_begins(&page, "16.000 s").await?;
    page.no_reports().await
}

#[tokio::test]
async fn five_commands_are_taken_back_one_by_one() -> TestResult {
    let page = open_wide(LATE).await?;
    for _ in 0..5 {
        page.button("List").await?.click().await?;
        page.button("Pause").await?.click().await?;
        page.button("Play").await?;
    }
    for _ in 0..5 {
        page.button("Undo").await?.click().await?;
    }
    moment_begins(&page, "17.600 s").await?;
    page.no_reports().await
}

#[tokio::test]
async fn the_dialog_opens_by_key_closes_by_escape_and_gives_the_focus_back() -> TestResult {
    let page = open_wide(LATE).await?;
    let opener = page.button("Invoke").await?;
    opener.focus().await?;
    page.press(&Key::Enter.to_string()).await?;
    page.dialog("Invoke an action").await?;
    page.press(&Key::Escape.to_string()).await?;
    page.wait_until("it is closed", "return !document.querySelector('dialog[open]')").await?;
    assert!(page.button("Invoke").await?.has_focus().await?, "the focus is elsewhere");
    page.press("i").await?;
    page.dialog("Invoke an action").await?;
    Ok(())
}

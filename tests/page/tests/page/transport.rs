//! Moving through time.

use std::time::Duration;

use page_tests::fantoccini::key::Key;
use page_tests::{Find, Setup, TestResult};

use crate::support::{LATE, UNCOVERED, choose, moment, moment_begins, moment_is, open, open_wide, place, region_says};

#[tokio::test]
async fn one_button_plays_and_pauses() -> TestResult {
    let page = open_wide(UNCOVERED).await?;
    let before = place(&page).await?;
    page.button("Play").await?.click().await?;
    page.wait_until("it moves", &format!("return Number(document.querySelector('input[type=range]').value) > {before}")).await?;
    assert!(!page.has(&["button"], Some("Play")).await?);
    page.button("Pause").await?.click().await?;
    page.button("Play").await?;
    assert!(!page.has(&["button"], Some("Pause")).await?);
    // It rests where it was paused, over frames that it would have moved in.
    let rest = place(&page).await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(place(&page).await?, rest);
    Ok(())
}

#[tokio::test]
async fn steps_back_undo_steps_forward() -> TestResult {
    let page = open_wide(UNCOVERED).await?;
    let (back, forward) = (page.button("Step back").await?, page.button("Step forward").await?);
    // From the instant of a beat to the step before it: from there on every place is that of a step.
    let start = moment(&page).await?;
    back.click().await?;
    page.wait_until("a step back", &format!("return document.querySelector('input[type=range]').ariaValueText !== {start:?}")).await?;
    let mut way = vec![moment(&page).await?];
    for _ in 0..5 {
        let last = moment(&page).await?;
        back.click().await?;
        let script = format!("return document.querySelector('input[type=range]').ariaValueText !== {}", crate::support::quoted(&last));
        page.wait_until("another step back", &script).await?;
        way.push(moment(&page).await?);
    }
    for place in way.iter().rev().skip(1) {
        forward.click().await?;
        moment_is(&page, place).await?;
    }
    // Each has its sentence, under the stage too.
    let sentence = way.first().and_then(|value| value.split_once(". ")).map(|(_, sentence)| sentence.to_owned()).unwrap_or_default();
    assert!(sentence.len() > 10, "the step has no sentence: {way:?}");
    assert!(page.document().await?.contains(&sentence));
    Ok(())
}

#[tokio::test]
async fn the_slider_takes_the_arrows_for_steps_and_pages_for_beats() -> TestResult {
    let page = open_wide(UNCOVERED).await?;
    let time = page.slider("Time").await?;
    time.focus().await?;
    let press = async |key: Key| time.press(&key.to_string()).await;
    press(Key::PageDown).await?;
    moment_begins(&page, "16.000 s").await?;
    press(Key::PageDown).await?;
    moment_begins(&page, "17.500 s").await?;
    press(Key::PageUp).await?;
    moment_begins(&page, "16.000 s").await?;
    press(Key::Left).await?;
    let step = moment(&page).await?;
    press(Key::Left).await?;
    assert_ne!(moment(&page).await?, step);
    press(Key::Right).await?;
    moment_is(&page, &step).await?;
    press(Key::Home).await?;
    moment_begins(&page, "0.000 s").await?;
    press(Key::End).await?;
    moment_begins(&page, "3600.000 s").await?;
    assert_eq!(time.property("value").await?, time.property("max").await?);
    assert!(time.has_focus().await?);
    Ok(())
}

#[tokio::test]
async fn the_slider_is_a_native_one_with_the_time_and_the_sentence_as_its_value() -> TestResult {
    let page = open_wide(UNCOVERED).await?;
    let time = page.slider("Time").await?;
    assert_eq!(time.property("tagName").await?.as_deref(), Some("INPUT"));
    let value = moment(&page).await?;
    let (at, sentence) = value.split_once(". ").unwrap_or_default();
    assert_eq!(at, "15.500 s");
    assert!(sentence.ends_with('.') || sentence.contains(' '), "{value}");
    // A press on its middle scrubs there.
    let before = place(&page).await?;
    time.click().await?;
    page.wait_until("it scrubs", &format!("return document.querySelector('input[type=range]').value !== {before:?}")).await?;
    assert_ne!(moment(&page).await?, value);
    Ok(())
}

#[tokio::test]
async fn a_step_into_a_quiet_run_says_so_and_goes_nowhere() -> TestResult {
    let page = open_wide(LATE).await?;
    let time = page.slider("Time").await?;
    // The last steps of the run first.
    for _ in 0..20 {
        let before = moment(&page).await?;
        page.button("Step forward").await?.click().await?;
        if page.status().await?.text().await?.contains("Nothing happens before 3600.000 s.") {
            moment_is(&page, &before).await?;
            break;
        }
    }
    page.status().await?.wait_for_text("Nothing happens before 3600.000 s.").await?;
    page.region("Lesson").await?;
    time.press(&Key::Home.to_string()).await?;
    page.button("Step back").await?.click().await?;
    page.status().await?.wait_for_text("first step").await?;
    moment_begins(&page, "0.000 s").await
}

#[tokio::test]
async fn the_run_goes_on_past_its_end_when_it_is_asked_to() -> TestResult {
    let page = open_wide(LATE).await?;
    let time = page.slider("Time").await?;
    time.press(&Key::End.to_string()).await?;
    moment_begins(&page, "3600.000 s").await?;
    page.button("Play").await?.click().await?;
    let status = page.status().await?;
    status.wait_for_text("Step forward makes it an hour longer").await?;
    page.button("Step forward").await?.click().await?;
    status.wait_for_text("It ends at 7200.000 s now.").await?;
    moment_begins(&page, "3600.000 s").await?;
    time.press(&Key::End.to_string()).await?;
    moment_begins(&page, "7200.000 s").await?;
    time.press(&Key::End.to_string()).await?;
    moment_begins(&page, "10800.000 s").await?;
    assert_eq!(time.property("value").await?, time.property("max").await?);
    page.no_reports().await
}

#[tokio::test]
async fn less_motion_makes_playing_go_from_step_to_step() -> TestResult {
    let page = open(Setup::wide().reduced_motion(), UNCOVERED).await?;
    page.script(
        "const clock = document.querySelector('.clock-time');
         window.times = [];
         new MutationObserver(() => window.times.push(clock.textContent)).observe(clock, { subtree: true, childList: true, characterData: true })",
    )
    .await?;
    page.button("Play").await?.click().await?;
    region_says(&page, "Lesson", "Design documents are code").await?;
    page.script("window.before = window.times.slice()").await?;
    page.button("Pause").await?.click().await?;
    // What was shown while it played: the times of the listed steps, and of two beats.
    let between = "
        const told = [...document.querySelectorAll('.step-time')].map(time => time.textContent);
        return window.before.filter(time => !told.includes(time) && !['16.000 s', '17.500 s'].includes(time))";
    assert_eq!(page.script(between).await?, page_tests::json!([]));
    assert!(page.script("return window.before.length").await?.as_u64().is_some_and(|count| count > 4), "it did not play");
    page.no_reports().await
}

#[tokio::test]
async fn pace_and_speed_are_chosen_and_the_clock_stays_the_simulated_one() -> TestResult {
    let page = open_wide(UNCOVERED).await?;
    let before = moment(&page).await?;
    assert!(page.radio("Pace", "Story").await?.is_on().await?);
    choose(&page, "Pace", "Clock").await?;
    let speeds = page.find(&["radiogroup", "group", "listbox", "combobox"], Some("Speed")).await?;
    for speed in ["0.001×", "1×", "100×"] {
        assert!(speeds.has(&["radio", "option"], Some(speed)).await?, "there is no speed {speed}");
    }
    moment_is(&page, &before).await?;
    choose(&page, "Speed", "100×").await?;
    assert!(page.radio("Pace", "Clock").await?.is_on().await?);
    page.button("Play").await?.click().await?;
    page.wait_until("time passes", &format!("return document.querySelector('input[type=range]').ariaValueText !== {before:?}")).await?;
    page.button("Pause").await?.click().await?;
    page.button("Play").await?;
    Ok(())
}

#[tokio::test]
async fn playing_leads_from_beat_to_beat() -> TestResult {
    let page = open_wide(UNCOVERED).await?;
    page.button("Play").await?.click().await?;
    // Each is there long enough to be read, the last three too, which lie in one wait.
    for title in ["One key decides", "Design documents are code", "The records nobody asked for", "Now throw the switch"] {
        region_says(&page, "Lesson", title).await?;
    }
    page.no_reports().await
}

#[tokio::test]
async fn next_goes_to_the_next_beat_and_its_instant() -> TestResult {
    let page = open_wide(UNCOVERED).await?;
    page.button("Next").await?.click().await?;
    moment_begins(&page, "16.000 s").await?;
    page.region("Lesson").await?.wait_for_text("One key decides").await?;
    page.status().await?.wait_for_text("One key decides").await?;
    Ok(())
}

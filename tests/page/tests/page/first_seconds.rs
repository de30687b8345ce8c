//! The first ten seconds: a question before the reveal, and two clicks to the verdict.

use page_tests::fantoccini::key::Key;
use page_tests::{Find, Page, Problem, Setup, TestResult};

use crate::support::{moment_begins, open, open_wide, option, region_says, region_text, runs, text};

/// The document and the accessibility tree without the question itself, the title and the address.
async fn all_that_is_said(page: &Page) -> Result<String, Problem> {
    let script = "
        const copy = document.documentElement.cloneNode(true);
        copy.querySelectorAll('[role=radiogroup][aria-label=Question]').forEach(group => group.remove());
        return copy.outerHTML";
    let options =
        "return [...document.querySelectorAll('[role=radiogroup][aria-label=Question] label')].map(label => label.textContent.trim())";
    let options: Vec<String> = page.script(options).await?.as_array().into_iter().flatten().map(text).collect();
    if options.len() < 3 {
        return Err(Problem::new("the question has no options"));
    }
    let tree = page.accessibility_tree().await?;
    let tree: Vec<&str> = tree.lines().filter(|line| !options.iter().any(|option| line.contains(option.as_str()))).collect();
    let document = text(&page.script(script).await?);
    Ok([document, tree.join("\n"), page.title().await?, page.address().await?].join("\n"))
}

#[tokio::test]
async fn two_clicks_lead_to_the_verdict() -> TestResult {
    let page = open_wide("").await?;
    option(&page, "In Elasticsearch").await?.click().await?;
    page.button("Show me").await?.click().await?;
    for part in ["CLI 3", "CouchDB 0 + 5 design documents", "Elasticsearch 3", "they disagree because"] {
        region_says(&page, "Verdict", part).await?;
    }
    region_says(&page, "Lesson", "Right.").await?;
    region_says(&page, "Lesson", ".scala").await?;
    page.no_reports().await
}

#[tokio::test]
async fn the_page_opens_with_one_heading_two_lines_and_the_question() -> TestResult {
    let page = open_wide("").await?;
    let lesson = page.region("Lesson").await?;
    lesson.heading("Only design docs").await?;
    for line in ["The CLI lists 3 activations.", "CouchDB holds 5 design documents.", "Where are the three records now?"] {
        lesson.wait_for_text(line).await?;
    }
    assert_eq!(page.all(&["heading"], Some("Only design docs")).await?.len(), 1, "the static page is still there");
    page.button("Check answer").await?;
    page.button("Show me").await?;
    for folded in ["Play", "Invoke", "Next"] {
        assert!(!page.has(&["button"], Some(folded)).await?, "{folded} is there before the answer");
    }
    Ok(())
}

#[tokio::test]
async fn nothing_says_before_the_reveal_which_store_holds_the_records() -> TestResult {
    let page = open_wide("").await?;
    page.button("Show me").await?;
    let said = all_that_is_said(&page).await?;
    for telling in
        ["openwhisk-guest", "openwhisk-whisk", "bound to", "ActivationStoreProvider", "guest/", "Elasticsearch 3", "CouchDB 0", "disagree"]
    {
        assert!(!said.contains(telling), "“{telling}” is there before the reveal:\n{said}");
    }
    assert!(!page.has(&["radiogroup", "group"], Some("Activation store")).await?, "the switch shows what is bound");
    for region in ["Verdict", "What CouchDB holds", "What Elasticsearch holds", "Inspector", "Steps"] {
        let shown = region_text(&page, region).await?;
        assert!(shown.is_empty() || shown.contains("Predict first"), "{region} shows: {shown}");
        assert!(crate::support::ids_in(&shown).is_empty(), "{region} shows a record: {shown}");
    }
    Ok(())
}

/// In one world the records are in CouchDB and in the other in Elasticsearch: whatever differed here would be the answer.
#[tokio::test]
async fn what_is_covered_is_the_same_in_both_worlds() -> TestResult {
    let parts = "
        const names = ['Stage', 'Verdict', 'What CouchDB holds', 'What Elasticsearch holds', 'Inspector', 'Steps'];
        const parts = [...document.querySelectorAll('header, .now, [aria-label]')];
        return parts.filter(part => part.matches('header, .now') || names.includes(part.ariaLabel)).map(part => part.outerHTML).join('\\n')";
    let mut worlds = Vec::new();
    for store in ["couchdb", "elasticsearch"] {
        let page = open_wide(&format!("?store={store}")).await?;
        page.button("Show me").await?;
        worlds.push(text(&page.script(parts).await?));
    }
    assert!(worlds.iter().all(|world| world.contains("<svg")), "there is no stage to compare");
    assert_eq!(worlds.first(), worlds.last());
    Ok(())
}

#[tokio::test]
async fn an_answer_is_asked_for_before_it_is_checked() -> TestResult {
    let page = open_wide("").await?;
    page.button("Check answer").await?.click().await?;
    page.region("Lesson").await?.wait_for_text("Choose an answer first.").await?;
    page.status().await?.wait_for_text("Choose an answer first.").await?;
    page.button("Show me").await?;
    Ok(())
}

#[tokio::test]
async fn right_and_wrong_answers_are_told_apart() -> TestResult {
    for (answer, judged) in [("In Elasticsearch", "Right."), ("In CouchDB", "Not quite.")] {
        let page = open_wide("").await?;
        option(&page, answer).await?.click().await?;
        page.button("Check answer").await?.click().await?;
        region_says(&page, "Lesson", judged).await?;
        region_says(&page, "Verdict", "Elasticsearch 3").await?;
        let said = page.status().await?.text().await?;
        assert!(said.contains(judged), "the status line says: {said}");
    }
    Ok(())
}

#[tokio::test]
async fn less_motion_makes_the_reveal_a_cut() -> TestResult {
    let page = open(Setup::wide().reduced_motion(), "").await?;
    page.script(
        "window.played = false;
         new MutationObserver(() => { if (document.querySelector('[aria-label=Pause]')) window.played = true })
             .observe(document.body, { subtree: true, childList: true, attributes: true })",
    )
    .await?;
    page.button("Show me").await?.click().await?;
    region_says(&page, "Verdict", "Elasticsearch 3").await?;
    crate::support::moment_begins(&page, "15.500 s").await?;
    assert_eq!(page.script("return window.played").await?, false, "it played");
    Ok(())
}

#[tokio::test]
async fn the_questions_cover_is_kept_over_a_reload() -> TestResult {
    let page = open_wide("").await?;
    page.button("Show me").await?;
    // The address follows what rests.
    page.wait_until("the address names the lesson", "return location.search.includes('lesson=')").await?;
    page.client().refresh().await?;
    runs(&page).await?;
    page.button("Show me").await?;
    assert!(!page.has(&["button"], Some("Play")).await?);
    Ok(())
}

/// A list that lags and a get that fails each point at one store: what they would come to is not told while the question is open.
#[tokio::test]
async fn a_link_before_the_reveal_does_not_tell_why_a_record_would_not_be_seen() -> TestResult {
    for query in ["?lesson=only-design-docs&t=11000", "?lesson=only-design-docs&store=couchdb&t=14500"] {
        let page = open_wide(query).await?;
        page.button("Play").await?;
        let said = "
            const copy = document.querySelector('#app').cloneNode(true);
            copy.querySelectorAll('[role=radiogroup][aria-label=Question]').forEach(group => group.remove());
            const names = [...copy.querySelectorAll('*')].flatMap(part => [part.ariaLabel, part.title]);
            return [copy.textContent, ...names.filter(Boolean)].join(' | ').toLowerCase()";
        let said = text(&page.script(said).await?);
        assert!(said.contains("predict first"), "{said}");
        for telling in ["refresh", "view is", "index"] {
            assert!(!said.contains(telling), "“{telling}” is said at {query}:\n{said}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn what_is_covered_stays_so_where_the_page_is_unfolded() -> TestResult {
    let page = open_wide("?lesson=only-design-docs&t=14000").await?;
    let time = page.slider("Time").await?;
    for region in ["Verdict", "What CouchDB holds", "What Elasticsearch holds", "Inspector", "Steps"] {
        region_says(&page, region, "Predict first").await?;
    }
    assert!(!page.has(&["radiogroup", "group"], Some("Activation store")).await?, "the switch shows what is bound");
    // Nothing leads past the question: not the slider's end, nor playing, nor the key of the switch.
    time.press(&Key::End.to_string()).await?;
    moment_begins(&page, "15.500 s").await?;
    page.status().await?.wait_for_text("The run waits for your answer.").await?;
    page.button("Play").await?.click().await?;
    moment_begins(&page, "15.500 s").await?;
    page.script("document.activeElement.blur()").await?;
    page.press("s").await?;
    page.button("Show me").await?.click().await?;
    region_says(&page, "Verdict", "Elasticsearch 3").await?;
    page.no_reports().await
}

#[tokio::test]
async fn a_beat_names_and_marks_what_to_look_at() -> TestResult {
    let page = open_wide(crate::support::UNCOVERED).await?;
    let marked = "
        const dotted = [...document.querySelectorAll('section, .switch')].filter(part => getComputedStyle(part).outlineStyle === 'dotted');
        const nodes = [...document.querySelectorAll('.is-looked-at [role=button]')].map(node => node.ariaLabel.split(/[.,:]/)[0].trim());
        return [...dotted.map(part => part.ariaLabel), ...nodes].join(' | ')";
    region_says(&page, "Lesson", "Look at: What the CLI shows").await?;
    assert_eq!(text(&page.script(marked).await?), "What the CLI shows");
    page.button("Next").await?.click().await?;
    region_says(&page, "Lesson", "Look at: Controller 0, Invoker 0, Invoker 1").await?;
    assert_eq!(text(&page.script(marked).await?).to_lowercase(), "controller 0 | invoker 0 | invoker 1");
    // In a run of the visitor's own it may be somewhere else.
    page.button("List").await?.click().await?;
    page.wait_until("nothing is marked", "return !document.querySelector('.is-looked-at')").await
}

#[tokio::test]
async fn a_beat_marks_the_records_to_look_at_once_they_are_uncovered() -> TestResult {
    let page = open_wide("?lesson=list-twice").await?;
    page.button("Show me").await?;
    let marked = "return [...document.querySelectorAll('.document.is-looked-at .id')].map(id => id.textContent).join(' ')";
    assert_eq!(text(&page.script(marked).await?), "", "what is covered is not marked");
    page.button("Show me").await?.click().await?;
    let in_both = "
        const ids = [...document.querySelectorAll('.document.is-looked-at .id')].map(id => id.textContent.replace('guest/', ''));
        return ids.length > 1 && new Set(ids).size === 1";
    page.wait_until("the record is marked in the witnesses that have it", in_both).await
}

//! When the page cannot be what it is to be, it says so.

use page_tests::{Find, Setup, TestResult};

use crate::support::{open_wide, region_says, runs};

#[tokio::test]
async fn without_scripts_it_says_what_is_missing() -> TestResult {
    let page = Setup::wide().without_scripts().open("").await?;
    let tree = page.accessibility_tree().await?;
    assert!(tree.contains("needs JavaScript") && tree.contains("需要 JavaScript"), "{tree}");
    assert!(tree.contains("Only design docs"), "{tree}");
    assert!(!tree.contains("Loading"), "nothing loads:\n{tree}");
    Ok(())
}

#[tokio::test]
async fn opened_from_a_file_it_names_the_command_that_serves_it() -> TestResult {
    let page = Setup::wide().from_file().open("").await?;
    page.wait_until("it says so", "return document.body.innerText.includes('python3 -m http.server')").await?;
    let tree = page.accessibility_tree().await?;
    assert!(tree.contains("opened straight from a file"), "{tree}");
    assert!(!tree.contains("Loading"), "nothing loads:\n{tree}");
    Ok(())
}

#[tokio::test]
async fn while_it_loads_the_question_is_there_and_so_is_a_word_about_loading() -> TestResult {
    let english = ["Only design docs", "Where are the three records now?", "The CLI lists 3 activations.", "Loading…"];
    let chinese = ["库里只有设计文档", "这三条记录现在在哪里？", "命令行列出 3 条激活记录。", "正在加载……"];
    for (language, said) in [("en-US", english), ("zh-CN", chinese)] {
        let setup = Setup::wide().language(language);
        let site = setup.site()?;
        site.fail(".wasm", 503);
        let page = setup.open_on(site, "").await?;
        page.heading(said[0]).await?;
        let tree = page.accessibility_tree().await?;
        for said in said {
            assert!(tree.contains(said), "“{said}” is not in the static page:\n{tree}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_static_page_says_what_the_lesson_says_in_either_language() -> TestResult {
    const SAID: &str = "return [...document.querySelectorAll('h1, .lesson-summary p, .question-text, .option > span:first-of-type')]
        .filter(part => part.checkVisibility()).map(part => part.textContent)";
    for (language, query) in [("en-US", ""), ("zh-CN", ""), ("en-US", "?lang=zh"), ("zh-TW", "?lang=en")] {
        let setup = Setup::wide().language(language);
        let site = setup.site()?;
        site.fail(".wasm", 503);
        let page = setup.open_on(site, query).await?;
        let before = page.script(SAID).await?;
        assert!(before.as_array().is_some_and(|said| said.len() > 5), "{before}");
        drop(page);
        let page = setup.open(query).await?;
        runs(&page).await?;
        assert_eq!(page.script(SAID).await?, before, "{language} {query}");
    }
    Ok(())
}

/// A phone on a slow line would wait a round trip more if the lesson were asked for only once the program runs.
#[tokio::test]
async fn the_lesson_is_asked_for_beside_the_program_and_once() -> TestResult {
    for (query, file) in
        [("", "only-design-docs.json"), ("?lesson=list-twice", "list-twice.json"), ("?lesson=../x", "only-design-docs.json")]
    {
        let page = Setup::wide().open(query).await?;
        runs(&page).await?;
        let asked: Vec<String> = page.site().requests().into_iter().filter(|path| path.starts_with("lessons/")).collect();
        assert_eq!(asked, [format!("lessons/{file}")], "{query}");
        page.no_reports().await?;
        let early = "const [wasm] = performance.getEntriesByType('resource').filter(it => it.name.endsWith('.wasm'));
            return performance.getEntriesByType('resource').some(it => it.name.includes('lessons/') && it.startTime < wasm.responseEnd)";
        assert_eq!(page.script(early).await?, true);
    }
    Ok(())
}

#[tokio::test]
async fn a_lesson_that_fails_is_told_and_the_bundled_one_opens() -> TestResult {
    for (status, query) in [(404, "?lesson=list-twice"), (500, "?lesson=list-twice"), (503, "")] {
        let setup = Setup::wide();
        let site = setup.site()?;
        site.fail("lessons/", status);
        let page = setup.open_on(site, query).await?;
        runs(&page).await?;
        let said = format!("return document.body.innerText.includes('the server answered {status}')");
        page.wait_until(&format!("it tells of the {status}"), &said).await?;
        page.region("Lesson").await?.heading("Only design docs").await?;
        page.button("Show me").await?.click().await?;
        region_says(&page, "Verdict", "Elasticsearch 3").await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_lesson_that_is_none_is_told_with_its_field_and_reason() -> TestResult {
    for body in ["", "not a lesson", "{}", "{\"schemaVersion\": 99}", "<!doctype html><img src=x onerror=alert(1)>"] {
        let setup = Setup::wide();
        let site = setup.site()?;
        site.answer("lessons/list-twice.json", body);
        let page = setup.open_on(site, "?lesson=list-twice").await?;
        runs(&page).await?;
        page.wait_until("it says so", "return document.body.innerText.includes('could not be opened')").await?;
        page.region("Lesson").await?.heading("Only design docs").await?;
        page.no_reports().await?;
    }
    Ok(())
}

#[tokio::test]
async fn in_chinese_the_reason_is_chinese_too() -> TestResult {
    let setup = Setup::wide();
    let site = setup.site()?;
    site.answer("lessons/list-twice.json", "{\"schemaVersion\": 99}");
    let page = setup.open_on(site, "?lesson=list-twice&lang=zh").await?;
    runs(&page).await?;
    page.wait_until("it says so", "return document.body.innerText.includes('必须在 1 到 1 之间')").await?;
    page.no_reports().await
}

#[tokio::test]
async fn a_crash_is_hidden_until_there_is_one() -> TestResult {
    let page = open_wide("").await?;
    assert_eq!(page.script("return document.getElementById('crash').hidden").await?, true);
    assert!(!page.has(&["region"], Some("Crash")).await?);
    Ok(())
}

/// A fetch that is refused with no error, as no browser does it, is what the crate that fetches holds to be impossible.
#[tokio::test]
async fn a_crash_says_so_and_keeps_the_link_to_this_instant() -> TestResult {
    let page = open_wide(crate::support::LATE).await?;
    page.script("window.fetch = () => Promise.reject('no error')").await?;
    let choice = page.find(&["combobox", "listbox"], Some("Choose a lesson")).await?;
    choice.element().select_by_value("list-twice").await?;
    let crash = page.region("Crash").await?;
    crash.wait_for_text("The page has crashed.").await?;
    for said in ["commands of your own are not in it", "页面崩溃了", "panicked at"] {
        crash.wait_for_text(said).await?;
    }
    let link = crash.all(&["link"], None).await?.remove(0);
    let href = link.attribute("href").await?.unwrap_or_default();
    assert!(href.contains("lesson=only-design-docs") && href.contains("t=17600"), "{href}");
    link.click().await?;
    runs(&page).await?;
    crate::support::moment_begins(&page, "17.600 s").await?;
    assert_eq!(page.script("return document.getElementById('crash').hidden").await?, true);
    Ok(())
}

#[tokio::test]
async fn the_start_of_a_run_says_that_nothing_was_invoked() -> TestResult {
    let page = open_wide(crate::support::LATE).await?;
    page.slider("Time").await?.press(&page_tests::fantoccini::key::Key::Home.to_string()).await?;
    region_says(&page, "Verdict", "nothing has been invoked yet").await?;
    region_says(&page, "What the CLI shows", "Nobody has run wsk activation list yet.").await
}

//! The program in three parts: the first opens the page, the rest comes behind it or when it is needed, and the stores' own interfaces behind that.

use std::time::Duration;

use page_tests::fantoccini::key::Key;
use page_tests::{Find, Page, Problem, Report, Setup, Site, TestResult, dist};

use crate::support::{LATE, REST, STORES, is_split, open, opens, option, region_says, runs, text};

const REST_FILE: &str = "_rest.wasm";
const STORES_FILE: &str = "_stores.wasm";
const ASKING_LESSON: &str = "list-twice";

const STALE: &str = "opening the page needs what xtask/src/split/opening.txt does not name: `cargo xtask profile` writes that anew, and \
                     `cargo xtask build` splits by it";

/// The page on a site that was changed before. None if the program is in one part.
async fn open_on(change: impl Fn(&Site), query: &str) -> Result<Option<Page>, Problem> {
    if !is_split()? {
        return Ok(None);
    }
    let setup = Setup::wide();
    let site = setup.site()?;
    change(&site);
    opened(setup.open_on(site, query).await?).await.map(Some)
}

/// The page once it is open, and that without the rest.
async fn opened(page: Page) -> Result<Page, Problem> {
    let outcome = opens(&page).await;
    if is_cut_off(&page).await? {
        return Err(Problem::new(STALE));
    }
    outcome.map(|()| page)
}

async fn is_cut_off(page: &Page) -> Result<bool, Problem> {
    Ok(page.script("return document.querySelector('#cut-off').checkVisibility()").await? == true)
}

async fn rest_came(page: &Page) -> Result<String, Problem> {
    Ok(text(&page.script(&format!("return {REST}")).await?))
}

#[tokio::test]
async fn the_page_opens_and_takes_an_answer_without_the_rest() -> TestResult {
    let Some(page) = open_on(|site| site.fail(REST_FILE, 503), "").await? else { return Ok(()) };
    page.press(&Key::Tab.to_string()).await?;
    option(&page, "In CouchDB").await?.click().await?;
    page.button("Check answer").await?;
    assert!(!is_cut_off(&page).await?, "{STALE}");
    Ok(())
}

/// What the first part draws it draws from its own share of the data: a text or a table that was not in it would be zeros.
#[tokio::test]
async fn without_the_rest_the_page_says_and_shows_the_same() -> TestResult {
    if !is_split()? {
        return Ok(());
    }
    let shown = "return document.querySelector('#app').innerHTML";
    for setup in [Setup::wide(), Setup::narrow().dark(), Setup::wide().language("zh-CN"), Setup::narrow().language("zh-CN")] {
        let mut pages = Vec::new();
        for is_whole in [false, true] {
            let site = setup.site()?;
            if !is_whole {
                site.fail(REST_FILE, 503);
            }
            let page = setup.open_on(site, "").await?;
            if is_whole {
                runs(&page).await?
            } else {
                opens(&page).await?
            }
            let opened = text(&page.script(shown).await?);
            page.script("document.querySelector('.option:nth-of-type(2) input').click()").await?;
            page.wait_until("it is chosen", "return document.querySelector('.option:nth-of-type(2).is-chosen')").await?;
            pages.push((opened, text(&page.script(shown).await?)));
        }
        assert_eq!(pages.first(), pages.last());
    }
    Ok(())
}

#[tokio::test]
async fn the_first_ten_seconds_wait_for_nothing() -> TestResult {
    let Some(page) = open_on(|_| (), "").await? else { return Ok(()) };
    option(&page, "In Elasticsearch").await?.click().await?;
    page.button("Show me").await?.click().await?;
    region_says(&page, "Verdict", "Elasticsearch 3").await?;
    assert_eq!(rest_came(&page).await?, "behind", "{STALE}");
    page.no_reports().await
}

#[tokio::test]
async fn what_needs_the_rest_before_it_is_there_fetches_it_at_once() -> TestResult {
    let Some(page) = open_on(|site| site.delay(REST_FILE, Duration::from_secs(4)), "").await? else { return Ok(()) };
    page.button("Show me").await?.click().await?;
    region_says(&page, "Verdict", "Elasticsearch 3").await?;
    assert_eq!(rest_came(&page).await?, "needed");
    assert_eq!(page.script("return performance.getEntriesByName('rest').length").await?, 1);
    page.no_reports().await
}

#[tokio::test]
async fn a_rest_that_cannot_be_had_is_told_and_not_called_a_defect() -> TestResult {
    let Some(page) = open_on(|site| site.fail(REST_FILE, 503), "").await? else { return Ok(()) };
    page.button("Show me").await?.click().await?;
    page.wait_until("it is told", "return document.querySelector('#cut-off').checkVisibility()").await?;
    assert_eq!(page.script("return document.querySelector('#crash').checkVisibility()").await?, false);
    assert_eq!(page.script("return document.activeElement.closest('#cut-off') !== null").await?, true);
    // Once the host is back, a reload mends it.
    page.site().answer_again(REST_FILE);
    page.link("Reload · 重新加载").await?.click().await?;
    runs(&page).await
}

#[tokio::test]
async fn a_rest_that_fails_at_first_is_asked_for_again() -> TestResult {
    let Some(page) = open_on(|site| site.fail(REST_FILE, 503), "").await? else { return Ok(()) };
    let asked = || page.site().requests().iter().any(|path| path.ends_with(REST_FILE));
    for _ in (0..250).take_while(|_| !asked()) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(asked(), "it was not asked for");
    page.site().answer_again(REST_FILE);
    runs(&page).await?;
    assert_eq!(rest_came(&page).await?, "behind");
    Ok(())
}

#[tokio::test]
async fn the_stores_interfaces_come_behind_the_rest() -> TestResult {
    let Some(page) = open_on(|_| (), "").await? else { return Ok(()) };
    page.wait_until("they are there", &format!("return {STORES} === 'behind'")).await?;
    let requests = page.site().requests();
    let place = |file: &str| requests.iter().position(|path| path.ends_with(file));
    assert!(place(REST_FILE).is_some() && place(REST_FILE) < place(STORES_FILE), "{requests:?}");
    page.no_reports().await
}

#[tokio::test]
async fn who_asks_no_store_needs_no_interface_of_one() -> TestResult {
    let Some(page) = open_on(|site| site.fail(STORES_FILE, 503), "").await? else { return Ok(()) };
    option(&page, "In Elasticsearch").await?.click().await?;
    page.button("Show me").await?.click().await?;
    region_says(&page, "Verdict", "Elasticsearch 3").await?;
    assert!(!is_cut_off(&page).await?);
    assert_eq!(page.script(&format!("return {STORES} === undefined")).await?, true);
    // They are asked for again.
    page.site().answer_again(STORES_FILE);
    page.wait_until("they are there", &format!("return {STORES} === 'behind'")).await
}

/// A lesson of the page's with a line more, on which a client asks CouchDB itself.
fn asking_lesson() -> Result<String, Problem> {
    let lesson = std::fs::read_to_string(dist()?.join(format!("lessons/{ASKING_LESSON}.json")))?;
    let commands = "\"commands\": [";
    assert!(lesson.contains(commands), "{lesson}");
    Ok(lesson.replace(commands, &format!("{commands}{{ \"at\": 9000, \"run\": \"curl -s http://localhost:5984/_up\" }},")))
}

async fn open_asking_lesson(change: impl Fn(&Site)) -> Result<Option<Page>, Problem> {
    let lesson = asking_lesson()?;
    let change = |site: &Site| {
        site.answer(&format!("lessons/{ASKING_LESSON}.json"), &lesson);
        change(site);
    };
    open_on(change, &format!("?lesson={ASKING_LESSON}")).await
}

#[tokio::test]
async fn a_lesson_that_asks_a_store_waits_for_its_interface() -> TestResult {
    let Some(page) = open_asking_lesson(|site| site.delay(STORES_FILE, Duration::from_secs(2))).await? else { return Ok(()) };
    assert_eq!(text(&page.script(&format!("return {STORES}")).await?), "asked");
    assert_eq!(page.script("return new URLSearchParams(location.search).get('lesson')").await?, ASKING_LESSON);
    page.no_reports().await
}

#[tokio::test]
async fn a_lesson_whose_interface_cannot_be_had_is_not_opened_and_nothing_else_is_lost() -> TestResult {
    let Some(page) = open_asking_lesson(|site| site.fail(STORES_FILE, 503)).await? else { return Ok(()) };
    assert!(!is_cut_off(&page).await?);
    page.wait_until("it is told", "return document.body.innerText.includes('the server did not answer')").await?;
    page.button("Show me").await.map(drop)
}

#[tokio::test]
async fn a_link_to_an_instant_opens_with_all_at_once() -> TestResult {
    if !is_split()? {
        return Ok(());
    }
    let page = open(Setup::wide(), LATE).await?;
    assert_eq!(rest_came(&page).await?, "at once");
    let warned = page.reports().await?.into_iter().find(|report| matches!(report, Report::Warning(text) if text.contains("ynchronous")));
    assert_eq!(warned, None);
    page.no_reports().await
}

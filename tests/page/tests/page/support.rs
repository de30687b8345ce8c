//! What the tests of the page share.

use std::time::{Duration, Instant};

use page_tests::{Find, Page, Part, Problem, Setup, TestResult, Value, dist};

/// *Only design docs* past its question, at the instant of its first beat: nothing is covered, and commands are still to come.
pub const UNCOVERED: &str = "?lesson=only-design-docs&t=15500";
/// The same lesson when its second list has been answered: no command is left.
pub const LATE: &str = "?lesson=only-design-docs&t=17600";

/// Longer than any reveal takes at story pace: how long is not what these tests are about.
const PLAYING_MAX: Duration = Duration::from_secs(45);

/// Opens the page and waits until it has taken the place of the static one.
pub async fn open(setup: Setup, query: &str) -> Result<Page, Problem> {
    let page = setup.open(query).await?;
    runs(&page).await?;
    Ok(page)
}

pub async fn open_wide(query: &str) -> Result<Page, Problem> {
    open(Setup::wide(), query).await
}

/// Waits until the program runs and all of it is there.
pub async fn runs(page: &Page) -> TestResult {
    opens(page).await?;
    if is_split()? {
        page.wait_until("the rest of the program is there", &format!("return {}", REST)).await?;
    }
    Ok(())
}

/// How the rest of the program came, or undefined: see xtask/src/split/parts.js.
pub const REST: &str = "performance.getEntriesByName('rest')[0]?.detail";
/// The same of the stores' own interfaces.
pub const STORES: &str = "performance.getEntriesByName('stores')[0]?.detail";

/// Whether the built page has its program in parts. Without wasm-opt it has not.
pub fn is_split() -> Result<bool, Problem> {
    let mut files = std::fs::read_dir(dist()?)?;
    Ok(files.any(|file| file.is_ok_and(|file| file.file_name().to_string_lossy().ends_with("_rest.wasm"))))
}

/// Waits until the program has taken the place of the static page: only it has a status line.
pub async fn opens(page: &Page) -> TestResult {
    page.wait_until("the program runs", "return document.querySelector('[role=status]') && document.querySelector('section')").await?;
    let is_chinese = text(&page.script("return document.documentElement.lang").await?).starts_with("zh");
    page.region(if is_chinese { "课程" } else { "Lesson" }).await.map(drop)
}

/// Asks `script` again and again, for as long as a reveal may take.
pub async fn wait_long(page: &Page, what: &str, script: &str) -> TestResult {
    let begun = Instant::now();
    loop {
        match page.wait_until(what, script).await {
            Err(problem) if begun.elapsed() > PLAYING_MAX => return Err(problem),
            Err(_) => {}
            Ok(()) => return Ok(()),
        }
    }
}

/// Waits until a region's text has `text` in it, for as long as a reveal may take.
pub async fn region_says(page: &Page, region: &str, text: &str) -> TestResult {
    let script = format!("return ({}).includes({})", text_of(region), quoted(text));
    wait_long(page, &format!("{region} says “{text}”"), &script).await
}

/// The text that a region shows.
pub async fn region_text(page: &Page, region: &str) -> Result<String, Problem> {
    Ok(text(&page.script(&format!("return {}", text_of(region))).await?))
}

fn text_of(region: &str) -> String {
    format!("(document.querySelector('section[aria-label={0}], [role=region][aria-label={0}]')?.innerText ?? '')", quoted(region))
}

/// As a string of JavaScript.
pub fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

pub fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What the slider says of itself: the time and the sentence.
pub async fn moment(page: &Page) -> Result<String, Problem> {
    page.slider("Time").await?.attribute("aria-valuetext").await.map(Option::unwrap_or_default)
}

/// The slider's place, which no language changes.
pub async fn place(page: &Page) -> Result<String, Problem> {
    Ok(text(&page.script("return document.querySelector('input[type=range]').value").await?))
}

/// Waits until the slider's value text is `expected`.
pub async fn moment_is(page: &Page, expected: &str) -> TestResult {
    let script = format!("return document.querySelector('input[type=range]').getAttribute('aria-valuetext') === {}", quoted(expected));
    match page.wait_until("", &script).await {
        Ok(()) => Ok(()),
        Err(_) => Err(Problem::new(format!("the slider was to say “{expected}”, and says “{}”", moment(page).await?))),
    }
}

/// Waits until the slider's value text begins with `start`.
pub async fn moment_begins(page: &Page, start: &str) -> TestResult {
    let script = format!("return document.querySelector('input[type=range]').getAttribute('aria-valuetext').startsWith({})", quoted(start));
    match page.wait_until("", &script).await {
        Ok(()) => Ok(()),
        Err(_) => Err(Problem::new(format!("the slider was to begin with “{start}”, and says “{}”", moment(page).await?))),
    }
}

/// The option of the question whose text begins so.
pub async fn option<'page>(page: &'page Page, start: &str) -> Result<Part<'page>, Problem> {
    let group = page.radio_group("Question").await?;
    let names: Vec<String> = group.all(&["radio"], None).await?.iter().map(|radio| radio.name().to_owned()).collect();
    let name = names.iter().find(|name| name.starts_with(start));
    page.radio("Question", name.ok_or_else(|| Problem::new(format!("no option begins with “{start}”: {names:?}")))?).await
}

/// The texts of a region's list items that are shown.
pub async fn items_of(page: &Page, region: &str) -> Result<Vec<String>, Problem> {
    let script = format!(
        "const region = document.querySelector('[aria-label={}]');
         return [...region.querySelectorAll('li, [role=listitem]')].filter(item => item.checkVisibility()).map(item => item.innerText)",
        quoted(region)
    );
    let items = page.script(&script).await?;
    Ok(items.as_array().into_iter().flatten().map(text).collect())
}

/// The activation ids in a text, in full.
pub fn ids_in(text: &str) -> Vec<String> {
    let words = text.split(|character: char| !character.is_ascii_alphanumeric());
    let is_id = |word: &&str| word.len() == 32 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    words.filter(is_id).map(str::to_owned).collect()
}

/// Chooses a radio button and waits until it is chosen.
pub async fn choose(page: &Page, group: &str, name: &str) -> TestResult {
    let radio = page.radio(group, name).await?;
    radio.click().await?;
    for _ in 0..100 {
        if radio.is_on().await? {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Err(Problem::new(format!("{name} of {group} was clicked and is not chosen")))
}

//! What can be broken, what is said of it, and how it is mended.

use page_tests::fantoccini::key::Key;
use page_tests::{Find, Page, Part, Problem, Setup, TestResult, Value, json};

use crate::support::{LATE, ids_in, moment_begins, open, open_wide, quoted, region_says, region_text, text, wait_long};

const BROKEN: &str = "What is broken";

/// The lesson's end where every process is bound to CouchDB.
fn late_in_couchdb() -> String {
    format!("{LATE}&store=couchdb")
}

/// Presses the tab key until what has the focus has a name that begins so, and gives the name.
async fn tab_to(page: &Page, start: &str) -> Result<String, Problem> {
    let name = "
        const part = document.activeElement;
        return (part.ariaLabel ?? part.labels?.[0]?.innerText ?? part.innerText ?? '').trim()";
    for _ in 0..400 {
        page.press(&Key::Tab.to_string()).await?;
        let found = text(&page.script(name).await?);
        if found.starts_with(start) && page.script("return document.activeElement !== document.body").await? == true {
            return Ok(found);
        }
    }
    Err(Problem::new(format!("the tab key does not lead to “{start}”")))
}

async fn enter(page: &Page) -> TestResult {
    page.press(&Key::Enter.to_string()).await
}

/// The run has come to rest.
async fn rests(page: &Page) -> TestResult {
    wait_long(page, "the run rests", "return document.querySelector('button[aria-label=Play]') !== null").await
}

async fn nothing_is_broken(page: &Page) -> TestResult {
    wait_long(page, "nothing is broken", "return !document.querySelector('section.broken')").await
}

/// The focus is at what can be done, in the inspector.
async fn is_at_trouble(page: &Page) -> TestResult {
    let script = "
        const part = document.activeElement;
        return part.matches('h3') && part.innerText === 'Break something' && part.closest('section')?.ariaLabel === 'Inspector'";
    page.wait_until("the focus is at “Break something” in the inspector", script).await
}

/// Opens the dialog and picks out a node or a link there.
async fn pick(page: &Page, name: &str) -> TestResult {
    page.button("Break something").await?.click().await?;
    page.dialog("Break something").await?.button(name).await?.click().await?;
    is_at_trouble(page).await
}

async fn inspector(page: &Page) -> Result<Part<'_>, Problem> {
    page.region("Inspector").await
}

#[tokio::test]
async fn by_keyboard_alone_a_record_is_lost_explained_and_the_link_mended() -> TestResult {
    let page = open_wide(&late_in_couchdb()).await?;
    tab_to(&page, "Break something").await?;
    enter(&page).await?;
    tab_to(&page, "Invoker 1 → CouchDB").await?;
    enter(&page).await?;
    is_at_trouble(&page).await?;
    tab_to(&page, "Connections are refused").await?;
    page.press(" ").await?;
    tab_to(&page, "Break it").await?;
    enter(&page).await?;
    region_says(&page, BROKEN, "Connections are refused · struck 0 times").await?;
    rests(&page).await?;
    page.press("i").await?;
    page.dialog("Invoke an action").await?;
    tab_to(&page, "Send").await?;
    enter(&page).await?;
    region_says(&page, "Verdict", "1 activation has no record").await?;
    rests(&page).await?;
    region_says(&page, BROKEN, "struck 4 times").await?;
    // What it has struck leads to the record.
    let lost = ids_in(&tab_to(&page, "last:").await?);
    enter(&page).await?;
    region_says(&page, "Inspector", &lost.concat()).await?;
    tab_to(&page, "Life").await?;
    page.press(&Key::Right.to_string()).await?;
    region_says(&page, "Inspector", "lost: the write to CouchDB failed (connection refused)").await?;
    tab_to(&page, "Go to this step").await?;
    tab_to(&page, "Mend Invoker 1 → CouchDB").await?;
    enter(&page).await?;
    nothing_is_broken(&page).await?;
    rests(&page).await?;
    page.script("document.activeElement.blur()").await?;
    page.press("i").await?;
    page.dialog("Invoke an action").await?;
    tab_to(&page, "Send").await?;
    enter(&page).await?;
    region_says(&page, "Verdict", "CouchDB 4").await?;
    page.no_reports().await
}

#[tokio::test]
async fn a_click_on_a_link_of_the_stage_opens_it() -> TestResult {
    let page = open_wide(&late_in_couchdb()).await?;
    let place = "
        for (const link of document.querySelectorAll('.link-reach[data-link]')) {
            for (let part = 0.2; part < 0.9; part += 0.1) {
                const at = link.getPointAtLength(link.getTotalLength() * part).matrixTransform(link.getScreenCTM());
                if (document.elementFromPoint(at.x, at.y) === link) return [at.x, at.y];
            }
        }";
    let place = page.script(place).await?;
    let at = |number: usize| place.get(number).and_then(Value::as_f64).ok_or_else(|| Problem::new("no link can be hit"));
    for kind in ["mousePressed", "mouseReleased"] {
        let press = json!({ "type": kind, "x": at(0)?, "y": at(1)?, "button": "left", "clickCount": 1 });
        page.cdp("Input.dispatchMouseEvent", press).await?;
    }
    region_says(&page, "Inspector", " → ").await?;
    inspector(&page).await?.button("Break it").await?.click().await?;
    region_says(&page, BROKEN, " → ").await?;
    page.wait_until("the stage crosses it out", "return document.querySelector('.is-broken .link-cross') !== null").await?;
    page.no_reports().await
}

#[tokio::test]
async fn an_invoker_that_has_crashed_is_said_to_be_down_and_starts_again() -> TestResult {
    let page = open_wide(LATE).await?;
    pick(&page, "Invoker 1").await?;
    inspector(&page).await?.button("Crash it").await?.click().await?;
    region_says(&page, BROKEN, "Invoker 1").await?;
    region_says(&page, BROKEN, "down").await?;
    let node = "return [...document.querySelectorAll('[aria-label=Stage] [role=button]')]
        .some(node => node.ariaLabel.startsWith('Invoker 1') && node.ariaLabel.endsWith('; down'))";
    page.wait_until("the stage says so", node).await?;
    page.wait_until("in its picture too", "return document.querySelector('.stage-picture .down')?.textContent === 'down'").await?;
    page.button("Start it again: Invoker 1").await?.click().await?;
    nothing_is_broken(&page).await?;
    page.no_reports().await
}

#[tokio::test]
async fn a_restart_bound_to_the_other_store_hides_the_old_records_and_one_back_shows_them() -> TestResult {
    let page = open_wide(&late_in_couchdb()).await?;
    for (store, rows) in [("Elasticsearch", 0), ("CouchDB", 3)] {
        page.button("Break something").await?.click().await?;
        let dialog = page.dialog("Break something").await?;
        dialog.find(&["group"], Some("Restart it, bound to")).await?.button(store).await?.click().await?;
        rests(&page).await?;
        page.button("List").await?.click().await?;
        rests(&page).await?;
        // A list of CouchDB's may lag behind; the next one does not.
        page.button("List").await?.click().await?;
        let shown = format!(
            "return ((document.querySelector('[aria-label=\"What the CLI shows\"] .terminal')?.innerText ?? '').match(/^2025.*nodejs/gm) ?? []).length === {rows}"
        );
        wait_long(&page, &format!("the CLI shows {rows} rows"), &shown).await?;
        rests(&page).await?;
    }
    page.no_reports().await
}

async fn ask(page: &Page, id: &str) -> TestResult {
    let inspector = inspector(page).await?;
    let field = inspector.find(&["textbox"], Some("Look up an activation id")).await?;
    field.element().clear().await?;
    field.press(id).await?;
    field.press(&Key::Enter.to_string()).await
}

#[tokio::test]
async fn any_id_can_be_looked_up() -> TestResult {
    let page = open_wide(LATE).await?;
    ask(&page, "hello").await?;
    region_says(&page, "Inspector", "This is no activation id").await?;
    let field = inspector(&page).await?.find(&["textbox"], Some("Look up an activation id")).await?.attribute("aria-invalid").await?;
    assert_eq!(field.as_deref(), Some("true"));
    ask(&page, "00000000000000000000000000000000").await?;
    region_says(&page, "Inspector", "no activation of this run ever had this id").await?;
    // The steps, the switch and a seek get along with an id of nobody's.
    page.button("Step back").await?.click().await?;
    crate::support::choose(&page, "Activation store", "CouchDB").await?;
    region_says(&page, "Inspector", "no activation of this run ever had this id").await?;
    let ids = ids_in(&region_text(&page, "What the CLI shows").await?);
    let known = ids.first().ok_or_else(|| Problem::new("the CLI shows no id"))?;
    ask(&page, known).await?;
    region_says(&page, "Inspector", "guest/hello").await?;
    let tab = page.find(&["tab"], Some("Why not?")).await?;
    assert!(tab.is_on().await?, "another tab is open");
    // Before its controller has made it there is none.
    page.slider("Time").await?.press(&Key::Home.to_string()).await?;
    page.wait_until("it is gone", "return !document.querySelector('[aria-label=Inspector] [role=tab]')").await?;
    page.no_reports().await
}

#[tokio::test]
async fn a_break_is_taken_back_and_survives_the_switch_and_a_seek() -> TestResult {
    let page = open_wide(LATE).await?;
    pick(&page, "Invoker 0 → Elasticsearch").await?;
    inspector(&page).await?.button("Break it").await?.click().await?;
    region_says(&page, BROKEN, "Invoker 0 → Elasticsearch").await?;
    rests(&page).await?;
    crate::support::choose(&page, "Activation store", "CouchDB").await?;
    region_says(&page, BROKEN, "Invoker 0 → Elasticsearch").await?;
    page.slider("Time").await?.press(&Key::Home.to_string()).await?;
    nothing_is_broken(&page).await?;
    page.slider("Time").await?.press(&Key::End.to_string()).await?;
    region_says(&page, BROKEN, "Invoker 0 → Elasticsearch").await?;
    page.button("Undo").await?.click().await?;
    nothing_is_broken(&page).await?;
    moment_begins(&page, "17.600 s").await?;
    page.no_reports().await
}

/// Under “Predict first” the choices are the same in both worlds, and what they lead to is covered.
#[tokio::test]
async fn what_can_be_broken_does_not_tell_before_the_reveal_which_store_is_written_to() -> TestResult {
    let mut worlds = Vec::new();
    for store in ["couchdb", "elasticsearch"] {
        let page = open_wide(&format!("?lesson=only-design-docs&t=14000&store={store}")).await?;
        region_says(&page, "Inspector", "Predict first").await?;
        page.button("Break something").await?.click().await?;
        let dialog = page.dialog("Break something").await?;
        let choices = dialog.of_self("return arguments[0].outerHTML").await?;
        dialog.button("Invoker 0 → CouchDB").await?.click().await?;
        page.wait_until("the dialog is closed", "return !document.querySelector('dialog')").await?;
        let said = page.script("
            return ['Inspector', 'Stage', 'Verdict'].map(name => document.querySelector(`section[aria-label=${name}]`)?.outerHTML).join('\\n')").await?;
        assert!(region_text(&page, "Inspector").await?.contains("Predict first"));
        let tree = page.accessibility_tree().await?;
        for telling in ["struck", "Why not?", "bound to"] {
            assert!(!tree.contains(telling), "“{telling}” is said in {store}:\n{tree}");
        }
        worlds.push((text(&choices), text(&said)));
    }
    assert_eq!(worlds.first(), worlds.last());
    Ok(())
}

#[tokio::test]
async fn nothing_of_it_is_wider_than_a_phone_in_either_language() -> TestResult {
    const OVERFLOW: &str = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    const SCROLLS: &str = "
        const sheet = document.querySelector('dialog') ?? document.querySelector('.inspector');
        return sheet.scrollWidth - sheet.clientWidth";
    let link = "[...document.querySelectorAll('dialog .trouble-links button')].find(it => /1 → CouchDB/.test(it.innerText)).click()";
    let node = "[...document.querySelectorAll('dialog .trouble-links button')].find(it => /^invoker 1$/i.test(it.innerText)).click()";
    for language in ["en", "zh"] {
        let page = open(Setup::narrow(), &format!("{}&lang={language}", late_in_couchdb())).await?;
        let states = [
            ("the dialog", "document.querySelector('.button-break').click()"),
            ("a link", link),
            ("a broken link", "document.querySelector('.break-form [type=submit]').click()"),
            ("the dialog again", "document.querySelector('.inspector-close').click(); document.querySelector('.button-break').click()"),
            ("a node", node),
            ("a node down", "document.querySelector('.inspector .trouble-buttons button').click()"),
            (
                "an unknown id",
                "
                const field = document.querySelector('#lookup-id');
                field.value = '0'.repeat(32);
                field.dispatchEvent(new Event('input', { bubbles: true }));
                field.form.requestSubmit()",
            ),
            ("the list", "document.querySelector('.inspector-close').click()"),
        ];
        for (state, script) in states {
            page.script(script).await?;
            page.wait_until(
                "it is drawn",
                "return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))",
            )
            .await?;
            for measure in [OVERFLOW, SCROLLS] {
                let over = page.script(measure).await?;
                assert!(over.as_i64().is_some_and(|over| over <= 0), "{state} is {over} px too wide in {language}");
            }
        }
        let broken = quoted(if language == "en" { "down" } else { "已停" });
        page.wait_until("the list names it", &format!("return document.querySelector('.broken').innerText.includes({broken})")).await?;
        page.no_reports().await?;
    }
    Ok(())
}

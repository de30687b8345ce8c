//! From a small phone to a projector.

use page_tests::fantoccini::key::Key;
use page_tests::{Find, Page, Problem, Setup, TestResult, Value, json};

use crate::support::{LATE, open, option, region_says};

/// Texts of the stage that are smaller than 12 CSS pixels on the screen.
const SMALL_TEXTS: &str = "
    const stage = document.querySelector('[aria-label=Stage]');
    const small = [];
    for (const text of stage.querySelectorAll('text, p, span, li, button, figcaption')) {
        if (!text.checkVisibility() || !text.textContent.trim()) continue;
        const matrix = text.getScreenCTM?.();
        const scale = matrix ? Math.hypot(matrix.a, matrix.b) : 1;
        const size = parseFloat(getComputedStyle(text).fontSize) * scale;
        if (size < 11.99) small.push(`${text.textContent}: ${size.toFixed(1)}`);
    }
    return small";

/// Controls that are smaller than `arguments` asks: of a control inside of a label the label counts.
fn small_targets(least: u32) -> String {
    format!(
        "const small = [];
         for (const part of document.querySelectorAll('button, input, select, summary, a[href], [role=button], [role=tab]')) {{
             if (!part.checkVisibility({{ visibilityProperty: true }}) || part.closest('[hidden], [inert]')) continue;
             // Within a sentence a link is as high as its line.
             if (part.matches('p a, li a, td a, dd a')) continue;
             const box = (part.closest('label') ?? part).getBoundingClientRect();
             if (box.width === 0 && box.height === 0) continue;
             if (box.width < {least} - 0.5 || box.height < {least} - 0.5)
                 small.push(`${{part.ariaLabel ?? part.innerText ?? part.value}} ${{part.tagName}}: ${{box.width.toFixed(0)}}×${{box.height.toFixed(0)}}`);
         }}
         return small"
    )
}

const OVERFLOW: &str = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";

async fn opened(setup: Setup) -> Result<Page, Problem> {
    let page = open(setup, LATE).await?;
    page.region("Stage").await?;
    page.wait_until("the stage is drawn", "return document.querySelectorAll('[aria-label=Stage] text').length > 10").await?;
    Ok(page)
}

#[tokio::test]
async fn no_stage_text_is_under_twelve_pixels_and_nothing_scrolls_sideways() -> TestResult {
    for (width, height) in [(360, 740), (700, 900), (699, 900), (1024, 768), (1280, 720), (1600, 900)] {
        let page = opened(Setup::wide().window(width, height)).await?;
        assert_eq!(page.script(SMALL_TEXTS).await?, json!([]), "at {width}");
        assert!(page.script(OVERFLOW).await?.as_i64().is_some_and(|overflow| overflow <= 0), "{width} wide, and it scrolls sideways");
        // Chinese is as wide as it is.
        page.client().goto(&format!("{}{LATE}&lang=zh", page.site().url())).await?;
        crate::support::runs(&page).await?;
        page.slider("时间").await?;
        assert!(page.script(OVERFLOW).await?.as_i64().is_some_and(|overflow| overflow <= 0), "{width} wide, in Chinese");
    }
    Ok(())
}

#[tokio::test]
async fn targets_are_24_pixels_at_least_and_44_on_touch() -> TestResult {
    let page = opened(Setup::wide()).await?;
    assert_eq!(page.script(&small_targets(24)).await?, json!([]), "with a mouse");
    drop(page);
    let page = opened(Setup::narrow()).await?;
    assert_eq!(page.script(&small_targets(44)).await?, json!([]), "on touch");
    Ok(())
}

#[tokio::test]
async fn stage_verdict_and_transport_fit_a_laptops_window() -> TestResult {
    let page = open(Setup::wide(), "").await?;
    option(&page, "In Elasticsearch").await?.click().await?;
    page.button("Show me").await?.click().await?;
    region_says(&page, "Verdict", "Elasticsearch 3").await?;
    page.script("window.scrollTo(0, 0)").await?;
    let mut parts = vec![page.region("Stage").await?, page.region("Verdict").await?, page.slider("Time").await?];
    for button in ["Play", "Step back", "Step forward", "Invoke"] {
        parts.push(page.button(button).await?);
    }
    for part in parts {
        let box_ =
            part.of_self("const box = arguments[0].getBoundingClientRect(); return [box.top, box.bottom, box.left, box.right]").await?;
        let at = |place: usize| box_.get(place).and_then(Value::as_f64).unwrap_or(f64::NAN);
        assert!(at(0) >= 0.0 && at(1) <= 720.0 && at(2) >= 0.0 && at(3) <= 1280.0, "{part} is at {box_}");
    }
    Ok(())
}

#[tokio::test]
async fn on_a_phone_the_first_answer_and_the_verdict_are_two_taps_too() -> TestResult {
    let page = open(Setup::narrow(), "").await?;
    option(&page, "In Elasticsearch").await?.click().await?;
    page.button("Show me").await?.click().await?;
    region_says(&page, "Verdict", "Elasticsearch 3").await?;
    assert!(page.script(OVERFLOW).await?.as_i64().is_some_and(|overflow| overflow <= 0));
    page.no_reports().await
}

#[tokio::test]
async fn a_phone_shows_one_witness_at_a_time_and_a_way_to_the_others() -> TestResult {
    let page = opened(Setup::narrow()).await?;
    let shown = "
        const names = ['What the CLI shows', 'What CouchDB holds', 'What Elasticsearch holds'];
        return names.filter(name => [...document.querySelectorAll(`[aria-label='${name}']`)].some(region => region.checkVisibility())).length";
    assert_eq!(page.script(shown).await?, 1);
    Ok(())
}

#[tokio::test]
async fn on_a_phone_the_inspector_is_a_sheet_that_takes_the_focus_and_gives_it_back() -> TestResult {
    let page = opened(Setup::narrow()).await?;
    let stage = page.region("Stage").await?;
    let node = stage.all(&["button"], None).await?.remove(1);
    let name = node.name().to_owned();
    node.focus().await?;
    page.press(&Key::Enter.to_string()).await?;
    page.wait_until("the sheet has the focus", "return document.activeElement.id === 'inspector-close'").await?;
    page.region("Inspector").await?.wait_for_text("State now").await?;
    page.press(&Key::Escape.to_string()).await?;
    page.wait_until("the sheet is closed", "return !document.querySelector('.inspector.is-open')").await?;
    let focused = "return document.activeElement.ariaLabel";
    assert_eq!(page.script(focused).await?, Value::from(name), "the focus is not where it was");
    page.no_reports().await
}

#[tokio::test]
async fn twice_the_text_size_hides_nothing() -> TestResult {
    // As wide as a laptop's window when the visitor zooms to 200 %.
    let page = opened(Setup::wide().window(640, 360).pixel_ratio(2.0)).await?;
    assert!(page.script(OVERFLOW).await?.as_i64().is_some_and(|overflow| overflow <= 0));
    page.button("Play").await?.click().await?;
    page.button("Pause").await?.click().await?;
    page.button("Invoke").await?.click().await?;
    page.dialog("Invoke an action").await?.button("Send").await?.click().await?;
    page.no_reports().await
}

//! Visitors who mean no good, and those who click on everything.

use page_tests::{Find, Setup, TestResult};

use crate::support::{LATE, open, open_wide, runs};

#[tokio::test]
async fn markup_in_a_link_never_becomes_markup() -> TestResult {
    let markup = "%3Cimg%20src%3Dx%20onerror%3D%22window.hit%3D1%22%3E";
    for name in ["lesson", "store", "lang", "t"] {
        let page = open_wide(&format!("?{name}={markup}")).await?;
        page.wait_until("it is told to be ignored", "return document.body.innerText.includes('<img src=x')").await?;
        assert_eq!(page.script("return window.hit === undefined && !document.querySelector('img[src=x]')").await?, true);
        page.no_reports().await?;
    }
    Ok(())
}

#[tokio::test]
async fn odd_queries_open_the_page_all_the_same() -> TestResult {
    let long = format!("?lesson={0}&store={0}&lang={0}&t={0}", "9".repeat(3_000));
    let odd = [
        long.as_str(),
        "?",
        "?&&&===&?#?",
        "?t",
        "?t=",
        "?t=%00&lesson=%F0%9F%92%A9&store=%E0%A4%A",
        "?t=1&t=2&t=3&lang=en&lang=zh",
        "?__proto__=1&constructor=2&toString=3",
        "?t=86400000&lesson=only-design-docs",
        "?t=0",
        "?lesson=-----",
    ];
    for query in odd {
        let page = open_wide(query).await?;
        page.region("Stage").await?;
        let failed = page.reports().await?;
        let bad: Vec<String> =
            failed.iter().map(ToString::to_string).filter(|text| !text.contains("lessons/") && !text.starts_with("warning")).collect();
        assert!(bad.is_empty(), "{query}: {bad:?}");
        assert_eq!(page.script("return document.getElementById('crash').hidden").await?, true, "{query}");
    }
    Ok(())
}

/// Presses anything that can be pressed, some hundreds of times, and turns every key between.
const CLICK_ON_EVERYTHING: &str = "
    const [seed] = arguments;
    let state = seed;
    const next = below => { state = (state * 1103515245 + 12345) % 2147483648; return state % below };
    const keys = [' ', 'ArrowLeft', 'ArrowRight', 's', 'l', 'g', 'u', 'i', '?', 'Escape', 'Enter', 'Home', 'End', 'PageUp'];
    const pressed = [];
    for (let event = 0; event < 60; event += 1) {
        const parts = [...document.querySelectorAll('#app :is(button, input, select, [role=button], [role=tab], summary, li)')];
        if (parts.length === 0) break;
        const part = parts[next(parts.length)];
        pressed.push(part.ariaLabel ?? part.innerText?.slice(0, 30));
        if (part.type === 'range') { part.value = String(next(1000000)); part.dispatchEvent(new Event('input', { bubbles: true })) }
        else if (part.type === 'text' || part.type === 'number') {
            part.value = ['3', '50', '-1', '', 'x', '99999999999999999999', '1e9'][next(7)];
            part.dispatchEvent(new Event('input', { bubbles: true }));
        } else if (part.tagName === 'SELECT') {
            part.selectedIndex = next(part.options.length);
            part.dispatchEvent(new Event('change', { bubbles: true }));
        } else part.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, clientX: next(1280), clientY: next(720) }));
        if (next(3) === 0) {
            const target = next(2) ? document.body : part;
            target.dispatchEvent(new KeyboardEvent('keydown', { key: keys[next(keys.length)], bubbles: true, cancelable: true }));
        }
    }
    return pressed";

#[tokio::test]
async fn hundreds_of_random_clicks_leave_no_error() -> TestResult {
    for (setup, query, seeds) in [(Setup::wide(), LATE, 1..7), (Setup::narrow(), "", 7..11)] {
        let page = open(setup, query).await?;
        let mut pressed = Vec::new();
        for seed in seeds {
            let script = CLICK_ON_EVERYTHING.replace("arguments", &format!("[{}]", seed * 7919));
            pressed.push(page.script(&script).await?.to_string());
            // A few frames, so that what plays does play.
            tokio::time::sleep(std::time::Duration::from_millis(150)).await;
            let crashed =
                page.script("return document.getElementById('crash').hidden ? null : document.getElementById('crash').innerText").await?;
            assert_eq!(crashed, page_tests::Value::Null, "after {pressed:?}");
            page.no_reports().await?;
        }
        // It is alive: a fresh click does what it says.
        page.client().refresh().await?;
        runs(&page).await?;
        page.no_reports().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_browser_that_keeps_nothing_loses_nothing_but_the_memory() -> TestResult {
    let page = open_wide(LATE).await?;
    page.script(
        "Storage.prototype.setItem = () => { throw new DOMException('refused', 'QuotaExceededError') };
         Storage.prototype.getItem = () => { throw new DOMException('refused', 'SecurityError') }",
    )
    .await?;
    crate::support::choose(&page, "Theme", "dark").await?;
    crate::support::choose(&page, "Language", "中文").await?;
    page.slider("时间").await?;
    page.no_reports().await
}

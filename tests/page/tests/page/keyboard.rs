//! By keyboard alone.

use page_tests::fantoccini::key::Key;
use page_tests::{Find, Page, Problem, TestResult};

use crate::support::{LATE, open_wide, region_text, text};

/// The accessible name of what has the focus, and the region it is in.
async fn focused(page: &Page) -> Result<(String, String), Problem> {
    let script = "
        const part = document.activeElement;
        const name = part.ariaLabel ?? part.labels?.[0]?.innerText ?? part.innerText ?? '';
        return [name.trim(), part.closest('section')?.ariaLabel ?? '']";
    let found = page.script(script).await?;
    let at = |place: usize| found.get(place).map(text).unwrap_or_default();
    Ok((at(0), at(1)))
}

/// Every stop of the tab key, from the page's top, until the focus leaves it.
async fn tab_stops(page: &Page) -> Result<Vec<(String, String)>, Problem> {
    page.script("document.activeElement.blur(); window.scrollTo(0, 0)").await?;
    let mut stops = Vec::new();
    for _ in 0..200 {
        page.press(&Key::Tab.to_string()).await?;
        if page.script("return document.activeElement === document.body").await? == true {
            break;
        }
        stops.push(focused(page).await?);
    }
    Ok(stops)
}

#[tokio::test]
async fn the_tab_key_reaches_everything_and_the_nodes_in_reading_order() -> TestResult {
    let page = open_wide(LATE).await?;
    let stops = tab_stops(&page).await?;
    let nodes: Vec<&str> = stops.iter().filter(|(_, region)| region == "Stage").map(|(name, _)| name.as_str()).collect();
    let wanted = ["wsk", "Controller 0", "Kafka", "Invoker 0", "Invoker 1", "CouchDB", "Elasticsearch"];
    let order: Vec<&str> =
        wanted.into_iter().filter(|want| nodes.iter().any(|node| node.to_lowercase().contains(&want.to_lowercase()))).collect();
    assert_eq!(order.len(), wanted.len(), "the nodes are {nodes:?}");
    let places: Vec<Option<usize>> =
        wanted.iter().map(|want| nodes.iter().position(|node| node.to_lowercase().starts_with(&want.to_lowercase()))).collect();
    assert!(places.is_sorted(), "{nodes:?}");
    for control in ["Play", "Step back", "Step forward", "Time", "Invoke", "List", "Get", "Ask again", "Next"] {
        assert!(stops.iter().any(|(name, _)| name == control), "{control} is not reached: {stops:?}");
    }
    Ok(())
}

#[tokio::test]
async fn enter_opens_the_inspector_and_the_focus_survives_a_seek_and_the_switch() -> TestResult {
    let page = open_wide(LATE).await?;
    let stage = page.region("Stage").await?;
    let nodes = stage.all(&["button"], None).await?;
    let node = nodes.into_iter().find(|node| node.name().starts_with("Controller 0")).ok_or_else(|| Problem::new("no controller"))?;
    node.focus().await?;
    page.press(&Key::Enter.to_string()).await?;
    let inspector = page.region("Inspector").await?;
    inspector.wait_for_text("Controller 0").await?;
    inspector.wait_for_text("whisk.spi.ActivationStoreProvider").await?;
    assert!(node.has_focus().await?);
    page.press(&Key::Left.to_string()).await?;
    page.wait_until("it steps", "return !document.querySelector('input[type=range]').ariaValueText.startsWith('17.600')").await?;
    assert!(node.has_focus().await?, "a seek takes the focus away");
    page.press("s").await?;
    page.wait_until("it switches", "return document.querySelector('[aria-label=\"Activation store\"] input').checked").await?;
    assert!(node.has_focus().await?, "the switch takes the focus away");
    inspector.wait_for_text("Controller 0").await?;
    Ok(())
}

#[tokio::test]
async fn a_record_is_opened_from_its_witness_and_shown_in_three_forms() -> TestResult {
    let page = open_wide(LATE).await?;
    let opens = "
        const controls = [...document.querySelectorAll('[aria-label=\"What Elasticsearch holds\"] li :is(button, a, [role=button], [tabindex=\"0\"])')];
        const control = controls.find(control => !/copy/i.test(control.innerText + control.ariaLabel + control.title));
        control?.focus();
        return control !== undefined && document.activeElement === control";
    assert_eq!(page.script(opens).await?, true, "nothing in an item takes the focus");
    page.press(&Key::Enter.to_string()).await?;
    let inspector = page.region("Inspector").await?;
    for tab in ["REST", "CouchDB document", "Elasticsearch document", "Life"] {
        inspector.find(&["tab", "radio", "button"], Some(tab)).await?.click().await?;
    }
    inspector.wait_for_text("run").await?;
    inspector.find(&["tab", "radio", "button"], Some("REST")).await?.click().await?;
    inspector.wait_for_text("activationId").await?;
    assert!(!crate::support::ids_in(&region_text(&page, "Inspector").await?).is_empty());
    page.no_reports().await
}

/// What travels in the picture is reached from the steps.
#[tokio::test]
async fn a_step_is_gone_to_and_its_activation_opened() -> TestResult {
    let page = open_wide(LATE).await?;
    let row = "
        const rows = [...document.querySelectorAll('#step-list .step-main')];
        const row = rows.find(row => /posts activation/i.test(row.innerText));
        row?.focus();
        return row?.querySelector('.step-time').textContent ?? null";
    let at = text(&page.script(row).await?);
    page.press(&Key::Enter.to_string()).await?;
    crate::support::moment_begins(&page, &at).await?;
    page.region("Inspector").await?.wait_for_text("guest/hello").await?;
    assert_eq!(crate::support::ids_in(&region_text(&page, "Inspector").await?).len(), 1);
    let focus = "return document.activeElement.matches('#step-list .step-main[aria-current=step]')";
    assert_eq!(page.script(focus).await?, true, "the focus is elsewhere");
    page.no_reports().await
}

#[tokio::test]
async fn the_list_of_steps_is_a_window_whose_rows_know_their_place() -> TestResult {
    let page = open_wide("?lesson=only-design-docs&t=3000000").await?;
    crate::support::choose(&page, "Which steps", "Show all steps").await?;
    page.wait_until("all are counted", "return Number(document.querySelector('#step-list .step')?.ariaSetSize) > 1000").await?;
    let window = "
        const rows = [...document.querySelectorAll('#step-list > li')];
        const places = rows.map(row => Number(row.ariaPosInSet));
        const follow = places.every((place, row) => place === places[0] + row);
        const sizes = new Set(rows.map(row => row.ariaSetSize));
        return [rows.length, follow, sizes.size, places[0], Number([...sizes][0])]";
    let mut firsts = Vec::new();
    for button in [None, Some("Earlier steps"), Some("Later steps")] {
        if let Some(button) = button {
            let before = page.script(window).await?.get(3).cloned().unwrap_or_default();
            page.button(button).await?.click().await?;
            let moved = format!("return document.querySelector('#step-list > li').ariaPosInSet !== '{before}'");
            page.wait_until("the window moves", &moved).await?;
        }
        let seen = page.script(window).await?;
        let number = |place: usize| seen.get(place).and_then(page_tests::Value::as_u64).unwrap_or_default();
        assert!((1..=200).contains(&number(0)), "{seen}");
        assert_eq!((seen.get(1), number(2)), (Some(&true.into()), 1), "{seen}");
        assert!(number(3) + number(0) - 1 <= number(4), "{seen}");
        firsts.push(number(3));
    }
    assert!(firsts[1] < firsts[0] && firsts[1] < firsts[2], "{firsts:?}");
    page.no_reports().await
}

#[tokio::test]
async fn what_has_the_focus_shows_it() -> TestResult {
    let page = open_wide(LATE).await?;
    page.script("document.activeElement.blur()").await?;
    for _ in 0..40 {
        page.press(&Key::Tab.to_string()).await?;
        let script = "
            const part = document.activeElement;
            if (part === document.body) return null;
            const shown = element => {
                const style = getComputedStyle(element);
                return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
            };
            // A hidden input is shown by its label, and a node of the picture by a ring of its own.
            const near = [part, part.closest('label'), ...(part.closest('label')?.children ?? []), ...part.children].filter(Boolean);
            const ringed = part.matches('.ring') && getComputedStyle(part).strokeDasharray !== 'none';
            return near.some(shown) || ringed ? null : part.outerHTML.slice(0, 200)";
        assert_eq!(page.script(script).await?, page_tests::Value::Null);
    }
    Ok(())
}

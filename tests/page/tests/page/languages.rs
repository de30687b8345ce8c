//! English and Chinese, light and dark: changed in place.

use page_tests::fantoccini::key::Key;
use page_tests::{Find, Page, Problem, Setup, TestResult, Value, json};

use crate::support::{LATE, choose, open, open_wide, place, region_text};

#[tokio::test]
async fn the_language_changes_in_place_and_the_instant_stays() -> TestResult {
    let page = open_wide(LATE).await?;
    let before = place(&page).await?;
    choose(&page, "Language", "中文").await?;
    page.wait_until("the document is Chinese", "return document.documentElement.lang.startsWith('zh')").await?;
    assert!(page.title().await?.contains("我的激活记录去哪儿了"), "the title is {}", page.title().await?);
    for region in ["课程", "集群图", "结论", "CLI 显示什么", "CouchDB 里有什么", "Elasticsearch 里有什么", "详情", "步骤"]
    {
        page.region(region).await?;
    }
    for button in ["播放", "上一步", "下一步", "调用", "列出", "读取", "再查一次"] {
        page.button(button).await?;
    }
    page.slider("时间").await?;
    assert_eq!(place(&page).await?, before);
    assert!(region_text(&page, "结论").await?.contains("Elasticsearch 3"));
    // Back again, to the same words as before.
    choose(&page, "语言", "English").await?;
    page.region("What the CLI shows").await?;
    page.slider("Time").await?;
    assert_eq!(page.script("return document.documentElement.lang").await?, "en");
    page.no_reports().await
}

/// English sentences that the page shows. Terms, ids, commands and keys are the same in both languages; sentences are not. Six Latin words
/// in a row are one.
async fn english(page: &Page) -> Result<Value, Problem> {
    let script = "
        const walker = document.createTreeWalker(document.querySelector('#app'), NodeFilter.SHOW_TEXT);
        const isEnglish = text => /(\\b[A-Za-z’]{2,}\\b[ ,]+){5}\\b[A-Za-z]{2,}/.test(text);
        const english = [];
        for (let node = walker.nextNode(); node; node = walker.nextNode())
            if (!node.parentElement.closest('code, pre, .terminal, [lang=en], a, .choices') && isEnglish(node.data)) english.push(node.data);
        for (const part of document.querySelectorAll('#app *'))
            for (const said of [part.ariaLabel, part.title, part.getAttribute('aria-valuetext')])
                if (said && isEnglish(said)) english.push(said);
        return english";
    page.script(script).await
}

#[tokio::test]
async fn no_english_sentence_is_left_on_the_chinese_page() -> TestResult {
    let page = open(Setup::wide(), &format!("{LATE}&lang=zh&store=mongo")).await?;
    page.slider("时间").await?;
    assert_eq!(english(&page).await?, json!([]), "as it opens");
    // What is said under the stage, at each step.
    for _ in 0..25 {
        page.button("上一步").await?.click().await?;
        assert_eq!(
            english(&page).await?,
            json!([]),
            "at {}",
            page.slider("时间").await?.attribute("aria-valuetext").await?.unwrap_or_default()
        );
    }
    // Each node, and a record from all sides.
    for node in page.region("集群图").await?.all(&["button"], None).await? {
        node.focus().await?;
        page.press(&Key::Enter.to_string()).await?;
        assert_eq!(english(&page).await?, json!([]), "{node} in the inspector");
    }
    page.script("document.querySelector('.witness-elasticsearch .document-main').click()").await?;
    for tab in ["REST", "CouchDB 文档", "Elasticsearch 文档", "一生"] {
        page.region("详情").await?.find(&["tab"], Some(tab)).await?.click().await?;
        assert_eq!(english(&page).await?, json!([]), "{tab} in the inspector");
    }
    // What lies over the page, and a field that is wrong.
    for opener in ["做了哪些简化？", "术语表", "调用"] {
        page.button(opener).await?.click().await?;
        let dialog = page.find(&["dialog"], None).await?;
        if opener == "调用" {
            let count = dialog.find(&["textbox", "spinbutton"], None).await?;
            count.element().clear().await?;
            count.press("0").await?;
            dialog.button("发送").await?.click().await?;
            page.wait_until("it is refused", "return document.querySelector('dialog [aria-invalid=true]')").await?;
        }
        assert_eq!(english(&page).await?, json!([]), "{opener}");
        page.press(&Key::Escape.to_string()).await?;
        page.wait_until("it is closed", "return !document.querySelector('dialog[open]')").await?;
    }
    page.press("?").await?;
    page.find(&["dialog"], None).await?;
    assert_eq!(english(&page).await?, json!([]), "the shortcuts");
    page.no_reports().await
}

#[tokio::test]
async fn notices_are_said_in_the_language_that_is_chosen_after_them() -> TestResult {
    let setup = Setup::wide();
    let site = setup.site()?;
    site.fail("lessons/list-twice.json", 503);
    let page = setup.open_on(site, &format!("{LATE}&store=mongo")).await?;
    crate::support::runs(&page).await?;
    let choice = page.find(&["combobox", "listbox"], Some("Choose a lesson")).await?;
    choice.element().select_by_value("list-twice").await?;
    let notices = "return document.querySelector('.notices').innerText";
    page.wait_until(
        "both are told",
        &format!("{notices}.includes('is ignored') && {notices}.includes('could not be opened')").replacen("&& return ", "&& ", 1),
    )
    .await?;
    choose(&page, "Language", "中文").await?;
    let said = crate::support::text(&page.script(notices).await?);
    assert!(said.contains("已忽略") && said.contains("无法打开课程"), "{said}");
    assert!(!said.contains("ignored") && !said.contains("could not"), "{said}");
    Ok(())
}

#[tokio::test]
async fn the_browsers_language_is_taken_until_one_is_chosen_which_is_kept() -> TestResult {
    let page = open(Setup::wide().language("zh-CN"), "").await?;
    page.button("演示一遍").await?.click().await?;
    choose(&page, "语言", "English").await?;
    // Without a parameter, which would win over what was kept.
    let address = page.address().await?;
    let bare = address.split('?').next().unwrap_or(&address).to_owned();
    page.client().goto(&bare).await?;
    crate::support::runs(&page).await?;
    page.button("Show me").await?;
    page.no_reports().await
}

#[tokio::test]
async fn a_chosen_theme_is_shown_at_once_and_kept() -> TestResult {
    let page = open(Setup::wide(), LATE).await?;
    let ground = "return getComputedStyle(document.body).backgroundColor";
    let light = page.script(ground).await?;
    choose(&page, "Theme", "dark").await?;
    page.wait_until("it is dark", "return document.documentElement.dataset.theme === 'dark'").await?;
    // Colours may fade over.
    page.wait_until("the ground is another", &format!("return getComputedStyle(document.body).backgroundColor !== {light}")).await?;
    page.client().refresh().await?;
    crate::support::runs(&page).await?;
    assert!(page.radio("Theme", "dark").await?.is_on().await?);
    page.no_reports().await
}

#[tokio::test]
async fn the_systems_theme_is_followed_without_a_choice() -> TestResult {
    let ground = "return getComputedStyle(document.body).backgroundColor";
    let light = open(Setup::wide(), LATE).await?.script(ground).await?;
    let dark = open(Setup::wide().dark(), LATE).await?.script(ground).await?;
    assert_ne!(light, dark);
    Ok(())
}

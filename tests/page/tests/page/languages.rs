//! English and Chinese, light and dark: changed in place.

use page_tests::{Find, Setup, TestResult};

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

#[tokio::test]
async fn no_english_sentence_is_left_on_the_chinese_page() -> TestResult {
    let page = open(Setup::wide(), &format!("{LATE}&lang=zh")).await?;
    page.slider("时间").await?;
    // Terms, ids, commands and keys are the same in both; sentences are not. Six Latin words in a row are one.
    let script = "
        const walker = document.createTreeWalker(document.querySelector('#app'), NodeFilter.SHOW_TEXT);
        const english = [];
        for (let node = walker.nextNode(); node; node = walker.nextNode())
            if (!node.parentElement.closest('code, pre, .terminal, [lang=en], a, .choices')
                && /(\\b[A-Za-z’]{2,}\\b[ ,]+){5}\\b[A-Za-z]{2,}/.test(node.data)) english.push(node.data);
        return english";
    assert_eq!(page.script(script).await?, page_tests::json!([]));
    page.no_reports().await
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

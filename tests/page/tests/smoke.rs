//! The built page opens at all.

use page_tests::{Setup, TestResult};

#[tokio::test]
async fn the_page_opens_under_any_path_and_nothing_complains() -> TestResult {
    for path in ["/", "/some/deep/path/"] {
        let page = Setup::wide().under(path).open("").await?;
        page.wait_until("the page's own code runs", "return document.querySelector('#app')?.children.length > 0").await?;
        assert!(page.title().await?.contains("WhiskScope"), "the title is {}", page.title().await?);
        page.no_reports().await?;
        // A preload that does not match what is loaded later would fetch the wasm twice.
        let mut requests = page.site().requests();
        requests.sort();
        let count = requests.len();
        requests.dedup();
        assert_eq!(count, requests.len(), "some file was asked for twice: {:?}", page.site().requests());
    }
    Ok(())
}

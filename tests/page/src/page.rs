//! An open page.

use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fantoccini::Client;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

use crate::driver::Driver;
use crate::{Problem, Report, Site};

/// A page in a browser of its own, which is closed with it.
pub struct Page {
    pub(crate) client: Client,
    pub(crate) reports: Mutex<Vec<Report>>,
    pub(crate) origin: String,
    site: Site,
    // Dropped last: it closes the browser.
    _driver: Driver,
}

impl Page {
    pub(crate) fn new(client: Client, driver: Driver, site: Site, origin: String) -> Page {
        Page { client, reports: Mutex::default(), origin, site, _driver: driver }
    }

    /// Where the page comes from.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// For what is not wrapped here: addresses, history, windows, actions.
    pub fn client(&self) -> &Client {
        &self.client
    }

    pub async fn title(&self) -> Result<String, Problem> {
        Ok(self.client.title().await?)
    }

    /// The whole address, as in the address bar.
    pub async fn address(&self) -> Result<String, Problem> {
        Ok(self.client.current_url().await?.to_string())
    }

    /// Runs `script` as the body of a function and gives what it returns.
    pub async fn script(&self, script: &str) -> Result<Value, Problem> {
        Ok(self.client.execute(script, Vec::new()).await?)
    }

    /// Presses a key, or writes text, where the focus is; keys are those of [`fantoccini::key::Key`].
    pub async fn press(&self, keys: &str) -> Result<(), Problem> {
        let press = async || self.client.active_element().await?.send_keys(keys).await;
        match press().await {
            // What had the focus was drawn anew between the two commands: a person would not have noticed.
            Err(error) if error.to_string().contains("stale element") => Ok(press().await?),
            pressed => Ok(pressed?),
        }
    }

    /// A command of the Chrome DevTools Protocol.
    pub async fn cdp(&self, method: &'static str, parameters: Value) -> Result<Value, Problem> {
        cdp(&self.client, method, parameters).await
    }

    /// Every text in the document, shown or not, attributes included.
    pub async fn document(&self) -> Result<String, Problem> {
        Ok(self.client.source().await?)
    }

    /// The whole accessibility tree, a line for each object that is not ignored: `role "name" value description`.
    pub async fn accessibility_tree(&self) -> Result<String, Problem> {
        let answer = self.cdp("Accessibility.getFullAXTree", json!({})).await?;
        let text = |node: &Value, field: &str| node.pointer(&format!("/{field}/value")).map(plain).unwrap_or_default();
        let lines = answer.pointer("/nodes").and_then(Value::as_array).into_iter().flatten().filter(|node| {
            // The parts of a text repeat it.
            node.get("ignored") != Some(&Value::Bool(true)) && text(node, "role") != "InlineTextBox"
        });
        let line = |node: &Value| {
            format!("{} \"{}\" {} {}", text(node, "role"), text(node, "name"), text(node, "value"), text(node, "description"))
        };
        Ok(lines.map(|node| line(node).trim_end().to_owned()).collect::<Vec<_>>().join("\n"))
    }

    /// Asks `script` again and again until it returns something true, five seconds at most.
    pub async fn wait_until(&self, what: &str, script: &str) -> Result<(), Problem> {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(5) {
            if !matches!(self.script(script).await?, Value::Null | Value::Bool(false)) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Err(Problem::new(format!("not within 5 s: {what}")))
    }

    /// A picture of what the window shows.
    pub async fn screenshot(&self, to: &Path) -> Result<(), Problem> {
        self.capture(json!({ "format": "png" }), to).await
    }

    /// A picture of the page from its top to its end.
    pub async fn screenshot_whole(&self, to: &Path) -> Result<(), Problem> {
        let metrics = self.cdp("Page.getLayoutMetrics", json!({})).await?;
        let size = |name: &str| metrics.pointer(&format!("/cssContentSize/{name}")).cloned().unwrap_or(json!(0));
        let clip = json!({ "x": 0, "y": 0, "width": size("width"), "height": size("height"), "scale": 1 });
        self.capture(json!({ "format": "png", "captureBeyondViewport": true, "clip": clip }), to).await
    }

    async fn capture(&self, parameters: Value, to: &Path) -> Result<(), Problem> {
        let answer = self.cdp("Page.captureScreenshot", parameters).await?;
        let picture = answer.get("data").and_then(Value::as_str).ok_or_else(|| Problem::new("the browser gave no picture"))?;
        std::fs::write(to, STANDARD.decode(picture)?).map_err(|error| Problem::new(format!("{} cannot be written: {error}", to.display())))
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

pub(crate) async fn cdp(client: &Client, method: &'static str, parameters: Value) -> Result<Value, Problem> {
    vendor(client, "goog/cdp/execute", json!({ "cmd": method, "params": parameters }))
        .await
        .map_err(|problem| Problem::new(format!("{method}: {problem}")))
}

/// A command of ChromeDriver's own.
pub(crate) async fn vendor(client: &Client, path: &'static str, body: Value) -> Result<Value, Problem> {
    Ok(client.issue_cmd(Vendor { path, body }).await?)
}

#[derive(Debug)]
struct Vendor {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Vendor {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}

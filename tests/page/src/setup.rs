//! How a page is opened.

use std::path::PathBuf;

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use url::Url;

use crate::driver::Driver;
use crate::page::cdp;
use crate::{Page, Problem, Site, dist};

/// The window and the visitor's preferences; [`Setup::open`] opens the page.
#[derive(Clone, Debug)]
pub struct Setup {
    width_px: u32,
    height_px: u32,
    pixel_ratio: f64,
    is_touch: bool,
    is_dark: bool,
    is_motion_reduced: bool,
    language: String,
    has_scripts: bool,
    is_from_file: bool,
    path: String,
    folder: Option<PathBuf>,
}

impl Setup {
    /// A laptop's window, 1280×720, in English, light, under a path that is not the root.
    pub fn wide() -> Setup {
        Setup {
            width_px: 1280,
            height_px: 720,
            pixel_ratio: 1.0,
            is_touch: false,
            is_dark: false,
            is_motion_reduced: false,
            language: "en-US".to_owned(),
            has_scripts: true,
            is_from_file: false,
            path: "/some/deep/path/".to_owned(),
            folder: None,
        }
    }

    /// A small phone's, 360×740, with touch.
    pub fn narrow() -> Setup {
        Setup { is_touch: true, ..Setup::wide().window(360, 740) }
    }

    /// The size of what is inside of the window, in CSS pixels.
    pub fn window(self, width_px: u32, height_px: u32) -> Setup {
        Setup { width_px, height_px, ..self }
    }

    pub fn pixel_ratio(self, pixel_ratio: f64) -> Setup {
        Setup { pixel_ratio, ..self }
    }

    pub fn touch(self) -> Setup {
        Setup { is_touch: true, ..self }
    }

    pub fn dark(self) -> Setup {
        Setup { is_dark: true, ..self }
    }

    pub fn reduced_motion(self) -> Setup {
        Setup { is_motion_reduced: true, ..self }
    }

    /// The browser's language, such as `zh-CN`.
    pub fn language(self, language: &str) -> Setup {
        Setup { language: language.to_owned(), ..self }
    }

    pub fn without_scripts(self) -> Setup {
        Setup { has_scripts: false, ..self }
    }

    /// Opened by a double click on dist/index.html.
    pub fn from_file(self) -> Setup {
        Setup { is_from_file: true, ..self }
    }

    /// The path under which the page is served; it begins and ends with a slash.
    pub fn under(self, path: &str) -> Setup {
        Setup { path: path.to_owned(), ..self }
    }

    /// Another folder than dist/.
    pub fn folder(self, folder: PathBuf) -> Setup {
        Setup { folder: Some(folder), ..self }
    }

    /// A site of its own for [`Setup::open_on`], to slow it or to make it fail before the page is opened.
    pub fn site(&self) -> Result<Site, Problem> {
        let folder = match &self.folder {
            Some(folder) => folder.clone(),
            None => dist()?,
        };
        Site::new(folder, &self.path)
    }

    /// Opens the page with `query`, which is empty or begins with `?`, and waits until it is loaded.
    pub async fn open(&self, query: &str) -> Result<Page, Problem> {
        self.open_on(self.site()?, query).await
    }

    pub async fn open_on(&self, site: Site, query: &str) -> Result<Page, Problem> {
        let address = if self.is_from_file {
            let index = self.folder.clone().map_or_else(dist, Ok)?.join("index.html").canonicalize()?;
            format!("file://{}{query}", index.display())
        } else {
            format!("{}{query}", site.url())
        };
        self.open_address(site, &address).await
    }

    /// Opens any address, whose origin then is the one that requests may go to.
    pub async fn open_address(&self, site: Site, address: &str) -> Result<Page, Problem> {
        let driver = Driver::start()?;
        let client = ClientBuilder::new(HttpConnector::new()).capabilities(self.capabilities()?).connect(&driver.url()).await?;
        self.emulate(&client).await?;
        client.goto(address).await?;
        let origin = Url::parse(address)?.origin().ascii_serialization();
        Ok(Page::new(client, driver, site, origin))
    }

    fn capabilities(&self) -> Result<Capabilities, Problem> {
        // The same browser as that of the tests in the crate itself.
        let mut capabilities: Capabilities = serde_json::from_str(include_str!("../../../webdriver.json"))?;
        let options = capabilities.entry("goog:chromeOptions").or_insert_with(|| json!({}));
        if let Some(arguments) = options.pointer_mut("/args").and_then(Value::as_array_mut) {
            // For navigator.languages, and for the request's header.
            arguments.push(json!(format!("--accept-lang={}", self.language)));
            arguments.push(json!(format!("--lang={}", self.language)));
            arguments.push(json!("--hide-scrollbars"));
        }
        if let (Some(chromium), Some(options)) = (std::env::var_os("CHROMIUM"), options.as_object_mut()) {
            options.insert("binary".to_owned(), json!(chromium.to_string_lossy()));
        }
        if let Some(options) = options.as_object_mut() {
            options.insert("perfLoggingPrefs".to_owned(), json!({ "enableNetwork": true, "enablePage": false }));
        }
        capabilities.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL", "performance": "ALL" }));
        Ok(capabilities)
    }

    async fn emulate(&self, client: &Client) -> Result<(), Problem> {
        // A headless window cannot be made as narrow as a phone's, its contents can.
        let metrics =
            json!({ "width": self.width_px, "height": self.height_px, "deviceScaleFactor": self.pixel_ratio, "mobile": self.is_touch });
        cdp(client, "Emulation.setDeviceMetricsOverride", metrics).await?;
        cdp(client, "Emulation.setTouchEmulationEnabled", json!({ "enabled": self.is_touch })).await?;
        let scheme = if self.is_dark { "dark" } else { "light" };
        let motion = if self.is_motion_reduced { "reduce" } else { "no-preference" };
        let features = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": motion },
        ] });
        cdp(client, "Emulation.setEmulatedMedia", features).await?;
        cdp(client, "Emulation.setScriptExecutionDisabled", json!({ "value": !self.has_scripts })).await?;
        Ok(())
    }
}

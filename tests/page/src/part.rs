//! A part of a page, found by its role and name.

use std::time::{Duration, Instant};

use fantoccini::elements::{Element, ElementRef};
use serde_json::{Value, json};

use crate::{Find, Page, Problem};

/// The key under which WebDriver writes the reference of an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

pub struct Part<'page> {
    page: &'page Page,
    node: u64,
    role: String,
    name: String,
    element: Element,
}

impl Find for Part<'_> {
    fn scope(&self) -> (&Page, Option<u64>) {
        (self.page, Some(self.node))
    }
}

impl<'page> Part<'page> {
    pub(crate) async fn new(page: &'page Page, node: u64, role: String, name: String) -> Result<Part<'page>, Problem> {
        // DevTools knows the node and WebDriver the element; the page's own object is where the two meet.
        let object = page.cdp("DOM.resolveNode", json!({ "backendNodeId": node })).await?;
        let object = object.pointer("/object/objectId").cloned().ok_or_else(|| Problem::new("the part has no DOM node"))?;
        let keep = json!({ "objectId": object, "functionDeclaration": "function () { window[Symbol.for('page-tests')] = this }" });
        page.cdp("Runtime.callFunctionOn", keep).await?;
        let reference = page.script("return window[Symbol.for('page-tests')]").await?;
        let id = reference.get(ELEMENT).and_then(Value::as_str).ok_or_else(|| Problem::new("the part is not an element"))?;
        let element = Element::from_element_id(page.client.clone(), ElementRef::from(id.to_owned()));
        Ok(Part { page, node, role, name, element })
    }

    pub(crate) fn node(&self) -> u64 {
        self.node
    }

    pub fn role(&self) -> &str {
        &self.role
    }

    /// The accessible name it had when it was found.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// For what is not wrapped here.
    pub fn element(&self) -> &Element {
        &self.element
    }

    /// Clicks its middle, scrolled into view, as WebDriver does: what covers it makes it fail. What only sticks to an end of the window
    /// is scrolled away from under, as a person would.
    pub async fn click(&self) -> Result<(), Problem> {
        if self.element.click().await.is_ok() {
            return Ok(());
        }
        self.of_self("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })").await?;
        match self.element.click().await {
            // A control that is drawn by its label alone is clicked there.
            Err(_) if self.click_label().await? => Ok(()),
            outcome => outcome.map_err(|error| self.failed("clicked", &error)),
        }
    }

    async fn click_label(&self) -> Result<bool, Problem> {
        let label = self.of_self("const [self] = arguments; return self.labels && self.labels[0]").await?;
        let Some(id) = label.get(ELEMENT).and_then(Value::as_str) else { return Ok(false) };
        let label = Element::from_element_id(self.page.client.clone(), ElementRef::from(id.to_owned()));
        label.click().await.map_err(|error| self.failed("clicked by its label", &error))?;
        Ok(true)
    }

    /// Presses keys, or writes text, in it; keys are those of [`fantoccini::key::Key`].
    pub async fn press(&self, keys: &str) -> Result<(), Problem> {
        self.element.send_keys(keys).await.map_err(|error| self.failed("written to", &error))
    }

    pub async fn focus(&self) -> Result<(), Problem> {
        self.of_self("arguments[0].focus()").await.map(drop)
    }

    pub async fn has_focus(&self) -> Result<bool, Problem> {
        Ok(self.of_self("return document.activeElement === arguments[0]").await? == Value::Bool(true))
    }

    /// The text as it is shown.
    pub async fn text(&self) -> Result<String, Problem> {
        self.element.text().await.map_err(|error| self.failed("read", &error))
    }

    pub async fn attribute(&self, name: &str) -> Result<Option<String>, Problem> {
        self.element.attr(name).await.map_err(|error| self.failed("read", &error))
    }

    /// A property as text, such as `value` or `checked`.
    pub async fn property(&self, name: &str) -> Result<Option<String>, Problem> {
        self.element.prop(name).await.map_err(|error| self.failed("read", &error))
    }

    /// Whether it is checked, chosen or pressed, for a native control and for one made by ARIA.
    pub async fn is_on(&self) -> Result<bool, Problem> {
        let script = "const [self] = arguments; \
                      return self.checked === true || ['checked', 'selected', 'pressed'].some(s => self.getAttribute('aria-' + s) === 'true')";
        Ok(self.of_self(script).await? == Value::Bool(true))
    }

    pub async fn is_enabled(&self) -> Result<bool, Problem> {
        self.element.is_enabled().await.map_err(|error| self.failed("read", &error))
    }

    /// Left, top, width and height, in CSS pixels.
    pub async fn rectangle(&self) -> Result<(f64, f64, f64, f64), Problem> {
        self.element.rectangle().await.map_err(|error| self.failed("measured", &error))
    }

    /// Waits up to five seconds until its text contains `text`, and gives the text.
    pub async fn wait_for_text(&self, text: &str) -> Result<String, Problem> {
        let begun = Instant::now();
        loop {
            let shown = self.text().await?;
            if shown.contains(text) {
                return Ok(shown);
            }
            if begun.elapsed() > Duration::from_secs(5) {
                return Err(Problem::new(format!("{self} was to say \"{text}\" within 5 s, and says: {shown}")));
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Runs `script` with the part's element as its first argument.
    pub async fn of_self(&self, script: &str) -> Result<Value, Problem> {
        let this = json!({ ELEMENT: &*self.element.element_id() });
        self.page.client.execute(script, vec![this]).await.map_err(|error| self.failed("asked", &error))
    }

    fn failed(&self, act: &str, error: &dyn std::error::Error) -> Problem {
        Problem::new(format!("{self} could not be {act}: {error}"))
    }
}

impl std::fmt::Display for Part<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} \"{}\"", self.role, self.name)
    }
}

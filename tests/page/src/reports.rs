//! What the browser complains about, and where the page's requests go.

use std::fmt;
use std::sync::PoisonError;

use serde_json::{Value, json};

use crate::page::vendor;
use crate::{Page, Problem, TestResult};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// The Content-Security-Policy stopped something.
    Policy(String),
    /// An uncaught error, a panic, a `console.error`, or a request that failed.
    Error(String),
    /// A `console.warn`, or the browser's own advice.
    Warning(String),
    /// A request to another origin than the page's.
    Foreign(String),
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Report::Policy(text) => write!(f, "policy: {text}"),
            Report::Error(text) => write!(f, "error: {text}"),
            Report::Warning(text) => write!(f, "warning: {text}"),
            Report::Foreign(text) => write!(f, "request to another origin: {text}"),
        }
    }
}

impl Page {
    /// Everything reported since the page was opened, over all its navigations.
    pub async fn reports(&self) -> Result<Vec<Report>, Problem> {
        let mut new = Vec::new();
        // Each reading empties the browser's own log, hence our copy.
        for entry in self.log("browser").await? {
            new.extend(of_console(&entry));
        }
        for entry in self.log("performance").await? {
            new.extend(self.of_network(&entry));
        }
        let mut all = self.reports.lock().unwrap_or_else(PoisonError::into_inner);
        all.extend(new);
        Ok(all.clone())
    }

    /// Fails on anything but warnings.
    pub async fn no_reports(&self) -> TestResult {
        let bad: Vec<String> =
            self.reports().await?.iter().filter(|report| !matches!(report, Report::Warning(_))).map(Report::to_string).collect();
        if bad.is_empty() { Ok(()) } else { Err(Problem::new(format!("the browser reports:\n  {}", bad.join("\n  ")))) }
    }

    async fn log(&self, kind: &str) -> Result<Vec<Value>, Problem> {
        let answer = vendor(&self.client, "se/log", json!({ "type": kind })).await?;
        Ok(answer.as_array().cloned().unwrap_or_default())
    }

    fn of_network(&self, entry: &Value) -> Option<Report> {
        let message: Value = serde_json::from_str(entry.get("message")?.as_str()?).ok()?;
        if message.pointer("/message/method")? != "Network.requestWillBeSent" {
            return None;
        }
        let url = message.pointer("/message/params/request/url")?.as_str()?;
        let stays = ["data:", "blob:", "about:", "file:"].iter().any(|scheme| url.starts_with(scheme))
            || url.strip_prefix(&self.origin).is_some_and(|rest| rest.starts_with('/'));
        (!stays).then(|| Report::Foreign(url.to_owned()))
    }
}

fn of_console(entry: &Value) -> Option<Report> {
    let text = entry.get("message").and_then(Value::as_str)?.to_owned();
    if text.contains("Content Security Policy") {
        return Some(Report::Policy(text));
    }
    match entry.get("level").and_then(Value::as_str)? {
        "SEVERE" => Some(Report::Error(text)),
        "WARNING" => Some(Report::Warning(text)),
        _ => None,
    }
}

//! The parameters of a query, read as the controller reads them.

use super::refusal::Refusal;
use crate::cluster::{LIST_LIMIT, LIST_LIMIT_MAX, LIST_SKIP_MAX, ListForm, ListMore, WAIT_MS_MAX, is_path};

/// The parameters of a request, decoded.
pub(super) struct Query {
    pairs: Vec<(String, String)>,
}

impl Query {
    pub fn read(query: &str) -> Result<Self, Refusal> {
        let pair = |text: &str| {
            let (name, value) = text.split_once('=').unwrap_or((text, ""));
            Some((decoded(name, true)?, decoded(value, true)?))
        };
        let parts = query.split('&').filter(|part| !part.is_empty());
        let pairs: Option<Vec<_>> = parts.map(pair).collect();
        pairs.map(|pairs| Self { pairs }).ok_or_else(|| Refusal::new(400, "The request contains illegal characters in its query."))
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A flag that is off if it is not there, in the words that Pekko HTTP knows.
    pub fn flag(&self, name: &str, default: bool) -> Result<bool, Refusal> {
        let Some(value) = self.get(name) else { return Ok(default) };
        match value.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "1" => Ok(true),
            "false" | "no" | "off" | "0" => Ok(false),
            _ => Err(Refusal::parameter(name, &format!("'{value}' is not a valid Boolean value"))),
        }
    }

    fn integer(&self, name: &str, collection: &str) -> Result<Option<i32>, Refusal> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let wrong = || Refusal::parameter(name, &format!("The value '{value}' is not an integer for {collection}."));
        value.parse().map(Some).map_err(|_| wrong())
    }

    /// `limit`: 30 if it is not there, 200 at most, and 0 means 200 (`RestAPIs.scala:115-127`, `application.conf:518-521`).
    pub fn limit(&self, collection: &str) -> Result<u32, Refusal> {
        let Some(number) = self.integer("limit", collection)? else { return Ok(LIST_LIMIT) };
        let limit = u32::try_from(number).ok().filter(|limit| *limit <= LIST_LIMIT_MAX);
        let text = format!("The value '{number}' is not in the range of 0 to {LIST_LIMIT_MAX} for {collection}.");
        limit.ok_or_else(|| Refusal::parameter("limit", &text))
    }

    /// `skip` (`RestAPIs.scala:130-141`). More than the model's own greatest skips as much: no run has so many records.
    pub fn skip(&self, collection: &str) -> Result<u32, Refusal> {
        let Some(number) = self.integer("skip", collection)? else { return Ok(0) };
        let text = format!("The value '{number}' is not greater than or equal to 0 for {collection}.");
        u32::try_from(number).map(|skip| skip.min(LIST_SKIP_MAX)).map_err(|_| Refusal::parameter("skip", &text))
    }

    /// `timeout` of a blocking call, in ms (`Actions.scala:768-779`).
    pub fn timeout(&self) -> Result<Option<u32>, Refusal> {
        let Some(value) = self.get("timeout") else { return Ok(None) };
        let number = value.parse::<i32>().ok().and_then(|ms| u32::try_from(ms).ok()).filter(|ms| (1..=WAIT_MS_MAX).contains(ms));
        let text = format!("Timeout must be number of milliseconds up to {WAIT_MS_MAX}.");
        number.map(Some).ok_or_else(|| Refusal::parameter("timeout", &text))
    }

    /// The name that activations are filtered by (`Activations.scala:45-53`).
    pub fn name(&self) -> Result<Option<String>, Refusal> {
        match self.get("name") {
            None => Ok(None),
            Some(value) if value.trim().is_empty() => Ok(None),
            Some(value) => {
                let name = value.strip_prefix('/').unwrap_or(value);
                if is_path(value) && name.split('/').count() <= 2 {
                    return Ok(Some(name.to_owned()));
                }
                let text = format!("Parameter may be a 'simple' name or 'package-name/simple' name: {value}");
                Err(Refusal::parameter("name", &text))
            }
        }
    }

    fn epoch(&self, name: &str) -> Result<Option<u64>, Refusal> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let number = value.parse::<i64>();
        let text = format!("Parameter is not a valid value for epoch seconds: {value}");
        // Before 1970 nothing has started.
        number.map(|ms| Some(u64::try_from(ms).unwrap_or(0))).map_err(|_| Refusal::parameter(name, &text))
    }

    /// What a list of activations asks for besides (`Activations.scala:152-182`).
    pub fn more(&self) -> Result<ListMore, Refusal> {
        let (count, docs) = (self.flag("count", false)?, self.flag("docs", false)?);
        let form = match (count, docs) {
            (true, true) => return Err(Refusal::new(400, "The parameter 'docs' is not permitted with 'count'.")),
            (true, false) => ListForm::Count,
            (false, true) => ListForm::Docs,
            (false, false) => ListForm::Summaries,
        };
        Ok(ListMore { since_ms: self.epoch("since")?, upto_ms: self.epoch("upto")?, form })
    }
}

/// A text with its `%xx` taken back; `None` if what comes out is no UTF-8, or a `%` has no two digits behind it.
pub(super) fn decoded(text: &str, plus: bool) -> Option<String> {
    let mut bytes = text.bytes();
    let mut plain = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        plain.push(match byte {
            b'%' => {
                let mut digit = || char::from(bytes.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            b'+' if plus => b' ',
            other => other,
        });
    }
    String::from_utf8(plain).ok()
}

/// A text as a part of a path.
pub fn path_text(text: &str) -> String {
    encoded(text, true)
}

/// A text as a part of a path, or of a query, can hold it.
pub(super) fn encoded(text: &str, is_path: bool) -> String {
    let mut code = String::with_capacity(text.len());
    for byte in text.bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
        if is_plain || (is_path && matches!(byte, b'/' | b'@' | b'&')) {
            code.push(char::from(byte));
        } else {
            code.push_str(&format!("%{byte:02X}"));
        }
    }
    code
}

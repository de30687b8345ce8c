//! Objects as JSON text whose fields stay in the order in which CouchDB writes them.

use serde_json::Value;

/// An object that is written field by field.
#[derive(Debug, Default)]
pub struct Fields {
    text: String,
}

impl Fields {
    /// Writes a field whose value is JSON text already.
    pub fn json(mut self, name: &str, value: &str) -> Self {
        self.text.push(if self.text.is_empty() { '{' } else { ',' });
        self.text.push_str(&quoted(name));
        self.text.push(':');
        self.text.push_str(value);
        self
    }

    pub fn value(self, name: &str, value: &Value) -> Self {
        self.json(name, &value.to_string())
    }

    pub fn text(self, name: &str, value: &str) -> Self {
        self.json(name, &quoted(value))
    }

    pub fn number(self, name: &str, value: u64) -> Self {
        self.json(name, &value.to_string())
    }

    pub fn flag(self, name: &str, value: bool) -> Self {
        self.json(name, if value { "true" } else { "false" })
    }

    /// The same, if there is a value.
    pub fn optional(self, name: &str, value: Option<&Value>) -> Self {
        match value {
            Some(value) => self.value(name, value),
            None => self,
        }
    }

    pub fn end(self) -> String {
        if self.text.is_empty() { "{}".to_owned() } else { self.text + "}" }
    }
}

/// A text as JSON.
pub fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// A list as JSON.
pub fn list(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().collect();
    format!("[{}]", items.join(","))
}

use serde_json::{Map, Value};

/// An object that is put together field by field. Its fields are in the order of their names.
#[derive(Debug, Default)]
pub struct Object {
    fields: Map<String, Value>,
}

impl Object {
    pub fn put(&mut self, name: &str, value: Value) {
        self.fields.insert(name.to_owned(), value);
    }

    pub fn text(&mut self, name: &str, text: &str) {
        self.put(name, text.into());
    }

    pub fn number(&mut self, name: &str, number: u64) {
        self.put(name, number.into());
    }

    pub fn flag(&mut self, name: &str, flag: bool) {
        self.put(name, Value::Bool(flag));
    }

    pub fn value(self) -> Value {
        Value::Object(self.fields)
    }
}

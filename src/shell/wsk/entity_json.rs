//! Entities as the tool prints them: the fields that its structs have, in their order (client-go `whisk/action.go:34-58`,
//! `whisk/trigger.go:33-44`, `whisk/rule.go:33-43`, `whisk/package.go:38-75`, `whisk/shared.go:25-101`).

use crate::shell::go;
use serde_json::Value;

/// What a field holds.
#[derive(Clone, Copy)]
pub(super) enum Holds {
    Text,
    Number,
    /// Anything, kept as it is: nothing where it is not there.
    Any,
    /// A list that is kept as it is.
    Texts,
    Struct(&'static [Field]),
    List(&'static [Field]),
}

/// A field of a struct.
pub(super) struct Field {
    /// As a field filter names it, in lower case.
    pub name: &'static str,
    /// As in JSON.
    pub key: &'static str,
    pub holds: Holds,
    /// It is printed even where it is empty.
    pub always: bool,
}

const fn field(name: &'static str, key: &'static str, holds: Holds) -> Field {
    Field { name, key, holds, always: false }
}

const fn plain(name: &'static str, holds: Holds) -> Field {
    field(name, name, holds)
}

const fn always(name: &'static str, holds: Holds) -> Field {
    Field { name, key: name, holds, always: true }
}

static PAIR: [Field; 2] = [always("key", Holds::Text), always("value", Holds::Any)];
static EXEC: [Field; 7] = [
    plain("kind", Holds::Text),
    plain("code", Holds::Any),
    plain("image", Holds::Text),
    plain("init", Holds::Text),
    plain("main", Holds::Text),
    plain("components", Holds::Texts),
    plain("binary", Holds::Any),
];
static LIMITS: [Field; 4] =
    [plain("timeout", Holds::Any), plain("memory", Holds::Any), field("logsize", "logs", Holds::Any), plain("concurrency", Holds::Any)];
static BINDING: [Field; 2] = [plain("namespace", Holds::Text), plain("name", Holds::Text)];
pub(super) static ACTION: [Field; 13] = [
    plain("namespace", Holds::Text),
    plain("name", Holds::Text),
    plain("version", Holds::Text),
    plain("exec", Holds::Struct(&EXEC)),
    plain("annotations", Holds::List(&PAIR)),
    field("delannotations", "delAnnotations", Holds::Texts),
    plain("parameters", Holds::List(&PAIR)),
    plain("limits", Holds::Struct(&LIMITS)),
    plain("error", Holds::Text),
    plain("code", Holds::Number),
    plain("publish", Holds::Any),
    plain("updated", Holds::Number),
    plain("env", Holds::List(&PAIR)),
];
pub(super) static TRIGGER: [Field; 10] = [
    plain("namespace", Holds::Text),
    always("name", Holds::Text),
    plain("version", Holds::Text),
    field("activationid", "activationId", Holds::Text),
    plain("annotations", Holds::List(&PAIR)),
    plain("parameters", Holds::List(&PAIR)),
    plain("limits", Holds::Struct(&LIMITS)),
    plain("publish", Holds::Any),
    plain("rules", Holds::Any),
    plain("updated", Holds::Number),
];
pub(super) static RULE: [Field; 9] = [
    plain("namespace", Holds::Text),
    plain("name", Holds::Text),
    plain("version", Holds::Text),
    plain("annotations", Holds::List(&PAIR)),
    always("status", Holds::Text),
    always("trigger", Holds::Any),
    always("action", Holds::Any),
    plain("publish", Holds::Any),
    plain("updated", Holds::Number),
];
pub(super) static PACKAGE: [Field; 10] = [
    plain("namespace", Holds::Text),
    plain("name", Holds::Text),
    plain("version", Holds::Text),
    plain("publish", Holds::Any),
    plain("annotations", Holds::List(&PAIR)),
    plain("parameters", Holds::List(&PAIR)),
    plain("binding", Holds::Struct(&BINDING)),
    plain("actions", Holds::List(&ACTION)),
    plain("feeds", Holds::List(&ACTION)),
    plain("updated", Holds::Number),
];

/// The field that a filter names, in any case (CLI `commands/util.go:1013-1034`).
pub(super) fn named<'a>(shape: &'a [Field], name: &str) -> Option<&'a Field> {
    shape.iter().find(|field| field.name.eq_ignore_ascii_case(name))
}

/// A whole struct.
pub(super) fn whole(shape: &[Field], body: &Value) -> String {
    let shown = |field: &Field| field.always || !is_empty(field.holds, body.get(field.key));
    let fields: Vec<(&str, String)> = shape.iter().filter(|field| shown(field)).map(|field| (field.key, value(field, body))).collect();
    if fields.is_empty() { "{}".to_owned() } else { go::object(&fields) }
}

/// The value of one field, or what Go has where there is none.
pub(super) fn value(field: &Field, body: &Value) -> String {
    let Some(value) = body.get(field.key).filter(|value| !value.is_null()) else {
        return match field.holds {
            Holds::Text => "\"\"",
            Holds::Number => "0",
            Holds::Any | Holds::Texts | Holds::Struct(_) | Holds::List(_) => "null",
        }
        .to_owned();
    };
    match (field.holds, value) {
        (Holds::Struct(shape), value) => whole(shape, value),
        (Holds::List(shape), Value::Array(items)) if !items.is_empty() => {
            let items: Vec<String> = items.iter().map(|item| whole(shape, item).replace('\n', "\n    ")).collect();
            format!("[\n    {}\n]", items.join(",\n    "))
        }
        (_, value) => go::json(value),
    }
}

/// Whether Go leaves it out (`omitempty`).
fn is_empty(holds: Holds, value: Option<&Value>) -> bool {
    match (holds, value) {
        (_, None | Some(Value::Null)) => true,
        (Holds::Text, Some(value)) => value.as_str() == Some(""),
        (Holds::Number, Some(value)) => value.as_u64() == Some(0),
        (Holds::Texts | Holds::List(_), Some(value)) => value.as_array().is_some_and(Vec::is_empty),
        (Holds::Any | Holds::Struct(_), Some(_)) => false,
    }
}

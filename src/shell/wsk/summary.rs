//! `--summary`, and the rows of lists (CLI `commands/util.go:192-338,365-480`).

use crate::cluster::{Of, Sheet};
use crate::order;
use serde_json::Value;
use std::rc::Rc;

/// The first value with this key in a list of `key` and `value`.
pub(super) fn value_of<'a>(pairs: Option<&'a Value>, key: &str) -> Option<&'a Value> {
    let is_it = |pair: &&Value| pair.get("key").and_then(Value::as_str) == Some(key);
    pairs?.as_array()?.iter().find(is_it)?.get("value")
}

/// Two lines on an entity: its whole name with its description, and its parameters. Those that have values are starred, twice where they
/// are final.
pub(super) fn entity(kind: &str, full_name: &str, body: &Value) -> String {
    let annotations = body.get("annotations");
    let description = value_of(annotations, "description").and_then(Value::as_str).unwrap_or_default();
    let star = if value_of(annotations, "final") == Some(&Value::Bool(true)) { "**" } else { "*" };
    let texts = |list: Option<&Value>, field: &str| -> Vec<String> {
        let list = list.and_then(Value::as_array).into_iter().flatten();
        list.filter_map(|pair| pair.get(field)?.as_str().map(str::to_owned)).collect()
    };
    let bound = texts(body.get("parameters"), "key");
    let mut all = bound.clone();
    all.extend(texts(value_of(annotations, "parameters"), "name").into_iter().filter(|name| !bound.contains(name)));
    order::sort_by_text(&mut all, |name| name);
    all.dedup();
    let starred = |name: &String| if bound.contains(name) { format!("{star}{name}") } else { name.clone() };
    let parameters: Vec<String> = all.iter().map(starred).collect();
    let about = match (description, all.as_slice()) {
        ("", []) => String::new(),
        ("", [only]) => format!(": Returns a result based on parameter {}", only.replace('*', "")),
        ("", [most @ .., last]) => format!(": Returns a result based on parameters {} and {last}", most.join(", ")),
        (text, _) => format!(": {text}"),
    };
    let parameters = if parameters.is_empty() { "none defined".to_owned() } else { parameters.join(", ") };
    format!("{kind} {full_name}{about}\n   (parameters: {parameters})\n")
}

/// `/namespace/name` of an answer's body.
pub(super) fn full_name(body: &Value) -> String {
    let part = |field: &str| body.get(field).and_then(Value::as_str).unwrap_or_default();
    format!("/{}/{}", part("namespace"), part("name"))
}

/// A list with its title. `statuses` are those of rules, in the order of the rows.
pub(super) fn list(title: &str, rows: &[Rc<Sheet>], statuses: &[&str], by_name: bool) -> String {
    let mut lines: Vec<(String, String)> = Vec::new();
    for (place, sheet) in rows.iter().enumerate() {
        let name = format!("/{}", sheet.id());
        let shared = if sheet.publish && matches!(sheet.of, Of::Package { .. }) { "shared" } else { "private" };
        let line = match &sheet.of {
            Of::Action { .. } => {
                let kind = sheet.annotations.iter().find(|pair| pair.get("key") == Some(&"exec".into()));
                let kind = kind.and_then(|pair| pair.get("value")?.as_str()).unwrap_or_default();
                format!("{name:<70} private {kind}\n")
            }
            Of::Rule { .. } => format!("{name:<70} {shared:<20} {}\n", statuses.get(place).copied().unwrap_or_default()),
            Of::Package { .. } | Of::Trigger => format!("{name:<70} {shared}\n"),
        };
        lines.push((sort_key(sheet), line));
    }
    if by_name {
        order::sort_by_text(&mut lines, |(key, _)| key);
    }
    let lines: String = lines.into_iter().map(|(_, line)| line).collect();
    format!("{title}\n{lines}")
}

/// Actions without a package come first, and those alone are in order of their capitals too (client-go `whisk/action.go:66-86`).
fn sort_key(sheet: &Sheet) -> String {
    let folded = format!("{}{}", sheet.path, sheet.name).to_lowercase();
    match (&sheet.of, sheet.path.contains('/')) {
        (Of::Action { .. }, false) => format!("0{}", sheet.name),
        (Of::Action { .. }, true) => format!("1{folded}"),
        _ => folded,
    }
}

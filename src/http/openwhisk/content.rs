//! What a PUT says of an entity, read field by field. Fields that the API does not know are passed over.

use super::refusal::Refusal;
use crate::activation::SEQUENCE_KIND;
use crate::cluster::{Bound, Collection, Content, Exec, KINDS, PutLimits, is_name, is_path};
use serde_json::{Map, Value};

type Fields = Map<String, Value>;

/// The content of a PUT into `collection`.
pub(super) fn content(collection: Collection, fields: &Fields) -> Result<Content, Refusal> {
    let mut content = Content {
        version: fields.get("version").map(version).transpose()?,
        publish: fields.get("publish").map(flag).transpose()?,
        annotations: fields.get("annotations").map(pairs).transpose()?,
        ..Content::default()
    };
    if collection != Collection::Rules {
        content.parameters = fields.get("parameters").map(pairs).transpose()?;
    }
    match collection {
        Collection::Actions => {
            content.exec = fields.get("exec").filter(|exec| !exec.is_null()).map(exec).transpose()?;
            content.limits = fields.get("limits").filter(|limits| !limits.is_null()).map(limits).transpose()?;
            content.del_annotations = fields.get("delAnnotations").map(texts).transpose()?;
        }
        Collection::Packages => content.binding = fields.get("binding").map(binding).transpose()?.flatten(),
        Collection::Triggers => {}
        Collection::Rules => {
            content.trigger = fields.get("trigger").map(reference).transpose()?;
            content.action = fields.get("action").map(reference).transpose()?;
        }
    }
    Ok(content)
}

fn flag(value: &Value) -> Result<bool, Refusal> {
    value.as_bool().ok_or_else(|| Refusal::content(&format!("Expected JsBoolean, but got {value}")))
}

/// `core/entity/SemVer.scala:50-100`.
fn version(value: &Value) -> Result<String, Refusal> {
    let is_number = |part: &str| part.parse::<u32>().is_ok_and(|number| number.to_string() == part);
    let fits = |text: &str| text.split('.').count() == 3 && text.split('.').all(is_number) && text != "0.0.0";
    let text = value.as_str().filter(|text| fits(text));
    text.map(str::to_owned).ok_or_else(|| Refusal::content("semantic version malformed"))
}

/// `core/entity/Parameter.scala:285-336`.
fn pairs(value: &Value) -> Result<Vec<Value>, Refusal> {
    let is_pair = |pair: &Value| {
        let key = pair.get("key").and_then(Value::as_str);
        key.is_some_and(|key| !key.trim().is_empty()) && pair.get("value").is_some()
    };
    let list = value.as_array().filter(|list| list.iter().all(is_pair));
    list.cloned().ok_or_else(|| Refusal::content("parameters malformed!"))
}

fn texts(value: &Value) -> Result<Vec<String>, Refusal> {
    let list = value.as_array().and_then(|list| list.iter().map(|text| text.as_str().map(str::to_owned)).collect());
    list.ok_or_else(|| Refusal::content("Expected String as JsString"))
}

/// `{}` is no binding (`core/entity/WhiskPackage.scala:258-265`).
fn binding(value: &Value) -> Result<Option<Bound>, Refusal> {
    if value.as_object().is_some_and(Map::is_empty) {
        return Ok(None);
    }
    let name = |field: &str| value.get(field).and_then(Value::as_str).filter(|name| is_name(name)).map(str::to_owned);
    match (name("namespace"), name("name")) {
        (Some(namespace), Some(name)) => Ok(Some(Bound { namespace, name })),
        _ => Err(Refusal::content("entity name malformed")),
    }
}

/// The whole name of an entity as `/namespace/name`: a text, or `{path, name}` (`core/entity/FullyQualifiedEntityName.scala:70-88`).
fn reference(value: &Value) -> Result<String, Refusal> {
    let part = |field: &str| value.get(field).and_then(Value::as_str);
    let text = match (value, part("path"), part("name")) {
        (Value::String(text), ..) => text.trim_start_matches('/').to_owned(),
        (Value::Object(_), Some(path), Some(name)) => format!("{path}/{name}"),
        _ => return Err(Refusal::content("fully qualified name malformed")),
    };
    let count = text.split('/').count();
    if count < 2 {
        let why = "The fully qualified name of the entity must contain at least the namespace and the name of the entity.";
        return Err(Refusal::content(why));
    }
    if !is_path(&text) || count > 3 {
        return Err(Refusal::content("fully qualified name malformed"));
    }
    Ok(format!("/{text}"))
}

/// `core/entity/Exec.scala:284-346`.
fn exec(value: &Value) -> Result<Exec, Refusal> {
    let kind = value.get("kind").and_then(Value::as_str);
    let kind = kind.ok_or_else(|| Refusal::content("'kind' must be a string defined in 'exec'"))?.trim().to_lowercase();
    let text = |field: &str| value.get(field).and_then(Value::as_str).map(str::to_owned);
    let main = text("main");
    if main.is_none() && value.get("main").is_some() {
        return Err(Refusal::content(&format!("if defined, 'main' be a string in 'exec' for '{kind}' actions")));
    }
    if kind == SEQUENCE_KIND {
        let components = match value.get("components") {
            Some(Value::Array(components)) => components.iter().map(reference).collect::<Result<Vec<_>, _>>()?,
            Some(_) => return Err(Refusal::content("'components' must be an array")),
            None => return Err(Refusal::content("'components' must be defined for sequence kind")),
        };
        return Ok(Exec { kind, components, ..Exec::default() });
    }
    if kind == "blackbox" {
        let image = text("image").filter(|image| !image.trim().is_empty());
        let image = image.ok_or_else(|| Refusal::content("'image' must be a string defined in 'exec' for 'blackbox' actions"))?;
        return Ok(Exec { kind, image: Some(image), code: text("code"), main, components: Vec::new() });
    }
    let family = kind.strip_suffix(":default").unwrap_or(&kind);
    let is_known = KINDS.iter().any(|(known, _)| *known == kind || known.split(':').next() == Some(family));
    if !is_known {
        let known: Vec<String> = KINDS.iter().map(|(kind, _)| format!("'{kind}'")).collect();
        let valid = known.join(", ");
        let why =
            format!("The specified runtime '{kind}' is not supported by this platform. Valid values are: {valid}, 'sequence', 'blackbox'.");
        return Err(Refusal::content(&why));
    }
    let needs_main = matches!(family.split(':').next(), Some("java" | "dotnet"));
    let code = text("code");
    let why = format!("'code' must be a string or attachment object defined in 'exec' for '{kind}' actions");
    let code = code.ok_or_else(|| Refusal::content(&why))?;
    if needs_main && main.is_none() {
        return Err(Refusal::content(&format!("'main' must be a string defined in 'exec' for '{kind}' actions")));
    }
    Ok(Exec { kind, code: Some(code), image: None, main, components: Vec::new() })
}

/// `core/entity/TimeLimit.scala:113-127` and its like. Whether they are in their ranges is the controller's to say.
fn limits(value: &Value) -> Result<PutLimits, Refusal> {
    let number = |field: &str, name: &str| match value.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Number(number)) => {
            let whole = number.as_i64().and_then(|number| i32::try_from(number).ok());
            whole.map(Some).ok_or_else(|| Refusal::content(&format!("{name} limit must be whole number")))
        }
        Some(_) => Err(Refusal::content(&format!("{name} limit malformed"))),
    };
    if !value.is_object() {
        return Err(Refusal::content("no valid json object passed"));
    }
    Ok(PutLimits {
        timeout: number("timeout", "time")?,
        memory: number("memory", "memory")?,
        logs: number("logs", "log")?,
        concurrency: number("concurrency", "concurrency")?,
    })
}

//! What `wsk` sends for an act: method, path, query, headers and body as its library makes them.

use super::query::encoded;
use crate::activation::ActivationId;
use crate::cluster::{Act, Bound, Collection, CommandId, Content, EntityAct, Exec, ListForm, ListMore, PutLimits, Target, Wait};
use crate::json::Object;
use ::http::Request;
use serde_json::Value;

/// The request of a user of namespace `user`; nothing for an act that is no client's of OpenWhisk. `made` gives the id of what a member of an
/// earlier command made.
///
/// The user's own namespace is `_` in the path (client-go `whisk/client.go:255-267`). A read of the last activation begins with a list of
/// one. Acts in bursts are sent one by one, each like this.
pub fn request(user: &str, act: &Act, made: &dyn Fn(CommandId, u32) -> ActivationId) -> Option<Request<Vec<u8>>> {
    let sent = sent(user, act, made)?;
    let builder = Request::builder().method(sent.method).uri(format!("/api/v1/{}", sent.target));
    let mut builder = builder.header("Authorization", super::authorization(user)).header("User-Agent", "OpenWhisk-CLI");
    if let Act::Invoke { extra_logging: true, .. } = act {
        builder = builder.header("X-OW-EXTRA-LOGGING", "on");
    }
    let body = match sent.body {
        None => Vec::new(),
        Some(body) => {
            builder = builder.header("Content-Type", "application/json");
            body.into_bytes()
        }
    };
    builder.body(body).ok()
}

/// A request before it has headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    pub method: &'static str,
    /// Under `/api/v1/`, with the query.
    pub target: String,
    pub body: Option<String>,
}

fn plain(method: &'static str, target: String) -> Sent {
    Sent { method, target, body: None }
}

fn sent(user: &str, act: &Act, made: &dyn Fn(CommandId, u32) -> ActivationId) -> Option<Sent> {
    let home = |namespace: &str| if namespace == user { "_".to_owned() } else { encoded(namespace, true) };
    let entity =
        |namespace: &str, collection: &str, name: &str| format!("namespaces/{}/{collection}/{}", home(namespace), encoded(name, true));
    let read = |target: &Target, part: &str| match target {
        Target::Id(id) => plain("GET", format!("namespaces/_/activations/{id}{part}")),
        Target::Made { command, member } => plain("GET", format!("namespaces/_/activations/{}{part}", made(*command, *member))),
        Target::Last => plain("GET", "namespaces/_/activations?limit=1&skip=0".to_owned()),
    };
    let invoke = |namespace: &str, action: &str, wait: Wait| {
        let (blocking, result) = (wait != Wait::NonBlocking, wait == Wait::Result);
        plain("POST", format!("{}?blocking={blocking}&result={result}", entity(namespace, "actions", action)))
    };
    Some(match act {
        Act::Invoke { namespace, action, wait, timeout_ms, .. } => {
            let mut sent = invoke(namespace, action, *wait);
            if let Some(timeout_ms) = timeout_ms {
                sent.target.push_str(&format!("&timeout={timeout_ms}"));
            }
            sent
        }
        Act::InvokeTooLarge { namespace, action, wait, payload_bytes } => {
            let around = "{\"payload\":\"\"}".len();
            let filling = "x".repeat((*payload_bytes as usize).saturating_sub(around));
            Sent { body: Some(format!("{{\"payload\":\"{filling}\"}}")), ..invoke(namespace, action, *wait) }
        }
        Act::List { name, limit, skip, more } => {
            plain("GET", format!("namespaces/_/activations?{}", listed(name.as_deref(), *limit, *skip, more)))
        }
        Act::Get(target) => read(target, ""),
        Act::Result(target) => read(target, "/result"),
        Act::Logs(target) => read(target, "/logs"),
        Act::DeleteAction { namespace, action } => plain("DELETE", entity(namespace, "actions", action)),
        Act::FireTrigger { namespace, trigger } => plain("POST", entity(namespace, "triggers", trigger)),
        Act::Entity(act) => of_entity(act, &home, &entity),
        // A program's requests are acts of their own.
        Act::Program(_)
        | Act::Interrupt { .. }
        | Act::Ask { .. }
        | Act::Refused(_)
        | Act::Break { .. }
        | Act::Mend { .. }
        | Act::DropData { .. }
        | Act::Crash { .. }
        | Act::Start { .. } => {
            return None;
        }
    })
}

type Naming<'a> = &'a dyn Fn(&str, &str, &str) -> String;

fn of_entity(act: &EntityAct, home: &dyn Fn(&str) -> String, entity: Naming<'_>) -> Sent {
    match act {
        EntityAct::Namespaces => plain("GET", "namespaces".to_owned()),
        EntityAct::List { collection, namespace, package, limit, skip, count } => {
            let package = package.as_ref().map_or_else(String::new, |package| format!("/{}/", encoded(package, true)));
            let counted = if *count { "count=true&" } else { "" };
            let path = format!("namespaces/{}/{}{package}", home(namespace), collection.path());
            plain("GET", format!("{path}?{counted}limit={limit}&skip={skip}"))
        }
        EntityAct::Get { collection: Collection::Actions, namespace, name, code } => {
            plain("GET", format!("{}?code={code}", entity(namespace, "actions", name)))
        }
        EntityAct::Get { collection, namespace, name, .. } => plain("GET", entity(namespace, collection.path(), name)),
        EntityAct::Put { collection, namespace, name, overwrite, content } => {
            let target = format!("{}?overwrite={overwrite}", entity(namespace, collection.path(), name));
            Sent { method: "PUT", target, body: Some(put(name, content).to_string()) }
        }
        EntityAct::Delete { collection, namespace, name, force } => {
            let force = if *force { "?force=true" } else { "" };
            plain("DELETE", format!("{}{force}", entity(namespace, collection.path(), name)))
        }
        EntityAct::SetRule { namespace, name, active } => {
            let mut body = Object::default();
            body.text("status", if *active { "active" } else { "inactive" });
            Sent { method: "POST", target: entity(namespace, "rules", name), body: Some(body.value().to_string()) }
        }
    }
}

/// The query of a list, in order of the names: that is how Go writes it (client-go `whisk/util.go`, `url.Values.Encode`).
fn listed(name: Option<&str>, limit: u32, skip: u32, more: &ListMore) -> String {
    let mut parts = Vec::new();
    match more.form {
        ListForm::Count => parts.push("count=true".to_owned()),
        ListForm::Docs => parts.push("docs=true".to_owned()),
        ListForm::Summaries => {}
    }
    parts.push(format!("limit={limit}"));
    parts.extend(name.map(|name| format!("name={}", encoded(name, false))));
    parts.extend(more.since_ms.map(|since| format!("since={since}")));
    parts.push(format!("skip={skip}"));
    parts.extend(more.upto_ms.map(|upto| format!("upto={upto}")));
    parts.join("&")
}

/// The body of a PUT (client-go `whisk/action.go:29-44` and its like).
fn put(name: &str, content: &Content) -> Value {
    let Content { version, publish, parameters, annotations, del_annotations, exec, limits, binding, trigger, action } = content;
    let mut body = Object::default();
    body.text("namespace", "_");
    body.text("name", name.rsplit('/').next().unwrap_or(name));
    let mut text = |field: &str, value: &Option<String>| {
        if let Some(value) = value {
            body.text(field, value);
        }
    };
    text("version", version);
    text("trigger", trigger);
    text("action", action);
    if let Some(publish) = publish {
        body.flag("publish", *publish);
    }
    for (field, pairs) in [("parameters", parameters), ("annotations", annotations)] {
        if let Some(pairs) = pairs {
            body.put(field, pairs.clone().into());
        }
    }
    if let Some(keys) = del_annotations {
        body.put("delAnnotations", keys.clone().into());
    }
    if let Some(exec) = exec {
        body.put("exec", exec_of(exec));
    }
    if let Some(limits) = limits {
        body.put("limits", limits_of(limits));
    }
    if let Some(Bound { namespace, name }) = binding {
        let mut bound = Object::default();
        bound.text("namespace", namespace);
        bound.text("name", name);
        body.put("binding", bound.value());
    }
    body.value()
}

fn exec_of(exec: &Exec) -> Value {
    let mut fields = Object::default();
    fields.text("kind", &exec.kind);
    for (field, value) in [("code", &exec.code), ("image", &exec.image), ("main", &exec.main)] {
        if let Some(value) = value {
            fields.text(field, value);
        }
    }
    if exec.kind == crate::activation::SEQUENCE_KIND {
        fields.put("components", exec.components.clone().into());
    }
    fields.value()
}

fn limits_of(limits: &PutLimits) -> Value {
    let mut fields = Object::default();
    let PutLimits { timeout, memory, logs, concurrency } = *limits;
    for (field, value) in [("timeout", timeout), ("memory", memory), ("logs", logs), ("concurrency", concurrency)] {
        if let Some(value) = value {
            fields.put(field, value.into());
        }
    }
    fields.value()
}

//! What the commands on actions, packages, triggers and rules have in common.

use super::entity_json::{self, Field};
use super::{Ask, Line, Out, Shown, asked, failure, qualified, summary};
use crate::activation::ActivationId;
use crate::cluster::{Act, Answer, Collection, Content, EntityAct, World};
use crate::http;
use crate::http::openwhisk::{path_text, request};
use crate::shell::Printed;
use serde_json::Value;

/// The words around what a command's request comes to.
pub(super) struct Words {
    /// The command.
    path: &'static str,
    /// Before an error: `{}` is the name.
    unable: &'static str,
    /// An error is followed by the line about the usage.
    usage: bool,
    /// After `ok:` and before the name.
    done: &'static str,
}

const fn words(path: &'static str, unable: &'static str, usage: bool, done: &'static str) -> Words {
    Words { path, unable, usage, done }
}

static WORDS: [Words; 22] = [
    words("action create", "Unable to create action '{}'", true, "created action"),
    words("action update", "Unable to create action '{}'", true, "updated action"),
    words("action delete", "Unable to delete action '{}'", true, "deleted action"),
    words("action get", "Unable to get action '{}'", true, "got action"),
    words("action invoke", "Unable to invoke action '{}'", true, ""),
    words("action list", "Unable to obtain the list of actions for namespace '{}'", true, ""),
    words("trigger create", "Unable to create trigger '{}'", false, "created trigger"),
    words("trigger update", "Unable to update trigger '{}'", false, "updated trigger"),
    words("trigger delete", "Unable to delete trigger '{}'", false, "deleted trigger"),
    words("trigger get", "Unable to get trigger '{}'", false, "got trigger"),
    words("trigger fire", "Unable to fire trigger '{}'", false, ""),
    words("trigger list", "Unable to obtain the list of triggers for namespace '{}'", false, ""),
    words("rule create", "Unable to create rule '{}'", false, "created rule"),
    words("rule update", "Unable to update rule '{}'", false, "updated rule"),
    words("rule delete", "Unable to delete rule '{}'", false, "deleted rule"),
    words("rule get", "Unable to get rule '{}'", true, "got rule"),
    words("rule list", "Unable to obtain the list of rules for namespace '{}'", false, ""),
    words("package create", "Unable to create package '{}'", false, "created package"),
    words("package update", "Package update failed", false, "updated package"),
    words("package delete", "Unable to delete package '{}'", false, "deleted package"),
    words("package get", "Unable to get package '{}'", false, "got package"),
    words("package list", "Unable to obtain the list of packages for namespace '{}'", false, ""),
];

static OTHER_WORDS: [Words; 8] = [
    words("list", "Unable to obtain the list of entities for namespace '{}'", false, ""),
    words("namespace get", "Unable to obtain the list of entities for namespace '{}'", false, ""),
    words("namespace list", "Unable to obtain the list of available namespaces", false, ""),
    words("package refresh", "Package refresh for namespace '{}' failed", false, ""),
    words("package bind", "Binding creation failed", false, "created binding"),
    words("rule enable", "Unable to enable rule '{}'", false, "enabled rule"),
    words("rule disable", "Unable to disable rule '{}'", false, "disabled rule"),
    words("rule status", "Unable to get status of rule '{}'", true, ""),
];

/// Those of a command.
fn words_of(path: &str) -> Option<&'static Words> {
    WORDS.iter().chain(&OTHER_WORDS).find(|words| words.path == path)
}

/// The error of a command: its own words, then `why`.
pub(super) fn failed(path: &str, name: &str, (status, why): (u16, &str), out: &mut Out) {
    let Some(words) = words_of(path) else { return out.error(status, why) };
    let text = format!("{}: {why}", words.unable.replace("{}", name));
    if words.usage { out.usage_error(status, &text) } else { out.error(status, &text) }
}

/// An error of the tool's own about what is typed.
pub(super) fn wrong(exit_code: u8, text: &str) -> Printed {
    Printed::usage_error(exit_code, text)
}

/// The act that the API reads from the request for `act`; what it refuses while it reads is an act of its own.
pub(super) fn served(world: &World, line: &Line, name: &str, act: Act) -> Result<Act, Printed> {
    let Some(request) = request(&line.user, &act, &|_, _| ActivationId(0)) else { return Ok(act) };
    let target = request.uri().path_and_query().map_or("", |target| target.as_str());
    let target = target.strip_prefix("/api/v1/").unwrap_or(target).to_owned();
    let body = Some(String::from_utf8_lossy(request.body()).into_owned()).filter(|body| !body.is_empty());
    ask(world, line, name, (request.method().as_str(), &target), body, act)
}

/// The act that the API reads from a request.
pub(super) fn ask(
    world: &World,
    line: &Line,
    name: &str,
    (method, target): (&str, &str),
    body: Option<String>,
    wish: Act,
) -> Result<Act, Printed> {
    let words = words_of(&line.path);
    let unable = words.map_or_else(String::new, |words| format!("{}: ", words.unable.replace("{}", name)));
    asked(world, line, Ask { method, target, body, wish, unable: &unable, has_usage: words.is_some_and(|words| words.usage) })
}

/// The name that the line's first argument is, with the namespace that is meant: the namespace, and the name with its package.
pub(super) fn named(line: &Line) -> Result<(String, String), Printed> {
    let name = qualified(line.argument(0).unwrap_or_default())?;
    Ok((name.namespace_of(&line.user), name.path()))
}

/// The name in the tool's messages.
pub(super) fn message_name(line: &Line) -> String {
    qualified(line.argument(0).unwrap_or_default()).map(|name| name.path()).unwrap_or_default()
}

/// GET of one entity.
pub(super) fn get(world: &World, line: &Line, collection: Collection) -> Result<Act, Printed> {
    let (namespace, name) = named(line)?;
    let code = collection != Collection::Actions;
    served(world, line, &message_name(line), Act::Entity(EntityAct::Get { collection, namespace, name, code }))
}

/// The same with a field filter, which must be one.
pub(super) fn get_filtered(world: &World, line: &Line, collection: Collection, shape: &[Field]) -> Result<Act, Printed> {
    if let Some(field) = line.argument(1).filter(|field| entity_json::named(shape, field).is_none()) {
        return Err(Printed::own_error(1, &format!("Invalid field filter '{field}'.")));
    }
    get(world, line, collection)
}

/// PUT of one entity.
pub(super) fn put(collection: Collection, line: &Line, overwrite: bool, content: Content) -> Result<EntityAct, Printed> {
    let (namespace, name) = named(line)?;
    Ok(EntityAct::Put { collection, namespace, name, overwrite, content: Box::new(content) })
}

/// Parameters or annotations as a PUT has them; nothing where none were given.
pub(super) fn pairs(given: &[(String, Value)]) -> Option<Vec<Value>> {
    let list: Vec<Value> = given.iter().map(|(key, value)| crate::cluster::pair(key, value.clone())).collect();
    if list.is_empty() { None } else { Some(list) }
}

/// The whole name that a rule or a sequence refers to by `name` (CLI `commands/qualified_name.go:190-216`).
pub(super) fn reference(name: &str) -> String {
    let slashes = name.matches('/').count();
    if name.starts_with('/') {
        name.to_owned()
    } else if slashes == 2 {
        format!("/{name}")
    } else {
        format!("/_/{name}")
    }
}

/// The namespace that the line's only argument is, as it was typed.
pub(super) fn namespace_alone(line: &Line) -> Result<String, Printed> {
    let Some(argument) = line.argument(0) else { return Ok("_".to_owned()) };
    let name = qualified(argument)?;
    let entity = name.path();
    if entity.is_empty() {
        return Ok(name.namespace);
    }
    let why = "was provided instead of a namespace. Valid namespaces are of the following format: /NAMESPACE.";
    Err(wrong(1, &format!("An entity name, '{entity}', {why}")))
}

/// The list of a collection in the namespace that the line names, or of the actions in its package.
pub(super) fn list(world: &World, line: &Line, collection: Collection) -> Result<Act, Printed> {
    let (namespace, package) = match (collection, line.argument(0)) {
        (Collection::Actions, Some(argument)) => {
            let name = qualified(argument)?;
            (name.namespace.clone(), name.path())
        }
        _ => (namespace_alone(line)?, String::new()),
    };
    let package = if package.is_empty() { String::new() } else { format!("/{}/", path_text(&package)) };
    let (limit, skip) = (line.number("limit"), line.number("skip"));
    let target = format!("namespaces/{}/{}{package}?limit={limit}&skip={skip}", path_text(&namespace), collection.path());
    let namespace = if namespace == "_" { line.user.clone() } else { namespace };
    let wish = EntityAct::List { collection, namespace, package: None, limit: 0, skip: 0, count: false };
    ask(world, line, &list_name(line), ("GET", &target), None, Act::Entity(wish))
}

/// The namespace of a list as its error names it.
fn list_name(line: &Line) -> String {
    match line.argument(0).and_then(|argument| qualified(argument).ok()) {
        Some(name) if name.namespace != "_" => name.namespace,
        _ => "default".to_owned(),
    }
}

pub(super) fn print_list(shown: &Shown<'_>, out: &mut Out) {
    if let Some((status, why)) = failure(shown.world, shown.exchange) {
        return failed(&shown.line.path, &list_name(shown.line), (status, &why), out);
    }
    let Some(Answer::Entities(rows)) = &shown.exchange.answer else { return };
    let title = shown.line.path.split(' ').next().unwrap_or_default();
    out.out(summary::list(&format!("{title}s"), rows, &[], shown.line.has("name-sort")));
}

/// What comes of a request that has but its words: an error, or that it is done. An entity that is read on the way says nothing.
pub(super) fn print_done(shown: &Shown<'_>, out: &mut Out) {
    let name = message_name(shown.line);
    if let Some((status, why)) = failure(shown.world, shown.exchange) {
        return failed(&shown.line.path, &name, (status, &why), out);
    }
    let reads = matches!(shown.world.act_of(shown.exchange), Some(Act::Entity(EntityAct::Get { .. })));
    if let Some(words) = words_of(&shown.line.path).filter(|_| !reads) {
        out.out(format!("ok: {} {name}\n", words.done));
    }
}

/// An entity whole, or one field of it. `None` after an error, which is printed.
pub(super) fn print_got(shown: &Shown<'_>, shape: &[Field], out: &mut Out) {
    let Some(body) = got(shown, out) else { return };
    let (name, path) = (message_name(shown.line), shown.line.path.as_str());
    let done = words_of(path).map_or("", |words| words.done);
    match shown.line.argument(1).and_then(|field| Some((field, entity_json::named(shape, field)?))) {
        Some((typed, field)) => {
            out.out(format!("ok: {done} {name}, displaying field {typed}\n{}\n", entity_json::value(field, &body)));
        }
        None => out.out(format!("ok: {done} {name}\n{}\n", entity_json::whole(shape, &body))),
    }
}

/// The body of a good answer; an error is printed.
pub(super) fn got(shown: &Shown<'_>, out: &mut Out) -> Option<Value> {
    if let Some((status, why)) = failure(shown.world, shown.exchange) {
        failed(&shown.line.path, &message_name(shown.line), (status, &why), out);
        return None;
    }
    Some(http::response(shown.world, shown.exchange)?.body)
}

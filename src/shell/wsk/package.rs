//! `wsk package` (CLI `commands/package.go`).

use super::entity::{
    ask, failed, get_filtered, got, list, message_name, named, namespace_alone, pairs, print_done, print_got, print_list, put, served,
    wrong,
};
use super::entity_json::PACKAGE;
use super::{Command, Flag, Group, Line, Out, Shown, Takes, flags, nothing, qualified, summary};
use crate::cluster::{Act, Bound, Collection, Content, EntityAct, World};
use crate::http::openwhisk::path_text;
use crate::shell::Printed;
use serde_json::Value;

pub(super) static GROUP: Group = Group {
    name: "package",
    short: "work with packages",
    commands: &[&BIND, &CREATE, &DELETE, &GET, &LIST, &REFRESH, &UPDATE],
    alone: None,
};

const REQUIRED: Takes = Takes { min: 1, max: 1, required: "A package name is required." };
const NAMESPACE: Takes = Takes { min: 0, max: 1, required: "An optional namespace is the only valid argument." };
static PUT_FLAGS: [Flag; 5] = [
    flags::ANNOTATION,
    flags::ANNOTATION_FILE,
    flags::PARAM,
    flags::PARAM_FILE,
    Flag::text("shared", None, "package visibility `SCOPE`; yes = shared, no = private"),
];

static BIND: Command = Command {
    usage: "bind PACKAGE_NAME BOUND_PACKAGE_NAME",
    short: "bind parameters to a package",
    flags: &[
        flags::ANNOTATION,
        flags::ANNOTATION_FILE,
        Flag::switch("overwrite", Some('o'), "overwrite bind"),
        flags::PARAM,
        flags::PARAM_FILE,
    ],
    takes: Some(Takes { min: 2, max: 2, required: "A package name and binding name are required." }),
    act: bind,
    begin: nothing,
    print: bound,
};

static CREATE: Command = Command {
    usage: "create PACKAGE_NAME",
    short: "create a new package",
    flags: &PUT_FLAGS,
    takes: Some(REQUIRED),
    act: |world, line| write(world, line, false),
    begin: nothing,
    print: print_done,
};

static UPDATE: Command = Command {
    usage: "update PACKAGE_NAME",
    short: "update an existing package, or create a package if it does not exist",
    flags: &PUT_FLAGS,
    takes: Some(REQUIRED),
    act: |world, line| write(world, line, true),
    begin: nothing,
    print: print_done,
};

static GET: Command = Command {
    usage: "get PACKAGE_NAME [FIELD_FILTER]",
    short: "get package",
    flags: &[Flag::switch("summary", Some('s'), "summarize package details; parameters with prefix \"*\" are bound")],
    takes: Some(Takes { max: 2, ..REQUIRED }),
    act: |world, line| get_filtered(world, line, Collection::Packages, &PACKAGE),
    begin: nothing,
    print: print_package,
};

static DELETE: Command = Command {
    usage: "delete PACKAGE_NAME",
    short: "delete package",
    flags: &[],
    takes: Some(REQUIRED),
    act: |world, line| {
        let (namespace, name) = named(line)?;
        let delete = EntityAct::Delete { collection: Collection::Packages, namespace, name, force: false };
        served(world, line, &message_name(line), Act::Entity(delete))
    },
    begin: nothing,
    print: print_done,
};

static LIST: Command = Command {
    usage: "list [NAMESPACE]",
    short: "list all packages",
    flags: &[
        Flag::number("limit", Some('l'), "30", "only return `LIMIT` number of packages from the collection"),
        flags::NAME_SORT,
        Flag::number("skip", Some('s'), "", "exclude the first `SKIP` number of packages from the result"),
    ],
    takes: Some(NAMESPACE),
    act: |world, line| list(world, line, Collection::Packages),
    begin: nothing,
    print: print_list,
};

static REFRESH: Command = Command {
    usage: "refresh [NAMESPACE]",
    short: "refresh package bindings",
    flags: &[],
    takes: Some(NAMESPACE),
    act: refresh,
    begin: nothing,
    print: refreshed,
};

fn write(world: &World, line: &Line, overwrite: bool) -> Result<Act, Printed> {
    qualified(line.argument(0).unwrap_or_default())?;
    let shared = line.text("shared").unwrap_or_default();
    let publish = match shared.to_lowercase().as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        "" => None,
        _ => return Err(wrong(1, &format!("Cannot use value '{shared}' for shared."))),
    };
    let content =
        Content { publish, parameters: pairs(&line.pairs.parameters), annotations: pairs(&line.pairs.annotations), ..Content::default() };
    let put = put(Collection::Packages, line, overwrite, content)?;
    served(world, line, &message_name(line), Act::Entity(put))
}

fn bind(world: &World, line: &Line) -> Result<Act, Printed> {
    let package = qualified(line.argument(0).unwrap_or_default())?;
    let binding = qualified(line.argument(1).unwrap_or_default())?;
    let content = Content {
        binding: Some(Bound { namespace: package.namespace.clone(), name: package.path() }),
        parameters: pairs(&line.pairs.parameters),
        annotations: pairs(&line.pairs.annotations),
        ..Content::default()
    };
    let put = EntityAct::Put {
        collection: Collection::Packages,
        namespace: binding.namespace_of(&line.user),
        name: binding.path(),
        overwrite: line.has("overwrite"),
        content: Box::new(content),
    };
    served(world, line, "", Act::Entity(put))
}

fn bound(shown: &Shown<'_>, out: &mut Out) {
    if got(shown, out).is_some() {
        out.out(format!("ok: created binding {}\n", shown.line.argument(1).unwrap_or_default()));
    }
}

/// What the path of it is to the API: an attempt to invoke a package of that name.
fn refresh(world: &World, line: &Line) -> Result<Act, Printed> {
    let namespace = namespace_alone(line)?;
    let target = format!("namespaces/{}/packages/refresh", path_text(&namespace));
    let (collection, name) = (Collection::Packages, "refresh".to_owned());
    let wish = EntityAct::Get { collection, namespace: line.user.clone(), name, code: true };
    ask(world, line, &namespace, ("POST", &target), None, Act::Entity(wish))
}

fn refreshed(shown: &Shown<'_>, out: &mut Out) {
    let Some((status, why)) = super::failure(shown.world, shown.exchange) else { return };
    let namespace = namespace_alone(shown.line).unwrap_or_default();
    failed(&shown.line.path, &namespace, (status, &why), out);
}

fn print_package(shown: &Shown<'_>, out: &mut Out) {
    if !shown.line.has("summary") {
        return print_got(shown, &PACKAGE, out);
    }
    let Some(body) = got(shown, out) else { return };
    let full = summary::full_name(&body);
    let mut text = summary::entity("package", &full, &body);
    for (field, kind) in [("actions", " action"), ("feeds", "feed  ")] {
        for action in body.get(field).and_then(Value::as_array).into_iter().flatten() {
            let name = action.get("name").and_then(Value::as_str).unwrap_or_default();
            text.push_str(&summary::entity(kind, &format!("{full}/{name}"), action));
        }
    }
    out.out(text);
}

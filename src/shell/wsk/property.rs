//! `wsk property` (CLI `commands/property.go`). The terminal has one set of properties, and keeps no others.

use super::failure::API_HOST;
use super::{Command, Flag, Group, Line, Out, Shown, nothing};
use crate::cluster::{Act, EntityAct, World};
use crate::http::openwhisk::{BUILD, BUILD_NUMBER, key_of};
use crate::shell::Printed;

pub(super) static GROUP: Group =
    Group { name: "property", short: "work with whisk properties", commands: &[&GET, &SET, &UNSET], alone: None };

static GET: Command = Command {
    usage: "get",
    short: "get property",
    flags: &[
        Flag::switch("all", None, "all properties"),
        Flag::switch("apibuild", None, "whisk API build version"),
        Flag::switch("apibuildno", None, "whisk API build number"),
        Flag::switch("apihost", None, "whisk API host"),
        Flag::switch("apiversion", None, "whisk API version"),
        Flag::switch("auth", None, "authorization key"),
        Flag::switch("cert", None, "client cert"),
        Flag::switch("cliversion", None, "whisk CLI version"),
        Flag::switch("key", None, "client key"),
        Flag::switch("namespace", None, "whisk namespace"),
        Flag { default: "std", ..Flag::text("output", Some('o'), "Output format in std|raw") },
    ],
    takes: None,
    act: get,
    begin: print_first,
    print: print_rest,
};

static SET: Command = Command {
    usage: "set",
    short: "set property",
    flags: &[
        Flag::text("apihost", None, "whisk API `HOST`"),
        Flag::text("apiversion", None, "whisk API `VERSION`"),
        Flag::text("auth", Some('u'), "authorization `KEY`"),
        Flag::text("cert", None, "client cert"),
        Flag::text("key", None, "client key"),
    ],
    takes: None,
    act: |_, line| Err(super::request::certificate(line).unwrap_or_else(|| changed(line, &SET_LINES))),
    begin: nothing,
    print: |_, _| {},
};

static UNSET: Command = Command {
    usage: "unset",
    short: "unset property",
    flags: &[
        Flag::switch("apihost", None, "whisk API host"),
        Flag::switch("apiversion", None, "whisk API version"),
        Flag::switch("auth", None, "authorization key"),
        Flag::switch("cert", None, "client cert"),
        Flag::switch("key", None, "client key"),
    ],
    takes: None,
    act: |_, line| Err(changed(line, &UNSET_LINES)),
    begin: nothing,
    print: |_, _| {},
};

/// What is said for each flag that is given, in the tool's order; `{}` is its value.
static SET_LINES: [(&str, &str); 5] = [
    ("cert", "client cert set. Run 'wsk property get --cert' to see the new value."),
    ("key", "client key set. Run 'wsk property get --key' to see the new value."),
    ("auth", "whisk auth set. Run 'wsk property get --auth' to see the new value."),
    ("apihost", "whisk API host set to {}"),
    ("apiversion", "whisk API version set to {}"),
];
static UNSET_LINES: [(&str, &str); 5] = [
    ("cert", "client cert unset."),
    ("key", "client key unset."),
    ("auth", "whisk auth unset."),
    ("apihost", "whisk API host unset."),
    ("apiversion", "whisk API version unset; the default value of v1 will be used."),
];

/// The tool's own lines, and that it is not so here.
fn changed(line: &Line, lines: &[(&str, &str)]) -> Printed {
    let given =
        lines.iter().filter_map(|(flag, text)| Some((line.text(flag).filter(|value| !value.is_empty() && *value != "false")?, text)));
    let stdout: String = given.map(|(value, text)| format!("ok: {}\n", text.replace("{}", value))).collect();
    let note = "WhiskScope keeps no properties: nothing has changed.\n";
    let stderr = if stdout.is_empty() { String::new() } else { note.to_owned() };
    Printed { stdout, stderr, ..Printed::default() }
}

/// A property: its flag, its label with what stands between it and the value.
static LABELS: [(&str, &str); 9] = [
    ("apihost", "whisk API host\t\t"),
    ("auth", "whisk auth\t\t"),
    ("namespace", "whisk namespace\t\t"),
    ("cert", "client cert\t\t"),
    ("key", "Client key\t\t"),
    ("apiversion", "whisk API version\t"),
    ("cliversion", "whisk CLI version\t"),
    ("apibuild", "whisk API build\t\t"),
    ("apibuildno", "whisk API build number\t"),
];
/// The place of the namespace, which is asked for; what is before it is known at once.
const NAMESPACE: usize = 2;
/// When the tool was built. The simulated one was not: this is the model's own.
const CLI_VERSION: &str = "simulated by WhiskScope";

fn wants(line: &Line, flag: &str) -> bool {
    let is_alone = LABELS.iter().all(|(flag, _)| !line.has(flag));
    line.has("all") || is_alone || line.has(flag)
}

fn get(_: &World, line: &Line) -> Result<Act, Printed> {
    let is_raw = match line.text("output") {
        None | Some("std") => false,
        Some("raw") => true,
        Some(_) => return Err(Printed::own_error(1, "Supported output format are std|raw")),
    };
    if is_raw && LABELS.iter().all(|(flag, _)| wants(line, flag)) {
        return Err(Printed::own_error(1, "--output|-o raw only supported with specific property type"));
    }
    if wants(line, "namespace") || wants(line, "apibuild") || wants(line, "apibuildno") {
        return Ok(Act::Entity(EntityAct::Namespaces));
    }
    // Nothing is asked for.
    let mut text = String::new();
    for place in 0..LABELS.len() {
        text.push_str(&property(line, place, &line.user));
    }
    Err(Printed::out(text))
}

/// The line of a property that is wanted.
fn property(line: &Line, place: usize, namespace: &str) -> String {
    let Some((flag, label)) = LABELS.get(place).filter(|(flag, _)| wants(line, flag)) else { return String::new() };
    let key = key_of(&line.user);
    let value = match *flag {
        "apihost" => API_HOST,
        "auth" => &key,
        "namespace" => namespace,
        "apiversion" => "v1",
        "cliversion" => CLI_VERSION,
        "apibuild" => BUILD,
        "apibuildno" => BUILD_NUMBER,
        _ => "",
    };
    if line.text("output") == Some("raw") { format!("{value}\n") } else { format!("{label}{value}\n") }
}

fn print_first(line: &Line, out: &mut Out) {
    for place in 0..NAMESPACE {
        out.out(property(line, place, ""));
    }
}

/// The tool asks for the namespace and then for the API's description, which the model has come with the first answer.
fn print_rest(shown: &Shown<'_>, out: &mut Out) {
    let failure = super::failure(shown.world, shown.exchange);
    let namespace = if failure.is_some() { "_" } else { shown.world.catalogue().namespace(shown.exchange.namespace) };
    for (place, (flag, label)) in LABELS.iter().enumerate().skip(NAMESPACE) {
        match (*flag, &failure) {
            ("apibuild" | "apibuildno", Some(_)) if wants(shown.line, flag) => out.out(format!("{label}Unknown\n")),
            _ => out.out(property(shown.line, place, namespace)),
        }
    }
    if let Some((status, why)) = failure {
        out.error(status, &format!("Unable to obtain API build information: {why}"));
    }
}

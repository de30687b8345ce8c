//! `wsk action` (CLI `commands/action.go`).

use super::action_put::{CREATE, UPDATE};
use super::entity::{failed, get, got, list, message_name, named, print_done, print_got, print_list, served, wrong};
use super::entity_json::{self, ACTION};
use super::failure::API_HOST;
use super::{Command, Flag, Group, Line, Out, Shown, Takes, nothing, qualified, summary};
use crate::cluster::{Act, Answer, Collection, Wait, World};
use crate::http;
use crate::shell::{Printed, go};
use serde_json::Value;

pub(super) static GROUP: Group =
    Group { name: "action", short: "work with actions", commands: &[&CREATE, &DELETE, &GET, &INVOKE, &LIST, &UPDATE], alone: None };

static INVOKE: Command = Command {
    usage: "invoke ACTION_NAME",
    short: "invoke action",
    flags: &[
        Flag::switch("blocking", Some('b'), "blocking invoke"),
        super::flags::PARAM,
        super::flags::PARAM_FILE,
        Flag::switch("result", Some('r'), "blocking invoke; show only activation result (unless there is a failure)"),
    ],
    takes: Some(Takes { min: 1, max: 1, required: "An action name is required." }),
    act: invoke,
    begin: nothing,
    print: invoked,
};

static GET: Command = Command {
    usage: "get ACTION_NAME [FIELD_FILTER | --summary | --url]",
    short: "get action",
    flags: &[
        Flag::switch("save", None, "save action code to file corresponding with action name"),
        Flag::text("save-as", None, "file to save action code to"),
        Flag::switch(
            "summary",
            Some('s'),
            "summarize action details; parameters with prefix \"*\" are bound, \"**\" are bound and finalized",
        ),
        Flag::switch("url", Some('r'), "get action url"),
    ],
    takes: Some(Takes { min: 1, max: 2, required: "An action name is required." }),
    act: get_action,
    begin: nothing,
    print: print_action,
};

static DELETE: Command = Command {
    usage: "delete ACTION_NAME",
    short: "delete action",
    flags: &[],
    takes: Some(Takes { min: 1, max: 1, required: "An action name is required." }),
    act: delete,
    begin: nothing,
    print: print_done,
};

static LIST: Command = Command {
    usage: "list [ NAMESPACE | PACKAGE_NAME ]",
    short: "list all actions in a namespace or actions contained in a package",
    flags: &[
        Flag::number("limit", Some('l'), "30", "only return `LIMIT` number of actions from the collection"),
        super::flags::NAME_SORT,
        Flag::number("skip", Some('s'), "", "exclude the first `SKIP` number of actions from the result"),
    ],
    takes: Some(Takes { min: 0, max: 1, required: "An optional namespace is the only valid argument." }),
    act: |world, line| list(world, line, Collection::Actions),
    begin: nothing,
    print: print_list,
};

fn invoke(world: &World, line: &Line) -> Result<Act, Printed> {
    let (namespace, action) = named(line)?;
    let wait = match (line.has("result"), line.has("blocking")) {
        (true, _) => Wait::Result,
        (false, true) => Wait::Blocking,
        (false, false) => Wait::NonBlocking,
    };
    let act = Act::Invoke { namespace, action, wait, count: 1, gap_us: 0, extra_logging: false, timeout_ms: None };
    served(world, line, &message_name(line), act)
}

/// CLI `commands/action.go:196-222`. What comes of an action that fails goes to the error stream, its good news too.
fn invoked(shown: &Shown<'_>, out: &mut Out) {
    let Some(name) = qualified(shown.line.argument(0).unwrap_or_default()).ok() else { return };
    let Some(answer) = &shown.exchange.answer else { return };
    let done = |id: &str| format!("ok: invoked {}{id}", name.full());
    let is_blocking = shown.line.has("blocking") || shown.line.has("result");
    match answer {
        Answer::Accepted(id) if is_blocking => {
            out.err(done(&format!(", but the request has not yet finished, with id {id}\n")));
            out.exit_code = TIMED_OUT;
        }
        Answer::Accepted(id) => out.out(done(&format!(" with id {id}\n"))),
        Answer::Completed(record) => {
            let Some(response) = http::response(shown.world, shown.exchange) else { return };
            let head = if shown.line.has("result") { String::new() } else { done(&format!(" with id {}\n", record.id)) };
            let text = format!("{head}{}\n", go::json(&response.body));
            if response.status < 400 {
                return out.out(text);
            }
            out.err(text);
            out.exit_code = response.status.to_le_bytes()[0];
        }
        _ => {
            let Some((status, why)) = super::failure(shown.world, shown.exchange) else { return };
            failed(&shown.line.path, &name.path(), (status, &why), out);
        }
    }
}

/// The exit code where the answer to a blocking call is but its id (client-go `whisk/wskerror.go:25`).
const TIMED_OUT: u8 = 202;

fn get_action(world: &World, line: &Line) -> Result<Act, Printed> {
    let filter = line.argument(1).filter(|_| !line.has("url") && !line.has("summary"));
    if let Some(field) = filter.filter(|field| entity_json::named(&ACTION, field).is_none()) {
        return Err(wrong(2, &format!("Invalid field filter '{field}'.")));
    }
    if line.was_given("save") || line.was_given("save-as") {
        return Err(Printed::own_error(2, "WhiskScope has no files to save code in."));
    }
    get(world, line, Collection::Actions)
}

fn print_action(shown: &Shown<'_>, out: &mut Out) {
    if !shown.line.has("url") && !shown.line.has("summary") {
        return print_got(shown, &ACTION, out);
    }
    let Some(body) = got(shown, out) else { return };
    if shown.line.has("url") {
        // It is named without its package here.
        let name = message_name(shown.line);
        let entity = name.rsplit('/').next().unwrap_or_default();
        out.out(format!("ok: got action {entity}\n{}\n", url(&body, &name)));
    } else {
        out.out(summary::entity("action", &summary::full_name(&body), &body));
    }
}

/// Where an action is reached (client-go `whisk/action.go:128-162`).
fn url(body: &Value, typed: &str) -> String {
    let part = |field: &str| body.get(field).and_then(Value::as_str).unwrap_or_default();
    let namespace = part("namespace").split('/').next().unwrap_or_default();
    let package = typed.split_once('/').map(|(package, _)| package);
    let text = |text: &str| http::openwhisk::path_text(text);
    let is_web = summary::value_of(body.get("annotations"), "web-export") == Some(&Value::Bool(true));
    let (namespace, name) = (text(namespace), text(part("name")));
    match (is_web, package) {
        (true, package) => format!("{API_HOST}/api/v1/web/{namespace}/{}/{name}", text(package.unwrap_or("default"))),
        (false, Some(package)) => format!("{API_HOST}/api/v1/namespaces/{namespace}/actions/{}/{name}", text(package)),
        (false, None) => format!("{API_HOST}/api/v1/namespaces/{namespace}/actions/{name}"),
    }
}

fn delete(world: &World, line: &Line) -> Result<Act, Printed> {
    let (namespace, action) = named(line)?;
    served(world, line, &message_name(line), Act::DeleteAction { namespace, action })
}

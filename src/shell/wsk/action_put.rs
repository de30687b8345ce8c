//! `wsk action create` and `wsk action update`: what the line says of an action (CLI `commands/action.go:400-640`).

use super::entity::{message_name, pairs, print_done, put, reference, served, wrong};
use super::{Command, Flag, Line, Out, Shown, Takes, flags, nothing, qualified};
use crate::chance::name_of;
use crate::cluster::{Act, Answer, Collection, Content, EntityAct, Exec, Program, PutLimits, World, pair};
use crate::shell::Printed;
use crate::shell::files::{self, FILES};
use serde_json::Value;

macro_rules! put_flags {
    ($($more:expr),*) => {
        &[
            flags::ANNOTATION,
            flags::ANNOTATION_FILE,
            Flag::number("concurrency", Some('c'), "1", "the maximum intra-container concurrent activation `LIMIT` for the action"),
            Flag::switch("copy", None, "treat ACTION as the name of an existing action"),
            $($more,)*
            Flag::text("docker", None, "use provided docker image (a path on DockerHub) to run the action"),
            Flag::text("kind", None, "the `KIND` of the action runtime (example: swift:default, nodejs:default)"),
            Flag::number("logsize", Some('l'), "10", "the maximum log size `LIMIT` in MB for the action"),
            Flag::text("main", None, "the name of the action entry point (function or fully-qualified method name when applicable)"),
            Flag::number("memory", Some('m'), "256", "the maximum memory `LIMIT` in MB for the action"),
            Flag::switch("native", None, "treat ACTION as native action (zip file provides a compatible executable to run)"),
            flags::PARAM,
            flags::PARAM_FILE,
            Flag::switch("sequence", None, "treat ACTION as comma separated sequence of actions to invoke"),
            Flag::number("timeout", Some('t'), "60000", "the timeout `LIMIT` in milliseconds after which the action is terminated"),
            Flag::text("web", None, "treat ACTION as a web action, a raw HTTP web action, or as a standard action; yes | true = web action, raw = raw HTTP web action, no | false = standard action"),
            Flag::text("web-secure", None, "secure the web action. where `SECRET` is true, false, or any string. Only valid when the ACTION is a web action"),
        ]
    };
}

pub(super) static CREATE: Command = Command {
    usage: "create ACTION_NAME ACTION",
    short: "create a new action",
    flags: put_flags!(),
    takes: Some(Takes { min: 1, max: 2, required: "An action name and code artifact are required." }),
    act: |world, line| act(world, line, false),
    begin: nothing,
    print: printed,
};

pub(super) static UPDATE: Command = Command {
    usage: "update ACTION_NAME [ACTION]",
    short: "update an existing action, or create an action if it does not exist",
    flags: put_flags!(Flag::text(
        "del-annotation",
        None,
        "the list of annotations to be deleted from the action, e.g. --del-annotation key1 --del-annotation key2"
    )),
    takes: Some(Takes { min: 1, max: 2, required: "An action name is required. A code artifact is optional." }),
    act: |world, line| act(world, line, true),
    begin: nothing,
    print: printed,
};

const NO_ARTIFACT: &str = "An action name and code artifact are required.";
/// The exit code of what is not allowed together (client-go `whisk/wskerror.go:24`).
pub(super) const NOT_ALLOWED: u8 = 149;

fn act(world: &World, line: &Line, update: bool) -> Result<Act, Printed> {
    let invalid = |exit_code: u8, why: &str| wrong(exit_code, &format!("Invalid argument(s). {why}"));
    qualified(line.argument(0).unwrap_or_default())?;
    let mut content = Content {
        limits: limits(line),
        parameters: pairs(&line.pairs.parameters),
        annotations: pairs(&line.pairs.annotations),
        ..Content::default()
    };
    if [line.text("kind"), line.text("docker")].iter().all(|text| text.is_some_and(|text| !text.is_empty())) {
        return Err(invalid(NOT_ALLOWED, "Cannot specify both --kind and --docker at the same time."));
    }
    let artifact = line.argument(1);
    if line.has("copy") {
        let from = qualified(artifact.ok_or_else(|| invalid(2, NO_ARTIFACT))?)?;
        web(line, &mut content).map_err(|why| invalid(2, &why))?;
        let (namespace, action) = (from.namespace_of(&line.user), from.path());
        let put = put(Collection::Actions, line, update, content)?;
        return match served(world, line, &message_name(line), Act::Entity(put))? {
            Act::Entity(put) => Ok(Act::Program(Box::new(Program::Copy { namespace, action, put }))),
            act => Ok(act),
        };
    }
    content.exec = if line.has("sequence") {
        let components = artifact.ok_or_else(|| invalid(2, NO_ARTIFACT))?.split(',').map(reference).collect();
        Some(Exec { kind: "sequence".to_owned(), components, ..Exec::default() })
    } else if artifact.is_some() || line.text("docker").is_some_and(|image| !image.is_empty()) {
        Some(exec(line, artifact).map_err(|why| invalid(2, &why))?)
    } else if update {
        None
    } else {
        return Err(invalid(2, NO_ARTIFACT));
    };
    web(line, &mut content).map_err(|why| invalid(2, &why))?;
    if update {
        let keys: Vec<String> = line.all("del-annotation").map(str::to_owned).collect();
        content.del_annotations = if keys.is_empty() { content.del_annotations } else { Some(keys) };
    }
    let put = put(Collection::Actions, line, update, content)?;
    match served(world, line, &message_name(line), Act::Entity(put))? {
        Act::Entity(put) if update => Ok(Act::Program(Box::new(Program::Update { put }))),
        act => Ok(act),
    }
}

/// CLI `commands/action.go:585-660`.
fn exec(line: &Line, artifact: Option<&str>) -> Result<Exec, String> {
    let text = |flag: &str| line.text(flag).filter(|text| !text.is_empty()).map(str::to_owned);
    let (kind, docker, main) = (text("kind"), text("docker"), text("main"));
    let mut exec = Exec { main, ..Exec::default() };
    let mut kind_of_file = None;
    if let Some(artifact) = artifact {
        let code = files::code(artifact).ok_or_else(|| format!("File '{artifact}' is not a valid file or it does not exist"))?;
        exec.code = Some(code.to_owned());
        kind_of_file = FILES.iter().find(|file| file.name == artifact).map(|file| file.kind);
    }
    if let Some(kind) = kind {
        exec.kind = kind;
    } else if docker.is_some() || line.has("native") {
        exec.kind = "blackbox".to_owned();
        exec.image = if line.has("native") { Some("openwhisk/dockerskeleton".to_owned()) } else { docker };
    } else {
        // Whatever file there is has a suffix that is known.
        exec.kind = kind_of_file.unwrap_or_default().to_owned();
    }
    if exec.main.is_none() && exec.kind == "java" {
        return Err("Java actions require --main to specify the fully-qualified name of the main class".to_owned());
    }
    Ok(exec)
}

fn limits(line: &Line) -> Option<PutLimits> {
    let limit = |flag: &str| {
        let number = line.number(flag);
        let clamped = i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX });
        line.was_given(flag).then_some(clamped)
    };
    let limits =
        PutLimits { timeout: limit("timeout"), memory: limit("memory"), logs: limit("logsize"), concurrency: limit("concurrency") };
    if limits == PutLimits::default() { None } else { Some(limits) }
}

/// `--web` and `--web-secure` (CLI `commands/action.go:520-583,745-905`). Of an update the tool sends the annotations that there are again,
/// which the server would keep anyway: that is left out here, and `--web-secure` asks for `--web` in the same line.
fn web(line: &Line, content: &mut Content) -> Result<(), String> {
    let mode = line.text("web").map(str::to_lowercase);
    let [export, raw, last] = match mode.as_deref() {
        None if line.was_given("web-secure") => return Err(SECURE_ALONE.to_owned()),
        None => return Ok(()),
        Some("yes" | "true") => [true, false, true],
        Some("no" | "false") => [false, false, false],
        Some("raw") => [true, true, true],
        Some(_) => {
            let typed = line.text("web").unwrap_or_default();
            return Err(format!(
                "Invalid argument '{typed}' for --web flag. Valid input consist of 'yes', 'true', 'raw', 'false', or 'no'."
            ));
        }
    };
    let annotations = content.annotations.get_or_insert_default();
    let mut set = |key: &str, value: Option<Value>| {
        annotations.retain(|pair| pair.get("key").and_then(Value::as_str) != Some(key));
        annotations.extend(value.map(|value| pair(key, value)));
    };
    for (key, value) in [("web-export", export), ("raw-http", raw), ("final", last)] {
        set(key, Some(value.into()));
    }
    let Some(secret) = line.text("web-secure") else { return Ok(()) };
    if !export {
        return Err(SECURE_ALONE.to_owned());
    }
    let value = match secret.to_lowercase().as_str() {
        // The tool draws a number of 53 bits.
        "true" => Some(Value::from(name_of(format!("secret {}", line.argument(0).unwrap_or_default()).as_bytes()) >> 11)),
        "false" => None,
        _ => Some(secret.into()),
    };
    set("require-whisk-auth", value);
    Ok(())
}

const SECURE_ALONE: &str = "The --web-secure option is only valid when the --web option is enabled.";

/// An update reads the action first, and goes on where there is none; a copy reads the one to copy.
fn printed(shown: &Shown<'_>, out: &mut Out) {
    let Some(Act::Entity(EntityAct::Get { name, .. })) = shown.world.act_of(shown.exchange) else { return print_done(shown, out) };
    let Some((status, why)) = super::failure(shown.world, shown.exchange) else { return };
    let is_copy = shown.line.has("copy");
    let missing = matches!(&shown.exchange.answer, Some(Answer::Refused { status: 404, .. } | Answer::Failed { status: 404, .. }));
    if is_copy || !missing {
        out.usage_error(status, &format!("Invalid argument(s). Unable to get action '{name}': {why}"));
    }
}

//! The line that one would type for an act.

use crate::cluster::{Act, Command, LIST_LIMIT, ListForm, ListMore, Poll, Program, Target, Verb, Wait, WireRequest, World};
use crate::http::openwhisk;
use ::http::Request;

/// The line for a command of the run: the one that was typed, or the one that would be.
///
/// What a burst does no line can: its number of calls stands behind it as a shell's comment. What `wsk` has no words for is a line of `curl`.
pub fn written(world: &World, command: &Command) -> String {
    command.line.clone().unwrap_or_else(|| line(world, &command.namespace, &command.act))
}

fn line(world: &World, user: &str, act: &Act) -> String {
    match act {
        Act::Invoke { namespace, action, wait, count, gap_us, extra_logging: false, timeout_ms: None } => {
            let line = invoke(user, namespace, action, *wait);
            if *count == 1 { line } else { format!("{line} # {count} times, {} ms apart", millis(*gap_us)) }
        }
        Act::InvokeTooLarge { namespace, action, wait, payload_bytes } => {
            format!("{} # with a payload of {payload_bytes} bytes", invoke(user, namespace, action, *wait))
        }
        Act::List { name, limit, skip, more: more @ ListMore { form: ListForm::Summaries | ListForm::Docs, .. } } => {
            list(name.as_deref(), *limit, *skip, more)
        }
        Act::Get(target) => read(world, "get", *target),
        Act::Result(target) => read(world, "result", *target),
        Act::Logs(target) => read(world, "logs", *target),
        Act::DeleteAction { namespace, action } => format!("wsk action delete {}", name(user, namespace, action)),
        Act::FireTrigger { namespace, trigger } => format!("wsk trigger fire {}", name(user, namespace, trigger)),
        Act::Program(program) => programmed(world, user, program),
        Act::Ask { store, request, .. } => asked(request, store.code()),
        Act::Raw(raw) => asked(&raw.request, "openwhisk"),
        Act::Interrupt { .. } => "^C".to_owned(),
        Act::Break { rule } => format!("break {rule}"),
        Act::Mend { fault: None } => "mend all".to_owned(),
        Act::Mend { fault: Some(fault) } => {
            let broken = world.setup().commands.iter().find(|command| command.id == *fault);
            let rule = match broken.map(|command| &command.act) {
                Some(Act::Break { rule }) => rule.to_string(),
                _ => String::new(),
            };
            format!("mend # {rule}")
        }
        Act::DropData { store } => format!("drop-data {}", store.code()),
        Act::Crash { node } => format!("crash {}", node.code()),
        Act::Start { node, store } => {
            let node = node.map_or_else(|| "all".to_owned(), |node| node.code());
            let store = store.map_or_else(String::new, |store| format!(" --store {}", store.code()));
            format!("start {node}{store}")
        }
        // Counts, entities, a header or a limit of one's own.
        _ => {
            let request = openwhisk::request(user, act, &|command, member| world.id_made_by(command.0, member));
            request.map_or_else(String::new, |request| curl(&request, "http://localhost:3233"))
        }
    }
}

fn invoke(user: &str, namespace: &str, action: &str, wait: Wait) -> String {
    let wait = match wait {
        Wait::NonBlocking => "",
        Wait::Blocking => " --blocking",
        Wait::Result => " --result",
    };
    format!("wsk action invoke {}{wait}", name(user, namespace, action))
}

/// An entity's name as one types it: with the namespace if it is another's.
fn name(user: &str, namespace: &str, name: &str) -> String {
    if namespace == user { quoted(name) } else { quoted(&format!("/{namespace}/{name}")) }
}

fn list(name: Option<&str>, limit: u32, skip: u32, more: &ListMore) -> String {
    let mut line = "wsk activation list".to_owned();
    let mut add = |text: String| {
        line.push(' ');
        line.push_str(&text);
    };
    name.into_iter().for_each(|name| add(quoted(name)));
    if limit != LIST_LIMIT {
        add(format!("--limit {limit}"));
    }
    if skip != 0 {
        add(format!("--skip {skip}"));
    }
    more.since_ms.into_iter().for_each(|since| add(format!("--since {since}")));
    more.upto_ms.into_iter().for_each(|upto| add(format!("--upto {upto}")));
    if more.form == ListForm::Docs {
        add("--full".to_owned());
    }
    line
}

fn read(world: &World, what: &str, target: Target) -> String {
    match target {
        Target::Id(id) => format!("wsk activation {what} {id}"),
        Target::Made { command, member } => format!("wsk activation {what} {}", world.id_made_by(command.0, member)),
        Target::Last => format!("wsk activation {what} --last"),
    }
}

fn programmed(world: &World, user: &str, program: &Program) -> String {
    match program {
        Program::Poll(Poll { name, since_s, exit_s }) => {
            let mut line = "wsk activation poll".to_owned();
            name.iter().for_each(|name| line.push_str(&format!(" {}", quoted(name))));
            since_s.iter().for_each(|seconds| line.push_str(&format!(" --since-seconds {seconds}")));
            if *exit_s > 0 {
                line.push_str(&format!(" --exit {exit_s}"));
            }
            line
        }
        Program::Namespace => "wsk namespace get".to_owned(),
        Program::Copy { namespace, action, put } => {
            let (verb, target) = (if put.verb() == Some(Verb::Update) { "update" } else { "create" }, put.entity().unwrap_or_default());
            format!("wsk action {verb} {} --copy {}", name(user, target.0, target.1), name(user, namespace, action))
        }
        Program::Update { put } => {
            let (namespace, target) = put.entity().unwrap_or_default();
            format!("wsk {} update {}", put.collection().path().trim_end_matches('s'), name(user, namespace, target))
        }
        Program::Rules { list } => line(world, user, &Act::Entity(list.clone())),
        Program::Series(acts) => acts.iter().map(|act| line(world, user, act)).collect::<Vec<_>>().join(" && "),
    }
}

fn asked(request: &WireRequest, service: &str) -> String {
    let port = match service {
        "couchdb" => 5984,
        "elasticsearch" => 9200,
        _ => 3233,
    };
    request.to_http().map_or_else(|_| String::new(), |request| curl(&request, &format!("http://localhost:{port}")))
}

/// A longer body is no word of a command line: Linux takes 128 KiB.
const WORD_BYTES_MAX: usize = 100_000;

/// The line of `curl` that sends this request to a host (`http://localhost:3233`): what the tool adds by itself is left out, and a long body
/// is read from `body.json`.
pub fn curl(request: &Request<Vec<u8>>, host: &str) -> String {
    let body = String::from_utf8_lossy(request.body());
    let usual = if body.is_empty() { "GET" } else { "POST" };
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let mut line = "curl".to_owned();
    // Brackets and braces in a URL are patterns to curl.
    if path.contains(['[', ']', '{', '}']) {
        line.push_str(" -g");
    }
    match request.method().as_str() {
        method if method == usual => {}
        "HEAD" => line.push_str(" -I"),
        method => line.push_str(&format!(" -X {}", quoted(method))),
    }
    for (name, value) in request.headers() {
        let is_own = match name.as_str() {
            "host" | "content-length" => true,
            "accept" => value == "*/*",
            "user-agent" => value.as_bytes().starts_with(b"curl/"),
            "content-type" => !body.is_empty() && value == "application/x-www-form-urlencoded",
            _ => false,
        };
        if !is_own {
            line.push_str(&format!(" -H {}", quoted(&format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())))));
        }
    }
    match &*body {
        "" => {}
        body if body.len() > WORD_BYTES_MAX => line.push_str(" --data-binary @body.json"),
        // Of other data the tool reads a file, or takes the line feeds out.
        body if body.starts_with('@') || body.contains(['\n', '\r']) => line.push_str(&format!(" --data-raw {}", quoted(body))),
        body => line.push_str(&format!(" -d {}", quoted(body))),
    }
    format!("{line} {}", quoted(&format!("{host}{path}")))
}

/// A word for a POSIX shell, in quotation marks where it needs them. The byte 0, which no word can have, is left out.
fn quoted(text: &str) -> String {
    match shlex::try_quote(text) {
        Ok(quoted) => quoted.into_owned(),
        Err(_) => quoted(&text.replace('\0', "")),
    }
}

/// A span in microseconds as milliseconds, with the part after the point only where there is one.
fn millis(us: u64) -> String {
    let text = format!("{}.{:03}", us / 1_000, us % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

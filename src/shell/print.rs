//! What `wsk` prints for an answer, to the column.

use super::go;
use crate::activation::{Origin, Record, UNKNOWN_KIND, rest, result_json};
use crate::cluster::step::RequestKind;
use crate::cluster::store::Summary;
use crate::cluster::{Act, Answer, Exchange, Failure, Request, Target, World};
use crate::http;
use crate::time::Span;
use serde_json::Value;

/// What the tool leaves in the terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// Each line ends with a line feed.
    pub stdout: String,
    pub stderr: String,
    /// The process's exit code: 0, or the HTTP status modulo 256 (client-go `whisk/client.go:567`).
    pub exit_code: u8,
}

impl Printed {
    pub(crate) fn out(text: String) -> Self {
        Self { stdout: text, ..Self::default() }
    }

    /// An error of the server's or the network's; a status of 0 is no connection.
    pub(crate) fn error(status: u16, text: &str) -> Self {
        Self { stderr: format!("error: {text}\n"), exit_code: exit_code(status), ..Self::default() }
    }

    /// An error of the tool's own, with an exit code of its own.
    pub(crate) fn own_error(exit_code: u8, text: &str) -> Self {
        Self { stderr: format!("error: {text}\n"), exit_code, ..Self::default() }
    }

    /// The same with the line about the usage.
    pub(crate) fn usage_error(exit_code: u8, text: &str) -> Self {
        Self { stderr: format!("error: {text}\nRun 'wsk --help' for usage.\n"), exit_code, ..Self::default() }
    }
}

/// Without a connection it is the client library's own code for the network (client-go `whisk/wskerror.go:22`).
const fn exit_code(status: u16) -> u8 {
    // Without an answer it is the client's own code for the network (client-go `whisk/wskerror.go:22`).
    if status == 0 { 3 } else { status.to_le_bytes()[0] }
}

/// What `wsk` prints when the answer to `exchange` has reached it; `None` before that, and for the list that `--last` makes first where it
/// goes on to its row.
///
/// Colours and bold type are left out, times are UTC, and the user's namespace is named where a `wsk` without a configured one would
/// write `_`.
pub fn print(world: &World, exchange: &Exchange) -> Option<Printed> {
    exchange.answered.filter(|_| !exchange.abandoned)?;
    let answer = exchange.answer.as_ref()?;
    if exchange.request.store().is_none() && super::curl::output(world, exchange).is_some() {
        return Some(super::curl::raw(world, exchange));
    }
    match answer {
        Answer::Accepted(id) => Some(accepted(world, exchange, &id.to_string())),
        Answer::Completed(record) => Some(completed(world, exchange, record)),
        Answer::Rows(rows) => match reads_last(world, exchange) {
            // The tool goes on to the row's record.
            Some(_) if !rows.is_empty() => None,
            Some(what) => {
                let why = "Activation list does not contain any activations.";
                Some(Printed { exit_code: 1, ..Printed::error(0, &format!("Unable to get {what}activation: {why}")) })
            }
            None => Some(Printed::out(table(world, rows))),
        },
        Answer::Deleted(_) => Some(Printed::out(format!("ok: deleted action {}\n", name(world, exchange)))),
        // Without an activation there is no id to print, and the tool prints none (CLI `commands/trigger.go:132-138`).
        Answer::NothingFired => Some(triggered(world, exchange, "")),
        Answer::Record(record) => Some(Printed::out(read(world, exchange, record))),
        Answer::MadeUp { .. } | Answer::ByHand(_) => Some(Printed::out(made_up(world, exchange))),
        // The words for entities are the terminal's; here is the answer as it came.
        Answer::Namespaces | Answer::Entity(_) | Answer::Entities(_) | Answer::Count { .. } | Answer::Done => {
            Some(Printed::out(go::json(&http::response(world, exchange)?.body) + "\n"))
        }
        // A request as it stood: printed above.
        Answer::AtOnce { .. } => None,
        Answer::Http(response) => Some(super::curl::printed(world, exchange, response)),
        Answer::Failed { failure, .. } if exchange.request.store().is_some() => Some(super::curl::failed(world, exchange, *failure)),
        Answer::Refused { status, .. } => Some(Printed::error(*status, &failure(world, exchange))),
        Answer::Failed { status, .. } => Some(Printed::error(*status, &failure(world, exchange))),
    }
}

/// For the list that stands in for an id: what the command is after, as its error names it.
fn reads_last(world: &World, exchange: &Exchange) -> Option<&'static str> {
    if exchange.kind != RequestKind::List {
        return None;
    }
    match world.act_of(exchange)? {
        Act::Get(Target::Last) => Some(""),
        Act::Result(Target::Last) => Some("result for "),
        Act::Logs(Target::Last) => Some("logs for "),
        _ => None,
    }
}

/// The error of a refused or failed request (CLI `commands/action.go:1044-1058`, `commands/activation.go:149-155`).
pub fn failure(world: &World, exchange: &Exchange) -> String {
    if let Some(Answer::Refused { text, .. }) = &exchange.answer {
        return format!("{text} (code {})", world.transaction_id(exchange));
    }
    let Some(Answer::Failed { failure, .. }) = exchange.answer else { return String::new() };
    // The two fields of the answer's body.
    let text = http::error_text(exchange, failure);
    // What does not come from a controller has no transaction id.
    let why = match failure {
        Failure::Gateway { .. } | Failure::ConnectionRefused | Failure::ConnectionBroken | Failure::TimedOut => text,
        _ => format!("{text} (code {})", world.transaction_id(exchange)),
    };
    if let Some(what) = reads_last(world, exchange) {
        return format!("Unable to get {what}activation: {why}");
    }
    match exchange.request {
        Request::Missing if exchange.kind == RequestKind::FireTrigger => {
            format!("Unable to fire trigger '{}': {why}", name(world, exchange))
        }
        Request::Missing if exchange.kind == RequestKind::DeleteAction => {
            format!("Unable to delete action '{}': {why}", name(world, exchange))
        }
        Request::Entity | Request::Ask { .. } | Request::AtOnce => why,
        Request::Invoke { .. } | Request::InvokeTooLarge { .. } | Request::Missing => {
            format!("Unable to invoke action '{}': {why}", name(world, exchange))
        }
        Request::DeleteAction { .. } => format!("Unable to delete action '{}': {why}", name(world, exchange)),
        Request::FireTrigger { .. } => format!("Unable to fire trigger '{}': {why}", name(world, exchange)),
        // The client's library sets the namespace to `_`, which the tool calls default.
        Request::List { .. } => format!("Unable to obtain the list of activations for namespace 'default': {why}"),
        Request::Read { id } => {
            let what = match exchange.kind {
                RequestKind::Result => "result for ",
                RequestKind::Logs => "logs for ",
                _ => "",
            };
            format!("Unable to get {what}activation '{id}': {why}")
        }
    }
}

/// The namespace and the name of the action or trigger that was typed.
fn action(world: &World, exchange: &Exchange) -> (String, String) {
    match world.act_of(exchange) {
        Some(
            Act::Invoke { namespace, action, .. } | Act::InvokeTooLarge { namespace, action, .. } | Act::DeleteAction { namespace, action },
        ) => (namespace.clone(), action.clone()),
        Some(Act::FireTrigger { namespace, trigger }) => (namespace.clone(), trigger.clone()),
        _ => Default::default(),
    }
}

fn triggered(world: &World, exchange: &Exchange, id: &str) -> Printed {
    let (namespace, name) = action(world, exchange);
    Printed::out(format!("ok: triggered /{namespace}/{name} with id {id}\n"))
}

fn name(world: &World, exchange: &Exchange) -> String {
    action(world, exchange).1
}

/// 202: what a non-blocking invocation wants, and a blocking one's fall-back (CLI `commands/action.go:1155-1190`).
fn accepted(world: &World, exchange: &Exchange, id: &str) -> Printed {
    let (namespace, name) = action(world, exchange);
    if exchange.kind == RequestKind::FireTrigger {
        return triggered(world, exchange, id);
    }
    if exchange.kind == RequestKind::InvokeNonBlocking {
        return Printed::out(format!("ok: invoked /{namespace}/{name} with id {id}\n"));
    }
    let text = format!("ok: invoked /{namespace}/{name}, but the request has not yet finished, with id {id}\n");
    Printed { stderr: text, exit_code: exit_code(202), ..Printed::default() }
}

/// The outcome of a blocking invocation. An error of the action's own goes to the error stream.
fn completed(world: &World, exchange: &Exchange, record: &Record) -> Printed {
    let (namespace, name) = action(world, exchange);
    let Some(response) = http::response(world, exchange) else { return Printed::default() };
    let header = if exchange.kind == RequestKind::InvokeResult {
        String::new()
    } else {
        format!("ok: invoked /{namespace}/{name} with id {}\n", record.id)
    };
    let text = header + &go::json(&response.body) + "\n";
    if response.status == 200 {
        Printed::out(text)
    } else {
        Printed { stderr: text, exit_code: exit_code(response.status), ..Printed::default() }
    }
}

/// The table of `wsk activation list`: widths of the CLI's `commands/activation.go:98-109`, rows of client-go `whisk/activation.go:138-171`.
///
/// The Start and Duration columns of the header stand without a space between them, as in the original.
pub fn table(world: &World, rows: &[Summary]) -> String {
    let catalogue = world.catalogue();
    if rows.is_empty() {
        // The tool prints an empty default header.
        return "\n".to_owned();
    }
    let kind = |row: &Summary| match (row.record.origin, catalogue.action(row.record.action)) {
        (Origin::ActionGone | Origin::ActionUnread, _) | (_, None) => UNKNOWN_KIND,
        (_, Some(action)) => action.kind.as_str(),
    };
    let kind_width = rows.iter().map(|row| kind(row).len()).max().unwrap_or(0).max("Kind".len());
    let status_width = rows.iter().map(|row| row.record.status.cli_text().len()).max().unwrap_or(0).max("Status".len());
    let mut text = format!(
        "{:<19} {:<32} {:<kind_width$} {:<6}{:<10} {:<status_width$} {:<6}\n",
        "Datetime", "Activation ID", "Kind", "Start", "Duration", "Status", "Entity"
    );
    for row in rows {
        let record = &row.record;
        let start = if record.init_ms.is_some() { "cold" } else { "warm" };
        // The tool counts for itself, unless the controller said 0.
        let millis = if row.duration_ms == 0 { 0 } else { record.end_less_start_ms() };
        let duration = go::duration(Span::from_millis(millis));
        let (name, version) = catalogue.action(record.action).map_or(("", ""), |action| (action.name.as_str(), action.version.as_str()));
        let namespace = go::truncated(catalogue.namespace(record.namespace), 20);
        let entity = format!("{namespace}/{}:{}", go::truncated(name, 30), go::truncated(version, 20));
        let (at, status) = (go::date_time(record.start_ms), record.status.cli_text());
        let id = record.id.to_string();
        text.push_str(&format!("{at} {id:<32} {:<kind_width$} {start:<5} {duration:<10} {status:<status_width$} {entity}\n", kind(row)));
    }
    text
}

/// `get`, `result` or `logs` of one record.
fn read(world: &World, exchange: &Exchange, record: &Record) -> String {
    let library = world.library();
    match exchange.kind {
        RequestKind::Result => go::json(&result_json(record, library)) + "\n",
        RequestKind::Logs => record.log_lines(library).into_iter().map(|line| line + "\n").collect(),
        _ => format!("ok: got activation {}\n{}\n", record.id, got(&rest(record, library), record.status.code())),
    }
}

/// A record that the Noop store made up, as a blocking call's outcome or as what a read brings. A result that is not there is printed as
/// `null`, logs that are not there as nothing.
fn made_up(world: &World, exchange: &Exchange) -> String {
    let Some(response) = http::response(world, exchange) else { return String::new() };
    let is_by_hand = matches!(exchange.answer, Some(Answer::ByHand(_)));
    match (exchange.request, exchange.kind) {
        (_, RequestKind::Result) if is_by_hand => response.body.get("result").map_or_else(|| "null".to_owned(), go::json) + "\n",
        (_, RequestKind::Logs) if is_by_hand => {
            let lines = response.body.get("logs").and_then(Value::as_array).into_iter().flatten();
            lines.filter_map(Value::as_str).map(|line| format!("{line}\n")).collect()
        }
        (_, RequestKind::Result) => "null\n".to_owned(),
        (_, RequestKind::Logs) => String::new(),
        (Request::Read { id }, _) => format!("ok: got activation {id}\n{}\n", got(&response.body, 0)),
        _ => {
            let (namespace, name) = action(world, exchange);
            let id = exchange.activation.and_then(|ix| world.activation(ix)).map_or_else(String::new, |it| it.id.to_string());
            format!("ok: invoked /{namespace}/{name} with id {id}\n{}\n", go::json(&response.body))
        }
    }
}

/// A record in the order of the client's own structure (client-go `whisk/activation.go:35-67`).
pub(super) fn got(rest: &Value, status_code: u8) -> String {
    // A number that the server left out is 0 in the client's structure.
    let number = |name| rest.get(name).map_or_else(|| "0".to_owned(), go::json);
    let field = |name| rest.get(name).map_or_else(String::new, go::json);
    let mut fields = vec![
        ("namespace", field("namespace")),
        ("name", field("name")),
        ("version", field("version")),
        ("subject", field("subject")),
        ("activationId", field("activationId")),
        ("start", field("start")),
        ("end", number("end")),
        ("duration", number("duration")),
        // The client works this one out from the text.
        ("statusCode", status_code.to_string()),
        ("response", got_response(rest)),
        ("logs", field("logs")),
        ("annotations", field("annotations")),
    ];
    if rest.get("publish").is_some() {
        fields.push(("publish", field("publish")));
    }
    if rest.get("cause").is_some() {
        fields.insert(CAUSE_PLACE, ("cause", field("cause")));
    }
    go::object(&fields)
}

/// The response of a record, in the same way.
pub(super) fn got_response(rest: &Value) -> String {
    let inner = |name| rest.get("response").and_then(|response| response.get(name)).map_or_else(String::new, go::json);
    let mut response = vec![
        ("status", inner("status")),
        // The interface sends none, so the client's field stays at 0, whatever the outcome.
        ("statusCode", "0".to_owned()),
        ("success", inner("success")),
    ];
    let result = inner("result");
    if !result.is_empty() {
        response.push(("result", result));
    }
    go::object(&response)
}

/// Where the client's structure has the cause, which it leaves out where there is none.
const CAUSE_PLACE: usize = 5;

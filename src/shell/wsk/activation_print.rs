//! What `wsk activation` prints (CLI `commands/activation.go`, client-go `whisk/activation.go`).

use super::activation::{POLLING, UNABLE_TO_LIST, starts_at_once};
use super::{Line, Out, Shown, failure};
use crate::cluster::{Answer, Request};
use crate::http;
use crate::json::Object;
use crate::shell::{go, print};
use crate::time::Calendar;
use serde_json::Value;
use std::collections::BTreeSet;

/// The fields of the client's structure in its order, as they are named in Go (client-go `whisk/activation.go:35-50`).
const FIELDS: [(&str, &str); 14] = [
    ("Namespace", "namespace"),
    ("Name", "name"),
    ("Version", "version"),
    ("Subject", "subject"),
    ("ActivationID", "activationId"),
    ("Cause", "cause"),
    ("Start", "start"),
    ("End", "end"),
    ("Duration", "duration"),
    ("StatusCode", "statusCode"),
    ("Response", "response"),
    ("Logs", "logs"),
    ("Annotations", "annotations"),
    ("Publish", "publish"),
];

/// The field that a line asks for. With `--last` it is the first argument, without it the second.
pub(super) fn field(line: &Line) -> Option<&str> {
    line.argument(usize::from(!line.has("last"))).filter(|field| !field.is_empty() || line.has("last"))
}

pub(super) fn is_field(name: &str) -> bool {
    FIELDS.iter().any(|(field, _)| field.eq_ignore_ascii_case(name))
}

pub(super) fn list(shown: &Shown<'_>, out: &mut Out) {
    if let Some((status, why)) = failure(shown.world, shown.exchange) {
        return out.error(status, &format!("{UNABLE_TO_LIST}{why}"));
    }
    let Some(Answer::Rows(rows)) = &shown.exchange.answer else { return };
    if !shown.line.has("full") {
        return out.out(print::table(shown.world, rows));
    }
    let mut text = "activations\n".to_owned();
    let body = http::response(shown.world, shown.exchange).map(|response| response.body);
    for record in body.as_ref().and_then(Value::as_array).into_iter().flatten() {
        // Here the client's own status code is not worked out.
        text.push_str(&print::got(record, 0));
        text.push('\n');
    }
    out.out(text);
}

/// What is read: the id as it was typed, or the newest; and the body. Nothing where there is more to come, or an error, which it prints.
fn body(shown: &Shown<'_>, what: &str, out: &mut Out) -> Option<(String, Value)> {
    let Shown { world, line, exchange, .. } = *shown;
    let of_last = line.has("last");
    let is_first = of_last && shown.answers.len() == 1;
    let id = match exchange.request {
        Request::Read { id } if of_last || line.argument(0).is_some_and(|word| word.starts_with('{')) => id.to_string(),
        _ => line.argument(0).unwrap_or_default().to_owned(),
    };
    if let Some((status, why)) = failure(world, exchange) {
        let quoted = if is_first { String::new() } else { format!(" '{id}'") };
        out.error(status, &format!("Unable to get {what}activation{quoted}: {why}"));
        return None;
    }
    if let (true, Some(Answer::Rows(rows))) = (is_first, &exchange.answer) {
        if rows.is_empty() {
            let why = "Activation list does not contain any activations.";
            out.printed(crate::shell::Printed::usage_error(1, &format!("Unable to get {what}activation: {why}")));
        }
        return None;
    }
    http::response(world, exchange).map(|response| (id, response.body))
}

/// The client's structure before anything is in it.
fn empty() -> Value {
    let mut response = Object::default();
    response.text("status", "");
    response.flag("success", false);
    let mut record = Object::default();
    for field in ["namespace", "name", "version", "subject", "activationId"] {
        record.text(field, "");
    }
    record.number("start", 0);
    record.put("response", response.value());
    record.put("logs", Value::Null);
    record.put("annotations", Value::Null);
    record.value()
}

/// The client's own number for the text of a status.
fn status_code(record: &Value) -> u8 {
    match record.pointer("/response/status").and_then(Value::as_str) {
        Some("application error") => 1,
        Some("action developer error") => 2,
        Some("whisk internal error") => 3,
        _ => 0,
    }
}

pub(super) fn get(shown: &Shown<'_>, out: &mut Out) {
    let Some((id, mut record)) = body(shown, "", out) else { return };
    let line = shown.line;
    if record.is_array() {
        // `get ""` asks for the list, which is no record: the client's structure stays empty.
        record = empty();
    }
    if line.has("summary") {
        let text = |name: &str| record.get(name).and_then(Value::as_str).unwrap_or_default();
        let end = record.get("end").and_then(Value::as_u64).unwrap_or(0);
        let at = Calendar::from_epoch_millis(end).date_time();
        let status = record.pointer("/response/status").and_then(Value::as_str).unwrap_or_default();
        let head = format!("activation result for '/{}/{}' ({status} at {at} +0000 UTC)\n", text("namespace"), text("name"));
        return out.out(head + &go::json(record.pointer("/response/result").unwrap_or(&Value::Null)) + "\n");
    }
    if line.has("logs") {
        return out.out(log_lines(&record, true));
    }
    let code = status_code(&record);
    let Some(field) = field(line).filter(|field| !field.is_empty()) else {
        return out.out(format!("ok: got activation {id}\n{}\n", print::got(&record, code)));
    };
    let name = FIELDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(field)).map_or("", |(_, name)| *name);
    let printed = match (name, record.get(name)) {
        ("statusCode", _) => code.to_string(),
        ("response", _) => print::got_response(&record),
        ("cause", None) => "\"\"".to_owned(),
        ("end" | "duration", None) => "0".to_owned(),
        (_, value) => go::json(value.unwrap_or(&Value::Null)),
    };
    out.out(format!("ok: got activation {id}, displaying field {field}\n{printed}\n"));
}

pub(super) fn result(shown: &Shown<'_>, out: &mut Out) {
    if let Some((_, body)) = body(shown, "result for ", out) {
        out.out(go::json(body.get("result").unwrap_or(&Value::Null)) + "\n");
    }
}

pub(super) fn logs(shown: &Shown<'_>, out: &mut Out) {
    if let Some((_, body)) = body(shown, "logs for ", out) {
        out.out(log_lines(&body, shown.line.has("strip")));
    }
}

fn log_lines(body: &Value, is_stripped: bool) -> String {
    let lines = body.get("logs").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    lines.map(|line| format!("{}\n", if is_stripped { stripped(line) } else { line })).collect()
}

/// A line of a log without its time and its stream (CLI `commands/util.go:275-290`).
fn stripped(line: &str) -> &str {
    rest_of_stamped(line).filter(|rest| !rest.is_empty()).unwrap_or(line)
}

fn rest_of_stamped(line: &str) -> Option<&str> {
    // A time has the date's ten characters, a T, and eight of the clock; then a sign and the fraction.
    let (time, rest) = line.split_once('Z')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (date, clock) = time.split_once('T')?;
    let is_date = date.len() == 10 && date.split('-').map(str::len).eq([4, 2, 2]) && date.split('-').all(digits);
    let (whole, fraction) = (clock.get(..8)?, clock.get(9..)?);
    let is_clock = whole.split(':').map(str::len).eq([2, 2, 2]) && whole.split(':').all(digits) && digits(fraction);
    if !is_date || !is_clock {
        return None;
    }
    let after = rest.trim_start_matches(' ');
    let rest = ["stdout:", "stderr:"].iter().find_map(|stream| after.strip_prefix(stream)).unwrap_or(rest);
    rest.strip_prefix([' ', '\t'])
}

pub(super) fn poll(shown: &Shown<'_>, out: &mut Out) {
    let Shown { line, answers, .. } = shown;
    let finds_start = !starts_at_once(line);
    if finds_start && answers.len() == 1 {
        return out.out(POLLING);
    }
    let Some((_, earlier)) = answers.split_last() else { return };
    let Some(Answer::Rows(rows)) = &shown.exchange.answer else { return };
    let polls = earlier.iter().skip(usize::from(finds_start));
    let earlier = polls.filter_map(|exchange| if let Some(Answer::Rows(rows)) = &exchange.answer { Some(rows) } else { None });
    let mut reported: BTreeSet<_> = earlier.flat_map(|rows| rows.iter()).map(|row| row.record.id).collect();
    let library = shown.world.library();
    for row in rows.iter().filter(|row| reported.insert(row.record.id)) {
        let name = library.catalogue.action(row.record.action).map_or("", |action| action.name.as_str());
        let logs = Value::from(row.record.log_lines(library));
        out.out(format!("\nActivation: '{name}' ({})\n{}\n", row.record.id, go::json(&logs)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_of_logs_are_stripped() {
        let stamp = "2025-06-15T12:01:34.756000000Z";
        assert_eq!(stripped(&format!("{stamp} stdout: saying hello")), "saying hello");
        assert_eq!(stripped(&format!("{stamp} stderr:  x")), " x");
        assert_eq!(stripped(&format!("{stamp} stdlog: saying")), "stdlog: saying");
        for whole in [format!("{stamp} stdout: "), "2025-06-15T12:01:34Z stdout: x".to_owned(), "plain".to_owned()] {
            assert_eq!(stripped(&whole), whole);
        }
    }
}

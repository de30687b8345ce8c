//! Broken lesson files are refused with the file, the field and the reason, and nothing that is typed or fetched can bring the reader down.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "what fails here fails a test")]

use proptest::prelude::*;
use serde_json::{Value, json};
use whiskscope::cluster::place::StoreKind;
use whiskscope::lesson::{BEATS_MAX, COMMANDS_MAX, FILE_BYTES_MAX, Lesson, TEXT_CHARACTERS_MAX};

fn text(en: &str) -> Value {
    json!({ "en": en, "zh": "文" })
}

/// A small valid lesson.
fn small() -> Value {
    json!({
        "schemaVersion": 1,
        "id": "small",
        "title": text("Small"),
        "summary": { "lines": [text("one line")] },
        "seed": 1,
        "commands": [
            { "at": 10_000, "run": "wsk action invoke hello -b", "label": "one" },
            { "at": 11_000, "run": "wsk action invoke hello", "label": "many", "count": 3, "gapMs": 10 },
            { "at": 12_000, "run": "wsk activation get {one}", "label": "get" },
            { "at": 13_000, "run": "wsk activation list", "label": "list" }
        ],
        "beats": [{
            "at": 14_000,
            "text": text("a beat"),
            "look": [{ "node": "invoker1" }, { "part": "verdict" }, { "record": "many" }],
            "evidence": ["es-stored"],
            "question": {
                "text": text("which?"),
                "options": [
                    { "text": text("this"), "holds": { "answerRows": { "command": "list", "is": 0 } }, "because": text("so") },
                    { "text": text("that"), "holds": { "answerRows": { "command": "list", "atLeast": 1 } } }
                ],
                "covers": ["witness-cli"],
                "show": { "from": 13_000, "until": { "of": "list", "event": "answered", "plusMs": 5 } }
            }
        }],
        "placements": [{ "at": 14_000, "records": "all", "in": "couchdb", "get": true }],
        "claims": [{ "store": "elasticsearch", "at": 14_000, "holds": { "not": { "boundTo": "couchdb" } } }]
    })
}

/// The small lesson with one value put in place.
fn with(pointer: &str, value: Value) -> String {
    let mut lesson = small();
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    let parent = if parent.is_empty() { &mut lesson } else { lesson.pointer_mut(parent).unwrap() };
    match parent {
        Value::Array(items) => items[last.parse::<usize>().unwrap()] = value,
        Value::Object(fields) => {
            fields.insert(last.to_owned(), value);
        }
        other => panic!("{other} has no parts"),
    }
    lesson.to_string()
}

fn configured(configuration: Value) -> String {
    with("/configuration", configuration)
}

fn read(text: &str) -> Result<Lesson, String> {
    Lesson::from_json("small.json", text).map_err(|error| error.to_string())
}

fn refused(pointer: &str, value: Value, said: &str) {
    let error = read(&with(pointer, value)).expect_err(pointer);
    assert!(error.contains(said), "{pointer}: {error}\ndoes not say: {said}");
    assert!(error.starts_with("small.json: "), "{error}");
}

#[test]
fn the_small_lesson_is_valid_and_true() {
    let lesson = read(&small().to_string()).unwrap();
    assert_eq!(lesson.check(None, lesson.seed), []);
    assert_eq!(lesson.check(Some(StoreKind::Elasticsearch), 1).len(), 1, "the list has rows there, and no “because”");
    assert_eq!(lesson.worlds(), [Some(StoreKind::CouchDb), Some(StoreKind::Elasticsearch)]);
}

#[test]
fn the_shape_is_refused_with_its_path() {
    let check = |pointer, value, said: &str| refused(pointer, value, &format!("small.json: {said}"));
    check("/schemaVersion", json!(2), "schemaVersion: the version is 2, but must be from 1 to 1");
    check("/extra", json!(1), "extra: unknown field; known are schemaVersion, id, title,");
    check("/seed", json!(-1), "seed: it is -1, but must be a whole number from 0 up");
    check("/seed", json!("one"), "seed: it is a text, but must be a whole number from 0 up");
    check("/seed", json!(null), "seed: this field is missing");
    check("/title", json!({ "en": "only" }), "title.zh: this field is missing");
    check("/title", json!({ "en": "only", "zh": "文", "de": "nur" }), "title.de: unknown field; known are en, zh");
    check("/commands", json!({}), "commands: it is an object, but must be a list");
    check("/commands/1", json!([]), "commands[1]: it is a list, but must be an object");
    check("/commands/1/count", json!(1.5), "commands[1].count: it is 1.5, but must be a whole number");
    check("/beats/0/look/0", json!({ "noed": "kafka" }), "beats[0].look[0].noed: unknown field; known are node, part, record");
    check("/beats/0/look/0", json!({ "node": "kafka", "part": "switch" }), "beats[0].look[0]: give exactly one of node, part, record");
    check("/beats/0/at", json!("soon"), "beats[0].at: it is a text, but must be milliseconds, or {\"of\": label");
    check("/beats/0/at", json!({ "of": "one", "event": "eaten" }), "beats[0].at.event: “eaten” is none of sent, answered, runStarted");
    check("/beats/0/at", json!({ "of": "one" }), "beats[0].at.event: this field is missing");
    check("/beats/0/question/covers/0", json!("everything"), "beats[0].question.covers[0]: “everything” is none of witness-cli");
    check("/placements/0/in", json!("mongodb"), "placements[0].in: “mongodb” is none of couchdb, elasticsearch, none");
    check("/placements/0/get", json!("yes"), "placements[0].get: it is a text, but must be true or false");
    check("/placements/0/records", json!("some"), "placements[0].records: it is a text, but must be \"all\" or a list of labels");
    check("/placements/0/records", json!([1]), "placements[0].records[0]: it is 1, but must be a text");
    check("/claims/0/holds", json!({ "not": { "boundTo": "x" } }), "claims[0].holds.not.boundTo: “x” is none of couchdb, elasticsearch");
    check("/claims/0/holds", json!({ "not": { "answered": {} } }), "claims[0].holds.not.answered.command: this field is missing");
    check("/claims/0/holds", json!({}), "claims[0].holds: give exactly one of records, allDocs");
    check("/claims/0/holds", json!({ "maybe": 1 }), "claims[0].holds.maybe: unknown field; known are records, allDocs");
}

#[test]
fn a_configuration_is_refused_with_its_path() {
    let check = |value, said: &str| refused("/configuration", value, &format!("small.json: configuration{said}"));
    check(json!(3), ": it is 3, but must be an object");
    check(json!({ "invokers": 2, "invokrs": 3 }), ".invokrs: unknown field; known are epochMs, controllers, invokers, store,");
    check(json!({ "invokers": "two" }), ".invokers: it is a text, but must be a whole number from 0 up");
    check(json!({ "invokers": 300 }), ".invokers: invokers is 300, but must be from 1 to 32");
    check(json!({ "pollingFromDb": "no" }), ".pollingFromDb: it is a text, but must be true or false");
    check(json!({ "invocationsPerMinute": "no" }), ".invocationsPerMinute: it is a text, but must be a number or \"none\"");
    check(json!({ "invocationsConcurrent": 1_000_001 }), ".invocationsConcurrent: the limit is 1000001, but must be from 0 to 1000000");
    let bindings = json!([{ "process": { "invoker": 0 }, "store": "couchdb" }, { "process": { "invoker": 0 }, "store": "x" }]);
    check(json!({ "storeOverrides": bindings }), ".storeOverrides[1].store: “x” is none of couchdb, elasticsearch");
    let binding = json!([{ "process": { "invoker": 2 }, "store": "couchdb" }]);
    check(json!({ "storeOverrides": binding }), ": storeOverrides.process.invoker is 2, but must be from 0 to 1");
    check(json!({ "namespaces": ["guest"] }), ": namespaces is “whisk.system”: it is missing");
    check(json!({ "namespaces": vec!["guest"; 17] }), ".namespaces: their number is 17, but must be from 1 to 16");
    check(
        json!({ "model": { "httpHop": { "minUs": 0, "maxUs": 5 } } }),
        ".model.httpHop.minUs: minUs is 0, but must be from 1 to 60000000",
    );
    check(json!({ "model": { "httpHop": { "minUs": 9, "maxUs": 5 } } }), ": model.httpHop has its least value 9 above its greatest 5");
    check(json!({ "model": { "httpHop": { "minUs": 9 } } }), ".model.httpHop.maxUs: this field is missing");
    check(json!({ "model": { "hop": {} } }), ".model.hop: unknown field; known are httpHop,");
    let of_kind = |kind: &str, memory: u64| json!([{ "kind": kind, "memoryMb": memory, "initial": 1, "min": 3, "max": 2, "ttlMs": 1_000 }]);
    let prewarm = |memory: u64| of_kind("nodejs:20", memory);
    check(json!({ "prewarm": of_kind(&"k".repeat(65), 128) }), ": prewarm[0].kind");
    check(json!({ "prewarm": prewarm(100) }), ".prewarm[0].memoryMb: memoryMb is 100, but must be from 128 to 512");
    check(json!({ "prewarm": prewarm(128) }), ": prewarm[0].max is 2, but must be from 3 to 16");
}

#[test]
fn what_entities_refer_to_must_be_there() {
    let check = |configuration: Value, said: &str| refused("/configuration", configuration, said);
    let sequence = |name: &str, components: Value| json!({ "namespace": "guest", "name": name, "sequence": components });
    let hello = json!({ "namespace": "guest", "name": "hello", "package": "tools", "behaviour": {
        "run": { "minUs": 1, "maxUs": 2 }, "result": { "json": {} } } });
    check(json!({ "actions": [sequence("one", json!([]))] }), ".actions[0].sequence: their number is 0, but must be from 1 to 100");
    check(json!({ "actions": [hello, sequence("one", json!(["hello"]))] }), "actions[1].sequence names “hello”");
    check(
        json!({ "actions": [sequence("one", json!(["two"])), sequence("two", json!(["/guest/one"]))] }),
        "actions[0].sequence is “one”: a sequence may not refer to itself",
    );
    let binding = |package: &str| json!([{ "namespace": "guest", "name": "mine", "provider": "guest", "package": package }]);
    check(json!({ "actions": [hello], "bindings": binding("toys") }), "bindings[0].package names “toys”");
    let trigger = |action: &str| json!([{ "namespace": "guest", "name": "tick", "rules": [{ "name": "every", "action": action }] }]);
    check(json!({ "actions": [hello], "triggers": trigger("hello") }), "triggers[0].rules[0].action names “hello”");
    check(
        json!({ "actions": [hello, sequence("tick", json!(["tools/hello"]))], "triggers": trigger("tools/hello") }),
        "triggers[0].name is “tick”: it is there twice",
    );
    check(json!({ "sequenceLengthMax": 0 }), ".sequenceLengthMax: sequenceLengthMax is 0, but must be from 1 to 1000");
    check(json!({ "firesPerMinute": -1 }), ".firesPerMinute: ");
    check(
        json!({ "namespaces": [{ "name": "guest", "blocked": true }] }),
        ".namespaces[0].blocked: unknown field; known are name, storeActivations",
    );
    // Through the binding a component may be named.
    let whole = json!({ "actions": [hello, sequence("one", json!(["mine/hello"]))], "bindings": binding("tools") });
    let error = read(&configured(whole)).expect_err("the lesson's own commands name other actions");
    assert!(error.contains("the command.action names"), "{error}");
}

#[test]
fn too_large_arguments_are_a_field_of_a_command() {
    refused("/commands/0/payloadBytes", json!(1_048_576), ".payloadBytes: the size of the arguments in bytes is 1048576");
    refused("/commands/1/payloadBytes", json!(2_000_000), ".payloadBytes: only a single invocation has arguments");
}

#[test]
fn an_action_is_refused_with_its_path() {
    let action = json!({
        "namespace": "guest",
        "name": "hello",
        "limits": { "memoryMb": 512 },
        "behaviour": {
            "run": { "minUs": 1_000, "maxUs": 2_000 },
            "outcome": "application_error",
            "result": { "rows": { "bytes": 100 } },
            "log": [{ "stream": "stderr", "text": "oh" }],
            "logCollectionFails": true
        }
    });
    let with = |pointer: &str, value: Value| {
        let mut action = action.clone();
        let (parent, last) = pointer.rsplit_once('/').unwrap();
        action.pointer_mut(parent).unwrap()[last] = value;
        json!({ "actions": [action] })
    };
    let lesson = read(&configured(with("/version", json!("1.0.0")))).unwrap();
    let read = &lesson.configuration.actions[0];
    assert_eq!((read.version.as_str(), read.kind.as_str(), read.limits.memory_mb, read.limits.logs_mb), ("1.0.0", "nodejs:20", 512, 10));
    assert!(read.behaviour.log_collection_fails && read.behaviour.log.len() == 1);
    let check = |pointer, value, said: &str| refused("/configuration", with(pointer, value), &format!("small.json: configuration{said}"));
    check("/naem", json!(1), ".actions[0].naem: unknown field; known are namespace, name, version,");
    check("/name", json!("<b>"), ": actions[0].name is “<b>”: a name has letters, digits and the signs _-.@ only");
    check("/namespace", json!("nobody"), ": actions[0].namespace names “nobody”, which the configuration does not have");
    check(
        "/limits/timeoutMs",
        json!(1_u64 << 40),
        ".actions[0].limits.timeoutMs: timeoutMs is 1099511627776, but must be from 100 to 300000",
    );
    check("/behaviour/outcome", json!("fine"), ".actions[0].behaviour.outcome: “fine” is none of success, application_error,");
    check("/behaviour/run", json!(null), ".actions[0].behaviour.run: this field is missing");
    check("/behaviour/result", json!({ "text": "" }), ".actions[0].behaviour.result.text: unknown field; known are json, rows");
    check(
        "/behaviour/result",
        json!({ "rows": { "bytes": 1 } }),
        ".actions[0].behaviour.result.rows.bytes: bytes is 1, but must be from 32",
    );
    check("/behaviour/log", json!([{ "stream": "stdin", "text": "" }]), ".actions[0].behaviour.log[0].stream: “stdin” is none of stdout,");
    let long = json!([{ "stream": "stdout", "text": "x".repeat(1_001) }]);
    check("/behaviour/log", long, ": actions[0].behaviour.log[0].text.length is 1001, but must be from 0 to 1000");
}

#[test]
fn text_that_is_no_json_is_refused_with_its_place() {
    let check = |text: &str, said: &str| {
        let error = read(text).unwrap_err();
        assert!(error.starts_with(&format!("small.json: {said}")), "{error}");
    };
    check("", "the file: EOF while parsing a value at line 1 column 0");
    check("[]", "the file: it is a list, but must be an object");
    check("{ \"schemaVersion\": 1,", "schemaVersion: EOF while parsing");
    check(&format!("{} x", small()), "the file: trailing characters at line 1");
    check("{ \"title\": { \"en\": \"a\",\n \"zh\": tru } }", "title.zh: expected ident at line 2");
    check("{ \"title\": { \"en\": \"a\",\n \"en\": \"b\" } }", "title.en: this field is there twice");
    check(&"[".repeat(1_000), "[0]");
    let length = FILE_BYTES_MAX + 1;
    check(&" ".repeat(length), &format!("the file: its length in bytes is {length}, but must be from 1 to {FILE_BYTES_MAX}"));
}

#[test]
fn values_are_refused_with_their_range() {
    refused("/id", json!("../secret"), "id: “../secret” is not a name of 1 to 64 letters, digits and hyphens");
    refused("/horizonMs", json!(86_400_001), "horizonMs: the horizon in milliseconds is 86400001, but must be from 1000 to 86400000");
    refused("/configuration", json!({ "invokers": 0 }), "configuration.invokers: invokers is 0, but must be from 1 to 32");
    refused("/title/zh", json!(" \n"), "title.zh: it is empty; both languages are needed");
    refused("/beats/0/text/en", json!("x".repeat(TEXT_CHARACTERS_MAX + 1)), "beats[0].text.en: its length in characters is 2001");
    refused("/beats", json!([]), "beats: their number is 0, but must be from 1 to 50");
    refused("/beats", json!(vec![small()["beats"][0].clone(); BEATS_MAX + 1]), "beats: their number is 51");
    refused("/commands", json!(vec![small()["commands"][3].clone(); COMMANDS_MAX + 1]), "commands: their number is 1001");
    refused("/summary/lines", json!([]), "summary.lines: their number is 0, but must be from 1 to 3");
    refused("/beats/0/question/options", json!([]), "beats[0].question.options: their number is 0, but must be from 2 to 6");
    refused("/beats/0/at", json!(3_600_001), "beats[0].at: the time in milliseconds is 3600001, but must be from 0 to 3600000");
    refused("/commands/0/at", json!(4_000_000), "commands[0].at: the time in milliseconds is 4000000");
    refused("/commands/1/count", json!(0), "commands[1].count: the number of invocations is 0, but must be from 1 to 1000000");
    refused(
        "/commands/1/gapMs",
        json!(60_001),
        "commands[1].gapMs: the time between two in milliseconds is 60001, but must be from 0 to 60000",
    );
    refused("/commands/1/count", json!(2_000), "the number of its records is 2000, but must be from 1 to 1000");
    refused("/placements/0/records", json!([]), "placements[0].records: their number is 0");
}

#[test]
fn what_does_not_fit_together_is_refused() {
    refused("/commands/1/at", json!(9_000), "commands[1].at: it is at 9000 ms, before 10000 ms, the one before it");
    refused("/commands/1/label", json!("one"), "commands[1].label: “one” is there twice");
    refused("/commands/0/label", json!("a b"), "commands[0].label: “a b” is not a name of");
    refused("/commands/0/run", json!("rm -rf /"), "commands[0].run: word 1: “rm” is not wsk");
    refused("/commands/0/run", json!("wsk action invoke nothing"), "commands[0].run: the command.action names “guest/nothing”");
    refused("/commands/0/namespace", json!("nobody"), "names “nobody”, which the configuration does not have");
    refused("/commands/2/run", json!("wsk activation get {list}"), "commands[2].run: word 4: {list} is not the label");
    refused("/commands/2/run", json!("wsk activation get {many}"), "commands[2].run: word 4: {many} is not the label");
    refused("/commands/2/run", json!("mend one"), "commands[2].run: the label is not that of a break");
    refused("/commands/2/run", json!("mend two"), "commands[2].run: word 2: “two” is not the label of an earlier break");
    refused("/commands/0/run", json!("break any kafka refuse"), "commands[2].run: the label is that of a break, which makes no activation");
    refused("/commands/2/run", json!("break any invoker7 drop"), "commands[2].run: the command.rule.to names “invoker7”");
    refused("/commands/3/count", json!(2), "commands[3].count: only invocations come in bursts");
    refused("/beats/0/evidence/0", json!("made-up"), "beats[0].evidence[0]: “made-up” is no row of the evidence table");
    refused("/beats/0/look/0", json!({ "node": "invoker2" }), "beats[0].look[0].node: “invoker2” is not a part of this cluster");
    refused("/beats/0/look/2", json!({ "record": "list" }), "beats[0].look[2].record: “list” is the label of a command that makes no");
    refused("/placements/0/records", json!(["two"]), "placements[0].records[0]: “two” is not the label of a command");
    let question = "/beats/0/question/options/0/holds";
    let at = "beats[0].question.options[0].holds";
    refused(question, json!({ "answerRows": { "command": "list" } }), &format!("{at}.answerRows: give exactly one of is, atLeast"));
    refused(
        question,
        json!({ "answerRows": { "command": "get", "is": 1 } }),
        &format!("{at}.answerRows.command: “get” is not the label of a"),
    );
    refused(
        question,
        json!({ "records": { "store": "couchdb", "namespace": "x", "is": 1 } }),
        &format!("{at}.records.namespace: “x” is not"),
    );
    refused(question, json!({ "all": [] }), &format!("{at}.all: their number is 0, but must be from 1 to 32"));
    let deep = (0..9).fold(json!({ "boundTo": "couchdb" }), |inner, _| json!({ "not": inner }));
    refused(question, deep, "the depth of the condition is 9, but must be from 1 to 8");
    let bursts: Vec<Value> = (0..2).map(|n| json!({ "at": n, "run": "wsk action invoke hello", "count": 600_000 })).collect();
    let mut lesson = small();
    lesson["commands"].as_array_mut().unwrap().splice(0..0, bursts);
    let error = read(&lesson.to_string()).unwrap_err();
    assert!(error.contains("commands: activations of all commands together is 1200004, but must be from 0 to 1000000"), "{error}");
}

#[test]
fn a_lesson_that_lies_is_found_out() {
    let lies = |pointer: &str, value: Value, store, said: &str| {
        let lesson = read(&with(pointer, value)).unwrap();
        let found: Vec<String> = lesson.check(store, 1).iter().map(ToString::to_string).collect();
        assert!(found.iter().any(|violation| violation.contains(said)), "{found:?}\ndoes not say: {said}");
    };
    lies("/placements/0/in", json!("elasticsearch"), None, "placements[0]: at 14000.000 ms the record of “one” is in couchdb");
    lies("/placements/0/in", json!("none"), None, "the record of “one” is in couchdb");
    lies("/placements/0/get", json!(false), None, "the record of “one” is shown by get");
    lies("/placements/0/list", json!(false), None, "the record of “one” is shown by list");
    lies("/placements/0/at", json!(10_000), None, "the record of “one” is not in couchdb");
    lies("/claims/0/store", json!("couchdb"), None, "claims[0]: at 14000.000 ms this does not hold");
    lies("/beats/0/question/options/1/holds", json!({ "boundTo": "couchdb" }), None, "the options that hold are [0, 1]");
    lies("/beats/0/question/options/0/holds", json!({ "boundTo": "elasticsearch" }), None, "the options that hold are []");
    lies("/beats/0/holds", json!({ "boundTo": "elasticsearch" }), None, "beats[0].holds: at 14000.000 ms this does not hold");
    lies("/placements/0/at", json!({ "of": "one", "event": "searchable" }), None, "placements[0]: its moment never comes");
    // In CouchDB's world the same placement would be fine, but here it speaks of another one.
    lies("/placements/0/store", json!("elasticsearch"), Some(StoreKind::Elasticsearch), "is not in couchdb");
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,400}") {
        let _ = Lesson::from_json("any.json", &text);
    }

    #[test]
    fn a_lesson_with_bytes_cut_or_changed_is_read_or_refused(from in 0_usize..3_000, length in 0_usize..40, put in ".{0,8}") {
        let whole = small().to_string();
        let at = |place: usize| (0..=place.min(whole.len())).rev().find(|place| whole.is_char_boundary(*place)).unwrap_or(0);
        let mut text = whole.clone();
        text.replace_range(at(from)..at(from + length), &put);
        let _ = Lesson::from_json("cut.json", &text);
    }

    #[test]
    fn any_value_in_any_place_is_read_or_refused(place in 0_usize..200, number in any::<i64>(), kind in 0..5) {
        let value = match kind {
            0 => json!(number),
            1 => json!(null),
            2 => json!("\u{0}{}\u{1f}"),
            3 => json!([number]),
            _ => json!({ "at": number }),
        };
        let mut lesson = small();
        let mut left = place;
        replace_nth(&mut lesson, &mut left, &value);
        if let Ok(lesson) = Lesson::from_json("any.json", &lesson.to_string()) {
            prop_assert!(lesson.run(None).check().is_ok());
        }
    }
}

/// Puts a value in place of the `left`th part, counted in depth.
fn replace_nth(part: &mut Value, left: &mut usize, value: &Value) -> bool {
    if *left == 0 {
        *part = value.clone();
        return true;
    }
    *left -= 1;
    match part {
        Value::Array(items) => items.iter_mut().any(|item| replace_nth(item, left, value)),
        Value::Object(fields) => fields.values_mut().any(|item| replace_nth(item, left, value)),
        _ => false,
    }
}

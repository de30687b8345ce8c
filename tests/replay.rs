//! `replay` as a process, on good files and bad ones.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "what fails here fails a test")]

use serde_json::{Value, json};
use std::io::Read;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn replay(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_replay")).args(arguments).output().unwrap()
}

fn lesson(id: &str) -> String {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("lessons").join(format!("{id}.json")).to_str().unwrap().to_owned()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What is said of each id at the end.
fn entries(text: &str) -> Vec<String> {
    let (_, ending) = text.split_once("\n\n").unwrap_or(("", text.trim_start()));
    let mut entries: Vec<String> = Vec::new();
    for line in ending.lines().skip(1) {
        match entries.last_mut() {
            Some(entry) if line.starts_with(' ') => *entry += &format!("\n{line}"),
            _ => entries.push(line.to_owned()),
        }
    }
    entries
}

/// What is said of the id whose first line has this.
fn entry(text: &str, label: &str) -> String {
    entries(text).into_iter().find(|entry| entry.lines().next().unwrap().contains(label)).unwrap_or_else(|| panic!("{label}: {text}"))
}

/// A lesson of these commands, in a file of its own.
fn written(name: &str, configuration: serde_json::Value, commands: serde_json::Value) -> String {
    let text = |en: &str| json!({ "en": en, "zh": "文" });
    let lesson = json!({
        "schemaVersion": 1,
        "id": name,
        "title": text("Trouble"),
        "summary": { "lines": [text("one line")] },
        "configuration": configuration,
        "seed": 1,
        "commands": commands,
        "beats": [{ "at": 90_000, "text": text("the end") }],
        "placements": [],
        "claims": [],
    });
    // Tests that run at once write no file that another one reads.
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("replay-{name}-{:?}.json", std::thread::current().id()));
    std::fs::write(&path, lesson.to_string()).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Requests that come to no activation, each for another reason, and one that does.
fn refusals() -> String {
    let configuration = json!({
        "store": "elasticsearch",
        "namespaces": ["guest", "whisk.system", "team"],
        "invocationsConcurrent": 1,
        "triggers": [{ "namespace": "guest", "name": "idle", "rules": [] }],
    });
    let commands = json!([
        { "at": 1, "run": "wsk action invoke hello", "label": "early" },
        { "at": 10_000, "run": "wsk action invoke hello", "label": "huge", "payloadBytes": 2_000_000 },
        { "at": 11_000, "run": "wsk action invoke hello", "label": "twice", "count": 2, "gapMs": 0 },
        { "at": 20_000, "run": "wsk action delete broken" },
        { "at": 21_000, "run": "wsk action invoke broken", "label": "gone" },
        { "at": 22_000, "run": "wsk trigger fire idle", "label": "idle" },
        { "at": 23_000, "run": "crash couchdb" },
        { "at": 24_000, "run": "wsk action invoke slow", "label": "unread" },
        { "at": 30_000, "run": "crash controller0" },
        { "at": 31_000, "run": "wsk action invoke hello", "label": "dead" },
    ]);
    written("refusals", configuration, commands)
}

/// What each of them is answered, and what others are said of that look the same: a 503, a 429 and a 500 leave lines of their own in a log.
const REFUSED: [(&str, &str, &str); 7] = [
    ("early", "the answer was 503", ""),
    ("huge", "the answer was 413", "refused with 413"),
    ("twice", "the answer was 429", ""),
    ("gone", "the answer was 404", "the action is deleted"),
    ("idle", "the answer was 204", "a trigger without an active rule"),
    ("unread", "the answer was 500", ""),
    ("dead", "no answer", "the request never reached a controller"),
];

#[test]
fn every_refused_request_has_its_reason_its_step_and_its_signature() {
    let output = replay(&[&refusals()]);
    assert_eq!((output.status.code(), err(&output).as_str()), (Some(0), ""));
    let text = out(&output);
    for (label, answer, _) in REFUSED {
        let refused = entry(&text, &format!("“{label}”: no activation"));
        let first = refused.lines().next().unwrap();
        assert!(first.contains(answer) && first.ends_with("; asked as guest"), "{first}");
        for witness in ["get", "list", "_all_docs", "search"] {
            let line =
                refused.lines().find(|line| line.contains(&format!("{witness} shows it: no, "))).unwrap_or_else(|| panic!("{refused}"));
            let (_, proof) = line.split_once(" [step ").unwrap();
            assert!(proof.contains(" ms, ") && proof.ends_with(']') && proof.contains(':'), "{line}");
        }
        assert!(refused.contains("from outside: get "), "{refused}");
    }
    let told = |label: &str| entry(&text, &format!("“{label}”: no activation"));
    // A line of its controller names the one, and another line the namespace of the other.
    assert!(told("early").contains("logs: id made, not scheduled") && told("twice").contains("logs: throttled"), "{text}");
    for ((one, _, why), (other, ..)) in REFUSED.iter().flat_map(|one| REFUSED.iter().map(move |other| (one, other))) {
        let looks = told(other).lines().any(|line| line.contains("from outside it looks the same as: ") && line.contains(*why));
        assert!(why.is_empty() || one == other || !told(other).contains("looks the same") || looks, "{other} and {one}");
    }
    let stored = entry(&text, "“twice”: held by elasticsearch");
    assert!(stored.contains("get shows it: no, ") && stored.contains("search shows it: yes"), "{stored}");
}

#[test]
fn every_refused_request_is_in_the_json_too() {
    let text = out(&replay(&[&refusals(), "--format", "json"]));
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (label, answer, _) in REFUSED {
        let line = lines.iter().find(|line| line["label"] == *label && line["made"] == false).unwrap();
        assert_eq!(line["status"].as_u64().unwrap(), answer.rsplit(' ').next().unwrap().parse().unwrap_or(0), "{line}");
        for witness in ["get", "list", "_all_docs", "search"] {
            let said = &line[witness];
            let (step, at, source) = (&said["step"], &said["at"], &said["source"]);
            assert!(said["shows"] == false && !said["why"].is_null() && step.is_u64() && at.is_u64() && source.is_string(), "{line}");
            let proof = lines.iter().find(|line| line["step"]["ordinal"] == *step).unwrap();
            assert_eq!((&proof["step"]["at"], &proof["source"]), (at, source), "the step that is named is the one that was printed");
        }
        assert!(line["signature"]["get"].is_string() && line["heldBy"] == json!([]) && line["loggedFailure"].is_null(), "{line}");
    }
}

#[test]
fn a_failure_that_was_logged_although_the_record_is_there_is_told() {
    let commands = json!([
        { "at": 9_000, "run": "break any couchdb drop-answer --times 1" },
        { "at": 10_000, "run": "wsk action invoke hello", "label": "held" },
    ]);
    let file = written("held", json!({ "store": "couchdb" }), commands);
    let text = out(&replay(&[&file]));
    let held = entry(&text, "“held”: held by couchdb");
    let line = held.lines().find(|line| line.contains("stored although its writer logged a failure")).unwrap();
    assert!(line.contains(" [step ") && line.contains("CouchDbRestStore.scala:"), "{line}");
    assert_eq!(text.matches("stored although").count(), 1, "{text}");
    let json = out(&replay(&[&file, "--format=json"]));
    let lines: Vec<Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let line = lines.iter().find(|line| line["label"] == "held").unwrap();
    let step = lines.iter().find(|step| step["step"]["ordinal"] == line["loggedFailure"]["step"]).unwrap();
    assert_eq!(step["step"]["kind"]["kind"], "record_conflicted");
    assert_eq!(line["loggedFailure"]["source"], step["source"]);
    assert_eq!((&line["get"]["shows"], &line["get"]["why"]), (&Value::Bool(true), &Value::Null));
}

#[test]
fn one_id_can_be_asked_for_whoever_made_it_and_if_nobody_did() {
    let file = refusals();
    let all = out(&replay(&[&file]));
    // Of a record, of a request that was refused, and of none.
    for label in ["“twice”: held", "“huge”: no activation"] {
        let expected = entry(&all, label);
        let id = expected.split(' ').next().unwrap();
        let text = out(&replay(&[&file, "--id", id]));
        assert_eq!(entries(&text), std::slice::from_ref(&expected));
        let steps: Vec<&str> = text.split_once("\n\n").unwrap().0.lines().collect();
        assert!(!steps.is_empty() && steps.len() < 60, "{label}: {}", steps.len());
        assert!(steps.iter().all(|step| all.contains(step)), "{label}");
    }
    let nobodys = "0123456789abcdef0123456789abcdef";
    let output = replay(&[&file, &format!("--id={nobodys}")]);
    assert_eq!(output.status.code(), Some(0));
    let text = entries(&out(&output));
    assert_eq!(text.len(), 1);
    assert!(text[0].starts_with(&format!("{nobodys}  nobody has made this id; asked as guest")), "{}", text[0]);
    assert!(text[0].contains("get shows it: no, no activation of this run ever had this id"), "{}", text[0]);
    assert!(text[0].contains("from outside: get ") && text[0].contains("from outside it looks the same as: "), "{}", text[0]);
    let json = out(&replay(&[&file, "--id", nobodys, "--format", "json"]));
    let line: Value = serde_json::from_str(json.lines().last().unwrap()).unwrap();
    assert_eq!((&line["activation"], &line["made"], &line["get"]["why"]), (&nobodys.into(), &false.into(), &"never_existed".into()));
}

#[test]
fn another_namespace_asks_in_vain() {
    let file = lesson("list-twice");
    let own = out(&replay(&[&file, "--store", "couchdb", "--as", "guest"]));
    let other = out(&replay(&[&file, "--store", "couchdb", "--as", "whisk.system"]));
    let (own, other) = (entry(&own, "“hello”"), entry(&other, "“hello”"));
    assert!(own.contains("asked as guest") && own.contains("get shows it: yes"), "{own}");
    assert!(other.contains("asked as whisk.system") && other.contains("get shows it: no, in another namespace: guest"), "{other}");
    assert!(other.contains("_all_docs shows it: yes") && other.contains("from outside: get no"), "{other}");
    let json = out(&replay(&[&file, "--as", "whisk.system", "--format", "json"]));
    assert!(json.lines().any(|line| line.contains("\"askedAs\":\"whisk.system\"") && line.contains("other_namespace")), "{json}");
}

#[test]
fn both_lessons_in_both_stores() {
    for id in ["only-design-docs", "list-twice"] {
        for store in ["couchdb", "elasticsearch"] {
            let output = replay(&[&lesson(id), "--store", store]);
            assert_eq!((output.status.code(), err(&output).as_str()), (Some(0), ""), "{id} {store}");
            let text = out(&output);
            let (steps, ending) = text.split_once("\n\n").unwrap();
            assert!(steps.lines().all(|line| line.contains(" ms  ") && line.ends_with(']')), "{id} {store}");
            assert!(ending.starts_with(&format!("{id}: at ")) && ending.contains(&format!("bound to {store}")), "{ending}");
            let records = entries(&text);
            assert!(records.len() >= 5);
            let (sees, other, all_docs) = match store {
                "couchdb" => (
                    "_all_docs shows it: yes",
                    "search shows it: no, in the other store: CouchDB [SpiLoader.scala:39-51] [step ",
                    "_all_docs yes",
                ),
                _ => (
                    "search shows it: yes",
                    "_all_docs shows it: no, in the other store: Elasticsearch [SpiLoader.scala:39-51] [step ",
                    "_all_docs no",
                ),
            };
            for record in records {
                for said in [&format!(": held by {store}; asked as "), "get shows it: yes", sees, other, all_docs, "; logs: "] {
                    assert!(record.contains(said), "{said}: {record}");
                }
            }
        }
    }
}

#[test]
fn stops_where_it_is_told() {
    let output = replay(&[&lesson("only-design-docs"), "--store=couchdb", "--until", "14500.5"]);
    let text = out(&output);
    assert!(text.contains("at 14500.500 ms"), "{text}");
    let third = entry(&text, "“third”: held by couchdb");
    assert!(third.contains("get shows it: yes") && third.contains("list shows it: no, stored, but the view is stale"), "{third}");
    let early = out(&replay(&[&lesson("only-design-docs"), "--until", "10050"]));
    let first = entry(&early, "“first”: held by no store");
    assert!(
        ["get", "list", "_all_docs", "search"].iter().all(|it| first.contains(&format!("{it} shows it: no, not finished yet"))),
        "{first}"
    );
}

#[test]
fn prints_what_processes_write_to_their_logs() {
    let text = out(&replay(&[&lesson("only-design-docs"), "--store", "couchdb", "--logs"]));
    let line = text.lines().find(|line| line.contains("saving document")).unwrap();
    assert!(line.contains("invoker0: [2") || line.contains("invoker1: [2"), "{line}");
    assert!(line.contains("] [INFO] [#tid_") || line.contains("] [INFO] [#sid_"), "{line}");
    assert!(line.contains("[CouchDbRestStore] [PUT] 'whisk_local_activations' saving document: 'id: "), "{line}");
    assert!(!out(&replay(&[&lesson("only-design-docs"), "--store", "couchdb"])).contains("[INFO]"));
}

#[test]
fn speaks_json_and_chinese() {
    let output = replay(&["--format", "json", "--lang=zh", &lesson("only-design-docs")]);
    let lines: Vec<serde_json::Value> = out(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let steps = lines.iter().filter(|line| line.get("step").is_some());
    assert!(steps.clone().all(|line| line["sentence"].is_string() && line["source"].is_string() && line["step"]["at"].is_u64()));
    assert!(steps.clone().any(|line| line["sentence"].as_str().unwrap().contains("控制器")));
    let ordinals: Vec<u64> = steps.map(|line| line["step"]["ordinal"].as_u64().unwrap()).collect();
    assert_eq!(ordinals, (0..ordinals.len() as u64).collect::<Vec<_>>());
    let first = lines.iter().find(|line| line["label"] == "first").unwrap();
    assert_eq!(
        (&first["heldBy"], &first["get"]["shows"], &first["list"]["shows"]),
        (&serde_json::json!(["elasticsearch"]), &true.into(), &true.into())
    );
    assert_eq!(lines.iter().filter(|line| line.get("heldBy").is_some()).count(), 7);
}

#[test]
fn broken_files_get_the_file_the_field_and_the_reason() {
    let folder = std::env::temp_dir().join(format!("whiskscope-replay-broken-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let whole = std::fs::read_to_string(lesson("list-twice")).unwrap();
    let check = |name: &str, bytes: &[u8], said: &str| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        let output = replay(&[path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(1), "{name}");
        let error = err(&output);
        assert!(error.contains(name) && error.contains(said) && !error.contains("panicked"), "{error}");
    };
    check("field.json", whole.replacen("\"seed\"", "\"sed\"", 1).as_bytes(), "sed: unknown field; known are");
    check(
        "line.json",
        whole.replacen("invoke hello", "invoke goodbye", 1).as_bytes(),
        "commands[0].run: the command.action names “guest/goodbye”",
    );
    check("empty.json", b"", "EOF while parsing a value");
    check("binary.json", &[0xff, 0xfe, 0x00], "cannot be read: invalid utf-8");
    check("large.json", &[b' '; 1_000_002], "its length in bytes is");
    check("lie.json", whole.replacen("\"list\": false }", "\"list\": true }", 1).as_bytes(), "placements[0]: at 10500.000 ms");
    std::fs::remove_dir_all(&folder).unwrap();
    let output = replay(&["no-such-file.json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("no-such-file.json: the file cannot be read"));
}

#[test]
fn a_wrong_command_line_is_told_how() {
    let file = lesson("list-twice");
    let cases: [(&[&str], &str); 12] = [
        (&[], "which FILE?"),
        (&[&file, &file], "one FILE is enough"),
        (&[&file, "--stoer", "couchdb"], "--stoer is not an option"),
        (&[&file, "--store", "mongodb"], "--store is “mongodb”, but must be couchdb or elasticsearch"),
        (&[&file, "--store"], "--store needs a value"),
        (&[&file, "--until", "-1"], "--until is “-1”, but must be milliseconds, at most a day"),
        (&[&file, "--until=86400000.001"], "must be milliseconds, at most a day"),
        (&[&file, "--format", "xml"], "must be text or json"),
        (&[&file, "--id", "hello"], "--id is “hello”, but must be an activation id: 32 digits and letters a to f"),
        (&[&file, "--id=0123456789ABCDEF0123456789ABCDEF"], "but must be an activation id"),
        (&[&file, "--id"], "--id needs a value"),
        (&[&file, "--as", "nobody"], "--as is “nobody”, but must be a namespace of the lesson: guest, whisk.system"),
    ];
    for (arguments, said) in cases {
        let output = replay(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(err(&output).contains(said) && err(&output).contains("usage: replay"), "{}", err(&output));
    }
    let help = replay(&["--help"]);
    assert_eq!((help.status.code(), out(&help).starts_with("usage: replay")), (Some(0), true));
    for named in ["--id ", "--as ", "_all_docs", "logged a failure", "refused"] {
        assert!(out(&help).contains(named), "{named}");
    }
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_replay"))
        .arg(lesson("only-design-docs"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 64];
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut first).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), err(&output).as_str()), (Some(0), ""));
}

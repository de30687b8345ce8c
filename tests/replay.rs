//! `replay` as a process, on good files and bad ones.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "what fails here fails a test")]

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
            let (outside, records): (Vec<&str>, Vec<&str>) = ending.lines().skip(1).partition(|line| line.starts_with("  "));
            assert!(records.len() >= 5);
            assert_eq!(outside.len(), records.len());
            let all_docs = if store == "couchdb" { "_all_docs yes" } else { "_all_docs no" };
            assert!(outside.iter().all(|line| line.contains(all_docs) && line.contains("; logs: ")), "{ending}");
            assert!(records.iter().all(|line| line.contains(&format!("held by {store}; get shows it: yes"))), "{ending}");
        }
    }
}

#[test]
fn stops_where_it_is_told() {
    let output = replay(&[&lesson("only-design-docs"), "--store=couchdb", "--until", "14500.5"]);
    let text = out(&output);
    assert!(text.contains("at 14500.500 ms"), "{text}");
    assert!(text.contains("“third”: held by couchdb; get shows it: yes; list shows it: no, stored, but the view is stale"), "{text}");
    let early = out(&replay(&[&lesson("only-design-docs"), "--until", "10050"]));
    assert!(early.contains("“first”: held by no store; get shows it: no, not finished yet"), "{early}");
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
    let folder = std::env::temp_dir().join(format!("whiskscope-replay-{}", std::process::id()));
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
    let cases: [(&[&str], &str); 8] = [
        (&[], "which FILE?"),
        (&[&file, &file], "one FILE is enough"),
        (&[&file, "--stoer", "couchdb"], "--stoer is not an option"),
        (&[&file, "--store", "mongodb"], "--store is “mongodb”, but must be couchdb or elasticsearch"),
        (&[&file, "--store"], "--store needs a value"),
        (&[&file, "--until", "-1"], "--until is “-1”, but must be milliseconds, at most a day"),
        (&[&file, "--until=86400000.001"], "must be milliseconds, at most a day"),
        (&[&file, "--format", "xml"], "must be text or json"),
    ];
    for (arguments, said) in cases {
        let output = replay(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(err(&output).contains(said) && err(&output).contains("usage: replay"), "{}", err(&output));
    }
    let help = replay(&["--help"]);
    assert_eq!((help.status.code(), out(&help).starts_with("usage: replay")), (Some(0), true));
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

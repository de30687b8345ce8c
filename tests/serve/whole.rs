//! The program as a whole: its options, its end, and what it writes down.

use super::options::{Options, USAGE};
use super::{ADMIN, raw_request, run};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::sync::mpsc;
use whiskscope::http::openwhisk::authorization;
use whiskscope::recording::Run;

fn read(line: &str) -> Result<Option<Options>, String> {
    Options::read(line.split_whitespace().map(str::to_owned))
}

#[test]
fn options_are_read_or_refused_with_the_reason() {
    assert!(read("--help").unwrap().is_none() && read("--speed 2 -h").unwrap().is_none());
    for option in ["--store", "--lesson", "--openwhisk", "--couchdb", "--elasticsearch", "--speed", "--record"] {
        assert!(USAGE.contains(option));
        assert_eq!(read(option).unwrap_err(), format!("{option} needs a value"));
    }
    let options = read("--speed=0.5 --store elasticsearch --couchdb 127.0.0.1:0 --record a.json").unwrap().unwrap();
    assert!(options.speed == 0.5 && options.record.as_deref() == Some("a.json"));
    assert_eq!(options.run().unwrap().configuration.common_store().map(whiskscope::cluster::place::StoreKind::code), Some("elasticsearch"));
    for (line, why) in [
        ("--nonsense", "“--nonsense” is no option; --help lists them"),
        ("file", "“file” is no option; --help lists them"),
        ("--store mysql", "--store is “mysql”, but must be couchdb or elasticsearch"),
        ("--speed 0", "--speed is “0”, but must be a number from 0.001 to 1000"),
        ("--speed NaN", "--speed is “NaN”, but must be a number from 0.001 to 1000"),
        ("--couchdb 5984", "--couchdb is “5984”, but must be an address such as 127.0.0.1:5984"),
    ] {
        assert_eq!(read(line).unwrap_err(), why);
    }
    let unread = read("--lesson /nowhere.json").unwrap().unwrap().run().unwrap_err();
    assert!(unread.starts_with("/nowhere.json: "), "{unread}");
    let not_written = run::until_interrupted(&read("--record /nowhere/at/all.json").unwrap().unwrap(), |_| {}).unwrap_err();
    assert!(not_written.starts_with("/nowhere/at/all.json: "), "{not_written}");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_in_order_and_what_was_asked_can_be_played_again() {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("serve-recorded.json");
    let line = "--openwhisk 127.0.0.1:0 --couchdb 127.0.0.1:0 --elasticsearch 127.0.0.1:0 --speed 50";
    let options = read(&format!("{line} --record {}", file.display())).unwrap().unwrap();
    let (sender, lines) = mpsc::channel();
    let server = std::thread::spawn(move || run::until_interrupted(&options, |line| sender.send(line).unwrap()));
    let mut bound: Vec<SocketAddr> = Vec::new();
    for line in &lines {
        let Some((_, address)) = line.split_once(" on http://") else { break };
        bound.push(address.parse().unwrap());
    }
    let [openwhisk, couchdb, _] = bound[..] else { panic!("{bound:?}") };
    let key = authorization("guest");
    let invoke = format!("POST /api/v1/namespaces/_/actions/hello?blocking=true HTTP/1.1\r\nHost: x\r\nAuthorization: {key}\r\n\r\n");
    let (status, _, record) = raw_request(openwhisk, invoke.as_bytes());
    assert_eq!(status, 200);
    let docs = format!("GET /whisk_local_activations/_all_docs HTTP/1.1\r\nHost: x\r\nAuthorization: {ADMIN}\r\n\r\n");
    assert_eq!(raw_request(couchdb, docs.as_bytes()).0, 200);
    // Others are held open over the end.
    let idle = std::net::TcpStream::connect(couchdb).unwrap();
    assert!(Command::new("kill").args(["-INT", &std::process::id().to_string()]).status().unwrap().success());
    server.join().unwrap().unwrap();
    drop(idle);
    let told: Vec<String> = lines.iter().collect();
    assert_eq!(told, [format!("2 commands are in {}", file.display())]);
    assert!(std::net::TcpStream::connect(couchdb).is_err(), "it still listens");

    let text = std::fs::read_to_string(&file).unwrap();
    let run = Run::from_json(&text).unwrap().unwrap();
    let record: serde_json::Value = serde_json::from_str(&record).unwrap();
    let id = record["activationId"].as_str().unwrap();
    let replayed = Command::new(env!("CARGO_BIN_EXE_replay")).arg(&file).args(["--id", id]).output().unwrap();
    let replayed = String::from_utf8(replayed.stdout).unwrap();
    assert!(replayed.contains("recorded run: at ") && replayed.contains(id), "{replayed}");
    assert_eq!(run.commands.len(), 2);
    // And served on from there.
    let again = read(&format!("--lesson {}", file.display())).unwrap().unwrap();
    assert_eq!(again.run().unwrap(), run);
    assert!(Run::from_json("{\"modelVersion\":2}").unwrap().is_err() && Run::from_json("{}").is_none());
}

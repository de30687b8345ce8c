//! What the terminal shows for lines that are typed at certain times, held against transcripts.
//!
//! `tests/transcripts/<case>/commands` has one line each: `+2s $ wsk activation list` waits two seconds and types, `+1s ^C` waits one and
//! stops what the line before started; `ID` in a line is the newest activation's id. `screen` is what both stores show; where they differ
//! there are `screen.couchdb` and `screen.elasticsearch` instead. `WHISKSCOPE_WRITE_TRANSCRIPTS=1 cargo test --test transcripts` writes
//! them anew.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "what fails here fails a test")]

#[cfg(test)]
mod support;

use std::path::Path;
use std::{env, fs};
use support::*;
use whiskscope::cluster::place::StoreKind;
use whiskscope::cluster::{Act, Command};
use whiskscope::recording::Run;
use whiskscope::shell::{Printed, Typed, screen, typed};
use whiskscope::time::Span;

const STORES: [StoreKind; 2] = [StoreKind::CouchDb, StoreKind::Elasticsearch];

/// When the first line is typed at the earliest: the cluster has booted.
const BOOTED_MS: u64 = 10_000;
/// How long after its last line a case is looked at.
const AFTER: Span = Span::from_secs(80);

struct Entry {
    line: String,
    what: What,
}

enum What {
    Printed(Printed),
    Command(u32),
}

fn played(commands: &str, store: StoreKind) -> String {
    let (mut given, mut entries): (Vec<Command>, Vec<Entry>) = (Vec::new(), Vec::new());
    let mut now = ms(BOOTED_MS);
    let run = |given: &[Command]| Run::new(bound_to(store), 7, given.to_vec());
    for entry in commands.lines().filter(|line| !line.is_empty()) {
        let (wait, typed_line) = entry.strip_prefix('+').unwrap().split_once("s ").unwrap();
        now += Span::from_micros((wait.parse::<f64>().unwrap() * 1e6) as u64);
        let (world, _) = play(&run(&given), now);
        if typed_line == "^C" {
            let command = given.iter().rfind(|command| command.line.is_some()).unwrap().id;
            given.push(Command::new(now, "guest", Act::Interrupt { command }, &given));
            continue;
        }
        let newest = (0..).map_while(|number| world.activation(whiskscope::cluster::place::ActivationIx(number))).last();
        let newest = newest.map_or_else(String::new, |activation| activation.id.to_string());
        let line = typed_line.strip_prefix("$ ").unwrap().replace("ID", &newest);
        let what = match typed(&world, "guest", &line) {
            Typed::Act(act) => {
                let mut command = Command::new(now, "guest", act, &given);
                command.line = Some(line.clone());
                given.push(command);
                What::Command(u32::try_from(given.len() - 1).unwrap())
            }
            Typed::Printed(printed) => What::Printed(printed),
            other => panic!("{line}: {other:?}"),
        };
        entries.push(Entry { line, what });
    }
    let (world, _) = play(&run(&given), now + AFTER);
    let mut text = String::new();
    for Entry { line, what } in entries {
        text.push_str(&format!("$ {line}\n"));
        match what {
            What::Printed(printed) => {
                for (output, mark) in [(&printed.stdout, ""), (&printed.stderr, "2> ")] {
                    text.extend(output.lines().map(|line| format!("{mark}{line}\n")));
                }
                text.push_str(&format!("[exit {}]\n", printed.exit_code));
            }
            What::Command(number) => {
                let screen = screen(&world, number).unwrap();
                for chunk in &screen.output {
                    let mark = if chunk.is_error { "2> " } else { "" };
                    text.extend(chunk.text.lines().map(|line| format!("{mark}{line}\n")));
                }
                let code = screen.exit_code.map_or_else(|| "runs".to_owned(), |code| format!("exit {code}"));
                let stopped = if screen.was_interrupted { ", ^C" } else { "" };
                text.push_str(&format!("[{code}{stopped}]\n"));
            }
        }
    }
    text
}

#[test]
fn transcripts_stay() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts");
    let writes = env::var_os("WHISKSCOPE_WRITE_TRANSCRIPTS").is_some();
    let mut names: Vec<_> = fs::read_dir(&cases).unwrap().map(|case| case.unwrap().path()).collect();
    names.sort();
    for case in names {
        let commands = fs::read_to_string(case.join("commands")).unwrap();
        let [couchdb, elasticsearch] = STORES.map(|store| played(&commands, store));
        let own = |store: StoreKind| case.join(format!("screen.{}", store.code()));
        if writes {
            for old in ["screen", "screen.couchdb", "screen.elasticsearch"] {
                let _ = fs::remove_file(case.join(old));
            }
            if couchdb == elasticsearch {
                fs::write(case.join("screen"), &couchdb).unwrap();
            } else {
                fs::write(own(StoreKind::CouchDb), &couchdb).unwrap();
                fs::write(own(StoreKind::Elasticsearch), &elasticsearch).unwrap();
            }
        }
        for (store, screen) in STORES.into_iter().zip([couchdb, elasticsearch]) {
            let known = fs::read_to_string(case.join("screen")).or_else(|_| fs::read_to_string(own(store))).unwrap();
            assert_eq!(known, screen, "{}, {store:?}", case.display());
        }
    }
}

/// An instant before any answer shows nothing of it.
#[test]
fn nothing_is_shown_before_its_answer() {
    let line = "wsk activation list".to_owned();
    let empty = Run::new(bound_to(StoreKind::CouchDb), 7, Vec::new());
    let (world, _) = play(&empty, ms(BOOTED_MS));
    let Typed::Act(act) = typed(&world, "guest", &line) else { panic!() };
    let mut command = Command::new(ms(BOOTED_MS), "guest", act, &[]);
    command.line = Some(line);
    let run = Run::new(bound_to(StoreKind::CouchDb), 7, vec![command]);
    let (world, _) = play(&run, ms(BOOTED_MS));
    let shown = screen(&world, 0).unwrap();
    assert_eq!((shown.output.len(), shown.exit_code), (0, None));
    let (world, _) = play(&run, ms(BOOTED_MS + 5_000));
    let shown = screen(&world, 0).unwrap();
    assert_eq!((shown.output[0].text.as_str(), shown.exit_code), ("\n", Some(0)));
}

/// The real poll goes on for ever.
#[test]
fn a_poll_ends_with_a_word_of_the_models_own() {
    let line = "wsk activation poll".to_owned();
    let (world, _) = play(&Run::new(bound_to(StoreKind::CouchDb), 7, Vec::new()), ms(BOOTED_MS));
    let Typed::Act(act) = typed(&world, "guest", &line) else { panic!() };
    let mut command = Command::new(ms(BOOTED_MS), "guest", act, &[]);
    command.line = Some(line);
    let run = Run::new(bound_to(StoreKind::CouchDb), 7, vec![command]);
    let (world, _) = play(&run, ms(BOOTED_MS + 2_100_000));
    let shown = screen(&world, 0).unwrap();
    let last = shown.output.last().unwrap();
    assert_eq!(last.text, "WhiskScope ends a command after 1000 requests. The real tool goes on.\n");
    assert_eq!((last.is_error, shown.exit_code), (true, Some(1)));
}

mod hostile {
    use super::*;
    use proptest::prelude::*;
    use std::rc::Rc;
    use std::thread_local;
    use whiskscope::cluster::World;
    use whiskscope::shell::LINE_BYTES_MAX;

    thread_local! {
        static WORLD: Rc<World> = Rc::new(play(&Run::new(bound_to(StoreKind::CouchDb), 7, Vec::new()), ms(BOOTED_MS)).0);
    }

    /// One answer: an act that a run can hold, or a text. What is given shows a screen.
    fn answered(line: &str) -> Result<(), TestCaseError> {
        let world = WORLD.with(Rc::clone);
        match typed(&world, "guest", line) {
            Typed::Printed(printed) => {
                prop_assert!(!printed.stdout.is_empty() || !printed.stderr.is_empty() || printed.exit_code == 0, "{line:?}");
                let bytes = printed.stdout.len() + printed.stderr.len();
                prop_assert!(bytes < 4 * LINE_BYTES_MAX + 4_000, "{line:?}: {bytes} bytes");
            }
            Typed::Act(act) => {
                let mut command = Command::new(ms(BOOTED_MS), "guest", act, &[]);
                command.line = Some(line.trim().to_owned());
                let run = Run::new(bound_to(StoreKind::CouchDb), 7, vec![command]);
                prop_assert!(run.check().is_ok(), "{line:?}: {:?}", run.check());
                let (world, _) = play(&run, ms(BOOTED_MS + 3_000));
                // What breaks the cluster has no screen.
                let _ = screen(&world, 0);
            }
            Typed::Nothing | Typed::Help | Typed::Clear => {}
        }
        Ok(())
    }

    const WORDS: &str = "(wsk|wsk|wsk|curl|break|mend|activation|action|trigger|rule|package|list|get|logs|result|poll|invoke|fire|help|\
        -[a-zA-Z]{1,3}|--[a-z]{0,9}|--limit|--limit=[0-9xX_+-]{0,22}|--skip|--since|--last|--full|-v|-p|-P|-u|--apihost|--apiversion|--exit|\
        [0-9]{1,30}|[0-9a-f]{32}|hello|/guest/hello|/|//|_|'[^']{0,9}'|\"\"|\\{\"a\":\\[+|\\[{40}|😀+|<b>|http://.{0,9}|%[0-9]{0,2}|.{0,6})";

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_has_one_answer(line in "\\PC{0,80}") {
            answered(&line)?;
        }

        #[test]
        fn any_bytes_have_one_answer(line in prop::collection::vec(any::<char>(), 0..60)) {
            answered(&line.into_iter().collect::<String>())?;
        }

        #[test]
        fn any_words_of_the_tool_have_one_answer(words in prop::collection::vec(WORDS, 0..9)) {
            answered(&words.join(" "))?;
        }

        #[test]
        fn any_words_after_wsk_activation_have_one_answer(words in prop::collection::vec(WORDS, 0..6)) {
            answered(&format!("wsk activation {}", words.join(" ")))?;
        }
    }

    #[test]
    fn deep_and_long_lines_have_one_answer() {
        let deep = "[".repeat(900);
        for line in [
            format!("wsk action invoke hello -p a {deep}"),
            format!("wsk action invoke hello -p a '{deep}{}'", "]".repeat(50)),
            format!("wsk activation get {}", "a".repeat(900)),
            format!("wsk {}", "x".repeat(LINE_BYTES_MAX)),
            format!("wsk activation list --limit {}", "9".repeat(900)),
            "wsk activation list --since=-9223372036854775808 --upto 9223372036854775807".to_owned(),
            "wsk activation poll --since-days 9223372036854775807 --since-hours 9223372036854775807 --exit 9223372036854775807".to_owned(),
        ] {
            answered(&line).unwrap();
        }
    }
}

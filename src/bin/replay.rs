//! `replay FILE`: plays a lesson without a browser, prints every step, and says where each record is in the end.

use serde_json::json;
use std::fmt;
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::process::ExitCode;
use whiskscope::cluster::evidence;
use whiskscope::cluster::place::StoreKind;
use whiskscope::cluster::step::Step;
use whiskscope::cluster::store::Visibility;
use whiskscope::cluster::{Activation, StepLog, World};
use whiskscope::lesson::{FILE_BYTES_MAX, Lesson, LessonError, Violation};
use whiskscope::locale::{self, Language, Names};
use whiskscope::operator::{self, Because, Signature};
use whiskscope::recording::{HORIZON_MAX, Run, Tape};
use whiskscope::time::Instant;

const USAGE: &str = "\
usage: replay FILE [--store couchdb|elasticsearch] [--until MS] [--format text|json] [--lang en|zh] [--logs]

Plays the lesson in FILE to its last beat, or to MS milliseconds, and prints every step with the source line that it follows; then, for
each activation, which store holds its record, whether get and list by the CLI would show it and, if not, why, with the step that proves
it; and what of that shows from outside.
  --store   binds every process to this store; without it the lesson's own bindings stay
  --until   milliseconds since the run's start, up to three decimals, at most a day
  --format  text, or json: one JSON object a line
  --logs    prints what each process writes to its log, under the step at which it does
Exit code: 0 if all is well, 1 if the lesson is refused or says what is not so, 2 if the command line is wrong.";

/// What the command line asks for.
struct Options {
    file: String,
    store: Option<StoreKind>,
    until: Option<Instant>,
    json: bool,
    logs: bool,
    language: Language,
}

/// Why there is nothing to replay, or why it ended early.
enum Failure {
    Usage(String),
    Unreadable {
        file: String,
        error: io::Error,
    },
    Refused(LessonError),
    /// The lesson was played, and says what is not so.
    Untrue {
        file: String,
        violations: Vec<Violation>,
    },
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(why) => write!(out, "{why}\n\n{USAGE}"),
            Self::Unreadable { file, error } => write!(out, "{file}: the file cannot be read: {error}"),
            Self::Refused(error) => error.fmt(out),
            Self::Untrue { file, violations } => {
                let lines: Vec<String> = violations.iter().map(|violation| format!("{file}: {violation}")).collect();
                out.write_str(&lines.join("\n"))
            }
            Self::Output(error) => write!(out, "the output cannot be written: {error}"),
        }
    }
}

impl Failure {
    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_) => ExitCode::from(2),
            // Whoever read the output has seen enough.
            Self::Output(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            _ => ExitCode::from(1),
        }
    }
}

fn main() -> ExitCode {
    let Err(failure) = replay() else { return ExitCode::SUCCESS };
    if !matches!(&failure, Failure::Output(error) if error.kind() == ErrorKind::BrokenPipe) {
        // Nobody is left to tell if this fails too.
        let _ = writeln!(io::stderr(), "{failure}");
    }
    failure.exit_code()
}

fn replay() -> Result<(), Failure> {
    let arguments = std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    let mut out = BufWriter::new(io::stdout().lock());
    let Some(options) = options(arguments)? else {
        writeln!(out, "{USAGE}")?;
        return Ok(out.flush()?);
    };
    let text = read(&options.file)?;
    let lesson = Lesson::from_json(&options.file, &text).map_err(Failure::Refused)?;
    let mut run = lesson.run(options.store);
    let until = options.until.unwrap_or_else(|| lesson.timetable(&run).end);
    run.horizon = run.horizon.max(until);
    let report = Report { lesson: &lesson, run: &run, options: &options };
    report.play(until, &mut out)?;
    out.flush()?;
    let violations = lesson.check(options.store, lesson.seed);
    if violations.is_empty() { Ok(()) } else { Err(Failure::Untrue { file: options.file, violations }) }
}

fn read(file: &str) -> Result<String, Failure> {
    let unreadable = |error| Failure::Unreadable { file: file.to_owned(), error };
    // One byte over the limit is enough to be refused.
    let most = FILE_BYTES_MAX as u64 + 1;
    let mut bytes = Vec::new();
    std::fs::File::open(file).and_then(|open| open.take(most).read_to_end(&mut bytes)).map_err(unreadable)?;
    if bytes.len() > FILE_BYTES_MAX {
        // What was cut off may have ended within a character: the lesson's own check gives the reason.
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    String::from_utf8(bytes).map_err(|error| unreadable(io::Error::new(ErrorKind::InvalidData, error.utf8_error())))
}

/// `None` if help is wanted.
fn options(arguments: Vec<String>) -> Result<Option<Options>, Failure> {
    let mut options = Options { file: String::new(), store: None, until: None, json: false, logs: false, language: Language::English };
    let mut file = None;
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let (name, inline) = match argument.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (name.to_owned(), Some(value.to_owned())),
            _ => (argument, None),
        };
        if matches!(name.as_str(), "--help" | "-h") {
            return Ok(None);
        }
        if name == "--logs" && inline.is_none() {
            options.logs = true;
            continue;
        }
        if !name.starts_with('-') || name == "-" {
            if let Some(first) = file.replace(name) {
                return Err(Failure::Usage(format!("one FILE is enough, and {first} is one already")));
            }
            continue;
        }
        if !matches!(name.as_str(), "--store" | "--until" | "--format" | "--lang") {
            return Err(Failure::Usage(format!("{name} is not an option")));
        }
        let Some(value) = inline.or_else(|| arguments.next()) else {
            return Err(Failure::Usage(format!("{name} needs a value")));
        };
        let wrong = |wanted: &str| Failure::Usage(format!("{name} is “{value}”, but must be {wanted}"));
        match name.as_str() {
            "--store" => {
                let store = StoreKind::ALL.into_iter().find(|store| store.code() == value);
                options.store = Some(store.ok_or_else(|| wrong("couchdb or elasticsearch"))?);
            }
            "--until" => options.until = Some(millis(&value).ok_or_else(|| wrong("milliseconds, at most a day"))?),
            "--format" => {
                options.json = match value.as_str() {
                    "text" => false,
                    "json" => true,
                    _ => return Err(wrong("text or json")),
                }
            }
            _ => options.language = Language::from_code(&value).ok_or_else(|| wrong("en or zh"))?,
        }
    }
    options.file = file.ok_or_else(|| Failure::Usage("which FILE?".to_owned()))?;
    Ok(Some(options))
}

/// Milliseconds with up to three decimals.
fn millis(text: &str) -> Option<Instant> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 3 {
        return None;
    }
    let micros = whole.parse::<u64>().ok()?.checked_mul(1_000)?.checked_add(format!("{part:0<3}").parse().ok()?)?;
    (micros <= HORIZON_MAX.micros()).then_some(Instant::from_micros(micros))
}

/// What is printed, and of what.
struct Report<'a> {
    lesson: &'a Lesson,
    run: &'a Run,
    options: &'a Options,
}

impl Report<'_> {
    fn play(&self, until: Instant, out: &mut impl Write) -> Result<(), io::Error> {
        let mut world = self.run.world();
        let mut log = StepLog { listening: true, steps: Vec::new() };
        while world.next_due().is_some_and(|at| at <= until) {
            world.advance_one(&mut log);
            for step in log.steps.drain(..) {
                self.step(&world, &step, out)?;
            }
        }
        world.advance(until, &mut log);
        let tape = Tape::new(self.run.clone()).map_err(io::Error::other)?;
        self.ending(&tape, &world, until, out)
    }

    fn step(&self, world: &World, step: &Step, out: &mut impl Write) -> Result<(), io::Error> {
        let catalogue = &world.setup().catalogue;
        let activation = step.activation.and_then(|ix| world.activation(ix));
        let id = activation.map(|activation| activation.id.to_string());
        let asked = step.exchange.and_then(|ix| world.exchange(ix)).and_then(|exchange| exchange.request.entity());
        let action = activation.map(|activation| activation.action).or(asked).and_then(|action| catalogue.action(action));
        let names = Names { activation: id.as_deref(), action: action.map(|action| action.name.as_str()), catalogue };
        let sentence = locale::sentence(self.options.language, step, &names);
        let source = evidence::of(&step.kind);
        let logged = if self.options.logs { operator::log::line(world, step) } else { None };
        if self.options.json {
            let mut line = json!({ "step": step, "activationId": id, "sentence": sentence, "source": source.short(), "url": source.url() });
            if let (Some(logged), Some(fields)) = (logged, line.as_object_mut()) {
                fields.insert("log".to_owned(), json!({ "process": logged.process, "line": logged.to_string() }));
            }
            return writeln!(out, "{line}");
        }
        writeln!(out, "{:>12} ms  {sentence}  [{}]", decimal(step.at), source.short())?;
        logged.map_or(Ok(()), |logged| writeln!(out, "{:>15}  {}: {logged}", "", logged.process.code()))
    }

    fn ending(&self, tape: &Tape, world: &World, until: Instant, out: &mut impl Write) -> Result<(), io::Error> {
        let bound = self.run.configuration.common_store().map_or("each process to its own", StoreKind::code);
        if self.options.json {
            let line = json!({ "end": until, "lesson": self.lesson.id, "boundTo": bound, "activations": world.activation_count() });
            writeln!(out, "{line}")?;
        } else {
            writeln!(out, "\n{}: at {} ms, bound to {bound}", self.lesson.id, decimal(until))?;
        }
        for (_, activation) in world.activations() {
            self.activation(tape, world, activation, out)?;
        }
        Ok(())
    }

    fn activation(&self, tape: &Tape, world: &World, activation: &Activation, out: &mut impl Write) -> Result<(), io::Error> {
        let setup = world.setup();
        let namespace = setup.catalogue.namespace(activation.namespace);
        let action = setup.catalogue.action(activation.action).map_or("", |action| action.name.as_str());
        let command = activation.exchange.and_then(|ix| setup.commands.get(world.exchange(ix)?.command as usize));
        let label = command.and_then(|command| self.lesson.label_of(command.id));
        let reads = |store| world.stores().of(store).get_visibility(activation.namespace, activation.id);
        let holders: Vec<&str> =
            StoreKind::ALL.into_iter().filter(|store| reads(*store) != Visibility::Absent).map(StoreKind::code).collect();
        let why = operator::why(tape, world, activation.namespace, activation.id);
        let signature = operator::signature(tape, world, activation.namespace, activation.id);
        let [get, list, ..] = why.findings.map(|finding| finding.because);
        if self.options.json {
            let said = |because: Option<Because>| {
                json!({
                    "shows": because.is_none(),
                    "why": because.map(|because| because.reason),
                    "step": because.and_then(|because| because.step).map(|step| step.ordinal),
                })
            };
            let line = json!({
                "activation": activation.id,
                "namespace": namespace,
                "action": action,
                "label": label,
                "heldBy": holders,
                "get": said(get),
                "list": said(list),
                "signature": signature,
            });
            return writeln!(out, "{line}");
        }
        let held = if holders.is_empty() { "no store".to_owned() } else { holders.join(" and ") };
        let label = label.map_or_else(String::new, |label| format!(" “{label}”"));
        let said = |because: Option<Because>| match because {
            None => "yes".to_owned(),
            Some(Because { reason, step }) => {
                let proof =
                    step.map_or_else(String::new, |step| format!(" [{} ms, {}]", decimal(step.at), evidence::of(&step.kind).short()));
                format!("no, {}{proof}", locale::page::reason(self.options.language, reason, &setup.catalogue))
            }
        };
        let looks: Vec<_> = get.or(list).into_iter().flat_map(|because| because.reason.looks_like(&signature)).collect();
        let (get, list) = (said(get), said(list));
        writeln!(out, "{}  {namespace} {action}{label}: held by {held}; get shows it: {get}; list shows it: {list}", activation.id)?;
        let Signature { get, list, list_again, all_docs, search, traces } = signature;
        writeln!(
            out,
            "{:>32}  from outside: get {get}, list {list}, list again {list_again}, _all_docs {all_docs}, search {search}; logs: {}",
            "",
            traces.iter().map(|trace| trace.code()).collect::<Vec<_>>().join(", ")
        )?;
        let alike: Vec<&str> = looks.iter().map(|look| self.options.language.say(locale::page::LookAlike::of(*look))).collect();
        if alike.is_empty() { Ok(()) } else { writeln!(out, "{:>32}  from outside it looks the same as: {}", "", alike.join("; ")) }
    }
}

/// Milliseconds to the microsecond.
fn decimal(instant: Instant) -> String {
    format!("{}.{:03}", instant.micros() / 1_000, instant.micros() % 1_000)
}

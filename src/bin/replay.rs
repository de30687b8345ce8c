//! `replay FILE`: plays a lesson without a browser, prints every step, and says where each record is in the end.

use serde_json::{Value, json};
use std::fmt;
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::process::ExitCode;
use whiskscope::activation::{ActionId, ActivationId, Catalogue, NamespaceId};
use whiskscope::cluster::evidence::{self, Evidence};
use whiskscope::cluster::place::StoreKind;
use whiskscope::cluster::step::Step;
use whiskscope::cluster::store::Visibility;
use whiskscope::cluster::{Activation, Answer, Exchange, Request, StepLog, World};
use whiskscope::lesson::{FILE_BYTES_MAX, Lesson, LessonError, Violation};
use whiskscope::locale::{self, Language, Names};
use whiskscope::operator::{self, Finding, Signature, Why, Witness};
use whiskscope::recording::{HORIZON_MAX, Run, Tape};
use whiskscope::time::{Instant, Span};
use whiskscope::witness::USER;

const USAGE: &str = "\
usage: replay FILE [--store couchdb|elasticsearch] [--until MS] [--id ID] [--as NAMESPACE] [--format text|json] [--lang en|zh] [--logs]

Plays the lesson in FILE to its last beat, or to MS milliseconds, and prints every step with the source line that it follows; then, for
each activation and for each request that came to none, such as one that was refused: which store holds its record; whether get and list by
the CLI, _all_docs of CouchDB and a search in Elasticsearch would show it and, if not, why, with the step that proves it; whether its writer
logged a failure although the record is there; and what of all that shows from outside.
FILE may also be a run that `serve --record` wrote; it is played to a minute after its last command.
  --store   binds every process to this store; without it the lesson's own bindings stay
  --until   milliseconds since the run's start, up to three decimals, at most a day
  --id      is about this activation id alone, also one that nobody has made: 32 digits and letters a to f
  --as      who asks, a namespace of the lesson's; without it each record's owner
  --format  text, or json: one JSON object a line
  --logs    prints what each process writes to its log, under the step at which it does
Exit code: 0 if all is well, 1 if the lesson is refused or says what is not so, 2 if the command line is wrong.";

/// How long a recorded run goes on after its last command: past the 60 s of a blocking wait.
const AFTER: Span = Span::from_secs(61);

/// What the command line asks for.
struct Options {
    file: String,
    store: Option<StoreKind>,
    until: Option<Instant>,
    id: Option<ActivationId>,
    asker: Option<String>,
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
    /// A recorded run that cannot be played.
    Unfit {
        file: String,
        why: String,
    },
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
            Self::Unfit { file, why } => write!(out, "{file}: the run in it cannot be played: {why}"),
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
    let (lesson, mut run) = match Run::from_json(&text) {
        Some(run) => {
            let run = run.map_err(|why| Failure::Unfit { file: options.file.clone(), why })?;
            (None, options.store.map_or_else(|| run.clone(), |store| run.bound_to(store)))
        }
        None => {
            let lesson = Lesson::from_json(&options.file, &text).map_err(Failure::Refused)?;
            let run = lesson.run(options.store);
            (Some(lesson), run)
        }
    };
    let until = options.until.unwrap_or_else(|| match &lesson {
        Some(lesson) => lesson.timetable(&run).end,
        None => run.commands.last().map_or(Instant::START, |last| last.at) + AFTER,
    });
    run.horizon = run.horizon.max(until);
    let asker = options.asker.as_deref().map(|name| asker(&run, name)).transpose()?;
    let report = Report { lesson: lesson.as_ref(), run: &run, options: &options, asker };
    report.play(until, &mut out)?;
    out.flush()?;
    let Some(lesson) = lesson else { return Ok(()) };
    let violations = lesson.check(options.store, lesson.seed);
    if violations.is_empty() { Ok(()) } else { Err(Failure::Untrue { file: options.file, violations }) }
}

/// The namespace that asks.
fn asker(run: &Run, name: &str) -> Result<NamespaceId, Failure> {
    let world = run.world();
    let catalogue = world.catalogue();
    catalogue.namespace_named(name).ok_or_else(|| {
        let known: Vec<&str> = catalogue.namespaces().map(|(_, name)| name).collect();
        Failure::Usage(format!("--as is “{name}”, but must be a namespace of the lesson: {}", known.join(", ")))
    })
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
    let mut options = Options {
        file: String::new(),
        store: None,
        until: None,
        id: None,
        asker: None,
        json: false,
        logs: false,
        language: Language::English,
    };
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
        if !matches!(name.as_str(), "--store" | "--until" | "--id" | "--as" | "--format" | "--lang") {
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
            "--id" => {
                let id = value.parse().map_err(|_| wrong("an activation id: 32 digits and letters a to f"))?;
                options.id = Some(id);
            }
            "--as" => options.asker = Some(value),
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
    /// None of a run that was recorded.
    lesson: Option<&'a Lesson>,
    run: &'a Run,
    options: &'a Options,
    asker: Option<NamespaceId>,
}

/// What is asked for at the end.
#[derive(Clone, Copy)]
struct Entry<'a> {
    id: ActivationId,
    namespace: NamespaceId,
    /// The action or the trigger.
    entity: Option<ActionId>,
    exchange: Option<&'a Exchange>,
    is_made: bool,
}

impl<'a> Entry<'a> {
    fn of(world: &'a World, activation: &Activation) -> Self {
        let exchange = activation.exchange.and_then(|ix| world.exchange(ix));
        let Activation { id, namespace, action, .. } = *activation;
        Self { id, namespace, entity: Some(action), exchange, is_made: true }
    }

    /// A request that asked for an activation and came to none.
    fn unmade(world: &World, exchange: &'a Exchange) -> Option<Self> {
        let asks = matches!(exchange.request, Request::Invoke { .. } | Request::InvokeTooLarge { .. } | Request::FireTrigger { .. });
        (asks && exchange.activation.is_none()).then(|| Self {
            id: world.id_of(exchange),
            namespace: exchange.namespace,
            entity: exchange.request.entity(),
            exchange: Some(exchange),
            is_made: false,
        })
    }

    /// All that there is, in the order of its making, and then what was not made.
    fn all(world: &'a World) -> impl Iterator<Item = Self> {
        let made = world.activations().map(move |(_, activation)| Entry::of(world, activation));
        made.chain(world.exchanges().filter_map(move |exchange| Entry::unmade(world, exchange)))
    }

    /// What is known of any id.
    fn named(world: &'a World, id: ActivationId) -> Self {
        let nobodys = || {
            let namespace = world.catalogue().namespace_named(USER).unwrap_or(NamespaceId(0));
            Self { id, namespace, entity: None, exchange: None, is_made: false }
        };
        Self::all(world).find(|entry| entry.id == id).unwrap_or_else(nobodys)
    }
}

impl Report<'_> {
    fn title(&self) -> &str {
        self.lesson.map_or("recorded run", |lesson| &lesson.id)
    }

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
        let catalogue = world.catalogue();
        let activation = step.activation.and_then(|ix| world.activation(ix));
        if let Some(wanted) = self.options.id {
            let asked_for = || step.exchange.and_then(|ix| world.exchange(ix)).map(|exchange| world.id_of(exchange));
            if activation.map(|activation| activation.id).or_else(asked_for) != Some(wanted) {
                return Ok(());
            }
        }
        let id = activation.map(|activation| activation.id.to_string());
        let asked = step.exchange.and_then(|ix| world.exchange(ix)).and_then(|exchange| exchange.request.entity());
        let action = activation.map(|activation| activation.action).or(asked).and_then(|action| catalogue.action(action));
        let tool = step.exchange.and_then(|ix| world.exchange(ix)).map_or("wsk", |exchange| world.tool_of(exchange));
        let names = Names { activation: id.as_deref(), action: action.map(|action| action.name.as_str()), tool, catalogue };
        let sentence = locale::sentence(self.options.language, step, &names);
        let source = evidence::of(&step.kind);
        let logged = if self.options.logs { operator::log::lines(world, step) } else { Vec::new() };
        if self.options.json {
            let mut line = json!({ "step": step, "activationId": id, "sentence": sentence, "source": source.short(), "url": source.url() });
            if let (false, Some(fields)) = (logged.is_empty(), line.as_object_mut()) {
                let lines: Vec<Value> = logged.iter().map(|line| json!({ "process": line.process, "line": line.to_string() })).collect();
                fields.insert("log".to_owned(), lines.into());
            }
            return writeln!(out, "{line}");
        }
        writeln!(out, "{:>12} ms  {sentence}  [{}]", decimal(step.at), source.short())?;
        logged.iter().try_for_each(|line| writeln!(out, "{:>15}  {}: {line}", "", line.process.code()))
    }

    fn ending(&self, tape: &Tape, world: &World, until: Instant, out: &mut impl Write) -> Result<(), io::Error> {
        let bound = self.run.configuration.common_store().map_or("each process to its own", StoreKind::code);
        if self.options.json {
            let line = json!({ "end": until, "lesson": self.title(), "boundTo": bound, "activations": world.activation_count() });
            writeln!(out, "{line}")?;
        } else {
            writeln!(out, "\n{}: at {} ms, bound to {bound}", self.title(), decimal(until))?;
        }
        match self.options.id {
            Some(id) => self.entry(tape, world, Entry::named(world, id), out),
            None => Entry::all(world).try_for_each(|entry| self.entry(tape, world, entry, out)),
        }
    }

    fn entry(&self, tape: &Tape, world: &World, entry: Entry<'_>, out: &mut impl Write) -> Result<(), io::Error> {
        let Entry { id, namespace, entity, exchange, .. } = entry;
        let setup = world.setup();
        let asker = self.asker.unwrap_or(namespace);
        let command = exchange.and_then(|exchange| setup.commands.get(exchange.command as usize));
        let reads = |store| world.stores().of(store).get_visibility(namespace, id);
        let said = Said {
            entry,
            namespace: world.catalogue().namespace(namespace),
            action: entity.and_then(|entity| world.catalogue().action(entity)).map(|action| action.name.as_str()),
            label: command.and_then(|command| self.lesson?.label_of(command.id)),
            asker: world.catalogue().namespace(asker),
            holders: StoreKind::ALL.into_iter().filter(|store| reads(*store) != Visibility::Absent).map(StoreKind::code).collect(),
            why: operator::why(tape, world, asker, id),
            signature: operator::signature(tape, world, asker, id),
        };
        if self.options.json { writeln!(out, "{}", said.json()) } else { said.text(self.options.language, world.catalogue(), out) }
    }
}

/// Columns before what is said of an id.
const INDENT: &str = "                                  ";

/// All that is said of one id.
struct Said<'a> {
    entry: Entry<'a>,
    namespace: &'a str,
    action: Option<&'a str>,
    label: Option<&'a str>,
    asker: &'a str,
    holders: Vec<&'static str>,
    why: Why,
    signature: Signature,
}

impl Said<'_> {
    fn json(&self) -> Value {
        let at = |step: Step| json!({ "step": step.ordinal, "at": step.at, "source": evidence::of(&step.kind).short() });
        let mut line = json!({
            "activation": self.entry.id,
            "made": self.entry.is_made,
            "status": self.status(),
            "namespace": self.namespace,
            "action": self.action,
            "label": self.label,
            "askedAs": self.asker,
            "heldBy": self.holders,
            "loggedFailure": self.why.logged_failure.map(at),
            "signature": self.signature,
        });
        if let Some(fields) = line.as_object_mut() {
            for Finding { witness, because } in self.why.findings {
                let proof = because.and_then(|because| because.step);
                let said = json!({
                    "shows": because.is_none(),
                    "why": because.map(|because| because.reason),
                    "step": proof.map(|step| step.ordinal),
                    "at": proof.map(|step| step.at),
                    "source": because.and_then(|because| because.evidence(witness)).map(Evidence::short),
                });
                fields.insert(key(witness).to_owned(), said);
            }
        }
        line
    }

    fn text(&self, language: Language, catalogue: &Catalogue, out: &mut impl Write) -> Result<(), io::Error> {
        let label = self.label.map_or_else(String::new, |label| format!(" “{label}”"));
        let what = format!("{} {}{label}", self.namespace, self.action.unwrap_or_default());
        let held = if self.holders.is_empty() { "no store".to_owned() } else { self.holders.join(" and ") };
        let state = match (self.entry.is_made, self.entry.exchange, self.status()) {
            (true, ..) => format!("{what}: held by {held}"),
            (false, None, _) => "nobody has made this id".to_owned(),
            (false, _, None) => format!("{what}: no activation, and no answer yet"),
            (false, _, Some(0)) => format!("{what}: no activation, and no answer"),
            (false, _, Some(status)) => format!("{what}: no activation; the answer was {status}"),
        };
        writeln!(out, "{}  {state}; asked as {}", self.entry.id, self.asker)?;
        let proof = |step: Step| format!(" [step {} at {} ms, {}]", step.ordinal, decimal(step.at), evidence::of(&step.kind).short());
        for Finding { witness, because } in self.why.findings {
            let seen = because.map_or_else(
                || "yes".to_owned(),
                |because| {
                    let own = because.evidence(witness).filter(|_| because.is_more_than_its_step(witness));
                    let own = own.map_or_else(String::new, |own| format!(" [{}]", own.short()));
                    let reason = locale::page::reason(language, because.reason, catalogue);
                    format!("no, {reason}{own}{}", because.step.map_or_else(String::new, proof))
                },
            );
            writeln!(out, "{INDENT}{} shows it: {seen}", key(witness))?;
        }
        if let Some(step) = self.why.logged_failure {
            writeln!(out, "{INDENT}stored although its writer logged a failure{}", proof(step))?;
        }
        let Signature { get, list, list_again, all_docs, search, traces } = &self.signature;
        let traces: Vec<&str> = traces.iter().map(|trace| trace.code()).collect();
        writeln!(
            out,
            "{INDENT}from outside: get {get}, list {list}, list again {list_again}, _all_docs {all_docs}, search {search}; logs: {}",
            if traces.is_empty() { "nothing".to_owned() } else { traces.join(", ") }
        )?;
        // The CLI's reason is the one that people ask about.
        let reason = self.why.findings.iter().find_map(|finding| finding.because).map(|because| because.reason);
        let alike = reason.map_or_else(Vec::new, |reason| reason.looks_like(&self.signature));
        let alike: Vec<&str> = alike.iter().map(|look| language.say(locale::page::LookAlike::of(*look))).collect();
        if alike.is_empty() { Ok(()) } else { writeln!(out, "{INDENT}from outside it looks the same as: {}", alike.join("; ")) }
    }

    /// The HTTP status of the answer; 0 if there was none, for good.
    fn status(&self) -> Option<u16> {
        self.entry.exchange?.answer.as_ref().map(Answer::status)
    }
}

/// A witness, as the output names it.
const fn key(witness: Witness) -> &'static str {
    match witness {
        Witness::Get => "get",
        Witness::List => "list",
        Witness::CouchDb => "_all_docs",
        Witness::Elasticsearch => "search",
    }
}

/// Milliseconds to the microsecond.
fn decimal(instant: Instant) -> String {
    format!("{}.{:03}", instant.micros() / 1_000, instant.micros() % 1_000)
}

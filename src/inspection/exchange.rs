//! What a command of the client's sent and what came back, as HTTP: what is known of it at an instant, and its texts.
//!
//! An answer is in the world from when it is sent. It is told from when its client has it.

use crate::cluster::place::StoreKind;
use crate::cluster::step::NoAnswer;
use crate::cluster::{Act, Answer, CommandId, Exchange, Failure, Request, World};
use crate::http::{self, openwhisk};
use crate::shell;
use crate::time::Instant;

/// Exchanges that one part of a long list has: a poll has up to a thousand.
pub const EXCHANGES_MAX: usize = 50;
/// How much of a body is shown at first.
pub const SHOWN_BYTES: usize = 20_480;

/// What is to be told of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// The run has no such command: it was undone, or belongs to another run.
    NotInRun,
    /// The client gives it later.
    ToCome { line: String },
    /// A part of its exchanges, the newest first: `first` newer ones come before them, and there are `total` in all.
    Given { line: String, exchanges: Vec<Outline>, first: usize, total: usize },
}

/// One exchange without its messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Its place in the order of sending, from 0.
    pub place: usize,
    pub sent: Instant,
    pub state: State,
    pub method: String,
    /// The path with the query.
    pub target: String,
}

/// What has become of an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    OnItsWay,
    Answered {
        at: Instant,
        status: u16,
    },
    /// There is no answer, and the client knows.
    Failed {
        at: Instant,
        why: NoAnswer,
    },
    /// Ctrl-C ended the client before an answer came.
    Abandoned {
        at: Instant,
    },
}

/// A message: its first line, its headers and its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub start: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

/// Both messages of an exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Messages {
    pub request: Message,
    pub answer: Option<Message>,
    /// The request bears the key that every local deployment gives to `guest`.
    pub has_guest_key: bool,
    /// The line of `curl` that asks the same. A long body is read from `body.json`.
    pub curl: String,
}

/// What is known of a command at the world's instant. `first` is how many newer exchanges to pass over.
pub fn told(world: &World, id: CommandId, first: usize) -> Told {
    let commands = &world.setup().commands;
    let Some((number, command)) = commands.iter().enumerate().find(|(_, command)| command.id == id) else { return Told::NotInRun };
    let line = shell::written(world, command);
    if command.at > world.now() {
        return Told::ToCome { line };
    }
    let all: Vec<&Exchange> = world.exchanges_of(u32::try_from(number).unwrap_or(u32::MAX)).collect();
    let total = all.len();
    let first = first.min(total.saturating_sub(1) / EXCHANGES_MAX * EXCHANGES_MAX);
    let newest_first = all.iter().enumerate().rev().skip(first).take(EXCHANGES_MAX);
    let exchanges = newest_first.filter_map(|(place, exchange)| outline(world, place, exchange)).collect();
    Told::Given { line, exchanges, first, total }
}

/// The client's newest commands, the newest first: whatever sends requests.
pub fn newest(world: &World, most: usize) -> Vec<(CommandId, String)> {
    let given = world.setup().commands.iter().rev().filter(|command| command.at <= world.now());
    let asks = given.filter(|command| command.act.is_clients() && !matches!(command.act, Act::Interrupt { .. }));
    asks.take(most).map(|command| (command.id, shell::written(world, command))).collect()
}

fn outline(world: &World, place: usize, exchange: &Exchange) -> Option<Outline> {
    let request = shell::request(world, exchange)?;
    let target = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    Some(Outline { place, sent: exchange.sent, state: state(exchange), method: request.method().to_string(), target })
}

fn state(exchange: &Exchange) -> State {
    let Some(at) = exchange.answered else { return State::OnItsWay };
    if exchange.abandoned {
        return State::Abandoned { at };
    }
    let why = match exchange.answer.as_ref() {
        Some(Answer::Failed { failure: Failure::ConnectionRefused | Failure::Gateway { status: 0 }, .. }) => NoAnswer::Refused,
        Some(Answer::Failed { failure: Failure::ConnectionBroken, .. }) => NoAnswer::Broken,
        Some(Answer::Failed { failure: Failure::TimedOut, .. }) | None => NoAnswer::TimedOut,
        Some(answer) => return State::Answered { at, status: answer.status() },
    };
    State::Failed { at, why }
}

/// The messages of a command's exchange, by its place in the order of sending.
pub fn messages(world: &World, id: CommandId, place: usize) -> Option<Messages> {
    let number = world.setup().commands.iter().position(|command| command.id == id)?;
    let exchange = world.exchanges_of(u32::try_from(number).ok()?).nth(place)?;
    let sent = shell::request(world, exchange)?;
    let host = match exchange.request {
        Request::Ask { store: StoreKind::CouchDb } => "localhost:5984",
        Request::Ask { .. } => "localhost:9200",
        _ => "localhost:3233",
    };
    let target = sent.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    let mut headers = headers(sent.headers());
    if !sent.headers().contains_key("host") {
        headers.insert(0, ("Host".to_owned(), host.to_owned()));
    }
    if !sent.body().is_empty() && !sent.headers().contains_key("content-length") {
        headers.push(("Content-Length".to_owned(), sent.body().len().to_string()));
    }
    let start = format!("{} {target} HTTP/1.1", sent.method());
    let request = Message { start, headers, body: String::from_utf8_lossy(sent.body()).into_owned() };
    let is_told = matches!(state(exchange), State::Answered { .. });
    let answer = http::answer(world, exchange).filter(|_| is_told).map(|answer| {
        let reason = answer.status().canonical_reason().unwrap_or_default();
        let start = format!("HTTP/1.1 {} {reason}", answer.status().as_u16()).trim_end().to_owned();
        Message { start, headers: self::headers(answer.headers()), body: String::from_utf8_lossy(answer.body()).into_owned() }
    });
    let key = request.headers.iter().find(|(name, _)| name == "Authorization");
    let has_guest_key = key.is_some_and(|(_, value)| *value == openwhisk::authorization("guest"));
    let curl = shell::curl(&sent, &format!("http://{host}"));
    Some(Messages { request, answer, has_guest_key, curl })
}

/// Names as Go and most tools write them: their case means nothing in HTTP, and the `http` crate does not keep it.
fn headers(map: &::http::HeaderMap) -> Vec<(String, String)> {
    let name = |name: &str| name.split('-').map(capital).collect::<Vec<_>>().join("-");
    map.iter().map(|(key, value)| (name(key.as_str()), String::from_utf8_lossy(value.as_bytes()).into_owned())).collect()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

impl Message {
    /// The message as it is sent, in lines.
    pub fn text(&self) -> String {
        let headers: String = self.headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
        format!("{}\n{headers}\n{}", self.start, self.body)
    }

    /// The body laid out for reading, and whether more of it is left out than `SHOWN_BYTES` allow.
    pub fn laid_out(&self, whole: bool) -> (String, bool) {
        let mut text = pretty(&self.body);
        let is_cut = !whole && text.len() > SHOWN_BYTES;
        if is_cut {
            let end = (0..=SHOWN_BYTES).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
            text.truncate(end);
        }
        (text, is_cut)
    }
}

/// JSON with line breaks, nothing else of it changed: neither the order of fields nor the way a number is written. Other text as it is.
fn pretty(text: &str) -> String {
    if serde_json::from_str::<serde::de::IgnoredAny>(text).is_err() {
        return text.to_owned();
    }
    let (mut out, mut depth, mut in_text, mut escaped) = (String::new(), 0_usize, false, false);
    let line = |out: &mut String, depth: usize| out.extend(std::iter::once("\n").chain(std::iter::repeat_n("  ", depth)));
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if in_text {
            out.push(letter);
            in_text = escaped || letter != '"';
            escaped = !escaped && letter == '\\';
            continue;
        }
        match letter {
            '{' | '[' => {
                out.push(letter);
                while letters.next_if(|next| next.is_ascii_whitespace()).is_some() {}
                match letters.next_if(|next| matches!(next, '}' | ']')) {
                    Some(end) => out.push(end),
                    None => {
                        depth += 1;
                        line(&mut out, depth);
                    }
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(letter);
            }
            ',' => {
                out.push(letter);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            _ if letter.is_ascii_whitespace() => {}
            _ => {
                in_text = letter == '"';
                out.push(letter);
            }
        }
    }
    out
}

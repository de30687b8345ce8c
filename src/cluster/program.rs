//! Command lines that send several requests, one after another: as their tool does, each request follows from the answers before it.
//!
//! An act of a run is one request. [`Program`] is what such a line is instead: [`World::program_goes_on`] sends its next request as an act of
//! its own, under the program's command and with its number as the exchange's member.

mod next;

use super::activation::{Answer, Exchange};
use super::checks::Checks;
use super::command::{Act, Command, CommandId, ListForm, ListMore, Target};
use super::entity_act::{Collection, EntityAct};
use super::event::What;
use super::place::ExchangeIx;
use super::step::StepKind;
use super::world::{StepLog, World};
use crate::json::Path;
use crate::time::{Instant, Span};
use next::{copied, created, listed, polled};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// What such a line does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Program {
    /// These, until one fails.
    Series(Vec<Act>),
    /// What there is in the user's namespace: actions, packages, triggers, rules, and then each rule for its status (CLI
    /// `commands/namespace.go:82-124`).
    Namespace,
    /// An action is read with its code, and what it is made of is put under another name (CLI `commands/action.go`, `parseAction`).
    Copy { namespace: String, action: String, put: EntityAct },
    /// What is to be replaced is read first. Where there is none it is created (CLI `commands/action.go`, `augmentAction`;
    /// `commands/trigger.go`, `Trigger.Update`).
    Update { put: EntityAct },
    /// A list of rules, and then each of them for its status (CLI `commands/rule.go`, `ruleListCmd`).
    Rules { list: EntityAct },
    /// `wsk activation poll`, until it is stopped.
    Poll(Poll),
}

/// What is polled for (CLI `commands/activation.go:310-411`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Poll {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Begin with what started this long ago, in seconds. Without it: after the newest that a list shows, which is asked for first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since_s: Option<u32>,
    /// End once more than this many seconds have passed; 0: never.
    pub exit_s: u32,
}

/// The greatest number of requests that one program sends. The real poll has no end: this one is the model's own.
pub const PROGRAM_REQUESTS_MAX: usize = 1_000;
/// The greatest number of requests in a series.
const SERIES_MAX: u64 = 10;
/// The longest that a poll can look back or go on, in seconds: a year.
pub const POLL_SECONDS_MAX: u32 = 31_536_000;
/// Between an answer and the next poll (CLI `commands/activation.go:36-41`).
const POLL_WAIT: Span = Span::from_secs(2);

impl Program {
    pub(super) fn check(&self, whole: &Path<'_>, check: &mut dyn FnMut(&Act, &mut Checks), checks: &mut Checks) {
        match self {
            Self::Series(acts) => {
                checks.length(whole, "series", acts.len(), 1, SERIES_MAX);
                for act in acts {
                    if is_single(act) {
                        check(act, checks);
                    } else {
                        checks.unknown(whole, "act of a series", &act.identity());
                    }
                }
            }
            Self::Namespace => {}
            Self::Copy { namespace, action, put } => {
                checks.text(whole, "namespace", namespace, 1, 256);
                checks.text(whole, "action", action, 1, 513);
                if !matches!(put, EntityAct::Put { collection: Collection::Actions, .. }) {
                    checks.unknown(whole, "put", &put.identity());
                }
                put.check(whole, checks);
            }
            Self::Update { put } => {
                if !matches!(put, EntityAct::Put { .. }) {
                    checks.unknown(whole, "put", &put.identity());
                }
                put.check(whole, checks);
            }
            Self::Rules { list } => {
                if !matches!(list, EntityAct::List { collection: Collection::Rules, count: false, .. }) {
                    checks.unknown(whole, "list", &list.identity());
                }
                list.check(whole, checks);
            }
            Self::Poll(Poll { name, since_s, exit_s }) => {
                if let Some(name) = name {
                    checks.text(whole, "name", name, 1, 256);
                }
                checks.range(whole, "sinceS", since_s.unwrap_or(0).into(), 0, POLL_SECONDS_MAX.into());
                checks.range(whole, "exitS", (*exit_s).into(), 0, POLL_SECONDS_MAX.into());
            }
        }
    }

    /// What a command's id is made from.
    pub(super) fn identity(&self) -> String {
        format!("Program({})", serde_json::to_string(self).unwrap_or_default())
    }

    /// The name that its lists filter by.
    pub(super) fn filter(&self) -> Option<&str> {
        match self {
            Self::Poll(poll) => poll.name.as_deref(),
            Self::Series(acts) => acts.iter().find_map(Act::filter),
            Self::Namespace | Self::Copy { .. } | Self::Update { .. } | Self::Rules { .. } => None,
        }
    }

    /// The namespace and the name of what a run may have only from this program on.
    pub(super) fn creates(&self) -> Option<(&str, &str)> {
        match self {
            Self::Copy { put, .. } | Self::Update { put } => put.entity(),
            Self::Series(acts) => acts.iter().find_map(Act::creates),
            Self::Namespace | Self::Rules { .. } | Self::Poll(_) => None,
        }
    }
}

/// Whether a program may send it: one request, which makes no activation.
fn is_single(act: &Act) -> bool {
    match act {
        Act::List { .. } | Act::Entity(_) | Act::DeleteAction { .. } | Act::Ask { .. } => true,
        Act::Get(target) | Act::Result(target) | Act::Logs(target) => *target != Target::Last,
        _ => false,
    }
}

/// Programs that were begun, in the order of beginning.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Programs {
    begun: Vec<Running>,
}

/// A program that runs, or has run.
#[derive(Clone, Debug, Serialize)]
struct Running {
    command: u32,
    /// What it has sent so far, by number.
    sent: Rc<Vec<Rc<Act>>>,
    /// The rules whose status is still to be asked for.
    rules: Vec<String>,
    /// Of a poll: where it began to count, and the start, in ms of the epoch, of what is new to it.
    polling: Option<(Instant, u64)>,
    ended: Option<Instant>,
}

/// What follows an answer.
enum Next {
    Send(Act),
    Wait(Span),
    End,
}

impl Programs {
    pub(super) fn is_untouched(&self) -> bool {
        self.begun.is_empty()
    }

    fn of(&self, command: u32) -> Option<&Running> {
        self.begun.iter().rfind(|it| it.command == command)
    }

    fn of_mut(&mut self, command: u32) -> Option<&mut Running> {
        self.begun.iter_mut().rfind(|it| it.command == command)
    }
}

impl World {
    /// What an exchange was sent for: its command's act, of a program that one of its requests, of a request as it stands what it means.
    pub fn act_of(&self, exchange: &Exchange) -> Option<&Act> {
        match &self.setup.commands.get(exchange.command as usize)?.act {
            Act::Program(_) => self.programs.of(exchange.command)?.sent.get(exchange.member as usize).map(Rc::as_ref),
            act => Some(act.within()),
        }
    }

    /// The client's tool that sent an exchange: `curl` where a request was typed as it stands, and `wsk` otherwise.
    pub fn tool_of(&self, exchange: &Exchange) -> &'static str {
        match self.setup.commands.get(exchange.command as usize) {
            Some(Command { act: Act::Raw(_), line, .. }) if !line.as_ref().is_some_and(|line| line.starts_with("wsk")) => "curl",
            Some(Command { act: Act::Ask { .. }, .. }) => "curl",
            _ => "wsk",
        }
    }

    /// The exchanges of the command of this number among the run's, in the order of sending.
    pub fn exchanges_of(&self, command: u32) -> impl Iterator<Item = &Exchange> {
        let exchanges = self.exchanges.iter_from(self.first_place_of(command));
        exchanges.filter(move |exchange| exchange.command == command && exchange.inner.is_none())
    }

    /// Where its exchanges that wait for an answer are.
    fn waiting_of(&self, command: u32) -> Vec<usize> {
        let first = self.first_place_of(command);
        let exchanges = self.exchanges.iter_from(first).enumerate();
        let waits = |exchange: &Exchange| exchange.command == command && exchange.inner.is_none() && exchange.answered.is_none();
        exchanges.filter(|(_, exchange)| waits(exchange)).map(|(place, _)| first + place).collect()
    }

    /// The place from which on its exchanges are. They are kept in order of time: none of its own is before the command.
    fn first_place_of(&self, command: u32) -> usize {
        let given = self.setup.commands.get(command as usize).map_or(Instant::NEVER, |command| command.at);
        let (mut low, mut high) = (0, self.exchanges.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.exchanges.get(middle).is_some_and(|exchange| exchange.sent < given) { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// When the tool ended that the command of this number among the run's started. `None` while it runs, before that, and for what is no
    /// client's. A burst ends with its last answer.
    pub fn ended(&self, command: u32) -> Option<Instant> {
        if let Some(running) = self.programs.of(command) {
            return running.ended;
        }
        let (mut wanted, reads_last) = match self.setup.commands.get(command as usize)?.act.within() {
            Act::Invoke { count, .. } => (*count, false),
            Act::Get(target) | Act::Result(target) | Act::Logs(target) => (1, *target == Target::Last),
            _ => (1, false),
        };
        let mut ended = None;
        for exchange in self.exchanges_of(command) {
            ended = ended.max(Some(exchange.answered?));
            if exchange.abandoned {
                return ended;
            }
            // Where the list has a row, its record is asked for.
            if reads_last && matches!(&exchange.answer, Some(Answer::Rows(rows)) if !rows.is_empty()) {
                wanted += 1;
            }
            wanted = wanted.saturating_sub(1);
            if wanted == 0 {
                return ended;
            }
        }
        None
    }

    /// A program begins: its first request leaves.
    pub(super) fn begin_program(&mut self, command: u32, program: &Program, log: &mut StepLog) {
        let now = self.now;
        let polling = match program {
            Program::Poll(poll) => {
                // The tool's clock has whole seconds here.
                let since = |seconds: u32| (self.epoch_now() / 1_000).saturating_sub(seconds.into()) * 1_000;
                poll.since_s.map(|seconds| (now, since(seconds)))
            }
            _ => None,
        };
        self.programs.begun.push(Running { command, sent: Rc::default(), rules: Vec::new(), polling, ended: None });
        let first = match program {
            Program::Series(acts) => acts.first().cloned().map_or(Next::End, Next::Send),
            Program::Namespace => Next::Send(listed(self.user_of(command), Collection::Actions)),
            Program::Copy { namespace, action, .. } => {
                let (collection, namespace, name) = (Collection::Actions, namespace.clone(), action.clone());
                Next::Send(Act::Entity(EntityAct::Get { collection, namespace, name, code: true }))
            }
            Program::Update { put } => match put.entity() {
                Some((namespace, name)) => {
                    let (collection, namespace, name) = (put.collection(), namespace.to_owned(), name.to_owned());
                    Next::Send(Act::Entity(EntityAct::Get { collection, namespace, name, code: collection != Collection::Actions }))
                }
                None => Next::End,
            },
            Program::Rules { list } => Next::Send(Act::Entity(list.clone())),
            Program::Poll(poll) => match polling {
                Some((_, since)) => Next::Send(polled(poll, since)),
                None => {
                    let more = ListMore { form: ListForm::Docs, ..ListMore::default() };
                    Next::Send(Act::List { name: None, limit: 1, skip: 0, more })
                }
            },
        };
        self.program_does(command, first, log);
    }

    /// An answer has reached its client: if a program waits for it, it goes on.
    pub(super) fn program_goes_on(&mut self, ix: ExchangeIx, log: &mut StepLog) {
        let setup = Rc::clone(&self.setup);
        let Some(exchange) = self.exchange(ix).filter(|exchange| exchange.inner.is_none()) else { return };
        let (command, member) = (exchange.command, exchange.member);
        let Some(Command { act: Act::Program(program), .. }) = setup.commands.get(command as usize) else { return };
        let answer = exchange.answer.clone();
        let Some(running) = self.programs.of(command) else { return };
        if running.ended.is_some() || member as usize + 1 != running.sent.len() {
            return;
        }
        let is_ok = answer.as_ref().is_some_and(|answer| (200..400).contains(&answer.status()));
        let next = match &**program {
            Program::Series(acts) => acts.get(running.sent.len()).filter(|_| is_ok).cloned().map_or(Next::End, Next::Send),
            Program::Namespace => self.namespace_next(command, answer.as_ref()),
            Program::Copy { put, .. } => match answer {
                Some(Answer::Entity(entity)) if member == 0 => Next::Send(Act::Entity(copied(put, &entity.sheet))),
                _ => Next::End,
            },
            Program::Update { put } if member == 0 => match answer.as_ref().map_or(0, Answer::status) {
                404 => Next::Send(Act::Entity(created(put))),
                _ if is_ok => Next::Send(Act::Entity(put.clone())),
                _ => Next::End,
            },
            Program::Update { .. } => Next::End,
            Program::Rules { list } => self.rules_next(command, list, answer.as_ref()),
            Program::Poll(poll) => self.poll_next(command, poll, answer.as_ref()),
        };
        self.program_does(command, next, log);
    }

    /// A poll's pause is over.
    pub(super) fn poll_due(&mut self, command: u32, log: &mut StepLog) {
        let setup = Rc::clone(&self.setup);
        let Some(Command { act: Act::Program(program), .. }) = setup.commands.get(command as usize) else { return };
        let (Program::Poll(poll), Some(running)) = (&**program, self.programs.of(command)) else { return };
        if running.ended.is_none() {
            let next = self.poll_again(command, poll);
            self.program_does(command, next, log);
        }
    }

    fn program_does(&mut self, command: u32, next: Next, log: &mut StepLog) {
        let now = self.now;
        let is_full = self.programs.of(command).is_some_and(|running| running.sent.len() >= PROGRAM_REQUESTS_MAX);
        match next {
            Next::Send(act) if !is_full => {
                let act = Rc::new(act);
                let Some(running) = self.programs.of_mut(command) else { return };
                let member = u32::try_from(running.sent.len()).unwrap_or(u32::MAX);
                Rc::make_mut(&mut running.sent).push(Rc::clone(&act));
                self.send_act(command, member, &act, log);
            }
            Next::Wait(span) => self.set(span, What::PollAgain { command }),
            Next::End | Next::Send(_) => {
                if let Some(running) = self.programs.of_mut(command) {
                    running.ended = Some(now);
                }
            }
        }
    }

    /// Ctrl-C: the tool that a command started ends where it is. What it has asked for goes on, and is answered to nobody.
    pub(super) fn interrupt(&mut self, id: CommandId, log: &mut StepLog) {
        let now = self.now;
        let Some(command) = self.setup.commands.iter().take(self.commands_done).position(|command| command.id == id) else { return };
        let Ok(command) = u32::try_from(command) else { return };
        if self.ended(command).is_some() {
            return;
        }
        if let Some(running) = self.programs.of_mut(command) {
            running.ended = Some(now);
        }
        let waiting = self.waiting_of(command);
        for place in &waiting {
            if let Some(exchange) = self.exchanges.get_mut(*place) {
                exchange.abandoned = true;
                exchange.answered = Some(now);
            }
        }
        let stopped = waiting.first().and_then(|place| u32::try_from(*place).ok()).map(ExchangeIx);
        let activation = stopped.and_then(|ix| self.exchange(ix)?.activation);
        self.tell(log, activation, stopped, None, StepKind::ClientInterrupted);
    }

    /// Whether Ctrl-C ended the tool that the command of this number started.
    pub fn was_interrupted(&self, command: u32) -> bool {
        let Some(ended) = self.ended(command) else { return false };
        let Some(id) = self.setup.commands.get(command as usize).map(|command| command.id) else { return false };
        let given = self.setup.commands.iter().take(self.commands_done);
        given.skip(command as usize).any(|it| it.at == ended && it.act == (Act::Interrupt { command: id }))
    }

    /// The present time in ms of the epoch.
    fn epoch_now(&self) -> u64 {
        self.setup.configuration.epoch_ms.millis_at(self.now)
    }

    /// The namespace of a command's user.
    fn user_of(&self, command: u32) -> String {
        self.setup.commands.get(command as usize).map_or_else(String::new, |command| command.namespace.clone())
    }
}

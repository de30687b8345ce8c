//! Programs that run: each sends its next request when the answer before it has come.

use super::activation::{Answer, Exchange};
use super::command::{Act, Command, CommandId, ListForm, ListMore, Target};
use super::entity_act::{Collection, Content, EntityAct};
use super::event::What;
use super::place::ExchangeIx;
use super::program::{PROGRAM_REQUESTS_MAX, Poll, Program};
use super::sheets::{Of, Sheet};
use super::step::StepKind;
use super::world::{StepLog, World};
use crate::time::{Instant, Span};
use serde::Serialize;
use std::rc::Rc;

/// Between an answer and the next poll (CLI `commands/activation.go:36-41`).
const POLL_WAIT: Span = Span::from_secs(2);

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

    fn namespace_next(&mut self, command: u32, answer: Option<&Answer>) -> Next {
        let user = self.user_of(command);
        let Some(running) = self.programs.of_mut(command) else { return Next::End };
        let collection = match (running.sent.len(), answer) {
            (1, Some(Answer::Entities(_))) => Collection::Packages,
            (2, Some(Answer::Entities(_))) => Collection::Triggers,
            (3, Some(Answer::Entities(_))) => Collection::Rules,
            (4, Some(Answer::Entities(rules))) => {
                running.rules = rules.iter().rev().map(|rule| rule.name.clone()).collect();
                return rule_next(running, user);
            }
            (_, Some(Answer::Entity(_))) => return rule_next(running, user),
            _ => return Next::End,
        };
        Next::Send(listed(user, collection))
    }

    fn rules_next(&mut self, command: u32, list: &EntityAct, answer: Option<&Answer>) -> Next {
        let EntityAct::List { namespace, .. } = list else { return Next::End };
        let Some(running) = self.programs.of_mut(command) else { return Next::End };
        match answer {
            Some(Answer::Entities(rules)) => running.rules = rules.iter().rev().map(|rule| rule.name.clone()).collect(),
            Some(Answer::Entity(_)) => {}
            _ => return Next::End,
        }
        rule_next(running, namespace.clone())
    }

    fn poll_next(&mut self, command: u32, poll: &Poll, answer: Option<&Answer>) -> Next {
        let (now, epoch_now) = (self.now, self.epoch_now());
        let Some(running) = self.programs.of_mut(command) else { return Next::End };
        let rows = match answer {
            Some(Answer::Rows(rows)) => Some(rows),
            _ => None,
        };
        let Some((_, since)) = &mut running.polling else {
            // The first list has said where to begin. After an error it is the present second.
            let since = match rows {
                Some(rows) => rows.first().map_or(0, |row| row.record.start_ms + 1),
                None => epoch_now / 1_000 * 1_000,
            };
            running.polling = Some((now, since));
            return self.poll_again(command, poll);
        };
        // After an error it asks again at once, as the real one does.
        let Some(rows) = rows else { return self.poll_again(command, poll) };
        for row in rows.iter() {
            if row.record.start_ms > *since {
                *since = row.record.start_ms + 1;
            }
        }
        Next::Wait(POLL_WAIT)
    }

    /// The next poll, unless its time is over.
    fn poll_again(&self, command: u32, poll: &Poll) -> Next {
        let Some((began, since)) = self.programs.of(command).and_then(|running| running.polling) else { return Next::End };
        let seconds = self.now.since(began).millis() / 1_000;
        if poll.exit_s > 0 && seconds > poll.exit_s.into() { Next::End } else { Next::Send(polled(poll, since)) }
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

/// All of a collection in the user's namespace.
fn listed(namespace: String, collection: Collection) -> Act {
    Act::Entity(EntityAct::List { collection, namespace, package: None, limit: 0, skip: 0, count: false })
}

fn rule_next(running: &mut Running, namespace: String) -> Next {
    let Some(name) = running.rules.pop() else { return Next::End };
    Next::Send(Act::Entity(EntityAct::Get { collection: Collection::Rules, namespace, name, code: false }))
}

fn polled(poll: &Poll, since: u64) -> Act {
    // A zero is left out of the query (client-go `whisk/activation.go`, `omitempty`).
    let more = ListMore { since_ms: Some(since).filter(|since| *since > 0), form: ListForm::Docs, ..ListMore::default() };
    Act::List { name: poll.name.clone(), limit: 0, skip: 0, more }
}

/// The put of something that is not there. Only of an action the tool still asks for an update.
fn created(put: &EntityAct) -> EntityAct {
    let mut put = put.clone();
    if let EntityAct::Put { collection, overwrite, .. } = &mut put {
        *overwrite = *collection == Collection::Actions;
    }
    put
}

/// The put with what the action that was read is made of. Parameters and annotations of the line come first.
fn copied(put: &EntityAct, sheet: &Sheet) -> EntityAct {
    let mut put = put.clone();
    if let (EntityAct::Put { content, .. }, Of::Action { exec, .. }) = (&mut put, &sheet.of) {
        let Content { parameters, annotations, exec: put_exec, .. } = &mut **content;
        *put_exec = Some(exec.clone());
        for (own, read) in [(parameters, &sheet.parameters), (annotations, &sheet.annotations)] {
            own.get_or_insert_default().extend(read.iter().cloned());
        }
    }
    put
}

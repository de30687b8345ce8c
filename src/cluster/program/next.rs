//! What follows from an answer, in the programs that have more to ask.

use super::{Next, POLL_WAIT, Poll, Running};
use crate::cluster::activation::Answer;
use crate::cluster::command::{Act, ListForm, ListMore};
use crate::cluster::entity_act::{Collection, Content, EntityAct};
use crate::cluster::sheets::{Of, Sheet};
use crate::cluster::world::World;

impl World {
    pub(super) fn namespace_next(&mut self, command: u32, answer: Option<&Answer>) -> Next {
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

    pub(super) fn rules_next(&mut self, command: u32, list: &EntityAct, answer: Option<&Answer>) -> Next {
        let EntityAct::List { namespace, .. } = list else { return Next::End };
        let Some(running) = self.programs.of_mut(command) else { return Next::End };
        match answer {
            Some(Answer::Entities(rules)) => running.rules = rules.iter().rev().map(|rule| rule.name.clone()).collect(),
            Some(Answer::Entity(_)) => {}
            _ => return Next::End,
        }
        rule_next(running, namespace.clone())
    }

    pub(super) fn poll_next(&mut self, command: u32, poll: &Poll, answer: Option<&Answer>) -> Next {
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
    pub(super) fn poll_again(&self, command: u32, poll: &Poll) -> Next {
        let Some((began, since)) = self.programs.of(command).and_then(|running| running.polling) else { return Next::End };
        let seconds = self.now.since(began).millis() / 1_000;
        if poll.exit_s > 0 && seconds > poll.exit_s.into() { Next::End } else { Next::Send(polled(poll, since)) }
    }
}

/// All of a collection in the user's namespace.
pub(super) fn listed(namespace: String, collection: Collection) -> Act {
    Act::Entity(EntityAct::List { collection, namespace, package: None, limit: 0, skip: 0, count: false })
}

fn rule_next(running: &mut Running, namespace: String) -> Next {
    let Some(name) = running.rules.pop() else { return Next::End };
    Next::Send(Act::Entity(EntityAct::Get { collection: Collection::Rules, namespace, name, code: false }))
}

pub(super) fn polled(poll: &Poll, since: u64) -> Act {
    // A zero is left out of the query (client-go `whisk/activation.go`, `omitempty`).
    let more = ListMore { since_ms: Some(since).filter(|since| *since > 0), form: ListForm::Docs, ..ListMore::default() };
    Act::List { name: poll.name.clone(), limit: 0, skip: 0, more }
}

/// The put of something that is not there. Only of an action the tool still asks for an update.
pub(super) fn created(put: &EntityAct) -> EntityAct {
    let mut put = put.clone();
    if let EntityAct::Put { collection, overwrite, .. } = &mut put {
        *overwrite = *collection == Collection::Actions;
    }
    put
}

/// The put with what the action that was read is made of. Parameters and annotations of the line come first.
pub(super) fn copied(put: &EntityAct, sheet: &Sheet) -> EntityAct {
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

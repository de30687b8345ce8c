//! What the controls share: which dialog is open, what the transport last had to say, and the acts that a button and a key both do.

use super::note::Note;
use super::page::Page;
use crate::cluster::place::StoreKind;
use crate::cluster::step::Rank;
use crate::cluster::{Act, LIST_LIMIT, Refused, Target};
use crate::locale;
use crate::locale::page::{LessonPanel, Message, Notice, PageState, Transport, Trouble, command_answered, switched_to, time_value};
use crate::player::{Covered, PlayerCommand, Selection, Session};
use crate::time::{Instant, Span};
use crate::view::prelude::*;

/// The namespace of the visitor's commands.
pub const NAMESPACE: &str = "guest";

/// So long after the last step that a command led to, the run pauses.
const QUIET: Span = Span::from_millis(500);

/// What can lie over the page, one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    Invoke,
    Break,
    Shortcuts,
    Simplifications,
    Glossary,
}

/// Handed to every region with controls in it. A copy is a handle.
#[derive(Clone, Copy)]
pub struct Controls {
    pub page: Page,
    /// What an open question keeps from view.
    pub covered: Signal<Covered>,
    pub dialog: RwSignal<Option<Dialog>>,
    pub shortcuts_on: RwSignal<bool>,
    /// With the instant that it was said at: it is of no interest elsewhere.
    note: RwSignal<Option<(Note, Instant)>>,
}

impl Controls {
    /// Call it within the app's owner, once what is covered is in context.
    pub fn new(page: Page) -> Self {
        Self {
            page,
            covered: use_context().unwrap_or_else(|| Signal::derive(Covered::default)),
            dialog: RwSignal::new(None),
            shortcuts_on: RwSignal::new(super::memory::shortcuts_on()),
            note: RwSignal::new(None),
        }
    }

    /// What the transport has to say of itself at this instant.
    pub fn note(&self) -> Option<String> {
        let (note, at) = self.note.get()?;
        (at == self.page.now.get()).then(|| note.text(self.page.language.get()))
    }

    /// The sentence of the step in focus, unless an open question covers it.
    pub fn sentence(&self) -> String {
        let language = self.page.language.get();
        let Some(step) = self.page.focus_step() else { return language.say(PageState::NothingInvoked).to_owned() };
        if self.covered.get().steps {
            return language.say(LessonPanel::PredictFirst).to_owned();
        }
        self.page.sentence(&step)
    }

    /// A transport command of the visitor's, with what the status line says of it.
    pub fn act(&self, command: PlayerCommand) {
        let moved = self.page.act(command);
        let at = self.page.now.get_untracked();
        let horizon = self.page.with_session_untracked(|session| session.tape().horizon());
        let any_selected = self.page.selection.get_untracked() != Selection::Nothing;
        let note = Note::of(command, moved, horizon, any_selected);
        self.note.set(note.map(|note| (note, at)));
        match (note, command) {
            (Some(note), _) => self.page.announce(note.text(self.page.language.get_untracked())),
            (None, PlayerCommand::SeekStory(_) | PlayerCommand::SetPace(_) | PlayerCommand::SetSpeed(_)) => {}
            (None, _) if untrack(|| self.page.is_playing()) => self.say(Transport::Playing),
            (None, _) => self.announce_moment(),
        }
    }

    /// The time and what happens at it, in the status line.
    pub fn announce_moment(&self) {
        let (language, at) = (self.page.language.get_untracked(), self.page.now.get_untracked());
        self.page.announce(time_value(language, at, &untrack(|| self.sentence())));
    }

    /// Playing came to rest: what the command that it played out came to, or else where it rests.
    pub fn announce_rest(&self) {
        let answer = self.page.take_played_out().and_then(|given| self.page.with_world_untracked(|world| given.answer(world)));
        match answer.filter(|_| !self.covered.get_untracked().answers()) {
            Some((request, status, took)) => {
                self.page.announce(command_answered(self.page.language.get_untracked(), request, status, took));
            }
            None => self.announce_moment(),
        }
    }

    fn say(&self, word: impl locale::Word) {
        self.page.announce(self.page.language.get_untracked().say(word).to_owned());
    }

    /// Gives a command of the client's, and plays until all that comes of it has happened. At story pace a run without an end to play to
    /// would be an hour later a second after that.
    pub fn give(&self, act: Act, said: String) -> Result<(), Refused> {
        self.give_typed(act, None, said)
    }

    /// The same for a line that was typed.
    pub fn give_typed(&self, act: Act, line: Option<String>, said: String) -> Result<(), Refused> {
        let given = self.page.give_typed(NAMESPACE, act, line)?;
        self.note.set(None);
        let quiet = self.page.with_session_untracked(|session| {
            let last = session.tape().marks().iter().rev().find(|mark| mark.rank == Rank::Story);
            last.map_or(session.position(), |mark| mark.at) + QUIET
        });
        self.page.play_out(given, quiet);
        self.page.announce(said);
        Ok(())
    }

    /// Breaks or mends something, or says why not.
    pub fn trouble(&self, act: Act) {
        self.send_saying(act, Trouble::Given);
    }

    /// Opens a form for a command. The run waits, so that it is given at the instant that the visitor has in view.
    pub fn open(&self, form: Dialog) {
        self.page.act(PlayerCommand::Pause);
        self.dialog.set(Some(form));
    }

    fn send(&self, act: Act) {
        self.send_saying(act, Transport::CommandSent);
    }

    fn send_saying(&self, act: Act, said: impl locale::Word) {
        if let Err(reason) = self.give(act, self.page.language.get_untracked().say(said).to_owned()) {
            self.page.notify(Message::Refused(reason));
        }
    }

    /// `wsk activation list`.
    pub fn list(&self) {
        self.send(Act::list(None, LIST_LIMIT, 0));
    }

    /// `wsk activation get` of what is selected. Tells what is missing if nothing is.
    pub fn get(&self) {
        let selected = self.page.selection.get_untracked().activation();
        let id = selected.and_then(|ix| self.page.with_world_untracked(|world| world.activation(ix).map(|activation| activation.id)));
        match id {
            Some(id) => self.send(Act::Get(Target::Id(id))),
            None => {
                self.note.set(Some((Note::SelectFirst, self.page.now.get_untracked())));
                self.say(Transport::GetNeedsSelection);
            }
        }
    }

    /// Back to the run before the last command.
    pub fn undo(&self) {
        self.back(Session::undo);
    }

    /// Back to the newest run in which all of the lesson's commands are.
    pub fn back_to_lesson(&self) {
        self.back(Session::return_to_path);
    }

    fn back(&self, way: fn(&mut Session) -> Result<bool, Refused>) {
        match self.page.back(way) {
            Ok(true) => self.say(Notice::RunRestored),
            Ok(false) => self.say(Notice::NothingToUndo),
            Err(reason) => self.page.notify(Message::Refused(reason)),
        }
    }

    /// The switch: what if every process had been bound to `store` from the start?
    pub fn switch_to(&self, store: StoreKind) {
        let language = self.page.language.get_untracked();
        match self.page.switch_to(store) {
            Ok(()) => self.page.announce(switched_to(language, store)),
            Err(reason) => self.page.notify(Message::Refused(reason)),
        }
    }
}

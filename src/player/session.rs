//! A session: the run we are in, its worlds in both stores, the forks behind us, and the player.

use super::{Asides, Course, Given, Moved, Player, PlayerCommand, Selection};
use crate::cluster::place::StoreKind;
use crate::cluster::{Act, Command, Refused, World};
use crate::lesson::Lesson;
use crate::recording::{HORIZON_DEFAULT, HORIZON_MAX, Run, Tape};
use crate::time::{Instant, Span};
use std::rc::Rc;

/// How many left runs are kept, one *Undo* away each.
pub const FORKS_KEPT: usize = 5;

/// A run goes on at least this long after a command, as far as a day reaches: at the horizon, too, a command comes to something.
const AFTER_COMMAND: Span = Span::from_secs(600);

/// A run that was left, and where.
#[derive(Clone, Debug)]
struct Left {
    run: Rc<Tape>,
    position: Instant,
    selection: Selection,
    on_path: bool,
}

/// Everything that a visitor moves: no drawing, no language.
#[derive(Clone, Debug)]
pub struct Session {
    tape: Rc<Tape>,
    /// The lesson that the run is of: it knows when its beats are in either store's world.
    lesson: Option<Rc<Lesson>>,
    /// The same run with all processes bound to the other store, once asked for.
    other: Option<Rc<Tape>>,
    left: Vec<Left>,
    player: Player,
    selection: Selection,
    /// The run that had all of the lesson's commands last, while we are in one that has not. It is kept however many forks follow.
    path: Option<Left>,
    /// What the terminal has said by itself. Forks and the switch leave it.
    asides: Asides,
}

impl Session {
    /// A session at an instant of a run.
    pub fn new(run: Run, position: Instant) -> Result<Self, Refused> {
        let tape = Rc::new(Tape::new(run)?);
        let player = Player::new(&tape, position);
        Ok(Self {
            tape,
            lesson: None,
            other: None,
            left: Vec::new(),
            player,
            selection: Selection::Nothing,
            path: None,
            asides: Asides::default(),
        })
    }

    /// The same session with the beats of a course through its run, for which story pace leaves time to read.
    pub fn along(mut self, course: &Course) -> Self {
        self.tape = Rc::new(Rc::unwrap_or_clone(self.tape).with_beats(course.beat_instants()));
        self.lesson = Some(Rc::clone(course.lesson()));
        self.player.move_to(&self.tape);
        self
    }

    pub fn tape(&self) -> &Rc<Tape> {
        &self.tape
    }

    pub fn run(&self) -> &Run {
        self.tape.run()
    }

    pub fn player(&self) -> &Player {
        &self.player
    }

    pub fn player_mut(&mut self) -> &mut Player {
        &mut self.player
    }

    pub fn position(&self) -> Instant {
        self.player.position()
    }

    pub fn world(&self) -> World {
        self.tape.world_at(self.player.position())
    }

    pub fn selection(&self) -> Selection {
        self.selection
    }

    pub fn select(&mut self, selection: Selection) {
        self.selection = selection;
    }

    pub fn asides(&self) -> &Asides {
        &self.asides
    }

    pub fn asides_mut(&mut self) -> &mut Asides {
        &mut self.asides
    }

    /// The one store that all processes are bound to, or `None` where they differ.
    pub fn store(&self) -> Option<StoreKind> {
        self.run().configuration.common_store()
    }

    /// Whether all commands of the first run are still to be had on this path.
    pub fn is_on_path(&self) -> bool {
        self.path.is_none()
    }

    pub fn can_undo(&self) -> bool {
        !self.left.is_empty()
    }

    /// Carries out a transport command. At the horizon, those that lead further on make the run longer first.
    pub fn act(&mut self, command: PlayerCommand) -> Moved {
        let goes_on = matches!(command, PlayerCommand::StepForward | PlayerCommand::End) && self.position() >= self.tape.horizon();
        let is_extended = goes_on && self.extend();
        let moved = self.player.act(&self.tape, self.selection, command);
        if is_extended { Moved::Extended } else { moved }
    }

    /// The run goes on for as long as runs do without being asked, up to a day. `false` at the end of the day.
    fn extend(&mut self) -> bool {
        let wanted = (self.tape.horizon() + HORIZON_DEFAULT).min(Instant::START + HORIZON_MAX);
        let longer = if wanted > self.tape.horizon() { self.tape.extended_to(wanted).ok() } else { None };
        let Some(tape) = longer else { return false };
        self.tape = Rc::new(tape);
        self.other = None;
        self.player.move_to(&self.tape);
        true
    }

    /// Asks for an instant, past the horizon too: the run goes on up to a day.
    pub fn seek(&mut self, instant: Instant) -> Result<Moved, Refused> {
        if instant > self.tape.horizon() {
            self.tape = Rc::new(self.tape.extended_to(instant)?);
            self.other = None;
        }
        Ok(self.act(PlayerCommand::Seek(instant)))
    }

    /// The switch: the same run with all processes bound to `store` from the start. The instant and the selection stay.
    pub fn switch_to(&mut self, store: StoreKind) -> Result<(), Refused> {
        if self.store() == Some(store) {
            return Ok(());
        }
        let wanted = self.run().bound_to(store);
        let kept = self.other.take().filter(|tape| *tape.run() == wanted);
        let tape = match kept {
            Some(tape) => tape,
            None => Rc::new(self.tape_of(wanted)?),
        };
        self.other = Some(std::mem::replace(&mut self.tape, tape));
        self.player.move_to(&self.tape);
        Ok(())
    }

    /// A new tape, with the beats where they are in its run.
    fn tape_of(&self, run: Run) -> Result<Tape, Refused> {
        let tape = Tape::new(run)?;
        let Some(lesson) = &self.lesson else { return Ok(tape) };
        let beats = lesson.timetable(tape.run()).beat_instants();
        Ok(tape.with_beats(beats))
    }

    /// Gives a command now. Later commands of the run are not in the new one; the old run is kept.
    pub fn give(&mut self, namespace: &str, act: Act) -> Result<Given, Refused> {
        self.give_typed(namespace, act, None)
    }

    /// The same for a line that was typed: it stays with the command.
    pub fn give_typed(&mut self, namespace: &str, act: Act, line: Option<String>) -> Result<Given, Refused> {
        let at = self.player.position();
        let earlier: Vec<Command> = self.run().commands.iter().filter(|command| command.at <= at).cloned().collect();
        let command = Command { line, ..Command::new(at, namespace, act, &earlier) };
        let left_path = self.run().leaves_path_at(at);
        let tape = self.tape.forked_by(command)?;
        let wanted = (at + AFTER_COMMAND).min(Instant::START + HORIZON_MAX);
        let tape = Rc::new(if tape.horizon() < wanted { tape.extended_to(wanted)? } else { tape });
        let left = Left { run: Rc::clone(&self.tape), position: at, selection: self.selection, on_path: self.is_on_path() };
        if left_path && left.on_path {
            self.path = Some(left.clone());
        }
        self.left.push(left);
        if self.left.len() > FORKS_KEPT {
            self.left.remove(0);
        }
        // Numbers are a run's own: in the new one this one may stand for another activation, or for none.
        let id = |tape: &Tape| tape.end().activation(self.selection.activation()?).map(|activation| activation.id);
        if self.selection.activation().is_some() && id(&tape) != id(&self.tape) {
            self.selection = Selection::Nothing;
        }
        self.tape = tape;
        self.other = None;
        self.player.move_to(&self.tape);
        Ok(Given { left_path, command: u32::try_from(earlier.len()).unwrap_or(u32::MAX) })
    }

    /// Back to the run that was left last, where it was left, in the store's world that we are in now. `false` if there is none.
    pub fn undo(&mut self) -> Result<bool, Refused> {
        match self.left.pop() {
            Some(left) => self.restore(left).map(|()| true),
            None => Ok(false),
        }
    }

    /// Back to the run whose path was left, where it was left. What was given since is gone. `false` if we are in it.
    pub fn return_to_path(&mut self) -> Result<bool, Refused> {
        let Some(path) = self.path.take() else { return Ok(false) };
        self.left.retain(|left| left.on_path);
        // The newest of these is that run itself, unless commands given since have pushed it out.
        self.left.pop_if(|left| Rc::ptr_eq(&left.run, &path.run));
        self.restore(path).map(|()| true)
    }

    fn restore(&mut self, left: Left) -> Result<(), Refused> {
        let store = self.store();
        self.tape = left.run;
        self.other = None;
        self.selection = left.selection;
        if left.on_path {
            self.path = None;
        }
        self.player.act(&self.tape, Selection::Nothing, PlayerCommand::Seek(left.position));
        match (store, self.store()) {
            (Some(store), Some(_)) => self.switch_to(store),
            _ => Ok(()),
        }
    }
}

//! What changes the page: commands of the visitor's, the passing of time, and messages.

use super::Page;
use crate::cluster::place::{ActivationIx, StoreKind};
use crate::cluster::step::Rank;
use crate::cluster::{Act, Refused, StepLog};
use crate::locale::page::Message;
use crate::player::{Asides, Given, Moved, PlayerCommand, Selection, Session};
use crate::recording::Tape;
use crate::time::Instant;

/// Housekeeping alone redraws regions this often at most.
const HOUSEKEEPING_REDRAW_MS: f64 = 250.0;

impl Page {
    /// A transport command of the visitor's.
    pub fn act(&self, command: PlayerCommand) -> Moved {
        // Another pace leads to the same end.
        if !matches!(command, PlayerCommand::SetPace(_) | PlayerCommand::SetSpeed(_)) {
            self.given.set_value(None);
        }
        let moved = self.session.update_value(|session| session.act(command));
        if moved == Moved::Extended {
            self.tape_version.update(|version| *version += 1);
        }
        self.moved(moved);
        moved
    }

    /// Plays to an instant for the sake of a command: unless something else is asked for meanwhile, where it rests says what that came to.
    pub fn play_out(&self, given: Given, until: Instant) {
        self.act(PlayerCommand::PlayTo(until));
        self.given.set_value(Some(given));
    }

    /// The command that was played out until now, once.
    pub fn take_played_out(&self) -> Option<Given> {
        self.given.update_value(Option::take)
    }

    /// Asks for an instant, past the horizon too.
    pub fn seek(&self, instant: Instant) -> Result<Moved, Refused> {
        let horizon = self.with_session_untracked(|session| session.tape().horizon());
        let moved = self.session.update_value(|session| session.seek(instant))?;
        if instant > horizon {
            self.tape_version.update(|version| *version += 1);
        }
        self.moved(moved);
        Ok(moved)
    }

    /// Screen time has passed while playing.
    pub fn tick(&self, elapsed_us: u64, screen_ms: f64) -> Moved {
        let tick = PlayerCommand::Tick { elapsed_us };
        let moved = self.session.update_value(|session| session.act(tick));
        if moved == Moved::Nowhere {
            return moved;
        }
        let position = self.with_session_untracked(Session::position);
        let mut log = StepLog { listening: true, steps: Vec::new() };
        self.world.update_value(|world| world.advance(position, &mut log));
        let notable = self.with_world_untracked(|world| log.steps.iter().any(|step| Tape::rank(world, step) != Rank::Housekeeping));
        let stale = screen_ms - self.housekeeping_drawn_ms.get_value() > HOUSEKEEPING_REDRAW_MS;
        let stopped = !self.with_session_untracked(|session| session.player().is_playing());
        if notable || stopped || (stale && !log.steps.is_empty()) {
            self.housekeeping_drawn_ms.set_value(screen_ms);
            self.world_version.update(|version| *version += 1);
            self.player_version.update(|version| *version += 1);
        }
        self.now.set(position);
        moved
    }

    /// The switch.
    pub fn switch_to(&self, store: StoreKind) -> Result<(), Refused> {
        self.session.update_value(|session| session.switch_to(store))?;
        self.changed_tape();
        Ok(())
    }

    /// Gives a command of the client's, now.
    #[cfg(test)]
    pub fn give(&self, namespace: &str, act: Act) -> Result<Given, Refused> {
        self.give_typed(namespace, act, None)
    }

    /// The same for a line that was typed, if one was.
    pub fn give_typed(&self, namespace: &str, act: Act, line: Option<String>) -> Result<Given, Refused> {
        let given = self.session.update_value(|session| session.give_typed(namespace, act, line))?;
        self.changed_tape();
        Ok(given)
    }

    /// Changes what the terminal has said by itself.
    pub fn update_asides(&self, change: impl FnOnce(&mut Asides)) {
        self.session.update_value(|session| change(session.asides_mut()));
        self.world_version.update(|version| *version += 1);
    }

    /// Back to an earlier run, by a way that the session knows. `false` if there is none.
    pub fn back(&self, way: fn(&mut Session) -> Result<bool, Refused>) -> Result<bool, Refused> {
        let is_back = self.session.update_value(way)?;
        if is_back {
            self.changed_tape();
        }
        Ok(is_back)
    }

    /// Puts another session in the place of this one: another lesson.
    pub fn replace_session(&self, session: Session) {
        self.session.set_value(session);
        self.changed_tape();
    }

    pub fn select(&self, selection: Selection) {
        self.session.update_value(|session| session.select(selection));
        self.selection.set(selection);
    }

    /// Selects an activation, or nothing if it was the one.
    pub fn toggle_activation(&self, ix: ActivationIx) {
        let wanted = Selection::Activation(ix);
        let is_it = self.selection.get_untracked() == wanted;
        self.select(if is_it { Selection::Nothing } else { wanted });
    }

    /// Says something in the one status line. Saying the same again is said again.
    pub fn announce(&self, text: String) {
        self.announcement.update(|said| {
            // The same text is no change, which alone is read out: a space without width makes it one.
            let is_same = *said == text;
            *said = text;
            if is_same {
                said.push('\u{200b}');
            }
        });
    }

    pub fn notify(&self, message: Message) {
        self.notices.update(|notices| {
            if !notices.contains(&message) {
                notices.push(message);
            }
        });
    }

    fn moved(&self, moved: Moved) {
        if moved != Moved::Nowhere {
            self.refresh_world();
        }
    }

    fn changed_tape(&self) {
        // Of another run or lesson the command says nothing.
        self.given.set_value(None);
        // Another run may have let go of what was selected.
        self.selection.set(self.with_session_untracked(Session::selection));
        self.tape_version.update(|version| *version += 1);
        self.refresh_world();
    }

    /// Takes the world from the tape again: after anything but the passing of time.
    fn refresh_world(&self) {
        let (world, position) = self.with_session_untracked(|session| (session.world(), session.position()));
        self.world.set_value(world);
        self.world_version.update(|version| *version += 1);
        self.player_version.update(|version| *version += 1);
        self.now.set(position);
    }
}

//! What is on the screen at an instant: the run's commands, and between them what the terminal said by itself.

use crate::cluster::{Act, CommandId, World};
use crate::player::{Aside, Asides, Said};
use crate::shell::{Screen, screen};
use crate::time::Instant;
use crate::view::dom::Key;
use std::rc::Rc;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    Command {
        id: CommandId,
        screen: Rc<Screen>,
        /// It asks a store itself: its answer says what that one holds.
        asks_store: bool,
    },
    Aside(Aside),
}

impl Entry {
    pub fn key(&self) -> Key {
        match self {
            Self::Command { id, .. } => ["c", &id.0.to_string()].concat().as_str().into(),
            Self::Aside(aside) => ["a", &aside.number.to_string()].concat().as_str().into(),
        }
    }
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    pub entries: Vec<Entry>,
    /// Something is hidden because the screen was cleared.
    pub is_cleared: bool,
    /// The command of the visitor's that the prompt waits for.
    pub running: Option<CommandId>,
}

/// Screens of commands that have ended, which change no more, and the tape that they are of.
#[derive(Default)]
pub struct Ended {
    tape: u64,
    screens: Vec<(u32, Rc<Screen>)>,
}

impl Ended {
    fn screen(&mut self, world: &World, number: u32) -> Option<Rc<Screen>> {
        let has_ended = world.ended(number).is_some();
        let known = self.screens.binary_search_by_key(&number, |(known, _)| *known);
        if has_ended && let Some((_, screen)) = known.ok().and_then(|place| self.screens.get(place)) {
            return Some(Rc::clone(screen));
        }
        let screen = Rc::new(screen(world, number)?);
        if has_ended && let Err(place) = known {
            self.screens.insert(place, (number, Rc::clone(&screen)));
        }
        Some(screen)
    }
}

/// Where an entry stands among all: by its instant, then behind the commands that were given before it, then in the order of typing.
type Place = (Instant, usize, u64);

pub fn read(world: &World, asides: &Asides, ended: &mut Ended, tape: u64) -> Shown {
    if ended.tape != tape {
        *ended = Ended { tape, screens: Vec::new() };
    }
    let now = world.now();
    let said = asides.until(now);
    let cleared: Option<Place> = said.iter().rev().find(|it| it.said == Said::Clear).map(|it| (it.at, it.given, it.number));
    let mut shown = Shown::default();
    let mut placed: Vec<(Place, Entry)> = Vec::new();
    for (number, command) in world.setup().commands.iter().enumerate().take_while(|(_, command)| command.at <= now) {
        let Some(screen) = u32::try_from(number).ok().and_then(|it| ended.screen(world, it)) else { continue };
        let place = (command.at, number, u64::MAX);
        let runs = screen.exit_code.is_none();
        if runs && command.line.is_some() {
            shown.running = Some(command.id);
        }
        // What still runs goes on printing.
        if runs || cleared.is_none_or(|cleared| place > cleared) {
            placed.push((place, Entry::Command { id: command.id, screen, asks_store: matches!(command.act, Act::Ask { .. }) }));
        } else {
            shown.is_cleared = true;
        }
    }
    for aside in said.into_iter().filter(|aside| aside.said != Said::Clear) {
        let place = (aside.at, aside.given, aside.number);
        if cleared.is_some_and(|cleared| place < cleared) {
            shown.is_cleared = true;
        } else {
            placed.push((place, Entry::Aside(aside.clone())));
        }
    }
    placed.sort_by_key(|(place, _)| *place);
    shown.entries = placed.into_iter().map(|(_, entry)| entry).collect();
    shown
}

//! The page's state: one session, and signals for what regions draw.

use crate::cluster::place::{ActivationIx, StoreKind};
use crate::cluster::step::{Rank, Step};
use crate::cluster::{Act, Refused, StepLog, World};
use crate::locale::page::Message;
use crate::locale::{Language, Names};
use crate::player::{Given, Moved, Player, PlayerCommand, Selection, Session};
use crate::recording::Tape;
use crate::time::Instant;
use crate::view::prelude::*;
use std::ops::Deref;

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The value of `data-theme` on the root element, and in the browser's storage.
    pub const fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// What every region shares. A copy is a handle: all copies are of one page, which lives as long as the document. So each of the many
/// closures that act on the page carries no more than its place.
#[derive(Clone, Copy)]
pub struct Page(&'static Signals);

impl Deref for Page {
    type Target = Signals;

    fn deref(&self) -> &Signals {
        self.0
    }
}

/// What the page is made of.
pub struct Signals {
    session: StoredValue<Session>,
    /// The world at the session's position, moved on in step with it.
    world: StoredValue<World>,
    /// Raised whenever the world that regions draw has changed: at steps and at seeks, not at every frame.
    world_version: RwSignal<u64>,
    /// Raised when another run or another store's world takes the place of the last.
    tape_version: RwSignal<u64>,
    /// The simulated clock, as often as it moves.
    pub now: RwSignal<Instant>,
    /// Raised with every transport command: playing, pace, speed, focus.
    player_version: RwSignal<u64>,
    pub selection: RwSignal<Selection>,
    pub language: RwSignal<Language>,
    pub theme: RwSignal<Theme>,
    /// What the one status line says.
    pub announcement: RwSignal<String>,
    /// Messages that stay until they are closed.
    pub notices: RwSignal<Vec<Message>>,
    /// The step that was in focus last, with the version of its tape and its ordinal: another is derived only when they change.
    focused: StoredValue<Focused>,
    /// How the screen's time last moved housekeeping on, so that pings do not redraw the page at every frame.
    housekeeping_drawn_ms: StoredValue<f64>,
}

/// Housekeeping alone redraws regions this often at most.
const HOUSEKEEPING_REDRAW_MS: f64 = 250.0;

/// The version of a tape with the ordinal of a step on it, and the step.
type Focused = ((u64, Option<u64>), Option<Step>);

impl Page {
    /// A page on a session. Call it once, within the app's owner.
    pub fn new(session: Session, language: Language) -> Self {
        let (world, now, selection) = (session.world(), session.position(), session.selection());
        Self(Box::leak(Box::new(Signals {
            session: StoredValue::new(session),
            world: StoredValue::new(world),
            world_version: RwSignal::new(0),
            tape_version: RwSignal::new(0),
            now: RwSignal::new(now),
            player_version: RwSignal::new(0),
            selection: RwSignal::new(selection),
            language: RwSignal::new(language),
            theme: RwSignal::new(Theme::default()),
            announcement: RwSignal::new(String::new()),
            notices: RwSignal::new(Vec::new()),
            focused: StoredValue::new(((0, None), None)),
            housekeeping_drawn_ms: StoredValue::new(0.0),
        })))
    }

    // ---- Reading: each of these is tracked, so that what reads it is drawn again when it changes ----

    /// Reads the world as it is now.
    pub fn with_world<T>(&self, read: impl FnOnce(&World) -> T) -> T {
        self.world_version.track();
        self.world.with_value(read)
    }

    /// The same without being drawn again: for animation frames and for handlers.
    pub fn with_world_untracked<T>(&self, read: impl FnOnce(&World) -> T) -> T {
        self.world.with_value(read)
    }

    /// Reads the run's tape.
    pub fn with_tape<T>(&self, read: impl FnOnce(&Tape) -> T) -> T {
        self.tape_version.track();
        self.session.with_value(|session| read(session.tape()))
    }

    /// Reads the player: position aside, which [`Self::now`] has.
    pub fn with_player<T>(&self, read: impl FnOnce(&Player) -> T) -> T {
        self.player_version.track();
        self.session.with_value(|session| read(session.player()))
    }

    pub fn with_session_untracked<T>(&self, read: impl FnOnce(&Session) -> T) -> T {
        self.session.with_value(read)
    }

    /// Changes the session's settings that regions do not draw, such as where playing is held.
    pub fn update_player(&self, change: impl FnOnce(&mut Player)) {
        self.session.update_value(|session| change(session.player_mut()));
        self.player_version.update(|version| *version += 1);
    }

    pub fn is_playing(&self) -> bool {
        self.with_player(Player::is_playing)
    }

    /// The one store that all processes are bound to, or `None` where they differ.
    pub fn store(&self) -> Option<StoreKind> {
        self.tape_version.track();
        self.session.with_value(Session::store)
    }

    pub fn can_undo(&self) -> bool {
        self.tape_version.track();
        self.session.with_value(Session::can_undo)
    }

    pub fn is_on_path(&self) -> bool {
        self.tape_version.track();
        self.session.with_value(Session::is_on_path)
    }

    /// The step that the sentence under the stage is about.
    pub fn focus_step(&self) -> Option<Step> {
        self.player_version.track();
        let version = self.tape_version.get();
        self.session.with_value(|session| {
            let wanted = (version, session.player().focus(session.tape()).map(|mark| mark.ordinal));
            self.focused.update_value(|(known, step)| {
                if *known != wanted {
                    *known = wanted;
                    *step = wanted.1.and_then(|ordinal| session.tape().step(ordinal));
                }
                *step
            })
        })
    }

    /// A step's sentence in the page's language.
    pub fn sentence(&self, step: &Step) -> String {
        let language = self.language.get();
        self.with_world_untracked(|world| sentence(language, world, step))
    }

    // ---- Acting ----

    /// A transport command of the visitor's.
    pub fn act(&self, command: PlayerCommand) -> Moved {
        let moved = self.session.update_value(|session| session.act(command));
        if moved == Moved::Extended {
            self.tape_version.update(|version| *version += 1);
        }
        self.moved(moved);
        moved
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
    pub fn give(&self, namespace: &str, act: Act) -> Result<Given, Refused> {
        let given = self.session.update_value(|session| session.give(namespace, act))?;
        self.changed_tape();
        Ok(given)
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
        self.announcement.set(text);
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

/// A step's sentence with the names that belong to it.
pub fn sentence(language: Language, world: &World, step: &Step) -> String {
    let activation = step.activation.and_then(|ix| world.activation(ix));
    let exchange = step.exchange.and_then(|ix| world.exchange(ix));
    let id = activation.map(|activation| activation.id.to_string());
    let catalogue = &world.setup().catalogue;
    let action = activation.map(|activation| activation.action).or_else(|| match exchange?.request {
        crate::cluster::Request::Invoke { action } => Some(action),
        _ => None,
    });
    let action = action.and_then(|action| catalogue.action(action)).map(|action| action.name.as_str());
    crate::locale::sentence(language, step, &Names { activation: id.as_deref(), action, catalogue })
}

/// The page that a component is part of.
pub fn page() -> Page {
    expect_context::<Page>()
}

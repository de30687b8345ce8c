//! The page's state: one session, and signals for what regions draw.
//!
//! What reads the page through the methods here is drawn again when that changes, unless they say otherwise; [`acting`] has those that change
//! it.

mod acting;
mod theme;

use crate::cluster::World;
use crate::cluster::place::StoreKind;
use crate::cluster::step::Step;
use crate::locale::page::Message;
use crate::locale::{Language, Names};
use crate::player::{Given, Player, Selection, Session};
use crate::recording::Tape;
use crate::time::Instant;
use crate::view::prelude::*;
use std::ops::Deref;
pub use theme::Theme;

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
    /// The command that is being played out.
    given: StoredValue<Option<Given>>,
    /// How the screen's time last moved housekeeping on, so that pings do not redraw the page at every frame.
    housekeeping_drawn_ms: StoredValue<f64>,
}

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
            given: StoredValue::new(None),
            housekeeping_drawn_ms: StoredValue::new(0.0),
        })))
    }

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

    /// Tells whether it is still the same tape.
    pub fn tape_version_untracked(&self) -> u64 {
        self.tape_version.get_untracked()
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
}

/// A step's sentence with the names that belong to it.
pub fn sentence(language: Language, world: &World, step: &Step) -> String {
    let activation = step.activation.and_then(|ix| world.activation(ix));
    let exchange = step.exchange.and_then(|ix| world.exchange(ix));
    let id = activation.map(|activation| activation.id.to_string());
    let catalogue = world.catalogue();
    let action = activation.map(|activation| activation.action).or_else(|| exchange?.request.entity());
    let action = action.and_then(|action| catalogue.action(action)).map(|action| action.name.as_str());
    crate::locale::sentence(
        language,
        step,
        &Names { activation: id.as_deref(), action, tool: exchange.map_or("wsk", |exchange| world.tool_of(exchange)), catalogue },
    )
}

/// The page that a component is part of.
pub fn page() -> Page {
    expect_context::<Page>()
}

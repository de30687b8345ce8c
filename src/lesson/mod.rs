//! Lessons: files that a teacher writes, and what must be true of them.
//!
//! A file is JSON. `read` turns it into a [`Lesson`] or says which field is wrong and why, so that a [`Lesson`] in hand is a valid one. What a lesson claims about its run is written as [`Condition`]s and [`Placement`]s, by the labels of
//! commands and never by ids, and [`Lesson::check`] plays the run to see whether it is so.

mod check;
mod condition;
mod error;
mod moment;
mod read;
mod text;
mod timetable;

pub use check::Violation;
pub use condition::{Amount, Condition, Labelled};
pub use error::LessonError;
pub use moment::{Event, Moment};
pub use read::{BEATS_MAX, COMMANDS_MAX, FILE_BYTES_MAX, SCHEMA_VERSION, TEXT_CHARACTERS_MAX};
pub use text::Localized;
pub use timetable::{BeatTimes, Timetable};

use crate::cluster::evidence::Evidence;
use crate::cluster::place::{Node, StoreKind};
use crate::cluster::{Act, Command, CommandId, Configuration, World};
use crate::recording::Run;
use crate::time::Instant;

/// A valid lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// Letters, digits and hyphens: its name in links and its file's name without `.json`.
    pub id: String,
    pub title: Localized,
    /// What the page says before the first question, for either store.
    pub summary: Either<Summary>,
    pub configuration: Configuration,
    pub seed: u64,
    /// Where the run ends.
    pub horizon: Instant,
    /// In order of time.
    pub commands: Vec<LessonCommand>,
    /// In order of time; one at least.
    pub beats: Vec<Beat>,
    pub placements: Vec<Placement>,
    /// What else must be true.
    pub claims: Vec<Claim>,
}

/// Something for the lesson's own store, and something else for the other one where that needs other words.
#[derive(Clone, Debug, PartialEq)]
pub struct Either<T> {
    pub own: T,
    pub other: Option<T>,
}

/// The lines under the heading, one to three, and what must be true at the first beat for them to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    pub lines: Vec<Localized>,
    pub holds: Option<Condition>,
}

/// A command of the run: the line as typed, and what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct LessonCommand {
    pub line: String,
    pub label: Option<String>,
    pub command: Command,
}

/// One idea of a lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct Beat {
    pub at: Moment,
    /// The words, for either store.
    pub telling: Either<Telling>,
    /// What the page brings out.
    pub look: Vec<Look>,
    /// The source lines that prove it. They are shown with the text, before an open question is answered too.
    pub evidence: Vec<&'static Evidence>,
    pub question: Option<Question>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Telling {
    pub title: Option<Localized>,
    pub text: Localized,
    /// What must be true at the beat for the text to be.
    pub holds: Option<Condition>,
}

/// A question that holds the run until it is answered or skipped.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub text: Localized,
    /// Two to six. Exactly one holds where the reveal ends.
    pub options: Vec<Choice>,
    /// What would answer it, and so is replaced by “Predict first” until it is answered.
    pub covers: Vec<Part>,
    /// Where `Show me` plays from and to. The options are judged at its end.
    pub show_from: Moment,
    pub show_until: Moment,
}

/// One answer to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub text: Localized,
    pub holds: Condition,
    /// Shown as the answer if it holds: why.
    pub because: Option<Localized>,
    /// Shown to whom has chosen it if it does not hold: why not.
    pub otherwise: Option<Localized>,
    /// The source lines that prove `because`, shown with it.
    pub evidence: Vec<&'static Evidence>,
}

/// A part of the page that may give an answer away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    WitnessCli,
    WitnessCouchDb,
    WitnessElasticsearch,
    Verdict,
    /// What travels on the stage, and what its stores hold.
    Links,
    Inspector,
    Switch,
    /// The steps and the sentence under the stage.
    Steps,
}

/// What a beat brings out.
#[derive(Clone, Debug, PartialEq)]
pub enum Look {
    Node(Node),
    Part(Part),
    /// What a command made.
    Record(Labelled),
}

/// Where records must be, and who must see them.
#[derive(Clone, Debug, PartialEq)]
pub struct Placement {
    /// The world in which all processes are bound to this store; the lesson's own bindings if `None`.
    pub world: Option<StoreKind>,
    pub at: Moment,
    pub records: Vec<Labelled>,
    /// The one store that holds them; `None` if neither does.
    pub held_by: Option<StoreKind>,
    /// Whether a get by the CLI would show each of them now. `None` leaves it open.
    pub get: Option<bool>,
    /// The same for a list.
    pub list: Option<bool>,
}

/// A condition that must hold at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// As in [`Placement::world`].
    pub world: Option<StoreKind>,
    pub at: Moment,
    pub holds: Condition,
}

impl<T> Either<T> {
    /// What to say in a run whose processes are all bound to `store`, or bound differently if it is `None`; `own` is the lesson's store.
    pub fn for_store(&self, own: Option<StoreKind>, store: Option<StoreKind>) -> &T {
        match &self.other {
            Some(other) if own != store => other,
            _ => &self.own,
        }
    }
}

impl Lesson {
    /// Reads a lesson file. `file` is its name, for errors to give.
    ///
    /// # Errors
    /// The file, the field and the reason, for the first thing that is wrong.
    pub fn from_json(file: &str, text: &str) -> Result<Self, LessonError> {
        read::lesson(file, text)
    }

    /// The lesson that comes with the page, for when none can be fetched.
    ///
    /// # Errors
    /// None in a release: the tests read this very text.
    // On its own, so that its text is not in the part of the program that opens the page (xtask/src/split).
    #[inline(never)]
    pub fn bundled() -> Result<Self, LessonError> {
        Self::from_json("only-design-docs.json", include_str!("../../lessons/only-design-docs.json"))
    }

    /// The store that every process of the lesson is bound to, or `None` where they differ.
    pub fn store(&self) -> Option<StoreKind> {
        self.configuration.common_store()
    }

    /// The lesson's run: with its own bindings, or with every process bound to `store`.
    pub fn run(&self, store: Option<StoreKind>) -> Run {
        let configuration = match store {
            // Its own store, so that nothing is changed where nothing must be.
            Some(store) if self.store() != Some(store) => self.configuration.bound_to(store),
            _ => self.configuration.clone(),
        };
        let commands = self.commands.iter().map(|command| command.command.clone()).collect();
        Run { horizon: self.horizon, ..Run::new(configuration, self.seed, commands) }
    }

    /// Whether somebody asks a store itself in it.
    pub fn asks_stores(&self) -> bool {
        self.commands.iter().any(|command| matches!(command.command.act, Act::Ask { .. }))
    }

    /// The lines under the heading for a run bound to `store`.
    pub fn summary(&self, store: Option<StoreKind>) -> &Summary {
        self.summary.for_store(self.store(), store)
    }

    /// The words of a beat for a run bound to `store`.
    pub fn telling<'a>(&self, beat: &'a Beat, store: Option<StoreKind>) -> &'a Telling {
        beat.telling.for_store(self.store(), store)
    }

    /// The command with this label.
    pub fn command(&self, label: &str) -> Option<&LessonCommand> {
        self.commands.iter().find(|command| command.label.as_deref() == Some(label))
    }

    /// The label of the command with this id.
    pub fn label_of(&self, id: CommandId) -> Option<&str> {
        self.commands.iter().find(|command| command.command.id == id)?.label.as_deref()
    }
}

impl Question {
    /// The number of the option that holds in `world`, the world at the end of the reveal. `None` if not exactly one does, which a lesson
    /// that passes [`Lesson::check`] never comes to on its own path.
    pub fn answer(&self, world: &World) -> Option<usize> {
        let mut holding = self.options.iter().enumerate().filter(|(_, option)| option.holds.holds(world));
        let (place, _) = holding.next()?;
        holding.next().is_none().then_some(place)
    }
}

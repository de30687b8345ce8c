//! A run as a value: the same value gives the same steps, byte for byte, on every platform.

use crate::cluster::place::StoreKind;
use crate::cluster::{Act, BODIES_BYTES_MAX, Checks, Command, Configuration, RULES_MAX, Refused, Setup, World};
use crate::json::Path;
use crate::time::{Instant, Span};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// Raised by each change that alters the steps of an existing run.
pub const MODEL_VERSION: u32 = 3;

/// A run goes on for an hour unless it is asked for more.
pub const HORIZON_DEFAULT: Span = Span::from_secs(3_600);
pub const HORIZON_MAX: Span = Span::from_secs(86_400);

/// Everything that a run is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Run {
    pub model_version: u32,
    pub configuration: Configuration,
    pub seed: u64,
    /// In order of time; those of one instant in the order in which they were given.
    pub commands: Vec<Command>,
    /// Where the run ends, up to a day.
    pub horizon: Instant,
}

/// Commands in a run.
const COMMANDS_MAX: u64 = 10_000;
/// Activations that all commands together come to, those of components and of rules' actions included: each is kept to the end of the run.
const ACTIVATIONS_MAX: u64 = 1_000_000;

impl Run {
    /// A run of this model version up to the default horizon.
    pub fn new(configuration: Configuration, seed: u64, commands: Vec<Command>) -> Self {
        let mut commands = commands;
        crate::order::sort_by_key(&mut commands, |command| (command.at.micros(), 0));
        Self { model_version: MODEL_VERSION, configuration, seed, commands, horizon: Instant::START + HORIZON_DEFAULT }
    }

    /// The run in a file that one was recorded in; nothing if the file has something else, such as a lesson.
    ///
    /// # Errors
    /// What is wrong with a run, or the first value of it that does not fit.
    pub fn from_json(text: &str) -> Option<Result<Self, String>> {
        let value: serde_json::Value = serde_json::from_str(text).ok()?;
        value.get("modelVersion")?;
        let run: Result<Self, _> = serde_json::from_value(value);
        Some(run.map_err(|error| error.to_string()).and_then(|run| run.check().map(|()| run).map_err(|error| error.to_string())))
    }

    /// The same run with all processes bound to `store` from the start.
    pub fn bound_to(&self, store: StoreKind) -> Self {
        Self { configuration: self.configuration.bound_to(store), ..self.clone() }
    }

    /// The run in which `command` is given: earlier ones stay, later ones are not in it.
    pub fn forked_by(&self, command: Command) -> Self {
        let mut commands: Vec<Command> = self.commands.iter().filter(|earlier| earlier.at <= command.at).cloned().collect();
        let horizon = self.horizon.max(command.at);
        commands.push(command);
        Self { commands, horizon, ..self.clone() }
    }

    /// Whether `instant` is before some command of this run, so that a command given there would leave this run's path.
    pub fn leaves_path_at(&self, instant: Instant) -> bool {
        self.commands.iter().any(|command| command.at > instant)
    }

    /// Checks everything against its range.
    ///
    /// # Errors
    /// The first value that does not fit.
    pub fn check(&self) -> Result<(), Refused> {
        let mut checks = Checks::default();
        self.configuration.check_into(&mut checks);
        checks.range(&Path::WHOLE, "modelVersion", self.model_version.into(), 1, MODEL_VERSION.into());
        checks.range(&Path::WHOLE, "horizon", self.horizon.micros(), 1_000_000, HORIZON_MAX.micros());
        let commands = Path::named("commands");
        checks.length(&Path::WHOLE, "commands", self.commands.len(), 0, COMMANDS_MAX);
        let (mut activations, mut rules, mut bodies) = (0_u64, 0_u64, 0_u64);
        let of_actions = self.configuration.activations_of_actions();
        let mut earlier = Instant::START;
        for (place, command) in self.commands.iter().enumerate() {
            let at = commands.item(place);
            command.check(&at, &self.configuration, &mut checks);
            checks.range(&at, "at", command.at.micros(), earlier.micros(), HORIZON_MAX.micros());
            earlier = command.at;
            activations = activations.saturating_add(self.configuration.activations_of(&command.act, &of_actions));
            match &command.act {
                Act::Ask { request, .. } => bodies += request.body.len() as u64,
                Act::Raw(raw) => bodies += raw.request.body.len() as u64,
                _ => {}
            }
            rules += u64::from(matches!(command.act, Act::Break { .. }));
        }
        checks.range(&Path::WHOLE, "faults set by all commands together", rules, 0, RULES_MAX);
        checks.range(&Path::WHOLE, "bytes of all requests' bodies together", bodies, 0, BODIES_BYTES_MAX);
        checks.range(&Path::WHOLE, "activations of all commands together", activations, 0, ACTIVATIONS_MAX);
        checks.end()
    }

    pub fn setup(&self) -> Rc<Setup> {
        Rc::new(Setup::new(&self.configuration, self.seed, &self.commands))
    }

    /// The world at time zero.
    pub fn world(&self) -> World {
        World::new(self.setup())
    }
}

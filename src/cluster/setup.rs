//! What stays the same during a run: its configuration, with what follows from it.

use super::command::{Act, Command};
use super::configuration::Configuration;
use super::store::Setting;
use crate::activation::{Action, ActionId, Behaviour, BindingId, Body, Catalogue, Limits, NamespaceId, SpanRange, result_message_bytes};
use crate::chance::{Chance, Identity, Purpose};
use crate::time::{Instant, Span};
use serde::Serialize;
use std::rc::Rc;

/// What stays the same during a run.
#[derive(Clone, Debug, Serialize)]
pub struct Setup {
    pub configuration: Configuration,
    /// What there is at the start. Entities come and go: [`super::World::catalogue`] is what there is at an instant.
    pub catalogue: Rc<Catalogue>,
    pub chance: Chance,
    /// The names that lists can filter by: those of all actions, then others that commands use.
    pub names: Vec<String>,
    pub commands: Vec<Command>,
    /// Whose user gives each command. A burst asks for it once a member, and for what is next.
    #[serde(skip)]
    pub(super) users: Vec<Option<NamespaceId>>,
    /// The action that each command invokes, and the binding that led there, as long as entities are as they were at the start.
    #[serde(skip)]
    pub(super) targets: Vec<Option<(ActionId, Option<BindingId>)>>,
    /// The hash that places each action for its own namespace's users, by number.
    #[serde(skip)]
    pub(super) hashes: Vec<Vec<u32>>,
    /// The length of the result ack of each action, in bytes, by number.
    #[serde(skip)]
    pub(super) ack_bytes: Vec<u64>,
    #[serde(skip)]
    pub(super) health_actions: Vec<ActionId>,
    #[serde(skip)]
    pub(super) system_namespace: NamespaceId,
}

/// The greatest Kafka message: the greatest payload and 6068 bytes around it (`core/entity/ActivationEntityLimit.scala:44-46`).
pub const MESSAGE_BYTES_MAX: u64 = 1_048_576 + 6_068;

impl Setup {
    pub fn new(configuration: &Configuration, seed: u64, commands: &[Command]) -> Self {
        let mut actions = configuration.actions.clone();
        actions.extend((0..configuration.controllers).map(health_test_action));
        let catalogue = Catalogue::new(&configuration.namespaces, &actions).with(&configuration.triggers, &configuration.bindings);
        let mut names: Vec<String> = Vec::new();
        let mut add = |name: &str| {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        };
        // Through a binding an action is listed under the binding's name.
        let bound = |action: &Action| {
            let bindings = catalogue.bindings().iter().filter(|it| it.provider == action.namespace && it.package == action.package);
            bindings.map(|binding| format!("{}/{}", binding.name, action.name)).collect::<Vec<_>>()
        };
        catalogue.entities().for_each(|action| add(&action.local_name()));
        catalogue.entities().flat_map(bound).for_each(|name| add(&name));
        for command in commands {
            command.act.filter().into_iter().for_each(&mut add);
            names_to_come(command, &mut add);
        }
        let targets = commands.iter().map(|command| target(&catalogue, command)).collect();
        let users = commands.iter().map(|command| catalogue.namespace_named(command.user())).collect();
        let hash = |namespace: &str, action: &Action| super::balancer::placement_hash(namespace, &action.path());
        let hashes =
            catalogue.namespaces().map(|(_, namespace)| catalogue.actions().map(|(_, action)| hash(namespace, action)).collect()).collect();
        let ack_bytes = catalogue.actions().map(|(_, action)| result_message_bytes(action)).collect();
        let health_actions = (0..configuration.controllers)
            .filter_map(|number| catalogue.action_named("whisk.system", &format!("invokerHealthTestAction{number}")))
            .collect();
        let system_namespace = catalogue.namespace_named("whisk.system").unwrap_or(NamespaceId(0));
        Self {
            configuration: configuration.clone(),
            catalogue: Rc::new(catalogue),
            chance: Chance { seed },
            names,
            commands: commands.to_vec(),
            users,
            targets,
            hashes,
            ack_bytes,
            health_actions,
            system_namespace,
        }
    }

    /// One more command, which takes effect at `now`: after all others.
    pub(super) fn add_command(&mut self, now: Instant, namespace: &str, act: Act) {
        let same_instant = self.commands.iter().rposition(|command| command.at != now).map_or(0, |place| place + 1);
        let command = Command::new(now, namespace, act, self.commands.get(same_instant..).unwrap_or_default());
        let names = &mut self.names;
        let mut add = |name: &str| {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        };
        command.act.filter().into_iter().for_each(&mut add);
        names_to_come(&command, &mut add);
        self.users.push(self.catalogue.namespace_named(command.user()));
        self.targets.push(target(&self.catalogue, &command));
        self.commands.push(command);
    }

    /// What stores read with, given what entities there are.
    pub(super) fn setting<'a>(&'a self, catalogue: &'a Catalogue) -> Setting<'a> {
        Setting { configuration: &self.configuration, catalogue, chance: self.chance, names: &self.names }
    }

    /// A span from one of the model's ranges.
    pub(super) fn span(&self, identity: Identity, purpose: Purpose, range: SpanRange) -> Span {
        self.chance.span(identity, purpose, range.min(), range.max())
    }
}

/// The action that a command invokes.
fn target(catalogue: &Catalogue, command: &Command) -> Option<(ActionId, Option<BindingId>)> {
    match command.act.within() {
        Act::Invoke { namespace, action, .. } => catalogue.resolve(namespace, action),
        _ => None,
    }
}

/// The names that records of what a command creates are listed under.
fn names_to_come(command: &Command, add: &mut impl FnMut(&str)) {
    match (command.act.within(), command.act.creates()) {
        // Through a binding that does not exist yet, perhaps.
        (Act::Invoke { action, .. }, _) => add(action),
        (_, Some((_, name))) => add(name),
        _ => {}
    }
}

/// The action that a controller tests invokers with (`InvokerSupervision.scala:246-254`): the least memory, and code that returns its
/// parameters, of which there are none. How long that code runs is a model parameter.
fn health_test_action(controller: u8) -> Action {
    let result = Body::Json(serde_json::Map::new().into());
    let behaviour = Behaviour { run: SpanRange::millis(2, 6), result, ..Behaviour::nothing() };
    let action = Action::new("whisk.system", &format!("invokerHealthTestAction{controller}"), behaviour);
    Action { limits: Limits { memory_mb: 128, ..Limits::default() }, ..action }
}

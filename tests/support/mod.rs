//! What several test files share: runs written in one line.
#![allow(dead_code, reason = "each test file uses its own part of this")]

pub mod openwhisk;

use whiskscope::activation::{Action, NamespaceId};
use whiskscope::cluster::place::{Node, StoreKind};
use whiskscope::cluster::step::Step;
use whiskscope::cluster::{Act, Command, Configuration, FaultEffect, Limit, Rule, StepLog, Target, Wait, World};
use whiskscope::recording::Run;
use whiskscope::time::Instant;

pub const GUEST: NamespaceId = NamespaceId(0);

pub fn ms(millis: u64) -> Instant {
    Instant::from_millis(millis)
}

/// A run of `guest`'s acts at these milliseconds.
pub fn run_of(configuration: Configuration, acts: &[(u64, Act)]) -> Run {
    let mut commands: Vec<Command> = Vec::new();
    for (at, act) in acts {
        commands.push(Command::new(ms(*at), "guest", act.clone(), &commands));
    }
    Run::new(configuration, 7, commands)
}

pub fn bound_to(store: StoreKind) -> Configuration {
    Configuration { store, ..Configuration::default() }
}

pub fn invoke(action: &str, wait: Wait) -> Act {
    burst(action, wait, 1, 0)
}

pub fn burst(action: &str, wait: Wait, count: u32, gap_us: u64) -> Act {
    Act::Invoke { namespace: "guest".to_owned(), action: action.to_owned(), wait, count, gap_us, extra_logging: false, timeout_ms: None }
}

/// An action `hello` of a namespace's own, as `guest` has one: another's cannot be invoked.
pub fn give_hello(configuration: &mut Configuration, namespace: &str) {
    let hello = configuration.actions.iter().find(|action| action.name == "hello").expect("the standard actions").behaviour.clone();
    configuration.actions.push(Action::new(namespace, "hello", hello));
}

/// The same act with the namespace of another's own.
pub fn in_namespace(act: Act, namespace: &str) -> Act {
    match act {
        Act::Invoke { action, wait, count, gap_us, extra_logging, timeout_ms, .. } => {
            Act::Invoke { namespace: namespace.to_owned(), action, wait, count, gap_us, extra_logging, timeout_ms }
        }
        act => act,
    }
}

pub fn list() -> Act {
    Act::list(None, 30, 0)
}

/// Gets what the run's command number `command` made.
pub fn get_made(commands: &[Command], command: usize) -> Act {
    Act::Get(Target::Made { command: commands[command].id, member: 0 })
}

/// Plays a run to an instant; the world there and every step.
pub fn play(run: &Run, until: Instant) -> (World, Vec<Step>) {
    run.check().expect("a valid run");
    let mut world = run.world();
    let mut log = StepLog { listening: true, steps: Vec::new() };
    world.advance(until, &mut log);
    (world, log.steps)
}

/// The load of the benchmarks and of the digest: nothing is refused.
pub fn unlimited(controllers: u8, invokers: u8, user_memory_mb: u32) -> Configuration {
    Configuration {
        controllers,
        invokers,
        user_memory_mb,
        invocations_per_minute: Limit::None,
        invocations_concurrent: Limit::None,
        ..Configuration::default()
    }
}

pub fn rule(from: impl Into<Option<Node>>, to: impl Into<Option<Node>>, effect: FaultEffect) -> Rule {
    Rule { from: from.into(), to: to.into(), effect, times: None }
}

pub fn breaks(from: impl Into<Option<Node>>, to: impl Into<Option<Node>>, effect: FaultEffect) -> Act {
    Act::Break { rule: rule(from, to, effect) }
}

/// A fault that strikes so many times.
pub fn breaks_times(from: impl Into<Option<Node>>, to: impl Into<Option<Node>>, effect: FaultEffect, times: u32) -> Act {
    Act::Break { rule: Rule { times: Some(times), ..rule(from, to, effect) } }
}

/// Plays a run, and stops and starts services on the way, at these milliseconds.
pub fn play_with_outages(run: &Run, until: Instant, outages: &[(u64, Node, bool)]) -> (World, Vec<Step>) {
    run.check().expect("a valid run");
    let mut world = run.world();
    let mut log = StepLog { listening: true, steps: Vec::new() };
    for (at, node, stops) in outages {
        world.advance(ms(*at), &mut log);
        if *stops {
            world.stop_service(*node, &mut log);
        } else {
            world.start_service(*node, &mut log);
        }
    }
    world.advance(until, &mut log);
    (world, log.steps)
}

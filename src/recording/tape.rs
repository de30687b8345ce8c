//! A run played once to its horizon, with what it takes to be anywhere in it at once.

use super::{PaceMap, Run};
use crate::cluster::place::{ActivationIx, Node};
use crate::cluster::step::{Rank, Step};
use crate::cluster::{Command, Refused, StepLog, World};
use crate::time::Instant;

/// Where a step of the story is, without its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub ordinal: u64,
    pub at: Instant,
    pub activation: Option<ActivationIx>,
    /// Where it happens, and where what left with it goes.
    pub node: Node,
    pub to: Option<Node>,
    pub rank: Rank,
    /// When what left with this step arrives; the step's own time if nothing did.
    arrives: Instant,
}

/// A seekable run.
///
/// It keeps a world every so many events, and the places of story and detail steps. The steps themselves are derived again when asked for.
#[derive(Clone, Debug)]
pub struct Tape {
    run: Run,
    checkpoints: Vec<World>,
    /// Events between two checkpoints.
    spacing: u64,
    marks: Vec<Mark>,
    /// The instants of a lesson's beats. They are no part of the run: nothing in it depends on them but how fast it is told.
    beats: Vec<Instant>,
    pace: PaceMap,
    end: World,
}

/// Checkpoints that are kept. One more, and every second one goes.
const CHECKPOINTS_MAX: usize = 128;
const SPACING_FIRST: u64 = 512;

impl Tape {
    /// Checks a run and plays it to its horizon.
    pub fn new(run: Run) -> Result<Self, Refused> {
        run.check()?;
        let start = run.world();
        Ok(Self::play(run, vec![start], SPACING_FIRST, Vec::new(), Vec::new()))
    }

    /// The same tape with these beats, for which story pace leaves time to read.
    pub fn with_beats(self, beats: Vec<Instant>) -> Self {
        let pace = pace(&self.marks, &beats, self.run.horizon);
        Self { beats, pace, ..self }
    }

    /// The tape of the run in which `command` is given. What comes before is shared, and the beats stay.
    pub fn forked_by(&self, command: Command) -> Result<Self, Refused> {
        self.continued(self.run.forked_by(command.clone()), command.at)
    }

    /// The same run up to a later horizon.
    pub fn extended_to(&self, horizon: Instant) -> Result<Self, Refused> {
        let run = Run { horizon: horizon.max(self.run.horizon), ..self.run.clone() };
        self.continued(run, self.run.horizon)
    }

    /// Plays `run`, which is this one up to and including `same_until`, from the last checkpoint on that both have.
    fn continued(&self, run: Run, same_until: Instant) -> Result<Self, Refused> {
        run.check()?;
        let setup = run.setup();
        let shared = self.checkpoints.partition_point(|world| world.now() <= same_until).max(1);
        let mut checkpoints: Vec<World> = self.checkpoints.iter().take(shared).cloned().collect();
        for world in &mut checkpoints {
            world.set_setup(setup.clone());
        }
        let known = checkpoints.last().map_or(0, World::step_count);
        let marks = self.marks.iter().take_while(|mark| mark.ordinal < known).copied().collect();
        Ok(Self::play(run, checkpoints, self.spacing, marks, self.beats.clone()))
    }

    fn play(run: Run, mut checkpoints: Vec<World>, mut spacing: u64, mut marks: Vec<Mark>, beats: Vec<Instant>) -> Self {
        let mut world = checkpoints.last().cloned().unwrap_or_else(|| run.world());
        let mut log = StepLog { listening: true, steps: Vec::new() };
        let mut since_last = 0;
        while world.next_due().is_some_and(|at| at <= run.horizon) {
            world.advance_one(&mut log);
            marks.extend(log.steps.drain(..).filter_map(|step| mark(&world, &step)));
            since_last += 1;
            if since_last >= spacing {
                since_last = 0;
                checkpoints.push(world.clone());
                if checkpoints.len() > CHECKPOINTS_MAX {
                    let mut place = 0;
                    checkpoints.retain(|_| {
                        place += 1;
                        place % 2 == 1
                    });
                    spacing *= 2;
                }
            }
        }
        world.advance(run.horizon, &mut log);
        let pace = pace(&marks, &beats, run.horizon);
        Self { run, checkpoints, spacing, marks, beats, pace, end: world }
    }

    pub fn run(&self) -> &Run {
        &self.run
    }

    pub fn horizon(&self) -> Instant {
        self.run.horizon
    }

    pub fn pace(&self) -> &PaceMap {
        &self.pace
    }

    /// The world at the horizon.
    pub fn end(&self) -> &World {
        &self.end
    }

    /// The world at an instant, with every event and command up to and including it behind it. Past the horizon: the horizon's.
    pub fn world_at(&self, instant: Instant) -> World {
        let instant = instant.min(self.run.horizon);
        let mut world = self.checkpoint(|world| world.now() <= instant);
        world.advance(instant, &mut StepLog::default());
        world
    }

    fn checkpoint(&self, is_before: impl Fn(&World) -> bool) -> World {
        let place = self.checkpoints.partition_point(is_before);
        place.checked_sub(1).and_then(|place| self.checkpoints.get(place)).cloned().unwrap_or_else(|| self.run.world())
    }

    /// How many steps the run has, housekeeping included.
    pub fn step_count(&self) -> u64 {
        self.end.step_count()
    }

    /// Up to `count` steps from number `first` on that `wanted` takes, derived again.
    pub fn steps_from(&self, first: u64, count: usize, mut wanted: impl FnMut(&World, &Step) -> bool) -> Vec<Step> {
        let mut world = self.checkpoint(|world| world.step_count() <= first);
        let mut log = StepLog { listening: true, steps: Vec::new() };
        let mut found = Vec::new();
        while found.len() < count && world.next_due().is_some_and(|at| at <= self.run.horizon) {
            world.advance_one(&mut log);
            for step in log.steps.drain(..) {
                if step.ordinal >= first && found.len() < count && wanted(&world, &step) {
                    found.push(step);
                }
            }
        }
        found
    }

    pub fn step(&self, ordinal: u64) -> Option<Step> {
        self.steps_from(ordinal, 1, |_, _| true).into_iter().next().filter(|step| step.ordinal == ordinal)
    }

    /// Everything that happened to an activation up to the horizon.
    pub fn life_of(&self, activation: ActivationIx) -> Vec<Step> {
        let mut own = self.marks.iter().filter(|mark| mark.activation == Some(activation));
        let Some(first) = own.next() else { return Vec::new() };
        let last = own.next_back().unwrap_or(first);
        let count = last.ordinal - first.ordinal + 1;
        let mut seen = 0;
        let mut steps = Vec::new();
        // The steps between the first and the last mark of it, those without a mark too.
        self.steps_from(first.ordinal, usize::try_from(count).unwrap_or(usize::MAX), |_, step| {
            seen += 1;
            if step.activation == Some(activation) && step.ordinal <= last.ordinal {
                steps.push(*step);
            }
            seen <= count
        });
        steps
    }

    /// Story and detail steps in order.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// Where in [`Self::marks`] the first step after `instant` is.
    pub fn marks_until(&self, instant: Instant) -> usize {
        self.marks.partition_point(|mark| mark.at <= instant)
    }

    /// The rank of a step in this run's story.
    pub fn rank(world: &World, step: &Step) -> Rank {
        rank(world, step)
    }
}

fn pace(marks: &[Mark], beats: &[Instant], horizon: Instant) -> PaceMap {
    let flights: Vec<(u64, u64)> =
        marks.iter().filter(|mark| mark.arrives > mark.at).map(|mark| (mark.at.micros(), mark.arrives.micros())).collect();
    let steps: Vec<u64> = marks.iter().filter(|mark| mark.rank == Rank::Story).map(|mark| mark.at.micros()).collect();
    let beats: Vec<u64> = beats.iter().map(|beat| beat.micros()).collect();
    PaceMap::new(&flights, &steps, &beats, horizon)
}

fn mark(world: &World, step: &Step) -> Option<Mark> {
    let rank = rank(world, step);
    if rank == Rank::Housekeeping {
        return None;
    }
    let arrives = step.flight.map_or(step.at, |flight| flight.arrives);
    let (node, to) = (step.acting_node(), step.flight.map(|flight| flight.to));
    Some(Mark { ordinal: step.ordinal, at: step.at, activation: step.activation, node, to, rank, arrives })
}

/// A health test runs like any activation but is no part of the story.
fn rank(world: &World, step: &Step) -> Rank {
    let is_test = step.activation.and_then(|ix| world.activation(ix)).is_some_and(|activation| activation.health_test);
    if is_test { Rank::Housekeeping } else { step.kind.rank() }
}

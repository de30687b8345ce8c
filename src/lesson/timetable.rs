//! When a lesson's moments are in a run.

use super::{Lesson, Moment};
use crate::cluster::{StepLog, World};
use crate::recording::Run;
use crate::time::{Instant, Span};

/// How long after the last command and the last fixed moment an event is still waited for: past the 60 s of a blocking wait.
const WAITED_FOR: Span = Span::from_secs(90);

/// When a beat is, and where its reveal plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BeatTimes {
    pub at: Instant,
    /// The first and the last instant that `Show me` plays; `None` for a beat without a question.
    pub show: Option<(Instant, Instant)>,
    /// The option of the question that holds where the reveal ends. It is the lesson's own: what a visitor does elsewhere changes nothing
    /// about it.
    pub answer: Option<usize>,
}

/// The instants of a lesson's beats in one run of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timetable {
    /// In order of time, one for each beat.
    pub beats: Vec<BeatTimes>,
    /// The instant of the last beat, or of the last reveal's end if that is later.
    pub end: Instant,
}

impl Timetable {
    /// When each beat is, in order of time.
    pub fn beat_instants(&self) -> Vec<Instant> {
        self.beats.iter().map(|times| times.at).collect()
    }
}

impl Lesson {
    /// When each beat is in `run`, a run of this lesson in whichever store. It is played for this, without its steps being kept.
    ///
    /// An event that does not come (a refresh where the store is CouchDB) counts as the beat before it, so that a beat never comes early.
    pub fn timetable(&self, run: &Run) -> Timetable {
        let mut moments: Vec<&Moment> = Vec::new();
        for beat in &self.beats {
            moments.push(&beat.at);
            moments.extend(beat.question.iter().flat_map(|question| [&question.show_from, &question.show_until]));
        }
        let start = run.world();
        let mut instants = instants(&moments, run, &start).into_iter();
        let mut next = |or: Instant| instants.next().flatten().unwrap_or(or);
        let (mut earlier, mut end) = (Instant::START, Instant::START);
        let mut beats = Vec::new();
        for beat in &self.beats {
            let at = next(earlier).max(earlier);
            let show = beat.question.as_ref().map(|_| {
                let (from, until) = (next(at), next(at));
                (from.min(until), until)
            });
            earlier = at;
            end = end.max(show.map_or(at, |(_, until)| until.max(at)));
            let answer = beat.question.as_ref().zip(show).and_then(|(question, (_, until))| {
                let mut world = start.clone();
                world.advance(until, &mut StepLog::default());
                question.answer(&world)
            });
            beats.push(BeatTimes { at, show, answer });
        }
        Timetable { beats, end }
    }
}

/// When each of these moments is in `run`, whose world at time zero is `start`; `None` for one whose event does not come.
pub(super) fn instants(moments: &[&Moment], run: &Run, start: &World) -> Vec<Option<Instant>> {
    let mut found: Vec<Option<Instant>> = moments.iter().map(|moment| if let Moment::At(at) = moment { Some(*at) } else { None }).collect();
    if found.iter().all(Option::is_some) {
        return found;
    }
    let fixed = found.iter().flatten().copied().max().unwrap_or(Instant::START);
    let last = run.commands.last().map_or(fixed, |command| fixed.max(command.at));
    let until = (last + WAITED_FOR).min(run.horizon);
    let mut log = StepLog { listening: true, steps: Vec::new() };
    let mut world = start.clone();
    while world.next_due().is_some_and(|at| at <= until) {
        world.advance_one(&mut log);
        for step in log.steps.drain(..) {
            for (moment, instant) in moments.iter().zip(&mut found) {
                // Of a burst the last one counts: it overwrites those before it.
                if let Moment::After { plus, .. } = moment
                    && moment.counts_from(&world, &step)
                {
                    *instant = Some((step.at + *plus).min(run.horizon));
                }
            }
        }
    }
    found
}

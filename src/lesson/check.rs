//! Whether what a lesson says is so.

use super::condition::{get_shows, holds, list_shows};
use super::timetable::instants;
use super::{Claim, Condition, Lesson, Moment, Placement};
use crate::cluster::place::StoreKind;
use crate::cluster::{StepLog, World};
use crate::recording::Run;
use crate::time::Instant;
use std::fmt;

/// Something that a lesson says and that is not so in a run of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The field that says it, such as `placements[2]`.
    pub field: String,
    /// When it was tried; `None` if its moment never comes.
    pub at: Option<Instant>,
    pub what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some(at) => write!(out, "{}: at {}.{:03} ms {}", self.field, at.micros() / 1_000, at.micros() % 1_000, self.what),
            None => write!(out, "{}: {}", self.field, self.what),
        }
    }
}

/// Something to try on the world at a moment.
struct Trial<'a> {
    field: String,
    at: &'a Moment,
    kind: Kind<'a>,
}

enum Kind<'a> {
    Holds(&'a Condition),
    Placement(&'a Placement),
    /// Exactly one option of the question holds, and it says why.
    Question(&'a super::Question),
}

impl Lesson {
    /// The worlds that the lesson speaks about: its own, and each that a placement or a claim names.
    pub fn worlds(&self) -> Vec<Option<StoreKind>> {
        let mut worlds = vec![self.store()];
        let named = self.placements.iter().map(|placement| placement.world).chain(self.claims.iter().map(|claim| claim.world));
        for store in named.flatten().map(Some) {
            if !worlds.contains(&store) {
                worlds.push(store);
            }
        }
        worlds
    }

    /// Plays the lesson with all processes bound to `store`, or with its own bindings, and `seed` instead of its own seed; tries every
    /// placement, claim, question and text that speaks about that world.
    pub fn check(&self, store: Option<StoreKind>, seed: u64) -> Vec<Violation> {
        let run = Run { seed, ..self.run(store) };
        let mut world = run.world();
        let store = store.or(self.store());
        let trials = self.trials(store);
        let moments: Vec<&Moment> = trials.iter().map(|trial| trial.at).collect();
        let mut dated: Vec<(Option<Instant>, &Trial<'_>)> = instants(&moments, &run, &world).into_iter().zip(&trials).collect();
        crate::order::sort_by_key(&mut dated, |(at, _)| (u64::from(at.is_some()), at.map_or(0, Instant::micros)));
        let mut found = self.disorder(&run, &world);
        for (at, trial) in dated {
            let Some(at) = at else {
                found.push(Violation { field: trial.field.clone(), at, what: "its moment never comes".to_owned() });
                continue;
            };
            world.advance(at, &mut StepLog::default());
            if let Some(what) = trial.fails(&world) {
                found.push(Violation { field: trial.field.clone(), at: Some(at), what });
            }
        }
        found
    }

    /// What there is to try in the world of `store`.
    fn trials(&self, store: Option<StoreKind>) -> Vec<Trial<'_>> {
        let mut trials: Vec<Trial<'_>> = Vec::new();
        let condition = |field: String, at, holds| Trial { field, at, kind: Kind::Holds(holds) };
        if let (Some(holds), Some(first)) = (&self.summary(store).holds, self.beats.first()) {
            trials.push(condition("summary.holds".to_owned(), &first.at, holds));
        }
        for (place, beat) in self.beats.iter().enumerate() {
            if let Some(holds) = &self.telling(beat, store).holds {
                trials.push(condition(format!("beats[{place}].holds"), &beat.at, holds));
            }
            if let Some(question) = &beat.question {
                let field = format!("beats[{place}].question");
                trials.push(Trial { field, at: &question.show_until, kind: Kind::Question(question) });
            }
        }
        for (place, placement) in self.placements.iter().enumerate() {
            if placement.world.or(self.store()) == store {
                trials.push(Trial { field: format!("placements[{place}]"), at: &placement.at, kind: Kind::Placement(placement) });
            }
        }
        for (place, Claim { world, at, holds }) in self.claims.iter().enumerate() {
            if world.or(self.store()) == store {
                trials.push(condition(format!("claims[{place}]"), at, holds));
            }
        }
        trials
    }

    /// Beats whose moments are not in the order of the file.
    fn disorder(&self, run: &Run, start: &World) -> Vec<Violation> {
        let moments: Vec<&Moment> = self.beats.iter().map(|beat| &beat.at).collect();
        let instants = instants(&moments, run, start);
        let pairs = instants.iter().zip(instants.iter().skip(1)).zip(1..);
        let late = pairs.filter(|((earlier, later), _)| matches!((earlier, later), (Some(earlier), Some(later)) if later < earlier));
        late.map(|((_, at), place)| Violation {
            field: format!("beats[{place}].at"),
            at: *at,
            what: "it comes before the beat before it".to_owned(),
        })
        .collect()
    }
}

impl Trial<'_> {
    /// Why it does not hold, if it does not.
    fn fails(&self, world: &World) -> Option<String> {
        match self.kind {
            Kind::Holds(condition) => (!condition.holds(world)).then(|| format!("this does not hold: {condition:?}")),
            Kind::Placement(placement) => placement.fails(world),
            Kind::Question(question) => {
                let holding: Vec<usize> = (0..).zip(&question.options).filter(|(_, it)| it.holds.holds(world)).map(|(n, _)| n).collect();
                match holding.as_slice() {
                    [only] => {
                        let explained = question.options.get(*only).is_some_and(|option| option.because.is_some());
                        (!explained).then(|| format!("options[{only}] holds and has no “because”"))
                    }
                    _ => Some(format!("the options that hold are {holding:?}, but it must be exactly one")),
                }
            }
        }
    }
}

impl Placement {
    fn fails(&self, world: &World) -> Option<String> {
        for labelled in &self.records {
            for (namespace, id) in labelled.ids(world) {
                let failed = |what: String| Some(format!("the record of “{}” {what}", labelled.label));
                for store in StoreKind::ALL {
                    let (is, should) = (holds(world, store, namespace, id), self.held_by == Some(store));
                    if is != should {
                        return failed(format!("is {}in {}", if is { "" } else { "not " }, store.code()));
                    }
                }
                let shown = [("get", self.get, get_shows(world, namespace, id)), ("list", self.list, list_shows(world, namespace, id))];
                for (read, should, is) in shown {
                    if should.is_some_and(|should| should != is) {
                        return failed(format!("is {}shown by {read}", if is { "" } else { "not " }));
                    }
                }
            }
        }
        None
    }
}

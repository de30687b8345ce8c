//! Which steps a list shows: a filter over a run, and the window of it around an instant.

use crate::cluster::place::ActivationIx;
use crate::cluster::step::{Rank, Step};
use crate::recording::Tape;
use crate::time::Instant;

/// Rows that a list has at most.
pub const ROWS_MAX: usize = 200;
/// A window moves on by this many rows at a time, so that it does not move at every step.
const STRIDE: usize = 50;

/// Which steps of a run to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The least rank that is listed.
    pub rank: Rank,
    /// Of this activation alone. Housekeeping is about none, so it does not come with one.
    pub activation: Option<ActivationIx>,
}

/// The steps that a filter takes, by number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    filter: Filter,
    /// The ordinals and instants in order; for every step of the run, none are kept.
    steps: Option<Vec<(u64, Instant)>>,
    total: usize,
}

/// A stretch of a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub first: usize,
    pub end: usize,
}

/// A step with its place in its listing, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    pub place: usize,
    pub step: Step,
}

impl Listing {
    pub fn new(tape: &Tape, filter: Filter) -> Self {
        if filter.rank == Rank::Housekeeping && filter.activation.is_none() {
            return Self { filter, steps: None, total: usize::try_from(tape.step_count()).unwrap_or(usize::MAX) };
        }
        let taken = |mark: &&crate::recording::Mark| {
            mark.rank <= filter.rank && filter.activation.is_none_or(|activation| mark.activation == Some(activation))
        };
        let steps: Vec<(u64, Instant)> = tape.marks().iter().filter(taken).map(|mark| (mark.ordinal, mark.at)).collect();
        Self { filter, total: steps.len(), steps: Some(steps) }
    }

    pub fn total(&self) -> usize {
        self.total
    }

    /// How many of its steps are past at `instant`. `happened` is how many steps of the run are, filtered or not.
    pub fn past(&self, instant: Instant, happened: u64) -> usize {
        match &self.steps {
            Some(steps) => steps.partition_point(|(_, at)| *at <= instant),
            None => usize::try_from(happened).unwrap_or(usize::MAX).min(self.total),
        }
    }

    /// The window that `past` steps are followed with, and no step from number `limit` on.
    pub fn window(&self, past: usize, limit: usize) -> Window {
        let first = (past / STRIDE * STRIDE).saturating_sub(2 * STRIDE);
        self.window_from(first, limit)
    }

    /// The window that begins at a step.
    pub fn window_from(&self, first: usize, limit: usize) -> Window {
        let limit = limit.min(self.total);
        Window { first: first.min(limit), end: first.saturating_add(ROWS_MAX).min(limit) }
    }

    /// The steps of a window, derived again.
    pub fn rows(&self, tape: &Tape, window: Window) -> Vec<Row> {
        let count = window.end.saturating_sub(window.first);
        let first = match &self.steps {
            None => window.first as u64,
            Some(steps) => match steps.get(window.first) {
                Some((ordinal, _)) => *ordinal,
                None => return Vec::new(),
            },
        };
        let Filter { rank, activation } = self.filter;
        let is_all = self.steps.is_none();
        let steps = tape.steps_from(first, count, |world, step| {
            is_all || (Tape::rank(world, step) <= rank.min(Rank::Detail) && activation.is_none_or(|ix| step.activation == Some(ix)))
        });
        (window.first..).zip(steps).map(|(place, step)| Row { place, step }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::{Act, Command, Configuration, Wait};
    use crate::recording::Run;

    fn tape() -> Tape {
        let invoke = Act::Invoke {
            namespace: "guest".into(),
            action: "hello".into(),
            wait: Wait::Blocking,
            count: 30,
            gap_us: 50_000,
            extra_logging: false,
            timeout_ms: None,
        };
        let command = Command::new(Instant::from_millis(8_000), "guest", invoke, &[]);
        let mut run = Run::new(Configuration::default(), 7, vec![command]);
        run.horizon = Instant::from_millis(60_000);
        Tape::new(run).unwrap()
    }

    #[test]
    fn windows_put_together_are_the_whole_list() {
        let tape = tape();
        for rank in [Rank::Story, Rank::Detail, Rank::Housekeeping] {
            let activation = tape.marks().iter().find_map(|mark| mark.activation);
            for activation in [None, activation] {
                let listing = Listing::new(&tape, Filter { rank, activation });
                let mut listed = Vec::new();
                while listed.len() < listing.total() {
                    let window = listing.window_from(listed.len(), listing.total());
                    let rows = listing.rows(&tape, window);
                    assert!(rows.len() <= ROWS_MAX && !rows.is_empty(), "{rank:?} {window:?}");
                    assert_eq!(rows[0].place, listed.len());
                    listed.extend(rows.into_iter().map(|row| row.step));
                }
                assert!(listed.is_sorted_by_key(|step| step.ordinal));
                assert!(listed.iter().all(|step| activation.is_none() || step.activation == activation));
            }
        }
    }

    #[test]
    fn a_window_holds_the_newest_steps_and_moves_in_strides() {
        let tape = tape();
        let listing = Listing::new(&tape, Filter { rank: Rank::Story, activation: None });
        for past in 0..listing.total() {
            let window = listing.window(past, listing.total());
            assert!(
                window.first <= past && past.saturating_sub(1) < window.end && window.first.is_multiple_of(STRIDE),
                "{past} {window:?}"
            );
        }
        let past = listing.past(Instant::from_millis(8_500), 0);
        assert!(past > 0 && past < listing.total());
        assert_eq!(listing.window(past, past).end, past);
    }
}

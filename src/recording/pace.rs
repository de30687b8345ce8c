//! Two paces: *story*, in which every message can be seen, and *clock*, which is real time scaled.
//!
//! Story pace is a pure, monotone, invertible mapping from screen time to simulated time, derived from the run's steps alone.

use crate::time::{Instant, Span};
use serde::{Deserialize, Serialize};

/// Which pace the page plays at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    Story,
    Clock,
}

/// A message stays on its link at least this long at 1×, in microseconds of screen time, while few are under way.
const FLIGHT_US: u64 = 400_000;
/// A wait lasts at most this long.
const WAIT_US_MAX: u64 = 1_000_000;
/// From this many tokens in flight on the least stay shrinks in proportion.
const CROWD: u64 = 6;

/// A corner of the mapping: at this instant so much story time has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Corner {
    instant_us: u64,
    story_us: u64,
}

/// The mapping of one run: a broken line that never falls and never stands still.
#[derive(Clone, Debug)]
pub struct PaceMap {
    corners: Vec<Corner>,
}

impl PaceMap {
    /// Builds the mapping from the flights that belong to the story (departure and arrival, in microseconds), from the instants that must
    /// not be skipped over within one wait, and from the horizon.
    pub fn new(flights: &[(u64, u64)], instants: &[u64], horizon: Instant) -> Self {
        // Each departure and arrival changes how many are under way; between two changes the pace is constant.
        let mut changes: Vec<(u64, i32, u64)> = Vec::with_capacity(flights.len() * 2 + instants.len() + 2);
        for &(from, to) in flights {
            let to = to.max(from + 1);
            changes.push((from, 1, to - from));
            changes.push((to, -1, to - from));
        }
        changes.extend(instants.iter().map(|at| (*at, 0, 0)));
        changes.push((horizon.micros(), 0, 0));
        changes.sort_unstable();

        // The shortest flight under way asks for the slowest pace. Lengths under way, with how many of each.
        let mut under_way: std::collections::BTreeMap<u64, u32> = std::collections::BTreeMap::new();
        let mut count = 0_u64;
        let mut corners = vec![Corner { instant_us: 0, story_us: 0 }];
        let (mut at, mut story) = (0_u64, 0_u64);
        for (instant, change, length) in changes {
            let instant = instant.min(horizon.micros());
            if instant > at {
                let span = instant - at;
                let stretch = match under_way.first_key_value() {
                    Some((shortest, _)) => {
                        let stay = FLIGHT_US * CROWD / count.max(CROWD);
                        // Rounded up, so that pieces of one flight add up to no less than its stay.
                        span.saturating_mul(stay).div_ceil(*shortest).max(span.min(WAIT_US_MAX))
                    }
                    None => span.min(WAIT_US_MAX),
                };
                story += stretch.max(1);
                at = instant;
                corners.push(Corner { instant_us: at, story_us: story });
            }
            match change {
                1 => {
                    *under_way.entry(length).or_insert(0) += 1;
                    count += 1;
                }
                -1 => {
                    count = count.saturating_sub(1);
                    if let Some(number) = under_way.get_mut(&length) {
                        *number -= 1;
                        if *number == 0 {
                            under_way.remove(&length);
                        }
                    }
                }
                _ => {}
            }
        }
        Self { corners }
    }

    /// How much story time has passed at an instant, in microseconds of screen time at 1×.
    pub fn story_at(&self, instant: Instant) -> u64 {
        let us = instant.micros();
        let place = self.corners.partition_point(|corner| corner.instant_us <= us);
        match (place.checked_sub(1).and_then(|before| self.corners.get(before)), self.corners.get(place)) {
            (Some(before), Some(after)) => {
                let (span, rise) = (after.instant_us - before.instant_us, after.story_us - before.story_us);
                before.story_us + scaled(us - before.instant_us, rise, span)
            }
            (Some(last), None) => last.story_us,
            (None, _) => 0,
        }
    }

    /// The instant at which so much story time has passed.
    pub fn instant_at(&self, story_us: u64) -> Instant {
        let place = self.corners.partition_point(|corner| corner.story_us <= story_us);
        let us = match (place.checked_sub(1).and_then(|before| self.corners.get(before)), self.corners.get(place)) {
            (Some(before), Some(after)) => {
                let (span, rise) = (after.instant_us - before.instant_us, after.story_us - before.story_us);
                before.instant_us + scaled_up(story_us - before.story_us, span, rise)
            }
            (Some(last), None) => last.instant_us,
            (None, _) => 0,
        };
        Instant::from_micros(us)
    }

    /// How long the wait really is that an instant lies within, where story time passes over it faster than the clock.
    pub fn wait_at(&self, instant: Instant) -> Option<Span> {
        let us = instant.micros();
        let place = self.corners.partition_point(|corner| corner.instant_us <= us);
        let (before, after) = (self.corners.get(place.checked_sub(1)?)?, self.corners.get(place)?);
        let (span, rise) = (after.instant_us - before.instant_us, after.story_us - before.story_us);
        (before.instant_us < us && rise < span).then(|| Span::from_micros(span))
    }

    /// The story time at the horizon.
    pub fn story_end(&self) -> u64 {
        self.corners.last().map_or(0, |corner| corner.story_us)
    }
}

/// `part × numerator / denominator` without overflow; 0 for a denominator of 0.
fn scaled(part: u64, numerator: u64, denominator: u64) -> u64 {
    let value = u128::from(part) * u128::from(numerator) / u128::from(denominator.max(1));
    u64::try_from(value).unwrap_or(u64::MAX)
}

/// The same, rounded up: so that the way to an instant and back ends where it began.
fn scaled_up(part: u64, numerator: u64, denominator: u64) -> u64 {
    let value = (u128::from(part) * u128::from(numerator)).div_ceil(u128::from(denominator.max(1)));
    u64::try_from(value).unwrap_or(u64::MAX)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_message_stays_on_its_link_and_a_wait_is_cut_short() {
        let map = PaceMap::new(&[(1_000, 4_000)], &[2_000], Instant::from_micros(60_000_000));
        let stay = map.story_at(Instant::from_micros(4_000)) - map.story_at(Instant::from_micros(1_000));
        assert!(stay >= FLIGHT_US, "{stay}");
        assert!(map.story_end() - map.story_at(Instant::from_micros(4_000)) <= WAIT_US_MAX);
    }

    #[test]
    fn a_wait_that_is_cut_short_says_how_long_it_is() {
        let map = PaceMap::new(&[(1_000, 4_000)], &[500_000], Instant::from_micros(60_500_000));
        let wait = |us| map.wait_at(Instant::from_micros(us));
        assert_eq!(wait(2_000), None, "a message is on its link");
        assert_eq!(wait(300_000), None, "a wait of less than a second takes its own time");
        assert_eq!(wait(500_000), None, "it has not begun");
        assert_eq!(wait(500_001), Some(Span::from_micros(60_000_000)));
        assert_eq!(wait(60_500_000), None, "it is over");
    }

    proptest! {
        #[test]
        fn the_mapping_rises_and_is_its_own_inverse(
            flights in prop::collection::vec((0_u64..2_000_000, 1_u64..10_000), 0..60),
            instants in prop::collection::vec(0_u64..3_000_000, 0..20),
            probes in prop::collection::vec(0_u64..3_000_000, 1..20),
        ) {
            let flights: Vec<(u64, u64)> = flights.into_iter().map(|(from, length)| (from, from + length)).collect();
            let map = PaceMap::new(&flights, &instants, Instant::from_micros(3_000_000));
            let mut probes = probes;
            probes.sort_unstable();
            let stories: Vec<u64> = probes.iter().map(|at| map.story_at(Instant::from_micros(*at))).collect();
            prop_assert!(stories.is_sorted());
            for (probe, story) in probes.iter().zip(&stories) {
                let back = map.instant_at(*story).micros();
                // Where story time is coarser than simulated time, several instants share a story time: the way back leads to one of them.
                prop_assert_eq!(map.story_at(Instant::from_micros(back)), *story, "{} {}", probe, back);
            }
            for (from, to) in &flights {
                let stay = map.story_at(Instant::from_micros(*to)) - map.story_at(Instant::from_micros(*from));
                prop_assert!(stay + 2 >= FLIGHT_US * CROWD / (flights.len() as u64).max(CROWD), "{stay}");
            }
        }
    }
}

//! Two paces: *story*, in which every message can be seen, and *clock*, which is real time scaled.
//!
//! Story pace is a pure, monotone, invertible mapping from screen time to simulated time, derived from the run's steps and the beats of the
//! lesson that it is run along.

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
/// A wait without a beat in it lasts at most this long, and so does each part that beats divide a wait into, unless reading takes longer.
const WAIT_US_MAX: u64 = 1_000_000;
/// A beat stays at least this long at 1× before the next one takes its place, or the run ends.
///
/// This is a model of reading: half a second to notice that there is something new, and ten words at four words a second, the pace of
/// silent reading. That is a title and where the text is going; who wants all of it pauses.
pub const READING_US: u64 = 3_000_000;
/// From this many tokens in flight on the least stay shrinks in proportion.
const CROWD: u64 = 6;

/// A corner of the mapping: at this instant so much story time has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Corner {
    instant_us: u64,
    story_us: u64,
    /// Nothing happens here: a beat alone made the corner, and a wait that it lies in goes on.
    is_only_beat: bool,
}

/// What is at an instant that the pace may change at. Those of one instant are taken in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Beat,
    Horizon,
    Step,
    /// Of a message that is under way for so long.
    Departure(u64),
    Arrival(u64),
}

impl Change {
    const fn turn(self) -> u64 {
        match self {
            Self::Beat => 0,
            Self::Horizon => 1,
            Self::Step => 2,
            Self::Departure(_) => 3,
            Self::Arrival(_) => 4,
        }
    }
}

/// The messages under way.
#[derive(Default)]
struct UnderWay {
    /// How long each is, the shortest last.
    lengths: Vec<u64>,
}

impl UnderWay {
    fn take(&mut self, change: Change) {
        match change {
            Change::Departure(length) => self.lengths.insert(self.place_of(length), length),
            Change::Arrival(length) => {
                let place = self.place_of(length);
                if self.lengths.get(place) == Some(&length) {
                    self.lengths.remove(place);
                }
            }
            Change::Beat | Change::Horizon | Change::Step => {}
        }
    }

    /// Of the first that is no longer than this.
    fn place_of(&self, length: u64) -> usize {
        self.lengths.partition_point(|other| *other > length)
    }

    /// How much story time a span takes in which these are under way and nothing changes: the shortest of them asks for the slowest pace.
    fn story_us(&self, span_us: u64) -> u64 {
        let waited = span_us.min(WAIT_US_MAX);
        let Some(shortest) = self.lengths.last() else { return waited };
        let stay = FLIGHT_US * CROWD / (self.lengths.len() as u64).max(CROWD);
        // Rounded up, so that pieces of one flight add up to no less than its stay.
        span_us.saturating_mul(stay).div_ceil(*shortest).max(waited)
    }
}

/// The mapping of one run: a broken line that never falls and never stands still.
#[derive(Clone, Debug)]
pub struct PaceMap {
    corners: Vec<Corner>,
}

impl PaceMap {
    /// Builds the mapping from the flights that belong to the story (departure and arrival, in microseconds), from the instants of its
    /// steps, which must not be skipped over within one wait, from the instants of the beats, which must be read, and from the horizon.
    pub fn new(flights: &[(u64, u64)], steps: &[u64], beats: &[u64], horizon: Instant) -> Self {
        let horizon_us = horizon.micros();
        // Each departure and arrival changes how many are under way; between two changes the pace is constant.
        let mut changes: Vec<(u64, Change)> = Vec::with_capacity(flights.len() * 2 + steps.len() + beats.len() + 1);
        for &(from, to) in flights {
            let to = to.max(from + 1);
            changes.push((from.min(horizon_us), Change::Departure(to - from)));
            changes.push((to.min(horizon_us), Change::Arrival(to - from)));
        }
        changes.extend(steps.iter().map(|at| ((*at).min(horizon_us), Change::Step)));
        changes.extend(beats.iter().filter(|at| **at <= horizon_us).map(|at| (*at, Change::Beat)));
        changes.push((horizon_us, Change::Horizon));
        crate::order::sort_by_key(&mut changes, |(at, change)| (*at, change.turn()));

        let mut under_way = UnderWay::default();
        let mut last = Corner { instant_us: 0, story_us: 0, is_only_beat: false };
        let mut corners = Vec::with_capacity(changes.len() + 1);
        let mut last_beat_us = None;
        for (instant_us, change) in changes {
            if instant_us > last.instant_us {
                corners.push(last);
                let mut story_us = last.story_us + under_way.story_us(instant_us - last.instant_us).max(1);
                // What is missing for reading is added to the stretch that leads to the next beat: flights and waits before it keep theirs.
                if let (Change::Beat | Change::Horizon, Some(beat_us)) = (change, last_beat_us) {
                    story_us = story_us.max(beat_us + READING_US);
                }
                last = Corner { instant_us, story_us, is_only_beat: true };
            }
            match change {
                Change::Beat => last_beat_us = Some(last.story_us),
                _ => last.is_only_beat = false,
            }
            under_way.take(change);
        }
        corners.push(last);
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

    /// How long the wait really is that an instant lies within, where story time passes over it faster than the clock. Beats within it do not
    /// end it.
    pub fn wait_at(&self, instant: Instant) -> Option<Span> {
        let us = instant.micros();
        let place = self.corners.partition_point(|corner| corner.instant_us <= us);
        let (earlier, later) = self.corners.split_at_checked(place)?;
        let (before, after) = (earlier.last()?, later.first()?);
        let (span, rise) = (after.instant_us - before.instant_us, after.story_us - before.story_us);
        let begins = earlier.iter().rfind(|corner| !corner.is_only_beat)?;
        let ends = later.iter().find(|corner| !corner.is_only_beat)?;
        (begins.instant_us < us && rise < span).then(|| Span::from_micros(ends.instant_us - begins.instant_us))
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

    fn at(us: u64) -> Instant {
        Instant::from_micros(us)
    }

    #[test]
    fn a_message_stays_on_its_link_and_a_wait_is_cut_short() {
        let map = PaceMap::new(&[(1_000, 4_000)], &[2_000], &[], at(60_000_000));
        let stay = map.story_at(at(4_000)) - map.story_at(at(1_000));
        assert!(stay >= FLIGHT_US, "{stay}");
        assert!(map.story_end() - map.story_at(at(4_000)) <= WAIT_US_MAX);
    }

    #[test]
    fn a_wait_that_is_cut_short_says_how_long_it_is() {
        let map = PaceMap::new(&[(1_000, 4_000)], &[500_000], &[], at(60_500_000));
        let wait = |us| map.wait_at(at(us));
        assert_eq!(wait(2_000), None, "a message is on its link");
        assert_eq!(wait(300_000), None, "a wait of less than a second takes its own time");
        assert_eq!(wait(500_000), None, "it has not begun");
        assert_eq!(wait(500_001), Some(Span::from_micros(60_000_000)));
        assert_eq!(wait(60_500_000), None, "it is over");
    }

    #[test]
    fn beats_within_one_wait_are_there_long_enough_to_be_read() {
        let (first, second) = (20_000_000, 21_000_000);
        let map = PaceMap::new(&[(1_000, 4_000)], &[500_000], &[first, second], at(60_500_000));
        let story = |us| map.story_at(at(us));
        assert_eq!(story(first) - story(500_000), WAIT_US_MAX, "nothing is read before the first beat");
        assert_eq!(story(second) - story(first), READING_US);
        assert_eq!(story(60_500_000) - story(second), READING_US, "the end of the run is as much of an end to reading");
        let wait = |us| map.wait_at(at(us));
        let whole = Some(Span::from_micros(60_000_000));
        assert_eq!((wait(10_000_000), wait(40_000_000)), (whole, whole), "beats do not end a wait");
        assert_eq!(wait(20_500_000), None, "a second that takes three is not cut short");
    }

    #[test]
    fn beats_that_steps_lie_between_are_there_long_enough_too() {
        let map = PaceMap::new(&[(2_000_000, 2_001_000)], &[2_000_000], &[1_000_000, 2_500_000], at(60_000_000));
        let story = |us| map.story_at(at(us));
        assert_eq!(story(2_500_000) - story(1_000_000), READING_US);
        assert_eq!(story(2_000_000) - story(1_000_000), WAIT_US_MAX, "only the way to the next beat takes longer");
        assert_eq!(story(2_001_000) - story(2_000_000), FLIGHT_US);
    }

    proptest! {
        #[test]
        fn the_mapping_rises_and_is_its_own_inverse(
            flights in prop::collection::vec((0_u64..2_000_000, 1_u64..10_000), 0..60),
            steps in prop::collection::vec(0_u64..3_000_000, 0..20),
            beats in prop::collection::btree_set(0_u64..3_000_000, 0..6),
            probes in prop::collection::vec(0_u64..3_000_000, 1..20),
        ) {
            let flights: Vec<(u64, u64)> = flights.into_iter().map(|(from, length)| (from, from + length)).collect();
            let beats: Vec<u64> = beats.into_iter().collect();
            let map = PaceMap::new(&flights, &steps, &beats, at(3_000_000));
            let mut probes = probes;
            probes.extend(&beats);
            probes.sort_unstable();
            let stories: Vec<u64> = probes.iter().map(|us| map.story_at(at(*us))).collect();
            prop_assert!(stories.is_sorted());
            for (probe, story) in probes.iter().zip(&stories) {
                let back = map.instant_at(*story).micros();
                // Where story time is coarser than simulated time, several instants share a story time: the way back leads to one of them.
                prop_assert_eq!(map.story_at(at(back)), *story, "{} {}", probe, back);
            }
            for (from, to) in &flights {
                let stay = map.story_at(at(*to)) - map.story_at(at(*from));
                prop_assert!(stay + 2 >= FLIGHT_US * CROWD / (flights.len() as u64).max(CROWD), "{stay}");
            }
            for pair in beats.windows(2) {
                prop_assert!(map.story_at(at(pair[1])) - map.story_at(at(pair[0])) >= READING_US, "{pair:?}");
            }
        }

        /// Each part of a wait that says how long it is says the same. All parts together take a second, and a reading for each beat.
        #[test]
        fn a_wait_is_told_as_a_whole(beats in prop::collection::btree_set(2_000_000_u64..90_000_000, 0..6), probe in 1_000_001_u64..100_000_000) {
            let beats: Vec<u64> = beats.into_iter().collect();
            let map = PaceMap::new(&[], &[1_000_000, 100_000_000], &beats, at(101_000_000));
            let told = map.wait_at(at(probe));
            prop_assert!(told.is_none_or(|span| span == Span::from_micros(99_000_000)), "{told:?}");
            prop_assert!(told.is_some() || beats.len() > 1);
            let (begin, end) = (map.story_at(at(1_000_000)), map.story_at(at(100_000_000)));
            prop_assert!(end - begin <= WAIT_US_MAX + READING_US * beats.len() as u64);
        }
    }
}

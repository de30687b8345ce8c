//! The sharding load balancer of one controller (`ShardingContainerPoolBalancer.scala`).

use super::place::InvokerId;
use serde::Serialize;

/// Java's `String.hashCode`, over UTF-16 code units.
pub fn java_hash(text: &str) -> i32 {
    text.encode_utf16().fold(0_i32, |hash, unit| hash.wrapping_mul(31).wrapping_add(i32::from(unit)))
}

/// The hash that places an action (`ShardingContainerPoolBalancer.scala:370-373`): `action` is its fully qualified name.
///
/// Scala's `abs` leaves the least integer negative; the model takes it as 0, so that no text can break it.
pub fn placement_hash(namespace: &str, action: &str) -> u32 {
    let hash = java_hash(namespace) ^ java_hash(action);
    hash.checked_abs().map_or(0, i32::unsigned_abs)
}

/// The numbers up to `count` that are coprime to it and to each other (`ShardingContainerPoolBalancer.scala:379-384`).
pub fn pairwise_coprime_numbers_until(count: u32) -> Vec<u32> {
    let mut found: Vec<u32> = Vec::new();
    for candidate in 1..=count {
        if gcd(candidate, count) == 1 && found.iter().all(|number| gcd(*number, candidate) == 1) {
            found.push(candidate);
        }
    }
    found
}

const fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Where the search for an invoker begins and how it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Route {
    pub hash: u32,
    pub home: u32,
    pub step: u32,
}

impl Route {
    /// `None` if there is no invoker at all.
    pub fn new(hash: u32, invokers: u32, steps: &[u32]) -> Option<Self> {
        let home = hash.checked_rem(invokers)?;
        let place = hash.checked_rem(u32::try_from(steps.len()).ok()?)?;
        steps.get(place as usize).map(|step| Self { hash, home, step: *step })
    }

    /// The invokers in the order of the search.
    pub fn order(self, invokers: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(self.home), move |at| (at + self.step).checked_rem(invokers)).take(invokers as usize)
    }
}

/// A controller's share of the invokers' memory, and who holds how much of it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Slots {
    /// In MB; negative where an invoker was overcommitted.
    free_mb: Vec<i64>,
    share_mb: i64,
    /// Step sizes for the invokers that actions of managed runtimes use.
    steps: Vec<u32>,
    managed: u32,
}

/// The invoker that a search ended at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chosen {
    pub invoker: InvokerId,
    pub route: Route,
    /// How many invokers the search looked at.
    pub looked_at: u32,
    /// Every usable invoker was full: this one was picked at random and overcommitted.
    pub forced: bool,
}

impl Slots {
    /// `userMemory / controllers` an invoker, and at least the memory of the smallest action (`ShardingContainerPoolBalancer.scala:474-488`).
    pub fn new(user_memory_mb: u32, controllers: u8) -> Self {
        let share = i64::from(user_memory_mb) / i64::from(controllers.max(1));
        Self { share_mb: share.max(128), ..Self::default() }
    }

    /// As many invokers are known now: all up to the highest number that ever sent a ping.
    ///
    /// `managed_percent` of them, rounded up, serve managed runtimes (`ShardingContainerPoolBalancer.scala:515-523`).
    pub fn know_invokers(&mut self, count: u32, managed_percent: u8) {
        let managed = (count * u32::from(managed_percent)).div_ceil(100).max(1).min(count);
        self.free_mb.resize(count as usize, self.share_mb);
        if managed != self.managed {
            self.managed = managed;
            self.steps = pairwise_coprime_numbers_until(managed);
        }
    }

    pub fn share_mb(&self) -> i64 {
        self.share_mb
    }

    pub fn free_mb(&self, invoker: InvokerId) -> Option<i64> {
        self.free_mb.get(usize::from(invoker.0)).copied()
    }

    /// Finds an invoker with `memory_mb` free, from the home invoker on by steps (`ShardingContainerPoolBalancer.scala:399-436`).
    ///
    /// If all usable ones are full, `pick` chooses among them (given their count) and the choice is overcommitted. `None` if none is usable.
    pub fn schedule(
        &mut self,
        hash: u32,
        memory_mb: u32,
        usable: impl Fn(InvokerId) -> bool,
        pick: impl FnOnce(u64) -> u64,
    ) -> Option<Chosen> {
        let route = Route::new(hash, self.managed, &self.steps)?;
        let memory = i64::from(memory_mb);
        let mut looked_at = 0;
        for number in route.order(self.managed) {
            looked_at += 1;
            let invoker = InvokerId(u8::try_from(number).ok()?);
            if usable(invoker)
                && let Some(free) = self.free_mb.get_mut(number as usize)
                && *free >= memory
            {
                *free -= memory;
                return Some(Chosen { invoker, route, looked_at, forced: false });
            }
        }
        let candidates: Vec<InvokerId> =
            (0..self.managed).filter_map(|number| u8::try_from(number).ok()).map(InvokerId).filter(|id| usable(*id)).collect();
        let place = if candidates.is_empty() { return None } else { pick(candidates.len() as u64) };
        let invoker = *candidates.get(usize::try_from(place).ok()?)?;
        *self.free_mb.get_mut(usize::from(invoker.0))? -= memory;
        // The search begins anew at home before it gives up: two looks more (`ShardingContainerPoolBalancer.scala:417`).
        Some(Chosen { invoker, route, looked_at: looked_at + 2, forced: true })
    }

    pub fn release(&mut self, invoker: InvokerId, memory_mb: u32) {
        if let Some(free) = self.free_mb.get_mut(usize::from(invoker.0)) {
            *free += i64::from(memory_mb);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sources_own_example() {
        // `ShardingContainerPoolBalancer.scala:69-76`: hash 13, 10 invokers.
        let steps = pairwise_coprime_numbers_until(10);
        assert_eq!(steps, [1, 3, 7]);
        let route = Route::new(13, 10, &steps).unwrap();
        assert_eq!((route.home, route.step), (3, 3));
        assert_eq!(route.order(10).collect::<Vec<_>>(), [3, 6, 9, 2, 5, 8, 1, 4, 7, 0]);
    }

    #[test]
    fn hashes_are_javas() {
        // "guest".hashCode and "guest/hello".hashCode as Java computes them.
        assert_eq!(java_hash(""), 0);
        assert_eq!(java_hash("hello"), 99_162_322);
        assert_eq!(java_hash("guest"), 98_708_952);
        assert_eq!(java_hash("guest/hello"), 86_723_035);
        assert_eq!(placement_hash("guest", "guest/hello"), (98_708_952_i32 ^ 86_723_035).unsigned_abs());
        // Surrogate pairs count as two units, as in Java.
        assert_eq!(java_hash("\u{1F600}"), 0xd83d_i32 * 31 + 0xde00);
    }

    #[test]
    fn a_full_invoker_is_stepped_over_and_the_last_resort_is_any_usable_one() {
        let mut slots = Slots::new(512, 1);
        slots.know_invokers(3, 100);
        let usable = |invoker: InvokerId| invoker != InvokerId(2);
        let route = |chosen: Option<Chosen>| chosen.map(|chosen| (chosen.invoker.0, chosen.forced));
        assert_eq!(route(slots.schedule(0, 256, usable, |_| 0)), Some((0, false)));
        assert_eq!(route(slots.schedule(0, 256, usable, |_| 0)), Some((0, false)));
        assert_eq!(route(slots.schedule(0, 512, usable, |_| 0)), Some((1, false)));
        assert_eq!(route(slots.schedule(0, 256, usable, |count| count - 1)), Some((1, true)));
        assert_eq!(slots.free_mb(InvokerId(1)), Some(-256));
        slots.release(InvokerId(0), 256);
        assert_eq!(route(slots.schedule(0, 256, usable, |_| 0)), Some((0, false)));
        assert_eq!(route(slots.schedule(0, 256, |_| false, |_| 0)), None);
    }

    #[test]
    fn shares_and_fractions() {
        assert_eq!(Slots::new(2_048, 2).share_mb(), 1_024);
        assert_eq!(Slots::new(128, 8).share_mb(), 128);
        let mut slots = Slots::new(2_048, 1);
        slots.know_invokers(2, 90);
        assert_eq!(slots.managed, 2);
        slots.know_invokers(20, 90);
        assert_eq!(slots.managed, 18);
    }
}

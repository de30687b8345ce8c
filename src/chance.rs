//! Chance is addressed, not drawn in turn.
//!
//! A value is a function of the run's seed, the identity of what it happens to, and the purpose it serves. Nothing that is added,
//! removed or reordered elsewhere in the run can shift it, so the same invocation is as fast or as slow in either store's world.

use crate::time::Span;
use serde::{Deserialize, Serialize};

/// The seed of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Chance {
    pub seed: u64,
}

/// Whom a value belongs to: derived from names that stay, never from a position in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Identity(pub u64);

/// What a value is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Purpose {
    ActivationIdHigh = 1,
    ActivationIdLow,
    TransactionHigh,
    TransactionLow,
    ControllerChoice,
    OverloadChoice,
    RequestHop,
    AnswerHop,
    ProduceHop,
    ProduceAckHop,
    FetchHop,
    ResultAckHop,
    CompletionAckHop,
    ResultFetchHop,
    CompletionFetchHop,
    ContainerStart,
    Resume,
    Pause,
    Init,
    Run,
    LogCollection,
    WriteHop,
    WriteService,
    IndexCreation,
    WriteAnswerHop,
    QueryHop,
    QueryService,
    QueryAnswerHop,
    ViewUpdate,
    PingHop,
    PingFetchHop,
    StartDelay,
    PrewarmStart,
    PollHop,
    MadeUpSubjectHigh,
    MadeUpSubjectLow,
    RestartDelay,
}

/// The kinds of thing that have an identity besides a user's command.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Family {
    Command = 1,
    HealthTest,
    Ping,
    Prewarm,
    Place,
    Poll,
    Component,
    Rule,
}

/// The finaliser of SplitMix64: every input bit changes every output bit, the same on every platform.
const fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

impl Identity {
    const fn of(family: Family, first: u64, second: u64, third: u64) -> Self {
        Self(mix(mix(mix(mix(family as u64) ^ first) ^ second) ^ third))
    }

    /// Member `member` of the burst that command `command` sends; a single act is member 0.
    pub const fn command(command: u64, member: u32) -> Self {
        Self::of(Family::Command, command, member as u64, 0)
    }

    /// The `n`th health-test activation that `controller` sends to `invoker`.
    pub const fn health_test(controller: u8, invoker: u8, n: u32) -> Self {
        Self::of(Family::HealthTest, controller as u64, invoker as u64, n as u64)
    }

    pub const fn ping(invoker: u8, n: u32) -> Self {
        Self::of(Family::Ping, invoker as u64, n as u64, 0)
    }

    pub const fn prewarm(invoker: u8, n: u32) -> Self {
        Self::of(Family::Prewarm, invoker as u64, n as u64, 0)
    }

    /// A process of the cluster, by its kind and number.
    pub const fn place(kind: u8, number: u8) -> Self {
        Self::of(Family::Place, kind as u64, number as u64, 0)
    }

    /// The `n`th database poll in one of the two series that wait for the activation `of`.
    pub const fn poll(of: Self, series: u8, n: u32) -> Self {
        Self::of(Family::Poll, of.0, series as u64, n as u64)
    }

    /// The `n`th component that the sequence `of` invokes.
    pub const fn component(of: Self, n: u32) -> Self {
        Self::of(Family::Component, of.0, n as u64, 0)
    }

    /// The `n`th rule of the trigger whose firing is `of`.
    pub const fn rule(of: Self, n: u32) -> Self {
        Self::of(Family::Rule, of.0, n as u64, 0)
    }
}

impl Chance {
    pub const fn bits(self, identity: Identity, purpose: Purpose) -> u64 {
        mix(mix(self.seed ^ identity.0) ^ (purpose as u64).wrapping_mul(0xd6e8_feb8_6659_fd93))
    }

    /// A number below `bound`; 0 for a bound of 0.
    pub const fn below(self, identity: Identity, purpose: Purpose, bound: u64) -> u64 {
        if bound == 0 { 0 } else { self.bits(identity, purpose) % bound }
    }

    /// A span from `min` to `max`, both included.
    pub fn span(self, identity: Identity, purpose: Purpose, min: Span, max: Span) -> Span {
        let width = max.micros().saturating_sub(min.micros());
        min + Span::from_micros(self.below(identity, purpose, width.saturating_add(1)))
    }
}

/// A stable 64-bit name for some bytes (FNV-1a, then mixed): for identities that come from text.
pub fn name_of(bytes: &[u8]) -> u64 {
    let folded = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    mix(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_depends_on_seed_identity_and_purpose_alone() {
        let chance = Chance { seed: 7 };
        let first = Identity::command(1, 0);
        assert_eq!(chance.bits(first, Purpose::Run), chance.bits(first, Purpose::Run));
        assert_ne!(chance.bits(first, Purpose::Run), chance.bits(first, Purpose::Init));
        assert_ne!(chance.bits(first, Purpose::Run), chance.bits(Identity::command(1, 1), Purpose::Run));
        assert_ne!(chance.bits(first, Purpose::Run), Chance { seed: 8 }.bits(first, Purpose::Run));
    }

    #[test]
    fn spans_reach_both_ends_of_their_range() {
        let chance = Chance { seed: 1 };
        let (min, max) = (Span::from_micros(3), Span::from_micros(5));
        let mut seen = [false; 3];
        for n in 0..200 {
            let span = chance.span(Identity::ping(0, n), Purpose::PingHop, min, max);
            let place = (span.micros() - 3) as usize;
            seen[place] = true;
        }
        assert_eq!(seen, [true; 3]);
    }
}

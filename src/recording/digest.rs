//! The digest of a run: every step with all its values, and the full final state.

use super::Run;
use crate::cluster::step::Step;
use crate::cluster::{StepLog, World};
use crate::time::Instant;
use serde::Serialize;
use std::io;
use xxhash_rust::xxh64::Xxh64;

/// Hashes what is written into it.
struct Hashing(Xxh64);

impl Hashing {
    fn add(&mut self, value: &impl Serialize) -> Result<(), serde_json::Error> {
        serde_json::to_writer(self, value)
    }

    fn finish(&self) -> String {
        format!("{:016x}", self.0.digest())
    }
}

impl io::Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The digest of a run up to `until`, as 16 hexadecimal digits. It is the same on every platform: values are hashed as JSON text, where no
/// number has a width and every list has an order.
pub fn digest(run: &Run, until: Instant) -> Result<String, serde_json::Error> {
    let mut hashing = Hashing(Xxh64::new(0));
    hashing.add(run)?;
    let mut world = run.world();
    let mut log = StepLog { listening: true, steps: Vec::new() };
    while world.next_due().is_some_and(|at| at <= until) {
        world.advance_one(&mut log);
        for step in log.steps.drain(..) {
            hashing.add(&step)?;
        }
    }
    world.advance(until, &mut log);
    hashing.add(&world)?;
    Ok(hashing.finish())
}

/// The same digest from what somebody has played: the steps of `run` up to the instant of `world`, and that world. It equals [`digest`] of
/// the run at that instant if they played the run and nothing else.
pub fn digest_of(run: &Run, steps: &[Step], world: &World) -> Result<String, serde_json::Error> {
    let mut hashing = Hashing(Xxh64::new(0));
    hashing.add(run)?;
    steps.iter().try_for_each(|step| hashing.add(step))?;
    hashing.add(world)?;
    Ok(hashing.finish())
}

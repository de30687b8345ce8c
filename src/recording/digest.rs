//! The digest of a run: every step with all its values, and the full final state.

use super::Run;
use crate::cluster::StepLog;
use crate::time::Instant;
use serde::Serialize;
use std::io;
use xxhash_rust::xxh64::Xxh64;

/// Hashes what is written into it.
struct Hashing(Xxh64);

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
    let mut add = |value: &dyn erased::Json| value.write(&mut hashing);
    add(run)?;
    let mut world = run.world();
    let mut log = StepLog { listening: true, steps: Vec::new() };
    while world.next_due().is_some_and(|at| at <= until) {
        world.advance_one(&mut log);
        for step in log.steps.drain(..) {
            add(&step)?;
        }
    }
    world.advance(until, &mut log);
    add(&world)?;
    Ok(format!("{:016x}", hashing.0.digest()))
}

/// One closure for values of several types.
mod erased {
    use super::{Hashing, Serialize};

    pub trait Json {
        fn write(&self, into: &mut Hashing) -> Result<(), serde_json::Error>;
    }

    impl<T: Serialize> Json for T {
        fn write(&self, into: &mut Hashing) -> Result<(), serde_json::Error> {
            serde_json::to_writer(into, self)
        }
    }
}

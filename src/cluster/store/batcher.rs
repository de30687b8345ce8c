//! The batcher in front of a process's store: bulk writes under back-pressure, single ones without (`core/database/Batcher.scala:52-95`).

use crate::activation::Record;
use serde::Serialize;
use std::collections::VecDeque;

/// A record and the number of its activation in the run.
pub type Write = (Record, u32);

/// The records of one bulk write.
pub type Writes = Vec<Write>;

/// What one process has given to its store and not yet heard back about.
///
/// While fewer than the limit of bulk writes are under way each record leaves alone and at once: there is no linger timer. At the
/// limit they wait, and each answer lets up to a full batch of them go.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Batcher {
    in_flight: u32,
    waiting: VecDeque<Write>,
}

impl Batcher {
    /// Takes a record. Returns it if it may leave now.
    pub fn put(&mut self, write: Write, in_flight_max: u32) -> Option<Write> {
        if self.in_flight < in_flight_max {
            self.in_flight += 1;
            Some(write)
        } else {
            self.waiting.push_back(write);
            None
        }
    }

    /// A bulk write was answered. Fills `batch` with what may leave now; leaves it empty if nothing waits.
    pub fn answered(&mut self, batch: &mut Writes, batch_max: u32) {
        let count = self.waiting.len().min(batch_max as usize);
        batch.extend(self.waiting.drain(..count));
        if count == 0 {
            self.in_flight = self.in_flight.saturating_sub(1);
        }
    }

    /// Nothing is under way, and nothing waits.
    pub fn is_idle(&self) -> bool {
        self.in_flight == 0 && self.waiting.is_empty()
    }

    /// Its process has died: what waited is gone with it. What is under way is no longer its own.
    pub(crate) fn lose(&mut self) -> impl Iterator<Item = u32> + use<> {
        std::mem::take(self).waiting.into_iter().map(|(_, activation)| activation)
    }

    pub fn in_flight(&self) -> u32 {
        self.in_flight
    }

    pub fn waiting(&self) -> u32 {
        u32::try_from(self.waiting.len()).unwrap_or(u32::MAX)
    }
}

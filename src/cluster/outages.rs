//! Services that stop and start again: Kafka and the stores.

use super::place::Node;
use super::world::{StepLog, World};

impl World {
    /// Kafka or a store stops.
    pub fn stop_service(&mut self, _: Node, _: &mut StepLog) {}

    /// It starts again.
    pub fn start_service(&mut self, _: Node, _: &mut StepLog) {}
}

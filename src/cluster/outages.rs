//! Services that stop and start again, and data that somebody deletes.

use super::activation::Phase;
use super::place::{ActivationIx, Node, StoreKind, Topic};
use super::step::StepKind;
use super::store::Effects;
use super::world::{StepLog, World};
use std::rc::Rc;

impl World {
    /// Whether a service is down. Processes of OpenWhisk are none of these.
    #[inline]
    pub fn is_stopped(&self, node: Node) -> bool {
        self.faults.have_been && self.faults.stopped.contains(&node)
    }

    /// Kafka or a store stops: what it keeps on disk stays, and what is on its way to it fails.
    pub fn stop_service(&mut self, node: Node, log: &mut StepLog) {
        let is_service = match node {
            Node::Kafka => true,
            Node::Store(store) => store.keeps_records(),
            Node::Client | Node::Controller(_) | Node::Invoker(_) => false,
        };
        if !is_service || self.is_stopped(node) {
            return;
        }
        self.faults.stopped.push(node);
        self.faults.have_been = true;
        self.tell(log, None, None, None, StepKind::ServiceStopped { node });
        if let Node::Store(store) = node {
            self.stores.of_mut(store).stopped();
            self.break_asks(store);
        }
    }

    /// It starts again: consumers go on from their offsets, and a store reads what it had not finished from its own log.
    pub fn start_service(&mut self, node: Node, log: &mut StepLog) {
        if !self.is_stopped(node) {
            return;
        }
        self.faults.stopped.retain(|other| *other != node);
        self.tell(log, None, None, None, StepKind::ServiceStarted { node });
        match node {
            Node::Store(store) => {
                let (setup, catalogue) = (Rc::clone(&self.setup), Rc::clone(&self.catalogue));
                let mut effects = std::mem::take(&mut self.spare_effects);
                self.stores.of_mut(store).recovered(&setup.setting(&catalogue), self.now, &mut effects);
                self.effects(effects, log);
            }
            _ => self.deliver_all(log),
        }
    }

    fn deliver_all(&mut self, log: &mut StepLog) {
        let topics: Vec<Topic> = self.kafka.partitions().map(|partition| partition.topic).collect();
        for topic in topics {
            self.deliver(topic, log);
        }
    }

    /// Somebody deletes the database of activation records, or their indices: each record is gone.
    pub fn drop_data(&mut self, store: StoreKind, log: &mut StepLog) {
        let mut effects: Effects = std::mem::take(&mut self.spare_effects);
        self.stores.of_mut(store).drop_data(&mut effects);
        let records = u32::try_from(effects.steps.len()).unwrap_or(u32::MAX);
        self.tell(log, None, None, None, StepKind::DataDropped { store, records });
        for (activation, _) in &effects.steps {
            if let Some(activation) = activation.and_then(|ix| self.activation_mut(ActivationIx(ix))) {
                activation.phase = Phase::NotWritten;
            }
        }
        self.effects(effects, log);
    }
}

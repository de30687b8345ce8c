//! How records leave a process for its store. The write takes no part in any acknowledgement.

use super::activation::Phase;
use super::event::What;
use super::losing::{Batch, Delivery};
use super::place::{ActivationIx, Cargo, Node, Process, StoreKind};
use super::step::{StepKind, Whereabouts};
use super::store::{Batcher, Writes};
use super::world::{StepLog, World};
use crate::activation::Record;
use crate::chance::{Identity, Purpose};
use crate::time::Span;
use std::rc::Rc;

impl World {
    pub(super) fn batcher_mut(&mut self, writer: Process) -> Option<(&mut Batcher, StoreKind)> {
        match writer {
            Process::Invoker(id) => self.invoker_mut(id).map(|invoker| (&mut invoker.batcher, invoker.store)),
            // Controllers write the records of sequences and triggers.
            Process::Controller(id) => self.controller_mut(id).map(|controller| (&mut controller.batcher, controller.store)),
        }
    }

    /// The store that a process was bound to at its start.
    pub(super) fn bound_store(&self, process: Process) -> Option<StoreKind> {
        match process {
            Process::Controller(id) => self.controllers.get(usize::from(id.0)).map(|it| it.store),
            Process::Invoker(id) => self.invokers.get(usize::from(id.0)).map(|it| it.store),
        }
    }

    /// Gives a record to the store that its writer is bound to, and waits for nothing.
    pub(super) fn store_record(&mut self, writer: Process, ix: ActivationIx, record: Record, log: &mut StepLog) {
        let in_flight_max = self.setup.configuration.batches_in_flight_max;
        let Some(bound) = self.bound_store(writer) else { return };
        if let Some(activation) = self.activation_mut(ix) {
            activation.phase = if bound.keeps_records() { Phase::Writing } else { Phase::NotWritten };
            // Its invoker may have been bound otherwise when the activation was made.
            activation.store = bound;
        }
        let exchange = self.activation(ix).and_then(|activation| activation.exchange);
        if !bound.keeps_records() {
            self.tell(log, Some(ix), exchange, None, StepKind::RecordDiscarded { writer });
            return;
        }
        let Some((batcher, store)) = self.batcher_mut(writer) else { return };
        let leaves = batcher.put((record, ix.0), in_flight_max);
        let waiting = batcher.waiting();
        self.tell(log, Some(ix), exchange, None, StepKind::RecordQueued { writer, store, waiting });
        if let Some(write) = leaves {
            let mut writes = self.spare_writes.pop().unwrap_or_default();
            writes.push(write);
            self.send_batch(writer, writes, 0, log);
        }
    }

    /// Sends a bulk write. `tries` have failed before; it holds its place among those under way all the while.
    pub(super) fn send_batch(&mut self, writer: Process, writes: Writes, tries: u8, log: &mut StepLog) {
        let Some((batcher, store)) = self.batcher_mut(writer) else { return };
        let in_flight = batcher.in_flight();
        let Some(&(first, number)) = writes.first() else { return };
        let records = u32::try_from(writes.len()).unwrap_or(u32::MAX);
        let (activation, exchange) = self.about(&writes);
        // A batch has the identity of its first record.
        let identity = self.activation(ActivationIx(number)).map_or(Identity(first.id.0 as u64), |it| it.identity);
        let travel = self.setup.span(identity, Purpose::WriteHop, self.setup.configuration.model.store_hop);
        let service = self.stores.of(store).write_time(&self.setting(), identity, &writes);
        let batch = Batch { writer, store, writes, delivery: Delivery::Whole, tries, is_orphaned: false, identity };
        let met = self.meet(writer.node(), Node::Store(store), Cargo::Records);
        if !met.passes() {
            self.send_into_fault(batch, met, (travel, service), in_flight, log);
            return;
        }
        let flight = self.flight(writer.node(), Node::Store(store), Cargo::Records, travel);
        self.tell(log, activation, exchange, flight, StepKind::BatchSent { writer, store, records, in_flight });
        self.travel_to_store(batch, travel, service);
    }

    /// A bulk write is on its way, and done in the store after that.
    pub(super) fn travel_to_store(&mut self, batch: Batch, travel: Span, service: Span) {
        let batch = self.batches.insert(batch);
        let (Ok(batch), travel_us) = (u32::try_from(batch), u32::try_from(travel.micros()).unwrap_or(u32::MAX)) else { return };
        self.set(travel + service, What::WriteApplied { batch, travel_us });
    }

    /// The activation and exchange that a batch is about, if it is about one alone.
    pub(super) fn about(&self, writes: &[(Record, u32)]) -> (Option<ActivationIx>, Option<super::place::ExchangeIx>) {
        match writes {
            [(_, only)] => {
                let ix = ActivationIx(*only);
                (Some(ix), self.activation(ix).and_then(|activation| activation.exchange))
            }
            _ => (None, None),
        }
    }

    /// The store has done a bulk write.
    pub(super) fn write_applied(&mut self, number: u32, log: &mut StepLog) {
        let setup = Rc::clone(&self.setup);
        if let Some(failure) = self.batch(number).and_then(|batch| self.rejection(batch.store)) {
            self.reject_batch(number, failure, log);
            return;
        }
        let mut effects = std::mem::take(&mut self.spare_effects);
        let Some(batch) = self.batches.get(number as usize) else { return };
        let (writer, store, identity, delivery) = (batch.writer, batch.store, batch.identity, batch.delivery);
        let refused = batch.writes.first().filter(|_| delivery == Delivery::RefusesFirst).map(|(_, number)| *number);
        if let Some(refused) = refused {
            let whereabouts = self.whereabouts(refused, number);
            effects.steps.push((Some(refused), StepKind::RecordRefused { store, whereabouts, heard: true }));
        }
        let World { batches, stores, now, catalogue, .. } = self;
        let Some(batch) = batches.get(number as usize) else { return };
        let writes = if refused.is_some() { batch.writes.get(1..).unwrap_or_default() } else { &batch.writes };
        stores.of_mut(store).write(&setup.setting(catalogue), writes, *now, &mut effects);
        let records = u32::try_from(batch.writes.len()).unwrap_or(u32::MAX);
        let (activation, exchange) = self.batch(number).map_or((None, None), |batch| self.about(&batch.writes));
        let nobody_hears = delivery == Delivery::Unheard || self.batch(number).is_some_and(|batch| batch.is_orphaned);
        for (written, step) in &mut effects.steps {
            if let StepKind::RecordConflicted { heard, .. } | StepKind::RecordRefused { heard, .. } = step {
                *heard = !nobody_hears;
            }
            let phase = match step {
                StepKind::RecordStored { .. } => Phase::Written,
                StepKind::RecordRefused { whereabouts: Whereabouts::Nowhere, .. } => Phase::NotWritten,
                _ => continue,
            };
            if let Some(activation) = written.and_then(|ix| self.activation_mut(ActivationIx(ix))) {
                activation.phase = phase;
            }
        }
        self.effects(effects, log);
        if nobody_hears {
            self.forget_batch(number);
            return;
        }
        let travel = setup.span(identity, Purpose::WriteAnswerHop, setup.configuration.model.store_hop);
        let flight = self.flight(Node::Store(store), writer.node(), Cargo::WriteAnswer, travel);
        self.tell(log, activation, exchange, flight, StepKind::BatchAnswered { writer, store, records });
        self.set(travel, What::WriteAnswered { batch: number });
    }

    /// The answer is back: what has piled up meanwhile may leave.
    pub(super) fn write_answered(&mut self, number: u32, log: &mut StepLog) {
        if let Some(batch) = self.batches.try_remove(number as usize) {
            self.next_batch(batch.writer, batch.writes, log);
        }
    }

    /// One of the bulk writes under way is over. `writes` is a list to use again.
    pub(super) fn next_batch(&mut self, writer: Process, mut writes: Writes, log: &mut StepLog) {
        let batch_max = self.setup.configuration.batch_records_max;
        writes.clear();
        let Some((batcher, _)) = self.batcher_mut(writer) else { return };
        batcher.answered(&mut writes, batch_max);
        if writes.is_empty() {
            self.spare_writes.push(writes);
        } else {
            self.send_batch(writer, writes, 0, log);
        }
    }
}

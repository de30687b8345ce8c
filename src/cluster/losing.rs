//! Bulk writes that fail: what the writer hears, what it tries again, and what is lost by it
//! (`CouchDbRestStore.scala:143-182`, `ElasticSearchActivationStore.scala:139-191`).

use super::activation::Phase;
use super::event::{Failing, What};
use super::faults::{FaultEffect, LinkFailure, Met};
use super::place::{ActivationIx, Cargo, Node, Process, StoreKind};
use super::step::{LossStage, StepKind, Whereabouts};
use super::store::Writes;
use super::world::{StepLog, World};
use crate::chance::{Identity, Purpose};
use crate::time::Span;
use serde::Serialize;
use std::rc::Rc;

/// What becomes of a bulk write on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) enum Delivery {
    /// The store does it and answers.
    Whole,
    /// The store takes all but the first record.
    RefusesFirst,
    /// The store does it, and nobody hears of it.
    Unheard,
    /// The writer hears of nothing but a failure.
    Fails(LinkFailure),
}

impl Delivery {
    const fn is_whole(&self) -> bool {
        matches!(self, Self::Whole)
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
const fn is_zero(number: &u8) -> bool {
    *number == 0
}

/// A bulk write under way.
#[derive(Clone, Debug, Serialize)]
pub struct Batch {
    pub writer: Process,
    pub store: StoreKind,
    pub writes: Writes,
    #[serde(skip_serializing_if = "Delivery::is_whole")]
    pub(super) delivery: Delivery,
    /// How often it has been tried before.
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) tries: u8,
    /// Its writer has died since: nobody hears the answer, or sends it again.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) is_orphaned: bool,
    #[serde(skip)]
    pub(super) identity: Identity,
}

impl Batch {
    /// Whether the record of this activation, by its number, is in it.
    fn carries(&self, activation: u32) -> bool {
        self.writes.iter().any(|(_, number)| *number == activation)
    }
}

impl World {
    /// Sends a bulk write that meets something. What arrives and what its writer hears are two things.
    pub(super) fn send_into_fault(&mut self, batch: Batch, met: Met, times: (Span, Span), in_flight: u32, log: &mut StepLog) {
        let setup = Rc::clone(&self.setup);
        let (travel, service) = times;
        let Batch { writer, store, .. } = batch;
        let timeout = self.stores.of(store).timeout(&setup.setting());
        let delay = if let FaultEffect::Delay { ms } = met.effect { Span::from_millis(ms.into()) } else { Span::ZERO };
        let (arrives, failure) = match met.effect {
            FaultEffect::DropAnswer => (Some(Delivery::Unheard), Some((timeout, LinkFailure::TimedOut))),
            FaultEffect::Delay { .. } if delay >= timeout => (Some(Delivery::Unheard), Some((timeout, LinkFailure::TimedOut))),
            FaultEffect::DropRequest => (None, Some((timeout, LinkFailure::TimedOut))),
            FaultEffect::Refuse => (None, Some((travel.times(2), LinkFailure::Refused))),
            FaultEffect::Answer { status } => (None, Some((travel.times(2), LinkFailure::Status(status)))),
            FaultEffect::QueueFull => (None, Some((Span::ZERO, LinkFailure::QueueFull))),
            FaultEffect::RefuseItem => (Some(Delivery::RefusesFirst), None),
            FaultEffect::Delay { .. } | FaultEffect::Pass => (Some(Delivery::Whole), None),
        };
        let records = u32::try_from(batch.writes.len()).unwrap_or(u32::MAX);
        let (activation, exchange) = self.about(&batch.writes);
        let flight = self.flight(writer.node(), Node::Store(store), Cargo::Records, travel + delay).filter(|_| arrives.is_some());
        self.tell(log, activation, exchange, flight, StepKind::BatchSent { writer, store, records, in_flight });
        self.tell_met(met, activation, exchange, log);
        if let Some(delivery) = arrives {
            self.travel_to_store(Batch { delivery, ..batch.clone() }, travel + delay, service);
        }
        if let Some((after, cause)) = failure {
            let number = self.batches.insert(Batch { delivery: Delivery::Fails(cause), ..batch });
            let Ok(batch) = u32::try_from(number) else { return };
            self.set(after, What::Failing(Failing::WriteFails { batch }));
        }
    }

    /// Why a store takes nothing at all just now.
    pub(super) fn rejection(&self, store: StoreKind) -> Option<LinkFailure> {
        if self.is_stopped(Node::Store(store)) {
            return Some(LinkFailure::Refused);
        }
        self.stores.of(store).rejects_writes().map(LinkFailure::Status)
    }

    /// A bulk write comes to a store that takes nothing.
    pub(super) fn reject_batch(&mut self, number: u32, cause: LinkFailure, log: &mut StepLog) {
        let Some(batch) = self.batches.get_mut(number as usize) else { return };
        if batch.is_orphaned {
            self.lose_sent(number, log);
            return;
        }
        if batch.delivery == Delivery::Unheard {
            self.lose_late(number, cause, log);
            return;
        }
        batch.delivery = Delivery::Fails(cause);
        let identity = batch.identity;
        let travel = self.setup.span(identity, Purpose::WriteAnswerHop, self.setup.configuration.model.store_hop);
        self.set(travel, What::Failing(Failing::WriteFails { batch: number }));
    }

    /// A try that nobody waits for comes to nothing: with it goes what its writer has given up, and nothing else brings.
    fn lose_late(&mut self, number: u32, cause: LinkFailure, log: &mut StepLog) {
        let Some(Batch { store, writes, .. }) = self.batches.try_remove(number as usize) else { return };
        for (_, number) in &writes {
            let ix = ActivationIx(*number);
            let waits = self.batches.iter().any(|(_, other)| other.carries(*number));
            let Some(activation) = self.activation_mut(ix).filter(|it| it.phase == Phase::Writing && !waits) else { continue };
            activation.phase = Phase::NotWritten;
            let exchange = activation.exchange;
            self.tell(log, Some(ix), exchange, None, StepKind::LateWriteLost { store, cause });
        }
    }

    /// Where the record of `activation` is when batch `failed` has not brought it to its store.
    pub(super) fn whereabouts(&self, activation: u32, failed: u32) -> Whereabouts {
        if self.activation(ActivationIx(activation)).is_some_and(|it| it.phase == Phase::Written) {
            return Whereabouts::InStore;
        }
        let arrives = |batch: &Batch| !matches!(batch.delivery, Delivery::Fails(_)) && batch.carries(activation);
        let travels = self.batches.iter().any(|(number, batch)| number != failed as usize && arrives(batch));
        if travels { Whereabouts::OnItsWay } else { Whereabouts::Nowhere }
    }

    /// What a dead process sent comes to nothing: its records are lost, but for those that the store has or that travel a second time.
    pub(super) fn lose_sent(&mut self, number: u32, log: &mut StepLog) {
        let Some(batch) = self.batches.try_remove(number as usize) else { return };
        for (_, number) in &batch.writes {
            let travels = self.batches.iter().any(|(_, other)| other.carries(*number));
            self.lose_record(ActivationIx(*number), batch.writer, LossStage::Sent, travels, log);
        }
    }

    /// A record is lost with a process, unless the store has it or `is_saved` says that it may still come there.
    pub(super) fn lose_record(&mut self, ix: ActivationIx, process: Process, stage: LossStage, is_saved: bool, log: &mut StepLog) {
        let Some(activation) = self.activation_mut(ix) else { return };
        if is_saved || matches!(activation.phase, Phase::Written | Phase::NotWritten) {
            return;
        }
        activation.phase = Phase::NotWritten;
        let exchange = activation.exchange;
        self.tell(log, Some(ix), exchange, None, StepKind::ActivationLost { process, stage });
    }

    /// A bulk write that nobody waits for is done.
    pub(super) fn forget_batch(&mut self, number: u32) {
        if let Some(mut batch) = self.batches.try_remove(number as usize) {
            batch.writes.clear();
            self.spare_writes.push(batch.writes);
        }
    }

    /// The writer hears that a bulk write failed. It tries the whole of it again, at once, unless it was answered with an error.
    pub(super) fn write_failed(&mut self, number: u32, log: &mut StepLog) {
        let Some(batch) = self.batches.try_remove(number as usize) else { return };
        let Batch { writer, store, writes, delivery: Delivery::Fails(cause), tries, .. } = batch else { return };
        let tries_left = if cause.is_tried_again() { self.setup.configuration.store_max_tries.saturating_sub(tries) } else { 0 };
        let records = u32::try_from(writes.len()).unwrap_or(u32::MAX);
        let (activation, exchange) = self.about(&writes);
        self.tell(log, activation, exchange, None, StepKind::BatchFailed { writer, store, records, cause, tries_left });
        if tries_left > 0 {
            self.send_batch(writer, writes, tries.saturating_add(1), log);
            return;
        }
        for (_, record) in &writes {
            let ix = ActivationIx(*record);
            let whereabouts = self.whereabouts(*record, number);
            let Some(activation) = self.activation_mut(ix) else { continue };
            if whereabouts == Whereabouts::Nowhere {
                activation.phase = Phase::NotWritten;
            }
            let exchange = activation.exchange;
            self.tell(log, Some(ix), exchange, None, StepKind::RecordGivenUp { writer, store, cause, whereabouts });
        }
        self.next_batch(writer, writes, log);
    }
}

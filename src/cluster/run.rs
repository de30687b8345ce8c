//! A container's life and the end of a run: acks, logs and the record, in exactly the real order (`ContainerProxy.scala:871-935`).

use super::activation::Phase;
use super::event::What;
use super::invoker::{Container, ContainerState};
use super::place::{ActivationIx, ContainerId, ExchangeIx, InvokerId, Process};
use super::setup::MESSAGE_BYTES_MAX;
use super::step::{AckKind, RemovalReason, StepKind};
use super::world::{StepLog, World};
use crate::activation::{Action, ActionId, Body, Logs, Origin, RESULT_BYTES_MAX, Record, Status};
use crate::chance::{Identity, Purpose};
use crate::time::{Instant, Span};
use std::rc::Rc;

/// Log collection gives up after this long without the end marker (`DockerContainer.scala:183-186`).
const LOG_SILENCE_MAX: Span = Span::from_secs(2);

impl World {
    fn container(&mut self, id: InvokerId, container: ContainerId) -> Option<&mut Container> {
        self.invoker_mut(id)?.container_mut(container)
    }

    /// Puts a container into a state, from now on.
    fn enter_state(&mut self, id: InvokerId, container: ContainerId, state: ContainerState) {
        let now = self.now;
        if let Some(container) = self.container(id, container) {
            container.state = state;
            container.since = now;
        }
    }

    /// The activation that a container is busy with.
    fn busy_with(&mut self, id: InvokerId, container: ContainerId) -> Option<Busy> {
        let job = self.container(id, container)?.job?;
        let activation = self.activation(job.activation)?;
        Some(Busy { ix: job.activation, exchange: activation.exchange, identity: activation.identity, action: activation.action })
    }

    pub(super) fn container_started(&mut self, id: InvokerId, container: ContainerId, log: &mut StepLog) {
        let setup = Rc::clone(&self.setup);
        let catalogue = Rc::clone(&self.catalogue);
        let now = self.now;
        let Some(started) = self.container(id, container) else { return };
        if started.state == ContainerState::Starting {
            let Some(busy) = self.busy_with(id, container) else { return };
            if catalogue.action(busy.action).is_some_and(|action| action.behaviour.container_fails) {
                self.container_failed(id, container, busy.ix, log);
                return;
            }
            self.tell(log, Some(busy.ix), busy.exchange, None, StepKind::ContainerCreated { invoker: id, container });
            self.begin_init(id, container, log);
            return;
        }
        let ttl = started.prewarm.and_then(|place| setup.configuration.prewarm.get(usize::from(place))).map_or(0, |it| it.ttl_ms);
        started.expires = now + Span::from_millis(ttl.into());
        self.enter_state(id, container, ContainerState::Prewarmed);
        self.tell(log, None, None, None, StepKind::PrewarmReady { invoker: id, container });
    }

    pub(super) fn begin_init(&mut self, id: InvokerId, container: ContainerId, log: &mut StepLog) {
        let Some(busy) = self.busy_with(id, container) else { return };
        let now = self.now;
        self.enter_state(id, container, ContainerState::Initializing);
        if let Some(job) = self.container(id, container).and_then(|it| it.job.as_mut()) {
            job.init_from = Some(now);
        }
        self.tell(log, Some(busy.ix), busy.exchange, None, StepKind::InitStarted { invoker: id, container });
        let took = self.setup.span(busy.identity, Purpose::Init, self.setup.configuration.model.container_init);
        self.set(took, What::InitEnds { invoker: id, container });
    }

    pub(super) fn init_ended(&mut self, id: InvokerId, container: ContainerId, log: &mut StepLog) {
        let Some(busy) = self.busy_with(id, container) else { return };
        let Some(namespace) = self.activation(busy.ix).map(|it| it.namespace) else { return };
        let now = self.now;
        let Some(ready) = self.container(id, container) else { return };
        ready.owner = Some((namespace, busy.action));
        let Some(job) = ready.job.as_mut() else { return };
        job.init_took = now.since(job.init_from.unwrap_or(now));
        let took = job.init_took;
        self.tell(log, Some(busy.ix), busy.exchange, None, StepKind::InitEnded { invoker: id, container, took });
        self.begin_run(id, container, log);
    }

    pub(super) fn begin_run(&mut self, id: InvokerId, container: ContainerId, log: &mut StepLog) {
        let Some(busy) = self.busy_with(id, container) else { return };
        let now = self.now;
        self.enter_state(id, container, ContainerState::Running);
        if let Some(job) = self.container(id, container).and_then(|it| it.job.as_mut()) {
            job.run_from = now;
        }
        self.tell(log, Some(busy.ix), busy.exchange, None, StepKind::RunStarted { invoker: id, container });
        let Some(action) = self.catalogue.action(busy.action) else { return };
        // A run is cut off at the action's time limit.
        let took = self.setup.span(busy.identity, Purpose::Run, action.behaviour.run).min(time_limit(action.limits.timeout_ms));
        self.set(took, What::RunEnds { invoker: id, container });
    }

    pub(super) fn run_ended(&mut self, id: InvokerId, container: ContainerId, log: &mut StepLog) {
        let Some(busy) = self.busy_with(id, container) else { return };
        let Some(record) = self.make_record(id, container, busy) else { return };
        let Some(job) = self.container(id, container).and_then(|it| it.job.as_mut()) else { return };
        job.record = Some(record);
        let run_from = job.run_from;
        let took = self.now.since(run_from);
        let Some(activation) = self.activation_mut(busy.ix) else { return };
        activation.record = Some(record);
        activation.phase = Phase::Finished;
        let blocking = activation.blocking;
        let ended = StepKind::RunEnded { invoker: id, container, took, status: record.status, timed_out: record.timed_out };
        self.tell(log, Some(busy.ix), busy.exchange, None, ended);
        let Some(action) = self.catalogue.action(busy.action) else { return };
        let (logs_follow, collection_fails) = (action.limits.logs_mb != 0, action.behaviour.log_collection_fails);
        match (blocking, logs_follow) {
            (true, true) => self.send_ack(busy, AckKind::Result, log),
            (true, false) => self.send_ack(busy, AckKind::Combined, log),
            (false, true) => {}
            (false, false) => self.send_ack(busy, AckKind::Completion, log),
        }
        if logs_follow {
            self.enter_state(id, container, ContainerState::CollectingLogs);
            let took = if collection_fails {
                LOG_SILENCE_MAX
            } else {
                self.setup.span(busy.identity, Purpose::LogCollection, self.setup.configuration.model.log_collection)
            };
            self.set(took, What::LogsEnd { invoker: id, container });
        } else {
            self.store_after_check(Process::Invoker(id), busy.ix, record, blocking, log);
            self.leave_container(id, container, record.status, false, log);
        }
    }

    /// The record as the invoker makes it at the end of a run (`ContainerProxy.scala:1042-1081`), without logs.
    fn make_record(&mut self, id: InvokerId, container: ContainerId, busy: Busy) -> Option<Record> {
        let job = self.container(id, container)?.job?;
        let activation = self.activation(busy.ix)?;
        let action = self.catalogue.action(busy.action)?;
        let epoch = self.setup.configuration.epoch_ms;
        let timed_out = self.now.since(job.run_from) >= time_limit(action.limits.timeout_ms);
        let init_ms = job.init_from.map(|_| job.init_took.millis());
        // The start is put back by the whole milliseconds that init took, so that start to end is init and run.
        let init_back = Span::from_millis(init_ms.unwrap_or(0));
        let start = Instant::from_micros(job.run_from.since(Instant::START + init_back).micros());
        let now_ms = epoch.millis_at(self.now);
        Some(Record {
            id: activation.id,
            namespace: activation.namespace,
            action: busy.action,
            start_ms: epoch.millis_at(start),
            end_ms: now_ms,
            duration_ms: u32::try_from(self.now.since(start).millis()).unwrap_or(u32::MAX),
            wait_ms: job.init_from.unwrap_or(job.run_from).since(activation.received).millis(),
            init_ms: init_ms.map(|ms| u32::try_from(ms).unwrap_or(u32::MAX)),
            status: if timed_out { Status::DeveloperError } else { outcome_status(action) },
            timed_out,
            logs: Logs::None,
            updated_ms: now_ms,
            origin: Origin::Run,
            binding: activation.binding,
            appendix: activation.appendix,
        })
    }

    /// Sends an ack to the controller that the activation came from. Non-blocking acks carry the id alone; so does one that would not fit
    /// into a message, which is sent again shrunk (`MessagingActiveAck.scala:44-70`).
    pub(super) fn send_ack(&mut self, busy: Busy, ack: AckKind, log: &mut StepLog) {
        let Some(activation) = self.activation(busy.ix) else { return };
        let invoker = activation.invoker;
        // There is no record to carry where one is not even made.
        let carries_record = activation.blocking && activation.record.is_some() && ack != AckKind::Completion;
        let bytes = self.ack_bytes(busy.action);
        let too_large = carries_record && self.ack_is_too_large(busy.ix);
        if too_large {
            let step = StepKind::AckTooLarge { invoker, bytes, limit: MESSAGE_BYTES_MAX };
            self.tell(log, Some(busy.ix), busy.exchange, None, step);
        }
        let whole = carries_record && !too_large;
        self.produce_ack(busy.ix, ack, whole, 0, log);
    }

    /// Whether an ack with the whole record would not fit into a message.
    pub(super) fn ack_is_too_large(&self, ix: ActivationIx) -> bool {
        let Some(activation) = self.activation(ix) else { return false };
        let timed_out = activation.record.is_some_and(|record| record.timed_out);
        let bytes = self.ack_bytes(activation.action);
        !timed_out && bytes > MESSAGE_BYTES_MAX
    }

    /// Logs are collected, or could not be: from one callback the completion ack and the write, neither waiting for the other.
    pub(super) fn logs_ended(&mut self, id: InvokerId, container: ContainerId, log: &mut StepLog) {
        let Some(busy) = self.busy_with(id, container) else { return };
        let updated_ms = self.setup.configuration.epoch_ms.millis_at(self.now);
        let Some(action) = self.catalogue.action(busy.action) else { return };
        let failed = action.behaviour.log_collection_fails;
        let lines = u32::try_from(action.behaviour.log.len()).unwrap_or(u32::MAX);
        let logs = if failed { Logs::Failed } else { Logs::Collected };
        let Some(job) = self.container(id, container).and_then(|it| it.job.as_mut()) else { return };
        let Some(record) = job.record.map(|record| Record { logs, updated_ms, ..record }) else { return };
        let step = if failed {
            StepKind::LogCollectionFailed { invoker: id, container }
        } else {
            StepKind::LogsCollected { invoker: id, container, lines }
        };
        self.tell(log, Some(busy.ix), busy.exchange, None, step);
        // The result ack was sent at the end of the run. A producer's messages keep their order, so a result is never seen after its
        // completion.
        self.send_ack(busy, AckKind::Completion, log);
        let blocking = self.activation(busy.ix).is_some_and(|activation| activation.blocking);
        self.store_after_check(Process::Invoker(id), busy.ix, record, blocking, log);
        self.leave_container(id, container, record.status, failed, log);
    }

    /// The run is over for its container: back to the pool after status 0 or 1, destroyed otherwise. The store is not waited for.
    fn leave_container(&mut self, id: InvokerId, container: ContainerId, status: Status, logs_failed: bool, log: &mut StepLog) {
        if logs_failed || !status.keeps_container() {
            let reason = if logs_failed { RemovalReason::LogCollectionFailed } else { RemovalReason::FailedRun };
            self.remove_container(id, container, reason, log);
            self.process_buffer_or_feed(id, log);
            self.backfill_prewarms(id, log);
            return;
        }
        let grace = Span::from_millis(self.setup.configuration.pause_grace_ms.into());
        self.enter_state(id, container, ContainerState::Idle);
        let Some(freed) = self.container(id, container) else { return };
        let activation = freed.job.take().map(|job| job.activation);
        let set_timer = !std::mem::replace(&mut freed.grace_timer, true);
        self.tell(log, activation, None, None, StepKind::ContainerFreed { invoker: id, container });
        if set_timer {
            self.set(grace, What::PauseGraceEnds { invoker: id, container });
        }
        self.process_buffer_or_feed(id, log);
    }

    /// A container that did not come up is gone.
    pub(super) fn leave_failed_container(&mut self, id: InvokerId, container: ContainerId, log: &mut StepLog) {
        self.remove_container(id, container, RemovalReason::StartFailed, log);
        self.process_buffer_or_feed(id, log);
        self.backfill_prewarms(id, log);
    }

    // ---- Idle containers ----

    pub(super) fn pause_grace_ended(&mut self, id: InvokerId, container: ContainerId, log: &mut StepLog) {
        let setup = Rc::clone(&self.setup);
        let grace = Span::from_millis(setup.configuration.pause_grace_ms.into());
        let now = self.now;
        let Some(idle) = self.container(id, container) else { return };
        idle.grace_timer = false;
        if idle.state != ContainerState::Idle || idle.job.is_some() {
            return;
        }
        // It was used since the timer was set: the grace began anew.
        let due = idle.since + grace;
        if due > now {
            idle.grace_timer = true;
            self.set_at(due, What::PauseGraceEnds { invoker: id, container });
            return;
        }
        self.enter_state(id, container, ContainerState::Pausing);
        self.tell(log, None, None, None, StepKind::ContainerPausing { invoker: id, container });
        let identity = container_identity(id, container);
        let took = setup.span(identity, Purpose::Pause, setup.configuration.model.container_pause);
        self.set(took, What::PauseEnds { invoker: id, container });
    }

    pub(super) fn pause_ended(&mut self, id: InvokerId, container: ContainerId, log: &mut StepLog) {
        let idle_ms = self.setup.configuration.idle_container_ms;
        self.enter_state(id, container, ContainerState::Paused);
        let Some(paused) = self.container(id, container) else { return };
        let wanted = paused.job.is_some();
        self.tell(log, None, None, None, StepKind::ContainerPaused { invoker: id, container });
        if wanted {
            self.begin_resume(id, container);
        } else {
            self.set(Span::from_millis(idle_ms.into()), What::IdleEnds { invoker: id, container });
        }
    }

    pub(super) fn begin_resume(&mut self, id: InvokerId, container: ContainerId) {
        let setup = Rc::clone(&self.setup);
        let Some(busy) = self.busy_with(id, container) else { return };
        self.enter_state(id, container, ContainerState::Resuming);
        let took = setup.span(busy.identity, Purpose::Resume, setup.configuration.model.container_resume);
        self.set(took, What::ResumeEnds { invoker: id, container });
    }

    pub(super) fn resume_ended(&mut self, id: InvokerId, container: ContainerId, log: &mut StepLog) {
        let Some(busy) = self.busy_with(id, container) else { return };
        self.tell(log, Some(busy.ix), busy.exchange, None, StepKind::ContainerResumed { invoker: id, container });
        self.begin_run(id, container, log);
    }

    pub(super) fn idle_ended(&mut self, id: InvokerId, container: ContainerId, log: &mut StepLog) {
        let idle = Span::from_millis(self.setup.configuration.idle_container_ms.into());
        let now = self.now;
        let Some(paused) = self.container(id, container) else { return };
        if paused.state == ContainerState::Paused && paused.since + idle <= now {
            self.remove_container(id, container, RemovalReason::Idle, log);
        }
    }
}

/// What a container is busy with, as the steps of a run need it.
#[derive(Clone, Copy)]
pub(super) struct Busy {
    pub ix: ActivationIx,
    pub exchange: Option<ExchangeIx>,
    pub identity: Identity,
    pub action: ActionId,
}

const fn time_limit(timeout_ms: u32) -> Span {
    Span::from_millis(timeout_ms as u64)
}

/// A result over the limit is an application error, whatever the code meant (`ActivationResult.scala:246-247`).
fn outcome_status(action: &Action) -> Status {
    match &action.behaviour.result {
        Body::Rows { bytes } if u64::from(*bytes) > RESULT_BYTES_MAX => Status::ApplicationError,
        _ => action.behaviour.outcome.status(),
    }
}

const fn container_identity(id: InvokerId, container: ContainerId) -> Identity {
    Identity::prewarm(id.0, container.0)
}

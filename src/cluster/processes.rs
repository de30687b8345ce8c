//! Processes that die and start again, with all that is lost in between.
//!
//! A process keeps nothing on disk. What it has fetched it has committed before (`core/connector/MessageConsumer.scala:175-188`), and what
//! it has run and not sent to its store is in its memory alone. Nobody tells anyone: controllers notice a dead invoker by its missing
//! pings and by acks that do not come, and clients of a dead controller by their connections.

use super::activation::{Answer, Failure};
use super::command::CommandId;
use super::configuration::{Configuration, StoreOverride};
use super::controller::Controller;
use super::event::{Failing, What};
use super::invoker::{ContainerState, Invoker};
use super::place::{ActivationIx, ControllerId, ExchangeIx, InvokerId, Node, Process, StoreKind};
use super::step::{LossStage, RequestKind, StepKind};
use super::world::{StepLog, World};
use crate::chance::{Identity, Purpose};
use std::collections::BTreeSet;
use std::rc::Rc;

/// What a process that died had yet to hear of or to do.
#[derive(Default)]
struct Forgotten {
    /// Bulk writes that had failed.
    failing: Vec<u32>,
    /// Activations whose messages had not got to Kafka.
    unposted: Vec<ActivationIx>,
}

impl World {
    /// The nodes that are down: processes that do not run, and services that are stopped.
    pub fn nodes_down(&self) -> Vec<Node> {
        let processes = self.bindings().map(|(process, _)| process).filter(|process| !self.is_up(*process));
        processes.map(Process::node).chain(self.faults.stopped.iter().copied()).collect()
    }

    /// Whether a process runs.
    pub fn is_up(&self, process: Process) -> bool {
        match process {
            Process::Controller(id) => self.controllers.get(usize::from(id.0)).is_some_and(|it| it.started.is_some()),
            Process::Invoker(id) => self.invokers.get(usize::from(id.0)).is_some_and(|it| it.started.is_some()),
        }
    }

    /// The store that every process is bound to now, or `None` where they differ. Restarts may have bound them otherwise than the
    /// configuration does.
    pub fn common_store(&self) -> Option<StoreKind> {
        let mut stores = self.bindings().map(|(_, store)| store);
        let first = stores.next()?;
        stores.all(|store| store == first).then_some(first)
    }

    /// What each process is bound to now.
    pub fn bindings(&self) -> impl Iterator<Item = (Process, StoreKind)> {
        let controllers = self.controllers.iter().map(|it| (Process::Controller(it.id), it.store));
        controllers.chain(self.invokers.iter().map(|it| (Process::Invoker(it.id), it.store)))
    }

    /// The configuration as a start of every process would find it now: bound as they are.
    pub fn configuration_now(&self) -> Configuration {
        let store_overrides = self.bindings().map(|(process, store)| StoreOverride { process, store }).collect();
        Configuration { store_overrides, ..self.setup.configuration.clone() }
    }

    /// A process dies at once, or a service stops.
    pub(super) fn crash(&mut self, node: Node, log: &mut StepLog) {
        match node.process() {
            Some(process) => self.crash_process(process, log),
            None => self.stop_service(node, log),
        }
    }

    /// A process or a service is started, or every process. One that runs is stopped first: an orderly end loses what a crash does.
    pub(super) fn start(&mut self, command: CommandId, node: Option<Node>, store: Option<StoreKind>, log: &mut StepLog) {
        let setup = Rc::clone(&self.setup);
        let of_node = |node: Node| node.process().into_iter().collect::<Vec<Process>>();
        let processes = node.map_or_else(|| setup.configuration.processes().collect(), of_node);
        if let (Some(node), true) = (node, processes.is_empty()) {
            self.start_service(node, log);
        }
        for process in &processes {
            self.crash_process(*process, log);
        }
        for (number, process) in (0..).zip(processes) {
            let Some(store) = store.or_else(|| self.bound_store(process)) else { continue };
            let delay = setup.span(Identity::command(command.0, number), Purpose::RestartDelay, setup.configuration.model.process_restart);
            self.set(delay, What::ProcessRestarts { process, store });
        }
    }

    /// A process is up again. It reads its configuration now.
    pub(super) fn restarted(&mut self, process: Process, store: StoreKind, log: &mut StepLog) {
        let Some(before) = self.bound_store(process) else { return };
        match process {
            Process::Controller(id) => {
                if let Some(controller) = self.controller_mut(id) {
                    controller.store = store;
                    controller.restarts = controller.restarts.wrapping_add(1);
                }
            }
            Process::Invoker(id) => {
                if let Some(invoker) = self.invoker_mut(id) {
                    invoker.store = store;
                }
            }
        }
        self.tell(log, None, None, None, StepKind::ProcessRestarted { process, store, before });
        self.bring_up(process, log);
    }

    fn crash_process(&mut self, process: Process, log: &mut StepLog) {
        let was_up = self.is_up(process);
        // One that is just starting starts no more.
        let forgotten = self.forget_events_of(process);
        if !was_up {
            return;
        }
        self.tell(log, None, None, None, StepKind::ProcessCrashed { process });
        for topic in self.kafka.partitions().map(|partition| partition.topic).collect::<Vec<_>>() {
            if let Some(partition) = self.kafka.partition_mut(topic) {
                partition.disconnect(process);
            }
        }
        let mut lost: Vec<(ActivationIx, LossStage)> = Vec::new();
        if let Some((batcher, _)) = self.batcher_mut(process) {
            lost.extend(batcher.lose().map(|ix| (ActivationIx(ix), LossStage::InBatcher)));
        }
        for (_, batch) in &mut self.batches {
            batch.is_orphaned |= batch.writer == process;
        }
        match process {
            Process::Controller(id) => self.lose_controller(id, &mut lost),
            Process::Invoker(id) => self.lose_invoker(id, &mut lost),
        }
        lost.extend(forgotten.unposted.into_iter().map(|ix| (ix, LossStage::NotPosted)));
        crate::order::sort_by_key(&mut lost, |(ix, _)| (ix.0.into(), 0));
        for (ix, stage) in lost {
            self.lose_record(ix, process, stage, false, log);
        }
        for batch in forgotten.failing {
            self.lose_sent(batch, log);
        }
    }

    /// Takes out what a process waits for. What travels to others goes on; what travels to it stays with its sender, or is refused when it
    /// arrives.
    fn forget_events_of(&mut self, process: Process) -> Forgotten {
        let mut answered = Vec::new();
        let World { queue, exchanges, activations, batches, faults, .. } = self;
        let serves = |ix: ExchangeIx| exchanges.get(ix.0 as usize).map(|it| Process::Controller(it.controller));
        let owner = |what: &What| match *what {
            What::ProcessStarts(process) | What::ProcessRestarts { process, .. } => Some(process),
            What::FetchArrives { consumer, .. } => Some(consumer),
            What::ActivationAccepted { activation, .. } => {
                activations.get(activation.0 as usize).map(|it| Process::Controller(it.controller))
            }
            What::ContainerStarted { invoker, .. }
            | What::InitEnds { invoker, .. }
            | What::RunEnds { invoker, .. }
            | What::LogsEnd { invoker, .. }
            | What::PauseGraceEnds { invoker, .. }
            | What::PauseEnds { invoker, .. }
            | What::ResumeEnds { invoker, .. }
            | What::IdleEnds { invoker, .. }
            | What::PrewarmCheck(invoker)
            | What::PingDue(invoker) => Some(Process::Invoker(invoker)),
            What::HealthTick { controller, .. } | What::PingsOverdue { controller, .. } | What::AckTimeout { controller, .. } => {
                Some(Process::Controller(controller))
            }
            What::PollDue { exchange, .. } | What::BlockingWaitEnds(exchange) => serves(exchange),
            What::WriteAnswered { batch } | What::Failing(Failing::WriteFails { batch }) => {
                batches.get(batch as usize).map(|batch| batch.writer)
            }
            What::Failing(Failing::PostDue { activation, .. } | Failing::PostFails { activation, .. }) => {
                activations.get(activation.0 as usize).map(|it| Process::Controller(it.controller))
            }
            What::Failing(Failing::AckDue { activation, .. } | Failing::AckFails { activation, .. }) => {
                activations.get(activation.0 as usize).map(|it| Process::Invoker(it.invoker))
            }
            What::Failing(Failing::FetchDue { consumer, .. }) => Some(consumer),
            // What a controller asks of itself goes on inside of it.
            What::RequestArrives(ix) | What::AnswerArrives(ix) if exchanges.get(ix.0 as usize).is_some_and(|it| it.inner.is_some()) => {
                serves(ix)
            }
            // A client's, a store's, or under way to somebody else. A read's answer finds its exchange closed.
            What::MemberDue { .. }
            | What::RequestArrives(_)
            | What::AnswerArrives(_)
            | What::ConnectionFails { .. }
            | What::ProduceArrives { .. }
            | What::WriteApplied { .. }
            | What::QueryServed { .. }
            | What::QueryAnswered { .. }
            | What::AskServed { .. }
            | What::PollAgain { .. }
            | What::Failing(Failing::GatewayAnswers { .. } | Failing::QueryFails { .. } | Failing::AskFails { .. })
            | What::StoreTimer(_) => None,
        };
        let mut forgotten = Forgotten::default();
        for event in queue.iter().filter(|event| owner(&event.what) == Some(process)) {
            match event.what {
                What::WriteAnswered { batch } => answered.push(batch),
                What::Failing(Failing::WriteFails { batch }) => forgotten.failing.push(batch),
                What::Failing(Failing::PostDue { activation, .. } | Failing::PostFails { activation, arrives: false, .. }) => {
                    forgotten.unposted.push(activation);
                }
                _ => {}
            }
        }
        queue.retain(&|what| owner(what) != Some(process));
        for batch in answered {
            batches.try_remove(batch as usize);
        }
        faults.forget(|ix| {
            let Some(activation) = activations.get(ix.0 as usize) else { return true };
            process == Process::Invoker(activation.invoker) || process == Process::Controller(activation.controller)
        });
        forgotten
    }

    /// The pool, its buffer, and what was fetched for them.
    fn lose_invoker(&mut self, id: InvokerId, lost: &mut Vec<(ActivationIx, LossStage)>) {
        let setup = Rc::clone(&self.setup);
        let Some(invoker) = self.invoker_mut(id) else { return };
        let queued = invoker.fetched.iter().chain(&invoker.buffer);
        lost.extend(queued.map(|ix| (*ix, LossStage::NotRun)));
        lost.extend(invoker.containers.iter().filter_map(|container| {
            let stage = match container.state {
                ContainerState::Running => LossStage::Running,
                ContainerState::CollectingLogs => LossStage::NotWritten,
                _ => LossStage::NotRun,
            };
            container.job.map(|job| (job.activation, stage))
        }));
        // What it numbers goes on, so that no container and no ping is taken for an earlier one.
        let fresh = Invoker::new(id, &setup.configuration);
        *invoker = Invoker { store: invoker.store, next_container: invoker.next_container, next_ping: invoker.next_ping, ..fresh };
    }

    /// The books, and whoever waited for an answer. What invokers run for it they run to the end, and write.
    fn lose_controller(&mut self, id: ControllerId, lost: &mut Vec<(ActivationIx, LossStage)>) {
        let setup = Rc::clone(&self.setup);
        if let Some(controller) = self.controller_mut(id) {
            let fresh = Controller::new(id, &setup.configuration);
            *controller = Controller { store: controller.store, restarts: controller.restarts, ..fresh };
        }
        // Sequences and firings under way end without a record; the components that run have a cause that points to nothing.
        let World { sequences, firings, activations, .. } = self;
        let is_its = |ix: ActivationIx| activations.get(ix.0 as usize).is_some_and(|it| it.controller == id);
        let mut parents: Vec<ActivationIx> = Vec::new();
        sequences.retain(|_, sequence| {
            let stays = !is_its(sequence.activation);
            parents.extend((!stays).then_some(sequence.activation));
            stays
        });
        firings.retain(|_, firing| {
            let stays = !is_its(firing.activation);
            parents.extend((!stays).then_some(firing.activation));
            stays
        });
        lost.extend(parents.into_iter().map(|ix| (ix, LossStage::InController)));
        let held: Vec<ActivationIx> = self.activations().filter(|(_, it)| it.controller == id && it.holds_slot).map(|(ix, _)| ix).collect();
        for ix in held {
            if let Some(activation) = self.activation_mut(ix) {
                activation.holds_slot = false;
                activation.early_ack = None;
            }
        }
        // A request that is still on its way finds out when it arrives.
        let coming: BTreeSet<ExchangeIx> =
            self.queue.iter().filter_map(|event| if let What::RequestArrives(ix) = event.what { Some(ix) } else { None }).collect();
        let numbers = (0_u32..).map(ExchangeIx);
        let open: Vec<ExchangeIx> = numbers
            .zip(self.exchanges.iter())
            .filter(|(ix, exchange)| {
                exchange.controller == id && exchange.request.store().is_none() && exchange.is_open() && !coming.contains(ix)
            })
            .map(|(ix, _)| ix)
            .collect();
        for ix in open {
            self.set_connection_failure(ix, false);
        }
    }

    /// There will be no answer. The client finds out after the way back.
    pub(super) fn set_connection_failure(&mut self, ix: ExchangeIx, refused: bool) {
        let setup = Rc::clone(&self.setup);
        let Some(exchange) = self.exchange_mut(ix) else { return };
        let failure = if refused { Failure::ConnectionRefused } else { Failure::ConnectionBroken };
        exchange.answer = Some(Answer::Failed { status: 0, failure });
        if exchange.inner.is_some() {
            return;
        }
        let travel = setup.span(exchange.identity, Purpose::AnswerHop, setup.configuration.model.http_hop);
        self.set(travel, What::ConnectionFails { exchange: ix, refused });
    }

    /// A client hears that there is no answer.
    pub(super) fn connection_failed(&mut self, ix: ExchangeIx, refused: bool, log: &mut StepLog) {
        let now = self.now;
        let Some(exchange) = self.exchange_mut(ix).filter(|exchange| !exchange.abandoned) else { return };
        exchange.answered = Some(now);
        let (activation, controller) = (exchange.activation, exchange.controller);
        let list = (exchange.kind == RequestKind::List).then(|| exchange.clone());
        self.tell(log, activation, Some(ix), None, StepKind::ConnectionFailed { controller, refused });
        if let Some(exchange) = list {
            self.list_answered(ix, &exchange, log);
        }
        self.program_goes_on(ix, log);
    }
}

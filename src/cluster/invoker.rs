//! An invoker process: its feed from Kafka, its containers, and its batcher.

use super::caches::Cache;
use super::configuration::Configuration;
use super::event::What;
use super::place::{ActivationIx, ContainerId, InvokerId, Process, StoreKind, Topic};
use super::step::{ContainerStart, StepKind};
use super::store::Batcher;
use super::world::{StepLog, World};
use crate::activation::{ActionId, NamespaceId, Record};
use crate::time::{Instant, Span};
use serde::Serialize;
use std::collections::VecDeque;

/// An invoker process.
#[derive(Clone, Debug, Serialize)]
pub struct Invoker {
    pub id: InvokerId,
    /// The store it is bound to.
    pub store: StoreKind,
    pub started: Option<Instant>,
    pub containers: Vec<Container>,
    /// Memory for containers, in MB.
    pub user_memory_mb: u32,
    /// Fetched from Kafka and not yet handed to the pool.
    pub(super) fetched: VecDeque<ActivationIx>,
    /// How many more activations the pool takes before one ends (`MessageConsumer.scala:95-125`).
    pub(super) capacity: u32,
    pub(super) peek_max: u32,
    /// Handed to the pool, but no container can be had yet: in order.
    pub(super) buffer: VecDeque<ActivationIx>,
    pub batcher: Batcher,
    pub(super) next_container: u32,
    pub(super) next_ping: u32,
    /// Cold starts that a prewarmed container would have served, since the last check, for each prewarm setting.
    pub(super) cold_starts: Vec<u32>,
    /// How often the pool has yet to look at its buffer or its feed, and whether it is at it.
    pub(super) pending_looks: u32,
    pub(super) looking: bool,
    /// When it last had each action from its cache or the database, by number: what it keeps for five minutes. It follows from the steps.
    #[serde(skip)]
    pub(super) cached: Cache,
}

/// A container of an invoker.
#[derive(Clone, Debug, Serialize)]
pub struct Container {
    pub id: ContainerId,
    pub state: ContainerState,
    pub memory_mb: u32,
    /// The prewarm setting it was started for, by number.
    pub prewarm: Option<u8>,
    /// For whom and for which action it is initialised.
    pub owner: Option<(NamespaceId, ActionId)>,
    pub job: Option<Job>,
    pub last_used: Instant,
    /// Since when it is in its state.
    pub since: Instant,
    /// A prewarmed container may be removed from then on.
    pub expires: Instant,
    pub(super) grace_timer: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ContainerState {
    /// Being made without a job.
    PrewarmStarting,
    Prewarmed,
    /// Being made for a job.
    Starting,
    Initializing,
    Running,
    CollectingLogs,
    /// Warm, and free for the same action of the same namespace.
    Idle,
    Pausing,
    Paused,
    Resuming,
}

/// What a container is busy with.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Job {
    pub activation: ActivationIx,
    pub start: ContainerStart,
    pub(super) init_from: Option<Instant>,
    pub(super) init_took: Span,
    pub(super) run_from: Instant,
    pub(super) record: Option<Record>,
}

impl Job {
    pub(super) const fn new(activation: ActivationIx, start: ContainerStart) -> Self {
        Self { activation, start, init_from: None, init_took: Span::ZERO, run_from: Instant::START, record: None }
    }
}

/// The first look at prewarmed containers, and the time between looks (invoker `application.conf:66-68`).
pub(super) const PREWARM_CHECK: Span = Span::from_secs(600);

impl Invoker {
    pub fn new(id: InvokerId, configuration: &Configuration) -> Self {
        // As many as containers of the least memory fit (`InvokerReactive.scala:118-125`).
        let peek_max = (configuration.user_memory_mb / 128).max(1);
        Self {
            id,
            store: configuration.store_of(Process::Invoker(id)),
            started: None,
            containers: Vec::new(),
            user_memory_mb: configuration.user_memory_mb,
            fetched: VecDeque::new(),
            capacity: peek_max,
            peek_max,
            buffer: VecDeque::new(),
            batcher: Batcher::default(),
            next_container: 0,
            next_ping: 0,
            cold_starts: vec![0; configuration.prewarm.len()],
            pending_looks: 0,
            looking: false,
            cached: Cache::default(),
        }
    }

    pub(super) fn peek_max(&self) -> u32 {
        self.peek_max
    }

    pub(super) fn next_ping(&mut self) -> u32 {
        let number = self.next_ping;
        self.next_ping += 1;
        number
    }

    pub fn used_memory_mb(&self) -> u32 {
        self.containers.iter().map(|container| container.memory_mb).sum()
    }

    pub(super) fn has_room_for(&self, memory_mb: u32) -> bool {
        self.used_memory_mb() + memory_mb <= self.user_memory_mb
    }

    pub(super) fn container_mut(&mut self, id: ContainerId) -> Option<&mut Container> {
        self.containers.iter_mut().find(|container| container.id == id)
    }

    /// Activations that wait for a container.
    pub fn waiting(&self) -> usize {
        self.buffer.len()
    }
}

impl World {
    pub(super) fn start_invoker(&mut self, id: InvokerId, log: &mut StepLog) {
        let now = self.now;
        if let Some(invoker) = self.invoker_mut(id) {
            invoker.started = Some(now);
        }
        self.start_first_prewarms(id, log);
        self.poll_topic(Topic::Invoker(id), Process::Invoker(id), log);
        self.send_ping(id, log);
        self.set(PREWARM_CHECK, What::PrewarmCheck(id));
    }

    pub(super) fn receive_activation(&mut self, id: InvokerId, ix: ActivationIx) {
        if let Some(invoker) = self.invoker_mut(id) {
            invoker.fetched.push_back(ix);
        }
    }

    /// Hands fetched activations to the pool while it takes more, and asks Kafka for more while there is room in the pipeline, which is
    /// twice as deep as what the pool takes (`MessageConsumer.scala:95-110`).
    pub(super) fn work_feed(&mut self, id: InvokerId, log: &mut StepLog) {
        loop {
            let Some(invoker) = self.invoker_mut(id) else { return };
            if invoker.capacity == 0 {
                break;
            }
            let Some(ix) = invoker.fetched.pop_front() else { break };
            if self.turned_away(id, ix, log) {
                continue;
            }
            let Some(invoker) = self.invoker_mut(id) else { return };
            invoker.capacity -= 1;
            let waits = !invoker.buffer.is_empty();
            if waits || !self.assign(id, ix, log) {
                self.buffer_run(id, ix, log);
            }
        }
        let Some(invoker) = self.invoker_mut(id) else { return };
        if invoker.fetched.len() <= invoker.peek_max as usize {
            self.poll_topic(Topic::Invoker(id), Process::Invoker(id), log);
        }
        self.look_again(id, log);
    }

    fn buffer_run(&mut self, id: InvokerId, ix: ActivationIx, log: &mut StepLog) {
        let exchange = self.activation(ix).and_then(|activation| activation.exchange);
        let Some(invoker) = self.invoker_mut(id) else { return };
        invoker.buffer.push_back(ix);
        let waiting = u32::try_from(invoker.buffer.len()).unwrap_or(u32::MAX);
        self.tell(log, Some(ix), exchange, None, StepKind::RunBuffered { invoker: id, waiting });
    }

    /// A container is free or gone: the pool looks at its buffer, or takes one more from the feed (`ContainerPool.scala:300-315`).
    pub(super) fn process_buffer_or_feed(&mut self, id: InvokerId, log: &mut StepLog) {
        self.ask_to_look(id);
        self.look_again(id, log);
    }

    pub(super) fn ask_to_look(&mut self, id: InvokerId) {
        if let Some(invoker) = self.invoker_mut(id) {
            invoker.pending_looks += 1;
        }
    }

    /// Looks as often as was asked for. What a look sets off asks for another look instead of looking itself: no depth, no loop.
    pub(super) fn look_again(&mut self, id: InvokerId, log: &mut StepLog) {
        loop {
            let Some(invoker) = self.invoker_mut(id) else { return };
            if invoker.looking || invoker.pending_looks == 0 {
                return;
            }
            invoker.pending_looks -= 1;
            invoker.looking = true;
            self.look(id, log);
            if let Some(invoker) = self.invoker_mut(id) {
                invoker.looking = false;
            }
        }
    }

    fn look(&mut self, id: InvokerId, log: &mut StepLog) {
        loop {
            let Some(invoker) = self.invoker_mut(id) else { return };
            let Some(&head) = invoker.buffer.front() else {
                invoker.capacity = (invoker.capacity + 1).min(invoker.peek_max);
                self.work_feed(id, log);
                return;
            };
            if !self.assign(id, head, log) {
                return;
            }
            if let Some(invoker) = self.invoker_mut(id) {
                invoker.buffer.pop_front();
            }
        }
    }
}

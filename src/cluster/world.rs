//! A world: the whole state of a cluster at an instant, and the one way in which it moves on.

use super::activation::{Activation, Exchange, Query};
use super::asking::Asks;
use super::controller::Controller;
use super::event::{Event, What};
use super::faults::Faults;
use super::invoker::Invoker;
use super::kafka::{Kafka, Partition};
use super::losing::Batch;
use super::place::{ActivationIx, Cargo, ControllerId, ExchangeIx, Flight, InvokerId, Node, Process, Topic};
use super::program::Programs;
use super::queue::EventQueue;
use super::sequence::Sequence;
use super::setup::Setup;
use super::sheets::Sheets;
use super::step::{Step, StepKind};
use super::store::{Effects, Setting, Stores, Writes};
use super::trigger::Firing;
use crate::activation::{ActionId, ActivationId, Appendix, Catalogue};
use crate::chance::{Identity, Purpose};
use crate::chunked::Chunked;
use crate::time::{Instant, Span};
use serde::Serialize;
use slab::Slab;
use std::rc::Rc;

/// The state of a cluster at an instant.
#[derive(Clone, Debug, Serialize)]
pub struct World {
    #[serde(skip)]
    pub(super) setup: Rc<Setup>,
    /// The entities. Written down once they are not those of the configuration any more.
    #[serde(skip_serializing_if = "is_as_configured")]
    pub(super) catalogue: Rc<Catalogue>,
    /// What the entity database has of them.
    #[serde(skip_serializing_if = "is_as_written")]
    pub(super) sheets: Rc<Sheets>,
    pub(super) now: Instant,
    pub(super) queue: EventQueue,
    pub(super) next_ordinal: u64,
    /// How many of the run's commands have taken effect.
    pub(super) commands_done: usize,
    pub(super) activations: Chunked<Activation>,
    pub(super) exchanges: Chunked<Exchange>,
    pub(super) controllers: Vec<Controller>,
    pub(super) kafka: Kafka,
    pub(super) invokers: Vec<Invoker>,
    pub(super) stores: Stores,
    pub(super) batches: Slab<Batch>,
    pub(super) queries: Slab<Query>,
    /// Lists that are filled and emptied again and again, kept for their memory.
    #[serde(skip)]
    pub(super) spare_effects: Effects,
    #[serde(skip)]
    pub(super) spare_writes: Vec<Writes>,
    /// The list that was asked for last, among those whose answers have reached a client.
    pub(super) newest_list: Option<ExchangeIx>,
    /// What records hold besides, in the order of making.
    #[serde(skip_serializing_if = "Chunked::is_empty")]
    pub(super) appendices: Chunked<Appendix>,
    /// Sequences that run, and triggers whose rules are not all answered.
    #[serde(skip_serializing_if = "Slab::is_empty")]
    pub(super) sequences: Slab<Sequence>,
    #[serde(skip_serializing_if = "Slab::is_empty")]
    pub(super) firings: Slab<Firing>,
    /// Actions that somebody has deleted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) deleted: Vec<ActionId>,
    #[serde(skip_serializing_if = "Faults::is_empty")]
    pub(super) faults: Faults,
    #[serde(skip_serializing_if = "Asks::is_untouched")]
    pub(super) asks: Asks,
    /// Command lines of several requests.
    #[serde(skip_serializing_if = "Programs::is_untouched")]
    pub(super) programs: Programs,
}

/// Where steps go. While nobody listens they are only counted.
#[derive(Debug, Default)]
pub struct StepLog {
    pub listening: bool,
    pub steps: Vec<Step>,
}

impl World {
    /// A cluster at time zero: everything is switched on, and no process is up yet.
    pub fn new(setup: Rc<Setup>) -> Self {
        let configuration = &setup.configuration;
        let controllers: Vec<Controller> =
            (0..configuration.controllers).map(|n| Controller::new(ControllerId(n), configuration)).collect();
        let invokers: Vec<Invoker> = (0..configuration.invokers).map(|n| Invoker::new(InvokerId(n), configuration)).collect();
        // The controllers' consumers peek up to 128 messages (`LB/LoadBalancer.scala:93-95`).
        let health = (0..configuration.controllers).map(|n| (Process::Controller(ControllerId(n)), 128));
        let kafka = Kafka::new(
            invokers.iter().map(|it| Partition::new(Topic::Invoker(it.id), [(Process::Invoker(it.id), it.peek_max())])).collect(),
            controllers.iter().map(|it| Partition::new(Topic::Completed(it.id), [(Process::Controller(it.id), 128)])).collect(),
            Partition::new(Topic::Health, health),
        );
        let stores = Stores::new(configuration, &setup.catalogue);
        let mut world = Self {
            catalogue: Rc::clone(&setup.catalogue),
            sheets: Rc::new(Sheets::new(&setup.configuration, &setup.catalogue)),
            now: Instant::START,
            queue: EventQueue::default(),
            next_ordinal: 0,
            commands_done: 0,
            activations: Chunked::default(),
            exchanges: Chunked::default(),
            controllers,
            kafka,
            invokers,
            stores,
            batches: Slab::new(),
            queries: Slab::new(),
            spare_effects: Effects::default(),
            spare_writes: Vec::new(),
            newest_list: None,
            appendices: Chunked::default(),
            sequences: Slab::new(),
            firings: Slab::new(),
            deleted: Vec::new(),
            faults: Faults::default(),
            asks: Asks::default(),
            programs: Programs::default(),
            setup,
        };
        let processes: Vec<Process> = world.setup.configuration.processes().collect();
        for process in processes {
            let identity = process_identity(process);
            let delay = match process {
                Process::Controller(_) => Span::ZERO,
                Process::Invoker(_) => world.setup.span(identity, Purpose::StartDelay, world.setup.configuration.model.invoker_start),
            };
            world.set(delay, What::ProcessStarts(process));
        }
        world
    }

    /// Moves on to `until`, through every event and command up to and including it.
    pub fn advance(&mut self, until: Instant, log: &mut StepLog) {
        while self.next_due().is_some_and(|at| at <= until) {
            self.advance_one(log);
        }
        self.now = self.now.max(until);
    }

    /// When the next event or command is due.
    pub fn next_due(&self) -> Option<Instant> {
        let command = self.setup.commands.get(self.commands_done).map(|command| command.at);
        match (self.queue.next_at(), command) {
            (Some(event), Some(command)) => Some(event.min(command)),
            (event, command) => event.or(command),
        }
    }

    /// Lets the next event or command happen. A command waits for every other event of its instant.
    pub fn advance_one(&mut self, log: &mut StepLog) {
        let command = self.setup.commands.get(self.commands_done).map(|command| command.at);
        let event = self.queue.next_at();
        match (event, command) {
            (Some(event), Some(command)) if command < event => self.next_command(command, log),
            (Some(_), _) => {
                if let Some(event) = self.queue.pop() {
                    self.now = event.at;
                    self.happen(event, log);
                }
            }
            (None, Some(command)) => self.next_command(command, log),
            (None, None) => {}
        }
    }

    fn next_command(&mut self, at: Instant, log: &mut StepLog) {
        self.now = self.now.max(at);
        let command = self.commands_done;
        self.commands_done += 1;
        self.give(command, log);
    }

    fn happen(&mut self, event: Event, log: &mut StepLog) {
        match event.what {
            What::ProcessStarts(process) => self.start_process(process, log),
            What::ProcessRestarts { process, store } => self.restarted(process, store, log),
            What::ConnectionFails { exchange, refused } => self.connection_failed(exchange, refused, log),
            What::MemberDue { command, member } => self.send_member(command, member, log),
            What::RequestArrives(exchange) => self.receive_request(exchange, log),
            What::AnswerArrives(exchange) => self.receive_answer(exchange, log),
            What::ProduceArrives { topic, message } => self.append(topic, message, log),
            What::ActivationAccepted { activation, topic } => self.activation_accepted(activation, topic, log),
            What::FetchArrives { topic, consumer, upto } => self.fetched(topic, consumer, u64::from(upto), log),
            What::ContainerStarted { invoker, container } => self.container_started(invoker, container, log),
            What::InitEnds { invoker, container } => self.init_ended(invoker, container, log),
            What::RunEnds { invoker, container } => self.run_ended(invoker, container, log),
            What::LogsEnd { invoker, container } => self.logs_ended(invoker, container, log),
            What::PauseGraceEnds { invoker, container } => self.pause_grace_ended(invoker, container, log),
            What::PauseEnds { invoker, container } => self.pause_ended(invoker, container, log),
            What::ResumeEnds { invoker, container } => self.resume_ended(invoker, container, log),
            What::IdleEnds { invoker, container } => self.idle_ended(invoker, container, log),
            What::PrewarmCheck(invoker) => self.check_prewarms(invoker, log),
            What::PingDue(invoker) => self.send_ping(invoker, log),
            What::HealthTick { controller, invoker, armed } => self.health_tick(controller, invoker, armed, log),
            What::PingsOverdue { controller, invoker } => self.pings_overdue(controller, invoker, log),
            What::AckTimeout { controller, timeout_ms } => self.ack_timeout(controller, timeout_ms, log),
            What::PollDue { exchange, polls, tries } => self.poll(exchange, polls, tries, log),
            What::BlockingWaitEnds(exchange) => self.blocking_wait_ended(exchange, log),
            What::WriteApplied { batch, .. } => self.write_applied(batch, log),
            What::WriteAnswered { batch } => self.write_answered(batch, log),
            What::QueryServed { query, .. } => self.query_served(query, log),
            What::QueryAnswered { query } => self.query_answered(query, log),
            What::AskServed { exchange, .. } => self.ask_served(exchange, log),
            What::PollAgain { command } => self.poll_due(command, log),
            What::StoreTimer(timer) => self.store_timer(timer, log),
            What::Failing(failing) => self.fail(failing, log),
        }
    }

    fn start_process(&mut self, process: Process, log: &mut StepLog) {
        let store = self.setup.configuration.store_of(process);
        self.tell(log, None, None, None, StepKind::ProcessStarted { process, store });
        self.bring_up(process, log);
    }

    pub(super) fn bring_up(&mut self, process: Process, log: &mut StepLog) {
        match process {
            Process::Controller(id) => self.start_controller(id, log),
            Process::Invoker(id) => self.start_invoker(id, log),
        }
    }

    // ---- What the rooms of the cluster share ----

    pub(super) fn set(&mut self, after: Span, what: What) {
        self.queue.set(self.now, self.now + after, what);
    }

    pub(super) fn set_at(&mut self, at: Instant, what: What) {
        self.queue.set(self.now, at, what);
    }

    /// Reports a step. Counting goes on when nobody listens, so that a step's number does not depend on who does.
    #[inline]
    pub(super) fn tell(
        &mut self,
        log: &mut StepLog,
        activation: Option<ActivationIx>,
        exchange: Option<ExchangeIx>,
        flight: Option<Flight>,
        kind: StepKind,
    ) {
        let ordinal = self.next_ordinal;
        self.next_ordinal += 1;
        if log.listening {
            log.steps.push(Step { ordinal, at: self.now, activation, exchange, flight, kind });
        }
    }

    pub(super) fn flight(&self, from: Node, to: Node, cargo: Cargo, travel: Span) -> Option<Flight> {
        Some(Flight { from, to, cargo, arrives: self.now + travel })
    }

    pub(super) fn activation_mut(&mut self, ix: ActivationIx) -> Option<&mut Activation> {
        self.activations.get_mut(ix.0 as usize)
    }

    pub(super) fn exchange_mut(&mut self, ix: ExchangeIx) -> Option<&mut Exchange> {
        self.exchanges.get_mut(ix.0 as usize)
    }

    pub(super) fn controller_mut(&mut self, id: ControllerId) -> Option<&mut Controller> {
        self.controllers.get_mut(usize::from(id.0))
    }

    pub(super) fn invoker_mut(&mut self, id: InvokerId) -> Option<&mut Invoker> {
        self.invokers.get_mut(usize::from(id.0))
    }

    /// Carries out what a store did besides answering.
    pub(super) fn effects(&mut self, mut effects: Effects, log: &mut StepLog) {
        for (activation, step) in effects.steps.drain(..) {
            self.tell(log, activation.map(ActivationIx), None, None, step);
        }
        for (timer, at) in effects.timers.drain(..) {
            self.set_at(at, What::StoreTimer(timer));
        }
        self.spare_effects = effects;
    }

    fn store_timer(&mut self, timer: super::store::StoreTimer, log: &mut StepLog) {
        let (setup, catalogue) = (Rc::clone(&self.setup), Rc::clone(&self.catalogue));
        let mut effects = std::mem::take(&mut self.spare_effects);
        let is_down = self.is_stopped(Node::Store(timer.store()));
        let (store, now) = (self.stores.of_mut(timer.store()), self.now);
        if is_down {
            store.missed_timer(timer, now, &mut effects);
        } else {
            store.timer(&setup.setting(&catalogue), timer, now, &mut effects);
        }
        self.effects(effects, log);
        self.after_store_timer(timer, log);
    }

    // ---- What others may look at ----

    pub fn now(&self) -> Instant {
        self.now
    }

    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// The entities that there are, and those that there were.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The texts and settings that a store reads with.
    pub fn setting(&self) -> Setting<'_> {
        self.setup.setting(&self.catalogue)
    }

    /// Replaces the commands to come. Those that have taken effect must be the same ones.
    pub(crate) fn set_setup(&mut self, setup: Rc<Setup>) {
        self.setup = setup;
    }

    /// How many steps there have been.
    pub fn step_count(&self) -> u64 {
        self.next_ordinal
    }

    pub fn activation(&self, ix: ActivationIx) -> Option<&Activation> {
        self.activations.get(ix.0 as usize)
    }

    pub fn activations(&self) -> impl DoubleEndedIterator<Item = (ActivationIx, &Activation)> {
        self.activations
            .iter()
            .enumerate()
            .map(|(n, it)| (ActivationIx(u32::try_from(n).unwrap_or(u32::MAX)), it))
            .collect::<Vec<_>>()
            .into_iter()
    }

    pub fn activation_count(&self) -> usize {
        self.activations.len()
    }

    pub fn exchange(&self, ix: ExchangeIx) -> Option<&Exchange> {
        self.exchanges.get(ix.0 as usize)
    }

    /// The exchanges of clients, in order of sending. What controllers ask of themselves is not among them.
    pub fn exchanges(&self) -> impl DoubleEndedIterator<Item = &Exchange> + Clone {
        self.exchanges.iter().filter(|exchange| exchange.inner.is_none())
    }

    pub fn controllers(&self) -> &[Controller] {
        &self.controllers
    }

    pub fn invokers(&self) -> &[Invoker] {
        &self.invokers
    }

    pub fn kafka(&self) -> &Kafka {
        &self.kafka
    }

    pub fn stores(&self) -> &Stores {
        &self.stores
    }

    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.queue.iter()
    }

    pub fn batch(&self, number: u32) -> Option<&Batch> {
        self.batches.get(number as usize)
    }

    pub fn query(&self, number: u32) -> Option<&Query> {
        self.queries.get(number as usize)
    }

    /// The newest answered list of a client's, with the exchange that brought it.
    pub fn newest_list(&self) -> Option<&Exchange> {
        self.exchange(self.newest_list?)
    }

    /// The activation with this id, if this run has made it.
    pub fn find(&self, id: ActivationId) -> Option<ActivationIx> {
        let place = self.activations.iter().position(|activation| activation.id == id)?;
        u32::try_from(place).ok().map(ActivationIx)
    }

    /// Every controller has heard from every invoker, and finds it usable, and the records of the tests have met their fate: the cluster
    /// has booted.
    pub fn is_booted(&self) -> bool {
        self.controllers.iter().all(|controller| controller.usable_invokers() == self.invokers.len())
            && self.activations.iter().all(|activation| !activation.health_test || activation.phase.is_over())
    }
}

fn is_as_written(sheets: &Sheets) -> bool {
    !sheets.has_changed
}

fn is_as_configured(catalogue: &Catalogue) -> bool {
    !catalogue.has_changed()
}

pub(super) const fn process_identity(process: Process) -> Identity {
    match process {
        Process::Controller(id) => Identity::place(0, id.0),
        Process::Invoker(id) => Identity::place(1, id.0),
    }
}

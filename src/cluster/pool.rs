//! The container pool: which container an activation gets (`ContainerPool.scala:122-237`).

use super::event::What;
use super::invoker::{Container, ContainerState, Invoker, Job};
use super::place::{ActivationIx, ContainerId, InvokerId};
use super::step::{ContainerStart, RemovalReason, StepKind};
use super::world::{StepLog, World};
use crate::activation::{ActionId, NamespaceId};
use crate::chance::{Identity, Purpose};
use crate::time::Instant;
use std::rc::Rc;

impl World {
    /// Finds a container for an activation and sets it to work. `false` if none can be had now.
    ///
    /// In order: a warm one of the same action and namespace, a prewarmed one of the same kind and memory, a new one if there is room,
    /// a new one in place of the idle ones that were used longest ago.
    pub(super) fn assign(&mut self, id: InvokerId, ix: ActivationIx, log: &mut StepLog) -> bool {
        let Some(activation) = self.activation(ix) else { return true };
        let (namespace, action) = (activation.namespace, activation.action);
        let Some(limits) = self.catalogue.action(action).map(|action| action.limits) else { return true };
        if self.take_warm(id, ix, (namespace, action), log) || self.take_prewarmed(id, ix, action, log) {
            return true;
        }
        let Some(invoker) = self.invoker_mut(id) else { return true };
        if invoker.has_room_for(limits.memory_mb) {
            self.make_for(id, ix, limits.memory_mb, ContainerStart::Cold, log);
            return true;
        }
        let evicted = evictable(invoker, limits.memory_mb);
        if evicted.is_empty() {
            return false;
        }
        for container in evicted {
            self.evict(id, container, log);
        }
        // The source looks for a prewarmed one again. There was none a moment ago, and no removal brings one at once.
        self.make_for(id, ix, limits.memory_mb, ContainerStart::Recreated, log);
        true
    }

    fn take_warm(&mut self, id: InvokerId, ix: ActivationIx, owner: (NamespaceId, ActionId), log: &mut StepLog) -> bool {
        let now = self.now;
        let Some(invoker) = self.invoker_mut(id) else { return false };
        let is_free = |state| matches!(state, ContainerState::Idle | ContainerState::Pausing | ContainerState::Paused);
        let found = invoker.containers.iter_mut().find(|it| it.owner == Some(owner) && it.job.is_none() && is_free(it.state));
        let Some(container) = found else { return false };
        container.job = Some(Job::new(ix, ContainerStart::Warm));
        container.last_used = now;
        let (number, state) = (container.id, container.state);
        self.tell_assigned(id, number, ix, ContainerStart::Warm, log);
        match state {
            ContainerState::Idle => self.begin_run(id, number, log),
            ContainerState::Paused => self.begin_resume(id, number),
            // One that is just being paused is resumed once it is.
            _ => {}
        }
        true
    }

    fn tell_assigned(&mut self, id: InvokerId, container: ContainerId, ix: ActivationIx, start: ContainerStart, log: &mut StepLog) {
        let exchange = self.activation(ix).and_then(|activation| activation.exchange);
        self.tell(log, Some(ix), exchange, None, StepKind::ContainerAssigned { invoker: id, container, start });
    }

    /// Takes the prewarmed container that would expire first, and starts another in its place if there is room.
    fn take_prewarmed(&mut self, id: InvokerId, ix: ActivationIx, action: ActionId, log: &mut StepLog) -> bool {
        let now = self.now;
        let setting = self.prewarm_setting(action);
        let (Some(setting), Some(invoker)) = (setting, self.invoker_mut(id)) else { return false };
        let ready = invoker.containers.iter_mut().filter(|it| it.state == ContainerState::Prewarmed && it.prewarm == Some(setting));
        let Some(container) = ready.min_by_key(|it| it.expires) else { return false };
        container.job = Some(Job::new(ix, ContainerStart::Prewarmed));
        container.last_used = now;
        container.prewarm = None;
        let number = container.id;
        self.start_prewarm(id, setting, log);
        self.tell_assigned(id, number, ix, ContainerStart::Prewarmed, log);
        self.begin_init(id, number, log);
        true
    }

    /// The prewarm setting for an action's kind and memory, by number.
    fn prewarm_setting(&self, action: ActionId) -> Option<u8> {
        let action = self.catalogue.action(action)?;
        let settings = &self.setup.configuration.prewarm;
        let place = settings.iter().position(|it| it.kind == action.kind && it.memory_mb == action.limits.memory_mb)?;
        u8::try_from(place).ok()
    }

    /// Makes a new container for a job.
    fn make_for(&mut self, id: InvokerId, ix: ActivationIx, memory_mb: u32, start: ContainerStart, log: &mut StepLog) {
        let setup = Rc::clone(&self.setup);
        let Some(activation) = self.activation(ix) else { return };
        let (identity, exchange, action) = (activation.identity, activation.exchange, activation.action);
        let setting = self.prewarm_setting(action);
        let now = self.now;
        let Some(invoker) = self.invoker_mut(id) else { return };
        if let Some(count) = setting.and_then(|setting| invoker.cold_starts.get_mut(usize::from(setting))) {
            *count += 1;
        }
        let container = add_container(invoker, ContainerState::Starting, memory_mb, None, now, Instant::NEVER);
        if let Some(made) = invoker.container_mut(container) {
            made.job = Some(Job::new(ix, start));
        }
        self.tell_assigned(id, container, ix, start, log);
        self.tell(log, Some(ix), exchange, None, StepKind::ContainerStarting { invoker: id, container });
        let took = setup.span(identity, Purpose::ContainerStart, setup.configuration.model.container_start);
        self.set(took, What::ContainerStarted { invoker: id, container });
    }

    /// Removes an idle container to make room.
    fn evict(&mut self, id: InvokerId, container: ContainerId, log: &mut StepLog) {
        let was_ready = self.remove_container(id, container, RemovalReason::Evicted, log) == Some(ContainerState::Idle);
        // Only one that is not paused reports back as removed; a paused one just goes (`ContainerProxy.scala:565-570`).
        if was_ready {
            self.ask_to_look(id);
            self.backfill_prewarms(id, log);
        }
    }

    /// Takes a container out of the pool. Returns the state it was in.
    pub(super) fn remove_container(
        &mut self,
        id: InvokerId,
        container: ContainerId,
        reason: RemovalReason,
        log: &mut StepLog,
    ) -> Option<ContainerState> {
        let invoker = self.invoker_mut(id)?;
        let place = invoker.containers.iter().position(|it| it.id == container)?;
        let removed = invoker.containers.remove(place);
        let activation = removed.job.map(|job| job.activation);
        self.tell(log, activation, None, None, StepKind::ContainerRemoved { invoker: id, container, reason });
        Some(removed.state)
    }

    // ---- Prewarmed containers ----

    pub(super) fn start_first_prewarms(&mut self, id: InvokerId, log: &mut StepLog) {
        let setup = Rc::clone(&self.setup);
        for (place, setting) in (0..).zip(&setup.configuration.prewarm) {
            for _ in 0..setting.initial {
                self.start_prewarm(id, place, log);
            }
        }
    }

    /// Starts one prewarmed container if there is room for it.
    fn start_prewarm(&mut self, id: InvokerId, setting: u8, log: &mut StepLog) {
        let setup = Rc::clone(&self.setup);
        let Some(prewarm) = setup.configuration.prewarm.get(usize::from(setting)) else { return };
        let now = self.now;
        let Some(invoker) = self.invoker_mut(id) else { return };
        if !invoker.has_room_for(prewarm.memory_mb) {
            return;
        }
        let container = add_container(invoker, ContainerState::PrewarmStarting, prewarm.memory_mb, Some(setting), now, Instant::NEVER);
        self.tell(log, None, None, None, StepKind::PrewarmStarted { invoker: id, container });
        let identity = Identity::prewarm(id.0, container.0);
        let took = setup.span(identity, Purpose::PrewarmStart, setup.configuration.model.container_start);
        self.set(took, What::ContainerStarted { invoker: id, container });
    }

    /// After a removal there are to be at least the least number again.
    pub(super) fn backfill_prewarms(&mut self, id: InvokerId, log: &mut StepLog) {
        let setup = Rc::clone(&self.setup);
        for (place, setting) in (0..).zip(&setup.configuration.prewarm) {
            self.fill_prewarms(id, place, setting.min, log);
        }
    }

    fn fill_prewarms(&mut self, id: InvokerId, setting: u8, wanted: u8, log: &mut StepLog) {
        let Some(invoker) = self.invoker_mut(id) else { return };
        let there = invoker.containers.iter().filter(|container| container.prewarm == Some(setting)).count();
        for _ in there..usize::from(wanted) {
            self.start_prewarm(id, setting, log);
        }
    }

    /// Each ten minutes: those that have expired go, and as many come as the cold starts since the last look call for.
    pub(super) fn check_prewarms(&mut self, id: InvokerId, log: &mut StepLog) {
        let setup = Rc::clone(&self.setup);
        let now = self.now;
        let Some(invoker) = self.invoker_mut(id) else { return };
        let expired: Vec<ContainerId> =
            invoker.containers.iter().filter(|it| it.state == ContainerState::Prewarmed && it.expires <= now).map(|it| it.id).collect();
        let cold_starts = std::mem::take(&mut invoker.cold_starts);
        invoker.cold_starts = vec![0; cold_starts.len()];
        for container in expired {
            self.remove_container(id, container, RemovalReason::PrewarmExpired, log);
            self.ask_to_look(id);
        }
        for ((place, setting), cold) in (0..).zip(&setup.configuration.prewarm).zip(cold_starts) {
            let wanted = u8::try_from(cold).unwrap_or(u8::MAX).clamp(setting.min, setting.max);
            self.fill_prewarms(id, place, wanted, log);
        }
        self.set(super::invoker::PREWARM_CHECK, What::PrewarmCheck(id));
        self.look_again(id, log);
    }
}

fn add_container(
    invoker: &mut Invoker,
    state: ContainerState,
    memory_mb: u32,
    prewarm: Option<u8>,
    now: Instant,
    expires: Instant,
) -> ContainerId {
    let id = ContainerId(invoker.next_container);
    invoker.next_container += 1;
    invoker.containers.push(Container {
        id,
        state,
        memory_mb,
        prewarm,
        owner: None,
        job: None,
        last_used: now,
        since: now,
        expires,
        grace_timer: false,
    });
    id
}

/// The idle containers to remove for `memory_mb`, those used longest ago first (`ContainerPool.scala:156-162,545-575`). Prewarmed ones stay.
///
/// If all of them together have less memory than is needed they all go, and the new container is made all the same: the source frees the
/// lesser of the two and does not check again, so a pool can hold a little more than its memory.
fn evictable(invoker: &Invoker, memory_mb: u32) -> Vec<ContainerId> {
    let is_idle =
        |it: &&Container| it.job.is_none() && matches!(it.state, ContainerState::Idle | ContainerState::Pausing | ContainerState::Paused);
    let mut idle: Vec<&Container> = invoker.containers.iter().filter(is_idle).collect();
    crate::order::sort_by_key(&mut idle, |container| (container.last_used.micros(), container.id.0.into()));
    let mut chosen = Vec::new();
    let mut freed_mb = 0;
    for container in idle {
        if freed_mb >= memory_mb {
            break;
        }
        freed_mb += container.memory_mb;
        chosen.push(container.id);
    }
    chosen
}

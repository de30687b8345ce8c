//! What processes of OpenWhisk keep of CouchDB's subjects and entities for five minutes, and need anew after that: with CouchDB down they go
//! on with what they have, whichever store records go to.
//!
//! Reads that succeed take no time of their own in this model and are not drawn (see the page's list of simplifications); those that fail are
//! steps.

use super::activation::{Answer, Failure};
use super::place::{ActivationIx, ControllerId, ExchangeIx, InvokerId, Node, StoreKind};
use super::step::{CachedEntity, StepKind};
use super::world::{StepLog, World};
use crate::activation::{ActionId, NamespaceId};
use crate::time::{Instant, Span};

/// How long an entry is kept (`core/database/MultipleReadersSingleWriterCache.scala:96-98`).
const CACHED_FOR: Span = Span::from_secs(300);

/// When each entry was read or used, by number. It follows from the steps, so that no digest has it.
#[derive(Clone, Debug, Default)]
pub(super) struct Cache(Vec<Option<Instant>>);

impl Cache {
    fn has(&self, place: usize, now: Instant) -> bool {
        self.0.get(place).copied().flatten().is_some_and(|since| now < since + CACHED_FOR)
    }

    fn put(&mut self, place: usize, now: Instant) {
        if let Some(entry) = self.0.get_mut(place) {
            *entry = Some(now);
            return;
        }
        self.0.resize(place, None);
        self.0.push(Some(now));
    }
}

/// What a controller keeps.
#[derive(Clone, Debug, Default)]
pub(super) struct ControllerCaches {
    /// Who asks, by namespace: five minutes from the read, however often it is used (`core/entity/Identity.scala:151-159`).
    subjects: Cache,
    /// Actions and triggers: five minutes from the last use.
    entities: Cache,
}

/// What comes of an invoker's look for an action's code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fetch {
    Done,
    /// The database has it no more.
    Gone,
    /// The database does not answer.
    Failed,
}

impl World {
    fn entity_store_is_down(&self) -> bool {
        self.is_stopped(Node::Store(StoreKind::OF_ENTITIES))
    }

    /// Whether the request's controller knows who asks, a user of `namespace`. If not the answer is 500
    /// (`core/controller/BasicAuthenticationDirective.scala:32-60`).
    pub(super) fn knows_subject(&mut self, ix: ExchangeIx, controller: ControllerId, namespace: NamespaceId, log: &mut StepLog) -> bool {
        let (now, is_down, namespace) = (self.now, self.entity_store_is_down(), usize::from(namespace.0));
        let Some(subjects) = self.controller_mut(controller).map(|it| &mut it.caches.subjects) else { return true };
        if subjects.has(namespace, now) {
            return true;
        }
        if is_down {
            self.entity_unread(ix, controller, CachedEntity::Subject, log);
            return false;
        }
        subjects.put(namespace, now);
        true
    }

    /// Whether the controller would know now who asks.
    pub fn would_know(&self, controller: ControllerId, namespace: NamespaceId) -> bool {
        let Some(controller) = self.controllers().get(usize::from(controller.0)) else { return false };
        !self.entity_store_is_down() || controller.caches.subjects.has(usize::from(namespace.0), self.now())
    }

    /// The same for the action or trigger that the request names (`core/controller/ApiUtils.scala:137-163`). The actions of a sequence's
    /// components are known in this model.
    pub(super) fn knows_entity(&mut self, ix: ExchangeIx, controller: ControllerId, entity: ActionId, log: &mut StepLog) -> bool {
        let (now, is_down) = (self.now, self.entity_store_is_down());
        // A deletion takes it out of each controller's cache.
        let is_deleted = is_down && self.is_deleted(entity);
        let Some(entities) = self.controller_mut(controller).map(|it| &mut it.caches.entities) else { return true };
        if is_down && (is_deleted || !entities.has(usize::from(entity.0), now)) {
            self.entity_unread(ix, controller, CachedEntity::Entity, log);
            return false;
        }
        entities.put(usize::from(entity.0), now);
        true
    }

    /// Whether entities can be changed now: that is a write to the database, whatever is cached.
    pub(super) fn can_change_entities(&mut self, ix: ExchangeIx, log: &mut StepLog) -> bool {
        let is_down = self.entity_store_is_down();
        if let (true, Some(controller)) = (is_down, self.exchange(ix).map(|it| it.controller)) {
            self.entity_unread(ix, controller, CachedEntity::Entity, log);
        }
        !is_down
    }

    fn entity_unread(&mut self, ix: ExchangeIx, controller: ControllerId, entity: CachedEntity, log: &mut StepLog) {
        self.tell(log, None, Some(ix), None, StepKind::EntityUnread { controller, entity });
        self.answer(ix, Answer::Failed { status: 500, failure: Failure::StoreUnreachable }, log);
    }

    /// Whether the invoker gets the action's code, from its cache or from the database.
    ///
    /// The cache goes by the action's revision and no invoker is told of a deletion, so an action that it had a moment ago runs on. In the
    /// database the model has a deleted action gone at once; CouchDB can still give an old revision until it is compacted. The action of
    /// health tests is named without a revision and read each time (`InvokerSupervision.scala:423-424`, `InvokerReactive.scala:166-171`).
    pub(super) fn fetch_action(&mut self, id: InvokerId, ix: ActivationIx) -> Fetch {
        let (now, is_down) = (self.now, self.entity_store_is_down());
        let Some((action, by_revision)) = self.activation(ix).map(|it| (it.action, !it.health_test)) else { return Fetch::Done };
        let is_gone = self.is_deleted(action);
        let place = usize::from(action.0);
        let Some(cached) = self.invoker_mut(id).map(|invoker| &mut invoker.cached) else { return Fetch::Done };
        if !(by_revision && cached.has(place, now)) {
            if is_down {
                return Fetch::Failed;
            }
            if is_gone {
                return Fetch::Gone;
            }
        }
        cached.put(place, now);
        Fetch::Done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_kept_for_five_minutes_to_the_microsecond() {
        let mut cache = Cache::default();
        let start = Instant::from_micros(1_000_000);
        assert!(!cache.has(3, start));
        cache.put(3, start);
        assert!(cache.has(3, Instant::from_micros(300_999_999)));
        assert!(!cache.has(3, Instant::from_micros(301_000_000)));
        assert!(!cache.has(2, start));
    }
}

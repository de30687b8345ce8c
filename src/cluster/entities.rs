//! A controller's work on actions themselves, and the invocations that it refuses before any activation is made.

use super::activation::{Answer, Failure, Request};
use super::balancer::placement_hash;
use super::command::PAYLOAD_BYTES_MAX;
use super::place::{ActivationIx, ExchangeIx};
use super::step::StepKind;
use super::world::{StepLog, World};
use crate::activation::{Action, ActionId, Appendix, AppendixIx, Library, NamespaceId, result_message_bytes};
use crate::chunked::Chunked;
use std::rc::Rc;

impl World {
    /// Whether somebody has deleted an action.
    pub fn is_deleted(&self, action: ActionId) -> bool {
        self.deleted.contains(&action)
    }

    /// `DELETE …/actions/{name}` (`Actions.scala:341-343`). Controllers tell each other through the topic `cacheInvalidation`, which the
    /// model has them know at once; invokers are not told.
    pub(super) fn delete_action(&mut self, ix: ExchangeIx, action: ActionId, log: &mut StepLog) {
        let Some(controller) = self.exchange(ix).map(|exchange| exchange.controller) else { return };
        if self.is_forbidden(ix, log) || !self.can_change_entities(ix, log) {
            return;
        }
        if self.is_deleted(action) {
            self.tell(log, None, Some(ix), None, StepKind::ActionMissing { controller });
            self.answer(ix, Answer::Failed { status: 404, failure: Failure::NoSuchAction }, log);
            return;
        }
        self.deleted.push(action);
        let id = self.catalogue.action(action).map(Action::path);
        if let Some(sheet) = id.and_then(|id| Rc::make_mut(&mut self.sheets).remove(&id)).filter(|_| self.sheets.has_changed) {
            self.tell(log, None, Some(ix), None, StepKind::ActionDeleted { controller });
            let shown = self.shown(sheet, Vec::new(), true);
            return self.answer(ix, shown, log);
        }
        self.tell(log, None, Some(ix), None, StepKind::ActionDeleted { controller });
        self.answer(ix, Answer::Deleted(action), log);
    }

    /// Refuses a request that is too large (`Entities.scala:54-61,119-126`), then one for an action that there is not.
    pub(super) fn refused_as_it_is(&mut self, ix: ExchangeIx, action: ActionId, log: &mut StepLog) -> bool {
        let Some(exchange) = self.exchange(ix) else { return true };
        let controller = exchange.controller;
        if let Request::InvokeTooLarge { bytes, .. } = exchange.request {
            let allowed = PAYLOAD_BYTES_MAX;
            self.tell(log, None, Some(ix), None, StepKind::PayloadTooLarge { controller, bytes, allowed });
            self.answer(ix, Answer::Failed { status: 413, failure: Failure::TooLarge { bytes, allowed } }, log);
            return true;
        }
        if !self.knows_entity(ix, controller, action, log) {
            return true;
        }
        if !self.is_deleted(action) {
            return false;
        }
        self.tell(log, None, Some(ix), None, StepKind::ActionMissing { controller });
        self.answer(ix, Answer::Failed { status: 404, failure: Failure::NoSuchAction }, log);
        true
    }

    pub(super) fn is_sequence(&self, action: ActionId) -> bool {
        self.catalogue.action(action).is_some_and(Action::is_sequence)
    }

    /// The hash that places an action for a namespace's users. For what was there at the start it is worked out once.
    pub(super) fn placement(&self, namespace: NamespaceId, action: ActionId) -> Option<u32> {
        let known = self.setup.hashes.get(usize::from(namespace.0)).and_then(|hashes| hashes.get(usize::from(action.0)));
        let made = || Some(placement_hash(self.catalogue.namespace(namespace), &self.catalogue.action(action)?.path()));
        known.copied().or_else(made)
    }

    /// The length of the result ack of an action, in bytes.
    pub(super) fn ack_bytes(&self, action: ActionId) -> u64 {
        let known = self.setup.ack_bytes.get(usize::from(action.0)).copied();
        known.or_else(|| self.catalogue.action(action).map(result_message_bytes)).unwrap_or(0)
    }

    /// Where the written forms of this run's records look up what they refer to.
    pub fn library(&self) -> Library<'_> {
        Library { catalogue: &self.catalogue, appendices: &self.appendices }
    }

    pub fn appendices(&self) -> &Chunked<Appendix> {
        &self.appendices
    }

    pub(super) fn add_appendix(&mut self, appendix: Appendix) -> Option<AppendixIx> {
        AppendixIx::new(self.appendices.push(appendix))
    }

    /// An activation of a controller's own making: it is never posted, and holds no slot.
    pub(super) fn own_activation(&mut self, ix: ExchangeIx, action: ActionId, origin: crate::activation::Origin) -> Option<ActivationIx> {
        let exchange = self.exchange(ix)?;
        let (identity, namespace, controller) = (exchange.identity, exchange.namespace, exchange.controller);
        let mut made = self.new_activation(identity, namespace, action, controller, super::place::InvokerId(0));
        made.binding = exchange.binding;
        made.exchange = Some(ix);
        made.origin = origin;
        made.extra_logging = self.exchange(ix).is_some_and(|exchange| self.has_extra_logging(exchange));
        made.store = self.controller_mut(controller)?.store;
        let activation = self.add_activation(made)?;
        if let Some(exchange) = self.exchange_mut(ix) {
            exchange.activation = Some(activation);
        }
        Some(activation)
    }
}

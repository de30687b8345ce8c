//! What is drawn for an exchange where a person reads it: the transaction id, which every error of the controller carries as its `code`.

use super::activation::{Exchange, Inner};
use super::place::{ControllerId, ExchangeIx, Process};
use super::world::{World, process_identity};
use crate::activation::ActivationId;
use crate::chance::Purpose;

impl World {
    /// The id of the transaction that an exchange is: 32 lower-case hexadecimal digits, as nginx makes its `$request_id` and hands it on
    /// (`ansible/roles/nginx/templates/nginx.conf.j2:85`, `BasicHttpService.scala:104-116`). It follows from the exchange's identity, so
    /// it is the same in either store's world.
    pub fn transaction_id(&self, exchange: &Exchange) -> String {
        let chance = self.setup.chance;
        let half = |purpose| chance.bits(exchange.identity, purpose);
        format!("{:016x}{:016x}", half(Purpose::TransactionHigh), half(Purpose::TransactionLow))
    }

    /// The id of the activation that an exchange makes, or would have made if it had come so far.
    pub fn id_of(&self, exchange: &Exchange) -> ActivationId {
        self.activation_id(exchange.identity)
    }

    /// The transactions that an exchange is part of: the client's, and its own below it if it is the component of a sequence
    /// (`SequenceActions.scala:344`). The action of a rule is invoked in the trigger's own (`Triggers.scala:401-421`).
    pub fn transactions(&self, ix: ExchangeIx) -> Option<(String, Option<String>)> {
        let exchange = self.exchange(ix)?;
        let is_root = |it: &&Exchange| it.inner.is_none() && it.command == exchange.command && it.member == exchange.member;
        let root = match exchange.inner {
            None => exchange,
            Some(_) => (0..ix.0).rev().filter_map(|earlier| self.exchange(ExchangeIx(earlier))).find(is_root)?,
        };
        let is_component = matches!(exchange.inner, Some(Inner::Component { .. }));
        Some((self.transaction_id(root), is_component.then(|| self.transaction_id(exchange))))
    }

    /// The subject of the records that a controller's Noop store makes up: `anon-` and 27 characters.
    pub fn made_up_subject(&self, controller: ControllerId) -> String {
        let identity = process_identity(Process::Controller(controller));
        let half = |purpose| self.setup.chance.bits(identity, purpose);
        let (high, low) = (half(Purpose::MadeUpSubjectHigh), half(Purpose::MadeUpSubjectLow));
        format!("anon-{high:016x}{:011x}", low >> 20)
    }
}

//! What is drawn for an exchange where a person reads it: the transaction id, which every error of the controller carries as its `code`.

use super::activation::Exchange;
use super::place::{ControllerId, Process};
use super::world::{World, process_identity};
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

    /// The subject of the records that a controller's Noop store makes up: `anon-` and 27 characters.
    pub fn made_up_subject(&self, controller: ControllerId) -> String {
        let identity = process_identity(Process::Controller(controller));
        let half = |purpose| self.setup.chance.bits(identity, purpose);
        let (high, low) = (half(Purpose::MadeUpSubjectHigh), half(Purpose::MadeUpSubjectLow));
        format!("anon-{high:016x}{:011x}", low >> 20)
    }
}

//! The transaction id of an exchange, which every error of the controller carries as its `code`.

use super::activation::Exchange;
use super::world::World;
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
}

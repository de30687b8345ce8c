//! The source lines that prove a reason.

use super::reason::{Obstacle, Reason};
use super::why::{Because, Witness};
use crate::cluster::evidence::{self, Evidence};
use crate::cluster::place::{Node, StoreKind};

/// The lines by which a witness does not show a record that is there: of these a step of the record itself, such as its being stored, proves
/// only half. `None` where the step is the whole proof.
fn of_unseen(reason: Reason, witness: Witness) -> Option<&'static str> {
    Some(match reason {
        Reason::StaleView => "couchdb-list-stale",
        Reason::NotRefreshed { .. } => "es-searchable-later",
        Reason::BeyondLimit(_) => "list-received",
        Reason::OtherNamespace(_) if witness == Witness::List => "list-received",
        Reason::OtherNamespace(_) => "get-received",
        Reason::OtherStore(_) if matches!(witness, Witness::Get | Witness::List) => "controller-bound",
        Reason::OtherStore(_) => "one-store-per-process",
        Reason::KeepsNothing if witness == Witness::List => "noop-lists-nothing",
        Reason::KeepsNothing => "noop-makes-up",
        Reason::Unanswered(Obstacle::Subject) => "subject-unread",
        Reason::Unanswered(Obstacle::Down(Node::Controller(_)) | Obstacle::Link { from: Node::Client, .. }) => "client-without-connection",
        Reason::Unanswered(Obstacle::Down(Node::Store(store)) | Obstacle::Link { to: Node::Store(store), .. }) => match (store, witness) {
            (StoreKind::CouchDb, Witness::List) => "couchdb-query-failed",
            (StoreKind::CouchDb, _) => "couchdb-get-failed",
            (_, Witness::List) => "es-query-failed",
            _ => "es-get-failed",
        },
        _ => return None,
    })
}

impl Because {
    /// The source lines for it, for what `witness` does not show.
    pub fn evidence(&self, witness: Witness) -> Option<&'static Evidence> {
        let of_step = || self.step.map(|step| evidence::of(&step.kind));
        of_unseen(self.reason, witness).and_then(evidence::find).or_else(of_step)
    }

    /// Whether the step alone does not prove it.
    pub fn is_more_than_its_step(&self, witness: Witness) -> bool {
        of_unseen(self.reason, witness).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activation::NamespaceId;
    use crate::cluster::place::ControllerId;
    use crate::time::Span;

    #[test]
    fn each_reason_of_an_unseen_record_has_its_row() {
        let controller = Node::Controller(ControllerId(0));
        let stores = StoreKind::ALL.map(Node::Store);
        let obstacles = [
            Obstacle::Subject,
            Obstacle::Down(controller),
            Obstacle::Link { from: Node::Client, to: controller },
            Obstacle::Down(stores[0]),
            Obstacle::Link { from: controller, to: stores[1] },
        ];
        let mut reasons = vec![
            Reason::StaleView,
            Reason::NotRefreshed { next_in: Span::ZERO },
            Reason::BeyondLimit(30),
            Reason::OtherNamespace(NamespaceId(0)),
            Reason::OtherStore(StoreKind::CouchDb),
            Reason::KeepsNothing,
        ];
        reasons.extend(obstacles.map(Reason::Unanswered));
        for reason in reasons {
            for witness in Witness::ALL {
                assert!(of_unseen(reason, witness).and_then(evidence::find).is_some(), "{reason:?} {witness:?}");
            }
        }
        assert_eq!(of_unseen(Reason::NotFinished, Witness::Get), None);
    }
}

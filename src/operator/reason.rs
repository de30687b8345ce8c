use crate::activation::NamespaceId;
use crate::cluster::place::{Node, Process, StoreKind};
use crate::cluster::step::{LossStage, RateLimit};
use crate::cluster::{Gate, LinkFailure};
use crate::time::Span;
use serde::Serialize;

/// The one true reason why someone who asks for a record does not see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// No run of it has ended.
    NotFinished,
    /// Run; the record waits in its writer for its logs.
    CollectingLogs,
    /// Finished; the write to this store is under way.
    OnItsWay(StoreKind),
    /// In Elasticsearch, until the next refresh in this time.
    NotRefreshed { next_in: Span },
    /// In CouchDB, and not among the rows that the view's index has.
    StaleView,
    /// In the store, but so many are newer.
    BeyondLimit(u32),
    /// In this store, which is not the one that is asked.
    OtherStore(StoreKind),
    /// It belongs to this namespace, and another one's record was asked for.
    OtherNamespace(NamespaceId),
    /// There is no index to search.
    IndexMissing,
    /// A gate before the write kept it from being stored.
    Skipped(Gate),
    /// Its writer is bound to the store that keeps nothing.
    Discarded,
    /// Whoever is asked is bound to the store that keeps nothing: a get makes up a record, and each list is empty.
    KeepsNothing,
    /// The store that it was written to refused it.
    Refused(StoreKind),
    /// The request was refused before its id was used: no record by design (`CTL/RateThrottler.scala`).
    Throttled(RateLimit),
    /// The same, for want of a usable invoker (`LB/ShardingContainerPoolBalancer.scala:303-314`).
    NoInvoker,
    /// The same: the request never reached a controller that was up.
    NotConnected,
    /// The same: its controller could not read who asked, or what for.
    NotRead,
    /// The same: the action is deleted.
    NoAction,
    /// The same: 413.
    TooLarge,
    /// The same: a trigger without an active rule makes no activation (`CTL/Triggers.scala:188-193`).
    NoRule,
    /// Its invoker has the namespace on its blacklist: no record, on purpose (`INV/invoker/InvokerReactive.scala:238-255`).
    Blacklisted,
    /// Its message could not be read (`INV/invoker/InvokerReactive.scala:257-264`).
    Unparsable,
    /// It was in this store, and was deleted there with all the others.
    Deleted(StoreKind),
    /// Its message never got into Kafka.
    NotPosted(LinkFailure),
    /// Its writer gave it up after the writes to this store had failed.
    GivenUp { store: StoreKind, cause: LinkFailure },
    /// It was in the memory of this process, which died.
    LostWith { process: Process, stage: LossStage },
    /// The store has it, but nobody who asks is told.
    Unanswered(Obstacle),
    /// It was never written, and nobody will write it.
    Lost,
    /// Nobody has made this id.
    NeverExisted,
}

/// What keeps an answer back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    Down(Node),
    /// A fault on the link.
    Link {
        from: Node,
        to: Node,
    },
    /// The controller does not know who asks, and CouchDB is down.
    Subject,
}

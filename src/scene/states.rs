//! What each node shows of itself, from the world at its last step.

use crate::activation::ActivationId;
use crate::cluster::place::{ActivationIx, ControllerId, InvokerId, Node, Process, StoreKind, Topic};
use crate::cluster::step::{DesignDocument, InvokerState, RequestKind};
use crate::cluster::store::CouchDb;
use crate::cluster::{ContainerState, Controller, Invoker, Message, Partition, Request, World};
use crate::time::Instant;

/// The newest thing that the client did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientState {
    pub newest: Option<ClientAct>,
    /// Requests without an answer, of the newest few thousand.
    pub waiting: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientAct {
    pub kind: RequestKind,
    /// The action's name, of an invocation.
    pub action: Option<String>,
    /// The status of the answer, once it has reached the client.
    pub status: Option<u16>,
    /// The rows that the answer to a list brought.
    pub rows: Option<u32>,
    pub activation: Option<ActivationId>,
}

/// One invoker as a controller sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvokerSeen {
    pub id: InvokerId,
    pub state: InvokerState,
    /// Of this controller's share, in MB. More than the share if it was overcommitted.
    pub used_mb: u64,
    pub share_mb: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ControllerState {
    pub id: ControllerId,
    pub store: StoreKind,
    pub is_up: bool,
    /// Activations that it counts as running.
    pub active: u32,
    pub invokers: Vec<InvokerSeen>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    Activation,
    Ack,
    Ping,
}

/// A message in a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    pub offset: u64,
    pub kind: CellKind,
    pub activation: Option<ActivationIx>,
    /// Some consumer has yet to take it.
    pub unread: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicState {
    pub topic: Topic,
    /// The offset that the next message will get.
    pub end: u64,
    /// Of the consumer that is furthest behind.
    pub position: u64,
    pub committed: u64,
    /// The last few, oldest first.
    pub cells: Vec<Cell>,
}

impl TopicState {
    pub const fn lag(&self) -> u64 {
        self.end.saturating_sub(self.position)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContainerMark {
    pub state: ContainerState,
    pub activation: Option<ActivationIx>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvokerNode {
    pub id: InvokerId,
    pub store: StoreKind,
    pub is_up: bool,
    pub containers: Vec<ContainerMark>,
    pub used_mb: u32,
    pub total_mb: u32,
    /// Activations that wait for a container.
    pub waiting: u32,
    /// Records that wait in the batcher.
    pub records_waiting: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CouchDbState {
    /// Some invoker writes to it.
    pub is_bound: bool,
    pub records: u32,
    /// Of health tests, not among `records`.
    pub health_records: u32,
    pub design_documents: u32,
    /// The update sequence that the index of plain lists is built to, and the database's own.
    pub view_built: u64,
    pub view_latest: u64,
    pub view_updating: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexState {
    pub name: String,
    pub searchable: u32,
    pub buffered: u32,
    pub next_refresh: Instant,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ElasticsearchState {
    pub is_bound: bool,
    /// Those that exist. That of health tests is last.
    pub indexes: Vec<IndexState>,
}

/// Every node's own state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeStates {
    pub client: ClientState,
    pub controllers: Vec<ControllerState>,
    pub topics: Vec<TopicState>,
    pub invokers: Vec<InvokerNode>,
    pub couchdb: CouchDbState,
    pub elasticsearch: ElasticsearchState,
    /// The stores that a client has asked itself.
    pub asked: Vec<StoreKind>,
}

/// Cells that a topic shows at most.
const CELLS: u64 = 8;
/// How far back requests without an answer are counted.
const EXCHANGES: usize = 2_000;
const HEALTH_NAMESPACE: &str = "whisk.system";
const HEALTH_INDEX: &str = "openwhisk-whisk.system";

/// What the nodes of a world show.
pub fn node_states(world: &World) -> NodeStates {
    NodeStates {
        client: client(world),
        controllers: world.controllers().iter().map(|it| controller(world, it)).collect(),
        topics: world.kafka().partitions().map(topic).collect(),
        invokers: world.invokers().iter().map(invoker).collect(),
        couchdb: couchdb(world),
        elasticsearch: elasticsearch_state(world),
        asked: StoreKind::ALL.into_iter().filter(|store| world.was_asked(*store)).collect(),
    }
}

impl NodeStates {
    /// Whether a client has asked this store itself.
    pub fn was_asked(&self, store: StoreKind) -> bool {
        self.asked.contains(&store)
    }

    /// The store that a node's process is bound to.
    pub fn store_of(&self, process: Process) -> Option<StoreKind> {
        match process {
            Process::Controller(id) => self.controllers.iter().find(|it| it.id == id).map(|it| it.store),
            Process::Invoker(id) => self.invokers.iter().find(|it| it.id == id).map(|it| it.store),
        }
    }

    /// Whether a node is a process that does not run: not yet, or not any more.
    pub fn is_down(&self, node: Node) -> bool {
        match node {
            Node::Controller(id) => self.controllers.iter().any(|it| it.id == id && !it.is_up),
            Node::Invoker(id) => self.invokers.iter().any(|it| it.id == id && !it.is_up),
            Node::Client | Node::Kafka | Node::Store(_) => false,
        }
    }
}

/// Counts on the stage stay far below this.
fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn client(world: &World) -> ClientState {
    let waiting = world.exchanges().rev().take(EXCHANGES).filter(|exchange| exchange.answered.is_none()).count();
    let newest = world.exchanges().next_back().map(|exchange| ClientAct {
        kind: exchange.kind,
        action: exchange.request.entity().and_then(|entity| world.catalogue().action(entity)).map(|entity| entity.local_name()),
        status: exchange.answered.and(exchange.answer.as_ref()).map(crate::cluster::Answer::status),
        rows: match (exchange.answered, &exchange.answer) {
            (Some(_), Some(crate::cluster::Answer::Rows(rows))) => Some(small(rows.len())),
            _ => None,
        },
        activation: match exchange.request {
            Request::Read { id } => Some(id),
            _ => exchange.activation.and_then(|ix| world.activation(ix)).map(|activation| activation.id),
        },
    });
    ClientState { newest, waiting: small(waiting) }
}

fn controller(world: &World, controller: &Controller) -> ControllerState {
    let share = controller.slots.share_mb();
    let seen = |id: InvokerId| InvokerSeen {
        id,
        state: controller.state_of(id),
        used_mb: controller.slots.free_mb(id).map_or(0, |free| u64::try_from(share - free).unwrap_or(0)),
        share_mb: u64::try_from(share).unwrap_or(0),
    };
    ControllerState {
        id: controller.id,
        store: controller.store,
        is_up: controller.started.is_some(),
        active: world.catalogue().namespaces().map(|(namespace, _)| controller.active_in(namespace)).sum(),
        invokers: world.invokers().iter().map(|invoker| seen(invoker.id)).collect(),
    }
}

fn topic(partition: &Partition) -> TopicState {
    let end = partition.end_offset();
    let position = partition.consumers().iter().map(|consumer| consumer.position).min().unwrap_or(end);
    let cell = |offset| {
        let (kind, activation) = match partition.message(offset)? {
            Message::Activation(ix) => (CellKind::Activation, Some(ix)),
            Message::Ack { activation, .. } => (CellKind::Ack, Some(activation)),
            Message::Ping { .. } => (CellKind::Ping, None),
        };
        Some(Cell { offset, kind, activation, unread: offset >= position })
    };
    TopicState {
        topic: partition.topic,
        end,
        position,
        committed: partition.consumers().iter().map(|consumer| consumer.committed).min().unwrap_or(end),
        cells: (end.saturating_sub(CELLS)..end).filter_map(cell).collect(),
    }
}

fn invoker(invoker: &Invoker) -> InvokerNode {
    let mark = |container: &crate::cluster::Container| ContainerMark {
        state: container.state,
        activation: container.job.map(|job| job.activation),
    };
    InvokerNode {
        id: invoker.id,
        store: invoker.store,
        is_up: invoker.started.is_some(),
        containers: invoker.containers.iter().map(mark).collect(),
        used_mb: invoker.used_memory_mb(),
        total_mb: invoker.user_memory_mb,
        waiting: small(invoker.waiting()),
        records_waiting: invoker.batcher.waiting(),
    }
}

fn is_bound(world: &World, store: StoreKind) -> bool {
    world.invokers().iter().any(|invoker| invoker.store == store)
}

fn couchdb(world: &World) -> CouchDbState {
    let database = &world.stores().couchdb;
    let catalogue = world.catalogue();
    let is_health = |action| catalogue.action(action).is_some_and(|it| it.name.starts_with("invokerHealthTestAction"));
    let health = catalogue
        .namespace_named(HEALTH_NAMESPACE)
        .map_or(0, |namespace| database.documents().by_key(namespace).filter(|document| is_health(document.record.action)).count());
    let view = database.views().iter().find(|view| view.view == DesignDocument::Whisks);
    CouchDbState {
        is_bound: is_bound(world, StoreKind::CouchDb),
        records: small(database.documents().len().saturating_sub(health)),
        health_records: small(health),
        design_documents: small(CouchDb::ACTIVATIONS.design_documents.len()),
        view_built: view.map_or(0, crate::cluster::store::ViewState::sequence),
        view_latest: database.update_sequence(),
        view_updating: view.is_some_and(crate::cluster::store::ViewState::is_updating),
    }
}

/// What the Elasticsearch store shows.
pub fn elasticsearch_state(world: &World) -> ElasticsearchState {
    let index = |(name, index): (&str, &crate::cluster::store::Index)| IndexState {
        name: name.to_owned(),
        searchable: small(index.searchable_count()),
        buffered: small(index.buffered_count()),
        next_refresh: index.next_refresh(),
    };
    let mut indexes: Vec<IndexState> = world.stores().elasticsearch.indexes().map(index).collect();
    crate::order::sort_by_key(&mut indexes, |index| (u64::from(index.name == HEALTH_INDEX), 0));
    ElasticsearchState { is_bound: is_bound(world, StoreKind::Elasticsearch), indexes }
}

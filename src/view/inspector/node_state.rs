//! The state of a node in lines of text.

use crate::cluster::place::{InvokerId, Node, StoreKind};
use crate::cluster::store::{ActivationStore, Batcher, CouchDb};
use crate::cluster::{ContainerState, Controller, Invoker, World};
use crate::locale::Language;
use crate::locale::page::{
    batches, behind_view, containers_by_state, design_and_other_documents, memory, next_refresh, node_name, offsets,
    records_and_design_documents, runs_waiting, slots, view_built, visible_count,
};
use crate::locale::steps::invoker_state;
use crate::witness;

pub fn state(language: Language, world: &World, node: Node) -> Vec<String> {
    match node {
        Node::Client => client(language, world),
        Node::Controller(id) => {
            world.controllers().iter().find(|it| it.id == id).map(|it| controller(language, world, it)).unwrap_or_default()
        }
        Node::Kafka => kafka(language, world),
        Node::Invoker(id) => world.invokers().iter().find(|it| it.id == id).map(|it| invoker(language, world, it)).unwrap_or_default(),
        Node::Store(StoreKind::CouchDb) => couchdb(language, world),
        Node::Store(StoreKind::Elasticsearch) => elasticsearch(language, world),
        Node::Store(StoreKind::Noop) => Vec::new(),
    }
}

fn client(language: Language, world: &World) -> Vec<String> {
    let newest = witness::cli::newest(world);
    let answered = newest.answer.map(|answer| crate::locale::page::answered_ago(language, world.now().since(answer.answered)));
    let line = answered.map(|age| format!("wsk activation list: {age}"));
    vec![line.unwrap_or_else(|| language.say(crate::locale::page::Witness::NeverAsked).to_owned())]
}

/// Each invoker as this controller sees it, with the memory of its share that is taken.
fn controller(language: Language, world: &World, controller: &Controller) -> Vec<String> {
    let share = controller.slots.share_mb();
    let line = |invoker: InvokerId| {
        let name = node_name(language, Node::Invoker(invoker));
        let seen = invoker_state(language, controller.state_of(invoker));
        let taken = controller.slots.free_mb(invoker).map(|free| u64::try_from(share - free).unwrap_or(0));
        let total = u64::try_from(share).unwrap_or(0);
        let taken = taken.map(|taken| slots(language, taken, total));
        [Some(format!("{name}: {seen}")), taken].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    world.invokers().iter().map(|invoker| line(invoker.id)).collect()
}

fn kafka(language: Language, world: &World) -> Vec<String> {
    let mut lines = Vec::new();
    for partition in world.kafka().partitions() {
        for consumer in partition.consumers() {
            let name = node_name(language, consumer.process.node());
            let place = offsets(language, partition.end_offset(), consumer.position, consumer.committed);
            lines.push(format!("{} → {name}: {place}", partition.topic));
        }
    }
    lines
}

fn invoker(language: Language, world: &World, invoker: &Invoker) -> Vec<String> {
    let mut lines = vec![memory(language, invoker.used_memory_mb(), invoker.user_memory_mb)];
    let states = [
        ContainerState::PrewarmStarting,
        ContainerState::Prewarmed,
        ContainerState::Starting,
        ContainerState::Initializing,
        ContainerState::Running,
        ContainerState::CollectingLogs,
        ContainerState::Idle,
        ContainerState::Pausing,
        ContainerState::Paused,
        ContainerState::Resuming,
    ];
    for state in states {
        let count = invoker.containers.iter().filter(|container| container.state == state).count();
        if count > 0 {
            lines.push(containers_by_state(language, u32::try_from(count).unwrap_or(u32::MAX), state));
        }
    }
    if invoker.waiting() > 0 {
        lines.push(runs_waiting(language, invoker.waiting() as u64));
    }
    lines.push(batcher(language, world, &invoker.batcher));
    lines
}

fn batcher(language: Language, world: &World, batcher: &Batcher) -> String {
    batches(language, batcher.waiting().into(), batcher.in_flight(), world.setup().configuration.batches_in_flight_max)
}

fn couchdb(language: Language, world: &World) -> Vec<String> {
    let summary = witness::couchdb::summary(world);
    let records = u32::try_from(world.stores().couchdb.holds()).unwrap_or(u32::MAX);
    let documents = u32::try_from(summary.design_documents.len()).unwrap_or(u32::MAX);
    let mut lines = vec![format!("{}: {}", CouchDb::ACTIVATIONS.name, records_and_design_documents(language, documents, records))];
    for database in CouchDb::DATABASES.iter().filter(|database| **database != CouchDb::ACTIVATIONS) {
        let designs = u32::try_from(database.design_documents.len()).unwrap_or(u32::MAX);
        let entities = database.entities(world.catalogue());
        lines.push(format!("{}: {}", database.name, design_and_other_documents(language, designs, &entities)));
    }
    for view in world.stores().couchdb.views() {
        lines.push(format!("{}: {}", view.path(), view_built(language, view.sequence(), summary.newest)));
    }
    if summary.behind > 0 {
        lines.push(behind_view(language, summary.behind));
    }
    lines
}

fn elasticsearch(language: Language, world: &World) -> Vec<String> {
    let indexes = witness::elasticsearch::indexes(world);
    if indexes.is_empty() {
        return vec![language.say(crate::locale::page::Witness::NoIndexAtAll).to_owned()];
    }
    let line = |index: witness::elasticsearch::IndexSummary| {
        let counts = visible_count(language, index.searchable, index.buffered);
        let refresh = next_refresh(language, index.next_refresh.since(world.now()));
        format!("{}: {counts} · {refresh}", index.name)
    };
    indexes.into_iter().map(line).collect()
}

//! Where in the picture a step happens.

use super::way::Way;
use crate::cluster::place::{Flight, Node, Process, StoreKind, Topic};
use crate::cluster::step::{Step, StepKind};

/// The node that a step is about: the one that acts in it.
pub const fn acting_node(step: &Step) -> Node {
    match step.kind {
        StepKind::RequestSent { .. } | StepKind::AnswerReceived { .. } => Node::Client,
        StepKind::RequestReceived { controller, .. }
        | StepKind::RequestThrottled { controller, .. }
        | StepKind::NoInvokerAvailable { controller }
        | StepKind::AnswerSent { controller, .. }
        | StepKind::ActivationScheduled { controller, .. }
        | StepKind::SystemOverloaded { controller, .. }
        | StepKind::ActivationPosted { controller, .. }
        | StepKind::ActivationMessageAccepted { controller, .. }
        | StepKind::ResultAckReceived { controller, .. }
        | StepKind::CompletionAckReceived { controller, .. }
        | StepKind::HealthAckReceived { controller, .. }
        | StepKind::LateAckReceived { controller, .. }
        | StepKind::CompletionAckForced { controller, .. }
        | StepKind::PollMissed { controller, .. }
        | StepKind::PollFound { controller, .. }
        | StepKind::BlockingWaitEnded { controller, .. }
        | StepKind::QuerySent { controller, .. }
        | StepKind::PingReceived { controller, .. }
        | StepKind::InvokerRegistered { controller, .. }
        | StepKind::InvokerStateChanged { controller, .. }
        | StepKind::HealthTestSent { controller, .. } => Node::Controller(controller),
        StepKind::MessageAppended { .. } | StepKind::MessagesDelivered { .. } => Node::Kafka,
        StepKind::MessagesPeeked { consumer, .. } | StepKind::OffsetCommitted { consumer, .. } => consumer.node(),
        StepKind::RunBuffered { invoker, .. }
        | StepKind::ContainerAssigned { invoker, .. }
        | StepKind::ContainerStarting { invoker, .. }
        | StepKind::ContainerCreated { invoker, .. }
        | StepKind::PrewarmStarted { invoker, .. }
        | StepKind::PrewarmReady { invoker, .. }
        | StepKind::ContainerResumed { invoker, .. }
        | StepKind::InitStarted { invoker, .. }
        | StepKind::InitEnded { invoker, .. }
        | StepKind::RunStarted { invoker, .. }
        | StepKind::RunEnded { invoker, .. }
        | StepKind::LogsCollected { invoker, .. }
        | StepKind::LogCollectionFailed { invoker, .. }
        | StepKind::AckSent { invoker, .. }
        | StepKind::AckTooLarge { invoker, .. }
        | StepKind::ContainerFreed { invoker, .. }
        | StepKind::ContainerPausing { invoker, .. }
        | StepKind::ContainerPaused { invoker, .. }
        | StepKind::ContainerRemoved { invoker, .. }
        | StepKind::PingSent { invoker } => Node::Invoker(invoker),
        StepKind::RecordQueued { writer, .. } | StepKind::BatchSent { writer, .. } => writer.node(),
        StepKind::RecordStored { store }
        | StepKind::RecordRefused { store }
        | StepKind::BatchAnswered { store, .. }
        | StepKind::QueryAnswered { store, .. } => Node::Store(store),
        StepKind::IndexCreated { .. } | StepKind::RecordSearchable { .. } | StepKind::IndexRefreshed { .. } => {
            Node::Store(StoreKind::Elasticsearch)
        }
        StepKind::ViewUpdateStarted { .. } | StepKind::ViewUpdated { .. } => Node::Store(StoreKind::CouchDb),
        StepKind::ProcessStarted { process, .. } => match process {
            Process::Controller(id) => Node::Controller(id),
            Process::Invoker(id) => Node::Invoker(id),
        },
    }
}

/// The way of what left with a step, in either direction.
pub const fn way_of(step: &Step) -> Option<Way> {
    let Some(Flight { from, to, .. }) = step.flight else { return None };
    let topic = match step.kind {
        StepKind::ActivationPosted { topic, .. }
        | StepKind::MessageAppended { topic, .. }
        | StepKind::MessagesDelivered { topic, .. }
        | StepKind::AckSent { topic, .. } => Some(topic),
        StepKind::HealthTestSent { invoker, .. } => Some(Topic::Invoker(invoker)),
        StepKind::PingSent { .. } => Some(Topic::Health),
        _ => None,
    };
    match (from, to, topic) {
        (Node::Client, Node::Controller(id), _) | (Node::Controller(id), Node::Client, _) => Some(Way::Http(id)),
        (Node::Controller(id), Node::Kafka, Some(Topic::Invoker(invoker)))
        | (Node::Kafka, Node::Controller(id), Some(Topic::Invoker(invoker))) => Some(Way::Produce(id, invoker)),
        (Node::Kafka, Node::Controller(id), Some(Topic::Completed(_))) => Some(Way::AckDeliver(id)),
        (Node::Kafka, Node::Controller(id), Some(Topic::Health)) => Some(Way::PingDeliver(id)),
        (Node::Kafka, Node::Invoker(id), _) => Some(Way::Deliver(id)),
        (Node::Invoker(id), Node::Kafka, Some(Topic::Completed(controller))) => Some(Way::Ack(id, controller)),
        (Node::Invoker(id), Node::Kafka, Some(Topic::Health)) => Some(Way::Ping(id)),
        (Node::Controller(id), Node::Store(store), _) | (Node::Store(store), Node::Controller(id), _) => {
            Some(Way::Store(Process::Controller(id), store))
        }
        (Node::Invoker(id), Node::Store(store), _) | (Node::Store(store), Node::Invoker(id), _) => {
            Some(Way::Store(Process::Invoker(id), store))
        }
        _ => None,
    }
}

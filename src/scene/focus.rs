//! Where in the picture something travels.

use super::way::Way;
use crate::cluster::place::{Flight, Node, Process, Topic};
use crate::cluster::step::{Step, StepKind};

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
        (Node::Client, Node::Store(store), _) | (Node::Store(store), Node::Client, _) => Some(Way::Ask(store)),
        _ => None,
    }
}

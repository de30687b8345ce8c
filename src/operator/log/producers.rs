//! Lines of whoever sends to Kafka: `connector/kafka/KafkaProducerConnector.scala:76-96`, `core/ack/MessagingActiveAck.scala:44-70` and
//! `core/loadBalancer/CommonLoadBalancer.scala:197-216`.
//!
//! A failed try is logged when it is made, and that it will be tried again when it is.

use super::{Level, Said, Trace, controllers};
use crate::cluster::place::{Cargo, Node, Process, Topic};
use crate::cluster::step::{AckKind, Posted, Step, StepKind};
use crate::cluster::{Activation, FaultEffect, LinkFailure};

const PRODUCER: &str = "KafkaProducerConnector";

/// How often a message is sent again.
const RETRIES: u8 = 3;

/// An exception's class and its text: of Kafka's client for an error that its producers try again after, or for a request that timed out.
pub(super) const fn thrown(cause: LinkFailure) -> (&'static str, &'static str) {
    match cause {
        LinkFailure::TimedOut => ("org.apache.kafka.common.errors.TimeoutException", "The request timed out."),
        _ => (
            "org.apache.kafka.common.errors.LeaderNotAvailableException",
            "There is no leader for this topic-partition as we are in the middle of a leadership election.",
        ),
    }
}

pub(super) fn say(step: &Step, activation: Option<&Activation>, said: &mut Vec<Said>) {
    let Some(activation) = activation else { return };
    let (controller, invoker) = (Process::Controller(activation.controller), Process::Invoker(activation.invoker));
    let mut producer = |process, level, trace, text| said.push(Said { process, level, trace, class: PRODUCER, text });
    match step.kind {
        StepKind::ActivationPosted { tries, .. } | StepKind::AckSent { tries, .. } if tries > 0 => {
            let process = if matches!(step.kind, StepKind::AckSent { .. }) { invoker } else { controller };
            let (class, text) = thrown(LinkFailure::Refused);
            let left = (RETRIES + 1).saturating_sub(tries);
            producer(process, Level::Info, Trace::SentAgain, format!("{class}: {text}: Retrying {left} more times"));
        }
        StepKind::FaultApplied { to: Node::Kafka, cargo, effect: FaultEffect::Refuse, .. } => {
            let (process, topic) = match cargo {
                Cargo::ActivationMessage => (controller, Topic::Invoker(activation.invoker)),
                Cargo::Ack => (invoker, Topic::Completed(activation.controller)),
                _ => return,
            };
            producer(process, Level::Error, Trace::NotSent, not_sent(topic, thrown(LinkFailure::Refused).1));
        }
        // What was refused has been logged at each try.
        StepKind::PublishFailed { topic, cause: cause @ LinkFailure::TimedOut, .. } => {
            producer(controller, Level::Error, Trace::NotSent, not_sent(topic, thrown(cause).1));
        }
        StepKind::AckLost { topic, cause: cause @ LinkFailure::TimedOut, .. } => {
            producer(invoker, Level::Error, Trace::NotSent, not_sent(topic, thrown(cause).1));
        }
        StepKind::AckTooLarge { bytes, limit, .. } => {
            let why = format!(
                "The message is {bytes} bytes when serialized which is larger than {limit}, which is the value of the max.request.size \
                 configuration."
            );
            producer(invoker, Level::Error, Trace::NotSent, not_sent(Topic::Completed(activation.controller), &why));
        }
        StepKind::MessageAppended { topic, offset, posted: Some(Posted::Activation) } => {
            let text = format!("posted to {topic}[0][{offset}]");
            said.push(Said { process: controller, level: Level::Info, trace: Trace::Posted, class: controllers::BALANCER, text });
        }
        StepKind::MessageAppended { posted: Some(Posted::Ack { ack, recovery }), .. } => {
            let kind = match ack {
                AckKind::Result => "result",
                AckKind::Completion => "completion",
                AckKind::Combined => "combined",
            };
            let recovery = if recovery { "recovery " } else { "" };
            let text = format!("posted {recovery}{kind} of activation {}", activation.id);
            said.push(Said { process: invoker, level: Level::Info, trace: Trace::AckPosted, class: "MessagingActiveAck", text });
        }
        _ => {}
    }
}

fn not_sent(topic: Topic, why: &str) -> String {
    format!("sending message on topic '{topic}' failed: {why}")
}

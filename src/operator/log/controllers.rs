//! Lines of controllers: the API, the throttles and the load balancer's books.

use super::invokers::versioned;
use super::producers::thrown;
use super::writers::REFUSED;
use super::{Level, Said, Trace};
use crate::activation::{ActivationId, Particulars, SequenceFailure, Status, split_reference};
use crate::cluster::place::{ControllerId, ExchangeIx, Process};
use crate::cluster::step::{CachedEntity, RateLimit, RequestKind, Step, StepKind};
use crate::cluster::{Activation, Exchange, Failure, Inner, World};

pub(super) const BALANCER: &str = "ShardingContainerPoolBalancer";
const ACTIONS: &str = "ActionsApi";
const TRIGGERS: &str = "TriggersApi";

/// What a controller says, line by line.
struct Speaker<'a> {
    process: Process,
    said: &'a mut Vec<Said>,
}

impl Speaker<'_> {
    fn say(&mut self, level: Level, trace: Trace, class: &'static str, text: String) {
        self.said.push(Said { process: self.process, level, trace, class, text });
    }

    fn info(&mut self, trace: Trace, class: &'static str, text: String) {
        self.say(Level::Info, trace, class, text);
    }
}

pub(super) fn say(world: &World, step: &Step, activation: Option<&Activation>, said: &mut Vec<Said>) {
    let Some(controller) = controller_of(step, activation) else { return };
    let mut to = Speaker { process: Process::Controller(controller), said };
    let exchange = step.exchange.and_then(|ix| world.exchange(ix));
    request(world, step, exchange, &mut to);
    if let Some(activation) = activation {
        own(world, step, exchange, activation, &mut to);
        acks(world, step, activation, &mut to);
    }
}

/// The controller that has something to say of a step.
const fn controller_of(step: &Step, activation: Option<&Activation>) -> Option<ControllerId> {
    match (step.kind, activation) {
        (
            StepKind::RequestThrottled { controller, .. }
            | StepKind::NoInvokerAvailable { controller }
            | StepKind::EntityUnread { controller, .. }
            | StepKind::HealthAckReceived { controller, .. },
            _,
        ) => Some(controller),
        (_, Some(activation)) => Some(activation.controller),
        _ => None,
    }
}

/// What comes of requests: `Entitlement.scala:415`, `PrimitiveActions.scala:172-212`, `ShardingContainerPoolBalancer.scala:287-314`,
/// `Actions.scala:320-328`, `BasicAuthenticationDirective.scala:55`, `ApiUtils.scala:156`.
fn request(world: &World, step: &Step, exchange: Option<&Exchange>, to: &mut Speaker<'_>) {
    let Some(exchange) = exchange else { return };
    let catalogue = world.catalogue();
    let namespace = catalogue.namespace(exchange.namespace);
    let is_component = matches!(exchange.inner, Some(Inner::Component { .. }));
    match step.kind {
        StepKind::RequestThrottled { limit, count, allowed, .. } => {
            let why = match limit {
                RateLimit::Concurrent => Failure::TooManyConcurrent { count, allowed },
                RateLimit::PerMinute | RateLimit::Fires => Failure::TooManyRequests { count, allowed },
            };
            let text = ["'", namespace, "' has exceeded its throttle limit, ", &why.text()].concat();
            to.info(Trace::Throttled, "LocalEntitlementProvider", text);
        }
        StepKind::NoInvokerAvailable { .. } => {
            let id = world.id_of(exchange);
            to.info(Trace::IdMade, ACTIONS, made(id));
            if let Some(action) = exchange.request.entity().and_then(|action| catalogue.action(action)) {
                let action = versioned(action);
                let text =
                    format!("failed to schedule activation {id}, action '{action}' (managed), ns '{namespace}' - invokers to use: Map(…)");
                to.say(Level::Error, Trace::NotScheduled, BALANCER, text);
            }
            let why = ("org.apache.openwhisk.core.loadBalancer.LoadBalancerException", "No invokers available");
            not_invoked(Trace::NotScheduled, is_component, "failed in loadbalancer", why, to);
        }
        StepKind::PublishFailed { topic, cause, .. } => {
            to.say(Level::Warn, Trace::NotPosted, BALANCER, format!("error on posting to topic {topic}"));
            not_invoked(Trace::NotPosted, is_component, "action activation failed", thrown(cause), to);
        }
        StepKind::EntityUnread { entity: CachedEntity::Subject, .. } => {
            let text = ["authentication error: org.apache.pekko.stream.StreamTcpException: ", REFUSED].concat();
            to.say(Level::Error, Trace::NotRead, "BasicAuthenticationDirective", text);
        }
        StepKind::EntityUnread { entity: CachedEntity::Entity, .. } => {
            let class = if exchange.kind == RequestKind::FireTrigger { TRIGGERS } else { ACTIONS };
            to.say(Level::Error, Trace::NotRead, class, ["[GET] entity failed: ", REFUSED].concat());
        }
        _ => {}
    }
}

fn made(id: ActivationId) -> String {
    format!("action activation id: {id}")
}

/// An invocation fails before it is waited for: two stretches of time end with it, and whoever asked answers
/// (`PrimitiveActions.scala:196-212`, `Actions.scala:323-328`, `SequenceActions.scala:393-399`).
fn not_invoked(trace: Trace, is_component: bool, what: &str, (class, why): (&str, &str), to: &mut Speaker<'_>) {
    for _ in ["controller_loadbalancer", "controller_activation"] {
        to.say(Level::Warn, trace, ACTIONS, why.to_owned());
    }
    let (trace, text) = match is_component {
        true => (Trace::ComponentFailed, ["component activation failed: ", class, ": ", why].concat()),
        false => (trace, ["[POST] ", what, ": ", why].concat()),
    };
    to.say(Level::Error, trace, ACTIONS, text);
}

/// What a controller does with an activation before its acks: `PrimitiveActions.scala:172-176,684-689`,
/// `ShardingContainerPoolBalancer.scala:287-299,423`, `CommonLoadBalancer.scala:197-202`, `SequenceActions.scala:105,388`,
/// `Triggers.scala:149,360-375`.
fn own(world: &World, step: &Step, exchange: Option<&Exchange>, activation: &Activation, to: &mut Speaker<'_>) {
    let catalogue = world.catalogue();
    let id = activation.id;
    match step.kind {
        StepKind::ActivationScheduled { invoker, .. } => {
            let Some(action) = catalogue.action(activation.action) else { return };
            to.info(Trace::IdMade, ACTIONS, made(id));
            let standard = |is_standard| if is_standard { "std" } else { "non-std" };
            let (memory, timeout) = (action.limits.memory_mb, action.limits.timeout_ms);
            let text = format!(
                "scheduled activation {id}, action '{}' (managed), ns '{}', mem limit {memory} MB ({}), time limit {timeout} ms ({}) to \
                 invoker{}",
                versioned(action),
                catalogue.namespace(activation.namespace),
                standard(memory == 256),
                standard(timeout == 60_000),
                invoker.0
            );
            to.info(Trace::Scheduled, BALANCER, text);
        }
        StepKind::SystemOverloaded { invoker, .. } => {
            let text = format!("system is overloaded. Chose invoker{} by random assignment.", invoker.0);
            to.say(Level::Warn, Trace::Overloaded, BALANCER, text);
        }
        // Once for all tries of the producer.
        StepKind::ActivationPosted { topic, tries: 0, .. } => {
            to.info(Trace::Posting, BALANCER, format!("posting topic '{topic}' with activation id '{id}'"));
        }
        // A health test's message, which no request waits for.
        StepKind::PublishFailed { topic, .. } if step.exchange.is_none() => {
            to.say(Level::Warn, Trace::NotPosted, BALANCER, format!("error on posting to topic {topic}"));
        }
        StepKind::PollFound { .. } => {
            to.info(Trace::Retrieved, ACTIONS, "retrieved activation for blocking invocation via DB polling".to_owned());
        }
        StepKind::SequenceStarted { .. } => {
            let Some(action) = catalogue.action(activation.action) else { return };
            let topmost = !matches!(exchange.and_then(|exchange| exchange.inner), Some(Inner::Component { .. }));
            let action = versioned(action);
            let text = format!("invoking sequence WhiskActionMetaData/{action} topmost {topmost} activationid '{id}'");
            to.info(Trace::SequenceInvoked, ACTIONS, text);
        }
        StepKind::SequenceEnded { .. } => {
            if let Some(late) = late_component(world, activation) {
                to.say(Level::Error, Trace::ComponentFailed, ACTIONS, format!("component activation timedout for {late}"));
            }
        }
        StepKind::TriggerFired { .. } => to.info(Trace::TriggerFired, TRIGGERS, format!("[POST] trigger activation id: {id}")),
        // An error of the request alone, such as 429, is told at DEBUG.
        StepKind::RuleAnswered { rule, status: status @ 500.., .. } => {
            let Some(trigger) = catalogue.trigger(activation.action) else { return };
            let Some(rule) = usize::from(rule).checked_sub(1).and_then(|place| trigger.rules.get(place)) else { return };
            let (namespace, name) = split_reference(&trigger.namespace, &rule.action);
            let why = if status == 503 { Failure::NoInvokers } else { Failure::NotPosted };
            let code = step.exchange.and_then(|ix: ExchangeIx| world.transactions(ix)).map_or_else(String::new, |(root, _)| root);
            let text = format!("trigger-fired action '{namespace}/{name}' failed to invoke with {}, #tid_{code}", why.text());
            to.say(Level::Error, Trace::RuleFailed, TRIGGERS, text);
        }
        _ => {}
    }
}

/// The component of a sequence whose result did not come in time.
fn late_component(world: &World, sequence: &Activation) -> Option<ActivationId> {
    match &world.library().appendices.get(sequence.appendix?.place())?.particulars {
        Particulars::Sequence(end) => match end.failure? {
            SequenceFailure::ComponentTimedOut(late) => Some(late),
            _ => None,
        },
        _ => None,
    }
}

/// `CommonLoadBalancer.scala:249-365`.
fn acks(world: &World, step: &Step, activation: &Activation, to: &mut Speaker<'_>) {
    let id = activation.id;
    // An ack says whether OpenWhisk itself failed (`core/connector/Message.scala:147-164`).
    let system_error = activation.record.is_some_and(|record| record.status == Status::WhiskInternalError);
    match step.kind {
        StepKind::ResultAckReceived { .. } => to.info(Trace::ResultReceived, BALANCER, format!("received result ack for '{id}'")),
        StepKind::CompletionAckReceived { .. } => {
            to.info(Trace::CompletionReceived, BALANCER, format!("received completion ack for '{id}', system error={system_error}"));
        }
        StepKind::HealthAckReceived { invoker, .. } => {
            to.info(Trace::CompletionReceived, BALANCER, format!("received completion ack for health action on invoker{}", invoker.0));
        }
        StepKind::LateAckReceived { invoker, .. } => {
            let text =
                format!("received completion ack for '{id}' from invoker{} which has no entry, system error={system_error}", invoker.0);
            to.say(Level::Warn, Trace::CompletionLate, BALANCER, text);
        }
        StepKind::CompletionAckForced { invoker, .. } => {
            let Some(action) = world.catalogue().action(activation.action) else { return };
            let kind = if activation.blocking { "blocking" } else { "non-blocking" };
            let (memory, timeout) = (action.limits.memory_mb, action.limits.timeout_ms);
            let configuration = &world.setup().configuration;
            let text = format!(
                "forced completion ack for '{id}', action '{}' (managed), {kind}, mem limit {memory} MB, time limit {timeout} ms, completion \
                 ack timeout {} from invoker{}",
                versioned(action),
                ack_timeout(timeout, configuration.timeout_factor.into(), configuration.timeout_addon_ms),
                invoker.0
            );
            to.say(Level::Warn, Trace::CompletionForced, BALANCER, text);
        }
        _ => {}
    }
}

/// The time that a completion ack has (`CommonLoadBalancer.scala:113-115`), as Scala writes a duration: a limit up to the standard one counts
/// as the configured minute, a longer one is in milliseconds, as it was read; the addon is taken to be configured in its largest whole unit.
/// A sum is in the finer unit of the two.
fn ack_timeout(limit_ms: u32, factor: u32, addon_ms: u32) -> String {
    const UNITS: [(u32, &str); 3] = [(60_000, "minute"), (1_000, "second"), (1, "millisecond")];
    let whole = |ms: u32| UNITS.iter().position(|(unit, _)| ms.is_multiple_of(*unit)).unwrap_or(0);
    let of_limit = if limit_ms <= 60_000 { 0 } else { 2 };
    let total = limit_ms.max(60_000).saturating_mul(factor).saturating_add(addon_ms);
    let (unit, name) = UNITS.get(of_limit.max(whole(addon_ms))).copied().unwrap_or((1, "millisecond"));
    let length = total / unit;
    let plural = if length == 1 { "" } else { "s" };
    format!("{length} {name}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_completion_acks_time_is_written_as_scala_writes_it() {
        assert_eq!(ack_timeout(60_000, 2, 60_000), "3 minutes");
        assert_eq!(ack_timeout(100, 1, 0), "1 minute");
        assert_eq!(ack_timeout(300_000, 2, 60_000), "660000 milliseconds");
        assert_eq!(ack_timeout(60_000, 2, 5_000), "125 seconds");
        assert_eq!(ack_timeout(60_000, 2, 1_500), "121500 milliseconds");
    }
}

//! Faults: an ordered list of rules about links, the first that matches decides.
//!
//! A rule names who asks and who is asked. What follows from a lost request or a refused connection is for the one who asked: each room
//! that sends something asks [`World::meet`] first. While no fault is set that is one comparison.

use super::checks::Checks;
use super::command::CommandId;
use super::configuration::Configuration;
use super::event::Failing;
use super::place::{ActivationIx, Cargo, ControllerId, ExchangeIx, InvokerId, Node, StoreKind};
use super::refused::Refused;
use super::step::StepKind;
use super::world::{StepLog, World};
use crate::json::Path;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a rule does to what meets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum FaultEffect {
    /// Nothing: an exception to the rules after it.
    Pass,
    /// It is on its way for so much longer, up to [`DELAY_MS_MAX`].
    Delay { ms: u32 },
    /// It never arrives.
    DropRequest,
    /// It arrives and takes effect; the answer is lost.
    DropAnswer,
    /// The connection is refused. Kafka, which is never refused for good, answers with an error that its producers try again after.
    Refuse,
    /// Something in between, such as a proxy, answers with this HTTP status, 400 to 599.
    Answer { status: u16 },
    /// The client's own queue of requests is full (`http/PoolingRestClient.scala:104-109`).
    QueueFull,
    /// The store takes a bulk write but for its first record.
    RefuseItem,
}

/// A rule about one link or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rule {
    /// Who asks; `None` is any node.
    #[serde(default)]
    pub from: Option<Node>,
    /// Who is asked; `None` is any node.
    #[serde(default)]
    pub to: Option<Node>,
    pub effect: FaultEffect,
    /// How often it applies, 1 to [`TIMES_MAX`]; `None` is for as long as it is there.
    #[serde(default)]
    pub times: Option<u32>,
}

/// The longest delay: an hour.
pub const DELAY_MS_MAX: u32 = 3_600_000;
pub const TIMES_MAX: u32 = 1_000_000;
/// Rules that one run can set.
pub const RULES_MAX: u64 = 64;
/// The HTTP statuses that something in between can answer with: errors.
pub const STATUS_MIN: u16 = 400;
pub const STATUS_MAX: u16 = 599;

/// A rule in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ActiveFault {
    /// The command that set it.
    pub id: CommandId,
    pub rule: Rule,
    /// How often it has applied.
    pub applied: u32,
}

impl ActiveFault {
    /// Whether it would apply to something from one node to another now.
    pub fn strikes(&self, from: Node, to: Node) -> bool {
        !self.is_used_up() && self.rule.covers(from, to) && self.rule.effect.fits(from, to)
    }

    /// The same for this kind of thing: only a bulk write has items.
    fn strikes_cargo(&self, from: Node, to: Node, cargo: Cargo) -> bool {
        self.strikes(from, to) && (self.rule.effect != FaultEffect::RefuseItem || cargo == Cargo::Records)
    }

    /// It has applied as often as it may, and lets everything pass from then on.
    pub fn is_used_up(&self) -> bool {
        self.rule.times.is_some_and(|times| self.applied >= times)
    }
}

/// Why an exchange between two processes failed for the one who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkFailure {
    Refused,
    /// No answer came in time: whether the request arrived is not known to the one who asked.
    TimedOut,
    QueueFull,
    /// An HTTP error status.
    Status(u16),
}

impl LinkFailure {
    /// Whether the writer of a store tries again: after anything but an answer (`CouchDbRestStore.scala:172-176`).
    pub const fn is_tried_again(self) -> bool {
        !matches!(self, Self::Status(_))
    }
}

/// A result ack whose sending is not settled: the completion ack after it waits for that (`ContainerProxy.scala:921-926`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Unsettled {
    pub activation: ActivationIx,
    pub completion_waits: bool,
}

/// All that is wrong with the cluster.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Faults {
    rules: Vec<ActiveFault>,
    /// Services that are down.
    pub(super) stopped: Vec<Node>,
    pub(super) unsettled: Vec<Unsettled>,
    /// Activation messages whose confirmation by Kafka will be lost.
    pub(super) unconfirmed: Vec<ActivationIx>,
    /// Something has been wrong: everything else here follows from rules and stops.
    #[serde(skip)]
    pub(super) have_been: bool,
}

impl Faults {
    /// Forgets what is unsettled of activations whose process has died.
    pub(super) fn forget(&mut self, is_gone: impl Fn(ActivationIx) -> bool) {
        self.unsettled.retain(|it| !is_gone(it.activation));
        self.unconfirmed.retain(|ix| !is_gone(*ix));
    }

    /// Nothing is wrong and nothing of a fault is left.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.stopped.is_empty() && self.unsettled.is_empty() && self.unconfirmed.is_empty()
    }
}

/// What something on its way meets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Met {
    pub effect: FaultEffect,
    from: Node,
    to: Node,
    cargo: Cargo,
    by_rule: bool,
}

impl Met {
    pub(super) const fn passes(&self) -> bool {
        matches!(self.effect, FaultEffect::Pass)
    }
}

/// Whether one of two nodes ever asks the other for something.
const fn is_link(from: Node, to: Node) -> bool {
    matches!(
        (from, to),
        (Node::Client, Node::Controller(_) | Node::Store(_))
            | (Node::Controller(_) | Node::Invoker(_), Node::Kafka | Node::Store(_))
            | (Node::Kafka, Node::Controller(_) | Node::Invoker(_))
    )
}

impl FaultEffect {
    /// Whether a request that meets it never arrives.
    pub const fn stops_requests(self) -> bool {
        matches!(self, Self::DropRequest | Self::Refuse | Self::Answer { .. } | Self::QueueFull)
    }

    /// Whether it makes sense on a link: HTTP has statuses, and only a store's client has a queue of requests and sends several records in one.
    pub const fn fits(self, from: Node, to: Node) -> bool {
        if !is_link(from, to) {
            return false;
        }
        match self {
            Self::Pass | Self::Delay { .. } | Self::DropRequest | Self::Refuse => true,
            // A lost fetch is lost either way.
            Self::DropAnswer => !matches!(from, Node::Kafka),
            Self::Answer { .. } => matches!(from, Node::Client) || matches!(to, Node::Store(_)),
            Self::QueueFull => !matches!(from, Node::Client) && matches!(to, Node::Store(store) if store.has_request_queue()),
            Self::RefuseItem => !matches!(from, Node::Client) && matches!(to, Node::Store(_)),
        }
    }
}

impl Rule {
    fn covers(&self, from: Node, to: Node) -> bool {
        self.from.is_none_or(|wanted| wanted == from) && self.to.is_none_or(|wanted| wanted == to)
    }

    /// Checks it against the ranges, the nodes that the configuration has, and its own sense. `at` says where it stands.
    pub fn check(&self, at: &Path<'_>, configuration: &Configuration, checks: &mut Checks) {
        let nodes = nodes(configuration);
        for (name, node) in [("from", self.from), ("to", self.to)] {
            if let Some(node) = node.filter(|node| !nodes.contains(node)) {
                checks.unknown(at, name, &node.code());
            }
        }
        match self.effect {
            FaultEffect::Delay { ms } => checks.range(at, "delay", ms.into(), 1, DELAY_MS_MAX.into()),
            FaultEffect::Answer { status } => checks.range(at, "status", status.into(), STATUS_MIN.into(), STATUS_MAX.into()),
            _ => {}
        }
        checks.range(at, "times", self.times.unwrap_or(1).into(), 1, TIMES_MAX.into());
        let links = || nodes.iter().flat_map(|from| nodes.iter().map(|to| (*from, *to))).filter(|(from, to)| self.covers(*from, *to));
        if !links().any(|(from, to)| is_link(from, to)) {
            checks.refuse(Refused::NoSuchLink { name: at.written(), from: code_of(self.from), to: code_of(self.to) });
        } else if !links().any(|(from, to)| self.effect.fits(from, to)) {
            checks.refuse(Refused::WrongEffect { name: at.written(), effect: self.effect.to_string() });
        }
    }
}

/// Every link of a cluster on which one node asks another for something.
pub fn links_of(configuration: &Configuration) -> Vec<(Node, Node)> {
    let nodes = nodes(configuration);
    let pairs = nodes.iter().flat_map(|from| nodes.iter().map(|to| (*from, *to)));
    pairs.filter(|(from, to)| is_link(*from, *to)).collect()
}

/// The nodes of a cluster, client included.
fn nodes(configuration: &Configuration) -> Vec<Node> {
    let mut nodes = vec![Node::Client, Node::Kafka];
    nodes.extend((0..configuration.controllers).map(|n| Node::Controller(ControllerId(n))));
    nodes.extend((0..configuration.invokers).map(|n| Node::Invoker(InvokerId(n))));
    nodes.extend(StoreKind::ALL.map(Node::Store));
    nodes
}

fn code_of(node: Option<Node>) -> String {
    node.map_or_else(|| "any".to_owned(), Node::code)
}

/// As it is written in a line: `delay=500`.
impl fmt::Display for FaultEffect {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Pass => "pass",
            Self::Delay { ms } => return write!(out, "delay={ms}"),
            Self::DropRequest => "drop",
            Self::DropAnswer => "drop-answer",
            Self::Refuse => "refuse",
            Self::Answer { status } => return write!(out, "status={status}"),
            Self::QueueFull => "queue-full",
            Self::RefuseItem => "refuse-item",
        })
    }
}

/// As it is written in a line: `invoker0 couchdb drop-answer --times 1`. A command's id is made from this text, so it must never change.
impl fmt::Display for Rule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {} {}", code_of(self.from), code_of(self.to), self.effect)?;
        self.times.map_or(Ok(()), |times| write!(out, " --times {times}"))
    }
}

impl World {
    /// The rules that have been set and not taken out, in their order, used up ones among them.
    pub fn faults(&self) -> &[ActiveFault] {
        &self.faults.rules
    }

    /// A rule is set, after those that are there.
    pub(super) fn set_fault(&mut self, id: CommandId, rule: Rule, log: &mut StepLog) {
        self.faults.rules.push(ActiveFault { id, rule, applied: 0 });
        self.faults.have_been = true;
        let Rule { from, to, effect, times } = rule;
        self.tell(log, None, None, None, StepKind::FaultSet { from, to, effect, times });
    }

    /// One rule is taken out, or all of them.
    pub(super) fn clear_faults(&mut self, wanted: Option<CommandId>, log: &mut StepLog) {
        let is_wanted = |fault: &ActiveFault| wanted.is_none_or(|id| fault.id == id);
        let gone: Vec<ActiveFault> = self.faults.rules.iter().copied().filter(is_wanted).collect();
        self.faults.rules.retain(|fault| !is_wanted(fault));
        for ActiveFault { rule: Rule { from, to, effect, .. }, applied, .. } in gone {
            self.tell(log, None, None, None, StepKind::FaultCleared { from, to, effect, applied });
        }
    }

    /// What is due because something has failed.
    pub(super) fn fail(&mut self, failing: Failing, log: &mut StepLog) {
        match failing {
            Failing::GatewayAnswers { exchange, status } => self.gateway_answers(exchange, status, log),
            Failing::PostDue { activation, tries } => self.post_again(activation, tries, log),
            Failing::PostFails { activation, refused, arrives } => self.post_failed(activation, refused, arrives, log),
            Failing::AckDue { activation, ack, tries } => self.ack_due(activation, ack, tries, log),
            Failing::AckFails { activation, ack, refused, arrives } => self.ack_failed(activation, ack, refused, arrives, log),
            Failing::FetchDue { topic, consumer } => self.fetch_again(topic, consumer, log),
            Failing::WriteFails { batch } => self.write_failed(batch, log),
            Failing::AskFails { exchange, why } => self.ask_failed(exchange, why, log),
            Failing::QueryFails { query } => self.query_failed(query, log),
        }
    }

    /// What `cargo` on its way from one node to another meets. A rule that applies has applied once more.
    ///
    /// That nothing was ever wrong is the one test that runs without faults pay for.
    #[inline]
    pub(super) fn meet(&mut self, from: Node, to: Node, cargo: Cargo) -> Met {
        let met = Met { effect: FaultEffect::Pass, from, to, cargo, by_rule: false };
        if self.faults.have_been { self.meet_fault(met) } else { met }
    }

    #[cold]
    #[inline(never)]
    fn meet_fault(&mut self, met: Met) -> Met {
        let Met { from, to, cargo, .. } = met;
        if let Some(effect) = self.meets_a_stop(from, to) {
            return Met { effect, ..met };
        }
        match self.faults.rules.iter_mut().find(|fault| fault.strikes_cargo(from, to, cargo)) {
            Some(fault) => {
                fault.applied = fault.applied.saturating_add(1);
                Met { effect: fault.rule.effect, by_rule: true, ..met }
            }
            None => met,
        }
    }

    /// What comes of a service that is down. Nobody hears a broker: its clients keep on until their time is over. A store's client hears of
    /// it at once.
    fn meets_a_stop(&self, from: Node, to: Node) -> Option<FaultEffect> {
        if self.is_stopped(Node::Kafka) && (from == Node::Kafka || to == Node::Kafka) {
            return Some(FaultEffect::DropRequest);
        }
        self.is_stopped(to).then_some(FaultEffect::Refuse)
    }

    /// What `cargo` would meet now, without meeting it.
    pub(super) fn would_meet(&self, from: Node, to: Node, cargo: Cargo) -> FaultEffect {
        let by_rule = || self.faults.rules.iter().find(|fault| fault.strikes_cargo(from, to, cargo)).map(|fault| fault.rule.effect);
        self.meets_a_stop(from, to).or_else(by_rule).unwrap_or(FaultEffect::Pass)
    }

    /// Tells that a rule has applied, after the step of what it applied to. A rule that lets pass has nothing to tell.
    pub(super) fn tell_met(&mut self, met: Met, activation: Option<ActivationIx>, exchange: Option<ExchangeIx>, log: &mut StepLog) {
        let Met { effect, from, to, cargo, by_rule } = met;
        if by_rule && !met.passes() {
            self.tell(log, activation, exchange, None, StepKind::FaultApplied { from, to, cargo, effect });
        }
    }
}

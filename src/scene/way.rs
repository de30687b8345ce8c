//! The ways between nodes. Answers go back on the way that their questions came.

use crate::cluster::place::{ControllerId, InvokerId, Node, Process, StoreKind};

/// A stretch that something can travel on, by its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From the client to a controller, and back.
    Http(ControllerId),
    /// From a controller into an invoker's topic.
    Produce(ControllerId, InvokerId),
    /// From an invoker's topic to the invoker.
    Deliver(InvokerId),
    /// From an invoker into a controller's `completed` topic.
    Ack(InvokerId, ControllerId),
    /// From that topic to the controller.
    AckDeliver(ControllerId),
    /// From an invoker into the `health` topic.
    Ping(InvokerId),
    PingDeliver(ControllerId),
    /// From a process to a store, and back.
    Store(Process, StoreKind),
    /// From the client to a store, and back.
    Ask(StoreKind),
}

impl Way {
    pub const fn from(self) -> Node {
        match self {
            Self::Http(_) | Self::Ask(_) => Node::Client,
            Self::Produce(controller, _) => Node::Controller(controller),
            Self::Deliver(_) | Self::AckDeliver(_) | Self::PingDeliver(_) => Node::Kafka,
            Self::Ack(invoker, _) | Self::Ping(invoker) => Node::Invoker(invoker),
            Self::Store(process, _) => process.node(),
        }
    }

    pub const fn to(self) -> Node {
        match self {
            Self::Http(controller) | Self::AckDeliver(controller) | Self::PingDeliver(controller) => Node::Controller(controller),
            Self::Produce(..) | Self::Ack(..) | Self::Ping(_) => Node::Kafka,
            Self::Deliver(invoker) => Node::Invoker(invoker),
            Self::Store(_, store) | Self::Ask(store) => Node::Store(store),
        }
    }
}

/// How many of each there are, which numbers every way of a configuration from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    pub controllers: u8,
    pub invokers: u8,
}

impl Counts {
    pub fn controllers(self) -> impl Iterator<Item = ControllerId> + Clone {
        (0..self.controllers).map(ControllerId)
    }

    pub fn invokers(self) -> impl Iterator<Item = InvokerId> + Clone {
        (0..self.invokers).map(InvokerId)
    }

    /// Every way, in the order of its number.
    pub fn ways(self) -> Vec<Way> {
        let mut ways: Vec<Way> = self.controllers().map(Way::Http).collect();
        for controller in self.controllers() {
            ways.extend(self.invokers().map(|invoker| Way::Produce(controller, invoker)));
        }
        ways.extend(self.invokers().map(Way::Deliver));
        for invoker in self.invokers() {
            ways.extend(self.controllers().map(|controller| Way::Ack(invoker, controller)));
        }
        ways.extend(self.controllers().map(Way::AckDeliver));
        ways.extend(self.invokers().map(Way::Ping));
        ways.extend(self.controllers().map(Way::PingDeliver));
        let processes = self.controllers().map(Process::Controller).chain(self.invokers().map(Process::Invoker));
        ways.extend(processes.flat_map(|process| StoreKind::ALL.map(|store| Way::Store(process, store))));
        ways.extend(StoreKind::ALL.map(Way::Ask));
        ways
    }

    /// The number of a way.
    pub fn number(self, way: Way) -> usize {
        let (controllers, invokers) = (usize::from(self.controllers), usize::from(self.invokers));
        let pairs = controllers * invokers;
        let stores = 2 * (controllers + pairs + invokers) + controllers;
        let (c, i) = (|id: ControllerId| usize::from(id.0), |id: InvokerId| usize::from(id.0));
        match way {
            Way::Ask(store) => stores + (controllers + invokers) * 2 + usize::from(store == StoreKind::Elasticsearch),
            Way::Http(controller) => c(controller),
            Way::Produce(controller, invoker) => controllers + c(controller) * invokers + i(invoker),
            Way::Deliver(invoker) => controllers + pairs + i(invoker),
            Way::Ack(invoker, controller) => controllers + pairs + invokers + i(invoker) * controllers + c(controller),
            Way::AckDeliver(controller) => controllers + 2 * pairs + invokers + c(controller),
            Way::Ping(invoker) => 2 * (controllers + pairs) + invokers + i(invoker),
            Way::PingDeliver(controller) => 2 * (controllers + pairs + invokers) + c(controller),
            Way::Store(process, store) => {
                let process = match process {
                    Process::Controller(id) => c(id),
                    Process::Invoker(id) => controllers + i(id),
                };
                stores + process * 2 + usize::from(store == StoreKind::Elasticsearch)
            }
        }
    }
}

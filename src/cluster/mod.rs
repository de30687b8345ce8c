//! The simulated cluster: events in time order.
//!
//! [`World`] owns everything, and [`World::advance`] is the one function that moves time. Each other file is one process or one idea of
//! the real system, as methods of the world that its events call.

mod activation;
mod balancer;
mod caches;
mod checks;
mod client;
mod command;
mod completion;
mod configuration;
mod controller;
mod entities;
mod event;
pub mod evidence;
mod fallback;
mod faults;
mod gate;
mod health;
mod invoker;
mod kafka;
mod limit;
mod losing;
mod outages;
pub mod place;
mod pool;
mod processes;
mod producing;
mod queue;
mod refused;
mod run;
mod sequence;
mod setup;
pub mod step;
pub mod store;
mod transaction;
mod transport;
mod trigger;
mod waiting;
mod world;
mod writing;

pub use activation::{Activation, Answer, Exchange, Failure, Inner, Phase, Query, QueryPurpose, Request};
pub use balancer::{Route, Slots, java_hash, pairwise_coprime_numbers_until, placement_hash};
pub use checks::Checks;
pub use command::{
    Act, BURST_GAP_US_MAX, BURST_MAX, Command, CommandId, LIST_LIMIT, LIST_LIMIT_MAX, LIST_SKIP_MAX, PAYLOAD_BYTES_MAX,
    PAYLOAD_BYTES_TRIED_MAX, Target, Wait,
};
pub use configuration::{Configuration, ModelParameters, Prewarm, StoreOverride, default_actions};
pub use controller::Controller;
pub use event::{Event, Failing, Polls, What};
pub use faults::{
    ActiveFault, DELAY_MS_MAX, FaultEffect, Faults, LinkFailure, RULES_MAX, Rule, STATUS_MAX, STATUS_MIN, TIMES_MAX, links_of,
};
pub use gate::{GATE, Gate, GateRow, StoreLevel};
pub use health::Supervised;
pub use invoker::{Container, ContainerState, Invoker};
pub use kafka::{Consumer, Kafka, Message, Partition};
pub use limit::Limit;
pub use losing::Batch;
pub use refused::{NameFault, Refused};
pub use sequence::Sequence;
pub use setup::{MESSAGE_BYTES_MAX, Setup};
pub use trigger::Firing;
pub use world::{StepLog, World};

//! The simulated cluster: events in time order.
//!
//! [`World`] owns everything, and [`World::advance`] is the one function that moves time. Each other file is one process or one idea of
//! the real system, as methods of the world that its events call.

mod activation;
mod balancer;
mod checks;
mod client;
mod command;
mod configuration;
mod controller;
mod event;
pub mod evidence;
mod gate;
mod health;
mod invoker;
mod kafka;
mod limit;
mod outages;
pub mod place;
mod pool;
mod processes;
mod queue;
mod refused;
mod run;
pub mod step;
pub mod store;
mod transaction;
mod transport;
mod waiting;
mod world;
mod writing;

pub use activation::{Activation, Answer, Exchange, Failure, Phase, Query, QueryPurpose, Request};
pub use balancer::{Route, Slots, java_hash, pairwise_coprime_numbers_until, placement_hash};
pub use checks::Checks;
pub use command::{Act, BURST_GAP_US_MAX, BURST_MAX, Command, CommandId, LIST_LIMIT, LIST_LIMIT_MAX, LIST_SKIP_MAX, Target, Wait};
pub use configuration::{Configuration, ModelParameters, Prewarm, StoreOverride, default_actions};
pub use controller::Controller;
pub use event::{Event, Polls, What};
pub use gate::{GATE, Gate, GateRow, StoreLevel};
pub use health::Supervised;
pub use invoker::{Container, ContainerState, Invoker};
pub use kafka::{Consumer, Kafka, Message, Partition};
pub use limit::Limit;
pub use refused::{NameFault, Refused};
pub use world::{Batch, MESSAGE_BYTES_MAX, Setup, StepLog, World};

//! The simulated cluster: events in time order.
//!
//! [`World`] owns everything, and [`World::advance`] is the one function that moves time. Each other file is one process or one idea of
//! the real system, as methods of the world that its events call.

mod act;
mod activation;
mod asking;
mod balancer;
mod caches;
mod checks;
mod client;
mod command;
mod command_check;
mod completion;
mod configuration;
mod controller;
mod entities;
mod entitlement;
mod entity_act;
mod entity_requests;
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
mod program;
mod putting;
mod queue;
mod refused;
mod run;
mod sequence;
mod setup;
mod sheets;
pub mod step;
pub mod store;
mod transaction;
mod transport;
mod trigger;
mod waiting;
mod wire;
mod world;
mod writing;

pub use activation::{Activation, Answer, Entity, Exchange, Failure, Inner, Phase, Query, QueryPurpose, Request};
pub use balancer::{Route, Slots, java_hash, pairwise_coprime_numbers_until, placement_hash};
pub use checks::Checks;
pub use command::{
    Act, BURST_GAP_US_MAX, BURST_MAX, Command, CommandId, CurlOutput, LINE_BYTES_MAX, LIST_LIMIT, LIST_LIMIT_MAX, LIST_SKIP_MAX, ListForm,
    ListMore, Means, PAYLOAD_BYTES_MAX, PAYLOAD_BYTES_TRIED_MAX, Raw, Target, WAIT_MS_MAX, Wait,
};
pub use configuration::{Configuration, ModelParameters, Prewarm, StoreOverride, default_actions};
pub use controller::Controller;
pub use entity_act::{Bound, Collection, Content, EXEC_BYTES_MAX, EntityAct, Exec, PutLimits, Verb};
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
pub use program::{POLL_SECONDS_MAX, PROGRAM_REQUESTS_MAX, Poll, Program};
pub use putting::{BEHAVES_LIKE, KINDS, is_name, is_path, pair};
pub use refused::{NameFault, Refused};
pub use sequence::Sequence;
pub use setup::{MESSAGE_BYTES_MAX, Setup};
pub use sheets::{Of, Sheet, Sheets};
pub use trigger::Firing;
pub use wire::{BODIES_BYTES_MAX, BODY_BYTES_MAX, WireError, WireRequest, WireResponse};
pub use world::{StepLog, World};

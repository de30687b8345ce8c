//! What is where at an instant, in numbers: nodes, links, tokens. No drawing, no browser.
//!
//! From here up numbers may be fractions. A [`Layout`] is computed once for a configuration and a size; what travels is placed on it at
//! every frame ([`Tokens`]), and what the nodes show follows from the world at its last step ([`NodeStates`]).

mod crowd;
mod dart;
mod focus;
mod geometry;
mod layout;
mod paths;
mod states;
mod tenths;
#[cfg(test)]
mod tests;
mod tokens;
mod way;

pub use crowd::{Crowd, UNCOUNTED_MAX};
pub use focus::way_of;
pub use geometry::{Point, Rect, Route};
pub use layout::{Caption, Layout, Link, Room, Shelf, Size, layout};
pub use paths::{Hue, TokenPaths};
pub use states::{
    Cell, CellKind, ClientAct, ClientState, ContainerMark, ControllerState, CouchDbState, ElasticsearchState, IndexState, InvokerNode,
    InvokerSeen, NodeStates, TopicState, elasticsearch_state, node_states,
};
pub use tenths::{path, push_path, tenths};
pub use tokens::{Options, Shape, Token, Tokens, tokens};
pub use way::{Counts, Way};

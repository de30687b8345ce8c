use crate::activation::ActivationId;
use crate::cluster::CommandId;
use crate::cluster::place::{ActivationIx, Node};
use crate::recording::Mark;

/// What the visitor has picked out: it is marked everywhere, and the step buttons follow it.
///
/// Ids are equal in both stores' worlds, so a selection outlives the switch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Selection {
    #[default]
    Nothing,
    Activation(ActivationIx),
    Node(Node),
    /// A link, by who asks on it and who is asked.
    Link {
        from: Node,
        to: Node,
    },
    /// An id that somebody asks about and that no activation has.
    Unmade(ActivationId),
    /// What a command of the client's sent, and what came back.
    Exchanges(CommandId),
}

impl Selection {
    pub const fn activation(self) -> Option<ActivationIx> {
        match self {
            Self::Activation(ix) => Some(ix),
            _ => None,
        }
    }

    /// Whether a step belongs to what is selected: to a node those that happen in it, and those that send it something, since what Kafka
    /// does is no part of the story. Where nothing is selected every step does.
    pub fn takes(self, mark: &Mark) -> bool {
        match self {
            Self::Nothing | Self::Unmade(_) | Self::Exchanges(_) => true,
            Self::Activation(ix) => mark.activation == Some(ix),
            Self::Link { from, to } => mark.node == from && mark.to == Some(to) || mark.node == to && mark.to == Some(from),
            Self::Node(node) => mark.node == node || mark.to == Some(node),
        }
    }
}

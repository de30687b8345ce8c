use crate::cluster::place::{ActivationIx, Node};

/// What the visitor has picked out: it is marked everywhere, and the step buttons follow it.
///
/// Ids are equal in both stores' worlds, so a selection outlives the switch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Selection {
    #[default]
    Nothing,
    Activation(ActivationIx),
    Node(Node),
}

impl Selection {
    pub const fn activation(self) -> Option<ActivationIx> {
        match self {
            Self::Activation(ix) => Some(ix),
            _ => None,
        }
    }
}

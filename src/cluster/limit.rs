use serde::{Serialize, Serializer};

/// A rate limit: a number, or `none`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    None,
    At(u32),
}

impl Limit {
    /// Sixty a minute, as Ansible has it (`ansible/group_vars/all:79-83`).
    pub const fn is_usual(&self) -> bool {
        matches!(self, Self::At(60))
    }

    pub const fn allowed(self) -> Option<u32> {
        match self {
            Self::None => None,
            Self::At(allowed) => Some(allowed),
        }
    }
}

impl Serialize for Limit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => serializer.serialize_str("none"),
            Self::At(allowed) => serializer.serialize_u32(*allowed),
        }
    }
}

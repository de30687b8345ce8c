//! Why a run is refused: codes and values. The page has its sentences from the locale; what is displayed here is for tools without one.

/// Why a configuration, a command or another part of a run is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("{name} is {value}, but must be from {min} to {max}")]
    OutOfRange { name: String, value: u64, min: u64, max: u64 },
    #[error("{name} has its least value {min} above its greatest {max}")]
    EmptyRange { name: String, min: u64, max: u64 },
    #[error("{name} is “{value}”: {fault}")]
    BadName { name: String, value: String, fault: NameFault },
    #[error("{name} names “{value}”, which the configuration does not have")]
    Unknown { name: String, value: String },
    #[error("{name}: nothing is ever sent from {from} to {to}")]
    NoSuchLink { name: String, from: String, to: String },
    #[error("{name}: {effect} makes no sense on this link")]
    WrongEffect { name: String, effect: String },
    #[error("{name}: {problem}")]
    Malformed { name: String, problem: String },
}

/// What is wrong with the name of a namespace or an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    #[error("it is there twice")]
    Twice,
    /// A namespace that every cluster has.
    #[error("it is missing; a cluster has guest and whisk.system at least")]
    Missing,
    #[error("a name has 1 to 64 characters")]
    Length,
    #[error("a name has letters, digits and the signs _-.@ only")]
    Letters,
    #[error("a name begins with a letter, a digit or _")]
    Beginning,
    #[error("a sequence may not refer to itself")]
    Cycle,
}

impl NameFault {
    pub const ALL: [Self; 6] = [Self::Twice, Self::Missing, Self::Length, Self::Letters, Self::Beginning, Self::Cycle];
}

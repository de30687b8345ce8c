use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// A rate limit: a number, or `none`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    None,
    At(u32),
}

impl Limit {
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

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumberOrNone;

        impl de::Visitor<'_> for NumberOrNone {
            type Value = Limit;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a number or \"none\"")
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Limit, E> {
                u32::try_from(value).map(Limit::At).map_err(|_| E::invalid_value(de::Unexpected::Unsigned(value), &self))
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Limit, E> {
                if value == "none" { Ok(Limit::None) } else { Err(E::invalid_value(de::Unexpected::Str(value), &self)) }
            }
        }

        deserializer.deserialize_any(NumberOrNone)
    }
}

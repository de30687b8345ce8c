use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// An activation id: 32 lower-case hexadecimal digits, made from a random UUID without its hyphens.
///
/// Follows `core/entity/ActivationId.scala:50-77`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActivationId(pub u128);

/// Why a text is no activation id, in the controller's own words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidActivationId {
    #[error("Activation id length is {0} but must be 32.")]
    Length(u64),
    #[error("The activation id is not valid.")]
    Digits,
}

impl ActivationId {
    /// A version 4 UUID with these random bits.
    pub const fn from_random(high: u64, low: u64) -> Self {
        let high = (high & 0xffff_ffff_ffff_0fff) | 0x0000_0000_0000_4000;
        let low = (low & 0x3fff_ffff_ffff_ffff) | 0x8000_0000_0000_0000;
        Self(((high as u128) << 64) | low as u128)
    }
}

impl fmt::Display for ActivationId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:032x}", self.0)
    }
}

impl fmt::Debug for ActivationId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl FromStr for ActivationId {
    type Err = InvalidActivationId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let length = text.chars().count() as u64;
        if length != 32 {
            return Err(InvalidActivationId::Length(length));
        }
        if !text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)) {
            return Err(InvalidActivationId::Digits);
        }
        u128::from_str_radix(text, 16).map(Self).map_err(|_| InvalidActivationId::Digits)
    }
}

impl Serialize for ActivationId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ActivationId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_id_are_each_others_inverse() {
        let id = ActivationId::from_random(0x0123_4567_89ab_cdef, 0);
        assert_eq!(id.to_string(), "0123456789ab4def8000000000000000");
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn the_controllers_two_complaints() {
        let check = |text: &str, said: &str| assert_eq!(text.parse::<ActivationId>().unwrap_err().to_string(), said);
        check("abc", "Activation id length is 3 but must be 32.");
        check("é", "Activation id length is 1 but must be 32.");
        check("0123456789ABCDEF0123456789ABCDEF", "The activation id is not valid.");
        check("+123456789abcdef0123456789abcdef", "The activation id is not valid.");
    }
}

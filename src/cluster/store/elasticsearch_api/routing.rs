//! Names that follow from names: the shard of a document, the uuid of an index, the id of a document that was given none.

use super::Server;
use super::search::SHARDS;
use crate::chance::name_of;
use std::fmt::Write as _;

/// The shard of a document: MurmurHash3 of its id in UTF-16, as `OperationRouting.generateShardId` of 6.7 has it for indexes that have as
/// many routing shards as shards.
pub fn shard(id: &str) -> u64 {
    let bytes: Vec<u8> = id.encode_utf16().flat_map(u16::to_le_bytes).collect();
    u64::from((murmur3(&bytes).cast_signed()).rem_euclid(SHARDS as i32).unsigned_abs())
}

/// MurmurHash3, 32 bits, seed 0.
fn murmur3(bytes: &[u8]) -> u32 {
    const C1: u32 = 0xcc9e_2d51;
    const C2: u32 = 0x1b87_3593;
    let mixed = |block: u32| block.wrapping_mul(C1).rotate_left(15).wrapping_mul(C2);
    let mut hash = 0_u32;
    let blocks = bytes.chunks_exact(4);
    let rest = blocks.remainder();
    for block in blocks {
        let block = block.iter().rev().fold(0_u32, |block, byte| block << 8 | u32::from(*byte));
        hash = (hash ^ mixed(block)).rotate_left(13).wrapping_mul(5).wrapping_add(0xe654_6b64);
    }
    if !rest.is_empty() {
        hash ^= mixed(rest.iter().rev().fold(0_u32, |block, byte| block << 8 | u32::from(*byte)));
    }
    hash ^= u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    hash = (hash ^ hash >> 16).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ hash >> 13).wrapping_mul(0xc2b2_ae35);
    hash ^ hash >> 16
}

/// So many letters of the alphabet that ids are written in, from a text.
fn letters(text: &str, count: usize) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let part = |place: usize| name_of(format!("{place}{text}").as_bytes());
    let letter = |place: usize| {
        let bits = part(place / 10) >> (place % 10 * 6) & 63;
        ALPHABET.get(bits as usize).copied().map_or('A', char::from)
    };
    (0..count).map(letter).collect()
}

impl Server<'_> {
    /// The uuid of an index: one that is made anew has another. The real ones are random.
    pub fn uuid(&self, name: &str) -> String {
        let created = self.store.view(name).map_or(0, |view| view.created().micros());
        letters(&format!("uuid {name} {created}"), 22)
    }

    /// The id of a document that was given none: it follows from its index, its time and its number. The real ones are unique by a clock
    /// and a machine's address.
    pub fn new_id(&self, name: &str) -> String {
        let writes = self.store.view(name).map_or(0, |view| view.by_hand().writes);
        letters(&format!("id {name} {} {writes}", self.now.micros()), 20)
    }
}

/// Percent-encodes a part of a path, as `Location` has it.
pub fn encode(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'*') {
            out.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn murmur3_is_the_published_one() {
        // Of the reference implementation, seed 0.
        for (text, hash) in
            [("", 0), ("test", 0xba6b_d213), ("Hello, world!", 0xc036_3e43), ("The quick brown fox jumps over the lazy dog", 0x2e4f_f723)]
        {
            assert_eq!(murmur3(text.as_bytes()), hash, "{text}");
        }
    }

    /// The values that Elasticsearch's own `Murmur3HashFunctionTests` has for its function of texts.
    #[test]
    fn ids_are_hashed_in_utf_16() {
        let hash = |text: &str| murmur3(&text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
        for (text, expected) in [
            ("hell", 0x5a0c_b7c3_u32),
            ("hello", 0xd7c3_1989),
            ("hello w", 0x22ab_2984),
            ("hello wo", 0xdf0c_a123),
            ("hello wor", 0xe774_4d61),
        ] {
            assert_eq!(hash(text), expected, "{text}");
        }
    }
}

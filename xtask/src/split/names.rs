//! Functions by names that another build gives them too.

use sha2::{Digest, Sha256};

/// Longer names end in a hash of the whole.
const LEN_MAX: usize = 120;

/// A line of the list.
pub fn line_of(name: &str) -> String {
    let name = without_hashes(name);
    match name.get(..LEN_MAX).filter(|_| name.len() > LEN_MAX) {
        Some(start) => {
            let hash: String = Sha256::digest(&name).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
            format!("{start}… {hash}")
        }
        None => name,
    }
}

/// `a::b::h0123456789abcdef` and `a[0123456789abcdef]::b` without the hashes, which change with the compiler and with each change of a crate.
fn without_hashes(name: &str) -> String {
    let mut kept = String::new();
    let mut rest = name;
    while let Some(next) = rest.chars().next() {
        if let Some(behind) = behind_hash(rest, "::h", "").or_else(|| behind_hash(rest, "[", "]")) {
            rest = behind;
            continue;
        }
        kept.push(next);
        rest = rest.get(next.len_utf8()..).unwrap_or_default();
    }
    kept
}

/// What follows a hash that stands at the beginning of `text`, between `open` and `close`.
fn behind_hash<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let text = text.strip_prefix(open)?;
    let end = text.find(|next: char| !next.is_ascii_hexdigit()).unwrap_or(text.len());
    let behind = text.get(end..)?.strip_prefix(close)?;
    let is_whole = !behind.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_');
    // A leading zero may be left out.
    (is_whole && (12..=16).contains(&end)).then_some(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_left_out_wherever_they_stand() {
        assert_eq!(line_of("core[c5930c85a12de822]::fmt::write"), "core::fmt::write");
        assert_eq!(line_of("<a[bee35ae3490e11f]::B as c[0123456789abcdef]::D>::e::{closure#0}"), "<a::B as c::D>::e::{closure#0}");
        assert_eq!(line_of("a::b::h0123456789abcdef externref shim"), "a::b externref shim");
        assert_eq!(line_of("a::header::<[u8; 16], [i32]>"), "a::header::<[u8; 16], [i32]>");
    }

    #[test]
    fn long_names_stay_apart() {
        let long = "é".repeat(200);
        let (one, other) = (line_of(&format!("{long}1")), line_of(&format!("{long}2")));
        assert!(one != other && one.len() < 150, "{one}");
    }
}

//! Functions by names that another build gives them too.

/// `a::b::h0123456789abcdef` and `a[0123456789abcdef]::b` without the hashes, which change with the compiler and with each change of a crate.
pub fn without_hashes(name: &str) -> String {
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
    let (hash, behind) = text.strip_prefix(open)?.split_at_checked(16)?;
    let behind = behind.strip_prefix(close)?;
    let is_whole = !behind.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_');
    (is_whole && hash.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(behind)
}

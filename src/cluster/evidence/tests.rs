//! The rows of the table are well formed. That none of them is unused is for a test that can see who uses them.

use super::*;
use std::collections::BTreeSet;

fn is_kebab_case(id: &str) -> bool {
    id.split('-').all(|word| !word.is_empty() && word.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit()))
}

fn is_hexadecimal(text: &str, digits: usize) -> bool {
    text.len() == digits && text.chars().all(|digit| matches!(digit, '0'..='9' | 'a'..='f'))
}

#[test]
fn ids_are_unique_and_kebab_case() {
    let mut seen = BTreeSet::new();
    for &row in EVIDENCE {
        assert!(is_kebab_case(row.id), "{:?} is not kebab-case", row.id);
        assert!(seen.insert(row.id), "{:?} names two rows", row.id);
        assert_eq!(find(row.id), Some(row));
    }
    assert_eq!(find("no-such-row"), None);
}

#[test]
fn rows_are_well_formed() {
    for row in EVIDENCE {
        assert!(is_hexadecimal(row.hash, 16), "{}: {}", row.id, row.hash);
        assert!(is_hexadecimal(row.commit, 40), "{}: {}", row.id, row.commit);
        assert!(1 <= row.first_line && row.first_line <= row.last_line, "{}", row.id);
        assert!(row.last_line - row.first_line < 32, "{} is too long to read at a glance", row.id);
        assert!(!row.path.starts_with('/') && !row.path.ends_with('/'), "{}", row.id);
    }
}

#[test]
fn a_row_links_to_its_lines() {
    let several = find("container-pausing").expect("a row of the table");
    assert_eq!(several.short(), "ContainerProxy.scala:519-522");
    assert_eq!(
        several.url(),
        "https://github.com/apache/openwhisk/blob/1fae641a2b30bccb7ddc69d2d215866d899a8510/core/invoker/src/main/scala/org/apache/\
         openwhisk/core/containerpool/ContainerProxy.scala#L519-L522"
    );
    let single = find("spi-single").expect("a row of the table");
    assert_eq!(single.short(), "spi.md:38");
    assert!(single.url().ends_with("/docs/spi.md#L38"));
}

#[test]
fn the_hash_is_of_the_lines_alone() {
    let text = "one\ntwo\nthree\n";
    assert_eq!(lines_hash(text, 2, 3), lines_hash("zero\r\ntwo\r\nthree", 2, 3));
    assert_ne!(lines_hash(text, 2, 3), lines_hash(text, 1, 2));
    assert_eq!(lines_hash(text, 3, 3).map(|hash| hash.len()), Some(16));
    for (first, last) in [(0, 1), (3, 4), (3, 2), (9, 9), (1, u32::MAX)] {
        assert_eq!(lines_hash(text, first, last), None, "{first}-{last}");
    }
}

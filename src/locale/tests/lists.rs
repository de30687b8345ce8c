//! The glossary and the list of simplifications.

use super::super::glossary::GLOSSARY;
use super::super::simplifications::SIMPLIFICATIONS;
use super::super::{Entry, Language};
use super::{check_chinese, check_english, is_chinese};
use std::collections::BTreeSet;

fn check_entries(entries: &[Entry]) {
    let mut ids = BTreeSet::new();
    for entry @ Entry { id, title, text, evidence } in entries {
        assert_eq!(entry.rows().len(), evidence.len(), "{id} cites a row that is not there");
        assert!(!id.is_empty() && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{id}");
        assert!(ids.insert(*id), "{id} is there twice");
        check_english(title.in_language(Language::English));
        let chinese = title.in_language(Language::Chinese);
        if chinese.contains(is_chinese) {
            check_chinese(chinese);
        } else {
            assert_eq!(chinese, title.english, "{id} has no Chinese title");
        }
        check_english(text.in_language(Language::English));
        check_chinese(text.in_language(Language::Chinese));
        assert!(text.english.ends_with('.') && text.chinese.ends_with('。'), "{id}");
    }
}

#[test]
fn the_glossary_is_in_both_languages() {
    check_entries(&GLOSSARY);
}

#[test]
fn the_simplifications_are_in_both_languages() {
    check_entries(&SIMPLIFICATIONS);
}

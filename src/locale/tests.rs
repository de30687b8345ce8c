use super::page::{self, *};
use super::steps::samples;
use super::*;
use crate::activation::{Catalogue, Namespace};
use crate::cluster::step::Step;
use crate::time::Instant;
use std::collections::BTreeSet;

const ID: &str = "9a4f61d0aabb4cdd8eff00112233c21e";

/// Texts that are the same in both languages because they are names.
const NAMES: [&str; 11] = [
    "WhiskScope",
    "CouchDB",
    "Elasticsearch",
    "wsk",
    "invoker",
    "Kafka",
    "REST API",
    "REST",
    "Action",
    "Topic",
    "GET /whisk_local_activations/_all_docs",
];

fn is_chinese(letter: char) -> bool {
    matches!(letter, '\u{4e00}'..='\u{9fff}')
}

fn check_english(text: &str) {
    assert!(!text.trim().is_empty() && text.trim() == text, "empty or untrimmed: {text:?}");
    assert!(!text.contains(['{', '}']), "a placeholder is left in: {text}");
    let foreign = |letter| is_chinese(letter) || matches!(letter, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}');
    assert!(!text.contains(foreign), "Chinese in an English text: {text}");
    assert!(!text.contains("  "), "two spaces: {text}");
    assert!(!text.contains("..") && !text.contains(" ,") && !text.contains(" ."), "stray punctuation: {text}");
}

/// Chinese letters, full-width punctuation beside them, and a space between Chinese and Latin letters.
fn check_chinese(text: &str) {
    assert!(!text.trim().is_empty() && text.trim() == text, "empty or untrimmed: {text:?}");
    assert!(!text.contains(['{', '}']), "a placeholder is left in: {text}");
    assert!(text.contains(is_chinese), "no Chinese in a Chinese text: {text}");
    assert!(!text.contains("  ") && !text.contains("。。"), "doubled: {text}");
    let letters: Vec<char> = text.chars().collect();
    for pair in letters.windows(2) {
        let (left, right) = (pair[0], pair[1]);
        let half_width = |letter| matches!(letter, ',' | ';' | ':' | '!' | '?' | '(' | ')' | '.');
        assert!(!(is_chinese(left) && half_width(right)), "half-width punctuation after {left}: {text}");
        assert!(!(half_width(left) && is_chinese(right)), "half-width punctuation before {right}: {text}");
        let latin = |letter: char| letter.is_ascii_alphanumeric();
        assert!(!(is_chinese(left) && latin(right) || latin(left) && is_chinese(right)), "no space at {left}{right}: {text}");
        let full_width = |letter| matches!(letter, '，' | '。' | '：' | '；' | '？' | '！' | '（' | '）' | '、');
        assert!(!(full_width(left) && right == ' ' || left == ' ' && full_width(right)), "a space beside {left}{right}: {text}");
    }
}

fn check_both(text: impl Fn(Language) -> String) {
    check_english(&text(Language::English));
    check_chinese(&text(Language::Chinese));
}

fn check_words<W: Word + std::fmt::Debug>() {
    for word in W::ALL {
        let (english, chinese) = (word.text(Language::English), word.text(Language::Chinese));
        check_english(english);
        if english == chinese || !chinese.contains(is_chinese) {
            assert!(
                chinese.eq_ignore_ascii_case(english) && NAMES.iter().any(|name| name.eq_ignore_ascii_case(english))
                    || ["topic", "topics", "ack", "ping"].contains(&english),
                "not translated: {word:?}"
            );
        } else {
            check_chinese(chinese);
        }
    }
}

fn step(kind: crate::cluster::step::StepKind) -> Step {
    Step { ordinal: 0, at: Instant::START, activation: None, exchange: None, flight: None, kind }
}

#[test]
fn every_step_has_a_sentence_and_a_title_in_both_languages() {
    let catalogue = Catalogue::new(&[Namespace { name: "Guest".to_owned() }], &[]);
    let named = Names { activation: Some(ID), action: Some("hello"), catalogue: &catalogue };
    let unnamed = Names { activation: None, action: None, catalogue: &catalogue };
    for kind in samples::steps() {
        for names in [named, unnamed] {
            check_both(|language| sentence(language, &step(kind), &names));
            let english = sentence(Language::English, &step(kind), &names);
            assert!(english.starts_with(|first: char| first.is_uppercase() || english.starts_with("wsk")), "{english}");
            assert!(english.ends_with('.') && sentence(Language::Chinese, &step(kind), &names).ends_with('。'), "{english}");
        }
        check_both(|language| title(language, &kind).to_owned());
        let words = title(Language::English, &kind).split_whitespace().count();
        assert!((1..=5).contains(&words), "{}", title(Language::English, &kind));
    }
}

#[test]
fn the_samples_leave_no_kind_of_step_out() {
    let source = include_str!("../cluster/step.rs");
    let kinds = source.split("pub enum StepKind {").nth(1).unwrap();
    let declared: BTreeSet<String> = kinds
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .filter(|line| line.starts_with(|first: char| first.is_ascii_uppercase()))
        .map(|line| line.split([' ', ',', '(', '{']).next().unwrap().chars().flat_map(snake).collect())
        .collect();
    let sampled: BTreeSet<String> =
        samples::steps().iter().map(|kind| format!("_{}", serde_json::to_value(kind).unwrap()["kind"].as_str().unwrap())).collect();
    assert!(declared.len() > 50);
    assert_eq!(declared, sampled);
}

fn snake(letter: char) -> Vec<char> {
    if letter.is_ascii_uppercase() { vec!['_', letter.to_ascii_lowercase()] } else { vec![letter] }
}

#[test]
fn every_word_is_in_both_languages() {
    check_words::<Header>();
    check_words::<page::Lesson>();
    check_words::<Transport>();
    check_words::<Stage>();
    check_words::<Witness>();
    check_words::<Visibility>();
    check_words::<Inspector>();
    check_words::<Tab>();
    check_words::<Waterfall>();
    check_words::<ModelParameter>();
    check_words::<InvokeDialog>();
    check_words::<InvokeHow>();
    check_words::<ExampleAction>();
    check_words::<StepList>();
    check_words::<Moment>();
    check_words::<Shortcut>();
    check_words::<State>();
    check_words::<Notice>();
    check_words::<LinkValue>();
}

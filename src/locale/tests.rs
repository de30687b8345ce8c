//! What the types cannot promise: that each text is in its own language, whole, and set as its readers expect.

mod functions;
mod interface;
mod lists;

use super::steps::samples;
use super::*;
use crate::activation::{Catalogue, Namespace};
use crate::cluster::step::{Step, StepKind};
use crate::time::Instant;
use std::collections::BTreeSet;

const ID: &str = "9a4f61d0aabb4cdd8eff00112233c21e";

fn is_chinese(letter: char) -> bool {
    matches!(letter, '\u{4e00}'..='\u{9fff}')
}

fn is_full_width(letter: char) -> bool {
    matches!(letter, '，' | '。' | '：' | '；' | '？' | '！' | '（' | '）' | '、')
}

fn check_whole(text: &str) {
    assert!(!text.trim().is_empty() && text.trim() == text, "empty or untrimmed: {text:?}");
    assert!(!text.contains(['{', '}']), "a placeholder is left in: {text}");
    assert!(!text.contains("  "), "two spaces: {text}");
}

fn check_english(text: &str) {
    check_whole(text);
    assert!(!text.contains(|letter| is_chinese(letter) || is_full_width(letter)), "Chinese in an English text: {text}");
    assert!(!text.contains('\''), "a typewriter’s apostrophe: {text}");
    for stray in ["..", " ,", " .", ",.", ";.", " ;"] {
        assert!(!text.contains(stray), "stray punctuation: {text}");
    }
}

/// Chinese letters, full-width punctuation beside them, and a space between Chinese and Latin letters.
fn check_chinese(text: &str) {
    check_whole(text);
    assert!(text.contains(is_chinese), "no Chinese in a Chinese text: {text}");
    for (left, right) in text.chars().zip(text.chars().skip(1)) {
        let half_width = |letter| matches!(letter, ',' | ';' | ':' | '!' | '?' | '(' | ')' | '.');
        assert!(!(is_chinese(left) && half_width(right)), "half-width punctuation after {left}: {text}");
        assert!(!(half_width(left) && is_chinese(right)), "half-width punctuation before {right}: {text}");
        let latin = |letter: char| letter.is_ascii_alphanumeric();
        assert!(!(is_chinese(left) && latin(right) || latin(left) && is_chinese(right)), "no space at {left}{right}: {text}");
        assert!(!(is_full_width(left) && right == ' ' || left == ' ' && is_full_width(right)), "a space beside {left}{right}: {text}");
        assert!(!(is_full_width(left) && is_full_width(right)) || "（）".contains([left, right]), "doubled {left}{right}: {text}");
    }
}

fn check_both(text: impl Fn(Language) -> String) {
    check_english(&text(Language::English));
    check_chinese(&text(Language::Chinese));
}

fn at_zero(kind: StepKind) -> Step {
    Step { ordinal: 0, at: Instant::START, activation: None, exchange: None, flight: None, kind }
}

#[test]
fn every_step_has_a_sentence_and_a_title_in_both_languages() {
    let catalogue = Catalogue::new(&[Namespace::new("Guest")], &[]);
    let named = Names { activation: Some(ID), action: Some("hello"), tool: "wsk", catalogue: &catalogue };
    let unnamed = Names { activation: None, action: None, tool: "curl", catalogue: &catalogue };
    for kind in samples::steps() {
        for names in [named, unnamed] {
            check_both(|language| sentence(language, &at_zero(kind), &names));
            let english = sentence(Language::English, &at_zero(kind), &names);
            let chinese = sentence(Language::Chinese, &at_zero(kind), &names);
            assert!(english.starts_with(char::is_uppercase) || english.starts_with("wsk ") || english.starts_with("curl "), "{english}");
            assert!(english.ends_with('.') && chinese.ends_with('。'), "{english} {chinese}");
        }
        check_both(|language| title(language, &kind).to_owned());
        let words = title(Language::English, &kind).split_whitespace().count();
        assert!((2..=5).contains(&words), "{}", title(Language::English, &kind));
    }
}

#[test]
fn a_request_as_it_stands_is_told_as_one_of_curl() {
    use crate::cluster::place::ControllerId;
    use crate::cluster::step::RequestKind;
    let catalogue = Catalogue::new(&[Namespace::new("guest")], &[]);
    let told = |tool, kind| {
        let names = Names { activation: None, action: None, tool, catalogue: &catalogue };
        [Language::English, Language::Chinese].map(|language| sentence(language, &at_zero(kind), &names))
    };
    let (controller, request) = (ControllerId(0), RequestKind::List);
    let sent = StepKind::RequestSent { controller, request };
    assert_eq!(told("wsk", sent)[0], "wsk asks controller 0 for the list of activations. It never talks to a database itself.");
    assert_eq!(told("curl", sent), ["curl asks controller 0 for the list of activations.", "curl 向控制器 0 要激活列表。"]);
    let [english, chinese] = told("curl", StepKind::RequestReceived { controller, request });
    assert!(english.starts_with("Controller 0 receives from curl what would be wsk activation list."), "{english}");
    assert!(chinese.starts_with("控制器 0 收到 curl 发来的、相当于 wsk activation list 的请求"), "{chinese}");
}

#[test]
fn sentences_name_what_a_step_is_about() {
    let catalogue = Catalogue::new(&[Namespace::new("Guest")], &[]);
    let names = Names { activation: Some(ID), action: Some("hello"), tool: "wsk", catalogue: &catalogue };
    let check = |kind: StepKind, english: &str, chinese: &str| {
        assert_eq!(sentence(Language::English, &at_zero(kind), &names), english);
        assert_eq!(sentence(Language::Chinese, &at_zero(kind), &names), chinese);
    };
    let (store, namespace) = (crate::cluster::place::StoreKind::CouchDb, crate::activation::NamespaceId(0));
    check(
        StepKind::RecordStored { store },
        "CouchDB holds record 9a4f…c21e. A get finds it at once; a list waits for the view’s index.",
        "CouchDB 里有了激活记录 9a4f…c21e。get 立刻就能读到；list 要等视图索引更新。",
    );
    check(
        StepKind::IndexCreated { namespace },
        "Elasticsearch creates the index openwhisk-guest: this is the first record of its namespace.",
        "Elasticsearch 创建索引 openwhisk-guest：这是该命名空间的第一条记录。",
    );
}

#[test]
fn the_samples_leave_no_kind_of_step_out() {
    let source = include_str!("../cluster/step/kind.rs");
    let declaration = source.split("pub enum StepKind {").nth(1).and_then(|rest| rest.split("\n}").next()).unwrap();
    let variants = declaration.lines().filter_map(|line| line.strip_prefix("    ")).filter(|line| line.starts_with(char::is_uppercase));
    let declared: BTreeSet<String> = variants.map(|line| snake_case(line.split([' ', ',']).next().unwrap())).collect();
    let tag = |kind: &StepKind| serde_json::to_value(kind).unwrap()["kind"].as_str().unwrap().to_owned();
    let sampled: BTreeSet<String> = samples::steps().iter().map(tag).collect();
    assert!(declared.len() > 50, "the declaration was not found: {declared:?}");
    assert_eq!(declared, sampled);
}

fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[test]
fn links_and_browsers_name_a_language() {
    for language in Language::ALL {
        assert_eq!(Language::from_code(language.code()), Some(language));
        assert_eq!(Language::from_code(language.html_lang()), Some(language));
        assert_eq!(language.other().other(), language);
        assert_ne!(language.other(), language);
    }
    assert_eq!(Language::from_code("zh-Hans-CN"), Some(Language::Chinese));
    assert_eq!(Language::from_code("EN-gb"), Some(Language::English));
    assert_eq!(Language::from_code("fr"), None);
    assert_eq!(Language::from_code(""), None);
}

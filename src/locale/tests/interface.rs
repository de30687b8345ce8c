//! The fixed words of the page.

use super::super::page::*;
use super::super::verdict::Verdict;
use super::super::{Language, Word};
use super::{check_chinese, check_english, is_chinese};
use std::fmt::Debug;

/// Texts that are the same in both languages, because they are names or because Chinese operators use the Latin word.
const SAME: [&str; 13] = [
    "WhiskScope",
    "CouchDB",
    "Elasticsearch",
    "wsk",
    "CLI",
    "REST API",
    "REST",
    "Action",
    "Topic",
    "topic",
    "topics",
    "GET /whisk_local_activations/_all_docs",
    "ack",
];

fn check_words<W: Word + Debug>() {
    for word in W::ALL {
        let (english, chinese) = (word.text(Language::English), word.text(Language::Chinese));
        check_english(english);
        if chinese.contains(is_chinese) {
            check_chinese(chinese);
        } else {
            assert!(SAME.contains(&english) && SAME.contains(&chinese), "{word:?} is not said in Chinese");
        }
        let sentence = english.ends_with('.');
        assert_eq!(sentence, chinese.ends_with('。'), "one of the two is no sentence: {word:?}");
    }
}

#[test]
fn every_word_is_in_both_languages() {
    check_words::<Header>();
    check_words::<LessonPanel>();
    check_words::<Transport>();
    check_words::<Stage>();
    check_words::<Witness>();
    check_words::<Inspector>();
    check_words::<Tab>();
    check_words::<Waterfall>();
    check_words::<ModelParameter>();
    check_words::<InvokeDialog>();
    check_words::<InvokeHow>();
    check_words::<ExampleAction>();
    check_words::<StepList>();
    check_words::<Terminal>();
    check_words::<TerminalHelp>();
    check_words::<Moment>();
    check_words::<Shortcut>();
    check_words::<PageState>();
    check_words::<Notice>();
    check_words::<LinkValue>();
    check_words::<Verdict>();
}

#[test]
fn accessible_names_are_part_of_the_interface() {
    let check = |word: &str, name: &str| assert_eq!(word, name);
    let english = Language::English;
    check(english.say(Header::DocumentTitle), "WhiskScope — Where did my activation record go?");
    check(english.say(Header::ActivationStore), "Activation store");
    check(english.say(Header::CouchDb), "CouchDB");
    check(english.say(Header::Elasticsearch), "Elasticsearch");
    check(english.say(Header::Language), "Language");
    check(english.say(Header::Theme), "Theme");
    check(english.say(Header::Simplifications), "How is this simplified?");
    check(english.say(LessonPanel::Question), "Question");
    check(english.say(Transport::Pace), "Pace");
    check(english.say(Transport::Story), "Story");
    check(english.say(Transport::Clock), "Clock");
    check(english.say(Transport::Speed), "Speed");
    check(english.say(Transport::Play), "Play");
    check(english.say(Transport::Pause), "Pause");
    check(english.say(Transport::StepBack), "Step back");
    check(english.say(Transport::StepForward), "Step forward");
    check(english.say(Transport::Invoke), "Invoke");
    check(english.say(Transport::List), "List");
    check(english.say(Transport::Get), "Get");
    check(english.say(Transport::Undo), "Undo");
    check(english.say(Transport::Time), "Time");
    check(english.say(Witness::AskAgain), "Ask again");
    check(english.say(LessonPanel::CheckAnswer), "Check answer");
    check(english.say(LessonPanel::ShowMe), "Show me");
    check(english.say(LessonPanel::Next), "Next");
    check(english.say(LessonPanel::PredictFirst), "Predict first");
    check(english.say(InvokeDialog::Title), "Invoke an action");
    check(english.say(InvokeDialog::Send), "Send");
    check(english.say(LessonPanel::Region), "Lesson");
    check(english.say(Stage::Region), "Stage");
    check(english.say(Verdict::Region), "Verdict");
    check(english.say(Witness::Cli), "What the CLI shows");
    check(english.say(Witness::CouchDb), "What CouchDB holds");
    check(english.say(Witness::Elasticsearch), "What Elasticsearch holds");
    check(english.say(Inspector::Region), "Inspector");
    check(english.say(StepList::Region), "Steps");
}

#[test]
fn names_that_stand_together_differ_in_each_language() {
    for language in Language::ALL {
        let mut buttons = vec![
            language.say(Transport::Play),
            language.say(Transport::Pause),
            language.say(Transport::StepBack),
            language.say(Transport::StepForward),
            language.say(Transport::Invoke),
            language.say(Transport::List),
            language.say(Transport::Get),
            language.say(Transport::Undo),
            language.say(Witness::AskAgain),
            language.say(LessonPanel::CheckAnswer),
            language.say(LessonPanel::ShowMe),
            language.say(LessonPanel::Next),
            language.say(LessonPanel::Previous),
            language.say(InvokeDialog::Send),
            language.say(InvokeDialog::Cancel),
        ];
        buttons.sort_unstable();
        let named = buttons.len();
        buttons.dedup();
        assert_eq!(buttons.len(), named);
    }
}

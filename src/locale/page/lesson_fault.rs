use super::super::Language;
use super::super::wording::{Wording, put};
use crate::json::Reason;

/// Why a field of a lesson file is refused, as a part of a sentence. What another reader said (a line's, the configuration's, the parser's)
/// stays in its words.
pub fn lesson_fault(language: Language, reason: &Reason) -> String {
    if language == Language::English {
        return reason.to_string();
    }
    let mut text = Wording::new(language);
    match reason {
        Reason::Said(said) => put!(&mut text, chinese(said)),
        Reason::UnknownField { known } => put!(&mut text, "没有这个字段；已知的有 ", *known),
        Reason::Missing => put!(&mut text, "缺少这个字段"),
        Reason::Kind { found, wanted } => put!(&mut text, "这里是", chinese(found), "，必须是", chinese(wanted)),
        Reason::NoneOf { found, known } => put!(&mut text, "“", found, "”不在可选之列：", *known),
        Reason::OutOfRange { what, value, min, max } => {
            put!(&mut text, chinese(what), "是 ", *value, "，必须在 ", *min, " 到 ", *max, " 之间");
        }
        Reason::Found { found, but } => put!(&mut text, "“", found, "”", chinese(but)),
        Reason::ExactlyOne(known) => put!(&mut text, "必须且只能给出其中之一：", *known),
        Reason::NotInOrder { at, earlier } => put!(&mut text, "它的时间是 ", *at, " ms，早于前一条的 ", *earlier, " ms"),
    }
    text.finish()
}

/// A phrase of the check of lessons in Chinese; a name or a number as it is.
fn chinese(phrase: &str) -> &str {
    PHRASES.iter().find(|(english, _)| *english == phrase).map_or(phrase, |(_, chinese)| chinese)
}

const PHRASES: [(&str, &str); 33] = [
    // What is found and what is wanted.
    ("a text", "文本"),
    ("a list", "列表"),
    ("an object", "对象"),
    ("an object with one field", "只有一个字段的对象"),
    ("true or false", "true 或 false"),
    ("a whole number from 0 up", "不小于 0 的整数"),
    ("a number or \"none\"", "数字或 \"none\""),
    ("\"all\" or a list of labels", "\"all\" 或标签列表"),
    (
        "milliseconds, or {\"of\": label, \"event\": name, \"plusMs\": milliseconds}",
        "毫秒数，或 {\"of\": 标签, \"event\": 名称, \"plusMs\": 毫秒数}",
    ),
    // What is counted or measured.
    ("their number", "项数"),
    ("its length in bytes", "字节数"),
    ("its length in characters", "字符数"),
    ("the version", "版本"),
    ("the horizon in milliseconds", "终点的毫秒数"),
    ("the time in milliseconds", "时间的毫秒数"),
    ("the number of invocations", "调用次数"),
    ("the time between two in milliseconds", "两次之间的毫秒数"),
    ("the size of the arguments in bytes", "参数的字节数"),
    ("the number of its records", "它的记录数"),
    ("the depth of the condition", "条件的层数"),
    ("the status", "状态码"),
    ("the number of the process", "进程编号"),
    ("the limit", "上限"),
    // What there is to say of a text.
    ("is not a name of 1 to 64 letters, digits and hyphens", "不是由 1 到 64 个字母、数字和连字符组成的名称"),
    ("is there twice", "出现了两次"),
    ("is not the label of a command", "不是任何命令的标签"),
    ("is not a namespace of the configuration", "不是配置里的命名空间"),
    ("is no row of the evidence table", "不是依据表里的条目"),
    (
        "is not a part of this cluster: client, controller0, kafka, invoker0, couchdb, elasticsearch",
        "不是这个集群的组成部分：client、controller0、kafka、invoker0、couchdb、elasticsearch",
    ),
    ("it is empty; both languages are needed", "内容是空的，两种语言都要有"),
    ("only invocations come in bursts", "只有调用可以成批"),
    ("only invocations have the header X-OW-EXTRA-LOGGING here", "这里只有调用带 X-OW-EXTRA-LOGGING 头"),
    ("only a single invocation has arguments", "只有单次调用可以带参数"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::Lesson;

    /// What is said of the bundled lesson with one thing in it changed.
    fn said(from: &str, to: &str) -> [String; 2] {
        let lesson = include_str!("../../../lessons/only-design-docs.json");
        let broken = lesson.replacen(from, to, 1);
        assert_ne!(broken, lesson, "{from} is not in the lesson");
        let error = Lesson::from_json("broken.json", &broken).unwrap_err();
        Language::ALL.map(|language| lesson_fault(language, &error.reason))
    }

    #[test]
    fn a_fault_is_told_in_both_languages() {
        let check = |from: &str, to: &str, english: &str, chinese: &str| assert_eq!(said(from, to), [english, chinese], "{from} → {to}");
        check("\"id\": \"only-design-docs\",", "", "this field is missing", "缺少这个字段");
        check("\"schemaVersion\": 1", "\"schemaVersion\": 7", "the version is 7, but must be from 1 to 1", "版本是 7，必须在 1 到 1 之间");
        check(
            "\"schemaVersion\": 1",
            "\"schemaVersion\": \"x\"",
            "it is a text, but must be a whole number from 0 up",
            "这里是文本，必须是不小于 0 的整数",
        );
        check(
            "{ \"store\": \"elasticsearch\" }",
            "{ \"store\": \"mongo\" }",
            "“mongo” is none of couchdb, elasticsearch, noop",
            "“mongo”不在可选之列：couchdb, elasticsearch, noop",
        );
    }

    /// A phrase that the check of lessons has and that nobody has translated.
    #[test]
    fn every_phrase_is_said_in_chinese() {
        let sources = [
            include_str!("../../lesson/read.rs"),
            include_str!("../../lesson/read/beats.rs"),
            include_str!("../../lesson/read/commands.rs"),
            include_str!("../../lesson/read/conditions.rs"),
            include_str!("../../json/part.rs"),
        ];
        for call in [".refuse_text(", ".not_a(", ".within(", ".number_in(", "Reason::Said("] {
            let arguments = sources.iter().flat_map(|source| source.split(call).skip(1));
            for arguments in arguments.filter_map(|rest| rest.split([';', '{', '\n']).next()) {
                let Some((_, literal)) = arguments.split_once('"') else { continue };
                let phrase = literal.split("\", ").next().unwrap_or(literal).split("\")").next().unwrap_or(literal);
                let phrase = phrase.split("\".to_owned").next().unwrap_or(phrase);
                let is_known = PHRASES.iter().any(|(english, _)| english.replace('"', "\\\"").starts_with(phrase));
                assert!(is_known, "{call}: “{phrase}” has no Chinese");
            }
        }
    }
}

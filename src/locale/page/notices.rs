use super::super::Language;
use super::super::wording::{compose, plural};
use super::super::words::words;

words! {
    /// Short messages that can be dismissed.
    Notice {
        Dismiss: "Dismiss", "知道了";
        Error: "Error", "错误";
        Notice: "Notice", "提示";
        StepsTooMany: "Too many steps to list at once. Narrow the selection.", "步骤太多，无法一次列出。请缩小选择范围。";
        RunRestored: "The earlier run is back.", "已找回之前的运行。";
        NothingToUndo: "There is nothing to undo.", "没有可撤销的命令。";
        Forked: "A new run begins here. Undo brings the old one back.", "从这里开始一次新的运行。“撤销”可以找回旧的。";
        SwitchedStore: "Same seed, same commands, the other store from the start.", "种子和命令都不变，从一开始就换用另一个存储。";
        StorageBlocked: "The browser keeps nothing for this page: theme and language last until you leave.", "浏览器不为本页保存设置：主题和语言只在离开前有效。";
    }

    /// Why a value in a link is ignored.
    LinkValue {
        UnknownLesson: "there is no such lesson", "没有这门课程";
        BadLessonName: "a lesson’s name has letters, digits and hyphens only", "课程名只能有字母、数字和连字符";
        UnknownStore: "it must be couchdb or elasticsearch", "只能是 couchdb 或 elasticsearch";
        UnknownLanguage: "it must be en or zh", "只能是 en 或 zh";
        BadTime: "a time is a number of milliseconds with at most three decimals", "时间是毫秒数，最多三位小数";
        TimePastDay: "a run is at most a day long", "一次运行最长一天";
        Repeated: "it is there more than once", "它出现了不止一次";
    }
}

/// A value of a link that makes no sense: which one, what it was, and why it is ignored.
pub fn link_value_ignored(language: Language, name: &str, value: &str, why: LinkValue) -> String {
    let why = language.say(why);
    compose!(
        language,
        ["The link’s ", name, "=“", value, "” is ignored: ", why, "."],
        ["链接里的 ", name, "=“", value, "”已忽略：", why, "。"]
    )
}

/// A value outside its range: its name, the value and the range.
pub fn out_of_range(language: Language, name: &str, value: u64, min: u64, max: u64) -> String {
    compose!(
        language,
        [name, " is ", value, ", but must be from ", min, " to ", max, "."],
        [name, " 的值是 ", value, "，必须在 ", min, " 到 ", max, " 之间。"]
    )
}

/// A range whose ends are the wrong way round.
pub fn empty_range(language: Language, name: &str, min: u64, max: u64) -> String {
    compose!(
        language,
        [name, " has its least value ", min, " above its greatest ", max, "."],
        [name, " 的最小值 ", min, " 大于最大值 ", max, "。"]
    )
}

/// A name that stands for nothing in this run.
pub fn unknown_value(language: Language, name: &str, value: &str) -> String {
    compose!(language, [name, " names “", value, "”, which this run does not have."], [name, " 指向“", value, "”，这次运行里没有它。"])
}

/// A name that cannot be one. The reason comes from the check that refused it.
pub fn bad_name(language: Language, name: &str, value: &str, reason: &str) -> String {
    compose!(language, [name, " is “", value, "”: ", reason, "."], [name, " 的值“", value, "”不合要求：", reason, "。"])
}

/// A value that cannot be read at all.
pub fn malformed(language: Language, name: &str, problem: &str) -> String {
    compose!(language, [name, " cannot be read: ", problem, "."], [name, " 无法读取：", problem, "。"])
}

/// An older link: its steps may differ from those that its author saw.
pub fn recorded_with(language: Language, recorded: u32, current: u32) -> String {
    compose!(
        language,
        [
            "This run was recorded with model version ",
            recorded,
            "; the page has version ",
            current,
            ". Times and order may differ from what was seen then."
        ],
        ["这次运行由模型版本 ", recorded, " 录制，本页是版本 ", current, "。时间和顺序可能与当时看到的不同。"],
    )
}

/// How many earlier runs *Undo* can reach.
pub fn runs_kept(language: Language, kept: u32) -> String {
    let kept_runs = plural(kept, " earlier run is kept.", " earlier runs are kept.");
    compose!(language, [kept, kept_runs], ["保留着之前的 ", kept, " 次运行。"])
}

/// A 503: no invoker that could take the activation.
pub const fn no_invoker(language: Language) -> &'static str {
    language.pick(
        "503: no invoker is usable. After the start each invoker must first pass a health test. No activation was made, and no record will come.",
        "503：没有可用的 invoker。启动之后，每个 invoker 都要先通过健康测试。没有产生激活，也不会有记录。",
    )
}

/// A 429: the namespace is over a limit.
pub fn throttled(language: Language, count: u32, allowed: u32) -> String {
    compose!(
        language,
        ["429: too many requests (count ", count, ", allowed ", allowed, "). No activation was made, and no record will come."],
        ["429：请求过多（当前 ", count, "，上限 ", allowed, "）。没有产生激活，也不会有记录。"]
    )
}

use super::super::Language;
use super::super::wording::compose;
use super::super::words::words;
use super::lesson_fault;
use crate::json::Reason;

words! {
    /// What the page says when it is not showing a run.
    PageState {
        NothingInvoked: "Nothing has been invoked yet.", "还没有调用过任何 action。";
        Bundled: "The lesson that comes with the page is open instead.", "已改为打开页面自带的课程。";
        Offline: "No network: what is loaded goes on working.", "网络已断开：已加载的内容仍可使用。";
    }
}

/// Why a lesson is not open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LessonProblem {
    /// No answer at all: no network, or the server is gone.
    Unreachable,
    /// The server answered with this HTTP status.
    Status(u16),
    /// The file is there and is not a lesson. The field and the reason are those that the check of lessons gives.
    Invalid { field: String, reason: Reason },
}

/// A lesson that could not be opened: which one, and why.
pub fn lesson_failed(language: Language, lesson: &str, problem: &LessonProblem) -> String {
    let why = match problem {
        LessonProblem::Unreachable => language.pick("the server did not answer", "服务器没有应答").to_owned(),
        LessonProblem::Status(status) => compose!(language, ["the server answered ", *status], ["服务器返回 ", *status]),
        LessonProblem::Invalid { field, reason } => {
            let reason = lesson_fault(language, reason);
            compose!(language, [field, ": ", &reason], [field, "：", &reason])
        }
    };
    compose!(
        language,
        ["The lesson “", lesson, "” could not be opened. Reason: ", &why, "."],
        ["无法打开课程“", lesson, "”。原因：", &why, "。"]
    )
}

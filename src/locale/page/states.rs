use super::super::Language;
use super::super::wording::compose;
use super::super::words::words;

words! {
    /// What the page says when it is not showing a run.
    PageState {
        Loading: "Loading…", "正在加载……";
        LoadingLesson: "Loading the lesson…", "正在加载课程……";
        NothingInvoked: "Nothing has been invoked yet.", "还没有调用过任何 action。";
        NothingInvokedHint: "Press Invoke, and watch where the record goes.", "点“调用”，看激活记录去了哪里。";
        NoScript: "WhiskScope simulates a cluster in your browser and needs JavaScript for that. Please turn it on and reload.",
            "WhiskScope 在浏览器里模拟集群，需要 JavaScript。请启用后重新加载。";
        NoWasm: "This browser cannot run WebAssembly, which the simulated cluster is compiled to. A current Firefox, Chrome, Edge or Safari can.",
            "模拟集群编译成了 WebAssembly，而这个浏览器不能运行它。请使用新版的 Firefox、Chrome、Edge 或 Safari。";
        OpenedFromFile: "A page opened straight from a file may not load its own parts. Serve the folder instead, with this command, and open the address that it prints:",
            "直接从文件打开的页面无法加载自己的各个部分。请改用下面的命令提供服务，再打开它给出的地址：";
        Crashed: "The page has crashed. This is a defect in WhiskScope, not something that you did.", "页面崩溃了。这是 WhiskScope 的缺陷，不是你的操作造成的。";
        CrashLink: "This link opens the lesson at the same instant again; commands of your own are not in it:",
            "用这个链接可以在同一时刻重新打开课程，但你自己的命令不在其中：";
        Reload: "Reload", "重新加载";
        CrashDetails: "Details for a report", "可附在报告里的细节";
        Bundled: "The lesson that comes with the page is open instead.", "已改为打开页面自带的课程。";
        TryAgain: "Try again", "重试";
        Offline: "No network: what is loaded goes on working.", "网络已断开：已加载的内容仍可使用。";
    }
}

/// The command that serves the built page from the folder that holds it.
pub const fn serve_command() -> &'static str {
    "python3 -m http.server 8080 --directory dist"
}

/// Why a lesson is not open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LessonProblem {
    /// No answer at all: no network, or the server is gone.
    Unreachable,
    /// The server answered with this HTTP status.
    Status(u16),
    /// The file is there and is not a lesson. The field and the reason are those that the check of lessons gives.
    Invalid { field: String, reason: String },
}

/// A lesson that could not be opened: which one, and why.
pub fn lesson_failed(language: Language, lesson: &str, problem: &LessonProblem) -> String {
    let why = match problem {
        LessonProblem::Unreachable => language.pick("the server did not answer", "服务器没有应答").to_owned(),
        LessonProblem::Status(status) => compose!(language, ["the server answered ", *status], ["服务器返回 ", *status]),
        LessonProblem::Invalid { field, reason } => compose!(language, [field, ": ", reason], [field, "：", reason]),
    };
    compose!(
        language,
        ["The lesson “", lesson, "” could not be opened. Reason: ", &why, "."],
        ["无法打开课程“", lesson, "”。原因：", &why, "。"]
    )
}

use super::super::Language;
use super::super::wording::{compose, plural};
use super::super::words::words;
use crate::shell::Why;

words! {
    /// The terminal. What tools print is not translated.
    Terminal {
        Region: "Terminal", "终端";
        Utc: "times are UTC", "时间均为 UTC";
        Screen: "Terminal output", "终端输出";
        Command: "Command", "命令";
        Run: "Run", "运行";
        Copy: "Copy", "复制";
        Clear: "Clear", "清屏";
        Stop: "Stop", "停止";
        Keys: "Enter runs the line, ↑ and ↓ bring earlier ones back, Tab completes. Esc, then Tab, leaves the field.",
            "Enter 运行，↑ ↓ 找回以前的命令，Tab 补全。先按 Esc 再按 Tab 离开输入框。";
        Empty: "Nothing was typed yet. Type help, or take one of the commands below.", "还没有输入过命令。可以输入 help，或者选用下面的命令。";
        Suggested: "Suggested commands", "建议的命令";
        Waits: "A command is still running. Your line is kept: let time pass, or press Stop (Ctrl-C).",
            "还有命令在运行，这一行先留着：让时间继续，或按“停止”（Ctrl-C）。";
        Held: "Answer the question first: what a command prints could give the answer away.", "请先回答问题：命令的输出可能会透露答案。";
        Fetching: "Fetching what speaks to the stores…", "正在获取与存储对话所需的部分……";
        Unfetched: "What speaks to the stores could not be fetched. Your line is kept: try again.", "与存储对话所需的部分没能取到，这一行先留着，请再试一次。";
        NothingCompletes: "Nothing completes this word.", "没有可以补全的内容。";
        Candidates: "The word can go on as", "可以补全为";
        Cleared: "The screen was cleared.", "屏幕已清空。";
        ShowAgain: "Show again", "重新显示";
        Errors: "Error output:", "错误输出：";
        Running: "running", "运行中";
        Stopped: "Stopped with Ctrl-C", "已用 Ctrl-C 停止";
        HelpShown: "Help is on the terminal’s screen.", "帮助已显示在终端里。";
        LinesMore: "More lines are left out here. Copy has all of them.", "其余的行这里不再显示，“复制”会包含全部内容。";
    }
    /// What `help` prints: each text is about the words that stand before it.
    TerminalHelp {
        Commands: "Commands", "命令";
        Activations: "list, get, result, logs and poll of activation records, through the controller", "通过 Controller 查看激活记录：list、get、result、logs、poll";
        Entities: "what runs: actions, triggers, rules and packages", "管理会运行的东西：action、trigger、rule、package";
        Curl: "ask OpenWhisk or a store itself, as its own HTTP interface answers", "直接请求 OpenWhisk 或某个存储，得到它自己的 HTTP 应答";
        Page: "answered by the page, in no simulated time", "由页面直接回应，不占用模拟时间";
        Keys: "Keys", "按键";
        Recall: "lines typed earlier, from earlier visits too", "以前输入过的命令，包括以前访问时的";
        Complete: "completes a command, a name or an id", "补全命令、名称或 ID";
        Interrupt: "stops the command that runs, at this instant of the run", "在当前时刻停止正在运行的命令";
        ClearScreen: "clears the screen", "清屏";
        Leave: "leaves the field", "离开输入框";
        Notes: "Good to know", "须知";
        Time: "Times are UTC. A command is given at the instant shown, and then time passes until it has its answer.",
            "时间均为 UTC。命令在当前显示的时刻发出，随后时间流逝，直到得到应答。";
        Past: "In the past a command begins a new run. Undo brings the old one back.", "在过去的时刻发命令会开始一次新的运行，“撤销”可以找回旧的运行。";
        Plain: "There are no colours: tools print as to a pipe.", "没有颜色：工具的输出与接到管道时一样。";
        Simplified: "Simplified: no shell lies behind it, so no variables, files, redirections or background jobs.",
            "简化之处：背后没有真正的 shell，所以没有变量、文件、重定向和后台任务。";
    }
}

impl TerminalHelp {
    /// What is explained, under its heading.
    pub const LISTS: [(Self, &'static [(&'static str, Self)]); 2] = [
        (
            Self::Commands,
            &[
                ("wsk activation", Self::Activations),
                ("wsk action | trigger | rule | package", Self::Entities),
                ("curl", Self::Curl),
                ("help, clear", Self::Page),
            ],
        ),
        (
            Self::Keys,
            &[
                ("↑ ↓", Self::Recall),
                ("Tab", Self::Complete),
                ("Ctrl-C", Self::Interrupt),
                ("Ctrl-L", Self::ClearScreen),
                ("Esc Tab", Self::Leave),
            ],
        ),
    ];

    pub const NOTES: [Self; 4] = [Self::Time, Self::Past, Self::Plain, Self::Simplified];
}

/// Why a command is worth typing now.
pub const fn suggested(language: Language, why: Why) -> &'static str {
    let (english, chinese) = match why {
        Why::Invoke => ("Invoke an action and wait for its answer", "调用一个 action，并等它的应答"),
        Why::List => ("List what has run", "列出运行过的激活"),
        Why::AskAgain => {
            ("The newest list lacks a record that was answered for: ask again", "最新的 list 缺少一条已有应答的记录：再查一次")
        }
        Why::AskCouchDb => ("Ask CouchDB itself", "直接问 CouchDB"),
        Why::AskElasticsearch => ("Ask Elasticsearch itself", "直接问 Elasticsearch"),
        Why::GetNewest => ("Get the newest record by its id", "按 ID 读取最新的记录"),
        Why::LogsOfNewest => ("Its logs", "它的日志"),
    };
    match language {
        Language::English => english,
        Language::Chinese => chinese,
    }
}

/// The button that unfolds a long output: `Show all 220 lines`.
pub fn show_all_lines(language: Language, lines: u32) -> String {
    compose!(language, ["Show all ", lines, " lines"], ["显示全部 ", lines, " 行"])
}

/// `3 earlier commands are left out here. Copy has all of them.`
pub fn earlier_left_out(language: Language, count: u32) -> String {
    let are = plural(
        count,
        " earlier command is left out here. Copy has all of them.",
        " earlier commands are left out here. Copy has all of them.",
    );
    compose!(language, [count, are], ["更早的 ", count, " 条命令这里不再显示，“复制”会包含全部内容。"])
}

/// `exit code 148`
pub fn exit_code(language: Language, code: u8) -> String {
    let code = u32::from(code);
    compose!(language, ["exit code ", code], ["退出码 ", code])
}

/// A line that is too long is not read.
pub fn line_too_long(language: Language, bytes: u32, max: u32) -> String {
    compose!(
        language,
        ["The line has ", bytes, " bytes, and a command may have ", max, ". It stays as it is: shorten it."],
        ["这一行有 ", bytes, " 字节，而一条命令最多 ", max, " 字节。内容还在，请缩短。"]
    )
}

/// Several lines were pasted.
pub fn lines_pasted(language: Language, lines: u32) -> String {
    compose!(
        language,
        [lines, " lines were pasted: the first is taken. Commands run one at a time."],
        ["粘贴了 ", lines, " 行，只取第一行：命令要一条一条地运行。"]
    )
}

/// The name of the button that puts a command into the field.
pub fn put_into_field(language: Language, line: &str) -> String {
    compose!(language, ["Type ", line], ["填入 ", line])
}

/// The name of the button that opens what a command sent and was answered.
pub fn exchanges_of(language: Language, line: &str) -> String {
    compose!(language, ["HTTP exchanges of ", line], ["HTTP 请求与应答：", line])
}

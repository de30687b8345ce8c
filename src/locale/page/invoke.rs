use super::super::Language;
use super::super::wording::{compose, plural};
use super::super::words::words;

words! {
    /// The dialog that sends an invocation.
    InvokeDialog {
        Title: "Invoke an action", "调用 action";
        Action: "Action", "Action";
        How: "How", "方式";
        HowMany: "How many", "次数";
        HowManyHint: "More than one is a burst.", "多于一次即为突发。";
        Gap: "Gap in ms", "间隔毫秒数";
        GapHint: "Between one and the next. 0: all at the same instant.", "相邻两次之间。填 0 则全部在同一时刻发出。";
        NoActions: "This cluster has no actions.", "这个集群里没有 action。";
        Command: "The command", "命令";
        Send: "Send", "发送";
        Cancel: "Cancel", "取消";
    }

    /// How the caller waits.
    InvokeHow {
        NonBlocking: "non-blocking", "非阻塞";
        NonBlockingHint: "the answer is an id, at once (202)", "立刻返回 ID（202）";
        Blocking: "blocking", "阻塞";
        BlockingHint: "the answer is the record, when the run has ended", "运行结束后返回记录";
        Result: "result only", "只要结果";
        ResultHint: "blocking, and the answer is the result alone", "阻塞，只返回结果";
    }

    /// What each action of the page's own does, in the order of the ways that a run can end.
    ExampleAction {
        Hello: "fast: ends within 60 ms", "快：60 ms 内结束";
        Slow: "slow: runs for some seconds", "慢：运行几秒钟";
        Refuse: "application error: its result has an error field (status 1)", "应用错误：结果里有 error 字段（状态码 1）";
        Broken: "developer error: its code fails (status 2), and the container goes", "开发者错误：代码出错（状态码 2），容器随之移除";
        Report: "big result: more than fits in an ack", "大结果：ack 里装不下";
    }
}

impl ExampleAction {
    /// The description of the action with this name, where the page has one.
    pub fn of(name: &str) -> Option<Self> {
        Some(match name {
            "hello" => Self::Hello,
            "slow" => Self::Slow,
            "refuse" => Self::Refuse,
            "broken" => Self::Broken,
            "report" => Self::Report,
            _ => return None,
        })
    }
}

/// The limits that a burst may run into, where there are any. Both are counted for each namespace.
pub fn rate_limits(language: Language, per_minute: Option<u32>, concurrent: Option<u32>) -> Option<String> {
    Some(match (per_minute, concurrent) {
        (None, None) => return None,
        (Some(minute), Some(once)) => compose!(
            language,
            ["This cluster takes ", minute, " a minute and ", once, " at once. Past that the answer is 429."],
            ["这个集群每分钟允许 ", minute, " 次，同时允许 ", once, " 次，超出的返回 429。"],
        ),
        (Some(minute), None) => compose!(
            language,
            ["This cluster takes ", minute, " a minute. Past that the answer is 429."],
            ["这个集群每分钟允许 ", minute, " 次，超出的返回 429。"],
        ),
        (None, Some(once)) => compose!(
            language,
            ["This cluster takes ", once, " at once. Past that the answer is 429."],
            ["这个集群同时允许 ", once, " 次，超出的返回 429。"],
        ),
    })
}

/// What the status region says once the commands are on their way: `3 invocations of hello sent`.
pub fn burst_of(language: Language, action: &str, count: u32) -> String {
    let invocations = plural(count, " invocation of ", " invocations of ");
    compose!(language, [count, invocations, action, " sent"], ["已发出 ", count, " 次对 ", action, " 的调用"])
}

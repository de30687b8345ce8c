use super::super::Language;
use super::super::wording::{compose, plural};
use super::super::words::words;
use crate::cluster::FaultEffect;
use crate::cluster::place::{Node, StoreKind};
use crate::time::Span;

words! {
    /// What somebody can break, what is broken, and how to mend it.
    Trouble {
        Title: "Break something", "制造故障";
        Short: "Break", "故障";
        Hint: "Each of these is a command of the run, given at this instant: it seeks and replays like an invocation.",
            "每一项都是在此刻下达的一条命令，和一次调用一样可以跳转、重放。";
        Choose: "Choose what to break. Every node and link of the stage has these choices too.", "选一处来制造故障。舞台上的每个节点和链路也都有同样的选项。";
        Nodes: "Nodes", "节点";
        Links: "Links", "链路";
        Link: "Link", "链路";
        Crash: "Crash it", "让它崩溃";
        Stop: "Stop it", "停掉它";
        Start: "Start it again", "重新启动";
        EveryProcess: "Every process", "所有进程";
        Restart: "Restart it, bound to", "重启，并绑定到";
        RestartHint: "A binding is read at the start alone. Old records stay where they are.", "绑定只在启动时读取一次。旧记录留在原处。";
        DropDatabase: "Delete whisk_local_activations", "删除 whisk_local_activations";
        DropIndices: "Delete the indices", "删除所有索引";
        What: "What happens on this link", "这条链路上会发生什么";
        Delay: "It is slower", "变慢";
        DelayHint: "Everything is so much longer on its way.", "路上的一切都要多花这么久。";
        DropRequest: "What is sent is lost", "发出的丢失";
        DropRequestHint: "It never arrives. The sender waits until its own time is up.", "永远到不了。发送方一直等到自己超时。";
        DropAnswer: "The answer is lost", "应答丢失";
        DropAnswerHint: "It arrives and takes effect; only the answer does not come back.", "请求到了，也生效了，只是应答回不来。";
        Refuse: "Connections are refused", "连接被拒绝";
        RefuseHint: "The sender knows at once.", "发送方立刻就知道。";
        Status: "An error comes back", "返回错误";
        StatusHint: "Something in between answers with this HTTP status.", "中间的某处以这个 HTTP 状态码应答。";
        QueueFull: "The request queue is full", "请求队列已满";
        QueueFullHint: "The request does not even leave its process.", "请求连进程都出不去。";
        RefuseItem: "One record of a write is refused", "每批拒收一条";
        RefuseItemHint: "The store takes the others of its batch.", "同一批的其他记录照收。";
        Pass: "It works", "一切正常";
        Millis: "Milliseconds", "毫秒";
        StatusCode: "HTTP status", "HTTP 状态码";
        Once: "only once", "只有一次";
        Break: "Break it", "制造故障";
        Region: "What is broken", "当前故障";
        Mend: "Mend", "修好";
        MendAll: "Mend everything", "全部修好";
        Down: "down", "已停";
        Last: "last", "最近一次";
        AnyNode: "anything", "任何节点";
        Given: "Done. The run goes on.", "已下达，运行继续。";
    }
}

impl Trouble {
    /// The name and the hint of an effect.
    pub const fn of(effect: FaultEffect) -> (Self, Self) {
        match effect {
            FaultEffect::Pass => (Self::Pass, Self::Pass),
            FaultEffect::Delay { .. } => (Self::Delay, Self::DelayHint),
            FaultEffect::DropRequest => (Self::DropRequest, Self::DropRequestHint),
            FaultEffect::DropAnswer => (Self::DropAnswer, Self::DropAnswerHint),
            FaultEffect::Refuse => (Self::Refuse, Self::RefuseHint),
            FaultEffect::Answer { .. } => (Self::Status, Self::StatusHint),
            FaultEffect::QueueFull => (Self::QueueFull, Self::QueueFullHint),
            FaultEffect::RefuseItem => (Self::RefuseItem, Self::RefuseItemHint),
        }
    }

    pub const fn drop_of(store: StoreKind) -> Self {
        match store {
            StoreKind::Elasticsearch => Self::DropIndices,
            _ => Self::DropDatabase,
        }
    }
}

/// A link by its ends: `invoker 0 → CouchDB`.
pub fn link_name(language: Language, from: Option<Node>, to: Option<Node>) -> String {
    let name = |node: Option<Node>| node.map_or_else(|| language.say(Trouble::AnyNode).to_owned(), |node| super::node_name(language, node));
    let (from, to) = (name(from), name(to));
    [from.as_str(), " → ", to.as_str()].concat()
}

/// What is wrong with a link, and how often it has struck, where that may be told: `It is slower (500 ms) · struck 3 times`.
pub fn fault_state(language: Language, effect: FaultEffect, applied: Option<u32>) -> String {
    let name = language.say(Trouble::of(effect).0);
    let name = match effect {
        FaultEffect::Delay { ms } => {
            let late = Span::from_millis(ms.into());
            compose!(language, [name, " (", late, ")"], [name, "（", late, "）"])
        }
        FaultEffect::Answer { status } => compose!(language, [name, " (", status, ")"], [name, "（", status, "）"]),
        _ => name.to_owned(),
    };
    let Some(applied) = applied else { return name };
    let (name, times) = (name.as_str(), plural(applied, " time", " times"));
    compose!(language, [name, " · struck ", applied, times], [name, " · 已发生 ", applied, " 次"])
}

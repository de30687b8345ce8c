use super::super::Language;
use super::super::wording::{compose, plural};
use super::super::words::words;
use crate::cluster::ContainerState;
use crate::cluster::place::Node;
use crate::time::Span;

words! {
    /// The picture of the cluster: what its nodes and links show.
    Stage {
        Region: "Stage", "集群图";
        ClientRole: "client", "客户端";
        RestApi: "REST API", "REST API";
        Topic: "topic", "topic";
        Container: "container", "容器";
        Buffered: "waiting for room", "等待空间";
        Bound: "bound to", "绑定到";
        Records: "activation records", "激活记录";
        Index: "index", "索引";
        NoIndex: "no index", "没有索引";
        Searchable: "searchable", "可搜索";
        NotBound: "no process writes here", "没有进程写入这里";
    }
}

/// What a container is doing. A free one is called warm, a running one busy.
pub const fn container_state(language: Language, state: ContainerState) -> &'static str {
    match state {
        ContainerState::PrewarmStarting => language.pick("prewarm, starting", "预热，启动中"),
        ContainerState::Prewarmed => language.pick("prewarm", "预热"),
        ContainerState::Starting => language.pick("starting", "启动中"),
        ContainerState::Initializing => language.pick("init", "初始化"),
        ContainerState::Running => language.pick("busy", "运行中"),
        ContainerState::CollectingLogs => language.pick("collecting logs", "收集日志"),
        ContainerState::Idle => language.pick("warm", "热"),
        ContainerState::Pausing => language.pick("pausing", "正在暂停"),
        ContainerState::Paused => language.pick("paused", "已暂停"),
        ContainerState::Resuming => language.pick("resuming", "正在恢复"),
    }
}

/// The heading of a node: `Controller 0`.
pub fn node_name(language: Language, node: Node) -> String {
    compose!(language, [node], [node])
}

/// `slots 512 of 2 048 MB`.
pub fn slots(language: Language, used_mb: u64, total_mb: u64) -> String {
    compose!(language, ["slots ", used_mb, " of ", total_mb, " MB"], ["槽位 ", used_mb, " / ", total_mb, " MB"])
}

/// Runs that an invoker has taken and has no container for: `waiting for a container: 3`.
pub fn runs_waiting(language: Language, count: u64) -> String {
    compose!(language, ["waiting for a container: ", count], ["等待容器的运行：", count])
}

/// The state of a topic and its one consumer: `end offset 4 · position 3 · committed 3`. The end offset is the next one to be given.
pub fn offsets(language: Language, end: u64, position: u64, committed: u64) -> String {
    compose!(
        language,
        ["end offset ", end, " · position ", position, " · committed ", committed],
        ["末尾偏移量 ", end, " · 读取位置 ", position, " · 已提交 ", committed]
    )
}

/// How many containers are in one state: `2 prewarm`.
pub fn containers_by_state(language: Language, count: u32, state: ContainerState) -> String {
    let state = container_state(language, state);
    compose!(language, [count, " ", state], [state, " ", count])
}

/// `next refresh in 0.6 s`.
pub fn next_refresh(language: Language, left: Span) -> String {
    compose!(language, ["next refresh in ", left], [left, " 后刷新"])
}

/// `view index built to 7 of 9`: the update sequences of the index and of its database.
pub fn view_built(language: Language, built: u64, latest: u64) -> String {
    compose!(language, ["view index built to ", built, " of ", latest], ["视图索引更新到 ", built, " / ", latest])
}

/// What a link with a crowd on it says instead of drawing each: `12 messages`.
pub fn messages_on_link(language: Language, count: u32) -> String {
    compose!(language, [count, plural(count, " message", " messages")], [count, " 条消息"])
}

/// The batcher of one writer: `records waiting: 3 · writes under way: 1 of 64`.
pub fn batches(language: Language, waiting: u64, in_flight: u32, in_flight_max: u32) -> String {
    compose!(
        language,
        ["records waiting: ", waiting, " · writes under way: ", in_flight, " of ", in_flight_max],
        ["待写记录 ", waiting, " 条 · 进行中的写请求 ", in_flight, " / ", in_flight_max]
    )
}
